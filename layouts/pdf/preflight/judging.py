"""A file judged: opened, walked through page by page, and held to what its purpose asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from leafletpress.diagnostics import Diagnostic

from .colour_use import colour_faults
from .conformance import conformance_faults
from .contrast import Contrasts
from .demands import Demands, Purpose
from .edges import edge_faults
from .faults import Fault, Findings
from .ink import ink_faults
from .lettering import font_faults, line_faults, size_faults
from .limits import Meter, Spent
from .marks import Drawn
from .metadata import packet
from .opening import open_file
from .pages import page_faults
from .pdfx import file_faults, is_pdfx
from .pdfx import page_faults as pdfx_page_faults
from .pictures import picture_faults
from .sheets import Sheet, read_sheet
from .walk import UNREADABLE, Walk

_GIVEN_UP = (*UNREADABLE, OSError, RecursionError)
_PART = "ask for the file again, or make it anew: what cannot be read cannot be printed"


@dataclass(frozen=True, slots=True)
class Inspection:
    """What came of looking: the findings, what the file was judged for, how many pages it has, and their papers."""

    findings: tuple[Diagnostic, ...]
    purpose: str
    pages: int = 0
    papers: tuple[str, ...] = ()


def inspect(content: bytes, demands: Demands, *, guess: bool = False) -> Inspection:
    """Judge a file. With `guess` the purpose is what the file says it is: print-shop where it is PDF/X, else as asked.

    Never raises, whatever the bytes are: what cannot be read is a finding (F801, F805), and a limit too (F804).
    """
    opened = open_file(content)
    findings = Findings()
    findings.add(opened.faults)
    if opened.pdf is None:
        return Inspection(findings.told(), demands.purpose)
    judge = _Judge(opened.pdf, content, demands, findings)
    with opened.pdf:
        if guess:
            judge.guess_purpose()
        judge.look()
        return Inspection(findings.told(), judge.demands.purpose, len(judge.sheets), judge.papers)


class _Judge:
    """One file on the table."""

    def __init__(self, pdf: Any, content: bytes, demands: Demands, findings: Findings) -> None:
        self._pdf = pdf
        self._content = content
        self._findings = findings
        self._meter = Meter(demands.limits)
        self.demands = demands
        self.sheets: tuple[Sheet, ...] = ()
        self._metadata = b""
        self._guarded(self._read_metadata)

    @property
    def papers(self) -> tuple[str, ...]:
        """The sizes of the pages, each once."""
        sizes = (sheet.paper or "{:.0f} x {:.0f} mm".format(*sheet.size_mm) for sheet in self.sheets)
        return tuple(dict.fromkeys(sizes))

    def guess_purpose(self) -> None:
        """What the file itself says it is for."""
        if is_pdfx(self._pdf, self._metadata):
            self.demands = replace(self.demands, purpose=Purpose.PRINT_SHOP)

    def look(self) -> None:
        """Every check there is, in the order of its cost."""
        pages = self._pages()
        self._take(page_faults(self._pdf, self.sheets, self.demands))
        if self.demands.purpose is Purpose.PRINT_SHOP:
            self._take(file_faults(self._pdf, self._metadata, self._meter))
        self._guarded(lambda: self._look_at_pages(pages))
        if self.demands.purpose is Purpose.SCREEN and self.demands.thorough:
            self._take(conformance_faults(self._content, self._metadata))

    def _read_metadata(self) -> None:
        self._metadata = packet(self._pdf)

    def _pages(self) -> list[Any]:
        pages: list[Any] = []

        def read() -> None:
            for number, page in enumerate(self._pdf.pages, start=1):
                if number > self._meter.limits.pages:
                    raise Spent(f"more than {self._meter.limits.pages} pages")
                pages.append(page.obj)

        self._guarded(read)
        self.sheets = tuple(read_sheet(page, number) for number, page in enumerate(pages, start=1))
        return pages

    def _look_at_pages(self, pages: list[Any]) -> None:
        walk = Walk(self._pdf, self._meter)
        contrasts = self._contrasts()
        try:
            for page, sheet in zip(pages, self.sheets, strict=True):
                drawn = Drawn()
                whole = self._guarded(partial(walk.draw, page, sheet, drawn), sheet)
                # What is too much for us is too much for whoever draws it: its ground is not looked at.
                self._judge_page(page, sheet, drawn, contrasts if whole else None)
                self._meter.look_at_the_clock()
        finally:
            if contrasts is not None:
                contrasts.close()

    def _contrasts(self) -> Contrasts | None:
        if not self.demands.thorough:
            return None
        try:
            return Contrasts(self._pdf, self._content)
        except _GIVEN_UP:  # locked or broken: told already
            return None

    def _judge_page(self, page: Any, sheet: Sheet, drawn: Drawn, contrasts: Contrasts | None) -> None:
        demands = self.demands
        for damage in drawn.damage[:1]:
            words = f"part of the page cannot be read: {' '.join(damage.split())[:120]}"
            self._findings.add([Fault("F805", words, _PART, sheet)])
        checks: list[Iterable[Fault]] = [
            edge_faults(sheet, drawn, demands),
            font_faults(sheet, drawn, demands),
            size_faults(sheet, drawn, demands),
            line_faults(sheet, drawn, demands),
            picture_faults(sheet, drawn, demands),
            colour_faults(sheet, drawn, demands),
            ink_faults(sheet, drawn, demands, self._meter),
        ]
        if demands.purpose is Purpose.PRINT_SHOP:
            checks.append(pdfx_page_faults(page, sheet, drawn))
        if contrasts is not None:
            checks.append(contrasts.faults(sheet, drawn, demands))
        for check in checks:
            self._take(check, sheet)

    def _take(self, faults: Iterable[Fault], sheet: Sheet | None = None) -> None:
        self._guarded(lambda: self._findings.add(faults), sheet)

    def _guarded(self, work: Callable[[], None], sheet: Sheet | None = None) -> bool:
        """Do `work`, and say whether it came to its end.

        What cannot be read of a damaged file is a finding, and the rest of the file is judged all the same.
        """
        try:
            work()
        except Spent as end:
            words = f"the file was not looked at to its end: {end}"
            hint = "leaflets are small: ask for a simpler file, or have the print shop judge this one"
            self._findings.add([Fault("F804", words, hint, sheet)])
            return False
        except _GIVEN_UP as error:
            reason = f"{type(error).__name__}: {' '.join(str(error).split())[:120]}"
            self._findings.add([Fault("F805", f"part of the file cannot be read ({reason})", _PART, sheet)])
            return False
        return True
