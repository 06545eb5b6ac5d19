"""The words of an edition in the order they are read: what every format must say, and all it may say.

Generated parts count as words; list numbers, page numbers, running feet, the contents list and alternative text do not.
Each yielded string is one unit (a heading, a paragraph, a cell): units never run into one another.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from leafletpress.model import (
    Advice,
    Block,
    Callout,
    CalloutKind,
    Contact,
    Edition,
    EffectGroup,
    Facts,
    Figure,
    Include,
    Inlines,
    List,
    ListItem,
    Paragraph,
    Passage,
    Section,
    SideEffects,
    Table,
    WriteIn,
    WriteInKind,
    plain_text,
)

_WORD = re.compile(r"\w+(?:[.,]\d+)*")


def words(text: str) -> list[str]:
    """The words of `text`, compatibility-normalised (ligatures, presentation forms) and without soft hyphens."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).replace("\u00ad", ""))


def reading_order(edition: Edition) -> Iterator[str]:
    """Every unit of text of the edition, from masthead to formats line."""
    meta = edition.leaflet.meta
    yield from filter(
        None, (edition.owner, edition.kind_label, edition.notice, edition.overdue, meta.title, meta.summary)
    )
    yield from _Reader(edition).blocks(edition.leaflet.body)
    if edition.glossary:
        yield edition.wording.glossary
    for entry in edition.glossary:
        yield entry.word
        if entry.medical:
            yield entry.medical
        yield entry.definition
    if edition.references:
        yield edition.wording.references
    yield from map(plain_text, edition.reference_lines)
    yield edition.wording.imprint
    yield from _Reader(edition).block(edition.imprint)
    yield edition.wording.about_leaflet
    yield from _Reader(edition).block(edition.review_box)
    yield plain_text(edition.formats_line)


class _Reader:
    """Walks blocks with an edition's wording and citation numbers at hand."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._wording = edition.wording

    def text(self, inlines: Inlines) -> Iterator[str]:
        if inlines:
            yield plain_text(inlines, lambda key: f"[{self._edition.citation_number(key)}]")

    def blocks(self, blocks: tuple[Block, ...]) -> Iterator[str]:
        for block in blocks:
            yield from self.block(block)

    def items(self, items: tuple[ListItem, ...]) -> Iterator[str]:
        for item in items:
            yield from self.blocks(item.blocks)

    def label(self, name: str) -> str:
        return str(getattr(self._wording, name.replace("-", "_")))

    def block(self, block: Block) -> Iterator[str]:
        match block:
            case Section():
                yield from self.text(block.title)
                yield from self.blocks(block.blocks)
            case Paragraph():
                yield from self.text(block.content)
            case List():
                yield from self.items(block.items)
            case Passage():
                yield from self.blocks(block.blocks)
            case Callout():
                if block.kind is not CalloutKind.KEY_POINTS or not block.heading:
                    yield self.label(block.kind)
                yield from self.text(block.heading)
                yield from self.blocks(block.blocks)
            case Advice():
                yield from self.text(block.heading) if block.heading else (self.label(block.kind),)
                yield from self.items(block.items)
            case SideEffects():
                yield from self.effects_table(block) if block.numbers else self.effects_lists(block)
            case Facts():
                for fact in block.items:
                    yield from self.text(fact.label)
                    yield from self.text(fact.value)
            case Table():
                yield from self.text(block.caption)
                for row in (block.header, *block.rows):
                    for cell in row.cells:
                        yield from self.text(cell)
            case Figure():
                yield from self.text(block.caption)
            case WriteIn():
                for label in block.labels:
                    yield from self.text(label)
                    if block.kind is WriteInKind.DATE:
                        yield self._wording.date_hint
            case Contact():
                yield from self.text(block.name)
                for line in block.lines:
                    yield self.label(line.kind)
                    yield from self.text(line.value)
            case Include():
                raise ValueError("an edition holds no include")

    def band(self, group: EffectGroup) -> Iterator[str]:
        yield from self.text(group.heading) if group.heading else (self.label(group.band),)

    def effects_table(self, block: SideEffects) -> Iterator[str]:
        actions = any(effect.action for group in block.groups for effect in group.effects)
        yield self._wording.effect
        yield self._wording.how_many
        if actions:
            yield self._wording.what_to_do
        for group in block.groups:
            for effect in group.effects:
                yield from self.text(effect.name)
                yield from self.text(effect.plain)
                yield from self.band(group)
                yield self.label(f"{group.band}_number")
                yield from self.text(effect.action)

    def effects_lists(self, block: SideEffects) -> Iterator[str]:
        for group in block.groups:
            yield from self.band(group)
            for effect in group.effects:
                yield from self.text(effect.name)
                yield from self.text(effect.plain)
                if effect.action:
                    yield self._wording.what_to_do
                    yield from self.text(effect.action)
