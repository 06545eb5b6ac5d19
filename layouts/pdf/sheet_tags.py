"""The tag tree of pages that lie on sheets: the same tags in the same order, each pointing to where its content went.

ISO 32000-1, 14.7: an element's Pg and whole-number kids, marked-content references, object references, the parent tree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Matrix

from .saving import number, refusal

Key = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Move:
    """Where a page went: the sheet's page object, the matrix, its box on the sheet, and its first mark's number."""

    sheet: Any
    matrix: Matrix
    box: tuple[float, float, float, float]
    first_mark: int


def move_tags(pdf: pikepdf.Pdf, parents: ParentTree, moves: Mapping[Key, Move]) -> None:
    """Let every element and reference point to the sheets; nothing else changes, not even an element's order."""
    root = pdf.Root.get("/StructTreeRoot")
    if root is None:
        return
    elements = list(_elements([*_kids(root), *parents.elements()]))
    # Boxes first: an element without a page of its own asks what is below it, which must not have moved yet.
    for element in elements:
        if (move := _first_move(element, moves)) is not None:
            _move_boxes(element, move.matrix)
    for element in elements:
        _move_element(element, moves)


def _elements(waiting: list[Any]) -> Iterator[Any]:
    """Every element once; a tree that runs in a circle ends all the same."""
    seen = set()
    while waiting:
        element = waiting.pop()
        if not isinstance(element, Dictionary) or "/S" not in element:
            continue
        if element.is_indirect:
            if element.objgen in seen:
                continue
            seen.add(element.objgen)
        waiting += _kids(element)
        yield element


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]


def _move_element(element: Any, moves: Mapping[Key, Move]) -> None:
    page = element.get("/Pg")
    own = moves[page.objgen] if page is not None else None
    kids = element.get("/K")
    if isinstance(kids, Array):
        for index, kid in enumerate(kids):
            kids[index] = _moved_kid(kid, own, moves)
    elif kids is not None:
        element["/K"] = _moved_kid(kids, own, moves)
    if own is not None:
        element["/Pg"] = own.sheet


def _moved_kid(kid: Any, own: Move | None, moves: Mapping[Key, Move]) -> Any:
    """A number, moved; a reference is changed in place. Kids that are elements stay as they are."""
    if isinstance(kid, int):
        if own is None:
            raise refusal("a tag has content but no page")
        return kid + own.first_mark
    if not isinstance(kid, Dictionary) or kid.get("/Type") not in ("/MCR", "/OBJR"):
        return kid
    page = kid.get("/Pg")
    move = moves[page.objgen] if page is not None else own
    if move is None:
        raise refusal("a tag has content but no page")
    # Marks of a form XObject (Stm) are counted in that form, which stays as it is.
    if kid["/Type"] == "/MCR" and "/Stm" not in kid:
        kid["/MCID"] = int(kid["/MCID"]) + move.first_mark
    if page is not None:
        kid["/Pg"] = move.sheet
    return kid


def _first_move(element: Any, moves: Mapping[Key, Move]) -> Move | None:
    """Where an element went: its own page, or that of the first content below it."""
    waiting = [element]
    while waiting:
        item = waiting.pop()
        if not isinstance(item, Dictionary):
            continue
        if "/Pg" in item and item["/Pg"].objgen in moves:
            return moves[item["/Pg"].objgen]
        waiting += _kids(item)[::-1]
    return None


def _move_boxes(element: Any, matrix: Matrix) -> None:
    """The box of a figure or table lies in the page's own space (14.8.5.4.3)."""
    attributes = element.get("/A")
    for attribute in attributes if isinstance(attributes, Array) else [attributes]:
        if isinstance(attribute, Dictionary) and "/BBox" in attribute:
            attribute["/BBox"] = moved_box(attribute["/BBox"], matrix)


def moved_box(box: Any, matrix: Matrix) -> Array:
    """The upright box around a moved one; the order of its edges is left, bottom, right, top."""
    left, bottom, right, top = (float(edge) for edge in box)
    corners = [matrix.transform(corner) for corner in ((left, bottom), (right, top))]
    xs, ys = zip(*corners, strict=True)
    return Array([number(edge) for edge in (min(xs), min(ys), max(xs), max(ys))])


class ParentTree:
    """Which tag each piece of content belongs to: the arrays of pages are joined, all other entries stay."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._root: Any = pdf.Root.get("/StructTreeRoot")
        tree = None if self._root is None else self._root.get("/ParentTree")
        self._entries: dict[int, Any] = {} if tree is None else dict(pikepdf.NumberTree(tree))

    def take(self, page: pikepdf.Page) -> list[Any]:
        """The tags of a page's marks, by number; they leave the tree."""
        if "/StructParents" not in page.obj:
            return []
        return list(self._entries.pop(int(page.obj["/StructParents"]), ()))

    def put(self, key: int, tags: list[Any]) -> None:
        """The tags of a sheet's marks."""
        self._entries[key] = self._pdf.make_indirect(Array(tags))

    def elements(self) -> list[Any]:
        """Every element that content names as its tag; one that lost its place in the tree is among them."""
        named = []
        for entry in self._entries.values():
            named += list(entry) if isinstance(entry, Array) else [entry]
        return named

    def write(self) -> None:
        """Put the tree in place, in order of its keys."""
        if self._root is None:
            return
        entries = Array()
        for key in sorted(self._entries):
            entries.append(key)
            entries.append(self._entries[key])
        self._root["/ParentTree"] = self._pdf.make_indirect(Dictionary(Nums=entries))
