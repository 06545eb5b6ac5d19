"""What a build came to: for people, line by line, and for programs, as one JSON document."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from leafletpress.diagnostics import Diagnostic
from leafletpress.press.order import Target

INTERRUPTED = 130


class State(StrEnum):
    """What became of a target."""

    BUILT = "built"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    PLANNED = "planned"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Result:
    """A target and what became of it; `output` is its path as shown, `reason` why it was due.

    `fault` is what kept it from being made, the first where there are several.
    """

    target: Target
    output: str
    state: State
    seconds: float = 0.0
    sha256: str = ""
    reason: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A whole run. `notes` are remarks that are nobody's fault; `leaflets` is how many were looked at."""

    results: tuple[Result, ...]
    diagnostics: tuple[Diagnostic, ...]
    exit_code: int
    leaflets: int = 0
    seconds: float = 0
    notes: tuple[str, ...] = ()
    traceback: str = ""
    dry_run: bool = False
    checked: bool = False


def summary(report: Report) -> str:
    """One line: `2 leaflets: 6 files written, 0 unchanged, 0 failed in 1.3 s`."""
    counted = Counter(result.state for result in report.results)
    leaflets = _count(report.leaflets, "leaflet")
    withdrawn = {result.target.edition[:2] for result in report.results if result.state is State.WITHDRAWN}
    leaflets += f", {len(withdrawn)} of them withdrawn" if withdrawn else ""
    unchanged, waiting = counted[State.UNCHANGED], counted[State.PLANNED]
    if report.checked:
        errors = sum(one.is_error for one in report.diagnostics)
        warnings = len(report.diagnostics) - errors
        return f"{leaflets} checked: {_count(errors, 'error')}, {_count(warnings, 'warning')}"
    if report.dry_run:
        return f"{leaflets}: {_count(waiting, 'file')} to write, {unchanged} unchanged"
    done = f"{_count(counted[State.BUILT], 'file')} written, {unchanged} unchanged, {counted[State.FAILED]} failed"
    if report.exit_code == INTERRUPTED:
        return f"interrupted: {done}, {waiting} left as they were"
    return f"{leaflets}: {done} in {report.seconds:.1f} s"


def _count(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def as_json(report: Report) -> str:
    """The report as one JSON document, version 1; see docs/report.md for its keys."""
    document = {
        "version": 1,
        "targets": [_result(result) for result in report.results],
        "diagnostics": [finding_json(one) for one in report.diagnostics],
        "notes": list(report.notes),
        "exit_code": report.exit_code,
    }
    return json.dumps(document, ensure_ascii=True, indent=2)


def _result(result: Result) -> dict[str, Any]:
    target = result.target
    return {
        "leaflet": target.leaflet,
        "lang": target.lang,
        "clinic": target.clinic,
        "readers": target.readers,
        "target": target.name,
        "output": result.output,
        "state": result.state.value,
        "seconds": round(result.seconds, 3),
        "sha256": result.sha256 or None,
        "reason": result.reason or None,
        "fault": result.fault or None,
    }


def finding_json(finding: Diagnostic) -> dict[str, Any]:
    """One finding with the keys code, severity, message, file, line, hint; file and line null where there is none."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "file": finding.span.path or None,
        "line": finding.span.line or None,
        "hint": finding.hint or None,
    }
