"""Conditions: leaves out what does not belong to an edition, and says why in plain words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from leafletpress.model import (
    Advice,
    Block,
    Callout,
    Case,
    Clause,
    Condition,
    ConditionalNode,
    Contact,
    EffectGroup,
    Include,
    List,
    Passage,
    Section,
    SideEffects,
)
from leafletpress.printer.conditions import condition_pairs

_Content = TypeVar("_Content", bound=Block)
_Node = TypeVar("_Node", bound=ConditionalNode)
Opened = Callable[[Include], tuple[Block, ...]]
"""What an include stands for."""


def select(blocks: tuple[Block, ...], case: Case, opened: Opened) -> tuple[Block, ...]:
    """What of `blocks` belongs to the edition, without conditions and includes.

    A list, box or section of which nothing is left goes too; what was empty before is told elsewhere.
    """
    kept: list[Block] = []
    for block in blocks:
        if not _belongs(block, case):
            continue
        match block:
            case Include():
                kept += select(opened(block), case, opened)
            case Section():
                if inner := select(block.blocks, case, opened):
                    kept.append(replace(block, blocks=inner, condition=None))
            case _:
                if (left := _selected(block, case)) is not None:
                    kept.append(left)
    return tuple(kept)


def _belongs(node: ConditionalNode, case: Case) -> bool:
    return node.condition is None or node.condition.holds(case)


def _inside(blocks: tuple[_Content, ...], case: Case) -> tuple[_Content, ...]:
    """The same as `select` where neither sections nor includes can stand."""
    chosen = (_selected(block, case) for block in blocks if _belongs(block, case))
    return tuple(block for block in chosen if block is not None)


def _selected(block: _Content, case: Case) -> _Content | None:
    """The block as the edition has it; None where nothing is left of it."""
    match block:
        case Passage():
            texts = _inside(block.blocks, case)
            return replace(block, blocks=texts, condition=None) if texts else None
        case Callout():
            blocks = _inside(block.blocks, case)
            return replace(block, blocks=blocks, condition=None) if blocks else None
        case List() | Advice():
            items = tuple(
                replace(item, blocks=_inside(item.blocks, case), condition=None)
                for item in block.items
                if _belongs(item, case)
            )
            return replace(block, items=items, condition=None) if items else None
        case SideEffects():
            groups = tuple(group for one in block.groups if (group := _group(one, case)) is not None)
            return replace(block, groups=groups, condition=None) if groups else None
        case Contact():
            lines = _cleared(block.lines, case)
            return replace(block, lines=lines, condition=None) if lines else None
        case _:
            return _clear(block)


def _group(group: EffectGroup, case: Case) -> EffectGroup | None:
    effects = _cleared(group.effects, case) if _belongs(group, case) else ()
    return replace(group, effects=effects, condition=None) if effects else None


def _cleared(nodes: tuple[_Node, ...], case: Case) -> tuple[_Node, ...]:
    return tuple(_clear(node) for node in nodes if _belongs(node, case))


def _clear(node: _Node) -> _Node:
    return node if node.condition is None else replace(node, condition=None)


def is_left(node: ConditionalNode, case: Case, opened: Opened) -> bool:
    """Whether anything of `node` is left in the edition, its own condition and those around it apart."""
    match node:
        case Section():
            return bool(select(node.blocks, case, opened))
        case Include():
            return bool(select(opened(node), case, opened))
        case EffectGroup():
            return bool(_cleared(node.effects, case))
        case Passage() | Callout() | List() | Advice() | SideEffects() | Contact():
            return _selected(node, case) is not None
        case _:
            return True


def as_written(condition: Condition) -> str:
    """The condition as an author writes it: `only="region=GB" except="format=epub"`."""
    return " ".join(f'{name}="{clauses}"' for name, clauses in condition_pairs(condition).items())


def clause_as_written(clause: Clause) -> str:
    """`region=GB,US`."""
    return f"{clause.facet}={','.join(clause.values)}"


def why_not(condition: Condition, case: Case) -> str:
    """Why a part does not belong to the edition ("region is US, not GB"); empty where it does."""
    unmet = [clause for clause in condition.only if not clause.fits(case)]
    if unmet:
        return "; ".join(f"{_is(clause, case)}, not {' or '.join(clause.values)}" for clause in unmet)
    if not condition.holds(case):
        return "left out because " + " and ".join(_is(clause, case) for clause in condition.unless)
    return ""


def _is(clause: Clause, case: Case) -> str:
    value = case.value(clause.facet)
    return f"{clause.facet.replace('-', ' ')} is {value or 'not known'}"
