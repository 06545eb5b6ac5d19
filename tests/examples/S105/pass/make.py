from __future__ import annotations

from pathlib import Path


def make(root: Path) -> None:
    """Let the leaflet be a link to a file inside the project."""
    place = root / "source/leaflets/sample/en-GB.md"
    inside = place.rename(root / "source/elsewhere.md")
    place.symlink_to(inside)
