"""A YAML file of the project fitted into its shape: how glossaries, clinics and wordings are read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from leafletpress.diagnostics import Diagnostic
from leafletpress.edition.shelf import MENDING, Reason, Refusal, Shelf
from leafletpress.model import Span
from leafletpress.yaml_file import PROJECT_FILE, Yaml, fit, parse_yaml

ShapeT = TypeVar("ShapeT", bound=BaseModel)

_MAX_BYTES = 1_048_576


@dataclass(frozen=True, slots=True)
class Fitted(Generic[ShapeT]):
    """What came of one file: its shape (None where missing or faulty), its lines, and every fault."""

    shape: ShapeT | None
    yaml: Yaml | None
    diagnostics: tuple[Diagnostic, ...]


def read_shape(shelf: Shelf, path: Path, shape: type[ShapeT]) -> Fitted[ShapeT]:
    """Read the file at `path` into `shape`; a missing file is no fault here."""
    content = open_file(shelf, path)
    if not isinstance(content, bytes):
        return Fitted(None, None, (content,) if content else ())
    return fit_shape(content, shelf.display(path), shape)


def open_file(shelf: Shelf, path: Path) -> bytes | Diagnostic | None:
    """The content of a file of the project; None where it is missing, P402 where it cannot be read."""
    match shelf.open(path, _MAX_BYTES):
        case Refusal(reason=Reason.MISSING):
            return None
        case Refusal(reason=reason, detail=detail):
            message = f"the file cannot be read: {detail or reason.value}"
            return Diagnostic("P402", message, Span(shelf.display(path)), MENDING[reason])
        case content:
            return content


def fit_shape(content: bytes, display: str, shape: type[ShapeT]) -> Fitted[ShapeT]:
    """Fit what a file holds into `shape`; `display` is its path as the user types it."""
    fitted: Fitted[ShapeT] = _fitted(content, display, shape)
    return fitted


# Pure, and keyed by the file's whole content: a process that makes many editions reads each file once.
@lru_cache(maxsize=128)
def _fitted(content: bytes, display: str, shape: type[Any]) -> Fitted[Any]:
    yaml = read_yaml(content, display)
    value, found = fit(shape, yaml, PROJECT_FILE)
    return Fitted(value, yaml, found)


def read_yaml(content: bytes, display: str) -> Yaml:
    """What the file says and where; its `diagnostics` hold P402 where it cannot be read."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        hint = "save it as UTF-8 in your editor"
        return Yaml(None, {}, display, (Diagnostic("P402", "the file is not UTF-8", Span(display), hint),))
    return parse_yaml(text, display, PROJECT_FILE)
