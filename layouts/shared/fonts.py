"""The packaged fonts, and which characters they have. The machine's own fonts never decide a layout."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from leafletpress.diagnostics import Diagnostic, LayoutError

_PACKAGES = {
    "Atkinson Hyperlegible": "fontpkg_atkinson_hyperlegible",
    "Noto Sans": "fontpkg_noto_sans",
    "IBM Plex Sans Arabic": "fontpkg_ibm_plex_sans_arabic",
}
# Characters that shape or separate text and need no glyph of their own.
_INVISIBLE_CATEGORIES = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})


@dataclass(frozen=True, slots=True)
class FontFamily:
    """A packaged family and the folder of its files."""

    name: str
    folder: Path

    def files(self) -> tuple[Path, ...]:
        """Its font files, sorted by name."""
        return tuple(sorted(self.folder.glob("*.ttf")))


def family(name: str) -> FontFamily:
    """The packaged family of that name; LayoutError L502 where it is not installed."""
    package = _PACKAGES.get(name)
    spec = find_spec(package) if package else None
    if spec is None or not spec.submodule_search_locations:
        hint = (
            f"install Leaflet Press anew, or run 'make publish': the package {package.replace('_', '-')} is missing"
            if package
            else f"one of: {', '.join(_PACKAGES)}"
        )
        raise LayoutError((Diagnostic("L502", f"the font '{name}' is not installed", hint=hint),))
    return FontFamily(name, Path(spec.submodule_search_locations[0]) / "files")


@cache
def _characters(names: tuple[str, ...]) -> frozenset[int]:
    """The code points that the regular face of at least one of the families has."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415  (costs 60 ms to import, and only once a process)

    points: set[int] = set()
    for name in names:
        regular = next(file for file in family(name).files() if "Italic" not in file.name and "Bold" not in file.name)
        with TTFont(regular, lazy=True) as font:
            points.update(font.getBestCmap())
    return frozenset(points)


def missing_glyphs(text: str, families: tuple[str, ...]) -> tuple[str, ...]:
    """The characters of `text` that none of the families can draw, in order of first appearance."""
    have = _characters(families)
    return tuple(
        character
        for character in dict.fromkeys(text)
        if ord(character) not in have and unicodedata.category(character) not in _INVISIBLE_CATEGORIES
    )


@cache
def _advances(name: str) -> dict[int, float]:
    """Advance widths of the bold face in ems by code point; of a variable font, at weight 700."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415  (see above)

    files = [file for file in family(name).files() if "Italic" not in file.name]
    bold = next((file for file in files if "Bold" in file.name), files[0])
    with TTFont(bold, lazy=True) as font:
        location = {"wght": 700} if "fvar" in font else None
        glyphs, em = font.getGlyphSet(location=location), font["head"].unitsPerEm
        return {point: glyphs[glyph].width / em for point, glyph in font.getBestCmap().items()}


def bold_lines(text: str, name: str, size_pt: float, width_pt: float) -> int:
    """How many lines `text` takes in the bold face of a family when set ragged in `width_pt`."""
    advances = _advances(name)

    def width(words: Iterable[str]) -> float:
        return sum(advances.get(ord(character), 0.6) for character in " ".join(words)) * size_pt

    lines, line = 1, list[str]()
    for word in text.split():
        if line and width([*line, word]) > width_pt:
            lines, line = lines + 1, []
        line.append(word)
    return lines
