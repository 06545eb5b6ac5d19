"""The edition: a leaflet for one clinic with nothing left to resolve, and the parts that are generated.

Layouts get an edition and nothing else. Its generated parts are words already, in the leaflet's language, so that
every format says the same.
"""

from __future__ import annotations

from dataclasses import dataclass

from leafletpress.model.blocks import Facts
from leafletpress.model.inlines import Inlines
from leafletpress.model.leaflet import Leaflet, Source
from leafletpress.model.span import Node
from leafletpress.wording import Wording


@dataclass(frozen=True, slots=True)
class Clinic(Node):
    """A clinic's particulars: the values of `{{clinic.<field>}}` by field name."""

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
    """What a layout renders: masthead, contents, body, glossary, references, review box, formats line, in that order.

    Its leaflet holds no `Variable` and no `Include`. `source_text` is the leaflet's own file, byte for byte, which the
    DOCX carries home. `kind_label` stands above the title. `notice` is a mark for drafts, empty otherwise. `footer` is
    on every page beside "page x of y". With `contents` the leaflet is long enough to want a list of its sections.
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
    clinic: Clinic | None = None

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
