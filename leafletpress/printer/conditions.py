"""Conditions as attributes, in canonical order."""

from __future__ import annotations

from leafletpress.model import Clause, Condition, Facet
from leafletpress.printer.inlines import print_attributes

_ORDER = tuple(Facet)


def condition_pairs(condition: Condition | None) -> dict[str, str]:
    """`only` and `except` by name; empty where there is no condition."""
    if condition is None:
        return {}
    return {name: _clauses(clauses) for name, clauses in _attributes(condition) if clauses}


def print_after(words: str, condition: Condition | None) -> str:
    """The words of a paragraph or item, and the condition at their end."""
    written = print_attributes(condition_pairs(condition))
    return f"{words} {written}" if written else words


def _attributes(condition: Condition) -> tuple[tuple[str, tuple[Clause, ...]], ...]:
    return (("only", condition.only), ("except", condition.unless))


def _clauses(clauses: tuple[Clause, ...]) -> str:
    ordered = sorted(clauses, key=lambda clause: _ORDER.index(clause.facet))
    return " ".join(f"{clause.facet}={','.join(dict.fromkeys(clause.values))}" for clause in ordered)
