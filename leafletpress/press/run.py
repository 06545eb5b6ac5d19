"""A whole run: open the stock, plan, put the workers on, keep the books."""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

from leafletpress.press.fingerprint import Fingerprints
from leafletpress.press.handing_out import folder_of, hand_out
from leafletpress.press.idle import idle_matter
from leafletpress.press.ledger import ORDERS, Books, Ledger, Listener
from leafletpress.press.manifest import House, read_manifest
from leafletpress.press.messages import Bench
from leafletpress.press.notes import gone_notes, left_notes, withdrawn_notes, withdrawn_row
from leafletpress.press.order import Job, Order, job_of, jobs, readings
from leafletpress.press.orders import Orders, read_orders
from leafletpress.press.plan import Plan
from leafletpress.press.report import INTERRUPTED, Report
from leafletpress.press.shift import Shift
from leafletpress.press.stamps import Digests
from leafletpress.press.stock import (
    HOUSE_FILE,
    Sheet,
    Stock,
    clinic_names,
    find_root,
    leaflet_names,
    likely_targets,
    open_stock,
    shown_as,
)
from leafletpress.press.withdrawn import Standings
from leafletpress.press.workers import Workers
from leafletpress.press.writing import locked, sweep


@dataclass(frozen=True, slots=True)
class _Desk:
    """What a run works with: the order, where things are, the books, and the workers."""

    order: Order
    root: Path
    output: Path
    shown: str
    books: Books
    ledger: Ledger
    standings: Standings
    workers: Workers
    most: int


def build(order: Order, folder: Path, listener: Listener) -> Report:
    """Build what is ordered of the project that `folder` belongs to.

    Raises LeafletPressError for faults of use and of the project (exit codes 2 and 3); whatever is wrong with single
    leaflets or rows of orders stands in the report, and the others are built.
    """
    start = perf_counter()
    with _desk(order, folder, listener, lock=not order.dry_run) as (desk, note):
        stock = _stock(desk)
        orders = _orders(order, folder, stock)
        todo = orders.jobs if orders else jobs(stock, order)
        due = tuple(_due(desk, _alive(desk, todo, orders)))
        listener.begin(sum(len(job.targets) for job in due))
        interrupted = False
        if not order.dry_run:
            interrupted = _work(desk, stock, due)
            desk.ledger.withdrawn = desk.standings.known(frozenset(sheet.display for sheet in stock.sheets))
            if orders and not interrupted:
                hand_out(desk.ledger, orders, todo, folder_of(folder / (order.orders or "")), desk.output)
            desk.ledger.save()
        notes = (*note, *_notes(desk, stock, todo))
        report = desk.ledger.report(todo, notes, perf_counter() - start, INTERRUPTED if interrupted else None)
        return replace(report, dry_run=order.dry_run)


def check(order: Order, folder: Path, listener: Listener) -> Report:
    """Read, resolve and check what is ordered, and render nothing; raises and reports as `build` does."""
    start = perf_counter()
    with _desk(order, folder, listener, lock=False) as (desk, _):
        stock = open_stock(desk.root)
        todo = readings(stock, order)
        alive = _alive(desk, todo, None)
        listener.begin(len(alive))
        interrupted = _work(desk, stock, alive)
        if not (order.leaflets or order.lang):
            for finding in idle_matter(desk.root, desk.ledger.uses, (job.key for job in alive)):
                desk.ledger.fault("", finding, int(order.strict))
        notes = tuple(withdrawn_notes((job.sheet for job in todo), desk.standings, named=bool(order.leaflets)))
        report = desk.ledger.report(alive, notes, perf_counter() - start, INTERRUPTED if interrupted else None)
        return replace(report, checked=not interrupted)


def _orders(order: Order, folder: Path, stock: Stock) -> Orders | None:
    if order.orders is None:
        return None
    path = folder / order.orders
    return read_orders(path, shown_as(path, folder), stock)


def _alive(desk: _Desk, todo: Sequence[Job], orders: Orders | None) -> tuple[Job, ...]:
    """The jobs without those of withdrawn leaflets, and the faults of the rows that ask for what cannot be made."""
    if desk.order.leaflets:
        return tuple(todo)  # the resolver refuses them, and shows where they say so
    places = {}
    if orders is not None:
        places = {item.target.output: item.span for item in orders.items}
        for fault in (fault for row in orders.bad for fault in row.faults):
            desk.ledger.fault(ORDERS, fault, 1)
    alive = []
    for job in todo:
        if not desk.standings.withdrawn(job.sheet):
            alive.append(job)
            continue
        for target in job.targets:
            if orders is None:
                desk.ledger.leave_out(target)
            else:
                desk.ledger.refuse(target, withdrawn_row(job.sheet, places[target.output]))
    return tuple(alive)


def _notes(desk: _Desk, stock: Stock, todo: Sequence[Job]) -> Iterator[str]:
    sheets = tuple(dict.fromkeys(job.sheet for job in todo))
    named = bool(desk.order.leaflets) or desk.order.orders is not None
    yield from gone_notes(desk.ledger.entries, stock, desk.shown)
    yield from withdrawn_notes(sheets, desk.standings, named=named)
    yield from left_notes(desk.ledger.entries, sheets, desk.standings, desk.output, desk.shown)


@contextmanager
def _desk(order: Order, folder: Path, listener: Listener, *, lock: bool) -> Iterator[tuple[_Desk, tuple[str, ...]]]:
    root = find_root(folder) or open_stock(folder).root  # the latter says that there is no project
    output = (folder / order.output).resolve() if order.output else root / "output"
    shown = shown_as(output, folder)
    with locked(output, shown) if lock else nullcontext():
        if lock:
            sweep(output)
        manifest, note = read_manifest(output)
        digests, prints = Digests(manifest.files, root), Fingerprints(manifest.code)
        books = Books(manifest, digests, prints, Plan(manifest, output, digests, prints, order.today))
        ledger = Ledger(books, output, shown, listener, order.today)
        most = order.workers or _processors()
        standings = Standings(manifest.withdrawn, digests)
        desk = _Desk(order, root, output, shown, books, ledger, standings, Workers(most), most)
        try:
            yield desk, (note,) if note else ()
        finally:
            desk.workers.close()


def _processors() -> int:
    """How many this process may use, which in a container is fewer than the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _stock(desk: _Desk) -> Stock:
    """The stock as the manifest remembers it, where nothing has changed that it comes from; opened anew otherwise."""
    books, root = desk.books, desk.root
    names = leaflet_names(root)
    sha256, code = books.digests.of(HOUSE_FILE) or "", books.prints.core()
    known = books.manifest.house
    if known is not None and (known.names, known.sha256, known.code) == (names, sha256, code):
        desk.ledger.house = known
        sheets = tuple(Sheet(id_, lang, root / path, path) for id_, lang, path in known.sheets)
        clinics = clinic_names(root)
        return Stock(root, known.targets, known.seconds, known.memory_mb, known.readers, clinics, sheets)
    if not desk.order.dry_run and "pdf" in (desk.order.targets or likely_targets(root)):
        desk.workers.warm("pdf")  # the slowest to get ready; it starts while the project is read
    stock = open_stock(root)
    sheets_told = tuple((sheet.id, sheet.lang, sheet.display) for sheet in stock.sheets)
    desk.ledger.house = House(
        names, sha256, code, stock.targets, stock.seconds, stock.memory_mb, stock.readers, sheets_told
    )
    return stock


def _due(desk: _Desk, todo: Sequence[Job]) -> Iterator[Job]:
    """Each job with the targets that must be made; what need not be is entered in the ledger at once."""
    for job in todo:
        due = []
        for target in job.targets:
            reason = "forced" if desk.order.force else desk.books.plan.reason(target)
            if reason:
                desk.ledger.expect(target, reason)
                due.append(target)
            else:
                desk.ledger.keep(job, target, strict=desk.order.strict)
        if due:
            yield job_of(job.sheet, job.clinic, job.readers, due)


def _work(desk: _Desk, stock: Stock, due: Sequence[Job]) -> bool:
    """Put the workers on; whether it was interrupted. Whoever is interrupted leaves whole files and true books."""
    if not due:
        return False
    shift: Shift | None = None
    try:
        project = _opened(desk, stock, due).project
        assert project is not None
        blob = pickle.dumps(project, pickle.HIGHEST_PROTOCOL)
        theme = project.house.theme
        order = desk.order
        bench = Bench(blob, desk.root, theme, desk.output, desk.shown, order.strict, stock.memory_mb, order.today)
        desk.workers.place(bench, stock.seconds)
        shift = Shift(desk.workers, desk.most, stock.seconds, desk.ledger)
        shift.work(due)
    except KeyboardInterrupt:
        desk.workers.close()
        sweep(desk.output)
        return True
    if shift.mishap:
        sweep(desk.output)
    return False


def _opened(desk: _Desk, stock: Stock, due: Sequence[Job]) -> Stock:
    """The stock with its project. What the workers to come will need is imported here, once: they inherit it."""
    if stock.project is None:
        if any(target.format == "pdf" for job in due for target in job.targets):
            desk.workers.warm("pdf")
        stock = open_stock(desk.root)
    import leafletpress.edition  # noqa: F401, PLC0415 - see above

    return stock
