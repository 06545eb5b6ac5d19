"""Pictures: which are used, and why the others are not."""

from __future__ import annotations

import base64
import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageFile
from sample_house import SampleHouse
from specimen import SVG

from leafletpress.diagnostics import Diagnostic
from leafletpress.model import Figure, Picture, Span

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 60 40">'


@pytest.fixture
def house(tmp_path: Path) -> SampleHouse:
    return SampleHouse(tmp_path)


def raster(kind: str, size: tuple[int, int] = (6, 4), mode: str = "RGB", **options: object) -> bytes:
    file = io.BytesIO()
    Image.new(mode, size).save(file, kind, **options)
    return file.getvalue()


def figure(path: str) -> Figure:
    return Figure(path, "What it shows", (), span=Span("f.md", 5))


def used(house: SampleHouse, content: bytes | str, name: str = "images/a") -> Picture:
    house.write(f"leaflets/specimen/{name}", content)
    return house.edition(figure(name)).pictures[0]


def refused(house: SampleHouse, content: bytes | str) -> Diagnostic:
    house.write("leaflets/specimen/images/a", content)
    (fault,) = house.faults(figure("images/a"))
    assert fault.span.line == 5
    assert "images/a" in fault.message
    return fault


def test_the_content_says_what_a_picture_is_not_its_name(house: SampleHouse) -> None:
    for content, media_type in ((raster("PNG"), "image/png"), (raster("JPEG"), "image/jpeg")):
        picture = used(house, content, "images/a.svg")
        assert (picture.media_type, picture.width_px, picture.height_px) == (media_type, 6, 4)
    picture = used(house, SVG, "images/a.png")
    assert (picture.media_type, picture.width_px, picture.height_px) == ("image/svg+xml", 240, 80)


@pytest.mark.parametrize(
    "path",
    [
        "../other/a.svg",
        "images/../../x.svg",
        "/etc/passwd",
        "https://example.org/a.svg",
        "file:///etc/passwd",
        "data:image/svg+xml,x",
        "//example.org/a.svg",
        "C:/a.svg",
        "images\\a.svg",
    ],
)
def test_pictures_come_from_the_leaflets_folder(house: SampleHouse, path: str) -> None:
    (fault,) = house.faults(figure(path))
    assert fault.code == "E310"
    assert path in fault.message


def test_links_that_lead_out_are_not_followed(house: SampleHouse, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "a.svg"
    outside.write_bytes(SVG)
    house.write("leaflets/specimen/images/b.svg", SVG)
    folder = house.root / "source/leaflets/specimen/images"
    (folder / "a.svg").symlink_to(outside)
    (folder / "c.svg").symlink_to(folder / "b.svg")
    (folder / "loop.svg").symlink_to(folder / "loop.svg")
    assert [one.code for one in house.faults(figure("images/a.svg"))] == ["E310"]
    assert house.edition(figure("images/c.svg")).pictures
    assert [one.code for one in house.faults(figure("images/loop.svg"))] == ["E312"]


def test_a_missing_one_suggests_a_near_name_and_counts_as_an_input(house: SampleHouse) -> None:
    house.write("leaflets/specimen/images/how-it-works.svg", SVG)
    (fault,) = house.faults(figure("images/how-it-work.svg"))
    assert fault.code == "E311"
    assert "images/how-it-works.svg" in fault.hint
    assert "leaflets/specimen/images/how-it-work.svg" in house.inputs


def test_a_folder_is_no_picture(house: SampleHouse) -> None:
    house.write("leaflets/specimen/images/a/b.svg", SVG)
    assert [one.code for one in house.faults(figure("images/a"))] == ["E312"]
    assert [one.code for one in house.faults(figure("images/a\0b"))] == ["E312"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"hello", "no picture"),
        (raster("WEBP"), "WebP"),
        (raster("GIF"), "GIF"),
        (raster("TIFF"), "TIFF"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "HEIC"),
        (b"\x1f\x8b\x08", "SVGZ"),
        (raster("JPEG", mode="CMYK"), "CMYK"),
        (raster("PNG")[:-20], "damaged"),
        (raster("JPEG", (300, 300))[:-200], "damaged"),
        (raster("PNG", (8_000, 6_000), "1"), "pixels"),
        (raster("PNG", (16_000, 12_000), "1"), "pixels"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 10_000_000, "10 MB"),
    ],
)
def test_what_cannot_be_used_everywhere_is_refused(house: SampleHouse, content: bytes, says: str) -> None:
    fault = refused(house, content)
    assert fault.code == "E312"
    assert says in fault.message


@pytest.mark.parametrize("format_", ["PNG", "JPEG"])
def test_a_cut_picture_is_refused_after_a_renderer_has_told_pillow_to_fill_it_in(
    house: SampleHouse, monkeypatch: pytest.MonkeyPatch, format_: str
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint does when it is imported
    assert "damaged" in refused(house, raster(format_, (300, 300))[:-200]).message
    assert ImageFile.LOAD_TRUNCATED_IMAGES is True, "the renderer's own setting stays"


def test_a_photograph_that_is_stored_sideways_is_refused(house: SampleHouse) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    assert "sideways" in refused(house, raster("JPEG", exif=exif)).message
    exif[0x0112] = 1
    assert used(house, raster("JPEG", exif=exif))


def test_an_animated_png_is_refused(house: SampleHouse) -> None:
    frames = [Image.new("RGB", (4, 4), colour) for colour in ("red", "blue")]
    file = io.BytesIO()
    frames[0].save(file, "PNG", save_all=True, append_images=frames[1:])
    assert "animated" in refused(house, file.getvalue()).message


EMBEDDED = base64.b64encode(raster("PNG")).decode()


@pytest.mark.parametrize(
    "inner",
    [
        "<text>Bone</text>",
        '<defs><linearGradient id="a"/></defs><rect fill="url(#a)"/><rect style="fill:url( \'#a\' )"/>',
        '<g id="a"/><use href="#a"/><use xlink:href="#a"/>',
        "<style>.a{fill:#123456}</style>",
        f'<image href="data:image/png;base64,{EMBEDDED}"/>',
        '<metadata><a:b xmlns:a="urn:x" a:resource="http://example.org"/></metadata>',
        "<!-- a comment -->",
    ],
)
def test_drawings_may_draw(house: SampleHouse, inner: str) -> None:
    assert used(house, f"<?xml version='1.0' encoding='UTF-8'?>\n{HEAD}{inner}</svg>").width_px == 60


@pytest.mark.parametrize(
    "inner",
    [
        "<script>alert(1)</script>",
        '<x:script xmlns:x="http://www.w3.org/2000/svg"/>',
        '<h:script xmlns:h="http://www.w3.org/1999/xhtml"/>',
        '<h:img xmlns:h="http://www.w3.org/1999/xhtml" src="http://example.org/a.png"/>',
        "<foreignObject/>",
        "<animate/>",
        "<set/>",
        '<rect onclick="x()"/>',
        '<rect ONLOAD="x()"/>',
        '<image href="http://example.org/a.png"/>',
        '<image xlink:href="a.png"/>',
        '<image href="data:image/svg+xml;base64,AAAA"/>',
        '<image href="data:text/html,x"/>',
        '<use href="other.svg#a"/>',
        '<a href="javascript:x()"><rect/></a>',
        '<a href=" https://example.org"><rect/></a>',
        '<rect fill="url(http://example.org/a.svg#b)"/>',
        '<rect style="fill:url(&quot;http://example.org&quot;)"/>',
        '<rect style="fill:URL(  //example.org)"/>',
        '<rect style="fill:u\\72l(http://example.org)"/>',
        '<rect fill="u\\72l(http://example.org)"/>',
        "<style>@import 'http://example.org/a.css';</style>",
        "<style><![CDATA[@font-face{src:url(a.woff)}]]></style>",
        "<style>rect{animation:a 1s}</style>",
        '<g xml:base="http://example.org/"/>',
        '<?xml-stylesheet href="http://example.org/a.css"?>',
    ],
)
def test_drawings_that_do_more_are_refused(house: SampleHouse, inner: str) -> None:
    fault = refused(house, f"{HEAD}{inner}</svg>")
    assert fault.code == "E313"
    assert fault.hint


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (f'<!DOCTYPE svg [<!ENTITY a "b">]>{HEAD}&a;</svg>', "E313"),
        (f'<!DOCTYPE svg SYSTEM "http://example.org/a.dtd">{HEAD}</svg>', "E313"),
        (f'<?xml-stylesheet href="a.css"?>{HEAD}</svg>', "E313"),
        (HEAD, "E312"),
        (f"{HEAD}&nbsp;</svg>", "E312"),
        ('<svg viewBox="0 0 1 1"/>', "E312"),
        ("<html/>", "E312"),
        ('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "E312"),
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 9"/>', "E312"),
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 nan 9"/>', "E312"),
        ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 inf 9"/>', "E312"),
        (f'<?xml version="1.0" encoding="UTF-7"?>{HEAD}</svg>', "E312"),
        (f"{HEAD}</svg>".encode("utf-16"), "E312"),
        (f"{HEAD}{'<g>' * 5000}{'</g>' * 5000}</svg>", "E312"),
        (f"{HEAD}{'<g/>' * 60_000}</svg>", "E312"),
        (f'{HEAD}<image href="data:image/png;base64,{EMBEDDED[:-40]}"/></svg>', "E312"),
        (f'{HEAD}<image href="data:image/png;base64,A"/></svg>', "E312"),
    ],
)
def test_what_is_no_scalable_drawing_is_refused(house: SampleHouse, content: str | bytes, code: str) -> None:
    assert refused(house, content).code == code


def test_every_figure_of_a_bad_picture_is_told(house: SampleHouse) -> None:
    figures = (figure("a.svg"), replace(figure("a.svg"), span=Span("f.md", 9)))
    assert [(one.code, one.span.line) for one in house.faults(*figures)] == [("E311", 5), ("E311", 9)]
