"""The HTML document that WeasyPrint sets: head, running feet, and the shared body."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from leafletpress.model import Edition, direction
from leafletpress.theme import Theme

from ..shared.fonts import bold_lines
from ..shared.html import Flavour, body_html
from ..shared.html import warm as warm_shared
from .variants import Variant
from .weasy import PICTURE_SCHEME

_POINTS_PER_MM = 72 / 25.4

_RULE_MM = 11  # between ruled lines, as in write-in fields


@cache
def _template(name: str) -> Any:
    loader = PackageLoader(__package__ or "", "templates")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined).get_template(name)


def warm_templates() -> None:
    """Compile the templates; they stay for the life of the process."""
    _template("document.html.j2")
    warm_shared()


def style_sheet(sheet: Theme, kind: Variant) -> str:
    """The CSS of a sheet, from its tokens and what its variant asks for (see `variants`)."""
    families = ", ".join(f'"{name}"' for name in (sheet.type.family, *sheet.type.fallbacks))
    return str(
        _template("sheet.css.j2").render(
            colours=sheet.colours,
            type=sheet.type,
            page=sheet.page,
            families=families,
            covers=kind.covers,
            panels=kind.panel_widths_mm(sheet),
            bleed=kind.bleed_mm,
        )
    )


def html_document(edition: Edition, theme: Theme, notes_pages: int = 0) -> str:
    """The whole document; `notes_pages` ruled pages stand before the imprint."""
    meta = edition.leaflet.meta

    def height(title: str) -> str:
        if not theme.page.side_mm:
            return ""
        lines = bold_lines(title, theme.type.family, theme.type.section_pt, theme.page.side_mm * _POINTS_PER_MM)
        return f"rows-{min(lines, 8)}"

    def picture_url(path: str) -> str:
        return PICTURE_SCHEME + path

    leaves = _notes_pages(theme, notes_pages)
    flavour = Flavour(picture_url, edition.contents, section_class=height, interleaf=leaves)
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
            mark=edition.notice,
            footer=edition.footer,
            page_words=(before, between, after),
            body=body_html(edition, flavour),
        )
    )


def _notes_pages(theme: Theme, count: int) -> Markup:
    """Pages ruled for the reader's own notes, where a booklet would have empty ones."""
    rules = int((theme.page.height_mm - theme.page.margin_mm - theme.page.foot_mm) / _RULE_MM) - 1
    return Markup('<div class="notes-page">{}</div>').format(Markup('<div class="rule"></div>') * rules) * count
