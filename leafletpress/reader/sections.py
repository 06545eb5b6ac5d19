"""Sections: headings and what follows them, nested by level."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from leafletpress.diagnostics import suggest
from leafletpress.model import Block, Role, Section
from leafletpress.reader.attributes import split_attributes
from leafletpress.reader.blocks import Heading, one_line
from leafletpress.reader.conditions import read_condition
from leafletpress.reader.findings import Findings
from leafletpress.reader.inlines import read_inlines

DEEPEST_LEVEL = 4

_ID = re.compile(r"[A-Za-z][A-Za-z0-9._-]*\Z")
_ROLES = tuple(str(role) for role in Role)


@dataclass(slots=True)
class _Open:
    """A section that is being filled; level 1 is the leaflet itself."""

    level: int
    heading: Heading | None = None
    blocks: list[Block] = field(default_factory=list)


def nest(blocks: list[Heading | Block], findings: Findings) -> tuple[Block, ...]:
    """The body: blocks before the first heading, then sections (A201, A202, G226-G228, G234, G235)."""
    stack = [_Open(1)]
    for block in blocks:
        if not isinstance(block, Heading):
            stack[-1].blocks.append(block)
            continue
        level = _level(block, stack[-1].level, findings)
        while stack[-1].level >= level:
            _close(stack, findings)
        stack.append(_Open(level, block))
    while len(stack) > 1:
        _close(stack, findings)
    return tuple(stack[0].blocks)


def _level(heading: Heading, above: int, findings: Findings) -> int:
    """The level a heading has after mending: 2 to 4, and at most one below the heading above it."""
    marks = "#" * heading.level
    if heading.level == 1:
        hint = "the title stands in the front matter; begin sections with ##"
        findings.add("A201", "a leaflet has one heading of level 1, its title", heading.line, hint)
    elif heading.level > DEEPEST_LEVEL:
        hint = "use ##, ### or ####"
        findings.add("A202", f"a heading of level {heading.level} ({marks}) is too deep", heading.line, hint)
    elif heading.level > above + 1:
        after = f"after {'#' * above}" if above > 1 else "as the first heading"
        hint = f"write {'#' * (above + 1)}"
        findings.add("A202", f"{marks} {after} leaves out a level", heading.line, hint)
    return max(2, min(heading.level, above + 1, DEEPEST_LEVEL))


def _close(stack: list[_Open], findings: Findings) -> None:
    done = stack.pop()
    assert done.heading is not None
    line = done.heading.line
    words, attributes = split_attributes(done.heading.text.replace("\n", " "), line, findings)
    attributes.check_known("a heading", ("id", "role"), findings)
    condition = read_condition(attributes, findings)
    title = one_line(read_inlines(words, line, findings))
    if not title:
        findings.add("G234", "the heading has no words", line, "write them, or delete the line")
    role = attributes.read("role", None, Role, suggest(attributes.values.get("role", ""), _ROLES), findings)
    name = attributes.read("id", None, _as_id, "begin with a letter; then letters, digits and hyphens", findings)
    end = done.blocks[-1].span.end_line if done.blocks else line
    section = Section(title, tuple(done.blocks), role, name, condition=condition, span=findings.span(line, end))
    stack[-1].blocks.append(section)


def _as_id(value: str) -> str:
    if not _ID.match(value):
        raise ValueError(value)
    return value
