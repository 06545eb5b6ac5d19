"""The sample leaflets as a newcomer gets them: built by the command, judged by all, the same words in each format."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
from pathlib import Path

import docx
import pytest
from reading import pdf_words
from reading_epub import epub_words
from validators import ace, epubcheck, libreoffice, openxml, page_validation, qpdf, require, verapdf

from leafletpress.edition import resolve
from leafletpress.model import Paragraph, plain_text
from leafletpress.model.walk import each_block
from leafletpress.project import open_project
from leafletpress.reading_order import reading_order, words

ROOT = Path(__file__).resolve().parent.parent
CLINICS = (None, "riverside")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    house = tmp_path_factory.mktemp("house")
    shutil.copytree(ROOT / "source", house / "source")
    for clinic in CLINICS:
        words_ = [sys.executable, str(ROOT / "publish.py"), "build", *(["--clinic", clinic] if clinic else [])]
        done = subprocess.run(words_, cwd=house, capture_output=True, text=True, timeout=120)
        assert (done.returncode, done.stderr) == (0, "")
    return house / "output"


def files(output: Path, suffix: str) -> list[Path]:
    found = sorted(output.rglob(f"*.{suffix}"))
    assert len(found) == 4
    return found


@pytest.mark.parametrize("clinic", CLINICS)
@pytest.mark.parametrize("leaflet", ["denosumab", "colonoscopy"])
def test_all_three_formats_say_the_words_of_the_edition(output: Path, leaflet: str, clinic: str | None) -> None:
    project = open_project(ROOT)
    (file,) = (file for file in project.leaflet_files if file.id == leaflet)
    edition = resolve(project, file, clinic).edition
    assert edition
    expected = words("\n".join(reading_order(edition)))
    stem = output / leaflet / f"{leaflet}.en-GB{'.' + clinic if clinic else ''}"
    assert pdf_words(stem.with_name(stem.name + ".pdf").read_bytes(), expected) == expected
    assert epub_words(stem.with_name(stem.name + ".epub").read_bytes()) == expected
    document = docx.Document(io.BytesIO(stem.with_name(stem.name + ".docx").read_bytes()))
    paragraphs = (docx.text.paragraph.Paragraph(p, document) for p in document.element.body.iter(W + "p"))
    assert words("\n".join(_docx_text(p) for p in paragraphs)) == expected


def _docx_text(paragraph: docx.text.paragraph.Paragraph) -> str:
    """A paragraph's text, that of content controls in it too, which python-docx passes over."""
    nodes = paragraph._p.iter(W + "t", W + "tab", W + "br")
    return "".join(node.text if node.tag == W + "t" else "\n" for node in nodes)


def test_verapdf_and_page_validation_find_nothing(output: Path) -> None:
    require(verapdf)
    assert verapdf.findings(files(output, "pdf")) == []
    assert page_validation.findings(files(output, "pdf")) == []


def test_qpdf_finds_nothing(output: Path) -> None:
    require(qpdf)
    assert qpdf.findings(files(output, "pdf")) == []


def test_epubcheck_finds_nothing(output: Path) -> None:
    require(epubcheck)
    assert epubcheck.findings(files(output, "epub")) == []


def test_ace_finds_nothing(output: Path) -> None:
    require(ace)
    assert ace.findings(files(output, "epub")[::2]) == []


def test_the_judges_of_docx_find_nothing(output: Path) -> None:
    assert openxml.findings(files(output, "docx")) == []


def test_libreoffice_opens_the_docx_with_every_word(output: Path) -> None:
    require(libreoffice)
    for file in files(output, "docx")[::2]:
        assert libreoffice.findings([file]) == []


def test_the_denosumab_leaflet_keeps_its_six_topics_in_order_and_its_sentences_short() -> None:
    project = open_project(ROOT)
    (file,) = (file for file in project.leaflet_files if file.id == "denosumab")
    edition = resolve(project, file).edition
    assert edition
    topics = [str(block.role) for block in edition.leaflet.body if getattr(block, "role", None)]
    assert topics == ["about", "effects", "interactions", "alcohol", "pregnancy", "more", "contact"]
    paragraphs = [block for block in each_block(edition.leaflet.body) if isinstance(block, Paragraph)]
    sentences = [s for p in paragraphs for s in re.split(r"(?<=[.:?])\s", plain_text(p.content))]
    assert max(len(words(sentence)) for sentence in sentences) <= 20
    assert edition.leaflet.meta.status == "draft"
