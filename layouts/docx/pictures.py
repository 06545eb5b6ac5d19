"""Pictures: PNG and JPEG as they are; an SVG as itself, with a PNG for programs that cannot draw it."""

from __future__ import annotations

from functools import lru_cache

from lxml import etree

from leafletpress.model import Figure, Picture
from leafletpress.theme import Theme

from ..shared.fonts import family
from .composition import Composition, Media
from .grid import EMU_PER_TWIP, from_mm
from .leaves import leaf, properties
from .markup import NAMESPACES, Element, add, put

_SUFFIXES = {"image/png": "png", "image/jpeg": "jpeg", "image/svg+xml": "svg"}
_TALLEST = from_mm(190)
_PIXELS_PER_TWIP = 220 / 1440  # 220 dots an inch: sharp on an office printer
# Where DrawingML keeps what Office 2013 and later know (MS-ODRAWXML 2.2.1.2, the svgBlip element).
_SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_BARRED = frozenset({"script", "foreignObject", "iframe", "audio", "video", "embed", "object", "handler"})
_OWN = ("#", "data:image/png;", "data:image/jpeg;")


def set_figure(to: Composition, block: Figure) -> None:
    """A picture in its own paragraph, with its description, and its caption below."""
    try:
        picture = to.edition.picture(block.picture)
    except KeyError:
        to.refuse(f"the picture '{block.picture}' is not in the edition", block.span)
        return
    if picture.media_type not in _SUFFIXES:
        known = ", ".join(sorted(_SUFFIXES))
        to.refuse(f"a picture of the type {picture.media_type} cannot stand in a DOCX", block.span, f"use {known}")
        return
    if picture.media_type == "image/svg+xml" and (fault := svg_fault(picture.content)):
        to.refuse(f"the picture '{block.picture}' {fault}", block.span, "a picture may only draw")
        return
    paragraph = to.paragraph(to.body, "Figure")
    number = to.mark(paragraph)
    _drawing(to, add(paragraph, "w:r"), block, picture)
    to.close(paragraph, number)
    if block.caption:
        leaf(to, "Figure Caption", block.caption)
    else:
        # The style keeps a picture with its caption; without one it must not drag the next block along.
        put(properties(paragraph), "w:keepNext", val=0)


def svg_fault(content: bytes) -> str:
    """What in an SVG could run or reach outside, in words; empty where it only draws.

    The resolver has judged the picture already. Here again, because the renderer would open files that it names.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        tree = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        return "is not well-formed SVG"
    if tree.getroottree().docinfo.internalDTD is not None:
        return "has a document type declaration"
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        name = etree.QName(element).localname
        if name in _BARRED:
            return f"holds the active element '{name}'"
        text = element.text or "" if name == "style" else ""
        if "@import" in text or _reaches_out(text):
            return "has a style that reaches outside"
        for key, value in element.attrib.items():
            attribute, said = etree.QName(key).localname, str(value)
            if attribute.startswith("on"):
                return f"holds the script attribute '{attribute}'"
            if attribute in {"href", "src"} and name != "a" and not said.strip().startswith(_OWN):
                return f"names a file or address outside itself: '{said[:60]}'"
            if _reaches_out(said):
                return "names a file or address outside itself"
    return ""


def _reaches_out(text: str) -> bool:
    """Whether a style value's url() leads out of the picture."""
    folded = text.lower().replace(" ", "")
    return any(not part.lstrip("'\"").startswith(_OWN) for part in folded.split("url(")[1:])


@lru_cache(maxsize=64)
def rasterise(svg: bytes, width_px: int, theme: Theme) -> bytes:
    """The SVG as a PNG of that width, with the packaged fonts alone. The picture must have passed `svg_fault`."""
    from resvg_py import svg_to_bytes  # noqa: PLC0415  (a native library; only leaflets with drawings need it)

    fonts = [
        str(file)
        for name in (theme.type.family, *theme.type.fallbacks)
        for file in family(name).files()
        if "Italic" not in file.name
    ]
    return svg_to_bytes(
        svg_string=svg.decode("utf-8"),
        width=width_px,
        skip_system_fonts=True,
        font_files=fonts,
        font_family=theme.type.family,
        sans_serif_family=theme.type.family,
    )


def _drawing(to: Composition, run: Element, block: Figure, picture: Picture) -> None:
    width = to.grid.column_width * block.width_percent / 100
    height = width * picture.height_px / picture.width_px
    if height > _TALLEST:
        width, height = width * _TALLEST / height, _TALLEST
    cx, cy = round(width) * EMU_PER_TWIP, round(height) * EMU_PER_TWIP
    number = to.drawing_id()
    inline = add(add(run, "w:drawing"), "wp:inline", distT=0, distB=0, distL=0, distR=0)
    add(inline, "wp:extent", cx=cx, cy=cy)
    add(inline, "wp:docPr", id=number, name=f"Picture {number}", descr=block.alt)
    add(add(inline, "wp:cNvGraphicFramePr"), "a:graphicFrameLocks", noChangeAspect=1)
    graphic = add(add(inline, "a:graphic"), "a:graphicData", uri=NAMESPACES["pic"])
    drawn = add(graphic, "pic:pic")
    names = add(drawn, "pic:nvPicPr")
    add(names, "pic:cNvPr", id=number, name=f"Picture {number}", descr=block.alt)
    add(names, "pic:cNvPicPr")
    fill = add(drawn, "pic:blipFill")
    _blip(to, fill, picture, round(width * _PIXELS_PER_TWIP))
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
