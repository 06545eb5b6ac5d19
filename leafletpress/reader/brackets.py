"""Brackets and braces: links, pictures, phrases with attributes, citations and variables inside a line.

CommonMark finds the `]` of a link by trying every rule at every place, which is quadratic for `[[[[…` and lets no
phrase stand inside a link. Here the brackets of a text are matched once, with escapes and autolinks stepped over.
"""

from __future__ import annotations

import re
from typing import Any

from markdown_it.helpers import parseLinkDestination, parseLinkTitle
from markdown_it.rules_inline import StateInline

from leafletpress.reader.attributes import LONGEST, AttributesError, parse_attributes

_CITATION = re.compile(r"\[@([A-Za-z0-9]+(?:[._:-][A-Za-z0-9]+)*)\]")
# A cell of a table or a side effect has a backslash before the bar.
_VARIABLE = re.compile(r"\{\{ *([A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+){1,2}) *(?:\\?\|([^{}|\n]*))?\}\}")
_AUTOLINK = r"<[A-Za-z][A-Za-z0-9+.-]{1,31}:[^<>\s]{0,2000}>"
_STEPS = re.compile(rf"\\.|{_AUTOLINK}|{_VARIABLE.pattern}|[\[\]]", re.DOTALL)
_BLANKS = re.compile(r"[ \t\n]*")
_GAPS = re.compile(r"[ \t]+")


def brackets(state: StateInline, silent: bool) -> bool:
    """`[words](target)`, `![alt](path)`, `[words]{attributes}` and `[@key]`, as a rule of markdown-it."""
    del silent  # no rule of ours looks ahead, so none is ever asked to
    start, text = state.pos, state.src
    picture = text.startswith("![", start)
    if not picture and text[start] != "[":
        return False
    if text.startswith("[@", start):
        return _citation(state)
    opening = start + 1 if picture else start
    closing = _partner(state, opening)
    if closing is None:
        return False
    if text.startswith("(", closing + 1, state.posMax):
        return _link(state, opening, closing, "image" if picture else "link")
    if text.startswith("{", closing + 1, state.posMax) and not text.startswith("{{", closing + 1) and not picture:
        return _phrase(state, opening, closing)
    return False


def braces(state: StateInline, silent: bool) -> bool:
    """`{{name.field}}` and `{{clinic.field|neutral words}}`; any other brace that is not escaped is refused."""
    del silent
    if state.src[state.pos] != "{":
        return False
    found = _VARIABLE.match(state.src, state.pos, state.posMax)
    if found is None:
        double = state.src.startswith("{{", state.pos)
        _refuse(state, "G230" if double else "G228", 2 if double else 1)
        return True
    token = state.push("variable", "", 0)
    token.content = found[1]
    if found[2] is not None:
        token.meta = {"neutral": _GAPS.sub(" ", found[2]).strip(" ")}
    state.pos = found.end()
    return True


def _partner(state: StateInline, opening: int) -> int | None:
    """Where the bracket at `opening` is closed, within the text that is being read now."""
    if "partners" not in state.env:
        state.env["partners"] = _partners(state.src)
    closing = state.env["partners"].get(opening)
    return closing if closing is not None and closing < state.posMax else None


def _partners(text: str) -> dict[int, int]:
    """The place of the closing bracket for each opening one."""
    partners: dict[int, int] = {}
    opened: list[int] = []
    for found in _STEPS.finditer(text):
        if found.group() == "[":
            opened.append(found.start())
        elif found.group() == "]" and opened:
            partners[opened.pop()] = found.start()
    return partners


def _citation(state: StateInline) -> bool:
    found = _CITATION.match(state.src, state.pos, state.posMax)
    if found is None:
        _refuse(state, "G231", 1)
        return True
    state.push("citation", "", 0).content = found[1]
    state.pos = found.end()
    return True


def _link(state: StateInline, opening: int, closing: int, kind: str) -> bool:
    """CommonMark 0.31, section 6.3: destination and maybe a title in parentheses."""
    text, most = state.src, state.posMax
    place = _BLANKS.match(text, closing + 2, most).end()  # type: ignore[union-attr]  # it matches nothing too
    target, title = "", ""
    destination = parseLinkDestination(text, place, most)
    if destination.ok:
        target = destination.str
        after = _BLANKS.match(text, destination.pos, most).end()  # type: ignore[union-attr]
        words = parseLinkTitle(text, after, most) if after > destination.pos else None
        place = after
        if words is not None and words.ok:
            title = words.str
            place = _BLANKS.match(text, words.pos, most).end()  # type: ignore[union-attr]
    if not text.startswith(")", place, most):
        _refuse(state, "G207", opening + 1 - state.pos)
        return True
    _enclose(state, opening, closing, kind, {"target": target, "title": title})
    state.pos = place + 1
    return True


def _phrase(state: StateInline, opening: int, closing: int) -> bool:
    try:
        taken, attributes = parse_attributes(state.src[closing + 1 : state.posMax])
    except AttributesError:
        _refuse(state, "G228", 1)
        return True
    _enclose(state, opening, closing, "phrase", attributes)
    state.pos = closing + 1 + taken
    return True


def _enclose(state: StateInline, opening: int, closing: int, kind: str, meta: dict[str, Any]) -> None:
    """The tokens of what stands in the brackets, between an opening and a closing one of `kind`."""
    most = state.posMax
    state.pos, state.posMax = opening + 1, closing
    state.push(f"{kind}_open", "", 1).meta = meta
    state.md.inline.tokenize(state)
    state.push(f"{kind}_close", "", -1)
    state.posMax = most


def _refuse(state: StateInline, code: str, length: int) -> None:
    """Note a fault, and go on with its first `length` characters as text."""
    token = state.push("refusal", "", 0)
    token.info = code
    token.content = state.src[state.pos : state.pos + length]
    token.meta = {"near": state.src[state.pos : min(state.pos + LONGEST, state.posMax)].partition("\n")[0]}
    state.pos += length
