"""Conditions: what `only="…"` and `except="…"` say, and the text that one may stand at the end of."""

from __future__ import annotations

import re
from difflib import get_close_matches

from leafletpress.diagnostics import suggest
from leafletpress.model import Clause, Condition, Facet
from leafletpress.reader.attributes import CONDITIONS, AtTheEnd, Attributes, at_the_end, means_condition, shorten
from leafletpress.reader.findings import Findings

_FACETS = tuple(str(facet) for facet in Facet)
_ORDER = tuple(Facet)
_VALUE = re.compile(r"[\w-]+\Z")
_LOOSE = re.compile(r"(?:\A|[\s=,])[=,]|[=,](?:\s|\Z)")
_AROUND = re.compile(r" ?([=,])[ ,]*")
_MOST_FAULTS = 5  # of one condition: more would say no more

_APART = (
    "put it at the end of the line above, after a blank; for a whole list, facts, a table or a picture write "
    "'::: list {…}', '::: facts {…}', '::: table {…}' or '::: figure {…}' before it and ':::' after it"
)


def read_condition(attributes: Attributes, findings: Findings) -> Condition | None:
    """The condition that attributes hold, in normal form: facets in the model's order, each value once (G235)."""
    values = attributes.values
    only, unless = (
        _clauses(name, values[name], attributes.line, findings) if name in values else () for name in CONDITIONS
    )
    return Condition(only, unless, span=findings.span(attributes.line)) if only or unless else None


def _clauses(name: str, text: str, line: int, findings: Findings) -> tuple[Clause, ...]:
    """The clauses of one attribute; none where any of them has a fault, so that no half of a condition is kept."""
    read: dict[Facet, Clause] = {}
    faults = list(_faults(name, text))
    for clause in text.split() if not faults else ():
        facet, _, values = clause.partition("=")
        if Facet(facet) in read:
            hint = f"put its values together: {facet}={','.join((*read[Facet(facet)].values, values))}"
            faults = [(f"'{facet}' stands twice in {name}=\"{shorten(text)}\"", shorten(hint, 120))]
            break
        read[Facet(facet)] = Clause(Facet(facet), tuple(dict.fromkeys(values.split(","))))
    for message, hint in faults:
        findings.add("G235", message, line, hint)
    return () if faults else tuple(sorted(read.values(), key=lambda clause: _ORDER.index(clause.facet)))


def _faults(name: str, text: str) -> list[tuple[str, str]]:
    """What is wrong with each clause by itself: message and hint."""
    written = f'{name}="{shorten(text)}"'
    if not text.strip():
        return [(f'{name}="" says nothing', f'write for whom the part is meant: {name}="region=GB"')]
    if _LOOSE.search(text) and "=" in text:
        mended = _AROUND.sub(r"\1", " ".join(text.split())).strip(" ,")
        well = not _LOOSE.search(mended) and not _faults(name, mended)
        hint = f'{name}="{shorten(mended)}"' if well else "it as in region=GB,US sex=male"
        return [(f"{written} has a blank or nothing beside an equals sign or comma", f"write {hint}")]
    faults: list[tuple[str, str]] = []
    for clause in text.split():
        if fault := _fault(clause, written):
            faults.append(fault)
            if len(faults) == _MOST_FAULTS:
                break
    return faults


def _fault(clause: str, written: str) -> tuple[str, str] | None:
    facet, equals, values = clause.partition("=")
    if "!" in clause:
        return f"'{shorten(clause)}' cannot be read in {written}", 'what is left out is written {except="region=GB"}'
    if not equals:
        hint = f"write a facet, an equals sign and a value: region=GB; facets: {', '.join(_FACETS)}"
        return f"'{shorten(clause)}' in {written} does not say what it is a value of", hint
    if facet not in _FACETS:
        return f"there is no facet '{shorten(facet)}'", suggest(facet[:40], _FACETS)
    for value in values.split(","):
        if not _VALUE.match(value):
            hint = "values are words of letters, digits and hyphens, with commas between them: region=GB,US"
            return f"'{shorten(value)}' cannot be a value of '{facet}'", hint
    return None


def split_condition(text: str, line: int, owner: str, findings: Findings) -> tuple[str, Condition | None]:
    """The words of a paragraph or item that begins in line `line`, and the condition at their end (G226, G235, G236).

    Braces in which nobody meant attributes stay: they are a fault of the words.
    """
    found = at_the_end(text)
    if found is None or not _is_meant(found):
        return text, None
    last = _line_of(found, text, line)
    if found.apart:
        findings.add("G236", f"the condition {shorten(found.group)} has no words before it in its line", last, _APART)
        return found.words, None
    attributes = found.read(last, findings)
    attributes.check_known(owner, (), findings)
    return found.words, read_condition(attributes, findings)


def refuse_condition(text: str, line: int, hint: str, findings: Findings) -> str:
    """The words of a text that no condition can stand at the end of (G236 with `hint`)."""
    found = at_the_end(text)
    if found is None or not means_condition(found.group):
        return text
    message = f"no condition can stand here: {shorten(found.group)}"
    findings.add("G236", message, _line_of(found, text, line), hint)
    return found.words


def _line_of(found: AtTheEnd, text: str, line: int) -> int:
    return line + text.rstrip().count("\n") - found.group.count("\n")


def _is_meant(found: AtTheEnd) -> bool:
    """Whether braces after words are attributes: a condition, or something that was to be one."""
    if means_condition(found.group):
        return True
    return any(name in _FACETS or get_close_matches(name[:20], CONDITIONS) for name in found.values)


def misplaced(near: str) -> tuple[str, str, str] | None:
    """Code, message and hint for a brace among words, `near` being the rest of its line; None if no condition is."""
    if not means_condition(near):
        return None
    group, brace, _ = near.partition("}")
    if not brace:
        return "G235", f"the condition {shorten(group)} is not closed", "end it with a brace: }"
    return (
        "G236",
        f"the condition {shorten(group + brace)} stands where none can",
        "write it, after a blank, at the very end of a paragraph, a list item, a heading or a block's opening line",
    )
