"""The reader: each fault has its code, its line and a hint; what is right is read without one."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from leafletpress.diagnostics import CATALOGUE, Diagnostic
from leafletpress.model import (
    NOWHERE,
    Block,
    Callout,
    CalloutKind,
    Clause,
    Condition,
    Contact,
    Facet,
    Figure,
    Include,
    Inlines,
    LineBreak,
    Link,
    List,
    ListKind,
    Paragraph,
    Section,
    SideEffects,
    Strong,
    Table,
    Term,
    Text,
    Variable,
)
from leafletpress.reader import read_leaflet, read_shared

MATTER = """\
---
id: test
title: A test
lang: en-GB
kind: test
summary: It is a test.
reference: LP-1
version: 1.10
status: draft
---
"""
BODY_LINE = MATTER.count("\n") + 1


def found(body: str) -> list[tuple[str, int]]:
    """Codes and lines of the findings in a body, whose lines count from 1."""
    reading = read_leaflet((MATTER + body).encode(), "x.md")
    return [(one.code, one.span.line - BODY_LINE + 1) for one in reading.diagnostics]


def blocks(body: str) -> tuple[Block, ...]:
    reading = read_leaflet((MATTER + body).encode(), "x.md")
    assert [str(one) for one in reading.diagnostics] == []
    assert reading.leaflet is not None
    return reading.leaflet.body


def words(body: str) -> Inlines:
    (block,) = blocks(body)
    assert isinstance(block, Paragraph)
    return block.content


FAULTS = [
    ("a <b>c</b>", [("G201", 1)]),
    ("<div>\n\ntext", [("G201", 1)]),
    ("<!-- a note -->", [("G201", 1)]),
    ("an *old* word", [("G202", 1)]),
    ("a\nb _c_ d", [("G202", 2)]),
    ("the `code`", [("G203", 1)]),
    ("```\ncode\n```", [("G203", 1)]),
    ("a\n\n    code", [("G203", 3)]),
    ("> quoted", [("G204", 1)]),
    ("> quoted *and*", [("G204", 1), ("G202", 1)]),
    ("a\n\n* * *", [("G205", 3)]),
    ("see ![it](x.svg) here", [("G206", 1)]),
    ("- ![it](x.svg)", [("G206", 1)]),
    ("::: note\n![it](x.svg)\n:::", [("G206", 2)]),
    ("[a](javascript:alert)", [("G207", 1)]),
    ("[a](/page)", [("G207", 1)]),
    ("[a](https://e.org/a b)", [("G207", 1)]),
    ("[a]()", [("G207", 1)]),
    ("<ftp://e.org>", [("G207", 1)]),
    ('[a](https://e.org "T")', [("G208", 1)]),
    ('![a](x.svg "T")', [("G208", 1)]),
    ("[a]: https://e.org", [("G209", 1)]),
    ("::: emergancy x\na\n:::", [("G220", 1)]),
    ("::: side-effects\n::: comon\n- a\n:::\n:::", [("G220", 2)]),
    ("::: note\na", [("G221", 1)]),
    ("::: note\na\n\n## Next\n\nb", [("G221", 1)]),
    ("a\n:::", [("G222", 2)]),
    ("- a\n\n  ::: note\n  b\n  :::", [("G223", 3), ("G223", 5)]),
    ("::: steps\n- a\n:::", [("G223", 2)]),
    ("::: do\n1. a\n:::", [("G223", 2)]),
    ("::: common\n- a\n:::", [("G223", 1)]),
    ("::: note\n| a |\n|---|\n| b |\n:::", [("G223", 2)]),
    ("::: contact A\n- phone: 1\n- fone: 2\n:::", [("G223", 3)]),
    ("::: contact A\nText.\n\n- phone: 1\n:::", [("G223", 1)]),
    ("a\n: b\n: c", [("G223", 3)]),
    ("- - a", [("G223", 1)]),
    ("[a [b](https://x.org)](https://y.org)", [("G223", 1)]),
    ("::: steps now\n1. a\n:::", [("G224", 1)]),
    ("::: contact\n- phone: 1\n:::", [("G224", 1)]),
    ("::: include\n:::", [("G224", 1)]),
    ("::: note\n:::", [("G225", 1)]),
    ("-\n- a", [("G225", 1)]),
    ("::: side-effects\n::: common\n:::\n:::", [("G225", 2)]),
    ("::: note {color=red}\na\n:::", [("G226", 1)]),
    ("## A {rol=use}\n\na", [("G226", 1)]),
    ("## A {role=uses}\n\na", [("G227", 1)]),
    ("## A {#1a}\n\na", [("G227", 1)]),
    ("::: figure {width=5}\n![a](x.svg)\n:::", [("G227", 1)]),
    ("::: passage\na\n:::", [("G227", 1)]),
    ("[a]{lang=polish}", [("G227", 1)]),
    (r"![a](images\x.svg)", [("G227", 1)]),
    ("::: figure {width=60%}\n![a](x.svg)\n:::", [("G228", 1)]),
    ("a {b} c", [("G228", 1)]),
    ("[a]{.b", [("G228", 1), ("G228", 1)]),
    ("[a]{.tem}", [("G229", 1)]),
    ("{{phone}}", [("G230", 1)]),
    ("{{clinic.phone", [("G230", 1)]),
    ("[a](https://e.org/{{clinic.page}})", [("G230", 1)]),
    ("[@a; @b]", [("G231", 1)]),
    ("| a | b |\n|---|---|\n| c |", [("G232", 3)]),
    ("| a | b |\n|---|\n| c |", [("G232", 2)]),
    ("| a | b |\n| c | d |", [("G232", 1)]),
    ("::: side-effects\n::: rare\n- a | b | c | d\n:::\n:::", [("G232", 3)]),
    ("::: note\n## A\n:::", [("G233", 2)]),
    ("- # A", [("G233", 1)]),
    ("- a\n\n  ## B", [("G233", 3)]),
    ("- a\n\n  | b |\n  |---|\n  | c |", [("G223", 3)]),
    ("a\n: - b", [("G223", 2)]),
    ("| a |\n|---|", [("G225", 1)]),
    ("::: include a\nb\n:::", [("G223", 1)]),
    ("::: side-effects\nText\n:::", [("G223", 2)]),
    ("::: side-effects {numbers=maybe}\n::: rare\n- a\n:::\n:::", [("G227", 1)]),
    ("::: side-effects\n::: rare\n- | a\n:::\n:::", [("G225", 3)]),
    ("::: steps\n3. a\n:::", [("G223", 2)]),
    ("::: table\nText\n:::", [("G223", 2)]),
    ("::: figure\nText\n:::", [("G223", 2)]),
    ("::: table\n:::", [("G225", 1)]),
    ("::: figure\n:::", [("G225", 1)]),
    ("::: passage {lang=ar}\n::: note\na\n:::\n:::", [("G223", 2)]),
    ("::: passage {lang=ar}\n:::", [("G225", 1)]),
    ("::: contact A\n- phone: 1\n- email:\n:::", [("G225", 3)]),
    ("::: write-in {kind=boxes}\n- a\n:::", [("G227", 1)]),
    ("::: write-in\n- a\n  - b\n:::", [("G223", 1)]),
    ("[a](https:)", [("G207", 1)]),
    ("[a](#1)", [("G207", 1)]),
    ("![{{a.b}}](x.svg)", [("G230", 1)]),
    ("[a " * 14 + "b" + "]{.sup}" * 14, [("S104", 1)]),
    ("[]{.term}", [("G234", 1)]),
    ("##\n\na", [("G234", 1)]),
    ("# A\n\na", [("A201", 1)]),
    ("### A\n\na", [("A202", 1)]),
    ("## A\n\n#### B\n\na", [("A202", 3)]),
    ("## A\n\n### B\n\n#### C\n\n##### D\n\na", [("A202", 7)]),
    ("a&#x2028;b", [("S103", 1)]),
    ("".join("  " * level + "- a\n" for level in range(13)), [("S104", 13)]),
    ("a " * 30_000, [("S106", 1)]),
    ("a {only=region=GB}", [("G235", 1)]),
    ("a {only=“region=GB”}", [("G235", 1)]),
    ('a\nb {only="regoin=GB"}', [("G235", 2)]),
    ('a {only=""}', [("G235", 1)]),
    ("a {only=GB}", [("G235", 1)]),
    ('a {only="region="}', [("G235", 1)]),
    ('a {only="region=GB, US"}', [("G235", 1)]),
    ('a {only="region=GB,,US"}', [("G235", 1)]),
    ('a {only="region=G.B"}', [("G235", 1)]),
    ('a {only="region!=GB"}', [("G235", 1)]),
    ('a {only="region=GB region=US"}', [("G235", 1)]),
    ('a {only="region=GB" only="sex=male"}', [("G235", 1)]),
    ('a {only="x=1 y=2"}', [("G235", 1), ("G235", 1)]),
    ('a {only="' + "x " * 9 + '"}', [("G235", 1)]),
    ('a {only="region=GB"', [("G235", 1)]),
    ('a {only="region=GB\naudience=adult"}', [("G235", 1)]),
    ("## A {only=region=GB}\n\na", [("G235", 1)]),
    ('::: note {except="format"}\na\n:::', [("G235", 1)]),
    ('::: side-effects\n::: rare {only="x=1"}\n- a {only="y=1"}\n:::\n:::', [("G235", 2), ("G235", 3)]),
    ('a {only="region=GB"} b', [("G236", 1)]),
    ("a {only=region=GB} b", [("G236", 1)]),
    ('a{only="region=GB"}', [("G236", 1)]),
    ('a\n{only="region=GB"}', [("G236", 2)]),
    ('- a\n- b\n{only="region=GB"}', [("G236", 3)]),
    ('- a\n\n{only="region=GB"}', [("G236", 3)]),
    ('- {only="region=GB"}', [("G236", 1)]),
    ('[a]{only="region=GB"} b', [("G236", 1)]),
    ('[a]{.term only="region=GB"} b', [("G236", 1)]),
    ('![a](x.svg) {only="region=GB"}', [("G236", 1)]),
    ('| a |\n|---|\n| b {only="region=GB"} |', [("G236", 3)]),
    ('| a |\n|---|\n| b | {only="region=GB"}', [("G236", 3)]),
    ('| a |\n|---|\n| b |\n{only="region=GB"}', [("G236", 4)]),
    ('| a {only="region=GB"} |\n|---|\n| b |', [("G236", 1)]),
    ('a {only="region=GB"}\n: b', [("G236", 1)]),
    ('a\n: b {only="region=GB"}', [("G236", 2)]),
    ('::: write-in\n- a {only="region=GB"}\n:::', [("G236", 2)]),
    ('- a\n\n  ::: list {only="region=GB"}\n  - b\n\nc', [("G236", 3)]),
    ('::: side-effects\n::: rare\n- a {only="region=GB"} | b\n:::\n:::', [("G236", 3)]),
    ('::: side-effects\n::: rare\n- {only="region=GB"}\n:::\n:::', [("G236", 3)]),
    ('::: contact A\n- phone: 1\n- email: {only="region=GB"}\n:::', [("G225", 3)]),
    ("a {region=GB}", [("G226", 1)]),
    ('a {onyl="region=GB"}', [("G226", 1)]),
    ('a {role=use only="region=GB"}', [("G226", 1)]),
    ("::: note {region=GB}\na\n:::", [("G226", 1)]),
    ("a {only in winter}", [("G228", 1)]),
    ("a {role=use}", [("G228", 1)]),
    ("::: figure {width=50 width=60}\n![a](x.svg)\n:::", [("G228", 1)]),
    ("::: list\na\n:::", [("G223", 2)]),
    ("::: list\n1. a\n\n+ b\n:::", [("G223", 4)]),
    ("::: list\n::: list\n- a\n:::\n:::", [("G223", 2)]),
    ('::: do\n::: list {only="region=GB"}\n- a\n:::\n:::', [("G223", 2)]),
    ("::: table\n::: table\n| a |\n|---|\n| b |\n:::\n:::", [("G223", 2)]),
    ("::: list\n::: nota\na\n:::\n:::", [("G220", 2)]),
    ("::: list Things\n- a\n:::", [("G224", 1)]),
    ("::: list\n:::", [("G225", 1)]),
    ("::: facts\n- a\n:::", [("G223", 2)]),
    ("::: facts\na\n: b\n\nc\n:::", [("G223", 5)]),
    ("::: facts Things\na\n: b\n:::", [("G224", 1)]),
    ("::: facts\n:::", [("G225", 1)]),
    ("::: include a {Who=b}\n:::", [("G226", 1)]),
    ("::: include a {1st=b}\n:::", [("G226", 1)]),
    ("::: include a {#b .c}\n:::", [("G226", 1), ("G226", 1)]),
    ('::: include a {who=" "}\n:::', [("G227", 1)]),
    ("::: include a {who=the ward}\n:::", [("G228", 1)]),
    ("{{a.b.c.d}}", [("G230", 1)]),
    ("{{leaflet.title|the leaflet}}", [("G230", 1)]),
    ("{{clinic.name|}}", [("G230", 1)]),
    ("{{clinic.name|your\nclinic}}", [("G230", 1)]),
    ("{{clinic.name|a|b}}", [("G230", 1)]),
]


@pytest.mark.parametrize(("body", "expected"), FAULTS, ids=[f"{codes[0][0]}-{body[:24]!r}" for body, codes in FAULTS])
def test_each_fault_has_its_code_and_line(body: str, expected: list[tuple[str, int]]) -> None:
    assert found(body) == expected


@pytest.mark.parametrize("body", [body for body, _ in FAULTS])
def test_each_fault_says_how_to_mend_it(body: str) -> None:
    for one in read_leaflet((MATTER + body).encode(), "x.md").diagnostics:
        assert one.hint
        assert one.code in CATALOGUE
        assert not one.message.endswith(".")


MATTERS = [
    ("", [("M101", 1)]),
    ("id: x\n", [("M101", 1)]),
    ("---\nid: x\n", [("M101", 1)]),
    (MATTER.replace("A test", "A: test"), [("M102", 3)]),
    (MATTER.replace("title", "id"), [("M102", 3)]),
    (MATTER.replace("kind: test", "\tkind: test"), [("M102", 5)]),
    (MATTER.replace("title", "titel"), [("M104", 2), ("M103", 3)]),
    (MATTER.replace("lang: en-GB", "lang: en_GB"), [("M105", 4)]),
    (MATTER.replace("kind: test", "kind: tset"), [("M105", 5)]),
    (MATTER.replace("id: test", "id: A Test"), [("M105", 2)]),
    (MATTER.replace("A test", '""'), [("M105", 3)]),
    (MATTER.replace("status: draft", "status: draft\nissued: 2026-13-01"), [("M105", 10)]),
    (MATTER.replace("status: draft", "status: draft\nauthors: me"), [("M105", 10)]),
    (MATTER.replace("status: draft", "status: draft\nsources:\n  - id: a\n  - title: b"), [("M104", 11), ("M104", 12)]),
    (MATTER.replace("status: draft", "status: draft\nsources:\n" + "  - id: a\n    title: b\n" * 2), [("M105", 13)]),
    (MATTER.replace("status: draft", "status: draft\nreviewed: 2026-03-01\nreview-by: 2026-03-01"), [("M108", 11)]),
    (MATTER.replace("A test", "&a A test"), [("M109", 3)]),
    (MATTER.replace("status: draft", "status: draft\nvalues:\n  Dose: 1\n  version: 2"), [("M105", 11), ("M105", 12)]),
    (MATTER.replace("status: draft", "status: draft\nvalues:\n  dose:"), [("M105", 11)]),
    (MATTER.replace("status: draft", "status: draft\nvalues:\n  dose:\n    - 1"), [("M105", 11)]),
    (MATTER.replace("status: draft", "status: draft\nvalues: 60 mg"), [("M105", 10)]),
    (MATTER.replace("status: draft", "status: draft\nage-grup: adult"), [("M103", 10)]),
    (MATTER.replace("A test", "!!python/object:os.system x"), [("M109", 3)]),
]


@pytest.mark.parametrize(("text", "expected"), MATTERS)
def test_each_fault_of_the_front_matter_has_its_code_and_line(text: str, expected: list[tuple[str, int]]) -> None:
    reading = read_leaflet(text.encode(), "x.md")
    assert [(one.code, one.span.line) for one in reading.diagnostics] == expected
    assert all(one.hint for one in reading.diagnostics)


def test_all_faults_of_front_matter_and_body_come_at_once_sorted_by_line() -> None:
    text = MATTER.replace("kind: test", "kind: tset").replace("version", "verzion") + "a *b*\n\n::: nota\nc\n:::\n"
    diagnostics = read_leaflet(text.encode(), "x.md").diagnostics
    assert [(one.code, one.span.line) for one in diagnostics] == [
        ("M104", 2),
        ("M105", 5),
        ("M103", 8),
        ("G202", 11),
        ("G220", 13),
    ]
    assert "did you mean 'version'?" in str(diagnostics[2])
    assert "did you mean 'note'?" in str(diagnostics[4])


def only(content: bytes) -> Diagnostic:
    (one,) = read_leaflet(content, "x.md").diagnostics
    return one


def test_bytes_that_are_not_utf_8_are_refused_by_line() -> None:
    one = only(MATTER.encode() + b"caf\xe9\n")
    assert (one.code, one.span.line) == ("S101", BODY_LINE)


def test_a_file_over_one_mebibyte_is_refused() -> None:
    assert only(MATTER.encode() + b"a\n\n" * 400_000).code == "S102"


def test_a_control_character_is_refused_by_line() -> None:
    one = only((MATTER + "a\n\nb\x07c\n").encode())
    assert (one.code, one.span.line) == ("S103", BODY_LINE + 2)


def test_line_ends_of_every_system_read_the_same() -> None:
    text = MATTER + "a\\\nb\n\n- c\n"
    readings = [read_leaflet(text.replace("\n", end).encode(), "x.md") for end in ("\n", "\r\n", "\r")]
    assert readings[0].diagnostics == ()
    assert readings[0].leaflet == readings[1].leaflet == readings[2].leaflet


def test_a_byte_order_mark_is_no_fault() -> None:
    assert read_leaflet(b"\xef\xbb\xbf" + MATTER.encode(), "x.md").diagnostics == ()


def test_scalars_stay_as_they_were_written() -> None:
    reading = read_leaflet(MATTER.replace("lang: en-GB", "lang: no").encode(), "x.md")
    assert reading.leaflet is not None
    assert (reading.leaflet.meta.lang, reading.leaflet.meta.version) == ("no", "1.10")


def test_a_contact_block_with_particulars_is_a_card_and_without_a_callout() -> None:
    card, callout = blocks(
        "::: contact Ward 7\n- Phone: 1\n:::\n\n::: contact Ring us if:\n- phone calls worry you\n:::"
    )
    assert isinstance(card, Contact)
    assert isinstance(callout, Callout)
    assert callout.kind is CalloutKind.CONTACT


def test_a_link_may_hold_words_in_another_language() -> None:
    (link,) = words("[po [polsku]{lang=pl}](https://e.org)")
    assert isinstance(link, Link)
    assert len(link.content) == 2


def test_white_space_is_single_and_a_mark_neither_begins_nor_ends_with_it() -> None:
    assert words("a \t b\nc [ d ]{.term} e") == (Text("a b c "), Term((Text("d"),)), Text(" e"))


def test_strong_words_inside_strong_words_are_just_strong() -> None:
    assert words("**a [b]{.strong} c**") == (Strong((Text("a b c"),)),)


def test_both_ways_of_writing_a_line_break_are_read() -> None:
    assert words("a\\\nb  \nc") == (Text("a"), LineBreak(), Text("b"), LineBreak(), Text("c"))


def test_numbers_keep_their_start() -> None:
    (numbered,) = blocks("3. a\n4. b")
    assert isinstance(numbered, List)
    assert (numbered.kind, numbered.start) == (ListKind.NUMBER, 3)


def test_a_bar_in_a_cell_is_escaped() -> None:
    table, effects = blocks("| a \\| b |\n|---|\n| c |\n\n::: side-effects\n::: rare\n- a \\| b | c\n:::\n:::")
    assert isinstance(table, Table)
    assert isinstance(effects, SideEffects)
    assert table.header.cells == ((Text("a | b"),),)
    assert effects.groups[0].effects[0].name == (Text("a | b"),)


def test_a_picture_path_is_the_name_of_the_file() -> None:
    (figure,) = blocks("![a \\* \\* *b](<images/my picture.svg>)")
    assert isinstance(figure, Figure)
    assert (figure.picture, figure.alt) == ("images/my picture.svg", "a * * *b")


def test_sections_nest_by_level() -> None:
    body = blocks("a\n\n## B\n\n### C\n\nd\n\n## E\n\nf")
    assert [type(block) for block in body] == [Paragraph, Section, Section]
    assert isinstance(body[1], Section)
    assert isinstance(body[1].blocks[0], Section)


def test_a_shared_text_has_blocks_and_no_headings() -> None:
    assert read_shared(b"::: include a\n:::\n", "s.md").blocks == (Include("a"),)
    assert [one.code for one in read_shared(b"## A\n\nb\n", "s.md").diagnostics] == ["G233"]


def condition(text: str, *, shared: bool = False) -> Condition | None:
    (block,) = read_shared(text.encode(), "s.md").blocks if shared else blocks(text)
    return block.condition


GB = Condition((Clause(Facet.REGION, ("GB",)),))


@pytest.mark.parametrize(
    "text",
    [
        "a {@}",
        "a\nb {@}",
        "## A {@}\n\na",
        "## A {#a role=use @}\n\na",
        "::: list {@}\n- a\n:::",
        "::: list {@}\n3. a\n:::",
        "::: steps {@}\n1. a\n:::",
        "::: facts {@}\na\n: b\n:::",
        "::: table {@}\n| a |\n|---|\n| b |\n:::",
        "::: figure A {width=50 @}\n![a](x.svg)\n:::",
        "::: passage {lang=pl @}\na\n:::",
        "::: note A {@}\na\n:::",
        "::: do {@}\n- a\n:::",
        "::: side-effects {numbers=no @}\n::: rare\n- a\n:::\n:::",
        "::: write-in {kind=box @}\n- a\n:::",
        "::: contact A {@}\n- phone: 1\n:::",
        "::: contact A {@}\na\n:::",
        "::: include a {@}\n:::",
    ],
)
def test_every_block_can_have_a_condition(text: str) -> None:
    assert condition(text.replace("@", 'only="region=GB"')) == GB
    assert condition(text.replace(" @", "").replace(" {@}", "")) is None


def test_items_effects_bands_and_contact_lines_can_have_a_condition() -> None:
    bullets, effects, contact = blocks(
        '- a {only="region=GB"}\n  - b {only="region=GB"}\n- c\n\n  d {only="region=GB"}\n\n'
        '::: side-effects\n::: rare {only="region=GB"}\n- a | b {only="region=GB"}\n:::\n:::\n\n'
        '::: contact A\n- address: a\\\n  b {only="region=GB"}\n:::'
    )
    assert isinstance(bullets, List)
    first, second = bullets.items
    inner = first.blocks[1]
    assert isinstance(inner, List)
    assert (first.condition, first.blocks[0].condition, inner.condition) == (GB, None, None)
    assert inner.items[0].condition == GB
    assert (second.condition, second.blocks[1].condition) == (None, GB)
    assert isinstance(effects, SideEffects)
    (band,) = effects.groups
    assert (band.condition, band.effects[0].condition, band.effects[0].plain) == (GB, GB, (Text("b"),))
    assert isinstance(contact, Contact)
    assert contact.lines[0].condition == GB


def test_a_condition_is_read_in_normal_form_and_knows_its_line() -> None:
    (paragraph,) = blocks('a\nb {except="format=epub" only="audience=adult  region=US,GB,US"}')
    found = paragraph.condition
    assert found is not None
    assert found == Condition(
        (Clause(Facet.REGION, ("US", "GB")), Clause(Facet.AUDIENCE, ("adult",))), (Clause(Facet.FORMAT, ("epub",)),)
    )
    assert found.span.line == BODY_LINE + 1


def test_any_word_is_a_value_for_the_edition_to_judge() -> None:
    found = condition('a {only="audience=Kinder_ab-3,дети clinic=nowhere"}')
    assert found is not None
    assert [clause.values for clause in found.only] == [("Kinder_ab-3", "дети"), ("nowhere",)]


def test_no_half_of_a_faulty_condition_is_kept() -> None:
    assert condition('a {only="region=GB sexx=male"}', shared=True) is None


def test_braces_that_are_escaped_are_words() -> None:
    assert words('a \\{only="region=GB"\\}') == (Text('a {only="region=GB"}'),)
    assert words("a {{clinic.name}}") == (Text("a "), Variable("clinic.name"))


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("a {only=region=GB}", '{only="region=GB"}'),
        ("a {only='region=GB'}", '{only="region=GB"}'),
        ("a {except=“format=epub  sex=male”}", '{except="format=epub sex=male"}'),
        ("a {only: region=GB}", '{only="region=GB"}'),
        ("a {only=region=GB except=sex=male}", 'write {only="region=GB audience=adult"}'),
        ('a {only="regoin=GB"}', "did you mean 'region'?"),
        ('a {only="region=GB region=US"}', "region=GB,US"),
        ('a {only="region!=GB"}', '{except="region=GB"}'),
        ('a {only="region = GB, US"}', 'only="region=GB,US"'),
        ('a {only="region= sex=male"}', "as in region=GB,US"),
        ('a {only="= ="}', "as in region=GB,US"),
        ("a {region=GB}", '{only="region=GB"}'),
        ("::: note {region=GB}\na\n:::", '{only="region=GB"}'),
        ('a {exept="region=GB"}', "did you mean 'except'?"),
        ('- a\n\n{only="region=GB"}', "::: list"),
        ('| a |\n|---|\n| b {only="region=GB"} |', "::: table"),
        ("{{clinic.name", "{{clinic.phone}}"),
    ],
)
def test_a_hint_shows_what_to_write(text: str, hint: str) -> None:
    (one,) = read_leaflet((MATTER + text).encode(), "x.md").diagnostics
    assert hint in one.hint


def test_an_include_is_given_every_attribute_but_its_condition() -> None:
    text = '::: include ring-us {who="the  \\"ward\\"" phone="01632 960 001" only="region=GB" b-1=c}\n:::'
    parameters = (("b-1", "c"), ("phone", "01632 960 001"), ("who", 'the "ward"'))
    assert blocks(text) == (Include("ring-us", parameters, condition=GB),)


def test_a_long_include_is_read_whole() -> None:
    address = "Example Hospital, " * 60
    (include,) = blocks(f'::: include a {{address="{address}"}}\n:::')
    assert isinstance(include, Include)
    assert include.parameters == (("address", address.strip()),)


def test_a_variable_names_a_department_and_has_neutral_words() -> None:
    assert words("{{clinic.endoscopy.phone}}") == (Variable("clinic.endoscopy.phone"),)
    assert words("{{ clinic.name | your *own*  [clinic] }}") == (Variable("clinic.name", "your *own* [clinic]"),)
    assert words("[a {{clinic.name|]}} b]{.term}") == (Term((Text("a "), Variable("clinic.name", "]"), Text(" b"))),)


def test_a_bar_before_neutral_words_is_escaped_in_a_cell() -> None:
    table, effects = blocks(
        "| {{clinic.name\\|us}} |\n|---|\n| c |\n\n::: side-effects\n::: rare\n- {{clinic.name\\|us}} | c\n:::\n:::"
    )
    assert isinstance(table, Table)
    assert isinstance(effects, SideEffects)
    variable = (Variable("clinic.name", "us"),)
    assert table.header.cells == (variable,)
    assert effects.groups[0].effects[0].name == variable


def test_the_leaflets_own_values_are_sorted_by_name() -> None:
    text = MATTER.replace("status: draft", "status: draft\nage-group: adult\nvalues:\n  b: 60 mg\n  a-1: x")
    reading = read_leaflet(text.encode(), "x.md")
    assert reading.leaflet is not None
    assert reading.leaflet.meta.values == (("a-1", "x"), ("b", "60 mg"))
    assert reading.leaflet.meta.age_group == "adult"


def spans(node: Any) -> list[Any]:
    if isinstance(node, tuple):
        return [span for part in node for span in spans(part)]
    if not is_dataclass(node) or not hasattr(node, "span"):
        return []
    return [node.span, *(span for one in fields(node) if one.name != "span" for span in spans(getattr(node, one.name)))]


def test_every_node_knows_its_lines() -> None:
    body = (
        "## A\n\nb **c**\nd [e]{.term}\n\n::: note\n- f\n- g\n:::\n\n| a |\n|---|\n| b |\n\nh\n: i\n\n"
        "::: side-effects\n::: rare\n- j | k\n:::\n:::\n\n::: contact L\n- phone: 1\n:::\n\n"
        '::: list {only="sex=male"}\n- m {except="format=epub"}\n:::\n'
    )
    reading = read_leaflet((MATTER + body).encode(), "x.md")
    assert reading.leaflet is not None
    assert reading.diagnostics == ()
    everything = spans(reading.leaflet)
    assert NOWHERE not in everything
    assert all(1 <= span.line <= span.end_line <= (MATTER + body).count("\n") + 1 for span in everything)
    (section,) = reading.leaflet.body
    assert isinstance(section, Section)
    paragraph, note = section.blocks[:2]
    assert isinstance(paragraph, Paragraph)
    assert (paragraph.span.line, paragraph.span.end_line) == (BODY_LINE + 2, BODY_LINE + 3)
    assert [inline.span.line - BODY_LINE for inline in paragraph.content] == [2, 2, 3, 3]
    assert (note.span.line, note.span.end_line) == (BODY_LINE + 5, BODY_LINE + 8)


def test_blocks_more_than_twelve_deep_are_refused() -> None:
    got = found("::: note\n" * 14 + "a\n" + ":::\n" * 14)
    assert [line for code, line in got if code == "S104"] == [13, 14]
    assert {code for code, _ in got} == {"S104", "G223"}
