"""The archive: the states of a file as git keeps them, found by commit, by content or by the leaflet's version.

A library reads the objects and nothing is run: a repository's configuration can name programs (filters, monitors,
credential helpers), so of its configuration only how objects are stored is looked at, and nothing it includes.
"""

from __future__ import annotations

import stat
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from itertools import islice
from pathlib import Path

from dulwich.config import ConfigFile
from dulwich.diff_tree import CHANGE_DELETE, tree_changes
from dulwich.objects import Blob, Commit, ObjectID, Tree
from dulwich.refs import HEADREF
from dulwich.repo import Repo

from leafletpress.diagnostics import Diagnostic, LeafletPressError
from leafletpress.press.columns import printable

SHORT = 8  # digits of a commit as it is shown

_EXIT_PROJECT = 3
_MAX_CONFIG_BYTES = 1_048_576
_MAX_OBJECT_BYTES = 32 * 1_048_576  # of a single object when it is unpacked
_MAX_CHANGES = 20_000
_MAX_CANDIDATES = 40
_MAX_LINES = 5_000
_ALIKE = 0.5  # the share of lines that a moved file keeps, as `git log --follow` has it


@dataclass(frozen=True, slots=True)
class Record:
    """A commit, as far as it is wanted. `moment` is when its author wrote it, None where no calendar has it."""

    commit: str
    author: str
    moment: datetime | None
    order: int
    tree: ObjectID
    parents: tuple[ObjectID, ...]


def no_repository(root: Path) -> LeafletPressError:
    """P409: `root` is in no repository."""
    hint = "history comes from git: begin with 'git init', then commit the sources"
    return LeafletPressError(Diagnostic("P409", f"no git repository in {root} or above it", hint=hint), _EXIT_PROJECT)


@contextmanager
def unharmed() -> Iterator[None]:
    """Tell what a damaged or hostile repository makes of the library as P409, exit 3."""
    try:
        yield
    except (LeafletPressError, KeyboardInterrupt):
        raise
    except Exception as error:
        reason = printable(f"{type(error).__name__}: {error}")[:200]
        hint = "see what 'git fsck' says; a fresh clone may mend it"
        finding = Diagnostic("P409", f"the git repository cannot be read ({reason})", hint=hint)
        raise LeafletPressError(finding, _EXIT_PROJECT) from error


class _Objects(Repo):
    """A repository as a store of objects: its configuration says how they are stored, and no more."""

    def get_config(self) -> ConfigFile:
        kept = ConfigFile()
        path = Path(self.commondir(), "config")
        if not path.is_file():
            return kept
        with path.open("rb") as file:
            given = ConfigFile.from_file(BytesIO(file.read(_MAX_CONFIG_BYTES)), expand_includes=False)
        wanted = (
            (b"core", b"repositoryformatversion"),
            (b"extensions", b"objectformat"),
            (b"extensions", b"refstorage"),
        )
        for section, key in wanted:
            try:
                kept.set((section,), key, given.get((section,), key))
            except KeyError:
                continue
        return kept


class Archive:
    """The history of the project at `root`, which may be a folder inside the repository; raises P409 (exit 3)."""

    def __init__(self, root: Path) -> None:
        top = next((place for place in (root, *root.parents) if (place / ".git").exists()), None)
        if top is None:
            raise no_repository(root)
        with unharmed():
            self._repo = _Objects(top)
            self._repo.object_store.loose_object_size_limit = _MAX_OBJECT_BYTES
            self._shallow = frozenset(self._repo.get_shallow())
        self._inside = root.relative_to(top).parts
        self._entries: dict[tuple[ObjectID, str], tuple[int, ObjectID] | None] = {}

    def close(self) -> None:
        """Close the files of the repository."""
        self._repo.close()

    @property
    def is_shallow(self) -> bool:
        """Whether the repository was cloned without the older part of its history."""
        return bool(self._shallow)

    def begins_at(self, record: Record) -> bool:
        """Whether the history was cut off before this commit."""
        return record.commit.encode() in self._shallow

    @unharmed()
    def head(self) -> Record | None:
        """The commit that is checked out; None where there is none yet."""
        try:
            return self.record(self._repo.refs[HEADREF])
        except KeyError:
            return None

    @unharmed()
    def record(self, name: ObjectID) -> Record | None:
        """The commit of that name; None where the repository does not have it, as in a shallow clone."""
        try:
            found = self._repo.object_store[name]
        except KeyError:
            return None
        if not isinstance(found, Commit):
            return None
        parents = () if name in self._shallow else tuple(found.parents)
        author = _decoded(found.author.partition(b"<")[0], found.encoding)
        return Record(found.id.decode(), author, _moment(found), found.commit_time, found.tree, parents)

    @unharmed()
    def blob(self, record: Record, path: str) -> str | None:
        """The name of a file's content in a commit, by its path in the project; None where it has no such file."""
        found = self._look_up(record.tree, (*self._inside, *path.split("/")))
        return found.decode() if found is not None else None

    def _look_up(self, tree: ObjectID, parts: tuple[str, ...]) -> ObjectID | None:
        """The name of the plain file at a path below `tree`; links and folders are none."""
        mode, name = stat.S_IFDIR, tree
        for part in parts:
            entry = self._entry(name, part) if stat.S_ISDIR(mode) else None
            if entry is None:
                return None
            mode, name = entry
        return name if stat.S_ISREG(mode) else None

    def _entry(self, tree: ObjectID, name: str) -> tuple[int, ObjectID] | None:
        """Mode and name of what a folder holds; remembered, because most commits leave most folders as they were."""
        key = (tree, name)
        if key not in self._entries:
            try:
                folder = self._repo.object_store[tree]
                found = folder[name.encode("utf-8", "surrogateescape")] if isinstance(folder, Tree) else None
            except KeyError:
                found = None
            self._entries[key] = found
        return self._entries[key]

    @unharmed()
    def content(self, blob: str) -> bytes | None:
        """The bytes of a content; None where the repository does not have them."""
        try:
            found = self._repo.object_store[ObjectID(blob.encode())]
        except KeyError:
            return None
        return found.data if isinstance(found, Blob) else None

    @unharmed()
    def moved_from(self, record: Record, parent: Record, path: str) -> str | None:
        """Where a file of `record` lay in `parent`, which has none at that path; None where it is new.

        It moved if the parent has a file of the same suffix that is gone now, with the same content or half its lines.
        """
        blob = self.blob(record, path)
        suffix, name = path[path.rfind(".") :], path.rsplit("/", 1)[-1]
        gone = [
            (old, change.old.sha.decode())
            for change in islice(tree_changes(self._repo.object_store, parent.tree, record.tree), _MAX_CHANGES)
            if change.type == CHANGE_DELETE and change.old and change.old.path and change.old.sha
            for old in (self._in_project(change.old.path),)
            if old and old.endswith(suffix)
        ]
        gone.sort(key=lambda one: (one[1] != blob, one[0].rsplit("/", 1)[-1] != name, one[0]))
        if gone and gone[0][1] == blob:
            return gone[0][0]
        best, place = _ALIKE, None
        for old, sha in gone[:_MAX_CANDIDATES]:
            alike = self._likeness(sha, blob or "")
            if alike > best:
                best, place = alike, old
        return place

    def _in_project(self, path: bytes) -> str | None:
        parts = tuple(path.decode("utf-8", "surrogateescape").split("/"))
        inside = parts[: len(self._inside)] == self._inside
        return "/".join(parts[len(self._inside) :]) if inside else None

    def _likeness(self, one: str, other: str) -> float:
        """The share of lines that two contents have in common, whatever their order: quick for any content."""
        lines = [Counter((self.content(blob) or b"").splitlines()[:_MAX_LINES]) for blob in (one, other)]
        return 2 * (lines[0] & lines[1]).total() / (lines[0].total() + lines[1].total() or 1)


def _decoded(words: bytes, encoding: bytes | None) -> str:
    try:
        return printable(words.decode((encoding or b"utf-8").decode("ascii")))
    except (UnicodeDecodeError, LookupError, ValueError):
        return printable(words.decode("utf-8", "replace"))


def _moment(commit: Commit) -> datetime | None:
    """When the author wrote it, by the author's clock; None for moments that no calendar has."""
    try:
        return datetime.fromtimestamp(commit.author_time, timezone(timedelta(seconds=commit.author_timezone)))
    except (OverflowError, OSError, ValueError):
        pass
    try:
        return datetime.fromtimestamp(commit.author_time, UTC)
    except (OverflowError, OSError, ValueError):
        return None
