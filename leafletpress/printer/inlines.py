r"""Inlines as source text: words escaped where, and only where, the reader would take them for marks.

The escapes follow CommonMark 0.31 (sections 2.4, 6.2) and the grammar of source/README.md.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from leafletpress.model import (
    Citation,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Phrase,
    Strong,
    Subscript,
    Superscript,
    Term,
    Text,
    Value,
    Variable,
)

# Always marks: \ * [ ] ` {. Sometimes: _ beside anything but a letter or digit, < before what could be a tag or an
# address, & before what could be an entity.
_ESCAPED = re.compile(r"[\\*\[\]`{]|(?<![^\W_])_|_(?![^\W_])|<(?=[^\s\d]|\d[^\s<>]*@)|&(?=#?[A-Za-z0-9]+;)")
# At the start of a line: headings, bullets, quotations, tables, fences, definitions, rules, underlines; numbers.
_LINE_START = re.compile(
    r"(?=#{1,6}(?:\s|\Z)|[-+](?:\s|\Z)|>|\||:(?:\s|:|\Z)|~(?:\s|~|\Z)|[-=:|+ ]+\Z)|\d{1,9}(?=[.)](?:\s|\Z))"
)
_CLOSING_MARKS = re.compile(r"(?<!\S)(?=#+\Z)")
_PLAIN_VALUE = re.compile(r"[A-Za-z0-9_:-]+\Z")
_VALUE_ESCAPED = re.compile(r'["\\{}\[\]]')
_TARGET_ESCAPED = re.compile(r"[()|]|&(?=#?[A-Za-z0-9]+;)")
_AUTOLINK = re.compile(r"https?://[a-z0-9][a-z0-9.-]*(/[A-Za-z0-9._~/?#@!$&'()*+,;=:-]*)?\Z")


def print_inlines(inlines: Inlines, *, bars: bool = False) -> str:
    r"""The source text of a block's inlines; a line for each line break. `bars` escapes `|`, as cells need."""
    lines = _render(inlines, "", "")
    if bars:
        lines = lines.replace("|", "\\|")
    return "\n".join(map(_guard_start, lines.split("\n")))


def print_words(inlines: Inlines, *, bars: bool = False) -> str:
    """The source text of inlines that do not begin a line: a caption, a cell. A line break becomes a blank."""
    text = _render(inlines, "", "").replace("\\\n", " ")
    return text.replace("|", "\\|") if bars else text


def print_title(inlines: Inlines) -> str:
    """The source text of a heading's words, whose last # would be taken for decoration."""
    return _CLOSING_MARKS.sub("\\\\", print_words(inlines), count=1)


def print_attributes(pairs: dict[str, str]) -> str:
    """Braces with what `pairs` holds; the keys `id` and `class` are written # and a full stop."""
    written = [_SIGNS.get(name, name + "=") + _value(name, value) for name, value in pairs.items()]
    return "{" + " ".join(written) + "}" if written else ""


_SIGNS = {"id": "#", "class": "."}


def _value(name: str, value: str) -> str:
    if name in _SIGNS or _PLAIN_VALUE.match(value):
        return value
    return '"' + _VALUE_ESCAPED.sub(r"\\\g<0>", value) + '"'


def _guard_start(line: str) -> str:
    found = _LINE_START.match(line)
    return f"{line[: found.end()]}\\{line[found.end() :]}" if found else line


def _render(inlines: Inlines, before: str, after: str) -> str:
    """The inlines between the characters `before` and `after` (empty at the ends of a line)."""
    written: list[str] = []
    for number, inline in enumerate(inlines):
        previous = written[-1][-1:] if written else before
        following = inlines[number + 1] if number + 1 < len(inlines) else None
        written.append(_print(inline, previous, _first_character(following, after)))
    return "".join(written)


def _first_character(inline: Inline | None, after: str) -> str:
    """What the next inline begins with, as far as it matters: a mark, a blank, or its first letter."""
    match inline:
        case None:
            return after
        case Text(text=text):
            return "\\" if _ESCAPED.match(text) else text[0]
        case LineBreak():
            return "\\"
        case Strong():
            return "*"
        case Variable() | Value():
            return "{"
        case _:
            return "["


def _print(inline: Inline, before: str, after: str) -> str:
    match inline:
        case Text(text=text):
            return _text(text, before, after)
        case Strong(content=content):
            words = _render(content, "*", "*")
            return f"**{words}**" if _stars_work(words, before, after) else _phrase(content, {"class": "strong"})
        case Link():
            return _link(inline)
        case Term(content=content, entry=entry):
            return _phrase(content, {"class": "term", **({"of": entry} if entry else {})})
        case Phrase(content=content, lang=lang):
            return _phrase(content, {"lang": lang})
        case Superscript(content=content):
            return _phrase(content, {"class": "sup"})
        case Subscript(content=content):
            return _phrase(content, {"class": "sub"})
        case Citation(key=key):
            return f"[@{key}]"
        case Variable(name=name, neutral=neutral) if neutral:
            return "{{" + name + "|" + neutral + "}}"
        case Variable(name=name) | Value(name=name):
            return "{{" + name + "}}"
        case LineBreak():
            return "\\\n"


def _text(text: str, before: str, after: str) -> str:
    written = _ESCAPED.sub(r"\\\g<0>", text)
    if before == "[" and written.startswith("@"):
        written = "\\" + written
    if written.endswith("!") and after == "[":
        written = written[:-1] + "\\!"
    return written


def _stars_work(words: str, before: str, after: str) -> bool:
    """Whether `**` beside these characters opens and closes (CommonMark 6.2, flanking); never wrongly True."""
    opens = words[0].isalnum() or (not words[0].isspace() and _is_outside(before))
    closes = words[-1].isalnum() or (not words[-1].isspace() and _is_outside(after))
    return opens and closes and not words.startswith("**") and not words.endswith("*")


def _is_outside(sign: str) -> bool:
    return not sign or sign in " \n([\\{*.,;:!?)]}"


def _phrase(content: Inlines, attributes: dict[str, str]) -> str:
    return f"[{_render(content, '[', ']')}]{print_attributes(attributes)}"


def _link(link: Link) -> str:
    match link.content:
        case (Text(text=text),) if text == link.target and _AUTOLINK.match(text) and "xn--" not in text:
            return f"<{text}>"
        case _:
            return f"[{_render(link.content, '[', ']')}]({_TARGET_ESCAPED.sub(_escape, link.target)})"


def _escape(found: re.Match[str]) -> str:
    return "\\" + found.group()


def print_picture(path: str, alt: str) -> str:
    """A picture by its path and what it shows."""
    words = _render((Text(alt),), "[", "]") if alt else ""
    return f"![{words}]({quote(path, safe='/')})"
