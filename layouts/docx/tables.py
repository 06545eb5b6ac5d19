"""Tables: header rows that repeat, rows that stay whole, a caption kept with its table, a description for listeners."""

from __future__ import annotations

from collections.abc import Sequence

from leafletpress.model import Alignment, EffectGroup, Inlines, SideEffects, Table

from .composition import Composition
from .leaves import gap, leaf, properties
from .markup import Element, add, put
from .runs import words_of
from .styles import TABLE

# A table of up to this many rows never breaks over a page.
_WHOLE_ROWS = 8
_NARROWEST, _WIDEST = 6, 34  # of a column, in characters, for sharing out the width


def set_table(to: Composition, block: Table) -> None:
    """A table of the source."""
    if block.caption:
        leaf(to, "caption", block.caption)
    rows = (block.header, *block.rows)
    words = [[words_of(to, cell) for cell in row.cells] for row in rows]
    name = words_of(to, block.caption) or ", ".join(words[0])
    table = _Frame(to, name, ", ".join(words[0]), _widths(to, words), first_column=block.row_headers)
    for number, row in enumerate(rows):
        to.stand(row.span)
        cells = table.row(header=number == 0)
        for cell, content, alignment in zip(cells, row.cells, block.alignments, strict=True):
            _align(leaf(to, "Table Text" if number else "Table Heading", content, parent=cell), alignment)
    table.finish()


def _align(paragraph: Element, alignment: Alignment) -> None:
    # In a right-to-left paragraph Word reads "right" as the end of the line (17.18.44, ST_Jc, transitional).
    if alignment is not Alignment.START:
        put(properties(paragraph), "w:jc", val="center" if alignment is Alignment.CENTRE else "right")


def set_effects_table(to: Composition, block: SideEffects) -> None:
    """Side effects with numbers: effect, how many people, what to do."""
    wording = to.edition.wording
    actions = any(effect.action for group in block.groups for effect in group.effects)
    heads = [wording.effect, wording.how_many, *([wording.what_to_do] if actions else [])]
    width = to.grid.column_width
    shares = (0.31, 0.37, 0.32) if actions else (0.5, 0.5)
    widths = [round(width * share) for share in shares]
    table = _Frame(to, ", ".join(heads), ", ".join(heads), widths, first_column=False)
    for cell, head in zip(table.row(header=True), heads, strict=True):
        leaf(to, "Table Heading", head, parent=cell)
    for group in block.groups:
        for effect in group.effects:
            to.stand(effect.span)
            cells = table.row()
            _stack(to, cells[0], ("Effect Cell", effect.name), ("Effect Meaning Cell", effect.plain))
            number = str(getattr(wording, f"{group.band.replace('-', '_')}_number"))
            _stack(to, cells[1], ("Effect Band Cell", band_words(to, group)), ("Effect Number Cell", number))
            if actions:
                leaf(to, "Effect Action Cell", effect.action, parent=cells[2])
    table.finish()


def _stack(to: Composition, cell: Element, *lines: tuple[str, Inlines | str]) -> None:
    """Paragraphs in a cell, each with its style; empty ones are left out, but a cell is never without one."""
    for style, words in [line for line in lines if line[1]] or lines[:1]:
        leaf(to, style, words, parent=cell)


def band_words(to: Composition, group: EffectGroup) -> Inlines | str:
    """The heading of a band: the writer's, or the language's own."""
    return group.heading or str(getattr(to.edition.wording, group.band.replace("-", "_")))


def _widths(to: Composition, words: Sequence[Sequence[str]]) -> list[int]:
    """Column widths in twips by the longest cell of each column, and never less than its longest word wants."""
    columns = [[row[index] for row in words] for index in range(len(words[0]))]
    shares = [min(max(_NARROWEST, *map(len, column)), _WIDEST) for column in columns]
    widths = [to.grid.column_width * share // sum(shares) for share in shares]
    widths[-1] += to.grid.column_width - sum(widths)
    return widths


class _Frame:
    """A table while its rows are added."""

    def __init__(
        self, to: Composition, name: str, description: str, widths: Sequence[int], *, first_column: bool
    ) -> None:
        self._to, self._widths, self._rows = to, widths, 0
        self._table = add(to.body, "w:tbl")
        table = add(self._table, "w:tblPr")
        add(table, "w:tblStyle", val=to.style_id(TABLE))
        if to.rtl:
            add(table, "w:bidiVisual")
        add(table, "w:tblW", w=sum(widths), type="dxa")
        add(table, "w:tblInd", w=to.grid.column, type="dxa")
        add(table, "w:tblLayout", type="fixed")
        margins = add(table, "w:tblCellMar")
        add(margins, "w:left", w=0, type="dxa")
        add(margins, "w:right", w=160, type="dxa")
        look = "04A0" if first_column else "0420"
        add(
            *(table, "w:tblLook"),
            val=look,
            firstRow=1,
            lastRow=0,
            firstColumn=int(first_column),
            lastColumn=0,
            noHBand=1,
            noVBand=1,
        )
        add(table, "w:tblCaption", val=name)
        add(table, "w:tblDescription", val=description)
        columns = add(self._table, "w:tblGrid")
        for width in widths:
            add(columns, "w:gridCol", w=width)

    def row(self, *, header: bool = False) -> list[Element]:
        """The cells of a new row."""
        self._rows += 1
        row = add(self._table, "w:tr")
        row_properties = add(row, "w:trPr")
        add(row_properties, "w:cantSplit")
        if header:
            add(row_properties, "w:tblHeader")
        cells = []
        for width in self._widths:
            cell = add(row, "w:tc")
            add(add(cell, "w:tcPr"), "w:tcW", w=width, type="dxa")
            cells.append(cell)
        return cells

    def finish(self) -> None:
        """Hold a short table together, and set it off from what follows."""
        if self._rows <= _WHOLE_ROWS:
            for row in list(self._table)[2:-1]:
                for paragraph in row.iter("{*}p"):
                    put(properties(paragraph), "w:keepNext")
        gap(self._to)
