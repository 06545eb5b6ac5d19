"""The press with the real layouts: cold, split over workers, killed, and with a leaflet that is too much."""

from __future__ import annotations

import random
import signal
import subprocess
import time
from pathlib import Path

import pytest
from pressroom import Ear, add_leaflet, command, environment, make_project, press_json, settle, states

from leafletpress.press.order import Order
from leafletpress.press.run import build

ROWS = "\n".join(f"| {number} | some words that fill a cell |" for number in range(100))
ENDLESS = "\n\nAnd on it goes.\n\n".join([f"| A | B |\n|---|---|\n{ROWS}"] * 80)
HOUSE = "publisher: Test house\nlimits:\n  seconds: 30\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = make_project(tmp_path / "house", "alpha", house=HOUSE)
    settle(root)
    return root


def files(folder: Path) -> dict[str, bytes]:
    """The leaflets by name; what a killed build leaves half-written has a dot before it, and the next one sweeps it."""
    found = (path for path in sorted(folder.glob("*/*.en-GB.*")) if not path.name.startswith("."))
    return {path.name: path.read_bytes() for path in found}


def test_one_leaflet_is_made_in_three_formats_and_then_left_alone(root: Path) -> None:
    first = build(Order(workers=2), root, Ear())
    assert first.exit_code == 0, first.diagnostics
    assert states(first) == {f"alpha.en-GB.{suffix}": "built" for suffix in ("pdf", "docx", "epub")}
    made = files(root / "output")
    assert made["alpha.en-GB.pdf"].startswith(b"%PDF-")
    assert made["alpha.en-GB.docx"].startswith(b"PK")
    assert made["alpha.en-GB.epub"].startswith(b"PK")
    second = build(Order(workers=2), root, Ear())
    assert set(states(second).values()) == {"unchanged"}
    assert files(root / "output") == made


def test_split_or_whole_the_bytes_are_the_same(root: Path) -> None:
    """In one worker the edition stays where it was resolved; in two it travels."""
    for workers in (1, 2, 3):
        report = build(Order(workers=workers, output=root / str(workers)), root, Ear())
        assert report.exit_code == 0, report.diagnostics
    assert files(root / "1") == files(root / "2") == files(root / "3")
    ear = Ear()
    alone = build(Order(workers=2, output=root / "pdf", targets=("pdf",)), root, ear)
    assert (alone.exit_code, ear.steps, len(ear.results)) == (0, 0, 1)
    assert files(root / "pdf").items() <= files(root / "1").items()


def test_a_real_build_that_is_killed_leaves_old_or_new_files(root: Path) -> None:
    """Two versions, whose files are known, in turns; each build is killed at another moment."""
    known: dict[int, dict[str, bytes]] = {}
    for version in (0, 1):
        add_leaflet(root, "alpha", words=f"This is version {version}.")
        began = time.monotonic()
        assert build(Order(workers=2, output=root / f"good-{version}"), root, Ear()).exit_code == 0
        whole = time.monotonic() - began
        known[version] = files(root / f"good-{version}")
    moments = random.Random(11)
    killed = 0
    for turn in range(5):
        add_leaflet(root, "alpha", words=f"This is version {turn % 2}.")
        running = subprocess.Popen(
            command("build"), cwd=root, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(moments.uniform(0.3, 1.0) * (whole + 0.5))
        running.kill()
        killed += running.wait() == -signal.SIGKILL
        time.sleep(0.1)  # the kernel ends the workers
        for name, content in files(root / "output").items():
            assert content in (known[0][name], known[1][name]), name
    assert killed
    assert press_json(root, "build")["exit_code"] == 0
    assert files(root / "output") == known[0]
    assert not list((root / "output").rglob("*.part"))


def test_a_table_without_end_is_stopped_and_the_others_are_made(root: Path) -> None:
    add_leaflet(root, "endless", words=ENDLESS)
    (root / "source/press.yaml").write_text(HOUSE.replace("30", "3"), "utf-8")
    report = build(Order(targets=("pdf",), workers=2), root, Ear())
    assert states(report) == {"alpha.en-GB.pdf": "built", "endless.en-GB.pdf": "failed"}
    assert [(one.code, one.span.path) for one in report.diagnostics] == [("L506", "source/leaflets/endless/en-GB.md")]
    assert report.exit_code == 4


def test_a_leaflet_that_needs_too_much_memory_is_stopped(root: Path) -> None:
    add_leaflet(root, "greedy", words=ENDLESS)
    (root / "source/press.yaml").write_text("publisher: x\nlimits:\n  seconds: 60\n  memory-mb: 200\n", "utf-8")
    report = build(Order(targets=("pdf",), workers=2), root, Ear())
    assert states(report) == {"alpha.en-GB.pdf": "built", "greedy.en-GB.pdf": "failed"}
    assert {one.code for one in report.diagnostics} <= {"L507", "L508", "L504"}
    assert report.exit_code == 4
