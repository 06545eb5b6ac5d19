"""Runs: inlines as Word sets them. Meaning goes into character styles, language into every run."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from leafletpress.model import (
    NOWHERE,
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
    Value,
    Variable,
    direction,
    plain_text,
)

from ..shared.numbers import hold_numbers
from .composition import Composition
from .controls import value_control
from .markup import Element, add, clark

# What XML 1.0 cannot hold, whatever the escape (clause 2.2, Char).
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Manner:
    """How a run looks and what it means; `lang` None is the leaflet's own language."""

    style: str = ""
    strong: bool = False
    raised: str = ""
    lang: str | None = None
    linked: bool = False
    span: Span = NOWHERE


PLAIN = Manner()


def set_inlines(to: Composition, parent: Element, inlines: Inlines, manner: Manner = PLAIN) -> None:
    """Append the runs of `inlines` to a paragraph (or to a link or control within one)."""
    for inline in inlines:
        _set(to, parent, inline, manner)


def _set(to: Composition, parent: Element, inline: Inline, manner: Manner) -> None:
    match inline:
        case Text(text=text):
            set_text(to, parent, text, manner)
        case Strong():
            set_inlines(to, parent, inline.content, replace(manner, strong=True))
        case Link():
            _link(to, parent, inline, manner)
        case Term():
            style = "Term Link" if manner.style == "Hyperlink" else "Term"
            set_inlines(to, parent, inline.content, replace(manner, style=style))
        case Phrase():
            set_inlines(to, parent, inline.content, replace(manner, lang=inline.lang))
        case Superscript():
            _raise(to, parent, inline, manner, "superscript")
        case Subscript():
            _raise(to, parent, inline, manner, "subscript")
        case Citation():
            _citation(to, parent, inline, manner)
        case Value():
            said = _writable(to, inline.text, manner)
            value_control(to, parent, inline, said, lambda run, text: _properties(to, run, manner, text))
        case LineBreak():
            add(add(parent, "w:r"), "w:br")
        case Variable():
            to.refuse(f"the variable '{inline.name}' has no value", inline.span, "an edition holds values only")


def set_text(to: Composition, parent: Element, text: str, manner: Manner = PLAIN) -> Element:
    """Append one run of characters."""
    text = _writable(to, text, manner)
    run = add(parent, "w:r")
    _properties(to, run, manner, "")
    words = add(run, "w:t", text)
    if text != text.strip():
        words.set(clark("xml:space"), "preserve")
    return run


def _writable(to: Composition, text: str, manner: Manner) -> str:
    """The characters as a run can hold them: none that XML bars, and numbers that keep their order."""
    if bad := _NOT_XML.search(text):
        to.refuse(f"XML cannot hold the character U+{ord(bad[0]):04X}", manner.span, "take the character out")
        text = _NOT_XML.sub("", text)
    return hold_numbers(text) if direction(manner.lang or to.lang) == "rtl" else text


def _properties(to: Composition, run: Element, manner: Manner, fallback_style: str) -> None:
    """Run properties in the order of the schema (ISO/IEC 29500-1, CT_RPr)."""
    style = manner.style or fallback_style
    named = style or ("Strong" if manner.strong else "")
    rtl = direction(manner.lang or to.lang) == "rtl"
    if not (named or manner.raised or manner.lang or rtl):
        return
    properties = add(run, "w:rPr")
    if named:
        add(properties, "w:rStyle", val=to.style_id(named))
    if manner.strong and named != "Strong":
        add(properties, "w:b")
        add(properties, "w:bCs")
    if manner.raised:
        add(properties, "w:vertAlign", val=manner.raised)
    if rtl:
        add(properties, "w:rtl")
    if manner.lang and manner.lang != to.lang:
        add(properties, "w:lang", **{"bidi" if rtl else "val": manner.lang})


def _raise(to: Composition, parent: Element, inline: Superscript | Subscript, manner: Manner, how: str) -> None:
    if manner.raised and manner.raised != how:
        to.refuse("words cannot be raised and lowered at once", inline.span, "use one of the two")
    set_inlines(to, parent, inline.content, replace(manner, raised=how))


def _link(to: Composition, parent: Element, inline: Link, manner: Manner) -> None:
    if manner.linked:
        to.refuse(f"a link to '{inline.target}' stands inside another link", inline.span, "let the links follow")
        return
    link = add(parent, "w:hyperlink")
    if inline.target.startswith("#"):
        to.point(link, inline.target, inline.span)
    else:
        link.set(clark("r:id"), to.relations.to("hyperlink", inline.target, external=True))
    link.set(clark("w:history"), "1")
    style = "Term Link" if manner.style == "Term" else "Hyperlink"
    set_inlines(to, link, inline.content, replace(manner, style=style, linked=True))


def _citation(to: Composition, parent: Element, inline: Citation, manner: Manner) -> None:
    try:
        number = to.edition.citation_number(inline.key)
    except KeyError:
        to.refuse(f"the source '{inline.key}' is not among the references", inline.span)
        return
    holder = parent
    if not manner.linked:
        holder = add(parent, "w:hyperlink")
        to.point(holder, f"[{inline.key}]", inline.span)
        holder.set(clark("w:history"), "1")
    set_text(to, holder, f"[{number}]", replace(manner, style="Citation"))


def set_tab(parent: Element) -> None:
    """A tab: what stands between a label and its value on one line."""
    add(add(parent, "w:r"), "w:tab")


def words_of(to: Composition, inlines: Inlines) -> str:
    """The words as plain text, for names and descriptions."""
    numbers = {source.id: number for number, source in enumerate(to.edition.references, start=1)}
    return plain_text(inlines, lambda key: f"[{numbers.get(key, '')}]")
