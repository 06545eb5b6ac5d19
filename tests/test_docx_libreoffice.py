"""LibreOffice opens a DOCX of ours and loses nothing: words, links, pictures' words, bookmarks, styles, boxes."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from house_template import FEET, HEADS, house_template, remade
from lxml import etree
from specimen import SPECIMEN, bullets, p, t

from layouts.docx import LAYOUT
from layouts.docx.markup import NAMESPACES
from leafletpress.layout import Context
from leafletpress.model import Callout, CalloutKind, Edition, Leaflet, ListItem
from leafletpress.reading_order import reading_order, words

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
if SOFFICE is None and os.environ.get("CI") != "true":
    pytest.skip("LibreOffice is not installed", allow_module_level=True)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    assert SOFFICE, "CI needs LibreOffice"
    return Office(tmp_path_factory.mktemp("office"))


class Office:
    """LibreOffice with a profile of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def convert(self, content: bytes, form: str, written_as: str = "docx") -> bytes:
        suffix = form.partition(":")[0]
        source = self.folder / f"leaflet.{written_as}"
        source.write_bytes(content)
        out = self.folder / "out"
        done = subprocess.run(
            [
                *(str(SOFFICE), f"-env:UserInstallation={(self.folder / 'profile').as_uri()}"),
                *("--headless", "--convert-to", form, "--outdir", str(out), str(source)),
            ],
            capture_output=True,
            timeout=180,
            check=False,
        )
        result = out / f"leaflet.{suffix}"
        assert result.is_file(), done.stderr.decode(errors="replace")
        found = result.read_bytes()
        result.unlink()
        return found


def document(content: bytes, part: str = "word/document.xml") -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read(part))


def find(tree: etree._Element, path: str) -> list[str]:
    found: Any = tree.xpath(path, namespaces=NAMESPACES)
    return [str(item) for item in found]


@pytest.fixture(scope="module")
def resaved(office: Office) -> tuple[bytes, bytes]:
    """The specimen, and what LibreOffice saves when it opens it and saves it again."""
    content = LAYOUT.render(SPECIMEN, Context())
    return content, office.convert(content, "docx:MS Word 2007 XML")


def test_libreoffice_reads_every_word_in_order(office: Office) -> None:
    said = office.convert(LAYOUT.render(SPECIMEN, Context()), "txt:Text (encoded):UTF8").decode("utf-8-sig")
    # List labels are no words of the leaflet; LibreOffice writes them into plain text.
    expected = [word for unit in reading_order(SPECIMEN) for word in words(unit)]
    got = iter(words(said))
    missing = [word for word in expected if word not in got]
    assert not missing


def test_libreoffice_keeps_links_and_their_style(resaved: tuple[bytes, bytes]) -> None:
    before, after = map(document, resaved)
    relations = document(resaved[1], "word/_rels/document.xml.rels")
    targets = {item.get("Target") for item in relations if item.get("TargetMode") == "External"}
    assert {
        *("https://example.org/page?a=1&b=2", "tel:+441632960001", "mailto:us@example.org"),
        "https://example.org/guide",
    } <= targets
    inner = find(before, "//w:hyperlink/@w:anchor")
    assert set(inner) <= set(find(after, "//w:hyperlink/@w:anchor"))
    assert len(find(after, "//w:hyperlink//w:rStyle[@w:val='Hyperlink' or @w:val='InternetLink']/@w:val")) >= 4


def test_libreoffice_keeps_every_bookmark(resaved: tuple[bytes, bytes]) -> None:
    before, after = (find(document(content), "//w:bookmarkStart/@w:name") for content in resaved)
    assert [name for name in before if name not in after] == []


def test_libreoffice_keeps_the_paragraph_styles(resaved: tuple[bytes, bytes]) -> None:
    def names(content: bytes) -> list[str]:
        sheet = document(content, "word/styles.xml")
        pairs = zip(find(sheet, "//w:style/@w:styleId"), find(sheet, "//w:style/w:name/@w:val"), strict=True)
        by_id = {key: name.lower() for key, name in pairs}
        return [by_id[key] for key in find(document(content), "//w:body//w:pStyle/@w:val")]

    before, after = map(names, resaved)
    assert after == before


def test_libreoffice_keeps_alternative_text_languages_header_rows_and_controls(resaved: tuple[bytes, bytes]) -> None:
    after = document(resaved[1])
    assert "A green dot and a red dot in a frame" in find(after, "//wp:docPr/@descr")
    assert {"pl", "pl-PL"} & set(find(after, "//w:lang/@w:val"))
    assert {"ar", "ar-SA"} & set(find(after, "//w:lang/@w:bidi"))
    assert len(find(after, "//w:tblHeader/@*") or after.findall(".//{*}tblHeader")) == 2
    assert len(after.findall(".//{*}checkbox")) == 2
    assert "clinic.phone" in find(after, "//w:sdtPr/w:alias/@w:val")


def test_libreoffice_keeps_the_base(resaved: tuple[bytes, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(resaved[1])) as archive:
        parts = [archive.read(name) for name in archive.namelist() if name.startswith("customXml/item")]
        custom = archive.read("docProps/custom.xml")
    assert any(b"urn:leafletpress:base:1" in part and b"gzip+base64" in part for part in parts)
    assert b"LeafletBase" in custom


def boxed() -> Edition:
    # Short enough for one page: LibreOffice 7.4 does not always hold a chain of kept paragraphs together.
    inner = bullets("one", ListItem((p("two"), p("more"), bullets(ListItem((p("deep"), bullets("deeper")))))))
    small = Callout(CalloutKind.WARNING, t("Take care"), (bullets("one"),))
    box = Callout(CalloutKind.WARNING, t("Take care"), (p("First."), inner))
    return replace(SPECIMEN, leaflet=Leaflet(SPECIMEN.leaflet.meta, (box, p("After."), small, small)))


def test_libreoffice_draws_one_frame_round_a_callout_with_its_bullets(office: Office) -> None:
    """Each frame has one fine rule at its foot: as many as there are callouts, and none between paragraphs."""
    pdfplumber = pytest.importorskip("pdfplumber")
    with pdfplumber.open(io.BytesIO(office.convert(LAYOUT.render(boxed(), Context()), "pdf"))) as pdf:
        amber = (0x8A / 255, 0x4B / 255, 0)
        feet: list[int] = []
        for page in pdf.pages:
            marks = [*page.rects, *page.lines, *page.curves]
            inked = [mark for mark in marks if _near(mark.get("non_stroking_color"), amber)]
            inked += [mark for mark in marks if _near(mark.get("stroking_color"), amber) and mark["stroke"]]
            feet += {round(mark["bottom"]) for mark in inked if mark["width"] > 250 and mark["height"] < 3}
    assert len(feet) == 6, "three frames, each with a rule above and a rule below"


def _near(colour: object, ink: tuple[float, float, float]) -> bool:
    return (
        isinstance(colour, tuple | list)
        and len(colour) == 3
        and all(abs(one - other) < 0.01 for one, other in zip(colour, ink, strict=True))
    )


# what clinics and houses add


def test_a_value_changed_once_in_its_part_changes_wherever_it_is_bound(office: Office) -> None:
    changed = remade(
        LAYOUT.render(SPECIMEN, Context()),
        {"customXml/item2.xml": lambda part: part.replace(b"01632 960 001", b"01999 111 222")},
    )
    said = office.convert(changed, "txt:Text (encoded):UTF8").decode("utf-8-sig")
    assert said.count("01999 111 222") == 2, "in the text and in the imprint"
    assert said.count("01632 960 001") == 1, "in a card that the writer typed"


def test_libreoffice_keeps_the_draft_mark_in_the_head_of_every_page(resaved: tuple[bytes, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(resaved[1])) as archive:
        heads = [archive.read(name) for name in archive.namelist() if name.startswith("word/header")]
    assert len(heads) == 2
    for head in map(etree.fromstring, heads):
        assert any("PowerPlusWaterMarkObject" in name for name in find(head, "//v:shape/@id"))
        assert SPECIMEN.notice in find(head, "//v:textpath/@string")
        assert SPECIMEN.notice in "".join(find(head, "//w:t/text()"))


def test_the_draft_mark_lies_on_every_page_and_is_no_part_of_what_is_read(office: Office) -> None:
    pdfplumber = pytest.importorskip("pdfplumber")
    with pdfplumber.open(io.BytesIO(office.convert(LAYOUT.render(SPECIMEN, Context()), "pdf"))) as pdf:
        pages = list(pdf.pages)
        assert len(pages) > 2
        for page in pages:
            # Once in the head, and on the first page in the masthead: the watermark is outlines, not text.
            assert (page.extract_text() or "").count(SPECIMEN.notice) == (2 if page.page_number == 1 else 1)
            assert all(letter["upright"] for letter in page.chars)
            shades = [mark.get("non_stroking_color") for mark in page.curves if mark["width"] > 20]
            assert any(_near(shade, (0xEC / 255,) * 3) for shade in shades), page.page_number


@pytest.mark.parametrize("through_ott", [False, True], ids=["dotx", "ott"])
def test_a_template_that_libreoffice_made_is_built_upon(office: Office, through_ott: bool) -> None:
    house = house_template()
    if through_ott:
        house = office.convert(house, "ott:writer8_template")
    house = office.convert(house, "dotx:MS Word 2007 XML Template", "ott" if through_ott else "docx")
    context = Context(word_template=house)
    content = LAYOUT.render(SPECIMEN, context)
    assert LAYOUT.validate(content) == ()
    said = office.convert(content, "txt:Text (encoded):UTF8").decode("utf-8-sig")
    got = iter(words(said))
    assert not [word for unit in reading_order(SPECIMEN) for word in words(unit) if word not in got]
    after = office.convert(content, "docx:MS Word 2007 XML")
    with zipfile.ZipFile(io.BytesIO(after)) as archive:
        sheets = "".join(
            "".join(find(etree.fromstring(archive.read(name)), "//w:t/text()")) + "\n"
            for name in archive.namelist()
            if name.startswith(("word/header", "word/footer"))
        )
    for said in (*HEADS.values(), FEET["default"], FEET["first"], SPECIMEN.footer, SPECIMEN.notice):
        assert said in sheets
    assert sheets.count(SPECIMEN.footer) == 3
