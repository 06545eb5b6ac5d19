"""A YAML file of the project fitted into its shape: how glossaries, clinics and wordings are read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Generic, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict

from leafletpress.diagnostics import Diagnostic
from leafletpress.edition.shelf import MENDING, Reason, Refusal, Shelf
from leafletpress.model import Span
from leafletpress.yaml_file import PROJECT_FILE, Yaml, fit, parse_yaml

ShapeT = TypeVar("ShapeT", bound=BaseModel)

_MAX_BYTES = 1_048_576


class Shape(BaseModel):
    """Base of the shapes: unknown keys are faults."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _single_spaced(value: str) -> str:
    if not value.strip():
        raise ValueError("words; write them behind the key, on the same line")
    return " ".join(value.split())


Words = Annotated[str, AfterValidator(_single_spaced)]
"""Words on one line: white space is single, and there is at least one word."""


@dataclass(frozen=True, slots=True)
class Fitted(Generic[ShapeT]):
    """What came of one file: its shape (None where missing or faulty), its lines, and every fault."""

    shape: ShapeT | None
    yaml: Yaml | None
    diagnostics: tuple[Diagnostic, ...]


def read_shape(shelf: Shelf, path: Path, shape: type[ShapeT]) -> Fitted[ShapeT]:
    """Read the file at `path` into `shape`; a missing file is no fault here."""
    display = shelf.display(path)
    match shelf.open(path, _MAX_BYTES):
        case Refusal(reason=Reason.MISSING):
            return Fitted(None, None, ())
        case Refusal(reason=reason, detail=detail):
            message = f"the file cannot be read: {detail or reason.value}"
            return Fitted(None, None, (Diagnostic("P402", message, Span(display), MENDING[reason]),))
        case content:
            fitted: Fitted[ShapeT] = _fitted(content, display, shape)
            return fitted


# Pure, and keyed by the file's whole content: a process that makes many editions reads each glossary once.
@lru_cache(maxsize=128)
def _fitted(content: bytes, display: str, shape: type[Any]) -> Fitted[Any]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        hint = "save it as UTF-8 in your editor"
        return Fitted(None, None, (Diagnostic("P402", "the file is not UTF-8", Span(display), hint),))
    yaml = parse_yaml(text, display, PROJECT_FILE)
    value, found = fit(shape, yaml, PROJECT_FILE)
    return Fitted(value, yaml, found)
