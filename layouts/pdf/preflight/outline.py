"""A path while it is drawn: the box of each of its parts, in the units it is drawn in."""

from __future__ import annotations

from dataclasses import dataclass, field

from .geometry import Box, join

_APART = 64  # parts that are kept apart; of more than these only the box round them matters


@dataclass(slots=True)
class Outline:
    """Parts that are closed or left, and the one that is under the pen."""

    parts: list[Box] = field(default_factory=list)
    current: list[float] | None = None
    at: tuple[float, float] = (0.0, 0.0)

    def move(self, x: float, y: float) -> None:
        """Begin a part."""
        self._close()
        self.at = (x, y)
        self.current = None

    def reach(self, *points: float) -> None:
        """Go on to these points: x, y, x, y …"""
        if self.current is None:
            self.current = [self.at[0], self.at[1], self.at[0], self.at[1]]
        box = self.current
        across, up = points[::2], points[1::2]
        box[0], box[1] = min(box[0], *across), min(box[1], *up)
        box[2], box[3] = max(box[2], *across), max(box[3], *up)
        self.at = (points[-2], points[-1])

    def rectangle(self, x: float, y: float, width: float, height: float) -> None:
        """A part of its own."""
        self.move(x, y)
        self.reach(x + width, y + height)
        self.move(x, y)

    def boxes(self) -> list[Box]:
        """All parts."""
        self._close()
        return self.parts

    def clear(self) -> None:
        """Begin anew."""
        self.parts, self.current = [], None

    def _close(self) -> None:
        if self.current is None:
            return
        left, bottom, right, top = self.current
        box = (left, bottom, right, top)
        if len(self.parts) < _APART:
            self.parts.append(box)
        else:
            self.parts[-1] = join(self.parts[-1], box)
        self.current = None
