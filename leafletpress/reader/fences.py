"""Fences: how `::: name words {attributes}` and `:::` lines divide a body into blocks and runs of CommonMark.

An opening line always has a name and a closing line never, so fences nest without counting colons. This is done on
lines, before CommonMark sees them: no list or paragraph can reach across a fence, and time is linear in any input.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

from leafletpress.reader.attributes import Attributes, split_attributes
from leafletpress.reader.findings import Findings

DEEPEST = 12
"""Blocks and lists together may nest this deep."""

_OPENING = re.compile(r":{3,}[ \t]*([^\s{:][^\s{]*)(.*)\Z")
_HEADING = re.compile(r" {0,3}#{1,6}([ \t]|\Z)")
_CLOSING = re.compile(r":{3,}[ \t]*\Z")


@dataclass(frozen=True, slots=True)
class Run:
    """Lines of CommonMark between fences; `line` is the first one's number in the file."""

    lines: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Fence:
    """A named block with its parts; `words` is what stands after its name, without the attributes."""

    name: str
    words: str
    attributes: Attributes
    parts: tuple[Part, ...]
    line: int
    end_line: int


Part: TypeAlias = Run | Fence


@dataclass(slots=True)
class _Open:
    """A fence that is being filled. The outermost has no name: it is the body."""

    name: str
    rest: str
    line: int
    parts: list[Run | _Open]
    run: list[str]
    run_line: int
    end_line: int = 0

    def end_run(self, next_line: int) -> None:
        if any(text.strip() for text in self.run):
            self.parts.append(Run(tuple(self.run), self.run_line))
        self.run, self.run_line = [], next_line


def read_fences(lines: tuple[str, ...], first_line: int, findings: Findings) -> tuple[Part, ...]:
    """The parts of a body whose first line is number `first_line` (G221, G222, S104)."""
    never_closed = _never_closed(lines, first_line)
    stack = [_Open("", "", first_line, [], [], first_line)]
    too_deep = 0
    for number, text in enumerate(lines, start=first_line):
        if _CLOSING.match(text):
            if too_deep:
                too_deep -= 1
            elif len(stack) == 1:
                findings.add("G222", "this closes a block, but none is open", number, "delete the line")
            else:
                _close(stack, number)
        elif opening := _OPENING.match(text):
            if len(stack) > DEEPEST:
                too_deep += 1
                message = f"blocks stand more than {DEEPEST} deep in one another"
                findings.add("S104", message, number, "close the blocks before this one, or lift this one out")
                continue
            stack[-1].end_run(number)
            stack.append(_Open(opening[1], opening[2], number, [], [], number + 1))
        else:
            while stack[-1].line in never_closed and len(stack) > 1 and _HEADING.match(text):
                _close(stack, number - 1)  # what follows a heading was never meant to be inside
            stack[-1].run.append(text)
    for line, name in never_closed.items():
        findings.add("G221", f"the block '{name}' is not closed", line, "end it with a line ':::'")
    while len(stack) > 1:
        _close(stack, first_line + len(lines) - 1)
    stack[0].end_run(0)
    return _parts(stack[0], findings)


def _never_closed(lines: tuple[str, ...], first_line: int) -> dict[int, str]:
    """The opening lines that have no closing line, with the names on them."""
    opened: dict[int, str] = {}
    for number, text in enumerate(lines, start=first_line):
        if opening := _OPENING.match(text):
            opened[number] = opening[1]
        elif opened and _CLOSING.match(text):
            opened.popitem()
    return opened


def _close(stack: list[_Open], number: int) -> None:
    done = stack.pop()
    done.end_run(number)
    done.end_line = number
    stack[-1].parts.append(done)
    stack[-1].run_line = number + 1


def _parts(block: _Open, findings: Findings) -> tuple[Part, ...]:
    return tuple(_fence(part, findings) if isinstance(part, _Open) else part for part in block.parts)


def _fence(block: _Open, findings: Findings) -> Fence:
    words, attributes = split_attributes(block.rest, block.line, findings)
    return Fence(block.name, words, attributes, _parts(block, findings), block.line, block.end_line)
