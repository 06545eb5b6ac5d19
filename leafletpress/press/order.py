"""What was asked for, and the targets that come of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from leafletpress.diagnostics import Diagnostic, LeafletPressError, suggest
from leafletpress.press.stock import CLINICS, Sheet, Stock
from leafletpress.registry import Format, find


@dataclass(frozen=True, slots=True)
class Order:
    """What the user asked for. Empty `leaflets`: all. Empty `targets`: the house's. `output` None: `output/`.

    Empty `clinics`: the edition for none, unless it is for `all_clinics`; empty `readers`: for whom the leaflet says.
    `orders` is a file with orders, which stands instead of all these. `today` None: no review date is looked at.
    """

    leaflets: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    clinics: tuple[str, ...] = ()
    all_clinics: bool = False
    readers: tuple[str, ...] = ()
    lang: str | None = None
    orders: Path | None = None
    output: Path | None = None
    workers: int | None = None
    strict: bool = False
    dry_run: bool = False
    force: bool = False
    today: date | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """One file to make: a leaflet in a language for a clinic and its readers, in a format and variant ("": default).

    `output` is the path within the output folder.
    """

    leaflet: str
    lang: str
    clinic: str | None
    readers: str | None
    format: str
    variant: str
    output: str

    @property
    def name(self) -> str:
        """As it is asked for: `format` or `format:variant`."""
        return f"{self.format}:{self.variant}" if self.variant else self.format

    @property
    def edition(self) -> tuple[str, str, str, str]:
        """What tells its edition from all others: leaflet, language, clinic, readers."""
        return (self.leaflet, self.lang, self.clinic or "", self.readers or "")


@dataclass(frozen=True, slots=True)
class Job:
    """One leaflet in one language for one clinic and its readers, and every target that is made of it.

    `formats` are those that the edition is resolved for: conditions may tell them apart.
    """

    sheet: Sheet
    clinic: str | None
    readers: str | None
    targets: tuple[Target, ...]
    formats: tuple[str, ...]

    @property
    def key(self) -> str:
        """What the ledger knows it by."""
        return f"{self.sheet.id}/{self.sheet.lang}/{self.clinic or ''}/{self.readers or ''}"


def job_of(sheet: Sheet, clinic: str | None, readers: str | None, targets: Iterable[Target]) -> Job:
    """The job that makes these targets."""
    made = tuple(targets)
    return Job(sheet, clinic, readers, made, tuple(dict.fromkeys(target.format for target in made)))


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
    """What the order comes to, leaflet by leaflet; LeafletPressError (exit 2) for what does not exist or collides."""
    kinds = formats(order.targets or stock.targets)
    whose = editions(stock, order)
    found = tuple(
        job_of(sheet, clinic, readers, (target_of(sheet, clinic, readers, *kind) for kind in kinds))
        for sheet in choose(stock, order)
        for clinic, readers in whose
    )
    met: dict[str, Target] = {}
    for target in (target for job in found for target in job.targets):
        if (other := met.setdefault(target.output, target)) is not target:
            raise LeafletPressError(collision(other, target), 2)
    return found


def readings(stock: Stock, order: Order) -> tuple[Job, ...]:
    """The jobs of a check: each edition, resolved for the house's formats, and nothing made of it."""
    asked = tuple(dict.fromkeys(words.partition(":")[0] for words in stock.targets))
    whose = editions(stock, order)
    return tuple(Job(sheet, clinic, readers, (), asked) for sheet in choose(stock, order) for clinic, readers in whose)


def target_of(sheet: Sheet, clinic: str | None, readers: str | None, kind: Format, variant: str) -> Target:
    """The target, with the path of its file."""
    group = f"for-{readers}" if readers else None
    parts = (sheet.id, sheet.lang, clinic, group, variant, kind.suffix.lstrip("."))
    output = f"{sheet.id}/{'.'.join(part for part in parts if part)}"
    return Target(sheet.id, sheet.lang, clinic, readers, kind.name, variant, output)


def described(target: Target) -> str:
    """The target in words."""
    clinic = f" for clinic '{target.clinic}'" if target.clinic else ""
    readers = f" for readers '{target.readers}'" if target.readers else ""
    return f"'{target.name}'{clinic}{readers}"


def collision(one: Target, other: Target) -> Diagnostic:
    """P408: two targets whose file has one name."""
    message = f"{described(one)} and {described(other)} would both be written as {one.output}"
    return Diagnostic("P408", message, hint="ask for one of them at a time, each with its own folder (-o)")


def editions(stock: Stock, order: Order) -> tuple[tuple[str | None, str | None], ...]:
    """For which clinic and readers each leaflet is made; LeafletPressError (exit 2): E307, P404."""
    clinics: tuple[str | None, ...] = tuple(dict.fromkeys(order.clinics)) or (None,)
    if order.all_clinics:
        clinics = stock.clinics
        if not clinics:
            hint = f"make one: {PurePosixPath(CLINICS, 'riverside.yaml')}"
            raise LeafletPressError(Diagnostic("E307", "there are no clinics here", hint=hint), 2)
    groups: tuple[str | None, ...] = tuple(dict.fromkeys(order.readers)) or (None,)
    for fault in (*unknown_clinics(stock, clinics), *unknown_readers(stock, groups)):
        raise LeafletPressError(fault, 2)
    return tuple((clinic, group) for clinic in clinics for group in groups)


def unknown_clinics(stock: Stock, asked: Iterable[str | None]) -> Iterator[Diagnostic]:
    """E307 for each clinic that does not exist."""
    for clinic in asked:
        if clinic is not None and clinic not in stock.clinics:
            known = stock.clinics
            hint = suggest(clinic, known) if known else f"make {PurePosixPath(CLINICS, f'{clinic}.yaml')}"
            yield Diagnostic("E307", f"there is no clinic '{clinic}'", hint=hint)


def unknown_readers(stock: Stock, asked: Iterable[str | None]) -> Iterator[Diagnostic]:
    """P404 for each group of readers that the house does not name."""
    for group in asked:
        if group is not None and group not in stock.readers:
            known = stock.readers
            hint = suggest(group, known) if known else "name them in source/press.yaml, under readers:"
            yield Diagnostic("P404", f"there are no readers '{group}'", hint=hint)


def choose(stock: Stock, order: Order) -> tuple[Sheet, ...]:
    """The sheets that the order names, by id or by a path to the leaflet's folder or file; all where it names none.

    LeafletPressError (P403, exit 2) for a leaflet or language that does not exist.
    """
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
