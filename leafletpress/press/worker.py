"""A worker: resolves editions, renders and validates them, and puts the files in their place.

It lives long and stays warm, in a process of its own that the press may kill at any moment.
"""

from __future__ import annotations

import gc
import os
import resource
import signal
import sys
import traceback
from contextlib import suppress
from multiprocessing.connection import Connection

from leafletpress.press.composing import Composer
from leafletpress.press.messages import Bench, Done, Failed, Request, Task, Warm

OUT_OF_MEMORY = 77
_PR_SET_PDEATHSIG = 1  # prctl(2)


def serve(channel: Connection, parent: int, share: int) -> None:
    """Take requests until the press hangs up, or until `share` tasks are done. Never returns: the process ends."""
    try:
        _settle(parent)
        _work(channel, share)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        pass  # the press is gone
    except BaseException:  # noqa: BLE001 - whatever it is, the process ends, and the press tells of it
        if os.environ.get("LEAFLETPRESS_DEBUG"):
            traceback.print_exc()
        os._exit(1)
    # Interpreters that hold a renderer take long to tear down, and there is nothing left to save.
    os._exit(0)


def _settle(parent: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the press decides what ends
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGTERM})
    _die_with(parent)
    if not os.environ.get("LEAFLETPRESS_DEBUG"):
        # What C libraries print would land among the results; what matters comes back as a finding.
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        os.close(quiet)


def _die_with(parent: int) -> None:
    """Ask Linux to end this process when the press dies, so that nobody writes on behalf of a dead build."""
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415 - in the worker only

        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)


def limit_memory(memory_mb: int) -> None:
    """Let this process have at most `memory_mb` of its own (RLIMIT_DATA: fonts that are mapped do not count)."""
    wanted = memory_mb * 1024 * 1024
    with suppress(OSError, ValueError):
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        limit = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (limit, hard))


def _work(channel: Connection, share: int) -> None:
    composer = Composer()
    done = 0
    gc.disable()  # importing renderers makes objects to keep: looking for garbage among them costs a tenth of the time
    while True:
        request: Request = channel.recv()
        match request:
            case Bench() as bench:
                limit_memory(bench.memory_mb)
                composer.take_place(bench)
            case Warm(formats=formats):
                composer.get_ready(formats)
            case Task() as task:
                done += 1
                spent = False
                for event in composer.compose(task):
                    spent = spent or (isinstance(event, Failed) and event.exhausted)
                    channel.send(event)
                leaving = spent or done >= share
                channel.send(Done(task.number, leaving))
                if leaving:
                    return
                if done == 1:  # what is here now stays
                    gc.freeze()
                    gc.enable()
