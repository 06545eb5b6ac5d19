"""The edition: a leaflet for one clinic with nothing left to resolve, and the parts that are generated.

Layouts get an edition and nothing else. Its generated parts are words already, in the leaflet's language, so that
every format says the same.
"""

from __future__ import annotations

from dataclasses import dataclass

from leafletpress.model.blocks import Contact, Facts
from leafletpress.model.conditions import Case
from leafletpress.model.inlines import Inlines
from leafletpress.model.leaflet import Leaflet, Source
from leafletpress.model.span import Node
from leafletpress.wording import Wording


@dataclass(frozen=True, slots=True)
class Clinic(Node):
    """A clinic's particulars: the values of `{{clinic.<field>}}` and `{{clinic.<department>.<field>}}`."""

    id: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class GlossaryEntry(Node):
    """A word explained: the key it is looked up by, the word as printed, the medical word, the meaning."""

    key: str
    word: str
    medical: str | None
    definition: str


@dataclass(frozen=True, slots=True)
class Picture(Node):
    """A picture's bytes under the path its figure names; sizes in CSS pixels (SVG: of the view box)."""

    path: str
    media_type: str
    content: bytes
    width_px: float
    height_px: float


@dataclass(frozen=True, slots=True)
class Edition(Node):
    """What a layout renders: masthead, contents, body, glossary, references, imprint, review box, formats line.

    Its leaflet holds no `Variable`, no `Include` and no condition. `source_text` is the leaflet's own file, byte for
    byte, which the DOCX carries home. `owner` is the clinic's name above everything else, with the `logo` beside it
    (which says the same and is decoration); empty where there is no clinic. `kind_label` stands above the title.
    `notice` is a mark for drafts, empty otherwise; every page or screen shows it. `overdue` says that the review date
    has passed, empty otherwise. `footer` is on every page beside "page x of y". With `contents` the leaflet is long
    enough to want a list of its sections. `imprint` is how to reach the clinic, with lines to fill in by hand where
    there is none.
    """

    leaflet: Leaflet
    wording: Wording
    publisher: str
    kind_label: str
    notice: str
    footer: str
    contents: bool
    glossary: tuple[GlossaryEntry, ...]
    references: tuple[Source, ...]
    reference_lines: tuple[Inlines, ...]
    review_box: Facts
    formats_line: Inlines
    pictures: tuple[Picture, ...]
    source_text: str
    imprint: Contact
    clinic: Clinic | None = None
    owner: str = ""
    logo: Picture | None = None
    overdue: str = ""
    case: Case | None = None

    def picture(self, path: str) -> Picture:
        """The picture of that path; KeyError where the edition has none (the resolver makes sure it has)."""
        for picture in self.pictures:
            if picture.path == path:
                return picture
        raise KeyError(path)

    def citation_number(self, key: str) -> int:
        """The number a citation prints, from 1, in order of first use."""
        for number, source in enumerate(self.references, start=1):
            if source.id == key:
                return number
        raise KeyError(key)
