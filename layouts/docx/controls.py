"""Controls: content controls for what is filled in: values, lines, tick boxes, dates."""

from __future__ import annotations

import re
from collections.abc import Callable

from leafletpress.model import Value

from .composition import Composition
from .families import style_id
from .markup import Element, add, clark

VALUES_NAMESPACE = "urn:leafletpress:values:1"
VALUES_STORE = "{6C1E0F0A-5B7B-4B8E-9C11-2F0F6E5D7A01}"
# A value nobody knows yet is a dotted line to write on. Dots, because LibreOffice drops an underline from a control.
BLANK = "\u2026" * 14
# What a field shows before it is filled in, on a line that is ruled already.
_EMPTY = "\u00a0" * 28
_XML_NAME = re.compile(r"[^\W\d][\w.-]*\Z")
_HEAD = 3  # alias, tag and id
_ALIAS_LENGTH = 64  # Word refuses a longer one


def value_name(key: str) -> str:
    """The element that holds a value in the values part: its key, with a mark before one that starts with a digit."""
    return key if _XML_NAME.match(key) else f"_{key}"


def _control(to: Composition, parent: Element, alias: str, tag: str) -> tuple[Element, Element]:
    """An inline control's properties and content. Properties keep the order of CT_SdtPr (17.5.2.38)."""
    control = add(parent, "w:sdt")
    properties = add(control, "w:sdtPr")
    add(properties, "w:alias", val=alias[:_ALIAS_LENGTH])
    add(properties, "w:tag", val=tag)
    add(properties, "w:id", val=to.control_id())
    return properties, add(control, "w:sdtContent")


def value_control(to: Composition, parent: Element, value: Value, dress: Callable[[Element, str], None]) -> None:
    """A value, bound to the values part: change it in one place and Word changes it in all.

    An empty value is a dotted blank. `dress` gives a run its properties, with a style to fall back on.
    """
    text = value.text or BLANK
    name = value_name(value.name)
    to.values[name] = text
    properties, content = _control(to, parent, value.name, f"lf:value:{value.name}")
    fallback = "" if value.text else "Value Blank"
    # The look stands twice: here it is what words get that an editor types over the old ones (17.5.2.27).
    dress(properties, fallback)
    if len(properties) > _HEAD:
        properties.insert(0, properties[-1])
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


def _placeholder(content: Element) -> None:
    run = add(content, "w:r")
    add(add(run, "w:rPr"), "w:rStyle", val=style_id("Placeholder Text"))
    add(run, "w:t", _EMPTY).set(clark("xml:space"), "preserve")


def text_control(to: Composition, parent: Element, label: str) -> None:
    """A field for words, empty; `label` names it to a screen reader."""
    properties, content = _control(to, parent, label, "lf:write-in:text")
    add(properties, "w:showingPlcHdr")
    add(properties, "w:text", multiLine=1)
    _placeholder(content)


def date_control(to: Composition, parent: Element, label: str) -> None:
    """A field for a date, with a calendar to pick from."""
    properties, content = _control(to, parent, label, "lf:write-in:date")
    add(properties, "w:showingPlcHdr")
    date = add(properties, "w:date")
    add(date, "w:dateFormat", val="d MMMM yyyy")
    add(date, "w:lid", val=to.lang)
    add(date, "w:storeMappedDataAs", val="dateTime")
    add(date, "w:calendar", val="gregorian")
    _placeholder(content)


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
