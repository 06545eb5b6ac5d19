"""A DOCX says whose edition it is, binds the clinic's values, marks drafts on every page, and knows its lines."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from sample_house import SampleHouse
from specimen import META, SPECIMEN, bullets, p, t
from test_docx import edition, find, paragraphs, render, style, text, xml

from layouts.docx import LAYOUT
from layouts.docx.draft_mark import pale
from layouts.docx.markup import clark
from leafletpress.diagnostics import LayoutError
from leafletpress.edition import resolve
from leafletpress.layout import Context
from leafletpress.model import (
    NOWHERE,
    Callout,
    CalloutKind,
    Case,
    Clinic,
    Contact,
    ContactKind,
    ContactLine,
    Edition,
    Effect,
    EffectGroup,
    Fact,
    Facts,
    Inlines,
    Leaflet,
    List,
    ListItem,
    ListKind,
    Paragraph,
    Picture,
    Section,
    SideEffects,
    Span,
    Text,
    Value,
)
from leafletpress.model.blocks import Band
from leafletpress.project import LeafletFile
from leafletpress.reading_order import reading_order, words
from leafletpress.theme import PAPERS, Colours, Theme, Type, contrast

MATTER = """---
id: specimen
title: A specimen
lang: en-GB
kind: test
summary: What it is.
reference: LP-1
version: "1.0"
status: draft
---

"""
INKS = ("ink", "accent", "red", "amber", "green", "footer")


def parts_in(shown: Edition, context: Context) -> dict[str, bytes]:
    content = LAYOUT.render(shown, context)
    assert LAYOUT.validate(content) == ()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


# whose leaflet it is


def test_the_masthead_says_in_order_whose_it_is_what_it_is_and_what_is_wrong_with_it() -> None:
    found = paragraphs(render(SPECIMEN))[:6]
    assert [name for name, _ in found] == [
        *("Owner", "LeafletKind", "DraftNotice", "OverdueNotice", "Title", "Subtitle"),
    ]
    assert found[0][1].strip() == SPECIMEN.owner
    assert found[3][1] == SPECIMEN.overdue


def test_the_logo_stands_beside_the_name_and_is_decoration() -> None:
    tree = xml(parts := render(SPECIMEN))
    (owner,) = find(tree, "//w:p[w:pPr/w:pStyle/@w:val='Owner']")
    assert find(owner, ".//wp:docPr/@descr") == [""]
    assert find(owner, ".//adec:decorative/@val") == ["1"]
    assert [name for name in parts if name.startswith("word/media/image1")] == ["word/media/image1.png"]
    # Name and logo on one line: words that wrap go on beside the logo, at the stop the tab leads to.
    (left,), (hanging,), (stop,) = (
        find(owner, f"w:pPr/{path}") for path in ("w:ind/@w:left", "w:ind/@w:hanging", "w:tabs/w:tab/@w:pos")
    )
    width = int(find(owner, ".//wp:extent/@cx")[0]) / 635
    assert int(left) == int(hanging) == int(stop) > width
    sheet = xml(parts, "word/styles.xml")
    assert find(sheet, "w:style[@w:styleId='Owner']/w:pPr/w:textAlignment/@w:val") == ["center"]


@pytest.mark.parametrize(("width", "height"), [(1000, 10), (10, 1000), (120, 40)])
def test_a_logo_of_any_shape_keeps_it_and_leaves_room_for_the_name(width: float, height: float) -> None:
    assert SPECIMEN.logo
    parts = render(replace(SPECIMEN, logo=replace(SPECIMEN.logo, width_px=width, height_px=height)))
    extent = find(xml(parts), "//w:p[w:pPr/w:pStyle/@w:val='Owner']//wp:extent")[0]
    cx, cy = int(extent.get("cx")), int(extent.get("cy"))
    assert cx <= 70.1 * 36000
    assert cy <= 13.1 * 36000
    assert cx / cy == pytest.approx(width / height, rel=0.1)


def test_a_logo_that_is_no_picture_is_refused() -> None:
    with pytest.raises(LayoutError, match="logo") as caught:
        LAYOUT.render(replace(SPECIMEN, logo=Picture("l", "image/gif", b"GIF89a", 1, 1)), Context())
    assert [finding.code for finding in caught.value.diagnostics] == ["L505"]


def test_the_bar_of_the_masthead_stands_above_its_first_line_only() -> None:
    with_owner, without = xml(render(SPECIMEN)), xml(render(replace(SPECIMEN, owner="", logo=None, clinic=None)))
    kind = "//w:p[w:pPr/w:pStyle/@w:val='LeafletKind']/w:pPr/w:pBdr/w:top/@w:val"
    assert find(with_owner, kind) == ["nil"]
    assert find(without, kind) == []
    assert not find(without, "//w:p[w:pPr/w:pStyle/@w:val='Owner']")


def test_the_imprint_stands_between_references_and_about_as_a_card_of_bound_values() -> None:
    tree = xml(render(SPECIMEN))
    heads = [text(item) for item in tree.iter(clark("w:p")) if style(item) == "BackHeading"]
    assert heads == [
        *("Words explained", "Our sources", "How to reach us", "About this leaflet"),
    ]
    after = find(tree, "//w:p[.//w:t='How to reach us']/following-sibling::w:p")[:3]
    assert [style(item) for item in after] == ["ContactName", "ContactLine", "ContactLine"]
    assert [find(item, ".//w:dataBinding/@w:xpath")[0] for item in after] == [
        f"/lf:values[1]/lf:clinic.{name}[1]" for name in ("name", "phone", "hours")
    ]


def test_without_a_clinic_the_imprint_has_dotted_lines_and_the_words_are_the_reading_order() -> None:
    imprint = Contact(
        (Text("Clinic: "), Value("clinic.name", "")), (ContactLine(ContactKind.PHONE, (Value("clinic.phone", ""),)),)
    )
    shown = edition(p("x"), clinic=None, owner="", logo=None, overdue="", imprint=imprint)
    parts = parts_in(shown, Context())
    assert find(xml(parts), "//w:sdt[.//w:alias/@w:val='clinic.phone']/w:sdtContent//w:rStyle/@w:val") == ["ValueBlank"]
    said = [word for _, line in paragraphs(parts) for word in words(line)]
    assert said == [word for unit in reading_order(shown) for word in words(unit)]
    assert SPECIMEN.publisher in text(xml(parts, "word/header-default.xml"))


def test_the_running_head_says_the_clinics_name_as_a_bound_value() -> None:
    head = xml(render(SPECIMEN), "word/header-default.xml")
    assert text(head).startswith("Riverside Clinic")
    assert find(head, ".//w:dataBinding/@w:xpath") == ["/lf:values[1]/lf:clinic.name[1]"]
    (inside,) = find(head, ".//w:sdtPr/w:id/@w:val")
    assert inside not in find(xml(render(SPECIMEN)), "//w:sdtPr/w:id/@w:val")


# values


def bound(parts: dict[str, bytes], words_of_value: str) -> list[bool]:
    found = find(xml(parts), "//w:sdt[starts-with(w:sdtPr/w:tag/@w:val, 'lf:value:')]")
    return [bool(find(one, "w:sdtPr/w:dataBinding")) for one in found if text(one) == words_of_value]


def test_words_that_are_not_the_value_itself_are_not_bound() -> None:
    values: Inlines = (
        *(Value("clinic.phone", "01632 960 001"), Text(" "), Value("clinic.phone", "our reception"), Text(" ")),
        *(Value("clinic.endoscopy.phone", "01632 960 002"), Text(" "), Value("include.who", "the ward"), Text(" ")),
        *(Value("leaflet.dose", "60 mg"), Text(" "), Value("leaflet.dose", "30 mg"), Value("leaflet.1st", "once")),
    )
    clinic = Clinic("riverside", (*(SPECIMEN.clinic or Clinic("", ())).values, ("endoscopy.phone", "01632 960 002")))
    parts = parts_in(edition(Paragraph(values), clinic=clinic), Context())
    assert bound(parts, "01632 960 001") == [True, True]  # in the text and in the imprint
    assert bound(parts, "our reception") == [False]
    assert bound(parts, "01632 960 002") == [True]
    assert bound(parts, "the ward") == [False]
    assert (bound(parts, "60 mg"), bound(parts, "30 mg")) == ([True], [False])
    store = xml(parts, "customXml/item2.xml")
    assert {etree.QName(item).localname: item.text for item in store} == {
        "clinic.name": "Riverside Clinic",
        "clinic.phone": "01632 960 001",
        "clinic.hours": "Monday to Friday, 9am to 5pm",
        "clinic.endoscopy.phone": "01632 960 002",
        "leaflet.dose": "60 mg",
        "leaflet.1st": "once",
    }
    for path in find(xml(parts), "//w:dataBinding/@w:xpath"):
        assert store.xpath(path, namespaces={"lf": "urn:leafletpress:values:1"})


def test_neutral_words_are_not_bound_and_the_blanks_of_a_particular_are_one() -> None:
    line: Inlines = (Value("clinic.phone", "our reception"), Text(" or "), Value("clinic.phone", ""))
    parts = parts_in(edition(Paragraph(line), clinic=None, owner="", logo=None, imprint=Contact(line, ())), Context())
    assert bound(parts, "our reception") == [False, False]
    (blank,) = [item.text or "" for item in xml(parts, "customXml/item2.xml")]
    assert set(blank) == {"\u2026"}
    assert bound(parts, blank) == [True, True]


def test_every_bound_control_holds_what_the_values_part_holds() -> None:
    parts = render(SPECIMEN)
    store = xml(parts, "customXml/item2.xml")
    for control in find(xml(parts), "//w:sdt[w:sdtPr/w:dataBinding]"):
        (path,) = find(control, "w:sdtPr/w:dataBinding/@w:xpath")
        found: Any = store.xpath(path, namespaces={"lf": "urn:leafletpress:values:1"})
        assert [item.text for item in found] == [text(control)]


def test_a_value_with_a_character_that_xml_bars_is_refused() -> None:
    with pytest.raises(LayoutError, match=r"U\+0007"):
        LAYOUT.render(edition(Paragraph((Value("leaflet.dose", "60\a"),))), Context())


# drafts


@pytest.mark.parametrize("use", ["default", "first"])
def test_a_draft_is_marked_on_every_page_in_words_and_behind_the_text(use: str) -> None:
    head = xml(render(SPECIMEN), f"word/header-{use}.xml")
    assert text(head).endswith(SPECIMEN.notice)
    (mark,) = find(head, ".//v:shape[starts-with(@id, 'PowerPlusWaterMarkObject')]")
    assert find(mark, "v:textpath/@string") == [SPECIMEN.notice]
    assert "z-index:-" in (mark.get("style") or "")
    assert mark.get("alt") == ""
    # What is drawn is no text: a screen reader and a search find the words of the head once.
    assert "".join(head.itertext()).count(SPECIMEN.notice) == 1


def test_an_approved_leaflet_has_no_mark() -> None:
    parts = render(replace(SPECIMEN, notice=""))
    for use in ("default", "first"):
        assert not find(xml(parts, f"word/header-{use}.xml"), ".//w:pict")
    assert text(xml(parts, "word/header-first.xml")) == ""


def test_a_long_name_leaves_the_mark_a_line_of_its_own() -> None:
    name = "Riverside Clinic for Endoscopy, Radiology and Ultrasound of the General Hospital"
    head = xml(render(replace(SPECIMEN, owner=name)), "word/header-default.xml")
    assert [text(item).strip() for item in head] == [name, SPECIMEN.notice]


@pytest.mark.parametrize("accent", ["#17324d", "#5a1e6b", "#00527a", "#8a3300"])
def test_words_on_the_watermark_keep_their_contrast(accent: str) -> None:
    colours = Colours(accent=accent)
    assert all(contrast(getattr(colours, ink), pale(colours)) >= 4.5 for ink in INKS)
    assert contrast(pale(colours), "#ffffff") < 1.25


def test_an_ink_that_just_passes_on_paper_makes_the_mark_as_pale_as_can_be() -> None:
    assert pale(Colours(accent="#767676")) == "#f6f6f6"


# the clinic's theme


def test_paper_colours_and_face_are_the_clinics() -> None:
    colours = Colours(accent="#5a1e6b")
    theme = Theme(colours, Type(family="Noto Sans"), PAPERS["letter"])
    parts = parts_in(SPECIMEN, Context(theme))
    (size,) = find(xml(parts), "//w:pgSz")
    assert (size.get(clark("w:w")), size.get(clark("w:h"))) == ("12240", "15840")
    sheet = xml(parts, "word/styles.xml")
    assert find(sheet, "//w:docDefaults//w:rFonts/@w:ascii") == ["Noto Sans"]
    assert find(sheet, "w:style[@w:styleId='Title']/w:rPr/w:color/@w:val") == ["5A1E6B"]
    everything = b"".join(part for name, part in parts.items() if not name.startswith("word/media"))
    assert b"17324D" not in everything.upper()
    assert b"Atkinson" not in everything
    # Tables and stops fill the wider sheet.
    (margins,) = find(xml(parts), "//w:pgMar")
    measure = 12240 - 2 * int(margins.get(clark("w:left")))
    indent, width = (int(find(xml(parts), f"//w:tblPr/w:{tag}/@w:w")[0]) for tag in ("tblInd", "tblW"))
    assert indent + width == pytest.approx(measure, abs=1)
    (stop,) = find(sheet, "w:style[@w:styleId='Footer']/w:pPr/w:tabs/w:tab/@w:pos")
    assert int(stop) == pytest.approx(measure, abs=1)


# where the words came from


def at(line: int, end: int = 0, path: str = "source/leaflets/x/en-GB.md") -> Span:
    return Span(path, line, end or line)


def test_each_bookmark_of_the_body_says_which_lines_it_came_from() -> None:
    shared = "source/shared/en/ring.md"
    item = ListItem((Paragraph(t("one"), span=at(8)), Paragraph(t("more"), span=at(10, 11))), span=at(8, 11))
    body = (
        Section(
            t("Head"),
            (
                Paragraph(t("words"), span=at(5, 6)),
                List(ListKind.BULLET, (item,), span=at(8, 11)),
                Callout(
                    *(CalloutKind.URGENT, t("Ring us"), (Paragraph(t("now"), span=at(2, path=shared)),)),
                    span=at(1, 3, shared),
                ),
                Facts((Fact(t("Dose"), t("1"), span=at(13, 14)), Fact(t("Times"), t("2"), span=at(16, 17)))),
                SideEffects(
                    (EffectGroup(Band.COMMON, (), (Effect(t("rash"), span=at(22)),), span=at(21, 23)),),
                    numbers=False,
                    span=at(20, 24),
                ),
                bullets("nobody knows"),
            ),
            span=at(3, 24),
        ),
    )
    base = xml(render(edition(*body)), "customXml/item1.xml")
    found = [dict(item.attrib) for item in base if etree.QName(item).localname == "origin"]
    here = "source/leaflets/x/en-GB.md"
    expected = [
        *((here, 3, 3), (here, 5, 6), (here, 8, 8), (here, 10, 11)),
        *((shared, 1, 1), (shared, 1, 1), (shared, 2, 2)),
        *((here, 13, 14), (here, 16, 17), (here, 21, 21), (here, 22, 22)),
    ]
    assert [(one["path"], int(one["line"]), int(one["end"])) for one in found] == expected
    assert [one["mark"] for one in found] == [f"_lf_{number:03d}" for number in range(len(expected))]
    assert NOWHERE.path == ""  # what stands nowhere is not listed


def test_the_base_says_what_the_edition_was_made_for() -> None:
    case = Case("en-GB", region="GB", audience="adult", age_group="older-adult", clinic="riverside", format="docx")
    base = xml(render(replace(SPECIMEN, case=case)), "customXml/item1.xml")
    said = {name: base.get(name) for name in ("clinic", "region", "audience", "sex", "age-group", "format")}
    assert said == {
        "clinic": "riverside", "region": "GB", "audience": "adult", "sex": None, "age-group": "older-adult",
        "format": None,
    }  # fmt: skip
    assert META.lang == base.get("lang")


def test_spans_come_through_the_resolver_from_shared_texts_too(tmp_path: Path) -> None:
    house = SampleHouse(tmp_path)
    house.write("shared/en/ring.md", b"::: urgent Ring {{clinic.phone}} if:\n- it is red\n- it is hot\n:::\n")
    body = MATTER + "Before.\n\n::: include ring\n:::\n\n## Head\n\n::: include ring\n:::\n\nAfter.\n"
    path = house.write("leaflets/specimen/en-GB.md", body.encode())
    file = LeafletFile("specimen", "en-GB", path, "source/leaflets/specimen/en-GB.md")
    resolution = resolve(house.project, file, None)
    assert resolution.edition, "\n".join(map(str, resolution.diagnostics))
    base = xml(render(resolution.edition), "customXml/item1.xml")
    lines = body.splitlines()
    here, shared = "source/leaflets/specimen/en-GB.md", "source/shared/en/ring.md"
    included = [(shared, 1), (shared, 1), (shared, 2), (shared, 3)]
    found = [(one.get("path"), int(one.get("line") or 0)) for one in base if one.get("mark")]
    assert found == [
        *((here, lines.index("Before.") + 1), *included),
        *((here, lines.index("## Head") + 1), *included),
        (here, lines.index("After.") + 1),
    ]


def test_in_arabic_a_bound_number_keeps_its_order_in_every_place() -> None:
    line = Paragraph((Value("clinic.phone", "01632 960 001"), Text(" أو "), Value("clinic.phone", "الاستقبال")))
    parts = parts_in(replace(SPECIMEN, leaflet=Leaflet(replace(META, lang="ar"), (line,))), Context())
    held = "\u200e01632 960 001\u200e"
    assert bound(parts, held) == [True, True]
    assert bound(parts, "الاستقبال") == [False]
    assert held in [item.text for item in xml(parts, "customXml/item2.xml")]
