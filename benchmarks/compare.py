"""Measures Leaflet Press against pandoc, WeasyPrint and typst in one run on one machine, and prints the ratios.

    python benchmarks/compare.py [--leaflets 100] [--targets 1000] [--runs 3]

The same leaflets (about 750 words, five sections, a table, a picture, two boxes) in both source forms. Peers are used
one by one, as a script would, and in their fastest documented way for a batch. All seconds are wall-clock medians.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pypandoc
from specimens import write_for_pandoc, write_house
from timing import Command, Figure, measure

HERE = Path(__file__).resolve().parent
PUBLISH = HERE.parent / "publish.py"
PANDOC = pypandoc.get_pandoc_path()
WEASYPRINT = str(Path(sys.executable).parent / "weasyprint")
CORES = 2


class Peers:
    """The commands of the peers on the leaflets of a folder."""

    def __init__(self, folder: Path) -> None:
        self.leaflets = sorted(path for path in folder.iterdir() if path.is_dir())

    def pandoc(self, suffix: str, *options: str) -> list[Command]:
        """One process a leaflet."""
        return [Command([PANDOC, "leaflet.md", *options, "-o", f"leaflet.{suffix}"], home) for home in self.leaflets]

    def pandoc_batch(self, formats: str) -> list[Command]:
        """One process a core, through a Lua script."""
        words = [PANDOC, "lua", str(HERE / "batch.lua"), formats]
        return [Command([*words, *map(str, share)], HERE) for share in self._shares()]

    def python_batch(self, script: str, name: str) -> list[Command]:
        """One Python process a core."""
        words = [sys.executable, str(HERE / script)]
        return [Command([*words, *(str(home / name) for home in share)], HERE) for share in self._shares()]

    def _shares(self) -> list[list[Path]]:
        return [share for start in range(CORES) if (share := self.leaflets[start::CORES])]


def ours(house: Path, *options: str) -> list[Command]:
    """One build of a house."""
    return [Command([sys.executable, str(PUBLISH), "build", *options], house)]


def _peer_figures(folder: Path, runs: int) -> dict[str, Figure]:
    peers = Peers(folder)

    def both(*steps: list[Command]) -> Figure:
        figures = [measure(step, runs, CORES) for step in steps]
        return Figure(sum(f.seconds for f in figures), max(f.peak_mb for f in figures))

    return {
        "pandoc DOCX, one by one": measure(peers.pandoc("docx"), runs),
        "pandoc DOCX, batch": both(peers.pandoc_batch("docx")),
        "pandoc EPUB, one by one": measure(peers.pandoc("epub"), runs),
        "pandoc EPUB, batch": both(peers.pandoc_batch("epub3")),
        "PDF: pandoc with WeasyPrint, one by one": measure(peers.pandoc("pdf", f"--pdf-engine={WEASYPRINT}"), runs),
        "PDF: pandoc and typst, one by one": _typst_one_by_one(peers, runs),
        "PDF: pandoc and typst, batch": both(
            peers.pandoc_batch("typst"), peers.python_batch("typst_batch.py", "leaflet.typst")
        ),
        "PDF: pandoc and WeasyPrint, batch": both(
            peers.pandoc_batch("html5"), peers.python_batch("weasyprint_batch.py", "leaflet.html5")
        ),
    }


def _typst_one_by_one(peers: Peers, runs: int) -> Figure:
    """Pandoc writes typst's language for each leaflet; typst, a Python package here, sets them in one process."""
    written = measure(peers.pandoc("typst", "-s", "-t", "typst"), runs)
    words = [sys.executable, str(HERE / "typst_batch.py"), *(str(home / "leaflet.typst") for home in peers.leaflets)]
    set_ = measure([Command(words, HERE)], runs)
    return Figure(written.seconds + set_.seconds, max(written.peak_mb, set_.peak_mb))


def _table(title: str, rows: Sequence[tuple[str, Figure, Figure | None]]) -> None:
    print(f"\n{title}\n")
    print("| what | seconds | ours is faster by | peak memory, MB |\n|---|---|---|---|")
    for name, figure, base in rows:
        ratio = f"{figure.seconds / base.seconds:.1f}" if base else ""
        print(f"| {name} | {figure.seconds:.2f} | {ratio} | {figure.peak_mb:.0f} |")


def _sum(*figures: Figure) -> Figure:
    return Figure(sum(f.seconds for f in figures), max(f.peak_mb for f in figures))


def _report(title: str, own: Figure, peers: dict[str, Figure]) -> None:
    one = [peers["pandoc DOCX, one by one"], peers["pandoc EPUB, one by one"]]
    batch = [peers["pandoc DOCX, batch"], peers["pandoc EPUB, batch"]]
    quickest_pdf = min((peers[name] for name in peers if "PDF" in name), key=lambda f: f.seconds)
    quickest = [min(pair, key=lambda f: f.seconds) for pair in zip(one, batch, strict=True)]
    rows: list[tuple[str, Figure, Figure | None]] = [("**Leaflet Press, three formats**", own, None)]
    rows += [(name, figure, None) for name, figure in peers.items()]
    sums = {
        "three formats: pandoc with WeasyPrint, one by one": _sum(
            *one, peers["PDF: pandoc with WeasyPrint, one by one"]
        ),
        "three formats: pandoc and typst, one by one": _sum(*one, peers["PDF: pandoc and typst, one by one"]),
        "three formats: the quickest peer of each": _sum(*quickest, quickest_pdf),
    }
    rows += [(f"**{name}**", figure, own) for name, figure in sums.items()]
    _table(title, rows)


def _compare(folder: Path, count: int, runs: int, title: str) -> None:
    write_house(folder / "house", count)
    write_for_pandoc(folder / "pandoc", count)
    output = folder / "house" / "output"
    own = measure(ours(folder / "house"), runs, before=lambda: shutil.rmtree(output, ignore_errors=True))
    _report(title, own, _peer_figures(folder / "pandoc", runs))


def _unchanged(folder: Path, targets: int, runs: int) -> None:
    """A build with nothing changed."""
    write_house(folder, -(-targets // 3))
    first = measure(ours(folder), 1)
    again = measure(ours(folder), runs)
    rows = [(f"first build of {targets} targets", first, None), ("build with nothing changed", again, None)]
    _table("Nothing changed", rows)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--leaflets", type=int, default=100)
    parser.add_argument("--targets", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _compare(folder / "one", 1, max(given.runs, 5), "One leaflet, three formats, cold")
        _compare(folder / "many", given.leaflets, given.runs, f"{given.leaflets} leaflets, three formats")
        _unchanged(folder / "unchanged", given.targets, given.runs)


if __name__ == "__main__":
    main()
