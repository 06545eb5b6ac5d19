"""The sheet a cover is drawn on: words in ramps of ink, a picture in colours of its own, a PNG at the end.

It has a palette, of ramps from a paper to an ink in sixteen steps: the file stays small and is quick to write.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import NamedTuple

from PIL import Image, ImageDraw

from .lettering import Lettering

_STEPS = 16
_PICTURE_COLOURS = 96


class Ink(NamedTuple):
    """A colour on a colour, both `#rrggbb`."""

    ink: str
    paper: str


@dataclass(slots=True)
class Sheet:
    """A palette picture while it is drawn, its margin in pixels, and which inks on which papers it has used."""

    size: tuple[int, int]
    margin: int
    paper: str
    rtl: bool
    image: Image.Image = field(init=False)
    palette: list[int] = field(default_factory=list)
    ramps: dict[Ink, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.image = Image.new("P", self.size, self._index(Ink(self.paper, self.paper)))

    def _index(self, ink: Ink) -> int:
        """The palette index of a ramp's paper; its ink stands 15 further on."""
        if ink not in self.ramps:
            self.ramps[ink] = len(self.palette) // 3
            self.palette += _ramp(ink)
        return self.ramps[ink]

    def fill(self, box: tuple[int, int, int, int], colour: str) -> None:
        """A rectangle: left, top, right, bottom in pixels."""
        self.image.paste(self._index(Ink(colour, colour)), box)

    def write(self, lettering: Lettering, top: int, ink: Ink, inset: int = 0) -> int:
        """Lines at the margin their language begins at, or `inset` from it; the top of what may follow."""
        mask = Image.new("L", (self.size[0], lettering.height + lettering.size))
        draw = ImageDraw.Draw(mask)
        edge = self.margin + inset
        x, anchor = (self.size[0] - edge, "ra") if self.rtl else (edge, "la")
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

    def bar(self, lettering: Lettering, top: int, ink: Ink) -> int:
        """Words on a bar across the whole sheet; the top of what may follow."""
        pad = round(lettering.size * 0.55)
        bottom = top + lettering.height + 2 * pad
        self.fill((0, top, self.size[0], bottom), ink.paper)
        self.write(lettering, top + pad, ink)
        return bottom

    def show(self, picture: Image.Image, top: int) -> int:
        """An RGB picture at the margin that words begin at; how far words beside it must be inset from there."""
        few = picture.quantize(_PICTURE_COLOURS, dither=Image.Dither.NONE)
        start, colours = len(self.palette) // 3, few.getpalette() or []
        self.palette += colours
        left = self.size[0] - self.margin - picture.width if self.rtl else self.margin
        self.image.paste(
            few.point([start + colour for colour in range(len(colours) // 3)] + [0] * (256 - len(colours) // 3)),
            (left, top),
        )
        return picture.width

    def png(self) -> bytes:
        """The file; no date, no name of a machine."""
        self.image.putpalette(self.palette)
        stream = io.BytesIO()
        self.image.save(stream, "PNG", compress_level=3)  # a fifth larger than 6, in a third of the time
        return stream.getvalue()


def _ramp(ink: Ink) -> list[int]:
    """Sixteen colours from paper to ink, as red, green, blue, red, …"""
    pairs = [(int(ink.paper[i : i + 2], 16), int(ink.ink[i : i + 2], 16)) for i in (1, 3, 5)]
    return [round(low + (high - low) * step / (_STEPS - 1)) for step in range(_STEPS) for low, high in pairs]
