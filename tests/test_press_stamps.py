"""Digests by stamp: unchanged files are not read again, and no edit is missed, not even within the clock's tick."""

from __future__ import annotations

import os
from pathlib import Path
from time import time_ns

import pytest

from leafletpress.press import stamps
from leafletpress.press.stamps import Digests, Stamp, digest, read_stamp, rested, unchanged_since


def aged(path: Path, seconds: int = 60) -> Path:
    moment = time_ns() - seconds * 10**9
    os.utime(path, ns=(moment, moment))
    return path


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are really read."""
    read: list[str] = []
    real = stamps.read_stamp

    def spy(path: Path | str) -> Stamp | None:
        read.append(Path(path).name)
        return real(path)

    monkeypatch.setattr(stamps, "read_stamp", spy)
    return read


@pytest.fixture
def long_ago(monkeypatch: pytest.MonkeyPatch) -> None:
    """Change times cannot be set: let files count as rested as soon as they are written."""
    monkeypatch.setattr(stamps, "rested", lambda *_: True)


def test_a_file_that_fits_its_stamp_is_not_read_again(tmp_path: Path, reads: list[str], long_ago: None) -> None:
    (tmp_path / "a").write_bytes(b"words")
    first = Digests({}, tmp_path)
    assert first.of("a") == digest(b"words")
    second = Digests(first.known(["a"]), tmp_path)
    assert second.of("a") == digest(b"words")
    assert reads == ["a"]


def test_a_changed_file_is_read_again(tmp_path: Path, reads: list[str], long_ago: None) -> None:
    (tmp_path / "a").write_bytes(b"words")
    first = Digests({}, tmp_path)
    first.of("a")
    (tmp_path / "a").write_bytes(b"other words")
    assert Digests(first.known(["a"]), tmp_path).of("a") == digest(b"other words")
    assert reads == ["a", "a"]


def test_an_edit_of_the_same_size_within_the_tick_is_not_missed(tmp_path: Path) -> None:
    """The worst case: size, modification time and change time all stay what they were."""
    path = tmp_path / "a"
    path.write_bytes(b"old")
    first = Digests({}, tmp_path)
    first.of("a")
    assert first.known(["a"]) == {}, "a file that was just written is not to be trusted by its stamp"


def test_an_edit_that_puts_the_times_back_is_not_missed(tmp_path: Path, long_ago: None) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    status = path.stat()
    first = Digests({}, tmp_path)
    first.of("a")
    path.write_bytes(b"new")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert Digests(first.known(["a"]), tmp_path).of("a") == digest(b"new")


@pytest.mark.parametrize("kind", ["missing", "folder", "pipe"])
def test_what_is_no_file_has_no_digest(tmp_path: Path, kind: str) -> None:
    if kind == "folder":
        (tmp_path / "a").mkdir()
    elif kind == "pipe":
        os.mkfifo(tmp_path / "a")
    assert Digests({}, tmp_path).of("a") is None


def test_rest_is_measured_against_the_later_of_both_times() -> None:
    now = 100 * 10**9
    assert rested(Stamp(1, 0, 0, ""), now)
    assert not rested(Stamp(1, 0, now - 10**9, ""), now)
    assert not rested(Stamp(1, now + 10**9, 0, ""), now), "a time in the future is never trusted"


def test_a_coarse_clock_gets_a_wider_margin() -> None:
    moment = 100 * 10**9
    fine = Stamp(1, 99_500_000_001, 99_500_000_001, "")
    coarse = Stamp(1, 99 * 10**9, 99 * 10**9, "")
    assert unchanged_since(fine, moment)
    assert not unchanged_since(coarse, moment)


def test_a_stamp_is_that_of_the_bytes(tmp_path: Path) -> None:
    path = aged(tmp_path / "a") if (tmp_path / "a").exists() else tmp_path / "a"
    path.write_bytes(b"words")
    stamp = read_stamp(path)
    assert stamp is not None
    assert stamp.sha256 == digest(b"words")
    assert stamp.fits(path.stat())
    assert read_stamp(tmp_path / "none") is None
