"""YAML of project files and front matter: values stay words, faults carry their lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, RootModel

from leafletpress.diagnostics import CATALOGUE
from leafletpress.yaml_file import FRONT_MATTER, PROJECT_FILE, Day, fit, parse_yaml


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Item(Shape):
    title: str
    accessed: Day | None = None


class Form(Shape):
    version: str
    lang: str
    items: tuple[Item, ...] = ()
    number: int = 1


class Words(RootModel[dict[str, Item]]):
    pass


def faults(text: str, shape: type[BaseModel] = Form, first_line: int = 1) -> list[tuple[str, int]]:
    _, found = fit(shape, parse_yaml(text, "a.yaml", FRONT_MATTER, first_line), FRONT_MATTER)
    assert all(one.hint for one in found)
    return [(one.code, one.span.line) for one in found]


def test_scalars_stay_as_they_were_written() -> None:
    value = parse_yaml("version: 1.10\nlang: no\nday: 2026-03-01\nempty:\nquoted: ''\n", "a.yaml", PROJECT_FILE).value
    assert value == {"version": "1.10", "lang": "no", "day": "2026-03-01", "empty": None, "quoted": ""}


def test_every_fault_is_told_at_once_with_its_line() -> None:
    text = "version: 1.2\nlangg: en\nitems:\n  - titel: x\n    accessed: 1 March\n  - y\nnumber: four\n"
    assert faults(text, first_line=2) == [
        ("M104", 2),
        ("M103", 3),
        ("M103", 5),
        ("M104", 5),
        ("M105", 6),
        ("M105", 7),
        ("M105", 8),
    ]


def test_an_unknown_key_suggests_the_nearest_one_where_it_stands() -> None:
    _, found = fit(Form, parse_yaml("version: 1\nlang: en\nitems:\n- titel: x\n", "a", PROJECT_FILE), PROJECT_FILE)
    assert [one.hint for one in found if "unknown" in one.message] == ["did you mean 'title'?"]
    _, found = fit(Words, parse_yaml("bone:\n  titel: x\n", "a", PROJECT_FILE), PROJECT_FILE)
    assert [one.hint for one in found if "unknown" in one.message] == ["did you mean 'title'?"]


@pytest.mark.parametrize("day", ["2026-02-30", "1500000000", "2026-03-01T00:00", "20260301", "tomorrow"])
def test_a_date_is_year_month_day_and_nothing_else(day: str) -> None:
    assert faults(f"version: 1\nlang: en\nitems:\n- title: x\n  accessed: {day}\n") == [("M105", 5)]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("title: a: b", "M102", 1),
        ("a: 1\n\tb: 2", "M102", 2),
        ("a: 'x", "M102", 1),
        ("a: 1\na: 2", "M102", 2),
        ("a: 1\n---\nb: 2", "M102", 2),
        ("a: \x07", "M102", 1),
        ('a: "\\a"', "M102", 1),
        ('a: "\\ud800"', "M102", 1),
        ('a: "\\UFFFFFFFF"', "M102", 1),
        ("a: {{clinic.phone}}", "M102", 1),
        ("a: " + "[" * 50_000, "M102", 1),
        ("a: &x 1", "M109", 1),
        ("a: 1\nb: *x", "M109", 2),
        ("a: !!python/object:os.system 1", "M109", 1),
        ("<<: {a: 1}", "M109", 1),
    ],
)
def test_what_is_not_plain_yaml_is_refused(text: str, code: str, line: int) -> None:
    yaml = parse_yaml(text, "a.yaml", FRONT_MATTER)
    assert yaml.value is None
    assert [(one.code, one.span.line) for one in yaml.diagnostics] == [(code, line)]


def test_aliases_cannot_make_a_small_file_large() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"{k}: &{k} [*{j}, *{j}]\n" for j, k in zip("abcdefgh", "bcdefghi", strict=True))
    assert parse_yaml(bomb, "a", PROJECT_FILE).value is None


@given(st.text(st.sampled_from("ab: -\n[]{}&*!|>'\"#%@`,?\\~\t<=0"), max_size=60) | st.text(max_size=40))
def test_reading_and_fitting_never_raise(text: str) -> None:
    for shape in (Form, Words):
        value, found = fit(shape, parse_yaml(text, "a.yaml", PROJECT_FILE), PROJECT_FILE)
        assert (value is None) == bool(found)
        assert all(one.code in CATALOGUE for one in found)


@pytest.mark.parametrize(
    ("text", "line", "message", "hint"),
    [
        ("title: Your scan: bones\n", 1, "second colon", 'title: "Your scan: bones"'),
        ('title: Say "yes: no"\n', 1, "second colon", "title: 'Say \"yes: no\"'"),
        ('a: b\ntitle: "Your scan\nversion: "1"\n', 2, "never closed", 'title: "Your scan"'),
        ('title: "Hip" replacement\n', 1, "after the closing", "title: '\"Hip\" replacement'"),
        ("a: b\nsome words\nc: d\n", 2, "no colon", "key: value"),
        ("a: b\nkind:test\n", 2, "no blank after its colon", "kind: test"),
        ("kind:test\na: b\n", 1, "no blank after its colon", "kind: test"),
        ("a: b\n  c: d\n", 2, "further in", "blanks"),
        ("a: b\n\tc: d\n", 2, "tab key", "blanks"),
        ("version: @1\n", 1, "keeps for itself", 'version: "@1"'),
        ("title: [draft] scan\n", 1, "begins with [", 'title: "[draft] scan"'),
        ('a: "x\\q"\n', 1, "backslash", "two backslashes"),
        ("- a\nb: c\n", 2, "cannot be read", "version: 1.2"),
        ("a: &b c\n", 1, "begins with &", "quotes"),
        ("a: !b c\n", 1, "begins with !", "quotes"),
    ],
)
def test_what_is_not_yaml_is_told_with_its_line_and_what_to_type(text: str, line: int, message: str, hint: str) -> None:
    (finding,) = parse_yaml(text, "a.yaml", FRONT_MATTER).diagnostics
    assert finding.span.line == line
    assert message in finding.message
    assert hint in finding.hint
