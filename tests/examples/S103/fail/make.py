from __future__ import annotations

from pathlib import Path


def make(root: Path) -> None:
    """Put a control character into a word, as copying from a PDF does."""
    place = root / "source/leaflets/sample/en-GB.md"
    place.write_text(place.read_text("utf-8").replace("X-ray", "X\x02ray"), "utf-8")
