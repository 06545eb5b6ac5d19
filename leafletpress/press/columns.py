"""Columns: a table of words for a terminal, aligned by the cells that characters take and safe to print."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

# Control characters would steer the terminal, and the overriding marks of Unicode (UAX 9, 2.1-2.2 and 2.4) would let
# one cell turn the others round. Words come from files and histories that anybody may have written.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]+")
_GAP = 2
_NARROWEST = 24  # cells: what the last column gets at least, however narrow the terminal


@dataclass(frozen=True, slots=True)
class Style:
    """How a table is set: `bold` and `plain` go round the header and the marked rows; `width` None folds nothing."""

    bold: str = ""
    plain: str = ""
    width: int | None = None


def printable(words: str) -> str:
    """`words` on one line, without anything that steers a terminal."""
    return " ".join(_UNPRINTABLE.sub(" ", words).split())


def shortened(words: str, cells: int) -> str:
    """`words` in at most so many cells, with an ellipsis where they were longer."""
    from rich.cells import cell_len, set_cell_size  # noqa: PLC0415 - 30 ms that verbs without a table do not pay

    words = printable(words)
    return words if cell_len(words) <= cells else f"{set_cell_size(words, cells - 1).rstrip()}…"


def columns(
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    style: Style,
    *,
    marked: Collection[int] = (),
    numbers: Collection[int] = (),
) -> str:
    """The rows under their header, two blanks between columns.

    `marked` are the rows, and `numbers` the columns, by position from 0, that are bold or end flush. The last column is
    folded, its further lines set under its first, where `style` gives a width in cells.
    """
    from rich.cells import cell_len  # noqa: PLC0415 - see above

    cells = [[printable(words) for words in row] for row in (header, *rows)]
    widths = [max(map(cell_len, column)) for column in zip(*cells, strict=True)]
    indent = sum(widths[:-1]) + _GAP * (len(widths) - 1)
    room = max(_NARROWEST, style.width - indent) if style.width is not None else None
    told: list[str] = []
    for place, row in enumerate(cells):
        lead = "".join(
            _padded(words, width, flush=at in numbers) + " " * _GAP
            for at, (words, width) in enumerate(zip(row[:-1], widths, strict=False))
        )
        first, *others = folded(row[-1], room)
        lines = [f"{lead}{first}".rstrip(), *(" " * indent + line for line in others)]
        bold = place == 0 or place - 1 in marked
        told += [f"{style.bold}{line}{style.plain}" if bold else line for line in lines]
    return "\n".join(told)


def _padded(words: str, width: int, *, flush: bool) -> str:
    from rich.cells import cell_len  # noqa: PLC0415 - see above

    blank = " " * (width - cell_len(words))
    return blank + words if flush else words + blank


def folded(words: str, room: int | None) -> Iterator[str]:
    """The words in lines of at most `room` cells; a longer word stands alone and is not broken."""
    from rich.cells import cell_len  # noqa: PLC0415 - see above

    if room is None or cell_len(words) <= room:
        yield words
        return
    line = ""
    for word in words.split():
        longer = f"{line} {word}" if line else word
        if line and cell_len(longer) > room:
            yield line
            line = word
        else:
            line = longer
    yield line
