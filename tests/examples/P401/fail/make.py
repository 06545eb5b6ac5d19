from __future__ import annotations

from pathlib import Path


def make(root: Path) -> None:
    """Take the house's settings away: what is left is no project."""
    (root / "source/press.yaml").unlink()
