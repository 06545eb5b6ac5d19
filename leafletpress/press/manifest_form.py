"""How the manifest looks on the disk: compact JSON in which nothing stands twice.

`files` lists every input with its digest, and its stamp where that may be trusted; an origin names its inputs by
their place in that list, an output its origin and its maker by theirs. So a house of 12,000 outputs takes a few
megabytes, and what many of them share is read and compared once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterable
from datetime import date
from itertools import groupby
from typing import Any, Generic, TypeVar

from leafletpress.diagnostics import CATALOGUE, Diagnostic
from leafletpress.model import Span
from leafletpress.press.manifest import Entry, House, Manifest, Origin, inside
from leafletpress.press.stamps import Stamp

VERSION = 2
_FOREIGN = frozenset({1})
T = TypeVar("T", bound=Hashable)


class Foreign(Exception):  # noqa: N818 - no fault of anybody's
    """A manifest in a form that an earlier version wrote."""


class _Register(Generic[T]):
    """Numbers things in the order they are met."""

    def __init__(self, things: Iterable[T] = ()) -> None:
        self.places: dict[T, int] = {}
        for thing in things:
            self.place(thing)

    def place(self, thing: T) -> int:
        return self.places.setdefault(thing, len(self.places))


def print_manifest(manifest: Manifest) -> bytes:
    """The manifest as JSON in a fixed order, so that the same state gives the same bytes."""
    pairs = sorted({pair for origin in _origins(manifest) for pair in origin.inputs})
    pairs += sorted({(path, stamp.sha256) for path, stamp in manifest.files.items()}.difference(pairs))
    files, makers = _Register(pairs), _Register[tuple[str, str]]()
    origins, findings = _Register[Origin](), _Register[Diagnostic]()
    ordered = sorted(manifest.entries.items(), key=lambda pair: (pair[1].edition, pair[0]))
    editions = [
        [*edition, [_output(path, entry, origins, makers) for path, entry in group]]
        for edition, group in groupby(ordered, key=lambda pair: pair[1].edition)
    ]
    found = {path: [findings.place(one) for one in told] for path, told in sorted(manifest.findings.items()) if told}
    house = manifest.house
    document = {
        "version": VERSION,
        "files": [_file(path, sha256, manifest.files.get(path)) for path, sha256 in pairs],
        "origins": [
            [[files.places[pair] for pair in origin.inputs], _day(origin.review_by), origin.overdue]
            for origin in origins.places
        ],
        "makers": list(makers.places),
        "editions": editions,
        "findings": [_finding(one) for one in findings.places],
        "found": found,
        "withdrawn": {path: list(known) for path, known in manifest.withdrawn.items()},
        "lists": {path: _stamp(stamp) for path, stamp in manifest.lists.items()},
        "code": {name: list(pair) for name, pair in manifest.code.items()},
        "house": None if house is None else {name: getattr(house, name) for name in House.__slots__},
    }
    return json.dumps(document, sort_keys=True, separators=(",", ":")).encode("ascii")


def _origins(manifest: Manifest) -> set[Origin]:
    return {entry.origin for entry in manifest.entries.values()}


def _output(path: str, entry: Entry, origins: _Register[Origin], makers: _Register[tuple[str, str]]) -> list[Any]:
    origin, maker = origins.place(entry.origin), makers.place((entry.code, entry.libraries))
    return [path, entry.target, origin, maker, int(entry.refused), *_stamp(entry.stamp)]


def _file(path: str, sha256: str, stamp: Stamp | None) -> list[int | str]:
    if stamp is None or stamp.sha256 != sha256:
        return [path, sha256]
    return [path, sha256, stamp.size, stamp.mtime_ns, stamp.ctime_ns]


def _stamp(stamp: Stamp) -> list[int | str]:
    return [stamp.size, stamp.mtime_ns, stamp.ctime_ns, stamp.sha256]


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _finding(finding: Diagnostic) -> list[int | str]:
    span = finding.span
    return [finding.code, finding.message, span.path, span.line, span.end_line, finding.hint]


def manifest_of(document: Any) -> Manifest:
    """The manifest that `document` is the JSON of; Foreign for another version, ValueError and its like for no form."""
    version = _whole(_of(dict, document)["version"])
    if version in _FOREIGN:
        raise Foreign
    if version != VERSION:
        raise ValueError(f"version {version}")
    files = _of(list, document["files"])
    pairs = [(_safe(row[0]), _words(row[1])) for row in files]
    origins = [_origin_of(row, pairs) for row in _of(list, document["origins"])]
    makers = [(_words(code), _words(libraries)) for code, libraries in _of(list, document["makers"])]
    findings = [_finding_of(row) for row in _of(list, document["findings"])]
    house = document["house"]
    return Manifest(
        entries=_entries(document["editions"], origins, makers),
        files={row[0]: _stamp_of((*row[2:], row[1])) for row in files if len(row) > 2},
        code=_each(document["code"], _words, lambda pair: (_words(pair[0]), _words(pair[1]))),
        findings=_each(document["found"], _words, lambda row: tuple(findings[_place(one)] for one in _of(list, row))),
        house=None if house is None else _house_of(house),
        withdrawn=_each(document["withdrawn"], _safe, lambda pair: (_words(pair[0]), _flag(pair[1]))),
        lists=_each(document["lists"], lambda path: _output_path(path, 2), _stamp_of),
    )


def _of(kind: type | tuple[type, ...], value: Any) -> Any:
    if not isinstance(value, kind) or isinstance(value, bool):
        raise TypeError(f"expected {kind}, found {type(value).__name__}")
    return value


def _words(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"expected words, found {type(value).__name__}")
    return value


def _whole(value: Any) -> int:
    if type(value) is not int:  # and not a truth value, which is an int to Python; a hundred thousand times a build
        raise TypeError(f"expected a whole number, found {type(value).__name__}")
    number: int = value
    return number


def _place(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise IndexError(f"{value!r} is no place")
    place: int = value
    return place


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"expected true or false, found {type(value).__name__}")
    return value


def _safe(value: Any) -> str:
    path = _words(value)
    if not inside(path):
        raise ValueError(f"path {path!r} leads out of its folder")
    return path


def _output_path(value: Any, folders: int = 1) -> str:
    path = _safe(value)
    if path.count("/") != folders or path.startswith(".") or "/." in path:
        raise ValueError(f"{path!r} is no output")
    return path


def _stamp_of(row: Any) -> Stamp:
    size, mtime_ns, ctime_ns, sha256 = row
    return Stamp(_whole(size), _whole(mtime_ns), _whole(ctime_ns), _words(sha256))


def _origin_of(row: Any, pairs: list[tuple[str, str]]) -> Origin:
    inputs, review_by, overdue = _of(list, row)
    day = None if review_by is None else date.fromisoformat(_words(review_by))
    return Origin(tuple(pairs[_place(one)] for one in _of(list, inputs)), day, _flag(overdue))


def _entries(editions: Any, origins: list[Origin], makers: list[tuple[str, str]]) -> dict[str, Entry]:
    found = {}
    for leaflet, lang, clinic, readers, outputs in _of(list, editions):
        edition = (_words(leaflet), _words(lang), _words(clinic) or None, _words(readers) or None)
        for path, target, origin, maker, refused, *stamp in _of(list, outputs):
            found[_output_path(path)] = Entry(
                *edition,
                _words(target),
                _stamp_of(stamp),
                origins[_place(origin)],
                *makers[_place(maker)],
                refused=bool(_whole(refused)),
            )
    return found


def _finding_of(value: Any) -> Diagnostic:
    code, message, path, line, end_line, hint = _of(list, value)
    if code not in CATALOGUE:
        raise ValueError(f"unknown code {code!r}")
    return Diagnostic(code, _words(message), Span(_words(path), _whole(line), _whole(end_line)), _words(hint))


def _house_of(value: Any) -> House:
    return House(
        names=tuple(map(_words, _of(list, value["names"]))),
        sha256=_words(value["sha256"]),
        code=_words(value["code"]),
        targets=tuple(map(_words, _of(list, value["targets"]))),
        seconds=float(_of((int, float), value["seconds"])),
        memory_mb=_whole(value["memory_mb"]),
        readers=tuple(map(_words, _of(list, value["readers"]))),
        sheets=tuple((_words(a), _words(b), _safe(c)) for a, b, c in _of(list, value["sheets"])),
    )


def _each(value: Any, key: Callable[[Any], str], item: Callable[[Any], Any]) -> dict[str, Any]:
    return {key(name): item(content) for name, content in _of(dict, value).items()}
