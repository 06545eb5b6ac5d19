"""Small pictures of every page of every variant, compared with those a person has looked at.

A difference that is meant is accepted with `pytest tests/test_page_pictures.py --accept`, after looking at the pages
at full size. The tolerance lets hinting and rounding differ, and nothing that an eye would see.
"""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat

from layouts.pdf import LAYOUT
from leafletpress.edition import resolve
from leafletpress.layout import Context
from leafletpress.project import open_project

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests" / "pictures"
SHOWN = (
    ("denosumab", "riverside", ""),
    ("colonoscopy", "lakeside", ""),
    ("denosumab", "hillside", "large-print"),
    ("colonoscopy", "riverside", "booklet-pages"),
    ("colonoscopy", "riverside", "booklet"),
    ("denosumab", "riverside", "trifold-summary"),
    ("colonoscopy", "lakeside", "zfold-summary"),
    ("denosumab", "riverside", "press"),
    ("colonoscopy", "riverside", "press-trifold-summary"),
)
SCALE = 0.4
"""Of 72 dpi: an A4 page is 238 pixels wide, in which a line that moves can be seen and no word read."""
MOST_DIFFERENT = 1.5
"""Mean difference of a page, in levels of 255; a paragraph that moves by one line makes more than twice that."""


@cache
def rendered(leaflet: str, clinic: str, variant: str) -> bytes:
    project = open_project(ROOT)
    (file,) = (file for file in project.leaflet_files if file.id == leaflet)
    resolution = resolve(project, file, clinic, formats=("pdf",))
    return LAYOUT.render(resolution.editions["pdf"], Context(resolution.theme, variant))


def drawn(content: bytes) -> Image.Image:
    """All pages below one another, in grey."""
    with pypdfium2.PdfDocument(content) as document:
        pages = [page.render(scale=SCALE, grayscale=True, may_draw_forms=False).to_pil() for page in document]
    sheet = Image.new("L", (max(page.width for page in pages), sum(page.height for page in pages)), 128)
    top = 0
    for page in pages:
        sheet.paste(page, (0, top))
        top += page.height
    return sheet


def differ(one: Image.Image, other: Image.Image) -> float:
    return 255.0 if one.size != other.size else ImageStat.Stat(ImageChops.difference(one, other)).mean[0]


@pytest.mark.parametrize(("leaflet", "clinic", "variant"), SHOWN)
def test_the_pages_look_as_when_they_were_looked_at(
    leaflet: str, clinic: str, variant: str, request: pytest.FixtureRequest
) -> None:
    picture = drawn(rendered(leaflet, clinic, variant))
    golden = GOLDEN / f"{leaflet}.{clinic}.{variant or 'handout'}.png"
    if request.config.getoption("--accept"):
        GOLDEN.mkdir(exist_ok=True)
        picture.quantize(16, dither=Image.Dither.NONE).save(golden, optimize=True)
    with Image.open(golden) as looked_at:
        assert differ(picture, looked_at.convert("L")) <= MOST_DIFFERENT


def test_a_change_that_one_would_see_is_seen() -> None:
    picture = drawn(rendered("denosumab", "riverside", ""))
    moved = ImageChops.offset(picture, 0, 6)  # one line of text
    stream = io.BytesIO()
    picture.quantize(16, dither=Image.Dither.NONE).save(stream, "PNG")
    with Image.open(stream) as same:
        assert differ(picture, same.convert("L")) <= MOST_DIFFERENT
    assert differ(picture, moved) > 2 * MOST_DIFFERENT
