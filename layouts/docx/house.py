"""House: what a house's own Word template gives: its page, heads and feet with their pictures, theme and numbering.

Its body, macros, comments, fonts and custom XML are left behind; what could reach outside is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from ..shared.drawings import svg_fault
from .carried import Media, Sheet
from .former_lines import without_ours
from .house_numbering import HouseNumbering
from .markup import Element, clark, root, serialise
from .opening import Opened, Relation, UnsafeFileError, open_file
from .relations import relations_part

KINDS = ("header", "footer")
_PICTURES = {
    "image/png": "png",
    "image/jpeg": "jpeg",
    "image/gif": "gif",
    "image/bmp": "bmp",
    "image/tiff": "tiff",
    "image/x-emf": "emf",
    "image/x-wmf": "wmf",
    "image/svg+xml": "svg",
}
_KEPT_OF_SECTION = ("pgSz", "pgMar", "paperSrc", "pgBorders")
_HOLDERS = (clark("w:body"), clark("w:pPr"))
_BARRED = ("altChunk", "subDoc", "object", "control", "OLEObject", "movie", "contentPart")
# Fields that fetch a file, ask a database or start a program (ISO/IEC 29500-1, 17.16.5).
_BARRED_FIELD = re.compile(
    r"\b(INCLUDE(PICTURE|TEXT)?|IMPORT|DDE(AUTO)?|LINK|DATABASE|RD|MACROBUTTON|EMBED)\b", re.IGNORECASE
)
_FIELD_LINK = re.compile(r'HYPERLINK\s++"?+(?!\\)(?!https?:|mailto:|tel:)', re.IGNORECASE)
_LINKS = ("#", "http:", "https:", "mailto:", "tel:")
_NARROWEST = 3969  # twips: 70 mm
_LARGEST = 31680  # twips: the largest page that Word knows, 22 inches


@dataclass(slots=True)
class House:
    """What was taken from a template. Sizes are twips; `uses` are the kinds of pages that differ."""

    opened: Opened
    section: Element
    uses: tuple[str, ...] = ("default",)
    sheets: dict[tuple[str, str], Sheet] = field(default_factory=dict)
    media: dict[str, Media] = field(default_factory=dict)
    numbering: HouseNumbering = field(default_factory=HouseNumbering)


def read_house(content: bytes) -> House:
    """Read a template; UnsafeFileError where it cannot be used."""
    opened = open_file(content)
    sections = _sections(opened.xml(opened.main))
    house = House(opened, _setup(sections[-1] if sections else root("w:sectPr")))
    first = bool(sections) and _on(sections[-1], "w:titlePg")
    even = _on(settings(opened), "w:evenAndOddHeaders")
    house.uses = ("default", *(["first"] if first else []), *(["even"] if even else []))
    for kind, use, name in _named(opened, sections):
        if use in house.uses:
            content, relations = carry(house, name)
            house.sheets[kind, use] = Sheet(kind, use, without_ours(content), relations)
    house.numbering = _numbering(house)
    return house


def settings(opened: Opened) -> Element:
    """The settings of a template."""
    name = opened.first(opened.main, "settings")
    return opened.xml(name) if name else root("w:settings")


def _on(parent: Element, tag: str) -> bool:
    found = parent.find(clark(tag))
    return found is not None and found.get(clark("w:val"), "1") not in {"0", "false", "off"}


def _sections(document: Element) -> list[Element]:
    """Section properties in order; those of the document as a whole come last."""
    found = document.iter(clark("w:sectPr"))
    return [one for one in found if (up := one.getparent()) is not None and up.tag in _HOLDERS]


def _named(opened: Opened, sections: list[Element]) -> Iterator[tuple[str, str, str]]:
    """The head and foot of each kind of page in the last section, which takes what it lacks from those before it."""
    targets = {one.id: one.target for one in opened.relations(opened.main) if not one.external}
    found: dict[tuple[str, str], str] = {}
    for section in sections:
        for kind in KINDS:
            for reference in section.iterfind(clark(f"w:{kind}Reference")):
                target = targets.get(reference.get(clark("r:id"), ""), "")
                if target in opened.parts:
                    found[kind, reference.get(clark("w:type"), "default")] = target
    for (kind, use), target in sorted(found.items()):
        yield kind, use, target


def _setup(section: Element) -> Element:
    """Of a section, what makes the page: size, margins, tray, borders."""
    kept = root("w:sectPr")
    for name in _KEPT_OF_SECTION:
        kept.extend(deepcopy(section.findall(clark(f"w:{name}"))[:1]))
    size, margins = kept.find(clark("w:pgSz")), kept.find(clark("w:pgMar"))
    if size is None or margins is None:
        raise UnsafeFileError("has no page size or no margins", "set the page up in it (Layout > Page Setup)")
    for name in ("w", "h"):
        if not 0 < twips(size, name) <= _LARGEST:
            raise UnsafeFileError("has a page of no size that Word knows", "set the page up in it")
    for name in ("top", "bottom"):
        # A margin below nothing lets head and foot run into the text: ours would.
        margins.set(clark(f"w:{name}"), str(abs(twips(margins, name))))
    if measure(kept) < _NARROWEST:
        message = "leaves less than 70 mm for a line of text"
        raise UnsafeFileError(message, "choose a larger page or smaller margins")
    return kept


def twips(element: Element, name: str) -> int:
    """A length of a page's setup; UnsafeFileError where it is none."""
    said = element.get(clark(f"w:{name}"), "0")
    try:
        return int(said)
    except ValueError as fault:
        raise UnsafeFileError(f"has a page setup that cannot be read ({name} {said[:20]!r})") from fault


def measure(setup: Element) -> int:
    """How wide the text is."""
    size, margins = setup.find(clark("w:pgSz")), setup.find(clark("w:pgMar"))
    assert size is not None
    assert margins is not None
    return twips(size, "w") - sum(twips(margins, name) for name in ("left", "right", "gutter"))


def carry(house: House, name: str) -> tuple[bytes, bytes]:
    """A part that is taken over, and what it points at: pictures, which are taken too, and links."""
    tree = house.opened.xml(name)
    _judge(tree, name)
    relations = [_carried(house, one, name) for one in house.opened.relations(name)]
    return serialise(tree), relations_part(relations) if relations else b""


def _carried(house: House, relation: Relation, name: str) -> tuple[str, str, str, bool]:
    if relation.external:
        return relation.id, relation.kind, relation.target, True
    suffix = _PICTURES.get(house.opened.types.get(relation.target, ""), "")
    if relation.short != "image" or not suffix:
        message = f"holds something in {name} that cannot be taken over ({relation.short}: {relation.target})"
        raise UnsafeFileError(message, "put a picture in its place: PNG, JPEG, GIF, SVG, EMF or WMF")
    content = house.opened.parts[relation.target]
    if suffix == "svg" and (fault := svg_fault(content)):
        raise UnsafeFileError(f"holds a picture that {fault}", "a picture may only draw")
    if relation.target not in house.media:
        house.media[relation.target] = Media(f"media/house{len(house.media) + 1}.{suffix}", content)
    return relation.id, relation.kind, house.media[relation.target].name, False


def _judge(tree: Element, name: str) -> None:
    """Refuse what could fetch or run anything."""
    for element in tree.iter():
        if etree.QName(element).localname in _BARRED:
            raise UnsafeFileError(f"holds an embedded object in {name}", "take it out, or put a picture in its place")
        for key, value in element.attrib.items():
            said = str(value).strip().lower()
            if (key == "src" and said) or (key == "href" and said and not said.startswith(_LINKS)):
                raise UnsafeFileError(f"points at something outside itself in {name} ({said[:60]})", "take it out")
    # A field's instruction may be spread over any number of runs.
    fields = ["".join(one.text or "" for one in tree.iter(clark("w:instrText")))]
    fields += [one.get(clark("w:instr"), "") for one in tree.iter(clark("w:fldSimple"))]
    for said in fields:
        if (found := _BARRED_FIELD.search(said)) or (found := _FIELD_LINK.search(said)):
            raise UnsafeFileError(f"has a field that fetches from outside in {name} ({found[0]})", "take the field out")


def _numbering(house: House) -> HouseNumbering:
    name = house.opened.first(house.opened.main, "numbering")
    if not name:
        return HouseNumbering(serialise(root("w:numbering")))
    content, relations = carry(house, name)
    tree = etree.fromstring(content)
    definitions = [_id(one, "w:abstractNumId") for one in tree.iterfind(clark("w:abstractNum"))]
    instances = [_id(one, "w:numId") for one in tree.iterfind(clark("w:num"))]
    return HouseNumbering(content, relations, max((0, *definitions)), max((0, *instances)))


def _id(element: Element, name: str) -> int:
    said = element.get(clark(name), "")
    if not said.isdecimal() or int(said) > 1_000_000:
        raise UnsafeFileError(f"has a list numbered {said[:20]!r}")
    return int(said)
