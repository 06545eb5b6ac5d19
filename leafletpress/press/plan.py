"""What must be made and why: each target against what the manifest says of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from leafletpress.press.fingerprint import Fingerprints
from leafletpress.press.manifest import Entry, Manifest, Origin
from leafletpress.press.order import Job, Target
from leafletpress.press.stamps import Digests, read_stamp, status_of
from leafletpress.press.stock import Stock
from leafletpress.registry import find

_WEIGHTS = {"pdf": 3}  # a PDF takes about as long as the other formats together


@dataclass(frozen=True, slots=True)
class Due:
    """A target that must be made, and why, in words."""

    target: Target
    reason: str


class Plan:
    """Judges targets against the manifest of the folder they go to, as of `today`.

    What many targets share is judged once: each input, each origin, each format's maker.
    """

    def __init__(
        self, manifest: Manifest, output: Path, digests: Digests, prints: Fingerprints, today: date | None = None
    ) -> None:
        self._manifest = manifest
        self._output = str(output)
        self._digests = digests
        self._prints = prints
        self._today = today
        self._makers: dict[str, tuple[str, str]] = {}
        self._pairs: dict[tuple[str, str], str] = {}
        self._origins: dict[Origin, str] = {}
        self.touched: dict[str, Entry] = {}

    def maker(self, name: str) -> tuple[str, str]:
        """The fingerprints of a format: of the code, and of the library versions."""
        if name not in self._makers:
            kind = find(name)
            self._makers[name] = (self._prints.layout(kind), self._prints.libraries(kind))
        return self._makers[name]

    def reason(self, target: Target) -> str:
        """Why the target must be made; "" where it need not be."""
        entry = self._manifest.entries.get(target.output)
        if entry is None:
            return "new"
        if (entry.edition, entry.target) != (target.edition, target.name):
            return f"the file is {entry.target} for another edition"
        if not entry.code:
            return "could not be made the last time"
        changed = self._origin_fault(entry.origin)
        if changed:
            return changed
        code, libraries = self.maker(target.format)
        if entry.code != code:
            return "the press's code changed"
        if entry.libraries != libraries:
            return "library versions changed"
        return self._output_fault(target, entry)

    def _origin_fault(self, origin: Origin) -> str:
        """What an edition was made from and is not so any more."""
        if origin not in self._origins:
            changed = next((fault for pair in origin.inputs if (fault := self._input_fault(pair))), "")
            self._origins[origin] = changed or self._date_fault(origin)
        return self._origins[origin]

    def _date_fault(self, origin: Origin) -> str:
        overdue = origin.overdue_on(self._today)
        if overdue == origin.overdue:
            return ""
        return "its review date has passed" if overdue else "its review date has not passed yet"

    def _input_fault(self, pair: tuple[str, str]) -> str:
        if pair not in self._pairs:
            path, sha256 = pair
            found = self._digests.of(path) or ""
            self._pairs[pair] = "" if found == sha256 else _told(path, sha256, found)
        return self._pairs[pair]

    def _output_fault(self, target: Target, entry: Entry) -> str:
        path = f"{self._output}/{target.output}"
        status = status_of(path)
        if status is None:
            return "output missing"
        if entry.stamp.fits(status):
            return ""
        stamp = read_stamp(path)
        if stamp is None or stamp.sha256 != entry.stamp.sha256:
            return "output changed since it was made"
        # The same bytes at another time, as after a copy: remember the new stamp.
        self.touched[target.output] = replace(entry, stamp=stamp)
        return ""


def _told(path: str, before: str, now: str) -> str:
    if not now:
        return f"source gone: {path}"
    return f"source changed: {path}" if before else f"source added: {path}"


def split(job: Job, ways: int) -> tuple[Job, ...]:
    """The job in at most `ways` parts of about the same weight, the heaviest last; one part for one way."""
    parts: list[list[Target]] = [[] for _ in range(min(ways, len(job.targets)))]
    loads = [0] * len(parts)
    for target in sorted(job.targets, key=lambda one: -_WEIGHTS.get(one.format, 1)):
        lightest = loads.index(min(loads))
        parts[lightest].append(target)
        loads[lightest] += _WEIGHTS.get(target.format, 1)
    order = sorted(range(len(parts)), key=lambda place: loads[place])
    return tuple(replace(job, targets=tuple(parts[place])) for place in order)


def stale(entries: Mapping[str, Entry], stock: Stock) -> tuple[tuple[str, str], ...]:
    """Outputs, by path, whose leaflet, clinic or readers exist no more, and which of the three that is."""
    leaflets = {(sheet.id, sheet.lang) for sheet in stock.sheets}
    clinics, readers = {None, *stock.clinics}, {None, *stock.readers}
    gone = []
    for path, entry in entries.items():
        if (entry.leaflet, entry.lang) not in leaflets:
            gone.append((path, "leaflet"))
        elif entry.clinic not in clinics:
            gone.append((path, "clinic"))
        elif entry.readers not in readers:
            gone.append((path, "readers"))
    return tuple(sorted(gone))
