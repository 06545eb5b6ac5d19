"""openxml-audit and ooxml-integrity: schema and structure of a DOCX, in pure Python; they judge at run time too.

`findings(paths)`. Neither sees the same drawing id twice, so that is looked for here.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

_DRAWING_ID = re.compile(rb'<wp:docPr\b[^>]*?\bid="(\d+)"')


def available() -> str:
    """Empty, or what is missing."""
    absent = [name for name in ("openxml_audit", "ooxml_integrity") if not find_spec(name)]
    return f"not installed: {', '.join(absent)}" if absent else ""


def findings(paths: Sequence[Path]) -> list[str]:
    """Everything either holds against the files, warnings and information too; the judge is named in each line."""
    import ooxml_integrity
    import openxml_audit

    found: list[str] = []
    for path in paths:
        audit = openxml_audit.OpenXmlValidator().validate(str(path))
        found += [_line(path, "openxml-audit", error) for error in audit.errors]
        if not audit.is_valid and not audit.errors:
            found.append(_line(path, "openxml-audit", "not valid"))
        found += [_line(path, "ooxml-integrity", finding) for finding in ooxml_integrity.check(str(path))]
        found += [_line(path, "drawing ids", f"{number} more than once") for number in _repeated_drawing_ids(path)]
    return found


def _line(path: Path, judge: str, finding: object) -> str:
    return f"{path.name}: {judge}: {' '.join(str(finding).split())}"


def _repeated_drawing_ids(path: Path) -> list[str]:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = [archive.read(name) for name in archive.namelist() if name.endswith(".xml")]
    except zipfile.BadZipFile:
        return []  # the two judges have said so
    counts = Counter(number.decode() for part in parts for number in _DRAWING_ID.findall(part))
    return [number for number, count in counts.items() if count > 1]
