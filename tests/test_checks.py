"""Structural checks: each code has a leaflet that breaks it and one that keeps it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from specimen import BODY, META, SPECIMEN, bullets, p, t

from leafletpress.checks import check, check_place
from leafletpress.model import (
    Advice,
    AdviceKind,
    Alignment,
    Block,
    Callout,
    CalloutKind,
    Figure,
    Leaflet,
    Link,
    ListItem,
    Paragraph,
    Row,
    Section,
    Span,
    Table,
    Value,
    Variable,
)
from leafletpress.project import LeafletFile

FILE = LeafletFile("specimen", "en-GB", Path("en-GB.md"), "source/leaflets/specimen/en-GB.md")


def codes(*blocks: Block) -> list[str]:
    found = check(Leaflet(META, blocks))
    assert all(one.hint for one in found)
    return [one.code for one in found]


def table(*header: str, rows: tuple[Row, ...] = (), row_headers: bool = False) -> Table:
    cells = tuple(t(cell) if cell else () for cell in header)
    return Table((), (Alignment.START,) * len(header), Row(cells), rows, row_headers)


def link(target: str) -> Paragraph:
    return Paragraph((Link(t("there"), target),))


def test_the_specimen_passes() -> None:
    assert check(SPECIMEN.leaflet) == ()


def test_headings_of_callouts() -> None:
    needed = (CalloutKind.EMERGENCY, CalloutKind.URGENT, CalloutKind.CONTACT, CalloutKind.WARNING)
    for kind in CalloutKind:
        assert codes(Callout(kind, (), (p("x"),))) == (["A204"] if kind in needed else [])
        assert codes(Callout(kind, t("Call us if:"), (p("x"),))) == []


@pytest.mark.parametrize("alt", ["", " ", "…", "dots", "dots.svg", "Dots.SVG", "images/dots.svg"])
def test_alternative_text_says_what_the_picture_shows(alt: str) -> None:
    assert codes(Figure("images/dots.svg", alt, ())) == ["A203"]


def test_links_inside_the_leaflet_lead_somewhere() -> None:
    place = Section(t("Help"), (p("x"),), id="help")
    assert codes(place, link("#help"), link("https://example.org/#nowhere")) == []
    found = check(Leaflet(META, (place, link("#hlp"))))
    assert [one.code for one in found] == ["A205"]
    assert "did you mean 'help'" in found[0].hint
    assert codes(link("#help")) == ["A205"]


def test_an_id_stands_once_at_any_depth() -> None:
    inner = Section(t("Two"), (p("x"),), id="a", span=Span("f.md", 9))
    outer = Section(t("One"), (inner,), id="a", span=Span("f.md", 3))
    (fault,) = check(Leaflet(META, (outer,)))
    assert (fault.code, fault.span.line) == ("A206", 9)
    assert "f.md:3" in fault.hint


def test_header_cells_hold_words() -> None:
    assert codes(table("Age", "Dose")) == []
    assert codes(table("", "Dose", "")) == ["A207", "A207"]
    rows = (Row(((), t("1"))), Row((t("Adult"), ())))
    assert codes(table("Age", "Dose", rows=rows)) == []
    assert codes(table("Age", "Dose", rows=rows, row_headers=True)) == ["A207"]


def test_a_header_may_be_a_variable() -> None:
    for cell in (Variable("clinic.name"), Value("clinic.name", "")):
        header = Row((t("Age"), (cell,)))
        assert codes(Table((), (Alignment.START,) * 2, header, ())) == []


def test_sections_hold_something() -> None:
    assert codes(Section(t("Empty"), ())) == ["A208"]
    assert codes(Section(t("One"), (Section(t("Two"), ()),))) == ["A208"]
    assert codes(Section(t("One"), (Section(t("Two"), (p("x"),)),))) == []


def test_titles_are_short() -> None:
    def of_length(length: int) -> list[str]:
        return [one.code for one in check(Leaflet(replace(META, title="x" * length), BODY))]

    assert of_length(65) == []
    assert of_length(66) == ["A209"]


def test_two_warnings_are_heeded() -> None:
    warning = Callout(CalloutKind.WARNING, t("Mind"), (p("x"),))
    assert codes(warning, warning) == []
    assert codes(warning, Section(t("More"), (warning, warning))) == ["A210"]


def test_a_list_of_one_is_no_list() -> None:
    one, two = (ListItem((p("rest"),)),), (ListItem((p("rest"),)), ListItem((p("drink"),)))
    assert codes(Advice(AdviceKind.DO, (), one)) == ["A211"]
    assert codes(Advice(AdviceKind.DO_NOT, (), two), bullets("one")) == []


def test_findings_come_in_order_of_line() -> None:
    blocks = tuple(Section(t("x"), (), span=Span("f.md", line)) for line in (9, 3, 5))
    assert [one.span.line for one in check(Leaflet(META, blocks))] == [3, 5, 9]


def test_a_leaflet_lies_where_it_says() -> None:
    leaflet = SPECIMEN.leaflet
    assert check_place(leaflet, FILE) == ()
    for file, code, hint in (
        (replace(FILE, id="other"), "M106", "write 'id: other'"),
        (replace(FILE, id="My Leaflet"), "M106", "'my-leaflet'"),
        (replace(FILE, lang="pl"), "M107", "write 'lang: pl'"),
        (replace(FILE, lang="en-gb"), "M107", "rename the file to en-GB.md"),
    ):
        (fault,) = check_place(leaflet, file)
        assert fault.code == code
        assert hint in fault.hint
