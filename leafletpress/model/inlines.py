"""Inlines: what stands inside a line of text.

The reader leaves inlines normalised: neighbouring `Text` nodes are one, no `Text` is empty, white space is single,
and nothing begins or ends with a blank. There is no emphasis node: italics are hard to read with poor sight
(UKAAF clear-print guidance), so the source form refuses them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from leafletpress.model.span import Node


@dataclass(frozen=True, slots=True)
class Text(Node):
    """A run of characters."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong(Node):
    """Words that matter more: `**words**`."""

    content: Inlines


@dataclass(frozen=True, slots=True)
class Link(Node):
    """`[words](target)`; the target is http(s), mailto, tel, or `#id` inside the leaflet."""

    content: Inlines
    target: str


@dataclass(frozen=True, slots=True)
class Term(Node):
    """A glossary word: `[words]{.term}` or `[words]{.term of="entry"}`; `entry` None means the words themselves."""

    content: Inlines
    entry: str | None = None


@dataclass(frozen=True, slots=True)
class Phrase(Node):
    """Words in another language: `[słowa]{lang=pl}`; `lang` is a BCP 47 tag."""

    content: Inlines
    lang: str


@dataclass(frozen=True, slots=True)
class Superscript(Node):
    """`[2]{.sup}`."""

    content: Inlines


@dataclass(frozen=True, slots=True)
class Subscript(Node):
    """`[2]{.sub}`."""

    content: Inlines


@dataclass(frozen=True, slots=True)
class Citation(Node):
    """A pointer to one of the leaflet's sources: `[@key]`. Its number comes from the edition."""

    key: str


@dataclass(frozen=True, slots=True)
class Variable(Node):
    """A value filled in for each edition: `{{clinic.phone}}`. An edition holds none.

    `name` is a group and one or two fields, with dots between them. `neutral` are the words where there is no clinic:
    `{{clinic.name|your clinic}}`; empty means a ruled line to fill in by hand.
    """

    name: str
    neutral: str = ""


@dataclass(frozen=True, slots=True)
class Value(Node):
    """A variable with its value. Only editions hold it. Empty `text` means a ruled line to fill in by hand.

    Two values of one name may differ in their text: neutral words and the parameters of includes do.
    """

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class LineBreak(Node):
    """A break the writer asked for, as between the lines of an address."""


Inline: TypeAlias = (
    Text | Strong | Link | Term | Phrase | Superscript | Subscript | Citation | Variable | Value | LineBreak
)
Inlines: TypeAlias = tuple[Inline, ...]


def plain_text(inlines: Inlines, citation: Callable[[str], str] = lambda _: "") -> str:
    """The words of `inlines` as a reader sees them; line breaks become spaces, citations what `citation` says."""
    return "".join(_plain(inlines, citation))


def _plain(inlines: Inlines, citation: Callable[[str], str]) -> Iterator[str]:
    for inline in inlines:
        match inline:
            case Text(text=text) | Value(text=text):
                yield text
            case LineBreak():
                yield " "
            case Citation(key=key):
                yield citation(key)
            case Variable(name=name):
                yield "{{" + name + "}}"
            case _:
                yield from _plain(inline.content, citation)
