"""Each validator passes a sound file and refuses one that is broken: an engine that stops judging does not pass.

The files are made here, so that what is wrong with each is in sight.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from validators import NotJudgedError, ace, epubcheck, libreoffice, openxml, page_validation, qpdf, require, verapdf

PAGE = """<html lang="en"><head><title>Sound</title><meta name="author" content="A"></head>
<body><h1>Sound</h1><p>Words.</p></body></html>"""

CONTAINER = """<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""

PACKAGE = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="en">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">urn:x:1</dc:identifier>
<dc:title>Sound</dc:title><dc:language>en</dc:language><dc:publisher>P</dc:publisher>
<meta property="dcterms:modified">2026-03-01T00:00:00Z</meta><meta property="schema:accessMode">textual</meta>
<meta property="schema:accessModeSufficient">textual</meta>
<meta property="schema:accessibilityFeature">tableOfContents</meta>
<meta property="schema:accessibilityHazard">none</meta><meta property="schema:accessibilitySummary">Text.</meta>
</metadata><manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="text" href="text.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="text"/></spine></package>"""

XHTML = """<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="en" xml:lang="en">
<head><title>Sound</title></head><body>{}</body></html>"""

NAV = XHTML.format(
    '<nav epub:type="toc" role="doc-toc" aria-label="Contents"><ol><li><a href="text.xhtml">Sound</a></li></ol></nav>'
)
TEXT = XHTML.format("<main><h1>Sound</h1><p>Words.</p></main>")


def epub(path: Path, *, package: str = PACKAGE, text: str = TEXT) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("book.opf", package)
        archive.writestr("nav.xhtml", NAV)
        archive.writestr("text.xhtml", text)
    return path


def pdf(path: Path, variant: str) -> Path:
    from weasyprint import HTML

    HTML(string=PAGE).write_pdf(path, pdf_variant=variant)
    return path


def untagged(path: Path) -> Path:
    import pikepdf

    document = pikepdf.new()
    document.add_blank_page()
    document.save(path)
    return path


def document(path: Path, old: str = "", new: str = "") -> Path:
    """A DOCX with `old` replaced by `new` in its body."""
    import docx

    built = docx.Document()
    built.add_paragraph("Words.")
    source = path.with_suffix(".source")
    built.save(str(source))
    with zipfile.ZipFile(source) as archive, zipfile.ZipFile(path, "w") as copy:
        for name in archive.namelist():
            part = archive.read(name)
            if name == "word/document.xml" and old:
                assert old.encode() in part
                part = part.replace(old.encode(), new.encode())
            copy.writestr(name, part)
    return path


def test_verapdf_judges_several_files_and_flavours_in_one_run(tmp_path: Path) -> None:
    require(verapdf)
    good, bad = pdf(tmp_path / "good.pdf", "pdf/ua-1"), untagged(tmp_path / "bad.pdf")
    assert verapdf.findings([good], ["ua1"]) == []
    found = verapdf.findings([good, bad])
    assert any(line.startswith("bad.pdf: ua1 7.1-") for line in found)
    assert any(line.startswith("bad.pdf: 2a 6.") for line in found)
    assert any(line.startswith("good.pdf: 2a 6.") for line in found)
    assert not any(line.startswith("good.pdf: ua1") for line in found)


def test_verapdf_says_so_of_a_file_it_cannot_read(tmp_path: Path) -> None:
    require(verapdf)
    path = tmp_path / "no.pdf"
    path.write_bytes(b"no PDF")
    assert "cannot be read" in verapdf.findings([path], ["ua1"])[0]


def test_page_validation_judges(tmp_path: Path) -> None:
    require(page_validation)
    bad = untagged(tmp_path / "bad.pdf")
    found = page_validation.findings([bad])
    assert any(line.startswith("bad.pdf: ua1") for line in found)
    assert any(line.startswith("bad.pdf: 2a") for line in found)
    bad.write_bytes(b"no PDF")
    assert "cannot be read" in page_validation.findings([bad])[0]


def test_qpdf_judges(tmp_path: Path) -> None:
    require(qpdf)
    good = untagged(tmp_path / "good.pdf")
    assert qpdf.findings([good]) == []
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(good.read_bytes()[:-60])
    assert qpdf.findings([good, bad])


def test_epubcheck_judges(tmp_path: Path) -> None:
    require(epubcheck)
    good = epub(tmp_path / "good.epub")
    assert epubcheck.findings([good]) == []
    bad = epub(tmp_path / "bad.epub", text=TEXT.replace("<p>", '<p><img src="none.png" alt="x"/><font>f</font>'))
    found = epubcheck.findings([good, bad])
    assert any("RSC-005" in line and "font" in line for line in found)
    assert any("RSC-007" in line for line in found)
    assert all(line.startswith("bad.epub: ERROR") for line in found)


def test_epubcheck_refuses_what_is_no_epub(tmp_path: Path) -> None:
    require(epubcheck)
    path = tmp_path / "no.epub"
    path.write_bytes(b"no EPUB")
    assert epubcheck.findings([path])


def test_ace_judges(tmp_path: Path) -> None:
    require(ace)
    assert ace.findings([epub(tmp_path / "good.epub")]) == []
    text = TEXT.replace("<p>", '<p style="color:#eee;background:#fff">')
    bad = epub(tmp_path / "bad.epub", package=PACKAGE.replace("schema:accessMode<", "schema:other<"), text=text)
    bad = epub(tmp_path / "bad.epub", package=PACKAGE.replace("accessibilityHazard", "abridged"), text=text)
    found = ace.findings([bad])
    assert any("color-contrast" in line for line in found)
    assert any("accessibilityHazard" in line for line in found)


@pytest.mark.parametrize(
    ("old", "new", "judge"),
    [
        ("<w:p>", "<w:p><w:nonsense/>", "openxml-audit"),
        ("<w:p>", '<w:p><w:hyperlink r:id="rId999"><w:r><w:t>x</w:t></w:r></w:hyperlink>', "ooxml-integrity"),
        (
            "<w:r>",
            "<w:r>" + '<w:drawing><wp:inline><wp:docPr id="7" name="a"/></wp:inline></w:drawing>' * 2,
            "drawing ids",
        ),
    ],
)
def test_the_docx_judges_judge(tmp_path: Path, old: str, new: str, judge: str) -> None:
    require(openxml)
    found = openxml.findings([document(tmp_path / "bad.docx", old, new)])
    assert any(line.startswith(f"bad.docx: {judge}: ") for line in found), found


def test_the_docx_judges_refuse_what_is_no_docx(tmp_path: Path) -> None:
    require(openxml)
    path = tmp_path / "no.docx"
    path.write_bytes(b"no DOCX")
    found = openxml.findings([path])
    assert any("openxml-audit" in line for line in found)
    assert any("ooxml-integrity" in line for line in found)


def test_libreoffice_opens_a_sound_document_and_not_a_broken_one(tmp_path: Path) -> None:
    require(libreoffice)
    good = document(tmp_path / "good.docx")
    bad = document(tmp_path / "bad.docx", "</w:document>", "<unclosed>")
    assert libreoffice.findings([good, bad]) == ["bad.docx: does not open in LibreOffice"]
    assert libreoffice.text(good).strip() == "Words."
    with pytest.raises(NotJudgedError):
        libreoffice.text(bad)


class _Missing:
    __name__ = "validators.absent"

    def available(self) -> str:
        return "nowhere to be found"

    def findings(self, paths: object) -> list[str]:
        raise AssertionError


def test_a_missing_tool_skips_on_a_laptop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="absent is missing: nowhere"):
        require(_Missing())


def test_a_missing_tool_fails_the_whole_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="absent is missing: nowhere"):
        require(_Missing())
