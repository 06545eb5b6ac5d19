"""Blocks of plain CommonMark: paragraphs, lists, facts, tables, pictures, headings; what is refused, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import unquote

from markdown_it.common.normalize_url import normalizeLink

from leafletpress.model import (
    Alignment,
    Block,
    Fact,
    Facts,
    Figure,
    Include,
    Inlines,
    LineBreak,
    List,
    ListItem,
    ListKind,
    Paragraph,
    Row,
    Section,
    Table,
    Text,
)
from leafletpress.reader.attributes import means_condition
from leafletpress.reader.bounds import bounded
from leafletpress.reader.commonmark import Element, parse_blocks
from leafletpress.reader.conditions import refuse_condition, split_condition
from leafletpress.reader.fences import DEEPEST, Run
from leafletpress.reader.findings import Findings
from leafletpress.reader.inlines import read_inlines, sole_picture
from leafletpress.reader.normal_form import normalise

_DEFINITION = re.compile(r"^\[(?!@)(?:[^\[\]\\]|\\.)+\]:", re.MULTILINE)
_TABLE_RULE = re.compile(r"[ \t]*[-:|][-:| \t]*\Z")
_BAR = re.compile(r"(?<!\\)\|")

_OF_FACTS = "put the fact in a list of its own between '::: facts {…}' and ':::', the condition in those braces"
_OF_CELLS = (
    "rows and cells have none; put the whole table between '::: table {…}' and ':::', the condition in those braces"
)

_ALIGNMENTS = {"text-align:center": Alignment.CENTRE, "text-align:right": Alignment.END}

_REFUSED = {
    "blockquote": ("G204", "a block quotation", "for a box use '::: note'; for the sign as such write \\>"),
    "fence": ("G203", "a block of code", "write it as a paragraph, without the line of backticks or tildes"),
    "code_block": ("G203", "a block of code", "take away the four blanks at the start of the line"),
    "hr": ("G205", "a horizontal rule", "begin a section with a heading, or delete the line"),
}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, before sections are made of it: `text` is as written, attributes included."""

    text: str
    level: int
    line: int


def name_of(block: Block | Heading) -> str:
    """What a message calls a block."""
    match block:
        case Heading() | Section():
            return "a heading"
        case List(kind=ListKind.BULLET):
            return "a bullet list"
        case List():
            return "a numbered list"
        case Figure():
            return "a picture"
        case Include():
            return "an include"
        case Facts():
            return "a list of facts"
        case _:
            return f"a {type(block).__name__.lower()}"


def read_run(run: Run, depth: int, findings: Findings) -> list[Heading | Block]:
    """The blocks and headings of a run that stands `depth` blocks deep."""
    reader = _RunReader(run, findings)
    text = "\n".join(bounded(run, findings))
    return list(reader.elements(parse_blocks(text, run.line), depth))


def sole_list(run: Run, findings: Findings) -> list[tuple[str, int]] | None:
    """Text and line of each item where `run` is one bullet list of one-paragraph items; None otherwise."""
    elements = parse_blocks("\n".join(bounded(run, findings)), run.line)
    if len(elements) != 1 or elements[0].kind != "bullet_list":
        return None
    items: list[tuple[str, int]] = []
    for item in elements[0].children:
        if len(item.children) != 1 or item.children[0].kind != "paragraph":
            return None
        items.append((item.children[0].children[0].text, item.line))
    return items


def bullet_texts(run: Run, findings: Findings) -> list[str]:
    """The first paragraphs of all items of all bullet lists in `run`."""
    elements = parse_blocks("\n".join(bounded(run, findings)), run.line)
    items = [item for element in elements if element.kind == "bullet_list" for item in element.children]
    first = [item.children[0] for item in items if item.children]
    return [element.children[0].text for element in first if element.kind == "paragraph"]


def read_picture_path(target: str, line: int, findings: Findings) -> str:
    """The path of a picture as files are named; G227 where it is not written with forward slashes."""
    path = unquote(normalizeLink(target))
    if "\\" in path or not path:
        message = f"'{path}' is not the path of a picture" if path else "the picture has no path"
        findings.add("G227", message, line, "write its path from the leaflet's folder: ![…](images/name.svg)")
    return path


class _RunReader:
    """Reads the elements of one run."""

    def __init__(self, run: Run, findings: Findings) -> None:
        self._run = run
        self._findings = findings

    def elements(self, elements: tuple[Element, ...], depth: int) -> Iterator[Heading | Block]:
        for element in elements:
            block = self.element(element, depth)
            if block is not None:
                yield block

    def element(self, element: Element, depth: int) -> Heading | Block | None:
        match element.kind:
            case "paragraph":
                return self.paragraph(element)
            case "heading":
                return Heading(element.children[0].text, int(element.mark[1:]), element.line)
            case "bullet_list" | "ordered_list":
                return self.bullets_or_numbers(element, depth + 1)
            case "dl":
                return self.facts(element)
            case "table":
                return self.table(element)
            case _:
                return self.refused(element, depth)

    def refused(self, element: Element, depth: int) -> Block | None:
        code, what, hint = _REFUSED[element.kind]
        self._findings.add(code, f"{what} cannot be used", element.line, hint)
        if element.kind == "blockquote":
            for _ in self.elements(element.children, depth + 1):  # for the faults inside
                pass
        return None

    def paragraph(self, element: Element) -> Paragraph | Figure | None:
        text = element.children[0].text
        self.check_paragraph(text, element.line)
        text, condition = split_condition(text, element.line, "a paragraph", self._findings)
        picture = sole_picture(text, element.line, self._findings)
        span = self._findings.span(element.line, element.end_line)
        if picture is not None:
            if condition is not None:
                hint = "put the picture between '::: figure {…}' and ':::', with the condition in those braces"
                self._findings.add("G236", "no condition can stand after a picture", condition.span.line, hint)
            path = read_picture_path(picture[0], element.line, self._findings)
            return Figure(path, picture[1], (), span=span)
        content = read_inlines(text, element.line, self._findings)
        return Paragraph(content, condition=condition, span=span) if content else None

    def check_paragraph(self, text: str, line: int) -> None:
        """What CommonMark takes for words though the writer meant something else."""
        lines = text.split("\n")
        for number, words in enumerate(lines):
            if not words.lstrip().startswith(":::"):
                continue
            if words.lstrip().startswith("::: list") and means_condition(words[words.find("{") :]):
                hint = 'give each of its items the condition: - words {only="region=GB"}'
                self._findings.add("G236", "a list inside a list can have no condition", line + number, hint)
            else:
                hint = "begin the line with the colons; a block cannot stand in a list: end the list before it"
                self._findings.add("G223", "':::' stands inside a line or a list", line + number, hint)
        if found := _DEFINITION.search(text):
            at = line + text.count("\n", 0, found.start())
            self._findings.add("G209", "a link's address stands apart from it", at, "write [words](https://…)")
        if len(lines) > 1 and "|" in lines[1] and "-" in lines[1] and _TABLE_RULE.match(lines[1]):
            count, rule = len(_cells(lines[0])), len(_cells(lines[1]))
            message = f"the header has {count} cells, but the line of dashes under it {rule}"
            self._findings.add("G232", message, line + 1, "give both as many cells; \\| is a bar in the text")
        elif lines[0].startswith("|"):
            hint = "put a line of dashes under the first row: | --- | --- |; for a bar as such write \\|"
            self._findings.add("G232", "this table has no header", line, hint)

    def bullets_or_numbers(self, element: Element, depth: int) -> List | None:
        if depth > DEEPEST:
            message = f"lists stand more than {DEEPEST} deep in one another"
            self._findings.add("S104", message, element.line, f"take levels out; {DEEPEST} are the most")
            return None
        items = tuple(item for child in element.children if (item := self.item(child, depth)))
        kind = ListKind.BULLET if element.kind == "bullet_list" else ListKind.NUMBER
        start = int(element.attribute or 1) if kind is ListKind.NUMBER else 1
        span = self._findings.span(element.line, element.end_line)
        return List(kind, items, start, span=span) if items else None

    def item(self, element: Element, depth: int) -> ListItem | None:
        blocks: list[Paragraph | List] = []
        for block in self.elements(element.children, depth):
            match block:
                case Paragraph():
                    blocks.append(block)
                case List() if blocks:
                    blocks.append(block)
                case List():
                    self.fault("G223", "the item begins with a list", block.span.line, "write words before the list")
                case Figure():
                    self.fault("G206", "a picture stands in a list", block.span.line, "put it before or after the list")
                case Heading():
                    self.fault("G233", "a heading stands in a list", block.line, "for the sign as such write \\#")
                case _:
                    message = f"a list cannot hold {name_of(block)}"
                    self.fault("G223", message, block.span.line, "end the list before it, and do not indent it")
        if not element.children:
            self.fault("G225", "the list item is empty", element.line, "write the item, or delete the line")
        span = self._findings.span(element.line, element.end_line)
        if not blocks:
            return None
        first = replace(blocks[0], condition=None)  # what stands after its words is the whole item's
        return ListItem((first, *blocks[1:]), condition=blocks[0].condition, span=span)

    def fault(self, code: str, message: str, line: int, hint: str) -> None:
        self._findings.add(code, message, line, hint)

    def facts(self, element: Element) -> Facts | None:
        grouped: list[tuple[Element, list[Element]]] = []
        for child in element.children:
            if child.kind == "dt":
                grouped.append((child, []))
            else:
                grouped[-1][1].append(child)
        facts = [fact for label, values in grouped if (fact := self.fact(label, values))]
        span = self._findings.span(element.line, element.end_line)
        return Facts(tuple(facts), span=span) if facts else None

    def fact(self, label: Element, values: list[Element]) -> Fact | None:
        name = self.unconditional(label, _OF_FACTS)
        hint = "give each label one line ': value', and leave an empty line before the next label"
        if len(values) > 1:
            self.fault("G223", "a fact has one value, this one has more", values[1].line, hint)
        inner = values[0].children
        if len(inner) != 1 or inner[0].kind != "paragraph":
            self.fault("G223", "the value of a fact is one paragraph", values[0].line, hint)
            return None
        self.check_paragraph(inner[0].children[0].text, inner[0].line)
        content = self.unconditional(inner[0], _OF_FACTS)
        if not name or not content:
            self.fault("G225", "the label or the value of this fact is empty", label.line, hint)
            return None
        return Fact(name, content, span=self._findings.span(label.line, values[-1].end_line))

    def table(self, element: Element) -> Table | None:
        rows = [row for part in element.children for row in part.children]
        read = tuple(self.row(row) for row in rows)
        width = len(rows[0].children)
        for row in rows[1:]:
            written = refuse_condition(self.line(row.line), row.line, _OF_CELLS, self._findings)
            count = len(_cells(written)) if written else width
            if count != width:
                message = f"this row has {count} {'cell' if count == 1 else 'cells'}, the header {width}"
                self.fault("G232", message, row.line, "give each row as many cells; \\| is a bar in the text")
        if len(rows) == 1:
            self.fault("G225", "the table has no rows", element.line, "write at least one row under the dashes")
        alignments = tuple(_ALIGNMENTS.get(cell.attribute, Alignment.START) for cell in rows[0].children)
        span = self._findings.span(element.line, element.end_line)
        return Table((), alignments, read[0], read[1:], span=span)

    def row(self, row: Element) -> Row:
        texts = (refuse_condition(cell.children[0].text, row.line, _OF_CELLS, self._findings) for cell in row.children)
        cells = tuple(read_inlines(text, row.line, self._findings) for text in texts)
        return Row(cells, span=self._findings.span(row.line))

    def unconditional(self, element: Element, hint: str) -> Inlines:
        text = refuse_condition(element.children[0].text, element.line, hint, self._findings)
        return read_inlines(text, element.line, self._findings)

    def line(self, number: int) -> str:
        index = number - self._run.line
        return self._run.lines[index] if 0 <= index < len(self._run.lines) else ""


def _cells(line: str) -> list[str]:
    cells = _BAR.split(line.strip())
    cells = cells[1:] if cells and not cells[0] else cells
    return cells[:-1] if cells and not cells[-1] else cells


def one_line(inlines: Inlines) -> Inlines:
    """The inlines of a title, where a line break is a blank."""
    return normalise(tuple(Text(" ", span=i.span) if isinstance(i, LineBreak) else i for i in inlines))
