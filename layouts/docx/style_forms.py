"""Style forms: what a style can say, and the character styles."""

from __future__ import annotations

from dataclasses import dataclass

from leafletpress.theme import Theme


@dataclass(frozen=True, slots=True)
class Rule:
    """One border: its side, weight in points, distance from the words in points, colour."""

    side: str
    weight_pt: float
    space_pt: float
    colour: str


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """A paragraph style. Lengths are twips.

    `left` is where wrapped lines begin, `edge` where the container does; with `raised` words stand in the middle of a
    line that a picture makes tall.
    """

    name: str
    following: str = ""
    size_pt: float = 0
    bold: bool = False
    colour: str = ""
    before: int = 0
    after: int = 0
    line: int = 0
    exact: bool = False
    keep_next: bool = False
    keep_lines: bool = False
    edge: int = 0
    left: int = 0
    right: int = 0
    hanging: int = 0
    rules: tuple[Rule, ...] = ()
    fill: str = ""
    outline: int | None = None
    numbering: tuple[int, int] | None = None
    stops: tuple[tuple[str, int], ...] = ()
    centred: bool = False
    raised: bool = False
    gallery: bool = True


@dataclass(frozen=True, slots=True)
class CharacterStyle:
    """A character style; `based_on` is another's name."""

    name: str
    bold: bool = False
    colour: str = ""
    underline: str = ""
    size_pt: float = 0
    based_on: str = "Default Paragraph Font"


def character_styles(theme: Theme) -> tuple[CharacterStyle, ...]:
    """Every character style."""
    colours = theme.colours
    return (
        CharacterStyle("Strong", bold=True),
        CharacterStyle("Hyperlink", colour=colours.accent, underline="single"),
        CharacterStyle("Term", colour=colours.accent, underline="dotted"),
        CharacterStyle("Term Link", colour=colours.accent, underline="double", based_on="Hyperlink"),
        CharacterStyle("Citation", colour=colours.accent),
        CharacterStyle("Placeholder Text", colour=colours.footer),
        CharacterStyle("Value Blank", colour=colours.footer),
        CharacterStyle("Fact Label", bold=True, colour=colours.accent),
        CharacterStyle("Contact Label", bold=True, colour=colours.accent),
        CharacterStyle("Effect Name", bold=True),
        CharacterStyle("Effect Label", bold=True, colour=colours.accent),
        CharacterStyle("Glossary Word", bold=True, colour=colours.accent),
        CharacterStyle("Glossary Medical Word", colour=colours.footer),
        CharacterStyle("Page Number", bold=True, colour=colours.ink),
        CharacterStyle("Draft Mark", bold=True, colour=colours.red),
    )
