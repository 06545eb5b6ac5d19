"""Shapes that the files of a house share: words, names, colours, fonts, papers and paths, each with its fault."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict

from leafletpress.model import is_language_tag
from leafletpress.theme import FAMILIES, PAPERS

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\Z")
_FACET_VALUE = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*\Z")
_VALUE_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")
_DRIVE_OR_WEB = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


class Shape(BaseModel):
    """Base of the shapes: unknown keys are faults, and keys are written with hyphens."""

    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=lambda name: name.replace("_", "-"))


def _words(value: str) -> str:
    if not value.strip():
        raise ValueError("words; write them behind the key, on the same line")
    return " ".join(value.split())


def _colour(value: str) -> str:
    if not _COLOUR.match(value):
        raise ValueError('a colour; write # and six hexadecimal digits, in quotes, for example "#17324d"')
    return value.lower()


def _font(value: str) -> str:
    found = next((family for family in FAMILIES if family.casefold() == " ".join(value.casefold().split())), None)
    if found is None:
        raise ValueError(f"a packaged font; one of: {', '.join(FAMILIES)}")
    return found


def _paper(value: str) -> str:
    if value.strip().lower() not in PAPERS:
        raise ValueError(f"a paper; one of: {', '.join(PAPERS)}")
    return value.strip().lower()


def leads_out(path: str, folder: str) -> str:
    """Why `path` cannot lie in `folder`, which it is relative to; empty where it can."""
    if _DRIVE_OR_WEB.match(path):
        return "files are not taken from the web or from a drive"
    if "\\" in path:
        return "the path has a backslash; paths go with forward slashes"
    if path.startswith("/"):
        return f"the path begins at the root of the machine, not in {folder}"
    return f"the path leads out of {folder}" if ".." in PurePosixPath(path).parts else ""


def _path(value: str) -> str:
    if why := leads_out(value.strip(), "source/") or ("" if value.strip() else "there is no name"):
        raise ValueError(f"a file of the house; {why}: copy the file into source/, and write its path from there")
    return value.strip()


def _facet_value(value: str) -> str:
    if not _FACET_VALUE.match(value):
        raise ValueError("a value; use letters, digits and single hyphens, for example older-adult")
    return value


def _language(value: str) -> str:
    if not is_language_tag(value):
        raise ValueError("a language tag; write the language as in en-GB, pl or zh-Hant")
    return value


def _value_name(value: str) -> str:
    if not _VALUE_NAME.match(value):
        raise ValueError("the name of a value; use small letters, digits and hyphens, for example emergency-number")
    return value


Words = Annotated[str, AfterValidator(_words)]
"""Words on one line: white space is single, and there is at least one word."""
Colour = Annotated[str, AfterValidator(_colour)]
Font = Annotated[str, AfterValidator(_font)]
Paper = Annotated[str, AfterValidator(_paper)]
Path = Annotated[str, AfterValidator(_path)]
FacetValue = Annotated[str, AfterValidator(_facet_value)]
Language = Annotated[str, AfterValidator(_language)]
ValueName = Annotated[str, AfterValidator(_value_name)]
