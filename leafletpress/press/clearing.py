"""Clearing away: deletes what builds have made, and nothing else."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from leafletpress.diagnostics import LeafletPressError
from leafletpress.press.manifest import NAME, Entry, Manifest, print_manifest, read_manifest
from leafletpress.press.order import Order
from leafletpress.press.plan import stale
from leafletpress.press.stamps import read_stamp, status_of
from leafletpress.press.stock import find_root, open_stock, shown_as
from leafletpress.press.writing import LOCK, locked, refused, sweep, write_whole


def clear(order: Order, folder: Path, *, only_stale: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Delete outputs, as shown; those that were edited since they were made are kept and come back second.

    With `only_stale`, outputs of leaflets that are gone. LeafletPressError (exit 3) where there is no project, where
    a build is under way, or where a file cannot be deleted.
    """
    root = find_root(folder) or open_stock(folder).root
    output = (folder / order.output).resolve() if order.output else root / "output"
    shown = shown_as(output, folder)
    if not output.is_dir():
        return (), ()
    with locked(output, shown):
        sweep(output)
        manifest, _ = read_manifest(output)
        chosen = tuple(sorted(manifest.entries))
        if only_stale:
            chosen = stale(manifest, ((sheet.id, sheet.lang) for sheet in open_stock(root).sheets))
        gone = tuple(path for path in chosen if _ours(output, path, manifest.entries[path]))
        for path in gone:
            _delete(output, path, shown)
        kept = tuple(f"{shown}/{path}" for path in chosen if path not in gone and status_of(output / path))
        _forget(output, manifest, gone, whole=not only_stale)
    with suppress(OSError):
        output.rmdir()  # only where nothing of anybody's is left in it
    return tuple(f"{shown}/{path}" for path in gone if path), kept


def _ours(output: Path, path: str, entry: Entry) -> bool:
    """Whether the file lies in the output folder, links followed, and is as it was made."""
    place = output / path
    if place.parent.is_symlink() or place.is_symlink():
        return False
    stamp = read_stamp(place)
    return stamp is not None and stamp.sha256 == entry.stamp.sha256


def _delete(output: Path, path: str, shown: str) -> None:
    try:
        (output / path).unlink()
    except OSError as error:
        raise LeafletPressError(refused(f"{shown}/{path}", error), 3) from error
    with suppress(OSError):
        (output / path).parent.rmdir()


def _forget(output: Path, manifest: Manifest, gone: tuple[str, ...], *, whole: bool) -> None:
    with suppress(OSError):
        if whole:
            (output / NAME).unlink(missing_ok=True)
            (output / LOCK).unlink(missing_ok=True)
            return
        left = {path: entry for path, entry in manifest.entries.items() if path not in gone}
        write_whole(output / NAME, print_manifest(replace(manifest, entries=left)))
