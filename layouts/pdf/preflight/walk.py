"""Walks through what a page draws: its content, and the drawings, patterns and glyphs that it draws with."""

from __future__ import annotations

import re
from copy import copy
from dataclasses import fields
from typing import Any

import pikepdf

from . import reading_colours, reading_paths, reading_text, reading_things
from .colours import Spaces
from .desk import NOWHERE, Desk, State
from .faces import Faces
from .geometry import IDENTITY, Box, Matrix, cover, meet
from .layers import Layers
from .limits import Meter, Spent
from .marks import Drawn
from .objects import entries, get, numbers, swell
from .outline import Outline
from .sheets import Sheet

_OPERATIONS = {
    **reading_paths.OPERATIONS,
    **reading_text.OPERATIONS,
    **reading_colours.OPERATIONS,
    **reading_things.OPERATIONS,
}
_OPERATOR = re.compile(rb"(?<![A-Za-z/])[A-Za-z'\"]")

_TOLD = 100

UNREADABLE = (
    pikepdf.PdfError,
    pikepdf.ForeignObjectError,
    ArithmeticError,
    AttributeError,
    LookupError,
    NotImplementedError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What comes of asking a damaged file, from the libraries that read it and from numbers that make no sense."""


class Walk:
    """Goes through the pages of one file; fonts and colour spaces are read once for all of them."""

    def __init__(self, pdf: Any, meter: Meter) -> None:
        self._meter = meter
        self._spaces = Spaces()
        self._faces = Faces()
        self._layers = Layers(pdf.Root)

    def draw(self, page: Any, sheet: Sheet, drawn: Drawn) -> None:
        """Put on `drawn` what the page dictionary draws. Spent at a limit: what came before it stands there."""
        desk = Desk(
            sheet=sheet,
            resources=_resources(page),
            meter=self._meter,
            spaces=self._spaces,
            faces=self._faces,
            layers=self._layers,
            state=State(IDENTITY, sheet.media),
            run=_run,
            drawn=drawn,
        )
        group = get(page, "/Group")
        if group is not None:
            reading_things.note_blend(desk, group)
        contents = get(page, "/Contents")
        for stream in entries(contents) or [contents]:
            if stream is not None:
                swell(stream, self._meter.limits.stream_bytes)
        if contents is not None:
            _follow(desk, page)


def _resources(page: Any) -> Any:
    for _ in range(50):
        found = get(page, "/Resources")
        if found is not None:
            return found
        page = get(page, "/Parent")
    return None


def _run(desk: Desk, stream: Any, matrix: Matrix, whole: Box | None) -> None:
    """Draw a form, a pattern's cell or a glyph, and leave the desk as it was."""
    key = stream.objgen
    if key in desk.open:
        desk.drawn.damage.append("a drawing that contains itself")
        return
    if desk.depth >= desk.meter.limits.depth:
        raise Spent("drawings too deep, one in the other")
    swell(stream, desk.meter.limits.stream_bytes)
    kept = copy(desk)
    desk.state, desk.stack = copy(desk.state), []
    desk.state.matrix = desk.base = matrix
    desk.resources = get(stream, "/Resources") or desk.resources
    desk.path, desk.hidden, desk.looked_up = Outline(), [any(desk.hidden)], {}
    desk.whole = desk.whole or whole
    _clip_to_box(desk, stream)
    desk.open.add(key)
    desk.depth += 1
    try:
        _follow(desk, stream)
    finally:
        desk.open.discard(key)
        for field in fields(desk):
            setattr(desk, field.name, getattr(kept, field.name))


def _clip_to_box(desk: Desk, stream: Any) -> None:
    box = numbers(get(stream, "/BBox"))
    if desk.whole is not None:
        # Cells and glyphs are told at the place they fill, wherever the first of them would lie.
        desk.state.clip = (-1e9, -1e9, 1e9, 1e9)
    elif len(box) == 4:
        x, y, u, v = box
        placed = cover(desk.state.matrix, (min(x, u), min(y, v), max(x, u), max(y, v)))
        desk.state.clip = meet(desk.state.clip, placed) or NOWHERE


def _follow(desk: Desk, holder: Any) -> None:
    """Do what each instruction says; one that makes no sense is noted and left out, as viewers do."""
    _count(desk.meter, holder)
    try:
        instructions = pikepdf.parse_content_stream(holder)
    except UNREADABLE as error:
        desk.drawn.damage.append(f"drawing that cannot be read ({type(error).__name__})")
        return
    desk.meter.charge(len(instructions))
    for count, instruction in enumerate(instructions):
        if not count % 4096:
            desk.meter.look_at_the_clock()
        try:
            operation = _OPERATIONS.get(str(instruction.operator))
            if operation is not None:
                operation(desk, list(instruction.operands))
        except UnicodeDecodeError:
            _note(desk, "something that is no instruction")
        except UNREADABLE as error:
            _note(desk, f"an instruction that makes no sense ({error})")


def _note(desk: Desk, damage: str) -> None:
    if len(desk.drawn.damage) < _TOLD:
        desk.drawn.damage.append(damage)


def _count(meter: Meter, holder: Any) -> None:
    """Spent before a stream is read that has too many words: reading takes memory for each."""
    contents = get(holder, "/Contents") if get(holder, "/Contents") is not None else holder
    most = meter.limits.operators_in_a_stream
    for stream in entries(contents) or [contents]:
        if not isinstance(stream, pikepdf.Stream) or len(stream.read_raw_bytes()) * 1000 < most:
            continue
        content = stream.read_bytes()
        # Words of text look like operators too; no page has a million of either.
        if len(content) > most and sum(1 for _ in _OPERATOR.finditer(content)) > most:
            raise Spent("more drawing than a leaflet can hold")
