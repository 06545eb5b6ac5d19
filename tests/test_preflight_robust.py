"""Preflight of files made to harm, broken ones, and ones with bytes changed at random: a finding, never more."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable
from functools import cache
from typing import Any

import pikepdf
import pytest
from broken import form, resources, without_language
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Stream
from printed import METADATA, field, picture, placed, say, sound, words, written

from layouts.pdf.preflight import Demands, Inspection, Purpose, inspect
from layouts.pdf.preflight.limits import Limits


def judged(content: bytes | pikepdf.Pdf, limits: Limits | None = None, purpose: str = "print-shop") -> Inspection:
    whole = written(content) if isinstance(content, pikepdf.Pdf) else content
    return inspect(whole, Demands(Purpose(purpose), limits=limits or Limits()))


def codes(content: bytes | pikepdf.Pdf, limits: Limits | None = None, purpose: str = "print-shop") -> set[str]:
    return {one.code for one in judged(content, limits, purpose).findings}


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"\0" * 5000, b"%PDF-1.7\n" + b"1 0 obj<<" * 20000, b"PK\3\4"])
def test_what_is_no_pdf_is_told(content: bytes) -> None:
    assert codes(content) == {"F801"}


def test_half_a_file_is_told() -> None:
    content = written(sound())
    for share in (0.2, 0.5, 0.9, 0.99):
        assert codes(content[: int(len(content) * share)]) & {"F801", "F803"}


def test_protected_files_are_told_and_judged_where_they_open() -> None:
    lock = pikepdf.Encryption(owner="o", user="", allow=pikepdf.Permissions(print_highres=False))
    content = written(sound(words("A note", 20, 50, 5)), encryption=lock)
    found = codes(content)
    assert found >= {"F802", "F871"}


# Files that would keep us busy


def packed(pdf: pikepdf.Pdf, content: bytes, **settings_: Any) -> Stream:
    return Stream(pdf, zlib.compress(content, 9), Filter=Name.FlateDecode, **settings_)


@pytest.mark.parametrize("what", ["page", "form", "metadata", "picture", "twice"])
def test_streams_that_swell_are_not_unpacked(what: str) -> None:
    pdf = sound(b"/Thing Do\n" if what in {"form", "picture"} else b"")
    bomb = bytes(200_000_000)
    match what:
        case "page":
            pdf.pages[0].obj.Contents = pdf.make_indirect(packed(pdf, bomb))
        case "twice":
            once = zlib.compress(bomb, 9)
            pdf.pages[0].obj.Contents = pdf.make_indirect(
                Stream(pdf, zlib.compress(once), Filter=Array([Name.FlateDecode, Name.FlateDecode]))
            )
        case "form":
            kind = {"Type": Name.XObject, "Subtype": Name.Form, "BBox": Array([0, 0, 9, 9])}
            resources(pdf).XObject.Thing = pdf.make_indirect(packed(pdf, bomb, **kind))
        case "metadata":
            pdf.Root.Metadata = pdf.make_indirect(packed(pdf, bomb))
        case _:
            kind = {"Type": Name.XObject, "Subtype": Name.Image, "Width": 9, "Height": 9, "BitsPerComponent": 8}
            made = packed(pdf, bomb, ColorSpace=Name.DeviceCMYK, **kind)
            resources(pdf).XObject.Thing = pdf.make_indirect(made)
    started = time.process_time()
    assert "F804" in codes(pdf)
    assert time.process_time() - started < 10


def test_much_drawing_ends_at_the_limit_and_what_was_seen_is_judged() -> None:
    few = Limits(operators_in_a_stream=5_000)
    pdf = sound(words("A note", 20, 50, 5))
    pdf.pages[1].obj.Contents = pdf.make_indirect(Stream(pdf, b"q Q\n" * 4_000))
    assert codes(pdf, few) == {"F804", "F871"}
    assert codes(pdf, Limits(operators=6_000)) == {"F804", "F871"}
    assert codes(pdf) == {"F871"}
    assert "F804" in codes(sound(b"9 9 m 99 99 l S\n" * 200), Limits(marks_on_a_page=100))


def test_a_stream_of_very_many_operators_is_not_even_read() -> None:
    pdf = sound()
    pdf.pages[0].obj.Contents = pdf.make_indirect(packed(pdf, b"q\n" * 4_000_000))
    started = time.process_time()
    assert codes(pdf) == {"F804"}
    assert time.process_time() - started < 10


def test_metadata_made_to_be_searched_for_ever_is_not() -> None:
    pdf = sound()
    say(pdf, METADATA + "<dc:title " * 300_000 + " pdfxid:GTS_PDFXVersion=" * 100_000)
    started = time.process_time()
    codes(pdf)
    assert time.process_time() - started < 5


def test_time_and_pages_are_limited() -> None:
    assert codes(sound(), Limits(seconds=0)) == {"F804"}
    inspection = judged(sound(pages=5), Limits(pages=3))
    assert {one.code for one in inspection.findings} == {"F804"}
    assert inspection.pages == 3


def test_drawings_that_double_end() -> None:
    """Each of 18 forms draws the next one twice."""
    pdf = sound(b"/Fm Do\n")
    made = form(pdf, b"99 99 9 9 re f", Dictionary())
    for _ in range(18):
        made = form(pdf, b"/Fm Do /Fm Do", Dictionary(XObject=Dictionary(Fm=made)))
    resources(pdf).XObject.Fm = made
    started = time.process_time()
    assert codes(pdf, Limits(operators=50_000)) == {"F804"}
    assert time.process_time() - started < 10


@pytest.mark.parametrize("what", ["form", "pattern", "page tree", "colour space", "layers", "states", "font"])
def test_circles_end(what: str) -> None:
    pdf = sound(b"q /Fm Do Q /Pattern cs /P1 scn 60 60 9 9 re f /Cs cs BT /F2 12 Tf (a) Tj ET\n")
    found = resources(pdf)
    match what:
        case "form":
            made = form(pdf, b"/Fm Do", found)
            found.XObject.Fm = made
        case "pattern":
            found.Pattern.P1 = pdf.make_indirect(
                Stream(pdf, b"/Pattern cs /P1 scn 0 0 9 9 re f", PatternType=1, Resources=found)
            )
        case "page tree":
            pdf.Root.Pages.Parent = pdf.Root.Pages
            del pdf.pages[0].obj.MediaBox
        case "colour space":
            space = pdf.make_indirect(Array([Name.Indexed]))
            space.extend([space, 1, b"ab"])
            found.ColorSpace.Cs = space
        case "layers":
            order = pdf.make_indirect(Array())
            order.append(order)
            pdf.Root.OCProperties = Dictionary(D=Dictionary(Order=order))
        case "states":
            pdf.pages[0].obj.Contents = pdf.make_indirect(Stream(pdf, b"q " * 6000))
        case _:
            glyph = pdf.make_indirect(Stream(pdf, b"BT /F2 12 Tf (a) Tj ET"))
            found.Font.F2 = pdf.make_indirect(Dictionary(Subtype=Name.Type3, CharProcs=Dictionary(a=glyph)))
    assert not codes(pdf) & {"F801"}


# Files that make no sense


@pytest.mark.parametrize(
    "drawing",
    [
        b"1 0 0 rg (a) re",
        b"/None gs /None Do /None sh",
        b"BT (a) Tj ET",
        b"BT /F1 12 Tf [(a) /b] TJ ET",
        b"1e400 w 99999999999999999999 0 m 1 1 l S",
        b"99999999 0 0 99999999 0 0 cm " * 9 + b"0 0 1 1 re f",
        b"Q Q Q EMC EMC ET",
        b"0 0 0 0 0 0 cm 0 0 9 9 re f BT /F1 12 Tf (a) Tj ET",
        b"/Cs cs 1 2 3 4 5 6 7 sc 0 0 9 9 re f",
        b"/F1 12 Tf 5 Tr 1 Ts BX foo EX",
        b"[[[[[[(a)]]]]]] TJ",
        b"BI /W -5 /H 0 ID abc EI",
        b"<</a <</b",
        b"sc scn SC",
    ],
)
def test_instructions_without_sense_are_told_or_let_be(drawing: bytes) -> None:
    found = codes(sound(b"q " + drawing + b" Q\n" + words("A note", 20, 50, 5)))
    assert not found & {"F801", "F804"}


def test_one_bad_instruction_hides_no_other() -> None:
    assert codes(sound(b"/None Do\n" + words("A note", 20, 50, 5))) == {"F805", "F871"}


def odd(pdf: pikepdf.Pdf) -> list[tuple[Any, str]]:
    page, found = pdf.pages[0].obj, resources(pdf)
    return [
        (page, "/MediaBox"), (page, "/TrimBox"), (page, "/BleedBox"), (page, "/Resources"), (page, "/Contents"),
        (page, "/Group"), (page, "/Annots"), (page, "/Rotate"), (page, "/UserUnit"), (page, "/AA"),
        (found, "/Font"), (found, "/XObject"), (found, "/ExtGState"), (found, "/ColorSpace"),
        (found.Font.F1, "/Widths"), (found.Font.F1, "/FontDescriptor"), (found.Font.F1, "/BaseFont"),
        (found.Font.F1, "/FirstChar"), (found.Font.F1, "/Subtype"),
        (found.ExtGState.Over, "/op"), (found.ExtGState.Over, "/LW"), (found.ExtGState.Over, "/Font"),
        (found.XObject.Im1, "/Width"), (found.XObject.Im1, "/ColorSpace"), (found.XObject.Im1, "/Filter"),
        (pdf.Root, "/OutputIntents"), (pdf.Root, "/Metadata"), (pdf.Root, "/OCProperties"), (pdf.Root, "/Names"),
        (pdf.Root, "/AcroForm"), (pdf.Root, "/ViewerPreferences"), (pdf.Root, "/StructTreeRoot"),
        (pdf.Root.OutputIntents[0], "/DestOutputProfile"), (pdf.Root, "/OpenAction"),
    ]  # fmt: skip


ODDITIES: tuple[Callable[[], Any], ...] = (
    lambda: None, lambda: 7, lambda: -1, lambda: True, lambda: "word", lambda: Name.Word, Array,
    lambda: Array([1, 2, Name.A]), lambda: Dictionary(A=1),
)  # fmt: skip


@pytest.mark.parametrize("place", range(34))
def test_any_entry_may_be_of_any_kind(place: int) -> None:
    for make in ODDITIES:
        oddity = make()
        pdf = sound(field(20, 20, 20, 20, ".5 g") + placed("Im1", 20, 50, 50, 50))
        resources(pdf).XObject.Im1 = picture(pdf, 60, 60)
        places = odd(pdf)
        holder, key = places[place]
        if oddity is None:
            if key in holder:
                del holder[key]
        else:
            holder[key] = oddity
        content = written(pdf)
        for purpose in Purpose:
            judged(content, purpose=purpose)
        assert len(places) == 34


@cache
def _whole() -> bytes:
    pdf = without_language(False)
    pdf.pages[0].obj.Contents = pdf.make_indirect(
        Stream(pdf, words("A note", 20, 50, 8) + placed("Im1", 20, 50, 50, 50) + field(0, 0, 20, 20, "1 0 0 rg"))
    )
    resources(pdf).XObject.Im1 = picture(pdf, 20, 20)
    return written(pdf)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    changes=st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=6)), min_size=1, max_size=8),
    purpose=st.sampled_from(list(Purpose)),
)
def test_bytes_changed_anywhere_give_findings_and_nothing_worse(
    changes: list[tuple[float, bytes]], purpose: Purpose
) -> None:
    content = bytearray(_whole())
    for where, put in changes:
        at = int(where * (len(content) - len(put)))
        content[at : at + len(put)] = put
    inspection = judged(bytes(content), Limits(seconds=20), purpose)
    assert all(one.code.startswith("F8") and one.hint for one in inspection.findings)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_may_be_a_pages_content(drawing: bytes) -> None:
    pdf = sound(pages=1)
    pdf.pages[0].obj.Contents = pdf.make_indirect(Stream(pdf, drawing))
    assert not codes(pdf) & {"F801", "F804"}
