"""What there is to print: the house's settings and its leaflets, opened anew or recalled from the manifest.

Opening a project means parsing YAML, whose libraries take longer to import than a whole unchanged build may take.
So the manifest remembers what came of it, under the content of press.yaml and the names of the leaflets' files.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leafletpress.project import Project

HOUSE_FILE = "source/press.yaml"
CLINICS = "source/clinics"

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One leaflet's file in one language; `display` is its path as the user types it from the project's folder."""

    id: str
    lang: str
    path: Path
    display: str


@dataclass(frozen=True, slots=True)
class Stock:
    """A project as the press needs it. `seconds` and `memory_mb` limit one leaflet; `project` None: not opened yet.

    `readers` are the names of the groups of readers that editions are made for, `clinics` the ids of the clinics.
    """

    root: Path
    targets: tuple[str, ...]
    seconds: float
    memory_mb: int
    readers: tuple[str, ...]
    clinics: tuple[str, ...]
    sheets: tuple[Sheet, ...]
    project: Project | None = field(default=None, compare=False)


def find_root(folder: Path) -> Path | None:
    """The nearest folder at or above `folder` that holds a project; None where none does."""
    here = folder.resolve()
    return next((place for place in (here, *here.parents) if (place / HOUSE_FILE).is_file()), None)


def leaflet_names(root: Path) -> tuple[str, ...]:
    """Every `<id>/<file>.md` under source/leaflets, sorted: the names alone, nothing is read."""
    base = root / "source" / "leaflets"
    found: list[str] = []
    try:
        folders = sorted(entry.name for entry in os.scandir(base) if entry.is_dir())
    except OSError:
        return ()
    for name in folders:
        with os.scandir(base / name) as entries:
            found += [f"{name}/{entry.name}" for entry in entries if entry.name.endswith(".md")]
    return tuple(sorted(found))


def clinic_names(root: Path) -> tuple[str, ...]:
    """The ids of the clinics, sorted: the names of their files alone, nothing is read."""
    try:
        files = sorted(entry.name for entry in os.scandir(root / CLINICS) if entry.name.endswith(".yaml"))
    except OSError:
        return ()
    return tuple(name for file in files if _ID.match(name := file.removesuffix(".yaml")))


def likely_targets(root: Path) -> tuple[str, ...]:
    """A guess at the house's targets from the words of press.yaml, good enough to warm a worker early."""
    try:
        words = (root / HOUSE_FILE).read_text("utf-8", errors="replace")
    except OSError:
        return ()
    return ("pdf",) if "targets:" not in words or "pdf" in words else ()


def open_stock(root: Path) -> Stock:
    """Open the project at `root`; LeafletPressError (P401, P402, exit 3) where there is none or it is faulty."""
    from leafletpress.project import open_project  # noqa: PLC0415 - costs a fifth of a second; see above

    project = open_project(root)
    sheets = tuple(Sheet(file.id, file.lang, file.path, file.display) for file in project.leaflet_files)
    house = project.house
    readers = tuple(one.name for one in house.readers)
    limits, clinics = house.limits, clinic_names(project.root)
    return Stock(project.root, house.targets, limits.seconds, limits.memory_mb, readers, clinics, sheets, project)


def shown_as(path: Path, folder: Path) -> str:
    """`path` as somebody in `folder` would type it."""
    here = folder.resolve()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else path.as_posix()
