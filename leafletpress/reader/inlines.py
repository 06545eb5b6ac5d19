"""Inlines: from the text of one block to the model's inlines, with every fault in it noted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from markdown_it.common.normalize_url import normalizeLink
from markdown_it.token import Token

from leafletpress.diagnostics import suggest
from leafletpress.model import (
    Citation,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Phrase,
    Span,
    Strong,
    Subscript,
    Superscript,
    Term,
    Text,
    Variable,
    is_language_tag,
    plain_text,
)
from leafletpress.reader.attributes import CONDITIONS, shorten
from leafletpress.reader.commonmark import parse_inlines
from leafletpress.reader.conditions import misplaced
from leafletpress.reader.fences import DEEPEST
from leafletpress.reader.findings import Findings
from leafletpress.reader.normal_form import normalise
from leafletpress.reader.source_text import CONTROL

CLASSES = ("term", "sup", "sub", "strong")

_MOST = 24  # characters of the text that a message repeats
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_SCHEMES = ("http", "https", "mailto", "tel")
_TARGET = re.compile(r"(https?://[^/]|mailto:.|tel:.)|#[A-Za-z][A-Za-z0-9._-]*\Z", re.IGNORECASE)

_REFUSALS = {
    "G207": ("the address of this link cannot be read", "write [words](https://…), with no blank in the address"),
    "G228": ("the brace has no meaning here", r"write \{ for a brace that is meant as such"),
    "G230": ("this is not a variable", "write a name, a dot and a field: {{clinic.phone}}"),
    "G231": ("this is not a citation", "write one source in one pair of brackets: [@guide-2025][@smpc]"),
}


@dataclass(slots=True)
class _Open:
    """A container that is being filled, and the token that opened it."""

    kind: str
    meta: dict[str, Any]
    line: int
    content: list[Inline] = field(default_factory=list)


def read_inlines(text: str, line: int, findings: Findings) -> Inlines:
    """The inlines of `text`, which begins in line `line`, in normal form."""
    return _read(parse_inlines(text), line, findings)


def read_cells(text: str, line: int, findings: Findings) -> tuple[Inlines, ...]:
    r"""The inlines of each part of `text` between bars that are not escaped (`\|`)."""
    cells: list[list[Token]] = [[]]
    depth = 0
    for token in parse_inlines(text):
        depth += token.nesting
        if depth or token.type != "text":
            cells[-1].append(token)
            continue
        for number, part in enumerate(token.content.split("|")):
            if number:
                cells.append([])
            cells[-1].append(Token("text", "", 0, content=part))
    read: list[Inlines] = []
    for tokens in cells:
        read.append(_read(tokens, line, findings))
        line += sum(token.type in {"softbreak", "hardbreak"} for token in tokens)
    return tuple(read)


def sole_picture(text: str, line: int, findings: Findings) -> tuple[str, str] | None:
    """Path and alternative text where `text` is one picture and nothing else; its faults are noted."""
    if not text.startswith("!["):
        return None
    tokens = parse_inlines(text)
    if len(tokens) < 2 or tokens[0].type != "image_open":
        return None
    ends = [number for number, token in enumerate(tokens) if token.type == "image_close"]
    if ends[-1] != len(tokens) - 1 or sum(token.type == "image_open" for token in tokens) > 1:
        return None
    _check_title(tokens[0].meta, "picture", line, findings)
    inside = tokens[1:-1]
    if any(token.type == "variable" for token in inside):
        message = "a variable cannot stand in a picture's alternative text"
        findings.add("G230", message, line, "say in words what the picture shows")
    alt = plain_text(_read(inside, line, Findings("")))
    return str(tokens[0].meta["target"]), alt


def _check_title(meta: dict[str, Any], what: str, line: int, findings: Findings) -> None:
    if meta["title"]:
        hint = f'take "{meta["title"]}" out of the parentheses; readers of print never see it'
        findings.add("G208", f"this {what} has a title", line, hint)


def _read(tokens: Iterable[Token], line: int, findings: Findings) -> Inlines:
    return normalise(tuple(_Assembly(line, findings).read(tokens)))


class _Assembly:
    """Builds inlines from tokens without recursion, so that no depth of marks can exhaust the stack."""

    def __init__(self, line: int, findings: Findings) -> None:
        self._line = line
        self._findings = findings
        self._stack = [_Open("", {}, line)]
        self._html_lines: set[int] = set()

    @property
    def _span(self) -> Span:
        return self._findings.span(self._line)

    def read(self, tokens: Iterable[Token]) -> list[Inline]:
        for token in tokens:
            if token.nesting == 1:
                self._open(token)
            elif token.nesting == -1:
                self._close()
            else:
                self._single(token)
        return self._stack[0].content

    def _fault(self, code: str, message: str, hint: str) -> None:
        self._findings.add(code, message, self._line, hint)

    def _add(self, *inlines: Inline) -> None:
        self._stack[-1].content.extend(inlines)

    def _open(self, token: Token) -> None:
        meta = token.meta or {"target": str(token.attrs.get("href", "")), "title": ""}
        self._stack.append(_Open(token.type.removesuffix("_open"), meta, self._line))

    def _single(self, token: Token) -> None:
        match token.type:
            case "softbreak":
                self._line += 1
                self._add(Text(" ", span=self._span))
            case "hardbreak":
                self._add(LineBreak(span=self._span))
                self._line += 1
            case "citation":
                self._add(Citation(token.content, span=self._span))
            case "variable":
                self._variable(token.content, token.meta.get("neutral"))
            case "refusal":
                self._refusal(token.info, token.meta["near"])
                self._text(token.content)
            case "html_inline":
                self._html(token.content)
                self._text(token.content)
            case "code_inline":
                self._fault("G203", f"`{token.content}` is set as code", "write the words without backticks")
                self._text(token.content)
            case _:
                self._text(token.content)

    def _variable(self, name: str, neutral: str | None) -> None:
        if neutral is not None and not name.startswith("clinic."):
            message = f"{{{{{name}}}}} has words after a bar, which are for a clinic's values"
            self._fault("G230", message, f"write {{{{{name}}}}}; its value is the same for every clinic")
        elif neutral == "":
            hint = f"write them, or leave the bar out: {{{{{name}|your clinic}}}}"
            self._fault("G230", f"{{{{{name}|}}}} has no words after its bar", hint)
        self._add(Variable(name, neutral or "", span=self._span))

    def _refusal(self, code: str, near: str) -> None:
        message, hint = _REFUSALS[code]
        message = f"{message}: {shorten(near, _MOST)}"
        if code == "G228":
            code, message, hint = misplaced(near) or (code, message, hint)
        elif code == "G230" and "}}" not in near:
            hint = "end it in the same line: {{clinic.phone}}; in a cell put a backslash before its bar"
        self._fault(code, message, hint)

    def _html(self, tag: str) -> None:
        """One finding a line: a closing tag says no more than its opening one."""
        if self._line not in self._html_lines:
            self._fault("G201", f"{shorten(tag.partition(chr(10))[0], _MOST)} is HTML", _HTML_HINT)
        self._html_lines.add(self._line)

    def _text(self, text: str) -> None:
        if control := CONTROL.search(text):
            message = f"an entity stands for U+{ord(control.group()):04X}, which cannot be printed"
            self._fault("S103", message, "delete it")
            text = CONTROL.sub("", text)
        self._add(Text(text, span=self._span))
        self._line += text.count("\n")

    def _close(self) -> None:
        done = self._stack.pop()
        span = self._findings.span(done.line, self._line)
        content = tuple(done.content)
        if len(self._stack) > DEEPEST:
            self._fault("S104", f"marks stand more than {DEEPEST} deep in one another", "take some of them off")
            self._add(*content)
        elif done.kind != "image" and not normalise(content):
            what = {"link": "a link", "strong": "bold type", "em": "italics"}.get(done.kind, "a pair of brackets")
            self._fault("G234", f"there is {what} without words", "write the words, or delete the marks")
        else:
            self._add(*self._container(done, content, span))

    def _container(self, done: _Open, content: Inlines, span: Span) -> Inlines:
        match done.kind:
            case "strong":
                return (Strong(content, span=span),)
            case "em":
                words = plain_text(normalise(content))
                hint = f"write **{words}** if it matters more; for a star or an underline as such put \\ before it"
                self._fault("G202", f"'{words}' is in italics, which are hard to read", hint)
                return content
            case "image":
                self._fault("G206", "a picture stands among words or in a list", "give it a paragraph of its own")
                return (Text(plain_text(content), span=span),)
            case "link":
                return self._link(content, done.meta, span)
            case _:
                return self._phrase(content, done.meta, span)

    def _link(self, content: Inlines, meta: dict[str, Any], span: Span) -> Inlines:
        _check_title(meta, "link", self._line, self._findings)
        target = normalizeLink(meta["target"])
        if any(isinstance(inline, Link) for inline in content):
            self._fault("G223", "a link cannot hold another link", "end the first one before the second begins")
            return content
        if "{{" in meta["target"]:
            message, hint = "a variable cannot stand in a link's address", "write it in the text, outside the link"
            self._fault("G230", message, hint)
            return content
        if not _TARGET.match(target) or any(sign.isspace() for sign in target):
            self._fault("G207", *_bad_target(meta["target"]))
            return content
        return (Link(content, target, span=span),)

    def _phrase(self, content: Inlines, attributes: dict[str, str], span: Span) -> Inlines:
        """Words with one meaning in braces: `.term`, `.sup`, `.sub`, `.strong`, or `lang=`."""
        if any(name in attributes for name in CONDITIONS):
            words = plain_text(normalise(content))
            message = f"'{shorten(words, _MOST)}' cannot have a condition among other words"
            self._fault("G236", message, "write the whole paragraph twice, each with its condition at its end")
            return content
        kind = attributes.get("class", "lang" if "lang" in attributes else "")
        if kind != "lang" and kind not in CLASSES:
            named = f"'{kind}'" if kind else "nothing"
            words = plain_text(normalise(content))
            near = suggest(kind, CLASSES)
            known = "or {lang=pl} for another language; there are .sup, .sub and .strong too"
            hint = near if near.startswith("did") else f"write [{words}]{{.term}} for a word of the glossary, {known}"
            self._fault("G229", f"the braces after '{words}' say {named}, which has no meaning", hint)
            return content
        for name in attributes:
            if name != "class" and (kind, name) not in {("term", "of"), ("lang", "lang")}:
                self._fault("G226", f"'{name}' does not go with '{kind}'", "give each its own brackets")
        match kind:
            case "term":
                entry = " ".join(attributes.get("of", "").split()) or None
                return (Term(content, entry, span=span),)
            case "sup":
                return (Superscript(content, span=span),)
            case "sub":
                return (Subscript(content, span=span),)
            case "strong":
                return (Strong(content, span=span),)
            case _:
                return self._in_language(content, attributes["lang"], span)

    def _in_language(self, content: Inlines, lang: str, span: Span) -> Inlines:
        if not is_language_tag(lang):
            self._fault("G227", f"lang cannot be '{lang}'", "write the language as in pl, ar or pt-BR")
            return content
        return (Phrase(content, lang, span=span),)


_HTML_HINT = "say it in words or with a block of source/README.md; for the sign as such write \\<"


def _bad_target(target: str) -> tuple[str, str]:
    scheme = _SCHEME.match(target)
    if not target:
        return "the link has no address", "write it in the parentheses: [words](https://…)"
    if scheme and scheme[1].lower() not in _SCHEMES:
        return f"a link to '{scheme[1]}:' is not allowed", f"links may begin with {', '.join(_SCHEMES)} or #"
    if scheme:
        return f"the address '{target}' is not whole", "write it as in https://example.org/page or tel:+441632960001"
    if target.startswith("#"):
        return f"'{target}' is not an id", "write # and the id of a section, as in #side-effects"
    return f"the address '{target}' has no scheme", f"write it whole: https://{target.lstrip('/')}"
