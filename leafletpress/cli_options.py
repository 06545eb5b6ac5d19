"""The options that several verbs have, and what is made of the lists among them."""

from __future__ import annotations

import click

LEAFLETS = click.argument("leaflets", nargs=-1, metavar="[LEAFLET]...")
CLINIC = click.option(
    "--clinic", "clinics", metavar="CLINIC,...", multiple=True, help="Fill in these clinics' particulars."
)
ALL_CLINICS = click.option("--all-clinics", is_flag=True, help="An edition for every clinic there is.")
READERS = click.option(
    "--readers", metavar="NAME,...", multiple=True, help="Editions for these groups of press.yaml, for example women."
)
LANG = click.option("--lang", metavar="LANG", help="This language only, for example en-GB.")
JOBS = click.option("-j", "--jobs", type=click.IntRange(1, 256), help="Workers; as many as processors if not given.")
STRICT = click.option("--strict", is_flag=True, help="Warnings stop a leaflet too.")
REPORT = click.option(
    "--report", type=click.Choice(["human", "json"]), default="human", help="For people, or one JSON document."
)


def editions_asked(
    clinics: tuple[str, ...], readers: tuple[str, ...], *, all_clinics: bool
) -> tuple[tuple[str, ...], bool, tuple[str, ...]]:
    """For whom: the clinics that are named, whether for all there are, and the groups of readers; UsageError."""
    if clinics and all_clinics:
        raise click.UsageError("--clinic and --all-clinics exclude each other")
    named = listed("--clinic", "clinic, for example --clinic riverside", clinics)
    return named, all_clinics, listed("--readers", "group of readers, for example --readers women", readers)


def listed(option: str, what: str, given: tuple[str, ...]) -> tuple[str, ...]:
    """The parts of every list that was given, between commas; UsageError where a list holds nothing."""
    asked = tuple(part.strip() for words in given for part in words.split(",") if part.strip())
    if given and not asked:
        raise click.UsageError(f"{option} needs a {what}")
    return asked
