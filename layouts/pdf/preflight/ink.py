"""Ink: how much of all four inks together lies on one spot. Too much does not dry, and sets off on the next sheet."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pikepdf

from .colour_use import colours_of
from .colours import Colour, Family, Space, inner
from .demands import Demands, Purpose
from .faults import Fault
from .geometry import meet
from .limits import Meter
from .marks import Drawn, Photo
from .objects import entries, filters, get, identity, number, numbers, swell
from .sheets import Sheet
from .walk import UNREADABLE

if TYPE_CHECKING:
    from PIL.Image import Image

_CELLS = 256  # a picture is looked at in at most so many cells a side: the limit is meant for areas, not for grains
_SLACK = 1.0


def ink_faults(sheet: Sheet, drawn: Drawn, demands: Demands, meter: Meter) -> Iterator[Fault]:
    """F860 for colours and, where the demands are thorough, for CMYK pictures of a print-shop file."""
    if demands.purpose is not Purpose.PRINT_SHOP:
        return
    hint = (
        f"keep the four inks together under {demands.ink_percent:.0f} %: have the colours converted with the print "
        "shop's profile, which keeps its limit; ask them what it is"
    )
    looked_at: set[tuple[int, int]] = set()
    for mark in drawn.marks:
        if meet(mark.box, sheet.trim) is None:
            continue
        for _, colours in colours_of(mark):
            for colour in colours:
                ink = _ink(colour)
                if ink > demands.ink_percent + _SLACK:
                    inks = " ".join(f"{100 * value:.0f}" for value in colour.values)
                    words = f"a colour of {ink:.0f} % ink in all ({inks}); {demands.ink_percent:.0f} % is the most"
                    yield Fault("F860", words, hint, sheet, mark.box, key=colour.values, badness=ink)
        if isinstance(mark, Photo) and demands.thorough and identity(mark.stream) not in looked_at:
            looked_at.add(identity(mark.stream))
            ink = picture_ink(mark, meter)
            if ink > demands.ink_percent + _SLACK:
                words = f"the darkest parts of a picture have {ink:.0f} % ink; {demands.ink_percent:.0f} % is the most"
                yield Fault("F860", words, hint, sheet, mark.box, key=identity(mark.stream), badness=ink)


def _ink(colour: Colour) -> float:
    if "All" in colour.space.inks:  # has a finding of its own
        return 0.0
    return colour.ink_percent or 0.0


def picture_ink(photo: Photo, meter: Meter) -> float:
    """The most ink, in per cent, of any cell of a CMYK picture; 0 for other pictures and those nobody can decode."""
    if photo.space is None or photo.inline or inner(photo.space).family is not Family.CMYK:
        return 0.0
    if photo.width_px * photo.height_px > meter.limits.picture_pixels:
        return 0.0
    try:
        swell(photo.stream, 4 * photo.width_px * photo.height_px + 1024)
        picture = _decoded(photo)
    except (*UNREADABLE, OSError, MemoryError):
        return 0.0
    if picture is None:
        return 0.0
    small = picture.resize((min(_CELLS, picture.width), min(_CELLS, picture.height)), resample=4)  # 4: box
    bands = [band.tobytes() for band in small.split()]
    return max(map(sum, zip(*bands, strict=True)), default=0) * 100 / 255


def _decoded(photo: Photo) -> Image | None:
    """The picture as CMYK, 255 for full ink; None for a form that is not looked into."""
    from PIL import Image, ImageChops  # noqa: PLC0415 - most files have no CMYK picture

    assert photo.space is not None
    decode = numbers(get(photo.stream, "/Decode"))
    turned = len(decode) == 8 and decode[0] > decode[1]
    found: Any = None
    if filters(photo.stream)[-1] in {"DCTDecode", "JPXDecode"}:
        found = Image.open(io.BytesIO(photo.stream.read_raw_bytes()))
        found.draft("CMYK", (_CELLS, _CELLS))
        found.load()
        # Pillow turns what Adobe's programs store upside down; a PDF says with Decode whether it is (8.9.5.2).
        turned ^= "adobe" in found.info
    elif number(get(photo.stream, "/BitsPerComponent")) == 8:
        content, size = photo.stream.read_bytes(), (photo.width_px, photo.height_px)
        if photo.space.family is Family.INDEXED:
            return _from_palette(content, size, photo.space)
        found = Image.frombytes("CMYK", size, content)
    if found is None or found.mode != "CMYK":
        return None
    return ImageChops.invert(found) if turned else found


def _from_palette(content: bytes, size: tuple[int, int], space: Space) -> Image:
    from PIL import Image  # noqa: PLC0415 - as above

    table = entries(space.origin, 8)[3]
    palette = table.read_bytes() if isinstance(table, pikepdf.Stream) else bytes(table)
    shades = [palette[ink::4].ljust(256, b"\0")[:256] for ink in range(4)]
    indices = Image.frombytes("L", size, content)
    return Image.merge("CMYK", [indices.point(list(shade)) for shade in shades])
