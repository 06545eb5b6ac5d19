"""Plates: what colours are turned into, process inks for what is printed, grey for what is a mask.

A luminosity mask is no ink: its greys say how much of something else shows (ISO 32000-1, 11.5.3), so they must not go
through a press profile.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import pikepdf
from pikepdf import Array, Dictionary, Name

from .colour_spaces import Space, inks_of, read_space, srgb_of
from .colours import BLACK, INKS, Inks, is_neutral
from .press_pictures import Printed, printed_picture
from .saving import copied, refusal
from .shadings import Values, check_shading, colours_along, converted, shading_with


class Plates(Protocol):
    """Where colours go: a device space, its operators for fill and stroke, and the way there."""

    @property
    def space(self) -> str:
        """The name of the device space."""

    @property
    def size(self) -> int:
        """How many components it has."""

    @property
    def operators(self) -> tuple[str, str]:
        """What sets a colour in it, for fills and for strokes."""

    def paint(self, space: Space, values: Values, *, snap: bool = True) -> Values:
        """A colour in the device space."""

    def names(self, colour: Values) -> frozenset[str]:
        """The inks of a colour."""

    def picture(self, pdf: pikepdf.Pdf, picture: Any, resources: Any) -> Printed:
        """An image XObject in the device space."""


@dataclass(frozen=True, slots=True)
class Press:
    """Process inks."""

    inks: Inks
    space: str = "/DeviceCMYK"
    size: int = 4
    operators: tuple[str, str] = ("k", "K")

    def paint(self, space: Space, values: Values, *, snap: bool = True) -> Values:
        """Cyan, magenta, yellow, black."""
        return inks_of(space, values, self.inks, snap=snap)

    def names(self, colour: Values) -> frozenset[str]:
        """Those that are more than nothing."""
        return frozenset(ink for ink, amount in zip(INKS, colour, strict=True) if amount > 0)

    def picture(self, pdf: pikepdf.Pdf, picture: Any, resources: Any) -> Printed:
        """Through the profile."""
        return printed_picture(pdf, picture, resources, self.inks)


@dataclass(frozen=True, slots=True)
class Mask:
    """Luminosities."""

    inks: Inks
    space: str = "/DeviceGray"
    size: int = 1
    operators: tuple[str, str] = ("g", "G")

    def paint(self, space: Space, values: Values, *, snap: bool = True) -> Values:  # noqa: ARG002  (a mask has no black ink)
        """The luminosity of a device colour (10.3.2)."""
        red, green, blue = srgb_of(space, values, self.inks)
        return (round(0.3 * red + 0.59 * green + 0.11 * blue, 6),)

    def names(self, colour: Values) -> frozenset[str]:  # noqa: ARG002  (see above)
        """None."""
        return frozenset()

    def picture(self, pdf: pikepdf.Pdf, picture: Any, resources: Any) -> Printed:
        """Grey as it is; LayoutError L505 for a mask in colour."""
        if not picture.get("/ImageMask", False) and read_space(picture["/ColorSpace"], resources).kind != "grey":
            raise refusal("a mask is a picture in colour")
        return Printed(copied(pdf, picture), frozenset())


def printed_shading(pdf: pikepdf.Pdf, shading: Any, resources: Any, plates: Plates) -> tuple[Any, frozenset[str]]:
    """A gradient in the plates' space, and its inks."""
    check_shading(shading)
    space = read_space(shading["/ColorSpace"], resources)
    function = shading["/Function"]
    domain = [float(edge) for edge in shading.get("/Domain", Array([0, 1]))]
    along = colours_along(function, domain)
    if space.kind == "rgb" and not all(is_neutral((one[0], one[1], one[2])) for one in along):

        def convert(values: Values) -> Values:
            # A grey in the middle of a coloured gradient must not jump from four inks to one.
            red, green, blue = values
            tinted = (red, green, blue) if not is_neutral((red, green, blue)) else (red, green, min(1.0, blue + 0.012))
            return plates.paint(space, tinted, snap=False)

    else:

        def convert(values: Values) -> Values:
            return plates.paint(space, values, snap=False)

    background = shading.get("/Background")
    ground = None if background is None else plates.paint(space, tuple(float(part) for part in background))
    made = shading_with(shading, Name(plates.space), converted(pdf, function, plates.size, convert), ground)
    names = frozenset[str]().union(*(plates.names(convert(colour)) for colour in along))
    return pdf.make_indirect(made), names


_KEPT_STATES = {"/Type", "/LW", "/LC", "/LJ", "/ML", "/D", "/RI", "/Font", "/FL", "/SM", "/SA", "/BM", "/CA", "/ca",
                "/AIS", "/TK"}  # fmt: skip


def plain_state(state: Any) -> Dictionary:
    """A graphics state without what PDF/X forbids (transfer curves, halftones), without overprint and soft mask."""
    return Dictionary({key: state[key] for key in state if key in _KEPT_STATES})


def is_black(colour: Values) -> bool:
    """Whether a colour is the whole of the black ink and nothing else."""
    return tuple(colour) == BLACK
