"""Where a node stands in its source."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Span:
    """A run of whole lines in one file; lines count from 1 and both ends belong to it.

    `path` is written as the user would type it from the project's folder. Line 0 means the file as a whole.
    """

    path: str
    line: int = 0
    end_line: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


NOWHERE = Span("")


@dataclass(frozen=True, slots=True)
class Spot(Span):
    """A place in a finished print file: `page` from 1, and millimetres from the top left of the trimmed page.

    Page 0 means the file as a whole, and no millimetres the page as a whole.
    """

    page: int = 0
    left_mm: float | None = None
    top_mm: float | None = None

    def __str__(self) -> str:
        page = f", page {self.page}" if self.page else ""
        if self.left_mm is None or self.top_mm is None:
            return f"{self.path}{page}"
        return f"{self.path}{page}, {self.left_mm:.0f} mm from the left, {self.top_mm:.0f} mm from the top"


@dataclass(frozen=True, slots=True)
class Node:
    """Base of every model node: it knows its span, and equality ignores it."""

    span: Span = field(default=NOWHERE, compare=False, repr=False, kw_only=True)
