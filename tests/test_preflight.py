"""Preflight: each finding on a file that is broken in one thing, none on its twin; places, profiles, the verb."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from broken import CASES
from pikepdf import Array, Dictionary, Name
from pressroom import press
from printed import METADATA, field, say, sound, words, written
from specimen import SPECIMEN
from validators import page_validation, qpdf, verapdf
from validators.tool import require

from layouts.pdf import LAYOUT
from layouts.pdf.preflight import Demands, Inspection, Purpose, inspect
from leafletpress.diagnostics import CATALOGUE, Diagnostic, LeafletPressError
from leafletpress.layout import Context
from leafletpress.model.span import Spot
from leafletpress.press import preflighting

OPTIONS: dict[str, dict[str, Any]] = {
    "": {},
    " --booklet": {"booklet": True},
    " --least-type 12": {"least_type_pt": 12},
}


def judged(content: bytes | pikepdf.Pdf, purpose: str = "print-shop", **measures: Any) -> Inspection:
    whole = written(content) if isinstance(content, pikepdf.Pdf) else content
    return inspect(whole, Demands(Purpose(purpose), **measures))


def codes(content: bytes | pikepdf.Pdf, purpose: str = "print-shop", **measures: Any) -> set[str]:
    return {finding.code for finding in judged(content, purpose, **measures).findings}


def only(inspection: Inspection, code: str) -> tuple[Diagnostic, Spot]:
    """The one finding of that code, and its place."""
    (found,) = [one for one in inspection.findings if one.code == code]
    assert isinstance(found.span, Spot)
    return found, found.span


@pytest.mark.parametrize("code", CASES)
def test_a_file_broken_in_one_thing_gives_that_finding(code: str) -> None:
    case = CASES[code]
    found = judged(case.make(True), case.purpose, **OPTIONS[case.options]).findings
    assert {one.code for one in found} == {code}
    assert all(one.hint and isinstance(one.span, Spot) for one in found)


@pytest.mark.parametrize("code", CASES)
def test_its_twin_gives_none(code: str) -> None:
    case = CASES[code]
    assert judged(case.make(False), case.purpose, **OPTIONS[case.options]).findings == ()


def test_every_finding_of_the_family_has_its_case() -> None:
    assert set(CASES) == {code for code in CATALOGUE if code.startswith("F")}


@pytest.mark.parametrize("purpose", list(Purpose))
def test_the_sound_file_is_sound_for_every_purpose(purpose: Purpose) -> None:
    inspection = judged(sound(), purpose)
    assert inspection == Inspection((), purpose, 4, ("A5",))


def test_others_find_the_sound_file_sound_too(tmp_path: Path) -> None:
    for tool in (verapdf, qpdf):
        require(tool)
    file = tmp_path / "sound.pdf"
    file.write_bytes(written(sound()))
    assert verapdf.findings([file], ("ua1", "2b")) == []
    assert page_validation.findings([file], ("ua1", "2b")) == []
    assert qpdf.findings([file]) == []


@pytest.fixture(scope="module")
def ours() -> bytes:
    return LAYOUT.render(SPECIMEN, Context())


@pytest.mark.parametrize("purpose", ["screen", "office"])
def test_our_own_handout_passes_for_screen_and_office(ours: bytes, purpose: str) -> None:
    assert codes(ours, purpose) == set()


def test_our_handout_is_no_print_shop_file(ours: bytes) -> None:
    found = codes(ours, "print-shop")
    assert found >= {"F822", "F850", "F890", "F891", "F892"}
    assert not found & {"F801", "F803", "F805", "F820", "F821", "F830", "F831", "F860", "F870", "F871"}


def test_the_layout_judges_and_guesses(ours: bytes) -> None:
    assert LAYOUT.preflight(ours).purpose == "screen"
    assert LAYOUT.preflight(written(sound())).purpose == "print-shop"
    assert LAYOUT.preflight(ours, "office", pages=1).findings[0].code == "F814"


# Places


def test_a_place_is_told_from_the_top_left_of_the_trim() -> None:
    _, spot = only(judged(sound(field(20, 50, 50, 30, ".1 .2 .3 rg"))), "F850")
    assert (spot.page, spot.left_mm, spot.top_mm) == (1, 20.0, 130.0)


@pytest.mark.parametrize(("turn", "left", "top"), [(0, 20, 130), (90, 50, 20), (180, 78, 50), (270, 130, 78)])
def test_on_a_turned_page_it_is_told_as_one_looks_at_it(turn: int, left: float, top: float) -> None:
    pdf = sound(field(20, 50, 50, 30, ".1 .2 .3 rg"))
    pdf.pages[0].obj.Rotate = turn
    _, spot = only(judged(pdf), "F850")
    assert (spot.left_mm, spot.top_mm) == (left, top)


def test_a_larger_unit_counts() -> None:
    """UserUnit 2: twice as large on paper (ISO 32000-1, 14.11.2 and table 30)."""
    pdf = sound(field(20, 50, 50, 30, ".1 .2 .3 rg") + words("A note", 20, 20, 5))
    pdf.pages[0].obj.UserUnit = 2
    inspection = judged(pdf)
    _, spot = only(inspection, "F850")
    assert (spot.left_mm, spot.top_mm) == (40.0, 260.0)
    assert "F811" in {one.code for one in inspection.findings}
    assert "F871" not in {one.code for one in inspection.findings}


def test_a_kind_is_told_once_at_its_worst_with_the_pages_it_is_on() -> None:
    pdf = sound(words("A", 20, 50, 8) + words("B", 20, 60, 7))
    pdf.pages[2].obj.Contents = pdf.pages[0].obj.Contents
    found, spot = only(judged(pdf), "F870")
    assert found.message == "small text of 7.0 pt (and 3 more places here and on page 3)"
    assert spot.page == 1
    assert str(replace(spot, path="x.pdf")) == "x.pdf, page 1, 20 mm from the left, 148 mm from the top"


# Pages and edges


def test_papers_are_known_lying_and_standing() -> None:
    for size, paper in (
        ((297, 210), "A4"),
        ((215.9, 279.4), "Letter"),
        ((139.7, 215.9), "half letter"),
        ((99, 210), "DL"),
    ):
        inspection = judged(sound(size_mm=size), "office")
        assert (inspection.papers, "F812" in {one.code for one in inspection.findings}) == ((paper,), False)


def test_lying_pages_without_a_word_about_turning_are_told() -> None:
    assert codes(sound(size_mm=(297, 210)), "office") == {"F815"}
    assert codes(sound(size_mm=(297, 210), pages=1), "office") == set()
    pdf = sound(size_mm=(297, 210))
    pdf.Root.ViewerPreferences.Duplex = Name.DuplexFlipLongEdge
    assert codes(pdf, "office") == {"F815"}
    pdf.Root.ViewerPreferences.Duplex = Name.DuplexFlipShortEdge
    assert codes(pdf, "office") == set()


def test_a_budget_of_pages() -> None:
    assert codes(sound(), pages=4) == set()
    assert codes(sound(), pages=3) == {"F814"}


@pytest.mark.parametrize(
    ("drawing", "told"),
    [
        (field(-3, -3, 154, 216, ".2 0 0 0 k"), False),
        (field(0, 0, 148, 210, ".2 0 0 0 k"), True),
        (field(-1, 20, 50, 50, ".2 0 0 0 k"), True),
        (field(0.3, 20, 50, 50, ".2 0 0 0 k"), True),
        (field(5, 20, 50, 50, ".2 0 0 0 k"), False),
        (field(0, 20, 50, 50, "0 0 0 0 k"), False),
        (field(0, 20, 50, 50, ".2 0 0 0 k") + field(-3, 10, 60, 70, ".2 0 0 0 k"), False),
        (b"q -8.6 100 100 100 re W n " + field(-20, 0, 100, 200, ".2 0 0 0 k") + b"Q\n", False),
        (b"q 0 100 100 100 re W n " + field(-20, 0, 100, 200, ".2 0 0 0 k") + b"Q\n", True),
        (b"q .2 0 0 0 K 4 w 0 100 m 0 200 l S Q\n", True),
        (field(-8, 50, 5, 0.2, "0 0 0 1 k"), False),
    ],
    ids=["to the bleed", "to the trim", "1 mm over", "0.3 mm short", "well inside", "white", "under one that does",
         "clipped at the bleed", "clipped at the trim", "a line along it", "a crop mark"],
)  # fmt: skip
def test_colour_has_to_reach_into_the_bleed(drawing: bytes, told: bool) -> None:
    assert ("F823" in codes(sound(drawing))) is told


def test_the_edge_is_named_as_one_looks_at_it() -> None:
    pdf = sound(field(-3, 190, 154, 20, ".2 0 0 0 k"))
    found, _ = only(judged(pdf), "F823")
    assert "over the top edge" in found.message
    pdf.pages[0].obj.Rotate = 90
    found, _ = only(judged(pdf), "F823")
    assert "over the right edge" in found.message


def test_no_bleed_is_asked_for_where_none_is_wanted() -> None:
    assert codes(sound(bleed_mm=0), bleed_mm=0) == set()


# What a print shop asks


@pytest.mark.parametrize("change", ["another", "old place", "nothing"])
def test_only_pdf_x_4_is_pdf_x_4(change: str) -> None:
    pdf, claim = sound(), "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>"
    if change == "another":
        say(pdf, METADATA.replace(claim, claim.replace("X-4", "X-3:2003")))
    else:
        say(pdf, METADATA.replace(claim, ""))
        if change == "old place":
            pdf.docinfo["/GTS_PDFXVersion"] = "PDF/X-4"
    found, _ = only(judged(pdf), "F890")
    told = {"another": "PDF/X-3:2003, not PDF/X-4", "old place": "old place only", "nothing": "does not say"}[change]
    assert told in found.message


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (lambda intent, pdf: intent.DestOutputProfile.write(b"no profile"), "damaged"),
        (lambda intent, pdf: intent.DestOutputProfile.write(rgb_profile()), "for RGB"),
        (lambda intent, pdf: intent.__delitem__("/DestOutputProfile"), "no colour profile"),
        (lambda intent, pdf: intent.__delitem__("/OutputConditionIdentifier"), "does not name"),
        (lambda intent, pdf: pdf.Root.OutputIntents.append(intent), "more than once"),
    ],
)
def test_the_printing_condition_has_its_profile(harm: Any, told: str) -> None:
    pdf = sound()
    harm(pdf.Root.OutputIntents[0], pdf)
    found, _ = only(judged(pdf), "F891")
    assert told in found.message


def rgb_profile() -> bytes:
    from printed import profile

    return profile(b"RGB ", b"mntr")


def test_forms_attachments_and_page_programs_are_told() -> None:
    pdf = sound()
    field_ = pdf.make_indirect(Dictionary(FT=Name.Tx, T="name"))
    pdf.Root.AcroForm = Dictionary(Fields=Array([field_]))
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array()))
    pdf.pages[1].obj.AA = Dictionary(O=Dictionary(S=Name.JavaScript, JS="1"))
    told = [one.message for one in judged(pdf).findings]
    assert len(told) == 3
    assert any("form fields" in one for one in told)
    assert any("attachments" in one for one in told)
    assert any("when the page is opened" in one for one in told)


def test_a_link_in_the_slug_is_let_be() -> None:
    pdf = sound()
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([-28, 100, -15, 120]))
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(link)])
    assert codes(pdf) == set()


def test_layers_have_names_and_do_not_switch_themselves() -> None:
    pdf = sound()
    group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="a"))
    settings = Dictionary(Name="x", Order=Array(), AS=Array())
    pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=settings)
    assert sorted(one.message.split(" layers that ")[1][:4] for one in judged(pdf).findings) == ["its ", "swit"]


# The quick part


def test_the_quick_part_draws_nothing_and_asks_no_validator() -> None:
    quick = {code for code in CASES if code in codes(CASES[code].make(True), CASES[code].purpose,
             **OPTIONS[CASES[code].options], thorough=False)}  # fmt: skip
    assert set(CASES) - quick == {"F806", "F807", "F880", "F881"}


# The verb


def test_the_verb_tells_people(tmp_path: Path) -> None:
    (tmp_path / "leaflet.pdf").write_bytes(CASES["F841"].make(True))
    done = press(tmp_path, "preflight", "leaflet.pdf")
    assert done.returncode == 1
    assert done.stdout == "leaflet.pdf: 4 pages A5, judged for the print shop: 1 error, 0 warnings\n"
    assert done.stderr.startswith(
        "leaflet.pdf, page 1, 20 mm from the left, 110 mm from the top: error[F841]: a picture of 200 x 200 pixels"
    )
    assert "\n  hint: " in done.stderr


def test_the_verb_tells_programs(tmp_path: Path) -> None:
    (tmp_path / "leaflet.pdf").write_bytes(CASES["F870"].make(True))
    done = press(tmp_path, "preflight", "leaflet.pdf", "--for", "office", "--report", "json", "--pages", "2")
    assert done.stderr == ""
    document = json.loads(done.stdout)
    assert {key: document[key] for key in ("version", "file", "purpose", "pages", "papers", "exit_code")} == {
        "version": 1, "file": "leaflet.pdf", "purpose": "office", "pages": 4, "papers": ["A5"], "exit_code": 1,
    }  # fmt: skip
    budget, small = document["diagnostics"]
    assert (budget["code"], budget["page"], budget["left_mm"]) == ("F814", None, None)
    assert (small["code"], small["severity"], small["page"], small["left_mm"]) == ("F870", "warning", 1, 20.0)
    assert small["file"] == "leaflet.pdf"


def test_a_warning_alone_ends_well_and_a_missing_file_is_use(tmp_path: Path) -> None:
    (tmp_path / "leaflet.pdf").write_bytes(CASES["F870"].make(True))
    assert press(tmp_path, "preflight", "leaflet.pdf", "--for", "office").returncode == 0
    assert press(tmp_path, "preflight", "nothing.pdf").returncode == 2


def test_what_libraries_log_of_a_damaged_file_is_not_printed(tmp_path: Path) -> None:
    (tmp_path / "leaflet.pdf").write_bytes(written(sound()).replace(b"/Kids [ ", b"/Kids [ 7 (x) "))
    done = press(tmp_path, "preflight", "leaflet.pdf", "--for", "office")
    assert done.stderr
    assert all(line.startswith(("leaflet.pdf", "  hint: ")) for line in done.stderr.splitlines())


# The process that looks


@pytest.fixture
def leaflet(tmp_path: Path) -> Path:
    file = tmp_path / "leaflet.pdf"
    file.write_bytes(written(sound()))
    return file


class Harmful:
    """A layout whose judge is replaced, for the child that is forked."""

    def __init__(self, harm: Any) -> None:
        self.preflight = lambda *_, **__: harm()


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (lambda: time.sleep(60), "longer than"),
        (lambda: os.kill(os.getpid(), signal.SIGKILL), "by force"),
        (lambda: bytearray(3_000_000_000), "memory"),
    ],
    ids=["hangs", "dies", "fills up"],
)
@pytest.mark.skipif(sys.platform != "linux", reason="the replaced judge reaches the child by fork alone")
def test_whatever_happens_in_there_it_ends_as_a_finding(
    leaflet: Path, monkeypatch: pytest.MonkeyPatch, harm: Any, told: str
) -> None:
    monkeypatch.setattr(preflighting, "load", lambda _: Harmful(harm))
    result = preflighting.preflight(leaflet, "office", {}, seconds=1.5, memory_mb=1000)
    assert [one.code for one in result.findings] == ["F804"]
    assert told in result.findings[0].message
    assert (result.exit_code, result.findings[0].span.path) == (1, str(leaflet))


def test_what_the_process_says_arrives(leaflet: Path) -> None:
    result = preflighting.preflight(leaflet, "", {"pages": 2})
    assert (result.purpose, result.pages, result.papers) == ("print-shop", 4, ("A5",))
    assert [(one.code, str(one.span)) for one in result.findings] == [("F814", str(leaflet))]
    assert preflighting.summary(result).endswith("4 pages A5, judged for the print shop: 1 error, 0 warnings")


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(LeafletPressError) as gone:
        preflighting.preflight(tmp_path / "gone.pdf", "", {})
    assert (gone.value.diagnostic.code, gone.value.exit_code) == ("S105", 3)
    (tmp_path / "large.pdf").write_bytes(b"12")
    monkeypatch.setattr(preflighting, "_LARGEST_MB", 0)
    with pytest.raises(LeafletPressError) as large:
        preflighting.preflight(tmp_path / "large.pdf", "", {})
    assert large.value.diagnostic.code == "S102"


def test_the_guide_explains_every_finding() -> None:
    guide = (Path(__file__).parent.parent / "docs" / "preflight.md").read_text("utf-8")
    assert [code for code in CASES if f"| {code} |" not in guide] == []
