"""Hypothesis strategies for inlines, blocks and whole leaflets, with the words that are hardest to write down.

They make what the reader promises: inlines in normal form, and nothing that the source form has no way to say.
"""

from __future__ import annotations

import re
from dataclasses import fields, replace
from datetime import date, timedelta

from hypothesis import strategies as st

from leafletpress.model import (
    Advice,
    AdviceKind,
    Alignment,
    Band,
    Block,
    Callout,
    CalloutKind,
    Citation,
    Clause,
    Condition,
    Contact,
    ContactKind,
    ContactLine,
    Effect,
    EffectGroup,
    Facet,
    Fact,
    Facts,
    Figure,
    Include,
    Inline,
    Inlines,
    Leaflet,
    LeafletKind,
    LineBreak,
    Link,
    List,
    ListItem,
    ListKind,
    Metadata,
    Paragraph,
    Passage,
    Phrase,
    Role,
    Row,
    Section,
    SideEffects,
    Source,
    Status,
    Strong,
    Subscript,
    Superscript,
    Table,
    Term,
    Text,
    TranslationOf,
    Variable,
    WriteIn,
    WriteInKind,
)
from leafletpress.reader.normal_form import normalise
from leafletpress.reader.source_text import CONTROL

_TRICKY = (
    "* ** _ __ a_b _a_ [ ] [x] [x]: [@x] | || : :: ::: \\ \\\\ { } {{ }} {{a.b}} {.x} < > <b> <a@b.c> </p> <!-- "
    "& &amp; &#35; # ## #tag - -- --- + = === ~ ~~~ ` `` ! ![ @ @x ( ) (x) 1. 2) 10. 0) . , ; ' \" % $ ^ / "
    "- a * b + c > q ::: note phone: Phone : 5 < 6 https://e.org www.e.org me@e.org \u00a0 \u2003 \u200b \u00ad "
    "زائدة é e\u0301 \U0001f600 ß Ł 中 \u0301 x"
)
TRICKY = _TRICKY.split(" ")

LANGUAGES = st.sampled_from(["pl", "ar", "en-GB", "zh-Hant", "pt-BR"])
NAMES = st.from_regex(r"[A-Za-z][A-Za-z0-9_-]{0,6}", fullmatch=True)
SOURCE_IDS = st.from_regex(r"[A-Za-z0-9]{1,4}([._:-][A-Za-z0-9]{1,3})?", fullmatch=True)
SLUGS = st.from_regex(r"[a-z0-9]{1,5}(-[a-z0-9]{1,4})?", fullmatch=True)

_characters = st.characters(exclude_categories=("Cs", "Cc")).filter(lambda sign: not CONTROL.match(sign))
_chunks = st.one_of(
    st.sampled_from(TRICKY),
    st.sampled_from(["word", "Take", "2", "tablets", " ", "  "]),
    st.text(_characters, max_size=6),
)


@st.composite
def raw_text(draw: st.DrawFn) -> str:
    """Words and marks, with blanks between some of them."""
    parts = draw(st.lists(_chunks, min_size=1, max_size=6))
    return draw(st.sampled_from(["", " "])).join(parts)


def words() -> st.SearchStrategy[str]:
    """A line of words as metadata holds it: white space single, none at the ends."""
    return raw_text().map(lambda text: " ".join(text.split())).filter(bool)


TARGETS = st.one_of(
    st.sampled_from(
        [
            "https://example.org",
            "https://example.org/a_b?x=1&copy=2&lt;=3#top",
            "http://e.org/(a)/b)(",
            "https://e.org/*a*",
            "mailto:us@example.org",
            "tel:+441632960001",
            "#side-effects",
            "https://xn--bcher-kva.example/%C3%A4%20b",
        ]
    ),
    st.from_regex(r"https://[a-z]{1,5}\.org/[A-Za-z0-9_~/?#@!$&'()*+,;=.:-]{0,10}", fullmatch=True),
)


NEUTRAL = raw_text().map(lambda text: re.sub(" +", " ", re.sub(r"[{}|]", "", text)).strip(" "))
"""Words of a variable: a value is text, whatever marks it holds."""
VARIABLES = st.one_of(
    st.builds(Variable, st.builds("{}.{}".format, NAMES, NAMES)),
    st.builds(Variable, st.builds("{}.{}.{}".format, NAMES, NAMES, NAMES)),
    st.builds(Variable, st.builds("clinic.{}".format, NAMES), NEUTRAL),
    st.builds(Variable, st.builds("clinic.{}.{}".format, NAMES, NAMES), NEUTRAL),
)

FACET_VALUES = st.from_regex(r"[A-Za-z0-9_-]{1,5}", fullmatch=True) | st.sampled_from(["GB", "en-GB", "дом", "none"])
CLAUSES = st.lists(
    st.builds(Clause, st.sampled_from(Facet), st.lists(FACET_VALUES, min_size=1, max_size=3, unique=True).map(tuple)),
    max_size=3,
    unique_by=lambda clause: clause.facet,
).map(lambda clauses: tuple(sorted(clauses, key=lambda clause: list(Facet).index(clause.facet))))
CONDITIONS = st.builds(Condition, CLAUSES, CLAUSES).filter(lambda one: bool(one.only or one.unless))
MAYBE = st.none() | st.none() | CONDITIONS


def _raw_inlines(children: st.SearchStrategy[Inlines], *, breaks: bool) -> st.SearchStrategy[Inlines]:
    one: list[st.SearchStrategy[Inline]] = [
        st.builds(Text, raw_text()),
        st.builds(Text, raw_text()),
        st.builds(Strong, children),
        st.builds(Term, children, st.none() | words()),
        st.builds(Phrase, children, LANGUAGES),
        st.builds(Superscript, children),
        st.builds(Subscript, children),
        st.builds(Citation, SOURCE_IDS),
        VARIABLES,
    ]
    if breaks:
        one.append(st.just(LineBreak()))
    return st.lists(st.one_of(one), min_size=1, max_size=4).map(tuple)


def _inlines(*, breaks: bool) -> st.SearchStrategy[Inlines]:
    plain = st.builds(Text, raw_text()).map(lambda text: (text,))
    once = _raw_inlines(plain, breaks=breaks)
    linked = st.builds(Link, once, TARGETS).map(lambda link: (link,))
    address = TARGETS.map(lambda target: (Link((Text(target),), target),))
    twice = _raw_inlines(st.one_of(once, linked), breaks=breaks)
    return st.one_of(plain, once, linked, address, twice).map(normalise).filter(bool)


INLINES = _inlines(breaks=True)
"""At least one inline, in normal form."""
LINE = _inlines(breaks=False)
"""The same without line breaks, for titles, captions and cells."""
MAYBE_LINE = st.just(()) | LINE

FIRST_PARAGRAPHS = st.builds(Paragraph, INLINES)
"""As an item begins: its condition is the item's."""
PARAGRAPHS = st.builds(Paragraph, INLINES, condition=MAYBE)


def _lists(items: st.SearchStrategy[tuple[ListItem, ...]]) -> st.SearchStrategy[List]:
    return st.one_of(
        st.builds(List, st.just(ListKind.BULLET), items),
        st.builds(List, st.just(ListKind.NUMBER), items, st.sampled_from([1, 1, 0, 3, 9, 99, 999_999_999])),
    )


def _items(blocks: st.SearchStrategy[Paragraph | List]) -> st.SearchStrategy[tuple[ListItem, ...]]:
    item = st.builds(
        lambda first, rest, condition: ListItem((first, *rest), condition=condition),
        FIRST_PARAGRAPHS,
        st.lists(blocks, max_size=3),
        MAYBE,
    )
    return st.lists(item, min_size=1, max_size=3).map(tuple)


FLAT_ITEM = st.builds(ListItem, st.tuples(FIRST_PARAGRAPHS), condition=MAYBE)
FLAT_ITEMS = st.lists(FLAT_ITEM, min_size=1, max_size=3).map(tuple)
NESTED_LISTS = _lists(_items(PARAGRAPHS | _lists(_items(PARAGRAPHS | _lists(FLAT_ITEMS)))))
LISTS = st.one_of(_lists(FLAT_ITEMS), NESTED_LISTS)
"""Inside an item: such a list has no condition."""
WHOLE_LISTS = st.builds(lambda one, condition: replace(one, condition=condition), LISTS, MAYBE)
ITEMS = st.one_of(FLAT_ITEMS, _items(PARAGRAPHS | LISTS))
STEPS = st.builds(List, st.just(ListKind.STEPS), ITEMS, condition=MAYBE)

TEXT_BLOCKS = st.one_of(PARAGRAPHS, WHOLE_LISTS, STEPS)
PASSAGES = st.builds(Passage, LANGUAGES, st.lists(TEXT_BLOCKS, min_size=1, max_size=3).map(tuple), condition=MAYBE)
CALLOUTS = st.builds(
    Callout,
    st.sampled_from(CalloutKind),
    MAYBE_LINE,
    st.lists(TEXT_BLOCKS | PASSAGES, min_size=1, max_size=3).map(tuple),
    condition=MAYBE,
)
ADVICE = st.builds(Advice, st.sampled_from(AdviceKind), MAYBE_LINE, ITEMS, condition=MAYBE)
MAYBE_INLINES = st.just(()) | INLINES
EFFECTS = st.builds(Effect, INLINES, MAYBE_INLINES, MAYBE_INLINES, condition=MAYBE)
GROUPS = st.builds(
    EffectGroup,
    st.sampled_from(Band),
    MAYBE_LINE,
    st.lists(EFFECTS, min_size=1, max_size=3).map(tuple),
    condition=MAYBE,
)
SIDE_EFFECTS = st.builds(
    SideEffects, st.lists(GROUPS, min_size=1, max_size=3).map(tuple), st.booleans(), condition=MAYBE
)
FACTS = st.builds(Facts, st.lists(st.builds(Fact, LINE, INLINES), min_size=1, max_size=3).map(tuple), condition=MAYBE)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Tables of up to three columns; cells may be empty."""
    width = draw(st.integers(1, 3))
    row = st.builds(Row, st.tuples(*[MAYBE_LINE] * width))
    return Table(
        draw(MAYBE_LINE),
        draw(st.tuples(*[st.sampled_from(Alignment)] * width)),
        draw(row),
        draw(st.lists(row, min_size=1, max_size=3).map(tuple)),
        draw(st.booleans()),
        condition=draw(MAYBE),
    )


PICTURE_PATHS = st.sampled_from(
    ["images/a.svg", "a b.png", "images/żółć (1).svg", "x%20y.svg", "a&amp;b.svg", "a'b.svg"]
)
FIGURES = st.builds(
    Figure, PICTURE_PATHS, st.just("") | words(), MAYBE_LINE, st.integers(10, 100) | st.just(100), condition=MAYBE
)
WRITE_INS = st.builds(
    WriteIn,
    st.sampled_from(WriteInKind),
    st.lists(INLINES, min_size=1, max_size=3).map(tuple),
    st.integers(1, 30),
    condition=MAYBE,
)
CONTACTS = st.builds(
    Contact,
    LINE,
    st.lists(
        st.builds(ContactLine, st.sampled_from(ContactKind), INLINES, condition=MAYBE), min_size=1, max_size=3
    ).map(tuple),
    condition=MAYBE,
)
PARAMETER_NAMES = st.from_regex(r"[a-z][a-z0-9-]{0,4}", fullmatch=True).filter(
    lambda name: name not in {"id", "class", "only", "except"}
)
PAIRS = st.dictionaries(PARAMETER_NAMES, words(), max_size=3).map(lambda pairs: tuple(sorted(pairs.items())))
"""Names and words, sorted by name."""
INCLUDES = st.builds(Include, SLUGS, PAIRS, condition=MAYBE)

LEAF_BLOCKS = st.one_of(
    TEXT_BLOCKS, PASSAGES, CALLOUTS, ADVICE, SIDE_EFFECTS, FACTS, tables(), FIGURES, WRITE_INS, CONTACTS, INCLUDES
)


def _sayable(blocks: list[Block]) -> tuple[Block, ...]:
    """Two bare lists of facts in a row are one in the source form, so the second is left out."""
    kept: list[Block] = []
    for block in blocks:
        if not (kept and _bare_facts(block) and _bare_facts(kept[-1])):
            kept.append(block)
    return tuple(kept)


def _bare_facts(block: Block) -> bool:
    return isinstance(block, Facts) and block.condition is None


BLOCKS = st.lists(LEAF_BLOCKS, max_size=4).map(_sayable)
"""Blocks that are no sections, as a shared text holds them."""


def _sections(blocks: st.SearchStrategy[tuple[Block, ...]]) -> st.SearchStrategy[Section]:
    return st.builds(Section, LINE, blocks, st.none() | st.sampled_from(Role), st.none() | NAMES, condition=MAYBE)


def _with_sections(inner: st.SearchStrategy[Section]) -> st.SearchStrategy[tuple[Block, ...]]:
    few = st.lists(LEAF_BLOCKS, max_size=2).map(_sayable)
    return st.builds(lambda blocks, sections: (*blocks, *sections), few, st.lists(inner, max_size=2))


BODIES = _with_sections(_sections(_with_sections(_sections(_with_sections(_sections(BLOCKS))))))

DAYS = st.dates(date(2000, 1, 1), date(2090, 1, 1))
PARTICULARS = {field.name.replace("_", "-") for field in fields(Metadata)}
SOURCES = st.builds(
    Source,
    SOURCE_IDS,
    words(),
    st.none() | words(),
    st.none() | st.sampled_from(["https://example.org/a?b=c&d", "http://e.org"]),
    st.none() | words(),
    st.none() | DAYS,
)
TRANSLATIONS = st.builds(TranslationOf, LANGUAGES, words(), st.none() | st.from_regex(r"[0-9a-f]{64}", fullmatch=True))


VALUES = PAIRS.map(lambda pairs: tuple((name, value) for name, value in pairs if name not in PARTICULARS))


@st.composite
def metadata(draw: st.DrawFn) -> Metadata:
    """Front matter with any of its keys; the next review comes after the last."""
    last = draw(DAYS)
    maybe = st.none() | words()
    several = st.lists(words(), max_size=2).map(tuple)
    return Metadata(
        id=draw(SLUGS),
        title=draw(words()),
        lang=draw(LANGUAGES),
        kind=draw(st.sampled_from(LeafletKind)),
        summary=draw(words()),
        reference=draw(words()),
        version=draw(words()),
        status=draw(st.sampled_from(Status)),
        publisher=draw(maybe),
        authors=draw(several),
        region=draw(maybe),
        audience=draw(maybe),
        sex=draw(maybe),
        age_group=draw(maybe),
        department=draw(maybe),
        issued=draw(st.none() | st.just(last)),
        reviewed=draw(st.none() | st.just(last)),
        review_by=draw(st.none() | st.just(last + timedelta(days=draw(st.integers(1, 900))))),
        reviewers=draw(several),
        sources=draw(st.lists(SOURCES, max_size=2, unique_by=lambda source: source.id).map(tuple)),
        licence=draw(maybe),
        funding=draw(maybe),
        user_testing=draw(maybe),
        translation_of=draw(st.none() | TRANSLATIONS),
        change_note=draw(maybe),
        values=draw(VALUES),
    )


def leaflets() -> st.SearchStrategy[Leaflet]:
    """Whole leaflets."""
    return st.builds(Leaflet, metadata(), BODIES)
