"""Imposition: which page goes where, on which side of which sheet, and turned how. Arithmetic alone, no PDF in it.

A sheet lies landscape. Its sides follow each other as a printer takes them: outside of sheet 1, inside of sheet 1,
outside of sheet 2 and so on. Lengths are millimetres from the sheet's left edge. Why the panels of a folded leaflet
are read in this order: docs/decisions/folds.md.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from leafletpress.theme import PAPERS

_MM_PER_INCH = 25.4


class Flip(Enum):
    """The edge that a duplex printer turns the sheet about; the value is the PDF name (ISO 32000-1, table 150)."""

    SHORT_EDGE = "DuplexFlipShortEdge"
    LONG_EDGE = "DuplexFlipLongEdge"


class Fold(Enum):
    """Two parallel folds that make six panels: the flap folded in (C), or to and fro (Z)."""

    C = "trifold"
    Z = "zfold"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page stands on its side: page 1 is the first; None is blank. `turned` is by 180 degrees."""

    page: int | None
    left_mm: float
    width_mm: float
    turned: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a sheet, its places from left to right."""

    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Imposition:
    """Sheets of one size, side after side."""

    width_mm: float
    height_mm: float
    sides: tuple[Side, ...]
    flip: Flip = Flip.SHORT_EDGE
    right_to_left: bool = False

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages that have a place, in reading order."""
        return tuple(sorted(place.page for side in self.sides for place in side.places if place.page is not None))

    @property
    def page_widths_mm(self) -> tuple[float, ...]:
        """How wide each page must be, in reading order; all are as high as the sheet."""
        widths = {place.page: place.width_mm for side in self.sides for place in side.places}
        return tuple(widths[page] for page in self.pages)

    @property
    def folds_mm(self) -> tuple[tuple[float, ...], ...]:
        """Where each side is folded, from its left edge."""
        return tuple(_folds(side, self.width_mm) for side in self.sides)


def _folds(side: Side, width_mm: float) -> tuple[float, ...]:
    """Between two places; halfway where they leave a gap, which is in the middle of a booklet's sheet."""
    if len(side.places) == 2:
        return (width_mm / 2,)
    return tuple(place.left_mm for place in side.places[1:])


def booklet(pages: int, paper: str = "a4", *, right_to_left: bool = False, back_cover: bool = False) -> Imposition:
    """Saddle stitch, two pages a side: all sheets lie in each other and are stapled through the fold.

    `pages` at half the size of `paper`, 1 at least; ValueError for fewer. Blank pages make up a multiple of four, N:
    sheet i from 0 has N-2i and 1+2i outside, 2+2i and N-1-2i inside; bound on the right, each side is mirrored.
    With `back_cover` the last page stays last: the blank ones come before it.
    """
    if pages < 1:
        raise ValueError("a booklet has at least one page")
    slots = _padded(pages, back_cover=back_cover)
    total = len(slots)
    sheet_width, height = PAPERS[paper].height_mm, PAPERS[paper].width_mm
    # A5 is 148 mm wide and half of A4 148.5: the pages meet in the fold, and the half millimetre lies outside.
    page_width = float(int(sheet_width / 2)) if paper == "a4" else sheet_width / 2
    sides = []
    for sheet in range(total // 4):
        outside = (total - 2 * sheet, 1 + 2 * sheet)
        inside = (2 + 2 * sheet, total - 1 - 2 * sheet)
        for left, right in (outside, inside):
            pair = (right, left) if right_to_left else (left, right)
            starts = (sheet_width / 2 - page_width, sheet_width / 2)
            places = zip(pair, starts, strict=True)
            sides.append(Side(tuple(Place(slots[slot - 1], start, page_width) for slot, start in places)))
    return Imposition(sheet_width, height, tuple(sides), right_to_left=right_to_left)


def _padded(pages: int, *, back_cover: bool) -> tuple[int | None, ...]:
    blanks = (None,) * (-pages % 4)
    if back_cover and pages > 1:
        return (*range(1, pages), *blanks, pages)
    return (*range(1, pages + 1), *blanks)


_PANELS = {
    Fold.C: ((2, 6, 1), (3, 4, 5)),
    Fold.Z: ((5, 6, 1), (2, 3, 4)),
}
"""Pages of the outside and of the inside, from left to right, where one reads from left to right."""

_WIDTHS_MM = {
    (Fold.C, "a4"): (97.0, 100.0, 100.0),
    (Fold.Z, "a4"): (99.0, 99.0, 99.0),
    (Fold.C, "letter"): (3.625 * _MM_PER_INCH, 3.6875 * _MM_PER_INCH, 3.6875 * _MM_PER_INCH),
    (Fold.Z, "letter"): (11 / 3 * _MM_PER_INCH,) * 3,
}
"""Widths of the outside's panels from left to right; the flap of a C-fold is narrower, since it lies inside."""

CLOSED_BACK = {Fold.C: 6, Fold.Z: 4}
"""The page at the back of the closed leaflet. In a Z-fold that is the last panel of the inside, never the last page."""


def folded(fold: Fold, paper: str = "a4", *, right_to_left: bool = False) -> Imposition:
    """Six panels of one sheet, mirrored where one reads from right to left.

    Outside and inside are upright after the sheet was turned about its short edge, like the leaf of a book: behind
    the panel at the right of the outside comes the panel at the left of the inside. Turned about the long edge the
    inside would stand on its head (see `for_long_edge`).
    """
    outside, inside = _PANELS[fold]
    widths = _WIDTHS_MM[fold, paper]
    sides = []
    for pages, panel_widths in ((outside, widths), (inside, widths[::-1])):
        step = -1 if right_to_left else 1
        sides.append(_side(pages[::step], panel_widths[::step]))
    return Imposition(PAPERS[paper].height_mm, PAPERS[paper].width_mm, tuple(sides), right_to_left=right_to_left)


def _side(pages: tuple[int, ...], widths: tuple[float, ...]) -> Side:
    lefts = [sum(widths[:index]) for index in range(len(widths))]
    return Side(tuple(Place(*place) for place in zip(pages, lefts, widths, strict=True)))


def for_long_edge(imposition: Imposition) -> Imposition:
    """The same sheets for a printer that can only turn about the long edge: every second side stands on its head.

    For paper alone: on a screen half of the pages would be upside down.
    """
    sides = [_turned(side, imposition.width_mm) if number % 2 else side for number, side in enumerate(imposition.sides)]
    return replace(imposition, sides=tuple(sides), flip=Flip.LONG_EDGE)


def _turned(side: Side, width_mm: float) -> Side:
    return Side(
        tuple(
            replace(place, left_mm=width_mm - place.left_mm - place.width_mm, turned=not place.turned)
            for place in reversed(side.places)
        )
    )
