"""What is built again and what is left alone, for every kind of input."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

import pytest
from pressroom import PLUGIN, Ear, add_leaflet, make_project, reasons, settle, states, write

from leafletpress.diagnostics import LeafletPressError
from leafletpress.press import fingerprint, workers
from leafletpress.press.order import Order
from leafletpress.press.report import Report
from leafletpress.press.run import build

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20"><rect width="{}" height="9"/></svg>'
WORDS = """{{{{clinic.phone}}}} is our number. A [biopsy]{{.term}} is a test.

::: include hello
:::

![A box](images/box.svg)
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.syspath_prepend(str(PLUGIN))
    root = make_project(tmp_path / "house", "two")
    add_leaflet(root, "one", words=WORDS.format())
    write(root / "source/shared/en-GB/hello.md", "Hello to all.\n")
    write(root / "source/leaflets/one/images/box.svg", SVG.format(9))
    write(root / "source/glossary/en-GB.yaml", "biopsy:\n  word: biopsy\n  definition: A small piece is looked at.\n")
    write(root / "source/clinics/riverside.yaml", 'name: Riverside\nphone: "01632 960 001"\n')
    write(root / "source/clinics/hillside.yaml", 'name: Hillside\nphone: "01632 960 002"\n')
    settle(root)
    return root


def run(root: Path, *clinics: str, **more: object) -> Report:
    order = Order(clinics=clinics or ("riverside",), workers=2, **more)  # type: ignore[arg-type] # options by name
    return build(order, root, Ear())


ALL = {"one.en-GB.riverside.txt", "one.en-GB.riverside.mild", "two.en-GB.riverside.txt", "two.en-GB.riverside.mild"}
ONE = {name for name in ALL if name.startswith("one")}


def built(report: Report) -> set[str]:
    assert report.exit_code == 0, report.diagnostics
    return {name for name, state in states(report).items() if state == "built"}


def test_a_first_build_makes_everything_and_a_second_nothing(root: Path) -> None:
    assert built(run(root)) == ALL
    assert built(run(root)) == set()
    assert set(states(run(root)).values()) == {"unchanged"}


def _edit(path: str) -> Callable[[Path], object]:
    return lambda root: (root / path).write_text(
        (root / path).read_text("utf-8").replace("9", "8").replace("small", "tiny"), "utf-8"
    )


def _append(path: str, words: str) -> Callable[[Path], object]:
    return lambda root: (root / path).write_text((root / path).read_text("utf-8") + words, "utf-8")


@pytest.mark.parametrize(
    ("change", "expected", "reason"),
    [
        (_append("source/leaflets/one/en-GB.md", "\nMore.\n"), ONE, "source changed: source/leaflets/one/en-GB.md"),
        (_append("source/shared/en-GB/hello.md", "\nAgain.\n"), ONE, "source changed: source/shared/en-GB/hello.md"),
        (_edit("source/leaflets/one/images/box.svg"), ONE, "source changed: source/leaflets/one/images/box.svg"),
        (_edit("source/glossary/en-GB.yaml"), ONE, "source changed: source/glossary/en-GB.yaml"),
        (_edit("source/clinics/riverside.yaml"), ALL, "source changed: source/clinics/riverside.yaml"),
        (_append("source/press.yaml", "contact: us\n"), ALL, "source changed: source/press.yaml"),
        (
            _append("source/press.yaml", 'theme:\n  colours:\n    accent: "#102030"\n'),
            ALL,
            "source changed: source/press.yaml",
        ),
        (lambda root: write(root / "source/clinics/other.yaml", "name: Other\n"), set(), ""),
        (lambda root: write(root / "source/shared/en-GB/unused.md", "Nobody asks.\n"), set(), ""),
        (lambda root: os.utime(root / "source/leaflets/one/en-GB.md"), set(), ""),
    ],
    ids=["leaflet", "include", "picture", "glossary", "clinic", "house", "theme", "other clinic", "unused", "touched"],
)
def test_a_changed_input_rebuilds_what_was_made_from_it(
    root: Path, change: Callable[[Path], object], expected: set[str], reason: str
) -> None:
    run(root)
    change(root)
    report = run(root)
    assert built(report) == expected
    assert all(told == reason for told in reasons(report).values())
    assert built(run(root)) == set()


def test_another_clinic_is_another_output(root: Path) -> None:
    run(root)
    assert {name.split(".")[2] for name in built(run(root, "hillside"))} == {"hillside"}
    assert built(run(root)) == set(), "the first clinic's are still good"
    one, other = (
        (root / f"output/one/one.en-GB.{clinic}.txt").read_text("utf-8") for clinic in ("riverside", "hillside")
    )
    assert "960 001" in one
    assert "960 002" in other


def test_a_file_that_comes_is_a_change_where_it_was_looked_for(root: Path) -> None:
    """A shared paragraph that was found under the shorter tag, until one for the region is written."""
    (root / "source/shared/en-GB/hello.md").unlink()
    write(root / "source/shared/en/hello.md", "Hello from afar.\n")
    report = run(root)
    if report.exit_code:
        pytest.skip("shared paragraphs have no shorter tag to fall back to")
    write(root / "source/shared/en-GB/hello.md", "Hello nearby.\n")
    assert built(run(root)) == ONE


@pytest.mark.parametrize("how", ["missing", "edited", "same size", "folder"])
def test_an_output_that_is_not_ours_any_more_is_made_again(root: Path, how: str) -> None:
    run(root)
    path = root / "output/two/two.en-GB.riverside.txt"
    good = path.read_bytes()
    if how == "edited":
        path.write_bytes(good + b"by hand")
    elif how == "same size":
        path.write_bytes(good.replace(b"Some", b"Same"))
    else:
        path.unlink()
        if how == "folder":
            path.mkdir()
    report = run(root)
    if how == "folder":
        assert report.exit_code == 3
        assert [one.code for one in report.diagnostics] == ["W701"]
        path.rmdir()
        report = run(root)
    assert built(report) == {path.name}
    assert path.read_bytes() == good


def test_a_copied_output_folder_is_still_good(root: Path, tmp_path: Path) -> None:
    """Times differ after a copy; the bytes do not."""
    run(root)
    shutil.copytree(root, tmp_path / "copy")
    assert built(run(tmp_path / "copy")) == set()
    assert built(run(tmp_path / "copy")) == set()


@pytest.mark.parametrize("which", ["core", "layout", "versions"])
def test_new_code_or_libraries_rebuild(root: Path, monkeypatch: pytest.MonkeyPatch, which: str) -> None:
    run(root)
    if which == "core":
        monkeypatch.setattr(fingerprint.Fingerprints, "core", lambda _self: "another")
    elif which == "layout":
        real = fingerprint.Fingerprints._find
        monkeypatch.setattr(
            fingerprint.Fingerprints,
            "_find",
            lambda self, name, *rest: "another" if name == "plain" else real(self, name, *rest),
        )
    else:
        monkeypatch.setattr(fingerprint, "_version", lambda name: "9.9" if name == "fake-layouts" else "1.0")
    report = run(root)
    expected = {name for name in ALL if name.endswith("txt")} if which == "layout" else ALL
    assert built(report) == expected
    told = "library versions changed" if which == "versions" else "the press's code changed"
    assert set(reasons(report).values()) == {told}


def test_the_fingerprint_of_code_follows_its_content(tmp_path: Path) -> None:
    """Each file counts, by name and by bytes; where the code lies and when it was written do not."""

    def of(folder: Path) -> str:
        return fingerprint.Fingerprints({})._of("x", (folder,), frozenset())

    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        write(folder / "a.py", "a")
        write(folder / "styles/b.css", "b")
    first = of(one)
    assert of(other) == first
    write(other / "styles/b.css", "c")
    assert of(other) != first
    (one / "a.py").rename(one / "z.py")
    assert of(one) != first


def test_force_builds_everything(root: Path) -> None:
    run(root)
    assert built(run(root, force=True)) == ALL


def test_what_failed_is_tried_again_even_if_nothing_changed(root: Path) -> None:
    run(root)
    add_leaflet(root, "two", summary="This will refuse.")
    assert run(root).exit_code == 4
    assert states(run(root))["two.en-GB.riverside.txt"] == "failed"


def test_warnings_are_told_again_by_a_build_that_changes_nothing(root: Path) -> None:
    text = (root / "source/leaflets/two/en-GB.md").read_text("utf-8")
    (root / "source/leaflets/two/en-GB.md").write_text(text.replace("About two", "About two " + "long " * 20), "utf-8")
    first = run(root)
    assert [one.code for one in first.diagnostics] == ["A209"]
    second = run(root)
    assert second.diagnostics == first.diagnostics
    assert built(second) == set()
    strict = run(root, strict=True)
    assert strict.exit_code == 1
    assert states(strict)["two.en-GB.riverside.txt"] == "failed"


def test_strict_keeps_a_leaflet_with_warnings_back(root: Path) -> None:
    text = (root / "source/leaflets/two/en-GB.md").read_text("utf-8")
    (root / "source/leaflets/two/en-GB.md").write_text(text.replace("About two", "About two " + "long " * 20), "utf-8")
    report = run(root, strict=True)
    assert report.exit_code == 1
    assert not (root / "output/two").exists()
    assert (root / "output/one").exists()


def test_an_edit_while_it_is_built_is_not_missed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The source changes between being read and being stamped: the next build must not take the output for good."""
    from leafletpress import edition

    real = edition.resolve

    def resolve(*arguments: object, **options: object) -> object:
        resolution = real(*arguments, **options)  # type: ignore[arg-type] # handed on
        add_leaflet(root, "two", words="Late news.")
        return resolution

    monkeypatch.setattr(workers, "_context", lambda: get_context("fork"))  # so that workers inherit what changes here
    monkeypatch.setattr(edition, "resolve", resolve)
    run(root)
    monkeypatch.setattr(edition, "resolve", real)
    assert "two.en-GB.riverside.txt" in built(run(root))
    assert "Late news." in (root / "output/two/two.en-GB.riverside.txt").read_text("utf-8")


def test_stale_outputs_are_noted(root: Path) -> None:
    run(root)
    shutil.rmtree(root / "source/leaflets/two")
    report = run(root)
    assert [note.split(" ")[0].rsplit("/", 1)[1] for note in report.notes] == sorted(ALL - ONE)[::-1][::-1]
    assert (root / "output/two/two.en-GB.riverside.txt").exists()


def test_a_corrupt_manifest_is_noted_and_everything_built(root: Path) -> None:
    run(root)
    (root / "output/manifest.json").write_bytes(b"\0garbage")
    report = run(root)
    assert built(report) == ALL
    assert any("ignored" in note for note in report.notes)


def test_a_dry_run_tells_and_touches_nothing(root: Path) -> None:
    report = run(root, dry_run=True)
    assert set(states(report).values()) == {"planned"}
    assert set(reasons(report).values()) == {"new"}
    assert not (root / "output").exists()


def test_the_same_source_gives_the_same_bytes_with_any_number_of_workers(root: Path) -> None:
    build(Order(workers=1, output=root / "a"), root, Ear())
    build(Order(workers=4, output=root / "b"), root, Ear())
    for path in (root / "a").rglob("*.txt"):
        assert path.read_bytes() == (root / "b" / path.relative_to(root / "a")).read_bytes()


@pytest.mark.parametrize(
    ("order", "code"),
    [
        (Order(leaflets=("onne",)), "P403"),
        (Order(lang="fr"), "P403"),
        (Order(targets=("pfd",)), "P404"),
        (Order(targets=("plain:larg",)), "P404"),
        (Order(targets=("pdf:large",)), "P404"),
        (Order(clinics=("riversid",)), "E307"),
        (Order(clinics=("../../x",)), "E307"),
    ],
)
def test_what_does_not_exist_is_refused_with_the_nearest(root: Path, order: Order, code: str) -> None:
    with pytest.raises(LeafletPressError) as caught:
        build(order, root, Ear())
    assert (caught.value.diagnostic.code, caught.value.exit_code) == (code, 2)
    assert caught.value.diagnostic.hint


def test_leaflets_are_chosen_by_id_or_by_path(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    for words in ("one", "source/leaflets/one", "source/leaflets/one/en-GB.md", str(root / "source/leaflets/one/")):
        report = build(Order(leaflets=(words,), dry_run=True), root, Ear())
        assert {result.target.leaflet for result in report.results} == {"one"}


def test_variants_have_their_own_files(root: Path) -> None:
    report = build(Order(targets=("plain", "plain:large", "plain"), leaflets=("two",)), root, Ear())
    assert set(states(report)) == {"two.en-GB.txt", "two.en-GB.large.txt"}
    assert (root / "output/two/two.en-GB.large.txt").read_text("utf-8").startswith("plain large ")


def test_the_theme_of_the_house_reaches_the_layout(root: Path) -> None:
    path = root / "source/press.yaml"
    path.write_text(path.read_text("utf-8") + 'theme:\n  colours:\n    accent: "#102030"\n', "utf-8")
    build(Order(leaflets=("two",)), root, Ear())
    assert (root / "output/two/two.en-GB.txt").read_text("utf-8").startswith("plain  #102030")
