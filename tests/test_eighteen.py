"""The eighteen things that no other tool keeps in all of its formats: here all of them, in all three."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pikepdf
import pytest
from lxml import etree
from reading import pdf_words
from reading_epub import epub_words

import layouts.docx
import layouts.epub
import layouts.pdf
from leafletpress.edition import resolve
from leafletpress.layout import Context
from leafletpress.model import Edition
from leafletpress.project import open_project
from leafletpress.reading_order import reading_order, words

POLISH = "Zażółć gęślą jaźń"
ARABIC = "اتصل بالطبيب"
SOURCE = f"""---
id: eighteen
title: Eighteen things to keep
lang: en-GB
kind: procedure
summary: A leaflet that has them all.
reference: LP-0018
version: "1.0"
status: approved
authors: [Ada Writer]
issued: 2026-03-01
reviewed: 2026-03-02
---

A first sentence, with a [link to follow](https://example.org/here).

## First heading

::: warning Stop and read
This box is one.

- first bullet in the box
- second bullet in the box
:::

- a bullet
- another bullet

1. the first number
2. the second number

### Second heading

::: table Doses by age
| Age | Dose |
|---|---|
| adult | 60mg |
:::

::: figure Two dots
![A green dot and a red dot](images/dots.svg)
:::

How often
: twice a year

In Polish one says [{POLISH}]{{lang=pl}}, and in Arabic [{ARABIC}]{{lang=ar}}.

::: passage {{lang=ar}}
{ARABIC} إذا كان لديك ألم.
:::
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30"><circle cx="20" cy="15" r="9" fill="#1c6b3c"/></svg>'
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
X = "{http://www.w3.org/1999/xhtml}"
DC = "{http://purl.org/dc/elements/1.1/}"


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    root = tmp_path_factory.mktemp("house")
    home = root / "source" / "leaflets" / "eighteen"
    (home / "images").mkdir(parents=True)
    (root / "source" / "press.yaml").write_text("publisher: A house\n", encoding="utf-8")
    (home / "en-GB.md").write_text(SOURCE, encoding="utf-8")
    (home / "images" / "dots.svg").write_text(SVG, encoding="utf-8")
    project = open_project(Path(root))
    resolution = resolve(project, project.leaflet_files[0])
    assert resolution.diagnostics == ()
    assert resolution.edition
    return resolution.edition


@pytest.fixture(scope="module")
def expected(edition: Edition) -> list[str]:
    return words("\n".join(reading_order(edition)))


@pytest.fixture(scope="module")
def pdf_content(edition: Edition) -> bytes:
    return layouts.pdf.LAYOUT.render(edition, Context())


@pytest.fixture(scope="module")
def pdf(pdf_content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf_content))


@pytest.fixture(scope="module")
def tags(pdf: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    found: list[pikepdf.Dictionary] = []

    def walk(item: pikepdf.Object) -> None:
        for kid in item if isinstance(item, pikepdf.Array) else [item]:
            if isinstance(kid, pikepdf.Dictionary) and "/K" in kid:
                if "/S" in kid:
                    found.append(kid)
                walk(kid.K)

    walk(pdf.Root.StructTreeRoot.K)
    return found


class TestPdf:
    def test_all_text(self, pdf_content: bytes, expected: list[str]) -> None:
        assert pdf_words(pdf_content, expected) == expected

    def test_title_author_language_date_and_description(self, pdf: pikepdf.Pdf) -> None:
        assert str(pdf.Root.Lang) == "en-GB"
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == "Eighteen things to keep"
            assert metadata["dc:creator"] == ["Ada Writer"]
            assert metadata["dc:description"] == "A leaflet that has them all."
            assert metadata["xmp:ModifyDate"].startswith("2026-03-02")

    def test_headings_lists_tables_figures_definitions_and_links(self, tags: list[pikepdf.Dictionary]) -> None:
        kinds = [str(tag.S) for tag in tags]
        assert [kind for kind in kinds if kind in ("/H1", "/H2", "/H3")][:4] == ["/H1", "/H2", "/H3", "/H3"]
        assert [str(tag.A.ListNumbering) for tag in tags if tag.S == "/L"][:4] == [
            "/Disc",
            "/Disc",
            "/Decimal",
            "/None",
        ]
        assert kinds.count("/TH") == 2
        (table,) = (tag for tag in tags if tag.S == "/Table")
        (figure,) = (tag for tag in tags if tag.S == "/Figure")
        assert "/Caption" in {str(kid.S) for kid in table.K}
        assert "/Caption" in {str(kid.S) for kid in figure.K}
        assert str(figure.Alt) == "A green dot and a red dot"
        assert "/Link" in kinds
        facts = next(tag for tag in tags if tag.S == "/L" and tag.A.ListNumbering == "/None")
        assert [str(kid.S) for kid in facts.K[0].K] == ["/Lbl", "/LBody"]

    def test_warning_box_is_one_unit(self, tags: list[pikepdf.Dictionary]) -> None:
        boxes = [tag for tag in tags if tag.S == "/Div" and "/P" in {str(kid.get("/S")) for kid in tag.K}]
        box = boxes[0]
        assert [str(kid.S) for kid in box.K] == ["/P", "/Div"]
        assert [str(kid.S) for kid in box.K[1].K] == ["/H3", "/P", "/L"]

    def test_languages_and_right_to_left_words(self, tags: list[pikepdf.Dictionary]) -> None:
        assert [str(tag.Lang) for tag in tags if "/Lang" in tag] == ["pl", "ar", "ar"]
        assert next(str(tag.ActualText) for tag in tags if "/ActualText" in tag) == ARABIC


@pytest.fixture(scope="module")
def docx_content(edition: Edition) -> bytes:
    return layouts.docx.LAYOUT.render(edition, Context())


@pytest.fixture(scope="module")
def document(docx_content: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(docx_content))


class TestDocx:
    def paragraphs(self, document: docx.document.Document) -> list[docx.text.paragraph.Paragraph]:
        return [docx.text.paragraph.Paragraph(p, document) for p in document.element.body.iter(W + "p")]

    def styled(self, document: docx.document.Document, style: str) -> list[str]:
        return [p.text for p in self.paragraphs(document) if p.style.name == style]

    def test_all_text(self, document: docx.document.Document, expected: list[str]) -> None:
        text = "\n".join(p.text for p in self.paragraphs(document))
        assert words(text) == expected

    def test_title_author_language_date_and_description(self, document: docx.document.Document) -> None:
        properties = document.core_properties
        assert properties.title == "Eighteen things to keep"
        assert properties.author == "Ada Writer"
        assert properties.language == "en-GB"
        assert properties.comments == "A leaflet that has them all."
        assert properties.modified.date().isoformat() == "2026-03-02"
        assert document.styles.element.find(f".//{W}docDefaults//{W}lang").get(W + "val") == "en-GB"

    def test_headings_lists_and_definitions(self, document: docx.document.Document) -> None:
        assert self.styled(document, "Heading 1") == ["First heading"]
        assert self.styled(document, "Heading 2") == ["Second heading"]
        assert self.styled(document, "List Bullet") == ["a bullet", "another bullet"]
        assert self.styled(document, "List Number") == ["the first number", "the second number"]
        assert self.styled(document, "Fact") == ["How often\ttwice a year"]

    def test_table_figure_and_link(self, document: docx.document.Document) -> None:
        body = document.element.body
        assert self.styled(document, "Caption") == ["Doses by age"]
        assert body.find(f".//{W}tbl/{W}tr/{W}trPr/{W}tblHeader") is not None
        (picture,) = body.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr")
        assert picture.get("descr") == "A green dot and a red dot"
        assert self.styled(document, "Figure Caption") == ["Two dots"]
        targets = [relation.target_ref for relation in document.part.rels.values() if relation.is_external]
        assert targets == ["https://example.org/here"]
        assert "link to follow" in {link.text for link in body.iter(W + "hyperlink")}

    def test_warning_box_is_one_unit(self, document: docx.document.Document) -> None:
        names = [p.style.name for p in self.paragraphs(document)]
        first = names.index("Warning Label")
        assert names[first : first + 5] == [
            "Warning Label",
            "Warning Heading",
            "Warning Text",
            "Warning Bullet",
            "Warning Bullet",
        ]

    def test_languages_and_right_to_left_words(self, document: docx.document.Document) -> None:
        runs = list(document.element.body.iter(W + "r"))
        polish = [r for r in runs if (lang := r.find(f"{W}rPr/{W}lang")) is not None and lang.get(W + "val") == "pl"]
        arabic = [r for r in runs if r.find(f"{W}rPr/{W}rtl") is not None]
        assert polish[0].text == POLISH
        assert arabic[0].text == ARABIC
        assert arabic[0].find(f"{W}rPr/{W}lang").get(W + "bidi") == "ar"
        passage = next(p for p in self.paragraphs(document) if p.style.name == "Passage Text")
        assert passage._p.pPr.find(W + "bidi") is not None


@pytest.fixture(scope="module")
def epub_content(edition: Edition) -> bytes:
    return layouts.epub.LAYOUT.render(edition, Context())


@pytest.fixture(scope="module")
def package(epub_content: bytes) -> etree._Element:
    archive = zipfile.ZipFile(io.BytesIO(epub_content))
    return etree.fromstring(archive.read(next(name for name in archive.namelist() if name.endswith(".opf"))))


@pytest.fixture(scope="module")
def body(epub_content: bytes) -> etree._Element:
    archive = zipfile.ZipFile(io.BytesIO(epub_content))
    pages = [etree.fromstring(archive.read(name)) for name in archive.namelist() if name.endswith(".xhtml")]
    return next(page for page in pages if page.find(f".//{X}main") is not None or page.find(f".//{X}table") is not None)


class TestEpub:
    def test_all_text(self, epub_content: bytes, expected: list[str]) -> None:
        assert epub_words(epub_content) == expected

    def test_title_author_language_date_and_description(self, package: etree._Element) -> None:
        said = {name: package.findtext(f".//{DC}{name}") for name in ("title", "creator", "language", "description")}
        assert said == {
            "title": "Eighteen things to keep",
            "creator": "Ada Writer",
            "language": "en-GB",
            "description": "A leaflet that has them all.",
        }
        assert package.findtext(f".//{DC}date", "").startswith("2026-03-01")

    def test_headings_lists_tables_figures_definitions_and_links(self, body: etree._Element) -> None:
        assert [h.text for h in body.iter(X + "h1", X + "h2")][:2] == ["Eighteen things to keep", "First heading"]
        assert "Second heading" in [h.text for h in body.iter(X + "h3")]
        assert ["a bullet", "another bullet"] in [[li.text for li in ul] for ul in body.iter(X + "ul")]
        assert ["the first number", "the second number"] in [[li.text for li in ol] for ol in body.iter(X + "ol")]
        assert body.findtext(f".//{X}table/{X}caption") == "Doses by age"
        assert [(th.text, th.get("scope")) for th in body.iter(X + "th")] == [("Age", "col"), ("Dose", "col")]
        (picture,) = body.iter(X + "img")
        assert picture.get("alt") == "A green dot and a red dot"
        assert body.findtext(f".//{X}figure/{X}figcaption") == "Two dots"
        assert body.findtext(f".//{X}dl//{X}dt") == "How often"
        assert body.findtext(f".//{X}dl//{X}dd") == "twice a year"
        assert "https://example.org/here" in {a.get("href") for a in body.iter(X + "a")}

    def test_warning_box_is_one_unit(self, body: etree._Element) -> None:
        (box,) = (e for e in body.iter() if "warning" in str(e.get("class", "")).split())
        assert words(" ".join(box.itertext())) == words(
            "Warning Stop and read This box is one. first bullet in the box second bullet in the box"
        )

    def test_languages_and_right_to_left_words(self, body: etree._Element) -> None:
        marked = {e.get("lang"): e for e in body.iter(X + "span") if e.get("lang")}
        assert marked["pl"].text == POLISH
        assert marked["ar"].text == ARABIC
        assert marked["ar"].get("dir") == "rtl"
        assert marked["ar"].get("{http://www.w3.org/XML/1998/namespace}lang") == "ar"
