"""One shift: hands jobs to the workers until every target is made or has failed."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from leafletpress.diagnostics import Diagnostic
from leafletpress.press.ledger import Ledger
from leafletpress.press.messages import Began, Done, Failed, Made, Resolved, Setting, Task
from leafletpress.press.mishaps import READING, died, too_long, too_much
from leafletpress.press.order import Job, Target
from leafletpress.press.plan import split
from leafletpress.press.stock import Sheet
from leafletpress.press.workers import Lost, News, Why, Workers


@dataclass(slots=True)
class _Open:
    """A task that is under way or waits, what is left of it, and the parts that wait for its forme."""

    job: Job
    task: Task
    left: list[Target]
    held: tuple[Job, ...] = field(default=())
    resolved: bool = False


class Shift:
    """Works through jobs. `seconds` is the limit that is told when a leaflet takes too long."""

    def __init__(self, workers: Workers, most: int, seconds: float, ledger: Ledger) -> None:
        self._workers = workers
        self._most = most
        self._seconds = seconds
        self._ledger = ledger
        self._queue: deque[int] = deque()
        self._open: dict[int, _Open] = {}
        self._count = 0
        self.mishap = False

    def work(self, jobs: Sequence[Job]) -> None:
        """Do all `jobs`; a job without targets is resolved and checked only."""
        # A leaflet alone would leave workers idle: its formats are made side by side, from one resolved edition.
        ways = self._most // len(jobs) if jobs else 1
        for job in jobs:
            first, *others = self._parts(job, ways)
            self._add(first, held=tuple(others), share=bool(others))
        while self._queue or self._workers.busy:
            while self._queue and self._workers.room:
                self._workers.give(self._open[self._queue.popleft()].task)
            for news in self._workers.wait():
                self._heed(news)
            self._ledger.save_now_and_then()

    def _parts(self, job: Job, ways: int) -> tuple[Job, ...]:
        """The parts of a job that are made side by side; the first resolves the edition for all."""
        if ways < 2 or not job.targets:
            return (job,)
        if {target.format for target in job.targets} <= self._workers.early:
            # Whoever got ready early has no reader; a worker that is forked now has one, from the press.
            return (replace(job, targets=()), job)
        return split(job, ways)

    def _add(self, job: Job, forme: bytes | None = None, held: tuple[Job, ...] = (), *, share: bool = False) -> None:
        self._count += 1
        task = Task(self._count, job.sheet, job.clinic, job.readers, job.targets, job.formats, forme, share)
        self._open[self._count] = _Open(job, task, list(job.targets), held, resolved=forme is not None)
        self._queue.append(self._count)

    def _heed(self, news: News) -> None:
        match news:
            case Began() | Setting():
                pass
            case Resolved(task=number):
                self._resolved(self._open[number], news)
            case Made(task=number, target=target):
                part = self._open[number]
                part.left.remove(target)
                self._ledger.made(part.job, news)
            case Failed(task=number, target=target):
                self._failed(self._open[number], target, news)
            case Done(task=number):
                self._close(self._open.pop(number))
            case Lost():
                self._lost(self._open[news.task.number], news)

    def _resolved(self, part: _Open, event: Resolved) -> None:
        self._ledger.resolved(part.job, event)
        part.resolved = True
        held, part.held = part.held, ()
        if not event.usable:
            self._ledger.failed(part.job, (*part.left, *(target for job in held for target in job.targets)))
            part.left.clear()
            return
        for job in held:
            self._add(job, event.forme)

    def _failed(self, part: _Open, target: Target | None, event: Failed) -> None:
        self._ledger.our_fault(event.traceback)
        if target is None:
            self._give_up(part, event)
            return
        part.left.remove(target)
        self._ledger.failed(part.job, (target,), event.diagnostics, event.exit_code, event.seconds)

    def _give_up(self, part: _Open, event: Failed) -> None:
        waiting = [target for job in part.held for target in job.targets]
        self._ledger.failed(part.job, (*part.left, *waiting), event.diagnostics, event.exit_code)
        part.left.clear()
        part.held = ()

    def _close(self, part: _Open) -> None:
        if not part.job.targets and not part.task.share:
            self._ledger.checked()
        if part.left:  # the worker ran out of memory at one target: the others get a fresh one
            self._add(replace(part.job, targets=tuple(part.left)), part.task.forme)

    def _lost(self, part: _Open, news: Lost) -> None:
        self.mishap = True
        finding = self._mishap(part.job.sheet, news)
        if news.target in part.left:
            part.left.remove(news.target)
            self._ledger.failed(part.job, (news.target,), (finding,), 4)
        else:  # in reading or getting ready: nothing of it can be made
            self._give_up(part, Failed(part.task.number, None, (finding,), 4))
        self._close(self._open.pop(part.task.number))

    def _mishap(self, sheet: Sheet, news: Lost) -> Diagnostic:
        at = news.target.name if news.target else READING
        match news.why:
            case Why.TIME:
                return too_long(sheet, at, self._seconds)
            case Why.MEMORY:
                return too_much(sheet, at)
            case Why.DEATH:
                return died(sheet, at, news.how)
