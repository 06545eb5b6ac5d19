"""Blocks: what stands on its own between two blank lines, and what each kind may hold.

Every block, list item, side effect and contact line may have a condition (see `conditions`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from leafletpress.model.conditions import ConditionalNode
from leafletpress.model.inlines import Inlines
from leafletpress.model.span import Node


class Role(StrEnum):
    """What a section is for; maps to QRD sections 1-6, LOINC and schema.org."""

    KEY = "key"
    ABOUT = "about"
    BEFORE = "before"
    USE = "use"
    MISSED = "missed"
    STOPPING = "stopping"
    EFFECTS = "effects"
    HELP = "help"
    INTERACTIONS = "interactions"
    ALCOHOL = "alcohol"
    VACCINES = "vaccines"
    PREGNANCY = "pregnancy"
    MONITORING = "monitoring"
    SELFCARE = "selfcare"
    STORAGE = "storage"
    CONTACT = "contact"
    QUESTIONS = "questions"
    MORE = "more"


class ListKind(StrEnum):
    """Bullets, plain numbers, or the steps of a procedure."""

    BULLET = "bullet"
    NUMBER = "number"
    STEPS = "steps"


class CalloutKind(StrEnum):
    """Care levels (NHS care cards: emergency, urgent, contact), warning, note, and the key points."""

    EMERGENCY = "emergency"
    URGENT = "urgent"
    CONTACT = "contact"
    WARNING = "warning"
    NOTE = "note"
    KEY_POINTS = "key-points"


class AdviceKind(StrEnum):
    """What to do, and what not to do."""

    DO = "do"
    DO_NOT = "do-not"


class Band(StrEnum):
    """How many people have a side effect (EMA QRD template, section 4)."""

    VERY_COMMON = "very-common"
    COMMON = "common"
    UNCOMMON = "uncommon"
    RARE = "rare"
    VERY_RARE = "very-rare"
    NOT_KNOWN = "not-known"


class WriteInKind(StrEnum):
    """Ruled line, box, tick box, date."""

    LINE = "line"
    BOX = "box"
    TICK = "tick"
    DATE = "date"


class ContactKind(StrEnum):
    """What a line of a contact block holds."""

    PHONE = "phone"
    TEXTPHONE = "textphone"
    HOURS = "hours"
    EMAIL = "email"
    WEB = "web"
    ADDRESS = "address"


class Alignment(StrEnum):
    """Of a table column; `start` is left in left-to-right languages."""

    START = "start"
    CENTRE = "centre"
    END = "end"


@dataclass(frozen=True, slots=True)
class Paragraph(ConditionalNode):
    """Running text; never empty."""

    content: Inlines


@dataclass(frozen=True, slots=True)
class ListItem(ConditionalNode):
    """One item; it begins with a paragraph, further paragraphs and nested lists may follow.

    That first paragraph and nested lists have no condition of their own: the source has no place for one.
    """

    blocks: tuple[TextBlock, ...]


@dataclass(frozen=True, slots=True)
class List(ConditionalNode):
    """A list of at least one item; `start` counts for numbers only. `::: steps` makes the steps of a procedure."""

    kind: ListKind
    items: tuple[ListItem, ...]
    start: int = 1


@dataclass(frozen=True, slots=True)
class Passage(ConditionalNode):
    """Paragraphs and lists in another language; `lang` is a BCP 47 tag."""

    lang: str
    blocks: tuple[TextBlock, ...]


@dataclass(frozen=True, slots=True)
class Callout(ConditionalNode):
    """A marked box, one unit: its level in words, an optional heading, and what it says."""

    kind: CalloutKind
    heading: Inlines
    blocks: tuple[BoxBlock, ...]


@dataclass(frozen=True, slots=True)
class Advice(ConditionalNode):
    """A do list or a do-not list. Empty `heading` means the label of the language ("Do", "Do not")."""

    kind: AdviceKind
    heading: Inlines
    items: tuple[ListItem, ...]


@dataclass(frozen=True, slots=True)
class Effect(ConditionalNode):
    """One side effect: its name, what it is in plain words, and what to do; the last two may be empty."""

    name: Inlines
    plain: Inlines = ()
    action: Inlines = ()


@dataclass(frozen=True, slots=True)
class EffectGroup(ConditionalNode):
    """The effects of one band. Empty `heading` means the band's label in the language."""

    band: Band
    heading: Inlines
    effects: tuple[Effect, ...]


@dataclass(frozen=True, slots=True)
class SideEffects(ConditionalNode):
    """Side effects by band. With `numbers` each band prints how many people; False where the sources give none."""

    groups: tuple[EffectGroup, ...]
    numbers: bool = True


@dataclass(frozen=True, slots=True)
class Fact(Node):
    """A label and its value."""

    label: Inlines
    value: Inlines


@dataclass(frozen=True, slots=True)
class Facts(ConditionalNode):
    """A definition list of at least one fact."""

    items: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Row(Node):
    """Cells of a table row, as many as the table has columns; a cell may be empty outside the header."""

    cells: tuple[Inlines, ...]


@dataclass(frozen=True, slots=True)
class Table(ConditionalNode):
    """A table with a header row; with `row_headers` the first cell of each row is a header too."""

    caption: Inlines
    alignments: tuple[Alignment, ...]
    header: Row
    rows: tuple[Row, ...]
    row_headers: bool = False


@dataclass(frozen=True, slots=True)
class Figure(ConditionalNode):
    """A picture by its path relative to the leaflet's folder, what it shows in words, and a caption (may be empty).

    `width_percent` is its width within the text column, 10 to 100.
    """

    picture: str
    alt: str
    caption: Inlines
    width_percent: int = 100


@dataclass(frozen=True, slots=True)
class WriteIn(ConditionalNode):
    """Fields to fill in by hand, one for each label; `lines` is how many ruled lines (or box lines) each has."""

    kind: WriteInKind
    labels: tuple[Inlines, ...]
    lines: int = 1


@dataclass(frozen=True, slots=True)
class ContactLine(ConditionalNode):
    """One way to reach somebody."""

    kind: ContactKind
    value: Inlines


@dataclass(frozen=True, slots=True)
class Contact(ConditionalNode):
    """Who to reach, and how."""

    name: Inlines
    lines: tuple[ContactLine, ...]


@dataclass(frozen=True, slots=True)
class Include(ConditionalNode):
    """A shared paragraph by name, from shared/<lang>/<name>.md, and what it is given. An edition holds none.

    `parameters` are names and values, sorted by name: the values of `{{include.<name>}}` in the shared paragraph.
    """

    name: str
    parameters: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Section(ConditionalNode):
    """A heading and what belongs to it; sections nest up to three deep below the title.

    `id` is the anchor the writer gave, None where there is none.
    """

    title: Inlines
    blocks: tuple[Block, ...]
    role: Role | None = field(default=None)
    id: str | None = field(default=None)


TextBlock: TypeAlias = Paragraph | List
BoxBlock: TypeAlias = Paragraph | List | Passage
Block: TypeAlias = (
    Section
    | Paragraph
    | List
    | Passage
    | Callout
    | Advice
    | SideEffects
    | Facts
    | Table
    | Figure
    | WriteIn
    | Contact
    | Include
)
