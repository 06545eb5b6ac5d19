from __future__ import annotations

from pathlib import Path

from dulwich.repo import Repo

LEAFLET = "source/leaflets/sample/en-GB.md"


def make(root: Path) -> None:
    """Commit the leaflet as version 1.0 with a change note, then as it lies here."""
    path = root / LEAFLET
    now = path.read_text("utf-8")
    before = now.replace('"1.1"', '"1.0"').replace("says whom to ring", "first version")
    who = b"A. Nurse <nurse@example.org>"
    with Repo.init(str(root)) as repo:
        for moment, text in ((1_767_225_600, before), (1_767_312_000, now)):
            path.write_text(text, "utf-8")
            tree = repo.get_worktree()
            tree.stage([LEAFLET])
            when = {"commit_timestamp": moment, "author_timestamp": moment, "commit_timezone": 0, "author_timezone": 0}
            tree.commit(b"Revise", committer=who, author=who, sign=False, no_verify=True, **when)
