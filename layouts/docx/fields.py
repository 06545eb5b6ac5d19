"""Fields: what a word processor works out: page numbers, the contents."""

from __future__ import annotations

from .markup import Element, add, clark


def field_begin(paragraph: Element, instruction: str, style: str = "") -> None:
    """Open a field; what follows until `field_end` is what it shows, in the look of its first run (a style's id)."""
    _mark(paragraph, "begin", style)
    run = _run(paragraph, style)
    add(run, "w:instrText", f" {instruction} ").set(clark("xml:space"), "preserve")
    _mark(paragraph, "separate", style)


def field_end(paragraph: Element, style: str = "") -> None:
    """Close a field, which may have run over several paragraphs."""
    _mark(paragraph, "end", style)


def _mark(paragraph: Element, kind: str, style: str) -> None:
    add(_run(paragraph, style), "w:fldChar", fldCharType=kind)


def _run(paragraph: Element, style: str) -> Element:
    run = add(paragraph, "w:r")
    if style:
        add(add(run, "w:rPr"), "w:rStyle", val=style)
    return run
