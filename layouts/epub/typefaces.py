"""The faces a book carries: the theme's family, and Arabic where the text has it, in the two weights it is set in.

Readers may put their own in place of them. A static face goes in whole and as TTF, which every reader knows (Kindle
knows no WOFF). A variable family is cut first, to a weight, since e-readers know no axes, and to what Latin, Greek and
Cyrillic languages need: whole it would weigh two megabytes. Cutting takes seconds, so it is done for the family that
the house or the clinic chose and never for a letter or two that this family lacks: every reader has those itself.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from leafletpress.theme import Theme

from ..shared.fonts import family, missing_glyphs
from .book import Part

WEIGHTS = {"Regular": 400, "Bold": 700}
# Latin, Vietnamese among it; accents, Greek, Cyrillic; punctuation, currency, minus. Noto Sans has no arrows.
_SCRIPTS = (
    *range(0x20, 0x180),
    *range(0x300, 0x370),
    *range(0x370, 0x460),
    *range(0x1EA0, 0x1F00),
    *range(0x2010, 0x2040),
    *range(0x20A0, 0x20C0),
    0x2212,
)


def families(text: str, theme: Theme) -> tuple[str, ...]:
    """The theme's family, then the static ones that have letters of `text` which those before them lack."""
    chosen = [theme.type.family]
    missing = tuple(filter(_is_letter, missing_glyphs(text, (theme.type.family,))))
    for name in theme.type.fallbacks:
        left = missing_glyphs("".join(missing), (name,))
        if left != missing and _static(name, "Regular"):
            chosen.append(name)
            missing = left
    return tuple(chosen)


def _is_letter(character: str) -> bool:
    """A letter or an accent: for a lone arrow or tick no family is worth its weight."""
    return unicodedata.category(character)[0] in "LM"


def _static(name: str, weight: str) -> Path | None:
    """The file of a static face; None where the family is variable."""
    return next((file for file in family(name).files() if file.name.endswith(f"-{weight}.ttf")), None)


def file_name(name: str, weight: str) -> str:
    """Where a face stands in the book."""
    return f"fonts/{name.replace(' ', '')}-{weight}.ttf"


def parts(names: tuple[str, ...]) -> Iterator[Part]:
    """The faces of the families as parts of the book."""
    for name in names:
        for weight in WEIGHTS:
            file = file_name(name, weight)
            yield Part(file.replace("/", "-").removesuffix(".ttf"), file, "font/ttf", face(name, weight))


@lru_cache(maxsize=16)
def face(name: str, weight: str) -> bytes:
    """The bytes of a face; the same for the same installed family. Cutting a variable one takes two seconds."""
    if static := _static(name, weight):
        return static.read_bytes()
    return _cut(next(file for file in family(name).files() if "Italic" not in file.name), WEIGHTS[weight])


def _cut(file: Path, weight: int) -> bytes:
    from fontTools import subset  # noqa: PLC0415 - few books need a variable family
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - as above
    from fontTools.varLib.instancer import instantiateVariableFont  # noqa: PLC0415 - as above

    features = ["ccmp", "kern", "locl", "mark", "mkmk"]
    options = subset.Options(layout_features=features, hinting=False, notdef_outline=True)
    options.drop_tables += ["meta", "STAT"]
    with TTFont(file, recalcTimestamp=False, lazy=True) as font:
        place = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes} | {"wght": weight}
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=_SCRIPTS)
        subsetter.subset(font)
        stream = io.BytesIO()
        instantiateVariableFont(font, place, inplace=True).save(stream)
    return stream.getvalue()
