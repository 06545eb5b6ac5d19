"""Pages: how many there are, whether they are one size of a paper that exists, how they are turned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from .demands import Demands, Purpose
from .faults import Fault
from .objects import get, name
from .sheets import Sheet

_SLACK_MM = 0.5


def page_faults(pdf: Any, sheets: tuple[Sheet, ...], demands: Demands) -> Iterator[Fault]:
    """F810-F815."""
    if not sheets:
        yield Fault("F810", "the file has no pages", "make the PDF again from the document it came from")
        return
    yield from _sizes(sheets, demands)
    yield from _budget(len(sheets), demands)
    if demands.purpose is not Purpose.SCREEN:
        yield from _papers(sheets)
        yield from _turned(sheets)
    if demands.purpose is Purpose.OFFICE:
        yield from _duplex(pdf, sheets)


def _shown(sheet: Sheet) -> str:
    wide, high = sheet.size_mm
    size = f"{wide:.0f} x {high:.0f} mm"
    return f"{sheet.paper} ({size})" if sheet.paper else size


def _same(one: Sheet, other: Sheet) -> bool:
    return all(abs(a - b) <= _SLACK_MM for a, b in zip(one.size_mm, other.size_mm, strict=True))


def _sizes(sheets: tuple[Sheet, ...], demands: Demands) -> Iterator[Fault]:
    if demands.purpose is Purpose.SCREEN:
        return
    usual = Counter(tuple(round(side) for side in sheet.size_mm) for sheet in sheets).most_common(1)[0][0]
    model = next(sheet for sheet in sheets if tuple(round(side) for side in sheet.size_mm) == usual)
    for sheet in sheets:
        if not _same(sheet, model):
            words = f"this page is {_shown(sheet)}, but page {model.number} is {_shown(model)}"
            hint = "give all pages the same size and orientation, or send the odd pages as a file of their own"
            yield Fault("F811", words, hint, sheet)


def _papers(sheets: tuple[Sheet, ...]) -> Iterator[Fault]:
    for sheet in sheets:
        if not sheet.paper:
            wide, high = sheet.size_mm
            words = f"the page is {wide:.1f} x {high:.1f} mm, which is no usual paper size"
            hint = (
                "set the page to A4, A5 or DL (in North America Letter or half letter); if the odd size is meant, ask "
                "the print shop whether they can cut it"
            )
            yield Fault("F812", words, hint, sheet, key=(round(wide), round(high)))


def _turned(sheets: tuple[Sheet, ...]) -> Iterator[Fault]:
    for sheet in sheets:
        if sheet.turn:
            words = f"the page is stored lying down and turned by {sheet.turn} degrees for showing"
            hint = "make the PDF again with pages the right way up: some printers ignore the turn and print it sideways"
            yield Fault("F813", words, hint, sheet, key=sheet.turn)


def _budget(count: int, demands: Demands) -> Iterator[Fault]:
    if demands.pages is not None and count > demands.pages:
        words = f"the file has {count} pages, but only {demands.pages} were allowed"
        yield Fault("F814", words, "shorten the text, or ask for a price for more pages", key="budget")
    if demands.booklet and count % 4:
        words = f"the file has {count} pages; a folded booklet needs a multiple of 4"
        hint = f"add {-count % 4} (blank pages count), or take out {count % 4}"
        yield Fault("F814", words, hint, key="booklet")


def _duplex(pdf: Any, sheets: tuple[Sheet, ...]) -> Iterator[Fault]:
    """The file's wish for two-sided printing: lying pages are turned on their short edge."""
    if len(sheets) < 2:
        return
    wide, high = sheets[0].size_mm
    fitting = "DuplexFlipShortEdge" if wide > high else "DuplexFlipLongEdge"
    wished = name(get(pdf.Root, "/ViewerPreferences", "/Duplex"))
    edge = "short" if wide > high else "long"
    hint = f"in the print dialogue choose 'both sides, flip on {edge} edge', and say so to whoever prints it"
    if not wished and wide > high:
        words = (
            "the file does not tell printers to turn its lying pages on the short edge: the back would be upside down"
        )
        yield Fault("F815", words, hint)
    elif wished == "Simplex":
        yield Fault("F815", "the file asks printers to use one side of the paper only", hint)
    elif wished and wished != fitting:
        yield Fault("F815", f"the file asks printers to turn pages on the wrong edge ({wished})", hint)
