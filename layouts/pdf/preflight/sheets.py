"""The page as paper: its boxes, how it is turned, and where on it a thing lies as one who holds it would say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from leafletpress.model.span import Spot

from .geometry import POINTS_PER_MM, Box
from .objects import get, name, number, numbers

_INHERITED = 50  # levels of the page tree that are searched: more is a circle
_LETTER: Box = (0.0, 0.0, 612.0, 792.0)
_SLACK_MM = 1.0

PAPERS: dict[str, tuple[float, float]] = {
    "A3": (297, 420),
    "A4": (210, 297),
    "A5": (148, 210),
    "A6": (105, 148),
    "DL": (99, 210),
    "Letter": (215.9, 279.4),
    "half letter": (139.7, 215.9),
    "Legal": (215.9, 355.6),
    "Tabloid": (279.4, 431.8),
}
"""Papers that printers keep: width and height upright, millimetres."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page's boxes in points, which of them the file gives, its turn in degrees, and the points' size (`unit`)."""

    number: int
    media: Box
    crop: Box
    bleed: Box
    trim: Box
    given: frozenset[str]
    turn: int = 0
    unit: float = 1.0

    @property
    def size_mm(self) -> tuple[float, float]:
        """Width and height of the trimmed page as it is looked at."""
        left, bottom, right, top = self.trim
        wide, high = ((right - left) * self.unit / POINTS_PER_MM, (top - bottom) * self.unit / POINTS_PER_MM)
        return (high, wide) if self.turn in {90, 270} else (wide, high)

    @property
    def paper(self) -> str:
        """The name of the paper, upright or on its side; "" for a size that nobody keeps."""
        upright = tuple(sorted(self.size_mm))
        for known, (wide, high) in PAPERS.items():
            if abs(upright[0] - wide) <= _SLACK_MM and abs(upright[1] - high) <= _SLACK_MM:
                return known
        return ""

    def points(self, length_mm: float) -> float:
        """A length on paper in this page's points."""
        return length_mm * POINTS_PER_MM / self.unit

    def spot(self, box: Box | None = None) -> Spot:
        """The top left corner of `box` on the turned page, in millimetres from the top left of the trim."""
        if box is None:
            return Spot("", page=self.number)
        left, bottom, right, top = self.trim
        across, down = {
            0: (box[0] - left, top - box[3]),
            90: (box[1] - bottom, box[0] - left),
            180: (right - box[2], box[1] - bottom),
            270: (top - box[3], right - box[2]),
        }[self.turn]
        scale = self.unit / POINTS_PER_MM
        return Spot("", page=self.number, left_mm=round(across * scale, 1), top_mm=round(down * scale, 1))


def read_sheet(page: Any, number_: int) -> Sheet:
    """The page dictionary's boxes, with the defaults of ISO 32000-1, 14.11.2, for those that are not given."""
    media = _box(_inherited(page, "/MediaBox")) or _LETTER
    crop = _box(_inherited(page, "/CropBox")) or media
    boxes = {key: _box(get(page, key)) for key in ("/BleedBox", "/TrimBox", "/ArtBox")}
    trim = boxes["/TrimBox"] or boxes["/ArtBox"] or crop
    given = frozenset(key[1:] for key, box in boxes.items() if box is not None)
    turn = int(number(_inherited(page, "/Rotate"))) % 360
    unit = number(get(page, "/UserUnit"), 1.0)
    return Sheet(
        number=number_,
        media=media,
        crop=crop,
        bleed=boxes["/BleedBox"] or crop,
        trim=trim,
        given=given,
        turn=turn if turn in {0, 90, 180, 270} else 0,
        unit=unit if unit > 0 else 1.0,
    )


def _inherited(page: Any, key: str) -> Any:
    node = page
    for _ in range(_INHERITED):
        found = get(node, key)
        if found is not None:
            return found
        node = get(node, "/Parent")
        if node is None or name(get(node, "/Type")) == "Catalog":
            return None
    return None


def _box(value: Any) -> Box | None:
    corners = numbers(value)
    if len(corners) != 4:
        return None
    x, y, u, v = corners
    box = (min(x, u), min(y, v), max(x, u), max(y, v))
    return box if box[2] - box[0] > 0 and box[3] - box[1] > 0 else None
