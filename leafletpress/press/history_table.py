"""The history told: a table of versions for people, and one JSON document for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from leafletpress.diagnostics import Diagnostic
from leafletpress.press.columns import Style, columns
from leafletpress.press.history import History, Version
from leafletpress.press.report import finding_json
from leafletpress.press.trail import State

_HEADER = ("version", "status", "date", "author", "commit", "change note")


def history_table(told: Sequence[History], style: Style) -> str:
    """The versions, newest first; each language under a line of its own."""
    return "\n\n".join(f"{one.id}, {one.lang}: {one.display}\n{_table(one, style)}" for one in told)


def remarks(told: Iterable[History]) -> tuple[str, ...]:
    """What is worth a word and nobody's fault: trails that are cut off, versions that go back or changed silently."""
    found = []
    for one in told:
        if one.cut:
            found.append(f"{one.id} {one.lang}: older versions may be missing: {one.cut}")
        found += one.notes
    return tuple(found)


def _table(one: History, style: Style) -> str:
    rows = [_row(version, first=version is one.versions[-1]) for version in one.versions]
    table = columns(_HEADER, rows, style) if rows else ""
    if any(version.states for version in one.versions):
        return table
    return "\n".join([*filter(None, (table,)), "it was never committed"])


def _row(version: Version, *, first: bool) -> tuple[str, ...]:
    says = version.says
    status, note = says.status or "", says.change_note or ("" if first else "(no change note)")
    if says.faults:
        place = str(says.faults[0].span).removeprefix(says.faults[0].span.path).lstrip(":")
        where = f", line {place}" if place else ""
        note = f"{says.change_note or ''} (faulty: {says.faults[0].code}{where}: {says.faults[0].message})"
    if not version.states:
        return (says.version or "?", status, "", "", "not committed", note)
    newest = version.states[0]
    others = len(version.states) - 1
    commit = f"{newest.short} and {others} before" if others else newest.short
    moment = newest.record.moment
    day = moment.date().isoformat() if moment else "?"
    return (says.version or "?", status, day, newest.record.author, commit, note)


def history_json(told: Iterable[History], faults: Iterable[Diagnostic], exit_code: int) -> str:
    """The histories as one JSON document, version 1; see docs/report.md for its keys."""
    told = tuple(told)
    found = (*(finding for one in told for finding in one.diagnostics), *faults)
    document = {
        "version": 1,
        "leaflets": [_leaflet(one) for one in told],
        "diagnostics": [finding_json(one) for one in found],
        "notes": list(remarks(told)),
        "exit_code": exit_code,
    }
    return json.dumps(document, ensure_ascii=True, indent=2)


def _leaflet(one: History) -> dict[str, object]:
    return {
        "leaflet": one.id,
        "lang": one.lang,
        "file": one.display,
        "complete": not one.cut,
        "versions": [_version(version) for version in one.versions],
    }


def _version(version: Version) -> dict[str, object]:
    says = version.says
    return {
        "version": says.version,
        "status": says.status,
        "title": says.title,
        "change_note": says.change_note,
        "committed": bool(version.states),
        "commits": [_commit(state) for state in version.states],
        "faults": [finding_json(one) for one in says.faults],
    }


def _commit(state: State) -> dict[str, object]:
    return {
        "commit": state.record.commit,
        "date": state.record.moment.isoformat() if state.record.moment else None,
        "author": state.record.author,
        "file": state.path,
        "blob": state.blob,
    }
