"""Notes of a build: what is left out, and what lies in the output folder though nobody should take it any more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from leafletpress.diagnostics import Diagnostic
from leafletpress.model import Span
from leafletpress.press.manifest import Entry
from leafletpress.press.plan import stale
from leafletpress.press.stamps import status_of
from leafletpress.press.stock import Sheet, Stock
from leafletpress.press.withdrawn import Standings

_MOST = 20  # files that are named one by one
_CLEAR = "'clean --stale' deletes"


def gone_notes(entries: Mapping[str, Entry], stock: Stock, shown: str) -> Iterator[str]:
    """Files of leaflets, clinics and readers that exist no more."""
    gone = stale(entries, stock)
    for path, what in gone[:_MOST]:
        yield f"{shown}/{path} belongs to no {what}; {_CLEAR} it"
    if len(gone) > _MOST:
        yield f"{len(gone) - _MOST} more files belong to nothing that is there; {_CLEAR} them"


def withdrawn_notes(sheets: Iterable[Sheet], standings: Standings, *, named: bool) -> Iterator[str]:
    """Leaflets that are withdrawn; those that were ordered by name are told as faults."""
    for sheet in dict.fromkeys(sheets):
        if standings.withdrawn(sheet) and not named:
            yield f"{sheet.id} {sheet.lang} is withdrawn: not built"


def left_notes(
    entries: Mapping[str, Entry], sheets: Iterable[Sheet], standings: Standings, output: Path, shown: str
) -> Iterator[str]:
    """Files of withdrawn leaflets among `sheets`, and of leaflets that were refused, which still lie there."""
    withdrawn = {(sheet.id, sheet.lang) for sheet in sheets if standings.withdrawn(sheet)}
    left: Counter[tuple[str, str, str]] = Counter()
    for path, entry in sorted(entries.items()):
        whose = (entry.leaflet, entry.lang)
        if (entry.refused or whose in withdrawn) and status_of(output / path) is not None:
            left[*whose, "is withdrawn" if whose in withdrawn else "is overdue and refused"] += 1
    for (leaflet, lang, why), count in left.items():
        files, them = ("1 file", "it lies") if count == 1 else (f"{count} files", "they lie")
        yield f"{files} of {leaflet} {lang}, which {why}: {them} in {shown} still; {_CLEAR} that"


def withdrawn_row(sheet: Sheet, span: Span) -> Diagnostic:
    """E315 for a row of orders."""
    message = f"'{sheet.id}' ({sheet.lang}) is withdrawn: it is not printed any more"
    return Diagnostic("E315", message, span, "take the row out, or order the leaflet that has replaced it")
