"""Safe SVG: whether a drawing only draws."""

from __future__ import annotations

from lxml import etree

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
