"""Filling: puts values for variables, finds glossary entries, and numbers citations, in reading order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from leafletpress.diagnostics import Diagnostic, suggest
from leafletpress.edition.clinics import FOLDER, ClinicFile, clinic_fields, department_fields
from leafletpress.edition.dates import long_date
from leafletpress.edition.glossary import Glossary
from leafletpress.model import (
    Citation,
    GlossaryEntry,
    Inline,
    Inlines,
    LineBreak,
    Metadata,
    Source,
    Status,
    Term,
    Text,
    Value,
    Variable,
    plain_text,
)
from leafletpress.model.languages import fallbacks
from leafletpress.model.walk import each_inline
from leafletpress.project import HOUSE_FILE, Region
from leafletpress.reader.findings import MOST_FINDINGS
from leafletpress.wording import Wording

_LEAFLET_FIELDS = (
    "title",
    "summary",
    "reference",
    "version",
    "status",
    "kind",
    "publisher",
    "region",
    "audience",
    "sex",
    "age-group",
    "department",
    "authors",
    "reviewers",
    "issued",
    "reviewed",
    "review-by",
    "licence",
    "funding",
    "user-testing",
    "change-note",
    "id",
    "lang",
)
_ANY_DEPARTMENT = "<department>"


def leaflet_values(meta: Metadata, wording: Wording, publisher: str) -> dict[str, str]:
    """The values of `{{leaflet.<field>}}` as words of the leaflet's language; "" where the leaflet says nothing."""
    values = dict(meta.values)
    for field in _LEAFLET_FIELDS:
        given = getattr(meta, field.replace("-", "_"))
        if isinstance(given, date):
            given = long_date(given, meta.lang)
        elif isinstance(given, tuple):
            given = ", ".join(given)
        values[field] = str(given or "")
    values["publisher"] = publisher
    values["kind"] = str(getattr(wording, meta.kind))
    values["status"] = wording.status_draft if meta.status is Status.DRAFT else wording.status_approved
    return values


@dataclass(frozen=True, slots=True)
class Regions:
    """What the house says of its regions, and which of them the edition is for (None: not known)."""

    said: tuple[Region, ...]
    here: str | None = None


class Filling:
    """Rewrites runs of words, one after the other; what it finds and uses is collected on the way.

    `whole` means that the leaflet is looked at and not an edition of it: a clinic's values count as not yet known.
    """

    def __init__(  # noqa: PLR0913 - each is a source of values of its own
        self,
        meta: Metadata,
        values: dict[str, str],
        glossary: Glossary,
        clinic: ClinicFile | None = None,
        *,
        regions: Regions | None = None,
        whole: bool = False,
    ) -> None:
        self._sources = {source.id: source for source in meta.sources}
        self._leaflet = values
        self._glossary = glossary
        self._clinic = clinic
        self._clinic_values = dict(clinic.clinic.values) if clinic else {}
        self._regions = {one.name: one for one in regions.said} if regions else {}
        self._region = regions.here if regions else None
        self._tags = fallbacks(meta.lang)
        self._whole = whole
        self._cited: dict[str, Source] = {}
        self.diagnostics: list[Diagnostic] = []

    @property
    def references(self) -> tuple[Source, ...]:
        """The sources cited so far, in order of first use."""
        return tuple(self._cited.values())

    def uncited(self) -> list[Diagnostic]:
        """E306 for each source that nothing cites, once every run of words has been filled."""
        hint = "cite it where the leaflet rests on it, as [@{0}], or delete it from the front matter"
        return [
            Diagnostic("E306", f"the source '{key}' is never cited", source.span, hint.format(key))
            for key, source in self._sources.items()
            if key not in self._cited
        ]

    def fill(self, inlines: Inlines) -> Inlines:
        """`inlines` without variables, each term with the key of its entry."""
        if len(inlines) == 1 and isinstance(inlines[0], Text):  # most runs are
            return inlines
        return tuple(map(self._inline, inlines))

    def _inline(self, inline: Inline) -> Inline:
        match inline:
            case Text() | LineBreak() | Value():
                return inline
            case Variable():
                return Value(inline.name, self._value(inline), span=inline.span)
            case Citation():
                self._cite(inline)
                return inline
            case Term():
                return self._term(inline)
            case _:
                return replace(inline, content=self.fill(inline.content))

    @property
    def _enough(self) -> bool:
        """Whether so much is wrong that more is not worth the search for what was meant."""
        return len(self.diagnostics) >= MOST_FINDINGS

    def _term(self, term: Term) -> Term:
        content = self.fill(term.content)
        if self._enough:
            return term
        if self._whole and term.entry is None and _has_own_words(term.content):
            return term  # which word it is depends on clinic or region: each edition sees
        match self._glossary.look_up(term.entry or plain_text(content), term.span):
            case GlossaryEntry(key=key):
                return replace(term, content=content, entry=key)
            case fault:
                self.diagnostics.append(fault)
                return replace(term, content=content)

    def _cite(self, citation: Citation) -> None:
        source = self._sources.get(citation.key)
        if source is not None:
            self._cited.setdefault(citation.key, source)
        if source is not None or self._enough:
            return
        known = tuple(self._sources)
        hint = suggest(citation.key, known) if known else "list it under 'sources' in the front matter"
        message = f"[@{citation.key}] cites a source that the front matter does not list"
        self.diagnostics.append(Diagnostic("E305", message, citation.span, hint))

    def _value(self, variable: Variable) -> str:
        match variable.name.split("."):
            case ["leaflet", field] if field in self._leaflet:
                if not self._leaflet[field]:
                    self._fault(variable, "has no value", f"add a line '{field}: …' to the front matter")
                return self._leaflet[field]
            case ["clinic", field] if field in clinic_fields():
                return self._clinics(variable, field)
            case ["clinic", department, field] if field in department_fields():
                return self._clinics(variable, f"{department}.{field}")
            case ["region", field] if any(field in dict(one.values) for one in self._regions.values()):
                return self._regions_value(variable, field)
            case ["include", *_]:
                hint = "write the words themselves, or move the paragraph into source/shared/"
                self._fault(variable, "is for shared texts, which an include gives its values", hint)
            case _:
                self._unknown(variable)
        return ""

    def _unknown(self, variable: Variable) -> None:
        if self._enough:
            return
        known = (
            *(f"clinic.{name}" for name in clinic_fields()),
            *(f"clinic.{_ANY_DEPARTMENT}.{name}" for name in department_fields()),
            *(f"leaflet.{name}" for name in self._leaflet),
            *dict.fromkeys(f"region.{name}" for one in self._regions.values() for name, _ in one.values),
        )
        hint = suggest(variable.name, known)
        group, _, field = variable.name.partition(".")
        match field.split("."):
            case [name] if group == "region" and not hint.startswith("did"):
                hint = f"add it to {HOUSE_FILE}: 'regions:', below it the region, and below that '{name}: …'"
            case [name] if group == "leaflet":
                own = f"add it to the front matter: a line 'values:', and below it, two blanks in, '{name}: …'"
                hint = f"{hint} Or {own}" if hint.startswith("did") else own
            case [department, name] if group == "clinic":
                near = suggest(name, department_fields())
                hint = f"{near}, for example clinic.{department}.phone"
                if near.startswith("did"):
                    hint = suggest(variable.name, [f"clinic.{department}.{known}" for known in department_fields()])
            case _:
                pass
        self._fault(variable, "is not known", hint)

    def _clinics(self, variable: Variable, name: str) -> str:
        """A clinic's value; without a clinic the neutral words, or "" for a line to fill in by hand."""
        if self._clinic is None:
            return variable.neutral
        if name not in self._clinic_values and not self._whole:
            self._fault(variable, *self._lacking(name))
        return self._clinic_values.get(name, "")

    def _regions_value(self, variable: Variable, name: str) -> str:
        """What the house says of the edition's region."""
        if self._whole:
            return ""
        if self._region is None:
            hint = f"write 'region: …' in the front matter, in the clinic's file or in {HOUSE_FILE}"
            self._fault(variable, "has no value: it is not known which region this edition is for", hint)
            return ""
        found = self._regions[self._region].words(name, self._tags) if self._region in self._regions else ""
        if not found:
            hint = f"add a line '{name}: …' to '{self._region}' under 'regions' in {HOUSE_FILE}"
            self._fault(variable, f"has no value for the region '{self._region}' in this language", hint)
        return found

    def _lacking(self, name: str) -> tuple[str, str]:
        """What to say of a value that the clinic lacks, and how to mend it."""
        assert self._clinic is not None
        clinic = self._clinic.clinic.id
        file = f"{FOLDER}/{clinic}.yaml"
        department, _, field = name.rpartition(".")
        if name in self._clinic.untranslated:
            message = f"has no words in this leaflet's language for the clinic '{clinic}'"
            return message, f"add them to '{field}' in {file}"
        if not department:
            return f"has no value for the clinic '{clinic}'", f"add a line '{field}: …' to {file}"
        if department in self._clinic.departments:
            return f"has no value for the clinic '{clinic}'", f"add a line '{field}: …' to '{department}' in {file}"
        known = self._clinic.departments
        near = suggest(department, known) if known else ""
        hint = f"add it under 'departments' in {file}"
        if near.startswith("did"):
            hint = f"{near} Otherwise {hint}"
        return f"has no value: the clinic '{clinic}' has no department '{department}'", hint

    def _fault(self, variable: Variable, message: str, hint: str) -> None:
        self.diagnostics.append(Diagnostic("E303", f"{{{{{variable.name}}}}} {message}", variable.span, hint))


def _has_own_words(inlines: Inlines) -> bool:
    return any(
        isinstance(one, Variable) and one.name.startswith(("clinic.", "region.")) for one in each_inline(inlines)
    )
