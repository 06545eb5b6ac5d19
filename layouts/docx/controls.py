"""Controls: content controls for what is filled in: values, lines, tick boxes, dates."""

from __future__ import annotations

import re
from collections.abc import Callable

from leafletpress.model import Value

from .composition import Composition
from .markup import Element, add, clark

VALUES_NAMESPACE = "urn:leafletpress:values:1"
VALUES_STORE = "{6C1E0F0A-5B7B-4B8E-9C11-2F0F6E5D7A01}"
# A value nobody knows yet is a dotted line to write on. Dots, because LibreOffice drops an underline from a control.
BLANK = "\u2026" * 14
# What a field shows before it is filled in, on a line that is ruled already.
_EMPTY = "\u00a0" * 28
_XML_NAME = re.compile(r"[^\W\d][\w.-]*\Z", re.ASCII)
_HEAD = 3  # alias, tag and id
_ALIAS_LENGTH = 64  # Word refuses a longer alias or tag


def value_name(key: str) -> str:
    """The element that holds a value in the values part: its key, with a mark before one that starts with a digit."""
    return key if _XML_NAME.match(key) else f"_{key}"


def _control(to: Composition, parent: Element, alias: str, tag: str) -> tuple[Element, Element]:
    """An inline control's properties and content. Properties keep the order of CT_SdtPr (17.5.2.38)."""
    control = add(parent, "w:sdt")
    properties = add(control, "w:sdtPr")
    add(properties, "w:alias", val=alias[:_ALIAS_LENGTH])
    add(properties, "w:tag", val=tag[:_ALIAS_LENGTH])
    add(properties, "w:id", val=to.control_id())
    return properties, add(control, "w:sdtContent")


def value_control(
    to: Composition, parent: Element, value: Value, said: str, dress: Callable[[Element, str], None]
) -> None:
    """A value, bound to the values part: change it in one place and Word changes it in all.

    `said` are its words as a run holds them; none is a dotted blank. Words that differ from those that are kept under
    the name have a control that is not bound. `dress` gives a run its properties,
    with a style to fall back on.
    """
    text = said or BLANK
    name = value_name(value.name)
    properties, content = _control(to, parent, value.name, f"lf:value:{value.name}")
    fallback = "" if value.text else "Value Blank"
    # The look stands twice: here it is what words get that an editor types over the old ones (17.5.2.27).
    dress(properties, fallback)
    if len(properties) > _HEAD:
        properties.insert(0, properties[-1])
    if _kept(to, value) == value.text:
        to.values[name] = text
        add(
            *(properties, "w:dataBinding"),
            prefixMappings=f"xmlns:lf='{VALUES_NAMESPACE}'",
            xpath=f"/lf:values[1]/lf:{name}[1]",
            storeItemID=VALUES_STORE,
        )
    add(properties, "w:text")
    run = add(content, "w:r")
    dress(run, fallback)
    words = add(run, "w:t", text)
    if text != text.strip():
        words.set(clark("xml:space"), "preserve")


def _kept(to: Composition, value: Value) -> str | None:
    """What the values part holds under a value's name; None where nothing is: parameters belong to their include.

    One name may come with several texts: a clinic's own particular is the one that is kept, and the blank where there
    is no clinic. Neutral words are the writer's, and stand in their place alone.
    """
    group, _, field = value.name.partition(".")
    if group == "include":
        return None
    if group == "clinic" and to.edition.clinic is None:
        return ""
    particulars = dict(to.edition.clinic.values) if group == "clinic" and to.edition.clinic else {}
    return particulars.get(field, to.first_values.setdefault(value.name, value.text))


def _placeholder(to: Composition, content: Element) -> None:
    run = add(content, "w:r")
    add(add(run, "w:rPr"), "w:rStyle", val=to.style_id("Placeholder Text"))
    add(run, "w:t", _EMPTY).set(clark("xml:space"), "preserve")


def text_control(to: Composition, parent: Element, label: str) -> None:
    """A field for words, empty; `label` names it to a screen reader."""
    properties, content = _control(to, parent, label, "lf:write-in:text")
    add(properties, "w:showingPlcHdr")
    add(properties, "w:text", multiLine=1)
    _placeholder(to, content)


def date_control(to: Composition, parent: Element, label: str) -> None:
    """A field for a date, with a calendar to pick from."""
    properties, content = _control(to, parent, label, "lf:write-in:date")
    add(properties, "w:showingPlcHdr")
    date = add(properties, "w:date")
    add(date, "w:dateFormat", val="d MMMM yyyy")
    add(date, "w:lid", val=to.lang)
    add(date, "w:storeMappedDataAs", val="dateTime")
    add(date, "w:calendar", val="gregorian")
    _placeholder(to, content)


def tick_control(to: Composition, parent: Element, label: str) -> None:
    """A box to tick, by hand or by a click (MS-DOCX, 2.5.1.1)."""
    properties, content = _control(to, parent, label, "lf:write-in:tick")
    tick = add(properties, "w14:checkbox")
    add(tick, "w14:checked", val=0)
    add(tick, "w14:checkedState", val="2612", font="MS Gothic")
    add(tick, "w14:uncheckedState", val="2610", font="MS Gothic")
    run = add(content, "w:r")
    face = "MS Gothic"
    add(add(run, "w:rPr"), "w:rFonts", ascii=face, hAnsi=face, eastAsia=face, hint="eastAsia")
    add(run, "w:t", "\u2610")
