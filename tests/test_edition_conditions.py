"""Conditions: what each edition keeps, which conditions are refused and why, and what an edition then lacks."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample_house import SampleHouse, resolved
from specimen import SVG

from leafletpress.diagnostics import Diagnostic
from leafletpress.edition import Resolution
from leafletpress.edition.contradictions import can_hold
from leafletpress.model import Case, Clause, Condition, Facet, Include, Variable, plain_text
from leafletpress.model.walk import each_block, each_conditional, each_inline, words_of
from leafletpress.reading_order import reading_order

GB, US = "name: North\nregion: GB\nphone: '1'\n", "name: South\nregion: US\nphone: '2'\n"


@pytest.fixture
def house(tmp_path: Path) -> SampleHouse:
    house = SampleHouse(tmp_path)
    house.write("clinics/north.yaml", GB)
    house.write("clinics/south.yaml", US)
    return house


def said(result: Resolution, form: str | None = None) -> str:
    assert result.edition is not None, "\n".join(map(str, result.diagnostics))
    edition = result.edition if form is None else result.editions[form]
    return " ".join(reading_order(edition)).partition("What it is. ")[2].partition(" About this leaflet")[0]


def only(result: Resolution, code: str) -> Diagnostic:
    assert [one.code for one in result.diagnostics] == [code]
    return result.diagnostics[0]


EVERYWHERE = """Before.

Paragraph. {only="region=GB"}

- bullet
- item {only="region=GB"}

::: list {only="region=GB"}
- gone list
:::

::: do
- walk
- skip {only="region=GB"}
:::

::: note Nothing {except="region=US"}
Gone note.
:::

::: note Emptied
Gone paragraph. {only="region=GB"}
:::

::: side-effects
::: common {only="region=GB"}
- ache
:::

::: rare
- rash | red skin
- fit | shaking | Ring. {only="region=GB"}
:::
:::

::: side-effects
::: common
- lone ache {only="region=GB"}
:::
:::

::: contact Desk
- phone: 5
- web: www.example.org {only="region=GB"}
:::

::: contact Closed
- phone: 7 {only="region=GB"}
:::

## Prices {only="region=GB"}

Five pounds.

## Hollow

### Deep

Nothing. {only="region=GB"}

::: facts {only="region=GB"}
Fee
: 5
:::
"""


class TestWhatIsKept:
    def test_every_part_may_be_left_out_and_what_is_empty_goes_too(self, house: SampleHouse) -> None:
        here = said(resolved(house, EVERYWHERE, "north"))
        for words in ("Paragraph.", "item", "gone list", "skip", "Gone note.", "ache", "fit", "www", "Five", "Fee"):
            assert words in here
        there = said(resolved(house, EVERYWHERE, "south"))
        left = "Before. bullet Do walk Side effect How many people rash red skin Rare up to 1 in 1,000 people"
        assert there == f"{left} Desk Phone 5 How to reach us South Phone 2"

    def test_no_condition_is_left_behind(self, house: SampleHouse) -> None:
        for clinic in (None, "north", "south"):
            edition = resolved(house, EVERYWHERE, clinic).edition
            assert edition is not None
            assert all(node.condition is None for node, _ in each_conditional(edition.leaflet.body))

    def test_the_region_is_the_clinics_else_the_leaflets_else_the_houses(self, house: SampleHouse) -> None:
        body = 'x\n\nin GB {only="region=GB"}\n\nin US {only="region=US"}\n\nin PL {only="region=PL"}\n'
        house.write("press.yaml", "publisher: P\nregion: PL\n")
        assert "in PL" in said(resolved(house, body))
        assert "in US" in said(resolved(house, body, "south"))
        assert "in GB" in said(resolved(house, body, matter="region: GB\n"))
        assert "in US" in said(resolved(house, body, "south", matter="region: GB\n"))

    def test_readers_go_over_what_the_leaflet_says(self, house: SampleHouse) -> None:
        house.write("press.yaml", "publisher: P\nreaders: {men: {sex: male}, boys: {audience: child}}\n")
        body = 'x\n\nher {only="sex=female"}\n\nhim {only="sex=male"}\n\nbig {only="audience=adult"}\n'
        matter = "sex: female\naudience: adult\n"
        assert said(resolved(house, body, matter=matter)).startswith("x her big")
        assert said(resolved(house, body, matter=matter, readers="men")).startswith("x him big")
        assert said(resolved(house, body, matter=matter, readers="boys")).startswith("x her How")
        fault = only(resolved(house, body, matter=matter, readers="women"), "P402")
        assert "'women'" in fault.message
        assert "'men'" in fault.hint

    def test_no_clinic_is_a_clinic_called_none(self, house: SampleHouse) -> None:
        body = 'x\n\nwrite here {only="clinic=none"}\n\nnorth {only="clinic=north"}\n'
        assert said(resolved(house, body)).startswith("x write here How")
        assert said(resolved(house, body, "north")).startswith("x north How")

    def test_a_condition_on_an_include_goes_onto_what_it_includes(self, house: SampleHouse) -> None:
        house.write("shared/en/s.md", 'Shared.\n\nAdults. {only="audience=adult"}\n\n::: include t\n:::\n')
        house.write("shared/en/t.md", 'Inner. {except="region=US"}\n')
        body = 'x\n\n::: include s {only="region=GB,US"}\n:::\n'
        assert said(resolved(house, body, "north")).startswith("x Shared. Inner. How")
        assert said(resolved(house, body, "south", matter="audience: adult\n")).startswith("x Shared. Adults. How")
        assert said(resolved(house, body)).startswith("x How")


class TestFormats:
    def test_editions_differ_where_a_condition_speaks_of_formats(self, house: SampleHouse) -> None:
        body = 'x\n\nTap here. {only="format=epub"}\n\nCut here. {except="format=epub"}\n'
        result = resolved(house, body, formats=("pdf", "epub"))
        assert list(result.editions) == ["pdf", "epub"]
        assert said(result, "pdf").startswith("x Cut here. How")
        assert said(result, "epub").startswith("x Tap here. How")
        assert [edition.case.format for edition in result.editions.values() if edition.case] == ["pdf", "epub"]
        assert said(resolved(house, body)).startswith("x Cut here. How")

    def test_they_are_one_object_where_none_does(self, house: SampleHouse) -> None:
        result = resolved(house, EVERYWHERE, "north", formats=("pdf", "docx", "epub"))
        first, *others = result.editions.values()
        assert all(other is first for other in others)
        assert first.case is not None
        assert first.case.format is None

    def test_a_shared_text_may_speak_of_them(self, house: SampleHouse) -> None:
        house.write("shared/en/s.md", 'Tap. {only="format=epub"}\n')
        result = resolved(house, "x\n\n::: include s\n:::\n", formats=("pdf", "epub"))
        assert "Tap." not in said(result, "pdf")
        assert "Tap." in said(result, "epub")


class TestUnknownValues:
    @pytest.mark.parametrize(
        ("condition", "says", "hint"),
        [
            ("region=UK", "'UK' is no region", "'GB'"),
            ("region=gb", "'gb' is no region", "'GB'"),
            ("region=ZZ", "'ZZ' is no region", "two capitals"),
            ("audience=adults", "'adults' is no audience", "'adult'"),
            ("sex=femal", "'femal' is no sex", "'female'"),
            ("age-group=old", "'old' is no age group", "older-adult"),
            ("clinic=noth", "no clinic 'noth'", "'north'"),
            ("clinic=North", "no clinic 'North'", "'north'"),
            ("language=english", "no language tag", "en-GB"),
            ("format=epup", "no format 'epup'", "'epub'"),
        ],
    )
    def test_they_are_told_with_the_nearest_known(
        self, house: SampleHouse, condition: str, says: str, hint: str
    ) -> None:
        fault = only(resolved(house, f'x\n\nPart. {{except="{condition}"}}\n'), "E316")
        assert says in fault.message
        assert hint in fault.hint
        assert fault.span.line == 13

    def test_the_house_lays_the_vocabulary_down(self, house: SampleHouse) -> None:
        house.write("press.yaml", "publisher: P\ntargets: [braille]\nfacets: {region: [Wales], audience: [staff]}\n")
        body = 'x\n\na {except="region=Wales audience=staff format=braille"}\n'
        assert resolved(house, body).diagnostics == ()
        fault = only(resolved(house, 'x\n\na {except="region=GB"}\n'), "E316")
        assert "Wales" in fault.hint

    def test_the_front_matter_is_held_to_it_too(self, house: SampleHouse) -> None:
        body = 'x\n\na {only="audience=grown-ups"}\n'
        fault = only(resolved(house, body, matter="audience: grown-ups\n"), "E316")
        assert fault.span.line == 10

    def test_a_clinic_that_is_named_is_an_input(self, house: SampleHouse) -> None:
        result = resolved(house, 'x\n\na {except="clinic=north"}\n')
        names = {path.name for path in result.inputs}
        assert "north.yaml" in names
        assert "south.yaml" not in names


class TestConditionsThatNeverHold:
    @pytest.mark.parametrize(
        ("body", "line", "says"),
        [
            ('## A {only="region=GB"}\n\nx {only="region=US"}\n', 13, "region=GB"),
            ('## A {except="region=US"}\n\nx {only="region=US"}\n', 13, "a part that has except"),
            ('x {only="region=US" except="region=US,GB"}\n', 11, "'except' leaves out"),
            ('x {only="language=pl"}\n', 11, "language is en-GB"),
            ('x {except="language=en"}\n', 11, "every edition"),
            ('x {only="sex=female"}\n', 11, "front matter has no sex"),
            ('x {only="age-group=child audience=adult"}\n', 11, "front matter has no"),
            ('x {only="region=GB clinic=south"}\n', 11, "'south' is in US"),
            ('## A {only="clinic=south"}\n\nx {except="region=US"}\n', 13, "'south' is in US"),
            ('x {only="clinic=none region=GB"}\n', 11, "'none' is in no region"),
            (
                '## A {only="region=GB,US"}\n\n### B {except="region=GB"}\n\nx {except="region=US"}\n',
                15,
                "stands in parts that have",
            ),
        ],
    )
    def test_the_reason_is_told(self, house: SampleHouse, body: str, line: int, says: str) -> None:
        fault = only(resolved(house, body), "E317")
        assert fault.span.line == line
        assert says in fault.message

    @pytest.mark.parametrize(
        "body",
        [
            'x {only="region=GB" except="region=US"}\n',
            'x {only="language=en"}\n',
            'x {except="language=pl"}\n',
            'x {except="sex=female"}\n',
            'x {only="region=GB clinic=south,north"}\n',
            'x {except="region=GB clinic=south"}\n',
            '## A {only="region=GB,US"}\n\nx {except="region=US"}\n',
            '## A {except="clinic=none"}\n\nx {only="clinic=north"}\n',
        ],
    )
    def test_what_can_hold_is_no_fault(self, house: SampleHouse, body: str) -> None:
        assert resolved(house, body).diagnostics == ()

    def test_the_readers_of_the_house_count(self, house: SampleHouse) -> None:
        house.write("press.yaml", "publisher: P\nreaders: {w: {sex: female}, c: {audience: child}}\n")
        assert resolved(house, 'x\n\na {only="sex=female"}\n').diagnostics == ()
        fault = only(resolved(house, 'x\n\na {only="sex=female audience=child"}\n'), "E317")
        assert "no readers" in fault.message
        assert resolved(house, 'a {only="sex=female audience=child"}\n', matter="audience: child\n").diagnostics == ()

    def test_a_shared_text_is_refused_only_where_it_contradicts_itself(self, house: SampleHouse) -> None:
        house.write("shared/en/s.md", 'a {only="sex=female language=pl"}\n\nb {only="clinic=south region=GB"}\n')
        assert resolved(house, 'x\n\n::: include s {only="region=US"}\n:::\n').diagnostics == ()
        house.write("shared/en/s.md", 'a {only="region=GB" except="region=GB"}\n')
        fault = only(resolved(house, "x\n\n::: include s\n:::\n"), "E317")
        assert fault.span.path == "source/shared/en/s.md"
        assert "included at source/leaflets/specimen/en-GB.md:13" in fault.message

    def test_parts_of_a_part_that_never_is_are_not_told_again(self, house: SampleHouse) -> None:
        body = '## A {only="language=pl"}\n\nx {only="region=GB"}\n\n- y {only="region=US"}\n'
        only(resolved(house, body), "E317")


class TestPartsOfOtherEditions:
    def test_what_is_wrong_in_them_is_found(self, house: SampleHouse) -> None:
        body = """x

::: note Ours {only="region=US"}
{{clinic.fone}} [word]{.term} [@nobody] [there](#nowhere)
:::

::: figure {only="region=US"}
![A bone](images/no.svg)
:::

::: include missing {only="region=US"}
:::
"""
        for clinic in (None, "north", "south"):
            codes = sorted(one.code for one in resolved(house, body, clinic).diagnostics)
            assert codes == ["A205", "E301", "E303", "E304", "E305", "E311"]

    def test_a_clinic_may_lack_what_its_edition_does_not_use(self, house: SampleHouse) -> None:
        body = 'x\n\nOpen {{clinic.hours}}. {only="region=US"}\n'
        assert resolved(house, body, "north").diagnostics == ()
        fault = only(resolved(house, body, "south"), "E303")
        assert "clinic 'south'" in fault.message

    def test_references_and_words_are_those_of_the_edition(self, house: SampleHouse) -> None:
        house.write("glossary/en.yaml", "a:\n  definition: x\nb:\n  definition: y\n")
        matter = "sources:\n- {id: one, title: One}\n- {id: two, title: Two}\n"
        body = '[a]{.term} [@one] {only="region=US"}\n\n[b]{.term} [@two]\n'
        here = resolved(house, body, "north", matter=matter)
        assert here.diagnostics == ()
        assert here.edition is not None
        assert [source.id for source in here.edition.references] == ["two"]
        assert [entry.key for entry in here.edition.glossary] == ["b"]
        assert here.terms == (("source/glossary/en.yaml", "a"), ("source/glossary/en.yaml", "b"))
        there = resolved(house, body, "south", matter=matter).edition
        assert there is not None
        assert [source.id for source in there.references] == ["one", "two"]

    def test_pictures_are_those_of_the_edition(self, house: SampleHouse) -> None:
        house.write("leaflets/specimen/images/a.svg", SVG)
        body = 'x\n\n::: figure {only="region=US"}\n![A bone](images/a.svg)\n:::\n'
        here, there = (resolved(house, body, clinic).edition for clinic in ("north", "south"))
        assert here is not None
        assert there is not None
        assert here.pictures == ()
        assert len(there.pictures) == 1

    def test_a_link_to_a_section_that_is_left_out_says_so(self, house: SampleHouse) -> None:
        body = 'See [prices](#prices).\n\n## Prices {#prices only="region=US"}\n\nFive.\n'
        assert resolved(house, body, "south").diagnostics == ()
        fault = only(resolved(house, body, "north"), "A205")
        assert "which this edition leaves out: region is GB, not US" in fault.message

    def test_an_id_may_stand_twice_where_no_edition_has_both(self, house: SampleHouse) -> None:
        body = '[p](#p)\n\n## A {#p only="region=US"}\n\nx\n\n## B {#p except="region=US"}\n\ny\n'
        for clinic in ("north", "south"):
            assert resolved(house, body, clinic).diagnostics == ()
        both = body.replace(' except="region=US"', "")
        assert only(resolved(house, both, "south"), "A206").span.line == 17

    def test_warnings_are_counted_in_each_edition(self, house: SampleHouse) -> None:
        warning = "::: warning W {%s}\nx\n:::\n\n"
        body = "".join(warning % c for c in ('only="region=US"', 'only="region=GB"', 'only="region=GB"'))
        assert resolved(house, body, "north").diagnostics == ()
        assert only(resolved(house, body + "::: warning W\nx\n:::\n", "north"), "A210")


CLAUSES = st.dictionaries(
    st.sampled_from([Facet.REGION, Facet.SEX, Facet.LANGUAGE]),
    st.lists(st.sampled_from(["en", "en-GB", "pl"]), min_size=1, max_size=2, unique=True),
    max_size=2,
).map(lambda facets: tuple(Clause(facet, tuple(values)) for facet, values in facets.items()))
CHAINS = st.lists(st.builds(Condition, CLAUSES, CLAUSES), min_size=1, max_size=4).map(tuple)
CASES = [
    Case(language=language, region=region, sex=sex)
    for language in ("en", "en-GB", "pl", "fr")
    for region in ("en", "en-GB", "pl", "fr", None)
    for sex in ("en", "en-GB", "pl", "fr", None)
]


@settings(max_examples=300, deadline=None)
@given(chain=CHAINS)
def test_a_chain_can_hold_exactly_where_some_edition_meets_it(chain: tuple[Condition, ...]) -> None:
    """Against every case there is, tried one by one."""
    assert can_hold(chain, {}) is any(all(one.holds(case) for one in chain) for case in CASES)


PARTS = st.sampled_from(
    [
        "Words {{clinic.phone|ring us}}.",
        "Words",
        "- one{c}\n- two",
        "::: note N{c}\nx {{clinic.name}}\n\ny{c}\n:::",
        "::: include a{c}\n:::",
        '::: include b {{who="us" only="region=GB"}}\n:::',
        "::: include b{c}\n:::",
        "## H{c}",
        "### I{c}",
        "::: side-effects\n::: rare{c}\n- a\n- b{c}\n:::\n:::",
        "::: contact C\n- phone: 1{c}\n- hours: 2{c}\n:::",
        "{{leaflet.version}} [w]{.term}{c}",
    ]
)
CONDITIONS = st.sampled_from(
    [
        "",
        "",
        ' {only="region=GB"}',
        ' {only="region=US clinic=south"}',
        ' {except="format=epub"}',
        ' {only="format=epub,pdf" except="clinic=none"}',
        ' {only="language=en"}',
        ' {except="clinic=north region=US"}',
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    parts=st.lists(st.tuples(PARTS, CONDITIONS), max_size=8),
    shared=st.lists(st.tuples(PARTS, CONDITIONS), max_size=4),
    clinics=st.permutations([None, "north", "south"]),
)
def test_no_edition_of_any_format_keeps_anything_unresolved(
    house: SampleHouse,
    parts: list[tuple[str, str]],
    shared: list[tuple[str, str]],
    clinics: list[str | None],
) -> None:
    def written(several: list[tuple[str, str]]) -> str:
        return "\n\n".join(["x", *(part.replace("{c}", condition) for part, condition in several)]) + "\n"

    house.write("glossary/en.yaml", "w:\n  definition: x\n")
    house.write("shared/en/a.md", written(shared))
    house.write("shared/en/b.md", "Ask {{include.who}}.\n")
    results = {clinic: resolved(house, written(parts), clinic, formats=("pdf", "epub")) for clinic in clinics}
    for clinic in sorted(results, key=str):
        result = results[clinic]
        assert result == resolved(house, written(parts), clinic, formats=("pdf", "epub"))
        for edition in result.editions.values():
            assert all(node.condition is None for node, _ in each_conditional(edition.leaflet.body))
            for block in each_block(edition.leaflet.body):
                assert not isinstance(block, Include)
                for words in words_of(block):
                    assert not any(isinstance(inline, Variable) for inline in each_inline(words))
                    assert "{{" not in plain_text(words)
            list(reading_order(edition))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(["shared/en/a.md", "shared/en/b.md", "clinics/zed.yaml", "glossary/en.yaml"]))
def test_the_order_in_which_files_come_is_nothing_to_an_edition(
    order: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    texts = {
        "shared/en/a.md": '[w]{.term} {only="region=PL"}\n\n::: include b {who="us"}\n:::\n',
        "shared/en/b.md": 'Ask {{include.who}}, {{clinic.name}}. {except="clinic=none"}\n',
        "clinics/zed.yaml": "name: Zed\nregion: PL\n",
        "glossary/en.yaml": "w:\n  definition: x\n",
    }
    told = []
    for names in (order, sorted(texts)):
        house = SampleHouse(tmp_path_factory.mktemp("house"))
        for name in names:
            house.write(name, texts[name])
        result = resolved(house, "x\n\n::: include a\n:::\n\n::: include missing\n:::\n", "zed")
        good = resolved(house, "x\n\n::: include a\n:::\n", "zed")
        inputs = [path.relative_to(house.root) for path in good.inputs]
        told.append((result.diagnostics, good.editions, good.terms, good.shared, inputs))
    assert told[0] == told[1]
    assert told[0][1]
