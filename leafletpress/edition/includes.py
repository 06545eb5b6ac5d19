"""Includes: puts shared paragraphs where a leaflet asks for them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from leafletpress.diagnostics import Diagnostic, suggest
from leafletpress.edition.shelf import MENDING, Reason, Refusal, Shelf
from leafletpress.model import Block, Include, Section, Span
from leafletpress.model.languages import fallbacks
from leafletpress.project import is_id
from leafletpress.reader import read_shared

_MAX_BYTES = 1_048_576
# A few files that include one another twice each would grow without end: what is included counts each time.
_MAX_TOTAL_BYTES = 4 * 1_048_576
_INCLUDE_COSTS_BYTES = 2_000


class Includes:
    """Resolves the includes of one leaflet in `lang`; findings and the places of the includes are collected."""

    def __init__(self, shelf: Shelf, lang: str) -> None:
        self._shelf = shelf
        self._lang = lang
        self._left = _MAX_TOTAL_BYTES
        self._read: dict[str, tuple[tuple[Block, ...], int] | None] = {}
        self.diagnostics: list[Diagnostic] = []
        self.first_asked: dict[str, Span] = {}
        """For each included file, by its display path, the place that first asked for it."""

    def resolve(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """`blocks` with every include replaced by what it names; one that cannot be found leaves nothing behind."""
        return self._resolve(blocks, ())

    def _resolve(self, blocks: tuple[Block, ...], trail: tuple[Include, ...]) -> tuple[Block, ...]:
        resolved: list[Block] = []
        for block in blocks:
            match block:
                case Include():
                    resolved += self._include(block, trail)
                case Section():
                    resolved.append(replace(block, blocks=self._resolve(block.blocks, trail)))
                case _:
                    resolved.append(block)
        return tuple(resolved)

    def _include(self, include: Include, trail: tuple[Include, ...]) -> tuple[Block, ...]:
        if include.name in (before.name for before in trail):
            self._circle((*trail, include))
            return ()
        if include.name not in self._read:
            self._read[include.name] = self._open(include)
        opened = self._read[include.name]
        if opened is None:
            return ()
        blocks, size = opened
        self._left -= size + _INCLUDE_COSTS_BYTES
        if self._left < 0:
            if self._left + size + _INCLUDE_COSTS_BYTES >= 0:  # told once
                hint = "shared paragraphs that include one another twice grow fast: include each of them once"
                message = "the leaflet grows too large through what it includes"
                self.diagnostics.append(Diagnostic("S102", message, (trail or (include,))[0].span, hint))
            return ()
        return self._resolve(blocks, (*trail, include))

    def _open(self, include: Include) -> tuple[tuple[Block, ...], int] | None:
        for path in self._candidates(include.name):
            display = self._shelf.display(path)
            match self._shelf.open(path, _MAX_BYTES):
                case Refusal(reason=Reason.MISSING):
                    continue
                case Refusal(reason=reason, detail=detail):
                    message = f"the shared paragraph {display} cannot be read: {detail or reason.value}"
                    self.diagnostics.append(Diagnostic("S105", message, include.span, MENDING[reason]))
                    return None
                case content:
                    self.first_asked.setdefault(display, include.span)
                    reading = read_shared(content, display)
                    self.diagnostics += reading.diagnostics
                    return reading.blocks, len(content)
        self._missing(include)
        return None

    def _candidates(self, name: str) -> tuple[Path, ...]:
        if not is_id(name):
            return ()
        return tuple(self._shelf.root / "source" / "shared" / tag / f"{name}.md" for tag in fallbacks(self._lang))

    def _missing(self, include: Include) -> None:
        folders = (self._shelf.root / "source" / "shared" / tag for tag in fallbacks(self._lang))
        files = {name.removesuffix(".md") for folder in folders for name in self._shelf.names(folder, (".md",))}
        known = tuple(sorted(files))
        hint = suggest(include.name, known) if known else f"write source/shared/{self._lang}/{include.name}.md"
        message = f"there is no shared paragraph '{include.name}' in the language '{self._lang}'"
        self.diagnostics.append(Diagnostic("E301", message, include.span, hint))

    def _circle(self, trail: tuple[Include, ...]) -> None:
        last = trail[-1]
        start = next(i for i, include in enumerate(trail) if include.name == last.name)
        steps = " -> ".join(include.name for include in trail[start:])
        others = ", ".join(str(include.span) for include in trail[start + 1 : -1])
        hint = f"delete this include, or the one at {others}" if others else "delete this include"
        self.diagnostics.append(Diagnostic("E302", f"includes go in a circle: {steps}", last.span, hint))
