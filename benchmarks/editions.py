"""Measures how planning and building grow with the number of editions, and prints a table.

    python benchmarks/editions.py [--leaflets 17 67 200] [--clinics 20] [--runs 3]

A house is made up in a temporary folder: each leaflet includes two of ten shared paragraphs and has conditions, terms
and the clinic's particulars, for every clinic, in three targets. The layouts are the plain ones of the tests, which
write words and lay out nothing, so that reading, resolving, planning and book-keeping are what is measured.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from timing import Command, Figure, measure

ROOT = Path(__file__).resolve().parent.parent
PUBLISH = ROOT / "publish.py"
TARGETS = ("plain", "mild", "plain:large")
SHARED = 10

_LEAFLET = """---
id: {id}
title: About test {number}
lang: en-GB
kind: test
summary: What happens at test {number}.
reference: LP-{number:04d}
version: "1.0"
status: approved
review-by: 2099-01-01
---

## What it is {{#about role=about}}

A [biopsy]{{.term}} is a small piece. Ring {{{{clinic.phone}}}} if you are worried. {{only="region=GB"}}

- Bring this leaflet.
- Bring your tablets. {{except="region=US"}}

::: include shared-{one}
:::

## When to get help {{#help role=help}}

::: emergency Call 999 if:
- you cannot breathe
:::

::: include shared-{other}
:::
"""


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured of one house."""

    targets: int
    files: int
    plan_from_nothing: Figure
    build: Figure
    nothing_changed: Figure
    one_changed: Figure
    due: int
    manifest_mb: float


def write_house(folder: Path, leaflets: int, clinics: int) -> None:
    """A house of so many leaflets and clinics."""
    source = folder / "source"
    _write(source / "press.yaml", f"publisher: Test house\nregion: GB\ntargets: [{', '.join(TARGETS)}]\n")
    _write(source / "glossary" / "en-GB.yaml", "biopsy:\n  word: biopsy\n  definition: A small piece is looked at.\n")
    for number in range(SHARED):
        words = f"Shared words number {number}: ring {{{{clinic.phone}}}} and say your name.\n"
        _write(source / "shared" / "en-GB" / f"shared-{number}.md", words)
    for number in range(clinics):
        region = "US" if number % 4 == 3 else "GB"
        words = f'name: Clinic {number}\nphone: "01632 960 {number:03d}"\nregion: {region}\n'
        _write(source / "clinics" / f"clinic-{number:02d}.yaml", words)
    for number in range(leaflets):
        name = f"leaflet-{number:04d}"
        one, other = shared_of(number)
        words = _LEAFLET.format(id=name, number=number, one=one, other=other)
        _write(source / "leaflets" / name / "en-GB.md", words)


def shared_of(number: int) -> tuple[int, int]:
    """The two shared paragraphs that a leaflet includes."""
    return number % SHARED, (number + 1 + number // SHARED % (SHARED - 1)) % SHARED


def _write(path: Path, words: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(words, encoding="utf-8")
    # Sources have mostly rested for a while when a build begins.
    os.utime(path, (1_700_000_000, 1_700_000_000))


def _build(folder: Path, *options: str) -> list[Command]:
    return [Command([sys.executable, str(PUBLISH), "build", "--all-clinics", *options], folder)]


def measure_house(folder: Path, leaflets: int, clinics: int, runs: int) -> Row:
    """Build a house, change one shared paragraph, and measure each step. AssertionError where the plan is wrong."""
    write_house(folder, leaflets, clinics)
    from_nothing = measure(_build(folder, "--dry-run"), runs)
    build = measure(_build(folder), 1)
    measure(_build(folder), 1)  # what had been written a moment ago is read once more; from here on it has rested
    nothing_changed = measure(_build(folder), runs)
    _write(folder / "source/shared/en-GB/shared-3.md", "Other words.\n")
    one_changed = measure(_build(folder, "--dry-run"), runs)
    due = _due(folder)
    expected = {f"leaflet-{number:04d}" for number in range(leaflets) if 3 in shared_of(number)}
    assert {leaflet for leaflet, _, _ in due} == expected, "other leaflets than those that include it"
    assert len(due) == len(expected) * clinics * len(TARGETS), "not every edition of them"
    size = (folder / "output/manifest.json").stat().st_size / 1_000_000
    total = leaflets * clinics * len(TARGETS)
    files = sum(1 for path in (folder / "source").rglob("*") if path.is_file())
    return Row(total, files, from_nothing, build, nothing_changed, one_changed, len(due), size)


def _due(folder: Path) -> set[tuple[str, str, str]]:
    (command,) = _build(folder, "--dry-run", "--report", "json")
    done = subprocess.run(list(command.words), cwd=folder, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)["targets"]
    return {(one["leaflet"], one["clinic"], one["target"]) for one in told if one["state"] == "planned"}


def _table(rows: list[Row]) -> None:
    print("Wall seconds (processor seconds), peak memory of the largest process.\n")
    print(
        "| targets | sources | plan from nothing | build | nothing changed | one shared paragraph changed | manifest |"
    )
    print("|---|---|---|---|---|---|---|")
    for row in rows:
        print(
            f"| {row.targets:,} | {row.files} | {_told(row.plan_from_nothing)} | {_told(row.build)} "
            f"| {_told(row.nothing_changed)} | {_told(row.one_changed)}, {row.due:,} due | {row.manifest_mb:.1f} MB |"
        )


def _told(figure: Figure) -> str:
    return f"{figure.seconds:.2f} s ({figure.cpu_seconds:.2f}), {figure.peak_mb:.0f} MB"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--leaflets", type=int, nargs="+", default=[17, 67, 200])
    parser.add_argument("--clinics", type=int, default=20)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT), str(ROOT / "tests" / "plugin")])
    with tempfile.TemporaryDirectory() as name:
        rows = [measure_house(Path(name) / str(count), count, given.clinics, given.runs) for count in given.leaflets]
    _table(rows)


if __name__ == "__main__":
    main()
