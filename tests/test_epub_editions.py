"""The editions of one leaflet as books: of a clinic and of none, a draft, one that is overdue, in another language."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from lxml import etree
from reading_epub import OPF, XHTML, epub_words, files, package, spine
from specimen import META, SPECIMEN, bullets, p, t
from validators import ace, epubcheck, require

from layouts.epub import LAYOUT
from layouts.epub.typefaces import families
from leafletpress.diagnostics import LayoutError
from leafletpress.layout import Context
from leafletpress.model import (
    Alignment,
    Case,
    Clinic,
    Contact,
    ContactKind,
    ContactLine,
    Edition,
    GlossaryEntry,
    Link,
    Paragraph,
    Row,
    Section,
    Span,
    Status,
    Table,
    Term,
    Text,
    Value,
)
from leafletpress.reading_order import reading_order, words
from leafletpress.theme import Colours, Theme, Type
from leafletpress.wording_arabic import ARABIC
from leafletpress.wording_polish import POLISH

pytestmark = pytest.mark.xdist_group("epub-editions")  # the books are made once
TYPE = "{http://www.idpf.org/2007/ops}type"
DC = "{http://purl.org/dc/elements/1.1/}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
APPROVED = replace(META, status=Status.APPROVED)
RULED = Contact(
    (Text("Clinic: "), Value("clinic.name", "")), (ContactLine(ContactKind.PHONE, (Value("clinic.phone", ""),)),)
)
CLINIC = replace(SPECIMEN, notice="", overdue="", leaflet=replace(SPECIMEN.leaflet, meta=APPROVED))
NEUTRAL = replace(CLINIC, owner="", logo=None, clinic=None, imprint=RULED)
DRAFT = replace(NEUTRAL, notice="Draft, not for patients", leaflet=SPECIMEN.leaflet)
OVERDUE = replace(CLINIC, overdue=SPECIMEN.overdue)
RIGHT_TO_LEFT = replace(
    SPECIMEN,
    wording=ARABIC,
    notice=ARABIC.draft,
    overdue=ARABIC.overdue.format(date="1 مارس 2026"),
    owner="عيادة ضفة النهر",
    leaflet=replace(SPECIMEN.leaflet, meta=replace(META, title="فحص الدم", lang="ar", summary="كيف تستعد.")),
)
NOTO = Theme(colours=Colours(accent="#5b1e63"), type=Type(family="Noto Sans", fallbacks=("IBM Plex Sans Arabic",)))
EDITIONS = {
    "clinic": (CLINIC, NOTO),
    "neutral": (NEUTRAL, Theme()),
    "draft": (DRAFT, Theme()),
    "overdue": (OVERDUE, Theme()),
    "arabic": (RIGHT_TO_LEFT, Theme()),
}


def render(edition: Edition, theme: Theme | None = None) -> bytes:
    return LAYOUT.render(edition, Context(theme or Theme()))


def with_body(*blocks: object, **changes: object) -> Edition:
    return replace(NEUTRAL, leaflet=replace(NEUTRAL.leaflet, body=blocks), **changes)


def by_class(content: bytes, name: str) -> list[etree._Element]:
    (document,) = spine(content)
    return [element for element in document.iter(f"{XHTML}*") if name in element.get("class", "").split()]


def identifier(edition: Edition) -> str:
    return next(element.text or "" for element in package(render(edition)).iter(f"{DC}identifier"))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("editions")
    for name, (edition, theme) in EDITIONS.items():
        (folder / f"{name}.epub").write_bytes(render(edition, theme))
    return sorted(folder.iterdir())


# all of them


def test_epubcheck_finds_no_error_and_no_warning(written: list[Path]) -> None:
    require(epubcheck)
    assert epubcheck.findings(written) == []


def test_ace_finds_no_violation(written: list[Path]) -> None:
    require(ace)
    assert ace.findings(written) == []


def test_our_own_judgement_agrees(written: list[Path]) -> None:
    assert [LAYOUT.validate(path.read_bytes()) for path in written] == [()] * len(EDITIONS)


def test_each_says_its_words_in_order_and_nothing_else(written: list[Path]) -> None:
    for path in written:
        edition, _ = EDITIONS[path.stem]
        assert epub_words(path.read_bytes()) == words("\n".join(reading_order(edition))), path.stem


# whose it is


def test_the_masthead_begins_with_the_clinic_and_the_imprint_stands_before_the_end() -> None:
    said = epub_words(render(CLINIC))
    assert said[:5] == ["Riverside", "Clinic", "Test", "or", "scan"]
    about = len(said) - said[::-1].index("About")
    imprint = words("How to reach us Riverside Clinic Phone 01632 960 001 Open Monday to Friday, 9am to 5pm About")
    assert said[about - len(imprint) : about] == imprint


def test_the_logo_is_decoration_beside_the_name() -> None:
    content = render(CLINIC)
    (logo,) = by_class(content, "logo")
    assert (logo.get("alt"), logo.get("src")) == ("", "pictures/logo.svg")
    assert etree.QName(etree.fromstring(files(content)["EPUB/pictures/logo.svg"])[0]).localname == "rect"
    assert (by_class(content, "owner-name")[0].text) == "Riverside Clinic"


def test_a_logo_alone_makes_no_book_of_pictures() -> None:
    content = render(replace(CLINIC, leaflet=replace(CLINIC.leaflet, body=(p("Words."),))))
    said = [meta.text for meta in package(content).iter(f"{OPF}meta") if "access" in meta.get("property", "")]
    assert "visual" not in said
    assert "alternativeText" not in said


def test_without_a_clinic_there_is_no_owner_and_there_are_lines_to_fill_in() -> None:
    content = render(NEUTRAL)
    assert by_class(content, "owner") == []
    assert len(by_class(content, "blank")) == 2


def test_the_clinic_stands_in_the_metadata() -> None:
    assert [e.text for e in package(render(CLINIC)).iter(f"{DC}contributor")] == ["Riverside Clinic"]
    assert [e.text for e in package(render(NEUTRAL)).iter(f"{DC}contributor")] == []


def test_every_clinic_and_all_readers_have_a_book_of_their_own() -> None:
    other = replace(CLINIC, clinic=Clinic("hillside", ()))
    cases = [
        None,
        Case("en-GB"),
        Case("en-GB", audience="child"),
        Case("en-GB", sex="female"),
        Case("en-GB", age_group="child"),
        Case("en-GB", audience="child", sex="female"),
    ]
    found = [identifier(replace(edition, case=case)) for edition in (NEUTRAL, CLINIC, other) for case in cases]
    assert len(set(found)) == 15  # no case and a case that asks for nothing are one


def test_saying_whom_a_leaflet_is_for_does_not_make_it_another_book() -> None:
    meta = replace(APPROVED, audience="adult", region="GB")
    leaflet = replace(NEUTRAL.leaflet, meta=meta)
    case = Case("en-GB", region="GB", audience="adult", format="epub")
    assert identifier(replace(NEUTRAL, leaflet=leaflet, case=case)) == identifier(NEUTRAL)


@pytest.mark.parametrize(("wording", "lang"), [(ARABIC, "ar"), (POLISH, "pl")])
def test_what_a_library_tells_of_the_book_is_in_its_language(wording: object, lang: str) -> None:
    edition = replace(NEUTRAL, wording=wording, leaflet=replace(NEUTRAL.leaflet, meta=replace(APPROVED, lang=lang)))
    metas = package(render(edition)).iter(f"{OPF}meta")
    (summary,) = (meta for meta in metas if meta.get("property") == "schema:accessibilitySummary")
    assert summary.get(XML_LANG) == lang
    assert summary.text == f"{edition.wording.access} {edition.wording.access_pictures}"


# how far it may be trusted


def test_a_draft_is_marked_wherever_one_looks() -> None:
    content = render(DRAFT)
    (document,) = spine(content)
    title = "Draft, not for patients: A specimen & its parts"
    assert document.findtext(f".//{XHTML}title") == title
    assert [e.text for e in package(content).iter(f"{DC}title")] == [title]
    assert title in files(content)["EPUB/nav.xhtml"].decode().replace("&amp;", "&")
    assert document.find(f".//{XHTML}main").get("class") == "draft"
    marked = {section.get("aria-labelledby"): section.get("data-mark") for section in by_class(content, "top")}
    assert len(marked) >= 6
    assert set(marked.values()) == {"Draft, not for patients"}


def test_the_style_sheet_shows_the_marks() -> None:
    style = files(render(DRAFT))["EPUB/style.css"].decode()
    assert re.search(r"^\.draft \{[^}]*border-inline-start: [^;]*dashed", style, re.MULTILINE)
    assert re.search(r"^\[data-mark\]::before \{ content: attr\(data-mark\)", style, re.MULTILINE)


def test_an_approved_leaflet_has_no_mark() -> None:
    content = render(CLINIC)
    assert b"data-mark" not in files(content)["EPUB/leaflet.xhtml"]
    assert [e.text for e in package(content).iter(f"{DC}title")] == [META.title]


def test_a_mark_is_words_whatever_it_holds() -> None:
    content = render(replace(DRAFT, notice='A "draft" <b> & \\ } more'))
    assert {section.get("data-mark") for section in by_class(content, "top")} == {'A "draft" <b> & \\ } more'}


def test_an_overdue_leaflet_says_so_above_its_title() -> None:
    (notice,) = by_class(render(OVERDUE), "overdue")
    assert notice.text == OVERDUE.overdue
    assert notice.getnext().tag == f"{XHTML}h1"


# words explained


TERM = Term((Text("biopsies"),), "biopsy")
ENTRIES = (
    GlossaryEntry("biopsy", "biopsy", None, "A small piece is taken."),
    GlossaryEntry("gullet", "gullet", "oesophagus", "The tube to your stomach."),
)


def test_the_first_use_of_a_word_leads_to_its_note_and_the_note_back() -> None:
    edition = with_body(
        Paragraph((Text("Two "), TERM, Text(" of the "), Term(t("gullet")))), Paragraph((TERM,)), glossary=ENTRIES
    )
    content = render(edition)
    terms, notes = by_class(content, "term"), by_class(content, "entry")
    assert [(term.tag, term.get("href"), term.get("id")) for term in terms] == [
        (f"{XHTML}a", "#_word-1", "_use-1"),
        (f"{XHTML}a", "#_word-2", "_use-2"),
        (f"{XHTML}span", None, None),
    ]
    assert {(term.get(TYPE), term.get("role")) for term in terms[:2]} == {("noteref", "doc-noteref")}
    assert [(note.get("id"), note.get(TYPE), note.get("role")) for note in notes] == [
        ("_word-1", "footnote", "doc-footnote"),
        ("_word-2", "footnote", "doc-footnote"),
    ]
    assert " ".join("".join(notes[1].itertext()).split()) == "gullet (oesophagus) The tube to your stomach."
    assert [(back.get("href"), back.text) for back in by_class(content, "back")] == [
        ("#_use-1", "biopsy"),
        ("#_use-2", "gullet"),
    ]


def test_notes_stay_on_their_page() -> None:
    """Apple Books and Thorium take every `aside` that is a footnote off the page."""
    (document,) = spine(render(with_body(Paragraph((TERM,)), glossary=ENTRIES)))
    assert not list(document.iter(f"{XHTML}aside"))


def test_a_word_in_a_link_stays_a_part_of_the_link() -> None:
    edition = with_body(Paragraph((Link((TERM,), "https://example.org/"),)), Paragraph((TERM,)), glossary=ENTRIES[:1])
    content = render(edition)
    assert [term.tag for term in by_class(content, "term")] == [f"{XHTML}span", f"{XHTML}a"]
    assert LAYOUT.validate(content) == ()


def test_an_entry_that_nothing_leads_to_leads_nowhere() -> None:
    content = render(with_body(p("Words."), glossary=ENTRIES))
    assert by_class(content, "back") == []
    assert LAYOUT.validate(content) == ()


def test_a_word_explained_in_a_heading_is_no_link_in_the_contents() -> None:
    content = render(with_body(Section((TERM,), (p("a"),)), glossary=ENTRIES[:1]))
    assert LAYOUT.validate(content) == ()
    assert b"_use-1" not in files(content)["EPUB/nav.xhtml"]


# typefaces


def faces(content: bytes) -> dict[str, bytes]:
    return {name.rpartition("/")[2]: part for name, part in files(content).items() if name.endswith(".ttf")}


def test_a_book_carries_the_family_of_its_theme() -> None:
    content = render(with_body(p("Words.")), NOTO)
    assert list(faces(content)) == ["NotoSans-Bold.ttf", "NotoSans-Regular.ttf"]
    style = files(content)["EPUB/style.css"].decode()
    assert 'font-family: "Noto Sans", sans-serif' in style
    assert [name for name in re.findall(r'url\("([^"]+)"\)', style) if f"EPUB/{name}" not in files(content)] == []


def test_a_variable_family_is_cut_to_its_weights(tmp_path: Path) -> None:
    for name, content in faces(render(with_body(p("Words.")), NOTO)).items():
        path = tmp_path / name
        path.write_bytes(content)
        with TTFont(path) as font:
            assert "fvar" not in font
            assert font["OS/2"].usWeightClass == (700 if "Bold" in name else 400)
            assert set(map(ord, "aążéΩЖữ−–“€")) <= font.getBestCmap().keys()
        assert len(content) < 120_000


def test_arabic_comes_with_a_face_and_a_lone_sign_without() -> None:
    assert families("Words \u0635\u062d\u0629", Theme()) == ("Atkinson Hyperlegible", "IBM Plex Sans Arabic")
    assert families("Words \u03b1 \u2192 \u8840", Theme()) == ("Atkinson Hyperlegible",)
    assert families("\u0635", replace(Theme(), type=Type(family="Noto Sans", fallbacks=("Noto Sans",)))) == (
        "Noto Sans",
    )


# tables


def table(columns: int) -> Table:
    cells = tuple(t(f"c{number}") for number in range(columns))
    return Table(t("Doses"), (Alignment.START,) * columns, Row(cells), (Row(cells),), span=Span("source/x.md", 12, 15))


def test_a_table_of_more_than_four_columns_is_refused_where_it_stands() -> None:
    render(with_body(table(4)))
    with pytest.raises(LayoutError) as caught:
        render(with_body(table(5), Section(t("More"), (p("a"), bullets("b"), table(6)))))
    assert [(d.code, d.span.line) for d in caught.value.diagnostics] == [("L505", 12)] * 2
    assert all("columns" in d.message and "format=epub" in (d.hint or "") for d in caught.value.diagnostics)
