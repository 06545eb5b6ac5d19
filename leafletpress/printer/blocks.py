"""Blocks as source text, in the one canonical way of writing each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from leafletpress.model import (
    Advice,
    Alignment,
    Block,
    Callout,
    CalloutKind,
    ConditionalNode,
    Contact,
    ContactKind,
    ContactLine,
    Effect,
    EffectGroup,
    Facts,
    Figure,
    Include,
    Inlines,
    List,
    ListItem,
    ListKind,
    Paragraph,
    Passage,
    Section,
    SideEffects,
    Table,
    TextBlock,
    WriteIn,
)
from leafletpress.printer.conditions import condition_pairs, print_after
from leafletpress.printer.inlines import print_attributes, print_inlines, print_picture, print_title, print_words

_RULES = {Alignment.START: "---", Alignment.CENTRE: ":-:", Alignment.END: "--:"}
_PARTICULARS = re.compile(rf"({'|'.join(ContactKind)})[ \t]*(?=:(\s|\Z))", re.IGNORECASE)


def print_blocks(blocks: Iterable[Block], level: int = 2) -> str:
    """The source text of blocks, an empty line between two; a section among them is of `level`."""
    markers = _Markers()
    return "\n\n".join([_print(block, level, markers.next(block)) for block in blocks])


class _Markers:
    """Two lists of one kind in a row need different marks, or they would read as one."""

    def __init__(self) -> None:
        self._last: tuple[ListKind, str] | None = None

    def next(self, block: Block) -> str:
        """The mark for `block`: - or + for bullets, full stop or bracket for numbers."""
        if not isinstance(block, List):
            self._last = None
            return ""
        first, second = "-+" if block.kind is ListKind.BULLET else ".)"
        if block.kind is ListKind.STEPS or block.condition:  # with a fence around them
            self._last = None
            return first
        marker = second if self._last == (block.kind, first) else first
        self._last = (block.kind, marker)
        return marker


def _print(block: Block, level: int, marker: str) -> str:
    match block:
        case Section():
            return _section(block, level)
        case Paragraph():
            return print_after(print_inlines(block.content), block.condition)
        case List(kind=ListKind.STEPS):
            return _fence("steps", block, _items(block.items, _numbers(1, ".")))
        case List():
            return _fence("list", block, _list(block, marker)) if block.condition else _list(block, marker)
        case Passage():
            return _fence("passage", block, print_blocks(block.blocks), attributes={"lang": block.lang})
        case Callout():
            return _callout(block)
        case Advice():
            return _fence(block.kind, block, _items(block.items, _bullets("-")), block.heading)
        case SideEffects():
            attributes = {} if block.numbers else {"numbers": "no"}
            return _fence("side-effects", block, "\n\n".join(map(_group, block.groups)), attributes=attributes)
        case Facts():
            return _fence("facts", block, _facts(block)) if block.condition else _facts(block)
        case Table():
            return _table(block)
        case Figure():
            return _figure(block)
        case WriteIn():
            attributes = {"kind": str(block.kind)} | ({"lines": str(block.lines)} if block.lines != 1 else {})
            labels = "\n".join(f"- {_indent(print_inlines(label), 2)}" for label in block.labels)
            return _fence("write-in", block, labels, attributes=attributes)
        case Contact():
            return _fence("contact", block, "\n".join(map(_contact_line, block.lines)), block.name)
        case Include(name=name):
            return _fence(f"include {name}", block, "", attributes=dict(sorted(block.parameters)))


def _fence(
    name: str, node: ConditionalNode, content: str, words: Inlines = (), attributes: dict[str, str] | None = None
) -> str:
    """A named block with the condition of `node` behind its other attributes."""
    written = print_attributes({**(attributes or {}), **condition_pairs(node.condition)})
    opening = " ".join(filter(None, ("::: " + name, print_words(words), written)))
    return "\n".join(filter(None, (opening, content, ":::")))


def _indent(text: str, by: int) -> str:
    """`text` with all lines but the first moved in by `by` blanks; empty lines stay empty."""
    first, *others = text.split("\n")
    return "\n".join([first, *((" " * by + line) if line else "" for line in others)])


def _section(section: Section, level: int) -> str:
    attributes = ({"id": section.id} if section.id else {}) | ({"role": str(section.role)} if section.role else {})
    written = print_attributes({**attributes, **condition_pairs(section.condition)})
    heading = " ".join(filter(None, ("#" * level, print_title(section.title), written)))
    return "\n\n".join(filter(None, (heading, print_blocks(section.blocks, level + 1))))


def _callout(block: Callout) -> str:
    content = print_blocks(block.blocks)
    if block.kind is CalloutKind.CONTACT:  # `- phone: …` would make it the card of somebody to reach
        content = "\n".join(_without_particulars(line) for line in content.split("\n"))
    return _fence(block.kind, block, content, block.heading)


def _without_particulars(line: str) -> str:
    if line[:2] in {"- ", "+ "} and (found := _PARTICULARS.match(line, 2)):
        return f"{line[: found.end()]}\\{line[found.end() :]}"
    return line


def _list(block: List, marker: str) -> str:
    if block.kind is ListKind.BULLET:
        return _items(block.items, _bullets(marker))
    return _items(block.items, _numbers(block.start, marker))


def _bullets(marker: str) -> Iterable[str]:
    while True:
        yield marker


def _numbers(start: int, marker: str) -> Iterable[str]:
    number = start
    while True:
        yield f"{number}{marker}"
        number = min(number + 1, 999_999_999)  # nine digits at most (CommonMark 5.2); only the first one counts


def _items(items: tuple[ListItem, ...], marks: Iterable[str]) -> str:
    """One item a line; an empty line between items only where one of them has several paragraphs."""
    written: list[str] = []
    for item, mark in zip(items, marks, strict=False):
        written.append(f"{mark} {_indent(_item(item), len(mark) + 1)}")
    return ("\n\n" if any("\n\n" in text for text in written) else "\n").join(written)


def _item(item: ListItem) -> str:
    markers = _Markers()
    text = ""
    last: TextBlock | None = None
    for block in map(_without_condition, item.blocks):
        marker = markers.next(block)
        match block:
            case Paragraph():
                condition = item.condition or block.condition if last is None else block.condition
                gap, written = "\n\n", print_after(print_inlines(block.content), condition)
            case List():
                # One that does not begin with 1 would read on as words (CommonMark 5.2) without an empty line.
                gap = "\n" if isinstance(last, Paragraph) and block.start == 1 else "\n\n"
                written = _list(block, marker)
        text += (gap if last else "") + written
        last = block
    return text


def _without_condition(block: TextBlock) -> TextBlock:
    """A list inside a list has no place for its condition: the items that have none of their own get it."""
    if not isinstance(block, List) or block.condition is None:
        return block
    items = (replace(item, condition=item.condition or block.condition) for item in block.items)
    return replace(block, items=tuple(items), condition=None)


def _group(group: EffectGroup) -> str:
    return _fence(group.band, group, "\n".join(map(_effect, group.effects)), group.heading)


def _effect(effect: Effect) -> str:
    cells = [print_inlines(cell, bars=True) for cell in (effect.name, effect.plain, effect.action)]
    while not cells[-1]:
        cells.pop()
    return f"- {_indent(print_after(' | '.join(cells), effect.condition), 2)}"


def _contact_line(line: ContactLine) -> str:
    return f"- {line.kind}: {_indent(print_after(print_inlines(line.value), line.condition), 2)}"


def _facts(block: Facts) -> str:
    written = (f"{print_inlines(fact.label)}\n: {_indent(print_inlines(fact.value), 2)}" for fact in block.items)
    return "\n\n".join(written)


def _table(block: Table) -> str:
    rows = [[print_words(cell, bars=True) for cell in row.cells] for row in (block.header, *block.rows)]
    rows.insert(1, [_RULES[alignment] for alignment in block.alignments])
    lines = "\n".join("|" + "".join(f" {cell} |" if cell else " |" for cell in row) for row in rows)
    if not block.caption and not block.row_headers and not block.condition:
        return lines
    return _fence("table", block, lines, block.caption, {"row-headers": "yes"} if block.row_headers else {})


def _figure(block: Figure) -> str:
    picture = print_picture(block.picture, block.alt)
    if not block.caption and block.width_percent == 100 and not block.condition:
        return picture
    attributes = {"width": str(block.width_percent)} if block.width_percent != 100 else {}
    return _fence("figure", block, picture, block.caption, attributes)
