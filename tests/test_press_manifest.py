"""The manifest: what is written is read back; what is not ours is ignored with a note, and never crashes or escapes."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leafletpress.diagnostics import Diagnostic
from leafletpress.model import Span
from leafletpress.press.manifest import NAME, Entry, House, Manifest, inside, print_manifest, read_manifest
from leafletpress.press.stamps import Stamp

STAMP = Stamp(3, 10**18, 10**18 + 1, "ab" * 32)
ENTRY = Entry("a", "en-GB", "riverside", "pdf:large", STAMP, (("source/press.yaml", "cd" * 32),), "c0de", "11b5")
HOUSE = House(("a/en-GB.md",), "ef" * 32, "c0de", ("pdf",), 60.0, 1500, (("a", "en-GB", "source/leaflets/a/en-GB.md"),))
FULL = Manifest(
    {"a/a.en-GB.pdf": ENTRY},
    {"source/press.yaml": STAMP},
    {"core": ("1", "2")},
    {"a/en-GB/": (Diagnostic("A209", "long", Span("source/x.md", 3, 3), "shorten"),)},
    HOUSE,
)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(print_manifest(FULL))
    assert read_manifest(tmp_path) == (FULL, "")


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
    "another version": _with(("version",), 2),
    "outputs are a list": _with(("outputs",), []),
    "an entry is null": _with(("outputs", "a/a.en-GB.pdf"), None),
    "an output outside": json.dumps({**full(), "outputs": {"../../x": full()["outputs"]["a/a.en-GB.pdf"]}}).encode(),
    "an absolute output": json.dumps({**full(), "outputs": {"/etc/x": full()["outputs"]["a/a.en-GB.pdf"]}}).encode(),
    "an output of ours": json.dumps({**full(), "outputs": {"a/.lock": full()["outputs"]["a/a.en-GB.pdf"]}}).encode(),
    "an input outside": _with(("outputs", "a/a.en-GB.pdf", "inputs"), {"../../etc/passwd": "00"}),
    "a size that is text": _with(("outputs", "a/a.en-GB.pdf", "stamp"), ["3", 1, 1, ""]),
    "a size that is true": _with(("outputs", "a/a.en-GB.pdf", "stamp"), [True, 1, 1, ""]),
    "a short stamp": _with(("files", "source/press.yaml"), [1]),
    "an unknown code": _with(("findings", "a/en-GB/"), [["X1", "", "", 0, 0, ""]]),
    "a sheet outside": _with(("house", "sheets"), [["a", "en-GB", "../../x.md"]]),
    "no limit": _with(("house", "seconds"), None),
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
