"""Orders: a CSV file that says which clinic gets how many copies of what, read with distrust, row by row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from leafletpress.diagnostics import Diagnostic, LeafletPressError, suggest
from leafletpress.model import Span
from leafletpress.press.columns import printable
from leafletpress.press.order import (
    Job,
    Target,
    collision,
    formats,
    job_of,
    target_of,
    unknown_clinics,
    unknown_readers,
)
from leafletpress.press.stock import Sheet, Stock
from leafletpress.registry import Format

REQUIRED = ("clinic", "leaflet", "language", "format", "copies")
_COLUMNS = (*REQUIRED, "readers")
_MAY_BE_EMPTY = frozenset({"clinic", "readers"})
_MAX_BYTES = 1_000_000
_MAX_ROWS = 20_000
_MAX_COPIES = 100_000
_SHOWN = 60  # characters of a cell in a message
_COPIES = re.compile(r"[0-9]{1,6}\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Item:
    """A target that is ordered, how many copies in all, and the place of the first row that asks for it."""

    target: Target
    copies: int
    span: Span


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that nothing can be made of: its cells as they stand, and why.

    `clinic` is whose pick list tells of it ("" is no clinic); None where that cannot be told.
    """

    clinic: str | None
    cells: Mapping[str, str]
    faults: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Orders:
    """What a file of orders comes to: jobs leaflet by leaflet, what each target is ordered for, and the bad rows."""

    jobs: tuple[Job, ...]
    items: tuple[Item, ...]
    bad: tuple[BadRow, ...]


def read_orders(path: Path, shown: str, stock: Stock) -> Orders:
    """Read the orders in the file; `shown` is its name as the user typed it.

    LeafletPressError (P406, exit 2) where the file as a whole cannot be read; P407 and P408 for single rows come back.
    """
    desk = _Desk(stock, shown)
    for row in _rows(_text(path, shown), shown):
        desk.take(*row)
    return desk.orders()


def _unreadable(shown: str, why: str, hint: str, line: int = 0) -> LeafletPressError:
    return LeafletPressError(Diagnostic("P406", why, Span(shown, line, line), hint), 2)


def _text(path: Path, shown: str) -> str:
    try:
        if not path.is_file():
            raise _unreadable(shown, "there is no such file", "check its name and folder")
        with path.open("rb") as file:
            content = file.read(_MAX_BYTES + 1)
    except OSError as error:
        why = f"the orders cannot be read ({error.strerror})"
        raise _unreadable(shown, why, "check that you may read the file") from error
    if len(content) > _MAX_BYTES:
        raise _unreadable(shown, f"the orders are larger than {_MAX_BYTES:,} bytes", "split them into several files")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        hint = "save it as 'CSV UTF-8' in your spreadsheet"
        raise _unreadable(shown, "the orders are not UTF-8", hint, line) from error


def _rows(text: str, shown: str) -> Iterator[tuple[int, Mapping[str, str], str]]:
    """The line that each row begins in, its cells by column, and what is wrong with their number."""
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    columns: list[str] = []
    line, count = 1, 0
    try:
        for row in reader:
            begun, line = line, reader.line_num + 1
            cells = [cell.strip() for cell in row]
            if not any(cells):
                continue
            if not columns:
                columns = _header(cells, shown, begun)
                continue
            count += 1
            if count > _MAX_ROWS:
                raise _unreadable(shown, f"there are more than {_MAX_ROWS:,} rows", "split them into files", begun)
            more = (
                f"the row has {len(cells)} fields, and the header {len(columns)}" if any(cells[len(columns) :]) else ""
            )
            yield begun, dict(zip(columns, [*cells, *[""] * len(columns)], strict=False)), more
    except csv.Error as error:
        hint = "look for a quotation mark too many or too few in this row"
        raise _unreadable(shown, f"the row cannot be read ({error})", hint, line) from error
    if not columns:
        raise _unreadable(shown, "the file is empty", _header_hint())


def _header(cells: list[str], shown: str, line: int) -> list[str]:
    columns = [cell.lower() for cell in cells]
    while columns and not columns[-1]:
        columns.pop()
    for name in columns:
        if name not in _COLUMNS:
            why = f"'{_short(name)}' is no column of orders" if name else "a column has no name"
            raise _unreadable(shown, why, suggest(name, _COLUMNS), line)
        if columns.count(name) > 1:
            raise _unreadable(shown, f"the column '{name}' stands there twice", "delete one of them", line)
    missing = [name for name in REQUIRED if name not in columns]
    if missing:
        raise _unreadable(shown, f"there is no column '{missing[0]}'", _header_hint(), line)
    return columns


def _header_hint() -> str:
    return f"the first line names the columns: {','.join(REQUIRED)}; readers may follow"


def _short(words: str) -> str:
    words = printable(words)
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"


@dataclass(slots=True)
class _Desk:
    """Takes rows, and keeps what they come to."""

    stock: Stock
    shown: str
    _sheets: dict[tuple[str, str], Sheet] = field(init=False)
    _languages: dict[str, list[str]] = field(init=False)
    _kinds: dict[str, tuple[Format, str] | Diagnostic] = field(default_factory=dict)
    _items: dict[Target, Item] = field(default_factory=dict)
    _files: dict[str, Target] = field(default_factory=dict)
    _bad: list[BadRow] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._sheets = {(sheet.id, sheet.lang): sheet for sheet in self.stock.sheets}
        self._languages = {}
        for sheet in self.stock.sheets:
            self._languages.setdefault(sheet.id, []).append(sheet.lang)

    def take(self, line: int, cells: Mapping[str, str], more: str) -> None:
        """Enter a row, or what is wrong with it: every fault that it has, or that it has `more` fields than it may."""
        span = Span(self.shown, line, line)
        hint = "write a field that holds the separator between quotation marks"
        found = [Diagnostic("P407", more, hint=hint)] if more else self._faults(cells)
        faults = [Diagnostic("P407", one.message, span, one.hint) for one in found]
        if not faults:
            target = self._target(cells)
            other = self._files.setdefault(target.output, target)
            if other == target:
                before = self._items.get(target) or Item(target, 0, span)
                self._items[target] = replace(before, copies=before.copies + int(cells["copies"]))
                return
            clash = collision(other, target)
            faults = [Diagnostic(clash.code, clash.message, span, "order one of them in a file of its own, with -o")]
        clinic = cells["clinic"]
        known = not clinic or clinic in self.stock.clinics
        self._bad.append(BadRow(clinic if known else None, cells, tuple(faults)))

    def _faults(self, cells: Mapping[str, str]) -> Iterator[Diagnostic]:
        for name in REQUIRED:
            if not cells[name] and name not in _MAY_BE_EMPTY:
                yield Diagnostic("P407", f"the field '{name}' is empty", hint="fill it in, or take the row out")
        yield from map(_tidy, unknown_clinics(self.stock, (cells["clinic"] or None,)))
        yield from map(_tidy, unknown_readers(self.stock, (cells.get("readers") or None,)))
        yield from self._unknown_leaflet(cells["leaflet"], cells["language"])
        kind = self._kind(cells["format"]) if cells["format"] else None
        if isinstance(kind, Diagnostic):
            yield _tidy(kind)
        copies = cells["copies"]
        if copies and not (_COPIES.match(copies) and 1 <= int(copies) <= _MAX_COPIES):
            hint = f"write a whole number from 1 to {_MAX_COPIES}"
            yield Diagnostic("P407", f"'{_short(copies)}' is no number of copies", hint=hint)

    def _unknown_leaflet(self, leaflet: str, language: str) -> Iterator[Diagnostic]:
        languages = self._languages.get(leaflet)
        if leaflet and languages is None:
            known = tuple(self._languages)
            hint = suggest(leaflet, known) if known else "make one with 'leafletpress new my-leaflet'"
            yield Diagnostic("P407", f"there is no leaflet '{_short(leaflet)}'", hint=_short_list(hint))
        elif languages is not None and language and language not in languages:
            message = f"there is no leaflet '{leaflet}' in '{_short(language)}'"
            yield Diagnostic("P407", message, hint=suggest(language, tuple(languages)))

    def _kind(self, words: str) -> tuple[Format, str] | Diagnostic:
        if words not in self._kinds:
            try:
                self._kinds[words] = formats((words,))[0]
            except LeafletPressError as error:
                self._kinds[words] = error.diagnostic
        return self._kinds[words]

    def _target(self, cells: Mapping[str, str]) -> Target:
        kind = self._kind(cells["format"])
        assert not isinstance(kind, Diagnostic)
        sheet = self._sheets[cells["leaflet"], cells["language"]]
        return target_of(sheet, cells["clinic"] or None, cells.get("readers") or None, *kind)

    def orders(self) -> Orders:
        """All that was taken, leaflet by leaflet, whatever the order of the rows."""
        wanted = sorted(self._items, key=lambda target: (target.edition, target.format, target.variant))
        made: dict[tuple[str, str, str, str], list[Target]] = {}
        for target in wanted:
            made.setdefault(target.edition, []).append(target)
        jobs = (
            job_of(self._sheets[targets[0].leaflet, targets[0].lang], targets[0].clinic, targets[0].readers, targets)
            for targets in made.values()
        )
        return Orders(tuple(jobs), tuple(self._items[one] for one in wanted), tuple(self._bad))


def _tidy(finding: Diagnostic) -> Diagnostic:
    """The finding, whose message quotes a cell, fit to be printed."""
    return Diagnostic(finding.code, _short_list(printable(finding.message)), hint=_short_list(printable(finding.hint)))


def _short_list(words: str, most: int = 300) -> str:
    """The words, cut where a house of hundreds of leaflets would make them a page."""
    return words if len(words) <= most else f"{words[:most]}…"
