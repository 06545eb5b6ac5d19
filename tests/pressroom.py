"""A pressroom for tests: projects on disk, layouts that do as they are told, the command line as users call it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from leafletpress.diagnostics import Diagnostic
from leafletpress.press.report import Report, Result

ROOT = Path(__file__).parent.parent
PLUGIN = Path(__file__).parent / "plugin"

HOUSE = """publisher: Test house
targets: [plain, mild]
limits:
  seconds: 2.5
  memory-mb: 400
"""

LEAFLET = """---
id: {id}
title: About {id}
lang: {lang}
kind: procedure
summary: {summary}
reference: LP-1
version: "1.0"
status: approved
---

## What it is {{#about role=about}}

{words}
"""


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def add_leaflet(
    root: Path, name: str, summary: str = "Short words.", words: str = "Some words.", lang: str = "en-GB"
) -> Path:
    text = LEAFLET.format(id=name, lang=lang, summary=summary, words=words)
    return write(root / "source" / "leaflets" / name / f"{lang}.md", text)


def make_project(root: Path, *names: str, house: str = HOUSE) -> Path:
    write(root / "source" / "press.yaml", house)
    for name in names:
        add_leaflet(root, name)
    return root


def settle(root: Path) -> None:
    """Make every source look as if it had rested for a minute, as sources mostly have when a build begins."""
    for path in (root / "source").rglob("*"):
        status = path.stat()
        os.utime(path, ns=(status.st_atime_ns - 60 * 10**9, status.st_mtime_ns - 60 * 10**9))


@dataclass
class Ear:
    """A listener that remembers."""

    due: int = 0
    results: list[Result] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)
    steps: int = 0

    def begin(self, due: int) -> None:
        self.due = due

    def ended(self, result: Result) -> None:
        self.results.append(result)

    def found(self, finding: Diagnostic) -> None:
        self.findings.append(finding)

    def checked(self) -> None:
        self.steps += 1


def states(report: Report) -> dict[str, str]:
    """State by output, without the folder."""
    return {result.output.split("/", 1)[1].split("/", 1)[-1]: result.state.value for result in report.results}


def reasons(report: Report) -> dict[str, str]:
    return {result.output.rsplit("/", 1)[1]: result.reason for result in report.results if result.reason}


def environment(**more: str) -> Mapping[str, str]:
    path = os.pathsep.join(filter(None, (str(ROOT), str(PLUGIN), os.environ.get("PYTHONPATH", ""))))
    return {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1", **more}


def command(*words: str) -> list[str]:
    return [sys.executable, str(ROOT / "publish.py"), *words]


def press(folder: Path, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Call the command line as a user would."""
    return subprocess.run(
        command(*words), cwd=folder, env=environment(**env), capture_output=True, text=True, timeout=60, check=False
    )


def press_json(folder: Path, *words: str) -> dict[str, Any]:
    done = press(folder, *words, "--report", "json")
    document: dict[str, Any] = json.loads(done.stdout)
    assert document["exit_code"] == done.returncode
    return document
