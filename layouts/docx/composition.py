"""Composition: one document while it is set: its body, its bookmarks, and what they point at."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from leafletpress.diagnostics import Diagnostic
from leafletpress.model import NOWHERE, Edition, Span, direction
from leafletpress.theme import Theme

from .carried import Media, Sheet
from .foundation import Foundation
from .grid import Grid, grid
from .markup import Element, add, clark, put, root
from .numbering import Numbering
from .relations import Relations
from .style_forms import ParagraphStyle
from .style_sheet import paragraph_styles

BODY_MARK, GENERATED_MARK = "_lf_", "_lg_"


@dataclass(slots=True)
class Composition:
    """Everything that grows while the blocks are set, in document order."""

    edition: Edition
    theme: Theme
    foundation: Foundation
    document: Element = field(default_factory=lambda: root("w:document", "r", "wp", "a", "pic", "w14", "mc"))
    relations: Relations = field(default_factory=Relations)
    media: dict[str, Media] = field(default_factory=dict)
    sheets: list[Sheet] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    first_values: dict[str, str] = field(default_factory=dict)
    anchors: dict[str, str] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)
    mark_prefix: str = GENERATED_MARK
    place: Span = NOWHERE
    origins: list[tuple[str, Span]] = field(default_factory=list)
    grid: Grid = field(init=False)
    numbering: Numbering = field(init=False)
    body: Element = field(init=False)
    styles: dict[str, ParagraphStyle] = field(init=False)
    last_style: str = ""
    _marks: dict[str, int] = field(default_factory=dict)
    _bookmarks: int = 0
    _controls: int = 0
    _drawings: int = 0
    _pending: list[tuple[Element, str, Span]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.grid = grid(self.foundation.theme)
        self.numbering = Numbering(self.foundation.theme, self.foundation.names, self.foundation.numbering)
        self.styles = paragraph_styles(self.foundation.theme)
        self.document.set(clark("mc:Ignorable"), "w14")
        self.body = add(self.document, "w:body")

    @property
    def lang(self) -> str:
        """The leaflet's language."""
        return self.edition.leaflet.meta.lang

    @property
    def rtl(self) -> bool:
        """Whether the leaflet's language runs from right to left."""
        return direction(self.lang) == "rtl"

    def refuse(self, message: str, span: Span, hint: str = "") -> None:
        """Note something that a DOCX cannot express; the render ends with every such finding."""
        self.findings.append(Diagnostic("L505", message, span, hint))

    def paragraph(self, parent: Element, style: str, lang: str | None = None) -> Element:
        """A new paragraph; one in a language of the other direction turns round within its container."""
        paragraph = add(parent, "w:p")
        self.last_style = style
        properties = add(paragraph, "w:pPr")
        add(properties, "w:pStyle", val=self.style_id(style))
        if lang is None or lang == self.lang:
            return paragraph
        self._turn(properties, style, lang)
        mark = put(properties, "w:rPr")
        rtl = direction(lang) == "rtl"
        add(mark, "w:lang", **{"bidi" if rtl else "val": lang})
        return paragraph

    def style_id(self, name: str) -> str:
        """The id of the style that has one of our names."""
        return self.foundation.names.id(name)

    def ours(self, style: str) -> bool:
        """Whether a style's measures are ours: a house's template may have a style of that name."""
        return style not in self.foundation.names.house

    def _turn(self, properties: Element, name: str, lang: str) -> None:
        """Set the direction where it differs from the leaflet's. Indents count from the side a line starts at."""
        if direction(lang) == direction(self.lang):
            return
        put(properties, "w:bidi", val=1 if direction(lang) == "rtl" else 0)
        if not self.ours(name):
            return
        style = self.styles[name]
        start, end = style.right + style.left - style.edge, style.edge
        put(properties, "w:ind", left=start, right=end, hanging=style.hanging)

    def mark(self, paragraph: Element) -> int:
        """Open the next bookmark in a paragraph and give its number; `close` ends it."""
        name = self.next_mark
        self._marks[self.mark_prefix] = self._marks.get(self.mark_prefix, 0) + 1
        if self.mark_prefix == BODY_MARK:
            self.origins.append((name, self.place))
        number = self.bookmark_id()
        add(paragraph, "w:bookmarkStart", id=number, name=name)
        return number

    def stand(self, span: Span, *, opening: bool = False) -> None:
        """Say where the words that follow stand in the source; with `opening`, on the first line of `span` alone."""
        self.place = replace(span, end_line=span.line) if opening else span

    @property
    def next_mark(self) -> str:
        """The name that the next bookmark will get."""
        return f"{self.mark_prefix}{self._marks.get(self.mark_prefix, 0):03d}"

    def close(self, paragraph: Element, number: int) -> None:
        """End a bookmark."""
        add(paragraph, "w:bookmarkEnd", id=number)

    def bookmark_id(self) -> int:
        """A number for the next bookmark."""
        self._bookmarks += 1
        return self._bookmarks

    def control_id(self) -> int:
        """A number for the next content control."""
        self._controls += 1
        return self._controls

    def drawing_id(self) -> int:
        """A number for the next drawing (docPr ids must differ)."""
        self._drawings += 1
        return self._drawings

    def point(self, link: Element, key: str, span: Span = NOWHERE) -> None:
        """Let a link lead to `key`, which may be set further down."""
        self._pending.append((link, key, span))

    def settle(self) -> None:
        """Give every link inside the leaflet the bookmark it leads to."""
        for link, key, span in self._pending:
            if (name := self.anchors.get(key)) is None:
                self.refuse(f"the link to '{key}' leads nowhere", span, "give a section that id")
            else:
                link.set(clark("w:anchor"), name)
