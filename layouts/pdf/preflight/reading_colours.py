"""Colour operators (ISO 32000-1, 8.6.8)."""

from __future__ import annotations

from typing import Any

from .colours import CMYK, GREY, PATTERN, RGB, Colour, Family, Space, initial
from .desk import Desk
from .objects import get, name
from .reading_paths import Operation, reals

_DEFAULT_KEYS = {1: "DeviceGray", 3: "DeviceRGB", 4: "DeviceCMYK"}


def _plain(target: str, space: Space) -> Operation:
    """g, rg, k and their like: space and colour at once."""

    def operation(desk: Desk, operands: list[Any]) -> None:
        values = tuple(reals(operands, space.size))
        # A page may put a calibrated space in the place of the device's.
        actual = space
        if get(desk.resources, "/ColorSpace") is not None:
            actual = desk.spaces.named(_DEFAULT_KEYS[space.size], desk.resources)
        setattr(desk.state, target, Colour(actual, values))

    return operation


def _space(target: str) -> Operation:
    def operation(desk: Desk, operands: list[Any]) -> None:
        setattr(desk.state, target, initial(desk.spaces.named(name(operands[-1]), desk.resources)))

    return operation


def _colour(target: str) -> Operation:
    def operation(desk: Desk, operands: list[Any]) -> None:
        space = getattr(desk.state, target).space
        word = name(operands[-1]) if operands else ""
        if word:
            pattern = desk.resource("/Pattern", word)
            setattr(desk.state, target, Colour(space if space.family is Family.PATTERN else PATTERN, (), pattern))
            return
        setattr(desk.state, target, Colour(space, tuple(reals(operands, len(operands)))))

    return operation


OPERATIONS: dict[str, Operation] = {
    "g": _plain("fill", GREY),
    "G": _plain("stroke", GREY),
    "rg": _plain("fill", RGB),
    "RG": _plain("stroke", RGB),
    "k": _plain("fill", CMYK),
    "K": _plain("stroke", CMYK),
    "cs": _space("fill"),
    "CS": _space("stroke"),
    "sc": _colour("fill"),
    "scn": _colour("fill"),
    "SC": _colour("stroke"),
    "SCN": _colour("stroke"),
}
