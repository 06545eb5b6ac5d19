"""The abridged leaflet: only what helps somebody act, for a single side or a folded sheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from leafletpress.model.blocks import Block, Callout, CalloutKind, Role, Section
from leafletpress.model.edition import Edition
from leafletpress.model.inlines import Citation, Inlines, Link, Term
from leafletpress.model.walk import each_block, each_inline, rewrite, words_of

KEPT_ROLES = frozenset({Role.KEY, Role.USE, Role.EFFECTS, Role.HELP, Role.CONTACT})


def abridge(edition: Edition) -> Edition:
    """The edition with its key points and the sections whose role is key, use, effects, help or contact.

    Sections inside others are kept under the heading they stand under. Glossary and references keep what the rest
    uses, numbered anew; a link to a section that is gone is words alone.
    """
    body = tuple(_kept(edition.leaflet.body))
    ids = {block.id for block in each_block(body) if isinstance(block, Section)}
    body = rewrite(body, lambda words: _without_dead_links(words, ids))
    used = {inline for block in each_block(body) for words in words_of(block) for inline in each_inline(words)}
    cited = {inline.key for inline in used if isinstance(inline, Citation)}
    terms = {inline.entry for inline in used if isinstance(inline, Term)}
    pairs = tuple(
        (source, line)
        for source, line in zip(edition.references, edition.reference_lines, strict=True)
        if source.id in cited
    )
    pictures = {getattr(block, "picture", "") for block in each_block(body)}
    return replace(
        edition,
        leaflet=replace(edition.leaflet, body=body),
        contents=False,
        glossary=tuple(entry for entry in edition.glossary if entry.key in terms),
        references=tuple(source for source, _ in pairs),
        reference_lines=tuple(line for _, line in pairs),
        pictures=tuple(picture for picture in edition.pictures if picture.path in pictures),
    )


def _kept(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        match block:
            case Section(role=role) if role in KEPT_ROLES:
                yield block
            case Section():
                inner = tuple(_kept(block.blocks))
                if any(isinstance(one, Section) for one in inner):
                    yield replace(block, blocks=tuple(one for one in inner if isinstance(one, Section)))
            case Callout(kind=CalloutKind.KEY_POINTS):
                yield block
            case _:
                pass


def _without_dead_links(words: Inlines, ids: set[str | None]) -> Inlines:
    kept: list[Inlines] = []
    for inline in words:
        dead = isinstance(inline, Link) and inline.target.startswith("#") and inline.target[1:] not in ids
        kept.append(inline.content if dead and isinstance(inline, Link) else (inline,))
    return tuple(inline for run in kept for inline in run)
