"""What is drawn on a sheet: the content of several pages one after the other, with names and marks that do not clash.

Each page keeps its own instructions. Names of resources change where two pages use one name for two things; numbers
of marked content (MCID) go on counting (ISO 32000-1, 7.8 and 14.6). What cannot be moved safely is refused.
"""

from __future__ import annotations

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Matrix, Name

from .saving import copied, number, refusal, within

_NAMED = {
    "Tf": "/Font",
    "Do": "/XObject",
    "gs": "/ExtGState",
    "sh": "/Shading",
    "cs": "/ColorSpace",
    "CS": "/ColorSpace",
    "scn": "/Pattern",
    "SCN": "/Pattern",
    "BDC": "/Properties",
    "DP": "/Properties",
}
_FIRST = {"Tf", "Do", "gs", "sh", "cs", "CS"}
_DEVICE = {"/DeviceGray", "/DeviceRGB", "/DeviceCMYK", "/Pattern"}
_DEFAULTS = ("/DefaultGray", "/DefaultRGB", "/DefaultCMYK")
_PAIRS = {"Q": "q", "ET": "BT", "EMC": "BMC"}
_OPENING = {"q": "q", "BT": "BT", "BMC": "BMC", "BDC": "BMC"}


def inherited(page: pikepdf.Page, key: str) -> Any:
    """An entry of a page or of the nodes above it; None where there is none (ISO 32000-1, 7.7.3.4)."""
    node: Any = page.obj
    while node is not None:
        if key in node:
            return node[key]
        node = node.get("/Parent")
    return None


class SheetContent:
    """The content of one side of a sheet, filled page by page."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self.resources = Dictionary()
        self.marks = 0
        self._instructions: list[bytes] = []
        self._defaults: dict[str, bytes] | None = None

    def data(self) -> bytes:
        """The content stream."""
        return b"\n".join(self._instructions) + b"\n"

    def add(self, page: pikepdf.Page, matrix: Matrix, box: tuple[float, float, float, float]) -> int:
        """Draw `page` through `matrix`, cut off at `box` of the sheet; the number that its first mark (0) now has."""
        first = self.marks
        names = _Names(self._pdf, self.resources, self._same_defaults(page), matrix)
        left, bottom, right, top = (number(edge) for edge in box)
        frame = (
            f"q {left} {bottom} {right - left} {top - bottom} re W n "
            f"{' '.join(str(number(part)) for part in matrix.shorthand)} cm"
        )
        moved: list[Any] = []
        opened: list[str] = []
        for instruction in pikepdf.parse_content_stream(page):
            operator = str(instruction.operator)
            _balance(operator, opened)
            if isinstance(instruction, pikepdf.ContentStreamInlineImage):
                names.refuse_named(instruction)
                moved.append(instruction)
                continue
            operands = list(instruction.operands)
            if operator in _NAMED:
                names.change(operator, operands)
            if operator in {"BDC", "DP"}:
                self._count(operands, first, names)
            moved.append((operands, instruction.operator))
        # A page may end with states still open; on a sheet they would go on into the next page.
        if set(opened) - {"q"}:
            raise refusal(f"the content of a page ends inside {opened[-1]}")
        self._instructions += [frame.encode(), pikepdf.unparse_content_stream(moved), b"Q " * len(opened) + b"Q"]
        return first

    def reserve(self, marks: int) -> None:
        """Let the next page's marks begin at `marks` at the earliest."""
        self.marks = max(self.marks, marks)

    def _count(self, operands: list[Any], first: int, names: _Names) -> None:
        """Number a mark anew; the property list may stand in the stream or in the resources."""
        properties = names.properties(operands[1]) if isinstance(operands[1], Name) else operands[1]
        if "/MCID" not in properties:
            return
        mark = first + int(properties["/MCID"])
        self.marks = max(self.marks, mark + 1)
        changed = Dictionary(dict(properties.items()))
        changed["/MCID"] = mark
        if any(getattr(value, "is_indirect", False) for _, value in changed.items()):
            # A stream can hold no references, so this list stays among the resources.
            operands[1] = names.own(changed, mark)
        else:
            operands[1] = changed

    def _same_defaults(self, page: pikepdf.Page) -> Any:
        """The page's resources; refused where a device colour would mean another colour than on the page before."""
        resources = inherited(page, "/Resources")
        resources = Dictionary() if resources is None else resources
        spaces = resources.get("/ColorSpace", Dictionary())
        defaults = {key: spaces[key].unparse() for key in _DEFAULTS if key in spaces}
        if self._defaults not in (None, defaults):
            raise refusal("two pages of one sheet have different default colour spaces")
        if defaults:
            kinds = within(self.resources, "/ColorSpace")
            for key in defaults:
                kinds[key] = spaces[key]
        self._defaults = defaults
        return resources


class _Names:
    """The names that one page uses for its resources, and those that the sheet uses for the same things."""

    def __init__(self, pdf: pikepdf.Pdf, sheet: Dictionary, resources: Any, matrix: Matrix) -> None:
        self._pdf = pdf
        self._resources = resources
        self._sheet = sheet
        self._matrix = matrix
        self._known: dict[tuple[str, str], Name] = {}

    def change(self, operator: str, operands: list[Any]) -> None:
        """Put the sheet's name in place of the page's, where the operand is a name of a resource."""
        place = 0 if operator in _FIRST else len(operands) - 1
        name = operands[place] if operands else None
        if not isinstance(name, Name) or (operator in {"cs", "CS"} and str(name) in _DEVICE):
            return
        operands[place] = self._on_sheet(_NAMED[operator], str(name))

    def properties(self, name: Name) -> Any:
        """The property list of a name that was changed already."""
        return self._sheet["/Properties"][str(name)]

    def own(self, properties: Dictionary, mark: int) -> Name:
        """A name for a property list that only this mark has."""
        name = Name(f"/Mark{mark}")
        self._sheet["/Properties"][name] = properties
        return name

    def refuse_named(self, image: pikepdf.ContentStreamInlineImage) -> None:
        """An inline image may name a colour space of the resources; that name cannot be changed in it."""
        space = image.iimage.obj.get("/CS", image.iimage.obj.get("/ColorSpace"))
        if isinstance(space, Name) and str(space) in self._resources.get("/ColorSpace", {}):
            raise refusal("an inline image uses a named colour space")

    def _on_sheet(self, kind: str, name: str) -> Name:
        if (kind, name) not in self._known:
            self._known[kind, name] = self._settle(kind, name)
        return self._known[kind, name]

    def _settle(self, kind: str, name: str) -> Name:
        thing = self._resources.get(kind, {}).get(name)
        if thing is None:
            raise refusal(f"a page uses {name}, which is not among its resources")
        if kind == "/XObject" and thing.get("/Subtype") == "/Form" and "/Resources" not in thing:
            raise refusal(f"the drawing {name} has no resources of its own")
        if kind == "/Pattern":
            thing = self._moved_pattern(thing)
        kinds = within(self._sheet, kind)
        tried, count = name, 1
        while tried in kinds and not _same(kinds[tried], thing):
            count += 1
            tried = f"{name}.{count}"
        kinds[tried] = thing
        return Name(tried)

    def _moved_pattern(self, pattern: Any) -> Any:
        """A pattern hangs on the page's own space, whatever the content does to its coordinates (8.7.3.1)."""
        moved = copied(self._pdf, pattern) if isinstance(pattern, pikepdf.Stream) else Dictionary(dict(pattern.items()))
        own = Matrix(*(float(part) for part in pattern.get("/Matrix", (1, 0, 0, 1, 0, 0))))
        moved["/Matrix"] = Array([number(part) for part in (own @ self._matrix).shorthand])
        return moved if isinstance(moved, pikepdf.Stream) else self._pdf.make_indirect(moved)


def _same(one: Any, other: Any) -> bool:
    if one.is_indirect or other.is_indirect:
        return bool(one.objgen == other.objgen)
    return bool(one.unparse() == other.unparse())


def _balance(operator: str, opened: list[str]) -> None:
    """Keep what was opened; refuse what closes a thing that this page did not open."""
    if operator in _OPENING:
        opened.append(_OPENING[operator])
    elif operator in _PAIRS:
        wanted = _PAIRS[operator]
        if wanted not in opened:
            raise refusal(f"the content of a page has {operator} without {wanted}")
        # Marks and states may overlap (ISO 32000-1, 14.6.1 asks only that marks lie within text objects or outside).
        del opened[len(opened) - 1 - opened[::-1].index(wanted)]
