"""The desk a page is drawn on while its content is read: the graphics state, and everything that outlives it."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field, fields
from typing import Any

from .colours import BLACK, Colour, Spaces
from .faces import Face, Faces
from .geometry import IDENTITY, Box, Matrix, meet
from .layers import Layers
from .limits import Meter, Spent
from .marks import Drawn, Mark, Paint
from .objects import get
from .outline import Outline
from .sheets import Sheet

NOWHERE: Box = (1e9, 1e9, -1e9, -1e9)
"""A clip through which nothing is seen."""


@dataclass(slots=True)
class State:
    """The graphics state of ISO 32000-1, 8.4, as far as a judge needs it. `veil` is the opacity of groups around."""

    matrix: Matrix
    clip: Box
    fill: Colour = BLACK
    stroke: Colour = BLACK
    width: float = 1.0
    fill_opacity: float = 1.0
    stroke_opacity: float = 1.0
    veil: float = 1.0
    fill_overprint: bool = False
    stroke_overprint: bool = False
    overprint_mode: int = 0
    face: Face | None = None
    size: float = 0.0
    spacing: float = 0.0
    word_spacing: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    rendering: int = 0

    def __copy__(self) -> State:
        """The library's way takes five times as long, and a page keeps its state a hundred times."""
        other = object.__new__(State)
        for slot in _SLOTS:
            setattr(other, slot, getattr(self, slot))
        return other

    @property
    def filling(self) -> Paint:
        """How areas and words are painted."""
        return Paint(self.fill, self.fill_opacity * self.veil, self.fill_overprint, self.overprint_mode == 1)

    @property
    def stroking(self) -> Paint:
        """How lines are painted."""
        return Paint(self.stroke, self.stroke_opacity * self.veil, self.stroke_overprint, self.overprint_mode == 1)


_SLOTS = tuple(field.name for field in fields(State))


@dataclass(slots=True)
class Desk:
    """One page under the pen.

    `base` is the matrix that patterns start from, `whole` the place that parts of a pattern or glyph are told at, and
    `run` draws what a stream with resources of its own holds: the stream, its matrix, and the place to tell.
    """

    sheet: Sheet
    resources: Any
    meter: Meter
    spaces: Spaces
    faces: Faces
    layers: Layers
    state: State
    run: Callable[[Desk, Any, Matrix, Box | None], None]
    base: Matrix = IDENTITY
    drawn: Drawn = field(default_factory=Drawn)
    stack: list[State] = field(default_factory=list)
    path: Outline = field(default_factory=Outline)
    clips: bool = False
    text: Matrix = IDENTITY
    text_line: Matrix = IDENTITY
    whole: Box | None = None
    hidden: list[bool] = field(default_factory=list)
    open: set[tuple[int, int]] = field(default_factory=set)
    done: set[tuple[int, int]] = field(default_factory=set)
    depth: int = 0
    looked_up: dict[tuple[str, str], Any] = field(default_factory=dict)

    def resource(self, kind: str, word: str) -> Any:
        """What the content calls `word` among the resources of a kind (`/Font`); None where there is no such thing."""
        key = (kind, word)
        if key not in self.looked_up:
            self.looked_up[key] = get(self.resources, kind, f"/{word}")
        return self.looked_up[key]

    def push(self) -> None:
        """Keep the state (q)."""
        if len(self.stack) > 4096:
            raise Spent("too many states, one in the other")
        self.stack.append(copy(self.state))

    def pop(self) -> None:
        """Take the state back (Q); one too many is let pass, as viewers do."""
        if self.stack:
            self.state = self.stack.pop()

    def seen(self, box: Box) -> Box | None:
        """What of `box` (points of the page) the clip lets through; None for nothing, or where a layer is off."""
        if any(self.hidden):
            return None
        visible = meet(box, self.state.clip)
        return visible if visible is None or self.whole is None else self.whole

    def add(self, mark: Mark) -> None:
        """One more mark."""
        if len(self.drawn.marks) >= self.meter.limits.marks_on_a_page:
            raise Spent("more drawing on a page than a leaflet can hold")
        self.drawn.marks.append(mark)
