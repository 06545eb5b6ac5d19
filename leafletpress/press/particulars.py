"""Particulars of any version of a leaflet, old, odd or faulty: what can be told from its front matter; never raises."""

from __future__ import annotations

from dataclasses import dataclass

from leafletpress.diagnostics import Diagnostic
from leafletpress.model import Span
from leafletpress.press.columns import printable


@dataclass(frozen=True, slots=True)
class Particulars:
    """What one version says of itself, in words; None where it says nothing or it cannot be told.

    `faults` are those of its front matter alone. `lines` gives the line of the keys version and change-note.
    """

    version: str | None
    status: str | None
    title: str | None
    change_note: str | None
    faults: tuple[Diagnostic, ...]
    lines: tuple[tuple[str, int], ...]

    def span(self, path: str) -> Span:
        """The place of the change note, or of the version where there is no note; the file where there is neither."""
        lines = dict(self.lines)
        line = lines.get("change-note") or lines.get("version") or 0
        return Span(path, line, line)


def particulars(content: bytes, path: str) -> Particulars:
    """The particulars of a leaflet's file; each is told by itself, so that a fault in one hides none of the others."""
    from leafletpress.reader.findings import Findings  # noqa: PLC0415 - the reader costs a fifth of a second
    from leafletpress.reader.front_matter import read_front_matter  # noqa: PLC0415
    from leafletpress.reader.source_text import decode, split_front_matter  # noqa: PLC0415
    from leafletpress.yaml_file import FRONT_MATTER, parse_yaml  # noqa: PLC0415

    findings = Findings(path)
    lines = decode(content, findings)
    if lines is None:
        return Particulars(None, None, None, None, findings.by_line(), ())
    source = split_front_matter(lines, findings)
    read_front_matter(source, path, findings)
    yaml = parse_yaml("\n".join(source.matter) + "\n", path, FRONT_MATTER, first_line=2)
    given = yaml.value if isinstance(yaml.value, dict) else {}
    words = {key: printable(value) or None for key, value in given.items() if isinstance(value, str)}
    places = tuple((key, yaml.span((key,)).line) for key in ("version", "change-note") if key in given)
    return Particulars(
        words.get("version"),
        words.get("status"),
        words.get("title"),
        words.get("change-note"),
        findings.by_line(),
        places,
    )
