"""The manifest: what is written is read back; what is not ours is ignored with a note, and never crashes or escapes."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leafletpress.diagnostics import Diagnostic
from leafletpress.model import Span
from leafletpress.press.manifest import NAME, Entry, House, Manifest, Origin, inside, read_manifest
from leafletpress.press.manifest_form import print_manifest
from leafletpress.press.stamps import Stamp

STAMP = Stamp(3, 10**18, 10**18 + 1, "ab" * 32)
ORIGIN = Origin(
    (("source/leaflets/a/en-GB.md", "ee" * 32), ("source/press.yaml", STAMP.sha256)), date(2027, 3, 1), overdue=True
)
ENTRY = Entry("a", "en-GB", "riverside", "women", "pdf:large", STAMP, ORIGIN, "c0de", "11b5")
HOUSE = House(
    ("a/en-GB.md",),
    "ef" * 32,
    "c0de",
    ("pdf",),
    60.0,
    1500,
    ("women",),
    (("a", "en-GB", "source/leaflets/a/en-GB.md"),),
)
PDF = "a/a.en-GB.riverside.for-women.large.pdf"
FINDING = Diagnostic("A209", "long", Span("source/x.md", 3, 3), "shorten")
FULL = Manifest(
    {PDF: ENTRY, "a/a.en-GB.docx": replace(ENTRY, clinic=None, readers=None, origin=Origin(()), refused=True, code="")},
    {"source/press.yaml": STAMP, "source/gone.md": replace(STAMP, sha256="cd" * 32)},
    {"core": ("1", "2")},
    {PDF: (FINDING,), "a/a.en-GB.docx": (FINDING, replace(FINDING, message="longer"))},
    HOUSE,
    {"source/leaflets/a/en-GB.md": ("ee" * 32, True)},
    {"orders/march/riverside.csv": STAMP},
)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(print_manifest(FULL))
    assert read_manifest(tmp_path) == (FULL, "")


def test_a_digest_and_a_finding_stand_once_however_many_use_them() -> None:
    many = {f"a/a.en-GB.c{number}.pdf": replace(ENTRY, clinic=f"c{number}") for number in range(50)}
    found = dict.fromkeys(many, (FINDING,))
    told = print_manifest(Manifest(many, {}, {}, found)).decode()
    assert told.count("ee" * 32) == 1
    assert told.count(FINDING.message) == 1
    assert told.count("c0de") == 1


def test_a_manifest_of_an_earlier_version_says_nothing_and_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text('{"version":1,"outputs":{},"files":{},"code":{},"findings":{},"house":null}')
    assert read_manifest(tmp_path) == (Manifest(), "")


def test_the_same_state_gives_the_same_bytes() -> None:
    assert print_manifest(FULL) == print_manifest(FULL)


def test_no_manifest_is_no_matter(tmp_path: Path) -> None:
    assert read_manifest(tmp_path) == (Manifest(), "")


def full() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(print_manifest(FULL))
    return document


def _with(path: tuple[str | int, ...], value: Any) -> bytes:
    document: Any = full()
    place = document
    for part in path[:-1]:
        place = place[part]
    place[path[-1]] = value
    return json.dumps(document).encode()


HOSTILE = {
    "nothing": b"",
    "not JSON": b"{",
    "not UTF-8": b"\xff\xfe",
    "a list": b"[]",
    "null": b"null",
    "too deep": b"[" * 100_000,
    "a huge number": b'{"version": ' + b"9" * 10_000 + b"}",
    "another version": _with(("version",), 3),
    "a version that is true": _with(("version",), True),
    "editions are an object": _with(("editions",), {}),
    "an edition is null": _with(("editions", 0), None),
    "an output is null": _with(("editions", 0, 4, 0), None),
    "an output outside": _with(("editions", 0, 4, 0, 0), "../../x"),
    "an absolute output": _with(("editions", 0, 4, 0, 0), "/etc/x"),
    "an output of ours": _with(("editions", 0, 4, 0, 0), "a/.lock"),
    "an origin that is not there": _with(("editions", 0, 4, 0, 2), 7),
    "an origin from the end": _with(("editions", 0, 4, 0, 2), -1),
    "a maker that is not there": _with(("editions", 0, 4, 0, 3), 7),
    "an input outside": _with(("files", 0), ["../../etc/passwd", "00"]),
    "an input that is not there": _with(("origins", 1, 0), [99]),
    "a review date that is none": _with(("origins", 1, 1), "soon"),
    "overdue is a number": _with(("origins", 1, 2), 1),
    "a size that is text": _with(("editions", 0, 4, 0, 5), "3"),
    "a size that is true": _with(("editions", 0, 4, 0, 5), True),
    "a short stamp": _with(("files", 0), ["source/press.yaml", "00", 1]),
    "an unknown code": _with(("findings",), [["X1", "", "", 0, 0, ""]]),
    "a finding that is not there": _with(("found", PDF), [9]),
    "a sheet outside": _with(("house", "sheets"), [["a", "en-GB", "../../x.md"]]),
    "no limit": _with(("house", "seconds"), None),
    "a list outside": _with(("lists",), {"../x/y.csv": [1, 1, 1, ""]}),
    "a list that is no list": _with(("lists",), {"a.csv": [1, 1, 1, ""]}),
    "withdrawn, perhaps": _with(("withdrawn", "source/leaflets/a/en-GB.md"), ["", "yes"]),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_manifest_is_ignored_with_a_note(tmp_path: Path, content: bytes) -> None:
    (tmp_path / NAME).write_bytes(content)
    manifest, note = read_manifest(tmp_path)
    assert manifest == Manifest()
    assert "ignored" in note


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
    )
)
def test_any_json_is_read_without_a_crash(tmp_path_factory: pytest.TempPathFactory, value: Any) -> None:
    folder = tmp_path_factory.getbasetemp() / "any"
    folder.mkdir(exist_ok=True)
    (folder / NAME).write_text(json.dumps(value))
    assert read_manifest(folder)[0] == Manifest()


def test_a_manifest_that_is_a_folder_or_unreadable_is_ignored(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()
    assert read_manifest(tmp_path)[0] == Manifest()


def test_a_name_that_is_not_utf8_survives(tmp_path: Path) -> None:
    odd = os.fsdecode(b"source/leaflets/\xff/en.md")
    manifest = Manifest(files={odd: STAMP})
    (tmp_path / NAME).write_bytes(print_manifest(manifest))
    assert read_manifest(tmp_path) == (manifest, "")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a/b", True),
        ("a", True),
        ("../a", False),
        ("a/../b", False),
        ("/a", False),
        ("a//b", False),
        ("", False),
        ("a\0", False),
    ],
)
def test_inside(path: str, expected: bool) -> None:
    assert inside(path) is expected
