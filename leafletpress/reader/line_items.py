"""Line items: blocks whose list items are one line each: contact particulars, side effects, fields to fill in."""

from __future__ import annotations

import re
from collections.abc import Iterable

from leafletpress.diagnostics import suggest
from leafletpress.model import (
    Band,
    Contact,
    ContactKind,
    ContactLine,
    Effect,
    EffectGroup,
    SideEffects,
    WriteIn,
    WriteInKind,
)
from leafletpress.reader.attributes import number, yes_or_no
from leafletpress.reader.blocks import bullet_texts
from leafletpress.reader.conditions import refuse_condition, split_condition
from leafletpress.reader.fence_content import FenceContent
from leafletpress.reader.fences import Fence, Run
from leafletpress.reader.findings import Findings
from leafletpress.reader.inlines import read_cells, read_inlines

BANDS = tuple(str(band) for band in Band)

_CONTACT_LINE = re.compile(r"([A-Za-z-]+)[ \t]*:(?=\s|\Z)")
_CONTACT_KINDS = tuple(str(kind) for kind in ContactKind)


def is_contact(content: FenceContent) -> bool:
    """Particulars (`- phone: …`) make `::: contact` the card of somebody to reach; else it is a level of care."""
    texts = [text for part in content.fence.parts if isinstance(part, Run) for text in bullet_texts(part, Findings(""))]
    return any((found := _CONTACT_LINE.match(text)) and found[1].lower() in _CONTACT_KINDS for text in texts)


def read_contact(content: FenceContent) -> Contact:
    """The card of somebody to reach."""
    content.attributes()
    name = content.words()
    if not name:
        content.fault("G224", "nobody is named", "write who this is after the block's name: ::: contact Ward 7")
    items = content.items("one bullet list of lines such as '- phone: 01632 960 001'")
    lines = (_contact_line(text, line, content) for text, line in items)
    return Contact(name, tuple(line for line in lines if line), span=content.span)


def _contact_line(text: str, line: int, content: FenceContent) -> ContactLine | None:
    found = _CONTACT_LINE.match(text)
    kind = found[1].lower() if found else ""
    if found is None or kind not in _CONTACT_KINDS:
        said = f"'{found[1]}' is not a way to reach somebody" if found else "the line does not say what it holds"
        begin = f"begin it with one of {', '.join(_CONTACT_KINDS)} and a colon"
        content.fault("G223", said, suggest(kind, _CONTACT_KINDS) if kind else begin, line)
        return None
    # The line's beginning stays, so that a condition with no words before it is still at the end of the line.
    words, condition = split_condition(text, line, "a contact line", content.findings)
    value = read_inlines(words[found.end() :], line, content.findings)
    if not value:
        content.fault("G225", f"'{kind}' is empty", "write it behind the colon, or delete the line", line)
        return None
    return ContactLine(ContactKind(kind), value, condition=condition, span=content.findings.span(line))


def read_side_effects(content: FenceContent, others: Iterable[str]) -> SideEffects:
    """Side effects by band; `others` are the names of the other blocks."""
    content.no_words("give each band its heading: ::: common Common effects")
    content.attributes("numbers")
    numbers = content.fence.attributes.read(
        "numbers", True, yes_or_no, "write numbers=yes or numbers=no", content.findings
    )
    groups: list[EffectGroup] = []
    for part in content.fence.parts:
        if isinstance(part, Fence) and part.name in BANDS:
            groups.append(_band(content.inner(part)))
        elif isinstance(part, Fence) and part.name not in others:
            content.fault("G220", f"there is no band '{part.name}'", suggest(part.name, BANDS), part.line)
        else:
            hint = f"it holds bands alone: ::: {', ::: '.join(BANDS)}"
            content.fault("G223", "side effects stand outside a band", hint, part.line)
    content.empty("at least one band")
    return SideEffects(tuple(groups), numbers, span=content.span)


def _band(content: FenceContent) -> EffectGroup:
    content.attributes()
    read = (_effect(text, line, content) for text, line in content.items("one bullet list of side effects"))
    effects = tuple(effect for effect in read if effect)
    band = Band(content.fence.name)
    return EffectGroup(band, content.words(), effects, condition=content.condition, span=content.span)


def _effect(text: str, line: int, content: FenceContent) -> Effect | None:
    words, condition = split_condition(text, line, "a side effect", content.findings)
    cells = read_cells(words, line, content.findings)
    if len(cells) > 3:
        hint = "at most: effect | plain words | what to do; \\| is a bar in the text"
        content.fault("G232", f"this side effect has {len(cells)} parts", hint, line)
    elif cells[0]:
        return Effect(*cells, condition=condition, span=content.findings.span(line))
    elif words:  # else a condition stands alone, which has been told
        content.fault("G225", "the side effect has no name", "begin the item with it", line)
    return None


def read_write_in(content: FenceContent) -> WriteIn:
    """Fields to fill in by hand."""
    content.no_words("write each label as an item of the list")
    content.attributes("kind", "lines")
    read = content.fence.attributes.read
    hint = "kinds: " + ", ".join(str(kind) for kind in WriteInKind)
    kind = read("kind", WriteInKind.LINE, WriteInKind, hint, content.findings)
    lines = read("lines", 1, number(1, 30), "a whole number from 1 to 30", content.findings)
    alone = "put the field in a '::: write-in' of its own, with the condition on that line"
    items = content.items("one bullet list of labels")
    labels = (
        read_inlines(refuse_condition(text, line, alone, content.findings), line, content.findings)
        for text, line in items
    )
    return WriteIn(kind, tuple(label for label in labels if label), lines, span=content.span)
