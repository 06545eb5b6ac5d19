"""The EPUB layout: valid, accessible, whole, the same twice, and legible on a dark page."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image
from reading_epub import OPF, XHTML, epub_words, files, package, spine
from specimen import META, SPECIMEN, bullets, p, t
from validators import ace, epubcheck, require

from layouts.epub import LAYOUT
from leafletpress.diagnostics import LayoutError
from leafletpress.layout import Context
from leafletpress.model import Clinic, Edition, Figure, Picture, Section
from leafletpress.reading_order import reading_order, words
from leafletpress.theme import Colours, Theme

CHECKOUT = Path(__file__).resolve().parents[1]
DC = "{http://purl.org/dc/elements/1.1/}"
TYPE = "{http://www.idpf.org/2007/ops}type"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

ARABIC = replace(
    SPECIMEN,
    kind_label="فحص أو تصوير",
    leaflet=replace(
        SPECIMEN.leaflet,
        meta=replace(META, title="ما تحتاج معرفته عن فحص الدم", lang="ar", summary="كيف تستعد، وماذا يحدث بعد ذلك."),
    ),
)
DEEP = Section(t("Two"), (p("a"), Section(t("Three"), (p("b"), Section(t("Four"), (p("c"),))))))


def render(edition: Edition = SPECIMEN, context: Context | None = None) -> bytes:
    return LAYOUT.render(edition, context or Context())


def with_body(*blocks: object) -> Edition:
    return replace(SPECIMEN, leaflet=replace(SPECIMEN.leaflet, body=blocks))


def with_meta(**changes: object) -> Edition:
    return replace(SPECIMEN, leaflet=replace(SPECIMEN.leaflet, meta=replace(META, **changes)))


def bare() -> Edition:
    """Words alone: no picture, no glossary, no references, no dates."""
    plain = with_body(p("Only words."))
    meta = replace(META, issued=None, reviewed=None, review_by=None, authors=(), sources=(), licence="CC BY 4.0")
    leaflet = replace(plain.leaflet, meta=meta)
    return replace(
        plain, leaflet=leaflet, glossary=(), references=(), reference_lines=(), pictures=(), notice="", logo=None
    )


EDITIONS = {
    "specimen": SPECIMEN,
    "arabic": ARABIC,
    "bare": bare(),
    "deep": with_body(DEEP, replace(DEEP, title=t("Another"))),
    "long": with_meta(title="Everything you may want to know " * 6 + "about <this> & that"),
}


@pytest.fixture(scope="module")
def specimen() -> bytes:
    return render()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("books")
    for name, edition in EDITIONS.items():
        (folder / f"{name}.epub").write_bytes(render(edition))
    return sorted(folder.iterdir())


def properties(content: bytes, name: str) -> list[str]:
    return [meta.text or "" for meta in package(content).iter(f"{OPF}meta") if meta.get("property") == name]


def dublin_core(content: bytes, name: str) -> list[str]:
    return [element.text or "" for element in package(content).iter(f"{DC}{name}")]


# what others say of it


def test_epubcheck_finds_no_error_and_no_warning(written: list[Path]) -> None:
    require(epubcheck)
    assert epubcheck.findings(written) == []


def test_ace_finds_no_violation(written: list[Path]) -> None:
    require(ace)
    assert ace.findings([path for path in written if path.stem in {"specimen", "arabic", "bare"}]) == []


def test_our_own_judgement_agrees(written: list[Path]) -> None:
    assert [LAYOUT.validate(path.read_bytes()) for path in written] == [()] * len(EDITIONS)


# what it says


@pytest.mark.parametrize("name", EDITIONS)
def test_the_spine_says_the_words_of_the_edition_in_order_and_nothing_else(name: str) -> None:
    edition = EDITIONS[name]
    assert epub_words(render(edition)) == words("\n".join(reading_order(edition)))


def test_words_in_other_languages_are_marked(specimen: bytes) -> None:
    (document,) = spine(specimen)
    foreign = [element for element in document.iter() if element.get("lang") not in {None, "en-GB"}]
    assert {(element.get("lang"), element.get("dir")) for element in foreign} >= {("ar", "rtl"), ("pl", "ltr")}
    assert all(element.get("lang") == element.get(XML_LANG) for element in foreign)
    assert any("زيف" in "".join(element.itertext()) for element in foreign if element.get("lang") == "ar")


def test_pictures_keep_their_description(specimen: bytes) -> None:
    (document,) = spine(specimen)
    described = {image.get("class"): image.get("alt") for image in document.iter(f"{XHTML}img")}
    assert described == {"logo": "", None: "A green dot and a red dot in a frame"}


def test_nothing_is_a_form(specimen: bytes) -> None:
    (document,) = spine(specimen)
    assert not [e for e in document.iter() if etree.QName(e).localname in {"form", "input", "textarea", "button"}]


def test_semantics_come_in_both_vocabularies(specimen: bytes) -> None:
    (document,) = spine(specimen)
    pairs = {(e.get(TYPE), e.get("role")) for e in document.iter() if e.get(TYPE) and e.get("role")}
    assert pairs == {
        ("glossary", "doc-glossary"),
        ("bibliography", "doc-bibliography"),
        ("biblioref", "doc-biblioref"),
        ("noteref", "doc-noteref"),
        ("footnote", "doc-footnote"),
        ("backlink", "doc-backlink"),
        ("notice", "doc-notice"),
    }


# nav


def nav(content: bytes, kind: str) -> etree._Element:
    tree = etree.fromstring(files(content)["EPUB/nav.xhtml"])
    (found,) = [element for element in tree.iter(f"{XHTML}nav") if element.get(TYPE) == kind]
    return found


def outline(element: etree._Element, depth: int = 0) -> Iterator[tuple[int, str]]:
    for item in element.findall(f"{XHTML}ol/{XHTML}li"):
        yield depth, item.findtext(f"{XHTML}a") or ""
        yield from outline(item, depth + 1)


def test_the_table_of_contents_is_the_sections_three_deep() -> None:
    assert list(outline(nav(render(EDITIONS["deep"]), "toc"))) == [
        (0, "Draft, not for patients: A specimen & its parts"),
        (0, "Two"),
        (1, "Three"),
        (2, "Four"),
        (0, "Another"),
        (1, "Three"),
        (2, "Four"),
        (0, "Words explained"),
        (0, "Our sources"),
        (0, "How to reach us"),
        (0, "About this leaflet"),
    ]


def test_landmarks_name_what_is_there_and_no_more(specimen: bytes) -> None:
    kinds = [link.get(TYPE) for link in nav(specimen, "landmarks").iter(f"{XHTML}a")]
    assert kinds == ["bodymatter", "glossary", "bibliography"]
    assert [link.get(TYPE) for link in nav(render(bare()), "landmarks").iter(f"{XHTML}a")] == ["bodymatter"]


# metadata


def test_the_metadata_says_what_the_leaflet_says(specimen: bytes) -> None:
    said = {name: dublin_core(specimen, name) for name in ("title", "creator", "publisher", "language", "description")}
    assert said == {
        "title": ["Draft, not for patients: A specimen & its parts"],
        "creator": ["A. Writer"],
        "publisher": ["Leaflet Press"],
        "language": ["en-GB"],
        "description": ["One of everything, to see that nothing is lost."],
    }
    assert dublin_core(specimen, "date") == ["2026-03-01"]
    assert dublin_core(specimen, "source") == ["https://example.org/guide"]


def test_without_authors_the_publisher_is_the_creator_and_the_licence_is_named() -> None:
    content = render(bare())
    assert dublin_core(content, "creator") == ["Leaflet Press"]
    assert dublin_core(content, "rights") == ["CC BY 4.0"]
    assert dublin_core(content, "date") == []


def test_the_identifier_stays_while_the_leaflet_changes() -> None:
    (first,) = dublin_core(render(), "identifier")
    assert first.startswith("urn:uuid:")
    assert dublin_core(render(with_meta(version="9.9", title="Another title")), "identifier") == [first]


def test_another_language_or_clinic_is_another_book() -> None:
    clinic = replace(SPECIMEN, clinic=Clinic("north", ()))
    found = {dublin_core(render(edition), "identifier")[0] for edition in (SPECIMEN, ARABIC, clinic)}
    assert len(found) == 3


@pytest.mark.parametrize(
    ("reviewed", "issued", "expected"),
    [
        (date(2026, 5, 4), date(2026, 3, 1), "2026-05-04T00:00:00Z"),
        (None, date(2026, 3, 1), "2026-03-01T00:00:00Z"),
        (None, None, "2000-01-01T00:00:00Z"),
    ],
)
def test_the_date_of_change_is_the_leaflets_own(reviewed: date | None, issued: date | None, expected: str) -> None:
    assert properties(render(with_meta(reviewed=reviewed, issued=issued)), "dcterms:modified") == [expected]


def test_the_accessibility_metadata_claims_what_is_there(specimen: bytes) -> None:
    assert properties(specimen, "schema:accessMode") == ["textual", "visual"]
    assert properties(specimen, "schema:accessModeSufficient") == ["textual,visual", "textual"]
    assert "alternativeText" in properties(specimen, "schema:accessibilityFeature")
    assert properties(specimen, "dcterms:conformsTo") == ["EPUB Accessibility 1.1 - WCAG 2.2 Level AA"]
    assert properties(specimen, "a11y:certifiedBy") == ["Leaflet Press"]


def test_words_alone_claim_no_picture() -> None:
    content = render(bare())
    assert properties(content, "schema:accessMode") == ["textual"]
    assert properties(content, "schema:accessModeSufficient") == ["textual"]
    assert "alternativeText" not in properties(content, "schema:accessibilityFeature")
    assert not any("ictures" in summary for summary in properties(content, "schema:accessibilitySummary"))


def test_a_right_to_left_leaflet_turns_its_pages_the_other_way(specimen: bytes) -> None:
    content = render(ARABIC)
    (document,) = spine(content)
    assert (package(content).get("dir"), package(content).get(XML_LANG)) == ("rtl", "ar")
    assert package(content).find(f"{OPF}spine").get("page-progression-direction") == "rtl"
    assert (document.get("dir"), document.get("lang")) == ("rtl", "ar")
    assert package(specimen).find(f"{OPF}spine").get("page-progression-direction") is None


def test_numbers_to_ring_keep_their_order_in_a_right_to_left_line() -> None:
    (document,) = spine(render(ARABIC))
    numbers = [link for link in document.iter(f"{XHTML}a") if link.get("href", "").startswith("tel:")]
    assert [link.get("dir") for link in numbers] == ["ltr"]
    value = next(e for e in document.iter(f"{XHTML}span") if e.get("class") == "value")
    assert value.get("dir") == "auto"


# container


def test_the_container_is_plain_and_in_order(specimen: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(specimen)) as archive:
        infos = archive.infolist()
    assert (infos[0].filename, infos[0].compress_type, infos[0].extra) == ("mimetype", zipfile.ZIP_STORED, b"")
    assert [info.filename for info in infos[1:]] == sorted(info.filename for info in infos[1:])
    assert {info.date_time for info in infos} == {(1980, 1, 1, 0, 0, 0)}
    assert all(info.filename.isascii() for info in infos)


def test_one_document_and_no_cover_page(specimen: bytes) -> None:
    assert [item.get("href") for item in package(specimen).iter(f"{OPF}item")] == [
        "nav.xhtml",
        "leaflet.xhtml",
        "style.css",
        "cover.png",
        "pictures/logo.svg",
        "pictures/dots.svg",
        "fonts/AtkinsonHyperlegible-Regular.ttf",
        "fonts/AtkinsonHyperlegible-Bold.ttf",
        "fonts/IBMPlexSansArabic-Regular.ttf",
        "fonts/IBMPlexSansArabic-Bold.ttf",
    ]
    assert [reference.get("idref") for reference in package(specimen).iter(f"{OPF}itemref")] == ["leaflet"]


def test_the_same_edition_gives_the_same_bytes_another_day_in_another_folder(specimen: bytes, tmp_path: Path) -> None:
    script = (
        "import sys, time, datetime; sys.path[:0] = sys.argv[1:3]\n"
        "time.time = lambda: 2e9; time.localtime = lambda *a: time.gmtime(2e9)\n"
        "from specimen import SPECIMEN\n"
        "from layouts.epub import LAYOUT\n"
        "from leafletpress.layout import Context\n"
        "LAYOUT.warm(Context()); LAYOUT.render(SPECIMEN, Context())\n"
        "sys.stdout.buffer.write(LAYOUT.render(SPECIMEN, Context()))\n"
    )
    command = [sys.executable, "-c", script, str(CHECKOUT), str(CHECKOUT / "tests")]
    environment = {**os.environ, "TZ": "Pacific/Auckland", "PYTHONHASHSEED": "7", "LC_ALL": "C"}
    again = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=True)
    assert again.stdout == specimen


# pictures


def pictured(*pictures: Picture) -> Edition:
    figures = [Figure(picture.path, "What it shows", ()) for picture in pictures]
    return replace(with_body(*figures, p("Words.")), pictures=pictures, logo=None)


def png(mode: str, colour: object) -> bytes:
    stream = io.BytesIO()
    Image.new(mode, (4, 4), colour).save(stream, "PNG")
    return stream.getvalue()


def test_drawings_stand_on_white_paper(specimen: bytes) -> None:
    root = etree.fromstring(files(specimen)["EPUB/pictures/dots.svg"])
    paper = root[0]
    assert etree.QName(paper).localname == "rect"
    assert [paper.get(name) for name in ("x", "y", "width", "height")] == ["0", "0", "240", "80"]
    assert "#ffffff" in paper.get("style")


def test_transparent_pictures_are_put_on_white_and_others_left_alone() -> None:
    clear, opaque = png("RGBA", (0, 0, 0, 0)), png("RGB", "#123456")
    book = files(
        render(pictured(Picture("a/x.png", "image/png", clear, 4, 4), Picture("a/y.png", "image/png", opaque, 4, 4)))
    )
    assert Image.open(io.BytesIO(book["EPUB/pictures/x.png"])).convert("RGBA").getpixel((1, 1)) == (255, 255, 255, 255)
    assert book["EPUB/pictures/y.png"] == opaque


def test_pictures_have_plain_names_that_do_not_meet() -> None:
    same = png("RGB", "#123456")
    paths = ("images/Być 1.png", "other/byc-1.png", "images/图.png")
    book = files(render(pictured(*(Picture(path, "image/png", same, 4, 4) for path in paths))))
    assert [name for name in book if "pictures" in name] == [
        "EPUB/pictures/byc-1-2.png",
        "EPUB/pictures/byc-1.png",
        "EPUB/pictures/picture.png",
    ]


def test_a_picture_that_is_not_shown_is_not_packed() -> None:
    edition = replace(with_body(p("Words.")), pictures=SPECIMEN.pictures, logo=None)
    assert not [name for name in files(render(edition)) if "pictures" in name]


@pytest.mark.parametrize(
    ("media_type", "content", "why"),
    [
        ("image/webp", b"RIFF", "SVG, PNG and JPEG"),
        ("image/svg+xml", b"<svg", "not well-formed"),
        ("image/png", b"no PNG", "cannot be read"),
    ],
)
def test_a_picture_that_readers_cannot_show_is_an_error(media_type: str, content: bytes, why: str) -> None:
    with pytest.raises(LayoutError, match=why) as caught:
        render(pictured(Picture("images/x.img", media_type, content, 4, 4)))
    assert [diagnostic.code for diagnostic in caught.value.diagnostics] == ["L505"]


def test_a_picture_that_is_not_there_is_an_error() -> None:
    with pytest.raises(LayoutError, match=r"images/none.svg.*does not hold it"):
        render(with_body(Figure("images/none.svg", "x", ())))


def test_a_drawing_cannot_reach_outside() -> None:
    svg = b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/hostname">]><svg xmlns="http://www.w3.org/2000/svg">&x;</svg>'
    try:
        book = files(render(pictured(Picture("images/x.svg", "image/svg+xml", svg, 4, 4))))
    except LayoutError:
        return
    assert Path("/etc/hostname").read_bytes().strip() not in book["EPUB/pictures/x.svg"]


# characters


@pytest.mark.parametrize("edition", [with_body(p("a\x0bb")), with_meta(authors=("a\x00b",))], ids=["text", "metadata"])
def test_a_character_that_xml_cannot_hold_is_an_error(edition: Edition) -> None:
    with pytest.raises(LayoutError, match="no place for") as caught:
        render(edition)
    assert [diagnostic.code for diagnostic in caught.value.diagnostics] == ["L505"]


def test_markup_in_words_stays_words() -> None:
    edition = with_body(p("<script>alert(1)</script> & <b>bold</b>"), bullets('"quoted" <i>'))
    content = render(edition)
    assert epub_words(content) == words("\n".join(reading_order(edition)))
    assert not [e for e in spine(content)[0].iter() if etree.QName(e).localname in {"script", "b", "i"}]


# style


def style(theme: Theme | None = None) -> str:
    context = Context(theme=theme) if theme else Context()
    return files(render(SPECIMEN, context))["EPUB/style.css"].decode()


def test_the_style_sheet_leaves_ink_and_paper_to_the_reader() -> None:
    rules = re.sub(r"/\*.*?\*/", "", style(), flags=re.DOTALL)
    assert not re.findall(r"(?<![-\w])(?:color|background(?:-color)?)\s*:", rules)
    assert "var(" not in rules
    assert "--" not in style()
    assert "${" not in style()


def test_sizes_are_relative() -> None:
    assert not re.findall(r"\d(?:px|pt|mm|cm|in)\b", style())


def test_every_callout_has_a_frame_and_a_heavy_edge() -> None:
    rule = re.search(r"^\.callout \{([^}]*)\}", style(), re.MULTILINE)
    assert rule
    assert "border: 0.12em solid;" in rule[1]
    assert "border-inline-start-width: 0.55em" in rule[1]


def test_the_style_sheet_follows_the_theme() -> None:
    assert "#123456" in style(Theme(colours=Colours(accent="#123456")))


def test_the_layout_is_what_the_registry_says() -> None:
    assert (LAYOUT.name, LAYOUT.suffix, LAYOUT.media_type, LAYOUT.variants) == (
        "epub",
        "epub",
        "application/epub+zip",
        (),
    )
