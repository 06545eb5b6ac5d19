"""Head and foot of the page: whose leaflet and that it is a draft; what the sheet is, which page, and which base."""

from __future__ import annotations

import re

from .composition import Composition
from .draft_mark import set_draft_words, set_watermark
from .fields import field_begin, field_end
from .markup import Element, root, serialise
from .owner import owner
from .runs import Manner, set_inlines, set_tab, set_text

FOOT, HEAD = "Leaflet Foot", "Leaflet Head"
_LINE = 85  # letters that one line of a head has room for
_FIELDS = {"{page}": "PAGE", "{pages}": "NUMPAGES"}
_NUMBER = "Page Number"
_PLACES = re.compile(r"(\{pages?\})")


def add_foot_line(to: Composition, part: Element, base: str, style: str = FOOT) -> None:
    """What the sheet is, and which page of how many, as the last line of a foot.

    `base`, the first eight digits of the base's hash, lets a file be matched when all else is lost.
    """
    paragraph = to.paragraph(part, style)
    set_text(to, paragraph, f"{to.edition.footer} \u00b7 base {base}")
    set_tab(paragraph)
    for piece in filter(None, _PLACES.split(to.edition.wording.page_of)):
        if piece in _FIELDS:
            field_begin(paragraph, _FIELDS[piece], to.style_id(_NUMBER))
            set_text(to, paragraph, "1", Manner(_NUMBER))
            field_end(paragraph, to.style_id(_NUMBER))
        else:
            set_text(to, paragraph, piece, Manner(_NUMBER))


def add_draft_line(to: Composition, part: Element, style: str = HEAD) -> None:
    """That the leaflet is a draft, in words and as a watermark, as the last line of a head."""
    paragraph = to.paragraph(part, style)
    set_tab(paragraph)
    set_draft_words(to, paragraph)
    set_watermark(to, paragraph)


def foot(to: Composition, base: str) -> bytes:
    """A footer of our own."""
    part = root("w:ftr", "r")
    add_foot_line(to, part, base, "footer")
    return serialise(part)


def head(to: Composition, *, first: bool, style: str = "header") -> bytes:
    """A header of our own: the clinic, or else the publisher, and the draft mark; on the first page the mark alone.

    The first page says in its masthead whose leaflet it is.
    """
    part = root("w:hdr", "r", "v", "o")
    if to.edition.notice and first:
        add_draft_line(to, part, style)
        return serialise(part)
    paragraph = to.paragraph(part, style)
    if first:
        return serialise(part)
    if to.edition.owner:
        set_inlines(to, paragraph, (owner(to),))
    else:
        set_text(to, paragraph, to.edition.publisher)
    if not to.edition.notice:
        return serialise(part)
    if len(to.edition.owner or to.edition.publisher) + len(to.edition.notice) > _LINE:
        add_draft_line(to, part, style)
        return serialise(part)
    set_tab(paragraph)
    set_draft_words(to, paragraph)
    set_watermark(to, paragraph)
    return serialise(part)
