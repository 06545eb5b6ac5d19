"""YAML that cannot be read, told to people who do not know YAML: which line, what is wrong, what to type instead."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PAIR = re.compile(r"([ \t]*(?:- +)?[^\s:#'\"-][^:]*):[ \t]+(\S.*)\Z")
_LINE_ENDS = re.compile("\r\n|[\r\n\x85\u2028\u2029]")  # YAML 1.1, section 5.4, as the parser counts
_CLOSED = {'"': re.compile(r'"(?:[^"\\]|\\.)*"'), "'": re.compile(r"'(?:[^']|'')*'")}
_NO_COLON = "write 'key: value'; where it goes on from the line above, put two blanks before it"
_SHOWN = 160  # characters of a line that a hint repeats
_COMMENT = re.compile(r"[ \t]*(?:#.*)?\Z")


@dataclass(frozen=True, slots=True)
class Fault:
    """A message and a hint, and the line they are about, counted from 0."""

    line: int
    message: str
    hint: str


def tell(problem: str, line: int, before: int | None, text: str) -> Fault:
    """What to say of the parser's `problem` at `line`; `before` is where what it was reading began."""
    lines = [written.rstrip() for written in _LINE_ENDS.split(text)]
    line = min(line, len(lines) - 1)
    if "'\\t'" in problem:
        return Fault(line, "this line is indented with the tab key", "indent with blanks")
    if "expected ':'" in problem and before is not None:
        return _tight(lines, before) or Fault(before, "this line has no colon", _NO_COLON)
    if "escape character" in problem:
        return Fault(line, "there is a backslash between double quotation marks", "write two backslashes: \\\\")
    quotation = _quotation(lines[: line + 1])
    if quotation is not None:
        return quotation
    if "mapping values" in problem:
        return _colon(lines, line)
    if "cannot start any token" in problem:
        return Fault(line, "this value begins with a sign that YAML keeps for itself", _in_quotes(lines, line, "@home"))
    for number, written in enumerate(lines[: line + 1]):
        pair = _PAIR.match(written)
        if pair and pair[2][0] in "[{":
            sign = pair[2][0]
            return Fault(number, f"this value begins with {sign} and is no list", _in_quotes(lines, number, "[draft]"))
    return Fault(line, "this line cannot be read as 'key: value'", "write for example version: 1.2")


def _colon(lines: list[str], line: int) -> Fault:
    """A colon where none may be: a second one, one too far in, or one after a line that went on without a blank."""
    pair = _PAIR.match(lines[line])
    if pair is None or ":" in pair[2]:
        return Fault(line, "this line has a second colon", _in_quotes(lines, line, "Denosumab: your injection"))
    if lines[line].startswith(" "):
        hint = "take the blanks before it away, or delete the value of the key it belongs to"
        return Fault(line, "this line stands further in than it may", hint)
    fault = _tight(lines, line - 1)
    return fault or Fault(line, "the line above has no colon", _NO_COLON)


def _tight(lines: list[str], line: int) -> Fault | None:
    """A line whose colon has no blank after it."""
    key, colon, value = lines[line].strip().partition(":") if 0 <= line < len(lines) else ("", "", "")
    mended = f"{key}: {value}" if len(key + value) < _SHOWN else "key: value"
    return Fault(line, "this line has no blank after its colon", f"write {mended}") if colon and value else None


def _quotation(lines: list[str]) -> Fault | None:
    """The first value that begins with a quotation mark and does not end with it."""
    for number, written in enumerate(lines):
        pair = _PAIR.match(written)
        if pair is None or pair[2][0] not in _CLOSED:
            continue
        closed = _CLOSED[pair[2][0]].match(pair[2])
        if closed is None:
            mended = f": {written.strip()}{pair[2][0]}" if len(written) < _SHOWN else " at the end of the value"
            return Fault(number, "the quotation mark is never closed", f"close it{mended}")
        if not _COMMENT.match(pair[2][closed.end() :]):
            hint = _in_quotes(lines, number, "")
            return Fault(number, "words stand after the closing quotation mark", hint)
    return None


def _in_quotes(lines: list[str], line: int, example: str) -> str:
    """The line as it should be, its value in quotes that it does not hold itself."""
    pair = _PAIR.match(lines[line]) if line < len(lines) else None
    if pair is None or len(lines[line]) > _SHOWN:
        return f'put the value in quotes, for example title: "{example}"'
    value = pair[2]
    quoted = "'" + value.replace("'", "''") + "'" if '"' in value or "\\" in value else f'"{value}"'
    return f"put the value in quotes: {pair[1].strip()}: {quoted}"
