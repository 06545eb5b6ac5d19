"""Resolving a leaflet's file: includes, inputs, faults of every sort at once, and that nothing raises."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample_house import MATTER as UNCLOSED
from sample_house import SampleHouse, resolved

from leafletpress.diagnostics import CATALOGUE, Diagnostic
from leafletpress.edition import Resolution, resolve
from leafletpress.model import Include, Status, Variable
from leafletpress.model.walk import each_block, each_inline, words_of
from leafletpress.project import LeafletFile, open_project
from leafletpress.reading_order import reading_order

ROOT = Path(__file__).parent.parent
MATTER = UNCLOSED + "---\n"


@pytest.fixture
def house(tmp_path: Path) -> SampleHouse:
    return SampleHouse(tmp_path)


def codes(resolution: Resolution) -> list[str]:
    return [one.code for one in resolution.diagnostics]


def units(resolution: Resolution) -> list[str]:
    assert resolution.edition is not None, "\n".join(map(str, resolution.diagnostics))
    return list(reading_order(resolution.edition))[4:]


class TestIncludes:
    def test_the_words_stand_where_they_are_asked_for(self, house: SampleHouse) -> None:
        house.write("shared/en-GB/ask.md", "Ask us.\n\n::: include more\n:::\n\nThank you.\n")
        house.write("shared/en/more.md", "Ask {{clinic.phone}}.\n")
        result = resolved(house, "Before.\n\n## Help\n\n::: include ask\n:::\n\nAfter.\n")
        assert units(result)[:6] == ["Before.", "Help", "Ask us.", "Ask .", "Thank you.", "After."]
        inputs = {path.relative_to(house.root / "source").as_posix() for path in result.inputs}
        assert inputs >= {"shared/en-GB/ask.md", "shared/en-GB/more.md", "shared/en/more.md", "press.yaml"}

    def test_a_missing_one_suggests_the_nearest(self, house: SampleHouse) -> None:
        house.write("shared/en-GB/questions.md", "Ask.\n")
        (fault,) = resolved(house, "Text.\n\n::: include question\n:::\n").diagnostics
        assert (fault.code, fault.span.line) == ("E301", 13)
        assert "'questions'" in fault.hint

    def test_a_circle_names_both_places(self, house: SampleHouse) -> None:
        house.write("shared/en-GB/a.md", "A.\n\n::: include b\n:::\n")
        house.write("shared/en-GB/b.md", "::: include a\n:::\n")
        (fault,) = resolved(house, "Text.\n\n::: include a\n:::\n").diagnostics
        assert fault.code == "E302"
        assert "a -> b -> a" in fault.message
        assert (
            "included at source/shared/en-GB/a.md:3, included at source/leaflets/specimen/en-GB.md:13" in fault.message
        )
        assert str(fault.span).endswith("en-GB/b.md:1")
        assert "en-GB/a.md:3" in fault.hint

    def test_a_fault_inside_names_both_files(self, house: SampleHouse) -> None:
        house.write("shared/en-GB/a.md", "Call.\n\n{{clinic.fone}} and [x](#nowhere)\n")
        faults = resolved(house, "Text.\n\n::: include a\n:::\n").diagnostics
        assert [one.code for one in faults] == ["A205", "E303"]
        for fault in faults:
            assert str(fault.span) == "source/shared/en-GB/a.md:3"
            assert "source/leaflets/specimen/en-GB.md:13" in fault.message

    def test_a_heading_inside_is_refused(self, house: SampleHouse) -> None:
        house.write("shared/en-GB/a.md", "## Ask\n\nUs.\n")
        assert codes(resolved(house, "## One\n\n::: include a\n:::\n")) == ["G233"]

    def test_a_few_small_files_cannot_make_a_huge_leaflet(self, house: SampleHouse) -> None:
        for number in range(40):
            inner = f"::: include n{number + 1}\n:::\n\n" * 2
            house.write(f"shared/en-GB/n{number}.md", inner)
        house.write("shared/en-GB/n40.md", "Ask us.\n")
        assert codes(resolved(house, "::: include n0\n:::\n")) == ["S102"]

    def test_a_shared_paragraph_outside_the_project_is_refused(
        self, house: SampleHouse, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        outside = tmp_path_factory.mktemp("outside") / "a.md"
        outside.write_text("Secret.")
        house.write("shared/en-GB/b.md", "x")
        (house.root / "source/shared/en-GB/a.md").symlink_to(outside)
        assert codes(resolved(house, "::: include a\n:::\n")) == ["S105"]


class TestValuesOfIncludes:
    ASK = "Ask {{include.who}} or **{{include.other}}**.\n"

    def test_they_stand_where_the_text_asks_for_them(self, house: SampleHouse) -> None:
        house.write("shared/en-GB/ask.md", self.ASK)
        first = '::: include ask {who="the *ward*" other="us"}\n:::\n\n'
        result = resolved(house, first + '::: include ask {who="a nurse" other="[x](y)"}\n:::\n')
        assert units(result)[:2] == ["Ask the *ward* or us.", "Ask a nurse or [x](y)."]

    def test_a_missing_one_names_both_files(self, house: SampleHouse) -> None:
        house.write("shared/en-GB/ask.md", "Hello.\n\n" + self.ASK)
        (fault,) = resolved(house, 'x\n\n::: include ask {who="us"}\n:::\n').diagnostics
        assert (fault.code, fault.span.line) == ("E303", 13)
        assert "source/shared/en-GB/ask.md:3" in fault.message
        assert 'other="…"' in fault.hint

    def test_an_unknown_one_names_both_files(self, house: SampleHouse) -> None:
        house.write("shared/en-GB/ask.md", "Ask {{include.who}}.\n")
        (fault,) = resolved(house, 'x\n\n::: include ask {who="us" whom="us"}\n:::\n').diagnostics
        assert (fault.code, fault.span.line, fault.span.path[-8:]) == ("E318", 13, "en-GB.md")
        assert "source/shared/en-GB/ask.md" in fault.message
        assert "'who'" in fault.hint

    def test_they_are_words_alone(self, house: SampleHouse) -> None:
        house.write("shared/en-GB/ask.md", "Ask {{include.who}}.\n")
        (fault,) = house.faults(Include("ask", (("who", "{{clinic.name}}"),)))
        assert (fault.code, "words alone" in fault.message) == ("E303", True)

    def test_they_do_not_reach_the_texts_inside(self, house: SampleHouse) -> None:
        house.write("shared/en-GB/outer.md", "Ask {{include.who}}.\n\n::: include inner\n:::\n")
        house.write("shared/en-GB/inner.md", "Ask {{include.who}}.\n")
        (fault,) = resolved(house, '::: include outer {who="us"}\n:::\n').diagnostics
        assert str(fault.span) == "source/shared/en-GB/outer.md:3"
        assert "inner.md:1" in fault.message
        assert "included at source/leaflets/specimen/en-GB.md:11" in fault.message

    def test_a_leaflet_itself_is_given_none(self, house: SampleHouse) -> None:
        assert codes(resolved(house, "Ask {{include.who}}.\n")) == ["E303"]


def test_a_shared_text_is_an_input_of_exactly_the_leaflets_that_include_it(house: SampleHouse) -> None:
    """Of every edition of theirs, whether its condition keeps the text or not; and of no other leaflet."""
    house.write("shared/en/a.md", "A.\n\n::: include b\n:::\n")
    house.write("shared/en/b.md", "B.\n")
    house.write("clinics/riverside.yaml", "name: R\nregion: US\n")
    bodies = {
        "one": '::: include a {only="region=GB"}\n:::\n\nx\n',
        "two": "::: include b\n:::\n",
        "three": "x\n",
    }
    for name, body in bodies.items():
        house.write(f"leaflets/{name}/en-GB.md", f"{MATTER.replace('specimen', name)}{body}")
    (house.root / "source/leaflets/specimen/en-GB.md").unlink()
    project = house.project
    for clinic in (None, "riverside"):
        results = {file.id: resolve(project, file, clinic) for file in project.leaflet_files}
        assert all(result.diagnostics == () for result in results.values())
        for text, users in (("a", {"one"}), ("b", {"one", "two"})):
            path = house.root / f"source/shared/en/{text}.md"
            assert {name for name, result in results.items() if path in result.inputs} == users
            display = f"source/shared/en/{text}.md"
            assert {name for name, result in results.items() if display in result.shared} == users


class TestReviewDates:
    MATTER = "reviewed: 2024-03-01\nreview-by: 2026-03-01\n"

    def test_no_date_is_looked_at_unless_there_is_a_today(self, house: SampleHouse) -> None:
        result = resolved(house, "x\n", matter=self.MATTER)
        assert result.diagnostics == ()
        assert result.edition is not None
        assert result.edition.overdue == ""
        assert (result.review_by, result.status) == (date(2026, 3, 1), Status.DRAFT)

    def test_the_day_itself_is_not_late(self, house: SampleHouse) -> None:
        assert codes(resolved(house, "x\n", matter=self.MATTER, today=date(2026, 3, 1))) == []

    def test_a_late_leaflet_says_so(self, house: SampleHouse) -> None:
        result = resolved(house, "x\n", matter=self.MATTER, today=date(2026, 3, 2))
        (finding,) = result.diagnostics
        assert (finding.code, finding.span.line) == ("E320", 11)
        assert result.edition is not None
        assert result.edition.overdue == (
            "This leaflet was due for review on 1 March 2026. Ask us if it is still right."
        )
        assert result.edition.overdue in list(reading_order(result.edition))

    def test_a_house_may_refuse_it(self, house: SampleHouse) -> None:
        house.write("press.yaml", "publisher: P\nreview: {overdue: refuse}\n")
        result = resolved(house, "x\n", matter=self.MATTER, today=date(2026, 3, 2))
        assert (codes(result), result.edition) == (["E319"], None)

    def test_a_withdrawn_leaflet_is_withdrawn_and_no_more(self, house: SampleHouse) -> None:
        content = (MATTER.replace("status: draft", "status: withdrawn\nreview-by: 2020-01-01") + "x\n").encode()
        result = resolved(house, content, today=date(2026, 3, 2))
        assert (codes(result), result.status) == (["E315"], Status.WITHDRAWN)


class TestFiles:
    def test_the_sources_text_is_kept_byte_for_byte(self, house: SampleHouse) -> None:
        content = (MATTER + "Text.  \n\n\nMore.").replace("\n", "\r\n").encode()
        edition = resolved(house, content).edition
        assert edition is not None
        assert edition.source_text.encode() == content
        assert edition.leaflet.meta.version == "1.10"

    def test_a_leaflet_that_is_gone_is_a_finding(self, house: SampleHouse) -> None:
        project = house.project
        shutil.rmtree(house.root / "source/leaflets")
        assert codes(resolve(project, project.leaflet_files[0])) == ["S105"]

    def test_a_pipe_does_not_hold_up_the_press(self, house: SampleHouse) -> None:
        path = house.root / "source/leaflets/specimen/en-GB.md"
        path.unlink()
        os.mkfifo(path)
        file = LeafletFile("specimen", "en-GB", path, "source/leaflets/specimen/en-GB.md")
        assert codes(resolve(house.project, file)) == ["S105"]

    def test_a_leaflet_outside_the_project_is_refused(
        self, house: SampleHouse, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        outside = tmp_path_factory.mktemp("outside") / "en-GB.md"
        outside.write_text(MATTER + "Secret.")
        path = house.root / "source/leaflets/specimen/en-GB.md"
        path.unlink()
        path.symlink_to(outside)
        file = LeafletFile("specimen", "en-GB", path, "source/leaflets/specimen/en-GB.md")
        assert codes(resolve(house.project, file)) == ["S105"]

    def test_too_large_a_file_is_the_readers_to_refuse(self, house: SampleHouse) -> None:
        assert codes(resolved(house, b"x" * 1_048_577)) == ["S102"]
        assert codes(resolved(house, b"x" * 3_000_000)) == ["S102"]

    def test_inputs_are_known_where_it_fails_too(self, house: SampleHouse) -> None:
        names = {path.name for path in resolved(house, "no [word]{.term}\n\n![A bone](images/no.svg)\n").inputs}
        assert names == {"press.yaml", "en-GB.md", "en-GB.yaml", "en.yaml", "no.svg"}


def test_every_fault_is_told_at_once_in_order_of_line(house: SampleHouse) -> None:
    body = """{{clinic.fone}}

[word]{.term} and [@nobody]

![](images/no.svg)

::: warning
Mind.
:::

## Empty

[there](#nowhere)
"""
    found = resolved(house, body).diagnostics
    assert [(one.code, one.span.line) for one in found] == [
        ("E303", 11),
        ("E304", 13),
        ("E305", 13),
        ("A203", 15),
        ("E311", 15),
        ("A204", 17),
        ("A205", 23),
    ]


def test_what_the_reader_refused_is_not_told_twice(house: SampleHouse) -> None:
    assert set(codes(resolved(house, "## Risks\n\n<b>raw</b>\n"))) == {"G201"}


@pytest.mark.parametrize("clinic", [None, "riverside"])
def test_the_sample_leaflets_resolve(clinic: str | None) -> None:
    project = open_project(ROOT)
    for file in project.leaflet_files:
        resolution = resolve(project, file, clinic)
        assert resolution.edition is not None, "\n".join(map(str, resolution.diagnostics))
        assert resolution.diagnostics == ()
        assert list(reading_order(resolution.edition))
        assert resolution == resolve(project, file, clinic)


PIECES = st.sampled_from(
    [
        "{{clinic.phone}}",
        "{{leaflet.version}}",
        "{{x.y}}",
        "[bone]{.term}",
        "[@x]",
        "[x](#y)",
        "## H {#y}\n\n",
        "\n\n::: include a\n:::\n\n",
        "\n\n::: include b\n:::\n\n",
        "\n\n::: note {{clinic.name}}\nx\n:::\n\n",
        "\n\n![A bone](images/x.svg)\n\n",
        "\n\n![A bone](../x)\n\n",
        "\n\n",
        " words ",
        "*",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(PIECES | st.text(max_size=8), max_size=12), shared=st.lists(PIECES, max_size=6))
def test_resolving_never_raises_and_leaves_nothing_behind(
    house: SampleHouse, pieces: list[str], shared: list[str]
) -> None:
    house.write("shared/en-GB/a.md", "A.\n\n" + "".join(shared))
    house.write("shared/en-GB/b.md", "B.\n\n" + "".join(reversed(shared)))
    house.write("leaflets/specimen/images/x.svg", "".join(pieces).encode(errors="replace"))
    resolution = resolved(house, (MATTER + "".join(pieces)).encode(errors="replace"))
    assert all(isinstance(one, Diagnostic) and one.code in CATALOGUE for one in resolution.diagnostics)
    if resolution.edition is None:
        return
    for block in each_block(resolution.edition.leaflet.body):
        assert not isinstance(block, Include)
        for words in words_of(block):
            assert not any(isinstance(inline, Variable) for inline in each_inline(words))
    list(reading_order(resolution.edition))
