"""Ghostscript, a RIP: it reads a PDF as a print shop's machine does, and shows each plate.

`findings(paths)` draws every page and stops at the first error; `plates(path, page)` gives the separations.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from validators.running import NotJudgedError, missing, run

_QUIET = ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-dPDFSTOPONERROR", "-dPDFSTOPONWARNING"]


def available() -> str:
    """Empty, or what is missing."""
    return missing("gs")


def findings(paths: Sequence[Path]) -> list[str]:
    """What it complains of, one line each."""
    found: list[str] = []
    for path in paths:
        done = run([*_QUIET, "-sDEVICE=nullpage", path], seconds=120)
        if done.returncode or done.stdout.strip() or done.stderr.strip():
            found += [f"{path.name}: {line}" for line in (done.stdout + done.stderr).splitlines()] or [path.name]
    return found


def plates(path: Path, page: int = 1, dpi: int = 72) -> dict[str, Image.Image]:
    """Each ink's plate as mode L: 0 is full ink, 255 bare paper. Overprint is simulated as the press would have it."""
    with tempfile.TemporaryDirectory() as folder:
        wanted = ["-sDEVICE=tiffsep", f"-r{dpi}", f"-dFirstPage={page}", f"-dLastPage={page}"]
        done = run([*_QUIET, *wanted, f"-sOutputFile={folder}/plate.tif", path], seconds=120)
        if done.returncode:
            raise NotJudgedError(f"Ghostscript ended with {done.returncode}: {done.stdout}{done.stderr}")
        found = {}
        for file in sorted(Path(folder).glob("plate(*).tif")):
            with Image.open(file) as image:
                found[file.name[6:-5]] = image.convert("L")
        return found
