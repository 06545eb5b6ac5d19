"""The clinic's logo as pixels on white, for the cover."""

from __future__ import annotations

import io

from PIL import Image, UnidentifiedImageError

from leafletpress.diagnostics import Diagnostic, LayoutError
from leafletpress.model import Picture
from leafletpress.theme import Theme

from ..shared.drawings import rasterise, svg_fault


def logo_picture(logo: Picture, room: tuple[int, int], theme: Theme) -> Image.Image:
    """The logo as RGB, as large as the room lets it be; a PNG is not made larger than three times its size.

    LayoutError (L505) where it cannot be drawn.
    """
    width, height = room
    scale = min(width / logo.width_px, height / logo.height_px)
    if logo.media_type != "image/svg+xml":
        scale = min(scale, 3)
    size = max(1, round(logo.width_px * scale)), max(1, round(logo.height_px * scale))
    try:
        drawn = Image.open(io.BytesIO(_pixels(logo, size[0], theme)))
        image = drawn.convert("RGBA").resize(size, Image.Resampling.LANCZOS)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise _refused(logo, f"cannot be drawn ({error})") from error
    paper = Image.new("RGB", size, theme.colours.paper)
    paper.paste(image, mask=image.getchannel("A"))
    return paper


def _pixels(logo: Picture, width_px: int, theme: Theme) -> bytes:
    if logo.media_type != "image/svg+xml":
        return logo.content
    if fault := svg_fault(logo.content):
        raise _refused(logo, fault)
    return rasterise(logo.content, width_px, theme)


def _refused(logo: Picture, why: str) -> LayoutError:
    return LayoutError((Diagnostic("L505", f"the logo {logo.path} {why}", logo.span),))
