"""Handing out: puts the pick lists of an order beside what was made for it, and takes away those of an older one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from leafletpress.press.ledger import ORDERS, Ledger
from leafletpress.press.order import Job
from leafletpress.press.orders import Orders
from leafletpress.press.stamps import read_stamp
from leafletpress.press.writing import LISTS, refused, write_whole


def folder_of(orders: Path) -> str:
    """The folder of a file's pick lists within the output folder: its name, fit for any file system."""
    stem = re.sub(r"[^\w-]+", "-", orders.stem)
    return f"{LISTS}/{stem.strip('-') or 'orders'}"


def hand_out(ledger: Ledger, orders: Orders, jobs: Iterable[Job], folder: str, output: Path) -> None:
    """Write the pick lists into `folder` of the output folder; W701 (exit 3) for one that cannot be written."""
    from leafletpress.press.pick_lists import pick_lists  # noqa: PLC0415 - only orders need it

    results = ledger.results(jobs)
    lists = pick_lists(orders, results, folder)
    stamps = dict(ledger.lists)
    for path in [path for path in stamps if path.startswith(f"{folder}/") and path not in lists]:
        stamp = read_stamp(output / path)
        if stamp is not None and stamp.sha256 == stamps.pop(path).sha256:  # what was edited since is kept
            with suppress(OSError):
                (output / path).unlink()
    for path, content in lists.items():
        try:
            stamps[path] = write_whole(output / path, content)
        except OSError as error:
            ledger.fault(ORDERS, refused(f"{ledger.shown}/{path}", error), 3)
    ledger.lists = dict(sorted(stamps.items()))
