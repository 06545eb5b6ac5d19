"""Edges of the page: the boxes that say where it is cut, and what lies near the cut or should reach over it."""

from __future__ import annotations

from collections.abc import Iterator

from .demands import Demands, Purpose
from .faults import Fault
from .geometry import Box, inside, meet, shrink
from .marks import Area, Drawn, Line, Mark, Photo, Shade, Words
from .sheets import Sheet

_SLACK_PT = 0.1
_SLACK_MM = 0.15
_TOUCHING_MM = 0.5
_REACHING = 200  # fields over an edge that others may lie under
_ASK = "ask whoever made the PDF to export it again"
_SIDES = ("left", "bottom", "right", "top")
_TURNS = {0: 0, 90: 1, 180: 2, 270: 3}
_CLOCKWISE = ("left", "top", "right", "bottom")


def edge_faults(sheet: Sheet, drawn: Drawn, demands: Demands) -> Iterator[Fault]:
    """F820-F826 for one page."""
    if demands.purpose is Purpose.PRINT_SHOP:
        yield from _boxes(sheet, demands)
        yield from _bleeding(sheet, drawn, demands)
        yield from _unsafe(sheet, drawn, demands)
    elif demands.purpose is Purpose.OFFICE:
        yield from _unprintable(sheet, drawn, demands)


def _boxes(sheet: Sheet, demands: Demands) -> Iterator[Fault]:
    if not sheet.given & {"TrimBox", "ArtBox"}:
        words = "the page does not say where it is to be cut (it has no TrimBox)"
        yield Fault("F820", words, f"{_ASK} with 'trim box' or as PDF/X-4; the print shop cannot cut it without", sheet)
        return
    slack = _SLACK_PT
    if not (inside(sheet.trim, sheet.bleed, slack) and inside(sheet.bleed, sheet.media, slack)):
        words = "the cut edge, the bleed and the sheet do not lie one inside the other"
        yield Fault("F821", words, f"{_ASK} with the trim inside the bleed and the bleed inside the sheet", sheet)
        return
    gaps = _gaps(sheet.trim, sheet.bleed)
    narrow = min(gaps) * sheet.unit / 72 * 25.4
    if narrow < demands.bleed_mm - _SLACK_MM and demands.bleed_mm:
        words = (
            f"the bleed is {max(0.0, narrow):.1f} mm wide; print shops ask for {demands.bleed_mm:g} mm on every side"
        )
        yield Fault("F822", words, f"{_ASK} with {demands.bleed_mm:g} mm bleed on all four sides", sheet)


def _gaps(trim: Box, outer: Box) -> tuple[float, float, float, float]:
    """How far `outer` reaches over the trim: left, bottom, right, top."""
    return (trim[0] - outer[0], trim[1] - outer[1], outer[2] - trim[2], outer[3] - trim[3])


def _bleeding(sheet: Sheet, drawn: Drawn, demands: Demands) -> Iterator[Fault]:
    """Colour that ends at the cut, or less than the bleed beyond it, leaves a white sliver where the knife is off."""
    wanted, near = sheet.points(demands.bleed_mm - _SLACK_MM), sheet.points(_TOUCHING_MM)
    fields = dict.fromkeys(mark.box for mark in drawn.marks if _is_field(mark))
    for side, name in enumerate(_SIDES):
        gaps = {box: _gaps(sheet.trim, box)[side] for box in fields if meet(box, sheet.trim) is not None}
        reaching = [box for box, gap in gaps.items() if gap >= wanted][:_REACHING]
        for box, gap in gaps.items():
            if not -near <= gap < wanted or _carried(box, side, reaching):
                continue
            beyond = max(0.0, gap) * sheet.unit / 72 * 25.4
            edge = _edge(name, sheet)
            words = f"colour or a picture reaches only {beyond:.1f} mm over the {edge} edge of the page"
            hint = (
                f"draw it {demands.bleed_mm:g} mm beyond the edge, into the bleed: otherwise a white line can show "
                "after cutting"
            )
            yield Fault("F823", words, hint, sheet, _at_trim(box, sheet.trim), key=edge, badness=-beyond)


def _is_field(mark: Mark) -> bool:
    match mark:
        case Area(paint=paint):
            return not paint.colour.is_paper and paint.opacity > 0
        case Photo() | Shade():
            return True
        case Line(paint=paint):
            return not paint.colour.is_paper
        case Words():
            return False


def _carried(box: Box, side: int, reaching: list[Box]) -> bool:
    """Whether something else covers this stretch of the edge, and does reach into the bleed."""
    along = 1 if side in {0, 2} else 0
    return any(
        other[along] <= box[along] + _SLACK_PT and other[along + 2] >= box[along + 2] - _SLACK_PT for other in reaching
    )


def _edge(side: str, sheet: Sheet) -> str:
    """The side as it is looked at: turning the page moves it on clockwise."""
    return _CLOCKWISE[(_CLOCKWISE.index(side) + _TURNS[sheet.turn]) % 4]


def _at_trim(box: Box, trim: Box) -> Box:
    """The part of a mark that is on the trimmed page, to tell its place."""
    return meet(box, trim) or box


def _unsafe(sheet: Sheet, drawn: Drawn, demands: Demands) -> Iterator[Fault]:
    """Words that the knife may touch. What lies wholly outside the trim (marks, slug) is meant to be cut off."""
    safe = shrink(sheet.trim, sheet.points(demands.safe_mm - _SLACK_MM))
    for mark in drawn.marks:
        if not isinstance(mark, Words) or not mark.seen or inside(mark.box, safe) or not _on(mark.box, sheet.trim):
            continue
        gap = min(_gaps(mark.box, sheet.trim)) * sheet.unit / 72 * 25.4
        words = f"text is {max(0.0, gap):.1f} mm from the edge where the page is cut"
        hint = f"move it at least {demands.safe_mm:g} mm away from the edge: cutting is not exact"
        yield Fault("F824", words, hint, sheet, mark.box, badness=-gap)


def _on(box: Box, trim: Box) -> bool:
    shared = meet(box, trim)
    return shared is not None and shared[2] > shared[0] and shared[3] > shared[1]


def _unprintable(sheet: Sheet, drawn: Drawn, demands: Demands) -> Iterator[Fault]:
    """Office printers leave a strip at each edge white."""
    safe = shrink(sheet.trim, sheet.points(demands.unprintable_mm - _SLACK_MM))
    for mark in drawn.marks:
        if inside(mark.box, safe) or not _on(mark.box, sheet.trim):
            continue
        gap = max(0.0, min(_gaps(mark.box, sheet.trim)) * sheet.unit / 72 * 25.4)
        if isinstance(mark, Words):
            if mark.seen:
                words = f"text is {gap:.1f} mm from the edge of the paper, where office printers cannot print"
                hint = f"move it {demands.unprintable_mm:g} mm or more from the edge, or it will be cut off"
                yield Fault("F825", words, hint, sheet, mark.box, badness=-gap)
        elif _is_field(mark):
            words = (
                f"colour or a picture is {gap:.1f} mm from the edge of the paper, where office printers cannot print"
            )
            hint = (
                f"end it {demands.unprintable_mm:g} mm from the edge, or accept a white strip, or have it printed by a "
                "print shop"
            )
            yield Fault("F826", words, hint, sheet, _at_trim(mark.box, sheet.trim), badness=-gap)
