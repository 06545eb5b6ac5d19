"""Falling due: which leaflets are overdue for review, and which will be within a span of time."""

from __future__ import annotations

import calendar
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from leafletpress.diagnostics import Diagnostic
from leafletpress.model import Status
from leafletpress.press.columns import Style, columns, printable, shortened
from leafletpress.press.listing import draw
from leafletpress.press.order import Order, choose
from leafletpress.press.report import finding_json
from leafletpress.press.stock import find_root, open_stock

if TYPE_CHECKING:
    from leafletpress.model import Metadata

_SPAN = re.compile(r"(\d{1,5})([dwmy])\Z", re.ASCII)
_TITLE = 40  # cells of a title in the table: the rest of the line is for what one looks for
_HEADER = ("review by", "days left", "leaflet", "language", "title", "version", "status", "reviewers")
_DAYS_LEFT = _HEADER.index("days left")


@dataclass(frozen=True, slots=True)
class Review:
    """One leaflet in one language, when its review falls due, and the days left until then (fewer than 0: overdue).

    Both are None where it has no review date.
    """

    id: str
    lang: str
    display: str
    meta: Metadata
    by: date | None
    days_left: int | None

    @property
    def overdue(self) -> bool:
        """Whether the date has passed."""
        return self.days_left is not None and self.days_left < 0


@dataclass(frozen=True, slots=True)
class Diary:
    """What falls due from `today` until `until`, by date; those without a date; how many fall due later."""

    publisher: str
    today: date
    until: date
    due: tuple[Review, ...]
    undated: tuple[Review, ...]
    later: int


def span_end(words: str, today: date) -> date | None:
    """The last day of a span such as `90d`, `12w`, `6m`, `2y` that begins today; None where it cannot be read.

    Months and years are the calendar's: a month from 31 January is the last day of February.
    """
    found = _SPAN.match(words.strip().lower())
    if found is None:
        return None
    count, unit = int(found[1]), found[2]
    try:
        if unit in "dw":
            return today + timedelta(days=count * (7 if unit == "w" else 1))
        month = today.month - 1 + count * (12 if unit == "y" else 1)
        year = today.year + month // 12
        if year > MAXYEAR:
            return date.max
        last = calendar.monthrange(year, month % 12 + 1)[1]
        return date(year, month % 12 + 1, min(today.day, last))
    except OverflowError:
        return date.max


def diary(order: Order, folder: Path, today: date, until: date) -> tuple[Diary, tuple[Diagnostic, ...]]:
    """The diary of the leaflets ordered (all where none is named), and what is wrong with front matter.

    Withdrawn leaflets are left out. LeafletPressError: exit 2 and 3 as for a build.
    """
    stock = open_stock(find_root(folder) or folder)
    cards, faults = draw(choose(stock, order), today)
    reviews = [
        Review(card.id, card.lang, card.display, card.meta, day, (day - today).days if day else None)
        for card in cards
        if card.meta is not None and card.meta.status is not Status.WITHDRAWN
        for day in (card.meta.review_by,)
    ]
    dated = sorted((one for one in reviews if one.by), key=lambda one: (one.by or today, one.id, one.lang))
    due = tuple(one for one in dated if one.by and one.by <= until)
    undated = tuple(one for one in reviews if one.by is None)
    publisher = stock.project.house.publisher if stock.project else ""
    return Diary(publisher, today, until, due, undated, len(dated) - len(due)), faults


def diary_table(told: Diary, style: Style) -> str:
    """The diary for people: what is due, what has no date, and a line that counts."""
    parts = []
    if told.due:
        marked = [place for place, one in enumerate(told.due) if one.overdue]
        parts.append(columns(_HEADER, map(_row, told.due), style, marked=marked, numbers=(_DAYS_LEFT,)))
    if told.undated:
        rows = [_row(one)[2:] for one in told.undated]
        parts.append("no review date:\n" + columns(_HEADER[2:], rows, style))
    return "\n\n".join([*parts, _counted(told)])


def _row(one: Review) -> tuple[str, ...]:
    meta = one.meta
    day, left = (one.by.isoformat(), str(one.days_left)) if one.by else ("", "")
    title = shortened(meta.title, _TITLE)
    return (day, left, one.id, one.lang, title, meta.version, meta.status.value, ", ".join(meta.reviewers))


def _counted(told: Diary) -> str:
    overdue = sum(one.overdue for one in told.due)
    words = f"{overdue} overdue, {len(told.due) - overdue} due by {told.until}, {told.later} later"
    return f"{words}, {len(told.undated)} without a review date"


def diary_json(told: Diary | None, faults: Iterable[Diagnostic], exit_code: int) -> str:
    """The diary as one JSON document, version 1; see docs/report.md for its keys. None: there was no project."""
    document = {
        "version": 1,
        "today": told.today.isoformat() if told else None,
        "until": told.until.isoformat() if told else None,
        "due": [_review(one) for one in told.due] if told else [],
        "no_review_date": [_review(one) for one in told.undated] if told else [],
        "later": told.later if told else 0,
        "diagnostics": [finding_json(one) for one in faults],
        "exit_code": exit_code,
    }
    return json.dumps(document, ensure_ascii=True, indent=2)


def _review(one: Review) -> dict[str, object]:
    meta = one.meta
    return {
        "leaflet": one.id,
        "lang": one.lang,
        "file": one.display,
        "title": printable(meta.title),
        "reference": meta.reference,
        "version": meta.version,
        "status": meta.status.value,
        "reviewed": meta.reviewed.isoformat() if meta.reviewed else None,
        "review_by": one.by.isoformat() if one.by else None,
        "days_left": one.days_left,
        "overdue": one.overdue,
        "reviewers": list(meta.reviewers),
    }
