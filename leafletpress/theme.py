"""The theme: one set of design tokens that the PDF's CSS, the DOCX styles and the EPUB's CSS are generated from.

Sizes are points, lengths millimetres, colours `#rrggbb`. `check_contrast` says which pairs miss WCAG 2.2 AA.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Colours:
    """Inks on white paper. In grey the four callout colours look alike: labels and borders tell them apart.

    `gold` stands on navy alone.
    """

    ink: str = "#14202b"
    navy: str = "#17324d"
    red: str = "#9a1c1c"
    amber: str = "#8a4b00"
    green: str = "#1c6b3c"
    footer: str = "#44546a"
    rule: str = "#9fb0c3"
    gold: str = "#f5b335"
    paper: str = "#ffffff"


@dataclass(frozen=True, slots=True)
class Type:
    """Type sizes in points; `leading` is a ratio of the body size."""

    family: str = "Atkinson Hyperlegible"
    fallbacks: tuple[str, ...] = ("Noto Sans", "IBM Plex Sans Arabic")
    body_pt: float = 12
    leading: float = 1.45
    title_pt: float = 34
    standfirst_pt: float = 14
    section_pt: float = 15.5
    subsection_pt: float = 13
    small_pt: float = 9.5
    offer_pt: float = 16


@dataclass(frozen=True, slots=True)
class Page:
    """A4 in millimetres: margins, the foot, and the side column the section headings hang in."""

    width_mm: float = 210
    height_mm: float = 297
    margin_mm: float = 18
    foot_mm: float = 24
    side_mm: float = 40
    gap_mm: float = 6


@dataclass(frozen=True, slots=True)
class Theme:
    """All tokens."""

    colours: Colours = field(default_factory=Colours)
    type: Type = field(default_factory=Type)
    page: Page = field(default_factory=Page)


def _channel(value: int) -> float:
    share = value / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, 0 to 1 (WCAG 2.2, relative luminance)."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return 0.2126 * _channel(red) + 0.7152 * _channel(green) + 0.0722 * _channel(blue)


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2, contrast ratio)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def check_contrast(theme: Theme) -> list[str]:
    """The names of the inks whose contrast with the paper is under 4.5:1 (WCAG 2.2 SC 1.4.3, level AA)."""
    colours = theme.colours
    inks = ("ink", "navy", "red", "amber", "green", "footer")
    return [name for name in inks if contrast(getattr(colours, name), colours.paper) < 4.5]
