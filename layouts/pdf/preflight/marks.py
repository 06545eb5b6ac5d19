"""What a page shows, piece by piece: words, areas, lines, pictures and shades, each with its place and its colour."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

from .colours import Colour, Space
from .faces import Face
from .geometry import Box


class Paint(NamedTuple):
    """How a mark is painted: its colour, how opaque it is, and whether it prints over what lies beneath.

    `keeps_zero`: inks that the colour does not have leave what is beneath (overprint mode 1).
    """

    colour: Colour
    opacity: float = 1.0
    overprint: bool = False
    keeps_zero: bool = False


class Words(NamedTuple):
    """A run of characters; `size_pt` is what a ruler on the page would tell, `seen` false for hidden text."""

    box: Box
    paint: Paint
    size_pt: float
    face: Face
    seen: bool


class Area(NamedTuple):
    """A filled shape; `thin_pt` is the width of its thinnest part that is longer than wide."""

    box: Box
    paint: Paint
    thin_pt: float


class Line(NamedTuple):
    """A drawn line."""

    box: Box
    paint: Paint
    width_pt: float


class Photo(NamedTuple):
    """A picture of pixels. `ppi` is the coarser of its two directions; `space` None for a stencil of one colour."""

    box: Box
    paint: Paint
    width_px: int
    height_px: int
    ppi: float
    space: Space | None
    stream: Any
    inline: bool


class Shade(NamedTuple):
    """A gradient, with the colours that it is known to run through."""

    box: Box
    space: Space
    colours: tuple[Colour, ...]


Mark: TypeAlias = Words | Area | Line | Photo | Shade


@dataclass(slots=True)
class Drawn:
    """All that a page shows, and what else its content asks for."""

    marks: list[Mark] = field(default_factory=list)
    blends: list[Space] = field(default_factory=list)
    oddities: set[str] = field(default_factory=set)
    faces: dict[Face, Words] = field(default_factory=dict)
    damage: list[str] = field(default_factory=list)
