"""Checks: what is wrong with a leaflet's structure, seen without rendering it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePosixPath

from leafletpress.diagnostics import Diagnostic, suggest
from leafletpress.model import (
    Advice,
    Block,
    Callout,
    CalloutKind,
    Citation,
    Condition,
    Figure,
    Inlines,
    Leaflet,
    Link,
    Section,
    Span,
    Table,
    Text,
    Value,
    Variable,
    is_language_tag,
    plain_text,
)
from leafletpress.model.walk import each_block, each_conditional, each_inline, words_of
from leafletpress.project import LeafletFile, is_id

LONGEST_TITLE = 65
"""Characters; longer titles are cut in lists of search results and fill half a page (NHS service manual)."""
MOST_WARNINGS = 2
"""Where everything is a warning, nothing is (NHS service manual, warning callout)."""

_MOST_TWINS = 40
"""Sections of one id that are compared for standing in one edition: each with each of them costs time."""

_HEADED = {
    CalloutKind.EMERGENCY: "Call 999 or go to A&E if:",
    CalloutKind.URGENT: "Call us the same day if:",
    CalloutKind.CONTACT: "Tell us at your next visit if:",
    CalloutKind.WARNING: "Do not drive for 24 hours",
}
_WORD = re.compile(r"\w")
_NOT_A_LETTER = re.compile(r"[\W_]+")


Chain = tuple[Condition, ...]
"""All the conditions that a part stands under."""


def _always(_one: Chain, _other: Chain) -> bool:
    return True


def check(leaflet: Leaflet, can_meet: Callable[[Chain, Chain], bool] = _always) -> tuple[Diagnostic, ...]:
    """Every structural finding (A203 to A211) of the leaflet as a whole, sorted by file and line.

    `can_meet` says whether two parts can stand in one edition: an id may stand twice where they cannot. Of warnings
    only those without a condition are counted; `check_edition` counts the others.
    """
    blocks = tuple(each_block(leaflet.body))
    found = [*_check_title(leaflet), *_check_ids(leaflet.body, can_meet), *_check_links(blocks, _ids(blocks))]
    found += _check_warnings(
        block for block, chain in each_conditional(leaflet.body) if not chain and isinstance(block, Callout)
    )
    for block in blocks:
        found += _check_block(block)
    return _sorted(found)


def check_edition(body: tuple[Block, ...], left_out: dict[str, str]) -> tuple[Diagnostic, ...]:
    """What is wrong with one edition: links to sections that it leaves out (A205), too many warnings (A210).

    `left_out` are the ids that the whole leaflet has and this edition has not, with the reason.
    """
    blocks = tuple(each_block(body))
    found = list(_check_warnings(block for block in blocks if isinstance(block, Callout)))
    for link, span in _inner_links(blocks) if left_out else ():
        reason = left_out.get(link.target[1:])
        if reason is not None:
            words = plain_text(link.content)
            message = f"the link '{words}' leads to {link.target}, which this edition leaves out: {reason}"
            hint = "give the words with the link the condition of that section, or take the link out"
            found.append(Diagnostic("A205", message, span, hint))
    return _sorted(found)


def _sorted(found: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(sorted(found, key=lambda finding: (finding.span.path, finding.span.line, finding.code)))


def check_place(leaflet: Leaflet, leaflet_file: LeafletFile) -> tuple[Diagnostic, ...]:
    """Whether the leaflet lies where its front matter says: folder and id (M106), file name and language (M107)."""
    meta = leaflet.meta
    span = Span(leaflet_file.display, 1, 1)
    found: list[Diagnostic] = []
    if not is_id(leaflet_file.id):
        message = f"the folder '{leaflet_file.id}' cannot name a leaflet"
        found.append(Diagnostic("M106", message, span, f"rename it, for example to '{_as_id(leaflet_file.id)}'"))
    elif meta.id != leaflet_file.id:
        message = f"the id is '{meta.id}', but the folder is '{leaflet_file.id}'"
        found.append(Diagnostic("M106", message, span, f"write 'id: {leaflet_file.id}', or rename the folder"))
    if meta.lang != leaflet_file.lang:
        message = f"the language is '{meta.lang}', but the file is '{leaflet_file.lang}.md'"
        known = is_language_tag(leaflet_file.lang)
        rename = f"rename the file to {meta.lang}.md"
        hint = f"write 'lang: {leaflet_file.lang}', or {rename}" if known else rename
        found.append(Diagnostic("M107", message, span, hint))
    return tuple(found)


def _as_id(name: str) -> str:
    return _NOT_A_LETTER.sub("-", name.lower()).strip("-") if name.isascii() else "my-leaflet"


def _check_title(leaflet: Leaflet) -> Iterator[Diagnostic]:
    length = len(leaflet.meta.title)
    if length > LONGEST_TITLE:
        hint = "say the rest in the summary"
        yield Diagnostic("A209", f"the title has {length} characters; {LONGEST_TITLE} fit", leaflet.meta.span, hint)


def _check_ids(body: tuple[Block, ...], can_meet: Callable[[Chain, Chain], bool]) -> Iterator[Diagnostic]:
    places: dict[str, list[tuple[Span, Chain]]] = {}
    for section, chain in each_conditional(body):
        if not isinstance(section, Section) or section.id is None:
            continue
        before = places.setdefault(section.id, [])
        met = next((span for span, other in before if len(before) > _MOST_TWINS or can_meet(other, chain)), None)
        if met is not None:
            hint = f"it stands at {met} already; write another here, for example {{#{section.id}-2}}"
            yield Diagnostic("A206", f"the id '{section.id}' stands twice", section.span, hint)
        before.append((section.span, chain))


def _ids(blocks: tuple[Block, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(block.id for block in blocks if isinstance(block, Section) and block.id is not None))


def _inner_links(blocks: tuple[Block, ...]) -> Iterator[tuple[Link, Span]]:
    """Each link to a place within the leaflet, and where it stands."""
    for block in blocks:
        for words in words_of(block):
            for inline in each_inline(words):
                if isinstance(inline, Link) and inline.target.startswith("#"):
                    yield inline, inline.span if inline.span.path else block.span


def _check_links(blocks: tuple[Block, ...], known: tuple[str, ...]) -> Iterator[Diagnostic]:
    ids = frozenset(known)
    for link, span in _inner_links(blocks):
        if link.target[1:] not in ids:
            yield _dead_link(link, known, span)


def _dead_link(link: Link, known: tuple[str, ...], span: Span) -> Diagnostic:
    ids = _ended(suggest(link.target[1:], known)) if known else "no heading has an id yet."
    hint = f"{ids} An id is given like this: ## Side effects {{#side-effects}}"
    message = f"the link '{plain_text(link.content)}' leads to {link.target}, which no heading has as its id"
    return Diagnostic("A205", message, span, hint)


def _ended(words: str) -> str:
    return words if words.endswith("?") else f"{words}."


def _check_warnings(callouts: Iterable[Callout]) -> Iterator[Diagnostic]:
    warnings = [callout for callout in callouts if callout.kind is CalloutKind.WARNING]
    if len(warnings) > MOST_WARNINGS:
        message = f"the leaflet has {len(warnings)} warnings; readers heed {MOST_WARNINGS}"
        hint = "keep those that prevent harm, and make the others notes or plain text"
        yield Diagnostic("A210", message, warnings[MOST_WARNINGS].span, hint)


def _check_block(block: Block) -> Iterator[Diagnostic]:
    match block:
        case Figure():
            yield from _check_alt(block)
        case Callout() if block.kind in _HEADED and _is_empty(block.heading):
            hint = f"write it behind the name: ::: {block.kind} {_HEADED[block.kind]}"
            yield Diagnostic("A204", f"the '{block.kind}' box has no heading", block.span, hint)
        case Table():
            yield from _check_headers(block)
        case Section() if not block.blocks:
            hint = "write what it is about, or delete the heading"
            yield Diagnostic("A208", f"nothing stands under the heading '{plain_text(block.title)}'", block.span, hint)
        case Advice() if len(block.items) == 1:
            hint = "a list of one reads better as a sentence"
            yield Diagnostic("A211", f"the '{block.kind}' list has a single item", block.span, hint)
        case _:
            pass  # nothing to check in it


def _check_alt(figure: Figure) -> Iterator[Diagnostic]:
    alt, path = figure.alt.strip(), PurePosixPath(figure.picture)
    hint = f"say in words what it shows, for readers who cannot see it: ![Bone with few pores]({figure.picture})"
    if not _WORD.search(alt):
        yield Diagnostic("A203", f"the picture {figure.picture} has no alternative text", figure.span, hint)
    elif alt.casefold() in {path.name.casefold(), path.stem.casefold(), figure.picture.casefold()}:
        message = f"the alternative text '{alt}' is the name of the file"
        yield Diagnostic("A203", message, figure.span, hint)


def _check_headers(table: Table) -> Iterator[Diagnostic]:
    hint = "write what the column or row holds: a screen reader says it before each cell"
    for number, cell in enumerate(table.header.cells, start=1):
        if _is_empty(cell):
            span = table.header.span if table.header.span.path else table.span
            yield Diagnostic("A207", f"column {number} of the table has no heading", span, hint)
    for number, row in enumerate(table.rows if table.row_headers else (), start=1):
        if row.cells and _is_empty(row.cells[0]):
            span = row.span if row.span.path else table.span
            yield Diagnostic("A207", f"row {number} of the table has no heading", span, hint)


def _is_empty(inlines: Inlines) -> bool:
    """Whether nothing is said: no words, and nothing that words are put for."""
    return not any(
        isinstance(inline, Variable | Value | Citation) or (isinstance(inline, Text) and inline.text.strip())
        for inline in each_inline(inlines)
    )
