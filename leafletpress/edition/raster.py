"""Rasters: judges a PNG or JPEG by decoding it, so that no renderer meets a broken or boundless one."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

MAX_PIXELS = 40_000_000

_SAVE_AS = "save it as SVG (drawings), PNG (screens) or JPEG (photographs)"
_MEDIA_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg"}
_ORIENTATION = 0x0112  # Exif 2.3, table 4
_OTHERS: tuple[tuple[bytes, int, str], ...] = (
    (b"GIF8", 0, "GIF"),
    (b"WEBP", 8, "WebP"),
    (b"BM", 0, "BMP"),
    (b"II*\0", 0, "TIFF"),
    (b"MM\0*", 0, "TIFF"),
    (b"%PDF", 0, "PDF"),
    (b"ftypavif", 4, "AVIF"),
    (b"ftyphei", 4, "HEIC"),
    (b"ftypmif1", 4, "HEIC"),
    (b"\x1f\x8b", 0, "compressed SVG (SVGZ)"),
)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a picture is refused: code E312 or E313, what is wrong, how to mend it."""

    code: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A picture that may be used: its media type, and its size in CSS pixels (of an SVG: of its view box)."""

    media_type: str
    width_px: float
    height_px: float


@contextmanager
def _whole_pictures_only() -> Iterator[None]:
    """WeasyPrint tells Pillow, for the whole process, to fill in what a cut picture lacks; here that is a fault."""
    from PIL import ImageFile  # noqa: PLC0415 - as below

    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def judge_raster(content: bytes) -> Judged | Problem:
    """Media type and size of a whole, upright PNG or JPEG in grey or RGB; else why not."""
    if not content:
        return Problem("E312", "the file is empty", "save the picture again")
    for magic, place, name in _OTHERS:
        if content[place : place + len(magic)] == magic:
            return Problem("E312", f"the picture is {name}, which not every format can show", _SAVE_AS)
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - leaflets without rasters need not wait for it

    try:
        with warnings.catch_warnings(), _whole_pictures_only():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the limit below is lower
            image = Image.open(io.BytesIO(content), formats=tuple(_MEDIA_TYPES))
            refused = _refuse(image)
            if refused is None:
                image.load()  # every pixel
                Image.open(io.BytesIO(content), formats=tuple(_MEDIA_TYPES)).verify()  # and every checksum of a PNG
    except UnidentifiedImageError:
        return Problem("E312", "the file is no picture that can be used", _SAVE_AS)
    except Image.DecompressionBombError:  # Pillow's own limit, which is higher than ours
        limit = f"{MAX_PIXELS // 1_000_000} million"
        return Problem("E312", f"the picture has more than {limit} pixels", "save it smaller")
    except Exception:  # noqa: BLE001 - a decoder may raise anything on a broken file
        return Problem("E312", "the picture is damaged or cut short", "save it again from the original")
    return refused or Judged(_MEDIA_TYPES[str(image.format)], *map(float, image.size))


def _refuse(image: object) -> Problem | None:
    from PIL.Image import Image  # noqa: PLC0415 - as above

    assert isinstance(image, Image)
    width, height = image.size
    if width * height > MAX_PIXELS:
        limit = f"{MAX_PIXELS // 1_000_000} million"
        return Problem("E312", f"the picture has {width} x {height} pixels, more than {limit}", "save it smaller")
    if image.mode in {"CMYK", "YCCK", "LAB"}:
        return Problem(
            "E312", f"the picture's colours are {image.mode}", "save it in RGB: a PDF/A has one colour space"
        )
    if getattr(image, "n_frames", 1) > 1:
        return Problem("E312", "the picture is animated", "save one frame of it")
    if image.getexif().get(_ORIENTATION, 1) != 1:
        hint = "turn it in a picture program so that it stands upright, and save it"
        return Problem("E312", "the picture is stored sideways, and not every format turns it", hint)
    return None
