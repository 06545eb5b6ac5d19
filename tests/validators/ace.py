"""Ace by DAISY: the accessibility of an EPUB (WCAG by axe-core in Chromium, and the EPUB's own metadata).

`findings(paths)`; about two seconds a book. Looked for in .tools/node_modules of the checkout, or in the folder that
LEAFLETPRESS_NODE_MODULES names; CHROMIUM names the browser where it is not called chromium.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from validators.running import TOOLS, NotJudgedError, missing, run


def _command() -> Path:
    folder = Path(os.environ.get("LEAFLETPRESS_NODE_MODULES") or TOOLS / "node_modules")
    return folder / "@daisy" / "ace-cli" / "bin" / "ace.js"


def _chromium() -> str | None:
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    return next((found for found in map(shutil.which, filter(None, names)) if found), None)


def available() -> str:
    """Empty, or what is missing."""
    if reason := missing("node"):
        return reason
    if not _chromium():
        return "chromium not found on the PATH"
    return "" if _command().is_file() else f"@daisy/ace-cli is not in {_command().parents[3]} (npm install it there)"


def findings(paths: Sequence[Path]) -> list[str]:
    """Violations, one line each: file, document, impact, rule, what is wrong."""
    return [line for path in paths for line in _judge(path)]


def _judge(path: Path) -> list[str]:
    browser = {"PUPPETEER_EXECUTABLE_PATH": str(_chromium())}
    with tempfile.TemporaryDirectory() as folder:
        # Ace keeps a log and a configuration in the home folder; a private one lets runs stand beside each other.
        home = {"HOME": folder, "XDG_CONFIG_HOME": folder}
        out = Path(folder) / "report"
        done = run(
            ["node", _command(), "--force", "--silent", "--outdir", out, path], seconds=120, environment=browser | home
        )
        report = out / "report.json"
        if not report.is_file():
            raise NotJudgedError(f"Ace made no report on {path.name}: {done.stdout}\n{done.stderr}")
        result = json.loads(report.read_text(encoding="utf-8"))
    documents = result["assertions"]
    if not any(document["earl:testSubject"]["url"].endswith("html") for document in documents):
        raise NotJudgedError(f"Ace looked at no document of {path.name}")
    return [
        f"{path.name}: {document['earl:testSubject']['url']}: {_line(assertion)}"
        for document in documents
        for assertion in document["assertions"]
    ]


def _line(assertion: dict[str, object]) -> str:
    test, verdict = assertion["earl:test"], assertion["earl:result"]
    assert isinstance(test, dict)
    assert isinstance(verdict, dict)
    return f"{test['earl:impact']} {test['dct:title']} {' '.join(str(verdict['dct:description']).split())}"
