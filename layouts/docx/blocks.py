"""Blocks: one arm for each node of the model; what a DOCX cannot hold is refused, never dropped."""

from __future__ import annotations

from leafletpress.model import (
    Advice,
    Block,
    Callout,
    CalloutKind,
    Contact,
    Effect,
    Facts,
    Figure,
    Include,
    Inlines,
    List,
    Paragraph,
    Passage,
    Section,
    SideEffects,
    Table,
    WriteIn,
    WriteInKind,
)

from .composition import Composition
from .controls import date_control, text_control, tick_control
from .families import ADVICE, CALLOUTS, PASSAGE, TEXT, Family, Part
from .leaves import gap, keep_together, leaf, loosen, make_room
from .lists import Labels, set_items, set_list, set_text_blocks
from .pictures import set_figure
from .runs import Manner, set_inlines, set_tab, set_text, words_of
from .tables import band_words, set_effects_table, set_table

# The document's title is a Title; the sections below it are headings 1 to 3.
_DEEPEST = 3


def set_blocks(to: Composition, blocks: tuple[Block, ...], depth: int = 0) -> None:
    """Set blocks at a depth of sections, from 0 outside any."""
    for block in blocks:
        set_block(to, block, depth)


def set_block(to: Composition, block: Block, depth: int) -> None:
    """Set one block. Its first words stand on its first line, where it is no paragraph."""
    to.stand(block.span, opening=not isinstance(block, Paragraph))
    match block:
        case Section():
            _section(to, block, depth + 1)
        case Paragraph():
            leaf(to, TEXT.style(Part.TEXT), block.content)
        case List():
            set_list(to, block, TEXT)
            loosen(to, 160)
        case Passage():
            set_text_blocks(to, block.blocks, PASSAGE, block.lang)
            loosen(to, 160)
        case Callout():
            _callout(to, block)
        case Advice():
            _advice(to, block)
        case SideEffects():
            set_effects_table(to, block) if block.numbers else _effect_lists(to, block)
        case Facts():
            set_facts(to, block, "Fact")
        case Table():
            set_table(to, block)
        case Figure():
            set_figure(to, block)
        case WriteIn():
            _write_in(to, block)
        case Contact():
            set_contact(to, block)
        case Include():
            to.refuse(f"the shared paragraph '{block.name}' was not filled in", block.span)


def _section(to: Composition, block: Section, depth: int) -> None:
    if depth > _DEEPEST:
        to.refuse(f"sections are nested deeper than {_DEEPEST}", block.span, "raise the section by one level")
        return
    if block.id:
        to.anchors[f"#{block.id}"] = to.next_mark
    leaf(to, f"heading {depth}", block.title)
    set_blocks(to, block.blocks, depth)


def _open_frame(to: Composition, family: Family) -> int:
    """Where a frame's paragraphs begin in the body; a gap keeps it from fusing with an equal frame above."""
    above = to.styles.get(to.last_style)
    if above and above.rules == to.styles[family.style(Part.TEXT)].rules:
        gap(to)
    return len(to.body)


def _callout(to: Composition, block: Callout) -> None:
    family = CALLOUTS[block.kind]
    first = _open_frame(to, family)
    if block.kind is not CalloutKind.KEY_POINTS or not block.heading:
        leaf(to, family.style(Part.LABEL), _label(to, block.kind))
    if block.heading:
        leaf(to, family.style(Part.HEADING), block.heading)
    set_text_blocks(to, block.blocks, family)
    _close_frame(to, first)


def _advice(to: Composition, block: Advice) -> None:
    family = ADVICE[block.kind]
    first = _open_frame(to, family)
    leaf(to, family.style(Part.HEADING), block.heading or _label(to, block.kind))
    set_items(to, block.items, family, Labels(Part.BULLET, to.numbering.instance(family, Part.BULLET, 0, None)))
    _close_frame(to, first)


def _close_frame(to: Composition, first: int) -> None:
    keep_together(to, first)
    loosen(to)


def _label(to: Composition, name: str) -> str:
    return str(getattr(to.edition.wording, name.replace("-", "_")))


def _effect_lists(to: Composition, block: SideEffects) -> None:
    for group in block.groups:
        to.stand(group.span, opening=True)
        leaf(to, "Side Effect Band", band_words(to, group))
        for effect in group.effects:
            to.stand(effect.span)
            _effect(to, effect)


def _effect(to: Composition, effect: Effect) -> None:
    """An effect and what it is on one line, what to do below it."""
    paragraph = to.paragraph(to.body, "Side Effect")
    number = to.mark(paragraph)
    # A bare list of names needs no weight; a name with its meaning beside it does.
    explained = bool(effect.plain or effect.action)
    set_inlines(to, paragraph, effect.name, Manner("Effect Name" if explained else ""))
    if effect.plain:
        set_text(to, paragraph, " \u2013 ")
        set_inlines(to, paragraph, effect.plain)
    to.close(paragraph, number)
    if effect.action:
        _labelled(to, "Side Effect Action", "Effect Label", f"{to.edition.wording.what_to_do}:", effect.action)


def _labelled(to: Composition, style: str, label_style: str, label: Inlines | str, value: Inlines) -> None:
    """A label and its value in one paragraph."""
    paragraph = to.paragraph(to.body, style)
    number = to.mark(paragraph)
    if isinstance(label, str):
        set_text(to, paragraph, label, Manner(label_style))
    else:
        set_inlines(to, paragraph, label, Manner(label_style))
    if to.styles[style].stops:
        set_tab(paragraph)
    else:
        set_text(to, paragraph, " ")
    set_inlines(to, paragraph, value)
    to.close(paragraph, number)


def set_facts(to: Composition, block: Facts, style: str) -> None:
    """Labels and values, a line each."""
    first = len(to.body)
    for fact in block.items:
        to.stand(fact.span)
        _labelled(to, style, "Fact Label", fact.label, fact.value)
    loosen(to, 160)
    make_room(to, first, max(len(words_of(to, fact.label)) for fact in block.items))


def set_contact(to: Composition, block: Contact) -> None:
    """Who to reach, and how, a line each."""
    first = len(to.body)
    leaf(to, "Contact Name", block.name)
    for line in block.lines:
        to.stand(line.span)
        _labelled(to, "Contact Line", "Contact Label", _label(to, line.kind), line.value)
    keep_together(to, first)
    loosen(to, 160)
    if block.lines:
        make_room(to, first + 1, max(len(_label(to, line.kind)) for line in block.lines))


def _write_in(to: Composition, block: WriteIn) -> None:
    to.stand(block.span)
    for label in block.labels:
        name = words_of(to, label)
        match block.kind:
            case WriteInKind.TICK:
                paragraph = to.paragraph(to.body, "Tick Box")
                tick_control(to, paragraph, name)
                set_tab(paragraph)
                number = to.mark(paragraph)
                set_inlines(to, paragraph, label)
                to.close(paragraph, number)
            case WriteInKind.DATE:
                leaf(to, "Write-in Label", label)
                leaf(to, "Write-in Hint", to.edition.wording.date_hint)
                date_control(to, to.paragraph(to.body, "Write-in Line"), name)
            case WriteInKind.LINE | WriteInKind.BOX:
                leaf(to, "Write-in Label", label)
                _lines(to, "Write-in Line" if block.kind is WriteInKind.LINE else "Write-in Box", block.lines, name)


def _lines(to: Composition, style: str, count: int, name: str) -> None:
    """Room to write in: a field to type into on the first line, and as many lines as the writer asked for."""
    first = len(to.body)
    text_control(to, to.paragraph(to.body, style), name)
    for _ in range(count - 1):
        to.paragraph(to.body, style)
    keep_together(to, first)
    loosen(to, 120)
