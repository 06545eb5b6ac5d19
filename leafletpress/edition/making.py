"""Making: one edition, chosen from the whole leaflet for its case, filled, and with its generated parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from leafletpress.checks import check_edition
from leafletpress.diagnostics import Diagnostic
from leafletpress.edition import generated
from leafletpress.edition.clinics import ClinicFile
from leafletpress.edition.conditions import select, why_not
from leafletpress.edition.filling import Filling, Regions
from leafletpress.edition.findings import with_place, without_echoes
from leafletpress.edition.whole import Whole
from leafletpress.model import Block, Case, ContactKind, Edition, Figure, Leaflet, Picture, Section
from leafletpress.model.walk import each_block, each_conditional, rewrite
from leafletpress.project import House
from leafletpress.wording import ENGLISH


@dataclass(frozen=True, slots=True)
class Maker:
    """What all editions of a leaflet for one clinic have in common."""

    house: House
    whole: Whole
    clinic: ClinicFile | None
    logo: Picture | None
    overdue: bool
    source: str

    def make(self, case: Case) -> tuple[Edition, tuple[Diagnostic, ...]]:
        """The edition for a case, and what is wrong with it beside what is wrong with the whole.

        It is whole only where there is no error, here or there.
        """
        whole, meta = self.whole, self.whole.leaflet.meta
        wording = whole.wording or ENGLISH
        glossary = whole.glossary.afresh()
        filling = Filling(meta, whole.values, glossary, self.clinic, regions=Regions(self.house.regions, case.region))
        body = select(whole.leaflet.body, case, whole.includes.opened)
        body = rewrite(body, filling.fill)
        found = [*filling.diagnostics, *check_edition(body, self._left_out(body, case))]
        found = without_echoes(found, gaps=False, unexplained=bool(glossary.diagnostics))
        references = filling.references
        clinic = self.clinic.clinic if self.clinic else None
        late = meta.review_by if self.overdue else None
        edition = Edition(
            leaflet=Leaflet(meta, body, span=whole.leaflet.span),
            wording=wording,
            publisher=whole.publisher,
            kind_label=str(getattr(wording, meta.kind)),
            notice=generated.notice(meta, wording),
            footer=generated.footer(meta, wording),
            contents=generated.is_long(body),
            glossary=glossary.used,
            references=references,
            reference_lines=tuple(generated.reference_line(source, wording, meta.lang) for source in references),
            review_box=generated.review_box(meta, wording, whole.publisher),
            formats_line=generated.formats_line(wording, self.house.contact or whole.publisher),
            pictures=tuple(self._pictures(body)),
            source_text=self.source,
            imprint=generated.imprint(clinic, meta.department, wording),
            clinic=clinic,
            owner=generated.owner(clinic, meta.department),
            logo=self.logo,
            overdue=generated.overdue(late, wording, meta.lang) if late else "",
            case=case,
            span=whole.leaflet.span,
        )
        return edition, tuple(with_place(finding, whole.includes) for finding in found)

    def _pictures(self, body: tuple[Block, ...]) -> Iterator[Picture]:
        """The pictures that the edition shows, each once, in order of first use."""
        names = dict.fromkeys(block.picture for block in each_block(body) if isinstance(block, Figure))
        return (self.whole.pictures[name] for name in names if name in self.whole.pictures)

    def _left_out(self, body: tuple[Block, ...], case: Case) -> dict[str, str]:
        """The ids of the sections that the edition leaves out, with the reason."""
        kept = {block.id for block in each_block(body) if isinstance(block, Section)}
        reasons: dict[str, str] = {}
        if all(block.id in kept for block in each_block(self.whole.body) if isinstance(block, Section)):
            return reasons
        for section, under in each_conditional(self.whole.leaflet.body):
            if isinstance(section, Section) and section.id is not None and section.id not in kept:
                why = next((said for condition in under if (said := why_not(condition, case))), "")
                reasons.setdefault(section.id, why or "nothing is left in it")
        return reasons

    def untranslated(self) -> Iterator[Diagnostic]:
        """P402 for each value that owner and imprint print and that the clinic has in other languages alone."""
        if self.clinic is None:
            return
        lang, department = self.whole.leaflet.meta.lang, self.whole.leaflet.meta.department
        missing = self.clinic.untranslated
        known = {name for name, _ in self.clinic.clinic.values} | missing
        names = [generated.imprint_value(kind, department, known) for kind in ContactKind]
        for name in (f"{department}.name", *names):
            if name in missing:
                group, _, field = name.rpartition(".")
                place = ("departments", group, field) if group else (field,)
                message = f"'{name}' has no words in the language '{lang}', and every leaflet prints it"
                hint = f"add a line '{lang}: …' below it"
                yield Diagnostic("P402", message, self.clinic.yaml.span(place), hint)
