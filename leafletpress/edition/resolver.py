"""The resolver: from a leaflet's file to its editions with nothing left to look up, and every finding on the way.

The leaflet is first looked at as a whole, so that what is wrong in a part is found whatever edition is asked for; then
each edition is chosen from it and filled.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from leafletpress.diagnostics import Diagnostic
from leafletpress.edition.asking import Asked, case_for, find_readers
from leafletpress.edition.branding import find_look
from leafletpress.edition.clinics import ClinicFile, read_clinic
from leafletpress.edition.findings import MAX_BYTES, Lines, sort, unread, without_echoes
from leafletpress.edition.governance import check_governance, is_overdue
from leafletpress.edition.making import Maker
from leafletpress.edition.shelf import Refusal, Shelf
from leafletpress.edition.texts import LeafletText, read_leaflet_text
from leafletpress.edition.whole import look_over
from leafletpress.layout import PressProfile
from leafletpress.model import Edition, Span, Status
from leafletpress.project import HOUSE_FILE, LeafletFile, Project
from leafletpress.theme import Theme


@dataclass(frozen=True, slots=True)
class Resolution:
    """What came of a leaflet: its editions, the findings, and what they were made from.

    `editions` are by the name of their format, "" where no format was asked for; none where there is an error, and
    one and the same for all formats where no condition speaks of the format. `inputs` are the absolute paths of every
    file that they depend on, those looked for and missing too. `theme` and `word_template` (the bytes of a DOCX or
    DOTX, empty where there is none) are the house's with what the clinic sets otherwise; `press_profile` is the
    house's. `terms` are the glossary's
    file and key of every word, and `shared` the files of the shared texts, that the leaflet uses in any edition;
    files are as the user types them. `status` is None where the front matter cannot be read.
    """

    editions: Mapping[str, Edition]
    diagnostics: tuple[Diagnostic, ...]
    inputs: tuple[Path, ...]
    theme: Theme
    word_template: bytes = b""
    press_profile: PressProfile | None = None
    review_by: date | None = None
    status: Status | None = None
    terms: tuple[tuple[str, str], ...] = ()
    shared: tuple[str, ...] = ()

    @property
    def edition(self) -> Edition | None:
        """The first edition; None where there is an error."""
        return next(iter(self.editions.values()), None)


def resolve(  # noqa: PLR0913 - all that an edition is asked for, each by its name
    project: Project,
    leaflet_file: LeafletFile,
    clinic: str | None = None,
    *,
    readers: str | None = None,
    formats: tuple[str, ...] = (),
    today: date | None = None,
) -> Resolution:
    """Read a leaflet and resolve it for a clinic (None: for none, with ruled lines for a clinic's particulars).

    `readers` are a name of press.yaml, `formats` names of layouts without variants; `today` None means that no date
    is looked at. Never raises on what people wrote: every fault is a finding, sorted by file and line.
    """
    shelf = Shelf(project.root)
    shelf.note(project.root / HOUSE_FILE)
    content = shelf.open(leaflet_file.path, MAX_BYTES + 1)  # one more, so that the reader says what is too large
    if isinstance(content, Refusal):
        return Resolution({}, (unread(leaflet_file, content),), shelf.inputs, project.house.theme)
    read = read_leaflet_text(content, leaflet_file.display)
    asked = Asked(clinic, readers, formats, today)
    return compose(project, leaflet_file, read, shelf, asked)


def compose(project: Project, leaflet_file: LeafletFile, read: LeafletText, shelf: Shelf, asked: Asked) -> Resolution:
    """The editions of a leaflet that has been read, and the findings."""
    if read.leaflet is None:
        return Resolution({}, sort(read.text.diagnostics), shelf.inputs, project.house.theme)
    meta = read.leaflet.meta
    lines = Lines(meta, read.source)
    whole = look_over(project, leaflet_file, read.leaflet, read, shelf)
    found = [*whole.diagnostics, *check_governance(meta, project.house, asked.today, lines)]
    clinic, faults = _find_clinic(shelf, asked.clinic, leaflet_file, meta.lang)
    found += faults
    readers = find_readers(project.house, asked.readers)
    if isinstance(readers, Diagnostic):
        found.append(readers)
        readers = None
    look, faults = find_look(shelf, project.house, clinic)
    found += faults
    case = case_for(asked, meta, project.house, clinic, readers)
    late = is_overdue(meta, asked.today)
    maker = Maker(project.house, whole, clinic, look.logo, late, read.source)
    found += maker.untranslated()
    editions: dict[str, Edition] = {}
    for name in asked.formats or ("",):
        if editions and not whole.speaks_of_format:
            editions[name] = next(iter(editions.values()))
            continue
        own = replace(case, format=name or None) if whole.speaks_of_format else case
        editions[name], faults = maker.make(own)
        found += faults
    if any(finding.is_error for finding in read.text.diagnostics):
        found = without_echoes(found, gaps=True)
    diagnostics = sort((*read.text.diagnostics, *found))
    return Resolution(
        editions={} if any(finding.is_error for finding in diagnostics) else editions,
        diagnostics=diagnostics,
        inputs=shelf.inputs,
        theme=look.theme,
        word_template=look.word_template,
        press_profile=look.press_profile,
        review_by=meta.review_by,
        status=meta.status,
        terms=tuple((entry.span.path, entry.key) for entry in whole.glossary.used),
        shared=tuple(whole.includes.texts),
    )


def _find_clinic(
    shelf: Shelf, name: str | None, leaflet_file: LeafletFile, lang: str
) -> tuple[ClinicFile | None, tuple[Diagnostic, ...]]:
    """The clinic that was asked for; its faults stand at the leaflet where they have no place of their own."""
    found = read_clinic(shelf, name, lang) if name is not None else None
    if isinstance(found, tuple):
        place = Span(leaflet_file.display)
        return None, tuple(fault if fault.span.path else replace(fault, span=place) for fault in found)
    return found, ()
