"""One bad leaflet never stops the others, whatever is bad about it."""

from __future__ import annotations

import os
from multiprocessing import get_context
from pathlib import Path

import pytest
from pressroom import PLUGIN, Ear, add_leaflet, make_project, settle, states

from leafletpress.press import workers
from leafletpress.press.order import Order
from leafletpress.press.report import Report
from leafletpress.press.run import build, check


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.syspath_prepend(str(PLUGIN))
    root = make_project(tmp_path / "house", "alpha", "omega")
    settle(root)
    return root


def run(root: Path, **more: object) -> Report:
    return build(Order(workers=2, **more), root, Ear())  # type: ignore[arg-type] # options by name


GOOD = {"alpha.en-GB.txt", "alpha.en-GB.mild", "omega.en-GB.txt", "omega.en-GB.mild"}


@pytest.mark.parametrize(
    ("word", "code", "exit_code"),
    [
        ("hang", "L506", 4),
        ("hog", "L507", 4),
        ("crash", "L508", 4),
        ("deep", "L504", 4),
        ("refuse", "L505", 4),
        ("invalid", "V601", 4),
        ("raise_", "I901", 5),
    ],
)
@pytest.mark.parametrize("alone", [False, True], ids=["among others", "alone"])
def test_a_bad_leaflet_fails_alone(root: Path, word: str, code: str, exit_code: int, alone: bool) -> None:
    path = add_leaflet(root, "bad", summary=f"Please {word} now.")
    report = run(root, leaflets=("bad",) if alone else ())
    told = states(report)
    assert [one.code for one in report.diagnostics] == [code]
    assert report.exit_code == exit_code
    assert told.pop("bad.en-GB.txt") == "failed"
    assert told.pop("bad.en-GB.mild") == "built", "the other format of the bad leaflet is made all the same"
    assert set(told.values()) == (set() if alone else {"built"})
    assert not (root / "output/bad/bad.en-GB.txt").exists()
    place = report.diagnostics[0].span.path
    assert place in {
        path.relative_to(root).as_posix(),
        "output/bad/bad.en-GB.txt",
        str(root / "output/bad/bad.en-GB.txt"),
    }
    assert not list((root / "output").rglob("*.part"))


def test_every_format_may_fail_for_itself(root: Path) -> None:
    add_leaflet(root, "bad", summary="Now hang and both-crash.")
    report = run(root)
    assert {one.code for one in report.diagnostics} == {"L506", "L508"}
    assert {name for name, state in states(report).items() if state == "built"} == GOOD


def test_faults_in_a_source_fail_that_leaflet(root: Path) -> None:
    add_leaflet(root, "bad", words="Some <b>raw</b> words and {{no.such}}.")
    report = run(root)
    assert report.exit_code == 1
    assert {name for name, state in states(report).items() if state == "built"} == GOOD
    assert all(one.span.path == "source/leaflets/bad/en-GB.md" for one in report.diagnostics)
    assert all(one.span.line for one in report.diagnostics)


def test_findings_of_a_leaflet_that_is_split_are_told_once(root: Path) -> None:
    add_leaflet(root, "bad", words="Some <br> words.")
    report = run(root, leaflets=("bad",))
    assert [one.code for one in report.diagnostics] == sorted({one.code for one in report.diagnostics})
    assert set(states(report).values()) == {"failed"}


def test_a_failed_leaflet_keeps_its_last_good_files(root: Path) -> None:
    run(root)
    before = (root / "output/alpha/alpha.en-GB.txt").read_bytes()
    for word in ("hang", "refuse", "invalid", "crash"):
        add_leaflet(root, "alpha", summary=f"Now {word}.")
        assert run(root).exit_code == 4
        assert (root / "output/alpha/alpha.en-GB.txt").read_bytes() == before


def test_the_worst_fault_decides_the_exit_code(root: Path) -> None:
    add_leaflet(root, "bad", words="Some <br> words.")
    add_leaflet(root, "worse", summary="Now refuse.")
    assert run(root).exit_code == 4
    add_leaflet(root, "worst", summary="Now raise_.")
    report = run(root)
    assert report.exit_code == 5
    assert "nobody foresaw this" in report.traceback


def test_a_layout_that_cannot_be_loaded_is_told(root: Path) -> None:
    from leafletpress.diagnostics import LeafletPressError

    with pytest.raises(LeafletPressError) as caught:
        run(root, targets=("broken",))
    assert (caught.value.diagnostic.code, caught.value.exit_code) == ("L509", 4)


def test_workers_are_warm_and_are_replaced_after_their_share(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "log"
    monkeypatch.setenv("FAKE_LOG", str(log))
    for number in range(10):
        add_leaflet(root, f"more-{number}")
    run(root, targets=("plain",))
    assert len(log.read_text().splitlines()) <= 2, "a layout is warmed once in each worker"
    log.unlink()
    monkeypatch.setattr(workers, "SHARE", 2)
    report = run(root, targets=("plain",), force=True)
    assert set(states(report).values()) == {"built"}
    assert len(log.read_text().splitlines()) >= 6, "a worker leaves after two leaflets of twelve"


def test_no_worker_outlives_a_build(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = tmp_path / "log"
    monkeypatch.setenv("FAKE_LOG", str(log))
    add_leaflet(root, "bad", summary="Now hang.")
    run(root)
    for line in log.read_text().splitlines():
        with pytest.raises(ProcessLookupError):
            os.kill(int(line.split()[-1]), 0)


def test_check_finds_what_a_build_would_and_makes_nothing(root: Path) -> None:
    add_leaflet(root, "bad", words="Some <br> words.")
    ear = Ear()
    report = check(Order(workers=2), root, ear)
    assert report.exit_code == 1
    assert {one.code for one in report.diagnostics} == {one.code for one in run(root).diagnostics}
    assert (ear.due, ear.steps) == (3, 3)
    assert report.results == ()


def test_check_does_not_stop_at_a_leaflet_that_takes_too_long(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from leafletpress import edition

    real = edition.resolve

    def resolve(project: object, file: object, *arguments: object, **options: object) -> object:
        while getattr(file, "id", "") == "alpha":
            pass
        return real(project, file, *arguments, **options)  # type: ignore[arg-type] # handed on

    monkeypatch.setattr(workers, "_context", lambda: get_context("fork"))  # so that workers inherit what changes here
    monkeypatch.setattr(edition, "resolve", resolve)
    for report in (check(Order(workers=2), root, Ear()), run(root)):
        assert [(one.code, one.span.path) for one in report.diagnostics] == [("L506", "source/leaflets/alpha/en-GB.md")]
        assert report.exit_code == 4
    assert (root / "output/omega/omega.en-GB.txt").exists()


def test_an_output_folder_that_cannot_be_written_is_told(root: Path) -> None:
    from leafletpress.diagnostics import LeafletPressError

    (root / "in-the-way").write_text("")
    with pytest.raises(LeafletPressError) as caught:
        run(root, output=Path("in-the-way"))
    assert (caught.value.diagnostic.code, caught.value.exit_code) == ("W701", 3)
    (root / "output/alpha").parent.mkdir()
    (root / "output/alpha").write_text("")
    report = run(root)
    assert report.exit_code == 3
    assert {one.code for one in report.diagnostics} == {"W701"}
    assert states(report)["omega.en-GB.txt"] == "built"
