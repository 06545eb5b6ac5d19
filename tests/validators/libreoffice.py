"""LibreOffice: whether a DOCX opens in a word processor, what it says there, and the editor of round-trip tests.

`findings(paths)` says which files do not open. `converted(path, folder, "pdf" | "docx" | "txt")` gives the file that
LibreOffice saves, `text(path)` its words. Each test process has a profile of its own, so that runs do not meet; the
first call takes two or three seconds, the next about one.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from validators.running import NotJudgedError, missing, run

_FILTERS = {"pdf": "pdf:writer_pdf_Export", "docx": "docx:Office Open XML Text", "txt": "txt:Text (encoded):UTF8"}


def available() -> str:
    """Empty, or what is missing."""
    return missing("soffice")


@cache
def _profile() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="leafletpress-soffice-", ignore_cleanup_errors=True)


def _convert(paths: Sequence[Path], folder: Path, suffix: str) -> str:
    profile = Path(_profile().name).as_uri()
    words: list[str | Path] = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--norestore"]
    done = run([*words, "--convert-to", _FILTERS[suffix], "--outdir", folder, *paths], seconds=120 + 10 * len(paths))
    return f"{done.stdout}\n{done.stderr}"


def converted(path: Path, folder: Path, suffix: str) -> Path:
    """What LibreOffice saves as `suffix` in `folder`, which must not hold the file itself; raises where it cannot."""
    result = folder / f"{path.stem}.{suffix}"
    said = _convert([path], folder, suffix)
    if not result.is_file():
        raise NotJudgedError(f"LibreOffice made no {suffix} of {path.name}: {said}")
    return result


def text(path: Path) -> str:
    """The words of a document as LibreOffice saves them as plain text."""
    with tempfile.TemporaryDirectory() as folder:
        return converted(path, Path(folder), "txt").read_text(encoding="utf-8-sig")


def findings(paths: Sequence[Path]) -> list[str]:
    """The files that LibreOffice does not open. File names must differ."""
    with tempfile.TemporaryDirectory() as folder:
        said = _convert(paths, Path(folder), "pdf")
        absent = [path for path in paths if not (Path(folder) / f"{path.stem}.pdf").is_file()]
    if len(absent) == len(paths) and "source file could not be loaded" not in said:
        raise NotJudgedError(f"LibreOffice opened nothing and said: {said}")
    return [f"{path.name}: does not open in LibreOffice" for path in absent]
