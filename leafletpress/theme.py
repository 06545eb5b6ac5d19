"""The theme: one set of design tokens that the PDF's CSS, the DOCX styles and the EPUB's CSS are generated from.

Sizes are points, lengths millimetres, colours `#rrggbb`. `check_contrast` says which pairs miss WCAG 2.2 AA, in colour
or in grey.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Colours:
    """Inks on white paper. In grey the four callout colours look alike: labels and borders tell them apart.

    `highlight` stands on accent alone.
    """

    ink: str = "#14202b"
    accent: str = "#17324d"
    red: str = "#9a1c1c"
    amber: str = "#8a4b00"
    green: str = "#1c6b3c"
    footer: str = "#44546a"
    rule: str = "#9fb0c3"
    highlight: str = "#f5b335"
    paper: str = "#ffffff"


FAMILIES = ("Atkinson Hyperlegible", "Noto Sans")
"""The packaged families that text may be set in; others are there for scripts that these lack."""


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
    """A sheet in millimetres: margins, the foot, and the side column the section headings hang in."""

    width_mm: float = 210
    height_mm: float = 297
    margin_mm: float = 18
    foot_mm: float = 22
    side_mm: float = 40
    gap_mm: float = 6


PAPERS = {"a4": Page(), "letter": Page(width_mm=215.9, height_mm=279.4)}
"""Pages by the name of their paper."""


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


def grey(colour: str) -> str:
    """What an office printer makes of `#rrggbb` without its colours: luma of Rec. 601, as `#rrggbb`."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    shade = round(0.299 * red + 0.587 * green + 0.114 * blue)
    return f"#{shade:02x}{shade:02x}{shade:02x}"


@dataclass(frozen=True, slots=True)
class Faint:
    """Two colours of a theme, by name, that are too near to each other, and what their contrast is and must be."""

    ink: str
    ground: str
    ratio: float
    least: float
    in_grey: bool


_INKS = ("ink", "accent", "red", "amber", "green", "footer")
_PAIRS = (*((ink, "paper", 4.5) for ink in _INKS), ("highlight", "accent", 3.0))


def check_contrast(theme: Theme) -> tuple[Faint, ...]:
    """The pairs that are too near, in colour and then in grey: each once, at its first.

    Text needs 4.5:1, the large words and lines in `highlight` 3:1 (WCAG 2.2 SC 1.4.3 and 1.4.11, level AA).
    """
    found: dict[tuple[str, str], Faint] = {}
    for in_grey in (False, True):
        for ink, ground, least in _PAIRS:
            one, other = getattr(theme.colours, ink), getattr(theme.colours, ground)
            ratio = contrast(grey(one), grey(other)) if in_grey else contrast(one, other)
            if ratio < least:
                found.setdefault((ink, ground), Faint(ink, ground, ratio, least, in_grey))
    return tuple(found.values())
