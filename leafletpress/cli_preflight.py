"""The verb that judges a finished PDF."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from leafletpress.press.telling import coloured, finding_text

_PURPOSES = ("screen", "office", "print-shop")


@click.command()
@click.argument("file", metavar="FILE.pdf", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--for", "purpose", type=click.Choice(_PURPOSES), help="Where it goes; what the file says of itself if not given."
)
@click.option("--pages", type=click.IntRange(1), metavar="N", help="No more pages than these.")
@click.option("--booklet", is_flag=True, help="The number of pages must be a multiple of 4.")
@click.option("--least-type", type=click.FloatRange(1, 100), metavar="PT", help="No type smaller than this (9 pt).")
@click.option(
    "--bleed", type=click.FloatRange(0, 50), default=3.0, metavar="MM", help="Bleed the print shop asks for (3)."
)
@click.option("--ink", type=click.FloatRange(100, 400), default=300.0, metavar="PERCENT", help="Its ink limit (300).")
@click.option(
    "--report", type=click.Choice(["human", "json"]), default="human", help="For people, or one JSON document."
)
def preflight(  # noqa: PLR0913, PLR0917 - one parameter for each option
    file: Path,
    purpose: str | None,
    pages: int | None,
    booklet: bool,
    least_type: float | None,
    bleed: float,
    ink: float,
    report: str,
) -> None:
    """Judge a PDF, from here or elsewhere, before it is shown, copied or sent to a print shop."""
    from leafletpress.press.preflighting import judged_json, summary  # noqa: PLC0415 - other verbs need it not
    from leafletpress.press.preflighting import preflight as judge  # noqa: PLC0415 - as above

    measures = {
        "pages": pages,
        "booklet": booklet,
        "least_type_pt": least_type,
        "bleed_mm": bleed,
        "ink_percent": ink,
    }
    judged = judge(file, purpose or "", measures)
    if report == "json":
        click.echo(judged_json(judged))
    else:
        for finding in judged.findings:
            click.echo(finding_text(finding, colour=coloured(sys.stderr)), err=True)
        click.echo(summary(judged))
    raise SystemExit(judged.exit_code)
