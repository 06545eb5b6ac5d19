"""The command line on a stage of its own: a clean process, forked from one that has imported it and nothing else.

What an example changes there ends with it, and no renderer is met before the press starts its workers, as in a shell.
"""

from __future__ import annotations

import json
import os
import runpy
import subprocess
import sys
from pathlib import Path

if __name__ != "__main__":  # the stage itself needs no pytest
    from pressroom import environment


class Stage:
    """Plays command lines, one after the other."""

    def __init__(self) -> None:
        words = [sys.executable, __file__]
        self._server = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment(NO_COLOR="1")
        )

    def play(self, words: list[str], root: Path, maker: Path | None) -> tuple[int, str]:
        """Exit code and stderr of the command line `words` in the folder `root`, after the `make` of `maker`."""
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        print(json.dumps([words, str(root), str(maker or "")]), file=self._server.stdin, flush=True)
        code = int(self._server.stdout.readline())
        return code, (root.parent / "stderr").read_text("utf-8")

    def close(self) -> None:
        """End the stage."""
        self._server.communicate()


def _serve() -> None:
    import leafletpress.cli
    import leafletpress.edition
    import leafletpress.press.preflighting
    import leafletpress.press.run  # noqa: F401 - each fork has them without importing them
    from leafletpress.registry import load

    load("pdf").preflight(b"")  # type: ignore[attr-defined] # what judges files, but not what renders them

    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            os._exit(_play(*json.loads(line)))
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def _play(words: list[str], root: str, maker: str) -> int:
    from leafletpress import cli

    os.chdir(root)
    for number, name in ((1, "stdout"), (2, "stderr")):
        os.dup2(os.open(f"../{name}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666), number)
    held = runpy.run_path(maker)["make"](Path(root)) if maker else None
    sys.argv = words
    code = cli._run()
    sys.stdout.flush()
    sys.stderr.flush()
    del held
    return code


if __name__ == "__main__":
    _serve()
