"""Explaining: the table of what each edition contains, and why something is left out."""

from __future__ import annotations

from pathlib import Path

import pytest
from sample_house import MATTER, SampleHouse, resolved

from leafletpress.edition import AskedEdition, Explanation, explain
from leafletpress.reading_order import reading_order

BODY = """Before.

## Prices {only="region=GB"}

Free. {except="clinic=none"}

## What to bring

- Bring this leaflet.
- Bring your insurance card, and a letter from those who pay for it. {only="region=US"}

::: include ask {only="format=epub"}
:::

::: note Hollow {except="sex=male"}
x {only="region=PL"}
:::
"""


@pytest.fixture
def house(tmp_path: Path) -> SampleHouse:
    house = SampleHouse(tmp_path)
    house.write("press.yaml", "publisher: P\nreaders: {men: {sex: male}}\n")
    house.write("clinics/north.yaml", "name: North\nregion: GB\n")
    house.write("clinics/south.yaml", "name: South\nregion: US\n")
    house.write("shared/en/ask.md", 'Ask.\n\nTap here. {except="region=US"}\n')
    house.write("leaflets/specimen/en-GB.md", f"{MATTER}---\n{BODY}")
    return house


def explained(
    house: SampleHouse,
    clinics: tuple[str | None, ...],
    readers: tuple[str | None, ...] = (None,),
    formats: tuple[str, ...] = (),
) -> Explanation:
    return explain(house.project, house.project.leaflet_files[0], clinics, readers, formats)


def test_each_part_has_a_verdict_for_each_edition(house: SampleHouse) -> None:
    told = explained(house, ("north", "south"), formats=("pdf", "epub"))
    assert told.editions == (
        AskedEdition("north", None, "pdf"),
        AskedEdition("north", None, "epub"),
        AskedEdition("south", None, "pdf"),
        AskedEdition("south", None, "epub"),
    )
    assert [(one.span.line, one.what, one.condition) for one in told.parts] == [
        (13, "section 'Prices'", 'only="region=GB"'),
        (15, "paragraph 'Free.'", 'except="clinic=none"'),
        (20, "list item 'Bring your insurance card, and a letter…'", 'only="region=US"'),
        (22, "shared text 'ask'", 'only="format=epub"'),
        (3, "paragraph 'Tap here.'", 'except="region=US"'),
        (25, "note box 'Hollow'", 'except="sex=male"'),
        (26, "paragraph 'x'", 'only="region=PL"'),
    ]
    assert all(len(part.verdicts) == 4 for part in told.parts)
    (shared,) = (part for part in told.parts if part.included_at is not None)
    assert shared.span.path == "source/shared/en/ask.md"
    assert str(shared.included_at) == "source/leaflets/specimen/en-GB.md:22"


def test_the_reason_is_in_plain_words(house: SampleHouse) -> None:
    prices, free, card, ask, tap, hollow, _ = (part.verdicts for part in explained(house, ("south", None)).parts)
    assert [one.reason for one in prices] == ["region is US, not GB", "region is not known, not GB"]
    assert free[0].reason == "it stands in section 'Prices', which is left out: region is US, not GB"
    assert card[0].included
    assert card[1].reason == "region is not known, not US"
    assert ask[0].reason == "format is not known, not epub"
    assert tap[0].reason == "it stands in shared text 'ask', which is left out: format is not known, not epub"
    assert hollow[0].reason == "nothing is left in it"
    told = explained(house, ("north", None), (None, "men"))
    free, card = told.parts[1].verdicts, told.parts[2].verdicts
    assert (free[0].included, free[0].reason) == (True, "")
    assert card[0].reason == "region is GB, not US"
    assert [one.reason for one in told.parts[5].verdicts[:2]] == [
        "nothing is left in it",
        "left out because sex is male",
    ]


def test_it_agrees_with_what_is_made(house: SampleHouse) -> None:
    told = explained(house, ("north", "south", None), formats=("pdf", "epub"))
    words = {13: "Prices", 15: "Free.", 3: "Tap here.", 25: "Hollow"}
    for number, asked in enumerate(told.editions):
        result = resolved(house, BODY, asked.clinic, formats=(asked.format,))
        units = list(reading_order(result.editions[asked.format]))
        for part in told.parts:
            if part.span.line in words:
                assert (words[part.span.line] in units) is part.verdicts[number].included


def test_what_is_wrong_is_told_and_nothing_raises(house: SampleHouse) -> None:
    told = explained(house, ("nowhere", None), ("women",))
    assert {one.code for one in told.diagnostics} == {"E307", "P402"}
    house.write("shared/en/ask.md", "::: include ask\n:::\n")
    assert [one.code for one in explained(house, (None,)).diagnostics] == ["E302"]
    house.write("leaflets/specimen/en-GB.md", "no front matter")
    assert explained(house, (None,)).parts == ()
    project = house.project
    (house.root / "source/leaflets/specimen/en-GB.md").unlink()
    assert [one.code for one in explain(project, project.leaflet_files[0], (None,), (None,), ()).diagnostics] == [
        "S105"
    ]


EVERY_PART = """x {only="region=GB"}

::: passage {lang=pl only="region=GB"}
tak
:::

::: list {only="region=GB"}
1. one
:::

::: key-points {only="region=GB"}
- one
:::

::: do-not {only="region=GB"}
- one
- two {only="region=GB"}
:::

::: side-effects {only="region=GB"}
::: rare {only="region=GB"}
- ache {only="region=GB"}
:::
:::

::: facts {only="region=GB"}
Fee
: 5
:::

::: table {only="region=GB"}
| Meal | Tablets |
| --- | --- |
| Dinner | 2 |
:::

::: figure {only="region=GB"}
![A bone](images/a.svg)
:::

::: write-in {kind=line only="region=GB"}
- Notes
:::

::: contact Desk {only="region=GB"}
- phone: 5 {only="region=GB"}
:::
"""


def test_every_sort_of_part_has_a_name(house: SampleHouse) -> None:
    house.write("leaflets/specimen/en-GB.md", f"{MATTER}---\n{EVERY_PART}")
    told = explained(house, ("north",))
    assert told.diagnostics == ()
    assert [part.what for part in told.parts] == [
        "paragraph 'x'",
        "passage in pl",
        "list 'one'",
        "key-points box",
        "do-not list",
        "list item 'two'",
        "side effects",
        "rare side effects",
        "side effect 'ache'",
        "facts 'Fee'",
        "table 'Meal'",
        "picture images/a.svg",
        "write-in 'Notes'",
        "contact 'Desk'",
        "phone line '5'",
    ]
    assert all(part.verdicts[0].included for part in told.parts)
