"""Preflight of files that browsers, word processors and others made, against what poppler and pdfminer say of them."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pikepdf
import pytest
from PIL import Image
from printed import profile
from specimen import SPECIMEN
from validators import libreoffice
from validators.running import missing
from validators.tool import require

from layouts.docx import LAYOUT as DOCX
from layouts.pdf.preflight import Demands, Purpose, inspect
from layouts.pdf.preflight.limits import Limits, Meter
from layouts.pdf.preflight.marks import Drawn, Photo, Words
from layouts.pdf.preflight.sheets import read_sheet
from layouts.pdf.preflight.walk import Walk
from leafletpress.layout import Context

PAGE = """<!doctype html><html lang=en><title>A page</title><style>@page { size: A4; margin: 20mm }
body { font: 12pt sans-serif } h1 { font-size: 24pt }</style><h1>A heading</h1><p>Words to read.
<p style="font-size:5pt">tiny words<p style="color:#bbb">pale words
<p><img src="picture.png" style="width:120mm"><p style="transform:scale(.5)">half as large"""


def chromium(folder: Path) -> Path:
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if browser is None:
        if os.environ.get("CI") == "true":
            pytest.fail("CI needs Chromium")
        pytest.skip("Chromium is not installed")
    (folder / "page.html").write_text(PAGE, "utf-8")
    Image.effect_noise((300, 200), 80).convert("RGB").save(folder / "picture.png")
    still = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    places = [f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={folder / 'chromium.pdf'}", "page.html"]
    subprocess.run([browser, *still, *places], cwd=folder, capture_output=True, timeout=120, check=True)
    return folder / "chromium.pdf"


def word_processor(folder: Path) -> Path:
    require(libreoffice)
    (folder / "specimen.docx").write_bytes(DOCX.render(SPECIMEN, Context()))
    return libreoffice.converted(folder / "specimen.docx", folder, "pdf")


def print_shop(folder: Path) -> Path:
    """WeasyPrint's own PDF/X-4, with the marks and colours that its manual shows."""
    import weasyprint

    (folder / "press.icc").write_bytes(profile())
    style = """@color-profile device-cmyk { src: url(press.icc); components: c, m, y, k }
    @page { size: A5; bleed: 3mm; background: device-cmyk(20% 0% 0% 0%) }
    body { color: device-cmyk(0% 0% 0% 100%); font: 12pt Atkinson Hyperlegible }"""
    html = f"<html lang=en><title>X</title><style>{style}</style><p>Words in black"
    document = weasyprint.HTML(string=html, base_url=f"{folder}/")
    file = folder / "print_shop.pdf"
    document.write_pdf(file, pdf_variant="pdf/x-4")
    return file


MAKERS: tuple[Callable[[Path], Path], ...] = (chromium, word_processor, print_shop)


@pytest.fixture(scope="module", params=MAKERS, ids=lambda maker: maker.__name__)
def foreign(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made: Path = request.param(tmp_path_factory.mktemp(request.param.__name__))
    return made


def pages(file: Path) -> list[Drawn]:
    with pikepdf.open(file) as pdf:
        walk, found = Walk(pdf, Meter(Limits())), []
        for number, page in enumerate(pdf.pages, start=1):
            drawn = Drawn()
            walk.draw(page.obj, read_sheet(page.obj, number), drawn)
            found.append(drawn)
    return found


def poppler(tool: str, *arguments: str | Path) -> list[str]:
    if missing(tool):
        pytest.fail(missing(tool)) if os.environ.get("CI") == "true" else pytest.skip(missing(tool))
    done = subprocess.run([tool, *arguments], capture_output=True, text=True, check=True, timeout=60)
    return done.stdout.splitlines()


def test_nothing_in_it_is_beyond_us(foreign: Path) -> None:
    assert [drawn.damage for drawn in pages(foreign)] == [[] for _ in pages(foreign)]
    for purpose in Purpose:
        inspection = inspect(foreign.read_bytes(), Demands(purpose))
        assert not {one.code for one in inspection.findings} & {"F801", "F802", "F803", "F804", "F805", "F830"}


def test_pictures_have_the_resolution_that_pdfimages_tells(foreign: Path) -> None:
    told = sorted(
        (int(width), int(height), min(int(across), int(up)))
        for width, height, across, up in (
            (cells[3], cells[4], cells[12], cells[13])
            for cells in (line.split() for line in poppler("pdfimages", "-list", foreign)[2:])
            if cells[2] == "image"
        )
    )
    found = sorted(
        (mark.width_px, mark.height_px, mark.ppi)
        for drawn in pages(foreign)
        for mark in drawn.marks
        if isinstance(mark, Photo)
    )
    assert [one[:2] for one in found] == [one[:2] for one in told]
    for (_, _, ours), (_, _, theirs) in zip(found, told, strict=True):
        assert ours == pytest.approx(theirs, abs=1)


def test_fonts_are_those_that_pdffonts_tells(foreign: Path) -> None:
    told = set()
    for line in poppler("pdffonts", foreign)[2:]:
        cells = line.split()
        embedded, subset = cells[-5:-3]
        told.add((re.sub(r"^[A-Z]{6}\+", "", cells[0]), embedded == "yes", subset == "yes"))
    found = {(face.name, face.embedded, face.subset) for drawn in pages(foreign) for face in drawn.faces}
    assert found == told


def test_words_lie_where_pdfminer_finds_them_and_are_as_large(foreign: Path) -> None:
    with pikepdf.open(foreign) as file:
        bottom = float(file.pages[0].mediabox[1])  # pdfminer counts from there
    with pdfplumber.open(foreign) as pdf:
        for page, drawn in zip(pdf.pages, pages(foreign), strict=True):
            runs = [mark for mark in drawn.marks if isinstance(mark, Words)]
            letters = [letter for letter in page.chars if letter["text"].strip()]
            assert letters
            for letter in letters:
                middle = (letter["x0"] + letter["x1"]) / 2
                level = letter["matrix"][5] + bottom + 0.2 * letter["size"]
                around = [
                    run for run in runs
                    if run.box[0] - 0.5 <= middle <= run.box[2] + 0.5 and run.box[1] <= level <= run.box[3]
                ]  # fmt: skip
                assert around, f"nothing of ours where there is {letter['text']!r} at {middle:.0f} {level:.0f}"
                sizes = [run.size_pt for run in around]
                theirs = abs(letter["matrix"][3]) * font_size(letter)
                assert any(size == pytest.approx(theirs, rel=0.05) for size in sizes), (letter["text"], sizes, theirs)


def font_size(letter: dict[str, object]) -> float:
    """pdfplumber's size is the height of the box, which is the size where the matrix is upright."""
    matrix = letter["matrix"]
    assert isinstance(matrix, tuple)
    return float(letter["size"]) / abs(matrix[3])  # type: ignore[arg-type]


def test_pages_are_as_large_as_pdfinfo_says(foreign: Path) -> None:
    lines = poppler("pdfinfo", "-box", foreign)
    size = next(line for line in lines if line.startswith("TrimBox"))
    left, bottom, right, top = (float(word) for word in size.split()[1:])
    with pikepdf.open(foreign) as pdf:
        sheet = read_sheet(pdf.pages[0].obj, 1)
    assert sheet.trim == pytest.approx((left, bottom, right, top), abs=0.01)


def test_what_is_wrong_with_the_browsers_page_is_told(tmp_path: Path) -> None:
    found = {one.code: one for one in inspect(chromium(tmp_path).read_bytes(), Demands(Purpose.OFFICE)).findings}
    assert set(found) == {"F841", "F870", "F871", "F880"} - ({"F870"} if "F870" not in found else set())
    assert "63 pixels an inch" in found["F841"].message
    assert "text of 5.0 pt" in found["F871"].message


def test_weasyprints_pdf_x_4_is_nearly_one(tmp_path: Path) -> None:
    """Its dates and identities are there, its colours and boxes; whether it is trapped it does not say."""
    inspection = inspect(print_shop(tmp_path).read_bytes(), Demands(Purpose.PRINT_SHOP))
    assert {one.code for one in inspection.findings} <= {"F856", "F892", "F854"}
    assert inspection.papers == ("A5",)


def test_files_that_come_with_packages_are_judged_to_their_end() -> None:
    """Whatever this machine has, read only."""
    for folder in ("/usr/share/doc", "/usr/lib/libreoffice/share"):
        for file in sorted(Path(folder).rglob("*.pdf"))[:5]:
            inspection = inspect(file.read_bytes(), Demands(Purpose.PRINT_SHOP))
            assert inspection.pages
            assert not {one.code for one in inspection.findings} & {"F801", "F804", "F805"}


def test_a_blank_target_is_enough() -> None:
    empty = pikepdf.new()
    empty.add_blank_page(page_size=(595.28, 841.89))
    target = io.BytesIO()
    empty.save(target)
    assert inspect(target.getvalue(), Demands(Purpose.OFFICE)).findings == ()
