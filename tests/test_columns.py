"""Columns: tables line up by the cells of the terminal, and no cell steers it."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from leafletpress.press.columns import Style, columns, folded, printable, shortened


def test_wide_and_combining_characters_line_up() -> None:
    told = columns(("a", "b"), [("日本語", "x"), ("e\u0301", "x"), ("abcdef", "x")], Style()).splitlines()
    assert [cell_len(line) for line in told] == [9] * 4
    assert [line[-1] for line in told] == ["b", "x", "x", "x"]


def test_numbers_end_flush_and_marked_rows_are_bold() -> None:
    told = columns(("n", "w"), [("1", "a"), ("-12", "b")], Style("<", ">"), marked=[1], numbers=[0])
    assert told.splitlines() == ["<  n  w>", "  1  a", "<-12  b>"]


def test_the_last_column_is_folded_under_itself() -> None:
    told = columns(("a", "b"), [("x", "one two three four five six seven")], Style(width=30)).splitlines()
    assert told == ["a  b", "x  one two three four five six", "   seven"]


def test_a_table_without_rows_has_its_header() -> None:
    assert columns(("a", "b"), [], Style()) == "a  b"


@given(st.text(), st.integers(1, 40))
def test_nothing_that_is_printed_steers_a_terminal(words: str, cells: int) -> None:
    told = printable(words)
    assert not {unicodedata.category(sign) for sign in told} & {"Cc", "Cs", "Zl", "Zp"}
    assert not set(told) & set("\u202a\u202b\u202d\u202e\u2066\u2067")
    assert cell_len(shortened(words, cells)) <= cells
    assert printable(" ".join(folded(told, cells))) == told
