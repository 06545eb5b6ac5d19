"""The press's side of its workers: who is idle, who has had too long, who died.

One thread, no locks: the press forks from a process that never has a second thread, so a child can inherit no lock
that nobody will open (docs/decisions/workers.md says why there is no pool from a library).
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum
from multiprocessing import connection, get_context
from multiprocessing.context import ForkContext, SpawnContext
from time import monotonic
from typing import TYPE_CHECKING, TypeAlias

from leafletpress.press.messages import Began, Bench, Done, Event, Request, Resolved, Setting, Task, Warm
from leafletpress.press.order import Target
from leafletpress.press.worker import OUT_OF_MEMORY, serve

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

SHARE = 250  # leaflets a worker does before it is replaced: renderers leak a little (reference: 64 to 138 MB in 200)
_WARMING_S = 60.0  # importing renderers and reading fonts on a slow, busy machine


class Why(Enum):
    """What ended a worker."""

    TIME = "time"
    MEMORY = "memory"
    DEATH = "death"


@dataclass(frozen=True, slots=True)
class Lost:
    """A worker ended before its task did. `target` is what it was at, `how` the way it died."""

    task: Task
    target: Target | None
    why: Why
    how: str = ""


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    channel: connection.Connection
    formats: set[str]
    placed: bool = False
    task: Task | None = None
    target: Target | None = None
    deadline: float = field(default=float("inf"))

    def send(self, request: Request) -> None:
        with suppress(BrokenPipeError, ConnectionResetError):  # it died: its closed channel says so next
            self.channel.send(request)


News: TypeAlias = Event | Lost


class Workers:
    """At most `most` processes, started when they are needed; `early` are the formats that one was warmed for."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._all: list[_Worker] = []
        self._bench: Bench | None = None
        self._seconds = float("inf")
        self.early: set[str] = set()

    def place(self, bench: Bench, seconds: float) -> None:
        """What every worker is told before its first task."""
        self._bench, self._seconds = bench, seconds

    def warm(self, *formats: str) -> None:
        """Start one worker that gets ready for these formats while the press still plans."""
        self._start().send(Warm(formats))
        self._all[-1].formats.update(formats)
        self.early |= set(formats)

    @property
    def room(self) -> bool:
        """Whether a task would be taken up at once."""
        return len(self._all) < self._most or any(worker.task is None for worker in self._all)

    @property
    def busy(self) -> bool:
        """Whether anybody is at work."""
        return any(worker.task is not None for worker in self._all)

    def give(self, task: Task) -> None:
        """Hand a task to the idle worker that is warmest for it, or to a new one where none is warm."""
        wanted = {target.format for target in task.targets}
        idle = [worker for worker in self._all if worker.task is None]
        warmest = max(idle, key=lambda worker: len(worker.formats & wanted), default=None)
        fit = warmest is not None and bool(warmest.formats & wanted)
        if warmest is None or (not fit and len(self._all) < self._most):
            warmest = self._start()
        if not warmest.placed and self._bench is not None:
            warmest.send(self._bench)
            warmest.placed = True
        warmest.task, warmest.target = task, None
        warmest.formats |= wanted
        warmest.deadline = monotonic() + self._seconds + _WARMING_S
        warmest.send(task)

    def wait(self) -> list[News]:
        """What has happened, at least one thing; call it only while somebody is busy."""
        news: list[News] = []
        while not news:
            nearest = min((worker.deadline for worker in self._all if worker.task), default=float("inf"))
            patience = None if nearest == float("inf") else max(0.0, nearest - monotonic())
            ready = connection.wait([worker.channel for worker in self._all], patience)
            for worker in [worker for worker in self._all if worker.channel in ready]:
                news += self._hear(worker)
            now = monotonic()
            for worker in [worker for worker in self._all if worker.task and worker.deadline <= now]:
                news.append(Lost(worker.task, worker.target, Why.TIME))  # type: ignore[arg-type] # filtered above
                self._end(worker)
        return news

    def _hear(self, worker: _Worker) -> Iterator[News]:
        try:
            event: Event = worker.channel.recv()
        except (EOFError, OSError):
            yield from self._bury(worker)
            return
        match event:
            case Began():
                worker.deadline = monotonic() + self._seconds
            case Resolved(forme=bytes()):
                worker.deadline = monotonic() + self._seconds + _WARMING_S
            case Setting(target=target):
                worker.target = target
            case Done(leaving=leaving):
                worker.task, worker.target, worker.deadline = None, None, float("inf")
                if leaving:
                    self._end(worker)
            case _:
                worker.target = None
        yield event

    def _bury(self, worker: _Worker) -> Iterator[Lost]:
        task, target = worker.task, worker.target
        worker.process.join(1)
        code = worker.process.exitcode
        self._end(worker)
        if task is not None:
            why = Why.MEMORY if code == OUT_OF_MEMORY else Why.DEATH
            yield Lost(task, target, why, _how(code))

    def _start(self) -> _Worker:
        context = _context()
        ours, theirs = context.Pipe()
        with _undisturbed():
            process = context.Process(target=serve, args=(theirs, os.getpid(), SHARE), daemon=True)
            process.start()
        theirs.close()
        worker = _Worker(process, ours, set())
        self._all.append(worker)
        return worker

    def _end(self, worker: _Worker) -> None:
        self._all.remove(worker)
        worker.process.kill()
        worker.channel.close()
        worker.process.join()

    def close(self) -> None:
        """End every worker, at work or not; what was being written is swept by whoever holds the lock."""
        for worker in list(self._all):
            self._end(worker)


def _context() -> ForkContext | SpawnContext:
    """Fork on Linux: a worker inherits what is imported and starts at once.

    Elsewhere system libraries forbid it, and so does a second thread: a forked child inherits its locks, but not the
    thread that would open them. The press has one thread; a program that uses us as a library may have more.
    """
    return get_context("fork") if sys.platform == "linux" and _threads() == 1 else get_context("spawn")


def _threads() -> int:
    """How many threads this process has, those that libraries started included (proc(5))."""
    return len(os.listdir("/proc/self/task"))  # noqa: PTH208  (names are counted, not opened)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Hold Ctrl-C back while a child is made, so that it never runs the press's own handler."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _how(code: int | None) -> str:
    if code is not None and code < 0:
        with suppress(ValueError):
            return f"signal {signal.Signals(-code).name}"
    return f"exit code {code}"
