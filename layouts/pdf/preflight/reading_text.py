"""Text operators: where each run of characters lies, and how large it is on paper (ISO 32000-1, 9.3 and 9.4)."""

from __future__ import annotations

from collections.abc import Callable
from math import hypot
from typing import Any

import pikepdf

from .desk import Desk
from .geometry import IDENTITY, combine, cover
from .marks import Words
from .objects import get, name, number, numbers
from .reading_paths import Operation, reals

_UNSEEN = frozenset({3, 7})
_OUTLINED = frozenset({1, 5})
_BLANK = b" \x00\x09\x0a\x0d\xa0"


def _begin(desk: Desk, _operands: list[Any]) -> None:
    desk.text = desk.text_line = IDENTITY


def _place(desk: Desk, operands: list[Any]) -> None:
    a, b, c, d, e, f = reals(operands, 6)
    desk.text = desk.text_line = (a, b, c, d, e, f)


def _shift(desk: Desk, x: float, y: float) -> None:
    desk.text = desk.text_line = combine((1, 0, 0, 1, x, y), desk.text_line)


def _next(desk: Desk, operands: list[Any]) -> None:
    x, y = reals(operands, 2)
    _shift(desk, x, y)


def _next_leading(desk: Desk, operands: list[Any]) -> None:
    desk.state.leading = -reals(operands, 2)[1]
    _next(desk, operands)


def _next_line(desk: Desk, _operands: list[Any]) -> None:
    _shift(desk, 0, -desk.state.leading)


def _setting(attribute: str, factor: float = 1.0) -> Operation:
    def operation(desk: Desk, operands: list[Any]) -> None:
        setattr(desk.state, attribute, reals(operands, 1)[0] * factor)

    return operation


def _rendering(desk: Desk, operands: list[Any]) -> None:
    desk.state.rendering = int(reals(operands, 1)[0])


def _font(desk: Desk, operands: list[Any]) -> None:
    word, size = operands
    desk.state.face = desk.faces.read(desk.resource("/Font", name(word)))
    desk.state.size = number(size)


def _show(desk: Desk, operands: list[Any]) -> None:
    _set(desk, [operands[-1]])


def _show_spaced(desk: Desk, operands: list[Any]) -> None:
    _set(desk, operands[-1].as_list())


def _show_next(desk: Desk, operands: list[Any]) -> None:
    _next_line(desk, [])
    _set(desk, [operands[-1]])


def _show_next_spaced(desk: Desk, operands: list[Any]) -> None:
    desk.state.word_spacing, desk.state.spacing = reals(operands[:2], 2)
    _show_next(desk, operands)


def _set(desk: Desk, parts: list[Any]) -> None:
    """Set strings, moved by the numbers between them, and leave the pen after them."""
    state, face = desk.state, desk.state.face
    if face is None:
        raise ValueError("text without a font")
    strings = [bytes(part) for part in parts if isinstance(part, pikepdf.Object)]
    tightened = sum(float(part) for part in parts if not isinstance(part, pikepdf.Object))
    codes = b"".join(strings)
    thousandths, count, spaces = face.length(codes)
    advance = (thousandths - tightened) / 1000 * state.size + count * state.spacing + spaces * state.word_spacing
    advance *= state.stretch
    if codes.strip(_BLANK):
        _mark(desk, advance)
    desk.text = combine((1, 0, 0, 1, advance, 0), desk.text)


def _mark(desk: Desk, advance: float) -> None:
    state, face = desk.state, desk.state.face
    assert face is not None
    matrix = combine(desk.text, state.matrix)
    em = state.size * face.em
    # A run that stands still (combining marks) has a place all the same.
    box = cover(matrix, (0, face.descent * em + state.rise, advance or em / 2, face.ascent * em + state.rise))
    place = desk.seen(box)
    if place is None:
        return
    along = hypot(matrix[0], matrix[1])
    upright = abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]) / along if along else 0.0
    paint = state.stroking if state.rendering in _OUTLINED else state.filling
    words = Words(place, paint, abs(em) * upright * desk.sheet.unit, face, state.rendering not in _UNSEEN)
    desk.add(words)
    if words.seen and face not in desk.drawn.faces:
        desk.drawn.faces[face] = words
        if face.kind == "Type3":
            _draw_glyphs(desk, words)


def _draw_glyphs(desk: Desk, words: Words) -> None:
    """The drawings that a Type 3 font is made of, told at the first words set in it."""
    unit = numbers(get(words.face.origin, "/FontMatrix"))
    a, b, c, d, e, f = unit if len(unit) == 6 else (0.001, 0.0, 0.0, 0.001, 0.0, 0.0)
    size = desk.state.size
    grown = combine((a, b, c, d, e, f), (size, 0.0, 0.0, size, 0.0, 0.0))
    matrix = combine(grown, combine(desk.text, desk.state.matrix))
    for key, glyph in _glyphs(words.face.origin):
        if key not in desk.done:
            desk.done.add(key)
            desk.run(desk, glyph, matrix, words.box)


def _glyphs(font: Any) -> list[tuple[tuple[int, int], Any]]:
    drawings = get(font, "/CharProcs")
    if not isinstance(drawings, pikepdf.Dictionary):
        return []
    return [(glyph.objgen, glyph) for glyph in drawings.values() if isinstance(glyph, pikepdf.Stream)][:512]


_SHOWING: dict[str, Callable[[Desk, list[Any]], None]] = {
    "Tj": _show,
    "TJ": _show_spaced,
    "'": _show_next,
    '"': _show_next_spaced,
}
OPERATIONS: dict[str, Operation] = {
    "BT": _begin,
    "Tm": _place,
    "Td": _next,
    "TD": _next_leading,
    "T*": _next_line,
    "Tc": _setting("spacing"),
    "Tw": _setting("word_spacing"),
    "Tz": _setting("stretch", 0.01),
    "TL": _setting("leading"),
    "Ts": _setting("rise"),
    "Tr": _rendering,
    "Tf": _font,
    **_SHOWING,
}
