from __future__ import annotations

from pathlib import Path


def make(root: Path) -> None:
    """Fill the leaflet up to what a source may have."""
    place = root / "source/leaflets/sample/en-GB.md"
    content = place.read_bytes()
    place.write_bytes(content + b" " * (1_048_576 - len(content)))
