"""Gradients in inks: their functions worked out point by point, in the colours of the page, and written anew.

ISO 32000-1, 7.10 (functions of types 0, 2 and 3) and 8.7.4.5 (shadings of types 2 and 3, which are all that the
layouts draw). A gradient is converted as a whole: where all of it is grey, it is black ink alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from .saving import refusal

_STEPS = 64
Values = tuple[float, ...]


def evaluate(function: Any, at: float) -> Values:
    """A function of one input; an array of functions gives one value each."""
    if isinstance(function, Array):
        return tuple(value for part in function for value in evaluate(part, at))
    kind = int(function["/FunctionType"])
    low, high = (float(edge) for edge in function["/Domain"])
    at = min(max(at, low), high)
    if kind == 2:
        power = at ** float(function["/N"])
        first, last = _ends(function)
        return tuple(one + power * (other - one) for one, other in zip(first, last, strict=True))
    if kind in {0, 3}:
        return _stitched(function, at) if kind == 3 else _sampled(function, at)
    raise refusal(f"a gradient uses a function of type {kind}")


def _ends(function: Any) -> tuple[Values, Values]:
    first = tuple(float(value) for value in function.get("/C0", (0,)))
    return first, tuple(float(value) for value in function.get("/C1", (1,)))


def _stitched(function: Any, at: float) -> Values:
    low, high = (float(edge) for edge in function["/Domain"])
    bounds = [float(bound) for bound in function["/Bounds"]]
    part = sum(at >= bound for bound in bounds)
    edges = [low, *bounds, high]
    begin, end = edges[part], edges[part + 1]
    first, last = (float(value) for value in list(function["/Encode"])[2 * part : 2 * part + 2])
    share = (at - begin) / (end - begin) if end > begin else 0.0
    return evaluate(function["/Functions"][part], first + share * (last - first))


def _sampled(function: Any, at: float) -> Values:
    if int(function["/BitsPerSample"]) != 8:
        raise refusal("a gradient is sampled with other than 8 bits")
    size = int(function["/Size"][0])
    ranges = [float(edge) for edge in function["/Range"]]
    outputs = len(ranges) // 2
    decode = [float(edge) for edge in function.get("/Decode", ranges)]
    first, last = (float(edge) for edge in function.get("/Encode", (0, size - 1)))
    low, high = (float(edge) for edge in function["/Domain"])
    place = min(max(first + (at - low) / (high - low) * (last - first), 0), size - 1)
    below = min(int(place), size - 2) if size > 1 else 0
    data = function.read_bytes()
    found = []
    for output in range(outputs):
        one, other = (data[min(index, size - 1) * outputs + output] / 255 for index in (below, below + 1))
        value = one + (place - below) * (other - one)
        found.append(decode[2 * output] + value * (decode[2 * output + 1] - decode[2 * output]))
    return tuple(found)


def colours_along(function: Any, domain: Sequence[float]) -> tuple[Values, ...]:
    """The colours of a gradient from end to end, its stops among them."""
    low, high = domain
    steps = [low + (high - low) * step / _STEPS for step in range(_STEPS + 1)]
    return tuple(evaluate(function, at) for at in sorted({*steps, *_stops(function)}))


def _stops(function: Any) -> tuple[float, ...]:
    if isinstance(function, Array) or int(function["/FunctionType"]) != 3:
        return ()
    return tuple(float(bound) for bound in function["/Bounds"])


def converted(pdf: pikepdf.Pdf, function: Any, size: int, convert: Callable[[Values], Values]) -> Any:
    """The function with `size` outputs after `convert`; hard stops between parts stay hard."""
    if not isinstance(function, Array) and int(function["/FunctionType"]) == 3:
        parts = [converted(pdf, part, size, convert) for part in function["/Functions"]]
        kept = {key: function[key] for key in ("/FunctionType", "/Domain", "/Bounds", "/Encode")}
        return pdf.make_indirect(Dictionary({**kept, "/Functions": Array(parts)}))
    domain = function[0]["/Domain"] if isinstance(function, Array) else function["/Domain"]
    low, high = (float(edge) for edge in domain)
    samples = bytearray()
    for step in range(_STEPS + 1):
        colour = convert(evaluate(function, low + (high - low) * step / _STEPS))
        samples += bytes(round(min(max(part, 0.0), 1.0) * 255) for part in colour)
    stream = pdf.make_stream(bytes(samples))
    entries = {
        "/FunctionType": 0,
        "/Domain": domain,
        "/Range": Array([0, 1] * size),
        "/Size": Array([_STEPS + 1]),
        "/BitsPerSample": 8,
    }
    for key, value in entries.items():
        stream[key] = value
    return stream


def check_shading(shading: Any) -> None:
    """L505 for a kind of gradient that the layouts never draw."""
    if isinstance(shading, pikepdf.Stream) or int(shading["/ShadingType"]) not in {2, 3}:
        raise refusal(f"a gradient is of type {int(shading['/ShadingType'])}, not along a line or from a circle")


def shading_with(shading: Any, space: Name, function: Any, background: Values | None) -> Dictionary:
    """The same gradient in another space."""
    entries = {key: shading[key] for key in shading if key not in {"/ColorSpace", "/Function", "/Background"}}
    made = Dictionary({**entries, "/ColorSpace": space, "/Function": function})
    if background is not None:
        made["/Background"] = Array(background)
    return made
