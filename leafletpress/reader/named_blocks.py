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
    Block,
    BoxBlock,
    Callout,
    CalloutKind,
    Facts,
    Figure,
    Include,
    List,
    ListKind,
    Paragraph,
    Passage,
    Table,
    TextBlock,
    is_language_tag,
)
from leafletpress.reader.attributes import CONDITIONS, number, yes_or_no
from leafletpress.reader.blocks import Heading, name_of, read_run
from leafletpress.reader.fence_content import FenceContent
from leafletpress.reader.fences import Part, Run
from leafletpress.reader.findings import Findings
from leafletpress.reader.line_items import BANDS, is_contact, read_contact, read_side_effects, read_write_in

_INCLUDE_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_PARAMETER_NAME = re.compile(r"[a-z][a-z0-9-]*\Z")
_BLANKS = re.compile(r"[ \t]+")

_Reader: TypeAlias = Callable[[FenceContent], Block | None]


def read_part(part: Part, depth: int, findings: Findings) -> list[Heading | Block]:
    """The blocks of a part that stands `depth` blocks deep; a block with a fault may be missing."""
    if isinstance(part, Run):
        return read_run(part, depth, findings)
    content = FenceContent(part, depth, findings, read_part)
    reader = _READERS.get(part.name)
    if reader is None:
        _unknown(content)
        return []
    block, condition = reader(content), content.condition
    return [replace(block, condition=condition)] if block is not None else []


def _unknown(content: FenceContent) -> None:
    name = content.fence.name
    if name in BANDS:
        content.fault("G223", f"'{name}' stands outside side effects", "put it between '::: side-effects' and ':::'")
    else:
        near = suggest(name, [*_READERS, *BANDS])
        hint = near if near.startswith("did") else suggest(name, tuple(_READERS))
        content.fault("G220", f"there is no block '{name}'", hint)
    content.blocks()  # for the faults inside


def _steps(content: FenceContent) -> Block | None:
    content.no_words("put a paragraph before the steps")
    content.attributes()
    steps = content.only_list((ListKind.NUMBER,), "one numbered list: 1. …")
    if steps is None:
        return None
    if steps.start != 1:
        content.fault("G223", "the steps do not begin with 1", "number them from 1", steps.span.line)
    return List(ListKind.STEPS, steps.items, span=content.span)


def _list(content: FenceContent) -> Block | None:
    content.no_words("put a paragraph before the list")
    content.attributes()
    found = content.only_list((ListKind.BULLET, ListKind.NUMBER), "one list: - … or 1. …")
    return replace(found, span=content.span) if found else None


def _facts(content: FenceContent) -> Block | None:
    content.no_words("put a paragraph before the facts")
    content.attributes()
    wanted = "one list of facts: a label, and on the next line ': ' and its value"
    found: Facts | None = None
    for block in content.bare_blocks(wanted):
        if isinstance(block, Facts) and found is None:
            found = block
        else:
            content.refuse(block, wanted)
    if found is None:
        content.empty(wanted)
        return None
    return replace(found, span=content.span)


def _callout(kind: CalloutKind) -> _Reader:
    def read(content: FenceContent) -> Block | None:
        if kind is CalloutKind.CONTACT and is_contact(content):
            return read_contact(content)
        content.attributes()
        blocks: list[BoxBlock] = []
        for block in content.blocks():
            if isinstance(block, Paragraph | List | Passage):
                blocks.append(block)
            else:
                content.refuse(block, "paragraphs, lists and passages")
        if not blocks:
            content.empty("at least one paragraph or list")
        return Callout(kind, content.words(), tuple(blocks), span=content.span)

    return read


def _advice(kind: AdviceKind) -> _Reader:
    def read(content: FenceContent) -> Block | None:
        content.attributes()
        bullets = content.only_list((ListKind.BULLET,), "one bullet list: - …")
        return Advice(kind, content.words(), bullets.items, span=content.span) if bullets else None

    return read


def _side_effects(content: FenceContent) -> Block | None:
    return read_side_effects(content, _READERS)


def _table(content: FenceContent) -> Block | None:
    content.attributes("row-headers")
    hint = "write row-headers=yes or row-headers=no"
    row_headers = content.fence.attributes.read("row-headers", False, yes_or_no, hint, content.findings)
    found: Table | None = None
    for block in content.bare_blocks("one table"):
        if isinstance(block, Table) and found is None:
            found = block
        else:
            content.refuse(block, "one table")
    if found is None:
        content.empty("one table")
        return None
    return replace(found, caption=content.words(), row_headers=row_headers, span=content.span)


def _figure(content: FenceContent) -> Block | None:
    content.attributes("width")
    hint = "a whole number from 10 to 100, per cent of the column"
    width = content.fence.attributes.read("width", 100, number(10, 100), hint, content.findings)
    wanted = "one picture: ![what it shows](images/name.svg)"
    found: Figure | None = None
    for block in content.bare_blocks(wanted):
        if isinstance(block, Figure) and found is None:
            found = block
        else:
            content.fault("G223", f"'figure' cannot hold {name_of(block)} too", f"it holds {wanted}", block.span.line)
    if found is None:
        content.empty("![what it shows](images/name.svg)")
        return None
    return replace(found, caption=content.words(), width_percent=width, span=content.span)


def _passage(content: FenceContent) -> Block | None:
    content.no_words("put them in a paragraph of the passage")
    content.attributes("lang")
    lang = content.fence.attributes.values.get("lang", "")
    if not is_language_tag(lang):
        said = f"lang cannot be '{lang}'" if lang else "the language of the passage is missing"
        content.fault("G227", said, "write it as in ::: passage {lang=ar}")
    blocks: list[TextBlock] = []
    for block in content.blocks():
        if isinstance(block, Paragraph | List):
            blocks.append(block)
        else:
            content.refuse(block, "paragraphs and lists")
    if not blocks:
        content.empty("at least one paragraph")
    return Passage(lang, tuple(blocks), span=content.span)


def _include(content: FenceContent) -> Block | None:
    parameters = _parameters(content)
    name = content.fence.words
    if content.fence.parts:
        content.fault("G223", "'include' holds nothing itself", "put the closing ':::' on the next line")
    if not _INCLUDE_NAME.match(name):
        said = f"'{name}' cannot be the name of a shared text" if name else "the shared text is not named"
        content.fault("G224", said, "write the file's name without .md: ::: include contact-us")
        return None
    return Include(name, parameters, span=content.span)


def _parameters(content: FenceContent) -> tuple[tuple[str, str], ...]:
    """Every attribute but a condition, by name: what the shared text is given (G226, G227)."""
    parameters: list[tuple[str, str]] = []
    for name, value in sorted(content.fence.attributes.values.items()):
        words = _BLANKS.sub(" ", value).strip(" ")
        if name in CONDITIONS:
            continue
        if name in {"id", "class"}:
            content.fault("G226", f"'include' cannot be given '{name}'", "give the value another name, such as who=…")
        elif not _PARAMETER_NAME.match(name):
            hint = 'begin with a small letter; then small letters, digits and hyphens: {who="the ward"}'
            content.fault("G226", f"'{name}' cannot be the name of a value", hint)
        elif not words.strip():
            content.fault("G227", f"{name} has no words", f'write {name}="…", or leave it out')
        else:
            parameters.append((name, words))
    return tuple(parameters)


_READERS: dict[str, _Reader] = {
    "steps": _steps,
    "list": _list,
    "facts": _facts,
    **{str(kind): _callout(kind) for kind in CalloutKind},
    **{str(kind): _advice(kind) for kind in AdviceKind},
    "side-effects": _side_effects,
    "table": _table,
    "figure": _figure,
    "write-in": read_write_in,
    "passage": _passage,
    "include": _include,
}
