"""Numbering: true bullets and numbers, one definition a style, one instance a list so that each list starts anew."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from lxml import etree

from leafletpress.theme import Theme

from .families import FAMILIES, NUMBERED, STYLED_LEVELS, Family, Part, style_id
from .grid import Grid, grid
from .house_numbering import HouseNumbering
from .markup import Element, add, clark, root, serialise
from .style_names import StyleNames

REFERENCES = "Reference"
# Blanks as wide as one list level at 12 pt (12 + 6 + 2 = 20 pt): see `_label`.
_LEVEL_BLANK = "\u2003\u2002\u2006"
# What tells one definition from another when Word copies text between files (17.9.14, 17.9.28).
_NSID, _TMPL = 0x4C500000, 0x4C510000
_BULLETS = ("\u2022", "\u2013", "\u2022")


@dataclass(frozen=True, slots=True)
class Indent:
    """Where a list level stands: its words from the edge of its container, and how far its label hangs out."""

    words: int
    hanging: int


def indent(family: Family, level: int, sheet: Grid) -> Indent:
    """The indents of a list level.

    Word and LibreOffice draw one frame round neighbouring paragraphs only where the outer edges agree, and the outer
    edge is where the label begins. So in a frame every level hangs out to the frame's edge.
    """
    words = sheet.step * (level + 1)
    return Indent(words, words if family.framed else sheet.step)


def edge(family: Family, sheet: Grid) -> int:
    """How far the words of a container's plain paragraphs stand from the margin."""
    return (0 if family.wide else sheet.column) + (sheet.frame_left if family.framed else 0)


def _label(part: Part, level: int, *, framed: bool) -> str:
    """The label of a level. In a frame, blanks move it in, because there every label begins at the frame's edge."""
    if part is Part.CONTINUE:
        return ""
    label = _BULLETS[level % len(_BULLETS)] if part is Part.BULLET else f"%{level + 1}."
    return _LEVEL_BLANK * level + label if framed else label


def _form(family: Family, part: Part, level: int) -> str:
    """The number format. LibreOffice takes one character for a bullet: one that blanks move in is a literal label."""
    if part is Part.BULLET:
        return "none" if family.framed and level else "bullet"
    return "none" if part is Part.CONTINUE else "decimal"


def definition_id(family: Family, part: Part) -> int:
    """The number of the definition (and of the style's own instance) for a family's list part, from 1."""
    return FAMILIES.index(family) * len(NUMBERED) + NUMBERED.index(part) + 1


_REFERENCE_ID = len(FAMILIES) * len(NUMBERED) + 1


def _level(definition: Element, level: int, label: str, form: str, style: str | None) -> Element:
    item = add(definition, "w:lvl", ilvl=level)
    add(item, "w:start", val=1)
    add(item, "w:numFmt", val=form)
    if style:
        add(item, "w:pStyle", val=style_id(style))
    add(item, "w:suff", val="tab")
    add(item, "w:lvlText", val=label)
    add(item, "w:lvlJc", val="left")
    return item


def _definition(numbering: Element, number: int) -> Element:
    definition = add(numbering, "w:abstractNum", abstractNumId=number)
    add(definition, "w:nsid", val=f"{_NSID + number:08X}")
    add(definition, "w:multiLevelType", val="multilevel")
    add(definition, "w:tmpl", val=f"{_TMPL + number:08X}")
    return definition


def _family_definition(numbering: Element, family: Family, part: Part, theme: Theme, levels: int) -> None:
    sheet = grid(theme)
    definition = _definition(numbering, definition_id(family, part))
    for level in range(levels):
        style = family.style(part, level) if level < STYLED_LEVELS else None
        item = _level(definition, level, _label(part, level, framed=family.framed), _form(family, part, level), style)
        at = indent(family, level, sheet)
        properties = add(item, "w:pPr")
        stop = edge(family, sheet) + at.words
        add(add(properties, "w:tabs"), "w:tab", val="num", pos=stop)
        add(properties, "w:ind", left=stop, hanging=at.hanging)
        run = add(item, "w:rPr")
        if part is Part.BULLET:
            face = theme.type.family
            add(run, "w:rFonts", ascii=face, hAnsi=face, cs=face, hint="default")
        if part in (Part.STEP, Part.NUMBER):
            add(run, "w:b")
            add(run, "w:bCs")
        add(run, "w:color", val=theme.colours.accent.lstrip("#"))


def _reference_definition(numbering: Element, theme: Theme) -> None:
    sheet = grid(theme)
    item = _level(_definition(numbering, _REFERENCE_ID), 0, "[%1]", "decimal", REFERENCES)
    width = round(sheet.step * 1.4)
    add(add(item, "w:pPr"), "w:ind", left=sheet.column + width, hanging=width)


@cache
def definitions(theme: Theme, levels: int = STYLED_LEVELS) -> bytes:
    """All definitions and, for each, the instance that its styles use; shared by every document of a theme.

    They have the levels that have styles, and more only where a document wants them: most never do.
    """
    numbering = root("w:numbering")
    for family in FAMILIES:
        for part in NUMBERED:
            _family_definition(numbering, family, part, theme, levels)
    _reference_definition(numbering, theme)
    for number in range(1, _REFERENCE_ID + 1):
        add(add(numbering, "w:num", numId=number), "w:abstractNumId", val=number)
    return etree.tostring(numbering)


def reference_instance() -> int:
    """The instance that numbers the references."""
    return _REFERENCE_ID


@dataclass(frozen=True, slots=True)
class Instance:
    """Which list a paragraph belongs to, and at which level."""

    number: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class _List:
    """A list of the document: what it is an instance of, its level, the number that it begins with."""

    definition: int
    level: int
    start: int | None
    of_house: bool = False


@dataclass(slots=True)
class Numbering:
    """The numbering part of one document: the theme's definitions and an instance for each list.

    A house's template comes first with its own; ours are counted on from there.
    """

    theme: Theme
    names: StyleNames
    house: HouseNumbering
    _lists: list[_List] = field(default_factory=list)
    _levels: int = STYLED_LEVELS

    def instance(self, family: Family, part: Part, level: int, start: int | None) -> Instance:
        """A new list's instance; with `start`, its level begins at that number (17.9.26, startOverride)."""
        theirs = self.names.house.get(family.style(part, level)) if level < STYLED_LEVELS else None
        if theirs and theirs.instance:
            self._lists.append(_List(theirs.instance, theirs.level, start, of_house=True))
        else:
            self._levels = max(self._levels, level + 1)
            self._lists.append(_List(definition_id(family, part), level, start))
        return Instance(self.house.last_instance + _REFERENCE_ID + len(self._lists), self._lists[-1].level)

    def of_style(self, definition: int, level: int = 0) -> Instance:
        """The instance that the styles of a definition use."""
        return Instance(self.house.last_instance + definition, level)

    def part(self) -> bytes:
        """The finished part."""
        ours = etree.fromstring(definitions(self.theme, self._levels))
        numbering = self.house.with_ours(ours, self.names) if self.house.content else ours
        first = self.house.last_instance + _REFERENCE_ID + 1
        for number, one in enumerate(self._lists, start=first):
            if one.of_house:
                instance = self.house.copy(numbering, one.definition, number)
            else:
                instance = add(numbering, "w:num", numId=number)
                add(instance, "w:abstractNumId", val=self.house.last_definition + one.definition)
            if one.start is not None:
                _start(instance, one.level, one.start)
        return serialise(numbering)


def _start(instance: Element, level: int, number: int) -> None:
    """Let a list begin with a number, whatever it overrides already."""
    for override in instance.findall(clark("w:lvlOverride")):
        if override.get(clark("w:ilvl")) == str(level):
            for old in override.findall(clark("w:startOverride")):
                override.remove(old)
            break
    else:
        override = add(instance, "w:lvlOverride", ilvl=level)
    add(override, "w:startOverride", val=number)
    override.insert(0, override[-1])
