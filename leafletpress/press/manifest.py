"""manifest.json: what was made from what. Read with distrust, written whole.

A manifest lies in a folder that anybody may write to, so it is only believed in its exact shape; whatever else it
holds, the build goes on as if there were none. Its paths never lead out of the folders they belong to.
`manifest_form` says how it looks on the disk.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from leafletpress.diagnostics import Diagnostic
from leafletpress.press.stamps import Stamp

NAME = "manifest.json"
_MAX_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Origin:
    """What an edition was made from: its inputs by path and digest ("": was not there), and whether it was overdue.

    All targets that were made of one edition share one object.
    """

    inputs: tuple[tuple[str, str], ...]
    review_by: date | None = None
    overdue: bool = False

    def overdue_on(self, today: date | None) -> bool:
        """Whether the review date has passed on that day; never where no day is given."""
        return today is not None and self.review_by is not None and self.review_by < today


@dataclass(frozen=True, slots=True)
class Entry:
    """One output: whose it is, its stamp, what it was made from and by what.

    `code` is empty where the last build could not make it anew; `refused` where that was because it is overdue.
    """

    leaflet: str
    lang: str
    clinic: str | None
    readers: str | None
    target: str
    stamp: Stamp
    origin: Origin
    code: str
    libraries: str
    refused: bool = False

    @property
    def edition(self) -> tuple[str, str, str, str]:
        """What tells its edition from all others: leaflet, language, clinic, readers."""
        return (self.leaflet, self.lang, self.clinic or "", self.readers or "")


@dataclass(frozen=True, slots=True)
class House:
    """What opening the project gave: recalled while press.yaml and the leaflets' names and the code stay the same."""

    names: tuple[str, ...]
    sha256: str
    code: str
    targets: tuple[str, ...]
    seconds: float
    memory_mb: int
    readers: tuple[str, ...]
    sheets: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the last builds left.

    `entries` by output path; `files` are stamps of inputs by path; `code` gives listing and digest by name; `findings`
    are the warnings of each output by its path; `withdrawn` says of each leaflet's file by path, as of which digest,
    whether it is withdrawn; `lists` are the stamps of pick lists by path.
    """

    entries: Mapping[str, Entry] = field(default_factory=dict)
    files: Mapping[str, Stamp] = field(default_factory=dict)
    code: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    findings: Mapping[str, tuple[Diagnostic, ...]] = field(default_factory=dict)
    house: House | None = None
    withdrawn: Mapping[str, tuple[str, bool]] = field(default_factory=dict)
    lists: Mapping[str, Stamp] = field(default_factory=dict)


def inside(path: str) -> bool:
    """Whether a relative path stays in its folder."""
    parts = path.split("/")
    return bool(path) and not any(part in {"", ".", ".."} for part in parts) and "\0" not in path


def read_manifest(folder: Path) -> tuple[Manifest, str]:
    """The manifest in `folder`, and a note where there is one that cannot be believed; never raises.

    One that another version of Leaflet Press wrote counts as none, without a note.
    """
    from leafletpress.press.manifest_form import Foreign, manifest_of  # noqa: PLC0415 - it needs these types

    path = folder / NAME
    try:
        if not path.is_file():
            return Manifest(), ""
        if path.stat().st_size > _MAX_BYTES:
            return Manifest(), f"{NAME} is too large to be ours: ignored, everything is built anew"
        return manifest_of(json.loads(path.read_bytes())), ""
    except Foreign:
        return Manifest(), ""
    except (OSError, ValueError, RecursionError, LookupError, TypeError, AttributeError) as error:
        reason = type(error).__name__ if not str(error) else str(error)[:120]
        return Manifest(), f"{NAME} cannot be believed ({reason}): ignored, everything is built anew"
