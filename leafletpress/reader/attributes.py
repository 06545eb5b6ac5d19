"""Attributes: `{#id .class key=value}` after a heading, a block's words, a phrase, a paragraph or a list item."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from mdit_py_plugins.attrs.parse import ParseError, parse

from leafletpress.diagnostics import suggest
from leafletpress.model import Facet
from leafletpress.reader.findings import Findings

Value = TypeVar("Value")

LONGEST = 500
"""Characters of one attribute group within a line: enough for any, and it bounds the search for the closing brace."""
LONGEST_AT_THE_END = 4_000
"""The same at the end of a line, where it is looked for once; an include is given whole addresses there."""

CONDITIONS = ("only", "except")
"""The attributes that say for which editions a part is meant; `conditions` reads them."""

_AT_THE_END = re.compile(r"(\A|[ \t\n])(\{(?!\{)(?:[^{}\\]|\\.)*\})[ \t]*\Z")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_BLANKS = re.compile(r"[ \t]+")
_LOOKED_AT = 200  # characters of a group that say whether a condition was meant
_MEANS_CONDITION = re.compile(r"\{[^{}]*?\b(?:only|except)\b[^{}]*=")
_UNQUOTED = re.compile(r"\{\s*(only|except)[\s=:]+([^\"{}]+)\}\Z")
_OTHER_QUOTES = str.maketrans("", "", "“”„‟«»'‘’")
_KEY = re.compile(r'"(?:[^"\\]|\\.)*"|([A-Za-z0-9_:-]+)=')
_HINT = 'write {width=60}; a value that is not letters and digits alone goes in quotes: {of="two words"}'
_CONDITION_HINT = 'write {only="region=GB audience=adult"} or {except="format=epub"}, with straight quotation marks'


class AttributesError(Exception):
    """Braces that hold no attributes."""


@dataclass(frozen=True, slots=True)
class Attributes:
    """The attributes of one place, by name; `id` and `class` are names like any other."""

    values: Mapping[str, str]
    line: int

    def check_known(self, owner: str, known: tuple[str, ...], findings: Findings) -> None:
        """G226 for each attribute that `owner` does not take; `known` are those it takes beside a condition."""
        for name, value in self.values.items():
            if name not in known and name not in CONDITIONS:
                hint = suggest(name, (*known, *CONDITIONS))
                if name in tuple(Facet) and not hint.startswith("did"):
                    hint = f'for whom a part is meant is written {{only="{name}={value}"}}'
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


def parse_attributes(text: str, longest: int = LONGEST) -> tuple[int, dict[str, str]]:
    """The attributes that `text` begins with, and how many characters they take. Raises AttributesError."""
    try:
        end, values = parse(text[:longest].partition("\n")[0])
    except ParseError as error:
        raise AttributesError(str(error)) from error
    return end + 1, {name: _ESCAPED.sub(r"\1", value) for name, value in values.items()}


@dataclass(frozen=True, slots=True)
class AtTheEnd:
    """The braces that a text ends with, and the words before them; `apart` where they begin a line."""

    words: str
    group: str
    apart: bool

    @property
    def values(self) -> dict[str, str]:
        """What the braces say; empty where they cannot be read."""
        try:
            taken, values = parse_attributes(self.group, LONGEST_AT_THE_END)
        except AttributesError:
            return {}
        return values if taken == len(self.group) else {}

    def read(self, line: int, findings: Findings) -> Attributes:
        """The attributes, which stand in line `line` (G228; G235 where a condition was meant)."""
        values = self.values
        if not values:
            findings.add(*self._unreadable(line))
        times = Counter(found[1] for found in _KEY.finditer(self.group))
        for name in values:
            if times[name] > 1:
                findings.add(*self._twice(name, line))
        return Attributes(values, line)

    def _unreadable(self, line: int) -> tuple[str, str, int, str]:
        if not means_condition(self.group):
            return "G228", f"the attributes {shorten(self.group)} cannot be read", line, _HINT
        bare = _UNQUOTED.match(self.group) if len(self.group) <= _LOOKED_AT else None
        value = bare[2].translate(_OTHER_QUOTES).strip() if bare else ""
        if bare and value and not means_condition("{" + value):
            hint = f'write it with straight quotation marks: {{{bare[1]}="{_BLANKS.sub(" ", value)}"}}'
        else:
            hint = _CONDITION_HINT
        return "G235", f"the condition {shorten(self.group)} cannot be read", line, hint

    def _twice(self, name: str, line: int) -> tuple[str, str, int, str]:
        code, hint = "G228", "write it once"
        if name in CONDITIONS:
            code, hint = "G235", f'put both in one pair of quotation marks: {name}="region=GB audience=adult"'
        return code, f"'{name}' stands twice in {shorten(self.group)}", line, hint


def at_the_end(text: str) -> AtTheEnd | None:
    """The braces that `text` ends with, a blank or a line's start before them; None where there are none."""
    found = _AT_THE_END.search(text)
    return AtTheEnd(text[: found.start()].strip(), found[2], found[1] != " " and found[1] != "\t") if found else None


def means_condition(group: str) -> bool:
    """Whether somebody who wrote these braces meant a condition, well-formed or not."""
    return bool(_MEANS_CONDITION.match(group[:_LOOKED_AT]))


def shorten(words: str, most: int = 60) -> str:
    """The beginning of `words`, for a message."""
    return words if len(words) <= most else words[:most].rstrip() + "…"


def split_attributes(text: str, line: int, findings: Findings) -> tuple[str, Attributes]:
    """The words of a heading or an opening line, and the attributes at its end (none: empty; G228, G235)."""
    found = at_the_end(text)
    if found is None:
        return text.strip(), Attributes({}, line)
    return found.words, found.read(line, findings)


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
