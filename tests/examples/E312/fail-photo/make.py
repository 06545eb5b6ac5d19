from __future__ import annotations

from pathlib import Path


def make(root: Path) -> None:
    """Save a photograph of which half has been lost on the way; the PDF's renderer would fill it in."""
    import io

    from PIL import Image

    photo = io.BytesIO()
    Image.radial_gradient("L").save(photo, "JPEG")
    place = root / "source/leaflets/sample/images/scan.jpg"
    place.write_bytes(photo.getvalue()[: photo.tell() // 2])
