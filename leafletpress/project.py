"""The project: the folder of one house, its settings in source/press.yaml, and where its leaflets lie."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from leafletpress.diagnostics import Diagnostic, LeafletPressError
from leafletpress.model import Span
from leafletpress.theme import Colours, Theme, check_contrast
from leafletpress.yaml_file import PROJECT_FILE, Yaml, fit, parse_yaml

HOUSE_FILE = "source/press.yaml"
LEAFLETS = "source/leaflets"

_EXIT_PROJECT = 3
_MAX_BYTES = 65_536
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_LANGUAGE_LIKE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z]{4})?([-_]([A-Za-z]{2}|\d{3}))?\Z")
_TARGET = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(:[a-z0-9]+(-[a-z0-9]+)*)?\Z")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\Z")


class Overdue(StrEnum):
    """What happens to a leaflet whose review date has passed."""

    NOTICE = "notice"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one leaflet may take: seconds of time, megabytes of memory."""

    seconds: float = 60
    memory_mb: int = 1500


@dataclass(frozen=True, slots=True)
class House:
    """The settings of press.yaml. `contact` says whom to ask for another format; None means the publisher."""

    publisher: str
    targets: tuple[str, ...] = ("pdf", "docx", "epub")
    contact: str | None = None
    theme: Theme = field(default_factory=Theme)
    limits: Limits = field(default_factory=Limits)
    overdue: Overdue = Overdue.NOTICE


@dataclass(frozen=True, slots=True)
class LeafletFile:
    """One leaflet in one language; `display` is its path as the user types it from the project's folder."""

    id: str
    lang: str
    path: Path
    display: str


@dataclass(frozen=True, slots=True)
class Project:
    """A house and its leaflets, sorted by id and language; `root` is absolute and free of links."""

    root: Path
    house: House
    leaflet_files: tuple[LeafletFile, ...]

    @property
    def source(self) -> Path:
        """The folder of everything that people write."""
        return self.root / "source"


def open_project(folder: Path) -> Project:
    """The project that `folder` belongs to: the nearest folder at or above it that holds source/press.yaml.

    Raises LeafletPressError, exit code 3: P401 where there is none, P402 where press.yaml has faults.
    """
    root = _find_root(folder)
    return Project(root, _read_house(root / HOUSE_FILE), tuple(_find_leaflets(root)))


def is_id(name: str) -> bool:
    """Whether `name` can name a leaflet, a clinic or a shared paragraph: lower-case letters, digits, hyphens."""
    return bool(_ID.match(name))


def _find_root(folder: Path) -> Path:
    here = folder.resolve()
    for place in (here, *here.parents):
        if (place / HOUSE_FILE).is_file():
            return place
    message = f"no project in {folder} or above it: there is no {HOUSE_FILE}"
    hint = "go to the project's folder, or begin one here with: leafletpress new my-leaflet"
    raise LeafletPressError(Diagnostic("P401", message, hint=hint), _EXIT_PROJECT)


def _find_leaflets(root: Path) -> Iterator[LeafletFile]:
    """Every source/leaflets/<id>/<lang>.md. Names alone decide, nothing is read.

    Odd names (a capital in the folder's, `en-gb`) are listed too, so that they can be reported; names that are no
    language at all (REVIEW.md, notes.md) are not leaflets.
    """
    base = root / LEAFLETS
    if not base.is_dir():
        return
    for name in sorted(entry.name for entry in os.scandir(base) if entry.is_dir() and entry.name[0] not in "._"):
        with os.scandir(base / name) as entries:
            files = sorted(entry.name for entry in entries if entry.name.endswith(".md") and entry.is_file())
        for file in files:
            lang = file.removesuffix(".md")
            if _LANGUAGE_LIKE.match(lang):
                yield LeafletFile(name, lang, base / name / file, f"{LEAFLETS}/{name}/{file}")


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _words(value: str) -> str:
    if not value.strip():
        raise ValueError("words; write them behind the key, on the same line")
    return " ".join(value.split())


def _target(value: str) -> str:
    if not _TARGET.match(value):
        raise ValueError("a format; write for example pdf, docx, epub or pdf:large-print")
    return value


def _colour(value: str) -> str:
    if not _COLOUR.match(value):
        raise ValueError('a colour; write # and six hexadecimal digits, in quotes, for example "#17324d"')
    return value.lower()


_Words = Annotated[str, AfterValidator(_words)]
_Colour = Annotated[str | None, AfterValidator(lambda value: None if value is None else _colour(value))]


class _ColoursShape(_Shape):
    ink: _Colour = None
    accent: _Colour = None
    red: _Colour = None
    amber: _Colour = None
    green: _Colour = None
    footer: _Colour = None
    rule: _Colour = None


class _ThemeShape(_Shape):
    colours: _ColoursShape = _ColoursShape()


class _LimitsShape(_Shape):
    seconds: Annotated[float, Field(gt=0, le=3600)] = 60
    memory_mb: Annotated[int, Field(ge=200, le=64_000, alias="memory-mb")] = 1500


class _ReviewShape(_Shape):
    overdue: Overdue = Overdue.NOTICE


class _HouseShape(_Shape):
    publisher: _Words
    targets: Annotated[tuple[Annotated[str, AfterValidator(_target)], ...], Field(min_length=1)] = (
        "pdf",
        "docx",
        "epub",
    )
    contact: _Words | None = None
    theme: _ThemeShape = _ThemeShape()
    limits: _LimitsShape = _LimitsShape()
    review: _ReviewShape = _ReviewShape()


def _read_house(path: Path) -> House:
    try:
        content = path.read_bytes()
        if len(content) > _MAX_BYTES:
            hint = "keep to the keys of the sample house; it needs ten lines"
            raise _faulty(Diagnostic("P402", f"the file is larger than {_MAX_BYTES} bytes", Span(HOUSE_FILE), hint))
        text = content.decode("utf-8-sig")
    except OSError as error:
        message, hint = f"the file cannot be read ({error.strerror})", "check that you may read it"
        raise _faulty(Diagnostic("P402", message, Span(HOUSE_FILE), hint)) from error
    except UnicodeDecodeError as error:
        hint = "save it as UTF-8 in your editor"
        raise _faulty(Diagnostic("P402", "the file is not UTF-8", Span(HOUSE_FILE), hint)) from error
    yaml = parse_yaml(text, HOUSE_FILE, PROJECT_FILE)
    shape, found = fit(_HouseShape, yaml, PROJECT_FILE)
    if shape is None:
        raise _faulty(*found)
    theme = _theme(shape.theme, yaml)
    return House(
        publisher=shape.publisher,
        targets=tuple(dict.fromkeys(shape.targets)),
        contact=shape.contact,
        theme=theme,
        limits=Limits(shape.limits.seconds, shape.limits.memory_mb),
        overdue=shape.review.overdue,
    )


def _theme(shape: _ThemeShape, yaml: Yaml) -> Theme:
    given = {ink: colour for ink, colour in shape.colours if colour is not None}
    theme = replace(Theme(), colours=replace(Colours(), **given))
    hint = "choose a darker colour: small print needs a contrast of 4.5 to 1 with the paper"
    faint = [
        Diagnostic(
            "P402", f"the colour '{pair.ink}' is too pale to read", yaml.span(("theme", "colours", pair.ink)), hint
        )
        for pair in check_contrast(theme)
    ]
    if faint:
        raise _faulty(*faint)
    return theme


def _faulty(*found: Diagnostic) -> LeafletPressError:
    """All faults in one exception: the first stands in full, the others are listed behind it."""
    first, *others = found
    more = "".join(f"\nalso {one.span}: {one.message}; {one.hint}" for one in others)
    return LeafletPressError(replace(first, hint=first.hint + more), _EXIT_PROJECT)
