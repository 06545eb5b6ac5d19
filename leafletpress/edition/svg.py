"""SVG: judges a drawing before any renderer sees it, and reads its size.

A drawing may draw and nothing else: no scripts, no animation, nothing from outside the file. What is allowed is what
needs no trust, so that three renderers and every e-reader show the same (EPUB 3.3, section 6.1.3; SVG 2, chapter 2,
"secure static mode").
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator

from lxml import etree

from leafletpress.edition.raster import Judged, Problem, judge_raster

SVG = "http://www.w3.org/2000/svg"
_XHTML = "http://www.w3.org/1999/xhtml"
_HREFS = frozenset({"href", "{http://www.w3.org/1999/xlink}href"})
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_MOST_ELEMENTS = 50_000

_ACTIVE = frozenset({"script", "handler", "listener"})
_MOVING = frozenset({"animate", "animateColor", "animateMotion", "animateTransform", "set", "discard"})
_FOREIGN = frozenset({"foreignObject", "iframe", "embed", "object", "audio", "video", "canvas"})
_PLAIN = "export the drawing again as plain SVG, without scripts, animation or linked files"

_URL = re.compile(r"url\s*\(\s*['\"]?\s*(.?)", re.IGNORECASE | re.DOTALL)
# Other ways CSS reaches outside or hides that it does: at-rules, escapes, functions that load.
_CSS = re.compile(r"@|\\|expression|javascript:|animation|(?:image|image-set|cross-fade|src)\s*\(", re.IGNORECASE)
_EMBEDDED = re.compile(r"data:image/(?:png|jpe?g);base64,([A-Za-z0-9+/=\s]+)\Z")
_ENCODING = re.compile(r"\s*<\?xml[^>]*?\bencoding\s*=\s*['\"]([^'\"]*)")
_NUMBERS = re.compile(r"[\s,]+")


def judge_svg(content: bytes) -> Judged | Problem:
    """The size of the view box, or the first problem."""
    root = _parse(content)
    if isinstance(root, Problem):
        return root
    if root.tag != f"{{{SVG}}}svg":
        return Problem("E312", "the file is XML but not SVG", f'its first element must be <svg xmlns="{SVG}">')
    return next(_problems(root), None) or _size(root)


def _parse(content: bytes) -> etree._Element | Problem:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Problem("E312", "the SVG is not UTF-8", "save it with the encoding UTF-8")
    encoding = _ENCODING.match(text)
    if encoding and encoding.group(1).lower() not in {"utf-8", "us-ascii"}:  # another one could hide what stands here
        return Problem("E312", f"the SVG says it is {encoding.group(1)}", "save it with the encoding UTF-8")
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        return Problem(
            "E313", "the SVG has a DOCTYPE", "delete everything from <!DOCTYPE to its closing > in a text editor"
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(text.encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        return Problem("E312", f"the SVG is not well-formed XML: {error!s}", _PLAIN)


def _problems(root: etree._Element) -> Iterator[Problem]:
    for count, node in enumerate(root.iter()):
        if count > _MOST_ELEMENTS:
            yield Problem("E312", f"the SVG has more than {_MOST_ELEMENTS} elements", "simplify it, or save it as PNG")
            return
        if isinstance(node, etree._ProcessingInstruction):  # noqa: SLF001 - lxml has no public name for the class
            yield Problem("E313", f"the SVG has a processing instruction <?{node.target!s}", _PLAIN)
        elif isinstance(node.tag, str):
            yield from _element(node)
    for node in (*root.itersiblings(preceding=True), *root.itersiblings()):
        if isinstance(node, etree._ProcessingInstruction):  # noqa: SLF001 - as above
            yield Problem("E313", f"the SVG has a processing instruction <?{node.target!s}", _PLAIN)


def _element(node: etree._Element) -> Iterator[Problem]:
    name = etree.QName(node)
    if name.namespace in (None, "", SVG, _XHTML):
        if name.localname in _ACTIVE:
            yield Problem("E313", f"the SVG has a script (<{name.localname}>)", _PLAIN)
        if name.localname in _MOVING:
            yield Problem("E313", f"the SVG moves (<{name.localname}>)", _PLAIN)
        if name.localname in _FOREIGN or name.namespace == _XHTML:
            yield Problem("E313", f"the SVG holds something that is not a drawing (<{name.localname}>)", _PLAIN)
        if name.localname == "style":
            yield from _style("".join(map(str, node.itertext())))
    for key, value in node.attrib.items():
        yield from _attribute(str(key), str(value), name.localname)


def _attribute(key: str, value: str, element: str) -> Iterator[Problem]:
    local = key.rpartition("}")[2]
    if local.lower().startswith("on"):
        yield Problem("E313", f"the SVG has an event handler ({local})", _PLAIN)
    elif key == _XML_BASE:
        yield Problem("E313", "the SVG has an xml:base", _PLAIN)
    elif key in _HREFS:
        yield from _reference(value.strip(), element)
    elif local == "style":
        yield from _style(value)
    elif _reaches_out(value) or ("\\" in value and "(" in value):  # a backslash could spell url( otherwise
        yield Problem("E313", f"the SVG takes something from outside: {local}='{value[:60]}'", _PLAIN)


def _reference(value: str, element: str) -> Iterator[Problem]:
    if value.startswith("#"):
        return
    embedded = _EMBEDDED.match(value) if element == "image" else None
    if embedded is None:
        yield Problem("E313", f"the SVG points outside itself: '{value[:60]}'", _PLAIN)
        return
    try:
        judged = judge_raster(base64.b64decode(embedded.group(1)))
    except binascii.Error:
        judged = Problem("E312", "it cannot be decoded", _PLAIN)
    if isinstance(judged, Problem):
        yield Problem(judged.code, f"a picture inside the SVG: {judged.message}", judged.hint)


def _style(css: str) -> Iterator[Problem]:
    found = _CSS.search(css)
    if found or _reaches_out(css):
        what = found.group().strip() if found else "url("
        yield Problem("E313", f"the SVG's style uses '{what}', which could reach outside or move", _PLAIN)


def _reaches_out(css: str) -> bool:
    """Whether a url() in `css` names anything but a part of the drawing itself."""
    return any(match.group(1) != "#" for match in _URL.finditer(css))


def _size(root: etree._Element) -> Judged | Problem:
    try:
        _, _, width, height = (float(part) for part in _NUMBERS.split(root.get("viewBox", "").strip()))
    except ValueError:
        hint = 'add one to <svg>, with the drawing\'s width and height: viewBox="0 0 600 400"'
        return Problem("E312", "the SVG has no viewBox, so it cannot be scaled", hint)
    if not (0 < width < 1e6 and 0 < height < 1e6):  # NaN and infinity fail too
        return Problem(
            "E312", "the SVG's viewBox has no area", "its third and fourth number are the width and the height"
        )
    return Judged("image/svg+xml", width, height)
