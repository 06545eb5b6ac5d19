"""Clearing away: deletes what builds have made, and nothing else."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from leafletpress.diagnostics import LeafletPressError
from leafletpress.press.manifest import NAME, Manifest, read_manifest
from leafletpress.press.manifest_form import print_manifest
from leafletpress.press.order import Order
from leafletpress.press.plan import stale
from leafletpress.press.stamps import Digests, Stamp, read_stamp, status_of
from leafletpress.press.stock import find_root, open_stock, shown_as
from leafletpress.press.withdrawn import Standings
from leafletpress.press.writing import LOCK, locked, refused, sweep, write_whole


def clear(order: Order, folder: Path, *, only_stale: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Delete outputs, as shown; those that were edited since they were made are kept and come back second.

    With `only_stale`, outputs of leaflets, clinics and readers that are gone, and of leaflets that are withdrawn or
    refused. LeafletPressError (exit 3) where there is no project, where a build is under way, or where a file cannot
    be deleted.
    """
    root = find_root(folder) or open_stock(folder).root
    output = (folder / order.output).resolve() if order.output else root / "output"
    shown = shown_as(output, folder)
    if not output.is_dir():
        return (), ()
    with locked(output, shown):
        sweep(output)
        manifest, _ = read_manifest(output)
        stamps = {path: entry.stamp for path, entry in manifest.entries.items()}
        chosen = _chosen(manifest, root) if only_stale else tuple(sorted({**stamps, **manifest.lists}))
        gone = tuple(path for path in chosen if _ours(output, path, stamps.get(path) or manifest.lists[path]))
        for path in gone:
            _delete(output, path, shown)
        kept = tuple(f"{shown}/{path}" for path in chosen if path not in gone and status_of(output / path))
        _forget(output, manifest, gone, whole=not only_stale)
    with suppress(OSError):
        output.rmdir()  # only where nothing of anybody's is left in it
    return tuple(f"{shown}/{path}" for path in gone if path), kept


def _chosen(manifest: Manifest, root: Path) -> tuple[str, ...]:
    """What nobody should take any more."""
    stock = open_stock(root)
    standings = Standings(manifest.withdrawn, Digests(manifest.files, root))
    withdrawn = {(sheet.id, sheet.lang) for sheet in stock.sheets if standings.withdrawn(sheet)}
    gone = {path for path, _ in stale(manifest.entries, stock)}
    for path, entry in manifest.entries.items():
        if entry.refused or (entry.leaflet, entry.lang) in withdrawn:
            gone.add(path)
    return tuple(sorted(gone))


def _ours(output: Path, path: str, stamp: Stamp) -> bool:
    """Whether the file lies in the output folder, links followed, and is as it was made."""
    place = output / path
    if any(one.is_symlink() for one in (place, *place.parents) if one != output and one.is_relative_to(output)):
        return False
    found = read_stamp(place)
    return found is not None and found.sha256 == stamp.sha256


def _delete(output: Path, path: str, shown: str) -> None:
    place = output / path
    try:
        place.unlink()
    except OSError as error:
        raise LeafletPressError(refused(f"{shown}/{path}", error), 3) from error
    with suppress(OSError):
        for parent in place.parents:
            if parent == output:
                break
            parent.rmdir()  # until one that holds something else


def _forget(output: Path, manifest: Manifest, gone: tuple[str, ...], *, whole: bool) -> None:
    with suppress(OSError):
        if whole:
            (output / NAME).unlink(missing_ok=True)
            (output / LOCK).unlink(missing_ok=True)
            return
        left = {path: entry for path, entry in manifest.entries.items() if path not in gone}
        findings = {path: found for path, found in manifest.findings.items() if path in left}
        write_whole(output / NAME, print_manifest(replace(manifest, entries=left, findings=findings)))
