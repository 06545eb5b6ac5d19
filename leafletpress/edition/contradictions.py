"""Contradictions: whether a chain of conditions can hold for any edition at all."""

from __future__ import annotations

from collections.abc import Mapping

from leafletpress.model import Case, Clause, Condition, Facet

_MOST_STEPS = 2_000
"""Of the search among exceptions. A chain that takes longer is not written by hand, and passes."""

Known = Mapping[Facet, str | None]
"""What editions have of some facets, where that is known; None fits no value."""
Values = frozenset[str] | None
"""The values that a facet may still have: these, or (None) any."""


def can_hold(chain: tuple[Condition, ...], known: Known) -> bool:
    """Whether some edition that has what is `known` meets every condition of `chain`."""
    left = kept_values(chain, known)
    if left is None:
        return False
    return _escape([condition.unless for condition in chain if condition.unless], left, [_MOST_STEPS])


def kept_values(chain: tuple[Condition, ...], known: Known) -> dict[Facet, Values] | None:
    """What each facet may be where every `only` holds; None where one of them has nothing left."""
    left: dict[Facet, Values] = {
        facet: frozenset() if value is None else frozenset((value,)) for facet, value in known.items()
    }
    for condition in chain:
        for clause in condition.only:
            values = common(left.get(clause.facet), clause)
            if not values:
                return None
            left[clause.facet] = values
    return left


def common(values: Values, clause: Clause) -> frozenset[str]:
    """Those of `values` that fit the clause; of two languages where one is a variety of the other, the variety."""
    if values is None:
        return frozenset(clause.values)
    kept = {value for value in values if _fits(value, clause)}
    if clause.facet is Facet.LANGUAGE:
        kept |= {value for value in clause.values if any(_fits(value, Clause(Facet.LANGUAGE, (v,))) for v in values)}
    return frozenset(kept)


def _fits(value: str, clause: Clause) -> bool:
    if clause.facet is Facet.LANGUAGE:
        return clause.fits(Case(language=value))
    return value in clause.values


def _escape(exceptions: list[tuple[Clause, ...]], left: dict[Facet, Values], steps: list[int]) -> bool:
    """Whether values can be chosen from `left` such that of every exception some clause does not fit."""
    steps[0] -= 1
    if not exceptions or steps[0] < 0:
        return True
    first, *others = exceptions
    for clause in first:
        values = left.get(clause.facet)
        if values is None:  # any other value, or none, does not fit
            remaining: Values = None
        else:
            remaining = frozenset(value for value in values if not _fits(value, clause))
            if values and not remaining:
                continue
        if _escape(others, {**left, clause.facet: remaining}, steps):
            return True
    return False
