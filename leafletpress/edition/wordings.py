"""The fixed words of a language: built in, or from source/wording/<lang>.yaml, which may also change built-in ones."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from string import Formatter
from typing import Any

from pydantic import BaseModel, Field, create_model

from leafletpress.diagnostics import Diagnostic
from leafletpress.edition.fitting import read_shape
from leafletpress.edition.shelf import Shelf
from leafletpress.model import Span
from leafletpress.model.languages import fallbacks
from leafletpress.project.shapes import Shape, Words
from leafletpress.wording import ENGLISH, FIELDS, Wording
from leafletpress.wording_arabic import ARABIC
from leafletpress.wording_polish import POLISH

BUILT_IN = {wording.lang: wording for wording in (ARABIC, ENGLISH, POLISH)}
_LABELS = tuple(name for name in FIELDS if name != "lang")


def find_wording(shelf: Shelf, lang: str, span: Span) -> tuple[Wording | None, tuple[Diagnostic, ...]]:
    """The wording of `lang` or of the language it falls back to; E314 at `span` where there is none.

    Files go over what is built in, regions over their language. A file may leave labels out that what it goes over
    has; a language that has nothing built in needs them all (P402).
    """
    wording: Wording | None = None
    for tag in reversed(fallbacks(lang)):
        wording = wording or BUILT_IN.get(tag)
        path = shelf.root / "source" / "wording" / f"{tag}.yaml"
        fitted = read_shape(shelf, path, _shape(complete=wording is None))
        if fitted.diagnostics:
            return None, fitted.diagnostics
        if fitted.shape is None or fitted.yaml is None:
            continue
        given = {name: words for name, words in fitted.shape if words is not None}
        found = [_placeholders(name, words, fitted.yaml.span((_key(name),))) for name, words in given.items()]
        faults = tuple(fault for fault in found if fault is not None)
        if faults:
            return None, faults
        wording = replace(wording or ENGLISH, lang=tag, **given)
    if wording is not None:
        return wording, ()
    known = ", ".join(BUILT_IN)
    hint = f"write them in source/wording/{lang}.yaml (source/README.md says how); built in are: {known}"
    message = f"there are no labels, such as '{ENGLISH.glossary}', in the language '{lang}'"
    return None, (Diagnostic("E314", message, span, hint),)


def _key(name: str) -> str:
    return name.replace("_", "-")


@lru_cache(maxsize=2)
def _shape(*, complete: bool) -> type[BaseModel]:
    """The shape of a wording file; `complete` means that every label must be there."""
    labels: dict[str, Any] = {
        name: (Words, Field(alias=_key(name))) if complete else (Words | None, Field(None, alias=_key(name)))
        for name in _LABELS
    }
    return create_model("Wording", __base__=Shape, **labels)


def _placeholders(name: str, words: str, span: Span) -> Diagnostic | None:
    """P402 where `words` does not hold exactly the placeholders of the English label."""
    wanted = _fields_of(getattr(ENGLISH, name))
    try:
        given = _fields_of(words)
    except ValueError:  # a brace that is not closed
        given = None
    if given == wanted:
        return None
    hint = "write " + ", ".join(f"{{{field}}}" for field in wanted) if wanted else "take the braces out"
    return Diagnostic("P402", f"'{_key(name)}' has the wrong places to fill in", span, hint)


def _fields_of(words: str) -> list[str]:
    """The placeholders of a label, sorted, with anything beyond a plain `{name}` left in so that it differs."""
    parsed = ((field, spec, turn) for _, field, spec, turn in Formatter().parse(words) if field is not None)
    return sorted(field + (f":{spec}" if spec else "") + (f"!{turn}" if turn else "") for field, spec, turn in parsed)
