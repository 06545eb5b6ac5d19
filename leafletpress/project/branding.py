"""Branding: a theme with a house's or a clinic's colours, font and paper, and which of its colours are too near."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import floor

from leafletpress.diagnostics import Diagnostic
from leafletpress.model import Node, Span
from leafletpress.theme import PAPERS, Faint, Theme, Type, check_contrast


@dataclass(frozen=True, slots=True)
class Brand:
    """What is set otherwise: colours by their name in the theme, a packaged font, a paper. None: as it was."""

    colours: tuple[tuple[str, str], ...] = ()
    font: str | None = None
    paper: str | None = None


@dataclass(frozen=True, slots=True)
class WordTemplate(Node):
    """A house's own Word file: its path within source/, and (as its span) the line that names it."""

    path: str


@dataclass(frozen=True, slots=True)
class IccFile(Node):
    """The profile of the house's print shop: its path within source/, and the printing condition it is made for."""

    path: str
    condition: str


def branded(theme: Theme, brand: Brand) -> Theme:
    """`theme` with what the brand sets. The fallback fonts go on holding all others, so that no script is lost."""
    colours = replace(theme.colours, **dict(brand.colours))
    page = theme.page if brand.paper is None else PAPERS[brand.paper]
    return replace(theme, colours=colours, type=_type(theme.type, brand.font), page=page)


def _type(before: Type, family: str | None) -> Type:
    if family is None:
        return before
    others = (before.family, *before.fallbacks)
    return replace(before, family=family, fallbacks=tuple(other for other in others if other != family))


def find_faint(theme: Theme, brand: Brand, span: Callable[[str], Span]) -> tuple[Diagnostic, ...]:
    """P402 for each pair of colours that is too near, in colour or in grey; `span` is the line of a colour's key."""
    given = dict(brand.colours)

    def told(pair: Faint) -> Diagnostic:
        blamed = pair.ink if pair.ink in given or pair.ground not in given else pair.ground
        how = "printed in grey" if pair.in_grey else "in colour"
        ratio = floor(pair.ratio * 100) / 100  # never rounded up to what is needed
        fault = "is too pale to read" if pair.ground == "paper" else "is hard to read"
        message = (
            f"the colour '{pair.ink}' {fault} on '{pair.ground}': "
            f"{how} the contrast is {ratio:g} to 1, and {pair.least:g} to 1 is needed"
        )
        return Diagnostic("P402", message, span(blamed), _mending(pair))

    return tuple(told(pair) for pair in check_contrast(theme) if {pair.ink, pair.ground} & given.keys())


def _mending(pair: Faint) -> str:
    if pair.ground == "paper":
        return f"choose a darker colour: small print needs a contrast of {pair.least:g} to 1 with the paper"
    return f"choose a lighter '{pair.ink}' or a darker '{pair.ground}'"
