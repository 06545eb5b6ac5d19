"""The trail of one file through the archive: every state it has had, newest first, and what came before each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from leafletpress.press.archive import SHORT, Archive, Record
from leafletpress.press.particulars import particulars

MOST_COMMITS = 10_000
_SHORTEST_NAME = 4


@dataclass(frozen=True, slots=True)
class State:
    """A file as one commit left it.

    `path` is where it lay then, from the project's folder; `blob` names its content; `before` are the states that this
    one was made from, by their position in the trail: none for the first, two where branches were joined by hand.
    """

    record: Record
    path: str
    blob: str
    before: tuple[int, ...]

    @property
    def short(self) -> str:
        """The commit as it is shown."""
        return self.record.commit[:SHORT]


@dataclass(frozen=True, slots=True)
class Trail:
    """The states of one file. `cut` says why older ones may be missing, "" where the trail is whole."""

    states: tuple[State, ...]
    cut: str


@dataclass(slots=True)
class _Step:
    """A commit on the way: the content there, where the way goes on, and whether this commit changed the content."""

    record: Record
    path: str
    blob: str
    older: tuple[tuple[str, str], ...] = ()
    changed: bool = False


def follow(archive: Archive, path: str, most: int = MOST_COMMITS) -> Trail:
    """The trail of the file at `path` in the project; no states where it was never committed.

    Commits that leave the file as a parent had it are passed over on that parent's side, as `git log` does it; renames
    are followed. At most `most` commits are looked at. LeafletPressError (P409, exit 3) for a damaged repository.
    """
    return _Walk(archive, most).walk(path)


def find(archive: Archive, path: str, wanted: str) -> State | None:
    """The newest state of a file whose version is `wanted`, or whose commit or content has a name that begins so."""
    states = follow(archive, path).states
    for state in states:
        if particulars(archive.content(state.blob) or b"", state.path).version == wanted:
            return state
    if len(wanted) < _SHORTEST_NAME:
        return None
    names = ((state, name) for state in states for name in (state.record.commit, state.blob))
    return next((state for state, name in names if name.startswith(wanted.lower())), None)


class _Walk:
    def __init__(self, archive: Archive, most: int) -> None:
        self._archive = archive
        self._most = most
        self._steps: dict[tuple[str, str], _Step] = {}
        self._cut = ""

    def walk(self, path: str) -> Trail:
        head = self._archive.head()
        blob = self._archive.blob(head, path) if head is not None else None
        if head is None or blob is None:
            return Trail((), "")
        waiting = [(-head.order, head.commit, path)]
        self._steps[head.commit, path] = _Step(head, path, blob)
        taken = 0
        while waiting:
            if taken == self._most:
                self._cut = f"only the newest {self._most:,} commits were looked at"
                break
            taken += 1
            _, *key = heappop(waiting)
            step = self._steps[key[0], key[1]]
            for older in self._go_on(step):
                if (older.record.commit, older.path) not in self._steps:
                    self._steps[older.record.commit, older.path] = older
                    heappush(waiting, (-older.record.order, older.record.commit, older.path))
        return Trail(self._states(), self._cut)

    def _go_on(self, step: _Step) -> list[_Step]:
        """The steps that come before; of parents that have the same content the first is enough."""
        older: list[_Step] = []
        for name in step.record.parents:
            parent = self._archive.record(name)
            if parent is None:
                self._cut = self._missing(step)
                continue
            blob = self._archive.blob(parent, step.path)
            if blob is not None:
                older.append(_Step(parent, step.path, blob))
        if not older:
            older = list(self._moved(step))
        if self._archive.begins_at(step.record):
            self._cut = self._missing(step)
        same = next((one for one in older if one.blob == step.blob), None)
        older = [same] if same else older
        step.changed = same is None
        step.older = tuple((one.record.commit, one.path) for one in older)
        return older

    def _moved(self, step: _Step) -> Iterator[_Step]:
        for name in step.record.parents:
            parent = self._archive.record(name)
            path = self._archive.moved_from(step.record, parent, step.path) if parent else None
            blob = self._archive.blob(parent, path) if parent and path else None
            if parent and path and blob:
                yield _Step(parent, path, blob)

    def _missing(self, step: _Step) -> str:
        short = step.record.commit[:SHORT]
        if self._archive.is_shallow:
            return f"the repository has nothing older than {short}: it was cloned without ('git fetch --unshallow')"
        return f"the repository lacks what came before {short}"

    def _states(self) -> tuple[State, ...]:
        """The steps that changed something, each before all that it was made from, and otherwise by date."""
        line = self._in_line()
        places = {key: place for place, key in enumerate(key for key in line if self._shown(key))}
        made_from: dict[tuple[str, str], set[int]] = {}
        for key in reversed(line):
            before: set[int] = set()
            for older in self._steps[key].older:
                before |= {places[older]} if older in places else made_from.get(older, set())
            made_from[key] = before
        return tuple(
            State(step.record, step.path, step.blob, tuple(sorted(made_from[key])))
            for key in places
            for step in (self._steps[key],)
        )

    def _shown(self, key: tuple[str, str]) -> bool:
        return self._steps[key].changed

    def _in_line(self) -> list[tuple[str, str]]:
        children = dict.fromkeys(self._steps, 0)
        for step in self._steps.values():
            for older in step.older:
                children[older] += 1
        ready = [(-self._steps[key].record.order, *key) for key, count in children.items() if not count]
        heapify(ready)
        line: list[tuple[str, str]] = []
        while ready:
            _, *key = heappop(ready)
            line.append((key[0], key[1]))
            for older in self._steps[key[0], key[1]].older:
                children[older] -= 1
                if not children[older]:
                    heappush(ready, (-self._steps[older].record.order, *older))
        return line
