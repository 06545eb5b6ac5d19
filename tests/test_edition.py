"""Editions: variables, glossary words, references and the parts that nobody types."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sample_house import BARE, SampleHouse
from specimen import LOGO, META, SPECIMEN, SVG, p, t

from leafletpress.diagnostics import Diagnostic
from leafletpress.edition.dates import long_date
from leafletpress.model import (
    Callout,
    CalloutKind,
    Case,
    Citation,
    Figure,
    GlossaryEntry,
    Inline,
    Link,
    Paragraph,
    Section,
    Source,
    Span,
    Status,
    Strong,
    Term,
    Text,
    Value,
    Variable,
    plain_text,
)
from leafletpress.reading_order import reading_order

RIVERSIDE = "name: Riverside Clinic\nphone: 01632 960 001\naddress: |\n  1 High Street,\n  Town\n"
GLOSSARY = """
biopsy:
  medical: tissue sampling
  definition: A small piece of the body
    is taken to look at.
femur:
  word: thigh bone
  definition: The bone above the knee.
Polyp:
  definition: A small growth.
"""


@pytest.fixture
def house(tmp_path: Path) -> SampleHouse:
    return SampleHouse(tmp_path)


def line(*inlines: Inline) -> Paragraph:
    return Paragraph(inlines)


def only(found: list[Diagnostic], code: str) -> Diagnostic:
    assert [one.code for one in found] == [code]
    return found[0]


class TestVariables:
    def test_without_a_clinic_its_particulars_are_left_to_fill_in(self, house: SampleHouse) -> None:
        edition = house.edition(line(Text("Call "), Variable("clinic.phone")))
        assert edition.leaflet.body == (line(Text("Call "), Value("clinic.phone", "")),)
        assert edition.clinic is None

    def test_with_a_clinic_they_are_its_own(self, house: SampleHouse) -> None:
        house.write("clinics/riverside.yaml", RIVERSIDE)
        heading = (Text("Call "), Variable("clinic.phone"))
        body = Callout(CalloutKind.NOTE, heading, (line(Strong((Variable("clinic.address"),))),))
        edition = house.edition(body, clinic="riverside")
        (callout,) = edition.leaflet.body
        assert isinstance(callout, Callout)
        assert plain_text(callout.heading) == "Call 01632 960 001"
        assert callout.blocks == (line(Strong((Value("clinic.address", "1 High Street, Town"),))),)
        assert edition.clinic is not None
        assert edition.clinic.id == "riverside"
        assert dict(edition.clinic.values)["name"] == "Riverside Clinic"

    def test_a_value_is_text_and_never_structure(self, house: SampleHouse) -> None:
        house.write("clinics/riverside.yaml", 'name: "**A** [b](https://example.org) {{clinic.phone}} <b>"\n')
        edition = house.edition(line(Variable("clinic.name")), clinic="riverside")
        text = "**A** [b](https://example.org) {{clinic.phone}} <b>"
        assert edition.leaflet.body == (line(Value("clinic.name", text)),)

    def test_values_of_the_front_matter_are_words_of_the_language(self, house: SampleHouse) -> None:
        meta = replace(BARE, publisher=None)
        names = ("version", "reviewed", "review-by", "kind", "status", "publisher", "authors")
        edition = house.edition(line(*(Variable(f"leaflet.{name}") for name in names)), meta=meta)
        (paragraph,) = edition.leaflet.body
        assert isinstance(paragraph, Paragraph)
        assert [value.text for value in paragraph.content if isinstance(value, Value)] == [
            "1.2",
            "1 March 2026",
            "1 March 2028",
            "Test or scan",
            "Draft",
            "Sample clinic",
            "A. Writer",
        ]

    @pytest.mark.parametrize(
        ("name", "hint"),
        [
            ("clinic.fone", "clinic.phone"),
            ("leaflet.titel", "leaflet.title"),
            ("clinc.phone", "clinic.phone"),
            ("leaflet.funding", "funding: …"),
        ],
    )
    def test_an_unknown_one_is_an_error_with_its_place(self, house: SampleHouse, name: str, hint: str) -> None:
        fault = only(house.faults(line(Variable(name, span=Span("f.md", 7)))), "E303")
        assert fault.span.line == 7
        assert hint in fault.hint

    def test_one_that_the_clinic_lacks_names_the_clinic(self, house: SampleHouse) -> None:
        house.write("clinics/riverside.yaml", RIVERSIDE)
        fault = only(house.faults(line(Variable("clinic.hours")), clinic="riverside"), "E303")
        assert "'riverside'" in fault.message
        assert "source/clinics/riverside.yaml" in fault.hint

    def test_titles_are_printed_as_they_stand(self, house: SampleHouse) -> None:
        only(house.faults(p("x"), meta=replace(BARE, title="Call {{clinic.phone}}")), "E303")


class TestClinics:
    def test_an_unknown_one_suggests_the_nearest(self, house: SampleHouse) -> None:
        house.write("clinics/riverside.yaml", RIVERSIDE)
        fault = only(house.faults(line(Variable("clinic.phone")), clinic="riversde"), "E307")
        assert "riverside" in fault.hint
        assert fault.span.path
        assert "clinics/riversde.yaml" in house.inputs

    @pytest.mark.parametrize("name", ["../press", "a/b", "", "Riverside", "riverside\0", "none"])
    def test_a_name_is_never_a_path(self, house: SampleHouse, name: str) -> None:
        only(house.faults(p("x"), clinic=name), "E307")

    def test_faults_in_its_file_are_faults_of_the_project(self, house: SampleHouse) -> None:
        house.write("clinics/riverside.yaml", "phone: 1\nfax: 2\n")
        found = house.faults(p("x"), clinic="riverside")
        assert [(one.code, one.span.path) for one in found] == [("P402", "source/clinics/riverside.yaml")] * 2


class TestGlossary:
    def test_entries_stand_in_order_of_first_use_and_once(self, house: SampleHouse) -> None:
        house.write("glossary/en-GB.yaml", GLOSSARY)
        body = (
            Section(line(Term(t("Femur"))).content, (line(Term(t("a small sample"), "biopsy")),)),
            line(Strong((Term(t("polyp")),)), Term(t("thigh bone"))),
        )
        edition = house.edition(*body)
        assert edition.glossary == (
            GlossaryEntry("femur", "thigh bone", None, "The bone above the knee."),
            GlossaryEntry("biopsy", "biopsy", "tissue sampling", "A small piece of the body is taken to look at."),
            GlossaryEntry("Polyp", "Polyp", None, "A small growth."),
        )
        assert edition.leaflet.body[1] == line(Strong((Term(t("polyp"), "Polyp"),)), Term(t("thigh bone"), "femur"))

    def test_the_region_comes_before_the_language(self, house: SampleHouse) -> None:
        house.write("glossary/en.yaml", "a:\n  definition: plain\nb:\n  definition: plain\n")
        house.write("glossary/en-GB.yaml", "a:\n  definition: British\n")
        edition = house.edition(line(Term(t("a")), Text(" "), Term(t("b"))))
        assert [entry.definition for entry in edition.glossary] == ["British", "plain"]
        assert house.inputs >= {"glossary/en.yaml", "glossary/en-GB.yaml"}

    def test_a_word_that_is_not_there_says_how_to_add_it(self, house: SampleHouse) -> None:
        house.write("glossary/en-GB.yaml", GLOSSARY)
        fault = only(house.faults(line(Term(t("biopsies")))), "E304")
        assert "'biopsy'" in fault.hint
        fault = only(house.faults(line(Term(t("stent")))), "E304")
        assert "source/glossary/en-GB.yaml" in fault.hint

    def test_its_faults_are_told_with_their_lines(self, house: SampleHouse) -> None:
        house.write("glossary/en-GB.yaml", "biopsy:\n  meaning: x\n")
        found = house.faults(line(Term(t("biopsy"))))
        assert [(one.code, one.span.path) for one in found if one.code == "P402"] == [
            ("P402", "source/glossary/en-GB.yaml")
        ] * 2

    @pytest.mark.parametrize("content", [b"a: \xff", b"#" * 1_100_000, b'a:\n  definition: " "\n', b"- a\n"])
    def test_a_file_that_cannot_be_read_is_a_finding(self, house: SampleHouse, content: bytes) -> None:
        house.write("glossary/en.yaml", content)
        assert "P402" in [one.code for one in house.faults(line(Term(t("a"))))]

    def test_it_is_not_read_where_no_word_asks_for_it(self, house: SampleHouse) -> None:
        house.write("glossary/en-GB.yaml", "not yaml: : :")
        house.edition(p("x"))
        assert not any(name.startswith("glossary") for name in house.inputs)


class TestReferences:
    SOURCES = (
        Source("one", "Is it safe?", url="https://example.org/1", span=Span("f.md", 4)),
        Source("two", "A guide", "A publisher", "https://example.org/2", "2025", date(2026, 2, 1)),
        Source("three", "A book", None, None, "1999"),
    )

    def test_they_are_numbered_in_order_of_first_use(self, house: SampleHouse) -> None:
        body = line(Citation("two"), Text(" "), Strong((Citation("three"), Citation("two"))), Citation("one"))
        edition = house.edition(body, meta=replace(BARE, sources=self.SOURCES))
        assert [source.id for source in edition.references] == ["two", "three", "one"]
        assert edition.citation_number("one") == 3
        assert [plain_text(one) for one in edition.reference_lines] == [
            "A guide. A publisher, 2025. https://example.org/2 (read on 1 February 2026)",
            "A book. 1999.",
            "Is it safe? https://example.org/1",
        ]
        assert Link(t("https://example.org/2"), "https://example.org/2") in edition.reference_lines[0]

    def test_unknown_and_unused_ones_are_told(self, house: SampleHouse) -> None:
        meta = replace(BARE, sources=self.SOURCES[:1])
        found = house.faults(line(Citation("on", span=Span("f.md", 9))), meta=meta)
        assert {(one.code, one.span.line) for one in found} == {("E305", 9), ("E306", 4)}
        assert "'one'" in next(one.hint for one in found if one.code == "E305")
        only(house.faults(line(Citation("x"))), "E305")

    def test_an_unused_one_stops_nothing(self, house: SampleHouse) -> None:
        assert house.edition(p("x"), meta=replace(BARE, sources=self.SOURCES)).references == ()


class TestGeneratedParts:
    def test_the_specimen_composes_to_the_edition_built_by_hand(self, house: SampleHouse) -> None:
        house.write("glossary/en-GB.yaml", GLOSSARY)
        house.write("leaflets/specimen/images/dots.svg", SVG)
        house.write("clinics/logo.svg", LOGO)
        house.write(
            "clinics/riverside.yaml",
            "name: Riverside Clinic\nphone: 01632 960 001\nhours: Monday to Friday, 9am to 5pm\nlogo: logo.svg\n",
        )
        edition = house.edition(*SPECIMEN.leaflet.body, meta=META, clinic="riverside")
        assert edition.kind_label == SPECIMEN.kind_label
        assert edition.notice == SPECIMEN.notice
        assert edition.publisher == "Leaflet Press"
        assert edition.glossary == SPECIMEN.glossary
        assert edition.references == SPECIMEN.references
        assert edition.reference_lines == SPECIMEN.reference_lines
        assert edition.pictures == SPECIMEN.pictures
        assert edition.imprint == SPECIMEN.imprint
        assert edition.owner == SPECIMEN.owner
        assert edition.logo == SPECIMEN.logo
        assert edition.clinic is not None
        assert SPECIMEN.clinic is not None
        assert dict(edition.clinic.values) == dict(SPECIMEN.clinic.values)
        assert edition.case == Case(language="en-GB", clinic="riverside")
        assert not edition.contents
        late = replace(edition, overdue=SPECIMEN.overdue)
        assert list(reading_order(late))[:6] == list(reading_order(SPECIMEN))[:6]

    def test_the_footer_tells_leaflets_apart(self, house: SampleHouse) -> None:
        approved = replace(BARE, status=Status.APPROVED)
        assert house.edition(p("x"), meta=approved).footer == (
            "A specimen & its parts · LP-0000 · version 1.2 · reviewed 1 March 2026"
        )
        unread = house.edition(p("x"), meta=replace(BARE, reviewed=None))
        assert unread.footer.endswith("version 1.2 · draft · issued 1 March 2026")
        dateless = house.edition(p("x"), meta=replace(BARE, reviewed=None, issued=None, review_by=None))
        assert dateless.footer.endswith("version 1.2 · draft")

    def test_only_drafts_carry_a_notice(self, house: SampleHouse) -> None:
        assert house.edition(p("x")).notice == "Draft, not for patients"
        assert house.edition(p("x"), meta=replace(BARE, status=Status.APPROVED)).notice == ""

    def test_the_review_box_says_what_the_leaflet_says(self, house: SampleHouse) -> None:
        meta = replace(
            BARE,
            publisher=None,
            status=Status.APPROVED,
            reviewers=("B", "C"),
            funding="None",
            user_testing="10 readers",
            licence="CC BY 4.0",
        )
        box = house.edition(p("x"), meta=meta).review_box
        assert [(plain_text(fact.label), plain_text(fact.value)) for fact in box.items] == [
            ("Published by", "Sample clinic"),
            ("Written by", "A. Writer"),
            ("Reviewed by", "B, C"),
            ("Reference", "LP-0000"),
            ("Version", "1.2"),
            ("Status", "Approved"),
            ("Issued", "1 March 2026"),
            ("Last reviewed", "1 March 2026"),
            ("Next review due", "1 March 2028"),
            ("Tested with readers", "10 readers"),
            ("Funding", "None"),
            ("Licence", "CC BY 4.0"),
        ]

    def test_the_formats_line_says_whom_to_ask(self, house: SampleHouse) -> None:
        assert plain_text(house.edition(p("x"), meta=replace(BARE, publisher=None)).formats_line).endswith(
            "To ask, contact Sample clinic."
        )
        house.write("press.yaml", "publisher: Sample clinic\ncontact: the desk\n")
        assert plain_text(house.edition(p("x")).formats_line).endswith("To ask, contact the desk.")

    def test_long_leaflets_have_contents(self, house: SampleHouse) -> None:
        assert not house.edition(p("word " * 1_500)).contents
        assert house.edition(p("word " * 1_501)).contents

    def test_a_withdrawn_leaflet_is_refused(self, house: SampleHouse) -> None:
        only(house.faults(p("x"), meta=replace(BARE, status=Status.WITHDRAWN)), "E315")

    def test_structural_checks_are_part_of_it(self, house: SampleHouse) -> None:
        only(house.faults(Section(t("Empty"), ())), "A208")
        only(house.faults(p("x"), meta=replace(BARE, id="other")), "M106")


class TestWordings:
    def test_each_built_in_language_speaks_it_throughout(self, house: SampleHouse) -> None:
        polish = house.edition(p("x"), meta=replace(BARE, lang="pl"))
        assert "1 marca 2026" in polish.footer
        assert polish.kind_label == "Badanie"
        arabic = house.edition(p("x"), meta=replace(BARE, lang="ar"))
        assert "1 مارس 2026" in arabic.footer
        assert arabic.wording.lang == "ar"

    def test_another_language_needs_its_words(self, house: SampleHouse) -> None:
        fault = only(house.faults(p("x"), meta=replace(BARE, lang="cy")), "E314")
        assert "source/wording/cy.yaml" in fault.hint
        assert "wording/cy.yaml" in house.inputs

    def test_the_house_adds_a_language_whole(self, house: SampleHouse) -> None:
        from leafletpress.edition.wordings import BUILT_IN
        from leafletpress.wording import FIELDS

        english = BUILT_IN["en"]
        lines = [f'{name.replace("_", "-")}: "{getattr(english, name)}"' for name in FIELDS if name != "lang"]
        house.write("wording/cy.yaml", "\n".join(lines).replace("Test or scan", "Prawf"))
        edition = house.edition(p("x"), meta=replace(BARE, lang="cy"))
        assert (edition.kind_label, edition.wording.lang) == ("Prawf", "cy")
        assert "1 Mawrth 2026" in edition.footer
        house.write("wording/cy.yaml", "\n".join(lines[1:]))
        fault = only(house.faults(p("x"), meta=replace(BARE, lang="cy")), "P402")
        assert "'medicine' is missing" in fault.message

    def test_the_house_may_change_a_label(self, house: SampleHouse) -> None:
        house.write("wording/en-GB.yaml", "emergency: Act now\n")
        wording = house.edition(p("x")).wording
        assert (wording.emergency, wording.urgent) == ("Act now", "Urgent")

    def test_a_region_goes_over_its_language(self, house: SampleHouse) -> None:
        house.write("wording/en.yaml", "emergency: Act now\nurgent: Soon\n")
        house.write("wording/en-GB.yaml", "urgent: Today\n")
        wording = house.edition(p("x")).wording
        assert (wording.emergency, wording.urgent, wording.lang) == ("Act now", "Today", "en-GB")

    @pytest.mark.parametrize(
        "label", ["Page {page}", "{page} {pages} {x}", "{page.real} {pages}", "{page:>9} {pages}", "{page"]
    )
    def test_a_label_has_the_places_that_are_filled_in(self, house: SampleHouse, label: str) -> None:
        house.write("wording/en.yaml", f'page-of: "{label}"\n')
        fault = only(house.faults(p("x")), "P402")
        assert fault.span.line == 1
        assert "{page}, {pages}" in fault.hint

    def test_the_built_in_languages_have_the_same_places(self) -> None:
        from leafletpress.edition.wordings import BUILT_IN, _fields_of
        from leafletpress.wording import ENGLISH, FIELDS

        assert set(BUILT_IN) == {"ar", "en", "pl"}
        for wording in BUILT_IN.values():
            for name in FIELDS:
                assert _fields_of(getattr(wording, name)) == _fields_of(getattr(ENGLISH, name)), name


def test_a_language_without_dates_of_its_own_has_plain_ones() -> None:
    assert long_date(date(2026, 3, 1), "pl-PL") == "1 marca 2026"
    assert long_date(date(2026, 3, 1), "zz") == "2026-03-01"


def test_the_same_picture_twice_is_one_picture(house: SampleHouse) -> None:
    house.write("leaflets/specimen/images/dots.svg", SVG)
    figure = Figure("images/dots.svg", "Two dots", ())
    assert len(house.edition(figure, figure).pictures) == 1
    assert "leaflets/specimen/images/dots.svg" in house.inputs
