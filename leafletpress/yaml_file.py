"""YAML as people write it: every scalar is words, every value knows its line, and every fault is told at once.

Scalars stay words because YAML's own guesses surprise people (`version: 1.10` would be 1.1, `lang: no` would be
False); the shape a value is fitted into says whether it is a date or a number. Anchors, aliases and tags are refused:
they make small files grow without limit (YAML 1.2.2, sections 3.2.2.2 and 6.8).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import UnionType
from typing import Annotated, Any, TypeAlias, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, RootModel, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from leafletpress.diagnostics import Diagnostic, suggest
from leafletpress.model import Span
from leafletpress.yaml_faults import tell

YamlValue: TypeAlias = "str | list[YamlValue] | dict[str, YamlValue] | None"
Place: TypeAlias = tuple[str | int, ...]
Shape = TypeVar("Shape", bound=BaseModel)

_MAX_DEPTH = 12
_NO_VALUE = frozenset({"", "~", "null"})
_UNPRINTABLE = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f\\ud800-\\udfff\\ufffe\\uffff]")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")


@dataclass(frozen=True, slots=True)
class Codes:
    """Which code of the catalogue each sort of fault carries in one sort of file."""

    syntax: str
    anchor: str
    unknown: str
    missing: str
    value: str


FRONT_MATTER = Codes(syntax="M102", anchor="M109", unknown="M103", missing="M104", value="M105")
PROJECT_FILE = Codes(syntax="P402", anchor="P402", unknown="P402", missing="P402", value="P402")


@dataclass(frozen=True, slots=True)
class Yaml:
    """What a file says (None where it cannot be read) and the line of every key and item, by its place."""

    value: YamlValue
    lines: Mapping[Place, int]
    path: str
    diagnostics: tuple[Diagnostic, ...]

    def span(self, place: Place) -> Span:
        """The line of `place`, or of the nearest thing around it that has one."""
        while place and place not in self.lines:
            place = place[:-1]
        line = self.lines.get(place, 0)
        return Span(self.path, line, line)


class _Refused(Exception):  # noqa: N818 - not an error of ours: it carries a finding about the file
    def __init__(self, message: str, line: int, hint: str, *, anchor: bool = False) -> None:
        super().__init__(message)
        self.message, self.line, self.hint, self.anchor = message, line, hint, anchor


def parse_yaml(text: str, path: str, codes: Codes, first_line: int = 1) -> Yaml:
    """Read one YAML document of words, lists and mappings; never raises.

    `path` is as the user types it; `first_line` is the line of the file that `text` begins on.
    """
    lines: dict[Place, int] = {}

    def failed(code: str, message: str, line: int, hint: str) -> Yaml:
        finding = Diagnostic(code, message, Span(path, line, line), hint)
        return Yaml(None, lines, path, (finding,))

    try:
        events = YAML(typ="safe", pure=True).parse(text)
        return Yaml(_Document(events, lines, first_line).read(), lines, path, ())
    except _Refused as refused:
        code = codes.anchor if refused.anchor else codes.syntax
        return failed(code, refused.message, refused.line, refused.hint)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        start = error.context_mark
        problem = str(error.problem or error.context or "not YAML")
        fault = tell(problem, int(mark.line) if mark else 0, int(start.line) if start else None, text)
        return failed(codes.syntax, fault.message, first_line + fault.line, fault.hint)
    except YAMLError as error:  # a character YAML does not allow; it carries its offset
        line = first_line + text.count("\n", 0, getattr(error, "position", 0))
        hint = "delete the character; it may be invisible, so type the line anew"
        return failed(codes.syntax, "a control character that YAML does not allow", line, hint)
    except Exception as error:  # noqa: BLE001 - the parser's own slips on odd input, such as \UFFFFFFFF
        hint = "each line is a key, a colon, a blank and a value, for example version: 1.2"
        return failed(codes.syntax, f"the YAML cannot be read ({error})", first_line, hint)


class _Document:
    """Builds the value from the parser's events, so that nothing is built that is refused."""

    def __init__(self, events: Iterator[Event], lines: dict[Place, int], first_line: int) -> None:
        self._events = events
        self._lines = lines
        self._first_line = first_line

    def read(self) -> YamlValue:
        value: YamlValue = None
        documents = 0
        for event in self._events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise _Refused("a second YAML document", self._line(event), "delete the line '---'")
            elif isinstance(event, NodeEvent):
                value = self._node(event, ())
        return value

    def _line(self, event: Event) -> int:
        return self._first_line + int(event.start_mark.line)

    def _node(self, event: Event, place: Place) -> YamlValue:
        line = self._line(event)
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None) is not None:
            hint = 'put the value in quotes, for example title: "* your scan", or write it out'
            raise _Refused("the value begins with & or *, a YAML anchor or alias", line, hint, anchor=True)
        if getattr(event, "tag", None) is not None:
            hint = 'put the value in quotes, for example title: "!Important"'
            raise _Refused("the value begins with !, a YAML tag", line, hint, anchor=True)
        if len(place) > _MAX_DEPTH:
            raise _Refused("values nested too deep", line, f"at most {_MAX_DEPTH} levels")
        self._lines.setdefault(place, line)
        match event:
            case ScalarEvent():
                if _UNPRINTABLE.search(event.value):
                    raise _Refused("a character that cannot be printed", line, "delete its escape from the value")
                quoted = not event.implicit[0]
                return None if not quoted and event.value in _NO_VALUE else str(event.value)
            case SequenceStartEvent():
                return self._sequence(place)
            case _:
                return self._mapping(place)

    def _sequence(self, place: Place) -> list[YamlValue]:
        items: list[YamlValue] = []
        for event in self._events:
            if isinstance(event, SequenceEndEvent):
                break
            items.append(self._node(event, (*place, len(items))))
        return items

    def _mapping(self, place: Place) -> dict[str, YamlValue]:
        pairs: dict[str, YamlValue] = {}
        for event in self._events:
            if isinstance(event, MappingEndEvent):
                break
            key, line = self._key(event), self._line(event)
            if key in pairs:
                before = self._lines[(*place, key)]
                raise _Refused(f"the key '{key}' stands twice", line, f"it stands in line {before} already")
            self._lines[(*place, key)] = line
            pairs[key] = self._node(next(self._events), (*place, key))
        return pairs

    def _key(self, event: Event) -> str:
        if not isinstance(event, ScalarEvent) or event.anchor is not None or event.tag is not None:
            hint = "put a value that begins with { or [ in quotes"
            raise _Refused("a key that is not a plain word", self._line(event), hint)
        if event.value == "<<":
            raise _Refused("a YAML merge key (<<)", self._line(event), "write the values out", anchor=True)
        return str(event.value)


def fit(shape: type[Shape], yaml: Yaml, codes: Codes) -> tuple[Shape | None, tuple[Diagnostic, ...]]:
    """Fit what a file says into `shape`; None and every fault, each with its line, where it does not fit."""
    if yaml.diagnostics:
        return None, yaml.diagnostics
    try:
        return shape.model_validate({} if yaml.value is None else yaml.value), ()
    except ValidationError as error:
        # A key that is misspelt is missing too: the misspelling is told first.
        details = sorted(error.errors(include_url=False), key=lambda one: one["type"] == "missing")
        found = [_finding(one, shape, yaml, codes) for one in details]
        return None, tuple(sorted(found, key=lambda one: one.span.line))


def _finding(details: ErrorDetails, shape: type[BaseModel], yaml: Yaml, codes: Codes) -> Diagnostic:
    place: Place = details["loc"]
    span = yaml.span(place)
    name = ".".join(str(part + 1 if isinstance(part, int) else part) for part in place) or "the file"
    if details["type"] == "extra_forbidden":
        known = tuple(keys(_shape_at(shape, place[:-1]) or shape))
        return Diagnostic(codes.unknown, f"unknown key '{place[-1]}'", span, suggest(str(place[-1]), known))
    if details["type"] == "missing":
        return Diagnostic(codes.missing, f"the key '{name}' is missing", span, f"add a line '{place[-1]}: …'")
    given = details["input"]
    if given is None:
        hint = "write it behind the key" + ("" if _is_required(shape, place) else ", or delete the line")
        return Diagnostic(codes.value, f"'{name}' has no value", span, hint)
    said = f"'{given}'" if isinstance(given, str) else "a list" if isinstance(given, list) else "keys and values"
    expected, hint = _expected(details)
    message = f"'{name}' is {said}, which is not {expected}" if expected else f"'{name}' cannot be {said}"
    return Diagnostic(codes.value, message, span, hint)


def _is_required(shape: type[BaseModel], place: Place) -> bool:
    owner = _shape_at(shape, place[:-1])
    fields = owner.model_fields.items() if owner else ()
    return any(field.is_required() for name, field in fields if (field.alias or name) == place[-1])


def _expected(details: ErrorDetails) -> tuple[str, str]:
    """What the value should be ("" where the hint says it), and a hint."""
    context = details.get("ctx", {})
    match details["type"]:
        case "enum" | "literal_error":
            words = str(context["expected"]).replace("'", "").replace(" or ", ", ")
            return "", suggest(str(details["input"]), tuple(words.split(", ")))
        case "string_type":
            return "plain words", "write the words behind the key, on the same line"
        case "list_type" | "tuple_type":
            first = details["input"] if isinstance(details["input"], str) else "…"
            return "a list", f"write it on the next line as '  - {first}', and each further one on a line like it"
        case "model_type" | "dict_type" | "model_attributes_type":
            return "a group of keys", "write each 'key: value' on its own line, two blanks further in"
        case "int_parsing" | "float_parsing" | "int_from_float":
            return "a number", "write digits alone, for example 60"
        case "bool_parsing":
            return "yes or no", "write yes or no"
        case "value_error":
            expected, _, hint = str(context["error"]).partition("; ")
            return expected, hint
        case _:
            return "what this key takes", str(details["msg"])


def keys(shape: type[BaseModel]) -> list[str]:
    """The keys of `shape` as they are written in a file."""
    return [field.alias or name for name, field in shape.model_fields.items()]


def _shape_at(shape: type[BaseModel], place: Place) -> type[BaseModel] | None:
    """The shape that stands at `place` within `shape`, whose keys may then be suggested."""
    for part in place:
        if isinstance(part, int):
            continue  # an item of a list: the list's annotation names its shape
        if issubclass(shape, RootModel):  # keys the writer chooses, all of one shape
            shape = next(_shapes_in(shape.model_fields["root"].annotation), shape)
            continue
        field = next((f for name, f in shape.model_fields.items() if (f.alias or name) == part), None)
        inner = next(_shapes_in(field.annotation), None) if field else None
        if inner is None:
            return None
        shape = inner
    return shape


def _shapes_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and get_origin(annotation) is None:
        if issubclass(annotation, BaseModel):
            yield annotation
    elif get_origin(annotation) in (list, tuple, dict, Union, UnionType, Annotated):
        for argument in get_args(annotation):
            yield from _shapes_in(argument)


def _day(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        if _ISO_DAY.match(value):
            return date.fromisoformat(value)
    except ValueError:
        pass  # such as 2026-02-30: told below like any other
    raise ValueError("a date; write it as year-month-day, for example 2026-03-01")


Day = Annotated[date, BeforeValidator(_day)]
"""A date in a shape: YYYY-MM-DD and nothing else."""
