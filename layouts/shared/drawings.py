"""SVG pictures as pixels, with the packaged fonts alone, and what in one could run or reach outside."""

from __future__ import annotations

from functools import lru_cache

from lxml import etree

from leafletpress.theme import Theme

from .fonts import family

_BARRED = frozenset({"script", "foreignObject", "iframe", "audio", "video", "embed", "object", "handler"})
_OWN = ("#", "data:image/png;", "data:image/jpeg;")


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
    found = (_element_fault(element) for element in tree.iter() if isinstance(element.tag, str))
    return next(filter(None, found), "")


def _element_fault(element: etree._Element) -> str:
    name = etree.QName(element).localname
    if name in _BARRED:
        return f"holds the active element '{name}'"
    text = (element.text or "") if name == "style" else ""
    if "@import" in text or _reaches_out(text):
        return "has a style that reaches outside"
    for key, value in element.attrib.items():
        attribute, said = etree.QName(key).localname, str(value)
        if attribute.startswith("on"):
            return f"holds the script attribute '{attribute}'"
        leads_out = attribute in {"href", "src"} and name != "a" and not said.strip().startswith(_OWN)
        if leads_out or _reaches_out(said):
            return f"names a file or address outside itself: '{said[:60]}'"
    return ""


def _reaches_out(text: str) -> bool:
    """Whether a style value's url() leads out of the picture."""
    folded = text.lower().replace(" ", "")
    return any(not part.lstrip("'\"").startswith(_OWN) for part in folded.split("url(")[1:])


@lru_cache(maxsize=64)
def rasterise(svg: bytes, width_px: int, theme: Theme) -> bytes:
    """The SVG as a PNG of that width. The picture must have passed `svg_fault`; ValueError where it cannot be drawn."""
    from resvg_py import svg_to_bytes  # noqa: PLC0415 - a native library; only editions with drawings need it

    fonts = [
        str(file)
        for name in dict.fromkeys((theme.type.family, *theme.type.fallbacks))
        for file in family(name).files()
        if "Italic" not in file.name
    ]
    drawn: bytes = svg_to_bytes(
        svg_string=svg.decode("utf-8"),
        width=width_px,
        skip_system_fonts=True,
        font_files=fonts,
        font_family=theme.type.family,
        sans_serif_family=theme.type.family,
    )
    return drawn
