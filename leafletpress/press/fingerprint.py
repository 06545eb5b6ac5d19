"""Fingerprints of what makes the files: the core's code, each layout's code, and the versions of its libraries."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from time import time_ns

from leafletpress.press.stamps import read_stamp, rested
from leafletpress.registry import Format

CORE = "core"
_ROOF = frozenset({"press", "layouts", "patterns", "starter.py", "registry.py", "__pycache__"})
_CORE_LIBRARIES = ("markdown-it-py", "mdit-py-plugins", "ruamel.yaml", "pydantic", "babel", "lxml", "pillow")


class Fingerprints:
    """Digests of code by name, from an earlier build where no file of the code has been touched since."""

    def __init__(self, known: Mapping[str, tuple[str, str]]) -> None:
        self._known = dict(known)
        self._met: dict[str, str] = {}
        self._libraries: dict[tuple[str, ...], str] = {}
        self.fresh = False

    def core(self) -> str:
        """The code that turns sources into editions; the roof above it changes no byte of a leaflet."""
        place = Path(__file__).parent.parent
        roof = _ROOF.union(entry.name for entry in os.scandir(place) if entry.name.startswith("cli"))
        return self._of(CORE, (place,), roof)

    def layout(self, kind: Format) -> str:
        """The code of the core and of the layout: both decide what the file holds."""
        own = self._of(kind.name, kind.folders, frozenset({"__pycache__"}))
        return sha256(f"{self.core()}{own}".encode()).hexdigest()

    def libraries(self, kind: Format) -> str:
        """The interpreter and the versions of the distributions that the layout's bytes depend on."""
        names = (*_CORE_LIBRARIES, *kind.libraries)
        if names not in self._libraries:
            told = [f"{name} {_version(name)}" for name in sorted(set(names))]
            python = ".".join(map(str, sys.version_info[:3]))
            self._libraries[names] = sha256("\n".join([f"python {python}", *told]).encode()).hexdigest()
        return self._libraries[names]

    def known(self) -> dict[str, tuple[str, str]]:
        """What the next build may take over."""
        return dict(self._known)

    def _of(self, name: str, places: tuple[Path, ...], without: frozenset[str]) -> str:
        if name not in self._met:
            self._met[name] = self._find(name, places, without)
        return self._met[name]

    def _find(self, name: str, places: tuple[Path, ...], without: frozenset[str]) -> str:
        files = sorted(file for place in places for file in _files(str(place), without))
        listing = sha256(repr([(path, size, *times) for path, size, *times in files]).encode()).hexdigest()
        if name in self._known and self._known[name][0] == listing:
            return self._known[name][1]
        whole, now, at_rest = sha256(), time_ns(), True
        base = os.path.commonpath([str(place) for place in places]) if places else ""
        for path, *_ in files:
            stamp = read_stamp(path)
            # The path counts from the code's own folder: the same code elsewhere is the same code.
            whole.update(f"{os.path.relpath(path, base)} {stamp.sha256 if stamp else ''}\n".encode())
            at_rest = at_rest and stamp is not None and rested(stamp, now)
        if at_rest:
            self._known[name] = (listing, whole.hexdigest())
            self.fresh = True
        return whole.hexdigest()


def _files(place: str, without: frozenset[str]) -> Iterator[tuple[str, int, int, int]]:
    """Path, size, modification and change time of every file at `place` or below it."""
    try:
        entries = list(os.scandir(place))
    except NotADirectoryError:
        status = os.stat(place)  # noqa: PTH116 - a layout that is one file
        yield place, status.st_size, status.st_mtime_ns, status.st_ctime_ns
        return
    except OSError:
        return
    for entry in entries:
        if entry.name in without or entry.name.startswith("."):
            continue
        if entry.is_dir():
            yield from _files(entry.path, frozenset({"__pycache__"}))
        elif not entry.name.endswith(".pyc"):
            status = entry.stat()
            yield entry.path, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _version(name: str) -> str:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - only a build needs it

    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"
