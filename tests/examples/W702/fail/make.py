from __future__ import annotations

import fcntl
from pathlib import Path
from typing import TextIO


def make(root: Path) -> TextIO:
    """Hold the output folder as another build does; closing the file lets go of it."""
    (root / "output").mkdir()
    lock = (root / "output/.lock").open("w")
    fcntl.flock(lock, fcntl.LOCK_EX)
    return lock
