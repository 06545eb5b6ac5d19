"""The command line: reads what is asked, calls the press, prints what it says, ends with the exit code."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

import click

from leafletpress import __version__
from leafletpress.cli_governance import due, editions, history, list_, today
from leafletpress.cli_options import (
    ALL_CLINICS,
    CLINIC,
    JOBS,
    LANG,
    LEAFLETS,
    READERS,
    REPORT,
    STRICT,
    editions_asked,
    listed,
)
from leafletpress.cli_preflight import preflight
from leafletpress.diagnostics import Diagnostic, LeafletPressError, suggest
from leafletpress.press.order import Order
from leafletpress.press.report import INTERRUPTED, Report
from leafletpress.press.telling import Silent, Spoken, coloured, finding_text

_OUR_FAULT = 5


class _Verbs(click.Group):
    """Verbs in the order of the work; an unknown one names the nearest."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(self.commands)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            hint = suggest(args[0], tuple(self.commands))
            raise click.UsageError(f"there is no verb '{args[0]}'\n  hint: {hint}", ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=_Verbs, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="leafletpress")
@click.pass_context
def verbs(context: click.Context) -> None:
    """One Markdown source per patient leaflet: PDF to print, DOCX to edit, EPUB to read.

    Without a verb everything is built.
    """
    if context.invoked_subcommand is None:
        context.invoke(build)


@verbs.command()
@LEAFLETS
@click.option("-t", "--target", "targets", metavar="FORMAT[:VARIANT],...", multiple=True, help="pdf, docx, epub.")
@CLINIC
@ALL_CLINICS
@READERS
@LANG
@click.option("--orders", type=click.Path(path_type=Path), help="What is ordered, as CSV; writes pick lists.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Folder for the results (output/).")
@JOBS
@STRICT
@click.option("--dry-run", is_flag=True, help="Say what would be built and why.")
@REPORT
@click.option("--force", is_flag=True, help="Build what has not changed too.")
def build(  # noqa: PLR0913, PLR0917 - one parameter for each option
    leaflets: tuple[str, ...] = (),
    targets: tuple[str, ...] = (),
    clinics: tuple[str, ...] = (),
    all_clinics: bool = False,
    readers: tuple[str, ...] = (),
    lang: str | None = None,
    orders: Path | None = None,
    output: Path | None = None,
    jobs: int | None = None,
    strict: bool = False,
    dry_run: bool = False,
    report: str = "human",
    force: bool = False,
) -> None:
    """Build leaflets: all of them, or those named. What has not changed is left alone."""
    from leafletpress.press import run  # noqa: PLC0415 - other verbs need no press

    if orders and (leaflets or targets or clinics or all_clinics or readers or lang):
        raise click.UsageError("--orders says what is built: leave out leaflets, -t, --clinic, --readers and --lang")
    order = Order(
        leaflets,
        listed("-t", "format, for example -t pdf", targets),
        *editions_asked(clinics, readers, all_clinics=all_clinics),
        lang=lang,
        orders=orders,
        output=output,
        workers=jobs,
        strict=strict,
        dry_run=dry_run,
        force=force,
        today=today(),
    )
    _tell(report, lambda listener: run.build(order, Path.cwd(), listener))


@verbs.command()
@LEAFLETS
@CLINIC
@ALL_CLINICS
@READERS
@LANG
@JOBS
@STRICT
@REPORT
def check(  # noqa: PLR0913, PLR0917 - one parameter for each option
    leaflets: tuple[str, ...],
    clinics: tuple[str, ...],
    all_clinics: bool,
    readers: tuple[str, ...],
    lang: str | None,
    jobs: int | None,
    strict: bool,
    report: str,
) -> None:
    """Read and check leaflets without building anything."""
    from leafletpress.press import run  # noqa: PLC0415 - other verbs need no press

    whose = editions_asked(clinics, readers, all_clinics=all_clinics)
    order = Order(leaflets, (), *whose, lang=lang, workers=jobs, strict=strict, today=today())
    _tell(report, lambda listener: run.check(order, Path.cwd(), listener))


@verbs.command()
@click.argument("leaflet", metavar="ID")
@click.option("--title", help="Its title; made from the id if not given.")
def new(leaflet: str, title: str | None) -> None:
    """Begin a leaflet (and a project, where there is none)."""
    from leafletpress.starter import begin  # noqa: PLC0415 - other verbs need it not

    for path in begin(Path.cwd(), leaflet, title):
        click.echo(path)
    click.echo("next: edit the leaflet, then run 'leafletpress build'", err=True)


@verbs.command()
@LEAFLETS
@click.option("--check", "only_check", is_flag=True, help="Change nothing; exit 1 if a file would change.")
def fmt(leaflets: tuple[str, ...], only_check: bool) -> None:
    """Rewrite sources in their canonical form; the words stay."""
    from leafletpress.press.tidying import tidy  # noqa: PLC0415 - costs the reader's import

    changed, faults = tidy(Order(leaflets), Path.cwd(), only_check=only_check)
    for display in changed:
        click.echo(f"{display}  {'would change' if only_check else 'rewritten'}")
    for finding in faults:
        click.echo(finding_text(finding, colour=coloured(sys.stderr)), err=True)
    raise SystemExit(1 if any(one.is_error for one in faults) or (only_check and changed) else 0)


verbs.add_command(list_)
verbs.add_command(due)
verbs.add_command(history)
verbs.add_command(editions)
verbs.add_command(preflight)


@verbs.command()
def layouts() -> None:
    """List the formats there are, with their variants."""
    from leafletpress.registry import find, names  # noqa: PLC0415 - other verbs need it not

    code = 0
    for name in names():
        try:
            kind = find(name)
        except LeafletPressError as error:  # a plugin that cannot be loaded hides none of the others
            code = _end(error.exit_code, finding_text(error.diagnostic, colour=coloured(sys.stderr)))
            continue
        targets = ", ".join([name, *(f"{name}:{variant}" for variant in kind.variants)])
        click.echo(f"{name}  .{kind.suffix.lstrip('.')}  {kind.media_type}  {targets}")
    raise SystemExit(code)


@verbs.command()
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Folder of the results (output/).")
@click.option("--stale", is_flag=True, help="Only what belongs to nothing any more, or is withdrawn.")
def clean(output: Path | None, stale: bool) -> None:
    """Delete what builds have made; files that were edited since are kept."""
    from leafletpress.press.clearing import clear  # noqa: PLC0415 - other verbs need it not

    gone, kept = clear(Order(output=output), Path.cwd(), only_stale=stale)
    for path in gone:
        click.echo(f"deleted {path}")
    for path in kept:
        click.echo(f"note: {path} was edited since it was made: kept", err=True)


def _tell(report: str, work: Callable[[Silent | Spoken], Report]) -> NoReturn:
    """Run `work` with somebody to listen, tell its report, and end with its exit code."""
    listener = Silent() if report == "json" else Spoken()
    try:
        done = work(listener)
    except LeafletPressError as error:
        if isinstance(listener, Spoken):
            raise
        done = Report((), (error.diagnostic,), error.exit_code)
    except KeyboardInterrupt:
        if isinstance(listener, Spoken):
            raise
        done = Report((), (), INTERRUPTED)
    finally:
        if isinstance(listener, Spoken):
            listener.stop()
    listener.close(done)
    raise SystemExit(done.exit_code)


def _stopped(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def main() -> NoReturn:
    """The command `leafletpress`.

    Exit codes: 0 done, 1 faults in the sources, 2 usage, 3 project or configuration, 4 a layout failed or made an
    invalid file, 5 our fault, 130 interrupted.
    """
    gc.disable()  # a command is short, and nearly all that it makes it keeps
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # other packages' hooks have no business in our files
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a file name that the terminal cannot show stops nothing
    signal.signal(signal.SIGTERM, _stopped)
    try:
        code = _run()
    except KeyboardInterrupt:
        code = _end(INTERRUPTED, "interrupted")
    except BrokenPipeError:  # whoever read our results has heard enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        code = 0
    sys.exit(code)


def _run() -> int:
    try:
        verbs.main(prog_name="leafletpress", standalone_mode=False)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    except click.Abort:
        return _end(INTERRUPTED, "interrupted")
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except LeafletPressError as error:
        return _end(error.exit_code, finding_text(error.diagnostic, colour=coloured(sys.stderr)))
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001 - a fault of ours is told in two lines
        return _our_fault(error)
    return 0


def _our_fault(error: Exception) -> int:
    if os.environ.get("LEAFLETPRESS_DEBUG"):
        import traceback  # noqa: PLC0415 - only then

        traceback.print_exception(error)
    reason = " ".join(str(error).split())[:200]
    finding = Diagnostic("I901", f"Leaflet Press {__version__} failed: {type(error).__name__}: {reason}")
    hint = "this is our fault, not yours: report it with what you typed; LEAFLETPRESS_DEBUG=1 shows where it happened"
    return _end(_OUR_FAULT, f"{finding}\n  hint: {hint}")


def _end(code: int, words: str) -> int:
    click.echo(words, err=True)
    return code
