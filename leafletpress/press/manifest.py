"""manifest.json: what was made from what. Read with distrust, written whole.

A manifest lies in a folder that anybody may write to, so it is only believed in its exact shape; whatever else it
holds, the build goes on as if there were none. Its paths never lead out of the folders they belong to.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from leafletpress.diagnostics import CATALOGUE, Diagnostic
from leafletpress.model import Span
from leafletpress.press.stamps import Stamp

NAME = "manifest.json"
_VERSION = 1
_MAX_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Entry:
    """One output: whose it is, its stamp, the digests of what it was made from ("" : was not there), and by what."""

    leaflet: str
    lang: str
    clinic: str | None
    target: str
    stamp: Stamp
    inputs: tuple[tuple[str, str], ...]
    code: str
    libraries: str


@dataclass(frozen=True, slots=True)
class House:
    """What opening the project gave: recalled while press.yaml and the leaflets' names and the code stay the same."""

    names: tuple[str, ...]
    sha256: str
    code: str
    targets: tuple[str, ...]
    seconds: float
    memory_mb: int
    sheets: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the last builds left.

    `entries` by output path; `files` are stamps of inputs by path; `code` gives listing and digest by name; `findings`
    are the warnings of each job by its key, and of each output by its path.
    """

    entries: Mapping[str, Entry] = field(default_factory=dict)
    files: Mapping[str, Stamp] = field(default_factory=dict)
    code: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    findings: Mapping[str, tuple[Diagnostic, ...]] = field(default_factory=dict)
    house: House | None = None


def inside(path: str) -> bool:
    """Whether a relative path stays in its folder."""
    parts = path.split("/")
    return bool(path) and not any(part in {"", ".", ".."} for part in parts) and "\0" not in path


def read_manifest(folder: Path) -> tuple[Manifest, str]:
    """The manifest in `folder`, and a note where there is one that cannot be believed; never raises."""
    path = folder / NAME
    try:
        if not path.is_file():
            return Manifest(), ""
        if path.stat().st_size > _MAX_BYTES:
            return Manifest(), f"{NAME} is too large to be ours: ignored, everything is built anew"
        return _manifest(json.loads(path.read_bytes())), ""
    except (OSError, ValueError, RecursionError, KeyError, TypeError, AttributeError) as error:
        reason = type(error).__name__ if not str(error) else str(error)[:120]
        return Manifest(), f"{NAME} cannot be believed ({reason}): ignored, everything is built anew"


def _of(kind: type | tuple[type, ...], value: Any) -> Any:
    if not isinstance(value, kind) or isinstance(value, bool):
        raise TypeError(f"expected {kind}, found {type(value).__name__}")
    return value


def _words(value: Any) -> str:
    word: str = _of(str, value)
    return word


def _safe(value: Any) -> str:
    path = _words(value)
    if not inside(path):
        raise ValueError(f"path {path!r} leads out of its folder")
    return path


def _output(value: Any) -> str:
    path = _safe(value)
    if path.count("/") != 1 or any(part.startswith(".") for part in path.split("/")):
        raise ValueError(f"{path!r} is no output")
    return path


def _stamp(value: Any) -> Stamp:
    size, mtime_ns, ctime_ns, sha256 = _of(list, value)
    return Stamp(_of(int, size), _of(int, mtime_ns), _of(int, ctime_ns), _words(sha256))


def _entry(value: Any) -> Entry:
    inputs = tuple((_safe(path), _words(sha256)) for path, sha256 in _of(dict, value["inputs"]).items())
    return Entry(
        leaflet=_words(value["leaflet"]),
        lang=_words(value["lang"]),
        clinic=None if value["clinic"] is None else _words(value["clinic"]),
        target=_words(value["target"]),
        stamp=_stamp(value["stamp"]),
        inputs=inputs,
        code=_words(value["code"]),
        libraries=_words(value["libraries"]),
    )


def _finding(value: Any) -> Diagnostic:
    code, message, path, line, end_line, hint = _of(list, value)
    if code not in CATALOGUE:
        raise ValueError(f"unknown code {code!r}")
    span = Span(_words(path), _of(int, line), _of(int, end_line))
    return Diagnostic(code, _words(message), span, _words(hint))


def _house(value: Any) -> House:
    sheets = tuple((_words(a), _words(b), _safe(c)) for a, b, c in _of(list, value["sheets"]))
    return House(
        names=tuple(map(_words, _of(list, value["names"]))),
        sha256=_words(value["sha256"]),
        code=_words(value["code"]),
        targets=tuple(map(_words, _of(list, value["targets"]))),
        seconds=float(_of((int, float), value["seconds"])),
        memory_mb=_of(int, value["memory_mb"]),
        sheets=sheets,
    )


def _each(value: Any, key: Callable[[Any], str], item: Callable[[Any], Any]) -> dict[str, Any]:
    return {key(name): item(content) for name, content in _of(dict, value).items()}


def _manifest(value: Any) -> Manifest:
    if _of(dict, value)["version"] != _VERSION:
        raise ValueError(f"version {value['version']!r}")
    return Manifest(
        entries=_each(value["outputs"], _output, _entry),
        files=_each(value["files"], _safe, _stamp),
        code=_each(value["code"], _words, lambda pair: (_words(pair[0]), _words(pair[1]))),
        findings=_each(value["findings"], _words, lambda found: tuple(map(_finding, _of(list, found)))),
        house=None if value["house"] is None else _house(value["house"]),
    )


def print_manifest(manifest: Manifest) -> bytes:
    """The manifest as JSON with sorted keys, so that the same state gives the same bytes."""
    house = manifest.house
    document = {
        "version": _VERSION,
        "outputs": {path: _entry_json(entry) for path, entry in manifest.entries.items()},
        "files": {path: _stamp_json(stamp) for path, stamp in manifest.files.items()},
        "code": {name: list(pair) for name, pair in manifest.code.items()},
        "findings": {key: [_finding_json(one) for one in found] for key, found in manifest.findings.items() if found},
        "house": None if house is None else {name: getattr(house, name) for name in House.__slots__},
    }
    return json.dumps(document, sort_keys=True, separators=(",", ":")).encode("ascii")


def _stamp_json(stamp: Stamp) -> list[int | str]:
    return [stamp.size, stamp.mtime_ns, stamp.ctime_ns, stamp.sha256]


def _entry_json(entry: Entry) -> dict[str, Any]:
    return {
        "leaflet": entry.leaflet,
        "lang": entry.lang,
        "clinic": entry.clinic,
        "target": entry.target,
        "stamp": _stamp_json(entry.stamp),
        "inputs": dict(entry.inputs),
        "code": entry.code,
        "libraries": entry.libraries,
    }


def _finding_json(finding: Diagnostic) -> list[int | str]:
    span = finding.span
    return [finding.code, finding.message, span.path, span.line, span.end_line, finding.hint]
