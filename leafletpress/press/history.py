"""History: the versions of a leaflet from git, each with its change note, and what is amiss in how they follow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from leafletpress.diagnostics import Diagnostic
from leafletpress.model import Span
from leafletpress.press.archive import Archive
from leafletpress.press.order import Order, choose
from leafletpress.press.particulars import Particulars, particulars
from leafletpress.press.stock import Sheet, find_root, open_stock
from leafletpress.press.trail import MOST_COMMITS, State, follow

_NUMBERS = re.compile(r"v?(\d{1,9}(?:\.\d{1,9})*)\Z", re.ASCII)
_APPROVED = "approved"


@dataclass(frozen=True, slots=True)
class Version:
    """One version as it stood at its last commit. No `states`: the file as it lies there, not committed yet.

    `states` are the commits that made it, newest first; `says` is what the last of them says of itself.
    """

    says: Particulars
    states: tuple[State, ...]


@dataclass(frozen=True, slots=True)
class History:
    """The versions of a leaflet in one language, newest first; no committed one where it was never committed.

    `cut` says why older versions may be missing. `notes` are remarks on versions that go back, or that were changed
    after they had been approved.
    """

    id: str
    lang: str
    display: str
    versions: tuple[Version, ...]
    cut: str
    diagnostics: tuple[Diagnostic, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Stand:
    """A state of the file, committed or not (`state` None), with what it says and the stands that it was made from."""

    says: Particulars
    content: bytes
    state: State | None
    before: tuple[int, ...]

    @property
    def where(self) -> str:
        return self.state.short if self.state else "the file as it is now, not committed yet"


def histories(order: Order, folder: Path, most: int = MOST_COMMITS) -> tuple[History, ...]:
    """The history of each leaflet ordered, language by language; at most `most` commits are looked at for each.

    LeafletPressError: exit 2 and 3 as for a build; P409 (exit 3) where there is no repository or it is damaged.
    """
    stock = open_stock(find_root(folder) or folder)
    sheets = choose(stock, order)
    archive = Archive(stock.root)
    try:
        return tuple(_history(archive, sheet, most) for sheet in sheets)
    finally:
        archive.close()


def _history(archive: Archive, sheet: Sheet, most: int) -> History:
    trail = follow(archive, sheet.display, most)
    stands = [_stand(archive, state, state.before) for state in trail.states]
    now = _lying_there(sheet)
    if now is not None and not (stands and _same_lines(now.content, stands[0].content)):
        moved = [replace(one, before=tuple(place + 1 for place in one.before)) for one in stands]
        stands = [replace(now, before=(1,) if moved else ()), *moved]
    runs = [list(run) for _, run in groupby(range(len(stands)), key=lambda place: _run_key(stands[place], place))]
    found = tuple(_noteless(stands, runs, sheet.display))
    notes = (*_going_back(stands, runs, sheet), *_changed_silently(stands, runs, sheet))
    return History(sheet.id, sheet.lang, sheet.display, tuple(_versions(stands, runs)), trail.cut, found, notes)


def _stand(archive: Archive, state: State, before: tuple[int, ...]) -> _Stand:
    content = archive.content(state.blob)
    if content is None:
        finding = Diagnostic("S105", "the repository lacks this content", Span(state.path), "see what 'git fsck' says")
        return _Stand(Particulars(None, None, None, None, (finding,), ()), b"", state, before)
    return _Stand(particulars(content, state.path), content, state, before)


def _lying_there(sheet: Sheet) -> _Stand | None:
    from leafletpress.reader.source_text import LARGEST_FILE_BYTES  # noqa: PLC0415 - the reader is imported late

    try:
        with sheet.path.open("rb") as file:
            content = file.read(LARGEST_FILE_BYTES + 1)
    except OSError:
        return None  # what lies there cannot be read; its history can
    return _Stand(particulars(content, sheet.display), content, None, ())


def _same_lines(one: bytes, other: bytes) -> bool:
    """Whether two contents are the same, line ends apart: git may have changed those on the way to the folder."""
    return one == other or one.replace(b"\r\n", b"\n") == other.replace(b"\r\n", b"\n")


def _run_key(stand: _Stand, place: int) -> object:
    """Stands in a row with one version belong together; one without a version stands alone."""
    return stand.says.version or place


def _versions(stands: list[_Stand], runs: list[list[int]]) -> Iterator[Version]:
    for run in runs:
        newest, *others = (stands[place] for place in run)
        if newest.state is None:
            yield Version(newest.says, ())
            if not others:
                continue
            newest = others[0]
        states = tuple(stands[place].state for place in run)
        yield Version(newest.says, tuple(state for state in states if state is not None))


def _made_from(stands: list[_Stand], run: list[int]) -> list[_Stand]:
    """The nearest earlier stands outside the run that have a version."""
    seen, waiting, found = set(run), [place for one in run for place in stands[one].before], []
    while waiting:
        place = waiting.pop()
        if place in seen:
            continue
        seen.add(place)
        if stands[place].says.version:
            found.append(stands[place])
        else:
            waiting += stands[place].before
    return found


def _noteless(stands: list[_Stand], runs: list[list[int]], display: str) -> Iterator[Diagnostic]:
    """E323 for each version but the first that says nothing new of itself."""
    for run in runs:
        newest, first = stands[run[0]], stands[run[-1]]
        version, earlier = newest.says.version, _made_from(stands, run)
        if version is None or not earlier or version in {one.says.version for one in earlier}:
            continue
        note = newest.says.change_note
        same = next((one for one in earlier if one.says.change_note == note), None)
        if note is not None and same is None:
            continue
        what = f"the change note of version {same.says.version}" if note and same else "no change note"
        message = f"version {version} has {what} ({first.where})"
        if run[0] == 0:
            hint = "say what is new in this version: write it behind 'change-note:', below the version"
            yield Diagnostic("E323", message, newest.says.span(display), hint)
        else:
            path = newest.state.path if newest.state else display
            hint = "it is history now: say in the next change note what was new in this version too"
            yield Diagnostic("E323", message, Span(path), hint)


def _going_back(stands: list[_Stand], runs: list[list[int]], sheet: Sheet) -> Iterator[str]:
    for run in runs:
        version = stands[run[0]].says.version
        earlier = [one.says.version for one in _made_from(stands, run)]
        numbers = _numbers(version)
        higher = [other for other in earlier if other and numbers and (_numbers(other) or ()) > numbers]
        if higher and version not in earlier:
            yield f"{sheet.id} {sheet.lang}: version {version} comes after {higher[0]} ({stands[run[-1]].where})"


def _numbers(version: str | None) -> tuple[int, ...] | None:
    """1.10 as (1, 10); None for versions that are no numbers, of which nobody can say which is newer."""
    found = _NUMBERS.match(version or "")
    if found is None:
        return None
    numbers = [int(part) for part in found[1].split(".")]
    while len(numbers) > 1 and not numbers[-1]:
        numbers.pop()  # 1.0 and 1 are the same
    return tuple(numbers)


def _changed_silently(stands: list[_Stand], runs: list[list[int]], sheet: Sheet) -> Iterator[str]:
    """A remark for each version whose words were changed while it was approved already."""
    for run in runs:
        inside = set(run)
        changed = [
            stands[place]
            for place in run
            if any(_rewritten(stands[old], stands[place]) for old in stands[place].before if old in inside)
        ]
        if changed:
            where = ", ".join(one.where for one in reversed(changed))
            version = changed[0].says.version
            yield f"{sheet.id} {sheet.lang}: version {version} was changed after it had been approved ({where})"


def _rewritten(old: _Stand, new: _Stand) -> bool:
    if (old.says.status, new.says.status) != (_APPROVED, _APPROVED) or _same_lines(old.content, new.content):
        return False
    from leafletpress.reader import read_leaflet  # noqa: PLC0415 - wanted seldom, and it costs a fifth of a second

    leaflets = [read_leaflet(one.content, "").leaflet for one in (old, new)]
    said = [(one.meta.title, one.meta.summary, one.body) if one is not None else None for one in leaflets]
    return None in said or said[0] != said[1]
