"""What points into pages that lie on sheets: annotations, destinations, bookmarks, named destinations.

A destination is an array of a page, a kind and lengths (ISO 32000-1, 12.3.2.2), wherever it stands; so the whole file
is looked through, and what still points to an old page at the end is refused rather than lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Matrix, Name, Stream

from .saving import number, refusal
from .sheet_tags import Key, Move, moved_box

_KINDS = {"/XYZ", "/Fit", "/FitH", "/FitV", "/FitR", "/FitB", "/FitBH", "/FitBV"}
_UNMOVABLE = ("/L", "/Vertices", "/InkList", "/CL")


def moved_annotations(page: pikepdf.Page, move: Move) -> list[Any]:
    """The annotations of a page, in their order, where they lie on its sheet."""
    annotations = list(page.obj.get("/Annots", ()))
    turned = move.matrix.a < 0
    for annotation in annotations:
        if any(key in annotation for key in _UNMOVABLE) or (turned and "/AP" in annotation):
            raise refusal(f"an annotation of the kind {annotation.get('/Subtype')} cannot be moved")
        annotation["/Rect"] = moved_box(annotation["/Rect"], move.matrix)
        if "/QuadPoints" in annotation:
            annotation["/QuadPoints"] = _moved_points(annotation["/QuadPoints"], move.matrix)
        if "/P" in annotation:
            annotation["/P"] = move.sheet
    return annotations


def _moved_points(points: Any, matrix: Matrix) -> Array:
    values = [float(value) for value in points]
    corners = zip(values[::2], values[1::2], strict=True)
    return Array([number(value) for corner in corners for value in matrix.transform(corner)])


def move_destinations(pdf: pikepdf.Pdf, moves: Mapping[Key, Move]) -> None:
    """Every destination that the file can reach, and a check that nothing points to an old page any more."""
    waiting, seen = [pdf.Root], set()
    while waiting:
        item = waiting.pop()
        if item.is_indirect:
            if item.objgen in seen:
                continue
            seen.add(item.objgen)
        if isinstance(item, Array) and len(item) > 1 and _is_old(item[0], moves) and item[1] in _KINDS:
            _move_destination(item, moves[item[0].objgen])
        for value in _values(item):
            if _is_old(value, moves):
                raise refusal("something besides tags, links and bookmarks points to a page")
            if isinstance(value, (Array, Dictionary, Stream)):
                waiting.append(value)


def _values(item: Any) -> list[Any]:
    return list(item) if isinstance(item, Array) else [item[key] for key in item.keys()]  # noqa: SIM118  (a stream iterates over its bytes)


def _is_old(value: Any, moves: Mapping[Key, Move]) -> bool:
    return isinstance(value, Dictionary) and value.is_indirect and value.objgen in moves


def _move_destination(place: Array, move: Move) -> None:
    """The same place on the sheet; what fitted the page into the window now fits its part of the sheet."""
    kind, rest = str(place[1]), list(place)[2:]
    left, bottom, right, top = move.box
    place[0] = move.sheet
    if kind == "/XYZ":
        # A lost coordinate means "as it is"; on the sheet that would be the corner of another page.
        corner = move.matrix.inverse().transform((left, top))
        wanted = [corner[axis] if rest[axis : axis + 1] in ([], [None]) else rest[axis] for axis in (0, 1)]
        x, y = move.matrix.transform((float(wanted[0]), float(wanted[1])))
        _refill(place, [Name("/XYZ"), number(x), number(y), rest[2] if len(rest) > 2 else None])
        return
    if kind == "/FitR":
        corners = moved_box(rest, move.matrix)
    elif kind in {"/FitH", "/FitBH"} and rest and rest[0] is not None:
        corners = Array([number(left), number(bottom), number(right), number(_moved(move, rest[0], axis=1))])
    elif kind in {"/FitV", "/FitBV"} and rest and rest[0] is not None:
        corners = Array([number(_moved(move, rest[0], axis=0)), number(bottom), number(right), number(top)])
    else:
        corners = Array([number(edge) for edge in move.box])
    _refill(place, [Name("/FitR"), *corners])


def _refill(place: Array, rest: list[Any]) -> None:
    while len(place) > 1:
        del place[len(place) - 1]
    place.extend(rest)


def _moved(move: Move, value: Any, *, axis: int) -> float:
    point = (float(value), 0.0) if axis == 0 else (0.0, float(value))
    return float(move.matrix.transform(point)[axis])
