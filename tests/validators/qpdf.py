"""qpdf --check: the syntax of a PDF (cross references, streams, object types).

`findings(paths)`; a few milliseconds a file.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from validators.running import NotJudgedError, missing, run


def available() -> str:
    """Empty, or what is missing."""
    return missing("qpdf")


def findings(paths: Sequence[Path]) -> list[str]:
    """Errors and warnings, one line each; qpdf's exit codes: 0 sound, 2 errors, 3 warnings."""
    found: list[str] = []
    for path in paths:
        done = run(["qpdf", "--check", path], seconds=60)
        if done.returncode not in {0, 2, 3}:
            raise NotJudgedError(f"qpdf ended with {done.returncode}: {done.stderr}")
        if done.returncode:
            found += [f"{path.name}: {line}" for line in done.stderr.splitlines() if line] or [f"{path.name}: unsound"]
        elif "No syntax or stream encoding errors found" not in done.stdout:
            raise NotJudgedError(f"qpdf said nothing about {path.name}: {done.stdout}")
    return found
