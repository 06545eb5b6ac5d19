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
from leafletpress.model import Span
from leafletpress.press.messages import Began, Bench, Event, Failed, Forme, Input, Made, Resolved, Setting, Task
from leafletpress.press.mishaps import READING, fault, too_deep, too_much
from leafletpress.press.order import Target
from leafletpress.press.stamps import read_stamp, rested, unchanged_since
from leafletpress.press.stock import HOUSE_FILE
from leafletpress.press.writing import refused, write_whole
from leafletpress.registry import load
from leafletpress.theme import Theme

if TYPE_CHECKING:
    from leafletpress.edition import Resolution
    from leafletpress.project import Project


_MOST_WARM = 96  # contexts by format that are remembered as warm: 32 clinics with themes of their own


class Composer:
    """One worker's trade: its layouts, warm, and the place it works at."""

    def __init__(self) -> None:
        self._layouts: dict[str, Layout] = {}
        self._warm: dict[tuple[str, Context], None] = {}
        self._bench: Bench | None = None
        self._project: Project | None = None

    def take_place(self, bench: Bench) -> None:
        """Work for this project and output folder from now on."""
        self._bench, self._project = bench, None

    def layout(self, name: str, context: Context) -> Layout:
        """The layout, warm for the context; LeafletPressError where it cannot be had."""
        if name not in self._layouts:
            self._layouts[name] = load(name)
        layout, key = self._layouts[name], (name, context)
        if key not in self._warm:
            layout.warm(context)
        self._warm.pop(key, None)
        self._warm[key] = None  # those used last stand last
        while len(self._warm) > _MOST_WARM:
            del self._warm[next(iter(self._warm))]
        return layout

    def warm(self, formats: Iterable[tuple[str, Context]]) -> None:
        """Get layouts ready. What goes wrong is told when a target needs them."""
        for name, context in formats:
            try:
                self.layout(name, context)
            except MemoryError:
                raise
            except Exception:  # noqa: BLE001, S112 - see above
                continue

    def get_ready(self, formats: Iterable[str]) -> None:
        """Import what these formats need, and warm it for the house's theme: most leaflets are printed with it."""
        theme = self._bench.theme if self._bench else Theme()
        self.warm((name, Context(theme)) for name in formats)

    def compose(self, task: Task) -> Iterator[Event]:
        """Do a task, telling each step as it is done. Nothing a leaflet or a layout does raises here."""
        try:
            if not task.share:  # a shared forme is waited for elsewhere: it comes first
                self.get_ready(target.format for target in task.targets if target.format not in self._layouts)
            if task.forme is None:
                import leafletpress.edition  # noqa: F401, PLC0415 - getting ready is no part of a leaflet's time
            yield Began(task.number)
            forme = yield from self._forme(task)
            if forme is None:
                return
            needed = [(target.format, _context(target, forme)) for target in task.targets]
            if any(one not in self._warm for one in needed):
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
            event = self._make(task, target, forme)
            yield event
            if isinstance(event, Failed) and event.exhausted:
                return

    def _forme(self, task: Task) -> Generator[Event, None, Forme | None]:
        if task.forme is not None:
            handed: Forme = pickle.loads(task.forme)  # noqa: S301 - another worker of this build made it
            return handed
        resolution, inputs = self._resolve(task)
        found = tuple(resolution.diagnostics)
        usable = resolution.edition is not None and not self._stopped(found)
        forme = Forme(dict(resolution.editions), resolution.theme, resolution.word_template, resolution.press_profile)
        blob = pickle.dumps(forme, pickle.HIGHEST_PROTOCOL) if task.share and usable else None
        used = ((), ()) if task.targets else (resolution.terms, resolution.shared)
        yield Resolved(task.number, found, inputs, usable, resolution.review_by, blob, *used)
        return forme if usable else None

    def _resolve(self, task: Task) -> tuple[Resolution, tuple[Input, ...]]:
        from leafletpress.edition import resolve  # noqa: PLC0415 - a worker that is handed formes needs no reader
        from leafletpress.project import LeafletFile  # noqa: PLC0415

        bench = self._place()
        if self._project is None:
            self._project = pickle.loads(bench.project)  # noqa: S301 - the press made it
        sheet, moment = task.sheet, time_ns()
        file = LeafletFile(sheet.id, sheet.lang, sheet.path, sheet.display)
        resolution = resolve(
            self._project, file, task.clinic, readers=task.readers, formats=task.formats, today=bench.today
        )
        wanted = {sheet.path, bench.root / HOUSE_FILE, *resolution.inputs}
        return resolution, tuple(_input(path, bench.root, moment) for path in sorted(wanted))

    def _make(self, task: Task, target: Target, forme: Forme) -> Made | Failed:
        start = perf_counter()

        def failed(found: tuple[Diagnostic, ...], code: int, trace: str = "", *, exhausted: bool = False) -> Failed:
            return Failed(task.number, target, found, code, perf_counter() - start, trace, exhausted)

        try:
            content, found = self._set(target, forme)
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

    def _set(self, target: Target, forme: Forme) -> tuple[bytes, tuple[Diagnostic, ...]]:
        context, bench = _context(target, forme), self._place()
        layout = self.layout(target.format, context)
        content = layout.render(forme.editions[target.format], context)
        return content, _placed(layout.validate(content, thorough=bench.strict), f"{bench.shown}/{target.output}")

    def _stopped(self, found: tuple[Diagnostic, ...]) -> bool:
        return any(one.is_error for one in found) or (self._place().strict and bool(found))

    def _place(self) -> Bench:
        if self._bench is None:
            raise RuntimeError("a task came before the bench")
        return self._bench


def _context(target: Target, forme: Forme) -> Context:
    return Context(forme.theme, target.variant, forme.word_template, forme.press_profile)


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
