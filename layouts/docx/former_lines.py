"""Former lines: what a leaflet of ours said in its heads and feet, taken out of a template that was made from it.

People make a template of what they like best. The old leaflet's version, its clinic and its draft mark must not be
printed on the pages of another.
"""

from __future__ import annotations

import re

from lxml import etree

from .markup import Element, add, clark, serialise

_BASE = re.compile(r"\u00b7 base [0-9a-f]{8}")
_MARKED = ("DraftMark",)
_DRAWN = tuple(clark(name) for name in ("w:drawing", "w:pict", "w:sdt", "w:fldChar", "w:t"))


def without_ours(sheet: bytes) -> bytes:
    """A header or footer part without the lines and controls that we once wrote; the rest stays as it is."""
    tree = etree.fromstring(sheet)
    changed = False
    for paragraph in list(tree.iter(clark("w:p"))):
        if _BASE.search("".join(one.text or "" for one in paragraph.iter(clark("w:t")))):
            changed |= _remove(paragraph)
            continue
        ours = _ours(paragraph)
        for element in ours:
            changed |= _remove(element)
        if ours and next(paragraph.iter(*_DRAWN), None) is None:
            _remove(paragraph)
    if not changed:
        return sheet
    if next(tree.iter(clark("w:p")), None) is None:
        add(tree, "w:p")  # a head or foot is never without a paragraph
    return serialise(tree)


def _ours(paragraph: Element) -> list[Element]:
    """Controls of ours, the words of the draft mark, and its watermark beside them."""
    found = [
        control
        for control in paragraph.iter(clark("w:sdt"))
        if any(tag.get(clark("w:val"), "").startswith("lf:") for tag in control.iter(clark("w:tag")))
    ]
    words = [run for run in paragraph.iter(clark("w:r")) if _style(run) in _MARKED]
    if words:
        found += words
        found += [run for run in paragraph.iter(clark("w:r")) if next(run.iter(clark("v:textpath")), None) is not None]
    return found


def _style(run: Element) -> str:
    named = run.find(f"{clark('w:rPr')}/{clark('w:rStyle')}")
    return "" if named is None else named.get(clark("w:val"), "")


def _remove(element: Element) -> bool:
    parent = element.getparent()
    if parent is None or (parent.tag == clark("w:tc") and len(parent.findall(clark("w:p"))) == 1):
        for child in [one for one in element if one.tag != clark("w:pPr")]:
            element.remove(child)  # a table's cell is never without a paragraph
        return True
    parent.remove(element)
    return True
