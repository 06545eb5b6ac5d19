"""House section: the page of a house's template, with our lines added to its heads and feet.

Its heads and feet stay as they are. Below each foot stands what every page of a leaflet has to say: title, reference,
version, page, base; a page without its version is not allowed. Below each head stands that a draft is one.
"""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from .carried import Sheet
from .composition import Composition
from .feet import HEAD, add_draft_line, add_foot_line, head
from .house import House
from .markup import Element, add, clark, root, serialise


def house_sheets(to: Composition, house: House, base: str) -> tuple[Sheet, ...]:
    """The heads and feet of each kind of page; the house's with our lines, and ours where it has none at all."""
    for media in house.media.values():
        to.media[f"house:{media.name}"] = media
    heads = [_head(to, house, use) for use in house.uses]
    return (*(one for one in heads if one), *(_foot(to, house, use, base) for use in house.uses))


def house_setup(to: Composition, house: House, section: Element) -> None:
    """Page size, margins, borders, and whether the first page differs (17.6.17, sectPr)."""
    section.extend(deepcopy(list(house.section)))
    if "first" in house.uses:
        add(section, "w:titlePg")
    if to.rtl:
        add(section, "w:bidi")


def _head(to: Composition, house: House, use: str) -> Sheet | None:
    theirs = house.sheets.get(("header", use))
    if theirs is None and not any(kind == "header" for kind, _ in house.sheets):
        return Sheet("header", use, head(to, first=use == "first", style=HEAD))
    if not to.edition.notice:
        return _fresh(to, theirs) if theirs else None
    part = _tree(to, theirs, "w:hdr")
    add_draft_line(to, part)
    return Sheet("header", use, serialise(part), theirs.relations if theirs else b"")


def _foot(to: Composition, house: House, use: str, base: str) -> Sheet:
    theirs = house.sheets.get(("footer", use))
    part = _tree(to, theirs, "w:ftr")
    add_foot_line(to, part, base)
    return Sheet("footer", use, serialise(part), theirs.relations if theirs else b"")


def _fresh(to: Composition, sheet: Sheet) -> Sheet:
    return Sheet(sheet.kind, sheet.use, serialise(_tree(to, sheet, "")), sheet.relations)


def _tree(to: Composition, sheet: Sheet | None, tag: str) -> Element:
    """A head or foot of the house with ids that nothing else in the document has; an empty one where it has none."""
    if sheet is None:
        return root(tag, "r")
    tree = etree.fromstring(sheet.content)
    for drawing in tree.iter(clark("wp:docPr")):
        drawing.set("id", str(to.drawing_id()))
    for properties in tree.iter(clark("w:sdtPr")):
        for number in properties.findall(clark("w:id")):
            number.set(clark("w:val"), str(to.control_id()))
    marks: dict[str, str] = {}
    for mark in tree.iter(clark("w:bookmarkStart"), clark("w:bookmarkEnd")):
        old = mark.get(clark("w:id"), "")
        mark.set(clark("w:id"), marks.setdefault(old, str(to.bookmark_id())))
    return tree
