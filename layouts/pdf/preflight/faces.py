"""Fonts as a page uses them: embedded or not, whole or subset, how wide their characters are (ISO 32000-1, 9.6-9.8)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from struct import unpack
from typing import Any

import pikepdf

from .objects import entries, get, identity, name, number, numbers

_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
_SUBSET = re.compile(r"[A-Z]{6}\+")
_BOLD = re.compile(r"bold|black|heavy|demi|semibold", re.IGNORECASE)
_FORCE_BOLD = 1 << 18
_WIDEST = 65536
_STANDARD_WIDTH = 500.0  # of a font that is not embedded and gives no widths


@dataclass(frozen=True, slots=True)
class Face:
    """A font. `em` is its height in text space for size 1; widths are in thousandths of it, by code."""

    name: str
    kind: str
    embedded: bool
    subset: bool
    bold: bool
    wide: bool
    widths: dict[int, float] = field(compare=False, repr=False)
    usual_width: float
    ascent: float
    descent: float
    em: float = 1.0
    key: tuple[int, int] = (0, 0)
    origin: Any = field(default=None, compare=False, repr=False)

    def length(self, codes: bytes) -> tuple[float, int, int]:
        """How wide a string is in thousandths of the size, its characters, and how many are word spaces."""
        width, usual = self.widths, self.usual_width
        if not self.wide:
            return sum([width.get(code, usual) for code in codes]), len(codes), codes.count(b" ")
        count = len(codes) // 2
        pairs = unpack(f">{count}H", codes[: 2 * count])
        return sum([width.get(pair, usual) for pair in pairs]), count, 0


class Faces:
    """Reads fonts, each once."""

    def __init__(self) -> None:
        self._read: dict[tuple[int, int], Face] = {}

    def read(self, font: Any) -> Face:
        """The face of a font dictionary, whatever it holds."""
        key = identity(font)
        if key in self._read:
            return self._read[key]
        face = _face(font, key)
        if key != (0, 0):
            self._read[key] = face
        return face


def _face(font: Any, key: tuple[int, int]) -> Face:
    kind = name(get(font, "/Subtype"))
    if kind == "Type0":
        inside = (entries(get(font, "/DescendantFonts"), 1) or [None])[0]
        widths, usual = _wide_widths(inside)
    else:
        inside = font
        widths, usual = _narrow_widths(font)
    descriptor = get(inside, "/FontDescriptor")
    called = name(get(font, "/BaseFont")) or name(get(font, "/Name")) or "without a name"
    ascent, descent, em = _heights(font if kind == "Type3" else None, descriptor)
    return Face(
        name=_SUBSET.sub("", called),
        kind=kind,
        embedded=kind == "Type3" or any(isinstance(get(descriptor, file), pikepdf.Stream) for file in _FILES),
        subset=kind == "Type3" or bool(_SUBSET.match(called)),
        bold=bool(_BOLD.search(called)) or bool(int(number(get(descriptor, "/Flags"))) & _FORCE_BOLD),
        wide=kind == "Type0",
        widths=widths,
        usual_width=usual,
        ascent=ascent,
        descent=descent,
        em=em,
        key=key,
        origin=font,
    )


def _heights(drawn: Any, descriptor: Any) -> tuple[float, float, float]:
    """Ascent, descent (ems) and the em in text space; a Type 3 font (`drawn`) may count in any unit."""
    if drawn is None:
        ascent, descent = number(get(descriptor, "/Ascent")) / 1000, number(get(descriptor, "/Descent")) / 1000
        return (ascent if 0.4 <= ascent <= 1.5 else 0.8, descent if -0.7 <= descent < 0 else -0.2, 1.0)
    matrix, box = numbers(get(drawn, "/FontMatrix")), numbers(get(drawn, "/FontBBox"))
    unit = abs(matrix[3]) if len(matrix) == 6 else 0.001
    if 0.5 <= unit * 1000 <= 2:  # counted in thousandths or so, as other fonts are
        return 0.8, -0.2, unit * 1000
    high = (box[3] - box[1]) * unit if len(box) == 4 else 0.0
    # Glyphs reach over some 1.2 ems; a box of zeros says nothing.
    return 0.8, -0.2, high / 1.2 if high > 0 else 1.0


def _narrow_widths(font: Any) -> tuple[dict[int, float], float]:
    first = int(number(get(font, "/FirstChar")))
    scale = 1.0
    if name(get(font, "/Subtype")) == "Type3":
        matrix = numbers(get(font, "/FontMatrix"))
        scale = abs(matrix[0]) * 1000 if len(matrix) == 6 else 1.0
    widths = {first + index: width * scale for index, width in enumerate(numbers(get(font, "/Widths"))[:256])}
    missing = number(get(font, "/FontDescriptor", "/MissingWidth"))
    return widths, missing * scale if widths else missing or _STANDARD_WIDTH


def _wide_widths(inside: Any) -> tuple[dict[int, float], float]:
    """Widths by character identifier: `c [w1 w2 …]` and `first last w` (ISO 32000-1, 9.7.4.3)."""
    found: dict[int, float] = {}
    parts = entries(get(inside, "/W"))
    at = 0
    while at + 1 < len(parts) and len(found) < _WIDEST:
        first, following = int(number(parts[at])), parts[at + 1]
        if isinstance(following, pikepdf.Array):
            found.update((first + index, width) for index, width in enumerate(numbers(following)))
            at += 2
        elif at + 2 < len(parts):
            last, width = min(int(number(following)), first + _WIDEST), number(parts[at + 2])
            found.update((code, width) for code in range(first, last + 1))
            at += 3
        else:
            break
    return found, number(get(inside, "/DW"), 1000.0)
