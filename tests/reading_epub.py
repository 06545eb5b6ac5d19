"""What an EPUB says, read back with zipfile and lxml: its package document, its documents, its words in spine order."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator

from lxml import etree

from leafletpress.reading_order import words

OPF = "{http://www.idpf.org/2007/opf}"
XHTML = "{http://www.w3.org/1999/xhtml}"
# What runs on in a line; everything else begins and ends a unit.
_IN_LINE = {XHTML + name for name in ("a", "span", "strong", "sub", "sup")}


def files(content: bytes) -> dict[str, bytes]:
    """The files of the book by name, in the order they are packed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def package(content: bytes) -> etree._Element:
    """The package document."""
    return etree.fromstring(files(content)["EPUB/content.opf"])


def spine(content: bytes) -> list[etree._Element]:
    """The documents of the spine, in order; nav not among them."""
    book, opf = files(content), package(content)
    items = {item.get("id"): item for item in opf.iter(f"{OPF}item")}
    named = [items[reference.get("idref")] for reference in opf.iter(f"{OPF}itemref")]
    return [etree.fromstring(book[posixpath.join("EPUB", item.get("href", ""))]) for item in named]


def epub_words(content: bytes) -> list[str]:
    """Every word of the spine's bodies, in order; list numbers are not words of the document and do not appear."""
    return [word for tree in spine(content) for word in words("".join(_text(tree.find(f"{XHTML}body"))))]


def _text(element: etree._Element | None) -> Iterator[str]:
    assert element is not None
    ends = "" if element.tag in _IN_LINE else "\n"
    yield ends + (element.text or "")
    for child in element:
        yield from _text(child)
        yield child.tail or ""
    yield ends
