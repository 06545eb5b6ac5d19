"""What must be made and why: each target against what the manifest says of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from leafletpress.press.fingerprint import Fingerprints
from leafletpress.press.manifest import Entry, Manifest
from leafletpress.press.order import Job, Target
from leafletpress.press.stamps import Digests, read_stamp, status_of
from leafletpress.registry import find

_WEIGHTS = {"pdf": 3}  # a PDF takes about as long as the other formats together


@dataclass(frozen=True, slots=True)
class Due:
    """A target that must be made, and why, in words."""

    target: Target
    reason: str


class Plan:
    """Judges targets against the manifest of the folder they go to."""

    def __init__(self, manifest: Manifest, output: Path, digests: Digests, prints: Fingerprints) -> None:
        self._manifest = manifest
        self._output = output
        self._digests = digests
        self._prints = prints
        self._makers: dict[str, tuple[str, str]] = {}
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
        for path, sha256 in entry.inputs:
            found = self._digests.of(path) or ""
            if found != sha256:
                return _told(path, sha256, found)
        code, libraries = self.maker(target.format)
        if entry.code != code:
            return "the press's code changed"
        if entry.libraries != libraries:
            return "library versions changed"
        return self._output_fault(target, entry)

    def _output_fault(self, target: Target, entry: Entry) -> str:
        path = self._output / target.output
        status = status_of(path)
        if status is None:
            return "output missing"
        if entry.stamp.fits(status):
            return ""
        stamp = read_stamp(path)
        if stamp is None or stamp.sha256 != entry.stamp.sha256:
            return "output changed since it was made"
        # The same bytes at another time, as after a copy: remember the new stamp.
        self.touched[target.output] = Entry(
            entry.leaflet, entry.lang, entry.clinic, entry.target, stamp, entry.inputs, entry.code, entry.libraries
        )
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
    return tuple(Job(job.sheet, job.clinic, tuple(parts[place])) for place in order)


def stale(manifest: Manifest, leaflets: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Outputs of leaflets (id and language) that exist no more."""
    alive = set(leaflets)
    return tuple(sorted(path for path, entry in manifest.entries.items() if (entry.leaflet, entry.lang) not in alive))
