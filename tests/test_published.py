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
from leafletpress.project import LeafletFile, open_project
from leafletpress.reading_order import reading_order, words

pytestmark = pytest.mark.xdist_group("published")  # one build for all of them
ROOT = Path(__file__).resolve().parent.parent
CLINICS = (None, "riverside", "hillside", "lakeside")
EDITIONS = (*((clinic, None) for clinic in CLINICS), ("riverside", "men"))
LEAFLETS = ("colonoscopy", "denosumab")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    house = tmp_path_factory.mktemp("house")
    shutil.copytree(ROOT / "source", house / "source")
    for asked in ([], ["--all-clinics"], ["--clinic", "riverside", "--readers", "men"]):
        words_ = [sys.executable, str(ROOT / "publish.py"), "build", *asked]
        done = subprocess.run(words_, cwd=house, capture_output=True, text=True, timeout=300)
        assert (done.returncode, done.stderr) == (0, "")
    return house / "output"


def files(output: Path, suffix: str) -> list[Path]:
    found = sorted(output.rglob(f"*.{suffix}"))
    assert len(found) == len(EDITIONS) * len(LEAFLETS)
    return found


@pytest.mark.parametrize(("clinic", "readers"), EDITIONS)
@pytest.mark.parametrize("leaflet", LEAFLETS)
def test_each_format_says_the_words_of_its_edition(
    output: Path, leaflet: str, clinic: str | None, readers: str | None
) -> None:
    project = open_project(ROOT)
    (file,) = (file for file in project.leaflet_files if file.id == leaflet)
    editions = resolve(project, file, clinic, readers=readers, formats=("pdf", "docx", "epub")).editions
    expected = {name: words("\n".join(reading_order(edition))) for name, edition in editions.items()}
    for_readers = f"for-{readers}" if readers else ""
    stem = output / leaflet / ".".join(filter(None, (leaflet, "en-GB", clinic, for_readers)))
    assert pdf_words(stem.with_name(stem.name + ".pdf").read_bytes(), expected["pdf"]) == expected["pdf"]
    assert epub_words(stem.with_name(stem.name + ".epub").read_bytes()) == expected["epub"]
    document = docx.Document(io.BytesIO(stem.with_name(stem.name + ".docx").read_bytes()))
    paragraphs = (docx.text.paragraph.Paragraph(p, document) for p in document.element.body.iter(W + "p"))
    assert words("\n".join(_docx_text(p) for p in paragraphs)) == expected["docx"]


def test_editions_differ_where_the_sources_say_so() -> None:
    project = open_project(ROOT)
    denosumab, colonoscopy = (
        next(file for file in project.leaflet_files if file.id == name) for name in ("denosumab", "colonoscopy")
    )

    def said(file: LeafletFile, clinic: str | None, readers: str | None = None, name: str = "pdf") -> str:
        return "\n".join(reading_order(resolve(project, file, clinic, readers=readers, formats=(name,)).editions[name]))

    assert "Call 999 or go to A&E" in said(colonoscopy, "riverside")
    assert "Call 911 or go to the emergency room" in said(colonoscopy, "lakeside")
    assert "01632 960 003" in said(colonoscopy, "riverside")
    assert "if you are pregnant" in said(denosumab, "riverside")
    assert "pregnan" not in said(denosumab, "riverside", "men")
    assert "My next injection" in said(denosumab, None)
    assert "My next injection" not in said(denosumab, None, name="epub")


def test_the_sample_orders_are_built_and_picked(output: Path) -> None:
    asked = [sys.executable, str(ROOT / "publish.py"), "build", "--orders", "source/orders/example.csv"]
    done = subprocess.run(asked, cwd=output.parent, capture_output=True, text=True, timeout=300)
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(path.name for path in (output / "orders" / "example").iterdir()) == [
        f"{clinic}.{suffix}" for clinic in ("hillside", "lakeside", "riverside") for suffix in ("csv", "html")
    ]


def test_the_sample_house_has_nothing_to_mend() -> None:
    for asked in (["check"], ["check", "--all-clinics"], ["fmt", "--check"]):
        done = subprocess.run(
            [sys.executable, str(ROOT / "publish.py"), *asked], cwd=ROOT, capture_output=True, text=True, timeout=120
        )
        assert (done.returncode, done.stderr) == (0, "")


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
    assert ace.findings(files(output, "epub")[::4]) == []


def test_the_judges_of_docx_find_nothing(output: Path) -> None:
    assert openxml.findings(files(output, "docx")) == []


def test_libreoffice_opens_the_docx_with_every_word(output: Path) -> None:
    require(libreoffice)
    for file in files(output, "docx")[::4]:
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
