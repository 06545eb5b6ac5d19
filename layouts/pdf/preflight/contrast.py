"""Contrast of words with what is behind them, as a screen shows it and a grey printer prints it (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from leafletpress.theme import contrast, grey

from .colours import Colour, Family
from .demands import Demands, Purpose
from .faults import Fault
from .geometry import Box, meet, shrink
from .ground import RGB, Grounds, shown_colours
from .marks import Drawn, Paint, Words
from .sheets import Sheet

_LARGE_PT, _LARGE_BOLD_PT = 18.0, 14.0
_ENOUGH, _ENOUGH_LARGE = 4.5, 3.0
_SLACK = 0.05
_SHARE = 0.25  # of the ground: a letter that touches a border for less is not lost
_WITHOUT_COLOUR = frozenset({Family.PATTERN, Family.UNKNOWN, Family.INDEXED})


class Contrasts:
    """Judges the words of one file, page by page."""

    def __init__(self, pdf: Any, content: bytes) -> None:
        self._pdf = pdf
        self._grounds = Grounds(content)
        self._shown: dict[Colour, RGB] = {}
        self._ratios: dict[tuple[RGB, RGB], tuple[float, float]] = {}

    def close(self) -> None:
        """Let the file go."""
        self._grounds.close()

    def faults(self, sheet: Sheet, drawn: Drawn, demands: Demands) -> Iterator[Fault]:
        """F880 in colour; F881 in grey, for office printers, where colour would do."""
        words = [mark for mark in drawn.marks if isinstance(mark, Words) and self._judged(mark, sheet)]
        if not words:
            return
        unknown = {mark.paint.colour for mark in words if mark.paint.colour.screen is None} - self._shown.keys()
        self._shown |= shown_colours(self._pdf, unknown)
        ground = self._grounds.draw(sheet)
        for mark in words:
            colour = mark.paint.colour.screen or self._shown.get(mark.paint.colour)
            behind = ground.colours(_core(mark.box))
            if colour is None or not behind:
                continue
            yield from self._judge(sheet, mark, colour, behind, demands)

    @staticmethod
    def _judged(mark: Words, sheet: Sheet) -> bool:
        return (
            mark.seen
            and mark.paint.colour.space.family not in _WITHOUT_COLOUR
            and meet(mark.box, sheet.trim) is not None
        )

    def _judge(
        self, sheet: Sheet, mark: Words, colour: RGB, behind: list[tuple[int, RGB]], demands: Demands
    ) -> Iterator[Fault]:
        large = mark.size_pt >= _LARGE_PT or (mark.face.bold and mark.size_pt >= _LARGE_BOLD_PT)
        enough = _ENOUGH_LARGE if large else _ENOUGH
        in_colour, in_grey = (self._worst(mark.paint, colour, behind, side) for side in (0, 1))
        key = (colour, behind[0][1] if len(behind) == 1 else None, large)
        of = f"{in_colour:.1f}:1" if in_colour >= 1.05 else "none at all"
        if in_colour + _SLACK < enough:
            words = f"text and what is behind it are too alike: contrast {of}, {enough:g}:1 is the least"
            hint = "make the letters darker or the ground lighter (for white letters the ground darker)"
            yield Fault("F880", words, hint, sheet, mark.box, key=key, badness=-in_colour)
        elif in_grey + _SLACK < enough and demands.purpose is Purpose.OFFICE:
            words = (
                f"printed in grey, text is too like what is behind it: contrast {in_grey:.1f}:1 instead of {enough:g}:1"
            )
            hint = "choose colours that differ in lightness, not in hue alone, or print it in colour"
            yield Fault("F881", words, hint, sheet, mark.box, key=key, badness=-in_grey)

    def _worst(self, paint: Paint, colour: RGB, behind: list[tuple[int, RGB]], side: int) -> float:
        """The contrast that is missed on a quarter of the ground at most; `side` 0 in colour, 1 in grey."""
        ratios = sorted((self._ratio(_mixed(colour, at, paint.opacity), at)[side], count) for count, at in behind)
        left = _SHARE * sum(count for count, _ in behind)
        for ratio, count in ratios:
            left -= count
            if left < 0:
                return ratio
        return ratios[-1][0]

    def _ratio(self, one: RGB, other: RGB) -> tuple[float, float]:
        known = self._ratios.get((one, other))
        if known is None:
            ink, paper = (f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in (one, other))
            known = self._ratios[one, other] = (contrast(ink, paper), contrast(grey(ink), grey(paper)))
        return known


def _mixed(colour: RGB, ground: RGB, opacity: float) -> RGB:
    if opacity >= 1:
        return colour
    share = max(0.0, opacity)
    red, green, blue = (round(share * top + (1 - share) * below) for top, below in zip(colour, ground, strict=True))
    return red, green, blue


def _core(box: Box) -> Box:
    """The middle of a run of words, where its letters are and its neighbours are not."""
    return shrink(box, min(box[2] - box[0], box[3] - box[1]) / 4)
