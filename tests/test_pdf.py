"""The PDF layout: conforming, whole, tagged right, and the same twice."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pdfplumber
import pikepdf
import pytest
from reading import pdf_words
from specimen import META, SPECIMEN, bullets, p, t
from validators import page_validation, qpdf, verapdf
from validators.tool import require

from layouts.pdf import LAYOUT
from layouts.pdf.findings import lost_findings
from leafletpress.diagnostics import LayoutError
from leafletpress.layout import Context
from leafletpress.model import (
    Alignment,
    Edition,
    Figure,
    Link,
    Paragraph,
    Passage,
    Phrase,
    Picture,
    Row,
    Section,
    Strong,
    Table,
    Text,
)
from leafletpress.reading_order import reading_order, words


@pytest.fixture(scope="module")
def specimen_pdf() -> bytes:
    return LAYOUT.render(SPECIMEN, Context())


def with_body(*blocks: object) -> Edition:
    return replace(SPECIMEN, leaflet=replace(SPECIMEN.leaflet, body=blocks))


class Elements(list[pikepdf.Dictionary]):
    """The structure elements of a file in order; they live as long as the file is open."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        super().__init__()
        self.pdf = pdf


def elements(content: bytes) -> Elements:
    pdf = pikepdf.open(io.BytesIO(content))
    tree = Elements(pdf)

    def walk(element: pikepdf.Object) -> None:
        if isinstance(element, pikepdf.Array):
            for kid in element:
                walk(kid)
        elif isinstance(element, pikepdf.Dictionary):
            if "/S" in element:
                tree.append(element)
            if "/K" in element:
                walk(element.K)

    walk(pdf.Root.StructTreeRoot.K)
    return tree


def test_the_words_are_the_editions_words_in_order(specimen_pdf: bytes) -> None:
    expected = words("\n".join(reading_order(SPECIMEN)))
    assert pdf_words(specimen_pdf, expected) == expected


def test_one_file_is_pdf_ua_1_and_pdf_a_2a(specimen_pdf: bytes, tmp_path: Path) -> None:
    require(verapdf)
    file = tmp_path / "specimen.pdf"
    file.write_bytes(specimen_pdf)
    assert verapdf.findings([file], ("ua1", "2a")) == []


def test_the_runtime_judge_and_qpdf_find_nothing(specimen_pdf: bytes, tmp_path: Path) -> None:
    require(qpdf)
    file = tmp_path / "specimen.pdf"
    file.write_bytes(specimen_pdf)
    assert list(LAYOUT.validate(specimen_pdf)) == []
    assert page_validation.findings([file]) == []
    assert qpdf.findings([file]) == []


def test_the_runtime_judge_refuses_a_file_without_the_claim(specimen_pdf: bytes) -> None:
    broken = specimen_pdf.replace(b"<pdfuaid:part>1</pdfuaid:part>", b"<pdfuaid:part>7</pdfuaid:part>")
    assert {finding.code for finding in LAYOUT.validate(broken)} == {"V601"}
    assert {finding.code for finding in LAYOUT.validate(b"no PDF")} == {"V601"}


def test_rendering_twice_gives_the_same_bytes(specimen_pdf: bytes) -> None:
    assert LAYOUT.render(SPECIMEN, Context()) == specimen_pdf


def test_title_author_language_date_and_description_are_in_the_file(specimen_pdf: bytes) -> None:
    pdf = pikepdf.open(io.BytesIO(specimen_pdf))
    assert str(pdf.Root.Lang) == "en-GB"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == "A specimen & its parts"
        assert metadata["dc:creator"] == ["A. Writer"]
        assert metadata["dc:description"].startswith("One of everything")
        assert metadata["xmp:CreateDate"].startswith("2026-03-01")


def test_bookmarks_are_the_title_and_the_sections(specimen_pdf: bytes) -> None:
    pdf = pikepdf.open(io.BytesIO(specimen_pdf))
    with pdf.open_outline() as outline:
        (title,) = outline.root
        assert title.title == "A specimen & its parts"
        assert [item.title for item in title.children][:3] == ["About the specimen", "Lists and steps", "Side effects"]
        assert [item.title for item in title.children[0].children] == ["A smaller heading"]


def test_other_languages_are_tagged_and_right_to_left_text_reads_in_order(specimen_pdf: bytes) -> None:
    found = elements(specimen_pdf)
    assert {str(e.Lang) for e in found if "/Lang" in e} == {"pl", "ar"}
    spoken = [str(e.ActualText) for e in found if "/ActualText" in e]
    assert spoken == ["مرحبا بالعالم", "اتصل بالرقم 999 إذا كان لديك نزيف."]


def test_headers_say_their_scope_lists_their_numbering_and_links_what_they_are(specimen_pdf: bytes) -> None:
    found = elements(specimen_pdf)
    assert {str(e.A.Scope) for e in found if e.S == "/TH"} == {"/Column", "/Row"}
    assert {str(e.A.ListNumbering) for e in found if e.S == "/L"} == {"/Disc", "/Decimal", "/None"}
    pdf = pikepdf.open(io.BytesIO(specimen_pdf))
    links = [a for page in pdf.pages for a in page.get("/Annots", []) if a.Subtype == "/Link"]
    assert "link to a page" in {str(link.Contents) for link in links}
    assert all(link.F == 4 for link in links)


def test_a_link_with_marked_up_words_is_one_link() -> None:
    words_ = (Text("read "), Strong(t("this leaflet")), Text(" and "), Phrase(t("ulotka"), "pl"))
    content = LAYOUT.render(with_body(Paragraph((Link(words_, "https://example.net"),))), Context())
    found = elements(content)
    links = [a for page in found.pdf.pages for a in page.get("/Annots", []) if "example.net" in str(a.get("/A", ""))]
    assert [str(link.Contents) for link in links] == ["read this leaflet and ulotka"]
    assert list(LAYOUT.validate(content)) == []


def test_a_figure_holds_its_caption_and_its_box_is_on_the_page(specimen_pdf: bytes) -> None:
    found = elements(specimen_pdf)
    (figure,) = (e for e in found if e.S == "/Figure")
    assert str(figure.Alt).startswith("A green dot")
    assert [str(kid.S) for kid in figure.K] == ["/NonStruct", "/Caption"]
    left, bottom, right, top = (float(value) for value in figure.A.BBox)
    assert 51 < left < right <= 595 - 50
    assert 68 < bottom < top < 842 - 50
    assert (right - left) / (top - bottom) == pytest.approx(3, rel=0.01)


def test_running_feet_are_artifacts(specimen_pdf: bytes) -> None:
    pdf = pikepdf.open(io.BytesIO(specimen_pdf))
    for page in pdf.pages:
        operators = pikepdf.parse_content_stream(page)
        artifacts = [
            o for o in operators if str(o.operator) == "BDC" and "/Pagination" in str(o.operands[1].get("/Type"))
        ]
        assert len(artifacts) >= 2


def test_a_paragraph_over_a_page_end_is_one_element() -> None:
    long = " ".join(["Every sentence here is short and says the same again."] * 120)
    content = LAYOUT.render(with_body(Section(t("Long"), (p(long), p("The end.")))), Context())
    found = elements(content)
    paragraphs = [e for e in found if e.S == "/P"]
    assert len(pikepdf.open(io.BytesIO(content)).pages) > 1
    crossing = [e for e in paragraphs if len({str(kid.Pg.objgen) for kid in e.K if "/Pg" in kid}) > 1]
    assert len(crossing) == 1
    assert list(LAYOUT.validate(content)) == []


def test_a_table_over_a_page_end_is_one_table_with_its_header_read_once() -> None:
    rows = tuple(Row((t(f"Row {number}"), t("one"), t("two"))) for number in range(60))
    table = Table(t("Many rows"), (Alignment.START,) * 3, Row((t("First"), t("Second"), t("Third"))), rows, True)
    edition = with_body(Section(t("Long"), (table,)))
    content = LAYOUT.render(edition, Context())
    found = elements(content)
    (whole,) = (e for e in found if e.S == "/Table")
    ids = [str(e.ID) for e in found if e.S == "/TH"]
    named = {str(name) for e in found if e.S == "/TD" for name in e.A.Headers}
    assert len(found.pdf.pages) > 2
    assert [str(kid.S) for kid in whole.K] == ["/Caption", "/THead", "/TBody"]
    assert len(ids) == len(set(ids)) == 63
    assert named < set(ids)
    assert list(LAYOUT.validate(content)) == []
    expected = words("\n".join(reading_order(edition)))
    assert pdf_words(content, expected) == expected


def test_contents_list_is_tagged_as_one() -> None:
    content = LAYOUT.render(replace(SPECIMEN, contents=True), Context())
    found = elements(content)
    kinds = [str(e.S) for e in found]
    assert kinds.count("/TOC") == 1
    assert kinds.count("/TOCI") == 8
    assert list(LAYOUT.validate(content)) == []
    expected = words("\n".join(reading_order(SPECIMEN)))
    assert pdf_words(content, expected) == expected


def codes(edition: Edition) -> set[str]:
    with pytest.raises(LayoutError) as caught:
        LAYOUT.render(edition, Context())
    return {finding.code for finding in caught.value.diagnostics}


def test_a_character_that_no_font_has_is_an_error_with_its_line() -> None:
    edition = replace(
        with_body(p("The sign \U00012000 is old.")), source_text="---\n---\n\nThe sign \U00012000 is old.\n"
    )
    with pytest.raises(LayoutError) as caught:
        LAYOUT.render(edition, Context())
    (finding,) = caught.value.diagnostics
    assert finding.code == "L501"
    assert "U+12000" in finding.message
    assert finding.span.line == 4


def test_a_character_that_no_font_has_in_a_picture_is_an_error() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text y="9">漢</text></svg>'.encode()
    edition = replace(
        with_body(Figure("x.svg", "A sign", ())), pictures=(Picture("x.svg", "image/svg+xml", svg, 9, 9),)
    )
    assert codes(edition) == {"L501"}


def test_a_picture_that_the_edition_lacks_is_an_error() -> None:
    assert codes(with_body(Figure("images/none.png", "Nothing", ()))) == {"L504"}


def test_a_picture_that_cannot_be_drawn_is_an_error() -> None:
    broken = Picture("x.png", "image/png", b"\x89PNG\r\n\x1a\nnot a picture", 9, 9)
    assert codes(replace(with_body(Figure("x.png", "Broken", ())), pictures=(broken,))) == {"L504"}


def test_text_that_leaves_its_area_is_an_error() -> None:
    wide = tuple(t("Supercalifragilisticexpialidocious") for _ in range(6))
    table = Table(t("Too wide"), (Alignment.START,) * 6, Row(wide), (Row(wide),))
    assert codes(with_body(Section(t("Wide"), (table,)))) == {"L503"}


def test_text_that_the_renderer_loses_is_an_error() -> None:
    class Page:
        _page_box = type("PageBox", (), {"children": ()})()

    document = type("Document", (), {"pages": [Page()]})()
    (finding,) = lost_findings("<html><body><p>lost words</p></body></html>", document)
    assert (finding.code, finding.message) == ("L503", "the renderer lost text: lost, words")


def test_the_groups_of_a_number_keep_their_order_in_a_right_to_left_line() -> None:
    content = LAYOUT.render(with_body(Passage("ar", (p("اتصل بالرقم 01632 960 001 الآن"),))), Context())
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        assert "01632 960 001" in pdf.pages[0].extract_text()


def test_a_right_to_left_leaflet_is_mirrored() -> None:
    meta = replace(META, lang="ar", title="عنوان")
    edition = replace(SPECIMEN, leaflet=replace(SPECIMEN.leaflet, meta=meta))
    content = LAYOUT.render(edition, Context())
    assert list(LAYOUT.validate(content)) == []
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        foot = [c for c in pdf.pages[0].chars if c["top"] > 780]
    assert min(foot, key=lambda c: c["x0"])["fontname"].endswith("Bold")


def test_the_machines_own_fonts_are_never_used(specimen_pdf: bytes) -> None:
    pdf = pikepdf.open(io.BytesIO(specimen_pdf))
    found = {str(o.BaseFont) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/Font"}
    # What a reader types into a field is set by the viewer, in a face that every viewer has; no page is.
    assert {name for name in found if "+" not in name} == {"/Helvetica"}
    names = {name.split("+")[1] for name in found if "+" in name}
    assert {name.rsplit("-Bold", 1)[0] for name in names} <= {
        "Atkinson-Hyperlegible",
        "IBM-Plex-Sans-Arabic",
        "Noto-Sans",
    }


def test_a_heading_hangs_beside_its_text_and_never_over_the_next_section() -> None:
    title = "A heading of many words that takes several lines in its narrow column"
    content = LAYOUT.render(
        with_body(Section(t(title), (bullets("short"),)), Section(t("Next"), (p("Text."),))), Context()
    )
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        found = {word["text"]: word for word in pdf.pages[0].extract_words()}
    assert found["short"]["top"] < found["narrow"]["top"]
    assert found["Next"]["top"] > found["column"]["bottom"]
