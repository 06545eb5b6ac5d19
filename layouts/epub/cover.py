"""The cover picture: an accent masthead over white, in the theme's inks, drawn with Pillow as a PNG.

Across its top, where a library's small picture still shows them, stand the marks: that it is a draft, that its review
is overdue. At its foot stands whose it is: the clinic with its logo, the publisher, the reference.
"""

from __future__ import annotations

from dataclasses import replace

from leafletpress.model import Edition, direction
from leafletpress.theme import Theme

from .lettering import Face, Space, set_words
from .logo import logo_picture
from .sheet import Ink, Sheet

WIDTH, HEIGHT = 1200, 1600
_MARGIN = 104
_MEASURE = WIDTH - 2 * _MARGIN
_BAND = 1090
_RULE = 26
_TOP = 150
_TOP_UNDER_MARKS = 70  # from the marks to the words

_DRAFT = Space((60, 50, 42, 34), _MEASURE, 1)
_OVERDUE = Space((42, 36, 30), _MEASURE, 3)
_KIND = Space((50, 40), _MEASURE, 1)
_TITLE = Space((148, 132, 118, 104, 92, 80, 70, 60), _MEASURE, 7, 540, 1.14)
_SUMMARY = Space((50, 44, 38), _MEASURE, 4, 205, 1.35)
_OWNER = Space((54, 46, 38), _MEASURE, 2)
_PUBLISHER = Space((54, 46, 38), _MEASURE, 2)
_PUBLISHER_UNDER_OWNER = Space((42, 34), _MEASURE, 1)
_REFERENCE = Space((42, 34), _MEASURE, 1)
_LOGO = (380, 150)  # the room for it
_LOGO_GAP = 40


def cover_picture(edition: Edition, theme: Theme) -> bytes:
    """The cover as PNG, 1200 by 1600 pixels. Words that cannot be drawn rightly are left off (see `lettering`).

    LayoutError (L505) where the logo cannot be drawn.
    """
    sheet = Sheet((WIDTH, HEIGHT), _MARGIN, theme.colours.paper, direction(edition.leaflet.meta.lang) == "rtl")
    sheet.fill((0, 0, WIDTH, _BAND), theme.colours.accent)
    sheet.fill((0, _BAND, WIDTH, _BAND + _RULE), theme.colours.highlight)
    _masthead(sheet, edition, theme, _marks(sheet, edition, theme))
    _foot(sheet, edition, theme)
    return sheet.png()


def warm(theme: Theme) -> None:
    """Load the fonts that most covers need."""
    for bold in (True, False):
        set_words("Leaflet", _face(theme, "en", bold=bold), _TITLE)


def _face(theme: Theme, lang: str, *, bold: bool) -> Face:
    return Face((theme.type.family, *theme.type.fallbacks), lang, bold)


def _marks(sheet: Sheet, edition: Edition, theme: Theme) -> int:
    """Bars across the top, each told from the next in grey by a white line; the top of what may follow."""
    colours, bold = theme.colours, _face(theme, edition.leaflet.meta.lang, bold=True)
    top = 0
    for text, space, colour in ((edition.notice, _DRAFT, colours.red), (edition.overdue, _OVERDUE, colours.amber)):
        if mark := set_words(text, bold, space):
            bottom = sheet.bar(mark, top, Ink(colours.paper, colour))
            top = bottom + 8
            sheet.fill((0, bottom, WIDTH, top), colours.paper)
    return top


def _masthead(sheet: Sheet, edition: Edition, theme: Theme, marks: int) -> None:
    colours, meta = theme.colours, edition.leaflet.meta
    bold, plain = (_face(theme, meta.lang, bold=bold) for bold in (True, False))
    highlight, white = Ink(colours.highlight, colours.accent), Ink(colours.paper, colours.accent)
    top = max(_TOP, marks + _TOP_UNDER_MARKS) if marks else _TOP
    if kind := set_words(edition.kind_label, bold, _KIND):
        top = sheet.write(kind, top, highlight) + 34
    if title := set_words(meta.title, bold, _TITLE):
        top = sheet.write(title, top, white) + 46
    summary = set_words(meta.summary, plain, _SUMMARY)
    if summary and top + summary.height < _BAND - 40:
        sheet.write(summary, top, white)


def _foot(sheet: Sheet, edition: Edition, theme: Theme) -> None:
    """From the bottom up: reference, publisher, and the clinic with its logo."""
    colours, meta = theme.colours, edition.leaflet.meta
    bold, plain = (_face(theme, meta.lang, bold=bold) for bold in (True, False))
    bottom = HEIGHT - _MARGIN
    # A reference is Latin letters and figures in every language, so it is set left to right.
    if reference := set_words(meta.reference, _face(theme, "en", bold=False), _REFERENCE):
        bottom -= reference.size
        sheet.write(reference, bottom, Ink(colours.footer, colours.paper))
    elsewhere = edition.publisher if edition.publisher != edition.owner else ""
    face, space = (plain, _PUBLISHER_UNDER_OWNER) if edition.owner else (bold, _PUBLISHER)
    if publisher := set_words(elsewhere, face, space):
        bottom -= publisher.height + (16 if edition.owner else 42)
        ink = colours.footer if edition.owner else colours.accent
        sheet.write(publisher, bottom, Ink(ink, colours.paper))
    if edition.owner:
        _owner(sheet, edition, theme, bottom - 44)


def _owner(sheet: Sheet, edition: Edition, theme: Theme, bottom: int) -> None:
    """The logo, and beside its middle the name."""
    logo = logo_picture(edition.logo, _LOGO, theme) if edition.logo else None
    inset = 0
    if logo:
        inset = sheet.show(logo, bottom - logo.height) + _LOGO_GAP
    name = set_words(
        edition.owner, _face(theme, edition.leaflet.meta.lang, bold=True), replace(_OWNER, width=_MEASURE - inset)
    )
    if name:
        middle = bottom - (logo.height if logo else name.height) // 2
        # Lines stand high in their step: by eye, the words are in the middle a little lower.
        sheet.write(name, middle - name.height // 2 + 4, Ink(theme.colours.accent, theme.colours.paper), inset)
