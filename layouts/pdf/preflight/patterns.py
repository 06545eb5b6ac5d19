"""Patterns: gradients with the colours they run through, and cells that are drawn again and again (8.7)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .colours import Colour, Space
from .desk import Desk
from .geometry import IDENTITY, Box, Matrix, combine
from .marks import Shade
from .objects import entries, get, identity, number, numbers

_TILES = 1
_GRADIENT = 2
_DEEPEST = 4


def patterned(desk: Desk, colour: Colour, place: Box) -> None:
    """What a pattern puts on the page at `place`."""
    kind = int(number(get(colour.pattern, "/PatternType")))
    if kind == _GRADIENT:
        shaded(desk, get(colour.pattern, "/Shading"), place)
    elif kind == _TILES:
        key = identity(colour.pattern)
        if key in desk.done:  # one cell is like the next
            return
        desk.done.add(key)
        desk.run(desk, colour.pattern, combine(matrix_of(colour.pattern), desk.base), place)


def matrix_of(holder: Any) -> Matrix:
    """A form's or pattern's own matrix."""
    found = numbers(get(holder, "/Matrix"))
    return (found[0], found[1], found[2], found[3], found[4], found[5]) if len(found) == 6 else IDENTITY


def shaded(desk: Desk, shading: Any, place: Box) -> None:
    """A gradient at `place`."""
    space = desk.spaces.read(get(shading, "/ColorSpace"), desk.resources)
    desk.add(Shade(place, space, tuple(_colours(space, get(shading, "/Function")))))


def _colours(space: Space, function: Any) -> Iterator[Colour]:
    """The colours at the ends of exponential functions, alone or stitched; what is sampled stays unknown."""
    parts = entries(function, 32)
    if parts:  # one function for each number of the colour
        ends = [_ends(part) for part in parts]
        if all(len(pair) == 2 and all(len(end) == 1 for end in pair) for pair in ends) and len(ends) == space.size:
            yield from (Colour(space, tuple(pair[side][0] for pair in ends)) for side in (0, 1))
        return
    yield from (Colour(space, values) for values in _ends(function) if len(values) == space.size)


def _ends(function: Any, depth: int = 0) -> list[tuple[float, ...]]:
    kind = int(number(get(function, "/FunctionType"), -1))
    if kind == 2:
        return [numbers(get(function, "/C0")) or (0.0,), numbers(get(function, "/C1")) or (1.0,)]
    if kind == 3 and depth < _DEEPEST:
        return [end for part in entries(get(function, "/Functions"), 64) for end in _ends(part, depth + 1)]
    return []
