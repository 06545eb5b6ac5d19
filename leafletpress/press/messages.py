"""What the press and its workers say to each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeAlias

from leafletpress.diagnostics import Diagnostic
from leafletpress.layout import PressProfile
from leafletpress.model import Edition
from leafletpress.press.order import Target
from leafletpress.press.stamps import Stamp
from leafletpress.press.stock import Sheet
from leafletpress.theme import Theme


@dataclass(frozen=True, slots=True)
class Bench:
    """What a worker is told once.

    The opened project (pickled: a worker that is handed formes never needs it) and its root, the house's theme, the
    output folder and how it is shown, whether warnings stop a leaflet, how much memory a worker may have, and today's
    date.
    """

    project: bytes
    root: Path
    theme: Theme
    output: Path
    shown: str
    strict: bool
    memory_mb: int
    today: date | None = None


@dataclass(frozen=True, slots=True)
class Warm:
    """Get ready for these formats."""

    formats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """Targets of one leaflet for one worker.

    `forme` is the pickled forme where another worker resolved the edition already; with `share` this worker hands it
    on. No targets: resolve and check only.
    """

    number: int
    sheet: Sheet
    clinic: str | None
    readers: str | None
    targets: tuple[Target, ...]
    formats: tuple[str, ...]
    forme: bytes | None = None
    share: bool = False


@dataclass(frozen=True, slots=True)
class Forme:
    """What the targets of one task are printed from: the edition of each format, and what its clinic prints with."""

    editions: Mapping[str, Edition]
    theme: Theme
    word_template: bytes
    press_profile: PressProfile | None


@dataclass(frozen=True, slots=True)
class Input:
    """A file that an edition was made from.

    `sha256` is "" where it was not there and "?" where it may have changed meanwhile; `stamp` is given where the next
    build may trust it.
    """

    path: str
    sha256: str
    stamp: Stamp | None


@dataclass(frozen=True, slots=True)
class Began:
    """The worker is warm and takes up the leaflet: the time limit runs from here."""

    task: int


@dataclass(frozen=True, slots=True)
class Resolved:
    """The edition stands, or does not (`usable`): what it was made from, what was found, and its forme if shared.

    `review_by` is when its leaflet is due for review. `terms` and `shared` are what the leaflet uses of the house's
    glossaries and shared texts, told where it is checked only.
    """

    task: int
    diagnostics: tuple[Diagnostic, ...]
    inputs: tuple[Input, ...]
    usable: bool
    review_by: date | None = None
    forme: bytes | None = None
    terms: tuple[tuple[str, str], ...] = ()
    shared: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Setting:
    """The worker takes up this target."""

    task: int
    target: Target


@dataclass(frozen=True, slots=True)
class Made:
    """The file stands in its place."""

    task: int
    target: Target
    stamp: Stamp
    seconds: float
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Failed:
    """A target was not made, or none of the task's (None).

    What was found, the exit code it means, and the traceback of a fault of ours. `exhausted`: this worker has run out
    of memory and must go.
    """

    task: int
    target: Target | None
    diagnostics: tuple[Diagnostic, ...]
    exit_code: int
    seconds: float = 0
    traceback: str = ""
    exhausted: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """The task is over; with `leaving` the worker has done its share and goes."""

    task: int
    leaving: bool = False


Request: TypeAlias = Bench | Warm | Task
Event: TypeAlias = Began | Resolved | Setting | Made | Failed | Done
