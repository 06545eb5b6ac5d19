from __future__ import annotations

from pathlib import Path


def make(root: Path) -> None:
    """Let the leaflet be a link to a file outside the project."""
    place = root / "source/leaflets/sample/en-GB.md"
    outside = place.rename(root.parent / "elsewhere.md")
    place.symlink_to(outside)
