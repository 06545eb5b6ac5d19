"""Findings: put in order, each once, at the line they are about, and without those that follow from others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from leafletpress.diagnostics import Diagnostic
from leafletpress.edition.includes import Includes
from leafletpress.edition.shelf import MENDING, Reason, Refusal
from leafletpress.model import Metadata, Span
from leafletpress.project import LeafletFile

MAX_BYTES = 1_048_576
"""Of a leaflet's file."""

# What is refused or not found is left out: a section may then look empty, and a source uncited.
_FOLLOWS_FROM_GAPS = frozenset({"A208", "E306"})
_KEYS = {"M106": "id", "M107": "lang", "A209": "title", "E314": "lang", "E315": "status"}
"""Findings about one key of the front matter."""


class Lines:
    """The lines of the keys of a leaflet's front matter."""

    def __init__(self, meta: Metadata, source: str) -> None:
        self._meta = meta
        self._lines = source.splitlines()[: meta.span.end_line]

    def key(self, name: str) -> Span:
        """The line of a key; the front matter as a whole where the key cannot be found."""
        line = next((n for n, words in enumerate(self._lines, start=1) if words.startswith(f"{name}:")), 0)
        return Span(self._meta.span.path, line, line) if line else self._meta.span

    def placed(self, finding: Diagnostic) -> Diagnostic:
        """A finding about a key of the front matter at the line of that key."""
        name = _KEYS.get(finding.code)
        return finding if name is None or not self._lines else replace(finding, span=self.key(name))


def with_place(finding: Diagnostic, includes: Includes) -> Diagnostic:
    """A finding inside a shared text names the places that included it, too."""
    place = includes.place(finding.span.path)
    return replace(finding, message=f"{finding.message} (included at {place})") if place else finding


def without_echoes(found: Iterable[Diagnostic], *, gaps: bool, unexplained: bool = False) -> list[Diagnostic]:
    """The findings without those that follow from others: from `gaps` in the text, or from a glossary with faults."""
    echoes = (_FOLLOWS_FROM_GAPS if gaps else frozenset()) | ({"E304"} if unexplained else set())
    return [finding for finding in found if finding.code not in echoes]


def sort(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Each finding once, by file and line."""
    return tuple(sorted(dict.fromkeys(found), key=lambda one: (one.span.path, one.span.line, one.code)))


def unread(leaflet_file: LeafletFile, refusal: Refusal) -> Diagnostic:
    """What to say of a leaflet whose file was not opened."""
    messages = {
        Reason.MISSING: "the leaflet's file is gone",
        Reason.OUTSIDE: "the leaflet's file lies outside the project",
        Reason.TOO_LARGE: f"the leaflet is larger than {MAX_BYTES} bytes",
        Reason.UNREADABLE: f"the file cannot be read: {refusal.detail}",
    }
    code = "S102" if refusal.reason is Reason.TOO_LARGE else "S105"
    return Diagnostic(code, messages[refusal.reason], Span(leaflet_file.display), MENDING[refusal.reason])
