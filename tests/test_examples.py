"""Every diagnostic code has an example that gives it and one that does not; see tests/examples/README.md."""

from __future__ import annotations

import difflib
import re
import runpy
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from stage import Stage

from leafletpress.diagnostics import CATALOGUE, Diagnostic, Severity
from leafletpress.edition import resolve
from leafletpress.project import open_project

EXAMPLES = Path(__file__).parent / "examples"
HOUSE = EXAMPLES / "house"
ABOUT = ("command.txt", "expected.txt", "also.txt", "make.py", "__pycache__")
"""Files that say how an example is run; they are not laid over the house."""

CODE = re.compile(r"(?:error|warning)\[([A-Z]\d{3})\]: ")

FAILING = [folder for code in CATALOGUE for folder in sorted((EXAMPLES / code).glob("fail*"))]
PASSING = [folder for code in CATALOGUE for folder in sorted((EXAMPLES / code).glob("pass*"))]

TOLD_ELSEWHERE = {
    "G221/fail": "told where the block begins: where it should have ended nobody knows",
    "M101/fail-end": "told where the front matter begins: where it should have ended nobody knows",
    "M104/fail": "told where the front matter begins: the line that is missing has no number",
    "A208/fail": "told at the heading that nothing stands under",
    "A210/fail": "told at the third warning: which of them has to go is the writer's choice",
    "E303/fail-empty": "told where the value is wanted; the front matter lacks it",
    "E304/fail-far": "told where the word is used; the glossary lacks it",
    "E312/fail": "told where the picture is shown; the picture has to change",
    "E313/fail": "told where the picture is shown; the picture has to change",
    "E313/fail-script": "told where the picture is shown; the picture has to change",
    "E314/fail": "told where the language is named; the labels are in a file of their own",
    "P402/fail-glossary": "the key that is missing is told where its entry begins",
}
"""Where the line of the finding is not the line that has to change, and why."""


def label(folder: Path) -> str:
    return f"{folder.parent.name}/{folder.name}"


def also(folder: Path) -> set[str]:
    """Other codes that the example gives by its nature: `also.txt` holds one a line, with the reason."""
    file = folder / "also.txt"
    return {line.split()[0] for line in file.read_text("utf-8").splitlines()} if file.exists() else set()


def marked(folder: Path) -> bool:
    """Whether the lines in which a failing and its passing example differ show where the finding has to be."""
    return label(folder) not in TOLD_ELSEWHERE and not any((folder / name).exists() for name in ABOUT[::3])


@dataclass(frozen=True)
class Outcome:
    """What an example came to: the findings as they are printed, their codes, and whether anything was refused."""

    told: str
    codes: tuple[str, ...]
    refused: bool
    findings: tuple[Diagnostic, ...] = ()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Where the house of an example is laid out."""
    return tmp_path.resolve() / "house"


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    stage = Stage()
    yield stage
    stage.close()


def run(folder: Path, root: Path, stage: Stage) -> Outcome:
    """Lay the example over the house; give its command line, or resolve every leaflet as `check` does."""
    shutil.copytree(HOUSE, root)
    shutil.copytree(folder, root, ignore=shutil.ignore_patterns(*ABOUT), dirs_exist_ok=True)
    maker, command = folder / "make.py", folder / "command.txt"
    if command.exists():
        code, told = stage.play(shlex.split(command.read_text("utf-8")), root, maker if maker.exists() else None)
        return Outcome(told.replace(str(root), "<folder>"), tuple(CODE.findall(told)), code != 0)
    if maker.exists():
        runpy.run_path(str(maker))["make"](root)
    project = open_project(root)
    found = [finding for file in project.leaflet_files for finding in resolve(project, file).diagnostics]
    told = "".join(f"{finding}\n" for finding in found)
    return Outcome(told, tuple(one.code for one in found), any(one.is_error for one in found), tuple(found))


def differing(folder: Path, name: str) -> set[int]:
    """The lines of the file `name` in a failing example that its passing one has otherwise, or lacks, or adds after."""
    passing = folder.with_name(folder.name.replace("fail", "pass", 1))
    texts = [
        next((place / name).read_text("utf-8") for place in (given, HOUSE) if (place / name).exists())
        for given in (folder, passing)
    ]
    matcher = difflib.SequenceMatcher(None, *(text.splitlines() for text in texts), autojunk=False)
    lines: set[int] = set()
    for kind, start, end, _, _ in matcher.get_opcodes():
        if kind != "equal":
            lines.update(range(start + 1, end + 1) if end > start else (start, start + 1))
    return lines


def test_every_code_has_its_examples_and_every_folder_its_code() -> None:
    folders = {folder.name for folder in EXAMPLES.iterdir() if folder.is_dir()} - {HOUSE.name}
    assert folders == set(CATALOGUE)
    for code in CATALOGUE:
        assert list((EXAMPLES / code).glob("fail*")), f"{code} has no failing example"
        assert list((EXAMPLES / code).glob("pass*")), f"{code} has no passing example"


def test_the_house_itself_is_without_fault() -> None:
    project = open_project(HOUSE)
    assert [resolve(project, file).diagnostics for file in project.leaflet_files] == [()]


@pytest.mark.parametrize("folder", FAILING, ids=label)
def test_a_failing_example_gives_its_code(
    folder: Path, root: Path, stage: Stage, request: pytest.FixtureRequest
) -> None:
    outcome = run(folder, root, stage)
    code = folder.parent.name
    assert code in outcome.codes, outcome.told
    assert set(outcome.codes) == {code, *also(folder)}, outcome.told
    assert outcome.refused is (CATALOGUE[code].severity is Severity.ERROR)
    assert outcome.told.count("\n  hint: ") == len(outcome.codes), f"each finding says how to mend it:\n{outcome.told}"
    expected = folder / "expected.txt"
    if request.config.getoption("--accept"):
        expected.write_text(outcome.told, "utf-8")
    assert expected.exists(), "run pytest with --accept, and read what it writes"
    assert outcome.told == expected.read_text("utf-8")


@pytest.mark.parametrize("folder", [folder for folder in FAILING if marked(folder)], ids=label)
def test_a_finding_names_the_line_that_has_to_change(folder: Path, root: Path, stage: Stage) -> None:
    findings = [one for one in run(folder, root, stage).findings if one.code == folder.parent.name]
    for finding in findings:
        assert finding.span.line in differing(folder, finding.span.path), str(finding)


@pytest.mark.parametrize("folder", PASSING, ids=label)
def test_a_passing_example_gives_no_finding(folder: Path, root: Path, stage: Stage) -> None:
    outcome = run(folder, root, stage)
    assert outcome.codes == (), outcome.told
    assert not outcome.refused
