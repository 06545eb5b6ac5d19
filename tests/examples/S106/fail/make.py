from __future__ import annotations

from pathlib import Path


def make(root: Path) -> None:
    """Paste 60,000 characters in as one paragraph."""
    place = root / "source/leaflets/sample/en-GB.md"
    place.write_text(place.read_text("utf-8") + "\n" + "The scan is short. " * 3_200 + "\n", "utf-8")
