"""Tidying: rewrites sources in their canonical form, each file whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from leafletpress.diagnostics import Diagnostic, LeafletPressError
from leafletpress.model import Span
from leafletpress.press.order import Order, choose
from leafletpress.press.stock import find_root, open_stock
from leafletpress.press.writing import refused, write_whole


def tidy(order: Order, folder: Path, *, only_check: bool) -> tuple[tuple[str, ...], tuple[Diagnostic, ...]]:
    """Rewrite the leaflets ordered (all, and the shared texts, where none is named) that are not in canonical form.

    What comes back: their files as shown, and the errors of those that have errors, which are left as they are. With
    `only_check` nothing is written. LeafletPressError: exit 2 and 3 as for a build, W701 (exit 3) where a source cannot
    be written.
    """
    stock = open_stock(find_root(folder) or folder)
    sheets = [(sheet.path, sheet.display) for sheet in choose(stock, order)]
    shared = [] if order.leaflets else list(_shared(stock.root))
    changed: list[str] = []
    found: list[Diagnostic] = []
    for path, shown in (*sheets, *shared):
        content, canonical, faults = _canonical(path, shown, shared=(path, shown) in shared)
        found += faults
        if canonical is None or canonical == content:
            continue
        changed.append(shown)
        if not only_check:
            try:
                write_whole(path.resolve(), canonical)
            except OSError as error:
                raise LeafletPressError(refused(shown, error), 3) from error
    return tuple(changed), tuple(found)


def _shared(root: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted((root / "source" / "shared").glob("*/*.md")):
        if path.is_file() and path.resolve().is_relative_to(root):
            yield path, path.relative_to(root).as_posix()


def _canonical(path: Path, shown: str, *, shared: bool) -> tuple[bytes, bytes | None, tuple[Diagnostic, ...]]:
    """The form the file has, the canonical one (None where it has errors), and the errors."""
    from leafletpress.printer import reprint, reprint_shared  # noqa: PLC0415 - a fifth of a second, as the next
    from leafletpress.reader import read_leaflet, read_shared  # noqa: PLC0415

    try:
        content = path.read_bytes()
    except OSError as error:
        return b"", None, (Diagnostic("S105", f"the file cannot be read ({error.strerror})", Span(shown)),)
    text = reprint_shared(content, shown) if shared else reprint(content, shown)
    if text is not None:
        return content, text.encode("utf-8"), ()
    reading = read_shared(content, shown) if shared else read_leaflet(content, shown)
    return content, None, tuple(one for one in reading.diagnostics if one.is_error)
