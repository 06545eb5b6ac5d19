"""What a file has to be good for, and the measures it is held to."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from .limits import Limits


class Purpose(StrEnum):
    """Where the file is going."""

    SCREEN = "screen"
    OFFICE = "office"
    PRINT_SHOP = "print-shop"


@dataclass(frozen=True, slots=True)
class Demands:
    """What is asked. Lengths in millimetres, sizes and widths in points, ink in per cent of one full ink.

    `pages`: no more than these; `booklet`: a multiple of four. `least_type_pt` is the house's own demand, None where
    it has none. Not `thorough`: only what costs little beside a render; that is all but pages looked at as pictures,
    the ink in pictures, and the rules of PDF/UA and PDF/A.
    """

    purpose: Purpose = Purpose.SCREEN
    pages: int | None = None
    booklet: bool = False
    least_type_pt: float | None = None
    bleed_mm: float = 3.0
    ink_percent: float = 300.0
    small_type_pt: float = 9.0
    tiny_type_pt: float = 6.0
    good_ppi: float = 300.0
    poor_ppi: float = 150.0
    fine_line_pt: float = 0.25
    lost_line_pt: float = 0.2
    unprintable_mm: float = 5.0
    safe_mm: float = 3.0
    thorough: bool = True
    limits: Limits = field(default_factory=Limits)
