"""Preflight looks into whatever a page draws with: forms, patterns, glyphs, gradients, pictures, layers, clips."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest
from broken import form, resources, spot
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image
from printed import MM, field, picture, placed, profile, sound, words, written

from layouts.pdf.preflight import Demands, Purpose, inspect
from layouts.pdf.preflight.limits import Limits, Meter
from layouts.pdf.preflight.marks import Area, Drawn, Line, Photo, Words
from layouts.pdf.preflight.sheets import read_sheet
from layouts.pdf.preflight.walk import Walk


def codes(pdf: pikepdf.Pdf, purpose: str = "print-shop", **measures: Any) -> set[str]:
    return {one.code for one in inspect(written(pdf), Demands(Purpose(purpose), **measures)).findings}


def drawn(pdf: pikepdf.Pdf) -> Drawn:
    """What the first page shows, after the page's own words."""
    page, result = pdf.pages[0].obj, Drawn()
    Walk(pdf, Meter(Limits())).draw(page, read_sheet(page, 1), result)
    assert isinstance(result.marks[0], Words)
    del result.marks[0]
    return result


def only(pdf: pikepdf.Pdf) -> Any:
    (mark,) = drawn(pdf).marks
    return mark


def mm(box: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(round(side / MM, 1) for side in box)


# Size of type


@pytest.mark.parametrize(
    ("operators", "size"),
    [
        ("/F1 8 Tf 60 200 Td", 8),
        ("/F1 1 Tf 8 0 0 8 60 200 Tm", 8),
        ("/F1 16 Tf .5 0 0 .5 60 200 Tm", 8),
        ("/F1 8 Tf 0 1 -1 0 60 200 Tm", 8),
        ("/F1 8 Tf 50 Tz 60 200 Td", 8),
        ("/F1 8 Tf 1 0 .3 1 60 200 Tm", 8),
        ("/F1 -8 Tf 1 0 0 -1 60 200 Tm", 8),
        ("/F1 4 Tf 2 0 0 2 0 0 Tm 30 100 Td", 8),
    ],
)
def test_the_size_of_type_is_what_a_ruler_would_tell(operators: str, size: float) -> None:
    mark = only(sound(f"BT {operators} (Words) Tj ET\n".encode()))
    assert mark.size_pt == pytest.approx(size)


def test_matrices_of_the_page_and_of_forms_count() -> None:
    pdf = sound(b"q .5 0 0 .5 0 0 cm /Fm Do Q\n")
    inside = Dictionary(Font=resources(pdf).Font)
    made = form(pdf, b"BT /F1 8 Tf 200 400 Td (Words) Tj ET", inside)
    made.Matrix = Array([2, 0, 0, 2, 0, 0])
    resources(pdf).XObject.Fm = made
    mark = only(pdf)
    assert mark.size_pt == pytest.approx(8)
    assert mark.box[0] == pytest.approx(200)


@pytest.mark.parametrize(
    ("operators", "shows"),
    [
        ("(ab) Tj", 2), ("[(a) -500 (b)] TJ", 3), ("2 Tc (ab) Tj", 2.8), ("200 Tz (ab) Tj", 4),
        ("10 TL (a) Tj (b) '", 1), ('5 1 (a b) "', 4.6),
    ],
)  # fmt: skip
def test_words_reach_as_far_as_they_are_wide(operators: str, shows: float) -> None:
    """In a font whose letters are all half as wide as high."""
    pdf = sound(f"BT /F2 10 Tf 60 200 Td {operators} ET\n".encode())
    font = Dictionary(Type=Name.Font, Subtype=Name.TrueType, FirstChar=0, LastChar=255, Widths=Array([500] * 256))
    resources(pdf).Font.F2 = pdf.make_indirect(font)
    marks = drawn(pdf).marks
    assert max(mark.box[2] for mark in marks) - 60 == pytest.approx(5 * shows)
    if "'" in operators:
        assert marks[1].box[1] == pytest.approx(marks[0].box[1] - 10)


def test_wide_fonts_have_their_widths_by_identifier() -> None:
    pdf = sound(b"BT /F2 10 Tf 60 200 Td <000100050006ffff> Tj ET\n")
    inside = Dictionary(Type=Name.Font, Subtype=Name.CIDFontType2, DW=1000, W=Array([1, Array([250]), 5, 6, 500]))
    resources(pdf).Font.F2 = pdf.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type0, Encoding=Name("/Identity-H"), DescendantFonts=Array([inside]))
    )
    mark = only(pdf)
    assert mark.box[2] - mark.box[0] == pytest.approx(2.5 + 5 + 5 + 10)


def test_hidden_words_and_blanks_are_not_judged() -> None:
    assert codes(sound(b"BT 3 Tr /F1 4 Tf 60 200 Td (Under a scan) Tj ET\n")) == set()
    assert drawn(sound(b"BT /F1 4 Tf 60 200 Td (   ) Tj ET\n")).marks == []


# Lines and areas


@pytest.mark.parametrize(
    ("operators", "width"),
    [
        (".1 w 60 200 m 160 200 l S", 0.1),
        ("q .5 0 0 .5 0 0 cm .4 w 60 200 m 160 200 l S Q", 0.2),
        ("q 0 2 -2 0 400 0 cm .4 w 60 200 m 160 200 l S Q", 0.8),
        ("/Line gs 60 200 m 160 200 l S", 0.15),
        ("60 200 50 50 re s", 1),
    ],
)
def test_lines_are_as_wide_as_they_are_drawn(operators: str, width: float) -> None:
    pdf = sound(operators.encode() + b"\n")
    resources(pdf).ExtGState.Line = Dictionary(LW=0.15)
    mark = only(pdf)
    assert isinstance(mark, Line)
    assert mark.width_pt == pytest.approx(width)


@pytest.mark.parametrize(
    ("operators", "thin"),
    [
        ("60 200 100 .1 re f", True),
        ("60 200 .1 100 re f", True),
        ("60 200 m 160 200 l 160 200.1 l 60 200.1 l f", True),
        ("60 200 100 1 re f", False),
        ("60 200 .1 .1 re f", False),
        ("q 60 200 100 .1 re W n 0 0 400 400 re f Q", True),
        ("60 200 100 50 re 60.1 200.1 99.8 49.8 re f*", True),
        ("60 200 100 50 re 61 201 98 48 re f*", False),
    ],
    ids=["lying", "standing", "by lines", "thick", "a dot", "by a clip", "thin frame", "frame"],
)
def test_thin_areas_are_lines_too(operators: str, thin: bool) -> None:
    """Most programs draw a table's rules as filled rectangles."""
    assert ("F874" in codes(sound(f"q 0 0 0 1 k {operators} Q\n".encode()))) is thin


def test_clips_cut_what_is_seen() -> None:
    assert mm(only(sound(b"q 30 30 100 100 re W n " + field(0, 0, 30, 30, ".5 g") + b"Q\n")).box)[:2] == (10.6, 10.6)
    assert drawn(sound(b"q 30 30 10 10 re W n 200 200 10 10 re W n 0 0 400 400 re f Q\n")).marks == []
    assert drawn(sound(b"q 0 0 m W n 0 0 400 400 re f Q\n")).marks == []


def test_a_form_is_clipped_to_its_box() -> None:
    pdf = sound(b"/Fm Do\n")
    made = form(pdf, b"0 0 400 400 re f", Dictionary())
    made.BBox = Array([10, 10, 60, 60])
    resources(pdf).XObject.Fm = made
    assert only(pdf).box == (10, 10, 60, 60)


# Colours, wherever they hide


def hidden_red(pdf: pikepdf.Pdf, way: str) -> None:
    found, red = resources(pdf), b"1 0 0 rg 0 0 9 9 re f"
    match way:
        case "form in a form":
            inner = form(pdf, red, Dictionary())
            found.XObject.Thing = form(pdf, b"/In Do", Dictionary(XObject=Dictionary(In=inner)))
        case "pattern" | "line pattern":
            found.Pattern.Thing = pdf.make_indirect(
                Stream(pdf, red, Type=Name.Pattern, PatternType=1, PaintType=1, TilingType=1, XStep=9, YStep=9,
                       BBox=Array([0, 0, 9, 9]), Resources=Dictionary())
            )  # fmt: skip
        case "glyph":
            glyph = pdf.make_indirect(Stream(pdf, b"900 0 d0 " + red))
            found.Font.Thing = pdf.make_indirect(
                Dictionary(Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 9, 9]), FirstChar=97, LastChar=97,
                           FontMatrix=Array([0.1, 0, 0, 0.1, 0, 0]), CharProcs=Dictionary(a=glyph), Widths=Array([9]),
                           Encoding=Dictionary(Differences=Array([97, Name.a])))
            )  # fmt: skip
        case "gradient" | "gradient pattern":
            blend = Dictionary(FunctionType=2, N=1, Domain=Array([0, 1]), C0=Array([1, 0, 0]), C1=Array([0, 0, 1]))
            shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=Array([0, 0, 9, 9]), Function=blend)
            found.Shading.Thing = shading
            found.Pattern.Thing = Dictionary(PatternType=2, Shading=shading)
        case "palette":
            palette = Array([Name.Indexed, Name.DeviceRGB, 0, String("abc")])
            found.XObject.Thing = picture(pdf, 900, 900, palette, b"\0")


@pytest.mark.parametrize(
    ("way", "operators", "code"),
    [
        ("form in a form", "/Thing Do", "F850"),
        ("pattern", "/Pattern cs /Thing scn 60 60 50 50 re f", "F850"),
        ("line pattern", "/Pattern CS /Thing SCN 60 60 50 50 re S", "F850"),
        ("glyph", "0 0 0 1 k BT /Thing 12 Tf 60 60 Td (a) Tj ET", "F850"),
        ("gradient", "q 60 60 50 50 re W n /Thing sh Q", "F850"),
        ("gradient pattern", "/Pattern cs /Thing scn 60 60 50 50 re f", "F850"),
        ("palette", "q 50 0 0 50 60 60 cm /Thing Do Q", "F851"),
        ("inline", "q 20 0 0 20 60 60 cm BI /W 300 /H 300 /BPC 8 /CS /RGB ID " + "abc" * 90000 + " EI Q", "F851"),
        ("line", "1 0 0 RG 60 60 50 50 re S", "F850"),
        ("words", "1 0 0 rg BT /F1 12 Tf 60 60 Td (a) Tj ET", "F850"),
    ],
)
def test_screen_colours_are_found_wherever_they_are(way: str, operators: str, code: str) -> None:
    pdf = sound(f"q {operators} Q\n".encode())
    hidden_red(pdf, way)
    inspection = inspect(written(pdf), Demands(Purpose.PRINT_SHOP))
    (found,) = [one for one in inspection.findings if one.code in {"F850", "F851"}]
    assert (found.code, found.span.page) == (code, 1)
    if "60 60" in operators:  # told where it shows, not where the first cell of a pattern would lie
        assert found.span.left_mm == pytest.approx(21.2, abs=0.3)


def test_a_calibrated_space_may_stand_in_for_the_screens() -> None:
    pdf = sound(field(20, 50, 50, 50, "1 0 0 rg"))
    rgb = pdf.make_indirect(Stream(pdf, profile(b"RGB ", b"mntr"), N=3))
    resources(pdf).ColorSpace.DefaultRGB = Array([Name.ICCBased, rgb])
    assert codes(pdf) == {"F852"}


@pytest.mark.parametrize(
    ("space", "colour", "expected"),
    [
        (Array([Name.Lab, Dictionary(WhitePoint=Array([0.96, 1, 0.82]))]), "50 20 20", {"F852"}),
        (Array([Name.CalRGB, Dictionary(WhitePoint=Array([0.96, 1, 0.82]))]), "1 0 0", {"F852"}),
        (Array([Name.CalGray, Dictionary(WhitePoint=Array([0.96, 1, 0.82]))]), ".5", set()),
        (Array([Name.DeviceCMYK]), "1 0 0 0", set()),
        (Array([Name.Indexed, Name.DeviceCMYK, 0, String("abcd")]), "0", set()),
    ],
)
def test_other_spaces(space: Array, colour: str, expected: set[str]) -> None:
    pdf = sound(field(20, 50, 50, 50, f"/Cs cs {colour} sc"))
    resources(pdf).ColorSpace.Cs = space
    assert codes(pdf) == expected


def test_inks_of_several_plates_are_named() -> None:
    pdf = sound(field(20, 50, 50, 50, "/Cs cs 1 1 scn"))
    single = spot(pdf, "x")
    resources(pdf).ColorSpace.Cs = Array([Name.DeviceN, Array([Name.Black, Name("/Gold")]), Name.DeviceCMYK, single[3]])
    (found,) = inspect(written(pdf), Demands(Purpose.PRINT_SHOP)).findings
    assert found.code == "F853"
    assert "'Gold'" in found.message


def test_layers_that_are_off_are_not_printed() -> None:
    content = b"/OC /Lay BDC " + field(20, 50, 50, 50, "1 0 0 rg") + b"EMC\n"
    for off, expected in ((True, set()), (False, {"F850"})):
        pdf = sound(content)
        group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="a"))
        resources(pdf).Properties.Lay = group
        settings = Dictionary(Name="x", Order=Array([group]), OFF=Array([group] if off else []))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=settings)
        assert codes(pdf) == expected


@pytest.mark.parametrize(("policy", "hidden"), [("AnyOn", False), ("AllOn", True), ("AnyOff", False), ("AllOff", True)])
def test_memberships_follow_their_policy(policy: str, hidden: bool) -> None:
    pdf = sound(b"/OC /Lay BDC 60 60 9 9 re f EMC\n")
    on, off = (pdf.make_indirect(Dictionary(Type=Name.OCG, Name=name)) for name in ("a", "b"))
    resources(pdf).Properties.Lay = Dictionary(Type=Name.OCMD, OCGs=Array([on, off]), P=Name(f"/{policy}"))
    pdf.Root.OCProperties = Dictionary(
        OCGs=Array([on, off]), D=Dictionary(Name="x", BaseState=Name.OFF, ON=Array([on]))
    )
    assert (drawn(pdf).marks == []) is hidden


# Pictures


@pytest.mark.parametrize(
    ("matrix", "ppi"),
    [("144 0 0 144 60 60", 300), ("0 144 -144 0 300 60", 300), ("144 0 0 72 60 60", 300), ("288 0 0 72 60 60", 150)],
)
def test_the_coarser_direction_of_a_picture_counts(matrix: str, ppi: float) -> None:
    pdf = sound(f"q {matrix} cm /Im1 Do Q\n".encode())
    resources(pdf).XObject.Im1 = picture(pdf, 600, 600)
    mark = only(pdf)
    assert isinstance(mark, Photo)
    assert mark.ppi == pytest.approx(ppi)


def test_stretched_swatches_are_no_pictures() -> None:
    pdf = sound(placed("Im1", 20, 50, 100, 5))
    resources(pdf).XObject.Im1 = picture(pdf, 256, 1)
    assert codes(pdf) == set()


def test_each_picture_is_told_once() -> None:
    pdf = sound(placed("Im1", 20, 50, 50, 50) + placed("Im1", 20, 110, 40, 40) + placed("Im2", 80, 50, 50, 50))
    resources(pdf).XObject.Im1, resources(pdf).XObject.Im2 = picture(pdf, 200, 200), picture(pdf, 210, 210)
    told = [one.message for one in inspect(written(pdf), Demands(Purpose.OFFICE)).findings]
    assert len(told) == 2
    assert "102 pixels an inch" in told[0]
    assert told[0].endswith("(and 1 more place on this page)")


# Ink


def jpeg(pixel: tuple[int, int, int, int], **settings: Any) -> bytes:
    target = io.BytesIO()
    Image.new("CMYK", (600, 600), pixel).save(target, "JPEG", quality=95, **settings)
    return target.getvalue()


@pytest.mark.parametrize(
    ("way", "told"), [("flate", True), ("flate light", False), ("jpeg", True), ("jpeg light", False), ("palette", True)]
)
def test_ink_in_pictures(way: str, told: bool) -> None:
    pdf = sound(placed("Im1", 20, 50, 50, 50))
    light = "light" in way
    if way.startswith("jpeg"):
        # Pillow writes CMYK as Adobe's programs do, upside down, and with their marker.
        content = jpeg((60, 60, 60, 60) if light else (250, 240, 230, 250))
        made = Stream(pdf, content, Type=Name.XObject, Subtype=Name.Image, Width=600, Height=600, BitsPerComponent=8,
                      ColorSpace=Name.DeviceCMYK, Filter=Name.DCTDecode, Decode=Array([1, 0] * 4))  # fmt: skip
        made = pdf.make_indirect(made)
    elif way == "palette":
        space = Array([Name.Indexed, Name.DeviceCMYK, 1, String(b"\0\0\0\0\xff\xff\xff\xff")])
        made = picture(pdf, 600, 600, space, b"\1")
    else:
        made = picture(pdf, 600, 600, pixel=b"\x40\x40\x40\x40" if light else b"\xfa\xf0\xe6\xfa")
    resources(pdf).XObject.Im1 = made
    found = inspect(written(pdf), Demands(Purpose.PRINT_SHOP)).findings
    assert {one.code for one in found} == ({"F860"} if told else set())
    assert codes(pdf, thorough=False) == set()


def test_single_grains_of_a_picture_are_no_areas() -> None:
    pdf = sound(placed("Im1", 20, 50, 50, 50))
    made = picture(pdf, 512, 512, pixel=b"\0\0\0\0" * 3 + b"\xff\xff\xff\xff")
    made.Width, made.Height = 1024, 1024
    resources(pdf).XObject.Im1 = made
    assert codes(pdf) == set()


def test_gradients_and_the_houses_own_limit_count() -> None:
    pdf = sound(b"q 60 60 50 50 re W n /Thing sh Q\n")
    ends = {"C0": Array([0, 0, 0, 0]), "C1": Array([1, 0.9, 0.5, 0])}
    blend = Dictionary(FunctionType=2, N=1, Domain=Array([0, 1]), **ends)
    stitched = Dictionary(FunctionType=3, Functions=Array([blend]), Bounds=Array(), Encode=Array([0, 1]))
    resources(pdf).Shading.Thing = Dictionary(ShadingType=2, ColorSpace=Name.DeviceCMYK, Function=stitched)
    assert codes(pdf) == set()
    assert codes(pdf, ink_percent=230) == {"F860"}


# Contrast


@pytest.mark.parametrize(
    ("ground", "colour", "told"),
    [
        (b"", "0 0 0 1 k", False),
        (b"", "0 0 0 .3 k", True),
        (field(15, 45, 60, 20, "1 .8 0 .5 k"), "0 0 0 0 k", False),
        (field(15, 45, 60, 20, "1 .8 0 .5 k"), "0 0 0 1 k", True),
        (field(15, 45, 60, 20, ".2 .1 0 0 k"), "0 0 0 .85 k", False),
        (b"q /Fm Do Q\n", "0 0 0 1 k", True),
        (b"q 15 0 0 15 40 130 cm 12 0 0 5 0 0 cm /Im1 Do Q\n", "0 0 0 1 k", True),
        (b"/Veil gs ", "0 0 0 1 k", True),
        (b"/Pattern cs /Dark scn 40 130 200 60 re f\n", "0 0 0 1 k", True),
        (field(15, 45, 60, 20, "0 0 0 1 k") + b"q /Light gs " + field(15, 45, 60, 20, "0 0 0 0 k") + b"Q\n",
         "0 0 0 1 k", False),
    ],
    ids=["black", "pale", "white on dark", "black on dark", "grey on tint", "on a form", "on a picture", "see-through",
         "on a gradient", "on dark beneath a veil"],
)  # fmt: skip
def test_words_stand_out_from_whatever_is_behind_them(ground: bytes, colour: str, told: bool) -> None:
    pdf = sound(ground + words("Words to read", 20, 50, colour=colour).replace(b"/Over gs ", b""))
    found = resources(pdf)
    found.XObject.Fm = form(pdf, field(15, 45, 60, 20, "0 0 0 .9 k"), Dictionary())
    found.XObject.Im1 = picture(pdf, 600, 600, pixel=b"\0\0\0\xe0")
    found.ExtGState.Veil, found.ExtGState.Light = Dictionary(ca=0.3), Dictionary(ca=0.95)
    blend = Dictionary(FunctionType=2, N=1, Domain=Array([0, 1]), C0=Array([0, 0, 0, 1]), C1=Array([1, 0.5, 0, 0.5]))
    found.Pattern.Dark = Dictionary(
        PatternType=2,
        Shading=Dictionary(
            ShadingType=2, ColorSpace=Name.DeviceCMYK, Coords=Array([40, 0, 200, 0]), Function=blend,
            Extend=Array([True, True]),
        ),
    )  # fmt: skip
    assert ("F880" in codes(pdf, "office")) is told


def test_large_words_need_less() -> None:
    grey = "0 0 0 .5 k"
    assert codes(sound(words("Words", 20, 50, 17, grey)), "office") == {"F880"}
    assert codes(sound(words("Words", 20, 50, 18, grey)), "office") == set()


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_the_ground_is_found_on_turned_and_cropped_pages(turn: int) -> None:
    """White words on a dark field that is just larger than they are."""
    white = words("White words", 20, 50, colour="0 0 0 0 k")
    pdf = sound(field(19, 48, 40, 8, "0 0 0 1 k") + white)
    page = pdf.pages[0].obj
    page.Rotate, page.CropBox = turn, Array([20, 30, 400, 560])
    assert "F880" not in codes(pdf, "office")
    pdf = sound(field(19, 148, 40, 8, "0 0 0 1 k") + white)
    pdf.pages[0].obj.Rotate = turn
    assert "F880" in codes(pdf, "office")


def test_spot_colours_are_seen_as_a_screen_shows_them() -> None:
    for ink, told in ((1.0, True), (0.0, True)):
        pdf = sound(words("Words", 20, 50, colour=f"/Cs cs {ink} scn"))
        resources(pdf).ColorSpace.Cs = spot(pdf, "Orange")
        assert ("F880" in codes(pdf, "office")) is told
    pdf = sound(words("Words", 20, 50, colour="/Cs cs 1 scn"))
    dark = spot(pdf, "Navy")
    dark[3].C1 = Array([1, 0.8, 0, 0.6])
    resources(pdf).ColorSpace.Cs = dark
    assert "F880" not in codes(pdf, "office")


def test_words_beside_the_page_are_not_judged() -> None:
    assert codes(sound(words("Slug", 20, -8, 5, "0 0 0 .2 k") + b"0 w -20 9 m -9 9 l S\n")) == set()


def test_marks_are_of_their_kinds() -> None:
    pdf = sound(field(20, 50, 50, 50, "1 0 0 0 k") + b"60 60 m 90 90 l S\n")
    assert [type(mark) for mark in drawn(pdf).marks] == [Area, Line]
