"""The container and its package document, through ebooklib, which is met here alone.

ebooklib 0.20 leaves several things to us (measured): it stamps the clock where it is not told otherwise, names an NCX
that is not there, puts no language on the package, advertises itself, and drops metadata that XML cannot hold with
a line in a log. So its writer is told where to write, and what it made is mended before it is written.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ebooklib import epub

from leafletpress.diagnostics import Diagnostic, LayoutError
from leafletpress.model import direction

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_MIMETYPE = "application/epub+zip"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date a ZIP can hold
# All other prefixes of ours are reserved ones (EPUB 3.3, D.1.4).
_PREFIXES = "ibooks: http://vocabulary.itunes.apple.com/rdf/ibooks/vocabulary-extensions-1.0/"
_PACKED_ALREADY = (".png", ".jpg")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the package's metadata: `dc` elements by name, others by the property of their `meta`."""

    name: str
    value: str
    dc: bool = False
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """A file of the book: manifest id, name (ASCII, relative to the package document), media type, bytes."""

    id: str
    name: str
    media_type: str
    content: bytes
    properties: str = ""


def pack(entries: Sequence[Entry], modified: datetime, lang: str, parts: Sequence[Part], spine: Sequence[str]) -> bytes:
    """The bytes of an EPUB 3.3: `mimetype` first and stored, then the files by name, all with the same date.

    `spine` names parts by id. The entry whose name is `identifier` becomes the unique identifier. Raises LayoutError
    (L505) where metadata holds a character that XML has no place for.
    """
    found = [entry for entry in entries if _NOT_XML.search(entry.value)]
    if found:
        raise LayoutError(tuple(_not_xml(entry) for entry in found))
    book = epub.EpubBook()
    book.metadata = {}  # takes the random identifier and the advertisement with it
    book.language = lang
    if direction(lang) == "rtl":
        book.set_direction("rtl")
    for entry in entries:
        _add(book, entry)
    for part in parts:
        item = epub.EpubItem(uid=part.id, file_name=part.name, media_type=part.media_type, content=part.content)
        item.properties = [part.properties] if part.properties else []
        book.add_item(item)
    book.spine = list(spine)
    files = _Writer(book, modified).files()
    return _zipped(files)


def _not_xml(entry: Entry) -> Diagnostic:
    shown = ascii(entry.value)
    return Diagnostic("L505", f"{entry.name} holds a character that EPUB has no place for: {shown}")


def _add(book: Any, entry: Entry) -> None:
    attributes = dict(entry.attributes)
    if entry.dc:
        if entry.name == "identifier":
            attributes["id"] = book.IDENTIFIER_ID
        book.add_metadata("DC", entry.name, entry.value, attributes)
    elif "name" in attributes:
        book.add_metadata(None, "meta", None, attributes)
    else:
        book.add_metadata(None, "meta", entry.value, {"property": entry.name, **attributes})


class _Files(dict[str, bytes]):
    """Stands where ebooklib expects a ZIP file, and keeps what is written."""

    def writestr(self, name: str, content: str | bytes) -> None:
        self[name] = content.encode() if isinstance(content, str) else content


class _Writer(epub.EpubWriter):  # type: ignore[misc]  # ebooklib has no types
    def __init__(self, book: Any, modified: datetime) -> None:
        super().__init__("", book, {"mtime": modified})
        self.out = _Files()

    def files(self) -> dict[str, bytes]:
        self._write_container()
        self._write_opf()
        self._write_items()
        return self.out

    def _write_opf_file(self, root: Any) -> None:
        root.set(XML_LANG, self.book.language)
        root.set("dir", direction(self.book.language))
        root.set("prefix", _PREFIXES)
        root.find("spine").attrib.pop("toc", None)  # there is no NCX
        super()._write_opf_file(root)


def _zipped(files: Mapping[str, bytes]) -> bytes:
    """OCF 3.3, 4.3: `mimetype` is the first file and is stored."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in (("mimetype", _MIMETYPE.encode()), *sorted(files.items())):
            info = zipfile.ZipInfo(name, _EPOCH)
            stored = name == "mimetype" or name.endswith(_PACKED_ALREADY)
            info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            info.create_system = 3  # Unix, on every machine
            # A face packed quickly is a twelfth larger than one packed well, in a third of the time.
            archive.writestr(info, content, compresslevel=1 if name.endswith(".ttf") else None)
    return stream.getvalue()
