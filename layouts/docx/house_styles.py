"""House styles: the style sheet of a house's template, with those of ours added that it lacks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from leafletpress.model import direction

from .markup import Element, add, clark, put, serialise
from .style_names import HouseStyle, StyleNames

_DEEPEST = 12  # styles that are based on one another: more is a circle
_VALUE, _ID = clark("w:val"), clark("w:styleId")
_TYPE, _DEFAULT = clark("w:type"), clark("w:default")
# What follows the language among run properties (ISO/IEC 29500-1, CT_RPr).
_AFTER_LANG = frozenset({"eastAsianLayout", "specVanish", "oMath", "rPrChange"})
_LEVELS = frozenset("012345678")  # a list has nine (17.9.6)
_HEADING, _BACK_HEADING = "heading 1", "Back Heading"
_OWN_SUFFIX = " (leaflet)"


class HouseSheet:
    """The styles of a template, by type and name. Names are compared as Word does: case makes no difference."""

    def __init__(self, styles: Element, numbering: Element) -> None:
        self._numbering = numbering
        self._by_id: dict[str, Element] = {}
        self._by_name: dict[tuple[str, str], Element] = {}
        self._defaults: dict[str, Element] = {}
        for style in styles.iter(clark("w:style")):
            kind = style.get(_TYPE, "paragraph")
            self._by_id.setdefault(style.get(_ID, ""), style)
            for name in (_said(style, "w:name"), *_said(style, "w:aliases").split(",")):
                if name.strip():
                    self._by_name.setdefault((kind, _folded(name)), style)
            if style.get(_DEFAULT) in {"1", "true", "on"}:
                self._defaults.setdefault(kind, style)

    def find(self, kind: str, name: str) -> Element | None:
        """The style of that type and name."""
        return self._by_name.get((kind, _folded(name)))

    def default(self, kind: str) -> Element | None:
        """What everything of a type without a style has."""
        return self._defaults.get(kind)

    def holds(self, name: str) -> bool:
        """Whether a style of any type has that name."""
        return any(found == _folded(name) for _, found in self._by_name)

    def has_id(self, style_id: str) -> bool:
        """Whether an id is taken."""
        return style_id.casefold() in {one.casefold() for one in self._by_id}

    def house_style(self, style: Element) -> HouseStyle:
        """A style as ours refer to it, with the list that it is in."""
        number = next((found for one in self._bases(style) if (found := _number(one))), None)
        own_id, name = style.get(_ID, ""), _said(style, "w:name")
        if number is None or (definition := self._definition(number[0])) is None:
            return HouseStyle(own_id, name)
        linked = (
            level.get(clark("w:ilvl"), "0")
            for level in definition.iter(clark("w:lvl"))
            if _said(level, "w:pStyle") == own_id
        )
        level = next(linked, number[1])
        return HouseStyle(own_id, name, number[0], int(level) if level in _LEVELS else 0)

    def left(self, style: Element) -> int:
        """How far the words of a paragraph style stand from the margin, in twips."""
        for one in self._bases(style):
            for indent in one.iterfind(f"{clark('w:pPr')}/{clark('w:ind')}"):
                said = indent.get(clark("w:left"), indent.get(clark("w:start"), ""))
                if said.isdecimal():
                    return int(said)
        return 0

    def _bases(self, style: Element) -> Iterator[Element]:
        """The style and those that it is based on, nearest first."""
        one: Element | None = style
        for _ in range(_DEEPEST):
            if one is None:
                return
            yield one
            one = self._by_id.get(_said(one, "w:basedOn"))

    def _definition(self, instance: int) -> Element | None:
        for one in self._numbering.iterfind(clark("w:num")):
            if one.get(clark("w:numId")) == str(instance):
                wanted = _said(one, "w:abstractNumId")
                found = self._numbering.iterfind(clark("w:abstractNum"))
                return next((item for item in found if item.get(clark("w:abstractNumId")) == wanted), None)
        return None


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _said(parent: Element, tag: str) -> str:
    found = parent.find(clark(tag))
    return "" if found is None else found.get(_VALUE, "")


def _number(style: Element) -> tuple[int, str] | None:
    """The instance and the level that a style itself names."""
    for numbering in style.iterfind(f"{clark('w:pPr')}/{clark('w:numPr')}"):
        if (instance := _said(numbering, "w:numId")).isdecimal():
            return int(instance), _said(numbering, "w:ilvl") or "0"
    return None


def name_styles(sheet: HouseSheet, ours: Element, mapping: Sequence[tuple[str, str]] = ()) -> StyleNames:
    """Which of our styles a template has. `mapping` are names of ours with the name of the house's to use for each.

    Where the house has none of that type and name, ours is added; its id and name give way to those of other styles.
    """
    house: dict[str, HouseStyle] = {}
    moved: dict[str, tuple[str, str]] = {}
    wanted = dict(mapping)
    for style in ours.iter(clark("w:style")):
        kind, name, own_id = style.get(_TYPE, ""), _said(style, "w:name"), style.get(_ID, "")
        found = sheet.find(kind, wanted.get(name, name))
        if found is None and style.get(_DEFAULT):
            found = sheet.default(kind)
        if found is not None:
            house[name] = sheet.house_style(found)
        elif sheet.has_id(own_id) or sheet.holds(name):
            free = next(one for n in range(1, 1000) if not sheet.has_id(one := f"{own_id}Leaflet{n}"))
            moved[name] = (free, name + _OWN_SUFFIX if sheet.holds(name) else name)
    return StyleNames(house, moved)


def merge_styles(house: Element, ours: Element, names: StyleNames, last_instance: int, lang: str) -> bytes:
    """The template's style sheet in the leaflet's language and direction, with what it lacks of ours."""
    _speak(house, lang)
    by_id = {style.get(_ID, ""): _said(style, "w:name") for style in ours.iter(clark("w:style"))}
    for style in list(ours.iter(clark("w:style"))):
        if (name := _said(style, "w:name")) not in names.house:
            _adopt(style, name, names, by_id, last_instance)
            house.append(style)
    return serialise(house)


def _adopt(style: Element, name: str, names: StyleNames, by_id: Mapping[str, str], last_instance: int) -> None:
    """Give a style of ours the ids that hold in the template."""
    style.set(_ID, names.id(name))
    if name in names.moved:
        _set(style, "w:name", names.moved[name][1])
        style.set(clark("w:customStyle"), "1")
    for tag in ("w:basedOn", "w:next", "w:link"):
        if said := _said(style, tag):
            _set(style, tag, names.id(by_id.get(said, said)))
    if name == _BACK_HEADING and _HEADING in names.house:
        # The headings after the body look like the house's own headings.
        _set(style, "w:basedOn", names.id(_HEADING))
        for looks in [*style.findall(clark("w:pPr")), *style.findall(clark("w:rPr"))]:
            style.remove(looks)
    for number in style.iter(clark("w:numId")):
        number.set(_VALUE, str(int(number.get(_VALUE, "0")) + last_instance))


def _set(parent: Element, tag: str, value: str) -> None:
    for found in parent.findall(clark(tag)):
        found.set(_VALUE, value)


def _speak(house: Element, lang: str) -> None:
    """Language and direction are the leaflet's: a screen reader goes by them."""
    rtl = direction(lang) == "rtl"
    for tag in ("w:lang", "w:bidi"):
        for old in list(house.iter(clark(tag))):
            parent = old.getparent()
            if parent is not None:
                parent.remove(old)
    run = _run_defaults(house)
    spoken = add(run, "w:lang", val="en-GB" if rtl else lang, eastAsia=lang, bidi=lang if rtl else "ar-SA")
    later = [child for child in run if etree.QName(child).localname in _AFTER_LANG]
    if later:
        later[0].addprevious(spoken)
    if rtl:
        for style in house.iter(clark("w:style")):
            if style.get(_TYPE) == "paragraph" and not _said(style, "w:basedOn"):
                put(_paragraph_properties(style), "w:bidi")


def _run_defaults(house: Element) -> Element:
    defaults = house.find(clark("w:docDefaults"))
    if defaults is None:
        defaults = add(house, "w:docDefaults")
        house.insert(0, defaults)
    holder = defaults.find(clark("w:rPrDefault"))
    if holder is None:
        holder = add(defaults, "w:rPrDefault")
        defaults.insert(0, holder)
    run = holder.find(clark("w:rPr"))
    return add(holder, "w:rPr") if run is None else run


def _paragraph_properties(style: Element) -> Element:
    """The w:pPr of a style, which stands before its other properties (ISO/IEC 29500-1, CT_Style)."""
    found = style.find(clark("w:pPr"))
    if found is not None:
        return found
    made = add(style, "w:pPr")
    later = [child for child in style if etree.QName(child).localname in {"rPr", "tblPr", "trPr", "tcPr", "tblStylePr"}]
    if later:
        later[0].addprevious(made)
    return made
