"""Draft mark: the words of the notice in the head of every page, and large and pale behind its text.

The watermark is the WordArt that Word itself makes ("Design > Watermark" finds it by its name and can take it away):
VML, which LibreOffice reads and writes too. It is a drawing in the head of the page, so no screen reader reads it out.
See docs/decisions/draft-mark.md.
"""

from __future__ import annotations

from functools import cache

from leafletpress.theme import Colours, contrast

from .composition import Composition
from .markup import Element, add, clark
from .runs import Manner, set_text

# Half the height of capitals: about how wide a letter of a sans serif is.
_LETTER_WIDTH = 0.6
_KIND, _SHAPES = "_x0000_t136", 90112  # far from the numbers that Word gives first
_LONGEST, _TALLEST_PT = 1.12, 110  # of the measure; of the words
_PALEST, _DARKEST = 0xF6, 0xEC
_LEAST = 4.5  # WCAG 2.2 SC 1.4.3, level AA
_INKS = ("ink", "accent", "red", "amber", "green", "footer")
_FORMULAS = (
    *("sum #0 0 10800", "prod #0 2 1", "sum 21600 0 @1", "sum 0 0 @2", "sum 21600 0 @3", "if @0 @3 0"),
    *(
        "if @0 21600 @1",
        "if @0 0 @2",
        "if @0 @4 21600",
        "mid @5 @6",
        "mid @8 @5",
        "mid @7 @8",
        "mid @6 @7",
        "sum @6 0 @5",
    ),
)


@cache
def pale(colours: Colours) -> str:
    """The darkest grey that all inks can still be read upon as well as on paper; at its palest it is hardly seen.

    An ink that only just passes on white paper cannot pass on any grey: then the palest.
    """
    for shade in range(_DARKEST, _PALEST):
        grey = f"#{shade:02x}{shade:02x}{shade:02x}"
        if all(contrast(getattr(colours, ink), grey) >= _LEAST for ink in _INKS):
            return grey
    return f"#{_PALEST:02x}{_PALEST:02x}{_PALEST:02x}"


def set_draft_words(to: Composition, paragraph: Element) -> None:
    """The notice in words."""
    set_text(to, paragraph, to.edition.notice, Manner("Draft Mark"))


def set_watermark(to: Composition, paragraph: Element) -> None:
    """The notice across the page, behind the text."""
    number = to.drawing_id()
    run = add(paragraph, "w:r")
    add(add(run, "w:rPr"), "w:noProof")
    picture = add(run, "w:pict")
    # A house's head may have WordArt of its own.
    if all(one.get("id") != _KIND for one in paragraph.getroottree().iter(clark("v:shapetype"))):
        _shape_type(picture)
    width, height = _size(to)
    place = (
        *("position:absolute", "margin-left:0", "margin-top:0", f"width:{width}pt", f"height:{height}pt"),
        *("rotation:315", f"z-index:-{251658752 - number * 1024}"),
        *("mso-position-horizontal:center", "mso-position-horizontal-relative:margin"),
        *("mso-position-vertical:center", "mso-position-vertical-relative:margin"),
    )
    shape = add(
        *(picture, "v:shape"),
        id=f"PowerPlusWaterMarkObject{number}",
        o_spid=f"_x0000_s{_SHAPES + number}",
        type=f"#{_KIND}",
        alt="",
        style=";".join(place),
        o_allowincell="f",
        fillcolor=pale(to.theme.colours),
        stroked="f",
    )
    add(
        shape,
        "v:textpath",
        style=f'font-family:"{to.foundation.theme.type.family}";font-size:1pt',
        string=to.edition.notice,
    )


def _size(to: Composition) -> tuple[int, int]:
    """Width and height in points of the words before they are turned."""
    letters = max(len(to.edition.notice), 1) * _LETTER_WIDTH
    width = to.grid.measure / 20 * _LONGEST
    height = min(width / letters, _TALLEST_PT)
    return round(min(width, height * letters)), round(height)


def _shape_type(picture: Element) -> None:
    """WordArt in one straight line (shape type 136 of ISO/IEC 29500-4, 19.1.2.20)."""
    kind = add(
        *(picture, "v:shapetype"),
        id=_KIND,
        coordsize="21600,21600",
        o_spt=136,
        adj="10800",
        path="m@7,l@8,m@5,21600l@6,21600e",
    )
    formulas = add(kind, "v:formulas")
    for formula in _FORMULAS:
        add(formulas, "v:f", eqn=formula)
    add(
        *(kind, "v:path"),
        textpathok="t",
        o_connecttype="custom",
        o_connectlocs="@9,0;@10,10800;@11,21600;@12,10800",
        o_connectangles="270,180,90,0",
    )
    add(kind, "v:textpath", on="t", fitshape="t")
    handles = add(kind, "v:handles")
    add(handles, "v:h", position="#0,bottomRight", xrange="6629,14971")
    add(kind, "o:lock", v_ext="edit", text="t", shapetype="t")
