"""Conditions: for which editions a part of a leaflet is meant, and what an edition is made for."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from leafletpress.model.span import Node


class Facet(StrEnum):
    """What editions differ in."""

    REGION = "region"
    AUDIENCE = "audience"
    SEX = "sex"
    AGE_GROUP = "age-group"
    CLINIC = "clinic"
    LANGUAGE = "language"
    FORMAT = "format"


NO_CLINIC = "none"
"""What `clinic` is in an edition for no clinic in particular."""


@dataclass(frozen=True, slots=True)
class Case:
    """What an edition is made for. None is "not known", which fits no value; `clinic` None is `none`.

    `language` is a BCP 47 tag, `format` the name of a layout without its variant.
    """

    language: str
    region: str | None = None
    audience: str | None = None
    sex: str | None = None
    age_group: str | None = None
    clinic: str | None = None
    format: str | None = None

    def value(self, facet: Facet) -> str | None:
        """What the edition has of a facet."""
        if facet is Facet.CLINIC:
            return self.clinic or NO_CLINIC
        found: str | None = getattr(self, facet.replace("-", "_"))
        return found


@dataclass(frozen=True, slots=True)
class Clause:
    """One facet and the values that fit, at least one: `region=GB,US`."""

    facet: Facet
    values: tuple[str, ...]

    def fits(self, case: Case) -> bool:
        """Whether the edition has one of the values. A language fits its regions too: `en` fits en-GB."""
        found = case.value(self.facet)
        if found is None:
            return False
        if self.facet is Facet.LANGUAGE:
            tag = found.lower()
            return any(tag == value.lower() or tag.startswith(value.lower() + "-") for value in self.values)
        return found in self.values


@dataclass(frozen=True, slots=True)
class Condition(Node):
    """`only`: kept where every clause fits. `unless` (written `except`): left out where every clause fits.

    At least one of the two has clauses; a facet stands at most once in each.
    """

    only: tuple[Clause, ...] = ()
    unless: tuple[Clause, ...] = ()

    def holds(self, case: Case) -> bool:
        """Whether the part belongs to the edition."""
        kept = all(clause.fits(case) for clause in self.only)
        return kept and not (self.unless and all(clause.fits(case) for clause in self.unless))


@dataclass(frozen=True, slots=True)
class ConditionalNode(Node):
    """Base of the nodes that may be meant for some editions only. In an edition `condition` is None everywhere."""

    condition: Condition | None = field(default=None, kw_only=True)
