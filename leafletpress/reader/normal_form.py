"""Normal form of inlines: one way to say each thing, so that what is printed reads back the same.

Neighbouring texts are one and so are neighbouring strong words; strong words hold no strong words; white space is
single; nothing but a text between two others begins or ends with a blank; a line break has words on both sides.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from leafletpress.model import (
    Citation,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Phrase,
    Strong,
    Subscript,
    Superscript,
    Term,
    Text,
    Value,
    Variable,
)

_BLANKS = re.compile(r"[ \t\n]+")


def normalise(inlines: Inlines) -> Inlines:
    """The normal form of a whole block's inlines; empty where they say nothing."""
    return tuple(_trim_ends(_join(_tidy(inlines, strong=False))))


def _tidy(inlines: Inlines, *, strong: bool) -> list[Inline]:
    """Each inline in normal form by itself; blanks at the ends of a container are moved out of it."""
    tidied: list[Inline] = []
    for inline in inlines:
        match inline:
            case Text():
                tidied.append(replace(inline, text=_BLANKS.sub(" ", inline.text)))
            case Strong() if strong:
                tidied.extend(_tidy(inline.content, strong=True))
            case Strong() | Link() | Term() | Phrase() | Superscript() | Subscript():
                content = _join(_tidy(inline.content, strong=strong or isinstance(inline, Strong)))
                before, inner, after = _peel(content)
                tidied.extend(before)
                if not _trim_ends(inner):  # a blank of another script, such as U+00A0: nothing to mark
                    tidied.extend(inner)
                else:
                    tidied.append(replace(inline, content=tuple(inner)))
                tidied.extend(after)
            case Citation() | Variable() | Value() | LineBreak():
                tidied.append(inline)
    return tidied


def _peel(content: list[Inline]) -> tuple[list[Inline], list[Inline], list[Inline]]:
    """What stands in a container, without the blanks and breaks at its ends, and those."""
    before: list[Inline] = []
    after: list[Inline] = []
    content = list(content)
    while content and (blank := _blank(content[0], 0)):
        before.append(blank)
        content[:1] = [rest] if (rest := _without_blank(content[0], 0)) else []
    while content and (blank := _blank(content[-1], -1)):
        after.insert(0, blank)
        content[-1:] = [rest] if (rest := _without_blank(content[-1], -1)) else []
    return before, content, after


def _blank(inline: Inline, end: int) -> Inline | None:
    """The blank or break that `inline` begins (0) or ends (-1) with."""
    if isinstance(inline, LineBreak):
        return inline
    if isinstance(inline, Text) and inline.text[end] == " ":
        return replace(inline, text=" ")
    return None


def _without_blank(inline: Inline, end: int) -> Inline | None:
    if not isinstance(inline, Text) or inline.text == " ":
        return None
    return replace(inline, text=inline.text[1:] if end == 0 else inline.text[:-1])


def _join(inlines: list[Inline]) -> list[Inline]:
    """Neighbours that are one thing made one; no blank beside a break, none doubled, no two breaks."""
    joined: list[Inline] = []
    for inline in inlines:
        last = joined[-1] if joined else None
        match last, inline:
            case LineBreak(), LineBreak():
                continue
            case Text(), LineBreak() if last.text.endswith(" "):
                joined[-1:] = [replace(last, text=last.text[:-1])] if last.text != " " else []
                joined.append(inline)
            case LineBreak(), Text() if inline.text.startswith(" "):
                if inline.text != " ":
                    joined.append(replace(inline, text=inline.text[1:]))
            case Text(), Text():
                doubled = last.text.endswith(" ") and inline.text.startswith(" ")
                joined[-1] = replace(last, text=last.text + (inline.text[1:] if doubled else inline.text))
            case Strong(), Strong():
                joined[-1] = replace(last, content=tuple(_join([*last.content, *inline.content])))
            case _, Text(text=""):
                continue
            case _:
                joined.append(inline)
    return joined


def _trim_ends(inlines: list[Inline]) -> list[Inline]:
    """Without breaks and blanks of any script at the ends: CommonMark strips a paragraph of them."""
    while inlines:
        first = _trimmed(inlines[0], str.lstrip)
        if first is inlines[0]:
            break
        inlines = [first, *inlines[1:]] if first else inlines[1:]
    while inlines:
        last = _trimmed(inlines[-1], str.rstrip)
        if last is inlines[-1]:
            break
        inlines = [*inlines[:-1], last] if last else inlines[:-1]
    return inlines


def _trimmed(inline: Inline, strip: Callable[[str], str]) -> Inline | None:
    """`inline` itself where there is nothing to strip from it, None where nothing is left."""
    match inline:
        case LineBreak():
            return None
        case Text(text=text) if text != strip(text):
            return replace(inline, text=strip(text)) if strip(text) else None
        case _:
            return inline
