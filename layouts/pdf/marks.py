"""Marks for the print shop, outside the bleed: where to cut, and where to fold.

Crop marks stand at the four corners, in line with the trim and clear of the bleed; fold marks are dashed. They are
drawn in all inks at once (the colour All, ISO 32000-1, 8.6.6.4), so that they are on every plate. The sheet is as much
larger than the trim as marks and slug need.
"""

from __future__ import annotations

from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name

_POINTS_PER_MM = 72 / 25.4
_GAP_MM = 1.0
_LENGTH_MM = 5.0
_SLUG_MM = 5.0
_WIDTH_PT = 0.25

Box = tuple[float, float, float, float]


def grown(box: Box, by_mm: float) -> Box:
    """The box with a border of so many millimetres."""
    left, bottom, right, top = box
    by = by_mm * _POINTS_PER_MM
    return (left - by, bottom - by, right + by, top + by)


def margin_mm(bleed_mm: float) -> float:
    """How far the sheet reaches beyond the trim."""
    return bleed_mm + _GAP_MM + _LENGTH_MM + _SLUG_MM


def slug_start(trim: Box, bleed_mm: float) -> tuple[float, float]:
    """Where the first line of the slug begins: below the bleed, right of the corner's mark."""
    left, bottom, _, _ = trim
    return left + 4 * _POINTS_PER_MM, bottom - (bleed_mm + _GAP_MM + 2.5) * _POINTS_PER_MM


def registration() -> Array:
    """The colour that is every ink at once."""
    tint = Dictionary(FunctionType=2, Domain=Array([0, 1]), N=1, C0=Array([0, 0, 0, 0]), C1=Array([1, 1, 1, 1]))
    return Array([Name("/Separation"), Name("/All"), Name("/DeviceCMYK"), tint])


def marks_content(trim: Box, bleed_mm: float, folds_mm: tuple[float, ...], space: str) -> str:
    """Instructions that draw the marks; `folds_mm` from the trim's left edge; `space` is the name of `registration`."""
    lines = [f"q /{space} CS 1 SCN {_WIDTH_PT} w 0 J [] 0 d"]
    lines += [_line(*ends) for ends in _crops(trim, bleed_mm)]
    if folds_mm:
        lines.append("[2 1.5] 0 d")
        lines += [_line(*ends) for ends in _folds(trim, bleed_mm, folds_mm)]
    return "\n".join([*lines, "Q"])


def _line(x: float, y: float, other_x: float, other_y: float) -> str:
    return f"{x:.3f} {y:.3f} m {other_x:.3f} {other_y:.3f} l S"


def _reach(bleed_mm: float) -> tuple[float, float]:
    near = (bleed_mm + _GAP_MM) * _POINTS_PER_MM
    return near, near + _LENGTH_MM * _POINTS_PER_MM


def _crops(trim: Box, bleed_mm: float) -> Iterator[Box]:
    left, bottom, right, top = trim
    near, far = _reach(bleed_mm)
    for x, outwards in ((left, -1), (right, 1)):
        for y, upwards in ((bottom, -1), (top, 1)):
            yield (x + outwards * near, y, x + outwards * far, y)
            yield (x, y + upwards * near, x, y + upwards * far)


def _folds(trim: Box, bleed_mm: float, folds_mm: tuple[float, ...]) -> Iterator[Box]:
    left, bottom, _, top = trim
    near, far = _reach(bleed_mm)
    for fold in folds_mm:
        x = left + fold * _POINTS_PER_MM
        yield (x, bottom - near, x, bottom - far)
        yield (x, top + near, x, top + far)
