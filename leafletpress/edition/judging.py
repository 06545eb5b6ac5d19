"""Judging conditions: values that nothing has (E316), and conditions that can never hold, with the reason (E317)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from itertools import islice

from leafletpress.diagnostics import Diagnostic, suggest
from leafletpress.edition.clinics import FOLDER, ClinicFile, clinic_ids, read_clinic
from leafletpress.edition.conditions import as_written, clause_as_written
from leafletpress.edition.contradictions import can_hold, common, kept_values
from leafletpress.edition.shelf import Shelf
from leafletpress.edition.texts import Part
from leafletpress.model import NO_CLINIC, Clause, Condition, Facet, Metadata, Span, is_language_tag
from leafletpress.project import HOUSE_FILE, House, Readers, is_id

BUILT_IN_FORMATS = ("pdf", "docx", "epub")

_MOST_PARTS = 200
"""Parts of one text whose conditions are told to be wrong: more would say no more, and each costs time."""
_MOST_VALUES = 5
_LONGEST = 40  # characters of a value in a message

_FRONT_MATTER = (Facet.REGION, Facet.AUDIENCE, Facet.SEX, Facet.AGE_GROUP)
_OF_READERS = (Facet.AUDIENCE, Facet.SEX, Facet.AGE_GROUP)


def _of(owner: Metadata | Readers, facet: Facet) -> str | None:
    found: str | None = getattr(owner, facet.replace("-", "_"))
    return found


class Judge:
    """Judges the conditions of one leaflet and of the shared texts it includes."""

    def __init__(self, shelf: Shelf, house: House, meta: Metadata) -> None:
        self._shelf = shelf
        self._house = house
        self._meta = meta

    def front_matter(self, key: Callable[[str], Span]) -> Iterator[Diagnostic]:
        """E316 for each value of the front matter that is not in the house's vocabulary; `key` is a key's line."""
        for facet in _FRONT_MATTER:
            value = _of(self._meta, facet)
            if value is not None and value not in self._house.facets.values(facet):
                yield self._stranger(facet, value, key(facet))

    def own(self, parts: Iterable[Part]) -> Iterator[Diagnostic]:
        """What is wrong with the conditions of the leaflet's own file."""
        return self._judge(parts, self._impossible_here)

    def shared(self, parts: Iterable[Part]) -> Iterator[Diagnostic]:
        """What is wrong with the conditions of a shared text: it is not known which leaflets will include it."""
        return self._judge(parts, _contradiction)

    def _judge(
        self, parts: Iterable[Part], impossible: Callable[[tuple[Condition, ...]], tuple[str, str] | None]
    ) -> Iterator[Diagnostic]:
        told: set[int] = set()  # below a part that is never there, nothing ever is
        for part in parts:
            if len(told) == _MOST_PARTS:
                return
            own, around = part.under[-1], part.under[:-1]
            strangers = list(islice(self._strangers(part), _MOST_VALUES))
            yield from strangers
            if strangers or any(id(condition) in told for condition in around):
                told.add(id(own))
                continue
            found = impossible(part.under)
            if found is not None:
                told.add(id(own))
                reason, hint = found
                yield Diagnostic("E317", f"the condition {as_written(own)} can never hold: {reason}", part.span, hint)

    def _strangers(self, part: Part) -> Iterator[Diagnostic]:
        own = part.under[-1]
        for clause in (*own.only, *own.unless):
            for value in clause.values:
                if not self._is_known(clause.facet, value):
                    yield self._stranger(clause.facet, value, part.span)

    def _is_known(self, facet: Facet, value: str) -> bool:
        match facet:
            case Facet.CLINIC:
                return value == NO_CLINIC or self._has_clinic(value)
            case Facet.LANGUAGE:
                return is_language_tag(value)
            case Facet.FORMAT:
                return value in self._formats
            case _:
                return value in self._house.facets.values(facet) or value == _of(self._meta, facet)

    def _has_clinic(self, name: str) -> bool:
        if not is_id(name):
            return False
        path = self._shelf.root / FOLDER / f"{name}.yaml"
        self._shelf.note(path)
        return path.is_file()

    @cached_property
    def _clinics(self) -> tuple[str, ...]:
        return (*clinic_ids(self._shelf), NO_CLINIC)

    @cached_property
    def _formats(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*BUILT_IN_FORMATS, *(name.partition(":")[0] for name in self._house.targets))))

    def _stranger(self, facet: Facet, value: str, span: Span) -> Diagnostic:
        value = value[:_LONGEST]
        match facet:
            case Facet.CLINIC:
                message = f"there is no clinic '{value}'"
                hint = suggest(value, self._clinics)
            case Facet.LANGUAGE:
                message, hint = f"'{value}' is no language tag", "write the language as in en-GB, pl or zh-Hant"
            case Facet.FORMAT:
                message, hint = f"there is no format '{value}'", suggest(value, self._formats)
            case _:
                message = f"'{value}' is no {facet.replace('-', ' ')} of this house"
                near = self._house.facets.hint(facet, value)
                hint = f"{near} (other values are added under 'facets' in {HOUSE_FILE})"
        return Diagnostic("E316", message, span, hint)

    @cached_property
    def _profiles(self) -> tuple[dict[Facet, str | None], ...]:
        """What the leaflet's editions have, for nobody in particular and for each of the house's readers."""
        same: dict[Facet, str | None] = {Facet.LANGUAGE: self._meta.lang}
        plain = {facet: _of(self._meta, facet) for facet in _OF_READERS}
        readers = ({f: _of(one, f) or plain[f] for f in _OF_READERS} for one in self._house.readers)
        return tuple({**same, **profile} for profile in (plain, *readers))

    def _impossible_here(self, chain: tuple[Condition, ...]) -> tuple[str, str] | None:
        """Why no edition of this leaflet meets `chain`, and how to mend it; None where one does."""
        return _contradiction(chain) or self._never_asked(chain) or self._other_region(chain)

    def _never_asked(self, chain: tuple[Condition, ...]) -> tuple[str, str] | None:
        if any(can_hold(chain, known) for known in self._profiles):
            return None
        for clause in (clause for condition in reversed(chain) for clause in condition.only):
            found = [known[clause.facet] for known in self._profiles if clause.facet in known]
            if found and all(common(frozenset(filter(None, (one,))), clause) == frozenset() for one in found):
                return self._lacking(clause)
        if any(can_hold((*chain[:-1], replace(chain[-1], unless=())), known) for known in self._profiles):
            return "'except' leaves it out of every edition of this leaflet", "narrow 'except', or take the part out"
        written = " and ".join(dict.fromkeys(as_written(condition) for condition in chain))
        reason = f"no readers of this leaflet are of that kind ({written})"
        return reason, f"the front matter and the readers in {HOUSE_FILE} say who the readers are"

    def _lacking(self, clause: Clause) -> tuple[str, str]:
        wanted = clause_as_written(clause)
        if clause.facet is Facet.LANGUAGE:
            lang = self._meta.lang
            return f"the leaflet's language is {lang}", f"take the part out, or write language={lang}"
        value = _of(self._meta, clause.facet)
        said = f"the front matter says '{clause.facet}: {value}'"
        if value is None:
            said = f"the front matter has no {clause.facet}"
        hint = f"write '{clause.facet}: {clause.values[0]}' in the front matter, or list such readers in {HOUSE_FILE}"
        return f"{said}, and no readers in {HOUSE_FILE} have {wanted}", hint

    def _other_region(self, chain: tuple[Condition, ...]) -> tuple[str, str] | None:
        """Whether the clinics that the chain asks for all lie in other regions than it asks for."""
        facets = {clause.facet for condition in chain for clause in (*condition.only, *condition.unless)}
        if not {Facet.CLINIC, Facet.REGION} <= facets:
            return None
        left = kept_values(chain, {})
        clinics = left.get(Facet.CLINIC) if left else None
        if not clinics:
            return None
        regions = {clinic: self._region(clinic) for clinic in sorted(clinics)}
        for clinic, region in regions.items():
            known = {Facet.CLINIC: clinic, Facet.REGION: region}
            if any(can_hold(chain, {**profile, **known}) for profile in self._profiles):
                return None
        told = ", ".join(f"the clinic '{clinic}' is in {region or 'no region'}" for clinic, region in regions.items())
        return told, f"mend the condition, or the region in {FOLDER}/{next(iter(regions))}.yaml"

    def _region(self, clinic: str) -> str | None:
        own = self._meta.region or self._house.region
        if clinic == NO_CLINIC:
            return own
        read = read_clinic(self._shelf, clinic, self._meta.lang)
        return (read.region or own) if isinstance(read, ClinicFile) else own


def _contradiction(chain: tuple[Condition, ...]) -> tuple[str, str] | None:
    """Why `chain` contradicts itself, whatever the edition, and how to mend it; None where it does not."""
    if can_hold(chain, {}):
        return None
    own, around = chain[-1], chain[:-1]
    for outer in around:
        if not can_hold((outer, own), {}):
            return f"it stands in a part that has {as_written(outer)}{_line(outer)}", "mend one of the two conditions"
    if own.only and own.unless and not can_hold((own,), {}):
        return "what 'only' keeps 'except' leaves out", "take one of the two away, or narrow 'except'"
    places = " and ".join(as_written(outer) + _line(outer) for outer in around)
    return f"it stands in parts that have {places}", "mend one of the conditions"


def _line(condition: Condition) -> str:
    return f" (line {condition.span.line})" if condition.span.line else ""
