"""Preflighting: judges a finished PDF, ours or anybody's, in a process that can be stopped.

The file comes from anywhere, and the libraries that read it are large: whatever happens in there, it ends in time and
as a finding.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Protocol, cast

from leafletpress.diagnostics import Diagnostic, LeafletPressError
from leafletpress.model.span import Span, Spot
from leafletpress.press.report import finding_json
from leafletpress.press.worker import limit_memory
from leafletpress.registry import load

_LARGEST_MB = 500
_SECONDS = 180.0
_MEMORY_MB = 2_000
_FAULTS = 1
_GIVE_UP = "ask for a simpler file, or have the print shop judge this one"


@dataclass(frozen=True, slots=True)
class Judged:
    """A judged file: its path as shown, what it was judged for, its pages and papers, and what was found."""

    file: str
    purpose: str
    pages: int = 0
    papers: tuple[str, ...] = ()
    findings: tuple[Diagnostic, ...] = field(default=())

    @property
    def exit_code(self) -> int:
        """1 where there are errors."""
        return _FAULTS if any(one.is_error for one in self.findings) else 0


class _Inspection(Protocol):
    findings: tuple[Diagnostic, ...]
    purpose: str
    pages: int
    papers: tuple[str, ...]


class _Judge(Protocol):
    """What the PDF layout does beside a layout's work."""

    def preflight(self, content: bytes, purpose: str, **measures: Any) -> _Inspection:
        """Judge a file."""


def preflight(
    path: Path, purpose: str, measures: Mapping[str, Any], *, seconds: float = _SECONDS, memory_mb: int = _MEMORY_MB
) -> Judged:
    """Judge the file for a purpose ("" for what it says it is), by measures of the layout's demands.

    LeafletPressError S105 (exit 3) where it cannot be read, S102 (exit 3) where it is larger than 500 MB.
    """
    shown = str(path)
    content = _content(path, shown)
    context = get_context("fork") if sys.platform == "linux" else get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_judge, args=(theirs, content, purpose, dict(measures), memory_mb), daemon=True)
    process.start()
    theirs.close()
    try:
        told = ours.recv() if ours.poll(seconds) else f"it took longer than {seconds:.0f} s"
    except EOFError:
        process.join()
        told = f"reading it ended by force ({process.exitcode})"
    finally:
        process.kill()
        process.join()
    if isinstance(told, str):
        finding = Diagnostic("F804", f"the file was not looked at to its end: {told}", Span(shown), _GIVE_UP)
        return Judged(shown, purpose or "screen", findings=(finding,))
    findings, judged_for, pages, papers = told
    placed = tuple(replace(one, span=replace(one.span, path=shown)) for one in findings)
    return Judged(shown, judged_for, pages, papers, placed)


def _content(path: Path, shown: str) -> bytes:
    try:
        if path.stat().st_size > _LARGEST_MB * 1_000_000:
            finding = Diagnostic("S102", f"the file is larger than {_LARGEST_MB} MB", Span(shown), _GIVE_UP)
            raise LeafletPressError(finding, 3)
        return path.read_bytes()
    except OSError as error:
        finding = Diagnostic("S105", f"the file cannot be read ({error.strerror})", Span(shown))
        raise LeafletPressError(finding, 3) from error


def _judge(channel: Connection, content: bytes, purpose: str, measures: dict[str, Any], memory_mb: int) -> None:
    """The process that looks; what it sends is made of the ground floor's types alone, or a reason in words."""
    limit_memory(memory_mb)
    logging.disable()  # what the libraries have to say of a damaged file is told as findings
    warnings.simplefilter("ignore")
    try:
        layout = cast("_Judge", load("pdf"))
        found = layout.preflight(content, purpose, **measures)
        channel.send((found.findings, str(found.purpose), found.pages, found.papers))
    except MemoryError:
        channel.send(f"it took more memory than {memory_mb} MB")
    channel.close()
    os._exit(0)  # what the renderers' libraries would tidy up goes with the process


def summary(judged: Judged) -> str:
    """One line: `leaflet.pdf: 4 pages A4, judged for the print shop: 2 errors, 1 warning`."""
    errors = sum(one.is_error for one in judged.findings)
    warnings = len(judged.findings) - errors
    pages = f"{_count(judged.pages, 'page')} {', '.join(judged.papers)}".strip()
    purpose = {"screen": "reading on screen", "office": "the office printer"}.get(judged.purpose, "the print shop")
    found = f"{_count(errors, 'error')}, {_count(warnings, 'warning')}" if judged.findings else "nothing found"
    return f"{judged.file}: {pages}, judged for {purpose}: {found}"


def _count(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def judged_json(judged: Judged) -> str:
    """The judgement as one JSON document, version 1; docs/preflight.md names its keys."""
    document = {
        "version": 1,
        "file": judged.file,
        "purpose": judged.purpose,
        "pages": judged.pages,
        "papers": list(judged.papers),
        "diagnostics": [_finding(one) for one in judged.findings],
        "exit_code": judged.exit_code,
    }
    return json.dumps(document, ensure_ascii=True, indent=2)


def _finding(finding: Diagnostic) -> dict[str, Any]:
    spot = finding.span if isinstance(finding.span, Spot) else Spot(finding.span.path)
    return {
        **finding_json(finding),
        "page": spot.page or None,
        "left_mm": spot.left_mm,
        "top_mm": spot.top_mm,
    }
