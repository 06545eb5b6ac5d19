"""Runs commands and measures them as whole processes: wall seconds and the largest process's memory."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median


@dataclass(frozen=True, slots=True)
class Command:
    """One process: its words and where it runs."""

    words: Sequence[str]
    folder: Path


@dataclass(frozen=True, slots=True)
class Figure:
    """Median wall seconds of the runs, the peak memory of the largest process in MB, and processor seconds of a run."""

    seconds: float
    peak_mb: float
    cpu_seconds: float = 0


def _run(command: Command) -> tuple[float, float]:
    """Run to the end; the peak memory of the process and its children in MB, and their processor seconds.

    CalledProcessError where it fails.
    """
    process = subprocess.Popen(
        list(command.words), cwd=command.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command.words, stderr=said)
    return usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime


def measure(
    commands: Sequence[Command], runs: int, at_once: int = 1, before: Callable[[], None] = lambda: None
) -> Figure:
    """Run all the commands, `at_once` of them side by side, `runs` times; `before` each run puts things back."""
    times, used = [], [(0.0, 0.0)]
    for _ in range(runs):
        before()
        start = time.perf_counter()
        if at_once == 1:
            used += [_run(command) for command in commands]
        else:
            with ThreadPoolExecutor(at_once) as pool:
                used += list(pool.map(_run, commands))
        times.append(time.perf_counter() - start)
    cpu = sum(seconds for _, seconds in used) / runs
    return Figure(median(times), max(peak for peak, _ in used), cpu)
