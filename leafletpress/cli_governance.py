"""The verbs of governance: what falls due, what versions there were, what each edition contains."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import click

from leafletpress.cli_options import CLINIC, LANG, LEAFLETS, READERS, REPORT, editions_asked
from leafletpress.diagnostics import Diagnostic, LeafletPressError
from leafletpress.press.columns import Style
from leafletpress.press.order import Order
from leafletpress.press.stock import shown_as
from leafletpress.press.telling import BOLD, PLAIN, coloured, finding_text

_LEAFLET = click.argument("leaflet", metavar="ID")


def today() -> date:
    """The day it is here: the one clock there is, read where the user asks."""
    return datetime.now(UTC).astimezone().date()


def table_style() -> Style:
    """How a table on stdout is set: bold and folded on a terminal, plain and unfolded elsewhere."""
    if not sys.stdout.isatty():
        return Style()
    bold, plain = (BOLD, PLAIN) if coloured(sys.stdout) else ("", "")
    return Style(bold, plain, shutil.get_terminal_size().columns)


@click.command(name="list")
@REPORT
def list_(report: str) -> None:
    """List leaflets with version, status and review date."""
    from leafletpress.press.listing import cards, cards_json, table  # noqa: PLC0415 - other verbs need it not

    found, faults = cards(Path.cwd(), today())
    code = 1 if any(one.is_error for one in faults) else 0
    if report == "json":
        click.echo(cards_json(found, faults, code))
    else:
        click.echo(table(found, table_style()))
        _findings(faults)
    raise SystemExit(code)


@click.command()
@LEAFLETS
@click.option("--within", default="90d", metavar="SPAN", help="How far to look: 90d, 12w, 6m or 2y (90d).")
@click.option(
    "--report",
    type=click.Choice(["human", "json", "ics"]),
    default="human",
    help="For people, one JSON document, or a calendar file.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write it into this file.")
def due(leaflets: tuple[str, ...], within: str, report: str, output: Path | None) -> None:
    """List leaflets whose review is overdue or falls due soon."""
    from leafletpress.press.falling_due import diary, diary_json, diary_table, span_end  # noqa: PLC0415 - cold start

    now = today()
    until = span_end(within, now)
    if until is None:
        hint = "a number and d, w, m or y: 90d is 90 days, 6m is 6 months"
        raise click.UsageError(f"--within cannot be '{within}'\n  hint: {hint}")
    with _in_json(report, lambda error: diary_json(None, (error.diagnostic,), error.exit_code)):
        told, faults = diary(Order(leaflets), Path.cwd(), now, until)
        code = 1 if any(one.is_error for one in faults) else 0
        if report == "ics":
            from leafletpress.press.calendar_file import calendar_file  # noqa: PLC0415 - 0.1 s that tables do not pay

            _put(calendar_file(told), output)
        elif report == "json":
            _put(diary_json(told, faults, code), output)
        else:
            _put(diary_table(told, Style() if output else table_style()), output)
    if report != "json":
        _findings(faults)
    raise SystemExit(code)


@click.command()
@_LEAFLET
@LANG
@REPORT
def history(leaflet: str, lang: str | None, report: str) -> None:
    """List a leaflet's versions and change notes."""
    with _in_json(report, lambda error: _no_history((error.diagnostic,), error.exit_code)):
        from leafletpress.press.history import histories  # noqa: PLC0415 - 0.2 s that other verbs do not pay
        from leafletpress.press.history_table import history_json, history_table, remarks  # noqa: PLC0415

        told = histories(Order((leaflet,), lang=lang), Path.cwd())
        if report == "json":
            click.echo(history_json(told, (), 0))
            return
        click.echo(history_table(told, table_style()))
        _findings(finding for one in told for finding in one.diagnostics)
        for words in remarks(told):
            click.echo(f"note: {words}", err=True)


@click.command()
@_LEAFLET
@LANG
@CLINIC
@READERS
@REPORT
def editions(leaflet: str, lang: str | None, clinics: tuple[str, ...], readers: tuple[str, ...], report: str) -> None:
    """Show what each edition of a leaflet contains, and why not."""
    from leafletpress.press.editions_table import editions_json, editions_table, explanations  # noqa: PLC0415 - as above

    named, _, groups = editions_asked(clinics, readers, all_clinics=False)
    with _in_json(report, lambda error: editions_json((), (error.diagnostic,), error.exit_code)):
        told = explanations(Order((leaflet,), clinics=named, readers=groups, lang=lang), Path.cwd())
    found = [finding for one in told for finding in one.diagnostics]
    code = 1 if any(one.is_error for one in found) else 0
    if report == "json":
        click.echo(editions_json(told, (), code))
    else:
        click.echo(editions_table(told, table_style()))
        _findings(found)
    raise SystemExit(code)


def _no_history(faults: tuple[Diagnostic, ...], exit_code: int) -> str:
    from leafletpress.press.history_table import history_json  # noqa: PLC0415 - see above

    return history_json((), faults, exit_code)


@contextmanager
def _in_json(report: str, document: Callable[[LeafletPressError], str]) -> Iterator[None]:
    """Faults of use and of the project in the form that was asked for."""
    try:
        yield
    except LeafletPressError as error:
        if report != "json":
            raise
        click.echo(document(error))
        raise SystemExit(error.exit_code) from error


def _put(content: bytes | str, output: Path | None) -> None:
    """The content into the file, whole or not at all, or onto stdout."""
    if output is None:
        click.echo(content, nl=isinstance(content, str))
        return
    content = f"{content}\n".encode() if isinstance(content, str) else content
    from leafletpress.press.writing import refused, write_whole  # noqa: PLC0415 - hashing and locks, wanted seldom

    try:
        write_whole(output, content)
    except OSError as error:
        raise LeafletPressError(refused(output.as_posix(), error), 3) from error
    click.echo(shown_as(output.resolve(), Path.cwd()))


def _findings(faults: Iterable[Diagnostic]) -> None:
    for finding in faults:
        click.echo(finding_text(finding, colour=coloured(sys.stderr)), err=True)
