"""Leaves: single paragraphs with words in them, each inside its own bookmark."""

from __future__ import annotations

from leafletpress.model import Inlines

from .composition import Composition
from .grid import from_mm, from_pt
from .markup import Element, add, put
from .runs import Manner, set_inlines, set_text


def leaf(
    to: Composition,
    style: str,
    content: Inlines | str,
    *,
    lang: str | None = None,
    parent: Element | None = None,
) -> Element:
    """A paragraph of a named style in its bookmark."""
    paragraph = to.paragraph(to.body if parent is None else parent, style, lang)
    number = to.mark(paragraph)
    manner = Manner(lang=lang)
    if isinstance(content, str):
        set_text(to, paragraph, content, manner)
    else:
        set_inlines(to, paragraph, content, manner)
    to.close(paragraph, number)
    return paragraph


def properties(paragraph: Element) -> Element:
    """The w:pPr that every paragraph of ours begins with."""
    return paragraph[0]


def gap(to: Composition) -> None:
    """An empty, generated paragraph that keeps two frames or two tables from becoming one."""
    to.paragraph(to.body, "Gap")


def keep_together(to: Composition, first: int, longest: int = 24) -> None:
    """Hold the body's paragraphs from `first` on one page, unless they are so many that Word could not."""
    held = [child for child in list(to.body)[first:] if child.tag.endswith("}p")]
    if len(held) <= longest:
        for paragraph in held[:-1]:
            put(properties(paragraph), "w:keepNext")


def loosen(to: Composition, after: int = 200) -> None:
    """Leave more room below the last paragraph of a frame or a list than there is between its items."""
    if not to.ours(to.last_style):
        return
    style = to.styles[to.last_style]
    values: dict[str, str | int] = {"before": style.before, "after": after}
    if style.line:
        values |= {"line": style.line, "lineRule": "exact" if style.exact else "atLeast"}
    put(properties(to.body[-1]), "w:spacing", **values)


# How wide a bold letter is on average, and how wide labels may grow.
_LETTER_PT, _WIDEST_LABEL = 6.7, from_mm(75)


def make_room(to: Composition, first: int, letters: int) -> None:
    """Move the values of the paragraphs from `first` to the right where the longest label outgrows the style's room."""
    if not to.ours(to.last_style):
        return
    style = to.styles[to.last_style]
    wanted = min(from_pt(letters * _LETTER_PT) + from_mm(3), _WIDEST_LABEL)
    if wanted <= style.hanging:
        return
    for paragraph in list(to.body)[first:]:
        stop = style.edge + wanted
        stops = put(properties(paragraph), "w:tabs")
        add(stops, "w:tab", val="clear", pos=style.left)
        add(stops, "w:tab", val="left", pos=stop)
        put(properties(paragraph), "w:ind", left=stop, right=style.right, hanging=wanted)
