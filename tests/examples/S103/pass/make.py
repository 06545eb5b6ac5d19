from __future__ import annotations

from pathlib import Path


def make(root: Path) -> None:
    """Put a hyphen where the PDF had one."""
    place = root / "source/leaflets/sample/en-GB.md"
    place.write_text(place.read_text("utf-8").replace("X-ray", "X-ray"), "utf-8")
