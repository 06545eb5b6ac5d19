from __future__ import annotations

from pathlib import Path


def make(root: Path) -> None:
    """Paste the same as paragraphs."""
    place = root / "source/leaflets/sample/en-GB.md"
    place.write_text(place.read_text("utf-8") + "\n" + ("The scan is short. " * 100 + "\n\n") * 32, "utf-8")
