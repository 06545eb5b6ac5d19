"""Killed, interrupted, or run twice at once: each output is the old one or the new one, and the next build is right."""

from __future__ import annotations

import fcntl
import json
import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pressroom import add_leaflet, command, environment, make_project, press, press_json

NAMES = ("alpha", "beta", "gamma", "delta")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_project(tmp_path / "house", *NAMES)


def start(root: Path, *words: str, **env: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command(*words), cwd=root, env=environment(**env), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip


def outputs(root: Path) -> dict[str, bytes]:
    folder = root / "output"
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.en-GB.*"))}


def version_of(content: bytes) -> int:
    """The version a whole output was made from; fails for anything that is not whole."""
    assert content.endswith(b"\nend\n"), "half a file"
    return int(content.split(b"version ")[1].split(b".")[0])


def test_sigkill_at_any_moment_leaves_whole_files_and_a_right_next_build(root: Path) -> None:
    """Fourteen kills at moments spread over a whole build, each with other sources."""
    moments = random.Random(7)
    big = {"FAKE_BYTES": "400000"}
    began = time.monotonic()
    press(root, "build", **big)
    whole = time.monotonic() - began
    killed = 0
    for version in range(1, 15):
        for name in NAMES:
            add_leaflet(root, name, summary=f"version {version}. slow" if name == "beta" else f"version {version}.")
        before = {path: content for path, content in outputs(root).items() if b"version " in content}
        running = start(root, "build", **big)
        time.sleep(moments.uniform(0.1, 1.0) * (whole + 0.6))
        running.kill()
        killed += running.wait() == -signal.SIGKILL
        running.communicate()
        for path, content in outputs(root).items():
            if b"version " in content:
                assert version_of(content) <= version
                assert content == before.get(path, content) or version_of(content) == version
            else:
                assert content.endswith(b"\nend\n")
    assert killed >= 2, "most builds were over before they were killed: nothing was tried"
    done = press_json(root, "build")
    # The last build here has another FAKE_BYTES: what was unchanged keeps its bytes, so compare versions alone.
    assert done["exit_code"] == 0
    assert {version_of(content) for content in outputs(root).values()} == {14}
    assert len(outputs(root)) == 2 * len(NAMES)
    assert not list((root / "output").rglob("*.part"))
    again = press_json(root, "build")
    assert {target["state"] for target in again["targets"]} == {"unchanged"}


def test_what_a_killed_build_wrote_without_telling_is_found_out(root: Path) -> None:
    """The output is new, the manifest old, and the source is put back to what the manifest knows."""
    press(root, "build")
    source = root / "source/leaflets/alpha/en-GB.md"
    text, manifest = source.read_bytes(), (root / "output/manifest.json").read_bytes()
    good = outputs(root)
    add_leaflet(root, "alpha", summary="version 1.")
    press(root, "build")
    (root / "output/manifest.json").write_bytes(manifest)
    source.write_bytes(text)
    press(root, "build")
    assert outputs(root) == good


def wait_for(path: Path, words: str) -> None:
    for _ in range(400):
        if path.exists() and words in path.read_text():
            return
        time.sleep(0.02)
    raise AssertionError(f"{words} never came")


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_build_says_so_and_leaves_whole_files(root: Path, tmp_path: Path, sign: signal.Signals) -> None:
    add_leaflet(root, "zeta", summary="Now hang.")
    house = root / "source/press.yaml"
    house.write_text(house.read_text("utf-8").replace("seconds: 1.5", "seconds: 60"), "utf-8")
    running = start(root, "build", "-j", "2")
    wait_for_files(root, 8)
    time.sleep(0.3)
    os.killpg(running.pid, sign)  # as a terminal does: the press and all its workers get it
    out, err = running.communicate(timeout=10)
    assert running.returncode == 130
    assert "interrupted: " in out
    assert "Traceback" not in err
    assert not list((root / "output").rglob("*.part"))
    done = json.loads(press(root, "build", "--dry-run", "--report", "json").stdout)
    left = {target["leaflet"] for target in done["targets"] if target["state"] == "planned"}
    assert left == {"zeta"}, "what was made before the interruption is in the manifest"


def wait_for_files(root: Path, count: int) -> None:
    for _ in range(400):
        if len(list((root / "output").rglob("*.en-GB.*"))) >= count:
            return
        time.sleep(0.02)
    raise AssertionError("the files never came")


def test_ctrl_c_at_any_moment_ends_quietly(root: Path) -> None:
    """While the project is read, workers start, files are written."""
    for turn in range(8):
        running = start(root, "build", "-o", f"out-{turn}")
        wait_for(root / f"out-{turn}/.lock", "")
        time.sleep(0.02 * turn)
        os.killpg(running.pid, signal.SIGINT)
        _, err = running.communicate(timeout=10)
        assert running.returncode in {0, 130}
        assert "Traceback" not in err
        assert not list((root / f"out-{turn}").rglob("*.part"))


@pytest.fixture
def held(root: Path) -> Iterator[None]:
    (root / "output").mkdir()
    with (root / "output/.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@pytest.mark.usefixtures("held")
def test_a_second_build_into_the_same_folder_is_refused(root: Path) -> None:
    done = press(root, "build")
    assert done.returncode == 3
    assert "error[W702]: another build is writing into output" in done.stderr
    assert "hint: " in done.stderr
    assert press(root, "build", "-o", "elsewhere").returncode == 0
    assert press(root, "build", "--dry-run").returncode == 0
    assert press(root, "clean").returncode == 3


def test_two_builds_at_once_both_end_and_the_result_is_right(root: Path) -> None:
    both = [start(root, "build") for _ in range(2)]
    codes = [one.communicate(timeout=30) and one.returncode for one in both]
    assert set(codes) <= {0, 3}
    assert 0 in codes
    assert press(root, "build").returncode == 0
    assert len(outputs(root)) == 2 * len(NAMES)


def test_workers_die_with_a_killed_press(root: Path, tmp_path: Path) -> None:
    house = root / "source/press.yaml"
    house.write_text(house.read_text("utf-8").replace("seconds: 1.5", "seconds: 60"), "utf-8")
    for name in NAMES:
        add_leaflet(root, name, summary="Now hang.")
    log = tmp_path / "log"
    running = start(root, "build", "-t", "plain", FAKE_LOG=str(log))
    wait_for(log, "warm plain")
    time.sleep(0.3)
    running.kill()
    running.wait()
    running.communicate()
    for line in log.read_text().splitlines():
        for _ in range(100):
            try:
                os.kill(int(line.split()[-1]), 0)
            except ProcessLookupError:
                break
            time.sleep(0.02)
        else:
            raise AssertionError("a worker lives on")


def test_parts_of_a_killed_build_are_swept_and_nothing_else(root: Path) -> None:
    folder = root / "output/alpha"
    folder.mkdir(parents=True)
    part, other = folder / ".alpha.en-GB.txt.123.part", folder / ".notes.part"
    part.write_text("half")
    other.write_text("somebody's")
    press(root, "build")
    assert not part.exists()
    assert other.read_text() == "somebody's"
