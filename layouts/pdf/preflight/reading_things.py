"""The other operators: states, matrices, pictures and drawings from outside, gradients, layers."""

from __future__ import annotations

from math import isfinite
from typing import Any

import pikepdf

from .desk import Desk
from .geometry import Matrix, combine, cover, sides
from .marks import Photo
from .objects import entries, get, items, name, number
from .patterns import matrix_of, shaded
from .reading_paths import Operation, reals

_NUMBERS = (
    ("/LW", "width", float),
    ("/ca", "fill_opacity", float),
    ("/CA", "stroke_opacity", float),
    ("/OPM", "overprint_mode", int),
)
_UNIT = (0.0, 0.0, 1.0, 1.0)


def _save(desk: Desk, _operands: list[Any]) -> None:
    desk.push()


def _restore(desk: Desk, _operands: list[Any]) -> None:
    desk.pop()


def _matrix(desk: Desk, operands: list[Any]) -> None:
    a, b, c, d, e, f = reals(operands, 6)
    grown: Matrix = combine((a, b, c, d, e, f), desk.state.matrix)
    if not all(isfinite(value) and abs(value) < 1e12 for value in grown):
        raise ValueError("a matrix without measure")
    desk.state.matrix = grown


def _width(desk: Desk, operands: list[Any]) -> None:
    desk.state.width = reals(operands, 1)[0]


def _settings(desk: Desk, operands: list[Any]) -> None:
    """gs: what an ExtGState dictionary sets; pages set the same one again and again."""
    key = ("settings", name(operands[-1]))
    changes = desk.looked_up.get(key)
    if changes is None:
        changes = desk.looked_up[key] = _changes(desk, desk.resource("/ExtGState", key[1]))
    for attribute, value in changes:
        setattr(desk.state, attribute, value)


def _changes(desk: Desk, settings: Any) -> list[tuple[str, Any]]:
    """Attributes of the state that a dictionary sets, with their values (8.4.5)."""
    found = dict(items(settings))
    if settings is None:
        raise ValueError("graphics settings that are nowhere")
    for key in ("/TR", "/TR2", "/HTP"):
        if key in found and name(found[key]) not in {"Identity", "Default"}:
            desk.drawn.oddities.add("transfer")
    changes: list[tuple[str, Any]] = [
        (attribute, kind(number(found[key])))
        for key, attribute, kind in _NUMBERS
        if key in found and not isinstance(found[key], pikepdf.Object)
    ]
    if "/OP" in found:  # alone it speaks for both (8.6.7)
        changes += [("stroke_overprint", bool(found["/OP"])), ("fill_overprint", bool(found.get("/op", found["/OP"])))]
    elif "/op" in found:
        changes.append(("fill_overprint", bool(found["/op"])))
    font = entries(found.get("/Font"), 2)
    if len(font) == 2:
        changes += [("face", desk.faces.read(font[0])), ("size", number(font[1]))]
    return changes


def _do(desk: Desk, operands: list[Any]) -> None:
    thing = desk.resource("/XObject", name(operands[-1]))
    if thing is None:
        raise ValueError("a picture or drawing that is nowhere")
    if desk.layers.hide(get(thing, "/OC")):
        return
    match name(get(thing, "/Subtype")):
        case "Image":
            _picture(desk, thing, inline=False)
        case "Form":
            _form(desk, thing)
        case _:
            desk.drawn.oddities.add("postscript")


def _form(desk: Desk, form: Any) -> None:
    for key in ("/PS", "/Ref", "/OPI"):
        if get(form, key) is not None:
            desk.drawn.oddities.add({"/PS": "postscript", "/Ref": "outside", "/OPI": "outside"}[key])
    desk.push()
    state = desk.state
    group = get(form, "/Group")
    if name(get(group, "/S")) == "Transparency":
        note_blend(desk, group)
        state.veil *= state.fill_opacity
        state.fill_opacity = state.stroke_opacity = 1.0
    desk.run(desk, form, combine(matrix_of(form), state.matrix), None)
    desk.pop()


def note_blend(desk: Desk, group: Any) -> None:
    """The space in which a transparency group mixes its colours (11.4.7)."""
    space = get(group, "/CS")
    if space is not None:
        desk.drawn.blends.append(desk.spaces.read(space, desk.resources))


def _inline(desk: Desk, operands: list[Any]) -> None:
    _picture(desk, operands[0].obj, inline=True)


def _picture(desk: Desk, image: Any, *, inline: bool) -> None:
    if get(image, "/OPI") is not None or get(image, "/Alternates") is not None:
        desk.drawn.oddities.add("outside")
    width = int(number(get(image, "/Width") or get(image, "/W")))
    height = int(number(get(image, "/Height") or get(image, "/H")))
    matrix = desk.state.matrix
    place = desk.seen(cover(matrix, _UNIT))
    across, up = (side * desk.sheet.unit / 72 for side in sides(matrix))
    if place is None or width <= 0 or height <= 0 or across <= 0 or up <= 0:
        return
    stencil = get(image, "/ImageMask") or get(image, "/IM")
    space = None if stencil else desk.spaces.read(get(image, "/ColorSpace") or get(image, "/CS"), desk.resources)
    ppi = min(width / across, height / up)
    desk.add(Photo(place, desk.state.filling, width, height, ppi, space, image, inline))


def _shading(desk: Desk, operands: list[Any]) -> None:
    place = desk.seen(desk.state.clip)
    if place is not None:
        shaded(desk, desk.resource("/Shading", name(operands[-1])), place)


def _mark(desk: Desk, operands: list[Any]) -> None:
    off = False
    if len(operands) > 1 and name(operands[0]) == "OC":
        content = operands[1]
        if isinstance(content, pikepdf.Name):
            content = desk.resource("/Properties", name(content))
        off = desk.layers.hide(content)
    if len(desk.hidden) < 10_000:
        desk.hidden.append(off)


def _unmark(desk: Desk, _operands: list[Any]) -> None:
    if desk.hidden:
        desk.hidden.pop()


OPERATIONS: dict[str, Operation] = {
    "q": _save,
    "Q": _restore,
    "cm": _matrix,
    "w": _width,
    "gs": _settings,
    "Do": _do,
    "INLINE IMAGE": _inline,
    "sh": _shading,
    "BMC": _mark,
    "BDC": _mark,
    "EMC": _unmark,
}
