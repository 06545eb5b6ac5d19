"""The reader takes any bytes: it neither raises nor hangs, and loses no words without saying so."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import TRICKY

from leafletpress.reader import read_leaflet, read_shared

SOURCES = [path.read_bytes() for path in sorted((Path(__file__).parents[1] / "source" / "leaflets").glob("*/en-GB.md"))]
MATTER = b"---\nid: a\n---\n"
MARKS = [
    *TRICKY,
    "\n",
    "\n\n",
    "\n- ",
    "\n1. ",
    "\n  ",
    "\n    ",
    "\n> ",
    "\n## ",
    "\n::: ",
    "\n:::\n",
    "note",
    "steps\n",
]
MARKS += ["side-effects\n", "common\n", "table\n", "\n| a | b |\n|---|---|\n| c | d |\n", "\n: ", "\t", "contact", "\\"]
MARKS += [
    ' {only="region=GB"}',
    " {except=",
    '{only="',
    " {only=region=GB}",
    "{{clinic.a|",
    "list\n",
    "facts\n",
    "include a {b=",
    '"}\n',
]

anything = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@anything
@given(st.binary(max_size=200))
def test_any_bytes_are_read(content: bytes) -> None:
    read_leaflet(content, "x.md")
    read_shared(content, "x.md")


@settings(anything, max_examples=300)
@given(st.lists(st.sampled_from(MARKS), max_size=40).map("".join))
def test_any_mixture_of_marks_is_read(text: str) -> None:
    read_leaflet(MATTER + text.encode(), "x.md")


CLAUSES = ["region", "sexx", "=", ",", "GB", " ", "\t", "!", "\\", "é", "“", "'", '"', "only", "{", "%", "."]


@settings(anything, max_examples=300)
@given(st.sampled_from(["only", "except"]), st.lists(st.sampled_from(CLAUSES), max_size=12).map("".join))
def test_any_condition_is_read_or_refused_with_a_hint(name: str, text: str) -> None:
    for written in (f'a {{{name}="{text}"}}', f"::: note {{{name}={text}}}\na\n:::", f'a {{{name}="{text}"}} b'):
        reading = read_shared(written.encode(), "x.md")
        assert all(one.hint for one in reading.diagnostics)
        (block, *_) = reading.blocks
        assert reading.diagnostics or block.condition is not None


@settings(anything, max_examples=100)
@given(st.text(max_size=60))
def test_any_front_matter_is_read(text: str) -> None:
    read_leaflet(f"---\n{text}\n---\n\na\n".encode(errors="replace"), "x.md")


@settings(anything, max_examples=60)
@given(st.data())
def test_a_leaflet_with_accidents_is_read(data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from(SOURCES)))
    for _ in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.integers(0, len(content)))
        end = min(len(content), start + data.draw(st.integers(0, 60)))
        content[start:end] = data.draw(st.sampled_from([*MARKS, "\xff", "\x00", "é"])).encode("latin-1", "replace")
    reading = read_leaflet(bytes(content), "x.md")
    assert list(reading.diagnostics) == sorted(reading.diagnostics, key=lambda one: one.span.line)


SIZE = 100_000
FLOODS = {
    "opening brackets": "[" * SIZE,
    "half links": "[a](" * (SIZE // 4),
    "half phrases": '[a]{b="c' * (SIZE // 8),
    "pictures": "![" * (SIZE // 2),
    "stars": "a" + "*" * SIZE,
    "strong words": "**a " * (SIZE // 4),
    "nested strong words": "**a " * 4000 + "b** " * 4000,
    "underscores": "_a" * (SIZE // 2),
    "backticks": "".join("`" * length + " " for length in range(600)),
    "tags": "<a" * (SIZE // 2),
    "comments": "<!--" * (SIZE // 4),
    "addresses": "<http:" * (SIZE // 6),
    "entities": "&a" * (SIZE // 2),
    "braces": "{{a." * (SIZE // 4),
    "closing fences": ":::\n" * (SIZE // 4),
    "open fences": "::: note\n" * (SIZE // 9),
    "nested fences": "::: note\nx\n" * (SIZE // 15) + ":::\n" * (SIZE // 15),
    "bars": "|a" * (SIZE // 4) + "\n" + "|-" * (SIZE // 4),
    "nested lists": "".join("  " * level + "- a\n" for level in range(500)),
    "lists in a line": "- " * (SIZE // 2) + "a",
    "quotations": "> " * (SIZE // 2) + "a",
    "facts": "a\n\n: b\n\n" * (SIZE // 80),
    "short lines": ("x\n" * 1999 + "\n") * (SIZE // 4000),
    "items": ("- a\n" * 1999 + "\n") * (SIZE // 40_000),
    "definitions": "[a]: b\n" * (SIZE // 7),
    "headings": "## a\n" * (SIZE // 50),
    "heading attributes": "## a" + " {" * (SIZE // 2) + "}",
    "effects": "::: side-effects\n::: common\n- " + "a|" * (SIZE // 2) + "\n:::\n:::\n",
    "backslashes": "\\" * SIZE,
    "conditions": 'a {only="region=GB"} ' * (SIZE // 50),
    "conditions of items": '- a {only="x=y"}\n' * 1999,
    "half conditions": "a {only=" * (SIZE // 16),
    "a long condition": 'a {only="' + "x=y " * (SIZE // 9) + '"}',
    "repeated attributes": "::: include a {" + "b=c " * (SIZE // 4) + "}\n:::",
    "onlys": "a {" + "only " * (SIZE // 12) + "}",
    "neutral words": "{{clinic.a|" * (SIZE // 22),
    "blanks of neutral words": "{{clinic.a|" + " " * (SIZE // 3) + "\nb",
    "neutral brackets": "[{{clinic.a|]}}" * (SIZE // 60),
}


@pytest.mark.parametrize("flood", FLOODS.values(), ids=FLOODS.keys())
def test_no_flood_of_marks_stops_the_reader(flood: str) -> None:
    start = time.process_time()
    read_leaflet(MATTER + flood.encode(), "x.md")
    assert time.process_time() - start < 10  # the slowest takes 2 s, five times that under coverage


@pytest.mark.parametrize(
    "value", ["[" * 50_000, "- " * 50_000, "{a: " * 50_000, '"' + "\\x" * 9, "\\UFFFFFFFF", "%YAML 9"]
)
def test_no_front_matter_stops_the_reader(value: str) -> None:
    start = time.process_time()
    reading = read_leaflet(f"---\na: {value}\n---\n".encode(), "x.md")
    assert reading.leaflet is None
    assert reading.diagnostics
    assert time.process_time() - start < 10
