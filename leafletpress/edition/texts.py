"""Texts: the leaflet's own text and the shared ones it includes, each read once a process, with their conditions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from leafletpress.diagnostics import Diagnostic
from leafletpress.model import Block, Condition, ConditionalNode, Facet, Leaflet, Span, Variable
from leafletpress.model.walk import each_block, each_conditional, each_inline, words_of
from leafletpress.reader import Reading, read_leaflet, read_shared

INCLUDE = "include."
"""What the names of the variables begin with that an include gives their value."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part with a condition, and all the conditions of its file that it stands under: outer first, its own last."""

    node: ConditionalNode
    under: tuple[Condition, ...]

    @property
    def span(self) -> Span:
        """Where the condition stands."""
        own = self.under[-1].span
        return own if own.path else self.node.span


@dataclass(frozen=True, slots=True)
class FileText:
    """Blocks as one file has them, what is wrong with them, and what is asked about them often.

    `wanted` are the names of the values that a shared text has to be given, with the place that first asks for each.
    `size` is in bytes of the file.
    """

    blocks: tuple[Block, ...]
    diagnostics: tuple[Diagnostic, ...]
    parts: tuple[Part, ...]
    wanted: tuple[tuple[str, Span], ...]
    size: int = 0

    @property
    def speaks_of_format(self) -> bool:
        """Whether some part is meant for some formats only."""
        return any(
            clause.facet is Facet.FORMAT
            for part in self.parts
            for clause in (*part.under[-1].only, *part.under[-1].unless)
        )


@dataclass(frozen=True, slots=True)
class LeafletText:
    """A leaflet as its file has it; `leaflet` is None where its front matter has an error."""

    leaflet: Leaflet | None
    text: FileText
    source: str


def as_text(blocks: tuple[Block, ...], diagnostics: tuple[Diagnostic, ...] = (), size: int = 0) -> FileText:
    """Blocks that have been read, with what is asked about them."""
    parts = tuple(Part(node, under) for node, under in each_conditional(blocks) if node.condition is not None)
    wanted: dict[str, Span] = {}
    for block in each_block(blocks):
        for words in words_of(block):
            for inline in each_inline(words):
                if isinstance(inline, Variable) and inline.name.startswith(INCLUDE):
                    wanted.setdefault(inline.name.removeprefix(INCLUDE), inline.span)
    return FileText(blocks, diagnostics, parts, tuple(wanted.items()), size)


# Pure, and keyed by the file's whole content: twenty clinics' editions of a leaflet are made of one reading.
@lru_cache(maxsize=64)
def read_leaflet_text(content: bytes, display: str) -> LeafletText:
    """The leaflet in a file."""
    reading: Reading = read_leaflet(content, display)
    blocks = reading.leaflet.body if reading.leaflet else ()
    source = content.decode("utf-8", errors="replace")
    return LeafletText(reading.leaflet, as_text(blocks, reading.diagnostics), source)


@lru_cache(maxsize=256)
def read_shared_text(content: bytes, display: str) -> FileText:
    """A shared text in a file."""
    reading = read_shared(content, display)
    return as_text(reading.blocks, reading.diagnostics, len(content))
