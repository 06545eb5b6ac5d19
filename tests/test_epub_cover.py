"""The cover picture: in the design of the house, the same twice, and never with words drawn wrong."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image, ImageChops, ImageColor
from specimen import META, SPECIMEN

from layouts.epub import cover, lettering
from layouts.epub.lettering import Face, Space, set_words
from leafletpress.model import Edition
from leafletpress.theme import Theme

THEME = Theme()
FAMILIES = (THEME.type.family, *THEME.type.fallbacks)
ARABIC = "ما تحتاج معرفته عن فحص الدم"
POLISH = "Zażółć gęślą jaźń: jak przygotować się do badania krwi"


def titled(title: str, lang: str = "en-GB", **changes: object) -> Edition:
    meta = replace(META, title=title, lang=lang)
    return replace(SPECIMEN, leaflet=replace(SPECIMEN.leaflet, meta=meta), **changes)


def drawn(edition: Edition) -> Image.Image:
    return Image.open(io.BytesIO(cover.cover_picture(edition, THEME))).convert("RGB")


def differ(one: Image.Image, other: Image.Image) -> tuple[int, int, int, int] | None:
    return ImageChops.difference(one, other).getbbox()


def columns_with_words(picture: Image.Image, top: int, bottom: int) -> tuple[int, int]:
    """The first and the last column where the band is not plain accent."""
    band = picture.crop((0, top, picture.width, bottom))
    box = differ(band, Image.new("RGB", band.size, THEME.colours.accent))
    assert box
    return box[0], box[2]


def test_it_is_a_small_picture_in_the_inks_of_the_theme() -> None:
    content = cover.cover_picture(SPECIMEN, THEME)
    picture = drawn(SPECIMEN)
    assert picture.size == (1200, 1600)
    assert len(content) < 60_000
    assert picture.getpixel((5, 5)) == ImageColor.getrgb(THEME.colours.accent)
    assert picture.getpixel((5, 1100)) == ImageColor.getrgb(THEME.colours.highlight)
    assert picture.getpixel((5, 1595)) == ImageColor.getrgb(THEME.colours.paper)


def test_it_is_the_same_twice() -> None:
    assert cover.cover_picture(SPECIMEN, THEME) == cover.cover_picture(SPECIMEN, THEME)


def test_it_shows_title_notice_publisher_and_reference() -> None:
    first = drawn(SPECIMEN)
    changes = [
        titled("Another title"),
        titled(META.title, notice=""),
        titled(META.title, publisher="Another house"),
        replace(SPECIMEN, leaflet=replace(SPECIMEN.leaflet, meta=replace(META, reference="LP-9999"))),
        titled(META.title, kind_label="Procedure"),
    ]
    assert all(differ(first, drawn(edition)) for edition in changes)


@pytest.mark.parametrize("title", ["X", POLISH, "word " * 40, "Pneumonoultramicroscopicsilicovolcanoconiosis" * 3])
def test_a_title_of_any_length_keeps_inside_the_margins(title: str) -> None:
    left, right = columns_with_words(drawn(titled(title)), 0, cover._BAND)
    assert left >= cover._MARGIN - 12
    assert right <= cover.WIDTH - cover._MARGIN + 12
    foot = drawn(titled(title)).crop((0, cover._BAND - 40, cover.WIDTH, cover._BAND))
    assert foot.getcolors() == [(foot.width * foot.height, ImageColor.getrgb(THEME.colours.accent))]


def test_a_title_that_does_not_fit_is_cut_with_an_ellipsis() -> None:
    space = Space((80, 60), 600, 3)
    found = set_words("word " * 60, Face(FAMILIES, "en", bold=True), space)
    assert found
    assert len(found.lines) == 3
    assert found.lines[-1].endswith("…")
    assert all(found.font.getlength(line) <= 600 for line in found.lines)


def test_a_short_title_is_set_large_and_a_long_one_smaller() -> None:
    face = Face(FAMILIES, "en", bold=True)
    short, long = (
        set_words("Short", face, cover._TITLE),
        set_words("A longer title with many words " * 3, face, cover._TITLE),
    )
    assert short
    assert long
    assert short.size == max(cover._TITLE.sizes) > long.size


def test_a_font_that_has_all_the_characters_is_chosen() -> None:
    face = Face(FAMILIES, "pl", bold=True)
    names = {}
    for words in ("Blood test", POLISH, "Εξέταση αίματος", "Анализ крови"):
        found = set_words(words, face, cover._TITLE)
        assert found, words
        names[words] = found.font.getname()
    assert names["Blood test"] == ("Atkinson Hyperlegible", "Bold")
    assert names["Εξέταση αίματος"][0] == "Noto Sans"


def test_words_that_no_font_has_are_left_off() -> None:
    assert set_words("血液検査", Face(FAMILIES, "ja", bold=True), cover._TITLE) is None


@pytest.mark.skipif(not lettering.can_shape(), reason="Pillow here has no Raqm or no FriBiDi")
def test_arabic_is_shaped_and_begins_at_the_right() -> None:
    edition = titled(ARABIC, "ar", kind_label="", notice="")
    edition = replace(edition, leaflet=replace(edition.leaflet, meta=replace(edition.leaflet.meta, summary="")))
    left, right = columns_with_words(drawn(edition), 0, cover._BAND)
    assert right > cover.WIDTH - cover._MARGIN - 20
    assert left >= cover._MARGIN - 12
    found = set_words("سلام", Face(FAMILIES, "ar", bold=True), cover._TITLE)
    assert found
    joined = found.font.getlength("سلام", direction="rtl", language="ar")
    assert joined < sum(found.font.getlength(letter) for letter in "سلام")


def test_without_shaping_arabic_is_left_off_and_latin_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lettering, "can_shape", lambda: False)
    assert set_words(ARABIC, Face(FAMILIES, "ar", bold=True), cover._TITLE) is None
    assert set_words(POLISH, Face(FAMILIES, "pl", bold=True), cover._TITLE)
    with_title, without = drawn(titled(ARABIC, "ar")), drawn(titled("", "ar"))
    assert differ(with_title, without) is None
