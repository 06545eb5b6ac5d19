"""Sheets: the pages of a finished PDF put where an imposition says, with their tags, links and bookmarks.

What a screen reader reads is the same as before, in the same order: the tag tree is not touched but for where its
content lies. A file that was PDF/UA-1 and PDF/A-2a stays both.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Matrix, Name

from .imposition import Imposition, Place, Side
from .saving import number, refusal, saved, within
from .sheet_content import SheetContent, inherited
from .sheet_links import move_destinations, moved_annotations
from .sheet_tags import Key, Move, ParentTree, move_tags

_POINTS_PER_MM = 72 / 25.4
_SLACK_PT = 0.5

Box = tuple[float, float, float, float]


def impose(content: bytes, imposition: Imposition, *, bleed_mm: float = 0) -> bytes:
    """The sheets as a PDF, side after side, for a duplex printer; the same input gives the same bytes.

    Pages must have the sizes that the imposition says (their TrimBox counts), upright, without UserUnit, and be as
    many. With `bleed_mm`, for a print shop, their MediaBox reaches so far beyond the trim, and so does the sheet's;
    what bleeds shows at the sheet's own edges alone, not over a fold. LayoutError L505 where a page is otherwise, or
    holds what cannot be moved.
    """
    with pikepdf.open(BytesIO(content)) as pdf:
        pages = list(pdf.pages)
        _check(pdf, pages, imposition, bleed_mm)
        parents = ParentTree(pdf)
        moves: dict[Key, Move] = {}
        sheets = [_sheet(pdf, side, imposition, bleed_mm, pages, parents, moves) for side in imposition.sides]
        move_tags(pdf, parents, moves)
        parents.write()
        if "/PageLabels" in pdf.Root:
            del pdf.Root["/PageLabels"]
        for sheet in sheets:
            pdf.pages.append(pikepdf.Page(sheet))
        del pdf.pages[: len(pages)]
        move_destinations(pdf, moves)
        _tell_the_printer(pdf, imposition)
        return saved(pdf)


def _check(pdf: pikepdf.Pdf, pages: list[pikepdf.Page], imposition: Imposition, bleed_mm: float) -> None:
    if imposition.pages != tuple(range(1, len(pages) + 1)):
        raise refusal(f"the file has {len(pages)} pages, and there are places for {len(imposition.pages)}")
    if "/Threads" in pdf.Root:
        raise refusal("the file has article threads")
    height = imposition.height_mm * _POINTS_PER_MM
    for page, width_mm in zip(pages, imposition.page_widths_mm, strict=True):
        if inherited(page, "/Rotate") not in (None, 0) or "/UserUnit" in page.obj:
            raise refusal(f"page {page.label} is turned or has units of its own")
        left, bottom, right, top = _trim(page)
        wanted = (width_mm * _POINTS_PER_MM, height)
        if abs(right - left - wanted[0]) > _SLACK_PT or abs(top - bottom - wanted[1]) > _SLACK_PT:
            found = f"{(right - left) / _POINTS_PER_MM:.1f} x {(top - bottom) / _POINTS_PER_MM:.1f} mm"
            raise refusal(f"page {page.label} is {found}, and its place {width_mm:.1f} x {imposition.height_mm:.1f} mm")
        media = [float(edge) for edge in page.mediabox]
        room = (left - media[0], bottom - media[1], media[2] - right, media[3] - top)
        if min(room) < bleed_mm * _POINTS_PER_MM - _SLACK_PT:
            raise refusal(f"page {page.label} is not laid out with {bleed_mm:g} mm of bleed")


def _trim(page: pikepdf.Page) -> Box:
    left, bottom, right, top = (float(edge) for edge in page.trimbox)
    return left, bottom, right, top


def _sheet(  # noqa: PLR0913, PLR0917  (one pass that fills the moves and the parent tree of all sheets)
    pdf: pikepdf.Pdf,
    side: Side,
    imposition: Imposition,
    bleed_mm: float,
    pages: list[pikepdf.Page],
    parents: ParentTree,
    moves: dict[Key, Move],
) -> Any:
    """One side as a page object, with what its pages brought."""
    trim = (0.0, 0.0, imposition.width_mm * _POINTS_PER_MM, imposition.height_mm * _POINTS_PER_MM)
    bleed = bleed_mm * _POINTS_PER_MM
    whole = Array([number(edge) for edge in (-bleed, -bleed, trim[2] + bleed, trim[3] + bleed)])
    boxes = {"/MediaBox": whole, "/TrimBox": Array([number(edge) for edge in trim]), "/BleedBox": whole}
    sheet = pdf.make_indirect(Dictionary({"/Type": Name("/Page"), **boxes}))
    content = SheetContent(pdf)
    tags: list[Any] = []
    annotations: list[Any] = []
    key: Any = None
    for place in side.places:
        if place.page is None:
            continue
        page = pages[place.page - 1]
        matrix, edges = _placing(page, place, imposition)
        first = content.add(page, matrix, _with_bleed(edges, trim, bleed))
        moves[page.obj.objgen] = move = Move(sheet, matrix, edges, first)
        own = parents.take(page)
        tags += [None] * (first - len(tags)) + own
        content.reserve(first + len(own))
        annotations += moved_annotations(page, move)
        key = page.obj.get("/StructParents") if key is None else key
        _join_groups(sheet, page)
    sheet["/Contents"] = pdf.make_stream(content.data())
    sheet["/Resources"] = content.resources
    if tags and key is not None:
        sheet["/StructParents"] = key
        parents.put(int(key), tags)
    if annotations:
        sheet["/Annots"] = Array(annotations)
        sheet["/Tabs"] = Name("/S")  # ISO 14289-1, 7.18.3
    return sheet


def _with_bleed(edges: Box, trim: Box, bleed: float) -> Box:
    """How far a page may be drawn: over the sheet's own edges, never over a neighbour."""
    left, bottom, right, top = edges
    return (
        left - bleed if left - trim[0] < _SLACK_PT else left,
        bottom - bleed,
        right + bleed if trim[2] - right < _SLACK_PT else right,
        top + bleed,
    )


def _placing(page: pikepdf.Page, place: Place, imposition: Imposition) -> tuple[Matrix, Box]:
    """The matrix that brings a page's trimmed area to its place, and the area's edges on the sheet."""
    left, bottom, right, top = _trim(page)
    x = place.left_mm * _POINTS_PER_MM
    width, height = place.width_mm * _POINTS_PER_MM, imposition.height_mm * _POINTS_PER_MM
    turned = Matrix(-1, 0, 0, -1, x + right, top)
    matrix = turned if place.turned else Matrix(1, 0, 0, 1, x - left, -bottom)
    return matrix, (x, 0.0, x + width, height)


def _join_groups(sheet: Any, page: pikepdf.Page) -> None:
    """Pages of one sheet share a transparency group, which must then be the same (ISO 32000-1, 11.4.7)."""
    group = page.obj.get("/Group")
    if group is None:
        return
    if "/Group" in sheet and sheet["/Group"].unparse(resolved=True) != group.unparse(resolved=True):
        raise refusal("two pages of one sheet have different transparency groups")
    sheet["/Group"] = group


def _tell_the_printer(pdf: pikepdf.Pdf, imposition: Imposition) -> None:
    """Duplex about the right edge, at full size: a scaled sheet folds in the wrong place (ISO 32000-1, table 150)."""
    preferences = within(pdf.Root, "/ViewerPreferences")
    preferences["/Duplex"] = Name(f"/{imposition.flip.value}")
    preferences["/PrintScaling"] = Name("/None")
    if imposition.right_to_left:
        preferences["/Direction"] = Name("/R2L")
