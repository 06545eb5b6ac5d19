"""Explaining: what each edition of a leaflet contains, and why a part is left out, in plain words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product

from leafletpress.diagnostics import Diagnostic
from leafletpress.edition.asking import Asked, case_for, find_readers
from leafletpress.edition.clinics import read_clinic
from leafletpress.edition.conditions import as_written, is_left, why_not
from leafletpress.edition.findings import MAX_BYTES, sort, unread
from leafletpress.edition.includes import Includes
from leafletpress.edition.shelf import Refusal, Shelf
from leafletpress.edition.texts import read_leaflet_text
from leafletpress.model import (
    Advice,
    Callout,
    Case,
    Condition,
    ConditionalNode,
    Contact,
    ContactLine,
    Effect,
    EffectGroup,
    Facts,
    Figure,
    Include,
    Inlines,
    List,
    ListItem,
    Metadata,
    Paragraph,
    Passage,
    Section,
    SideEffects,
    Span,
    Table,
    WriteIn,
    plain_text,
)
from leafletpress.model.walk import parts_of
from leafletpress.project import LeafletFile, Project

_LONGEST = 40  # characters of a part's words
_Around = tuple[str, Condition]
"""A conditional part that others stand in: what it is, and its condition."""


@dataclass(frozen=True, slots=True)
class AskedEdition:
    """An edition that is asked about. None: for no clinic, for no readers in particular; format "": for none."""

    clinic: str | None
    readers: str | None
    format: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a part is in an edition; `reason` says why not ("region is US, not GB"), and is empty where it is."""

    included: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ConditionalPart:
    """A part that has a condition: where it stands, what it is, its condition as written, and a verdict an edition.

    `included_at` is where the leaflet includes the shared text that the part stands in, None in the leaflet itself.
    `verdicts` are in the order of `Explanation.editions`.
    """

    span: Span
    what: str
    condition: str
    verdicts: tuple[Verdict, ...]
    included_at: Span | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """The conditional parts of a leaflet in reading order, the editions asked about, and what is wrong with it all.

    `parts` are those that could be read: with errors among `diagnostics` some may be missing.
    """

    leaflet: str
    lang: str
    editions: tuple[AskedEdition, ...]
    parts: tuple[ConditionalPart, ...]
    diagnostics: tuple[Diagnostic, ...]


def explain(
    project: Project,
    leaflet_file: LeafletFile,
    clinics: tuple[str | None, ...],
    readers: tuple[str | None, ...],
    formats: tuple[str, ...],
) -> Explanation:
    """Every conditional part of a leaflet and of its shared texts, against every edition that is asked about.

    The editions go by clinic, then readers, then format. Never raises on what people wrote; what is wrong with the
    leaflet itself is found by `resolve`, and only what keeps parts from being told is among the `diagnostics`.
    """
    editions = tuple(AskedEdition(*asked) for asked in product(clinics, readers, formats or ("",)))
    shelf = Shelf(project.root)
    content = shelf.open(leaflet_file.path, MAX_BYTES + 1)
    if isinstance(content, Refusal):
        found: tuple[Diagnostic, ...] = (unread(leaflet_file, content),)
        return Explanation(leaflet_file.id, leaflet_file.lang, editions, (), found)
    read = read_leaflet_text(content, leaflet_file.display)
    if read.leaflet is None:
        return Explanation(leaflet_file.id, leaflet_file.lang, editions, (), sort(read.text.diagnostics))
    includes = Includes(shelf, read.leaflet.meta.lang)
    includes.resolve(read.leaflet.body)
    cases, faults = _cases(project, leaflet_file, shelf, read.leaflet.meta, editions)
    walk = _Walk(includes, cases)
    walk.blocks(read.leaflet.body, (), None)
    found = sort((*read.text.diagnostics, *includes.diagnostics, *faults))
    return Explanation(leaflet_file.id, leaflet_file.lang, editions, tuple(walk.parts), found)


def _cases(
    project: Project, leaflet_file: LeafletFile, shelf: Shelf, meta: Metadata, editions: tuple[AskedEdition, ...]
) -> tuple[tuple[Case, ...], list[Diagnostic]]:
    """What each edition is made for, and the faults of the clinics and readers."""
    cases: list[Case] = []
    faults: list[Diagnostic] = []
    for edition in editions:
        clinic = read_clinic(shelf, edition.clinic, meta.lang) if edition.clinic is not None else None
        if isinstance(clinic, tuple):
            place = Span(leaflet_file.display)
            faults += (fault if fault.span.path else replace(fault, span=place) for fault in clinic)
            clinic = None
        readers = find_readers(project.house, edition.readers)
        if isinstance(readers, Diagnostic):
            faults.append(readers)
            readers = None
        asked = Asked(edition.clinic, edition.readers)
        case = case_for(asked, meta, project.house, clinic, readers)
        cases.append(replace(case, format=edition.format or None))
    return tuple(cases), faults


class _Walk:
    """Goes through a leaflet and what it includes, and collects the parts that have a condition."""

    def __init__(self, includes: Includes, cases: tuple[Case, ...]) -> None:
        self._includes = includes
        self._cases = cases
        self.parts: list[ConditionalPart] = []

    def blocks(
        self, blocks: tuple[ConditionalNode, ...], around: tuple[_Around, ...], included_at: Span | None
    ) -> None:
        """Collect what stands in `blocks`, which stand in the conditional parts `around`, outer first."""
        for node in blocks:
            self._node(node, around, included_at)

    def _node(self, node: ConditionalNode, around: tuple[_Around, ...], included_at: Span | None) -> None:
        if node.condition is not None:
            what = name_of(node)
            verdicts = tuple(self._verdict(node, around, case) for case in self._cases)
            span = node.condition.span if node.condition.span.path else node.span
            self.parts.append(ConditionalPart(span, what, as_written(node.condition), verdicts, included_at))
            around = (*around, (what, node.condition))
        if isinstance(node, Include):
            self.blocks(self._includes.opened(node), around, node.span)
        else:
            self.blocks(parts_of(node), around, included_at)

    def _verdict(self, node: ConditionalNode, around: tuple[_Around, ...], case: Case) -> Verdict:
        for what, condition in around:
            if why := why_not(condition, case):
                return Verdict(False, f"it stands in {what}, which is left out: {why}")
        assert node.condition is not None
        if why := why_not(node.condition, case):
            return Verdict(False, why)
        if not is_left(node, case, self._includes.opened):
            return Verdict(False, "nothing is left in it")
        return Verdict(True)


def name_of(node: ConditionalNode) -> str:
    """What a part is, in words: "section 'Prices'", "list item 'Bring this leaflet…'"."""
    match node:
        case Section():
            return _named("section", node.title)
        case Paragraph():
            return _named("paragraph", node.content)
        case ListItem():
            return _named("list item", _first_words(node))
        case List():
            return _named("list", _first_words(node.items[0]) if node.items else ())
        case Passage():
            return f"passage in {node.lang}"
        case Callout():
            return _named(f"{node.kind} box", node.heading)
        case Advice():
            return _named(f"{node.kind} list", node.heading)
        case SideEffects():
            return "side effects"
        case EffectGroup():
            return f"{node.band} side effects"
        case Effect():
            return _named("side effect", node.name)
        case Facts():
            return _named("facts", node.items[0].label if node.items else ())
        case Table():
            return _named("table", node.caption or (node.header.cells[0] if node.header.cells else ()))
        case Figure():
            return f"picture {node.picture}"
        case WriteIn():
            return _named("write-in", node.labels[0] if node.labels else ())
        case Contact():
            return _named("contact", node.name)
        case ContactLine():
            return _named(f"{node.kind} line", node.value)
        case Include():
            return f"shared text '{node.name}'"
        case _:
            return "part"


def _first_words(item: ListItem) -> Inlines:
    first = item.blocks[0] if item.blocks else None
    return first.content if isinstance(first, Paragraph) else ()


def _named(kind: str, inlines: Inlines) -> str:
    words = plain_text(inlines)
    short = words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"
    return f"{kind} '{short}'" if short else kind
