"""Grid: where text stands on the sheet, in twentieths of a point (twips), the unit of WordprocessingML."""

from __future__ import annotations

from dataclasses import dataclass

from leafletpress.theme import Theme

TWIPS_PER_MM = 1440 / 25.4
EMU_PER_TWIP = 635  # DrawingML counts in English Metric Units
# A frame's rules and the paper between rule and words, in points: Word measures a border from the text outwards.
HEAVY_PT, FINE_PT, PAD_LEFT_PT, PAD_RIGHT_PT = 4.5, 0.75, 10, 8


def from_mm(mm: float) -> int:
    """Millimetres as whole twips."""
    return round(mm * TWIPS_PER_MM)


def from_pt(pt: float) -> int:
    """Points as whole twips."""
    return round(pt * 20)


@dataclass(frozen=True, slots=True)
class Grid:
    """The page and its text column. Section headings hang at the margin, the text stands `column` to their right."""

    page_width: int
    page_height: int
    margin: int
    foot: int
    measure: int
    column: int
    step: int = from_pt(20)  # one level of a list: room for "10." in bold

    @property
    def column_width(self) -> int:
        """How wide the text column is."""
        return self.measure - self.column

    @property
    def tallest(self) -> int:
        """How tall a picture may be, so that a heading and its caption have room on the page: 190 mm of A4."""
        return max(self.page_height - self.margin - self.foot - from_mm(65), from_mm(40))

    @property
    def frame_left(self) -> int:
        """How far words stand inside the outer edge of a frame's heavy rule."""
        return from_pt(PAD_LEFT_PT + HEAVY_PT)

    @property
    def frame_right(self) -> int:
        """How far words stand inside the outer edge of a frame's right rule."""
        return from_pt(PAD_RIGHT_PT + FINE_PT)


def grid(theme: Theme) -> Grid:
    """The grid of a theme."""
    page = theme.page
    return Grid(
        page_width=from_mm(page.width_mm),
        page_height=from_mm(page.height_mm),
        margin=from_mm(page.margin_mm),
        foot=from_mm(page.foot_mm),
        measure=from_mm(page.width_mm - 2 * page.margin_mm),
        column=from_mm(page.side_mm + page.gap_mm),
    )
