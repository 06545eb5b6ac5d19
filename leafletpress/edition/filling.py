"""Filling: puts values for variables, finds glossary entries, and numbers citations, in reading order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from leafletpress.diagnostics import Diagnostic, suggest
from leafletpress.edition.clinics import clinic_fields
from leafletpress.edition.dates import long_date
from leafletpress.edition.glossary import Glossary
from leafletpress.model import (
    Citation,
    Clinic,
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
    "authors",
    "reviewers",
    "issued",
    "reviewed",
    "review-by",
    "licence",
    "funding",
    "user-testing",
    "id",
    "lang",
)


def leaflet_values(meta: Metadata, wording: Wording, publisher: str) -> dict[str, str]:
    """The values of `{{leaflet.<field>}}` as words of the leaflet's language; "" where the leaflet says nothing."""
    values: dict[str, str] = {}
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


class Filling:
    """Rewrites runs of words, one after the other; what it finds and uses is collected on the way."""

    def __init__(self, meta: Metadata, values: dict[str, str], glossary: Glossary, clinic: Clinic | None) -> None:
        self._sources = {source.id: source for source in meta.sources}
        self._leaflet = values
        self._glossary = glossary
        self._clinic = clinic
        self._clinic_values = dict(clinic.values) if clinic else {}
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

    def _term(self, term: Term) -> Term:
        content = self.fill(term.content)
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
            return
        known = tuple(self._sources)
        hint = suggest(citation.key, known) if known else "list it under 'sources' in the front matter"
        message = f"[@{citation.key}] cites a source that the front matter does not list"
        self.diagnostics.append(Diagnostic("E305", message, citation.span, hint))

    def _value(self, variable: Variable) -> str:
        group, _, field = variable.name.partition(".")
        if group == "leaflet" and field in self._leaflet:
            if not self._leaflet[field]:
                self._fault(variable, "has no value", f"add a line '{field}: …' to the front matter")
            return self._leaflet[field]
        if group == "clinic" and field in clinic_fields():
            if self._clinic is not None and field not in self._clinic_values:
                clinic = self._clinic.id
                hint = f"add a line '{field}: …' to source/clinics/{clinic}.yaml"
                self._fault(variable, f"has no value for the clinic '{clinic}'", hint)
            return self._clinic_values.get(field, "")
        known = (*(f"clinic.{name}" for name in clinic_fields()), *(f"leaflet.{name}" for name in self._leaflet))
        self._fault(variable, "is not known", suggest(variable.name, known))
        return ""

    def _fault(self, variable: Variable, message: str, hint: str) -> None:
        self.diagnostics.append(Diagnostic("E303", f"{{{{{variable.name}}}}} {message}", variable.span, hint))
