"""Pictures in inks: RGB through the profile, grey on the black plate, photographs kept as photographs."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Name

from .colour_spaces import Space, read_space
from .colours import INKS, Inks
from .saving import copied, refusal

_DROPPED = ("/Interpolate", "/Intent", "/Alternates", "/OPI", "/Metadata", "/StructParent", "/OC")
_QUALITY = 95  # above the quality of what comes in, so that a second lossy step does not show


@dataclass(frozen=True, slots=True)
class Printed:
    """A picture for the press and the inks it needs."""

    stream: Any
    inks: frozenset[str]


def printed_picture(pdf: pikepdf.Pdf, picture: Any, resources: Any, inks: Inks) -> Printed:
    """An image XObject (ISO 32000-1, 8.9.5) with DeviceGray or DeviceCMYK. Stencils and soft masks stay as they are.

    LayoutError L505 where its colours or its form cannot be turned: colour keys, mattes, 16 bits, spot colours.
    """
    if picture.get("/ImageMask", False):
        return Printed(_plain(copied(pdf, picture)), frozenset())
    space = read_space(picture["/ColorSpace"], resources)
    if isinstance(picture.get("/Mask"), Array) or "/Matte" in picture.get("/SMask", {}):
        raise refusal("a picture is cut out by a colour key or set against a matte")
    if space.kind == "cmyk":
        made = _plain(copied(pdf, picture))
        made["/ColorSpace"] = Name("/DeviceCMYK")
        return Printed(made, frozenset(INKS))
    if space.kind == "grey" and int(picture.get("/BitsPerComponent", 8)) == 1:
        made = _plain(copied(pdf, picture))
        made["/ColorSpace"] = Name("/DeviceGray")
        return Printed(made, frozenset({"Black"}))
    return _converted(pdf, picture, space, inks)


def _plain(picture: Any) -> Any:
    for key in _DROPPED:
        if key in picture:
            del picture[key]
    return picture


def _converted(pdf: pikepdf.Pdf, picture: Any, space: Space, inks: Inks) -> Printed:
    image = _pixels(pdf, picture)
    if image.mode != "L" and not _is_grey(image):
        image = inks.picture(image.convert("RGB"), space.profile)
    else:
        image = image.convert("L").point(inks.grey_table)
    made = _plain(copied(pdf, picture))
    for key in ("/Decode", "/DecodeParms", "/Filter"):
        if key in made:
            del made[key]
    made["/ColorSpace"] = Name("/DeviceGray" if image.mode == "L" else "/DeviceCMYK")
    made["/BitsPerComponent"] = 8
    if "/DCTDecode" in _filters(picture):
        _write_photograph(made, image)
    else:
        made.write(image.tobytes())
    return Printed(made, _inks_in(image))


def _filters(picture: Any) -> tuple[str, ...]:
    found = picture.get("/Filter")
    return tuple(str(item) for item in found) if isinstance(found, Array) else (str(found),)


def _pixels(pdf: pikepdf.Pdf, picture: Any) -> Any:
    """Its pixels as Pillow sees them, L or RGB, without its masks, which stay as they are."""
    bare = copied(pdf, picture)
    for key in ("/SMask", "/Mask"):
        if key in bare:
            del bare[key]
    try:
        image = pikepdf.PdfImage(bare).as_pil_image()
    except Exception as error:
        raise refusal(f"a picture cannot be read: {error}") from error
    if image.mode in {"1", "P"}:
        return image.convert("RGB")
    if image.mode not in {"L", "RGB"}:
        raise refusal(f"a picture has the colours {image.mode}, which cannot be turned into process inks")
    return image


def _is_grey(image: Any) -> bool:
    """Whether red, green and blue differ by 2 of 255 at most, anywhere."""
    from PIL import ImageChops  # noqa: PLC0415  (only print shops need it)

    red, green, blue = image.split()
    return all(
        max(ImageChops.difference(one, other).histogram()[3:]) == 0
        for one, other in ((red, green), (green, blue), (red, blue))
    )


def _inks_in(image: Any) -> frozenset[str]:
    if image.mode == "L":
        return frozenset({"Black"} if image.getextrema()[0] < 255 else ())
    return frozenset(ink for ink, (_, most) in zip(INKS, image.getextrema(), strict=True) if most)


def _write_photograph(made: Any, image: Any) -> None:
    """As JPEG. Its CMYK is written upside down, as programs for print have always done, and /Decode says so."""
    target = BytesIO()
    image.save(target, "JPEG", quality=_QUALITY, subsampling=0)
    made.write(target.getvalue(), filter=Name("/DCTDecode"))
    if image.mode == "CMYK":
        made["/Decode"] = Array([1, 0, 1, 0, 1, 0, 1, 0])
