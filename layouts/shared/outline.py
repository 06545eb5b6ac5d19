"""The sections of an edition as a nav needs them, with the ids that the shared HTML gives them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from leafletpress.model import Block, Edition, Section, plain_text


@dataclass(frozen=True, slots=True)
class Entry:
    """A section as a nav needs it: its id, its title in plain words, its level from 2, and its sections."""

    id: str
    title: str
    level: int
    entries: tuple[Entry, ...] = ()


def section_entries(edition: Edition) -> tuple[Entry, ...]:
    """The sections of the body and the generated ones, nested, with the ids that `body_html` gives them."""
    generated = tuple(Entry(id_, title, 2) for id_, title in generated_titles(edition))
    return _entries(edition.leaflet.body, "_s", 2, edition) + generated


def _entries(blocks: tuple[Block, ...], prefix: str, level: int, edition: Edition) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            section.id or id_,
            plain_text(section.title, lambda key: f"[{edition.citation_number(key)}]"),
            level,
            _entries(section.blocks, id_ + "-", level + 1, edition),
        )
        for id_, section in numbered(blocks, prefix)
    )


def numbered(blocks: tuple[Block, ...], prefix: str) -> Iterator[tuple[str, Section]]:
    """Sections with the id that their place gives them: _s1, _s1-2."""
    sections = (block for block in blocks if isinstance(block, Section))
    for number, section in enumerate(sections, start=1):
        yield f"{prefix}{number}", section


def generated_titles(edition: Edition) -> Iterator[tuple[str, str]]:
    """Ids and titles of the sections after the body."""
    wording = edition.wording
    if edition.glossary:
        yield "_glossary", wording.glossary
    if edition.references:
        yield "_references", wording.references
    yield "_imprint", wording.imprint
    yield "_about-leaflet", wording.about_leaflet
