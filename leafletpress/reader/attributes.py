"""Attributes: `{#id .class key=value}` after a heading, a block's words or a phrase."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from mdit_py_plugins.attrs.parse import ParseError, parse

from leafletpress.diagnostics import suggest
from leafletpress.reader.findings import Findings

Value = TypeVar("Value")

LONGEST = 500
"""Characters of one attribute group: enough for any, and it bounds the search for the closing brace."""

_AT_THE_END = re.compile(r"(?:\A|[ \t])(\{(?!\{)(?:[^{}\\]|\\.)*\})[ \t]*\Z")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_HINT = 'write {width=60}; a value that is not letters and digits alone goes in quotes: {of="two words"}'


class AttributesError(Exception):
    """Braces that hold no attributes."""


@dataclass(frozen=True, slots=True)
class Attributes:
    """The attributes of one place, by name; `id` and `class` are names like any other."""

    values: Mapping[str, str]
    line: int

    def check_known(self, owner: str, known: tuple[str, ...], findings: Findings) -> None:
        """G226 for each attribute that `owner` does not take."""
        for name in self.values:
            if name not in known:
                hint = suggest(name, known) if known else "delete the attributes in braces"
                findings.add("G226", f"{owner} has no attribute '{_written(name)}'", self.line, hint)

    def read(self, name: str, default: Value, as_value: Callable[[str], Value], hint: str, findings: Findings) -> Value:
        """The value of `name`; `as_value` raises ValueError for what cannot be (G227 with `hint`)."""
        if name not in self.values:
            return default
        try:
            return as_value(self.values[name])
        except ValueError:
            findings.add("G227", f"{name} cannot be '{self.values[name]}'", self.line, hint)
            return default


def _written(name: str) -> str:
    return {"id": "#id", "class": ".class"}.get(name, name)


def parse_attributes(text: str) -> tuple[int, dict[str, str]]:
    """The attributes that `text` begins with, and how many characters they take. Raises AttributesError."""
    try:
        end, values = parse(text[:LONGEST].partition("\n")[0])
    except ParseError as error:
        raise AttributesError(str(error)) from error
    return end + 1, {name: _ESCAPED.sub(r"\1", value) for name, value in values.items()}


def split_attributes(text: str, line: int, findings: Findings) -> tuple[str, Attributes]:
    """The words of a heading or an opening line, and the attributes at its end (none: empty; G228 if unreadable)."""
    found = _AT_THE_END.search(text)
    if found is None:
        return text.strip(), Attributes({}, line)
    words = text[: found.start()].strip()
    try:
        taken, values = parse_attributes(found.group(1))
    except AttributesError:
        taken, values = 0, {}
    if taken != len(found.group(1)) or not values:
        findings.add("G228", f"the attributes {found.group(1)} cannot be read", line, _HINT)
        values = {}
    return words, Attributes(values, line)


def yes_or_no(value: str) -> bool:
    """True for yes, False for no; ValueError otherwise."""
    return {"yes": True, "no": False}[value] if value in {"yes", "no"} else _refuse(value)


def number(least: int, most: int) -> Callable[[str], int]:
    """A whole number from `least` to `most`; ValueError otherwise."""

    def as_number(value: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", value) or not least <= int(value) <= most:
            raise ValueError(value)
        return int(value)

    return as_number


def _refuse(value: str) -> bool:
    raise ValueError(value)
