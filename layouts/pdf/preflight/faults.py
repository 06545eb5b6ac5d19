"""Faults as the checks find them, and as they are told: each kind once, at its worst place, with the pages it is on."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace

from leafletpress.diagnostics import Diagnostic
from leafletpress.model.span import Spot

from .geometry import Box
from .sheets import Sheet

_NAMED_PAGES = 8


@dataclass(frozen=True, slots=True)
class Fault:
    """One place that breaks a rule. Faults of one code and `key` are told once, where `badness` is greatest."""

    code: str
    words: str
    hint: str
    sheet: Sheet | None = None
    box: Box | None = None
    key: Hashable = ""
    badness: float = 0.0

    @property
    def spot(self) -> Spot:
        """Where it is."""
        return self.sheet.spot(self.box) if self.sheet else Spot("")


@dataclass(slots=True)
class _Kind:
    worst: Fault
    places: int
    pages: dict[int, None]


class Findings:
    """Collects faults; keeps one of a kind, however many there are."""

    def __init__(self) -> None:
        self._kinds: dict[tuple[str, Hashable], _Kind] = {}

    def add(self, faults: Iterable[Fault]) -> None:
        """Take these in."""
        for fault in faults:
            page = fault.sheet.number if fault.sheet else 0
            kind = self._kinds.setdefault((fault.code, fault.key), _Kind(fault, 0, {}))
            kind.places += 1
            kind.pages[page] = None
            if fault.badness > kind.worst.badness:
                kind.worst = fault

    def told(self) -> tuple[Diagnostic, ...]:
        """One diagnostic a kind, in the order of the pages; the path is the caller's to add."""
        found = [_tell(kind) for kind in self._kinds.values()]
        return tuple(sorted(found, key=_order))


def _order(finding: Diagnostic) -> tuple[int, float, float, str]:
    spot = finding.span
    assert isinstance(spot, Spot)
    return (spot.page, spot.top_mm or 0.0, spot.left_mm or 0.0, finding.code)


def _tell(kind: _Kind) -> Diagnostic:
    fault = kind.worst
    return Diagnostic(fault.code, fault.words + _elsewhere(kind), fault.spot, fault.hint)


def _elsewhere(kind: _Kind) -> str:
    """Where else: ` (and 3 more places, on pages 2-4)`."""
    sheet, more = kind.worst.sheet, kind.places - 1
    if not more or sheet is None:
        return ""
    others = [page for page in kind.pages if page != sheet.number]
    places = f" (and {more} more place{'' if more == 1 else 's'}"
    if not others:
        return f"{places} on this page)"
    here = " here and" if more > len(others) else ","
    return f"{places}{here} on page{'' if len(others) == 1 else 's'} {_listed(others)})"


def _listed(pages: list[int]) -> str:
    """1-3, 5, 8"""
    runs: list[list[int]] = []
    for page in sorted(pages):
        if runs and runs[-1][1] == page - 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    named = [f"{first}" if first == last else f"{first}-{last}" for first, last in runs]
    return ", ".join(named[:_NAMED_PAGES]) + (" and others" if len(named) > _NAMED_PAGES else "")


def within(finding: Diagnostic, path: str) -> Diagnostic:
    """The finding, told of the file `path`."""
    return replace(finding, span=replace(finding.span, path=path))
