"""Pictures: PNG and JPEG as they are; an SVG as itself, with a PNG for programs that cannot draw it."""

from __future__ import annotations

from lxml import etree

from leafletpress.model import Figure, Picture

from ..shared.drawings import rasterise, svg_fault
from .carried import Media
from .composition import Composition
from .grid import EMU_PER_TWIP, from_mm
from .leaves import leaf, properties
from .markup import NAMESPACES, Element, add, clark, put

_SUFFIXES = {"image/png": "png", "image/jpeg": "jpeg", "image/svg+xml": "svg"}
_LOGO_HEIGHT, _LOGO_WIDTH = from_mm(13), from_mm(70)
_PIXELS_PER_TWIP = 220 / 1440  # 220 dots an inch: sharp on an office printer
# Where DrawingML keeps what Office 2013 and later know (MS-ODRAWXML 2.2.1.2, the svgBlip element).
_SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_DECORATION = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"


def set_figure(to: Composition, block: Figure) -> None:
    """A picture in its own paragraph, with its description, and its caption below."""
    try:
        picture = to.edition.picture(block.picture)
    except KeyError:
        to.refuse(f"the picture '{block.picture}' is not in the edition", block.span)
        return
    if fault := picture_fault(picture):
        to.refuse(f"the picture '{block.picture}' {fault}", block.span, "use a PNG, a JPEG or an SVG that only draws")
        return
    paragraph = to.paragraph(to.body, "Figure")
    number = to.mark(paragraph)
    _drawing(to, add(paragraph, "w:r"), picture, _figure_size(to, block, picture), block.alt)
    to.close(paragraph, number)
    if block.caption:
        leaf(to, "Figure Caption", block.caption)
    else:
        # The style keeps a picture with its caption; without one it must not drag the next block along.
        put(properties(paragraph), "w:keepNext", val=0)


def picture_fault(picture: Picture) -> str:
    """Why a picture cannot stand in a DOCX, in words; empty where it can."""
    if picture.media_type not in _SUFFIXES:
        return f"is of the type {picture.media_type}, which a DOCX cannot hold"
    return svg_fault(picture.content) if picture.media_type == "image/svg+xml" else ""


def set_logo(to: Composition, paragraph: Element, logo: Picture) -> int:
    """The clinic's logo in a line of its name, and how wide it is in twips; nothing where it cannot be drawn."""
    if fault := picture_fault(logo):
        to.refuse(f"the clinic's logo {fault}", logo.span, "use a PNG, a JPEG or an SVG that only draws")
        return 0
    height = min(_LOGO_HEIGHT, _LOGO_WIDTH * logo.height_px / logo.width_px)
    width = height * logo.width_px / logo.height_px
    _drawing(to, add(paragraph, "w:r"), logo, (width, height), None)
    return round(width)


def _figure_size(to: Composition, block: Figure, picture: Picture) -> tuple[float, float]:
    """Width and height in twips: the share of the column that the writer asked for, and never more than a page."""
    width = to.grid.column_width * block.width_percent / 100
    height = width * picture.height_px / picture.width_px
    tallest = to.grid.tallest
    return (width, height) if height <= tallest else (width * tallest / height, tallest)


def _drawing(
    to: Composition, run: Element, picture: Picture, size: tuple[float, float], description: str | None
) -> None:
    """A picture of a size in twips, with its description; without one it is decoration."""
    cx, cy = (round(twips) * EMU_PER_TWIP for twips in size)
    number = to.drawing_id()
    inline = add(add(run, "w:drawing"), "wp:inline", distT=0, distB=0, distL=0, distR=0)
    add(inline, "wp:extent", cx=cx, cy=cy)
    described = add(inline, "wp:docPr", id=number, name=f"Picture {number}", descr=description or "")
    if description is None:
        # Word and screen readers pass over it (MS-ODRAWXML 2.2.1.3, decorative).
        extension = add(add(described, "a:extLst"), "a:ext", uri=_DECORATION)
        etree.SubElement(extension, clark("adec:decorative"), {"val": "1"}, nsmap={"adec": NAMESPACES["adec"]})
    add(add(inline, "wp:cNvGraphicFramePr"), "a:graphicFrameLocks", noChangeAspect=1)
    graphic = add(add(inline, "a:graphic"), "a:graphicData", uri=NAMESPACES["pic"])
    drawn = add(graphic, "pic:pic")
    names = add(drawn, "pic:nvPicPr")
    add(names, "pic:cNvPr", id=number, name=f"Picture {number}", descr=description or "")
    add(names, "pic:cNvPicPr")
    fill = add(drawn, "pic:blipFill")
    _blip(to, fill, picture, round(size[0] * _PIXELS_PER_TWIP))
    add(add(fill, "a:stretch"), "a:fillRect")
    shape = add(drawn, "pic:spPr")
    transform = add(shape, "a:xfrm")
    add(transform, "a:off", x=0, y=0)
    add(transform, "a:ext", cx=cx, cy=cy)
    add(add(shape, "a:prstGeom", prst="rect"), "a:avLst")


def _blip(to: Composition, fill: Element, picture: Picture, width_px: int) -> None:
    if picture.media_type != "image/svg+xml":
        add(fill, "a:blip", r_embed=_media(to, picture.path, picture.content, _SUFFIXES[picture.media_type]))
        return
    png = rasterise(picture.content, width_px, to.theme)
    blip = add(fill, "a:blip", r_embed=_media(to, f"{picture.path}@{width_px}", png, "png"))
    extension = add(add(blip, "a:extLst"), "a:ext", uri=_SVG_EXTENSION)
    add(extension, "asvg:svgBlip", r_embed=_media(to, picture.path, picture.content, "svg"))


def _media(to: Composition, key: str, content: bytes, suffix: str) -> str:
    """The relationship to a picture's part; the same picture is carried once."""
    if key not in to.media:
        to.media[key] = Media(f"media/image{len(to.media) + 1}.{suffix}", content)
    return to.relations.to("image", to.media[key].name)
