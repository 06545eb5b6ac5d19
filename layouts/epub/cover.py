"""The cover picture: an accent masthead over white, in the theme's inks, drawn with Pillow as a PNG.

It is drawn in a palette of ramps, from a paper to an ink in sixteen steps: the file stays small and is quick to write.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import NamedTuple

from PIL import Image, ImageDraw

from leafletpress.model import Edition, direction
from leafletpress.theme import Colours, Theme

from .lettering import Face, Lettering, Space, set_words

WIDTH, HEIGHT = 1200, 1600
_MARGIN = 104
_MEASURE = WIDTH - 2 * _MARGIN
_BAND = 1090
_RULE = 26
_STEPS = 16

_KIND = Space((50, 40), _MEASURE, 1)
_TITLE = Space((148, 132, 118, 104, 92, 80, 70, 60), _MEASURE, 7, 540, 1.14)
_SUMMARY = Space((50, 44, 38), _MEASURE, 4, 205, 1.35)
_NOTICE = Space((42, 34, 28), _MEASURE - 60, 1)
_PUBLISHER = Space((54, 46, 38), _MEASURE, 2)
_REFERENCE = Space((42, 34), _MEASURE, 1)


class Ink(NamedTuple):
    """A colour on a colour, both `#rrggbb`."""

    ink: str
    paper: str


def cover_picture(edition: Edition, theme: Theme) -> bytes:
    """The cover as PNG, 1200 by 1600 pixels. Words that cannot be drawn rightly are left off (see `lettering`)."""
    sheet = _Sheet(theme.colours, direction(edition.leaflet.meta.lang) == "rtl")
    _masthead(sheet, edition, theme)
    _imprint(sheet, edition, theme)
    return sheet.png()


def warm(theme: Theme) -> None:
    """Load the fonts that most covers need."""
    for bold in (True, False):
        set_words("Leaflet", _face(theme, "en", bold=bold), _TITLE)


def _face(theme: Theme, lang: str, *, bold: bool) -> Face:
    return Face((theme.type.family, *theme.type.fallbacks), lang, bold)


def _masthead(sheet: _Sheet, edition: Edition, theme: Theme) -> None:
    colours, meta = theme.colours, edition.leaflet.meta
    bold, plain = (_face(theme, meta.lang, bold=bold) for bold in (True, False))
    highlight, white = Ink(colours.highlight, colours.accent), Ink(colours.paper, colours.accent)
    sheet.fill((0, 0, WIDTH, _BAND), colours.accent)
    sheet.fill((0, _BAND, WIDTH, _BAND + _RULE), colours.highlight)
    top = 150
    if kind := set_words(edition.kind_label, bold, _KIND):
        top = sheet.write(kind, top, highlight) + 34
    if title := set_words(meta.title, bold, _TITLE):
        top = sheet.write(title, top, white) + 46
    summary = set_words(meta.summary, plain, _SUMMARY)
    if summary and top + summary.height < _BAND - 40:
        sheet.write(summary, top, white)


def _imprint(sheet: _Sheet, edition: Edition, theme: Theme) -> None:
    colours, meta = theme.colours, edition.leaflet.meta
    bold = _face(theme, meta.lang, bold=True)
    top = _BAND + _RULE + 84
    if notice := set_words(edition.notice, bold, _NOTICE):
        top = sheet.label(notice, top, colours.red) + 50
    bottom = HEIGHT - _MARGIN
    # A reference is Latin letters and figures in every language, so it is set left to right.
    if reference := set_words(meta.reference, _face(theme, "en", bold=False), _REFERENCE):
        bottom -= reference.size
        sheet.write(reference, bottom, Ink(colours.footer, colours.paper))
        bottom -= reference.size
    if publisher := set_words(edition.publisher, bold, _PUBLISHER):
        above = bottom - publisher.height
        sheet.write(publisher, max(top, above), Ink(colours.accent, colours.paper))


@dataclass(slots=True)
class _Sheet:
    """The picture while it is drawn: a palette picture, and which inks on which papers it has used."""

    colours: Colours
    rtl: bool
    image: Image.Image = field(init=False)
    ramps: dict[Ink, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.image = Image.new("P", (WIDTH, HEIGHT), self._index(Ink(self.colours.paper, self.colours.paper)))

    def _index(self, ink: Ink) -> int:
        """The palette index of a ramp's paper; its ink stands 15 further on."""
        return self.ramps.setdefault(ink, len(self.ramps) * _STEPS)

    def fill(self, box: tuple[int, int, int, int], colour: str) -> None:
        """A rectangle: left, top, right, bottom in pixels."""
        self.image.paste(self._index(Ink(colour, colour)), box)

    def write(self, lettering: Lettering, top: int, ink: Ink, inset: int = 0) -> int:
        """Lines at the margin their language begins at; the top of what may follow."""
        mask = Image.new("L", (WIDTH, lettering.height + lettering.size))
        draw = ImageDraw.Draw(mask)
        x, anchor = (WIDTH - _MARGIN - inset, "ra") if self.rtl else (_MARGIN + inset, "la")
        towards, language = lettering.direction, lettering.language
        for number, line in enumerate(lettering.lines):
            draw.text(
                (x, number * lettering.step), line, 255, lettering.font, anchor, direction=towards, language=language
            )
        box = mask.getbbox()
        if box:
            # The 256 shades of the mask become the sixteen of the ramp.
            start = self._index(ink)
            shades = mask.crop(box).point([start + shade // _STEPS for shade in range(256)])
            self.image.paste(shades, (box[0], top + box[1]))
        return top + lettering.height

    def label(self, lettering: Lettering, top: int, colour: str) -> int:
        """One line, white on a bar of the colour; the top of what may follow."""
        pad = round(lettering.size * 0.5)
        width = round(lettering.font.getlength(lettering.lines[0])) + 2 * pad
        left = WIDTH - _MARGIN - width if self.rtl else _MARGIN
        bottom = top + lettering.size + 2 * pad
        self.fill((left, top, left + width, bottom), colour)
        self.write(lettering, top + round(pad * 0.8), Ink(self.colours.paper, colour), inset=pad)
        return bottom

    def png(self) -> bytes:
        """The file; no date, no name of a machine."""
        palette: list[int] = []
        for ink in self.ramps:
            palette += _ramp(ink)
        self.image.putpalette(palette)
        stream = io.BytesIO()
        self.image.save(stream, "PNG", compress_level=3)  # a fifth larger than 6, in a third of the time
        return stream.getvalue()


def _ramp(ink: Ink) -> list[int]:
    """Sixteen colours from paper to ink, as red, green, blue, red, …"""
    pairs = [(int(ink.paper[i : i + 2], 16), int(ink.ink[i : i + 2], 16)) for i in (1, 3, 5)]
    return [round(low + (high - low) * step / (_STEPS - 1)) for step in range(_STEPS) for low, high in pairs]
