"""House numbering: the lists of a house's template, with ours counted on after them."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from .families import style_id
from .markup import Element, clark
from .style_names import StyleNames

_NSID, _TMPL = "w:nsid", "w:tmpl"


@dataclass(frozen=True, slots=True)
class HouseNumbering:
    """A template's numbering part, empty where there is no template, and the last numbers that it has given away."""

    content: bytes = b""
    relations: bytes = b""
    last_definition: int = 0
    last_instance: int = 0

    def with_ours(self, ours: Element, names: StyleNames) -> Element:
        """Both parts as one: definitions first, then instances (17.9.17, CT_Numbering)."""
        tree = etree.fromstring(self.content)
        given = {style_id(name): style.id for name, style in names.house.items()}
        moved = {style_id(name): one for name, (one, _) in names.moved.items()}
        first = tree.find(clark("w:num"))
        for definition in ours.findall(clark("w:abstractNum")):
            self._move(definition, given, moved)
            if first is None:
                tree.append(definition)
            else:
                first.addprevious(definition)
        for old in tree.findall(clark("w:numIdMacAtCleanup")):
            tree.remove(old)
        for instance in ours.findall(clark("w:num")):
            _shift(instance, "w:numId", self.last_instance)
            target = instance.find(clark("w:abstractNumId"))
            if target is not None:
                _shift(target, "w:val", self.last_definition)
            tree.append(instance)
        return tree

    def _move(self, definition: Element, given: dict[str, str], moved: dict[str, str]) -> None:
        """Give a definition of ours its new number, and let go of the styles that are the house's."""
        _shift(definition, "w:abstractNumId", self.last_definition)
        for tag in (_NSID, _TMPL):
            for item in definition.findall(clark(tag)):
                item.set(clark("w:val"), f"{int(item.get(clark('w:val'), '0'), 16) + self.last_definition:08X}")
        for link in list(definition.iter(clark("w:pStyle"))):
            style = link.get(clark("w:val"), "")
            level = link.getparent()
            if style in given and level is not None:
                level.remove(link)
            else:
                link.set(clark("w:val"), moved.get(style, style))

    def copy(self, numbering: Element, instance: int, number: int) -> Element:
        """A new instance of one of the house's lists, with all that it overrides."""
        wanted = str(instance)
        found = next(one for one in numbering.iterfind(clark("w:num")) if one.get(clark("w:numId")) == wanted)
        copied = deepcopy(found)
        copied.set(clark("w:numId"), str(number))
        numbering.append(copied)
        return copied


def _shift(element: Element, attribute: str, by: int) -> None:
    element.set(clark(attribute), str(int(element.get(clark(attribute), "0")) + by))
