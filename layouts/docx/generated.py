"""Generated parts: masthead and contents before the body; glossary, references, review box, formats line after it."""

from __future__ import annotations

from leafletpress.model import GlossaryEntry, Section

from .blocks import set_block, set_blocks, set_contact, set_facts
from .composition import BODY_MARK, GENERATED_MARK, Composition
from .fields import field_begin, field_end
from .leaves import leaf, loosen, properties
from .lists import set_number
from .markup import add, put
from .numbering import REFERENCES, reference_instance
from .owner import set_owner
from .runs import Manner, set_text, words_of


def set_edition(to: Composition) -> None:
    """The whole document, in the order every format reads (see leafletpress.reading_order)."""
    edition = to.edition
    _masthead(to)
    # The contents stand above the headings that they list, and link to bookmarks which those are about to get.
    contents = len(to.body)
    to.mark_prefix = BODY_MARK
    headings = _set_body(to)
    to.mark_prefix = GENERATED_MARK
    if edition.contents:
        _contents(to, contents, headings)
    if edition.glossary:
        leaf(to, "Back Heading", edition.wording.glossary)
        for entry in edition.glossary:
            _glossary_entry(to, entry)
    if edition.references:
        leaf(to, "Back Heading", edition.wording.references)
    for source, line in zip(edition.references, edition.reference_lines, strict=True):
        to.anchors[f"[{source.id}]"] = to.next_mark
        paragraph = leaf(to, REFERENCES, line)
        if not to.ours(REFERENCES):
            # A house's style of that name may have no numbers, and citations are numbers.
            set_number(paragraph, to.numbering.of_style(reference_instance()))
    leaf(to, "Back Heading", edition.wording.imprint)
    set_contact(to, edition.imprint)
    leaf(to, "Back Heading", edition.wording.about_leaflet)
    set_facts(to, edition.review_box, "Review Fact")
    leaf(to, "Formats Line", edition.formats_line)
    to.settle()


def _masthead(to: Composition) -> None:
    meta = to.edition.leaflet.meta
    if to.edition.owner:
        set_owner(to)
    lines = (
        ("Leaflet Kind", to.edition.kind_label),
        ("Draft Notice", to.edition.notice),
        ("Overdue Notice", to.edition.overdue),
        ("Title", meta.title),
        ("Subtitle", meta.summary),
    )
    for style, words in lines:
        if words:
            paragraph = leaf(to, style, words)
            if style == "Leaflet Kind" and to.edition.owner:
                # The bar stands above the first line of the masthead, which is the owner's where there is one.
                add(put(properties(paragraph), "w:pBdr"), "w:top", val="nil")


def _set_body(to: Composition) -> list[tuple[str, str]]:
    """Set the body; give back the words and the bookmark of each top section."""
    headings: list[tuple[str, str]] = []
    for block in to.edition.leaflet.body:
        if isinstance(block, Section):
            headings.append((words_of(to, block.title), to.next_mark))
            set_block(to, block, 0)
        else:
            set_blocks(to, (block,))
    return headings


def _contents(to: Composition, at: int, headings: list[tuple[str, str]]) -> None:
    """A contents field with its entries filled in, without page numbers: only a word processor knows those."""
    before = len(to.body)
    leaf(to, "TOC Heading", to.edition.wording.contents)
    for number, (words, name) in enumerate(headings):
        paragraph = to.paragraph(to.body, "toc 1")
        if number == 0:
            field_begin(paragraph, 'TOC \\o "1-1" \\n \\h \\z')
        link = add(paragraph, "w:hyperlink", w_anchor=name, w_history=1)
        set_text(to, link, words, Manner("Hyperlink"))
        if number == len(headings) - 1:
            field_end(paragraph)
    loosen(to, 280)
    for offset, paragraph in enumerate(list(to.body)[before:]):
        to.body.insert(at + offset, paragraph)


def _glossary_entry(to: Composition, entry: GlossaryEntry) -> None:
    paragraph = to.paragraph(to.body, "Glossary Entry")
    number = to.mark(paragraph)
    set_text(to, paragraph, entry.word, Manner("Glossary Word"))
    if entry.medical:
        set_text(to, paragraph, " (")
        set_text(to, paragraph, entry.medical, Manner("Glossary Medical Word"))
        set_text(to, paragraph, ")")
    set_text(to, paragraph, " \u2013 ")
    set_text(to, paragraph, entry.definition)
    to.close(paragraph, number)
