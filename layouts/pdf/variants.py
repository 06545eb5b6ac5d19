"""The variants: one family of sheets from one edition, each with type and margins of its own, none a scaled copy.

Sizes: the paper table of the design notes; large print 16 point at least, nothing smaller than the body (RNIB Clear
Print; UK Association for Accessible Formats, 2012). What an order does not name is set on the clinic's own paper.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from leafletpress.theme import PAPERS, Page, Theme

from .imposition import Fold, Imposition, booklet, folded

_LETTER_SIDES = (PAPERS["letter"].height_mm, PAPERS["letter"].width_mm)
_PANEL_MARGIN_MM = 8
BLEED_MM = 3.0


@dataclass(frozen=True, slots=True)
class Variant:
    """How a variant is set: theme made from the house's, covers of its own, abridged body, page limit, fold.

    `stitched`: its pages are imposed for a booklet. `press`: it goes to a print shop, with bleed and in process inks.
    """

    name: str
    theme: Callable[[Theme], Theme]
    covers: bool = False
    abridged: bool = False
    most_pages: int | None = None
    fold: Fold | None = None
    stitched: bool = False
    press: bool = False

    @property
    def layout(self) -> Variant:
        """What decides how the pages are laid out: variants that differ in nothing else share them."""
        return VARIANTS[_SAME_PAGES.get(self.name, self.name)]

    @property
    def bleed_mm(self) -> float:
        """How far colour runs beyond the trim."""
        return BLEED_MM if self.press else 0

    def panel_widths_mm(self, sheet: Theme) -> tuple[float, ...]:
        """How wide each panel of a folded sheet is, in reading order; empty for sheets that are not folded."""
        return folded(self.fold, paper_of(sheet)).page_widths_mm if self.fold else ()

    def imposition(self, sheet: Theme, pages: int, *, right_to_left: bool) -> Imposition | None:
        """Where the pages stand on the sheets that come out of the printer; None where each page is a sheet."""
        if self.fold:
            return folded(self.fold, paper_of(sheet), right_to_left=right_to_left)
        if self.stitched:
            return booklet(pages, paper_of(sheet), right_to_left=right_to_left, back_cover=True)
        return None


def paper_of(theme: Theme) -> str:
    """The name of the sheet that a theme is printed on; what is narrower than a sheet is part of one."""
    return "letter" if theme.page.height_mm in _LETTER_SIDES else "a4"


def _same(theme: Theme) -> Theme:
    return theme


def _on(paper: str) -> Callable[[Theme], Theme]:
    return lambda theme: replace(theme, page=PAPERS[paper])


def _large(body_pt: float) -> Callable[[Theme], Theme]:
    """One column; every size at least the body's."""

    def enlarged(theme: Theme) -> Theme:
        type_ = replace(
            theme.type,
            body_pt=body_pt,
            leading=1.5,
            title_pt=body_pt * 1.9,
            standfirst_pt=body_pt * 1.15,
            section_pt=body_pt * 1.35,
            subsection_pt=body_pt * 1.15,
            small_pt=body_pt,
            offer_pt=body_pt * 1.15,
        )
        return replace(theme, type=type_, page=replace(theme.page, side_mm=0, gap_mm=0, foot_mm=22 + 1.4 * body_pt))

    return enlarged


def _booklet(theme: Theme) -> Theme:
    """Half the clinic's sheet. Twelve point as on the handout: a booklet is no handout made smaller."""
    width_mm = booklet(4, paper_of(theme)).page_widths_mm[0]
    type_ = replace(theme.type, title_pt=27, standfirst_pt=14, section_pt=15)
    return replace(theme, page=Page(width_mm, PAPERS[paper_of(theme)].width_mm, 14, 22, 0, 0), type=type_)


def _panels(fold: Fold) -> Callable[[Theme], Theme]:
    """A third of the clinic's sheet, as wide as its narrowest panel."""

    def narrowed(theme: Theme) -> Theme:
        paper = paper_of(theme)
        width_mm = min(folded(fold, paper).page_widths_mm)
        page = Page(width_mm, PAPERS[paper].width_mm, _PANEL_MARGIN_MM, 20, 0, 0)
        type_ = replace(theme.type, leading=1.35, title_pt=24, standfirst_pt=13, section_pt=14, subsection_pt=12.5)
        return replace(theme, page=page, type=type_)

    return narrowed


_SAME_PAGES = {"a4": "", "letter": "", "booklet": "booklet-pages"}

VARIANTS = {
    variant.name: variant
    for variant in (
        Variant("", _same),
        Variant("a4", _on("a4")),
        Variant("letter", _on("letter")),
        Variant("large-print", _large(18)),
        Variant("large-print-16", _large(16)),
        Variant("large-print-24", _large(24)),
        Variant("booklet-pages", _booklet, covers=True),
        Variant("booklet", _booklet, covers=True, stitched=True),
        Variant("trifold", _panels(Fold.C), covers=True, most_pages=6, fold=Fold.C),
        Variant("trifold-summary", _panels(Fold.C), covers=True, abridged=True, most_pages=6, fold=Fold.C),
        Variant("zfold", _panels(Fold.Z), covers=True, most_pages=6, fold=Fold.Z),
        Variant("zfold-summary", _panels(Fold.Z), covers=True, abridged=True, most_pages=6, fold=Fold.Z),
        Variant("summary", _same, abridged=True, most_pages=1),
        Variant("press", _same, press=True),
        Variant("press-booklet-pages", _booklet, covers=True, press=True),
        Variant("press-trifold", _panels(Fold.C), covers=True, most_pages=6, fold=Fold.C, press=True),
        Variant(
            "press-trifold-summary", _panels(Fold.C), covers=True, abridged=True, most_pages=6, fold=Fold.C, press=True
        ),
    )
}
"""Every variant by its name; "" is the handout on the clinic's paper."""
