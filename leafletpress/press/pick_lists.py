"""Pick lists: for each clinic that ordered, what to pack and what could not be made, as CSV and as a page."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from leafletpress.press.columns import printable
from leafletpress.press.listing import draw
from leafletpress.press.orders import BadRow, Orders
from leafletpress.press.report import Result, State

if TYPE_CHECKING:
    from leafletpress.model import Metadata
    from leafletpress.press.stock import Sheet

_NO_CLINIC = "no-clinic"
_READY = frozenset({State.BUILT, State.UNCHANGED})
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what spreadsheets take for a formula


@dataclass(frozen=True, slots=True)
class Pick:
    """One line of a pick list. `file` is its path within the output folder, `fault` why there is none to take."""

    leaflet: str
    language: str
    title: str
    reference: str
    version: str
    format: str
    readers: str
    copies: str
    file: str
    fault: str


def pick_lists(orders: Orders, results: Iterable[Result], folder: str) -> dict[str, bytes]:
    """The content of each pick list by its path within the output folder: `<folder>/<clinic or no-clinic>.csv|html`.

    The same orders and results give the same bytes.
    """
    picks = _picks(orders, {result.target.output: result for result in results})
    lists: dict[str, bytes] = {}
    for clinic in sorted(picks):
        ready = [pick for pick in picks[clinic] if not pick.fault]
        missing = [pick for pick in picks[clinic] if pick.fault]
        place = f"{folder}/{clinic or _NO_CLINIC}"
        lists[f"{place}.csv"] = _table(ready, missing)
        lists[f"{place}.html"] = _page(clinic, ready, missing)
    return lists


def _picks(orders: Orders, results: Mapping[str, Result]) -> dict[str, list[Pick]]:
    metas = dict(_metas({job.sheet for job in orders.jobs}))
    picks: dict[str, list[Pick]] = {}
    for item in orders.items:
        target, result = item.target, results.get(item.target.output)
        meta = metas.get((target.leaflet, target.lang))
        fault = _fault(result)
        pick = Pick(
            target.leaflet,
            target.lang,
            meta.title if meta else "",
            meta.reference if meta else "",
            meta.version if meta else "",
            target.name,
            target.readers or "",
            str(item.copies),
            "" if fault else target.output,
            fault,
        )
        picks.setdefault(target.clinic or "", []).append(pick)
    for row in orders.bad:
        if row.clinic is not None:
            picks.setdefault(row.clinic, []).append(_bad_pick(row))
    return picks


def _fault(result: Result | None) -> str:
    if result is not None and result.state in _READY:
        return ""
    return (result.fault if result is not None else "") or "it could not be made"


def _bad_pick(row: BadRow) -> Pick:
    cells = {name: printable(words) for name, words in row.cells.items()}
    fault = f"line {row.faults[0].span.line}: {'; '.join(one.message for one in row.faults)}"

    def cell(name: str) -> str:
        return cells.get(name, "")

    asked = (cell("format"), cell("readers"), cell("copies"))
    return Pick(cell("leaflet"), cell("language"), "", "", "", *asked, "", fault)


def _metas(sheets: set[Sheet]) -> Iterator[tuple[tuple[str, str], Metadata]]:
    cards, _ = draw(sorted(sheets, key=lambda sheet: sheet.display), date.min)
    for card in cards:
        if card.meta is not None:
            yield (card.id, card.lang), card.meta


def _table(ready: Iterable[Pick], missing: Iterable[Pick]) -> bytes:
    """RFC 4180, in UTF-8 with the mark by which spreadsheets know it."""
    told = io.StringIO(newline="")
    writer = csv.writer(told, lineterminator="\r\n")
    writer.writerow((*Pick.__slots__[:-1], "state", "reason"))
    for pick in (*ready, *missing):
        cells = [getattr(pick, name) for name in Pick.__slots__[:-1]]
        state = ("not made", pick.fault) if pick.fault else ("ready", "")
        writer.writerow([_harmless(cell) for cell in (*cells, *state)])
    return told.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    """The cell as words, where a spreadsheet would run it as a formula: titles come from files of many hands."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _page(clinic: str, ready: list[Pick], missing: list[Pick]) -> bytes:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 - only orders need it

    loader = FileSystemLoader(Path(__file__).parent / "templates")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    copies = sum(int(pick.copies) for pick in ready)
    links = {pick.file: f"../../{quote(pick.file)}" for pick in ready}
    page = environment.get_template("pick_list.html.j2")
    text = page.render(clinic=clinic, ready=ready, missing=missing, copies=copies, links=links)
    return f"{text}\n".encode()
