"""The list of leaflets: each with version, status and review date, and whether its review is overdue."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from leafletpress.diagnostics import Diagnostic
from leafletpress.model import Span, Status
from leafletpress.press.columns import Style, columns, shortened
from leafletpress.press.report import finding_json
from leafletpress.press.stock import find_root, open_stock

if TYPE_CHECKING:
    from leafletpress.model import Metadata
    from leafletpress.press.stock import Sheet

_HEADER = ("leaflet", "language", "title", "version", "status", "review by", "")
_TITLE = 48  # cells of a title in the table: the rest of the line is for what one looks for


@dataclass(frozen=True, slots=True)
class Card:
    """One leaflet in one language; `meta` None where its front matter has faults."""

    id: str
    lang: str
    display: str
    meta: Metadata | None
    overdue: bool


def cards(folder: Path, today: date) -> tuple[tuple[Card, ...], tuple[Diagnostic, ...]]:
    """A card for every leaflet, and what is wrong with front matter; LeafletPressError (exit 3) without a project."""
    return draw(open_stock(find_root(folder) or folder).sheets, today)


def draw(sheets: Iterable[Sheet], today: date) -> tuple[tuple[Card, ...], tuple[Diagnostic, ...]]:
    """A card for each of the sheets, and what is wrong with their front matter."""
    found: list[Diagnostic] = []
    drawn: list[Card] = []
    for sheet in sheets:
        meta, faults = _front_matter(sheet)
        found += faults
        # What is withdrawn is reviewed no more.
        alive = meta is not None and meta.status is not Status.WITHDRAWN
        overdue = alive and meta is not None and meta.review_by is not None and meta.review_by < today
        drawn.append(Card(sheet.id, sheet.lang, sheet.display, meta, overdue))
    return tuple(drawn), tuple(found)


def _front_matter(sheet: Sheet) -> tuple[Metadata | None, Iterable[Diagnostic]]:
    from leafletpress.reader.findings import Findings  # noqa: PLC0415 - a fifth of a second, as all of them
    from leafletpress.reader.front_matter import read_front_matter  # noqa: PLC0415
    from leafletpress.reader.source_text import decode, split_front_matter  # noqa: PLC0415

    try:
        content = sheet.path.read_bytes()
    except OSError as error:
        return None, [Diagnostic("S105", f"the file cannot be read ({error.strerror})", Span(sheet.display))]
    findings = Findings(sheet.display)
    lines = decode(content, findings)
    if lines is None:
        return None, findings.by_line()
    meta = read_front_matter(split_front_matter(lines, findings), sheet.display, findings)
    return meta, findings.by_line()


def table(drawn: Iterable[Card], style: Style) -> str:
    """The cards as a table for people; what is overdue is bold where the style has it."""
    rows = [_row(card) for card in drawn]
    return columns(_HEADER, rows, style, marked=[place for place, row in enumerate(rows) if row[-1]])


def _row(card: Card) -> tuple[str, ...]:
    meta = card.meta
    if meta is None:
        return (card.id, card.lang, "(front matter has faults)", "", "", "", "")
    title = shortened(meta.title, _TITLE)
    review = meta.review_by.isoformat() if meta.review_by else ""
    return (card.id, card.lang, title, meta.version, meta.status.value, review, "overdue" if card.overdue else "")


def cards_json(drawn: Iterable[Card], faults: Iterable[Diagnostic], exit_code: int) -> str:
    """The cards as one JSON document, version 1."""
    document = {
        "version": 1,
        "leaflets": [
            {
                "leaflet": card.id,
                "lang": card.lang,
                "file": card.display,
                "title": card.meta.title if card.meta else None,
                "version": card.meta.version if card.meta else None,
                "status": card.meta.status.value if card.meta else None,
                "review_by": card.meta.review_by.isoformat() if card.meta and card.meta.review_by else None,
                "overdue": card.overdue,
            }
            for card in drawn
        ],
        "diagnostics": [finding_json(one) for one in faults],
        "exit_code": exit_code,
    }
    return json.dumps(document, ensure_ascii=True, indent=2)
