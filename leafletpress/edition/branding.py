"""Branding: how a clinic's editions look (theme, logo, Word template), and what is wrong with what it asks for."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePath
from zipfile import ZipFile

from leafletpress.diagnostics import Diagnostic
from leafletpress.edition.clinics import FOLDER, ClinicFile
from leafletpress.edition.pictures import open_logo
from leafletpress.edition.shelf import MENDING, Reason, Refusal, Shelf
from leafletpress.layout import PressProfile
from leafletpress.model import Facet, Picture
from leafletpress.project import House, IccFile, WordTemplate, branded, find_faint
from leafletpress.theme import Theme

MAX_TEMPLATE_BYTES = 5_000_000
MAX_PROFILE_BYTES = 10_000_000

_DOCUMENT = "word/document.xml"


@dataclass(frozen=True, slots=True)
class Look:
    """How an edition looks; `word_template` is empty where there is none."""

    theme: Theme
    logo: Picture | None = None
    word_template: bytes = b""
    press_profile: PressProfile | None = None


def find_look(shelf: Shelf, house: House, clinic: ClinicFile | None) -> tuple[Look, tuple[Diagnostic, ...]]:
    """The house's look with what the clinic sets otherwise; a fault (P402, E310 to E313) for what cannot be used."""
    found: list[Diagnostic] = []
    theme, logo, template = house.theme, None, house.word_template
    if clinic is not None:
        span = clinic.yaml.span
        theme = branded(theme, clinic.brand)
        found += find_faint(theme, clinic.brand, lambda colour: span(("colours", colour)))
        if clinic.region is not None and clinic.region not in house.facets.region:
            message = f"'{clinic.region}' is no region of this house"
            hint = house.facets.hint(Facet.REGION, clinic.region)
            found.append(Diagnostic("P402", message, span(("region",)), hint))
        if clinic.logo is not None:
            opened = open_logo(shelf, shelf.root / FOLDER, clinic.logo, span(("logo",)))
            if isinstance(opened, Picture):
                logo = opened
            else:
                found.append(opened)
        template = clinic.word_template or template
    content = _open_template(shelf, template) if template else b""
    if isinstance(content, Diagnostic):
        found.append(content)
        content = b""
    profile = _open_profile(shelf, house.icc) if house.icc else None
    if isinstance(profile, Diagnostic):
        found.append(profile)
        profile = None
    return Look(theme, logo, content, profile), tuple(found)


def _open_template(shelf: Shelf, template: WordTemplate) -> bytes | Diagnostic:
    content = _open(shelf, template, "the Word template", MAX_TEMPLATE_BYTES)
    if isinstance(content, Diagnostic) or _is_word_file(content):
        return content
    hint = "open it in Word or LibreOffice and save it as a Word document or template (DOCX, DOTX)"
    return Diagnostic("P402", f"the Word template {template.path}: this is no Word file", template.span, hint)


def _open_profile(shelf: Shelf, icc: IccFile) -> PressProfile | Diagnostic:
    content = _open(shelf, icc, "the press profile", MAX_PROFILE_BYTES)
    return content if isinstance(content, Diagnostic) else PressProfile(PurePath(icc.path).stem, icc.condition, content)


def _open(shelf: Shelf, named: WordTemplate | IccFile, what: str, most_bytes: int) -> bytes | Diagnostic:
    """A file of the house that press.yaml or a clinic names."""

    def fault(message: str, hint: str) -> Diagnostic:
        return Diagnostic("P402", f"{what} {named.path}: {message}", named.span, hint)

    folder = shelf.root / "source"
    match shelf.open(folder / named.path, most_bytes, within=folder):
        case Refusal(reason=Reason.MISSING):
            return fault("there is no such file", f"put it at {shelf.display(folder / named.path)}")
        case Refusal(reason=Reason.OUTSIDE):
            return fault("a link leads out of the folder source", "copy the file into it")
        case Refusal(reason=Reason.TOO_LARGE):
            hint = "take out what was left in it, such as large pictures"
            return fault(f"the file is larger than {most_bytes // 1_000_000} MB", hint)
        case Refusal(reason=reason, detail=detail):
            return fault(f"the file cannot be read: {detail}", MENDING[reason])
        case content:
            return content


# Pure, and asked for each edition; templates are large, and a house has few.
@lru_cache(maxsize=8)
def _is_word_file(content: bytes) -> bool:
    """Whether it is a zip that holds a document; only the list of its files is looked at (ECMA-376 part 2)."""
    try:
        with ZipFile(io.BytesIO(content)) as package:
            return _DOCUMENT in package.namelist()
    except Exception:  # noqa: BLE001 - the list of a broken or hostile zip may raise anything
        return False
