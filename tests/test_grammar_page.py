"""Every example of the grammar page is read without a finding, and its table of refusals is the catalogue's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import leafletpress.reader
from leafletpress.diagnostics import CATALOGUE
from leafletpress.model import Block, Section
from leafletpress.reader import read_leaflet

PAGE = (Path(__file__).parents[1] / "source" / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```markdown\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
PARTICULARS = re.search(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)[1]  # type: ignore[index]


def read(example: str) -> tuple[Block, ...]:
    reading = read_leaflet((PARTICULARS + example).encode(), "example.md")
    assert "\n".join(map(str, reading.diagnostics)) == ""
    assert reading.leaflet is not None
    return reading.leaflet.body


@pytest.mark.parametrize("example", EXAMPLES, ids=[example.split("\n")[0][:40] for example in EXAMPLES])
def test_an_example_is_read_without_a_finding(example: str) -> None:
    assert read(example)


def test_the_particulars_fill_every_key() -> None:
    reading = read_leaflet(PARTICULARS.encode(), "example.md")
    assert reading.leaflet is not None
    meta = reading.leaflet.meta
    assert [name for name in meta.__dataclass_fields__ if not getattr(meta, name)] == []


def test_every_kind_of_block_has_an_example() -> None:
    def kinds(blocks: tuple[Block, ...]) -> set[str]:
        inner = [kinds(block.blocks) for block in blocks if isinstance(block, Section)]
        return {type(block).__name__ for block in blocks}.union(*inner)

    shown = set().union(*(kinds(read(example)) for example in EXAMPLES))
    assert shown == {part.__name__ for part in Block.__args__}  # type: ignore[attr-defined]


def test_the_table_of_refusals_names_every_code_that_the_reader_can_give() -> None:
    listed = set(re.findall(r"^\| ([A-Z]\d{3}) \|", PAGE, re.MULTILINE))
    modules = Path(leafletpress.reader.__file__).parent.glob("*.py")
    given = set(re.findall(r'"([SGMA]\d{3})"', "".join(module.read_text(encoding="utf-8") for module in modules)))
    given |= {"M102", "M103", "M104", "M105", "M109"}  # from the YAML reader
    assert listed == given
    assert listed <= set(CATALOGUE)
