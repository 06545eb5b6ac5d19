"""What a laid-out document shows that no log tells: characters without a glyph, lost text, text outside its area."""

from __future__ import annotations

import html as html_text
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from leafletpress.diagnostics import Diagnostic
from leafletpress.model import Edition, Span

from ..shared.flavour import shown_pictures
from ..shared.fonts import missing_glyphs

_SVG_TEXT = re.compile(rb"<(?:\w+:)?(?:text|tspan)\b[^>]*>([^<]*)")
_TOLERANCE_PX = 0.75


def glyph_findings(edition: Edition, html: str, families: tuple[str, ...]) -> tuple[Diagnostic, ...]:
    """L501 for each character that none of the packaged fonts has, in the words and in SVG pictures."""
    text = re.sub(r"<[^>]*>", "", html)
    found = [_no_glyph(character, edition) for character in missing_glyphs(text, families)]
    for picture in shown_pictures(edition).values():
        if picture.media_type == "image/svg+xml":
            text = b" ".join(_SVG_TEXT.findall(picture.content)).decode("utf-8", "replace")
            found += [_no_glyph(c, edition, f" in {picture.path}") for c in missing_glyphs(text, families)]
    return tuple(found)


def _no_glyph(character: str, edition: Edition, place: str = "") -> Diagnostic:
    message = f"no font has the character '{character}' (U+{ord(character):04X}){place}"
    hint = "write it with other characters, or show it in a picture"
    return Diagnostic("L501", message, _span_of(character, edition), hint)


def _span_of(words: str, edition: Edition) -> Span:
    """The first line of the source that has the words; the whole file where none has them as they stand."""
    path = edition.leaflet.span.path or edition.leaflet.meta.span.path
    before, found, _ = edition.source_text.partition(words) if words else ("", "", "")
    line = before.count("\n") + 1 if found else 0
    return Span(path, line, line)


def lost_findings(html: str, document: Any) -> tuple[Diagnostic, ...]:
    """L503 where letters of the body are on no page: WeasyPrint can lose floats at column and page ends."""
    body = html_text.unescape(re.sub(r"<[^>]*>", " ", html[html.index("<body") :]))
    drawn = "".join(text for page in document.pages for text in _texts(page._page_box))  # noqa: SLF001  (as below)
    lost = Counter(body) - Counter(drawn)
    if not any(character.isalnum() for character in lost):
        return ()
    words = [word for word in dict.fromkeys(re.findall(r"\w+", body)) if word not in drawn][:5]
    message = f"the renderer lost text: {', '.join(words) or ''.join(sorted(lost))}"
    return (Diagnostic("L503", message, hint="shorten the text around these words, or report this as a fault"),)


def _texts(box: Any) -> Iterator[str]:
    box = getattr(box, "_box", box)
    if type(box).__name__ == "TextBox":
        yield str(box.text)
    for child in getattr(box, "children", ()):
        yield from _texts(child)


def area_findings(edition: Edition, document: Any) -> tuple[Diagnostic, ...]:
    """L503 for each piece of text that leaves the text area of its page."""
    found = []
    for number, page in enumerate(document.pages, start=1):
        box = page._page_box  # noqa: SLF001  (WeasyPrint tells positions nowhere else)
        area = (
            box.content_box_x(),
            box.content_box_y(),
            box.content_box_x() + box.width,
            box.content_box_y() + box.height,
        )
        for text in _outside(box, area):
            message = f"page {number}: '{text[:40]}' does not fit between the margins"
            hint = "shorten the word or the table, or give the table fewer columns"
            found.append(Diagnostic("L503", message, _span_of(text, edition), hint))
    return tuple(found)


def _outside(box: Any, area: tuple[float, float, float, float]) -> Iterator[str]:
    box = getattr(box, "_box", box)
    if type(box).__name__ == "MarginBox":
        return
    if type(box).__name__ == "TextBox":
        left, top, right, bottom = area
        x, y = box.position_x, box.position_y
        slack = _TOLERANCE_PX
        if x < left - slack or y < top - slack or x + box.width > right + slack or y + box.height > bottom + slack:
            yield str(box.text)
        return
    for child in getattr(box, "children", ()):
        yield from _outside(child, area)


def overflow_findings(edition: Edition, document: Any, most_pages: int, what: str) -> tuple[Diagnostic, ...]:
    """L510 where the text takes more than `most_pages`, called `what`: by how many lines, and where it runs over."""
    over = [line for page in document.pages[most_pages:] for line in _lines(page._page_box)]  # noqa: SLF001  (as above)
    if not over:
        return ()
    section = _section_of(over[0], document)
    begins = f", beginning in '{section}'" if section else ""
    lines = f"{len(over)} line{'' if len(over) == 1 else 's'}"
    message = f"the text is {lines} too long for {what}{begins}"
    hint = "shorten it, or take a variant that holds more; type is never made smaller to fit"
    return (Diagnostic("L510", message, _span_of(section, edition), hint),)


def _lines(box: Any) -> Iterator[Any]:
    """The lines of text below a box, margins apart."""
    box = getattr(box, "_box", box)
    if type(box).__name__ == "MarginBox":
        return
    if type(box).__name__ == "LineBox" and any(text.strip() for text in _texts(box)):
        yield box
        return
    for child in getattr(box, "children", ()):
        yield from _lines(child)


def _section_of(line: Any, document: Any) -> str:
    """The words of the heading that a line stands under; empty where it stands under none."""
    root = next(box.element for box in document.pages[0]._page_box.descendants() if box.element_tag == "html")  # noqa: SLF001
    parents = {child: parent for parent in root.iter() for child in parent}
    element = line.element
    while element is not None and element.tag != "section":
        element = parents.get(element)
    heading = None if element is None else next(iter(element), None)
    return "" if heading is None else " ".join("".join(heading.itertext()).split())
