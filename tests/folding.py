"""A model of paper: printed, turned, folded, stapled, and read. It knows nothing of how the pages were imposed.

A printed sheet is a row of panels from left to right, seen from its outside; each has a page in front and a page
behind. Turning the sheet over does what a duplex printer does: about the short edge (of a landscape sheet) left and
right change places, about the long edge top and bottom do.

How one reads: of the pages in view, first those that the next move hides, then those that stay; beside each other
from the side where reading begins.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from layouts.pdf.imposition import Flip, Imposition, Side

Face = int | None


@dataclass(frozen=True)
class Panel:
    """A piece of paper between two folds: what its outside and its inside show, and how wide each print is."""

    outside: Face
    inside: Face
    width: float


@dataclass(frozen=True)
class Printed:
    """A mark on one side as it lies before the reader: its page, its edges, and whether it stands upright."""

    page: Face
    left: float
    right: float
    upright: bool


def as_it_lies(side: Side) -> list[Printed]:
    return [Printed(p.page, p.left_mm, p.left_mm + p.width_mm, not p.turned) for p in side.places]


def turned_over(marks: list[Printed], width: float, flip: Flip) -> list[Printed]:
    """What was printed on the back, looked at from the back by a reader who turns the sheet like a leaf of a book."""
    if flip is Flip.SHORT_EDGE:
        return marks
    # The printer turned about the long edge; the reader turns about the short one: half a turn is left over.
    return [Printed(m.page, width - m.right, width - m.left, not m.upright) for m in reversed(marks)]


def sheets(imposition: Imposition) -> list[list[Panel]]:
    """Every sheet as its panels; asserts that both prints of a panel lie on the same paper, upright."""
    made = []
    pairs = zip(imposition.sides[::2], imposition.sides[1::2], strict=True)
    for front, back in pairs:
        outside = as_it_lies(front)
        inside = turned_over(as_it_lies(back), imposition.width_mm, imposition.flip)
        panels = []
        for before, behind in zip(outside, reversed(inside), strict=True):
            assert before.upright
            assert behind.upright
            # Seen through the paper, left and right change places.
            assert abs(before.left - (imposition.width_mm - behind.right)) < 1e-6
            assert abs(before.right - (imposition.width_mm - behind.left)) < 1e-6
            panels.append(Panel(before.page, behind.page, before.right - before.left))
        made.append(panels)
    return made


def read_booklet(imposition: Imposition) -> list[Face]:
    """Sheets laid in each other, stapled through the middle, and leafed through from the front cover."""
    halves = []
    for left, right in sheets(imposition):
        # Outside up, folded backwards: the half on the side of the front cover is `first`, the other lies under it.
        halves.append((left, right) if imposition.right_to_left else (right, left))
    pages: list[Face] = []
    for first, _ in halves:  # leaves from the cover to the middle: a leaf shows its outside, then its inside
        pages += [first.outside, first.inside]
    for _, last in reversed(halves):  # and on from the middle: the inside lies up first
        pages += [last.inside, last.outside]
    return pages


def _in_order(pages: Iterable[Face], seen: list[Face]) -> None:
    seen.extend(page for page in pages if page not in seen)


def read_c_fold(imposition: Imposition) -> list[Face]:
    """One sheet with its flap folded in and the cover folded over it, opened panel by panel."""
    (panels,) = sheets(imposition)
    flap, back, front = reversed(panels) if imposition.right_to_left else panels
    assert flap.width < back.width  # it lies between the other two
    assert flap.width < front.width
    seen: list[Face] = []
    _in_order([front.outside], seen)
    # The cover is turned: beside its inside lies the flap's outside, on top of the middle. The next move hides it.
    in_view, hidden_next = [front.inside, flap.outside], [flap.outside]
    _in_order(hidden_next, seen)
    _in_order(in_view, seen)
    # The flap is turned: the whole inside lies open.
    _in_order([front.inside, back.inside, flap.inside], seen)
    # The open sheet is closed again, or turned over: its back.
    _in_order([back.outside], seen)
    return seen


def read_z_fold(imposition: Imposition) -> list[Face]:
    """One sheet folded to and fro, its cover opened like a book's, pulled open, and turned over."""
    (panels,) = sheets(imposition)
    last, middle, front = reversed(panels) if imposition.right_to_left else panels
    assert last.width == middle.width == front.width
    seen: list[Face] = []
    _in_order([front.outside], seen)
    _in_order([front.inside, middle.inside], seen)  # the cover is turned; the third panel lies behind the second
    _in_order([front.inside, middle.inside, last.inside], seen)  # pulled open: nothing is hidden
    _in_order([last.outside, middle.outside, front.outside], seen)  # turned over
    return seen


def closed_c_fold(imposition: Imposition) -> tuple[Face, Face]:
    """Front and back of the closed leaflet."""
    (panels,) = sheets(imposition)
    _, back, front = reversed(panels) if imposition.right_to_left else panels
    return front.outside, back.outside


def closed_z_fold(imposition: Imposition) -> tuple[Face, Face]:
    """Front and back: the third panel was folded twice, so its inside faces out."""
    (panels,) = sheets(imposition)
    last, _, front = reversed(panels) if imposition.right_to_left else panels
    return front.outside, last.inside
