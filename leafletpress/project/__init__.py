"""The project: the folder of one house, its settings in source/press.yaml, and where its leaflets lie."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from leafletpress.diagnostics import Diagnostic, LeafletPressError
from leafletpress.project.branding import Brand, IccFile, WordTemplate, branded, find_faint
from leafletpress.project.house import HOUSE_FILE, House, Limits, Overdue, is_id, read_house
from leafletpress.project.vocabulary import Readers, Region, Vocabulary

__all__ = [
    "HOUSE_FILE",
    "LEAFLETS",
    "Brand",
    "House",
    "IccFile",
    "LeafletFile",
    "Limits",
    "Overdue",
    "Project",
    "Readers",
    "Region",
    "Vocabulary",
    "WordTemplate",
    "branded",
    "find_faint",
    "is_id",
    "open_project",
]

LEAFLETS = "source/leaflets"

_EXIT_PROJECT = 3
_LANGUAGE_LIKE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z]{4})?([-_]([A-Za-z]{2}|\d{3}))?\Z")


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
    return Project(root, read_house(root / HOUSE_FILE), tuple(_find_leaflets(root)))


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
