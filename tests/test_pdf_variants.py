"""The PDF's variants: each its own sheet, all with the words of the edition, none a scaled copy."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pdfplumber
import pikepdf
import pytest
from reading import pdf_words
from specimen import META, SPECIMEN, bullets, p, t
from validators import page_validation, qpdf, require, verapdf

from layouts.pdf import LAYOUT, setting
from layouts.pdf.colours import default_profile
from layouts.pdf.variants import VARIANTS
from leafletpress.diagnostics import LayoutError
from leafletpress.layout import Context, PressProfile
from leafletpress.model import Callout, CalloutKind, Edition, Link, Paragraph, Role, Section, Text
from leafletpress.model.abridged import abridge
from leafletpress.reading_order import reading_order, words
from leafletpress.registry import find
from leafletpress.theme import PAPERS, Theme
from leafletpress.wording_arabic import ARABIC

SHORT = replace(
    SPECIMEN,
    leaflet=replace(
        SPECIMEN.leaflet,
        body=(
            Callout(CalloutKind.KEY_POINTS, (), (bullets("It is short.", "It has what matters."),)),
            Section(t("About"), (p("Not for a summary."),), Role.ABOUT, "about"),
            Section(
                t("Help"),
                (
                    Paragraph(
                        (Text("See "), Link(t("what it is"), "#about"), Text(".")),
                    ),
                ),
                Role.HELP,
            ),
        ),
    ),
)
POINTS_PER_MM = 72 / 25.4
SCREEN = sorted(name for name, kind in VARIANTS.items() if not kind.press)
PRESS = sorted(name for name, kind in VARIANTS.items() if kind.press)
FOLDED = sorted(name for name, kind in VARIANTS.items() if kind.fold)


def source(variant: str) -> Edition:
    """What a variant is rendered from: the short leaflet where it holds no more."""
    return SHORT if VARIANTS[variant].abridged or VARIANTS[variant].fold else SPECIMEN


@cache
def rendered(variant: str) -> bytes:
    return LAYOUT.render(source(variant), Context(variant=variant))


def shown(variant: str) -> Edition:
    return abridge(source(variant)) if VARIANTS[variant].abridged else source(variant)


def sizes_mm(content: bytes) -> set[tuple[float, float]]:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        boxes = [[float(edge) for edge in page.mediabox] for page in pdf.pages]
    return {(round((b[2] - b[0]) / POINTS_PER_MM, 1), round((b[3] - b[1]) / POINTS_PER_MM, 1)) for b in boxes}


def test_the_registry_knows_the_variants_of_the_layout() -> None:
    assert find("pdf").variants == LAYOUT.variants


@pytest.mark.parametrize("variant", SCREEN)
def test_every_variant_says_the_words_of_the_edition_in_order(variant: str) -> None:
    expected = words("\n".join(reading_order(shown(variant))))
    assert pdf_words(rendered(variant), expected) == expected


def test_every_variant_is_pdf_ua_1_and_pdf_a_2a(tmp_path: Path) -> None:
    require(verapdf)
    require(qpdf)
    files = []
    for variant in SCREEN:
        file = tmp_path / f"{variant or 'handout'}.pdf"
        file.write_bytes(rendered(variant))
        files.append(file)
    assert verapdf.findings(files) == []
    assert page_validation.findings(files) == []
    assert qpdf.findings(files) == []


def test_rendering_twice_gives_the_same_bytes() -> None:
    for variant in ("large-print", "booklet", "trifold", "press-trifold"):
        assert LAYOUT.render(source(variant), Context(variant=variant)) == rendered(variant)


def test_a_booklet_and_its_pages_are_laid_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    laid_out: list[object] = []
    lay_out = setting.weasy.lay_out
    monkeypatch.setattr(setting.weasy, "lay_out", lambda *given: laid_out.append(given) or lay_out(*given))
    setting._pages.cache_clear()
    for variant in ("booklet-pages", "booklet"):
        assert LAYOUT.render(SPECIMEN, Context(variant=variant)) == rendered(variant)
    once = len(laid_out)
    LAYOUT.render(SPECIMEN, Context(variant="booklet"))
    assert once == len(laid_out) <= 2


def test_each_variant_stands_on_its_own_paper() -> None:
    letter = Context(Theme(page=PAPERS["letter"]))
    assert sizes_mm(rendered("")) == sizes_mm(rendered("a4")) == {(210, 297)}
    assert sizes_mm(rendered("letter")) == {(215.9, 279.4)}
    assert sizes_mm(rendered("booklet-pages")) == {(148, 210)}
    assert sizes_mm(LAYOUT.render(SPECIMEN, letter)) == {(215.9, 279.4)}
    assert sizes_mm(LAYOUT.render(SPECIMEN, replace(letter, variant="booklet-pages"))) == {(139.7, 215.9)}


@pytest.mark.parametrize(("variant", "body"), [("large-print", 18), ("large-print-16", 16), ("large-print-24", 24)])
def test_nothing_in_large_print_is_smaller_than_the_body(variant: str, body: float) -> None:
    with pdfplumber.open(io.BytesIO(rendered(variant))) as pdf:
        sizes = {round(char["size"], 1) for page in pdf.pages for char in page.chars if char["text"].strip()}
    assert min(sizes) == body
    assert max(sizes) > body * 1.5


def test_a_booklet_has_a_multiple_of_four_pages_between_its_covers() -> None:
    with pdfplumber.open(io.BytesIO(rendered("booklet-pages"))) as pdf:
        pages = [page.extract_text() for page in pdf.pages]
    assert len(pages) % 4 == 0
    assert META.title in pages[0]
    assert "In brief" not in pages[0]
    assert "How to reach us" in pages[-1]
    assert f"Page {len(pages)} of {len(pages)}" in pages[-1]


def test_the_draft_mark_is_on_every_page_and_only_on_a_drafts() -> None:
    for variant in ("", "large-print"):
        with pdfplumber.open(io.BytesIO(rendered(variant))) as pdf:
            assert all("Draft, not for patients" in page.extract_text() for page in pdf.pages)
    approved = LAYOUT.render(replace(SPECIMEN, notice=""), Context())
    with pdfplumber.open(io.BytesIO(approved)) as pdf:
        assert not any("Draft" in page.extract_text() for page in pdf.pages)


def test_a_summary_keeps_what_helps_to_act_and_leaves_no_dead_link() -> None:
    kept = "\n".join(reading_order(abridge(SHORT)))
    assert "what matters" in kept
    assert "See what it is." in kept
    assert "Not for a summary" not in kept


def test_a_summary_that_is_too_long_says_by_how_much_and_where() -> None:
    long = Section(t("What to do"), (bullets(*(f"number {n}" for n in range(60))),), Role.HELP)
    edition = replace(SHORT, leaflet=replace(SHORT.leaflet, body=(long,)))
    with pytest.raises(LayoutError) as caught:
        LAYOUT.render(edition, Context(variant="summary"))
    (finding,) = caught.value.diagnostics
    assert finding.code == "L510"
    assert "lines too long for one side, beginning in 'What to do'" in finding.message


def test_what_is_written_in_by_hand_can_be_typed_in_on_a_screen() -> None:
    with pikepdf.open(io.BytesIO(rendered(""))) as pdf:
        fields = list(pdf.Root.AcroForm.Fields)
        annotated = [note for page in pdf.pages for note in page.get("/Annots", []) if note.Subtype == "/Widget"]
        assert len(fields) == len(annotated) > 3
        assert "/NeedAppearances" not in pdf.Root.AcroForm
        assert all(str(field.TU) and int(field.F) & 4 for field in fields)
        assert {str(field.FT) for field in fields} == {"/Tx", "/Btn"}
        assert all(page.Tabs == "/S" for page in pdf.pages if "/Annots" in page)
        assert all("/StructParent" in field for field in fields)
        left, bottom, right, top = (float(edge) for edge in fields[0].Rect)
        assert right - left > 100
        assert top - bottom > 20


@pytest.mark.parametrize("variant", FOLDED)
def test_a_folded_leaflet_is_two_landscape_sides_with_six_panels(variant: str) -> None:
    with pikepdf.open(io.BytesIO(rendered(variant))) as pdf:
        trims = [[float(edge) / POINTS_PER_MM for edge in page.trimbox] for page in pdf.pages]
        duplex = pdf.Root.get("/ViewerPreferences", {}).get("/Duplex")
    assert [(round(t[2] - t[0]), round(t[3] - t[1])) for t in trims] == [(297, 210), (297, 210)]
    assert VARIANTS[variant].press or duplex == "/DuplexFlipShortEdge"


def test_a_leaflet_that_does_not_fit_its_panels_is_never_clipped_or_shrunk() -> None:
    for variant in ("trifold", "zfold", "press-trifold"):
        with pytest.raises(LayoutError) as caught:
            LAYOUT.render(SPECIMEN, Context(variant=variant))
        (finding,) = caught.value.diagnostics
        assert finding.code == "L510"
        assert re.search(r"the text is \d\d lines too long for the 6 panels, beginning in '\w", finding.message)
        assert f"pdf:{variant}-summary" in finding.hint


def test_right_to_left_folds_are_mirrored() -> None:
    arabic = replace(
        SHORT,
        leaflet=replace(SHORT.leaflet, meta=replace(META, lang="ar", title="نشرة قصيرة")),
        wording=ARABIC,
    )
    with pdfplumber.open(io.BytesIO(LAYOUT.render(arabic, Context(variant="trifold")))) as pdf:
        big = [char for char in pdf.pages[0].chars if char["size"] > 20]
        assert big
        assert max(char["x1"] for char in big) < pdf.pages[0].width / 3  # the cover is at the left
    with pdfplumber.open(io.BytesIO(rendered("trifold"))) as pdf:
        big = [char for char in pdf.pages[0].chars if char["size"] > 20]
        assert min(char["x0"] for char in big) > pdf.pages[0].width * 0.6


@pytest.mark.parametrize("variant", PRESS)
def test_a_press_file_has_all_the_words_in_process_inks_with_bleed_and_no_notes(variant: str) -> None:
    expected = Counter("".join(words("\n".join(reading_order(shown(variant))))))
    with pdfplumber.open(io.BytesIO(rendered(variant))) as pdf:
        drawn = Counter(char["text"] for page in pdf.pages for char in page.chars)
    assert {char: lost for char, lost in (expected - drawn).items() if char.isascii()} == {}
    with pikepdf.open(io.BytesIO(rendered(variant))) as pdf:
        with pdf.open_metadata() as metadata:
            assert metadata["pdfxid:GTS_PDFXVersion"] == "PDF/X-4"
        assert str(pdf.Root.OutputIntents[0].S) == "/GTS_PDFX"
        assert "/AcroForm" not in pdf.Root
        for page in pdf.pages:
            trim, bleed = ([float(edge) for edge in box] for box in (page.trimbox, page.BleedBox))
            assert round((trim[0] - bleed[0]) / POINTS_PER_MM, 2) == 3
            assert "/Annots" not in page


def test_the_houses_press_profile_is_used_and_a_wrong_one_refused() -> None:
    ours = default_profile()
    named = PressProfile("Our printer", "FOGRA39", ours.content)
    content = LAYOUT.render(SHORT, Context(variant="press", press_profile=named))
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert str(pdf.Root.OutputIntents[0].OutputConditionIdentifier) == "FOGRA39"
    with pytest.raises(LayoutError) as caught:
        LAYOUT.render(SHORT, Context(variant="press", press_profile=PressProfile("odd", "Custom", b"no profile")))
    (finding,) = caught.value.diagnostics
    assert finding.code == "L505"
    assert "press profile 'odd'" in finding.message


@pytest.mark.parametrize("variant", ["", "letter", "large-print", "large-print-24", "booklet-pages", "trifold"])
def test_nothing_stands_where_an_office_printer_cannot_print(variant: str) -> None:
    """Five millimetres all round, which most office printers leave white."""
    footer = "A title of quite some length that takes two lines · LP-0000 · version 1.2 · reviewed 1 September 2026"
    content = LAYOUT.render(replace(source(variant), footer=footer), Context(variant=variant))
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            words_ = page.extract_words()
            assert max(word["bottom"] for word in words_) <= page.height - 5 * POINTS_PER_MM
            assert min(word["top"] for word in words_) >= 5 * POINTS_PER_MM
