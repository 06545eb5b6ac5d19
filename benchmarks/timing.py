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
    """Median wall seconds of the runs, and the peak memory of the largest process in MB."""

    seconds: float
    peak_mb: float


def _run(command: Command) -> float:
    """Run to the end; the peak memory of the process and its children in MB. CalledProcessError where it fails."""
    process = subprocess.Popen(
        list(command.words), cwd=command.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command.words, stderr=said)
    return usage.ru_maxrss / 1024


def measure(
    commands: Sequence[Command], runs: int, at_once: int = 1, before: Callable[[], None] = lambda: None
) -> Figure:
    """Run all the commands, `at_once` of them side by side, `runs` times; `before` each run puts things back."""
    times, peaks = [], [0.0]
    for _ in range(runs):
        before()
        start = time.perf_counter()
        if at_once == 1:
            peaks += [_run(command) for command in commands]
        else:
            with ThreadPoolExecutor(at_once) as pool:
                peaks += list(pool.map(_run, commands))
        times.append(time.perf_counter() - start)
    return Figure(median(times), max(peaks))
