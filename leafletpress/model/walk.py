"""Walking a body: every block, every inline, every place of a condition, and a copy with its words rewritten.

Always in reading order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeVar

from leafletpress.model.blocks import (
    Advice,
    Block,
    Callout,
    Contact,
    Effect,
    EffectGroup,
    Facts,
    Figure,
    Include,
    List,
    ListItem,
    Paragraph,
    Passage,
    Row,
    Section,
    SideEffects,
    Table,
    WriteIn,
)
from leafletpress.model.conditions import Condition, ConditionalNode
from leafletpress.model.inlines import (
    Citation,
    Inline,
    Inlines,
    LineBreak,
    Text,
    Value,
    Variable,
)

Rewrite = Callable[[Inlines], Inlines]
_Content = TypeVar("_Content", bound=Block)


def each_block(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Every block, outer before inner, in reading order."""
    for block in blocks:
        yield block
        match block:
            case Section() | Passage() | Callout():
                yield from each_block(block.blocks)
            case List() | Advice():
                for item in block.items:
                    yield from each_block(item.blocks)
            case _:
                pass  # the others hold words alone


def words_of(block: Block) -> Iterator[Inlines]:
    """The runs of words that stand in `block` itself, not in blocks inside it; some may be empty."""
    match block:
        case Section():
            yield block.title
        case Paragraph():
            yield block.content
        case List() | Passage() | Include():
            return
        case Callout() | Advice():
            yield block.heading
        case SideEffects():
            for group in block.groups:
                yield group.heading
                for effect in group.effects:
                    yield from (effect.name, effect.plain, effect.action)
        case Facts():
            for fact in block.items:
                yield from (fact.label, fact.value)
        case Table():
            yield block.caption
            for row in (block.header, *block.rows):
                yield from row.cells
        case Figure():
            yield block.caption
        case WriteIn():
            yield from block.labels
        case Contact():
            yield block.name
            for line in block.lines:
                yield line.value


def each_conditional(
    blocks: tuple[Block, ...], around: tuple[Condition, ...] = ()
) -> Iterator[tuple[ConditionalNode, tuple[Condition, ...]]]:
    """Every node that may have a condition, with all the conditions it stands under, outer first and its own last.

    Sections, blocks, bands, list items, side effects and contact lines; outer before inner. `around` are the
    conditions that hold for `blocks` as a whole.
    """
    for block in blocks:
        yield from _conditional(block, around)


def _conditional(
    node: ConditionalNode, around: tuple[Condition, ...]
) -> Iterator[tuple[ConditionalNode, tuple[Condition, ...]]]:
    under = around if node.condition is None else (*around, node.condition)
    yield node, under
    for inner in parts_of(node):
        yield from _conditional(inner, under)


def parts_of(node: ConditionalNode) -> tuple[ConditionalNode, ...]:
    """The nodes right inside `node` that may have a condition of their own."""
    match node:
        case Section() | Passage() | Callout() | ListItem():
            return node.blocks
        case List() | Advice():
            return node.items
        case SideEffects():
            return node.groups
        case EffectGroup():
            return node.effects
        case Contact():
            return node.lines
        case _:
            return ()  # the others hold words alone


def each_inline(inlines: Inlines) -> Iterator[Inline]:
    """Every inline, outer before inner."""
    for inline in inlines:
        yield inline
        match inline:
            case Text() | Value() | Variable() | Citation() | LineBreak():
                pass
            case _:
                yield from each_inline(inline.content)


def rewrite(blocks: tuple[_Content, ...], words: Rewrite) -> tuple[_Content, ...]:
    """A copy of `blocks` in which every run of words is what `words` makes of it, asked in reading order."""
    return tuple(_rewrite(block, words) for block in blocks)


def _rewrite(block: _Content, words: Rewrite) -> _Content:
    match block:
        case Section():
            return replace(block, title=words(block.title), blocks=rewrite(block.blocks, words))
        case Paragraph():
            return replace(block, content=words(block.content))
        case List():
            return replace(block, items=_items(block.items, words))
        case Passage():
            return replace(block, blocks=rewrite(block.blocks, words))
        case Callout():
            return replace(block, heading=words(block.heading), blocks=rewrite(block.blocks, words))
        case Advice():
            return replace(block, heading=words(block.heading), items=_items(block.items, words))
        case SideEffects():
            return replace(block, groups=_groups(block, words))
        case Facts():
            facts = (replace(fact, label=words(fact.label), value=words(fact.value)) for fact in block.items)
            return replace(block, items=tuple(facts))
        case Table():
            caption, header = words(block.caption), _row(block.header, words)
            return replace(block, caption=caption, header=header, rows=tuple(_row(row, words) for row in block.rows))
        case Figure():
            return replace(block, caption=words(block.caption))
        case WriteIn():
            return replace(block, labels=tuple(map(words, block.labels)))
        case Contact():
            name = words(block.name)
            return replace(
                block, name=name, lines=tuple(replace(line, value=words(line.value)) for line in block.lines)
            )
        case Include():
            return block


def _items(items: tuple[ListItem, ...], words: Rewrite) -> tuple[ListItem, ...]:
    return tuple(replace(item, blocks=rewrite(item.blocks, words)) for item in items)


def _row(row: Row, words: Rewrite) -> Row:
    return replace(row, cells=tuple(map(words, row.cells)))


def _groups(block: SideEffects, words: Rewrite) -> tuple[EffectGroup, ...]:
    def effect(one: Effect) -> Effect:
        return replace(one, name=words(one.name), plain=words(one.plain), action=words(one.action))

    return tuple(
        replace(group, heading=words(group.heading), effects=tuple(map(effect, group.effects)))
        for group in block.groups
    )
