"""Path operators: shapes that are filled, lines that are drawn, clips (ISO 32000-1, 8.5)."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from math import inf
from typing import Any, TypeAlias

from .colours import Family
from .desk import NOWHERE, Desk
from .geometry import Box, cover, inside, join, meet, widening
from .marks import Area, Line
from .patterns import patterned

Operation: TypeAlias = Callable[[Desk, list[Any]], None]

_FAR = 1e9
_LONG_PT = 3.0  # a shape shorter than a millimetre is a dot, not a rule
_SLENDER = 4.0
_MANY = 4  # parts of one shape that are marks of their own


def reals(operands: list[Any], count: int) -> list[float]:
    """The last `count` operands as numbers; ValueError where there are fewer."""
    if len(operands) < count:
        raise ValueError("operands are missing")
    found = [float(item) for item in operands[len(operands) - count :]]
    if found and (max(found) > _FAR or min(found) < -_FAR):
        raise ValueError("a number without measure")
    return found


def _move(desk: Desk, operands: list[Any]) -> None:
    desk.path.move(*reals(operands, 2))


def _reach(count: int) -> Operation:
    def operation(desk: Desk, operands: list[Any]) -> None:
        desk.path.reach(*reals(operands, count))

    return operation


def _rectangle(desk: Desk, operands: list[Any]) -> None:
    desk.path.rectangle(*reals(operands, 4))


def _clip(desk: Desk, _operands: list[Any]) -> None:
    desk.clips = True


def _paint(*, fill: bool = False, stroke: bool = False, even_odd: bool = False) -> Operation:
    def operation(desk: Desk, _operands: list[Any]) -> None:
        matrix = desk.state.matrix
        boxes = [cover(matrix, box) for box in desk.path.boxes()]
        if fill and boxes:
            _fill(desk, boxes, ring=even_odd and len(boxes) == 2)
        if stroke and boxes:
            _stroke(desk, boxes)
        if desk.clips:
            around = reduce(join, boxes) if boxes else NOWHERE
            desk.state.clip = meet(desk.state.clip, around) or NOWHERE
        desk.clips = False
        desk.path.clear()

    return operation


def _fill(desk: Desk, boxes: list[Box], *, ring: bool) -> None:
    visible = [part for box in boxes if (part := meet(desk.state.clip, box)) is not None]
    if not visible:
        return
    unit = desk.sheet.unit
    thinnest = [_thin(box) * unit for box in visible]
    if ring and len(visible) == 2:
        thinnest = [_ring(*visible) * unit] * 2
    paint = desk.state.filling
    if len(visible) > _MANY or ring:
        visible, thinnest = [reduce(join, visible)], [min(thinnest)]
    for box, thin in zip(visible, thinnest, strict=True):
        place = desk.seen(box)
        if place is None:
            continue
        if paint.colour.space.family is Family.PATTERN:
            patterned(desk, paint.colour, place)
        else:
            desk.add(Area(place, paint, thin))


def _thin(box: Box) -> float:
    """The width of a box that is a rule rather than a field."""
    narrow, long = sorted((box[2] - box[0], box[3] - box[1]))
    return narrow if long >= _LONG_PT and long >= _SLENDER * narrow else inf


def _ring(one: Box, other: Box) -> float:
    """The thinnest side of the frame between two boxes, one in the other (as borders are drawn)."""
    outer, inner = (one, other) if inside(other, one) else (other, one)
    if not inside(inner, outer):
        return min(_thin(one), _thin(other))
    gaps = [abs(near - far) for near, far in zip(inner, outer, strict=True)]
    return min((gap for gap in gaps if gap > 1e-4), default=inf)


def _stroke(desk: Desk, boxes: list[Box]) -> None:
    state = desk.state
    width = abs(state.width) * widening(state.matrix)
    paint = state.stroking
    around = reduce(join, boxes)
    half = width / 2
    place = desk.seen((around[0] - half, around[1] - half, around[2] + half, around[3] + half))
    if place is None:
        return
    if paint.colour.space.family is Family.PATTERN:
        patterned(desk, paint.colour, place)
    else:
        desk.add(Line(place, paint, width * desk.sheet.unit))


def _end(desk: Desk, operands: list[Any]) -> None:
    _paint()(desk, operands)


def _ignore(_desk: Desk, _operands: list[Any]) -> None:
    pass


OPERATIONS: dict[str, Operation] = {
    "m": _move,
    "l": _reach(2),
    "c": _reach(6),
    "v": _reach(4),
    "y": _reach(4),
    "h": _ignore,
    "re": _rectangle,
    "W": _clip,
    "W*": _clip,
    "n": _end,
    "f": _paint(fill=True),
    "F": _paint(fill=True),
    "f*": _paint(fill=True, even_odd=True),
    "S": _paint(stroke=True),
    "s": _paint(stroke=True),
    "B": _paint(fill=True, stroke=True),
    "b": _paint(fill=True, stroke=True),
    "B*": _paint(fill=True, stroke=True, even_odd=True),
    "b*": _paint(fill=True, stroke=True, even_odd=True),
}
