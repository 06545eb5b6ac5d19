"""The ledger of one build: what became of each target, what was found, and the manifest that follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from time import monotonic
from typing import Protocol

from leafletpress.diagnostics import Diagnostic
from leafletpress.press.fingerprint import Fingerprints
from leafletpress.press.idle import Uses
from leafletpress.press.manifest import NAME, Entry, House, Manifest, Origin
from leafletpress.press.manifest_form import print_manifest
from leafletpress.press.messages import Made, Resolved
from leafletpress.press.order import Job, Target
from leafletpress.press.plan import Plan
from leafletpress.press.report import Report, Result, State
from leafletpress.press.stamps import Digests, Stamp
from leafletpress.press.writing import refused, write_whole

ORDERS = "orders"
"""Where the faults of an order itself stand in the ledger."""

_REFUSALS = frozenset({"E319"})  # the leaflet was good once: its files are to be cleared away
_SAVE_EVERY_S = 2.0
_SAVE_SHARE = 0.02  # of the time a build takes may go into saving the manifest on the way


class Listener(Protocol):
    """Who wants to hear of a build while it goes on."""

    def begin(self, due: int) -> None:
        """So many files are to be made, or leaflets checked."""

    def ended(self, result: Result) -> None:
        """A target was made, or failed."""

    def found(self, finding: Diagnostic) -> None:
        """Something was found; each finding is told once."""

    def checked(self) -> None:
        """A leaflet was checked; nothing is made of it."""


@dataclass(frozen=True, slots=True)
class Books:
    """What is known of the last build and of the files: the manifest as it was, digests, fingerprints, the plan."""

    manifest: Manifest
    digests: Digests
    prints: Fingerprints
    plan: Plan


class Ledger:
    """Keeps the books while the workers work.

    `house`, `withdrawn` and `lists` are what the manifest shall remember of the project, of leaflets, of pick lists.
    `shown` is the output folder as the user knows it.
    """

    def __init__(self, books: Books, output: Path, shown: str, listener: Listener, today: date | None = None) -> None:
        manifest = books.manifest
        self.house: House | None = None
        self.withdrawn: Mapping[str, tuple[str, bool]] = manifest.withdrawn
        self.lists: Mapping[str, Stamp] = manifest.lists
        self.uses = Uses()
        self._today = today
        self._books = books
        self._output = output
        self.shown = shown
        self._listener = listener
        self._entries = dict(manifest.entries)
        self._findings = dict(manifest.findings)
        self._pairs: dict[tuple[str, str], tuple[str, str]] = {}
        self._resolved: dict[str, tuple[Origin, tuple[Diagnostic, ...]]] = {}
        self._results: dict[str, Result] = {}
        self._found: dict[str, list[Diagnostic]] = {}
        self._told: set[Diagnostic] = set()
        self._code = 0
        self._trace = ""
        self._unsaved = False
        self._saved_at = monotonic()
        self._save_cost = 0.0
        self._reasons: dict[str, str] = {}

    @property
    def entries(self) -> Mapping[str, Entry]:
        """Every output that is known, by path."""
        return self._entries

    def expect(self, target: Target, reason: str) -> None:
        """A target that is due, and why."""
        self._reasons[target.output] = reason
        self._results[target.output] = Result(target, self._place(target), State.PLANNED, reason=reason)

    def leave_out(self, target: Target) -> None:
        """A target of a withdrawn leaflet, which nobody asked for by name."""
        self._results[target.output] = Result(target, self._place(target), State.WITHDRAWN)

    def refuse(self, target: Target, finding: Diagnostic) -> None:
        """A target that was ordered and will not be made."""
        self.fault(ORDERS, finding, 1)
        self._results[target.output] = Result(target, self._place(target), State.FAILED, fault=finding.message)

    def keep(self, job: Job, target: Target, *, strict: bool) -> None:
        """A target that need not be made: what was found when it was made is told again."""
        found = self._findings.get(target.output, ())
        self._tell(job, found)
        refused_now = strict and bool(found)
        self._code = max(self._code, int(refused_now))
        state = State.FAILED if refused_now else State.UNCHANGED
        entry = self._books.plan.touched.get(target.output, self._entries[target.output])
        self._entries[target.output] = entry
        fault = _in_words(found) if refused_now else ""
        self._results[target.output] = Result(
            target, self._place(target), state, sha256=entry.stamp.sha256, fault=fault
        )

    def resolved(self, job: Job, event: Resolved) -> None:
        """An edition stands, or its faults do."""
        self.uses.note(job.key, event)
        # Thousands of editions are made from hundreds of files: each path and digest is kept once.
        pairs = ((one.path, one.sha256) for one in event.inputs)
        inputs = tuple(self._pairs.setdefault(pair, pair) for pair in pairs)
        origin = Origin(inputs, event.review_by)
        origin = replace(origin, overdue=origin.overdue_on(self._today))
        for one in event.inputs:
            if one.stamp is not None:
                self._books.digests.learn(one.path, one.stamp)
        self._resolved[job.key] = (origin, event.diagnostics)
        self._tell(job, event.diagnostics)
        if not event.usable:
            self._code = max(self._code, 1)

    def made(self, job: Job, event: Made) -> None:
        """A file stands in its place."""
        target = event.target
        origin, found = self._resolved[job.key]
        maker = self._books.plan.maker(target.format)
        self._entries[target.output] = Entry(
            target.leaflet, target.lang, target.clinic, target.readers, target.name, event.stamp, origin, *maker
        )
        self._findings[target.output] = (*found, *event.diagnostics)
        self._unsaved = True
        self._tell(job, event.diagnostics)
        self._end(target, State.BUILT, event.seconds, event.stamp.sha256)

    def failed(
        self, job: Job, targets: Iterable[Target], found: tuple[Diagnostic, ...] = (), code: int = 0, seconds: float = 0
    ) -> None:
        """Targets that were not made; their files, if any, are what they were."""
        self._code = max(self._code, code)
        self._tell(job, found)
        _, read = self._resolved.get(job.key, (None, ()))
        refused = any(one.code in _REFUSALS for one in read)
        fault = _in_words(found or read)
        for target in targets:
            entry = self._entries.get(target.output)
            if entry is not None:  # the next build tries again, whatever the digests say
                self._entries[target.output] = replace(entry, code="", refused=refused)
                self._unsaved = True
            self._end(target, State.FAILED, seconds, fault=fault)

    def checked(self) -> None:
        """A job without targets is done."""
        self._listener.checked()

    def our_fault(self, trace: str) -> None:
        """Keep the first traceback of a fault of ours for whoever asks."""
        self._trace = self._trace or trace

    def fault(self, place: str, finding: Diagnostic, code: int) -> None:
        """A fault of the order itself, told under the key `place`."""
        self._code = max(self._code, code)
        if finding not in self._told:
            self._told.add(finding)
            self._found.setdefault(place, []).append(finding)
            self._listener.found(finding)

    def _end(self, target: Target, state: State, seconds: float, sha256: str = "", fault: str = "") -> None:
        reason = self._reasons.get(target.output, "")
        result = Result(target, self._place(target), state, seconds, sha256, reason, fault)
        self._results[target.output] = result
        self._listener.ended(result)

    def _tell(self, job: Job, found: Iterable[Diagnostic]) -> None:
        for one in found:
            if one not in self._told:
                self._told.add(one)
                self._found.setdefault(job.key, []).append(one)
                self._listener.found(one)

    def _place(self, target: Target) -> str:
        return f"{self.shown}/{target.output}"

    def save(self) -> None:
        """Write the manifest, if it says anything new."""
        books = self._books
        before = books.manifest
        news = books.plan.touched or books.digests.fresh or books.prints.fresh
        told = (self.house, self.withdrawn, self.lists) != (before.house, before.withdrawn, before.lists)
        if not (self._unsaved or news or told):
            return
        start = monotonic()
        wanted = {path for origin in {entry.origin for entry in self._entries.values()} for path, _ in origin.inputs}
        files = books.digests.known(wanted.union(self.withdrawn))
        findings = {path: found for path, found in self._findings.items() if found and path in self._entries}
        code, house = books.prints.known(), self.house
        manifest = Manifest(self._entries, files, code, findings, house, self.withdrawn, self.lists)
        try:
            write_whole(self._output / NAME, print_manifest(manifest))
        except OSError as error:
            self._code = max(self._code, 3)
            finding = refused(f"{self.shown}/{NAME}", error)
            self._found.setdefault("", []).append(finding)
            self._listener.found(finding)
        self._unsaved = False
        self._saved_at = monotonic()
        self._save_cost = self._saved_at - start

    def save_now_and_then(self) -> None:
        """Save on the way through a long build, so that little is done twice if it is killed."""
        if monotonic() - self._saved_at > max(_SAVE_EVERY_S, self._save_cost / _SAVE_SHARE):
            self.save()

    def results(self, jobs: Iterable[Job]) -> tuple[Result, ...]:
        """What became of the targets of these jobs."""
        return tuple(self._results[target.output] for job in jobs for target in job.targets)

    def report(self, jobs: tuple[Job, ...], notes: tuple[str, ...], seconds: float, exit_code: int | None) -> Report:
        """The whole, in the order of the jobs."""
        keys = [ORDERS, *(job.key for job in jobs), ""]
        found = tuple(one for key in keys for one in self._found.get(key, ()))
        results = self.results(jobs)
        leaflets = len({(job.sheet.id, job.sheet.lang) for job in jobs})
        code = self._code if exit_code is None else exit_code
        return Report(results, found, code, leaflets, seconds, notes, self._trace)


def _in_words(found: Iterable[Diagnostic]) -> str:
    """The first error among the findings, or the first finding, with its place."""
    first = next((one for one in sorted(found, key=lambda one: not one.is_error)), None)
    if first is None:
        return ""
    return f"{first.span}: {first.message}" if first.span.path else first.message
