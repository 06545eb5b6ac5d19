"""Findings: the diagnostics of one file, collected while it is read."""

from __future__ import annotations

from collections.abc import Iterable

from leafletpress.diagnostics import Diagnostic
from leafletpress.model import Span

MOST_FINDINGS = 1_000
"""A file this wrong is not a leaflet; what follows would only fill the screen."""


class Findings:
    """Collects what is wrong in the file `path`, each fault once."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._found: dict[Diagnostic, None] = {}

    def span(self, line: int, end_line: int | None = None) -> Span:
        """The lines `line` to `end_line` of this file, counted from 1."""
        return Span(self._path, line, max(line, end_line or line))

    def add(self, code: str, message: str, line: int, hint: str = "") -> None:
        """Note a fault at `line` (0: the file as a whole)."""
        if len(self._found) < MOST_FINDINGS:
            self._found.setdefault(Diagnostic(code, message, self.span(line), hint))

    def extend(self, found: Iterable[Diagnostic]) -> None:
        """Take over what another reader found in this file."""
        for diagnostic in found:
            self._found.setdefault(diagnostic)

    def by_line(self) -> tuple[Diagnostic, ...]:
        """All findings, sorted by line; those of one line in the order they were found."""
        return tuple(sorted(self._found, key=lambda found: found.span.line))
