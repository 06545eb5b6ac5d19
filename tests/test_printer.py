"""What is printed reads back the same."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from specimen import BODY, META
from strategies import BLOCKS, INLINES, leaflets

from leafletpress.model import (
    Block,
    Clause,
    Condition,
    Facet,
    Facts,
    Include,
    Inlines,
    Leaflet,
    LineBreak,
    Link,
    List,
    ListItem,
    ListKind,
    Paragraph,
    Role,
    Section,
    Strong,
    Term,
    Text,
    Value,
    Variable,
)
from leafletpress.printer import print_blocks, print_inlines, print_leaflet, reprint, reprint_shared
from leafletpress.reader import read_leaflet, read_shared
from leafletpress.reader.normal_form import normalise

SOURCES = sorted((Path(__file__).parents[1] / "source" / "leaflets").glob("*/*-*.md"))
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def read(text: str) -> tuple[Block, ...]:
    reading = read_shared(text.encode(), "shared.md")
    assert reading.diagnostics == (), f"{text}\n" + "\n".join(map(str, reading.diagnostics))
    return reading.blocks


@PATIENT
@given(INLINES)
def test_inlines_read_back_as_they_were(inlines: Inlines) -> None:
    text = print_inlines(inlines)
    assert read(text) == (Paragraph(inlines),), text


@settings(PATIENT, max_examples=150)
@given(BLOCKS)
def test_blocks_read_back_as_they_were(blocks: tuple[Block, ...]) -> None:
    text = print_blocks(blocks)
    assert read(text) == blocks, text


@settings(PATIENT, max_examples=60)
@given(leaflets())
def test_leaflets_read_back_as_they_were(leaflet: Leaflet) -> None:
    text = print_leaflet(leaflet)
    reading = read_leaflet(text.encode(), "x.md")
    assert reading.diagnostics == (), text + "\n".join(map(str, reading.diagnostics))
    assert reading.leaflet == leaflet, text
    assert print_leaflet(reading.leaflet) == text


@given(INLINES)
def test_the_normal_form_of_a_normal_form_is_itself(inlines: Inlines) -> None:
    assert normalise(inlines) == inlines


def test_neighbours_are_joined_and_blanks_moved_out_of_marks() -> None:
    raw = (Text(" a"), Strong((Text(" b "),)), Strong((Text("c\n"), LineBreak())), LineBreak(), Text(" d\u00a0"))
    tidy = (Text("a "), Strong((Text("b"),)), Text(" "), Strong((Text("c"),)), LineBreak(), Text("d"))
    assert normalise(raw) == tidy


def resolved(inlines: Inlines) -> Inlines:
    """The specimen is an edition; its values are variables in a source."""
    return tuple(Variable(one.name) if isinstance(one, Value) else one for one in inlines)


def test_the_specimen_of_every_node_reads_back() -> None:
    text = print_leaflet(Leaflet(META, BODY))
    reading = read_leaflet(text.encode(), "specimen.md")
    assert reading.diagnostics == ()
    assert reading.leaflet is not None
    assert reading.leaflet.meta == META
    assert print_leaflet(reading.leaflet) == text
    assert [type(block) for block in reading.leaflet.body] == [type(block) for block in BODY]
    assert reading.leaflet.body[3:] == BODY[3:]
    about, printed = BODY[2], reading.leaflet.body[2]
    assert isinstance(about, Section)
    assert isinstance(printed, Section)
    assert isinstance(about.blocks[0], Paragraph)
    assert printed.blocks == (Paragraph(resolved(about.blocks[0].content)), *about.blocks[1:])


CANONICAL = [
    ((Text("5 * 3 is [15], a_b, 5 < 6, R&D"),), r"5 \* 3 is \[15\], a_b, 5 < 6, R&D"),
    ((Text("- no list"),), r"\- no list"),
    ((Text("1. no number"),), r"1\. no number"),
    ((Text("2025 was fine"),), "2025 was fine"),
    ((Text("# no heading"),), r"\# no heading"),
    ((Text(": no value"),), r"\: no value"),
    ((Text("::: no block"),), r"\::: no block"),
    ((Text("a "), Strong((Text("b"),)), Text(".")), "a **b**."),
    ((Text("a"), Strong((Text("(b)"),)), Text("c")), "a[(b)]{.strong}c"),
    ((Text("Stop!"), Link((Text("Now"),), "tel:999")), r"Stop\![Now](tel:999)"),
    ((Link((Text("https://e.org/a_b"),), "https://e.org/a_b"),), "<https://e.org/a_b>"),
    ((Link((Text("x"),), "https://e.org/(a)"),), r"[x](https://e.org/\(a\))"),
    ((Term((Text("a"),), 'b "c"'),), r'[a]{.term of="b \"c\""}'),
    ((Text("a"), LineBreak(), Text("---")), "a\\\n\\---"),
]


@pytest.mark.parametrize(("inlines", "text"), CANONICAL)
def test_escapes_stand_only_where_they_must(inlines: Inlines, text: str) -> None:
    assert print_inlines(inlines) == text
    assert read(text) == (Paragraph(inlines),)


GB = Condition((Clause(Facet.REGION, ("GB",)),))
ADULTS = Condition(
    (Clause(Facet.AGE_GROUP, ("adult", "older-adult", "adult")), Clause(Facet.REGION, ("US", "GB"))),
    (Clause(Facet.FORMAT, ("epub",)),),
)
WRITTEN = [
    (Paragraph((Text("a"),), condition=GB), 'a {only="region=GB"}'),
    (
        Paragraph((Text("a"),), condition=ADULTS),
        'a {only="region=US,GB age-group=adult,older-adult" except="format=epub"}',
    ),
    (Paragraph((Text("-"),), condition=GB), r'\- {only="region=GB"}'),
    (Paragraph((Text("a {b}"),), condition=GB), r'a \{b} {only="region=GB"}'),
    (Section((Text("A"),), (), Role.USE, "b", condition=GB), '## A {#b role=use only="region=GB"}'),
    (Include("a", (("who", "us"),), condition=GB), '::: include a {who=us only="region=GB"}\n:::'),
    (Paragraph((Variable("clinic.name", "your clinic"),)), "{{clinic.name|your clinic}}"),
]


@pytest.mark.parametrize(("block", "text"), WRITTEN)
def test_conditions_and_parameters_have_one_way_to_be_written(block: Block, text: str) -> None:
    assert print_blocks((block,)) == text


BARE = [
    "- a\n- b",
    "3. a",
    "a\n: b",
    "| a |\n| --- |\n| b |",
    "![a](x.svg)",
]
NAMES = ["list", "list", "facts", "table", "figure"]


@pytest.mark.parametrize(("bare", "name"), list(zip(BARE, NAMES, strict=True)))
def test_what_has_no_opening_line_gets_one_for_a_condition_alone(bare: str, name: str) -> None:
    (block,) = read(f'::: {name} {{only="region=GB"}}\n{bare}\n:::')
    assert print_blocks((block,)) == f'::: {name} {{only="region=GB"}}\n{bare}\n:::'
    assert reprint_shared(f"::: {name}\n{bare}\n:::\n".encode(), "s.md") == bare + "\n"


def test_lists_with_and_without_a_condition_stay_apart() -> None:
    lists = (bullet("a"), replace(bullet("b"), condition=GB), bullet("c"), bullet("d"))
    assert print_blocks(lists) == '- a\n\n::: list {only="region=GB"}\n- b\n:::\n\n- c\n\n+ d'
    assert read(print_blocks(lists)) == lists


def test_the_condition_of_a_list_inside_a_list_goes_to_its_items() -> None:
    inner = replace(bullet("b", "c"), condition=GB)
    outer = List(ListKind.BULLET, (ListItem((Paragraph((Text("a"),), condition=GB), inner)),))
    written = '- a {only="region=GB"}\n  - b {only="region=GB"}\n  - c {only="region=GB"}'
    assert print_blocks((outer,)) == written


def bullet(*words: str) -> List:
    return List(ListKind.BULLET, tuple(ListItem((Paragraph((Text(word),)),)) for word in words))


def test_two_lists_in_a_row_stay_two() -> None:
    lists = (bullet("a"), bullet("b"), bullet("c"))
    assert print_blocks(lists) == "- a\n\n+ b\n\n- c"
    assert read(print_blocks(lists)) == lists


def test_a_shared_text_is_rewritten_canonically() -> None:
    assert reprint_shared(b"*  a\n*  b\n\nLabel\n:   value\n", "s.md") == "- a\n- b\n\nLabel\n: value\n"
    assert reprint_shared(b"an *old* word", "s.md") is None
    assert reprint_shared(b"a\\\nb\n", "s.md") == "a\\\nb\n"
    assert read(print_blocks((Include("a"),))) == (Include("a"),)


SCRAPPY = """\
---
# who wrote this: the ward
id: test   # the folder
title:   'A test: of things'
lang: en-GB
kind: test
summary: >
  It is
  a test.
reference: LP-1
version: 1.10
status: draft
sources:
- id: a   # the first
  title: A
---



Two
lines and __strong__.
* one
* two

|a|b|
|-|:-:|
|1|2

Title
-----
text
"""

TIDY_BODY = """
Two lines and **strong**.

- one
- two

| a | b |
| --- | :-: |
| 1 | 2 |

## Title

text
"""


def test_fmt_rewrites_a_file_canonically_and_keeps_the_comments_of_its_front_matter() -> None:
    text = reprint(SCRAPPY.encode(), "test.md")
    assert text is not None
    assert all(comment in text for comment in ("# who wrote this: the ward", "# the folder", "# the first"))
    assert text.endswith("---\n" + TIDY_BODY)
    assert read_leaflet(text.encode(), "test.md").leaflet == read_leaflet(SCRAPPY.encode(), "test.md").leaflet
    assert reprint(text.encode(), "test.md") == text


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.parent.name)
def test_fmt_of_the_leaflets_is_idempotent_and_changes_no_word(path: Path) -> None:
    content = path.read_bytes()
    text = reprint(content, str(path))
    assert text is not None
    assert reprint(text.encode(), str(path)) == text
    assert read_leaflet(text.encode(), str(path)).leaflet == read_leaflet(content, str(path)).leaflet


def test_fmt_writes_conditions_and_values_canonically() -> None:
    content = (
        SCRAPPY.replace(
            "status: draft\n", "status: draft\nvalues:\n    b:  60 mg # the dose\n    a: x\nage-group: child\n"
        )
        + '\nRing {{ clinic.name |  the   ward }}.   {except="format=epub"  only="sex=male  region=GB,US,GB"}\n'
        + '\n::: include b {z="a b"  a=c   only="region=GB"}\n:::\n'
    )
    text = reprint(content.encode(), "test.md")
    assert text is not None
    assert text.endswith(
        'Ring {{clinic.name|the ward}}. {only="region=GB,US sex=male" except="format=epub"}\n\n'
        '::: include b {a=c z="a b" only="region=GB"}\n:::\n'
    )
    assert re.search(r"^values:\n  b: 60 mg +# the dose\n  a: x\n", text, re.MULTILINE)
    assert reprint(text.encode(), "test.md") == text
    leaflet = read_leaflet(text.encode(), "test.md").leaflet
    assert leaflet == read_leaflet(content.encode(), "test.md").leaflet
    assert leaflet is not None
    assert read_leaflet(print_leaflet(leaflet).encode(), "test.md").leaflet == leaflet


def test_fmt_leaves_a_file_with_errors_alone() -> None:
    assert reprint(SCRAPPY.replace("status: draft", "status: drafty").encode(), "test.md") is None
    assert reprint(b"\xff", "test.md") is None


@settings(PATIENT, max_examples=25)
@given(leaflets())
def test_fmt_is_idempotent_on_any_leaflet(leaflet: Leaflet) -> None:
    text = reprint(print_leaflet(leaflet).encode(), "x.md")
    assert text is not None
    assert reprint(text.encode(), "x.md") == text


def test_facts_in_a_row_are_printed_as_one_list() -> None:
    facts = read("a\n: b\n")
    assert isinstance(facts[0], Facts)
    (joined,) = read(print_blocks((*facts, *facts)))
    assert joined == Facts((*facts[0].items, *facts[0].items))
