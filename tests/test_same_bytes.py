"""The same sources give the same bytes: on another day, in another folder, in another time zone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def build(house: Path, *before: str, **environment: str) -> dict[str, bytes]:
    shutil.copytree(ROOT / "source", house / "source")
    for file in (house / "source").rglob("*.md"):
        os.utime(file, (1, 1))
    done = subprocess.run(
        [*before, sys.executable, str(ROOT / "publish.py"), "build"],
        cwd=house,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    files = (file for file in (house / "output").rglob("*") if file.suffix in (".pdf", ".docx", ".epub"))
    return {file.name: file.read_bytes() for file in files}


def test_another_day_another_folder_another_zone(tmp_path: Path) -> None:
    if not shutil.which("faketime"):
        told = "faketime is missing: apt-get install faketime"
        pytest.fail(told, pytrace=False) if os.environ.get("CI") == "true" else pytest.skip(told)
    here, there = tmp_path / "here", tmp_path / "a longer name" / "there"
    here.mkdir()
    there.mkdir(parents=True)
    first = build(here, TZ="Pacific/Auckland", PYTHONHASHSEED="1")
    second = build(there, "faketime", "2031-05-06 07:08:09", TZ="America/Lima", PYTHONHASHSEED="2", LANG="C")
    assert len(first) == 6
    assert sorted(first) == sorted(second)
    assert [name for name in first if first[name] != second[name]] == []
