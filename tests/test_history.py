"""History: versions and change notes from repositories that git itself has made, whole, shallow, moved, hostile."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pressroom import press, press_json, write

from leafletpress.diagnostics import LeafletPressError
from leafletpress.press.archive import Archive
from leafletpress.press.columns import Style
from leafletpress.press.history import History, histories
from leafletpress.press.history_table import history_table, remarks
from leafletpress.press.order import Order
from leafletpress.press.particulars import particulars
from leafletpress.press.trail import find, follow

PATH = "source/leaflets/alpha/en-GB.md"


def leaflet(
    version: str | None = "1.0",
    note: str | None = None,
    words: str = "Some words.",
    status: str = "approved",
    **keys: str,
) -> str:
    given = {"id": "alpha", "title": "About alpha"} | keys
    lines = [f"{key}: {value}" for key, value in given.items()]
    lines += ["lang: en-GB", "kind: procedure", "summary: Short.", "reference: LP-1", f"status: {status}"]
    lines += [f'version: "{version}"'] if version is not None else []
    lines += [f"change-note: {note}"] if note else []
    more = "\n".join(f"- One more line, number {number}." for number in range(12))
    return "---\n" + "\n".join(lines) + f"\n---\n\n## What it is\n\n{words}\n\n{more}\n"


@dataclass
class Repository:
    """A repository with a project in it, made with git."""

    top: Path
    root: Path
    clock: int = 1_767_225_600  # 2026-01-01, a day later with each commit

    def git(self, *words: str, check: bool = True) -> str:
        author = {"NAME": "A. Nurse", "EMAIL": "nurse@example.org", "DATE": f"{self.clock} +0100"}
        who = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in author.items()}
        alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        done = subprocess.run(
            ["git", "-c", "protocol.file.allow=always", *words],
            cwd=self.top,
            env={**os.environ, **who, **alone},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0 or not check, done.stderr
        return done.stdout.strip()

    def commit(self, text: str | None = None, path: str = PATH) -> str:
        if text is not None:
            write(self.root / path, text)
        self.clock += 86_400
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "-m", "words")
        return self.git("rev-parse", "HEAD")


def begin(top: Path, inside: str = ".", *words: str) -> Repository:
    top.mkdir(parents=True, exist_ok=True)
    made = Repository(top, (top / inside).resolve())
    made.git("init", "--quiet", "--initial-branch=main", *words)
    write(made.root / "source/press.yaml", "publisher: Test house\n")
    return made


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    return begin(tmp_path / "repo")


def told(repo: Repository, leaflet: str = "alpha", **more: int) -> History:
    (one,) = histories(Order((leaflet,)), repo.root, **more)
    return one


def versions(one: History) -> list[tuple[str | None, int]]:
    """Each version with how many commits made it; 0 where it is not committed."""
    return [(version.says.version, len(version.states)) for version in one.versions]


def findings(one: History) -> list[tuple[str, int, str]]:
    return [(finding.code, finding.span.line, finding.message) for finding in one.diagnostics]


def test_each_version_comes_with_its_last_commit_its_status_and_its_note(repo: Repository) -> None:
    first = repo.commit(leaflet(status="draft"))
    approved = repo.commit(leaflet())
    repo.commit("x\n", "elsewhere.md")
    newest = repo.commit(leaflet("1.1", "Says when to ring us"))
    one = told(repo)
    assert versions(one) == [("1.1", 1), ("1.0", 2)]
    assert [state.record.commit for version in one.versions for state in version.states] == [newest, approved, first]
    assert (one.diagnostics, one.notes, one.cut) == ((), (), "")
    assert history_table((one,), Style()).splitlines() == [
        f"alpha, en-GB: {PATH}",
        "version  status    date        author    commit                 change note",
        f"1.1      approved  2026-01-05  A. Nurse  {newest[:8]}               Says when to ring us",
        f"1.0      approved  2026-01-03  A. Nurse  {approved[:8]} and 1 before",
    ]


def test_what_lies_there_comes_first_where_it_differs(repo: Repository) -> None:
    repo.commit(leaflet())
    assert versions(told(repo)) == [("1.0", 1)]
    write(repo.root / PATH, leaflet("1.1", "New"))
    one = told(repo)
    assert versions(one) == [("1.1", 0), ("1.0", 1)]
    assert "not committed  New" in history_table((one,), Style())
    write(repo.root / PATH, leaflet(words="Other words."))
    assert versions(told(repo)) == [("1.0", 0), ("1.0", 1)]


def test_line_ends_that_git_changed_are_no_difference(repo: Repository) -> None:
    repo.commit(leaflet())
    (repo.root / PATH).write_bytes(leaflet().replace("\n", "\r\n").encode())
    assert versions(told(repo)) == [("1.0", 1)]


def test_a_leaflet_that_was_never_committed_says_so(repo: Repository) -> None:
    write(repo.root / PATH, leaflet())
    for _ in range(2):  # without any commit, then with commits of other files
        one = told(repo)
        assert versions(one) == [("1.0", 0)]
        assert history_table((one,), Style()).endswith("\nit was never committed")
        assert one.diagnostics == ()
        (repo.root / PATH).rename(repo.root / "aside")
        repo.commit()
        write(repo.root / PATH, (repo.root / "aside").read_text())


def test_a_version_without_a_change_note_is_a_warning_at_its_line(repo: Repository) -> None:
    repo.commit(leaflet())
    commit = repo.commit(leaflet("1.1"))
    line = leaflet("1.1").splitlines().index('version: "1.1"') + 1
    assert findings(told(repo)) == [("E323", line, f"version 1.1 has no change note ({commit[:8]})")]
    repo.commit(leaflet("1.1", "Said afterwards"))
    assert findings(told(repo)) == []


def test_the_note_of_the_version_before_is_no_new_note(repo: Repository) -> None:
    repo.commit(leaflet("1.0", "First"))
    repo.commit(leaflet("1.1", "Same"))
    commit = repo.commit(leaflet("1.2", "Same"))
    line = leaflet("1.2", "Same").splitlines().index("change-note: Same") + 1
    message = f"version 1.2 has the change note of version 1.1 ({commit[:8]})"
    assert findings(told(repo)) == [("E323", line, message)]
    repo.commit(leaflet("1.3", "Other"))
    one = told(repo)
    assert findings(one) == [("E323", 0, message)]
    assert one.diagnostics[0].span.path == PATH
    assert "next change note" in one.diagnostics[0].hint


def test_a_version_that_is_not_committed_yet_needs_its_note_now(repo: Repository) -> None:
    repo.commit(leaflet())
    write(repo.root / PATH, leaflet("1.1"))
    ((code, line, message),) = findings(told(repo))
    assert (code, line) == ("E323", leaflet("1.1").splitlines().index('version: "1.1"') + 1)
    assert message == "version 1.1 has no change note (the file as it is now, not committed yet)"
    repo.commit()
    write(repo.root / PATH, leaflet("1.1", "Found in time"))
    assert findings(told(repo)) == []


@pytest.mark.parametrize(
    ("earlier", "later", "back"),
    [
        ("1.2", "1.1", True),
        ("1.10", "1.9", True),
        ("1.9", "1.10", False),
        ("2", "1.9.9", True),
        ("v2.0", "v1.0", True),
        ("1.0", "1", False),
        ("1.0", "1.0.1", False),
        ("spring", "autumn", False),
        ("2026-03", "1.0", False),
    ],
)
def test_a_version_that_goes_back_is_remarked(repo: Repository, earlier: str, later: str, back: bool) -> None:
    repo.commit(leaflet(earlier))
    commit = repo.commit(leaflet(later, "New"))
    words = f"alpha en-GB: version {later} comes after {earlier} ({commit[:8]})"
    assert told(repo).notes == ((words,) if back else ())


def test_words_changed_after_approval_without_a_new_version_are_remarked(repo: Repository) -> None:
    repo.commit(leaflet(status="draft"))
    repo.commit(leaflet(status="draft", words="Better words."))
    repo.commit(leaflet(words="Better words."))
    repo.commit(leaflet(words="Better words.", **{"review-by": "2029-01-01"}))
    repo.commit(leaflet(words="Better   words.", **{"review-by": "2029-01-01"}))
    assert told(repo).notes == ()
    commit = repo.commit(leaflet(words="Quite other words."))
    write(repo.root / PATH, leaflet(words="Words again."))
    words = "alpha en-GB: version 1.0 was changed after it had been approved"
    assert told(repo).notes == (f"{words} ({commit[:8]}, the file as it is now, not committed yet)",)


def test_faulty_old_versions_are_listed_as_such(repo: Repository) -> None:
    repo.commit(leaflet())
    repo.commit("no particulars\n")
    (repo.root / PATH).write_bytes(b"---\nversion: \xff\n---\n")
    repo.commit()
    repo.commit(leaflet("1.1", "Back", colour="blue"))
    repo.commit(leaflet("1.2", "Mended"))
    one = told(repo)
    assert versions(one) == [("1.2", 1), ("1.1", 1), (None, 1), (None, 1), ("1.0", 1)]
    table = history_table((one,), Style())
    assert "Back (faulty: M103, line 4: unknown key 'colour')" in table
    assert "(faulty: M101, line 1: " in table
    assert "(faulty: S101, line 2: " in table
    assert one.diagnostics == ()


def test_a_leaflet_whose_folder_was_renamed_keeps_its_history(repo: Repository) -> None:
    moved = "source/leaflets/beta/en-GB.md"
    first = repo.commit(leaflet())
    repo.git("mv", "source/leaflets/alpha", "source/leaflets/beta")
    second = repo.commit(leaflet("1.1", "Renamed", id="beta"), moved)
    third = repo.commit(leaflet("1.2", "Later", id="beta"), moved)
    one = told(repo, "beta")
    assert [(state.record.commit, state.path) for version in one.versions for state in version.states] == [
        (third, moved),
        (second, moved),
        (first, PATH),
    ]
    followed = repo.git("log", "--follow", "--format=%H", "--", moved).split()
    assert followed == [third, second, first]
    assert one.diagnostics == ()


def test_a_new_leaflet_is_no_renamed_one(repo: Repository) -> None:
    repo.commit(leaflet())
    shutil.rmtree(repo.root / "source/leaflets/alpha")
    commit = repo.commit("---\nid: beta\nversion: '1'\n---\n\nSomething else.\n", "source/leaflets/beta/en-GB.md")
    (version,) = told(repo, "beta").versions
    assert [state.record.commit for state in version.states] == [commit]


def test_a_project_in_a_folder_of_the_repository(tmp_path: Path) -> None:
    repo = begin(tmp_path / "repo", "houses/one")
    write(repo.top / PATH, leaflet("9.9"))  # a leaflet of another project, at the same place from the top
    repo.commit(leaflet())
    repo.commit(leaflet("1.1", "New"))
    assert versions(told(repo)) == [("1.1", 1), ("1.0", 1)]
    assert versions(told(Repository(repo.top, repo.root / "source/leaflets"))) == [("1.1", 1), ("1.0", 1)]


def test_a_project_that_moved_within_its_repository(tmp_path: Path) -> None:
    repo = begin(tmp_path / "repo", "new")
    other = Repository(repo.top, repo.top / "new/old")
    other.commit(leaflet(), PATH)
    shutil.move(repo.top / "new/old/source/leaflets", repo.top / "new/source/leaflets")
    repo.commit(leaflet("1.1", "Moved"))
    one = told(repo)
    assert [state.path for version in one.versions for state in version.states] == [PATH, f"old/{PATH}"]


def test_a_shallow_clone_says_where_its_history_ends(repo: Repository, tmp_path: Path) -> None:
    repo.commit(leaflet())
    repo.commit(leaflet("1.1", "New"))
    last = repo.commit(leaflet("1.2", "Newer"))
    clone = tmp_path / "clone"
    repo.git("clone", "--quiet", "--depth", "2", f"file://{repo.top}", str(clone))
    one = told(Repository(clone, clone))
    assert versions(one) == [("1.2", 1), ("1.1", 1)]
    assert one.versions[0].states[0].record.commit == last
    assert "git fetch --unshallow" in one.cut
    assert remarks((one,))[0].startswith("alpha en-GB: older versions may be missing: the repository has nothing older")
    assert press_json(clone, "history", "alpha")["leaflets"][0]["complete"] is False


def test_worktrees_packs_and_detached_heads(repo: Repository, tmp_path: Path) -> None:
    first = repo.commit(leaflet())
    repo.commit(leaflet("1.1", "New"))
    repo.git("gc", "--quiet", "--aggressive", "--prune=now")
    repo.git("pack-refs", "--all")
    assert versions(told(repo)) == [("1.1", 1), ("1.0", 1)]
    away = tmp_path / "away"
    repo.git("worktree", "add", "--quiet", "--detach", str(away), first)
    assert versions(told(Repository(away, away))) == [("1.0", 1)]


def test_a_repository_with_longer_names(tmp_path: Path) -> None:
    repo = begin(tmp_path / "repo", ".", "--object-format=sha256")
    repo.commit(leaflet())
    commit = repo.commit(leaflet("1.1", "New"))
    assert len(commit) == 64
    assert versions(told(repo)) == [("1.1", 1), ("1.0", 1)]


def test_branches_that_were_joined(repo: Repository) -> None:
    base = repo.commit(leaflet())
    repo.git("checkout", "--quiet", "-b", "side")
    side = repo.commit(leaflet("1.1", "From the side"))
    repo.git("checkout", "--quiet", "main")
    repo.commit("x\n", "elsewhere.md")
    repo.git("merge", "--quiet", "--no-ff", "-m", "join", "side")
    one = told(repo)
    assert versions(one) == [("1.1", 1), ("1.0", 1)]  # the merge itself changed nothing
    assert one.versions[0].states[0].record.commit == side
    assert one.versions[1].states[0].record.commit == base


def test_versions_made_side_by_side_and_joined_by_hand(repo: Repository) -> None:
    repo.commit(leaflet())
    repo.git("checkout", "--quiet", "-b", "side")
    repo.commit(leaflet("1.2", "From the side", words="Side words."))
    repo.git("checkout", "--quiet", "main")
    repo.commit(leaflet("1.1", "From the main branch", words="Main words."))
    repo.git("merge", "--quiet", "--no-commit", "side", check=False)
    repo.commit(leaflet("1.3", "Both", words="Main words and side words."))
    one = told(repo)
    assert versions(one) == [("1.3", 1), ("1.1", 1), ("1.2", 1), ("1.0", 1)]
    assert (one.diagnostics, one.notes) == ((), ())  # 1.1 and 1.2 both come after 1.0, neither after the other


def test_at_most_so_many_commits_are_looked_at(repo: Repository) -> None:
    for number in range(4):
        repo.commit(leaflet(f"1.{number}", f"Note {number}"))
    one = told(repo, most=2)
    assert versions(one) == [("1.3", 1), ("1.2", 1)]
    assert one.cut == "only the newest 2 commits were looked at"
    assert told(repo, most=4).cut == ""


def test_a_state_is_found_by_version_commit_and_content(repo: Repository) -> None:
    first = repo.commit(leaflet())
    repo.commit(leaflet("1.1", "New"))
    archive = Archive(repo.root)
    blob = repo.git("rev-parse", f"{first}:{PATH}")
    for wanted in ("1.0", first, first[:7], first[:12].upper(), blob, blob[:10]):
        state = find(archive, PATH, wanted)
        assert state is not None
        assert (state.record.commit, state.blob) == (first, blob)
        assert archive.content(state.blob) == leaflet().encode()
    assert find(archive, PATH, "3.0") is None
    assert find(archive, PATH, first[:3]) is None
    assert find(archive, "source/leaflets/none/en-GB.md", "1.0") is None
    assert archive.content("0" * 40) is None
    archive.close()


def unbroken(repo: Repository) -> tuple[str | None, ...]:
    """The versions told; none where the repository is damaged and that is said as it should be."""
    try:
        return tuple(version.says.version for version in told(repo).versions)
    except LeafletPressError as refused:
        error = refused
    assert (error.diagnostic.code, error.exit_code) == ("P409", 3)
    assert error.diagnostic.hint
    return ()


@pytest.fixture
def trap(repo: Repository, tmp_path: Path) -> Iterator[Repository]:
    """A repository whose configuration names a program wherever git would run one."""
    repo.commit(leaflet())
    repo.commit(leaflet("1.1", "New"))
    program = write(tmp_path / "trap.sh", f"#!/bin/sh\ntouch {tmp_path}/sprung\ncat\n")
    program.chmod(0o755)
    os.mkfifo(tmp_path / "pipe")
    config = repo.top / ".git/config"
    config.write_text(
        config.read_text()
        + f"""[core]
	fsmonitor = {program}
	sshCommand = {program}
	pager = {program}
	hooksPath = {tmp_path}
	worktree = /nonexistent
	packedGitLimit = nonsense
[filter "words"]
	process = {program}
	smudge = {program}
	clean = {program}
	required = true
[diff "words"]
	textconv = {program}
	command = {program}
[alias]
	log = !{program}
[include]
	path = {tmp_path}/pipe
[includeIf "gitdir:/"]
	path = {tmp_path}/pipe
"""
    )
    write(repo.top / ".gitattributes", "* filter=words diff=words\n")
    for hook in ("post-checkout", "pre-commit", "fsmonitor-watchman"):
        shutil.copy(program, repo.top / ".git/hooks" / hook)
    yield repo
    assert not (tmp_path / "sprung").exists(), "a program of the repository was run"


def test_nothing_that_a_repository_names_is_run_or_read(trap: Repository) -> None:
    done = press(trap.top, "history", "alpha")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("approved") == 2


def test_authors_cannot_steer_the_terminal(repo: Repository) -> None:
    write(repo.root / PATH, leaflet())
    repo.git("add", "--all")
    repo.git("commit", "--quiet", "-m", "w", "--author", "Ev\x1b[31m\u202eil <e@x>")
    done = press(repo.top, "history", "alpha")
    assert "Ev [31m il" in done.stdout
    assert "\x1b" not in done.stdout
    assert "\u202e" not in done.stdout


@pytest.mark.parametrize("moment", ["99999999999999 +0000", "-1 +0000", "1767225600 +9999"])
def test_moments_that_no_calendar_has(repo: Repository, moment: str) -> None:
    commit = repo.commit(leaflet())
    odd = repo.git("cat-file", "commit", commit).replace("1767312000", "0")
    lines = [
        f"{line.split('>')[0]}> {moment}" if line.startswith(("author", "committer")) else line
        for line in odd.splitlines()
    ]
    (repo.top / "odd").write_text("\n".join(lines) + "\n")
    name = repo.git("hash-object", "-t", "commit", "-w", "--literally", "odd")
    repo.git("update-ref", "HEAD", name)
    assert unbroken(repo) in {("1.0",), ()}


def test_without_a_repository(tmp_path: Path) -> None:
    write(tmp_path / "source/press.yaml", "publisher: Test house\n")
    write(tmp_path / PATH, leaflet())
    done = press(tmp_path, "history", "alpha")
    assert done.returncode == 3
    assert "error[P409]: no git repository in " in done.stderr
    document = press_json(tmp_path, "history", "alpha")
    assert (document["leaflets"], document["exit_code"]) == ([], 3)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("HEAD", b"ref: refs/heads/../../../etc/passwd\n"),
        ("HEAD", b"\xff\xfe\n"),
        ("config", b"[core\n\trepositoryformatversion = many\n"),
        ("config", b"[core]\n\trepositoryformatversion = 7\n"),
        ("shallow", b"not a name\n"),
        ("packed-refs", b"\x00\x01"),
        ("objects/info/alternates", b"/dev/null\n\xff\n../..\n"),
    ],
)
def test_a_damaged_repository_is_told_and_nothing_breaks(repo: Repository, name: str, content: bytes) -> None:
    repo.commit(leaflet())
    (repo.top / ".git/objects/info").mkdir(exist_ok=True)
    (repo.top / ".git" / name).write_bytes(content)
    assert unbroken(repo) in {("1.0",), ()}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_objects_that_are_not_what_they_say_are_told(repo: Repository, data: st.DataObject) -> None:
    if not (repo.root / PATH).exists():
        repo.commit(leaflet())
        repo.commit(leaflet("1.1", "New"))
    objects = sorted(path for path in (repo.top / ".git/objects").glob("??/*"))
    path = data.draw(st.sampled_from(objects))
    kept = path.read_bytes()
    place = data.draw(st.integers(0, len(kept) - 1))
    path.chmod(0o644)
    try:
        path.write_bytes(
            kept[:place] + bytes([data.draw(st.integers(0, 255))]) + kept[place + 1 + data.draw(st.integers(0, 9)) :]
        )
        assert len(unbroken(repo)) <= 3
    finally:
        path.write_bytes(kept)


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda words: f"---\n{words}\n---\n".encode()))
def test_the_particulars_of_anything_can_be_asked(content: bytes) -> None:
    says = particulars(content, "x.md")
    assert says.faults
    assert says.span("x.md").path == "x.md"


def test_random_histories_agree_with_git(repo: Repository) -> None:
    """The commits of a file, through edits, moves and commits of other files, are those that `git log --follow` has."""
    import random

    chance = random.Random(3)
    path, other = PATH, "source/leaflets/omega/en-GB.md"
    for number in range(30):
        match chance.randrange(4):
            case 0:
                repo.commit(f"{number}\n", "elsewhere.md")
            case 1 if (repo.root / path).exists():
                (repo.root / other).parent.mkdir(parents=True, exist_ok=True)
                repo.git("mv", path, other)
                path, other = other, path
                repo.commit(leaflet(f"1.{number}", f"Moved {number}"), path)
            case _:
                repo.commit(leaflet(f"1.{number}", f"Edited {number}"), path)
    archive = Archive(repo.root)
    ours = [state.record.commit for state in follow(archive, path).states]
    archive.close()
    assert ours == repo.git("log", "--follow", "--format=%H", "--", path).split()
    assert len(ours) > 15


def test_every_language_and_the_one_asked_for(repo: Repository) -> None:
    repo.commit(leaflet())
    repo.commit(leaflet().replace("en-GB", "pl"), "source/leaflets/alpha/pl.md")
    assert [one.lang for one in histories(Order(("alpha",)), repo.root)] == ["en-GB", "pl"]
    assert [one["lang"] for one in press_json(repo.top, "history", "alpha", "--lang", "pl")["leaflets"]] == ["pl"]
    assert press(repo.top, "history").returncode == 2
    assert "did you mean 'alpha'?" in press(repo.top, "history", "alhpa").stderr


def test_the_json_document(repo: Repository) -> None:
    repo.commit(leaflet())
    commit = repo.commit(leaflet("1.1"))
    document = press_json(repo.top, "history", "alpha")
    assert (document["version"], document["exit_code"], document["notes"]) == (1, 0, [])
    assert [finding["code"] for finding in document["diagnostics"]] == ["E323"]
    (one,) = document["leaflets"]
    assert (one["leaflet"], one["lang"], one["file"], one["complete"]) == ("alpha", "en-GB", PATH, True)
    newest = one["versions"][0]
    assert json.dumps(newest["commits"][0]) == json.dumps(
        {
            "commit": commit,
            "date": "2026-01-03T01:00:00+01:00",
            "author": "A. Nurse",
            "file": PATH,
            "blob": repo.git("rev-parse", f"HEAD:{PATH}"),
        }
    )
    assert (newest["version"], newest["status"], newest["title"]) == ("1.1", "approved", "About alpha")
    assert (newest["change_note"], newest["committed"], newest["faults"]) == (None, True, [])
