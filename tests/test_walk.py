"""Walking a body: nothing is passed over, and everything comes in the order it is read."""

from __future__ import annotations

from specimen import ABOUT, BODY, SPECIMEN

from leafletpress.model import Block, Include, Inlines, Section, SideEffects, Text, plain_text
from leafletpress.model.walk import each_block, each_inline, rewrite, words_of
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


def test_includes_pass_and_inlines_come_outer_first() -> None:
    body = (Section((Text("One"),), (Include("a"),)),)
    assert rewrite(body, lambda words: words) == body
    (content,) = words_of(ABOUT.blocks[0])
    kinds = [type(one).__name__ for one in each_inline(content)]
    assert kinds[:5] == ["Text", "Strong", "Text", "Text", "Term"]
