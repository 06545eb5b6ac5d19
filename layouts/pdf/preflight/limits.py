"""How much is done for one file: it comes from anywhere, and may be made to keep us busy for ever."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that is looked at. A file that reaches a limit is told so, and judged by what was seen."""

    pages: int = 2_000
    seconds: float = 60.0
    operators: int = 2_000_000
    operators_in_a_stream: int = 1_000_000
    depth: int = 20
    marks_on_a_page: int = 50_000
    stream_bytes: int = 32_000_000
    picture_pixels: int = 100_000_000
    objects: int = 500_000


class Spent(Exception):  # noqa: N818 - no error: the end of our patience
    """A limit was reached; the words say which."""


class Meter:
    """Counts what one file has cost so far."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._until = monotonic() + limits.seconds
        self._operators = 0

    def charge(self, operators: int) -> None:
        """Spent where these operators are too many, in all or at once."""
        self._operators += operators
        if operators > self.limits.operators_in_a_stream or self._operators > self.limits.operators:
            raise Spent("more drawing than a leaflet can hold")
        self.look_at_the_clock()

    def look_at_the_clock(self) -> None:
        """Spent where the time is over."""
        if monotonic() > self._until:
            raise Spent(f"longer than {self.limits.seconds:.0f} s")
