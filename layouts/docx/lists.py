"""Lists and the text blocks of a container: paragraphs, bullets, numbers, steps, passages in other languages."""

from __future__ import annotations

from dataclasses import dataclass

from leafletpress.model import BoxBlock, List, ListItem, ListKind, Paragraph, Passage

from .composition import Composition
from .families import LEVELS, LIST_PARTS, PASSAGE, STYLED_LEVELS, TEXT, Family, Part
from .leaves import leaf, properties
from .markup import Element, add, put
from .numbering import Instance, definition_id


def set_text_blocks(to: Composition, blocks: tuple[BoxBlock, ...], family: Family, lang: str | None = None) -> None:
    """Paragraphs, lists and passages in the styles of a family."""
    for block in blocks:
        match block:
            case Paragraph():
                to.stand(block.span)
                leaf(to, family.style(Part.TEXT), block.content, lang=lang)
            case List():
                set_list(to, block, family, lang=lang)
            case Passage():
                set_text_blocks(to, block.blocks, PASSAGE if family is TEXT else family, block.lang)


def set_list(to: Composition, block: List, family: Family, *, level: int = 0, lang: str | None = None) -> None:
    """A list with numbering of its own."""
    if level >= LEVELS:
        to.refuse(f"lists are nested deeper than {LEVELS} levels", block.span, "make the inner list plain text")
        return
    start = None if block.kind is ListKind.BULLET else block.start
    part = LIST_PARTS[block.kind]
    labels = Labels(part, to.numbering.instance(family, part, level, start), level)
    set_items(to, block.items, family, labels, lang)


@dataclass(frozen=True, slots=True)
class Labels:
    """What stands before the items of one list: bullets or numbers, which instance, how deep."""

    part: Part
    instance: Instance
    level: int = 0


def set_items(
    to: Composition, items: tuple[ListItem, ...], family: Family, labels: Labels, lang: str | None = None
) -> None:
    """Items of one list: the first paragraph bears the label, further ones stand below its words."""
    level = labels.level
    for item in items:
        labelled = False
        for block in item.blocks:
            match block:
                case Paragraph():
                    to.stand(block.span)
                    kind = Part.CONTINUE if labelled else labels.part
                    paragraph = leaf(to, family.style(kind, level), block.content, lang=lang)
                    if not labelled:
                        set_number(paragraph, labels.instance)
                    elif level >= STYLED_LEVELS:
                        set_number(paragraph, to.numbering.of_style(definition_id(family, Part.CONTINUE), level))
                    labelled = True
                case List():
                    set_list(to, block, family, level=level + 1, lang=lang)


def set_number(paragraph: Element, instance: Instance) -> None:
    """Give a paragraph its label."""
    numbering = put(properties(paragraph), "w:numPr")
    add(numbering, "w:ilvl", val=instance.level)
    add(numbering, "w:numId", val=instance.number)
