"""Lengths and places on a page: matrices and boxes in points, as a PDF has them (ISO 32000-1, 8.3)."""

from __future__ import annotations

from math import hypot
from typing import TypeAlias

POINTS_PER_MM = 72 / 25.4

Box: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right, top; points, upwards."""

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
"""a b c d e f of ISO 32000-1, 8.3.4: x' = a x + c y + e, y' = b x + d y + f."""

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def combine(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that does `first` and after it `then`."""
    a, b, c, d, e, f = first
    k, l, m, n, o, p = then  # noqa: E741 - the letters that follow
    return (a * k + b * m, a * l + b * n, c * k + d * m, c * l + d * n, e * k + f * m + o, e * l + f * n + p)


def cover(matrix: Matrix, box: Box) -> Box:
    """The upright box round `box` as `matrix` places it."""
    a, b, c, d, e, f = matrix
    left, bottom, right, top = box
    if b == 0 == c:
        x, y, u, v = a * left + e, d * bottom + f, a * right + e, d * top + f
        return (min(x, u), min(y, v), max(x, u), max(y, v))
    corners = ((left, bottom), (left, top), (right, bottom), (right, top))
    across = [a * x + c * y + e for x, y in corners]
    up = [b * x + d * y + f for x, y in corners]
    return (min(across), min(up), max(across), max(up))


def widening(matrix: Matrix) -> float:
    """By how much `matrix` makes lines wider: the root of its area."""
    return float(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]) ** 0.5)


def sides(matrix: Matrix) -> tuple[float, float]:
    """Width and height of the unit square as `matrix` places it."""
    return hypot(matrix[0], matrix[1]), hypot(matrix[2], matrix[3])


def meet(one: Box, other: Box) -> Box | None:
    """What two boxes share; None where they are apart."""
    box = (max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3]))
    return box if box[0] <= box[2] and box[1] <= box[3] else None


def join(one: Box, other: Box) -> Box:
    """The box round both."""
    return (min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3]))


def inside(inner: Box, outer: Box, slack: float = 0.0) -> bool:
    """Whether `inner` lies within `outer`, `slack` points more or less."""
    return (
        inner[0] >= outer[0] - slack
        and inner[1] >= outer[1] - slack
        and inner[2] <= outer[2] + slack
        and inner[3] <= outer[3] + slack
    )


def shrink(box: Box, by: float) -> Box:
    """The box, each side moved inwards by so many points (outwards where negative)."""
    return (box[0] + by, box[1] + by, box[2] - by, box[3] - by)
