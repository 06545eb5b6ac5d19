from __future__ import annotations

from pathlib import Path


def make(root: Path) -> None:
    """Save the whole picture."""
    from PIL import Image

    place = root / "source/leaflets/sample/images/scan.png"
    Image.new("RGB", (60, 20), "#17324d").save(place)
