"""From a task to files: resolve, render, validate, write; everything that goes wrong becomes an event."""

from __future__ import annotations

import pickle
import traceback
from collections.abc import Generator, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from time import perf_counter, time_ns
from typing import TYPE_CHECKING

from leafletpress.diagnostics import Diagnostic, LayoutError, LeafletPressError
from leafletpress.layout import Context, Layout
from leafletpress.model import Edition, Span
from leafletpress.press.messages import Began, Bench, Event, Failed, Input, Made, Resolved, Setting, Task
from leafletpress.press.mishaps import READING, fault, too_deep, too_much
from leafletpress.press.order import Target
from leafletpress.press.stamps import read_stamp, rested, unchanged_since
from leafletpress.press.stock import HOUSE_FILE
from leafletpress.press.writing import refused, write_whole
from leafletpress.registry import load
from leafletpress.theme import Theme

if TYPE_CHECKING:
    from leafletpress.project import Project


class Composer:
    """One worker's trade: its layouts, warm, and the place it works at."""

    def __init__(self) -> None:
        self._layouts: dict[str, Layout] = {}
        self._warm: set[tuple[str, str]] = set()
        self._bench: Bench | None = None
        self._project: Project | None = None

    def take_place(self, bench: Bench) -> None:
        """Work for this project and output folder from now on."""
        if bench.theme != Theme():
            self._warm.clear()  # what was warmed early was warmed for the common theme
        self._bench, self._project = bench, None

    def layout(self, name: str, variant: str = "") -> Layout:
        """The layout, warm for the variant; LeafletPressError where it cannot be had."""
        if name not in self._layouts:
            self._layouts[name] = load(name)
        layout = self._layouts[name]
        if (name, variant) not in self._warm:
            layout.warm(self._context(variant))
            self._warm.add((name, variant))
        return layout

    def _context(self, variant: str) -> Context:
        return Context(self._bench.theme if self._bench else Theme(), variant)

    def warm(self, formats: Iterable[str | tuple[str, str]]) -> None:
        """Get layouts ready. What goes wrong is told when a target needs them."""
        for wanted in formats:
            name, variant = (wanted, "") if isinstance(wanted, str) else wanted
            try:
                self.layout(name, variant)
            except MemoryError:
                raise
            except Exception:  # noqa: BLE001, S112 - see above
                continue

    def compose(self, task: Task) -> Iterator[Event]:
        """Do a task, telling each step as it is done. Nothing a leaflet or a layout does raises here."""
        needed = tuple((target.format, target.variant) for target in task.targets)
        try:
            if not task.share:  # a shared edition is waited for elsewhere: it comes first
                self.warm(needed)
            if task.edition is None:
                import leafletpress.edition  # noqa: F401, PLC0415 - getting ready is no part of a leaflet's time
            yield Began(task.number)
            edition = yield from self._edition(task)
            if edition is None:
                return
            if task.share:
                self.warm(needed)
                yield Began(task.number)
        except MemoryError:
            yield Failed(task.number, None, (too_much(task.sheet, READING),), 4, exhausted=True)
            return
        except Exception as error:  # noqa: BLE001 - a fault of ours must not stop the other leaflets
            yield Failed(task.number, None, (fault(task.sheet, READING, error),), 5, 0, traceback.format_exc())
            return
        for target in task.targets:
            yield Setting(task.number, target)
            event = self._make(task, target, edition)
            yield event
            if isinstance(event, Failed) and event.exhausted:
                return

    def _edition(self, task: Task) -> Generator[Event, None, Edition | None]:
        if task.edition is not None:
            handed: Edition = pickle.loads(task.edition)  # noqa: S301 - another worker of this build made it
            return handed
        edition, found, inputs = self._resolve(task)
        usable = edition is not None and not self._stopped(found)
        blob = pickle.dumps(edition, pickle.HIGHEST_PROTOCOL) if task.share and usable else None
        yield Resolved(task.number, found, inputs, usable, blob)
        return edition if usable else None

    def _resolve(self, task: Task) -> tuple[Edition | None, tuple[Diagnostic, ...], tuple[Input, ...]]:
        from leafletpress.edition import resolve  # noqa: PLC0415 - a worker that is handed editions needs no reader
        from leafletpress.project import LeafletFile  # noqa: PLC0415

        bench = self._place()
        if self._project is None:
            self._project = pickle.loads(bench.project)  # noqa: S301 - the press made it
        sheet, moment = task.sheet, time_ns()
        file = LeafletFile(sheet.id, sheet.lang, sheet.path, sheet.display)
        resolution = resolve(self._project, file, task.clinic)
        wanted = {sheet.path, bench.root / HOUSE_FILE, *resolution.inputs}
        inputs = tuple(_input(path, bench.root, moment) for path in sorted(wanted))
        return resolution.edition, tuple(resolution.diagnostics), inputs

    def _make(self, task: Task, target: Target, edition: Edition) -> Made | Failed:
        start = perf_counter()

        def failed(found: tuple[Diagnostic, ...], code: int, trace: str = "", *, exhausted: bool = False) -> Failed:
            return Failed(task.number, target, found, code, perf_counter() - start, trace, exhausted)

        try:
            content, found = self._set(target, edition)
            if self._stopped(found):
                return failed(found, 4)
            bench = self._place()
            try:
                stamp = write_whole(bench.output / target.output, content)
            except OSError as error:
                return failed((refused(f"{bench.shown}/{target.output}", error),), 3)
            return Made(task.number, target, stamp, perf_counter() - start, found)
        except LayoutError as error:
            return failed(_placed(error.diagnostics, task.sheet.display), 4)
        except LeafletPressError as error:
            return failed((error.diagnostic,), error.exit_code)
        except MemoryError:
            return failed((too_much(task.sheet, target.name),), 4, exhausted=True)
        except RecursionError:
            return failed((too_deep(task.sheet, target.name),), 4)
        except Exception as error:  # noqa: BLE001 - a fault of ours must not stop the other leaflets
            return failed((fault(task.sheet, target.name, error),), 5, traceback.format_exc())

    def _set(self, target: Target, edition: Edition) -> tuple[bytes, tuple[Diagnostic, ...]]:
        layout, bench = self.layout(target.format, target.variant), self._place()
        content = layout.render(edition, self._context(target.variant))
        return content, _placed(layout.validate(content, thorough=bench.strict), f"{bench.shown}/{target.output}")

    def _stopped(self, found: tuple[Diagnostic, ...]) -> bool:
        return any(one.is_error for one in found) or (self._place().strict and bool(found))

    def _place(self) -> Bench:
        if self._bench is None:
            raise RuntimeError("a task came before the bench")
        return self._bench


def _placed(found: Iterable[Diagnostic], path: str) -> tuple[Diagnostic, ...]:
    """The findings, each with a place: `path` where it has none of its own."""
    return tuple(one if one.span.path else replace(one, span=Span(path)) for one in found)


def _input(path: Path, root: Path, moment_ns: int) -> Input:
    """The input as it is now, if it certainly is what was read after `moment_ns`."""
    shown = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
    stamp, now = read_stamp(path), time_ns()
    if stamp is None:
        return Input(shown, "", None)
    if not unchanged_since(stamp, moment_ns):
        return Input(shown, "?", None)
    return Input(shown, stamp.sha256, stamp if rested(stamp, now) else None)
