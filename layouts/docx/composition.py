"""Composition: one document while it is set: its body, its bookmarks, and what they point at."""

from __future__ import annotations

from dataclasses import dataclass, field

from leafletpress.diagnostics import Diagnostic
from leafletpress.model import NOWHERE, Edition, Span, direction
from leafletpress.theme import Theme

from .families import style_id
from .grid import Grid, grid
from .markup import Element, add, clark, put, root
from .numbering import Numbering
from .relations import Relations
from .style_forms import ParagraphStyle
from .style_sheet import paragraph_styles

BODY_MARK, GENERATED_MARK = "_lf_", "_lg_"


@dataclass(frozen=True, slots=True)
class Media:
    """A picture in the package."""

    name: str
    content: bytes


@dataclass(slots=True)
class Composition:
    """Everything that grows while the blocks are set, in document order."""

    edition: Edition
    theme: Theme
    document: Element = field(default_factory=lambda: root("w:document", "r", "wp", "a", "pic", "w14", "mc"))
    relations: Relations = field(default_factory=Relations)
    media: dict[str, Media] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    anchors: dict[str, str] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)
    mark_prefix: str = GENERATED_MARK
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
        self.grid = grid(self.theme)
        self.numbering = Numbering(self.theme)
        self.styles = paragraph_styles(self.theme)
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
        add(properties, "w:pStyle", val=style_id(style))
        if lang is None or lang == self.lang:
            return paragraph
        self._turn(properties, self.styles[style], lang)
        mark = put(properties, "w:rPr")
        rtl = direction(lang) == "rtl"
        add(mark, "w:lang", **{"bidi" if rtl else "val": lang})
        return paragraph

    def _turn(self, properties: Element, style: ParagraphStyle, lang: str) -> None:
        """Set the direction where it differs from the leaflet's. Indents count from the side a line starts at."""
        if direction(lang) == direction(self.lang):
            return
        put(properties, "w:bidi", val=1 if direction(lang) == "rtl" else 0)
        start, end = style.right + style.left - style.edge, style.edge
        put(properties, "w:ind", left=start, right=end, hanging=style.hanging)

    def mark(self, paragraph: Element) -> int:
        """Open the next bookmark in a paragraph and give its number; `close` ends it."""
        name = self.next_mark
        self._marks[self.mark_prefix] = self._marks.get(self.mark_prefix, 0) + 1
        self._bookmarks += 1
        add(paragraph, "w:bookmarkStart", id=self._bookmarks, name=name)
        return self._bookmarks

    @property
    def next_mark(self) -> str:
        """The name that the next bookmark will get."""
        return f"{self.mark_prefix}{self._marks.get(self.mark_prefix, 0):03d}"

    def close(self, paragraph: Element, number: int) -> None:
        """End a bookmark."""
        add(paragraph, "w:bookmarkEnd", id=number)

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
