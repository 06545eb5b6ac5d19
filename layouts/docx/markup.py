"""Markup: the vocabularies a DOCX is written in, and elements made in one line."""

from __future__ import annotations

from functools import cache
from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element  # noqa: SLF001  (the stubs give the class no public name)

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "xml": "http://www.w3.org/XML/1998/namespace",
    "ct": "http://schemas.openxmlformats.org/package/2006/content-types",
    "rel": "http://schemas.openxmlformats.org/package/2006/relationships",
    "ds": "http://schemas.openxmlformats.org/officeDocument/2006/customXml",
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "ep": "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
    "op": "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
    "vt": "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes",
}
# WordprocessingML qualifies its attributes; the other vocabularies leave them bare.
_QUALIFIED = frozenset({"w", "w14"})
# Children of w:pPr stand in this order (ISO/IEC 29500-1, CT_PPrBase); Word refuses a file where they do not.
_PARAGRAPH_ORDER = (
    *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr"),
    *("suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct"),
    *("topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind"),
    *("contextualSpacing", "mirrorIndents", "suppressOverlap", "jc", "textDirection", "textAlignment"),
    *("textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr", "pPrChange"),
)


@cache
def clark(name: str) -> str:
    """`w:p` in lxml's form, `{namespace}p`; a bare name stays bare."""
    prefix, colon, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if colon else name


@cache
def _attribute(tag: str, key: str) -> str:
    """An attribute's name: `r_id` is r:id, `type_` is type, and a bare key takes the prefix its vocabulary wants."""
    prefix, underscore, local = key.partition("_")
    if underscore and local:
        return clark(f"{prefix}:{local}")
    tag_prefix = tag.partition(":")[0]
    return clark(f"{tag_prefix}:{prefix}") if tag_prefix in _QUALIFIED else prefix


def root(tag: str, *prefixes: str, default: str = "") -> Element:
    """A document element that declares its own prefix and `prefixes`; `default` is the one written without prefix."""
    own = tag.partition(":")[0]
    declared: dict[str | None, str] = {
        None if prefix == default else prefix: NAMESPACES[prefix] for prefix in (own, *prefixes)
    }
    return etree.Element(clark(tag), nsmap=declared)  # type: ignore[arg-type]  # the stubs know no default namespace


def add(parent: Element, tag: str, text: str | None = None, /, **attributes: str | int) -> Element:
    """A new last child of `parent`."""
    names = {_attribute(tag, key): str(value) for key, value in attributes.items()}
    child = etree.SubElement(parent, clark(tag), names)
    if text is not None:
        child.text = text
    return child


def put(properties: Element, tag: str, **attributes: str | int) -> Element:
    """A child of a w:pPr at the place its schema gives it, instead of one that stood there."""
    for old in properties.findall(clark(tag)):
        properties.remove(old)
    child = add(properties, tag, **attributes)
    rank = _PARAGRAPH_ORDER.index(tag.partition(":")[2])
    later = _PARAGRAPH_ORDER[rank + 1 :]
    for index, sibling in enumerate(properties):
        if sibling is not child and etree.QName(sibling).localname in later:
            properties.insert(index, child)
            break
    return child


def serialise(element: Element) -> bytes:
    """The element as a whole part: declaration, UTF-8, standalone as Office writes it."""
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)
