"""From an edition to the bytes of a book: every part in its place."""

from __future__ import annotations

from leafletpress.layout import Context
from leafletpress.model import Edition

from . import pages, typefaces
from .book import Part, pack
from .cover import cover_picture
from .metadata import entries, modified
from .pictures import Pictures
from .style import style_sheet
from .tables import refuse_wide_tables

XHTML = "application/xhtml+xml"


def make(edition: Edition, context: Context) -> bytes:
    """The EPUB; the same edition and theme give the same bytes. Raises LayoutError (L502, L505)."""
    refuse_wide_tables(edition)
    pictures = Pictures(edition)
    leaflet = pages.leaflet(edition, pictures.url)
    families = typefaces.families(leaflet.decode(), context.theme)
    parts = (
        Part("nav", pages.NAV_NAME, XHTML, pages.nav(edition), "nav"),
        Part("leaflet", pages.LEAFLET_NAME, XHTML, leaflet),
        Part("style", pages.STYLE_NAME, "text/css", style_sheet(context.theme, families)),
        Part("cover", "cover.png", "image/png", cover_picture(edition, context.theme), "cover-image"),
        *pictures.parts(),
        *typefaces.parts(families),
    )
    return pack(
        entries(edition, visual=pictures.any), modified(edition), edition.leaflet.meta.lang, parts, ("leaflet",)
    )
