"""The reader: from the bytes of a source file to the model; faults are diagnostics, never exceptions.

The way: `source_text` (bytes to lines), `front_matter` (YAML to metadata), `fences` (lines to named blocks and runs of
CommonMark), `commonmark` and `brackets` (the parser), `inlines`, `blocks`, `named_blocks`, `sections` (to the model).
"""

from __future__ import annotations

from dataclasses import dataclass

from leafletpress.diagnostics import Diagnostic
from leafletpress.model import Block, Leaflet, Metadata
from leafletpress.reader.fences import read_fences
from leafletpress.reader.findings import Findings
from leafletpress.reader.source_text import SourceText, decode, split_front_matter

__all__ = ["Reading", "SharedReading", "read_leaflet", "read_shared"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a leaflet's file says: the leaflet, whole unless a diagnostic is an error, and all that is wrong with it.

    `leaflet` is None where the front matter has an error.
    """

    leaflet: Leaflet | None
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class SharedReading:
    """The blocks of a shared file, and what is wrong with it."""

    blocks: tuple[Block, ...]
    diagnostics: tuple[Diagnostic, ...]


def read_leaflet(content: bytes, path: str) -> Reading:
    """Read a leaflet. `path` is for spans alone; nothing is opened. Never raises.

    All faults of front matter and body come back at once, sorted by line.
    """
    findings = Findings(path)
    lines = decode(content, findings)
    if lines is None:
        return Reading(None, findings.by_line())
    source = split_front_matter(lines, findings)
    meta = _read_matter(source, path, findings)
    body = _read_body(source.body, source.body_line, findings)
    span = findings.span(1, len(lines))
    leaflet = Leaflet(meta, body, span=span) if meta is not None else None
    return Reading(leaflet, findings.by_line())


def read_shared(content: bytes, path: str) -> SharedReading:
    """Read a shared text: blocks without front matter and without headings (G233). Never raises."""
    findings = Findings(path)
    lines = decode(content, findings)
    blocks = _read_body(lines, 1, findings, shared=True) if lines is not None else ()
    return SharedReading(blocks, findings.by_line())


def _read_matter(source: SourceText, path: str, findings: Findings) -> Metadata | None:
    from leafletpress.reader.front_matter import read_front_matter  # noqa: PLC0415 - pydantic: shared texts need none

    return read_front_matter(source, path, findings)


def _read_body(
    lines: tuple[str, ...], first_line: int, findings: Findings, *, shared: bool = False
) -> tuple[Block, ...]:
    from leafletpress.reader.blocks import Heading  # noqa: PLC0415 - the parser: 60 ms that importing need not cost
    from leafletpress.reader.named_blocks import read_part  # noqa: PLC0415
    from leafletpress.reader.sections import nest  # noqa: PLC0415

    parts = read_fences(lines, first_line, findings)
    blocks = [block for part in parts for block in read_part(part, 0, findings)]
    if shared:
        for heading in blocks:
            if isinstance(heading, Heading):
                hint = "put the heading in the leaflets that include this text"
                findings.add("G233", "a heading stands in a shared text", heading.line, hint)
    return nest(blocks, findings)
