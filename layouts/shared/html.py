"""An edition as semantic HTML that is also well-formed XML: the body that PDF and EPUB share.

Sections are `section` elements with their heading as first child and an id each; `section_entries` tells them to a
nav. Ids of our own begin with an underscore, which the writer's never do. Class names: masthead (owner with logo and
owner-name, kind, notice, notice overdue, standfirst), contents, callout with its kind (label, inside,
callout-heading), effects, band (band-heading), facts (fact), glossary, entry (entry-word, entry-meaning), references,
imprint, write-in with its kind (field, field-label, space, rule), contact-card (contact-name), passage, term, value
(number: kept on one line), blank, citation, formats, lead-in (a paragraph that a list follows). Top sections carry
`top`, generated ones `generated`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from leafletpress.model import (
    Advice,
    Alignment,
    Block,
    Callout,
    CalloutKind,
    Citation,
    Contact,
    Edition,
    Effect,
    EffectGroup,
    Facts,
    Figure,
    Include,
    Inline,
    Inlines,
    LineBreak,
    Link,
    List,
    ListItem,
    ListKind,
    Paragraph,
    Passage,
    Phrase,
    Section,
    SideEffects,
    Strong,
    Subscript,
    Superscript,
    Table,
    Term,
    Text,
    Value,
    Variable,
    WriteIn,
    WriteInKind,
    direction,
    plain_text,
)

from .flavour import LOGO_PATH, Flavour
from .numbers import GROUPED_NUMBER
from .outline import generated_titles, numbered, section_entries

__all__ = ["Flavour", "body_html", "warm"]


@cache
def _macros() -> Any:
    """The template's macros; built once a process."""
    loader = PackageLoader(__package__ or "", "templates")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=False)
    return environment.get_template("blocks.html.j2").module


def warm() -> None:
    """Parse the template, which every later body shares."""
    _macros()


def body_html(edition: Edition, flavour: Flavour) -> str:
    """The inner HTML of the body: masthead, contents where wanted, body, generated parts."""
    return str(_Body(edition, flavour).whole())


class _Body:
    """Renders one edition; holds what every node may need to know."""

    def __init__(self, edition: Edition, flavour: Flavour) -> None:
        self._edition = edition
        self._flavour = flavour
        self._macros = _macros()
        self._rtl = direction(edition.leaflet.meta.lang) == "rtl"
        numbered_keys = enumerate((entry.key for entry in edition.glossary), start=1)
        self._awaited = {key: number for number, key in numbered_keys} if flavour.notes else {}
        self._in_link = False

    @contextmanager
    def _language(self, lang: str) -> Iterator[None]:
        """Render what stands in another language."""
        before, self._rtl = self._rtl, direction(lang) == "rtl"
        yield
        self._rtl = before

    def _text(self, text: str) -> Markup:
        if not self._rtl:
            return escape(text)
        parts = Markup("")
        end = 0
        for number in GROUPED_NUMBER.finditer(text):
            parts += escape(text[end : number.start()]) + Markup('<span dir="ltr">{}</span>').format(number[0])
            end = number.end()
        return parts + escape(text[end:])

    def _macro(self, name: str, *arguments: object) -> Markup:
        """What a macro makes of its arguments, which it has escaped."""
        markup: Markup = getattr(self._macros, name)(*arguments)
        return markup

    def whole(self) -> Markup:
        edition = self._edition
        meta = edition.leaflet.meta
        logo = self._flavour.picture_url(LOGO_PATH) if edition.logo else ""
        parts = [self._macro("masthead", edition, logo, meta.title, meta.summary)]
        if self._flavour.contents:
            entries = [(entry.id, entry.title) for entry in section_entries(edition)]
            parts.append(self._macro("contents", edition.wording.contents, entries))
        parts.append(self._blocks(edition.leaflet.body, 1, "_s"))
        for id_, title in generated_titles(edition):
            if id_ == "_imprint":
                parts.append(self._flavour.interleaf)
            classes = f"top generated {id_[1:]} {self._flavour.section_class(title)}".strip()
            parts.append(self._macro("section", 2, id_, classes, title, self._generated(id_)))
        return Markup("").join(parts)

    def _generated(self, id_: str) -> Markup:
        edition = self._edition
        if id_ == "_glossary":
            if self._flavour.notes:
                return self._macro("entries", edition.glossary, self._awaited)
            return self._macro("glossary", edition.glossary)
        if id_ == "_references":
            return self._macro("references", [self._inlines(line) for line in edition.reference_lines])
        if id_ == "_imprint":
            return self._block(edition.imprint, 2)
        return self._block(edition.review_box, 2) + self._macro("formats", self._inlines(edition.formats_line))

    # inlines

    def _inlines(self, inlines: Inlines) -> Markup:
        return Markup("").join(map(self._inline, inlines))

    def _inline(self, inline: Inline) -> Markup:
        match inline:
            case Text(text=text):
                return self._text(text)
            case Strong():
                return Markup("<strong>{}</strong>").format(self._inlines(inline.content))
            case Link():
                return self._link(inline)
            case Term():
                return self._term(inline)
            case Phrase(lang=lang):
                with self._language(lang):
                    return self._macro("phrase", self._inlines(inline.content), lang, direction(lang))
            case Superscript():
                return Markup("<sup>{}</sup>").format(self._inlines(inline.content))
            case Subscript():
                return Markup("<sub>{}</sub>").format(self._inlines(inline.content))
            case Citation(key=key):
                return self._macro("citation", self._edition.citation_number(key))
            case Value(text=text):
                return self._macro("value", text)
            case LineBreak():
                return Markup("<br/>")
            case Variable():
                raise ValueError("an edition holds no variable")

    def _link(self, link: Link) -> Markup:
        self._in_link = True
        content = self._inlines(link.content)
        self._in_link = False
        return self._macro("link", content, link.target)

    def _term(self, term: Term) -> Markup:
        """A glossary word; its first use outside a link leads to its entry where entries are notes."""
        key = term.entry or plain_text(term.content)
        number = 0 if self._in_link else self._awaited.pop(key, 0)
        content = self._inlines(term.content)
        return self._macro("term_link", content, number) if number else self._macro("term", content)

    # blocks

    def _blocks(self, blocks: tuple[Block, ...], level: int, prefix: str = "") -> Markup:
        ids = {id(section): id_ for id_, section in numbered(blocks, prefix)}
        return Markup("").join(
            self._section(block, level + 1, ids[id(block)]) if isinstance(block, Section) else self._block(block, level)
            for block in blocks
        )

    def _section(self, section: Section, level: int, id_: str) -> Markup:
        classes = [f"role-{section.role}"] if section.role else []
        if level == 2:
            classes += ["top", self._flavour.section_class(plain_text(section.title))]
        content = self._blocks(section.blocks, level, id_ + "-")
        title = self._inlines(section.title)
        return self._macro(
            "section", level, section.id or id_, " ".join(filter(None, classes)) or "sub", title, content
        )

    def _block(self, block: Block, level: int) -> Markup:
        """The HTML of a block; `level` is that of the heading it stands under."""
        match block:
            case Paragraph():
                content = self._inlines(block.content)
                return self._macro("paragraph", content, content.endswith(":"))
            case List():
                return self._list(block, level)
            case Passage(lang=lang):
                with self._language(lang):
                    return self._macro("passage", lang, direction(lang), self._blocks(block.blocks, level))
            case Callout():
                return self._callout(block, level)
            case Advice():
                heading = self._inlines(block.heading) or self._label(block.kind)
                items = self._macro("list", "ul", "", 1, self._items(block.items, level))
                return self._macro("callout", block.kind, level + 1, "", heading, items)
            case SideEffects():
                return self._effects_table(block) if block.numbers else self._effects_lists(block, level)
            case Facts():
                return self._macro("facts", [(self._inlines(i.label), self._inlines(i.value)) for i in block.items])
            case Table():
                return self._table(block)
            case Figure():
                src = self._flavour.picture_url(block.picture)
                return self._macro("figure", src, block.alt, self._inlines(block.caption), block.width_percent)
            case WriteIn():
                hint = self._edition.wording.date_hint if block.kind is WriteInKind.DATE else ""
                labels = [self._inlines(label) for label in block.labels]
                return self._macro("write_in", block.kind, labels, hint, block.lines)
            case Contact():
                lines = [(self._label(line.kind), self._inlines(line.value)) for line in block.lines]
                return self._macro("contact", self._inlines(block.name), lines)
            case Section():
                raise ValueError("a section stands among blocks, never alone")
            case Include():
                raise ValueError("an edition holds no include")

    def _label(self, name: str) -> str:
        return str(getattr(self._edition.wording, name.replace("-", "_")))

    def _items(self, items: tuple[ListItem, ...], level: int) -> list[Markup]:
        return [self._item(item, level) for item in items]

    def _item(self, item: ListItem, level: int) -> Markup:
        """A lone paragraph needs no `p`: the item is the paragraph."""
        first, *rest = item.blocks
        if isinstance(first, Paragraph) and not any(isinstance(block, Paragraph) for block in rest):
            return self._inlines(first.content) + self._blocks(tuple(rest), level)
        return self._blocks(item.blocks, level)

    def _list(self, block: List, level: int) -> Markup:
        tag = "ul" if block.kind is ListKind.BULLET else "ol"
        style = "steps" if block.kind is ListKind.STEPS else ""
        return self._macro("list", tag, style, block.start, self._items(block.items, level))

    def _callout(self, block: Callout, level: int) -> Markup:
        label, heading = self._label(block.kind), self._inlines(block.heading)
        if block.kind is CalloutKind.KEY_POINTS:
            label, heading = "", heading or escape(label)
        content = self._blocks(block.blocks, level + 1)
        return self._macro("callout", block.kind, level + 1, label, heading, content)

    def _band(self, group: EffectGroup) -> Markup:
        return self._inlines(group.heading) if group.heading else escape(self._label(group.band))

    def _effect(self, effect: Effect, group: EffectGroup) -> SimpleNamespace:
        return SimpleNamespace(
            name=self._inlines(effect.name),
            plain=self._inlines(effect.plain),
            action=self._inlines(effect.action),
            band=self._band(group),
            number=self._label(f"{group.band}_number"),
        )

    def _effects_table(self, block: SideEffects) -> Markup:
        rows = [self._effect(effect, group) for group in block.groups for effect in group.effects]
        return self._macro("effects_table", self._edition.wording, any(row.action for row in rows), rows)

    def _effects_lists(self, block: SideEffects, level: int) -> Markup:
        return Markup("").join(
            self._macro(
                "effects_group",
                level + 1,
                self._band(group),
                self._edition.wording,
                [self._effect(effect, group) for effect in group.effects],
            )
            for group in block.groups
        )

    def _table(self, block: Table) -> Markup:
        def cells(row: tuple[Inlines, ...]) -> list[dict[str, Alignment | Markup]]:
            return [
                {"alignment": alignment, "content": self._inlines(cell)}
                for alignment, cell in zip(block.alignments, row, strict=True)
            ]

        rows = [cells(row.cells) for row in block.rows]
        return self._macro("table", self._inlines(block.caption), cells(block.header.cells), rows, block.row_headers)
