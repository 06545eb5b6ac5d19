"""What was asked for, and the targets that come of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from leafletpress.diagnostics import Diagnostic, LeafletPressError, suggest
from leafletpress.press.stock import Sheet, Stock
from leafletpress.registry import Format, find

_CLINIC = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


@dataclass(frozen=True, slots=True)
class Order:
    """What the user asked for. Empty `leaflets`: all. Empty `targets`: the house's. `output` None: `output/`."""

    leaflets: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    clinic: str | None = None
    lang: str | None = None
    output: Path | None = None
    workers: int | None = None
    strict: bool = False
    dry_run: bool = False
    force: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """One file to make: a leaflet in a language for a clinic, in a format and variant ("" is the default).

    `output` is the path within the output folder.
    """

    leaflet: str
    lang: str
    clinic: str | None
    format: str
    variant: str
    output: str

    @property
    def name(self) -> str:
        """As it is asked for: `format` or `format:variant`."""
        return f"{self.format}:{self.variant}" if self.variant else self.format


@dataclass(frozen=True, slots=True)
class Job:
    """One leaflet in one language for one clinic, and every target that is made of it."""

    sheet: Sheet
    clinic: str | None
    targets: tuple[Target, ...]

    @property
    def key(self) -> str:
        """What the manifest knows it by."""
        return f"{self.sheet.id}/{self.sheet.lang}/{self.clinic or ''}"


def formats(asked: Iterable[str]) -> tuple[tuple[Format, str], ...]:
    """Each `format[:variant]` as its format and variant, each once; LeafletPressError (P404, exit 2) if unknown."""
    found: dict[tuple[str, str], Format] = {}
    for words in asked:
        name, colon, variant = words.strip().partition(":")
        kind = find(name)
        if colon and variant not in kind.variants:
            known = ", ".join(kind.variants)
            hint = suggest(variant, kind.variants) if known else f"'{name}' has no variants: write '{name}' alone"
            raise LeafletPressError(Diagnostic("P404", f"'{name}' has no variant '{variant}'", hint=hint), 2)
        found.setdefault((name, variant), kind)
    return tuple((kind, variant) for (_, variant), kind in found.items())


def jobs(stock: Stock, order: Order) -> tuple[Job, ...]:
    """What the order comes to, in the order of the stock; LeafletPressError (exit 2) for what does not exist."""
    kinds = formats(order.targets or stock.targets)
    _distinct(kinds)
    return tuple(
        Job(sheet, order.clinic, tuple(_target(sheet, order.clinic, kind, variant) for kind, variant in kinds))
        for sheet in choose(stock, order)
    )


def _distinct(kinds: tuple[tuple[Format, str], ...]) -> None:
    """Refuse formats that would write the same file, as two plugins with one suffix would."""
    met: dict[tuple[str, str], str] = {}
    for kind, variant in kinds:
        other = met.setdefault((kind.suffix.lstrip("."), variant), kind.name)
        if other != kind.name:
            message = f"'{other}' and '{kind.name}' would both write files that end in .{kind.suffix.lstrip('.')}"
            raise LeafletPressError(Diagnostic("P404", message, hint="ask for one of them at a time"), 2)


def _target(sheet: Sheet, clinic: str | None, kind: Format, variant: str) -> Target:
    parts = (sheet.id, sheet.lang, clinic, variant, kind.suffix.lstrip("."))
    output = f"{sheet.id}/{'.'.join(part for part in parts if part)}"
    return Target(sheet.id, sheet.lang, clinic, kind.name, variant, output)


def choose(stock: Stock, order: Order) -> tuple[Sheet, ...]:
    """The sheets that the order names, by id or by a path to the leaflet's folder or file; all where it names none.

    LeafletPressError (exit 2): P403 for a leaflet or language, E307 for a clinic that does not exist.
    """
    if order.clinic is not None:
        _known_clinic(stock.root, order.clinic)
    chosen = stock.sheets
    if order.leaflets:
        picked = {sheet for words in order.leaflets for sheet in _matching(stock, words)}
        chosen = tuple(sheet for sheet in stock.sheets if sheet in picked)
    if order.lang is None:
        return chosen
    spoken = tuple(sheet for sheet in chosen if sheet.lang == order.lang)
    if not spoken:
        known = tuple(sorted({sheet.lang for sheet in chosen}))
        hint = suggest(order.lang, known) if known else ""
        raise LeafletPressError(Diagnostic("P403", f"no leaflet here is in '{order.lang}'", hint=hint), 2)
    return spoken


def _matching(stock: Stock, words: str) -> list[Sheet]:
    found = [sheet for sheet in stock.sheets if sheet.id == words]
    if not found and ("/" in words or words.endswith(".md")):
        path = Path(words).resolve()
        found = [sheet for sheet in stock.sheets if path in (sheet.path, sheet.path.parent)]
    if found:
        return found
    known = tuple(sorted({sheet.id for sheet in stock.sheets}))
    hint = suggest(words, known) if known else "make one with 'leafletpress new my-leaflet'"
    raise LeafletPressError(Diagnostic("P403", f"there is no leaflet '{words}'", hint=hint), 2)


def _known_clinic(root: Path, clinic: str) -> None:
    folder = root / "source" / "clinics"
    known = tuple(sorted(path.stem for path in folder.glob("*.yaml")))
    if clinic in known and _CLINIC.match(clinic):
        return
    hint = suggest(clinic, known) if known else f"make {PurePosixPath('source', 'clinics', f'{clinic}.yaml')}"
    raise LeafletPressError(Diagnostic("E307", f"there is no clinic '{clinic}'", hint=hint), 2)
