"""Imposition: fold the sheets, leaf through them, and the pages come in reading order."""

from __future__ import annotations

from dataclasses import replace

import pytest
from folding import closed_c_fold, closed_z_fold, read_booklet, read_c_fold, read_z_fold, sheets
from hypothesis import given
from hypothesis import strategies as st

from layouts.pdf.imposition import CLOSED_BACK, Flip, Fold, Imposition, Side, booklet, folded, for_long_edge

READ = {Fold.C: read_c_fold, Fold.Z: read_z_fold}
CLOSED = {Fold.C: closed_c_fold, Fold.Z: closed_z_fold}
EVERY_FOLD = [(fold, paper, rtl) for fold in Fold for paper in ("a4", "letter") for rtl in (False, True)]
by_fold = pytest.mark.parametrize(("fold", "paper", "right_to_left"), EVERY_FOLD)


@pytest.mark.parametrize("right_to_left", [False, True], ids=["ltr", "rtl"])
@pytest.mark.parametrize("pages", range(4, 41))
def test_a_folded_and_stapled_booklet_reads_in_order(pages: int, right_to_left: bool) -> None:
    whole = pages + -pages % 4
    expected = [*range(1, pages + 1), *[None] * (whole - pages)]
    assert read_booklet(booklet(pages, right_to_left=right_to_left)) == expected


@given(
    pages=st.integers(1, 300), paper=st.sampled_from(["a4", "letter"]), right_to_left=st.booleans(), cover=st.booleans()
)
def test_any_booklet_reads_in_order_and_keeps_its_covers(
    pages: int, paper: str, right_to_left: bool, cover: bool
) -> None:
    imposition = booklet(pages, paper, right_to_left=right_to_left, back_cover=cover)
    for sheets_of in (imposition, for_long_edge(imposition)):
        read = read_booklet(sheets_of)
        assert [page for page in read if page] == list(range(1, pages + 1))
        assert len(read) % 4 == 0
        assert len(read) - pages < 4
        assert read[0] == 1
        if cover and pages > 1:
            assert read[-1] == pages


def test_the_pages_of_a_sheet_are_those_of_the_formula() -> None:
    sides = [tuple(place.page for place in side.places) for side in booklet(8).sides]
    assert sides == [(8, 1), (2, 7), (6, 3), (4, 5)]
    mirrored = [tuple(place.page for place in side.places) for side in booklet(8, right_to_left=True).sides]
    assert mirrored == [(1, 8), (7, 2), (3, 6), (5, 4)]


def test_pages_meet_in_the_fold_and_are_never_scaled() -> None:
    a4, letter = booklet(4), booklet(4, "letter")
    assert [(place.left_mm, place.width_mm) for place in a4.sides[0].places] == [(0.5, 148), (148.5, 148)]
    assert (a4.width_mm, a4.height_mm) == (297, 210)
    assert [place.left_mm for place in letter.sides[1].places] == pytest.approx([0, 139.7])
    assert letter.page_widths_mm == pytest.approx((139.7,) * 4)
    assert a4.folds_mm == ((148.5,), (148.5,))


def test_a_booklet_without_pages_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one page"):
        booklet(0)


@by_fold
def test_a_folded_leaflet_reads_in_order(fold: Fold, paper: str, right_to_left: bool) -> None:
    imposition = folded(fold, paper, right_to_left=right_to_left)
    assert READ[fold](imposition) == [1, 2, 3, 4, 5, 6]
    assert READ[fold](for_long_edge(imposition)) == [1, 2, 3, 4, 5, 6]


@by_fold
def test_the_closed_leaflet_shows_its_cover_and_its_back(fold: Fold, paper: str, right_to_left: bool) -> None:
    assert CLOSED[fold](folded(fold, paper, right_to_left=right_to_left)) == (1, CLOSED_BACK[fold])


@by_fold
def test_panels_fill_the_sheet(fold: Fold, paper: str, right_to_left: bool) -> None:
    imposition = folded(fold, paper, right_to_left=right_to_left)
    for side in imposition.sides:
        assert side.places[0].left_mm == 0
        assert sum(place.width_mm for place in side.places) == pytest.approx(imposition.width_mm)


def test_panels_have_their_true_widths() -> None:
    outside, inside = folded(Fold.C).sides
    assert [(place.page, place.width_mm) for place in outside.places] == [(2, 97), (6, 100), (1, 100)]
    assert [(place.page, place.width_mm) for place in inside.places] == [(3, 100), (4, 100), (5, 97)]
    assert folded(Fold.C).page_widths_mm == (100, 97, 100, 100, 97, 100)
    assert folded(Fold.C).folds_mm == ((97, 197), (100, 200))
    outside, inside = folded(Fold.C, right_to_left=True).sides
    assert [(place.page, place.width_mm) for place in outside.places] == [(1, 100), (6, 100), (2, 97)]
    assert [(place.page, place.width_mm) for place in inside.places] == [(5, 97), (4, 100), (3, 100)]
    inches = [width / 25.4 for width in folded(Fold.C, "letter").page_widths_mm]
    assert inches == pytest.approx([3.6875, 3.625, 3.6875, 3.6875, 3.625, 3.6875])
    assert folded(Fold.Z).page_widths_mm == (99,) * 6


def test_the_inside_of_a_fold_lies_open_in_one_run() -> None:
    """Text that flows from panel to panel is never cut by the other side while the inside lies open."""
    for fold in Fold:
        for right_to_left in (False, True):
            pages = [p.page for p in folded(fold, right_to_left=right_to_left).sides[1].places]
            run = pages[::-1] if right_to_left else pages
            assert run == list(range(run[0] or 0, (run[0] or 0) + 3))


def test_the_trades_numbering_would_show_a_page_before_its_turn() -> None:
    """Why the flap is page 2: with 5-6-1 outside, one turn of the cover shows page 5 beside page 2."""
    trade = ((5, 6, 1), (2, 3, 4))
    sides = folded(Fold.C).sides
    renumbered = tuple(
        Side(tuple(replace(place, page=page) for place, page in zip(side.places, pages, strict=True)))
        for side, pages in zip(sides, trade, strict=True)
    )
    assert read_c_fold(replace(folded(Fold.C), sides=renumbered)) == [1, 5, 2, 3, 4, 6]


def test_the_model_sees_a_back_that_stands_on_its_head() -> None:
    """A test of the test: sheets made for one edge and turned about the other."""
    wrong = replace(folded(Fold.C), flip=Flip.LONG_EDGE)
    with pytest.raises(AssertionError):
        sheets(wrong)
    with pytest.raises(AssertionError):
        sheets(replace(for_long_edge(booklet(8)), flip=Flip.SHORT_EDGE))


def test_the_model_sees_panels_that_do_not_lie_on_each_other() -> None:
    imposition = folded(Fold.C)
    wrong: Imposition = replace(imposition, sides=(imposition.sides[0], imposition.sides[0]))
    with pytest.raises(AssertionError):
        sheets(wrong)
