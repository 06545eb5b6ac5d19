"""What one worker does with one task, step by step, in this process."""

from __future__ import annotations

import errno
import os
import pickle
import time
from pathlib import Path

import pytest
from pressroom import PLUGIN, add_leaflet, make_project, settle

from leafletpress.layout import Context
from leafletpress.press import composing, worker
from leafletpress.press.composing import Composer
from leafletpress.press.messages import Bench, Done, Event, Failed, Made, Request, Resolved, Task, Warm
from leafletpress.press.order import Target
from leafletpress.press.stock import Sheet
from leafletpress.project import open_project


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.syspath_prepend(str(PLUGIN))
    root = make_project(tmp_path / "house", "alpha")
    settle(root)
    return root


def bench(root: Path, *, strict: bool = False) -> Bench:
    project = open_project(root)
    blob = pickle.dumps(project)
    return Bench(blob, root, project.house.theme, root / "output", "output", strict, 1500)


def task(
    root: Path, *formats: str, forme: bytes | None = None, share: bool = False, others: tuple[str, ...] = ()
) -> Task:
    sheet = Sheet("alpha", "en-GB", root / "source/leaflets/alpha/en-GB.md", "source/leaflets/alpha/en-GB.md")
    targets = tuple(Target("alpha", "en-GB", None, None, name, "", f"alpha/alpha.en-GB.{name}") for name in formats)
    return Task(1, sheet, None, None, targets, (*formats, *others), forme, share)


def compose(root: Path, *formats: str, strict: bool = False, **more: object) -> list[Event]:
    composer = Composer()
    composer.take_place(bench(root, strict=strict))
    return list(composer.compose(task(root, *formats, **more)))  # type: ignore[arg-type] # options by name


def kinds(events: list[Event]) -> list[str]:
    return [type(event).__name__ for event in events]


def only(events: list[Event], kind: type[Event]) -> Event:
    (found,) = [event for event in events if isinstance(event, kind)]
    return found


def test_a_task_is_told_step_by_step(root: Path) -> None:
    events = compose(root, "plain", "mild")
    assert kinds(events) == ["Began", "Resolved", "Setting", "Made", "Setting", "Made"]
    made = events[3]
    assert isinstance(made, Made)
    content = (root / "output/alpha/alpha.en-GB.plain").read_bytes()
    assert made.stamp.size == len(content)
    assert made.seconds > 0


def test_inputs_are_told_with_their_digests_and_the_house_among_them(root: Path) -> None:
    time.sleep(0.05)  # what was written within the clock's tick counts as perhaps changed
    resolved = only(compose(root), Resolved)
    assert isinstance(resolved, Resolved)
    told = {one.path: one.sha256 for one in resolved.inputs}
    assert {"source/press.yaml", "source/leaflets/alpha/en-GB.md"} <= set(told)
    assert all(len(sha256) in {0, 64} for sha256 in told.values())


def test_a_shared_forme_is_handed_on_before_anything_is_made(root: Path) -> None:
    events = compose(root, "plain", share=True, others=("mild",))
    assert kinds(events) == ["Began", "Resolved", "Began", "Setting", "Made"]
    resolved = only(events, Resolved)
    assert isinstance(resolved, Resolved)
    assert resolved.forme is not None
    made = (root / "output/alpha/alpha.en-GB.plain").read_bytes()
    other = compose(root, "mild", forme=resolved.forme)
    assert kinds(other) == ["Began", "Setting", "Made"], "nothing is read again"
    assert (root / "output/alpha/alpha.en-GB.mild").read_bytes().split(b"\n", 1)[1] == made.split(b"\n", 1)[1]


@pytest.mark.parametrize(
    ("word", "code", "exit_code"),
    [("refuse", "L505", 4), ("invalid", "V601", 4), ("deep", "L504", 4), ("raise_", "I901", 5)],
)
def test_what_goes_wrong_in_a_layout_is_an_event(root: Path, word: str, code: str, exit_code: int) -> None:
    add_leaflet(root, "alpha", summary=f"Now {word}.")
    failed = only(compose(root, "plain"), Failed)
    assert isinstance(failed, Failed)
    assert [one.code for one in failed.diagnostics] == [code]
    assert failed.exit_code == exit_code
    assert failed.diagnostics[0].span.path
    assert bool(failed.traceback) == (code == "I901")
    assert not (root / "output").exists()


@pytest.mark.parametrize("where", ["rendering", "reading"])
def test_a_worker_without_memory_says_so_and_stops(root: Path, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    def full(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(composing.Composer, "_set" if where == "rendering" else "_resolve", full)
    failed = only(compose(root, "plain", "mild"), Failed)
    assert isinstance(failed, Failed)
    assert failed.exhausted
    assert [one.code for one in failed.diagnostics] == ["L507"]


def test_a_fault_of_ours_in_reading_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def slip(*_: object) -> None:
        raise KeyError("slip")

    monkeypatch.setattr(composing.Composer, "_resolve", slip)
    failed = only(compose(root, "plain"), Failed)
    assert isinstance(failed, Failed)
    assert (failed.target, failed.exit_code) == (None, 5)
    assert "slip" in failed.traceback


def test_a_faulty_source_is_not_usable(root: Path) -> None:
    add_leaflet(root, "alpha", words="Some <br> words.")
    events = compose(root, "plain")
    assert kinds(events) == ["Began", "Resolved"]
    assert isinstance(events[1], Resolved)
    assert not events[1].usable


def test_strict_makes_a_warning_enough(root: Path) -> None:
    path = root / "source/leaflets/alpha/en-GB.md"
    path.write_text(path.read_text("utf-8").replace("About alpha", "About " + "alpha " * 20), "utf-8")
    assert kinds(compose(root, "plain", strict=True)) == ["Began", "Resolved"]
    assert "Made" in kinds(compose(root, "plain"))


def test_a_format_that_cannot_be_loaded_fails_alone(root: Path) -> None:
    events = compose(root, "broken", "plain")
    assert kinds(events) == ["Began", "Resolved", "Began", "Setting", "Failed", "Setting", "Made"]
    assert isinstance(events[4], Failed)
    assert [one.code for one in events[4].diagnostics] == ["L509"]


@pytest.mark.parametrize(
    ("number", "hint"), [(errno.ENOSPC, "make room"), (errno.EACCES, "another folder"), (errno.EISDIR, "in the way")]
)
def test_a_disk_that_takes_no_file_is_told(root: Path, monkeypatch: pytest.MonkeyPatch, number: int, hint: str) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", full)
    failed = only(compose(root, "plain"), Failed)
    assert isinstance(failed, Failed)
    assert failed.exit_code == 3
    assert failed.diagnostics[0].code == "W701"
    assert hint in failed.diagnostics[0].hint
    assert not list((root / "output").rglob("*.*"))


def test_a_theme_that_comes_later_is_warmed_anew(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAKE_LOG", str(tmp_path / "log"))
    composer = Composer()
    composer.get_ready(["plain", "broken"])
    house = root / "source/press.yaml"
    house.write_text(house.read_text("utf-8") + 'theme:\n  colours:\n    accent: "#101010"\n', "utf-8")
    composer.take_place(bench(root))
    list(composer.compose(task(root, "plain")))
    assert len((tmp_path / "log").read_text().splitlines()) == 2
    assert b"#101010" in (root / "output/alpha/alpha.en-GB.plain").read_bytes()


def test_a_worker_remembers_a_bounded_number_of_warm_contexts(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAKE_LOG", str(tmp_path / "log"))
    monkeypatch.setattr(composing, "_MOST_WARM", 2)
    composer = Composer()
    one, two, three = (Context(word_template=bytes([number])) for number in range(3))
    for context in (one, two, one, three, one, two):
        composer.layout("plain", context)
    assert len((tmp_path / "log").read_text().splitlines()) == 4, "one is used all the time, two has to be warmed again"


def test_a_task_before_the_bench_is_our_fault(root: Path) -> None:
    failed = only(list(Composer().compose(task(root, "plain"))), Failed)
    assert isinstance(failed, Failed)
    assert failed.exit_code == 5


class _Ended(BaseException):
    """The process would be gone."""


@pytest.fixture
def ends(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Serve in this process: the settings of a worker are left out, and its end is an exception."""
    codes: list[int] = []

    def leave(code: int) -> None:
        codes.append(code)
        raise _Ended

    monkeypatch.setattr(worker, "_settle", lambda _parent: None)
    monkeypatch.setattr(worker, "limit_memory", lambda _memory: None)
    monkeypatch.setattr(worker.os, "_exit", leave)
    return codes


class Channel:
    """The worker's end of a channel whose other end hangs up when everything is said."""

    def __init__(self, requests: tuple[Request, ...]) -> None:
        self._requests = list(requests)
        self.events: list[Event] = []

    def recv(self) -> Request:
        if not self._requests:
            raise EOFError
        return self._requests.pop(0)

    def send(self, event: Event) -> None:
        self.events.append(event)


def serve(*requests: Request, share: int = 9) -> list[Event]:
    channel = Channel(requests)
    with pytest.raises(_Ended):
        worker.serve(channel, os.getpid(), share)  # type: ignore[arg-type] # all that is used of a Connection
    return channel.events


def test_a_worker_serves_until_the_press_hangs_up(root: Path, ends: list[int]) -> None:
    events = serve(Warm(("plain",)), bench(root), task(root, "plain"))
    assert kinds(events) == ["Began", "Resolved", "Setting", "Made", "Done"]
    assert events[-1] == Done(1, leaving=False)
    assert ends[0] == 0


def test_a_worker_leaves_after_its_share(root: Path, ends: list[int]) -> None:
    events = serve(bench(root), task(root, "plain"), task(root, "mild"), share=1)
    assert events[-1] == Done(1, leaving=True)
    assert ends[0] == 0


def test_a_worker_that_ran_out_of_memory_leaves(root: Path, ends: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(composing.Composer, "_set", full)
    events = serve(bench(root), task(root, "plain"))
    assert events[-1] == Done(1, leaving=True)


@pytest.mark.parametrize(("error", "code"), [(MemoryError(), worker.OUT_OF_MEMORY), (ValueError("x"), 1)])
def test_how_a_worker_ends_tells_why(
    root: Path, ends: list[int], monkeypatch: pytest.MonkeyPatch, error: Exception, code: int
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(worker, "_work", fail)
    serve(bench(root))
    assert ends[0] == code
