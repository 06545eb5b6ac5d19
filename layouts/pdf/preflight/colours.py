"""Colours as a PDF names them: their space, how much ink they are, and how a screen shows them (ISO 32000-1, 8.6)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import pikepdf

from .objects import entries, get, identity, name, number


class Family(Enum):
    """Kinds of colour space, device or calibrated."""

    GREY = "grey"
    RGB = "RGB"
    CMYK = "CMYK"
    LAB = "Lab"
    SPOT = "spot"
    INDEXED = "palette"
    PATTERN = "pattern"
    UNKNOWN = "unknown"


_SIZES = {Family.GREY: 1, Family.RGB: 3, Family.CMYK: 4, Family.LAB: 3, Family.INDEXED: 1, Family.SPOT: 1}
_DEVICE = {
    "DeviceGray": Family.GREY,
    "G": Family.GREY,
    "DeviceRGB": Family.RGB,
    "RGB": Family.RGB,
    "DeviceCMYK": Family.CMYK,
    "CMYK": Family.CMYK,
}
_DEFAULTS = {Family.GREY: "/DefaultGray", Family.RGB: "/DefaultRGB", Family.CMYK: "/DefaultCMYK"}
_PROFILE = {1: Family.GREY, 3: Family.RGB, 4: Family.CMYK}
_NAMED = {"CalGray": Family.GREY, "CalRGB": Family.RGB, "Lab": Family.LAB}
PROCESS = frozenset({"Cyan", "Magenta", "Yellow", "Black"})
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Space:
    """A colour space: `device` where its numbers are the machine's own, `inks` of spot spaces, `base` of a palette."""

    family: Family
    size: int
    device: bool = False
    inks: tuple[str, ...] = ()
    base: Space | None = None
    origin: Any = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour: a space and its numbers; `pattern` is the pattern's object where it is one."""

    space: Space
    values: tuple[float, ...]
    pattern: Any = field(default=None, compare=False, repr=False)

    @property
    def ink_percent(self) -> float | None:
        """How much ink in all, 0 to 400; None where that is decided only when the colour is converted."""
        values = [max(0.0, min(1.0, value)) for value in self.values]
        match self.space.family:
            case Family.GREY:
                return 100 * (1 - values[0]) if values else None
            case Family.CMYK:
                return 100 * sum(values)
            case Family.SPOT:
                shares = zip(self.space.inks, values, strict=False)
                return 100 * sum({"All": 4 * share, "None": 0.0}.get(ink, share) for ink, share in shares)
            case _:
                return None

    @property
    def is_paper(self) -> bool:
        """Whether it leaves the paper white."""
        if self.space.family in {Family.RGB, Family.GREY}:
            return all(value >= 0.999 for value in self.values)
        ink = self.ink_percent
        return ink is not None and ink <= 0.1

    @property
    def screen(self) -> tuple[int, int, int] | None:
        """Red, green, blue, 0 to 255, where no conversion is needed to know them."""
        if self.space.family not in {Family.RGB, Family.GREY}:
            return None
        values = self.values if self.space.size == 3 else self.values * 3
        if len(values) != 3:
            return None
        red, green, blue = (round(255 * max(0.0, min(1.0, value))) for value in values)
        return red, green, blue


GREY = Space(Family.GREY, 1, device=True)
RGB = Space(Family.RGB, 3, device=True)
CMYK = Space(Family.CMYK, 4, device=True)
UNKNOWN = Space(Family.UNKNOWN, 0)
PATTERN = Space(Family.PATTERN, 0)
BLACK = Colour(GREY, (0.0,))
_PLAIN = {Family.GREY: GREY, Family.RGB: RGB, Family.CMYK: CMYK}


class Spaces:
    """Reads colour spaces, each object once."""

    def __init__(self) -> None:
        self._read: dict[tuple[int, int], Space] = {}

    def named(self, word: str, resources: Any) -> Space:
        """The space that a content stream calls `word`."""
        family = _DEVICE.get(word)
        if family is not None:
            return self._device(family, resources)
        return self.read(get(resources, "/ColorSpace", f"/{word}"), resources) if word != "Pattern" else PATTERN

    def _device(self, family: Family, resources: Any) -> Space:
        """A device space, or what stands in for it (ISO 32000-1, 8.6.5.6)."""
        default = get(resources, "/ColorSpace", _DEFAULTS[family])
        return _PLAIN[family] if default is None else self.read(default, None)

    def read(self, value: Any, resources: Any, depth: int = 0) -> Space:
        """The space an object describes; UNKNOWN where it describes none."""
        if depth > _DEEPEST or value is None:
            return UNKNOWN
        if isinstance(value, pikepdf.Name):
            word = name(value)
            if word in _DEVICE:
                return self._device(_DEVICE[word], resources)
            # In a content stream's dictionary a name may stand for one of the page's resources.
            return (
                self.read(get(resources, "/ColorSpace", f"/{word}"), None, depth + 1) if word != "Pattern" else PATTERN
            )
        key = identity(value)
        if key in self._read:
            return self._read[key]
        space = self._array(entries(value, 8), value, resources, depth)
        if key != (0, 0):
            self._read[key] = space
        return space

    def _array(self, parts: list[Any], origin: Any, resources: Any, depth: int) -> Space:
        word = name(parts[0]) if parts else ""
        if len(parts) == 1 and word in _DEVICE:
            return self._device(_DEVICE[word], resources)
        if word == "Pattern":
            base = self.read(parts[1], resources, depth + 1) if len(parts) > 1 else None
            return Space(Family.PATTERN, base.size if base else 0, base=base)
        if len(parts) < 2:
            return UNKNOWN
        match word:
            case "ICCBased":
                size = int(number(get(parts[1], "/N")))
                family = _profile_family(parts[1], size)
                return Space(family, size, origin=origin)
            case "CalGray" | "CalRGB" | "Lab":
                return Space(_NAMED[word], _SIZES[_NAMED[word]], origin=origin)
            case "Separation":
                return Space(Family.SPOT, 1, inks=(name(parts[1]),), origin=origin)
            case "DeviceN":
                inks = tuple(name(item) for item in entries(parts[1], 32))
                return Space(Family.SPOT, len(inks), inks=inks, origin=origin)
            case "Indexed" | "I":
                base = self.read(parts[1], resources, depth + 1)
                return Space(Family.INDEXED, 1, base=base, origin=origin)
            case _:
                return UNKNOWN


def _profile_family(profile: Any, size: int) -> Family:
    """Lab profiles have three numbers as RGB ones have; the alternate space tells them apart."""
    if size == 3 and name((entries(get(profile, "/Alternate"), 1) or [None])[0]) == "Lab":
        return Family.LAB
    return _PROFILE.get(size, Family.UNKNOWN)


def inner(space: Space) -> Space:
    """The space that a palette chooses from; the space itself otherwise."""
    return space.base if space.family is Family.INDEXED and space.base is not None else space


def initial(space: Space) -> Colour:
    """The colour that setting a space gives (ISO 32000-1, 8.6.8): black, or full spot ink."""
    match space.family:
        case Family.CMYK:
            return Colour(space, (0.0, 0.0, 0.0, 1.0))
        case Family.SPOT:
            return Colour(space, (1.0,) * space.size)
        case _:
            return Colour(space, (0.0,) * space.size)
