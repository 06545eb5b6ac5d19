"""Mends WeasyPrint 70's tag tree through its private interface: the one file that touches it.

Nothing here can be had by a public option, and a pass over the finished file cannot tell which element a tag came from.
What it adds (PDF 1.7, ISO 32000-1, 14.7-14.9; PDF/UA-1, ISO 14289-1, 7):

- running feet are artifacts, not content (7.8)
- /Lang on elements in another language (7.2)
- /Scope on TH (7.5)
- /ListNumbering on L; a definition is LI with Lbl and LBody; blocks inside LI stand in LBody (14.8.4.3.3)
- a figure is one Figure with its Caption, and its BBox is in points from the page's lower left (14.8.5.4.3)
- /ActualText on right-to-left text, which is drawn in visual order (14.9.4)
- a link has one annotation, whose Contents is what the link says, and links print (7.18.5)
- a contents list is TOC > TOCI (14.8.4.2)
- an element that crosses a page is one element (14.7.2), and a header repeated there is an artifact (14.8.2.2)
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

import pydyf
import weasyprint
from weasyprint import document as weasy_document
from weasyprint import draw, pdf
from weasyprint.formatting_structure import boxes
from weasyprint.pdf import tags as weasy_tags
from weasyprint.pdf.stream import Stream

from leafletpress.diagnostics import Diagnostic, LeafletPressError

from .form_fields import add_fields
from .structure import (
    children,
    join,
    mend_contents,
    mend_definitions,
    mend_figure,
    to_points,
    unwrap,
    wrap_bodies,
)

_VERSION = "70.0"
_NUMBERING = {
    "disc": "Disc",
    "circle": "Circle",
    "square": "Square",
    "decimal": "Decimal",
    "lower-alpha": "LowerAlpha",
    "none": "None",
}
_SCOPES = {"row": "Row", "col": "Column"}


def install() -> None:
    """Put the mended functions in place of WeasyPrint's; once a process, before the first render."""
    if weasyprint.__version__ != _VERSION:
        message = f"WeasyPrint {weasyprint.__version__} is installed, and the PDF layout is made for {_VERSION}"
        raise LeafletPressError(Diagnostic("P402", message, hint=f"install weasyprint=={_VERSION}"), 3)
    if weasy_tags._build_box_tree is not _build_box_tree:  # noqa: SLF001  (the private interface this file is for)
        weasy_tags._build_box_tree = _build_box_tree  # noqa: SLF001
        draw.draw_stacking_context = _draw_stacking_context
        pdf.add_tags = _add_tags
        Stream.marked = _marked
        weasy_document.gather_anchors = _gather_anchors


_original_build = weasy_tags._build_box_tree  # noqa: SLF001
_original_draw = draw.draw_stacking_context
_original_add_tags = weasy_tags.add_tags
_original_marked = Stream.marked
_original_gather = weasy_document.gather_anchors


def _gather_anchors(box: Any, anchors: Any, links: list[Any], *rest: Any) -> None:
    """One annotation for a link, none for the words marked up inside it, which would lie outside its tag."""
    _original_gather(box, anchors, links, *rest)
    links[:] = [link for link in links if link[3].link]


def mark_artifacts(document: Any) -> None:
    """Note what is drawn and not read: table headers that a later page repeats, pictures that are decoration."""
    seen: set[int] = set()
    for page in document.pages:
        for box in page._page_box.descendants():  # noqa: SLF001
            if isinstance(box, boxes.ReplacedBox) and box.element.get("alt") == "":
                box.unread = True
            elif isinstance(box, boxes.TableRowGroupBox) and box.is_header:
                if id(box.element) in seen:
                    _note_repeated(box)
                seen.add(id(box.element))


def _note_repeated(group: Any) -> None:
    for box in (group, *group.descendants()):
        box.unread = True
        if isinstance(box, boxes.TableCellBox):
            # WeasyPrint writes the ids of header cells here, whether they are in the tree or not.
            box.mark = pydyf.Dictionary({"A": pydyf.Dictionary()})


def _marked(stream: Any, box: Any, tag: str) -> Any:
    """Mark content as WeasyPrint does, but what is not read as an artifact."""
    return stream.artifact() if getattr(box, "unread", False) else _original_marked(stream, box, tag)


def _draw_stacking_context(stream: Any, context: Any) -> None:
    """Draw margin boxes as pagination artifacts."""
    if not isinstance(context.box, boxes.MarginBox) or stream._tags is None:  # noqa: SLF001
        _original_draw(stream, context)
        return
    kept, stream._tags = stream._tags, None  # noqa: SLF001
    side = "Header" if context.box.at_keyword.startswith("@top") else "Footer"
    artifact = pydyf.Dictionary({"Type": "/Pagination", "Subtype": f"/{side}"})
    stream.begin_marked_content("Artifact", artifact)
    try:
        _original_draw(stream, context)
    finally:
        stream.end_marked_content()
        stream._tags = kept  # noqa: SLF001


def _is_rtl(text: str) -> bool:
    return any(unicodedata.bidirectional(character) in {"R", "AL"} for character in text)


def _build_box_tree(  # noqa: PLR0913, PLR0917  (WeasyPrint's signature)
    box: Any, parent: Any, document: Any, page_number: int, nums: Any, annotations: Any, tags: Any
) -> Iterator[Any]:
    """Build as WeasyPrint does, mend each element, and drop what only feeds the margins."""
    if isinstance(box, boxes.MarginBox) or getattr(box, "unread", False):
        return
    real = getattr(box, "_box", box)
    transparent = isinstance(real, boxes.PageBox) or real.element_tag in ("html", "body")
    spoken = {tags[child]["mcid"]: child.text for child in _own_text(real) if _is_rtl(child.text)}
    for element in _original_build(box, parent, document, page_number, nums, annotations, tags):
        if not transparent and real.element is not None:
            _mend(real, element, document, page_number)
        _say(spoken, element, document)
        yield element


def _own_text(box: Any) -> Iterator[Any]:
    """The text boxes that stand directly in a box or in its lines."""
    for child in getattr(box, "children", ()):
        if isinstance(child, boxes.LineBox):
            yield from _own_text(child)
        elif isinstance(child, boxes.TextBox):
            yield child


def _say(spoken: dict[int, str], element: Any, document: Any) -> None:
    """Give right-to-left text, by the number of its marked content, to the tag that holds it."""
    for child in children(element, document) if spoken else ():
        if len(child["K"]) == 1 and child["K"][0] in spoken:
            child["ActualText"] = pydyf.String(spoken[child["K"][0]])
    direct = [spoken[kid] for kid in element["K"] if kid in spoken]
    if direct:
        element["ActualText"] = pydyf.String("".join(direct))


def _mend(box: Any, element: Any, document: Any, page_number: int) -> None:
    html, kind = box.element, str(element["S"])
    generated = "::" in (box.element_tag or "")
    if (lang := html.attrib.get("lang")) and not generated:
        element["Lang"] = pydyf.String(lang)
    if kind == "/L":
        _mend_list(box, element, document)
    elif kind == "/LI":
        wrap_bodies(element, document)
    elif kind == "/TH" and box.element_tag == "th":
        element["A"]["Scope"] = f"/{_SCOPES.get(html.attrib.get('scope', 'col'), 'Column')}"
    elif kind == "/Figure":
        element["page"] = page_number
    elif box.element_tag == "figure":
        mend_figure(element, document)
    elif box.element_tag == "nav":
        mend_contents(element, document)
    if box.link_annotation:
        if words := " ".join(_text(box).split()):
            box.link_annotation["Contents"] = pydyf.String(words)
        box.link_annotation["F"] = 4
    # Whose tag this is, so that the parts of an element on several pages can be made one; taken out again at the end.
    if not generated:
        element["source"] = (id(html), box.element_tag, kind)


def _text(box: Any) -> str:
    if isinstance(box, boxes.TextBox):
        return str(box.text)
    return "".join(_text(child) for child in getattr(box, "children", ()))


def _mend_list(box: Any, element: Any, document: Any) -> None:
    for child in children(element, document):
        # A list set in columns comes as one box for each column in a box of the same element.
        if child["S"] == "/L" and child.get("source", (None,))[0] == id(box.element):
            unwrap(child, element, document)
    if box.element_tag == "dl":
        mend_definitions(element, document)
        return
    item = next((child for child in box.descendants() if child.element_tag == "li"), box)
    style = item.style["list_style_type"]
    fallback = "Disc" if box.element_tag == "ul" else "Decimal"
    numbering = _NUMBERING.get(style, fallback) if isinstance(style, str) else fallback
    element["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": f"/{numbering}"})


def _add_tags(document_pdf: Any, document: Any, version: Any, page_streams: Any) -> None:
    add_fields(document_pdf, document)
    _original_add_tags(document_pdf, document, version, page_streams)
    lang = document.metadata.lang
    firsts: dict[Any, Any] = {}
    for element in [item for item in document_pdf.objects if isinstance(item, dict) and "S" in item]:
        if (number := element.pop("page", None)) is not None:
            to_points(element, document.pages[number].height)
        if element.get("Lang") is not None and element["Lang"].string == lang:
            del element["Lang"]
        source = element.pop("source", None)
        if source is None:
            continue
        first = firsts.setdefault(source, element)
        if first is not element and first.get("Pg") != element.get("Pg"):
            join(first, element, document_pdf)
