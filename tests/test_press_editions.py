"""Editions: which there are, what is rebuilt when one of their sources changes, review dates and withdrawn leaflets."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from pressroom import PLUGIN, Ear, add_leaflet, make_project, press, press_json, reasons, settle, states, write

from leafletpress.diagnostics import LeafletPressError
from leafletpress.press import order as order_module
from leafletpress.press.order import Order, Target, collision, jobs
from leafletpress.press.report import Report
from leafletpress.press.run import build, check
from leafletpress.press.stamps import Digests
from leafletpress.press.stock import open_stock

HOUSE = """publisher: Test house
region: GB
targets: [plain, mild]
readers:
  women:
    sex: female
  men:
    sex: male
"""
CLINICS = ("hillside", "riverside", "springfield")
INCLUDES = "::: include {}\n:::"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three leaflets: `one` uses both shared texts and the glossary, `two` one of them, `three` nothing."""
    monkeypatch.syspath_prepend(str(PLUGIN))
    root = make_project(tmp_path / "house", house=HOUSE)
    glossary = "A [biopsy]{.term} is taken. Ring {{clinic.phone}}."
    add_leaflet(root, "one", words="\n\n".join([glossary, INCLUDES.format("vaccines"), INCLUDES.format("contacts")]))
    add_leaflet(root, "two", words=INCLUDES.format("contacts"))
    add_leaflet(root, "three")
    write(root / "source/shared/en-GB/vaccines.md", "Have your vaccinations.\n")
    write(root / "source/shared/en-GB/contacts.md", "Ring us at {{clinic.name|your clinic}}.\n")
    write(root / "source/glossary/en-GB.yaml", "biopsy:\n  word: biopsy\n  definition: A small piece is looked at.\n")
    for number, clinic in enumerate(CLINICS):
        write(root / f"source/clinics/{clinic}.yaml", f'name: {clinic.title()}\nphone: "01632 960 00{number}"\n')
    settle(root)
    return root


def run(root: Path, **more: object) -> Report:
    return build(Order(workers=2, **more), root, Ear())  # type: ignore[arg-type] # options by name


def every(root: Path, **more: object) -> Report:
    return run(root, all_clinics=True, **more)


def built(report: Report) -> set[tuple[str, str]]:
    """Leaflet and clinic of what was built, in all its formats."""
    assert report.exit_code == 0, report.diagnostics
    made = [result.target for result in report.results if result.state.value == "built"]
    editions = {(target.leaflet, target.clinic or "") for target in made}
    assert len(made) == 2 * len(editions), "an edition is made in every format"
    return editions


def of(*leaflets: str, clinics: tuple[str, ...] = CLINICS) -> set[tuple[str, str]]:
    return {(leaflet, clinic) for leaflet in leaflets for clinic in clinics}


ALL = of("one", "two", "three")


def test_an_edition_for_each_clinic_and_none_without(root: Path) -> None:
    assert built(every(root)) == ALL
    assert built(every(root)) == set()
    assert not list((root / "output").rglob("*.en-GB.txt")), "the edition for no clinic comes without --all-clinics"
    assert built(run(root)) == of("one", "two", "three", clinics=("",))
    assert built(run(root, clinics=("riverside", "hillside", "riverside"))) == set()


def _append(path: str, words: str) -> Callable[[Path], object]:
    return lambda root: (root / path).write_text((root / path).read_text("utf-8") + words, "utf-8")


@pytest.mark.parametrize(
    ("change", "expected", "path"),
    [
        (_append("source/shared/en-GB/vaccines.md", "\nAll of them.\n"), of("one"), "shared/en-GB/vaccines.md"),
        (_append("source/shared/en-GB/contacts.md", "\nAny time.\n"), of("one", "two"), "shared/en-GB/contacts.md"),
        (_append("source/glossary/en-GB.yaml", "  medical: bioptic\n"), of("one"), "glossary/en-GB.yaml"),
        (
            _append("source/clinics/riverside.yaml", "hours: always\n"),
            of("one", "two", "three", clinics=("riverside",)),
            "clinics/riverside.yaml",
        ),
        (_append("source/leaflets/two/en-GB.md", "\nMore.\n"), of("two"), "leaflets/two/en-GB.md"),
        (_append("source/press.yaml", "contact: the desk\n"), ALL, "press.yaml"),
        (lambda root: write(root / "source/shared/en-GB/other.md", "Nobody asks.\n"), set(), ""),
        (
            lambda root: write(root / "source/clinics/newtown.yaml", 'name: Newtown\nphone: "01632 960 009"\n'),
            {("one", "newtown"), ("two", "newtown"), ("three", "newtown")},
            None,
        ),
    ],
    ids=["shared", "shared by two", "glossary", "clinic", "leaflet", "house", "unused", "new clinic"],
)
def test_a_change_rebuilds_exactly_the_editions_that_use_it(
    root: Path, change: Callable[[Path], object], expected: set[tuple[str, str]], path: str | None
) -> None:
    every(root)
    before = {file: file.read_bytes() for file in (root / "output").rglob("*.en-GB.*")}
    change(root)
    planned = every(root, dry_run=True)
    assert {(one.target.leaflet, one.target.clinic) for one in planned.results if one.state == "planned"} == expected
    report = every(root)
    assert built(report) == expected
    told = set(reasons(report).values())
    assert told == ({"new"} if path is None else {f"source changed: source/{path}"} if path else set())
    for file, content in before.items():
        leaflet, clinic = file.parent.name, file.name.split(".")[2]
        if (leaflet, clinic) not in expected:
            assert file.read_bytes() == content
    assert built(every(root)) == set()


def test_readers_have_editions_of_their_own(root: Path) -> None:
    words = 'You may be pregnant. {only="sex=female"}\n\nYou are not pregnant. {only="sex=male"}\n\nHello.'
    add_leaflet(root, "three", words=words)
    report = run(root, leaflets=("three",), readers=("women", "men"), clinics=("riverside",), targets=("plain",))
    assert states(report) == {
        "three.en-GB.riverside.for-women.txt": "built",
        "three.en-GB.riverside.for-men.txt": "built",
    }
    women, men = (
        (root / f"output/three/three.en-GB.riverside.for-{name}.txt").read_text("utf-8") for name in ("women", "men")
    )
    assert "may be" in women
    assert "may be" not in men
    assert "are not" in men
    assert {result.target.readers for result in report.results} == {"women", "men"}


def test_a_condition_on_the_format_reaches_the_format_alone(root: Path) -> None:
    add_leaflet(root, "three", words='Turn the page. {except="format=mild"}\n\nHello.')
    for workers in (1, 4):  # in one worker, and with an edition that travels
        report = run(root, leaflets=("three",), force=True)
        assert report.exit_code == 0, report.diagnostics
        build(Order(leaflets=("three",), workers=workers, force=True), root, Ear())
        assert "Turn the page" in (root / "output/three/three.en-GB.txt").read_text("utf-8")
        assert "Turn the page" not in (root / "output/three/three.en-GB.mild").read_text("utf-8")


def test_a_clinics_colours_reach_the_layout_whoever_makes_it(root: Path) -> None:
    write(root / "source/clinics/hillside.yaml", 'name: Hillside\ncolours:\n  accent: "#102030"\n')
    for workers in (1, 4):
        order = Order(leaflets=("three",), clinics=("hillside", "riverside"), workers=workers, force=True)
        assert build(order, root, Ear()).exit_code == 0
        for suffix in ("txt", "mild"):
            one, other = (
                (root / f"output/three/three.en-GB.{clinic}.{suffix}").read_text("utf-8").splitlines()[0]
                for clinic in ("hillside", "riverside")
            )
            assert "#102030" in one
            assert "#102030" not in other


@pytest.mark.parametrize(
    ("order", "code", "words"),
    [
        (Order(clinics=("riversid",)), "E307", "did you mean 'riverside'?"),
        (Order(clinics=("riverside", "../../x")), "E307", "one of: hillside"),
        (Order(readers=("womn",)), "P404", "did you mean 'women'?"),
    ],
)
def test_what_does_not_exist_is_refused_with_the_nearest(root: Path, order: Order, code: str, words: str) -> None:
    for verb in (build, check):
        with pytest.raises(LeafletPressError) as caught:
            verb(order, root, Ear())
        assert (caught.value.diagnostic.code, caught.value.exit_code) == (code, 2)
        assert words in caught.value.diagnostic.hint


def test_all_clinics_of_a_house_without_any_is_told(tmp_path: Path) -> None:
    root = make_project(tmp_path / "house", "alpha", house="publisher: Test house\n")
    with pytest.raises(LeafletPressError) as caught:
        build(Order(all_clinics=True), root, Ear())
    assert caught.value.diagnostic.code == "E307"


def test_no_two_targets_of_an_order_have_one_file(root: Path) -> None:
    """Two clinics that share a file's name cannot be: only clinic, readers and variant could be taken for another."""
    one, other = (Target("a", "en-GB", clinic, None, "plain", "", "a/a.txt") for clinic in ("x", None))
    assert collision(one, other).code == "P408"
    stock = open_stock(root)
    outputs = [t.output for job in jobs(stock, Order(all_clinics=True, readers=("women",))) for t in job.targets]
    assert len(outputs) == len(set(outputs)) == 18


def test_two_formats_with_one_suffix_are_not_built_together(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = order_module.find
    monkeypatch.setattr(order_module, "find", lambda name: replace(real(name), suffix="txt"))
    with pytest.raises(LeafletPressError) as caught:
        run(root)
    assert (caught.value.diagnostic.code, caught.value.exit_code) == ("P408", 2)
    assert "'plain' and 'mild' would both be written as one/one.en-GB.txt" in caught.value.diagnostic.message


def test_an_input_is_looked_at_once_however_many_editions_use_it(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    every(root)
    met: list[str] = []
    real = Digests._find
    monkeypatch.setattr(Digests, "_find", lambda self, path: (met.append(path), real(self, path))[1])
    assert built(every(root)) == set()
    assert len(met) == len(set(met))
    assert "source/shared/en-GB/contacts.md" in met


def test_a_file_that_another_edition_wrote_is_not_taken_for_this_one(root: Path) -> None:
    write(root / "source/clinics/large.yaml", "name: The large clinic\n")
    run(root, leaflets=("three",), clinics=("large",), targets=("plain",))
    report = run(root, leaflets=("three",), targets=("plain:large",))
    assert reasons(report) == {"three.en-GB.large.txt": "the file is plain for another edition"}
    assert (root / "output/three/three.en-GB.large.txt").read_text("utf-8").startswith("plain large")


def test_the_command_line_takes_lists_of_clinics_and_readers(root: Path) -> None:
    words = ("--clinic", "riverside,hillside", "--clinic", "springfield", "--readers", "women, men", "-t", "plain")
    document = press_json(root, "build", "three", *words)
    told = {(one["clinic"], one["readers"]) for one in document["targets"]}
    assert told == {(clinic, readers) for clinic in CLINICS for readers in ("women", "men")}
    assert {one["state"] for one in document["targets"]} == {"built"}
    assert press(root, "check", "--all-clinics").stdout.strip() == "3 leaflets checked: 0 errors, 0 warnings"
    for verb in ("build", "check"):
        assert "exclude each other" in press(root, verb, "--all-clinics", "--clinic", "riverside").stderr
        assert "did you mean 'riverside'?" in press(root, verb, "--clinic", "riversid").stderr
        assert "needs a clinic" in press(root, verb, "--clinic", ",").stderr


# --- review dates


BEFORE, ON, AFTER = date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 2)


def due_for_review(root: Path, name: str = "two") -> None:
    path = root / f"source/leaflets/{name}/en-GB.md"
    text = path.read_text("utf-8").replace("status: approved", f"status: approved\nreview-by: {ON}")
    path.write_text(text, "utf-8")
    settle(root)


def codes(report: Report) -> set[str]:
    return {one.code for one in report.diagnostics}


def test_an_edition_is_made_again_when_its_review_date_passes_and_only_then(root: Path) -> None:
    due_for_review(root)
    assert built(every(root, today=BEFORE)) == ALL
    for day in (BEFORE, ON):
        quiet = every(root, today=day)
        assert (built(quiet), codes(quiet)) == (set(), set())
    passed = every(root, today=AFTER)
    assert built(passed) == of("two")
    assert set(reasons(passed).values()) == {"its review date has passed"}
    assert codes(passed) == {"E320"}
    text = (root / "output/two/two.en-GB.riverside.txt").read_text("utf-8")
    assert "1 March 2026" in text
    later = every(root, today=AFTER + timedelta(days=400))
    assert built(later) == set()
    assert codes(later) == {"E320"}, "it is told on every build, also where nothing is made"
    assert built(every(root)) == of("two"), "who looks at no date prints no notice"


def test_a_reviewed_leaflet_loses_its_notice(root: Path) -> None:
    due_for_review(root)
    every(root, today=AFTER)
    path = root / "source/leaflets/two/en-GB.md"
    path.write_text(path.read_text("utf-8").replace(str(ON), "2030-01-01"), "utf-8")
    report = every(root, today=AFTER)
    assert (built(report), codes(report)) == (of("two"), set())
    assert "1 March 2026" not in (root / "output/two/two.en-GB.riverside.txt").read_text("utf-8")


def test_a_house_may_refuse_what_is_overdue_and_its_files_can_be_cleared_away(root: Path) -> None:
    house = root / "source/press.yaml"
    house.write_text(house.read_text("utf-8") + "review:\n  overdue: refuse\n", "utf-8")
    due_for_review(root)
    every(root, today=BEFORE)
    for _ in range(2):
        report = every(root, today=AFTER)
        assert (report.exit_code, codes(report)) == (1, {"E319"})
        assert {name.split(".")[0] for name, state in states(report).items() if state == "failed"} == {"two"}
        assert [note for note in report.notes if "two" in note and "'clean --stale' deletes" in note]
    done = press(root, "clean", "--stale")
    assert len(done.stdout.splitlines()) == 6
    assert not (root / "output/two").exists()
    assert (root / "output/one").exists()
    assert not every(root, today=AFTER).notes


# --- withdrawn


def withdraw(root: Path, name: str = "two", status: str = "withdrawn") -> None:
    path = root / f"source/leaflets/{name}/en-GB.md"
    path.write_text(path.read_text("utf-8").replace("status: approved", f"status: {status}"), "utf-8")
    settle(root)


@pytest.mark.parametrize("status", ["withdrawn", '"withdrawn"', "withdrawn  # for good"])
def test_a_withdrawn_leaflet_is_left_out_of_a_build_of_everything(root: Path, status: str) -> None:
    every(root)
    withdraw(root, status=status)
    for _ in range(2):
        report = every(root)
        assert (report.exit_code, report.diagnostics) == (0, ())
        assert "two en-GB is withdrawn: not built" in report.notes
        assert any(note.startswith("6 files of two en-GB, which is withdrawn") for note in report.notes)
        assert {name.split(".")[0] for name, state in states(report).items() if state == "withdrawn"} == {"two"}
        assert built(report) == set()
    assert set(states(every(root, dry_run=True)).values()) == {"unchanged", "withdrawn"}
    assert check(Order(all_clinics=True), root, Ear()).exit_code == 0
    done = press(root, "clean", "--stale")
    assert len(done.stdout.splitlines()) == 6
    assert not (root / "output/two").exists()
    assert every(root).notes == ("two en-GB is withdrawn: not built",)


def test_a_withdrawn_leaflet_that_is_named_is_refused(root: Path) -> None:
    withdraw(root)
    report = run(root, leaflets=("two",))
    assert (report.exit_code, codes(report)) == (1, {"E315"})
    assert set(states(report).values()) == {"failed"}
    assert not (root / "output/two").exists()
    assert check(Order(leaflets=("two",)), root, Ear()).exit_code == 1


def test_a_leaflet_that_speaks_of_withdrawn_things_is_not_withdrawn(root: Path) -> None:
    add_leaflet(root, "two", summary="This drug was withdrawn.")
    assert built(run(root)) == of("one", "two", "three", clinics=("",))


def test_whether_leaflets_are_withdrawn_is_not_read_twice(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from leafletpress.press import withdrawn

    withdraw(root)
    run(root)
    monkeypatch.setattr(withdrawn, "_withdrawn", lambda sheet: pytest.fail(f"{sheet.display} was read again"))
    assert "two en-GB is withdrawn: not built" in run(root).notes


def test_the_summary_counts_withdrawn_leaflets_apart(root: Path) -> None:
    withdraw(root)
    done = press(root, "build")
    assert done.returncode == 0
    assert "note: two en-GB is withdrawn: not built" in done.stderr
    assert "3 leaflets, 1 of them withdrawn: 4 files written, 0 unchanged, 0 failed" in done.stdout
    told = json.loads(press(root, "build", "--report", "json").stdout)["targets"]
    assert {one["state"] for one in told if one["leaflet"] == "two"} == {"withdrawn"}


# --- what is gone


def test_files_of_clinics_and_readers_that_are_gone_are_stale(root: Path) -> None:
    every(root)
    run(root, readers=("women",), leaflets=("three",))
    (root / "source/clinics/hillside.yaml").unlink()
    house = root / "source/press.yaml"
    house.write_text(house.read_text("utf-8").replace("  women:\n    sex: female\n", ""), "utf-8")
    notes = every(root).notes
    assert sum("belongs to no clinic" in note for note in notes) == 6
    assert sum("belongs to no readers" in note for note in notes) == 2
    done = press(root, "clean", "--stale")
    assert len(done.stdout.splitlines()) == 8
    assert not [path for path in (root / "output").rglob("*.*") if "hillside" in path.name or "women" in path.name]


def test_many_stale_files_are_counted_and_not_listed(root: Path) -> None:
    for number in range(12):
        write(root / f"source/clinics/c{number}.yaml", f"name: C{number}\n")
    every(root, leaflets=("three",))
    shutil.rmtree(root / "source/leaflets/three")
    notes = every(root, dry_run=True).notes
    assert len(notes) == 21
    assert notes[-1].startswith("10 more files belong to nothing")
