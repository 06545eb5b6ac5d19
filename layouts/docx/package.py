"""Package: the parts of a DOCX put into one ZIP, whose bytes are the same on any day and in any folder."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field

from .carrier import STORES, Base, base_part, store_part, values_part
from .composition import Composition
from .markup import add, root, serialise
from .properties import core_part, custom_part, extended_part
from .relations import Relations

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_CORE = "application/vnd.openxmlformats-package.core-properties+xml"
_CORE_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_RELATIONS = "application/vnd.openxmlformats-package.relationships+xml"
_DEFAULTS = {
    "rels": _RELATIONS,
    "xml": "application/xml",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "svg": "image/svg+xml",
    "gif": "image/gif",
    "bmp": "image/bmp",
    "tiff": "image/tiff",
    "emf": "image/x-emf",
    "wmf": "image/x-wmf",
}
_NO_TIME = (1980, 1, 1, 0, 0, 0)  # the first moment that a ZIP can tell


@dataclass(slots=True)
class _Package:
    """Parts by name, and the content types of those that their suffix does not tell."""

    parts: dict[str, bytes] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, content: bytes, content_type: str = "") -> None:
        self.parts[name] = content
        if content_type:
            self.types[name] = content_type


def package(to: Composition, base: Base) -> bytes:
    """The finished file."""
    pack = _Package()
    _main_parts(to, pack)
    _custom_xml(to, base, pack)
    _properties(to, base, pack)
    for media in to.media.values():
        pack.add(f"word/{media.name}", media.content)
    pack.add("word/document.xml", serialise(to.document), f"{_WORD}.document.main+xml")
    pack.add("word/_rels/document.xml.rels", to.relations.part())
    return _zip([("[Content_Types].xml", _content_types(pack)), *sorted(pack.parts.items())])


def _main_parts(to: Composition, pack: _Package) -> None:
    """What the document part points at: shared parts, numbering, head and foot."""
    for part in to.foundation.parts:
        to.relations.to(part.kind, part.name.removeprefix("word/"))
        pack.add(part.name, part.content, part.content_type)
        if part.relations:
            pack.add(_relations_name(part.name), part.relations)
    to.relations.to("numbering", "numbering.xml")
    pack.add("word/numbering.xml", to.numbering.part(), f"{_WORD}.numbering+xml")
    if to.numbering.house.relations:
        pack.add(_relations_name("word/numbering.xml"), to.numbering.house.relations)
    for sheet in to.sheets:
        name = f"{sheet.kind}-{sheet.use}.xml"
        pack.add(f"word/{name}", sheet.content, f"{_WORD}.{sheet.kind}+xml")
        if sheet.relations:
            pack.add(_relations_name(f"word/{name}"), sheet.relations)


def _relations_name(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels"


def _custom_xml(to: Composition, base: Base, pack: _Package) -> None:
    """The base and the values, each with the part that names its store."""
    contents = (base_part(to.edition, base, to.origins, to.foundation.names.written()), values_part(to.values))
    for number, (content, (store, namespace)) in enumerate(zip(contents, STORES, strict=True), start=1):
        to.relations.to("customXml", f"../customXml/item{number}.xml")
        pack.add(f"customXml/item{number}.xml", content)
        item_properties = f"customXml/itemProps{number}.xml"
        pack.add(item_properties, store_part(store, namespace), f"{_OFFICE}.customXmlProperties+xml")
        relations = Relations()
        relations.to("customXmlProps", f"itemProps{number}.xml")
        pack.add(f"customXml/_rels/item{number}.xml.rels", relations.part())


def _properties(to: Composition, base: Base, pack: _Package) -> None:
    relations = Relations()
    relations.to("officeDocument", "word/document.xml")
    relations.to(_CORE_RELATION, "docProps/core.xml")
    relations.to("extended-properties", "docProps/app.xml")
    relations.to("custom-properties", "docProps/custom.xml")
    pack.add("_rels/.rels", relations.part())
    pack.add("docProps/core.xml", core_part(to.edition), _CORE)
    pack.add("docProps/app.xml", extended_part(to.edition), f"{_OFFICE}.extended-properties+xml")
    pack.add("docProps/custom.xml", custom_part(to.edition, base), f"{_OFFICE}.custom-properties+xml")


def _content_types(pack: _Package) -> bytes:
    types = root("ct:Types", default="ct")
    used = {name.rpartition(".")[2] for name in pack.parts}
    for suffix, content_type in _DEFAULTS.items():
        if suffix in used:
            add(types, "ct:Default", Extension=suffix, ContentType=content_type)
    for name, content_type in sorted(pack.types.items()):
        add(types, "ct:Override", PartName=f"/{name}", ContentType=content_type)
    return serialise(types)


def _zip(parts: Iterable[tuple[str, bytes]]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts:
            entry = zipfile.ZipInfo(name, _NO_TIME)
            entry.create_system = 0  # the same on every machine
            entry.external_attr = 0
            packed = name.endswith((".png", ".jpeg"))
            entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return stream.getvalue()
