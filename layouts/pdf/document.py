"""The HTML document that WeasyPrint sets: head, running feet, and the shared body."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from leafletpress.model import Edition, direction
from leafletpress.theme import Theme

from ..shared.fonts import bold_lines
from ..shared.html import Flavour, body_html
from ..shared.html import warm as warm_shared
from .weasy import PICTURE_SCHEME

_POINTS_PER_MM = 72 / 25.4


@cache
def _template(name: str) -> Any:
    loader = PackageLoader(__package__ or "", "templates")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined).get_template(name)


def warm_templates() -> None:
    """Compile the templates; they stay for the life of the process."""
    _template("document.html.j2")
    warm_shared()


def style_sheet(theme: Theme) -> str:
    """The CSS of the A4 handout, from the theme's tokens."""
    families = ", ".join(f'"{name}"' for name in (theme.type.family, *theme.type.fallbacks))
    return str(
        _template("a4.css.j2").render(colours=theme.colours, type=theme.type, page=theme.page, families=families)
    )


def html_document(edition: Edition, theme: Theme) -> str:
    """The whole document."""
    meta = edition.leaflet.meta

    def height(title: str) -> str:
        lines = bold_lines(title, theme.type.family, theme.type.section_pt, theme.page.side_mm * _POINTS_PER_MM)
        return f"rows-{min(lines, 8)}"

    flavour = Flavour(lambda path: PICTURE_SCHEME + path, edition.contents, height)
    before, after = edition.wording.page_of.split("{page}")
    between, after = after.split("{pages}")
    return str(
        _template("document.html.j2").render(
            lang=meta.lang,
            dir=direction(meta.lang),
            title=meta.title,
            authors=meta.authors or (edition.publisher,),
            description=meta.summary,
            created=meta.issued or meta.reviewed,
            modified=meta.reviewed or meta.issued,
            footer=edition.footer,
            page_words=(before, between, after),
            body=body_html(edition, flavour),
        )
    )
