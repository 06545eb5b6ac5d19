"""Digests of files, read again only where a file may have changed.

A file whose size, modification time and change time are what they were is taken to be what it was, but only if it
had rested when it was last read: an edit of the same size within the clock's tick leaves all three as they were
(git's "racily clean" entries). What had not rested is simply read again.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from time import time_ns

_REST_NS = 2_000_000_000  # the coarsest clock of a file system in use: FAT, two seconds
_TICK_NS = 20_000_000  # a kernel that keeps nanoseconds still stamps files by its timer, 100 Hz at the slowest


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells that a file is the one that was read (sizes in bytes, times in ns), and its SHA-256 in hex."""

    size: int
    mtime_ns: int
    ctime_ns: int
    sha256: str

    def fits(self, status: os.stat_result) -> bool:
        """Whether `status` is that of the file that was read."""
        return (self.size, self.mtime_ns, self.ctime_ns) == (status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def digest(content: bytes) -> str:
    """SHA-256 in hex."""
    return sha256(content).hexdigest()


def status_of(path: Path | str) -> os.stat_result | None:
    """The status of a regular file; None where there is none (a folder, a pipe or a device counts as none)."""
    try:
        status = os.stat(path)  # noqa: PTH116 - thousands a build: a Path object each costs more than the call
    except (OSError, ValueError):
        return None
    return status if stat.S_ISREG(status.st_mode) else None


def read_stamp(path: Path | str) -> Stamp | None:
    """Read a regular file and stamp it; None where there is none. The status is taken first, so that it errs safely."""
    status = status_of(path)
    if status is None:
        return None
    try:
        content = Path(path).read_bytes()
    except OSError:
        return None
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ctime_ns, digest(content))


def rested(stamp: Stamp, moment_ns: int, rest_ns: int = _REST_NS) -> bool:
    """Whether the file had been left alone for `rest_ns` at `moment_ns`, so that any later edit shows in its stamp."""
    return max(stamp.mtime_ns, stamp.ctime_ns) < moment_ns - rest_ns


def unchanged_since(stamp: Stamp, moment_ns: int) -> bool:
    """Whether a file stamped now is certainly the one that stood there at `moment_ns`.

    Where the clock of the file system is coarse (whole seconds), two seconds are left as a margin.
    """
    coarse = stamp.mtime_ns % 1_000_000_000 == 0 and stamp.ctime_ns % 1_000_000_000 == 0
    return rested(stamp, moment_ns, _REST_NS if coarse else _TICK_NS)


class Digests:
    """Digests by path, from the stamps of an earlier build where they still fit; each file is met once."""

    def __init__(self, known: Mapping[str, Stamp], root: Path) -> None:
        self._known = dict(known)
        self._root = str(root)
        self._met: dict[str, str | None] = {}
        self._fresh = False

    def of(self, path: str) -> str | None:
        """The SHA-256 of the file, None where there is none. `path` is absolute or within the project's folder."""
        if path not in self._met:
            self._met[path] = self._find(path)
        return self._met[path]

    def _find(self, path: str) -> str | None:
        place = os.path.join(self._root, path)  # noqa: PTH118 - as above
        status = status_of(place)
        if status is None:
            return None
        known = self._known.get(path)
        if known is not None and known.fits(status):
            return known.sha256
        stamp = read_stamp(place)
        if stamp is None:
            return None
        self._keep(path, stamp)
        return stamp.sha256

    def _keep(self, path: str, stamp: Stamp) -> None:
        if rested(stamp, time_ns()):
            self.learn(path, stamp)
        else:
            self._known.pop(path, None)

    def learn(self, path: str, stamp: Stamp) -> None:
        """Take over the stamp of a file that had rested when a worker read it."""
        self._known[path] = stamp
        self._fresh = True

    @property
    def fresh(self) -> bool:
        """Whether anything was learnt that an earlier build did not know."""
        return self._fresh

    def known(self, wanted: Iterable[str]) -> dict[str, Stamp]:
        """The stamps of `wanted` that may be trusted by the next build."""
        return {path: self._known[path] for path in sorted(set(wanted)) if path in self._known}
