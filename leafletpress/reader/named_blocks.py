"""Named blocks: what each `::: name` may hold, which words and attributes it takes, and what it becomes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from leafletpress.diagnostics import suggest
from leafletpress.model import (
    Advice,
    AdviceKind,
    Band,
    Block,
    BoxBlock,
    Callout,
    CalloutKind,
    Contact,
    ContactKind,
    ContactLine,
    Effect,
    EffectGroup,
    Figure,
    Include,
    Inlines,
    List,
    ListKind,
    Paragraph,
    Passage,
    SideEffects,
    Span,
    Table,
    TextBlock,
    WriteIn,
    WriteInKind,
    is_language_tag,
)
from leafletpress.reader.attributes import number, yes_or_no
from leafletpress.reader.blocks import Heading, bullet_texts, name_of, read_run, sole_list
from leafletpress.reader.fences import Fence, Part, Run
from leafletpress.reader.findings import Findings
from leafletpress.reader.inlines import read_cells, read_inlines

CONTACT_LINE = re.compile(r"([A-Za-z-]+)[ \t]*:(?=\s|\Z)")
"""How a line of contact particulars begins: `phone: `."""

_INCLUDE_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_CONTACT_KINDS = tuple(str(kind) for kind in ContactKind)
_BANDS = tuple(str(band) for band in Band)


def read_part(part: Part, depth: int, findings: Findings) -> list[Heading | Block]:
    """The blocks of a part that stands `depth` blocks deep; a block with a fault may be missing."""
    if isinstance(part, Run):
        return read_run(part, depth, findings)
    reader = _READERS.get(part.name)
    if reader is None:
        _unknown(part, depth, findings)
        return []
    block = reader(_Context(part, depth, findings))
    return [block] if block is not None else []


def _unknown(fence: Fence, depth: int, findings: Findings) -> None:
    if fence.name in _BANDS:
        message, hint = f"'{fence.name}' stands outside side effects", "put it between '::: side-effects' and ':::'"
        findings.add("G223", message, fence.line, hint)
    else:
        near = suggest(fence.name, [*_READERS, *_BANDS])
        hint = near if near.startswith("did") else suggest(fence.name, tuple(_READERS))
        findings.add("G220", f"there is no block '{fence.name}'", fence.line, hint)
    _Context(fence, depth, findings).blocks()  # for the faults inside


class _Context:
    """One fence that is being read: its words, attributes and content, and where to note faults."""

    def __init__(self, fence: Fence, depth: int, findings: Findings) -> None:
        self.fence = fence
        self.findings = findings
        self._depth = depth + 1

    @property
    def span(self) -> Span:
        return self.findings.span(self.fence.line, self.fence.end_line)

    def fault(self, code: str, message: str, hint: str, line: int | None = None) -> None:
        self.findings.add(code, message, line or self.fence.line, hint)

    def words(self) -> Inlines:
        """The words of the opening line."""
        return read_inlines(self.fence.words, self.fence.line, self.findings)

    def no_words(self, hint: str) -> None:
        if self.fence.words:
            self.fault("G224", f"'{self.fence.name}' takes no words: '{self.fence.words}'", hint)

    def attributes(self, *known: str) -> None:
        self.fence.attributes.check_known(f"'{self.fence.name}'", known, self.findings)

    def blocks(self) -> list[Block]:
        """All blocks inside; headings are refused (G233)."""
        blocks: list[Block] = []
        for part in self.fence.parts:
            for block in read_part(part, self._depth, self.findings):
                if isinstance(block, Heading):
                    hint = "end the block before the heading, or write the words in bold: **words**"
                    self.fault("G233", f"a heading stands inside '{self.fence.name}'", hint, block.line)
                else:
                    blocks.append(block)
        return blocks

    def refuse(self, block: Block, wanted: str) -> None:
        code = "G206" if isinstance(block, Figure) else "G223"
        message = f"'{self.fence.name}' cannot hold {name_of(block)}"
        self.fault(code, message, f"it holds {wanted}", block.span.line)

    def empty(self, wanted: str) -> None:
        """G225, unless what was there has been refused already."""
        if not self.fence.parts:
            self.fault("G225", f"'{self.fence.name}' is empty", f"write {wanted} before the closing ':::'")

    def only_list(self, kind: ListKind, wanted: str) -> List | None:
        """The one list of `kind` that the fence holds."""
        found: List | None = None
        for block in self.blocks():
            if isinstance(block, List) and block.kind is kind and found is None:
                found = block
            else:
                self.refuse(block, wanted)
        if found is None:
            self.empty(wanted)
        return found

    def items(self, wanted: str) -> list[tuple[str, int]]:
        """Text and line of each item of the one bullet list that the fence holds."""
        match self.fence.parts:
            case (Run() as run,):
                items = sole_list(run, self.findings)
            case _:
                items = None
        if items is None and self.fence.parts:
            self.fault("G223", f"'{self.fence.name}' holds something else than it can", f"it holds {wanted} alone")
            self.blocks()  # for the faults inside
        self.empty(wanted)
        return items or []


_Reader: TypeAlias = Callable[[_Context], Block | None]


def _steps(context: _Context) -> Block | None:
    context.no_words("put a paragraph before the steps")
    context.attributes()
    steps = context.only_list(ListKind.NUMBER, "one numbered list: 1. …")
    if steps is None:
        return None
    if steps.start != 1:
        context.fault("G223", "the steps do not begin with 1", "number them from 1", steps.span.line)
    return List(ListKind.STEPS, steps.items, span=context.span)


def _callout(kind: CalloutKind) -> _Reader:
    def read(context: _Context) -> Block | None:
        if kind is CalloutKind.CONTACT and _is_contact(context):
            return _contact(context)
        context.attributes()
        blocks: list[BoxBlock] = []
        for block in context.blocks():
            if isinstance(block, Paragraph | List | Passage):
                blocks.append(block)
            else:
                context.refuse(block, "paragraphs, lists and passages")
        if not blocks:
            context.empty("at least one paragraph or list")
        return Callout(kind, context.words(), tuple(blocks), span=context.span)

    return read


def _is_contact(context: _Context) -> bool:
    """Particulars (`- phone: …`) make `::: contact` the card of somebody to reach; else it is a level of care."""
    texts = [text for part in context.fence.parts if isinstance(part, Run) for text in bullet_texts(part, Findings(""))]
    return any((found := CONTACT_LINE.match(text)) and found[1].lower() in _CONTACT_KINDS for text in texts)


def _contact(context: _Context) -> Block | None:
    context.attributes()
    name = context.words()
    if not name:
        context.fault("G224", "nobody is named", "write who this is after the block's name: ::: contact Ward 7")
    lines: list[ContactLine] = []
    for text, line in context.items("one bullet list of lines such as '- phone: 01632 960 001'"):
        found = CONTACT_LINE.match(text)
        kind = found[1].lower() if found else ""
        if found is None or kind not in _CONTACT_KINDS:
            said = f"'{found[1]}' is not a way to reach somebody" if found else "the line does not say what it holds"
            hint = (
                suggest(kind, _CONTACT_KINDS)
                if kind
                else f"begin it with one of {', '.join(_CONTACT_KINDS)} and a colon"
            )
            context.fault("G223", said, hint, line)
            continue
        value = read_inlines(text[found.end() :], line, context.findings)
        if value:
            lines.append(ContactLine(ContactKind(kind), value, span=context.findings.span(line)))
        else:
            context.fault("G225", f"'{kind}' is empty", "write it behind the colon, or delete the line", line)
    return Contact(name, tuple(lines), span=context.span)


def _advice(kind: AdviceKind) -> _Reader:
    def read(context: _Context) -> Block | None:
        context.attributes()
        bullets = context.only_list(ListKind.BULLET, "one bullet list: - …")
        return Advice(kind, context.words(), bullets.items, span=context.span) if bullets else None

    return read


def _side_effects(context: _Context) -> Block | None:
    context.no_words("give each band its heading: ::: common Common effects")
    context.attributes("numbers")
    numbers = context.fence.attributes.read(
        "numbers", True, yes_or_no, "write numbers=yes or numbers=no", context.findings
    )
    groups: list[EffectGroup] = []
    for part in context.fence.parts:
        if isinstance(part, Fence) and part.name in _BANDS:
            groups.append(_band(_Context(part, 0, context.findings)))
        elif isinstance(part, Fence) and part.name not in _READERS:
            hint = suggest(part.name, _BANDS)
            context.fault("G220", f"there is no band '{part.name}'", hint, part.line)
        else:
            hint = f"it holds bands alone: ::: {', ::: '.join(_BANDS)}"
            context.fault("G223", "side effects stand outside a band", hint, part.line)
    context.empty("at least one band")
    return SideEffects(tuple(groups), numbers, span=context.span)


def _band(context: _Context) -> EffectGroup:
    context.attributes()
    effects: list[Effect] = []
    for text, line in context.items("one bullet list of side effects"):
        cells = read_cells(text, line, context.findings)
        if len(cells) > 3:
            hint = "at most: effect | plain words | what to do; \\| is a bar in the text"
            context.fault("G232", f"this side effect has {len(cells)} parts", hint, line)
        elif not cells[0]:
            context.fault("G225", "the side effect has no name", "begin the item with it", line)
        else:
            effects.append(Effect(*cells, span=context.findings.span(line)))
    return EffectGroup(Band(context.fence.name), context.words(), tuple(effects), span=context.span)


def _table(context: _Context) -> Block | None:
    context.attributes("row-headers")
    hint = "write row-headers=yes or row-headers=no"
    row_headers = context.fence.attributes.read("row-headers", False, yes_or_no, hint, context.findings)
    found: Table | None = None
    for block in context.blocks():
        if isinstance(block, Table) and found is None:
            found = block
        else:
            context.refuse(block, "one table")
    if found is None:
        context.empty("one table")
        return None
    return replace(found, caption=context.words(), row_headers=row_headers, span=context.span)


def _figure(context: _Context) -> Block | None:
    context.attributes("width")
    hint = "a whole number from 10 to 100, per cent of the column"
    width = context.fence.attributes.read("width", 100, number(10, 100), hint, context.findings)
    found: Figure | None = None
    for block in context.blocks():
        if isinstance(block, Figure) and found is None:
            found = block
        else:
            wanted = "one picture: ![what it shows](images/name.svg)"
            context.fault("G223", f"'figure' cannot hold {name_of(block)} too", f"it holds {wanted}", block.span.line)
    if found is None:
        context.empty("![what it shows](images/name.svg)")
        return None
    return replace(found, caption=context.words(), width_percent=width, span=context.span)


def _write_in(context: _Context) -> Block | None:
    context.no_words("write each label as an item of the list")
    context.attributes("kind", "lines")
    read = context.fence.attributes.read
    hint = "kinds: " + ", ".join(str(kind) for kind in WriteInKind)
    kind = read("kind", WriteInKind.LINE, WriteInKind, hint, context.findings)
    lines = read("lines", 1, number(1, 30), "a whole number from 1 to 30", context.findings)
    items = context.items("one bullet list of labels")
    labels = tuple(read_inlines(text, line, context.findings) for text, line in items)
    return WriteIn(kind, tuple(label for label in labels if label), lines, span=context.span)


def _passage(context: _Context) -> Block | None:
    context.no_words("put them in a paragraph of the passage")
    context.attributes("lang")
    lang = context.fence.attributes.values.get("lang", "")
    if not is_language_tag(lang):
        said = f"lang cannot be '{lang}'" if lang else "the language of the passage is missing"
        context.fault("G227", said, "write it as in ::: passage {lang=ar}")
    blocks: list[TextBlock] = []
    for block in context.blocks():
        if isinstance(block, Paragraph | List):
            blocks.append(block)
        else:
            context.refuse(block, "paragraphs and lists")
    if not blocks:
        context.empty("at least one paragraph")
    return Passage(lang, tuple(blocks), span=context.span)


def _include(context: _Context) -> Block | None:
    context.attributes()
    name = context.fence.words
    if context.fence.parts:
        context.fault("G223", "'include' holds nothing itself", "put the closing ':::' on the next line")
    if not _INCLUDE_NAME.match(name):
        said = f"'{name}' cannot be the name of a shared text" if name else "the shared text is not named"
        context.fault("G224", said, "write the file's name without .md: ::: include contact-us")
        return None
    return Include(name, span=context.span)


_READERS: dict[str, _Reader] = {
    "steps": _steps,
    **{str(kind): _callout(kind) for kind in CalloutKind},
    **{str(kind): _advice(kind) for kind in AdviceKind},
    "side-effects": _side_effects,
    "table": _table,
    "figure": _figure,
    "write-in": _write_in,
    "passage": _passage,
    "include": _include,
}
