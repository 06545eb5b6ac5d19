"""Letters and lines: fonts that travel with the file, type that can be read, lines that survive printing."""

from __future__ import annotations

from collections.abc import Iterator

from .demands import Demands, Purpose
from .faults import Fault
from .geometry import meet
from .marks import Area, Drawn, Line, Words
from .sheets import Sheet

_ROUND_PT = 0.05  # sizes come out of multiplications: 8.98 is 9


def font_faults(sheet: Sheet, drawn: Drawn, demands: Demands) -> Iterator[Fault]:
    """F830-F832 for the fonts that a page's visible text is set in."""
    for face, words in drawn.faces.items():
        if not face.embedded:
            told = f"the font '{face.name}' is not in the file: other machines will print another one in its place"
            hint = "make the PDF again with 'embed all fonts' (or as PDF/A, which always embeds them)"
            yield Fault("F830", told, hint, sheet, words.box, key=face.name)
        elif not face.subset:
            told = f"the font '{face.name}' is in the file with all its characters, used or not"
            hint = "make the PDF again with font subsets: the file gets smaller, and many font licences ask for it"
            yield Fault("F831", told, hint, sheet, words.box, key=face.name)
        elif face.kind == "Type3" and demands.purpose is not Purpose.SCREEN:
            told = f"the font '{face.name}' is a set of drawings (Type 3), which prints rougher than a real font"
            hint = "use a TrueType or OpenType font in the document; ask the print shop whether they take Type 3 fonts"
            yield Fault("F832", told, hint, sheet, words.box, key=face.name)


def size_faults(sheet: Sheet, drawn: Drawn, demands: Demands) -> Iterator[Fault]:
    """F870-F872: type below 9 and 6 points, or below what the house asks for."""
    for mark in drawn.marks:
        if not isinstance(mark, Words) or not mark.seen or mark.size_pt <= 0 or meet(mark.box, sheet.trim) is None:
            continue  # what lies beside the trim is cut off
        size, place = mark.size_pt + _ROUND_PT, (sheet, mark.box)
        if demands.least_type_pt is not None and size < demands.least_type_pt:
            told = f"text of {mark.size_pt:.1f} pt; {demands.least_type_pt:g} pt was asked for"
            yield Fault("F872", told, f"set it in {demands.least_type_pt:g} pt or more", *place, badness=-size)
        elif size < demands.tiny_type_pt:
            told = f"text of {mark.size_pt:.1f} pt, which most people cannot read"
            yield Fault("F871", told, "set it in 9 pt or more; patients' reading text in 12 pt", *place, badness=-size)
        elif size < demands.small_type_pt:
            told = f"small text of {mark.size_pt:.1f} pt"
            yield Fault("F870", told, "set it in 9 pt or more; patients' reading text in 12 pt", *place, badness=-size)


def line_faults(sheet: Sheet, drawn: Drawn, demands: Demands) -> Iterator[Fault]:
    """F873 and F874: thin lines, drawn or filled, in print-shop files."""
    if demands.purpose is not Purpose.PRINT_SHOP:
        return
    for mark in drawn.marks:
        if meet(mark.box, sheet.trim) is None:
            continue
        match mark:
            case Line(paint=paint, width_pt=width) if not paint.colour.is_paper:
                pass
            case Area(paint=paint, thin_pt=width) if not paint.colour.is_paper:
                pass
            case _:
                continue
        if width + 0.005 < demands.lost_line_pt:
            how = f"only {width:.2f} pt wide" if width > 0 else "as thin as the machine can draw (no width)"
            told = f"a line is {how}: on a printing press it may vanish"
            yield Fault("F874", told, "draw it 0.25 pt wide or more", sheet, mark.box, badness=-width)
        elif width + 0.005 < demands.fine_line_pt:
            told = f"a line is only {width:.2f} pt wide and may break up in print"
            yield Fault("F873", told, "draw it 0.25 pt wide or more", sheet, mark.box, badness=-width)
