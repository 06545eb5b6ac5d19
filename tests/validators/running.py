"""Running somebody else's program: with a time limit, and never mistaking silence for a pass."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
TOOLS = CHECKOUT / ".tools"


class NotJudgedError(RuntimeError):
    """A validator died, or said nothing about a file it was given."""


def run(
    command: Sequence[str | Path], *, seconds: float, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run to the end, output caught as text; NotJudgedError where it takes longer than `seconds`."""
    try:
        return subprocess.run(
            [str(word) for word in command],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=seconds,
            check=False,
            env={**os.environ, **(environment or {})},
        )
    except subprocess.TimeoutExpired as error:
        raise NotJudgedError(f"{command[0]} took longer than {seconds:.0f} s") from error


def missing(*programs: str) -> str:
    """Which of the programs is not on the PATH; empty where all are."""
    absent = [program for program in programs if not shutil.which(program)]
    return f"{', '.join(absent)} not found on the PATH" if absent else ""


def compiled(source: Path, class_path: str) -> Path:
    """The folder with `source` compiled, made once for each wording of the source and each class path."""
    digest = hashlib.sha256(source.read_bytes() + class_path.encode()).hexdigest()[:16]
    folder = TOOLS / "java" / f"{source.stem}-{digest}"
    if folder.is_dir():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=folder.parent))
    done = run(["javac", "-encoding", "UTF-8", "-nowarn", "-cp", class_path, "-d", fresh, source], seconds=120)
    if done.returncode:
        shutil.rmtree(fresh)
        raise NotJudgedError(f"{source.name} does not compile:\n{done.stderr}")
    try:
        fresh.rename(folder)
    except OSError:  # another test process was quicker
        shutil.rmtree(fresh)
    return folder


def judged_by_java(source: Path, class_path: str, arguments: Sequence[str], expected: int) -> list[str]:
    """Findings of a judge in java/: lines `FINDING <words>`, and `JUDGED <words>` for each of `expected` verdicts."""
    classes = compiled(source, class_path)
    options = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m", "-Dfile.encoding=UTF-8"]
    whole_path = f"{classes}{os.pathsep}{class_path}"
    done = run(["java", *options, "-cp", whole_path, source.stem, *arguments], seconds=300)
    lines = done.stdout.splitlines()
    verdicts = [line for line in lines if line.startswith("JUDGED ")]
    if len(verdicts) != expected:
        raise NotJudgedError(f"{source.stem}: {len(verdicts)} verdicts of {expected}\n{done.stdout}\n{done.stderr}")
    return [line.removeprefix("FINDING ") for line in lines if line.startswith("FINDING ")]
