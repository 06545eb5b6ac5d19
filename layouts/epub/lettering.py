"""Words as pictures: a packaged font that has them all, lines that fit, and no script drawn wrong.

Arabic, Hebrew and many more need shaping and ordering, which Pillow does through Raqm. Without it such words are not
drawn at all: letters in the wrong order or out of their forms are worse than a plain cover.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import ImageFont, features

from leafletpress.model import direction

from ..shared.fonts import family, missing_glyphs

_SHAPED_FROM = "\u0590"  # Hebrew; below stand Latin, Greek, Cyrillic and Armenian, which need none


@dataclass(frozen=True, slots=True)
class Face:
    """What words are set in: the families to choose from, their language, their weight."""

    families: tuple[str, ...]
    lang: str
    bold: bool


@dataclass(frozen=True, slots=True)
class Space:
    """The room that words have: sizes to try, largest first, width and height, in pixels; and how many lines at most.

    `leading` is the distance from line to line as a ratio of the size.
    """

    sizes: tuple[int, ...]
    width: int
    lines: int
    height: int = 10_000
    leading: float = 1.2

    def holds(self, lines: Sequence[str], font: ImageFont.FreeTypeFont) -> bool:
        """Whether the lines, set in that font, keep within it."""
        height = len(lines) * font.size * self.leading
        fits = len(lines) <= self.lines and height <= self.height
        return fits and all(font.getlength(line) <= self.width for line in lines)


@dataclass(frozen=True, slots=True)
class Lettering:
    """Lines set in one font, `step` pixels apart; `direction` and `language` are None where Pillow has no Raqm."""

    lines: tuple[str, ...]
    font: ImageFont.FreeTypeFont
    size: int
    step: int
    direction: str | None
    language: str | None

    @property
    def height(self) -> int:
        """In pixels."""
        return self.step * len(self.lines)


def can_shape() -> bool:
    """Whether Pillow has Raqm, with FriBiDi to put right-to-left words in order."""
    return bool(features.check("raqm")) and bool(features.check("fribidi"))


def set_words(text: str, face: Face, space: Space) -> Lettering | None:
    """`text` at the first of the sizes at which the space holds it.

    At the last size a text that is still too long is cut, with an ellipsis. None where the text is empty, where no one
    family has all its characters, or where it needs shaping that Pillow here cannot do.
    """
    name = next((name for name in face.families if not missing_glyphs(text, (name,))), None)
    if not text.strip() or name is None or (_needs_shaping(text) and not can_shape()):
        return None
    towards, language = (direction(face.lang), face.lang) if can_shape() else (None, None)
    for size in space.sizes:
        font = _font(name, face.bold, size)
        lines = _broken(text, font, space.width)
        if space.holds(lines, font):
            break
    else:
        lines = _cut(lines, font, space)
    return Lettering(tuple(lines), font, size, round(size * space.leading), towards, language)


def _needs_shaping(text: str) -> bool:
    return any(
        (character >= _SHAPED_FROM and unicodedata.category(character)[0] in "LM") or unicodedata.combining(character)
        for character in text
    )


@cache
def _font(name: str, bold: bool, size: int) -> ImageFont.FreeTypeFont:
    """A face of a packaged family; variable ones are set to the weight."""
    weight = "Bold" if bold else "Regular"
    files = family(name).files()
    static = next((file for file in files if file.name.endswith(f"-{weight}.ttf")), None)
    path: Path = static or next(file for file in files if "Italic" not in file.name)
    font = ImageFont.truetype(str(path), size)
    if static is None:
        font.set_variation_by_name(weight)
    return font


def _broken(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """Lines broken at blanks; a word wider than the line stands alone on one."""
    lines: list[str] = []
    for word in text.split():
        if lines and font.getlength(f"{lines[-1]} {word}") <= width:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return lines


def _cut(lines: Sequence[str], font: ImageFont.FreeTypeFont, space: Space) -> list[str]:
    """At most so many lines, none wider than the width; where words are left out an ellipsis says so."""
    kept = list(lines[: space.lines])
    if len(lines) > space.lines:
        kept[-1] = f"{kept[-1]}…"
    return [_fitted(line, font, space.width) for line in kept]


def _fitted(line: str, font: ImageFont.FreeTypeFont, width: int) -> str:
    if font.getlength(line) <= width:
        return line
    while line and font.getlength(f"{line}…") > width:
        line = line[:-1]
    return f"{line.rstrip()}…"
