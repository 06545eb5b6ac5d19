"""The cover picture: in the design of the house, the same twice, and never with words drawn wrong."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image, ImageChops, ImageColor
from specimen import META, SPECIMEN

from layouts.epub import cover, lettering
from layouts.epub.lettering import Face, Space, set_words
from leafletpress.diagnostics import LayoutError
from leafletpress.model import Edition, Picture
from leafletpress.theme import Theme

THEME = Theme()
FAMILIES = (THEME.type.family, *THEME.type.fallbacks)
ARABIC = "ما تحتاج معرفته عن فحص الدم"
POLISH = "Zażółć gęślą jaźń: jak przygotować się do badania krwi"


PLAIN = replace(SPECIMEN, notice="", overdue="")


def titled(title: str, lang: str = "en-GB", **changes: object) -> Edition:
    """The specimen with another title, without marks."""
    meta = replace(META, title=title, lang=lang)
    return replace(PLAIN, leaflet=replace(SPECIMEN.leaflet, meta=meta), **changes)


def drawn(edition: Edition) -> Image.Image:
    return Image.open(io.BytesIO(cover.cover_picture(edition, THEME))).convert("RGB")


def differ(one: Image.Image, other: Image.Image) -> tuple[int, int, int, int] | None:
    return ImageChops.difference(one, other).getbbox()


def columns_with_words(picture: Image.Image, top: int, bottom: int) -> tuple[int, int]:
    """The first and the last column where the band is not plain accent; of a cover without marks."""
    band = picture.crop((0, top, picture.width, bottom))
    box = differ(band, Image.new("RGB", band.size, THEME.colours.accent))
    assert box
    return box[0], box[2]


def test_it_is_a_small_picture_in_the_inks_of_the_theme() -> None:
    content = cover.cover_picture(SPECIMEN, THEME)
    picture = drawn(PLAIN)
    assert picture.size == (1200, 1600)
    assert len(content) < 60_000
    assert picture.getpixel((5, 5)) == ImageColor.getrgb(THEME.colours.accent)
    assert picture.getpixel((5, 1100)) == ImageColor.getrgb(THEME.colours.highlight)
    assert picture.getpixel((5, 1595)) == ImageColor.getrgb(THEME.colours.paper)


def test_it_is_the_same_twice() -> None:
    assert cover.cover_picture(SPECIMEN, THEME) == cover.cover_picture(SPECIMEN, THEME)


def test_it_shows_title_owner_logo_publisher_and_reference() -> None:
    first = drawn(PLAIN)
    changes = [
        titled("Another title"),
        titled(META.title, owner="Another clinic"),
        titled(META.title, owner=""),
        titled(META.title, logo=None),
        titled(META.title, publisher="Another house"),
        replace(PLAIN, leaflet=replace(PLAIN.leaflet, meta=replace(META, reference="LP-9999"))),
        titled(META.title, kind_label="Procedure"),
    ]
    assert all(differ(first, drawn(edition)) for edition in changes)


@pytest.mark.parametrize(
    ("draft", "overdue", "colours"),
    [(True, False, ("red",)), (False, True, ("amber",)), (True, True, ("red", "amber")), (False, False, ())],
)
def test_the_marks_stand_across_its_top(draft: bool, overdue: bool, colours: tuple[str, ...]) -> None:
    marked = titled(META.title, notice="Draft" if draft else "", overdue=SPECIMEN.overdue if overdue else "")
    picture = drawn(marked)
    edge = [picture.getpixel((20, row)) for row in range(cover._BAND)]
    wanted = [ImageColor.getrgb(getattr(THEME.colours, name)) for name in (*colours, "accent")]
    white = ImageColor.getrgb(THEME.colours.paper)
    assert list(dict.fromkeys(colour for colour in edge if colour != white)) == wanted
    assert all(edge.count(colour) > 80 for colour in wanted)


def test_marks_leave_room_for_the_longest_title() -> None:
    picture = drawn(titled("word " * 60, notice=SPECIMEN.notice, overdue=SPECIMEN.overdue * 2))
    foot = picture.crop((0, cover._BAND - 40, cover.WIDTH, cover._BAND))
    assert foot.getcolors() == [(foot.width * foot.height, ImageColor.getrgb(THEME.colours.accent))]


def logo(mode: str, colour: object, size: tuple[int, int]) -> Picture:
    stream = io.BytesIO()
    Image.new(mode, size, colour).save(stream, "PNG")
    return Picture("clinics/logo.png", "image/png", stream.getvalue(), *size)


@pytest.mark.parametrize("size", [(300, 300), (3000, 100), (100, 3000), (1, 1)])
def test_a_logo_of_any_shape_keeps_its_room_and_its_colour(size: tuple[int, int]) -> None:
    foot = (0, cover._BAND + cover._RULE, cover.WIDTH, cover.HEIGHT)
    picture = drawn(titled(META.title, owner="X", logo=logo("RGB", "#00aa55", size))).crop(foot)
    others = ImageChops.difference(picture, Image.new("RGB", picture.size, "#00aa55")).convert("L")
    box = others.point([255] + [0] * 255).getbbox()
    assert box
    left, top, right, bottom = box
    assert left == cover._MARGIN
    assert right - left <= cover._LOGO[0]
    assert bottom - top <= cover._LOGO[1]


def test_a_transparent_logo_stands_on_white() -> None:
    clear = drawn(titled(META.title, logo=logo("RGBA", (0, 0, 0, 0), (380, 150))))
    white = drawn(titled(META.title, logo=logo("RGB", "#ffffff", (380, 150))))
    assert differ(clear, white) is None


@pytest.mark.parametrize(
    "broken",
    [
        Picture("x.png", "image/png", b"no PNG", 4, 4),
        Picture("x.svg", "image/svg+xml", b"<svg", 4, 4),
        Picture("x.svg", "image/svg+xml", b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', 4, 4),
        Picture(
            "x.svg",
            "image/svg+xml",
            b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><image href="/etc/hostname"/></svg>',
            4,
            4,
        ),
    ],
    ids=["no picture", "no drawing", "active", "reaches out"],
)
def test_a_logo_that_cannot_be_drawn_is_an_error(broken: Picture) -> None:
    with pytest.raises(LayoutError) as caught:
        drawn(titled(META.title, logo=broken))
    assert [finding.code for finding in caught.value.diagnostics] == ["L505"]


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
    edition = titled(ARABIC, "ar", kind_label="")
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
