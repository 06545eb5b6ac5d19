"""Includes: puts shared texts where a leaflet asks for them, with the values it gives them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from leafletpress.diagnostics import Diagnostic, suggest
from leafletpress.edition.shelf import MENDING, Reason, Refusal, Shelf
from leafletpress.edition.texts import INCLUDE, FileText, read_shared_text
from leafletpress.model import (
    Block,
    Citation,
    Include,
    Inline,
    Inlines,
    LineBreak,
    Section,
    Span,
    Text,
    Value,
    Variable,
)
from leafletpress.model.languages import fallbacks
from leafletpress.model.walk import rewrite
from leafletpress.project import is_id

_MAX_BYTES = 1_048_576
# A few files that include one another twice each would grow without end: what is included counts each time.
_MAX_TOTAL_BYTES = 4 * 1_048_576
_INCLUDE_COSTS_BYTES = 2_000

_Opened = tuple[str, FileText]


class Includes:
    """The shared texts of one leaflet in `lang`; findings and the places of the includes are collected."""

    def __init__(self, shelf: Shelf, lang: str) -> None:
        self._shelf = shelf
        self._lang = lang
        self._left = _MAX_TOTAL_BYTES
        self._read: dict[str, _Opened | None] = {}
        self._given: dict[tuple[str, tuple[tuple[str, str], ...]], tuple[Block, ...]] = {}
        self._endless = False
        self.diagnostics: list[Diagnostic] = []
        self._first_asked: dict[str, Span] = {}

    @property
    def texts(self) -> dict[str, FileText]:
        """Every shared text that was included, by its path as the user types it."""
        return dict(opened for opened in self._read.values() if opened is not None)

    def resolve(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """`blocks` with every include replaced by what it names; one that cannot be found leaves nothing behind.

        Its condition goes onto what has none: where there are two, this says no more than that there are some.
        """
        return self._resolve(blocks, ())

    def opened(self, include: Include) -> tuple[Block, ...]:
        """What an include that `resolve` has met stands for; its own includes still stand in it."""
        found = self._read.get(include.name)
        return () if found is None or self._endless else self._with_values(include, found[1])

    def place(self, path: str) -> str:
        """Where the text at `path` was first included, and where that stands in turn; empty for the leaflet's own."""
        places: list[str] = []
        while path in self._first_asked and len(places) <= len(self._first_asked):
            span = self._first_asked[path]
            places.append(str(span))
            path = span.path
        return ", included at ".join(places)

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
        found = self._read[include.name]
        if found is None:
            return ()
        display, text = found
        self._check_values(include, display, text)
        costs = text.size + _INCLUDE_COSTS_BYTES
        self._left -= costs
        if self._left < 0:
            if self._left + costs >= 0:  # told once
                self._endless = True
                hint = "shared texts that include one another twice grow fast: include each of them once"
                message = "the leaflet grows too large through what it includes"
                self.diagnostics.append(Diagnostic("S102", message, (trail or (include,))[0].span, hint))
            return ()
        return tuple(
            replace(block, condition=block.condition or include.condition)
            for block in self._resolve(self._with_values(include, text), (*trail, include))
        )

    def _open(self, include: Include) -> _Opened | None:
        for path in self._candidates(include.name):
            display = self._shelf.display(path)
            match self._shelf.open(path, _MAX_BYTES):
                case Refusal(reason=Reason.MISSING):
                    continue
                case Refusal(reason=reason, detail=detail):
                    message = f"the shared text {display} cannot be read: {detail or reason.value}"
                    self.diagnostics.append(Diagnostic("S105", message, include.span, MENDING[reason]))
                    return None
                case content:
                    self._first_asked.setdefault(display, include.span)
                    text = read_shared_text(content, display)
                    self.diagnostics += text.diagnostics
                    return display, text
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
        looked = " or ".join(self._shelf.display(path) for path in self._candidates(include.name))
        hint = suggest(include.name, known) if known else f"write source/shared/{self._lang}/{include.name}.md"
        message = f"there is no shared text '{include.name}'" + (f": no {looked}" if looked else "")
        self.diagnostics.append(Diagnostic("E301", message, include.span, hint))

    def _circle(self, trail: tuple[Include, ...]) -> None:
        self._endless = True
        last = trail[-1]
        start = next(i for i, include in enumerate(trail) if include.name == last.name)
        steps = " -> ".join(include.name for include in trail[start:])
        others = ", ".join(str(include.span) for include in trail[start + 1 : -1])
        hint = f"delete this include, or the one at {others}" if others else "delete this include"
        message = f"includes go in a circle: {steps}"
        self.diagnostics.append(Diagnostic("E302", message, last.span, hint))

    def _check_values(self, include: Include, display: str, text: FileText) -> None:
        """E303 for each value that the shared text asks for and is not given, E318 for each that it does not take."""
        given, wanted = dict(include.parameters), dict(text.wanted)
        for name, span in wanted.items():
            if name not in given:
                message = f"{{{{{INCLUDE}{name}}}}} has no value: {span} asks for it, and this include gives none"
                hint = f'write ::: include {include.name} {{{name}="…"}}'
                self.diagnostics.append(Diagnostic("E303", message, include.span, hint))
        for name, words in given.items():
            if name not in wanted:
                message = f"{display} does not ask for '{name}', which this include gives it"
                hint = suggest(name, tuple(wanted)) if wanted else "it takes no values: delete them"
                self.diagnostics.append(Diagnostic("E318", message, include.span, hint))
            if "{{" in words:
                message = f"the value of '{name}' has a variable, and what an include gives is words alone"
                hint = f"write the variable in {display}, where its value is wanted"
                self.diagnostics.append(Diagnostic("E303", message, include.span, hint))

    def _with_values(self, include: Include, text: FileText) -> tuple[Block, ...]:
        """The blocks of a shared text with what this include gives it."""
        if not text.wanted:
            return text.blocks
        key = (include.name, include.parameters)
        if key not in self._given:
            values = dict(include.parameters)
            self._given[key] = rewrite(text.blocks, lambda words: _filled(words, values))
        return self._given[key]


def _filled(inlines: Inlines, values: dict[str, str]) -> Inlines:
    return tuple(_fill(inline, values) for inline in inlines)


def _fill(inline: Inline, values: dict[str, str]) -> Inline:
    match inline:
        case Variable(name=name):
            given = name.startswith(INCLUDE)
            return Value(name, values.get(name.removeprefix(INCLUDE), ""), span=inline.span) if given else inline
        case Text() | Value() | Citation() | LineBreak():
            return inline
        case _:
            return replace(inline, content=_filled(inline.content, values))
