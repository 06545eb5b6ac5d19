"""The verb `editions`: every conditional part, which editions have it, and why the others have not."""

from __future__ import annotations

from pathlib import Path

import pytest
from pressroom import add_leaflet, press, press_json, write

from leafletpress.diagnostics import LeafletPressError
from leafletpress.edition import resolve
from leafletpress.edition.explaining import AskedEdition, ConditionalPart, Explanation, Verdict
from leafletpress.model import Paragraph, Span, plain_text
from leafletpress.model.walk import each_block
from leafletpress.press.columns import Style
from leafletpress.press.editions_table import editions_table, explanations
from leafletpress.press.order import Order
from leafletpress.project import open_project

HOUSE = """publisher: Test house
region: GB
readers:
  women:
    sex: female
"""

WORDS = """For GB. {only="region=GB"}

For one clinic. {only="clinic=clinic-03"}

Not as EPUB. {except="format=epub"}

For two not. {except="clinic=clinic-01,clinic-02"}

For women. {only="sex=female"}

::: include ring {only="region=US"}
:::
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "house"
    write(root / "source/press.yaml", HOUSE)
    for number in range(1, 21):
        region = "US" if number > 18 else "GB"
        write(root / f"source/clinics/clinic-{number:02}.yaml", f"name: Clinic {number}\nregion: {region}\n")
    write(root / "source/shared/en-GB/ring.md", 'Ring 911.\n\nRing us. {only="sex=female"}\n')
    add_leaflet(root, "alpha", words=WORDS)
    add_leaflet(root, "plain")
    return root


def table(root: Path, *leaflets: str, width: int | None = None, **more: tuple[str, ...]) -> list[str]:
    return editions_table(explanations(Order(leaflets, **more), root), Style(width=width)).splitlines()  # type: ignore[arg-type]


def test_a_row_for_each_part_and_under_it_who_has_it_and_who_has_not(root: Path) -> None:
    assert table(root, "alpha") == [
        "alpha, en-GB: 126 editions (20 clinics, no clinic; all readers, women; pdf, docx, epub)",
        "",
        "place                                 what                         condition",
        "line 14                               paragraph 'For GB.'          only=\"region=GB\"",
        "  in      all but clinic-19, clinic-20",
        "  not in  clinic-19, clinic-20: region is US, not GB",
        "line 16                               paragraph 'For one clinic.'  only=\"clinic=clinic-03\"",
        "  in      clinic-03",
        "  not in  all but clinic-03: clinic is not clinic-03",
        "line 18                               paragraph 'Not as EPUB.'     except=\"format=epub\"",
        "  in      pdf, docx",
        "  not in  epub: left out because the condition names the format",
        "line 20                               paragraph 'For two not.'     except=\"clinic=clinic-01,clinic-02\"",
        "  in      all but clinic-01, clinic-02",
        "  not in  clinic-01, clinic-02: left out because the condition names the clinic",
        "line 22                               paragraph 'For women.'       only=\"sex=female\"",
        "  in      women",
        "  not in  all readers: sex is not known, not female",
        "line 24                               shared text 'ring'           only=\"region=US\"",
        "  in      clinic-19, clinic-20",
        "  not in  all but clinic-19, clinic-20: region is GB, not US",
        "shared/en-GB/ring.md:3, from line 24  paragraph 'Ring us.'         only=\"sex=female\"",
        "  in      clinic-19, clinic-20 (women)",
        (
            "  not in  all but clinic-19, clinic-20: it stands in shared text 'ring', which is left out: region is GB,"
            " not US"
        ),
        "  not in  clinic-19, clinic-20 (all readers): sex is not known, not female",
    ]


def test_only_the_clinics_and_readers_asked_for(root: Path) -> None:
    lines = table(root, "alpha", clinics=("clinic-01",), readers=("women",))
    assert lines[0] == "alpha, en-GB: 3 editions (pdf, docx, epub)"
    assert "  in      all" in lines
    assert "  not in  any: clinic is not clinic-03" in lines
    for asked in ({"clinics": ("nowhere",)}, {"readers": ("nobody",)}):
        with pytest.raises(LeafletPressError) as caught:
            table(root, "alpha", **asked)
        assert caught.value.exit_code == 2


def test_a_leaflet_without_any_condition_says_so(root: Path) -> None:
    assert table(root, "plain")[1:] == ["no part has a condition: all have all of it"]


def test_a_leaflet_that_cannot_be_read_says_so_and_why(root: Path) -> None:
    write(root / "source/leaflets/plain/en-GB.md", "nothing\n")
    done = press(root, "editions", "plain")
    assert done.returncode == 1
    assert "nothing can be told of it" in done.stdout
    assert "error[M101]" in done.stderr


def test_answers_are_folded_to_the_width_of_the_terminal(root: Path) -> None:
    lines = table(root, "alpha", width=60)
    answers = [line for line in lines if line.startswith("  ")]
    assert max(map(len, answers)) <= 60
    assert any(line.startswith(" " * 10) for line in answers)


def explained(*verdicts: tuple[str | None, str | None, str, str]) -> Explanation:
    """One part, and for each edition (clinic, readers, format) why it has it not; "" where it has."""
    editions = tuple(AskedEdition(*verdict[:3]) for verdict in verdicts)
    judged = tuple(Verdict(not reason, reason) for *_, reason in verdicts)
    part = ConditionalPart(Span("source/leaflets/a/en.md", 9, 9), "paragraph 'x'", 'only="a=b"', judged)
    return Explanation("a", "en", editions, (part,), ())


def test_reasons_that_name_more_than_the_edition_itself_stay_apart() -> None:
    told = editions_table(
        (
            explained(
                ("a", None, "pdf", "clinic is a, not x; format is pdf, not epub"),
                ("ab", None, "pdf", "clinic is ab, not x; format is pdf, not epub"),
                ("b", None, "pdf", "left out because region is GB and clinic is b"),
                ("c", None, "pdf", "left out because region is US and clinic is c"),
                ("d", None, "pdf", ""),
            ),
        ),
        Style(),
    ).splitlines()
    assert told[4:] == [
        "  in      d",
        "  not in  a, ab: clinic is not x; format is not epub",
        "  not in  b: left out because region is GB and the condition names the clinic",
        "  not in  c: left out because region is US and the condition names the clinic",
    ]


def test_answers_that_differ_within_a_clinic_are_told_by_readers_and_format() -> None:
    told = editions_table(
        (
            explained(
                (None, None, "pdf", ""),
                (None, None, "epub", "no"),
                (None, "women", "pdf", ""),
                (None, "women", "epub", ""),
                ("a", None, "pdf", ""),
                ("a", None, "epub", "no"),
                ("a", "women", "pdf", ""),
                ("a", "women", "epub", ""),
                ("b", None, "pdf", "no"),
                ("b", None, "epub", "no"),
                ("b", "women", "pdf", "no"),
                ("b", "women", "epub", "no"),
            ),
        ),
        Style(),
    ).splitlines()
    assert told[4:] == [
        "  in      no clinic, a (all readers (pdf); women)",
        "  not in  no clinic, a (all readers (epub)); b: no",
    ]


def test_the_verdicts_are_what_the_editions_hold(root: Path) -> None:
    """Against the resolver: a part that is told to be in an edition stands in it, any other does not."""
    project = open_project(root)
    (file,) = [file for file in project.leaflet_files if file.id == "alpha"]
    (one,) = explanations(Order(("alpha",), clinics=("clinic-01", "clinic-03", "clinic-20")), root)
    paragraphs = [part for part in one.parts if part.what.startswith("paragraph ")]
    for place, asked in enumerate(one.editions):
        found = resolve(project, file, asked.clinic, readers=asked.readers, formats=(asked.format,))
        edition = found.editions[asked.format]
        blocks = each_block(edition.leaflet.body)
        words = {plain_text(block.content) for block in blocks if isinstance(block, Paragraph)}
        for part in paragraphs:
            said = part.what.removeprefix("paragraph '").removesuffix("'")
            assert part.verdicts[place].included == (said in words), (asked, part)


def test_the_json_document_has_every_verdict(root: Path) -> None:
    document = press_json(root, "editions", "alpha", "--clinic", "clinic-01,clinic-19", "--readers", "women")
    (one,) = document["leaflets"]
    assert (document["version"], document["exit_code"], document["diagnostics"]) == (1, 0, [])
    assert one["editions"][0] == {"clinic": "clinic-01", "readers": "women", "format": "pdf"}
    assert len(one["editions"]) == 6
    inner = one["parts"][-1]
    assert (inner["file"], inner["line"]) == ("source/shared/en-GB/ring.md", 3)
    assert inner["included_at"] == {"file": "source/leaflets/alpha/en-GB.md", "line": 24}
    assert (inner["what"], inner["condition"]) == ("paragraph 'Ring us.'", 'only="sex=female"')
    reason = "it stands in shared text 'ring', which is left out: region is GB, not US"
    assert inner["verdicts"] == [{"included": False, "reason": reason}] * 3 + [{"included": True, "reason": None}] * 3


def test_faults_of_use_and_of_the_project_end_with_their_codes(root: Path, tmp_path: Path) -> None:
    assert press_json(root, "editions", "nobody")["diagnostics"][0]["code"] == "P403"
    assert press_json(root, "editions", "alpha", "--clinic", "nowhere")["exit_code"] == 2
    (tmp_path / "empty").mkdir()
    done = press(tmp_path / "empty", "editions", "alpha")
    assert done.returncode == 3
    assert "error[P401]" in done.stderr
    assert press(root, "editions", "alpha", "--clinic", ",").returncode == 2
