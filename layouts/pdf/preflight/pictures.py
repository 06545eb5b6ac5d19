"""Pictures: whether they have pixels enough for the size they are shown at."""

from __future__ import annotations

from collections.abc import Iterator

from .demands import Demands, Purpose
from .faults import Fault
from .marks import Drawn, Photo
from .objects import identity
from .sheets import Sheet

_SWATCH_PX = 2  # a picture of one or two pixels across is a colour or a gradient that somebody stretched


def picture_faults(sheet: Sheet, drawn: Drawn, demands: Demands) -> Iterator[Fault]:
    """F840 under 300 pixels an inch and F841 under 150, each picture once."""
    if demands.purpose is Purpose.SCREEN:
        return
    for mark in drawn.marks:
        if not isinstance(mark, Photo) or min(mark.width_px, mark.height_px) <= _SWATCH_PX:
            continue
        ppi = round(mark.ppi)  # 299.99 comes of rounding lengths, not of the picture
        key = identity(mark.stream) if not mark.inline else (sheet.number, mark.box)
        size = f"a picture of {mark.width_px} x {mark.height_px} pixels is shown so large that it has"
        wanted = round(mark.width_px * demands.good_ppi / max(mark.ppi, 1))
        hint = (
            f"use one that is {wanted:,} pixels wide or more, or show it smaller; enlarging the old one does not help"
        )
        if ppi < demands.poor_ppi:
            words = f"{size} only {ppi} pixels an inch: it will look blurred or blocky"
            yield Fault("F841", words, hint, sheet, mark.box, key=key, badness=-ppi)
        elif ppi < demands.good_ppi and demands.purpose is Purpose.PRINT_SHOP:
            words = f"{size} {ppi} pixels an inch; print shops ask for {demands.good_ppi:.0f}"
            yield Fault("F840", words, hint, sheet, mark.box, key=key, badness=-ppi)
