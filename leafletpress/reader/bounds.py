"""Bounds: what a block between two empty lines may have, so that no source can keep the parser busy."""

from __future__ import annotations

import re

from leafletpress.reader.fences import Run
from leafletpress.reader.findings import Findings

MOST_CHARACTERS = 50_000
MOST_LINES = 2_000
MOST_MARKS = 10_000
"""Of one block between two empty lines: several leaflets' worth, and it bounds the parser's time and memory."""

_MARKS = re.compile(r"[*_|&<`\[!:~>-]")


def bounded(run: Run, findings: Findings) -> list[str]:
    """The lines of `run`; blocks that no reader could want are left out (S106)."""
    lines = list(run.lines)
    start = 0
    for end in [number for number, text in enumerate(lines) if not text.strip()] + [len(lines)]:
        too_much = _too_much(lines[start:end])
        if too_much:
            hint = "put empty lines between paragraphs, and shorten lists and tables of this size"
            findings.add("S106", f"{too_much} without an empty line", run.line + start, hint)
            lines[start:end] = [""] * (end - start)
        start = end + 1
    return lines


def _too_much(block: list[str]) -> str:
    """What a block has too much of; empty if it is within bounds."""
    characters = sum(map(len, block))
    if characters > MOST_CHARACTERS:
        return f"{characters:,} characters"
    if len(block) > MOST_LINES:
        return f"{len(block):,} lines"
    if characters > MOST_MARKS and sum(map(_marks, block)) > MOST_MARKS:
        return f"more than {MOST_MARKS:,} stars, bars and other marks"
    return ""


def _marks(text: str) -> int:
    return sum(1 for _ in _MARKS.finditer(text))
