"""A wheel built from the checkout works in a clean virtual environment, from an empty folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def run(*words: str | Path, folder: Path) -> str:
    """What the command prints; its own environment, so that nothing of the checkout is found by accident."""
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(
        [str(word) for word in words], cwd=folder, env=environment, capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, folder=folder)
    (file,) = folder.glob("*.whl")
    return file


def test_the_wheel_carries_the_layouts_inside_its_one_package(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names if "dist-info" not in name} == {"leafletpress"}
    for layout in ("pdf/templates/sheet.css.j2", "docx/__init__.py", "epub/templates/style.css", "shared/html.py"):
        assert f"leafletpress/layouts/{layout}" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_a_newcomer_installs_it_and_builds_a_leaflet(wheel: Path, tmp_path: Path) -> None:
    home, empty = tmp_path / "venv", tmp_path / "empty"
    empty.mkdir()
    venv.create(home, with_pip=True)
    command = home / "bin" / "leafletpress"
    run(home / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel, folder=empty)
    run(command, "new", "my-leaflet", folder=empty)
    report = json.loads(run(command, "build", "--strict", "--report", "json", folder=empty))
    assert {target["state"] for target in report["targets"]} == {"built"}
    assert sorted(path.name for path in (empty / "output" / "my-leaflet").iterdir()) == [
        "my-leaflet.en-GB.docx",
        "my-leaflet.en-GB.epub",
        "my-leaflet.en-GB.pdf",
    ]
