"""Files are written whole or not at all, by one build at a time."""

from __future__ import annotations

import errno
import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep

from leafletpress.diagnostics import Diagnostic, LeafletPressError
from leafletpress.model import Span
from leafletpress.press.stamps import Stamp, digest

LOCK = ".lock"
LISTS = "orders"
"""The folder of pick lists within the output folder; they lie one level deeper than leaflets."""

_PART = re.compile(r"\..+\.\d+\.part\Z")
_PATIENCE_S = 1.0  # the workers of a killed build hold its lock until the kernel has ended them


def write_whole(path: Path, content: bytes) -> Stamp:
    """Put `content` at `path`, replacing what is there in one step; OSError where that cannot be done.

    The bytes are on the disk before the name points at them (rename(2): a reader sees the old file or the new one),
    so a crash at any moment leaves one or the other.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            part.replace(path)
            status = os.fstat(file.fileno())
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise
    return Stamp(status.st_size, status.st_mtime_ns, status.st_ctime_ns, digest(content))


def sweep(folder: Path) -> int:
    """Delete what killed builds left half written in `folder`, one level below and among pick lists; how many.

    Only the holder of the lock may call it: another build's parts look the same.
    """
    swept = 0
    for place in (str(folder), *_folders(folder), *_folders(folder / LISTS)):
        try:
            parts = [entry.path for entry in os.scandir(place) if _PART.match(entry.name)]
        except OSError:
            continue
        for part in parts:
            with suppress(OSError):
                Path(part).unlink()
                swept += 1
    return swept


def _folders(folder: Path) -> list[str]:
    try:
        return [entry.path for entry in os.scandir(folder) if entry.is_dir(follow_symlinks=False)]
    except OSError:
        return []


def refused(path: str, error: OSError) -> Diagnostic:
    """W701 for an output that the system would not take."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        hint = "make room on the disk, then build again"
    elif error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        hint = "you may not write there: choose another folder with -o"
    else:
        hint = "move away what is in the way, or choose another folder with -o"
    return Diagnostic("W701", f"cannot write {path}: {error.strerror or error}", Span(path), hint)


@contextmanager
def locked(folder: Path, shown: str) -> Iterator[None]:
    """Hold `folder` for one build; LeafletPressError (W702, exit 3) where another build holds it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = _hold(folder / LOCK)
    except OSError as error:
        raise LeafletPressError(refused(shown, error), 3) from error
    if file is None:
        message = f"another build is writing into {shown}"
        hint = "wait until it is done, or write elsewhere with -o"
        raise LeafletPressError(Diagnostic("W702", message, Span(shown), hint), 3)
    try:
        yield
    finally:
        os.close(file)


def _hold(path: Path) -> int | None:
    """The lock file, open and locked; None where somebody else keeps it. Forked workers hold it with us."""
    end = monotonic() + _PATIENCE_S
    while True:
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if path.exists() and path.stat().st_ino == os.fstat(file).st_ino:
                return file  # and not a file that `clean` deleted while we waited
        except OSError as error:
            if error.errno not in {errno.EAGAIN, errno.EACCES}:
                os.close(file)
                raise
            if monotonic() > end:
                os.close(file)
                return None
            sleep(0.02)
        os.close(file)
