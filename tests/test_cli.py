"""The command line as users and programs meet it: verbs, exit codes, streams, the JSON report."""

from __future__ import annotations

import json
import os
import pty
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from pressroom import ROOT, add_leaflet, command, environment, make_project, press, press_json

VERBS = ["build", "check", "new", "fmt", "list", "due", "history", "editions", "preflight", "layouts", "clean"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_project(tmp_path / "house", "alpha", "omega")


def test_no_verb_builds_everything(root: Path) -> None:
    done = press(root)
    assert done.returncode == 0, done.stderr
    assert (root / "output/alpha/alpha.en-GB.txt").exists()
    assert done.stdout.splitlines()[-1].startswith("2 leaflets: 4 files written, 0 unchanged, 0 failed in ")


def test_help_lists_the_verbs_in_the_order_of_the_work(root: Path) -> None:
    told = press(root, "--help").stdout
    places = [told.index(f"\n  {verb} ") for verb in VERBS]
    assert places == sorted(places)
    assert "pull" not in told
    assert "redline" not in told


def test_a_line_for_each_file_and_a_summary_on_stdout_and_nothing_on_stderr(root: Path) -> None:
    done = press(root, "build")
    lines = done.stdout.splitlines()
    assert [line.split("  ")[0] for line in sorted(lines[:-1])] == [
        "output/alpha/alpha.en-GB.mild",
        "output/alpha/alpha.en-GB.txt",
        "output/omega/omega.en-GB.mild",
        "output/omega/omega.en-GB.txt",
    ]
    assert done.stderr == ""
    again = press(root, "build")
    assert again.stdout.startswith("2 leaflets: 0 files written, 4 unchanged, 0 failed in ")
    assert len(again.stdout.splitlines()) == 1


def test_findings_stand_on_stderr_in_their_form(root: Path) -> None:
    path = add_leaflet(root, "bad", words="Some <br> words.")
    done = press(root, "build")
    assert done.returncode == 1
    line = path.read_text("utf-8").splitlines().index("Some <br> words.") + 1
    assert f"source/leaflets/bad/en-GB.md:{line}: error[G201]: " in done.stderr
    assert "\n  hint: " in done.stderr
    assert "error[" not in done.stdout
    assert "2 failed" in done.stdout


def test_the_json_report_is_one_document_on_stdout(root: Path) -> None:
    add_leaflet(root, "bad", words="Some <br> words.")
    add_leaflet(root, "odd", summary="Now refuse and print_.")
    done = press(root, "build", "--report", "json")
    document = json.loads(done.stdout)
    assert done.stderr == ""
    assert document["version"] == 1
    assert document["exit_code"] == done.returncode == 4
    assert {"leaflet", "lang", "clinic", "target", "output", "state", "seconds", "sha256"} <= set(
        document["targets"][0]
    )
    told = {(target["leaflet"], target["target"]): target["state"] for target in document["targets"]}
    assert told == {
        ("alpha", "plain"): "built",
        ("alpha", "mild"): "built",
        ("bad", "plain"): "failed",
        ("bad", "mild"): "failed",
        ("odd", "plain"): "failed",
        ("odd", "mild"): "built",
        ("omega", "plain"): "built",
        ("omega", "mild"): "built",
    }
    finding = document["diagnostics"][0]
    assert set(finding) == {"code", "severity", "message", "file", "line", "hint"}
    assert (finding["code"], finding["severity"], finding["file"]) == (
        "G201",
        "error",
        "source/leaflets/bad/en-GB.md",
    )
    for target in document["targets"]:
        if target["state"] == "built":
            content = (root / target["output"]).read_bytes()
            from hashlib import sha256

            assert target["sha256"] == sha256(content).hexdigest()


def test_the_json_report_has_faults_of_use_and_of_the_project_too(root: Path, tmp_path: Path) -> None:
    assert press_json(root, "build", "nobody")["diagnostics"][0]["code"] == "P403"
    (root / "source/press.yaml").write_text("publishr: x\n")
    document = press_json(root, "build")
    assert (document["exit_code"], document["diagnostics"][0]["code"]) == (3, "P402")
    empty = tmp_path / "empty"
    empty.mkdir()
    assert press_json(empty, "build")["diagnostics"][0]["code"] == "P401"


@pytest.mark.parametrize(
    ("words", "exit_code", "told"),
    [
        (("build", "--no-such"), 2, "No such option"),
        (("biuld",), 2, "did you mean 'build'?"),
        (("pull", "x.docx"), 2, "there is no verb 'pull'"),
        (("build", "alhpa"), 2, "did you mean 'alpha'?"),
        (("build", "-t", "pfd"), 2, "did you mean 'pdf'?"),
        (("build", "-t", "plain:lrge"), 2, "did you mean 'large'?"),
        (("build", "-t", ","), 2, "needs a format"),
        (("build", "-j", "0"), 2, "not in the range"),
        (("build", "--clinic", "nowhere"), 2, "no clinic 'nowhere'"),
        (("build", "--lang", "fr"), 2, "'fr'"),
        (("build", "-t", "broken"), 4, "cannot be loaded"),
        (("new", "alpha"), 2, "exists already"),
        (("new", "Not An Id"), 2, "'not-an-id'"),
        (("new", "../../x"), 2, "cannot be the id"),
    ],
)
def test_faults_of_use_are_told_in_words(root: Path, words: tuple[str, ...], exit_code: int, told: str) -> None:
    done = press(root, *words)
    assert done.returncode == exit_code
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_outside_a_project_the_way_in_is_named(tmp_path: Path) -> None:
    done = press(tmp_path, "build")
    assert done.returncode == 3
    assert "error[P401]" in done.stderr
    assert "new my-leaflet" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_build_works_from_a_folder_below_the_project(root: Path) -> None:
    done = press(root / "source/leaflets/alpha", "build", "alpha")
    assert done.returncode == 0
    assert (root / "output/alpha/alpha.en-GB.txt").exists()


def test_output_goes_where_it_is_asked_to(root: Path) -> None:
    done = press(root, "build", "-o", "some/where", "-t", "plain")
    assert (root / "some/where/alpha/alpha.en-GB.txt").exists()
    assert "some/where/alpha/alpha.en-GB.txt" in done.stdout
    assert not (root / "output").exists()


def test_a_dry_run_says_why(root: Path) -> None:
    press(root, "build")
    add_leaflet(root, "alpha", words="Other words.")
    (root / "output/omega/omega.en-GB.txt").unlink()
    before = sorted(path for path in root.rglob("*"))
    done = press(root, "build", "--dry-run")
    assert done.stdout.splitlines() == [
        "output/alpha/alpha.en-GB.txt  source changed: source/leaflets/alpha/en-GB.md",
        "output/alpha/alpha.en-GB.mild  source changed: source/leaflets/alpha/en-GB.md",
        "output/omega/omega.en-GB.txt  output missing",
        "2 leaflets: 3 files to write, 1 unchanged",
    ]
    assert sorted(path for path in root.rglob("*")) == before


def test_our_own_fault_is_told_in_two_lines(root: Path) -> None:
    broken = {"PYTHONPATH": os.pathsep.join([str(root / "bad"), environment()["PYTHONPATH"]])}
    (root / "bad").mkdir()
    (root / "bad/sitecustomize.py").write_text(
        "import leafletpress.press.run as run\ndef build(*_):\n    raise ZeroDivisionError('oh')\nrun.build = build\n"
    )
    done = subprocess.run(
        command("build"), cwd=root, env={**environment(), **broken}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 5
    assert len(done.stderr.strip().splitlines()) == 2
    assert "error[I901]" in done.stderr
    assert "report it" in done.stderr
    loud = subprocess.run(
        command("build"),
        cwd=root,
        env={**environment(LEAFLETPRESS_DEBUG="1"), **broken},
        capture_output=True,
        text=True,
        check=False,
    )
    assert loud.returncode == 5
    assert "ZeroDivisionError: oh" in loud.stderr
    assert "Traceback" in loud.stderr


def test_a_fault_of_ours_in_a_worker_shows_its_traceback_on_demand(root: Path) -> None:
    add_leaflet(root, "bad", summary="Now raise_.")
    quiet = press(root, "build")
    assert quiet.returncode == 5
    assert "Traceback" not in quiet.stderr
    assert "Traceback" in press(root, "build", LEAFLETPRESS_DEBUG="1").stderr


def terminal(root: Path, *words: str, **env: str) -> str:
    """What a user sees on a terminal."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command(*words), cwd=root, env=environment(TERM="xterm-256color", **env), stdout=theirs, stderr=theirs
    ) as running:
        os.close(theirs)
        seen = b""
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:
                break
            if not part:
                break
            seen += part
        running.wait()
    os.close(ours)
    return seen.decode()


def test_colours_and_the_bar_are_for_terminals_and_no_color_is_honoured(root: Path) -> None:
    add_leaflet(root, "bad", words="Some <br> words.")
    seen = terminal(root, "build", NO_COLOR="")
    assert re.search(r"\x1b\[[0-9;]*31merror\[G201\]", seen)
    folded = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", seen).splitlines()
    assert any(len(line) > 80 for line in folded), "a finding is not folded at the terminal's edge"
    assert "printing" in seen, "a bar for six files"
    plain = terminal(root, "build", "--force", NO_COLOR="1")
    assert "error[G201]" in plain
    assert "\x1b[31m" not in plain
    assert "\x1b" not in press(root, "build", "--force").stderr


def test_a_reader_that_goes_away_is_no_fault(root: Path) -> None:
    done = subprocess.run(
        f"{' '.join(command('build'))} | true",
        shell=True,
        cwd=root,
        env=environment(),
        capture_output=True,
        check=False,
    )
    assert b"Traceback" not in done.stderr
    assert b"I901" not in done.stderr


def test_check_needs_no_layout_and_builds_nothing(root: Path) -> None:
    done = press(root, "check")
    assert done.returncode == 0
    assert done.stdout.strip() == "2 leaflets checked: 0 errors, 0 warnings"
    add_leaflet(root, "bad", words="Some <br> words.")
    done = press(root, "check", "bad")
    assert done.returncode == 1
    assert "error[G201]" in done.stderr
    assert done.stdout.strip() == "1 leaflet checked: 1 error, 0 warnings"
    assert not (root / "output").exists()
    assert press_json(root, "check")["exit_code"] == 1


def test_strict_turns_warnings_into_failures(root: Path) -> None:
    path = root / "source/leaflets/alpha/en-GB.md"
    path.write_text(path.read_text("utf-8").replace("About alpha", "About " + "alpha " * 20), "utf-8")
    assert press(root, "check").returncode == 0
    assert press(root, "check", "--strict").returncode == 1
    assert press(root, "build", "--strict").returncode == 1


def test_list_shows_what_an_editor_looks_for(root: Path) -> None:
    path = root / "source/leaflets/alpha/en-GB.md"
    dated = path.read_text("utf-8").replace(
        "status: approved", "status: approved\nreviewed: 2020-01-01\nreview-by: 2021-01-01"
    )
    path.write_text(dated, "utf-8")
    add_leaflet(root, "omega", lang="pl")
    done = press(root, "list")
    assert done.returncode == 0
    header, *rows = done.stdout.splitlines()
    assert header.split() == ["leaflet", "language", "title", "version", "status", "review", "by"]
    assert rows[0].split() == ["alpha", "en-GB", "About", "alpha", "1.0", "approved", "2021-01-01", "overdue"]
    assert rows[2].split()[:2] == ["omega", "pl"]
    document = json.loads(press(root, "list", "--report", "json").stdout)
    assert document["leaflets"][0] == {
        "leaflet": "alpha",
        "lang": "en-GB",
        "file": "source/leaflets/alpha/en-GB.md",
        "title": "About alpha",
        "version": "1.0",
        "status": "approved",
        "review_by": "2021-01-01",
        "overdue": True,
    }


def test_list_shows_a_leaflet_with_faulty_front_matter_too(root: Path) -> None:
    path = root / "source/leaflets/alpha/en-GB.md"
    path.write_text(path.read_text("utf-8").replace("status: approved", "status: aproved"), "utf-8")
    done = press(root, "list")
    assert done.returncode == 1
    assert "alpha" in done.stdout
    assert "error[M105]" in done.stderr
    assert json.loads(press(root, "list", "--report", "json").stdout)["leaflets"][0]["status"] is None


def test_fmt_rewrites_to_the_canonical_form_once(root: Path) -> None:
    path = root / "source/leaflets/alpha/en-GB.md"
    untidy = path.read_text("utf-8") + "\n* a bullet\n* another\n\n\n"
    path.write_text(untidy, "utf-8")
    checked = press(root, "fmt", "--check")
    assert checked.returncode == 1
    assert "source/leaflets/alpha/en-GB.md  would change" in checked.stdout
    assert path.read_text("utf-8") == untidy
    assert press(root, "fmt").returncode == 0
    assert "- a bullet" in path.read_text("utf-8")
    again = press(root, "fmt", "--check")
    assert (again.returncode, again.stdout) == (0, "")


def test_fmt_leaves_a_faulty_leaflet_alone(root: Path) -> None:
    path = add_leaflet(root, "bad", words="Some <br> words.")
    before = path.read_bytes()
    done = press(root, "fmt")
    assert done.returncode == 1
    assert "error[G201]" in done.stderr
    assert path.read_bytes() == before


def test_layouts_lists_formats_and_a_broken_plugin_hides_none(root: Path) -> None:
    done = press(root, "layouts")
    assert [line.split()[0] for line in done.stdout.splitlines()] == ["pdf", "docx", "epub", "mild", "plain"]
    assert "plain:large" in done.stdout
    assert done.returncode == 4
    assert "'broken' cannot be loaded" in done.stderr


def test_clean_deletes_what_was_made_and_nothing_else(root: Path) -> None:
    press(root, "build")
    (root / "output/alpha/notes.txt").write_text("mine")
    edited = root / "output/omega/omega.en-GB.txt"
    edited.write_text("edited by hand")
    done = press(root, "clean")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 3
    assert "omega.en-GB.txt was edited since it was made: kept" in done.stderr
    left = {str(path.relative_to(root / "output")) for path in (root / "output").rglob("*") if path.is_file()}
    assert left == {"alpha/notes.txt", "omega/omega.en-GB.txt"}


def test_clean_leaves_no_folder_behind(root: Path) -> None:
    press(root, "build")
    press(root, "clean")
    assert not (root / "output").exists()
    assert press(root, "clean").returncode == 0


def test_clean_stale_deletes_what_belongs_to_no_leaflet(root: Path) -> None:
    press(root, "build")
    shutil.rmtree(root / "source/leaflets/omega")
    assert "note: output/omega/omega.en-GB.txt belongs to no leaflet" in press(root, "build").stderr
    done = press(root, "clean", "--stale")
    assert sorted(done.stdout.splitlines()) == [
        "deleted output/omega/omega.en-GB.mild",
        "deleted output/omega/omega.en-GB.txt",
    ]
    assert (root / "output/alpha/alpha.en-GB.txt").exists()
    done = press(root, "build")
    assert done.stderr == ""
    assert "2 unchanged" in done.stdout


def test_clean_follows_no_link_out_of_the_folder(root: Path, tmp_path: Path) -> None:
    press(root, "build")
    away = tmp_path / "away"
    (root / "output/alpha").rename(away)
    (root / "output/alpha").symlink_to(away)
    press(root, "clean")
    assert (away / "alpha.en-GB.txt").exists()


def test_new_begins_a_project_that_checks_clean_and_builds(tmp_path: Path) -> None:
    done = press(tmp_path, "new", "my-leaflet")
    assert done.stdout.splitlines() == ["source/press.yaml", "source/leaflets/my-leaflet/en-GB.md"]
    checked = press(tmp_path, "check")
    assert (checked.returncode, checked.stderr) == (0, "")
    tidy = press(tmp_path, "fmt", "--check")
    assert (tidy.returncode, tidy.stdout) == (0, ""), "the pattern is in canonical form"
    built = press(tmp_path, "build")
    assert built.returncode == 0, built.stderr
    assert {path.suffix for path in (tmp_path / "output/my-leaflet").iterdir()} == {".pdf", ".docx", ".epub"}


def test_new_adds_to_the_project_it_stands_in(root: Path) -> None:
    below = root / "source/leaflets/alpha"
    done = press(below, "new", "third", "--title", 'Your "third" leaflet: \\ a title')
    assert done.stdout.splitlines() == ["source/leaflets/third/en-GB.md"]
    assert press(root, "check").returncode == 0
    assert 'Your "third" leaflet: \\ a title' in press(root, "list").stdout


def test_an_unchanged_build_imports_no_renderer(root: Path) -> None:
    (root / "source/press.yaml").write_text("publisher: Test house\n")
    assert press(root, "build").returncode == 0
    probe = (
        "import sys, runpy; sys.argv = ['publish.py', 'build']\n"
        f"try:\n    runpy.run_path({str(ROOT / 'publish.py')!r}, run_name='__main__')\n"
        "except SystemExit as end:\n    assert not end.code, end.code\n"
        "heavy = {'weasyprint', 'docx', 'ebooklib', 'pydantic', 'rich', 'lxml', 'ruamel.yaml', 'markdown_it'}\n"
        "print('imported:', sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [command()[0], "-c", probe], cwd=root, env=environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "6 unchanged" in done.stdout
    assert done.stdout.splitlines()[-1] == "imported: []"


def test_list_and_fmt_tell_of_a_file_that_cannot_be_read_as_words(root: Path) -> None:
    (root / "source/leaflets/alpha/en-GB.md").write_bytes(b"---\nid: \xff\n---\n")
    (root / "source/leaflets/omega/en-GB.md").unlink()
    (root / "source/leaflets/omega/en-GB.md").symlink_to("nowhere.md")
    for verb in ("list", "fmt"):
        done = press(root, verb)
        assert done.returncode == 1
        assert "source/leaflets/alpha/en-GB.md:2: error[S101]" in done.stderr
        assert "Traceback" not in done.stderr


def test_fmt_tidies_shared_texts_with_the_rest(root: Path) -> None:
    shared = root / "source/shared/en-GB/hello.md"
    shared.parent.mkdir(parents=True)
    shared.write_text("* one\n* two\n")
    assert press(root, "fmt", "alpha").stdout == ""
    assert "source/shared/en-GB/hello.md  rewritten" in press(root, "fmt").stdout
    assert shared.read_text() == "- one\n- two\n"
    shared.write_text("Some <br> words.\n")
    done = press(root, "fmt")
    assert done.returncode == 1
    assert "source/shared/en-GB/hello.md:1: error[G201]" in done.stderr


def test_new_where_no_file_can_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "source").write_text("in the way")
    done = press(tmp_path, "new", "my-leaflet")
    assert done.returncode == 3
    assert "error[W701]: cannot write source/press.yaml" in done.stderr


def test_the_clinics_there_are_none_of_are_asked_for(root: Path) -> None:
    done = press(root, "build", "--clinic", "riverside")
    assert done.returncode == 2
    assert "source/clinics/riverside.yaml" in done.stderr


def test_a_project_without_leaflets_is_no_fault(tmp_path: Path) -> None:
    make_project(tmp_path)
    done = press(tmp_path, "build")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("0 leaflets: 0 files written")
    assert press(tmp_path, "check").returncode == 0
    assert press(tmp_path, "list").returncode == 0
    assert "leafletpress new" in press(tmp_path, "build", "x").stderr
