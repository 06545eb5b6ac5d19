"""The slug: two lines outside the bleed that say what the sheet is, and with which inks it is printed.

Set with a subset of the house's packaged face, embedded as Identity-H (ISO 32000-1, 9.7): what a printer reads must not
depend on the printer's fonts. Each ink's name is printed in that ink, so that every plate says which it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from leafletpress.diagnostics import Diagnostic, LayoutError

from ..shared.fonts import family, missing_glyphs
from .colours import INKS

_FAMILY = "Atkinson Hyperlegible"
SIZE_PT = 7.0
_FLAGS_NONSYMBOLIC = 32


@dataclass(frozen=True, slots=True)
class Face:
    """An embedded font: its object, and for each character its glyph and its width in thousandths of the size."""

    font: Any
    glyphs: dict[str, int]
    widths: dict[str, float]

    def encoded(self, words: str) -> str:
        """The words as a string of glyph numbers, in hexadecimal."""
        return "".join(f"{self.glyphs[character]:04x}" for character in words)

    def width_pt(self, words: str, size_pt: float = SIZE_PT) -> float:
        """How long the words are."""
        return sum(self.widths[character] for character in words) * size_pt / 1000


def embedded_face(pdf: pikepdf.Pdf, words: str) -> Face:
    """The face with the characters of `words`; LayoutError L501 for one that it lacks."""
    from fontTools.subset import Options, Subsetter  # noqa: PLC0415  (only print shops need it)
    from fontTools.ttLib import TTFont  # noqa: PLC0415  (as above)

    if lacking := missing_glyphs(words, (_FAMILY,)):
        hint = "give the leaflet an id and a version in Latin letters: the print shop's line names them"
        found = [
            Diagnostic("L501", f"no font has the character '{one}' for the slug line", hint=hint) for one in lacking
        ]
        raise LayoutError(tuple(found))
    regular = next(file for file in family(_FAMILY).files() if file.name.endswith("-Regular.ttf"))
    with TTFont(regular, recalcTimestamp=False) as font:
        options = Options(
            layout_features=[], hinting=False, name_IDs=[], notdef_outline=True, drop_tables=["GSUB", "GPOS", "GDEF"]
        )
        subsetter = Subsetter(options)
        subsetter.populate(text=words)
        subsetter.subset(font)
        target = BytesIO()
        font.save(target, reorderTables=True)
        em, names, metrics = font["head"].unitsPerEm, font.getBestCmap(), font["hmtx"]
        characters = sorted(set(words))
        glyphs = {one: font.getGlyphID(names[ord(one)]) for one in characters}
        widths = {one: round(metrics[names[ord(one)]][0] * 1000 / em, 1) for one in characters}
        measures = _measures(font, 1000 / em)
    return Face(_type0(pdf, target.getvalue(), measures, glyphs, widths), glyphs, widths)


def _measures(font: Any, scale: float) -> dict[str, Any]:
    head, lines = font["head"], font["hhea"]
    box = [round(edge * scale) for edge in (head.xMin, head.yMin, head.xMax, head.yMax)]
    return {"/FontBBox": Array(box), "/Ascent": round(lines.ascent * scale), "/Descent": round(lines.descent * scale)}


def _type0(
    pdf: pikepdf.Pdf, program: bytes, measures: dict[str, Any], glyphs: dict[str, int], widths: dict[str, float]
) -> Any:
    name = Name("/LEAFLT+AtkinsonHyperlegible-Regular")
    file = pdf.make_stream(program, Length1=len(program))
    descriptor = pdf.make_indirect(
        Dictionary(
            {**measures, "/Type": Name("/FontDescriptor"), "/FontName": name, "/Flags": _FLAGS_NONSYMBOLIC,
             "/ItalicAngle": 0, "/CapHeight": 668, "/StemV": 80, "/FontFile2": file}
        )
    )  # fmt: skip
    by_glyph = sorted((glyph, widths[one]) for one, glyph in glyphs.items())
    descendant = Dictionary(
        Type=Name("/Font"),
        Subtype=Name("/CIDFontType2"),
        BaseFont=name,
        CIDSystemInfo=Dictionary(Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0),
        FontDescriptor=descriptor,
        CIDToGIDMap=Name("/Identity"),
        W=Array([part for glyph, width in by_glyph for part in (glyph, Array([width]))]),
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name("/Font"),
            Subtype=Name("/Type0"),
            BaseFont=name,
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(descendant)]),
            ToUnicode=pdf.make_stream(_to_unicode(glyphs)),
        )
    )


def _to_unicode(glyphs: dict[str, int]) -> bytes:
    """Which character each glyph is (9.10.3)."""
    rows = "\n".join(f"<{glyph:04x}> <{one.encode('utf-16-be').hex()}>" for one, glyph in sorted(glyphs.items()))
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
        "/CMapName /Slug def 1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(glyphs)} beginbfchar\n{rows}\nendbfchar endcmap end end\n"
    ).encode()


def slug_content(face: Face, font: str, lines: tuple[str, ...], inks: frozenset[str], at: tuple[float, float]) -> str:
    """Instructions that set the lines in black from `at` (points) downwards, and below them each ink in itself."""
    x, y = at
    parts = []
    for line in lines:
        parts.append(f"0 0 0 1 k BT /{font} {SIZE_PT:g} Tf 1 0 0 1 {x:.3f} {y:.3f} Tm <{face.encoded(line)}> Tj ET")
        y -= SIZE_PT * 1.3
    for index, ink in enumerate(INKS):
        if ink in inks:
            tint = " ".join("1" if place == index else "0" for place in range(len(INKS)))
            parts.append(f"{tint} k BT /{font} {SIZE_PT:g} Tf 1 0 0 1 {x:.3f} {y:.3f} Tm <{face.encoded(ink)}> Tj ET")
            x += face.width_pt(ink) + SIZE_PT
    return "\n".join(parts)
