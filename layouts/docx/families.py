"""Families: each container has its own set of paragraph styles, so that what a paragraph belongs to is read from it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from leafletpress.model import AdviceKind, CalloutKind, ListKind


class Part(StrEnum):
    """What a paragraph is within its container."""

    LABEL = "Label"
    HEADING = "Heading"
    TEXT = "Text"
    BULLET = "Bullet"
    NUMBER = "Number"
    STEP = "Step"
    CONTINUE = "Continue"


LIST_PARTS = {ListKind.BULLET: Part.BULLET, ListKind.NUMBER: Part.NUMBER, ListKind.STEPS: Part.STEP}
NUMBERED = (Part.BULLET, Part.NUMBER, Part.STEP, Part.CONTINUE)
# Styles reach this deep; a deeper list keeps the last one's style and its own numbering level.
STYLED_LEVELS = 3
# Word numbers nine levels and no more (ISO/IEC 29500-1, 17.9.6).
LEVELS = 9


@dataclass(frozen=True, slots=True)
class Family:
    """A container's styles: their common name, and how its frame looks.

    `ink` names a colour of the theme, "" for no frame; a `banner` label is a filled bar; a `wide` frame spans the page.
    """

    name: str
    ink: str = ""
    banner: bool = False
    wide: bool = False

    @property
    def framed(self) -> bool:
        """Whether a frame holds the paragraphs together."""
        return bool(self.ink)

    def style(self, part: Part, level: int = 0) -> str:
        """The name of the style for a part at a list level, from 0."""
        name = _PLAIN.get(part, part.value) if self is TEXT else f"{self.name} {part.value}"
        return f"{name} {min(level, STYLED_LEVELS - 1) + 1}" if level else name


# The running text takes the names that every word processor knows.
_PLAIN = {
    Part.TEXT: "Body Text",
    Part.BULLET: "List Bullet",
    Part.NUMBER: "List Number",
    Part.CONTINUE: "List Continue",
    Part.STEP: "Step",
}
TEXT = Family("")
PASSAGE = Family("Passage")
CALLOUTS = {
    CalloutKind.EMERGENCY: Family("Emergency", "red", banner=True),
    CalloutKind.URGENT: Family("Urgent", "amber", banner=True),
    CalloutKind.CONTACT: Family("Not Urgent", "green", banner=True),
    CalloutKind.WARNING: Family("Warning", "amber"),
    CalloutKind.NOTE: Family("Note", "accent"),
    CalloutKind.KEY_POINTS: Family("Key Points", "accent", wide=True),
}
ADVICE = {AdviceKind.DO: Family("Do", "green"), AdviceKind.DO_NOT: Family("Do Not", "red")}
FRAMES = (*CALLOUTS.values(), *ADVICE.values())
FAMILIES = (TEXT, PASSAGE, *FRAMES)


def style_id(name: str) -> str:
    """The id of a style: its name without blanks, as Word makes them; built-in names keep their capital."""
    if name.startswith("toc "):
        return name.upper().replace(" ", "")
    return "".join(word[:1].upper() + word[1:] for word in name.replace("-", " ").split())
