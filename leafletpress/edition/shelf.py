"""The shelf: opens the project's files for one edition, keeps outside files out, and remembers what was asked for."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from enum import Enum
from pathlib import Path


class Reason(Enum):
    """Why a file was not opened."""

    MISSING = "missing"
    OUTSIDE = "outside"
    TOO_LARGE = "too large"
    UNREADABLE = "unreadable"


MENDING = {
    Reason.MISSING: "check its name and folder",
    Reason.OUTSIDE: "it is a link that leads out of the project: copy the file into the project",
    Reason.TOO_LARGE: "split it, or take out what was pasted in by accident",
    Reason.UNREADABLE: "check that it is a plain file and that you may read it",
}
"""How to mend what kept a file from being opened."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that was not opened; `detail` is the system's word where it has one."""

    reason: Reason
    detail: str = ""


class Shelf:
    """Opens files under `root`. What was asked for counts as an input even if it was missing: it may come."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._asked: dict[Path, None] = {}
        self._real: dict[Path, str] = {}

    @property
    def inputs(self) -> tuple[Path, ...]:
        """Every path that was asked for, in order of path."""
        return tuple(sorted(self._asked))

    def note(self, path: Path) -> None:
        """Count `path` as an input without opening it."""
        self._asked[path] = None

    def display(self, path: Path) -> str:
        """`path` as the user types it from the project's folder."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.as_posix()

    def open(self, path: Path, limit: int, within: Path | None = None) -> bytes | Refusal:
        """The content of a regular file of at most `limit` bytes that lies, links followed, in `within` (or root)."""
        try:
            real = Path(os.path.realpath(path))  # at half the time of Path.resolve
            if not self._lies_in(str(real), within or self.root):
                return Refusal(Reason.OUTSIDE)
            self.note(path)
            if not stat.S_ISREG(real.stat().st_mode):  # a pipe or a device would block, a folder cannot be read
                return Refusal(Reason.UNREADABLE, "it is not a plain file")
            with real.open("rb") as file:
                content = file.read(limit + 1)
        except (FileNotFoundError, NotADirectoryError):
            return Refusal(Reason.MISSING)
        except (OSError, ValueError, RuntimeError) as error:  # no permission; a NUL in the name; links in a circle
            return Refusal(Reason.UNREADABLE, getattr(error, "strerror", None) or str(error))
        return content if len(content) <= limit else Refusal(Reason.TOO_LARGE)

    def _lies_in(self, real: str, folder: Path) -> bool:
        if folder not in self._real:
            self._real[folder] = os.path.realpath(folder)
        return real.startswith(self._real[folder].rstrip(os.sep) + os.sep)

    def names(self, folder: Path, suffixes: tuple[str, ...]) -> tuple[str, ...]:
        """Names of files in `folder` that end so, without the suffix's path, sorted; for hints."""
        try:
            return tuple(sorted(path.name for path in folder.iterdir() if path.name.lower().endswith(suffixes)))
        except OSError:
            return ()
