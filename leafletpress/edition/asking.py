"""Asking: what an edition is wanted for, and the case that comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from leafletpress.diagnostics import Diagnostic, suggest
from leafletpress.edition.clinics import ClinicFile
from leafletpress.model import Case, Metadata, Span
from leafletpress.project import HOUSE_FILE, House, Readers


@dataclass(frozen=True, slots=True)
class Asked:
    """For which clinic, readers (by their name in press.yaml) and formats; `today` None: no date is looked at."""

    clinic: str | None = None
    readers: str | None = None
    formats: tuple[str, ...] = ()
    today: date | None = None


def find_readers(house: House, name: str | None) -> Readers | Diagnostic | None:
    """The readers of that name; P402 where press.yaml lists none such."""
    found = next((one for one in house.readers if one.name == name), None)
    if name is None or found is not None:
        return found
    known = tuple(one.name for one in house.readers)
    hint = suggest(name, known) if known else "list them there: a line 'readers:', and below it their name"
    return Diagnostic("P402", f"there are no readers '{name}' in {HOUSE_FILE}", Span(HOUSE_FILE), hint)


def case_for(asked: Asked, meta: Metadata, house: House, clinic: ClinicFile | None, readers: Readers | None) -> Case:
    """What the edition has of each facet but the format.

    The region is the clinic's, else the leaflet's, else the house's; readers go over what the leaflet says.
    """
    said = readers or Readers("")
    return Case(
        language=meta.lang,
        region=(clinic.region if clinic else None) or meta.region or house.region,
        audience=said.audience or meta.audience,
        sex=said.sex or meta.sex,
        age_group=said.age_group or meta.age_group,
        clinic=asked.clinic,
    )
