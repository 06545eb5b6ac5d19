"""Clinics: their departments, languages and looks; owner, imprint, and what a clinic's file may not hold."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from sample_house import BARE, SampleHouse, resolved
from specimen import LOGO, p

from leafletpress.diagnostics import Diagnostic, LeafletPressError
from leafletpress.edition import Resolution
from leafletpress.layout import PressProfile
from leafletpress.model import Contact, Edition, Inlines, Paragraph, Text, Value, Variable, plain_text
from leafletpress.reading_order import reading_order
from leafletpress.theme import FAMILIES, PAPERS, check_contrast
from leafletpress.wording_arabic import ARABIC

RIVERSIDE = """name: Riverside Clinic
phone: 01632 960 001
address: 1 River Street
departments:
  endoscopy:
    name: Endoscopy unit
    phone: 01632 960 009
    hours: 8am to 6pm
"""


@pytest.fixture
def house(tmp_path: Path) -> SampleHouse:
    house = SampleHouse(tmp_path)
    house.write("clinics/riverside.yaml", RIVERSIDE)
    return house


def riverside(house: SampleHouse, more: str) -> Resolution:
    house.write("clinics/riverside.yaml", f"name: Riverside Clinic\nphone: '1'\n{more}")
    return resolved(house, "x\n", "riverside")


def fault(result: Resolution, code: str) -> Diagnostic:
    assert [one.code for one in result.diagnostics] == [code]
    return result.diagnostics[0]


def line(variable: Variable) -> Paragraph:
    return Paragraph((variable,))


def value(edition: Edition) -> str:
    (paragraph,) = edition.leaflet.body
    assert isinstance(paragraph, Paragraph)
    return plain_text(paragraph.content)


def lines(contact: Contact) -> list[tuple[str, Inlines]]:
    return [(str(one.kind), one.value) for one in contact.lines]


def word_file(name: str = "word/document.xml") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr(zipfile.ZipInfo(name), "<document/>")  # with no time of day in it
    return file.getvalue()


class TestValues:
    def test_neutral_words_stand_where_there_is_no_clinic(self, house: SampleHouse) -> None:
        asked = Variable("clinic.name", neutral="your clinic")
        assert value(house.edition(line(asked))) == "your clinic"
        assert value(house.edition(line(asked), clinic="riverside")) == "Riverside Clinic"
        assert value(house.edition(line(Variable("clinic.endoscopy.name")))) == ""

    def test_a_department_has_values_of_its_own(self, house: SampleHouse) -> None:
        edition = house.edition(line(Variable("clinic.endoscopy.phone")), clinic="riverside")
        assert edition.leaflet.body == (Paragraph((Value("clinic.endoscopy.phone", "01632 960 009"),)),)
        assert edition.clinic is not None
        assert dict(edition.clinic.values)["endoscopy.hours"] == "8am to 6pm"

    @pytest.mark.parametrize(
        ("name", "says", "hint"),
        [
            ("clinic.endoscopy.web", "'riverside'", "'web: …' to 'endoscopy' in source/clinics/riverside.yaml"),
            ("clinic.endoscop.phone", "no department 'endoscop'", "did you mean 'endoscopy'"),
            ("clinic.dialysis.phone", "no department 'dialysis'", "departments' in source/clinics/riverside.yaml"),
            ("clinic.endoscopy.fone", "not known", "clinic.endoscopy.phone"),
            ("clinic.endoscopy.phone.x", "not known", ""),
        ],
    )
    def test_one_that_is_missing_names_clinic_and_file(
        self, house: SampleHouse, name: str, says: str, hint: str
    ) -> None:
        (found,) = house.faults(line(Variable(name)), clinic="riverside")
        assert found.code == "E303"
        assert says in found.message
        assert hint in found.hint

    def test_the_leaflet_has_values_of_its_own(self, house: SampleHouse) -> None:
        meta = replace(BARE, values=(("dose", "60 mg"),))
        assert value(house.edition(line(Variable("leaflet.dose")), meta=meta)) == "60 mg"
        (found,) = house.faults(line(Variable("leaflet.strength")), meta=meta)
        assert "'strength: …'" in found.hint
        (found,) = house.faults(p("x"), meta=replace(BARE, values=(("dose", "{{clinic.phone}}"),)))
        assert found.code == "E303"


class TestTongues:
    WORDS = "hours:\n  en: 9am to 5pm\n  pl: od 9 do 17\nphone: 1\n"

    def test_words_are_those_of_the_leaflets_language(self, house: SampleHouse) -> None:
        house.write("clinics/riverside.yaml", "name: R\n" + self.WORDS)
        asked = line(Variable("clinic.hours"))
        assert value(house.edition(asked, clinic="riverside")) == "9am to 5pm"
        assert value(house.edition(asked, clinic="riverside", meta=replace(BARE, lang="pl"))) == "od 9 do 17"

    def test_words_in_other_languages_alone_are_a_fault_where_they_are_printed(self, house: SampleHouse) -> None:
        house.write("clinics/riverside.yaml", "name: R\n" + self.WORDS)
        (found,) = house.faults(p("x"), clinic="riverside", meta=replace(BARE, lang="ar"))
        assert (found.code, str(found.span)) == ("P402", "source/clinics/riverside.yaml:2")
        house.write("clinics/riverside.yaml", "name: R\ndepartment: {pl: Oddział}\n")
        assert house.edition(p("x"), clinic="riverside")
        (found,) = house.faults(line(Variable("clinic.department")), clinic="riverside")
        assert (found.code, "language" in found.message) == ("E303", True)

    @pytest.mark.parametrize(
        ("text", "line"),
        [
            ("name: {pl: R}\n", 1),
            ("name: R\nhours:\n  english: x\n", 3),
            ("name: R\nhours:\n  en:\n", 3),
            ("name: R\nhours:\n  en: [a]\n", 3),
            ("name: R\nregion: {en: GB}\n", 2),
            ("name: R\nhours: [a]\n", 2),
            ("name: R\ndepartments:\n  endoscopy:\n    phone: 1\n", 3),
            ("name: R\ndepartments:\n  2nd floor:\n    name: x\n", 3),
            ("name: R\ndepartments:\n  endoscopy:\n    name: x\n    fax: 1\n", 5),
            ("name: R\ndepartments: x\n", 2),
            ("name: R\naddress: |\n\n", 2),
        ],
    )
    def test_faults_have_their_line(self, house: SampleHouse, text: str, line: int) -> None:
        house.write("clinics/riverside.yaml", text)
        found = house.faults(p("x"), clinic="riverside")
        assert [(one.code, one.span.line) for one in found] == [("P402", line)]


class TestImprint:
    def test_it_is_the_clinics(self, house: SampleHouse) -> None:
        edition = house.edition(p("x"), clinic="riverside")
        assert edition.owner == "Riverside Clinic"
        assert edition.imprint.name == (Value("clinic.name", "Riverside Clinic"),)
        assert lines(edition.imprint) == [
            ("phone", (Value("clinic.phone", "01632 960 001"),)),
            ("address", (Value("clinic.address", "1 River Street"),)),
        ]

    def test_the_department_goes_first_and_the_clinic_fills_in(self, house: SampleHouse) -> None:
        edition = house.edition(p("x"), clinic="riverside", meta=replace(BARE, department="endoscopy"))
        assert edition.owner == "Riverside Clinic · Endoscopy unit"
        assert plain_text(edition.imprint.name) == edition.owner
        assert lines(edition.imprint) == [
            ("phone", (Value("clinic.endoscopy.phone", "01632 960 009"),)),
            ("hours", (Value("clinic.endoscopy.hours", "8am to 6pm"),)),
            ("address", (Value("clinic.address", "1 River Street"),)),
        ]
        elsewhere = house.edition(p("x"), clinic="riverside", meta=replace(BARE, department="dialysis"))
        assert elsewhere.owner == "Riverside Clinic"

    def test_without_a_clinic_there_are_lines_to_fill_in(self, house: SampleHouse) -> None:
        edition = house.edition(p("x"))
        assert (edition.owner, edition.logo) == ("", None)
        assert edition.imprint.name == (Text("Clinic: "), Value("clinic.name", ""))
        assert [kind for kind, words in lines(edition.imprint) if plain_text(words) == ""] == ["phone", "hours"]

    def test_every_word_of_it_is_read(self, house: SampleHouse) -> None:
        edition = house.edition(p("x"), clinic="riverside", meta=replace(BARE, department="endoscopy"))
        units = list(reading_order(edition))
        assert units[0] == "Riverside Clinic · Endoscopy unit"
        assert "8am to 6pm" in units


class TestLooks:
    def test_the_clinics_look_goes_over_the_houses(self, house: SampleHouse) -> None:
        house.write("press.yaml", 'publisher: P\npaper: letter\ntheme: {colours: {red: "#880000"}, font: noto sans}\n')
        result = resolved(house, "x\n")
        assert result.theme.page == PAPERS["letter"]
        assert result.theme.type.family == "Noto Sans"
        more = 'font: Atkinson Hyperlegible\npaper: A4\ncolours: {accent: "#102030"}\n'
        theme = riverside(house, more).theme
        assert (theme.colours.accent, theme.colours.red) == ("#102030", "#880000")
        assert theme.page == PAPERS["a4"]
        assert theme.type.family == "Atkinson Hyperlegible"

    @pytest.mark.parametrize("family", FAMILIES)
    def test_no_script_is_lost_with_another_font(self, house: SampleHouse, family: str) -> None:
        kind = riverside(house, f"font: {family}\n").theme.type
        assert {kind.family, *kind.fallbacks} == {"Atkinson Hyperlegible", "Noto Sans", "IBM Plex Sans Arabic"}
        assert kind.family == family
        assert len(kind.fallbacks) == 2

    @pytest.mark.parametrize(
        ("more", "line", "says"),
        [
            ('colours:\n  accent: "#777777"\n', 4, "'accent' is too pale to read on 'paper': in colour"),
            ('colours:\n  highlight: "#7a6200"\n', 4, "'highlight' is hard to read on 'accent'"),
            ("colours:\n  ink: '#000000'\n", 4, "unknown key"),
            ("font: Comic Sans\n", 3, "not a packaged font"),
            ("paper: a5\n", 3, "not a paper"),
            ("region: UK\n", 3, "no region"),
            ("word-template: ../house.dotx\n", 3, "not a file of the house"),
            ("word-template: house.dotx\n", 3, "no such file"),
        ],
    )
    def test_faults_have_their_line(self, house: SampleHouse, more: str, line: int, says: str) -> None:
        found = [one for one in riverside(house, more).diagnostics if one.span.line == line]
        assert found[0].code == "P402"
        assert says in found[0].message

    def test_what_is_told_of_a_colour_is_what_was_measured(self, house: SampleHouse) -> None:
        result = riverside(house, 'colours:\n  highlight: "#9a7300"\n')
        (faint,) = check_contrast(result.theme)
        assert faint.in_grey
        found = fault(result, "P402")
        assert "printed in grey the contrast is 2.8" in found.message
        assert "3 to 1 is needed" in found.message


class TestLogos:
    def test_it_goes_beside_the_name(self, house: SampleHouse) -> None:
        house.write("clinics/r.svg", LOGO)
        edition = riverside(house, "logo: r.svg\n").edition
        assert edition is not None
        assert edition.logo is not None
        assert (edition.logo.path, edition.logo.media_type) == ("logo", "image/svg+xml")
        assert (edition.logo.width_px, edition.logo.height_px) == (120, 40)

    @pytest.mark.parametrize(
        ("name", "content", "code"),
        [
            ("../press.yaml", b"", "E310"),
            ("https://example.org/a.svg", b"", "E310"),
            ("gone.svg", None, "E311"),
            ("r.svg", b"<svg/>", "E312"),
            ("r.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 1_000_000, "E312"),
            ("r.svg", LOGO.replace(b"<path", b"<script/><path"), "E313"),
        ],
    )
    def test_it_is_judged_as_pictures_are(
        self, house: SampleHouse, name: str, content: bytes | None, code: str
    ) -> None:
        if content:
            house.write(f"clinics/{name}", content)
        found = fault(riverside(house, f"logo: {name}\n"), code)
        assert str(found.span) == "source/clinics/riverside.yaml:3"

    def test_photographs_are_no_logos(self, house: SampleHouse) -> None:
        for kind, codes in (("PNG", []), ("JPEG", ["E312"])):
            file = io.BytesIO()
            Image.new("RGB", (8, 8)).save(file, kind)
            house.write("clinics/r.png", file.getvalue())
            assert [one.code for one in riverside(house, "logo: r.png\n").diagnostics] == codes


class TestWordTemplates:
    def test_the_clinics_goes_before_the_houses(self, house: SampleHouse) -> None:
        house.write("house.dotx", word_file())
        house.write("word/own.dotx", word_file() + b"\0")
        house.write("press.yaml", "publisher: P\nword-template: house.dotx\n")
        result = resolved(house, "x\n")
        assert result.word_template == word_file()
        assert house.root / "source/house.dotx" in result.inputs
        assert riverside(house, "word-template: word/own.dotx\n").word_template == word_file() + b"\0"

    @pytest.mark.parametrize(
        ("content", "says"),
        [
            (b"hello", "no Word file"),
            (word_file("other.xml"), "no Word file"),
            (word_file()[:40], "no Word file"),
            (b"\0" * 5_000_001, "larger than 5 MB"),
        ],
    )
    def test_what_is_none_is_refused_at_its_line(self, house: SampleHouse, content: bytes, says: str) -> None:
        house.write("house.dotx", content)
        house.write("press.yaml", "publisher: P\nword-template: house.dotx\n")
        found = fault(resolved(house, "x\n"), "P402")
        assert str(found.span) == "source/press.yaml:2"
        assert says in found.message

    def test_a_link_out_of_the_house_is_refused(
        self, house: SampleHouse, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        outside = tmp_path_factory.mktemp("outside") / "house.dotx"
        outside.write_bytes(word_file())
        (house.root / "source/house.dotx").symlink_to(outside)
        house.write("press.yaml", "publisher: P\nword-template: house.dotx\n")
        assert "leads out" in fault(resolved(house, "x\n"), "P402").message


class TestRegions:
    HOUSE = "publisher: P\nregions:\n  GB: {emergency: '999', place: {en: A&E, pl: SOR}}\n  US: {emergency: '911'}\n"

    def test_what_the_house_says_of_a_region_is_filled_in_for_the_editions_of_its_clinics(
        self, house: SampleHouse
    ) -> None:
        house.write("press.yaml", self.HOUSE + "region: US\n")
        assert "Call 911" in said(resolved(house, "Call {{region.emergency}}.\n"))
        text = "Call {{region.emergency}} or go to {{region.place}}.\n"
        house.write("clinics/riverside.yaml", "name: R\nregion: GB\n")
        assert "Call 999 or go to A&E" in said(resolved(house, text, "riverside"))

    def test_a_value_that_the_region_lacks_is_told_with_its_place(self, house: SampleHouse) -> None:
        house.write("press.yaml", self.HOUSE + "region: US\n")
        found = fault(resolved(house, "Go to {{region.place}}.\n"), "E303")
        assert "has no value for the region 'US'" in found.message
        assert "'US' under 'regions' in source/press.yaml" in found.hint

    def test_an_unknown_region_or_value_is_told(self, house: SampleHouse) -> None:
        house.write("press.yaml", self.HOUSE)
        assert "not known which region" in fault(resolved(house, "{{region.emergency}}\n"), "E303").message
        found = fault(resolved(house, "{{region.emergancy}}\n"), "E303")
        assert "region.emergency" in found.hint
        house.write("press.yaml", self.HOUSE.replace("US:", "UK:"))
        with pytest.raises(LeafletPressError, match="'UK' is no region of this house"):
            resolved(house, "x\n")


class TestPressProfiles:
    def test_the_houses_profile_goes_to_the_press_with_its_condition(self, house: SampleHouse) -> None:
        house.write("shop.icc", b"profile")
        house.write("press.yaml", "publisher: P\nicc: shop.icc\nicc-condition: FOGRA51\n")
        result = resolved(house, "x\n")
        assert result.press_profile == PressProfile("shop", "FOGRA51", b"profile")
        assert house.root / "source/shop.icc" in result.inputs

    def test_one_that_is_not_there_is_told_at_its_line(self, house: SampleHouse) -> None:
        house.write("press.yaml", "publisher: P\nicc: shop.icc\n")
        found = fault(resolved(house, "x\n"), "P402")
        assert "the press profile shop.icc: there is no such file" in found.message
        assert str(found.span) == "source/press.yaml:2"


def said(result: Resolution) -> str:
    assert result.edition is not None, result.diagnostics
    return "\n".join(reading_order(result.edition))


def test_arabic_prints_the_clinic_in_its_own_words(house: SampleHouse) -> None:
    edition = house.edition(p("x"), meta=replace(BARE, lang="ar"))
    assert plain_text(edition.imprint.name).startswith(ARABIC.clinic)


def test_the_files_of_the_grammar_page_are_read_without_a_finding(house: SampleHouse) -> None:
    page = (Path(__file__).parents[1] / "source/README.md").read_text("utf-8")
    examples = {text.split(":")[0]: text for text in re.findall(r"^```yml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)}
    house.write("press.yaml", examples["publisher"])
    house.write("clinics/riverside.yaml", examples["name"])
    house.write("clinics/riverside.svg", LOGO)
    for name in ("house.dotx", "riverside.dotx"):
        house.write(name, word_file())
    house.write("profiles/print-shop.icc", b"a profile")
    result = resolved(house, "x\n", "riverside", readers="women", matter="department: endoscopy\n")
    assert result.diagnostics == ()
    assert result.edition is not None
    assert result.edition.owner == "Riverside Clinic · Endoscopy unit"
