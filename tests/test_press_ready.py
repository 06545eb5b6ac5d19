"""Ready for the print shop: process inks alone, black text on the black plate, bleed, marks, the papers of PDF/X-4."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pdfplumber
import pikepdf
import pypdfium2
import pytest
from panels import panel_pages
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageChops, ImageCms, ImageStat
from press_pages import press_page
from validators import ghostscript, qpdf
from validators.tool import require

from layouts.pdf.colour_spaces import Space, inks_of, read_space
from layouts.pdf.colours import BLACK, Inks, default_profile, profile_fault
from layouts.pdf.imposition import Fold, Imposition, folded
from layouts.pdf.plates import Mask
from layouts.pdf.preflight import Demands, Purpose, inspect
from layouts.pdf.press_ready import Job, press_ready
from layouts.pdf.saving import saved
from layouts.pdf.shadings import evaluate
from layouts.pdf.sheets import impose
from leafletpress.diagnostics import LayoutError

JOB = Job("For the press", "press en-GB", "1.2", date(2026, 3, 1))
MM = 72 / 25.4
SLUG_MM = 14


@cache
def ready(body: str = "", css: str = "") -> bytes:
    return press_ready(press_page(body, css) if body or css else press_page(), JOB, default_profile())


@cache
def inks() -> Inks:
    return Inks(default_profile())


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "press.pdf"
    made.write_bytes(ready())
    return made


# What others say of it.


def test_preflight_finds_nothing_that_is_ours() -> None:
    found = inspect(ready(), Demands(Purpose.PRINT_SHOP)).findings
    # The specimen has grey words on purpose (F880). The slug is small (F870) and marks stand in line with the trim
    # (F823), but both lie outside the page.
    assert [
        f for f in found if f.code not in {"F880", "F870"} and not (f.code == "F823" and "0.0 mm" in f.message)
    ] == []


def test_qpdf_and_ghostscript_read_it_without_complaint(file: Path) -> None:
    require(qpdf)
    require(ghostscript)
    assert qpdf.findings([file]) == []
    assert ghostscript.findings([file]) == []


# Boxes and marks.


def box(page: pikepdf.Page, key: str) -> list[float]:
    return [float(edge) for edge in page.obj[key]]


def test_trim_bleed_and_sheet_lie_one_in_the_other() -> None:
    pdf = opened(ready())
    (page,) = pdf.pages
    assert box(page, "/MediaBox")[:2] == [0, 0]
    trim = box(page, "/TrimBox")
    assert trim[2] - trim[0] == pytest.approx(148 * MM, abs=0.01)
    assert trim[3] - trim[1] == pytest.approx(210 * MM, abs=0.01)
    for key, by in (("/BleedBox", 3), ("/MediaBox", SLUG_MM)):
        grown = [edge + side * by * MM for edge, side in zip(trim, (-1, -1, 1, 1), strict=True)]
        assert box(page, key) == pytest.approx(grown, abs=0.01)


def plates_of(content: bytes, folder: Path, *, dpi: int = 72) -> dict[str, Image.Image]:
    file = folder / "plates.pdf"
    file.write_bytes(content)
    return ghostscript.plates(file, dpi=dpi)


def area(plate: Image.Image, by_mm: float, dpi: int = 72) -> Image.Image:
    """The trimmed page and so many millimetres around it."""
    edge = round((SLUG_MM - by_mm) / 25.4 * dpi)
    return plate.crop((edge, edge, plate.width - edge, plate.height - edge))


def test_crop_marks_are_on_every_plate_and_outside_the_bleed(tmp_path: Path) -> None:
    require(ghostscript)
    for plate in plates_of(ready("<p>Words.</p>"), tmp_path).values():
        outside = plate.copy()
        middle = area(plate, 3)
        outside.paste(255, ((plate.width - middle.width) // 2, (plate.height - middle.height) // 2,
                            (plate.width + middle.width) // 2, (plate.height + middle.height) // 2))  # fmt: skip
        for corner in ((0, 0), (1, 0), (0, 1), (1, 1)):
            x, y = (round(side * (length - SLUG_MM * MM)) for side, length in zip(corner, plate.size, strict=True))
            assert outside.crop((x, y, x + round(SLUG_MM * MM), y + round(SLUG_MM * MM))).getextrema()[0] < 160
    for name, plate in plates_of(ready("<p>Words.</p>"), tmp_path).items():
        if name != "Black":
            assert area(plate, 3.3).getextrema()[0] == 255  # no mark reaches into the bleed


def test_the_slug_says_what_the_sheet_is_and_lies_outside_the_bleed() -> None:
    with pdfplumber.open(io.BytesIO(ready())) as pdf:
        page = pdf.pages[0]
        below = page.crop((0, page.height - (SLUG_MM - 3) * MM, page.width, page.height))
        lines = below.extract_text().splitlines()
    assert lines == [
        "press en-GB · version 1.2 · page 1 of 1 · ISO Coated v2 300% (basICColor)",
        "Cyan Magenta Yellow Black",
    ]


def test_each_plate_carries_the_name_of_its_ink_alone(tmp_path: Path) -> None:
    require(ghostscript)
    found = plates_of(ready(), tmp_path)
    with pdfplumber.open(io.BytesIO(ready())) as pdf:
        words = {word["text"]: word for word in pdf.pages[0].extract_words() if word["top"] > 615}
    for name, plate in found.items():
        for ink in found:
            word = words[ink]
            cut = plate.crop(tuple(round(word[key]) for key in ("x0", "top", "x1", "bottom")))
            assert (cut.getextrema()[0] < 200) == (ink == name), (name, ink)


def panels_with_bleed(imposition: Imposition) -> bytes:
    """Six panels, each on a tint of its own that is drawn 3 mm beyond its trim."""
    pdf = opened(panel_pages(imposition))
    for number, page in enumerate(pdf.pages):
        left, bottom, right, top = (float(edge) for edge in page.mediabox)
        page.obj.TrimBox = page.mediabox
        bleed = 3 * MM
        page.obj.MediaBox = Array([left - bleed, bottom - bleed, right + bleed, top + bleed])
        tint = f"q 1 {1 - number / 10} 0 rg {left - bleed} {bottom - bleed} 900 900 re f Q\n".encode()
        page.obj.Contents = pdf.make_stream(tint + page.Contents.read_bytes())
    return saved(pdf)


@pytest.mark.parametrize("fold", list(Fold))
def test_a_folded_leaflet_bleeds_at_its_edges_and_its_folds_are_marked(fold: Fold, tmp_path: Path) -> None:
    require(ghostscript)
    imposition = folded(fold)
    sides = impose(panels_with_bleed(imposition), imposition, bleed_mm=3)
    made = press_ready(sides, replace(JOB, folds_mm=imposition.folds_mm), default_profile())
    with pdfplumber.open(io.BytesIO(made)) as pdf:
        above = [[line for line in page.lines if line["bottom"] < (SLUG_MM - 3) * MM] for page in pdf.pages]
    marks = [{round(line["x0"] / MM - SLUG_MM) for line in lines if line["x0"] == line["x1"]} for lines in above]
    assert marks == [{0, 297, *folds} for folds in imposition.folds_mm]
    yellow = plates_of(made, tmp_path)["Yellow"]
    page = area(yellow, 2.5)
    for strip in ((0, 0, page.width, 6), (0, 0, 6, page.height), (page.width - 6, 0, page.width, page.height)):
        assert page.crop(strip).getextrema()[1] < 60  # the tint reaches into the bleed on every side
    magenta = area(plates_of(made, tmp_path)["Magenta"], 2.5)
    row = [magenta.getpixel((x, 3)) for x in range(magenta.width)]
    changes = [x for x in range(1, len(row)) if abs(row[x] - row[x - 1]) > 5]
    expected = [(fold_mm + 2.5) * MM for fold_mm in imposition.folds_mm[0]]
    assert changes == pytest.approx(expected, abs=1.5)  # no panel bleeds over a fold


def test_panels_without_room_for_bleed_are_refused() -> None:
    imposition = folded(Fold.C)
    with pytest.raises(LayoutError, match="3 mm of bleed"):
        impose(panel_pages(imposition), imposition, bleed_mm=3)


# Colours.


def spaces(value: Any) -> Iterator[str]:
    """The names of the colour spaces of pictures, gradients and groups below an object."""
    waiting, seen = [value], set()
    while waiting:
        item = waiting.pop()
        if item.is_indirect:
            if item.objgen in seen:
                continue
            seen.add(item.objgen)
        if not isinstance(item, Array):
            for key in ("/ColorSpace", "/CS"):
                if key in item and not isinstance(item[key], Dictionary):
                    space = item[key]
                    yield str(space if isinstance(space, Name) else space[0])
        keys = [] if isinstance(item, Array) else [key for key in item.keys() if key != "/SMask"]  # noqa: SIM118  (a stream)
        parts = list(item) if isinstance(item, Array) else [item[key] for key in keys]
        waiting += [part for part in parts if isinstance(part, (Array, Dictionary, pikepdf.Stream))]


def contents(page: pikepdf.Page) -> Iterator[Any]:
    """Each content stream of a page, its drawings and patterns."""
    waiting = [page.obj]
    while waiting:
        item = waiting.pop()
        yield pikepdf.Page(item) if item is page.obj else item
        for kind in ("/XObject", "/Pattern"):
            things = dict(item.get("/Resources", {}).get(kind, {}).items()).values()
            waiting += [o for o in things if isinstance(o, pikepdf.Stream) and o.get("/Subtype") != "/Image"]


def test_no_colour_is_left_but_process_inks() -> None:
    pdf = opened(ready())
    assert {"/DeviceCMYK", "/DeviceGray"} >= set(spaces(pdf.pages[0].obj)) - {"/Pattern", "/Separation"}
    seen = set()
    for stream in contents(pdf.pages[0]):
        for instruction in pikepdf.parse_content_stream(stream):
            operator = str(instruction.operator)
            seen.add(operator)
            if operator in {"cs", "CS"}:
                assert str(instruction.operands[0]) in {"/Pattern", "/All"}
    assert not seen & {"rg", "RG", "BDC", "BMC", "BI"}
    assert {"k", "sh", "Do", "scn"} <= seen


def test_text_in_black_is_on_the_black_plate_alone(tmp_path: Path) -> None:
    require(ghostscript)
    words = '<p>Body text.</p><p style="color: #000">Black.</p><p style="color: #777">Grey.</p><hr style="color: #222">'
    words += '<img src="picture:grey.png" alt="c" style="width: 12mm">'
    found = plates_of(ready(words), tmp_path)
    for name in ("Cyan", "Magenta", "Yellow"):
        assert area(found[name], 3).getextrema() == (255, 255)
    assert found["Black"].getextrema()[0] == 0
    with pdfplumber.open(io.BytesIO(ready(words))) as pdf:
        assert pdf.pages[0].extract_text().endswith("(basICColor)\nBlack")


def test_black_text_overprints_and_white_text_knocks_out(tmp_path: Path) -> None:
    require(ghostscript)
    shown = '<p style="background: #f5b335">Black on a tint</p>'
    empty = '<p style="background: #f5b335; color: #f5b335">Black on a tint</p>'
    one, other = plates_of(ready(shown), tmp_path, dpi=144), plates_of(ready(empty), tmp_path, dpi=144)
    for name in ("Magenta", "Yellow"):
        assert ImageChops.difference(area(one[name], 3, 144), area(other[name], 3, 144)).getbbox() is None
    assert area(one["Black"], 3, 144).getextrema()[0] == 0
    white = plates_of(ready('<p style="background: #f5b335; color: #fff; font-size: 40pt">White</p>'), tmp_path)
    full = plates_of(ready('<p style="background: #f5b335; color: #f5b335; font-size: 40pt">White</p>'), tmp_path)
    assert ImageStat.Stat(white["Yellow"]).sum[0] > ImageStat.Stat(full["Yellow"]).sum[0] + 100_000


def seen_through(profile: bytes, sheet: Image.Image) -> Image.Image:
    """A picture in CMYK as it looks printed."""
    press, screen = ImageCms.getOpenProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
    made = ImageCms.profileToProfile(
        sheet, press, screen, ImageCms.Intent.RELATIVE_COLORIMETRIC, "RGB", flags=ImageCms.Flags.BLACKPOINTCOMPENSATION
    )
    assert made is not None
    return made


# Nothing see-through: inks blend otherwise than light does.
_OPAQUE = """<div class="band"></div><h1>For the press</h1><p class="tint">Black on a tint.</p>
<p class="white">White on red.</p><p class="grey">Grey words.</p><div class="fade"></div>
<img src="picture:photo.jpg" alt="b" style="width: 40mm"><img src="picture:grey.png" alt="c" style="width: 20mm">
<img src="picture:map.png" alt="d" style="width: 40mm">"""


def test_printed_it_looks_as_on_the_screen(tmp_path: Path) -> None:
    """The plates laid over each other, beside the page as a browser draws it and a press could print it."""
    require(ghostscript)
    profile = default_profile().content
    found = {ink: plate.reduce(4) for ink, plate in plates_of(ready(_OPAQUE), tmp_path, dpi=288).items()}
    sheet = Image.merge("CMYK", [ImageChops.invert(found[ink]) for ink in ("Cyan", "Magenta", "Yellow", "Black")])
    screen = pypdfium2.PdfDocument(press_page(_OPAQUE))[0].render(scale=1).to_pil().convert("RGB")
    edge = round((SLUG_MM - 3) * MM)
    seen = seen_through(profile, sheet.crop((edge, edge, edge + screen.width, edge + screen.height)))
    proof = seen_through(profile, inks().picture(screen, b""))
    difference = ImageChops.difference(seen, proof)
    # Strip by strip, so that no picture can be lost in the white around it.
    for top in range(0, screen.height - 16, 16):
        strip = ImageStat.Stat(difference.crop((0, top, screen.width, top + 16)))
        assert sum(strip.mean) / 3 < 6, (top, strip.mean)
    for spot in ((200, 20), (60, 175)):  # the band and the red paragraph
        assert seen.getpixel(spot) == pytest.approx(proof.getpixel(spot), abs=4)


@pytest.mark.parametrize(
    ("colour", "expected"),
    [
        ((0, 0, 0), BLACK),
        ((0x14 / 255, 0x20 / 255, 0x2B / 255), BLACK),
        ((1, 1, 1), (0, 0, 0, 0)),
    ],
)
def test_black_is_black_ink_and_white_is_paper(colour: tuple[float, float, float], expected: Any) -> None:
    assert inks().of(colour) == pytest.approx(expected, abs=0.001)


def test_greys_are_black_ink_that_gets_steadily_more() -> None:
    blacks = [inks().of((grey / 255,) * 3, snap=False) for grey in range(256)]
    assert all(colour[:3] == (0, 0, 0) for colour in blacks)
    amounts = [colour[3] for colour in blacks]
    assert amounts == sorted(amounts, reverse=True)
    assert (amounts[0], amounts[255]) == (1, 0)
    assert 0.5 < amounts[128] < 0.7


def test_no_colour_asks_for_more_ink_than_the_paper_takes() -> None:
    steps = [part / 8 for part in range(9)]
    most = max(sum(inks().of((r, g, b), snap=False)) for r in steps for g in steps for b in steps)
    assert most <= 3.02


def test_every_space_that_pages_use_has_inks() -> None:
    pdf = pikepdf.new()
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    red = (1.0, 0.0, 0.0)
    wanted = inks().of(red)
    profile = pdf.make_stream(srgb, N=3)
    named = Dictionary(ColorSpace=Dictionary(C=Array([Name.ICCBased, profile]), D=Name.DeviceRGB))
    indexed = Array([Name.Indexed, Name.DeviceRGB, 1, pikepdf.String(bytes([0, 0, 0, 255, 0, 0]))])
    cases: list[tuple[Any, tuple[float, ...], Any]] = [
        (Name.DeviceRGB, red, wanted),
        (Name("/C"), red, wanted),
        (Name("/D"), red, wanted),
        (indexed, (1,), wanted),
        (Array([Name.Indexed, Name.DeviceRGB, 0, pdf.make_stream(bytes([255, 0, 0]))]), (0,), wanted),
        (Array([Name.Lab, Dictionary(WhitePoint=[0.9505, 1, 1.089])]), (53.24, 80.09, 67.2), wanted),
        (Array([Name.Separation, Name.Black, Name.DeviceCMYK, Dictionary()]), (0.4,), (0, 0, 0, 0.4)),
        (Array([Name.Separation, Name.All, Name.DeviceCMYK, Dictionary()]), (1,), (1, 1, 1, 1)),
        (Array([Name.Separation, Name("/None"), Name.DeviceCMYK, Dictionary()]), (1,), (0, 0, 0, 0)),
        (Name.DeviceCMYK, (0.1, 0.2, 0.3, 0.4), (0.1, 0.2, 0.3, 0.4)),
        (Name.DeviceGray, (1,), (0, 0, 0, 0)),
    ]
    for value, values, expected in cases:
        assert inks_of(read_space(value, named), values, inks()) == pytest.approx(expected, abs=0.02), value


def test_a_mask_is_as_light_as_its_colours() -> None:
    mask = Mask(inks())
    lab, grey = Space("lab", 3), Space("grey", 1)
    assert mask.paint(Space("cmyk", 4), (0, 0, 0, 1)) == (0,)
    assert mask.paint(Space("cmyk", 4), (0, 1, 1, 0)) == pytest.approx((0.3,))
    assert mask.paint(Space("indexed", 1, base=grey, table=bytes([0, 255])), (1,)) == (1,)
    assert mask.paint(lab, (100, 0, 0)) == pytest.approx((1,), abs=0.001)
    with pytest.raises(LayoutError, match="kind all"):
        mask.paint(Space("all", 1), (1,))


def test_another_rgb_profile_is_taken_at_its_word() -> None:
    """Red and green change places in this profile: what it calls red is printed green."""
    swapped = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    at = {bytes(swapped[place : place + 4]): place for place in range(132, 132 + 12 * 17, 12)}
    for offset in range(4, 12):
        one, other = at[b"rXYZ"] + offset, at[b"gXYZ"] + offset
        swapped[one], swapped[other] = swapped[other], swapped[one]
    odd = Space("rgb", 3, profile=bytes(swapped))
    assert inks_of(odd, (1, 0, 0), inks()) == pytest.approx(inks().of((0, 1, 0)), abs=0.03)


def test_a_gradients_hard_stop_stays_hard(tmp_path: Path) -> None:
    require(ghostscript)
    bar = '<div style="height: 9mm; background: linear-gradient(90deg, #9a1c1c 50%, #1c6b3c 50%)"></div>'
    plate = area(plates_of(ready(bar), tmp_path)["Magenta"], 0)
    row = [plate.getpixel((x, 60)) for x in range(45, plate.width - 45)]
    red, green = row[4], row[-4]
    assert abs(red - green) > 100
    assert sum(abs(value - red) > 3 and abs(value - green) > 3 for value in row[4:-4]) <= 1


def test_functions_are_worked_out_as_the_standard_says() -> None:
    pdf = pikepdf.new()
    line = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 1], C1=[1, 0], N=1)
    square = Dictionary(FunctionType=2, Domain=[0, 1], N=2)
    both = Dictionary(FunctionType=3, Domain=[0, 1], Functions=[square, square], Bounds=[0.5], Encode=[0, 1, 1, 0])
    sampled = pdf.make_stream(
        bytes([0, 255, 0]), FunctionType=0, Domain=[0, 1], Range=[0, 2], Size=[3], BitsPerSample=8
    )
    assert evaluate(line, 0.25) == (0.25, 0.75)
    assert evaluate(Array([square, square]), 0.5) == (0.25, 0.25)
    assert evaluate(both, 0.25) == (0.25,)
    assert evaluate(both, 0.75) == (0.25,)
    assert evaluate(both, 9) == (0,)
    assert evaluate(sampled, 0.25) == pytest.approx((1,))
    assert evaluate(sampled, 0.5) == pytest.approx((2,))


# Pictures.


def pictures(content: bytes) -> list[Any]:
    pdf = opened(content)
    found = [o for o in pdf.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image"]
    return [pdf, *found]


def test_photographs_stay_photographs_and_grey_pictures_grey() -> None:
    _, *found = pictures(ready())
    kinds = sorted((str(o.ColorSpace), str(o.get("/Filter")), "/SMask" in o) for o in found)
    assert ("/DeviceCMYK", "/DCTDecode", False) in kinds
    assert ("/DeviceCMYK", "/FlateDecode", True) in kinds
    assert ("/DeviceCMYK", "/FlateDecode", False) in kinds
    assert sum(kind[0] == "/DeviceGray" for kind in kinds) == 2  # the grey picture, and the soft mask of another
    assert not any("/Interpolate" in o and o.get("/SMask") is not None for o in found)


# Papers.


def test_the_file_says_what_it_is() -> None:
    pdf = opened(ready())
    assert pdf.pdf_version == "1.6"
    (intent,) = pdf.Root.OutputIntents
    assert (intent.S, str(intent.OutputConditionIdentifier)) == ("/GTS_PDFX", "FOGRA39")
    assert intent.DestOutputProfile.read_bytes() == default_profile().content
    packet = pdf.Root.Metadata.read_raw_bytes().decode()
    assert "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>" in packet
    assert packet.count("2026-03-01T00:00:00Z") == 3
    assert re.search(r"<xmpMM:DocumentID>uuid:[0-9a-f-]{36}<", packet)
    assert pdf.docinfo["/Trapped"] == "/False"
    assert str(pdf.docinfo["/CreationDate"]) == "D:20260301000000Z"
    assert "/ID" in pdf.trailer
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == "For the press"
        assert metadata["pdf:Trapped"] == "False"


def test_nothing_is_left_that_a_press_cannot_use() -> None:
    pdf = opened(ready())
    assert set(pdf.Root.keys()) == {"/Type", "/Pages", "/Metadata", "/OutputIntents"}
    assert set(pdf.pages[0].obj.keys()) >= {"/MediaBox", "/TrimBox", "/BleedBox", "/Contents", "/Resources"}
    assert not {"/Annots", "/StructParents", "/Tabs", "/AA"} & set(pdf.pages[0].obj.keys())


def test_the_same_input_gives_the_same_bytes_and_another_day_another_identity() -> None:
    again = press_ready(press_page(), JOB, default_profile())
    assert again == ready()
    other = press_ready(press_page(), replace(JOB, day=date(2026, 3, 2)), default_profile())
    identities = set()
    for content in (again, other):
        pdf = opened(content)
        identities |= set(re.findall(rb"DocumentID>uuid:([0-9a-f-]+)", pdf.Root.Metadata.read_raw_bytes()))
    assert len(identities) == 2


def test_a_condition_that_no_registry_knows_names_none() -> None:
    pdf = opened(press_ready(press_page(), JOB, replace(default_profile(), name="Our press", condition="Custom")))
    (intent,) = pdf.Root.OutputIntents
    assert str(intent.Info) == "Our press"
    assert "/RegistryName" not in intent


def test_profiles_that_cannot_be_printed_with_are_told_apart() -> None:
    whole = default_profile().content
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert profile_fault(whole) == ""
    assert "no ICC profile" in profile_fault(b"%PDF-1.7")
    assert "something else" in profile_fault(srgb)
    assert "made for RGB" in profile_fault(srgb[:12] + b"prtr" + srgb[16:])
    assert "cannot be used" in profile_fault(whole[:4000])


# Refusals, and what WeasyPrint does not write today.


def by_hand(content: bytes, resources: Any = None, change: Any = None, *, bleed: float = 9) -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(200, 300))
    page = pdf.pages[0].obj
    page.TrimBox, page.MediaBox = Array([0, 0, 200, 300]), Array([-bleed, -bleed, 200 + bleed, 300 + bleed])
    page.Contents = pdf.make_stream(content)
    page.Resources = resources(pdf) if resources else Dictionary()
    if change:
        change(pdf)
    return saved(pdf)


def refused(content: bytes) -> str:
    with pytest.raises(LayoutError) as caught:
        press_ready(content, JOB, default_profile())
    (finding,) = caught.value.diagnostics
    assert finding.code == "L505"
    return finding.message


def test_pages_without_trim_or_room_for_bleed_are_refused() -> None:
    assert "3 mm of bleed" in refused(by_hand(b"", bleed=8))
    assert "trimmed" in refused(by_hand(b"", change=lambda pdf: pdf.pages[0].obj.__delitem__("/TrimBox")))
    assert "turned" in refused(by_hand(b"", change=lambda pdf: pdf.pages[0].obj.__setitem__("/Rotate", 90)))


def image(pdf: pikepdf.Pdf, **entries: Any) -> Any:
    stated = {"Width": 1, "Height": 1, "BitsPerComponent": 8, "ColorSpace": Name.DeviceRGB, **entries}
    return pdf.make_stream(b"abc", Type=Name.XObject, Subtype=Name.Image, **stated)


@pytest.mark.parametrize(
    ("content", "resources", "words"),
    [
        (b"/None gs", None, "/None"),
        (b"Q", None, "Q without q"),
        (b"/OC /L BDC EMC", None, "layers"),
        (b"BI /W 1 /H 1 /CS /RGB /BPC 8 ID abc EI", None, "picture stands"),
        (b"/S cs 1 scn", lambda pdf: Dictionary(ColorSpace=Dictionary(
            S=Array([Name.Separation, Name.Gold, Name.DeviceCMYK, Dictionary()]))), "/Separation"),
        (b"/S cs", lambda pdf: Dictionary(), "/S"),
        (b"/F 9 Tf", lambda pdf: Dictionary(Font=Dictionary(F=Dictionary(Subtype=Name.Type3))), "Type 3"),
        (b"/S sh", lambda pdf: Dictionary(Shading=Dictionary(S=Dictionary(ShadingType=1))), "type 1"),
        (b"/S sh", lambda pdf: Dictionary(Shading=Dictionary(S=Dictionary(
            ShadingType=2, ColorSpace=Name.DeviceRGB, Function=Dictionary(FunctionType=4, Domain=[0, 1])))), "type 4"),
        (b"/I Do", lambda pdf: Dictionary(XObject=Dictionary(I=image(pdf, Mask=Array([0] * 6)))), "colour key"),
        (b"/I Do", lambda pdf: Dictionary(XObject=Dictionary(I=image(pdf, Filter=Name.JPXDecode))), "cannot be read"),
        (b"/I Do", lambda pdf: Dictionary(XObject=Dictionary(I=pdf.make_stream(
            b"", Subtype=Name.Form, BBox=[0, 0, 9, 9]))), "no resources"),
    ],
)  # fmt: skip
def test_what_cannot_become_ink_is_refused(content: bytes, resources: Any, words: str) -> None:
    assert words in refused(by_hand(content, resources))


def test_a_slug_that_the_face_cannot_set_is_refused() -> None:
    with pytest.raises(LayoutError) as caught:
        press_ready(by_hand(b""), replace(JOB, leaflet="نشرة"), default_profile())
    assert {finding.code for finding in caught.value.diagnostics} == {"L501"}


def everything(pdf: pikepdf.Pdf) -> Dictionary:
    """What other programs write: stencils, tinted patterns, states with forbidden entries, groups, a mask in colour."""
    stencil = pdf.make_stream(
        b"\x80", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=1, ImageMask=True
    )
    bitmap = pdf.make_stream(
        b"\x80",
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=1,
        Height=1,
        BitsPerComponent=1,
        ColorSpace=Name.DeviceGray,
    )
    inked = pdf.make_stream(
        b"abcd",
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=1,
        Height=1,
        BitsPerComponent=8,
        ColorSpace=Name.DeviceCMYK,
    )
    group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
    light = pdf.make_stream(
        b"1 0 0 rg 0 0 99 99 re f", Subtype=Name.Form, BBox=[0, 0, 99, 99], Resources=Dictionary(), Group=group
    )
    plain = pdf.make_stream(b"0 0 9 9 re f", Subtype=Name.Form, BBox=[0, 0, 9, 9], Resources=Dictionary(), Group=group)
    tile = pdf.make_stream(
        b"0 0 5 5 re f", PatternType=1, PaintType=2, TilingType=1, BBox=[0, 0, 9, 9], XStep=9, YStep=9,
        Resources=Dictionary(),
    )  # fmt: skip
    axial = Dictionary(
        ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=[0, 0, 9, 0], Background=[1, 0, 0],
        Function=Dictionary(FunctionType=2, Domain=[0, 1], C0=[1, 1, 1], C1=[0, 0, 0], N=1),
    )  # fmt: skip
    return Dictionary(
        XObject=Dictionary(S=stencil, B=bitmap, K=inked, P=plain),
        Pattern=Dictionary(T=tile, A=Dictionary(PatternType=2, Shading=axial, ExtGState=Dictionary(TR=Name.Identity))),
        ColorSpace=Dictionary(U=Array([Name.Pattern, Name.DeviceRGB])),
        ExtGState=Dictionary(
            M=Dictionary(SMask=Dictionary(S=Name.Luminosity, G=light, BC=[1, 1, 1]), TR=Name.Identity, OP=True, ca=0.5),
            N=Dictionary(SMask=Name("/None")),
        ),
    )


def test_what_other_programs_write_is_turned_too(tmp_path: Path) -> None:
    content = (
        b"q /M gs 0 0 1 RG 5 5 50 50 re S /N gs Q q 20 0 0 20 100 100 cm 0 1 0 rg /S Do Q /B Do /K Do "
        b"q 0 0 1 rg /P Do Q /U cs 1 0 0 /T scn 100 10 40 40 re f /Pattern cs /A scn 10 100 40 40 re f "
        b"2 Tr BI /W 1 /H 1 /IM true ID \x80 EI /DeviceRGB CS 1 0 0 SC 0 0 m 9 9 l S q"
    )

    def grouped(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0].obj
        page.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB, I=True)
        page.Contents = Array([page.Contents, pdf.make_stream(b"Q")])

    made = press_ready(by_hand(content, everything, grouped), JOB, default_profile())
    file = tmp_path / "other.pdf"
    file.write_bytes(made)
    require(qpdf)
    assert qpdf.findings([file]) == []
    pdf = opened(made)
    assert {"/DeviceCMYK", "/DeviceGray"} >= set(spaces(pdf.pages[0].obj)) - {"/Pattern", "/Separation"}
    drawn = pdf.pages[0].Resources.XObject.Page
    state = drawn.Resources.ExtGState.M
    assert "/TR" not in state
    assert "/OP" not in state
    assert state.SMask.G.Group.CS == "/DeviceGray"
    assert b"0.3 g" in state.SMask.G.read_bytes()
    assert [float(part) for part in state.SMask.BC] == [1]
    assert drawn.Group.CS == "/DeviceCMYK"
    assert drawn.Resources.ColorSpace["/TintedPattern"] == Array([Name.Pattern, Name.DeviceCMYK])
    gradient = drawn.Resources.Pattern.A.Shading
    assert int(gradient.Function["/Size"][0]) == 65
    samples = gradient.Function.read_bytes()
    assert not any(samples[place] for place in range(len(samples)) if place % 4 != 3)  # grey: black ink alone
    require(ghostscript)
    assert ghostscript.findings([file]) == []


def test_a_mask_in_colour_is_refused() -> None:
    def resources(pdf: pikepdf.Pdf) -> Dictionary:
        inner = Dictionary(XObject=Dictionary(I=image(pdf)))
        light = pdf.make_stream(
            b"/I Do", Subtype=Name.Form, BBox=[0, 0, 9, 9], Resources=inner, Group=Dictionary(S=Name.Transparency)
        )
        return Dictionary(ExtGState=Dictionary(M=Dictionary(SMask=Dictionary(S=Name.Luminosity, G=light))))

    assert "mask" in refused(by_hand(b"/M gs", resources))
