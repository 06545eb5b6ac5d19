"""Walking a body: nothing is passed over, and everything comes in the order it is read."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

from specimen import ABOUT, BODY, SPECIMEN

from leafletpress.model import (
    Block,
    Clause,
    Condition,
    ConditionalNode,
    Facet,
    Include,
    Inlines,
    Section,
    SideEffects,
    Text,
    plain_text,
)
from leafletpress.model.walk import each_block, each_conditional, each_inline, rewrite, words_of
from leafletpress.reader import read_shared
from leafletpress.reading_order import reading_order


def told(blocks: tuple[Block, ...]) -> list[str]:
    return [plain_text(words) for block in each_block(blocks) for words in words_of(block) if words]


def test_rewriting_asks_for_every_run_of_words_in_reading_order() -> None:
    asked: list[str] = []

    def note(words: Inlines) -> Inlines:
        asked.append(plain_text(words))
        return words

    assert rewrite(BODY, note) == BODY
    assert [words for words in asked if words] == told(BODY)


def test_rewriting_reaches_every_word() -> None:
    assert set(told(rewrite(BODY, lambda words: (Text("x"),) if words else ()))) == {"x"}


def test_the_order_is_the_one_that_is_read() -> None:
    plain = tuple(block for block in BODY if not any(isinstance(one, SideEffects) for one in each_block((block,))))
    units = iter(reading_order(SPECIMEN))
    for words in told(plain):
        assert any(_bare(unit) == _bare(words) for unit in units), words


def _bare(unit: str) -> str:
    return unit.replace("[1]", "")  # a citation's number, which plain_text leaves out


CONDITIONAL = """\
a {only="region=GB"}

::: note B {only="region=GB"}
- c {only="sex=male"}
  - d {only="sex=female"}

e
:::

::: side-effects {only="region=US"}
::: rare {only="sex=male"}
- f {only="sex=female"}
:::
:::

::: contact G
- phone: 1 {only="region=GB"}
:::
"""


def test_every_place_of_a_condition_is_visited_outer_first_with_what_is_around_it() -> None:
    body = read_shared(CONDITIONAL.encode(), "s.md").blocks
    section = Section((Text("One"),), body, condition=Condition(unless=(Clause(Facet.FORMAT, ("epub",)),)))
    seen = [
        (type(node).__name__, " > ".join(str(clause.values[0]) for one in under for clause in (*one.only, *one.unless)))
        for node, under in each_conditional((section,))
    ]
    assert seen == [
        ("Section", "epub"),
        ("Paragraph", "epub > GB"),
        ("Callout", "epub > GB"),
        ("List", "epub > GB"),
        ("ListItem", "epub > GB > male"),
        ("Paragraph", "epub > GB > male"),
        ("List", "epub > GB > male"),
        ("ListItem", "epub > GB > male > female"),
        ("Paragraph", "epub > GB > male > female"),
        ("Paragraph", "epub > GB"),
        ("SideEffects", "epub > US"),
        ("EffectGroup", "epub > US > male"),
        ("Effect", "epub > US > male > female"),
        ("Contact", "epub"),
        ("ContactLine", "epub > GB"),
    ]


def conditional_in(node: Any) -> list[ConditionalNode]:
    """Every such node that a look at all fields finds, whatever the walk knows of them."""
    if isinstance(node, tuple):
        return [found for part in node for found in conditional_in(part)]
    if not is_dataclass(node):
        return []
    own = [node] if isinstance(node, ConditionalNode) else []
    return own + [found for field in fields(node) for found in conditional_in(getattr(node, field.name))]


def test_no_place_of_a_condition_is_passed_over() -> None:
    assert [node for node, _ in each_conditional(BODY)] == conditional_in(BODY)


def test_includes_pass_and_inlines_come_outer_first() -> None:
    body = (Section((Text("One"),), (Include("a"),)),)
    assert rewrite(body, lambda words: words) == body
    (content,) = words_of(ABOUT.blocks[0])
    kinds = [type(one).__name__ for one in each_inline(content)]
    assert kinds[:5] == ["Text", "Strong", "Text", "Text", "Term"]
