"""Measures what each PDF variant costs beside the A4 handout, and how cost and memory grow with the pages.

    python benchmarks/variants.py [--runs 5] [--pages 2 20 200]

One warm process; processor seconds, medians. The handout is rendered anew beside each variant, so that the ratios hold
on a busy machine. Each length runs in a process of its own for the sake of its peak memory.
"""

from __future__ import annotations

import argparse
import io
import resource
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import process_time

import pikepdf

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "tests"))

from specimen import META, SPECIMEN, p, t  # noqa: E402  (the path above comes first)

from layouts.pdf import LAYOUT, setting  # noqa: E402
from layouts.pdf.variants import VARIANTS  # noqa: E402
from leafletpress.layout import Context  # noqa: E402
from leafletpress.model import Edition, Role, Section  # noqa: E402

WORDS = "You can ask us anything, as often as you need, and it helps to write your questions down before you come. "
PARAGRAPHS_A_PAGE = 7


def leaflet(pages: int) -> Edition:
    """About so many A4 pages of sections with four paragraphs each."""
    sections = tuple(
        Section(t(f"Part {number}"), tuple(p(WORDS * 3) for _ in range(4)), Role.USE)
        for number in range(max(1, pages * PARAGRAPHS_A_PAGE // 4))
    )
    return replace(SPECIMEN, leaflet=replace(SPECIMEN.leaflet, body=sections))


def seconds(work: Callable[[], object]) -> float:
    """Processor seconds of one call."""
    start = process_time()
    work()
    return process_time() - start


def compare(runs: int) -> None:
    """Each variant against the handout, one after the other, with its validation."""
    short = replace(
        SPECIMEN,
        leaflet=replace(SPECIMEN.leaflet, body=leaflet(1).leaflet.body[0].blocks[:2], meta=replace(META, sources=())),
        glossary=(),
        references=(),
        reference_lines=(),
    )

    def made(variant: str, edition: Edition) -> bytes:
        setting._pages.cache_clear()  # noqa: SLF001 - so that nothing is shared here
        content = LAYOUT.render(edition, Context(variant=variant))
        found = LAYOUT.validate(content)
        assert not any(one.is_error for one in found), found
        return content

    print("| variant | seconds | of the handout's |\n|---|---|---|")
    for variant, kind in VARIANTS.items():
        edition = short if kind.most_pages else SPECIMEN
        made(variant, edition)
        pairs = [(seconds(lambda: made("", edition)), seconds(lambda: made(variant, edition))) for _ in range(runs)]  # noqa: B023 - called at once
        ratio = median(other / base for base, other in pairs)
        print(
            f"| `pdf{':' if variant else ''}{variant}` | {median(b for _, b in pairs):.2f} | {ratio:.2f} |", flush=True
        )


def grow(pages: int) -> None:
    """One leaflet of a length: pages, seconds, peak memory of this process."""
    LAYOUT.render(leaflet(1), Context())
    edition = leaflet(pages)
    content: list[bytes] = []
    taken = seconds(lambda: content.append(LAYOUT.render(edition, Context())))
    judged = seconds(lambda: LAYOUT.validate(content[0]))
    with pikepdf.open(io.BytesIO(content[0])) as pdf:
        count = len(pdf.pages)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"| {count} | {taken:.2f} | {1000 * taken / count:.0f} | {judged:.2f} | {memory} |", flush=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--pages", type=int, nargs="*", default=[2, 20, 200])
    parser.add_argument("--one-length", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one_length:
        grow(asked.one_length)
        return
    compare(asked.runs)
    print("\n| pages | seconds | ms a page | validation, s | peak memory, MB |\n|---|---|---|---|---|", flush=True)
    for pages in asked.pages:
        subprocess.run([sys.executable, __file__, "--one-length", str(pages)], check=True)


if __name__ == "__main__":
    main()
