"""How a run is told to people: results on stdout, findings and progress on stderr."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, TextIO

from leafletpress.diagnostics import Diagnostic, Severity
from leafletpress.press.report import Report, Result, State, as_json, summary

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_LONG = 4  # files from which a bar is worth its place
BOLD, _RED, _AMBER, PLAIN = "\x1b[1m", "\x1b[31m", "\x1b[33m", "\x1b[0m"


def coloured(stream: TextIO) -> bool:
    """Whether the stream is a terminal that takes colours (https://no-color.org: NO_COLOR, if not empty, forbids)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def finding_text(finding: Diagnostic, *, colour: bool) -> str:
    """The finding in its usual form, its severity coloured on a terminal."""
    text = str(finding)
    if not colour:
        return text
    tone = _RED if finding.severity is Severity.ERROR else _AMBER
    mark = f"{finding.severity}[{finding.code}]"
    return text.replace(mark, f"{BOLD}{tone}{mark}{PLAIN}", 1)


class Silent:
    """Hears everything and says nothing: the report says it all at the end."""

    def begin(self, due: int) -> None:
        """Nothing is said."""

    def ended(self, result: Result) -> None:
        """Nothing is said."""

    def found(self, finding: Diagnostic) -> None:
        """Nothing is said."""

    def checked(self) -> None:
        """Nothing is said."""

    def close(self, report: Report) -> None:
        """Print the one JSON document."""
        print(as_json(report))  # noqa: T201 - results are printed


class Spoken:
    """Tells a run line by line, with a bar where the work is long and somebody watches."""

    def __init__(self) -> None:
        self._bar: Progress | None = None
        self._step: TaskID | None = None
        self._colour = coloured(sys.stderr)

    def begin(self, due: int) -> None:
        """Show a bar for long work on a terminal."""
        if due < _LONG or not sys.stderr.isatty():
            return
        from rich.console import Console  # noqa: PLC0415 - a tenth of a second that short builds do not pay
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

        # It refreshes when something is done and has no thread of its own: the press forks.
        columns = (TextColumn("printing"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        console = Console(stderr=True, highlight=False)
        self._bar = Progress(
            *columns, console=console, auto_refresh=False, transient=True, redirect_stdout=False, redirect_stderr=False
        )
        self._step = self._bar.add_task("", total=due)
        self._bar.start()

    def ended(self, result: Result) -> None:
        """A line for each file written."""
        if result.state is State.BUILT:
            self._line(f"{result.output}  {result.seconds:.2f} s", sys.stdout)
        self.checked()

    def found(self, finding: Diagnostic) -> None:
        """The finding, on stderr."""
        self._say(finding_text(finding, colour=self._colour))

    def checked(self) -> None:
        """The bar moves on."""
        if self._bar is not None and self._step is not None:
            self._bar.advance(self._step)
            self._bar.refresh()

    def stop(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def close(self, report: Report) -> None:
        """Notes, reasons of a dry run, the summary."""
        self.stop()
        for note in report.notes:
            self._say(f"note: {note}")
        if report.dry_run:
            for result in report.results:
                if result.state is State.PLANNED:
                    print(f"{result.output}  {result.reason}")  # noqa: T201 - results are printed
        if report.traceback and os.environ.get("LEAFLETPRESS_DEBUG"):
            self._say(report.traceback.rstrip())
        print(summary(report), flush=True)  # noqa: T201 - results are printed

    def _say(self, words: str) -> None:
        self._line(words, sys.stderr)

    def _line(self, words: str, stream: TextIO) -> None:
        """A line above the bar, where the stream shares the bar's terminal; lines are never folded."""
        if self._bar is None or not stream.isatty():
            print(words, file=stream, flush=True)
            return
        from rich.text import Text  # noqa: PLC0415 - imported already, with the bar

        self._bar.console.print(Text.from_ansi(words), soft_wrap=True)
