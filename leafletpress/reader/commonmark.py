"""CommonMark: the one place where markdown-it-py is met; text in, elements and tokens out.

The parser is CommonMark 0.31 with pipe tables and definition lists. Square brackets have a rule of their own (see
`brackets`). Three rules are left out because what they read is refused anyway, and their readings would hide words or
cost more than linear time: HTML blocks, link reference definitions, and HTML inside a line, which a bounded pattern
finds instead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin

from leafletpress.reader.brackets import braces, brackets

# Lists take two levels each. Deeper text is refused (S104) before markdown-it would drop it.
_DEEPEST_LEVEL = 48

_HTML = re.compile(r"<(?:/?[A-Za-z][^<>]{0,1000}>|!--|!\[CDATA\[|\?|![A-Za-z])")


@dataclass(frozen=True, slots=True)
class Element:
    """A block of CommonMark: its kind (`paragraph`, `bullet_list`, …), its own text or its children, and its lines.

    `line` and `end_line` are numbers in the file. `mark` is the heading's or list's mark; `attribute` the start of a
    numbered list or the alignment of a cell, empty where there is none.
    """

    kind: str
    line: int
    end_line: int
    text: str
    children: tuple[Element, ...]
    mark: str
    attribute: str


def parse_blocks(text: str, first_line: int) -> tuple[Element, ...]:
    """The blocks of `text`, whose first line is number `first_line` of the file. Text of inlines stays unparsed."""
    tokens: list[Token] = []
    parser = _parser()
    parser.block.parse(text, parser, {}, tokens)
    return _elements(tokens, first_line)


def parse_inlines(text: str) -> list[Token]:
    """The inline tokens of one block's text."""
    parser = _parser()
    return parser.inline.parse(text, parser, {}, [])


@cache
def _parser() -> MarkdownIt:
    """The parser, made once a process: it holds rules and no document."""
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST_LEVEL})
    parser.enable("table")
    parser.disable(["html_block", "reference", "html_inline", "link", "image"])
    deflist_plugin(parser)
    parser.inline.ruler.before("autolink", "brackets", brackets)
    parser.inline.ruler.before("autolink", "braces", braces)
    parser.inline.ruler.after("autolink", "html", _html)
    return parser


def _html(state: StateInline, silent: bool) -> bool:
    """A tag, comment or instruction: kept as a token so that it can be refused by its line."""
    if state.src[state.pos] != "<":
        return False
    found = _HTML.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        state.push("html_inline", "", 0).content = found.group()
    state.pos = found.end()
    return True


def _elements(tokens: list[Token], first_line: int) -> tuple[Element, ...]:
    """The tree of a flat list of opening, closing and single tokens."""
    levels: list[tuple[Token | None, list[Element]]] = [(None, [])]
    for token in tokens:
        if token.nesting == 1:
            levels.append((token, []))
            continue
        if token.nesting == -1:
            opening, children = levels.pop()
            assert opening is not None
            element = _element(opening, token.type.removesuffix("_close"), tuple(children), first_line)
        else:
            element = _element(token, token.type, (), first_line)
        levels[-1][1].append(element)
    return tuple(levels[0][1])


def _element(token: Token, kind: str, children: tuple[Element, ...], first_line: int) -> Element:
    start, end = token.map or (0, 0)
    if token.map is None and children:
        line, end_line = children[0].line, children[-1].end_line
    else:
        line, end_line = first_line + start, first_line + max(start, end - 1)
    attribute = str(token.attrs.get("start", token.attrs.get("style", "")))
    mark = token.tag if kind == "heading" else token.markup
    return Element(kind, line, end_line, token.content, children, mark, attribute)
