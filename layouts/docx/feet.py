"""Head and foot of the page: what the sheet is, which page of how many, and which base the words came from."""

from __future__ import annotations

import re

from .composition import Composition
from .families import style_id
from .fields import field_begin, field_end
from .grid import from_mm
from .markup import Element, add, clark, root, serialise
from .runs import Manner, set_tab, set_text

_FIELDS = {"{page}": "PAGE", "{pages}": "NUMPAGES"}
_NUMBER = "Page Number"
_PLACES = re.compile(r"(\{pages?\})")


def _paragraph(part: Element, style: str) -> Element:
    paragraph = add(part, "w:p")
    add(add(paragraph, "w:pPr"), "w:pStyle", val=style_id(style))
    return paragraph


def foot(to: Composition, base: str) -> bytes:
    """The footer: `base`, the first eight digits of the base's hash, lets a file be matched when all else is lost."""
    part = root("w:ftr", "r")
    paragraph = _paragraph(part, "footer")
    set_text(to, paragraph, f"{to.edition.footer} \u00b7 base {base}")
    set_tab(paragraph)
    for piece in filter(None, _PLACES.split(to.edition.wording.page_of)):
        if piece in _FIELDS:
            field_begin(paragraph, _FIELDS[piece], _NUMBER)
            set_text(to, paragraph, "1", Manner(_NUMBER))
            field_end(paragraph, _NUMBER)
        else:
            set_text(to, paragraph, piece, Manner(_NUMBER))
    return serialise(part)


def head(to: Composition, *, first: bool) -> bytes:
    """The header: the publisher and the draft mark from the second page on; the first page has its masthead."""
    part = root("w:hdr", "r")
    paragraph = _paragraph(part, "header")
    if not first:
        set_text(to, paragraph, to.edition.publisher)
        if to.edition.notice:
            set_tab(paragraph)
            set_text(to, paragraph, to.edition.notice, Manner("Draft Mark"))
    return serialise(part)


def set_section(to: Composition) -> None:
    """The section's properties, last in the body: page, margins, head and foot (17.6.17, sectPr)."""
    section = add(to.body, "w:sectPr")
    for kind, use in (("header", "default"), ("header", "first"), ("footer", "default"), ("footer", "first")):
        relation = to.relations.to(kind, f"{kind}-{use}.xml")
        add(section, f"w:{kind}Reference", w_type=use).set(clark("r:id"), relation)
    sheet = to.grid
    add(section, "w:pgSz", w=sheet.page_width, h=sheet.page_height)
    add(
        *(section, "w:pgMar"),
        top=sheet.margin,
        right=sheet.margin,
        bottom=sheet.foot,
        left=sheet.margin,
        header=from_mm(9),
        footer=from_mm(10),
        gutter=0,
    )
    add(section, "w:titlePg")
    if to.rtl:
        add(section, "w:bidi")
