"""Colour spaces of PDF as this house meets them: from a space and its components to a colour that ink can be found for.

ISO 32000-1, 8.6. Spaces whose meaning depends on a measured white (CalRGB, CalGray) or on spot inks are refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Name

from .colours import BLACK, Cmyk, Inks, Rgb
from .saving import refusal

_DEVICES = {"/DeviceGray": ("grey", 1), "/G": ("grey", 1), "/DeviceRGB": ("rgb", 3), "/RGB": ("rgb", 3),
            "/DeviceCMYK": ("cmyk", 4), "/CMYK": ("cmyk", 4)}  # fmt: skip
_ICC = {1: "grey", 3: "rgb", 4: "cmyk"}


@dataclass(frozen=True, slots=True)
class Space:
    """A space: `kind` is grey, rgb, cmyk, lab, indexed, black, all, none or pattern, with `size` components.

    `profile` is an RGB space's own, empty for sRGB; `base` and `table` are an indexed space's or a pattern's.
    """

    kind: str
    size: int
    profile: bytes = b""
    base: Space | None = None
    table: bytes = b""


GREY, RGB, CMYK = Space("grey", 1), Space("rgb", 3), Space("cmyk", 4)


def read_space(value: Any, resources: Any) -> Space:
    """The space that a name of `resources`, a device's name or an array stands for; LayoutError L505 for others."""
    if isinstance(value, Name):
        name = str(value)
        if name in _DEVICES:
            return Space(*_DEVICES[name])
        if name == "/Pattern":
            return Space("pattern", 0)
        value = resources.get("/ColorSpace", {}).get(name)
        if value is None or isinstance(value, Name):
            return read_space(value, {}) if value is not None else _refused(name)
    parts = list(value)
    family = str(parts[0])
    match family:
        case "/DeviceGray" | "/DeviceRGB" | "/DeviceCMYK":
            return Space(*_DEVICES[family])
        case "/ICCBased":
            return _icc(parts[1])
        case "/Lab":
            return Space("lab", 3)
        case "/Indexed" | "/I":
            base = read_space(parts[1], resources)
            table = parts[3].read_bytes() if isinstance(parts[3], pikepdf.Stream) else bytes(parts[3])
            return Space("indexed", 1, base=base, table=table)
        case "/Pattern":
            below = read_space(parts[1], resources) if len(parts) > 1 else None
            return Space("pattern", 0 if below is None else below.size, base=below)
        case "/Separation" if str(parts[1]) in {"/Black", "/All", "/None"}:
            return Space(str(parts[1])[1:].lower(), 1)
    return _refused(family)


def _refused(name: str) -> Space:
    raise refusal(f"the page uses the colour space {name}, which cannot be turned into process inks")


def _icc(profile: Any) -> Space:
    size = int(profile["/N"])
    content = profile.read_bytes() if size == 3 else b""
    # Every maker's sRGB is the same colour, and the built-in one spares a transform.
    return Space(_ICC[size], size, b"" if b"sRGB" in content[:1024] else content)


def initial(space: Space) -> tuple[float, ...]:
    """The colour that a space begins with (8.6.5 to 8.6.8): black, or full ink."""
    if space.kind == "cmyk":
        return BLACK
    return (1.0,) if space.kind in {"black", "all"} else (0.0,) * space.size


def inks_of(space: Space, values: tuple[float, ...], inks: Inks, *, snap: bool = True) -> Cmyk:
    """What to print for a colour. `snap` as in `Inks.of`."""
    match space.kind:
        case "grey":
            return inks.of_grey(values[0], snap=snap)
        case "cmyk":
            return (values[0], values[1], values[2], values[3])
        case "black":
            return (0.0, 0.0, 0.0, values[0])
        case "all":
            return (values[0],) * 4
        case "none":
            return (0.0,) * 4
        case "indexed" if space.base is not None:
            return inks_of(space.base, _looked_up(space, int(values[0])), inks, snap=snap)
        case _:
            pass
    return inks.of(srgb_of(space, values, inks), snap=snap)


def _looked_up(space: Space, index: int) -> tuple[float, ...]:
    size = space.base.size if space.base else 0
    return tuple(part / 255 for part in space.table[index * size : (index + 1) * size])


def srgb_of(space: Space, values: tuple[float, ...], inks: Inks) -> Rgb:
    """An RGB, grey or Lab colour as sRGB; used for masks too, whose greys are luminosities."""
    match space.kind:
        case "grey":
            return (values[0], values[0], values[0])
        case "lab":
            return _from_lab(values)
        case "cmyk":
            cyan, magenta, yellow, black = values
            return (1 - min(1, cyan + black), 1 - min(1, magenta + black), 1 - min(1, yellow + black))
        case "indexed" if space.base is not None:
            return srgb_of(space.base, _looked_up(space, int(values[0])), inks)
        case "rgb":
            colour = (values[0], values[1], values[2])
            return inks.to_srgb(colour, space.profile) if space.profile else colour
        case _:
            pass
    raise refusal(f"a colour of the kind {space.kind} stands where none can")


def _from_lab(values: tuple[float, ...]) -> Rgb:
    """CIE L*a*b* to sRGB, each seen relative to its own white (8.6.5.4): paper white is white."""
    height = (values[0] + 16) / 116
    reach = (height + values[1] / 500, height, height - values[2] / 200)
    x, y, z = (part**3 if part > 6 / 29 else 108 / 841 * (part - 4 / 29) for part in reach)
    x, z = x * 0.9505, z * 1.089
    linear = (
        3.2406 * x - 1.5372 * y - 0.4986 * z,
        -0.9689 * x + 1.8758 * y + 0.0415 * z,
        0.0557 * x - 0.2040 * y + 1.0570 * z,
    )
    red, green, blue = (_encoded(min(max(part, 0.0), 1.0)) for part in linear)
    return (red, green, blue)


def _encoded(part: float) -> float:
    return 12.92 * part if part <= 0.0031308 else float(1.055 * part ** (1 / 2.4) - 0.055)
