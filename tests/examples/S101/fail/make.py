from __future__ import annotations

from pathlib import Path


def make(root: Path) -> None:
    """Save the leaflet as Windows programs of old do: the pound sign is one byte."""
    place = root / "source/leaflets/sample/en-GB.md"
    place.write_bytes(place.read_text("utf-8").replace("Call", "For £5 call").encode("cp1252"))
