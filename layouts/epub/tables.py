"""Which tables a small screen can show: those of at most four columns.

Kobo shows no more, and a phone of 320 pixels has room for words of three to four letters in a fifth. A column that is
cut off may be the dose, so such a table is refused and never made narrower than it can be read.
"""

from __future__ import annotations

from leafletpress.diagnostics import Diagnostic, LayoutError
from leafletpress.model import Edition, Table
from leafletpress.model.walk import each_block

MOST_COLUMNS = 4


def refuse_wide_tables(edition: Edition) -> None:
    """LayoutError (L505), one finding for each table of more than four columns."""
    tables = (block for block in each_block(edition.leaflet.body) if isinstance(block, Table))
    found = tuple(_finding(table) for table in tables if len(table.alignments) > MOST_COLUMNS)
    if found:
        raise LayoutError(found)


def _finding(table: Table) -> Diagnostic:
    columns = len(table.alignments)
    message = f"a table of {columns} columns is too wide for an e-reader, which shows {MOST_COLUMNS}"
    hint = (
        'make two tables of it, or keep it off e-readers with ::: table {except="format=epub"} and say the same '
        'beside it in a list with {only="format=epub"}'
    )
    return Diagnostic("L505", message, table.span, hint)
