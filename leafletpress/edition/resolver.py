"""The resolver: from a leaflet's file to an edition with nothing left to look up, and every finding on the way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from leafletpress.checks import check, check_place
from leafletpress.diagnostics import Diagnostic
from leafletpress.edition import generated
from leafletpress.edition.clinics import read_clinic
from leafletpress.edition.filling import Filling, leaflet_values
from leafletpress.edition.glossary import Glossary
from leafletpress.edition.includes import Includes
from leafletpress.edition.pictures import open_picture
from leafletpress.edition.shelf import MENDING, Reason, Refusal, Shelf
from leafletpress.edition.wordings import find_wording
from leafletpress.model import Block, Edition, Figure, Leaflet, Metadata, Picture, Span, Status
from leafletpress.model.walk import each_block, rewrite
from leafletpress.project import HOUSE_FILE, LeafletFile, Project
from leafletpress.reader import read_leaflet
from leafletpress.wording import ENGLISH

MAX_BYTES = 1_048_576

# What is refused or not found is left out: a section may then look empty, and a source uncited.
_FOLLOWS_FROM_GAPS = frozenset({"A208", "E306"})
_KEYS = {"M106": "id", "M107": "lang", "A209": "title", "E314": "lang", "E315": "status"}
"""Findings about one key of the front matter."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """What came of a leaflet: its edition (None where there is an error), the findings, and what it was made from.

    `inputs` are the absolute paths of every file the edition depends on, those looked for and missing too.
    """

    edition: Edition | None
    diagnostics: tuple[Diagnostic, ...]
    inputs: tuple[Path, ...]


def resolve(project: Project, leaflet_file: LeafletFile, clinic: str | None = None) -> Resolution:
    """Read a leaflet and resolve it for a clinic (None: for none, with ruled lines for a clinic's particulars).

    Never raises on what people wrote: every fault is a finding, sorted by file and line.
    """
    shelf = Shelf(project.root)
    shelf.note(project.root / HOUSE_FILE)
    content = shelf.open(leaflet_file.path, MAX_BYTES + 1)  # one more, so that the reader says what is too large
    if isinstance(content, Refusal):
        return Resolution(None, (_unread(leaflet_file, content),), shelf.inputs)
    reading = read_leaflet(content, leaflet_file.display)
    if reading.leaflet is None:
        return Resolution(None, _sorted(reading.diagnostics), shelf.inputs)
    edition, found = compose(project, leaflet_file, reading.leaflet, shelf, clinic)
    if any(finding.is_error for finding in reading.diagnostics):
        edition, found = None, _without_echoes(found, gaps=True)
    text = content.decode("utf-8", errors="replace")
    if edition is not None:
        edition = replace(edition, source_text=text)
    found = [_at_key(finding, reading.leaflet.meta, text) for finding in found]
    return Resolution(edition, _sorted((*reading.diagnostics, *found)), shelf.inputs)


def compose(
    project: Project, leaflet_file: LeafletFile, leaflet: Leaflet, shelf: Shelf, clinic_id: str | None = None
) -> tuple[Edition | None, list[Diagnostic]]:
    """The edition of a leaflet that has been read, and the findings; None where one of them is an error.

    Its `source_text` is empty: only who read the file knows it.
    """
    meta = leaflet.meta
    found = [*check_place(leaflet, leaflet_file), *_check_meta(meta)]
    wording, faults = find_wording(shelf, meta.lang, meta.span)
    found += faults
    clinic, faults = read_clinic(shelf, clinic_id) if clinic_id is not None else (None, ())
    found += (replace(fault, span=fault.span if fault.span.path else Span(leaflet_file.display)) for fault in faults)

    includes = Includes(shelf, meta.lang)
    body = includes.resolve(leaflet.body)
    publisher = meta.publisher or project.house.publisher
    glossary = Glossary(shelf, meta.lang)
    filling = Filling(meta, leaflet_values(meta, wording or ENGLISH, publisher), glossary, clinic)
    body = rewrite(body, filling.fill)
    pictures, missing = _open_pictures(shelf, leaflet_file.path.parent, body)
    found += (*includes.diagnostics, *filling.diagnostics, *filling.uncited(), *glossary.diagnostics, *missing)
    leaflet = replace(leaflet, body=body)
    found += check(leaflet)
    found = _without_echoes(found, gaps=bool(includes.diagnostics), unexplained=bool(glossary.diagnostics))
    found = [_with_place(finding, includes.first_asked) for finding in found]
    if wording is None or any(finding.is_error for finding in found):
        return None, found
    references = filling.references
    edition = Edition(
        leaflet=leaflet,
        wording=wording,
        publisher=publisher,
        kind_label=str(getattr(wording, meta.kind)),
        notice=generated.notice(meta, wording),
        footer=generated.footer(meta, wording),
        contents=generated.is_long(body),
        glossary=glossary.used,
        references=references,
        reference_lines=tuple(generated.reference_line(source, wording, meta.lang) for source in references),
        review_box=generated.review_box(meta, wording, publisher),
        formats_line=generated.formats_line(wording, project.house.contact or publisher),
        pictures=pictures,
        source_text="",
        imprint=generated.imprint(clinic, wording),
        clinic=clinic,
        owner=dict(clinic.values)["name"] if clinic else "",
        span=leaflet.span,
    )
    return edition, found


def _open_pictures(shelf: Shelf, folder: Path, body: tuple[Block, ...]) -> tuple[tuple[Picture, ...], list[Diagnostic]]:
    """Each picture once, in order of first use; a fault for each figure whose picture cannot be used."""
    opened: dict[str, Picture | Diagnostic] = {}
    faults: list[Diagnostic] = []
    for figure in each_block(body):
        if not isinstance(figure, Figure):
            continue
        if figure.picture not in opened:
            opened[figure.picture] = open_picture(shelf, folder, figure)
        result = opened[figure.picture]
        if isinstance(result, Diagnostic):
            faults.append(replace(result, span=figure.span))
    return tuple(picture for picture in opened.values() if isinstance(picture, Picture)), faults


def _check_meta(meta: Metadata) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    if meta.status is Status.WITHDRAWN:
        hint = "delete the leaflet, or give it another status once it has been reviewed"
        found.append(Diagnostic("E315", f"'{meta.id}' is withdrawn: it is not printed any more", meta.span, hint))
    for name, words in (("title", meta.title), ("summary", meta.summary)):
        if "{{" in words:
            message = f"the {name} has a variable, and variables are filled in below the front matter only"
            found.append(Diagnostic("E303", message, meta.span, "write the words out"))
    return found


def _unread(leaflet_file: LeafletFile, refusal: Refusal) -> Diagnostic:
    messages = {
        Reason.MISSING: "the leaflet's file is gone",
        Reason.OUTSIDE: "the leaflet's file lies outside the project",
        Reason.TOO_LARGE: f"the leaflet is larger than {MAX_BYTES} bytes",
        Reason.UNREADABLE: f"the file cannot be read: {refusal.detail}",
    }
    code = "S102" if refusal.reason is Reason.TOO_LARGE else "S105"
    return Diagnostic(code, messages[refusal.reason], Span(leaflet_file.display), MENDING[refusal.reason])


def _without_echoes(found: Iterable[Diagnostic], *, gaps: bool, unexplained: bool = False) -> list[Diagnostic]:
    """The findings without those that follow from others: from `gaps` in the text, or from a glossary with faults."""
    echoes = (_FOLLOWS_FROM_GAPS if gaps else frozenset()) | ({"E304"} if unexplained else set())
    return [finding for finding in found if finding.code not in echoes]


def _at_key(finding: Diagnostic, meta: Metadata, text: str) -> Diagnostic:
    """A finding about a key of the front matter, at the line that the key stands in."""
    if finding.code not in _KEYS:
        return finding
    lines = text.splitlines()[: meta.span.end_line]
    line = next((n for n, words in enumerate(lines, start=1) if words.startswith(f"{_KEYS[finding.code]}:")), 0)
    return replace(finding, span=Span(meta.span.path, line, line)) if line else finding


def _with_place(finding: Diagnostic, first_asked: dict[str, Span]) -> Diagnostic:
    """A finding inside a shared paragraph names the place that included it, too."""
    place = first_asked.get(finding.span.path)
    circle = finding.code == "E302"  # its hint names the includes already
    return finding if place is None or circle else replace(finding, message=f"{finding.message} (included at {place})")


def _sorted(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Each finding once, by file and line."""
    return tuple(sorted(dict.fromkeys(found), key=lambda one: (one.span.path, one.span.line, one.code)))
