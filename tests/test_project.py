"""Opening a project: where it is found, what press.yaml may say, and which files are leaflets."""

from __future__ import annotations

from pathlib import Path

import pytest

from leafletpress.diagnostics import LeafletPressError
from leafletpress.model import Facet
from leafletpress.project import Overdue, Readers, WordTemplate, open_project
from leafletpress.theme import PAPERS

PLAIN = "publisher: Sample clinic\n"


def house(folder: Path, text: str = PLAIN) -> Path:
    (folder / "source").mkdir(parents=True, exist_ok=True)
    (folder / "source/press.yaml").write_text(text, encoding="utf-8")
    return folder


def leaflet(folder: Path, name: str) -> None:
    path = folder / "source/leaflets" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("", encoding="utf-8")


def refused(folder: Path) -> LeafletPressError:
    with pytest.raises(LeafletPressError) as raised:
        open_project(folder)
    assert raised.value.exit_code == 3
    return raised.value


def test_a_folder_without_a_house_is_no_project(tmp_path: Path) -> None:
    fault = refused(tmp_path).diagnostic
    assert fault.code == "P401"
    assert "leafletpress new" in fault.hint


def test_the_project_is_found_from_any_folder_inside_it(tmp_path: Path) -> None:
    leaflet(house(tmp_path), "bone/en-GB.md")
    project = open_project(tmp_path / "source/leaflets/bone")
    assert project.root == tmp_path.resolve()
    assert project.leaflet_files[0].display == "source/leaflets/bone/en-GB.md"


def test_leaflets_are_sorted_and_other_files_are_not_leaflets(tmp_path: Path) -> None:
    house(tmp_path)
    for name in ("b/pl.md", "b/en-GB.md", "a/zh-Hant.md", "b/REVIEW.md", "b/notes.md", "b/images/en.md", "en.md"):
        leaflet(tmp_path, name)
    files = open_project(tmp_path).leaflet_files
    assert [(file.id, file.lang) for file in files] == [("a", "zh-Hant"), ("b", "en-GB"), ("b", "pl")]


def test_misnamed_leaflets_are_listed_so_that_they_can_be_reported(tmp_path: Path) -> None:
    house(tmp_path)
    leaflet(tmp_path, "My Leaflet/en-gb.md")
    assert [(file.id, file.lang) for file in open_project(tmp_path).leaflet_files] == [("My Leaflet", "en-gb")]


def test_a_house_without_leaflets_is_a_project(tmp_path: Path) -> None:
    assert open_project(house(tmp_path)).leaflet_files == ()


def test_settings_have_defaults(tmp_path: Path) -> None:
    settings = open_project(house(tmp_path)).house
    assert settings.targets == ("pdf", "docx", "epub")
    assert (settings.limits.seconds, settings.limits.memory_mb) == (60, 1500)
    assert settings.contact is None
    assert settings.overdue is Overdue.NOTICE


def test_settings_are_read(tmp_path: Path) -> None:
    text = PLAIN + (
        "targets: [pdf:large-print, docx, docx]\ncontact: the desk\nlimits: {seconds: 5, memory-mb: 900}\n"
        'review:\n  overdue: refuse\ntheme:\n  colours:\n    accent: "#000066"\n'
    )
    settings = open_project(house(tmp_path, text)).house
    assert settings.targets == ("pdf:large-print", "docx")
    assert (settings.limits.seconds, settings.limits.memory_mb) == (5, 900)
    assert settings.contact == "the desk"
    assert settings.overdue is Overdue.REFUSE
    assert settings.theme.colours.accent == "#000066"
    assert settings.theme.colours.ink == "#14202b"


def test_what_editions_differ_in_has_defaults(tmp_path: Path) -> None:
    settings = open_project(house(tmp_path)).house
    assert (settings.region, settings.readers, settings.word_template) == (None, (), None)
    assert {"GB", "US", "PL"} <= set(settings.facets.region)
    assert len(settings.facets.region) == 249
    assert settings.facets.values(Facet.SEX) == ("female", "male")
    assert settings.facets.values(Facet.FORMAT) == ()


def test_what_editions_differ_in_is_read(tmp_path: Path) -> None:
    text = PLAIN + (
        "region: Wales\nfacets: {region: [Wales, Wales, England], sex: [women]}\npaper: letter\n"
        "readers:\n  women: {sex: women}\n  girls: {sex: women, age-group: child}\n"
        "word-template: word/house.dotx\ntheme: {font: Noto Sans}\n"
    )
    settings = open_project(house(tmp_path, text)).house
    assert settings.region == "Wales"
    assert settings.facets.region == ("Wales", "England")
    assert settings.facets.audience == ("adult", "child", "carer", "professional")
    assert settings.readers == (Readers("women", sex="women"), Readers("girls", sex="women", age_group="child"))
    assert settings.word_template == WordTemplate("word/house.dotx")
    assert settings.theme.page == PAPERS["letter"]
    assert settings.theme.type.family == "Noto Sans"
    assert "Atkinson Hyperlegible" in settings.theme.type.fallbacks


@pytest.mark.parametrize(
    ("text", "line", "says", "hint"),
    [
        (PLAIN + "region: UK\n", 2, "'UK' is no region", "'GB'"),
        (PLAIN + "facets: {region: []}\n", 2, "facets.region", ""),
        (PLAIN + "facets: {region: [a=b]}\n", 2, "not a value", "hyphens"),
        (PLAIN + "facets: {clinic: [a]}\n", 2, "unknown key 'clinic'", "region"),
        (PLAIN + "readers:\n  women: {sx: female}\n", 3, "unknown key 'sx'", "'sex'"),
        (PLAIN + "readers:\n  women: {sex: woman}\n", 3, "'woman' is no sex", "female"),
        (PLAIN + "readers:\n  Big Ones: {sex: female}\n", 3, "cannot name readers", "lower-case"),
        (PLAIN + "readers:\n  women: {}\n", 3, "no different", "sex: female"),
        (PLAIN + "paper: legal\n", 2, "not a paper", "a4, letter"),
        (PLAIN + "theme: {font: Arial}\n", 2, "not a packaged font", "Noto Sans"),
        (PLAIN + "word-template: /etc/passwd\n", 2, "not a file of the house", "root of the machine"),
        (PLAIN + 'theme:\n  colours:\n    highlight: "#9a7300"\n', 4, "printed in grey the contrast is 2.8", "lighter"),
        ("", 0, "'publisher' is missing", "publisher: …"),
        ("publisher:\n", 1, "no value", ""),
        (PLAIN + "publishr: x\n", 2, "unknown key 'publishr'", "did you mean 'publisher'"),
        (PLAIN + "targets: pdf\n", 2, "not a list", ""),
        (PLAIN + "targets: []\n", 2, "targets", ""),
        (PLAIN + "targets: [PDF]\n", 2, "not a format", "pdf"),
        (PLAIN + "limits: {seconds: -1}\n", 2, "limits.seconds", ""),
        (PLAIN + "limits: {seconds: nan}\n", 2, "limits.seconds", ""),
        (PLAIN + "review: {overdue: never}\n", 2, "never", "notice, refuse"),
        (PLAIN + "theme:\n  colours:\n    accent: blue\n", 4, "not a colour", "#17324d"),
        (PLAIN + 'theme:\n  colours:\n    red: "#ffcccc"\n', 4, "'red' is too pale", "4.5 to 1"),
        ("publisher: a: b\n", 1, "second colon", 'publisher: "a: b"'),
        ("publisher: &x a\n", 1, "anchor", ""),
    ],
)
def test_faults_of_the_house_name_their_line_and_how_to_mend_them(
    tmp_path: Path, text: str, line: int, says: str, hint: str
) -> None:
    fault = refused(house(tmp_path, text)).diagnostic
    assert fault.code == "P402"
    assert (fault.span.path, fault.span.line) == ("source/press.yaml", line)
    assert says in fault.message
    assert hint in fault.hint
    assert fault.hint


def test_all_faults_of_the_house_are_told_at_once(tmp_path: Path) -> None:
    told = str(refused(house(tmp_path, "publishr: x\ntargets: [PDF]\n")))
    assert "publishr" in told
    assert "'publisher' is missing" in told
    assert "source/press.yaml:2" in told


def test_a_house_that_is_not_utf_8_or_too_large_is_refused(tmp_path: Path) -> None:
    house(tmp_path)
    (tmp_path / "source/press.yaml").write_bytes(b"publisher: \xff")
    assert "UTF-8" in refused(tmp_path).diagnostic.message
    (tmp_path / "source/press.yaml").write_bytes(b"#" * 100_000)
    assert "larger" in refused(tmp_path).diagnostic.message


def test_the_sample_house_opens() -> None:
    project = open_project(Path(__file__).parent.parent)
    assert {file.id for file in project.leaflet_files} >= {"denosumab", "colonoscopy"}
