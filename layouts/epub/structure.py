"""A quick judgement of a finished book: container, package document, nav and XHTML, by EPUB 3.3 and OCF 3.3.

It finds what would make a reader stumble; the whole judgement is EPUBCheck's, in the tests.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TypeAlias
from urllib.parse import unquote, urlsplit

from lxml import etree

from leafletpress.diagnostics import Diagnostic
from leafletpress.model import is_language_tag

_OUR_FAULT = "this is our fault, not the writer's: report it with the leaflet; the file was not written"
_MOST_FILES = 2_000
_MOST_BYTES = 200_000_000
_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_XHTML = "{http://www.w3.org/1999/xhtml}"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_TYPE = "{http://www.idpf.org/2007/ops}type"
_ROOTFILE = "{urn:oasis:names:tc:opendocument:xmlns:container}rootfile"
_REQUIRED_DC = ("identifier", "title", "language")
_REQUIRED_PROPERTIES = (  # EPUB 3.3, 5.5.6, and EPUB Accessibility 1.1, 2.2
    "dcterms:modified",
    "schema:accessMode",
    "schema:accessModeSufficient",
    "schema:accessibilityFeature",
    "schema:accessibilityHazard",
    "schema:accessibilitySummary",
    "dcterms:conformsTo",
)


# What zipfile raises on bytes that are no archive, are cut short, or are packed in an unknown way.
_NOT_A_ZIP = (zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, RuntimeError, EOFError, OSError)


_Ids: TypeAlias = dict[str, Counter[str | None]]


class _Fault(Exception):  # noqa: N818  # it ends one part of the judgement; it is not an error of the program
    """Something without which a part cannot be judged further."""


def findings(content: bytes) -> tuple[Diagnostic, ...]:
    """V603 for every fault; empty where none is found. Never raises, whatever the bytes."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            faults = list(_container(archive))
    except _NOT_A_ZIP as error:
        faults = [f"the file is not a sound ZIP archive: {error}"]
    except _Fault as fault:
        faults = [str(fault)]
    return tuple(Diagnostic("V603", fault, hint=_OUR_FAULT) for fault in faults)


def _container(archive: zipfile.ZipFile) -> Iterator[str]:
    """OCF 3.3, 4.2 and 4.3."""
    infos = archive.infolist()
    if len(infos) > _MOST_FILES or sum(info.file_size for info in infos) > _MOST_BYTES:
        raise _Fault(f"the book has more than {_MOST_FILES} files or {_MOST_BYTES:,} bytes")
    names = [info.filename for info in infos]
    if not infos or names[0] != "mimetype" or infos[0].compress_type != zipfile.ZIP_STORED or infos[0].extra:
        yield "mimetype is not the first file, stored plainly"
    elif archive.read("mimetype") != b"application/epub+zip":
        yield "mimetype does not say application/epub+zip"
    for name, count in Counter(names).items():
        if count > 1:
            yield f"{name} is in the book {count} times"
        if not name.isascii() or name.startswith("/") or ".." in name.split("/"):
            yield f"file name that readers may refuse: {name}"
    parts = {info.filename: archive.read(info) for info in infos if not info.is_dir()}
    if "META-INF/container.xml" not in parts:
        raise _Fault("META-INF/container.xml is missing")
    rootfile = _tree("META-INF/container.xml", parts).find(f".//{_ROOTFILE}")
    path = rootfile.get("full-path", "") if rootfile is not None else ""
    if path not in parts:
        raise _Fault("the container names no package document")
    yield from _package(path, parts)


def _tree(name: str, parts: dict[str, bytes]) -> etree._Element:
    try:
        return etree.fromstring(parts[name], etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise _Fault(f"{name} is not well-formed: {error}") from error


def _package(path: str, parts: dict[str, bytes]) -> Iterator[str]:
    """The package document and every part it names (EPUB 3.3, 5)."""
    package = _tree(path, parts)
    yield from (f"{path}: {fault}" for fault in _metadata(package))
    items = list(package.iter(f"{_OPF}item"))
    ids = Counter(element.get("id") for element in package.iter() if element.get("id"))
    yield from (f"{path}: the id {id_} stands {count} times" for id_, count in ids.items() if count > 1)
    targets = {item.get("id", ""): posixpath.join(posixpath.dirname(path), item.get("href", "")) for item in items}
    yield from (f"{path}: {target} is named but not there" for target in targets.values() if target not in parts)
    unnamed = parts.keys() - set(targets.values()) - {"mimetype", "META-INF/container.xml", path}
    yield from (f"{path}: {name} is there but not named" for name in sorted(unnamed))
    for wanted in ("nav", "cover-image"):
        if sum(wanted in item.get("properties", "").split() for item in items) != 1:
            yield f"{path}: not exactly one item is the {wanted}"
    spine = [reference.get("idref", "") for reference in package.iter(f"{_OPF}itemref")]
    if not spine or not set(spine) <= targets.keys():
        yield f"{path}: the spine is empty or names an item that is not there"
    pages = [targets[item.get("id", "")] for item in items if item.get("media-type") == "application/xhtml+xml"]
    yield from _documents([page for page in pages if page in parts], parts)
    navs = [targets[item.get("id", "")] for item in items if "nav" in item.get("properties", "").split()]
    yield from _nav([nav for nav in navs if nav in parts], parts)


def _metadata(package: etree._Element) -> Iterator[str]:
    if package.get("version") != "3.0" or not is_language_tag(package.get(_XML_LANG, "")):
        yield "the package has no version 3.0 or no language"
    for name in _REQUIRED_DC:
        if not any((element.text or "").strip() for element in package.iter(f"{_DC}{name}")):
            yield f"dc:{name} is missing"
    identifiers = {element.get("id") for element in package.iter(f"{_DC}identifier")}
    if package.get("unique-identifier") not in identifiers:
        yield "the unique identifier is not there"
    said = Counter(meta.get("property") for meta in package.iter(f"{_OPF}meta") if (meta.text or "").strip())
    yield from (f"{name} is missing" for name in _REQUIRED_PROPERTIES if not said[name])


def _documents(names: Iterable[str], parts: dict[str, bytes]) -> Iterator[str]:
    trees: dict[str, etree._Element] = {}
    for name in names:
        try:
            trees[name] = _tree(name, parts)
        except _Fault as fault:
            yield str(fault)
    ids = {name: Counter(e.get("id") for e in tree.iter() if e.get("id")) for name, tree in trees.items()}
    for name, tree in trees.items():
        yield from (f"{name}: the id {id_} stands {count} times" for id_, count in ids[name].items() if count > 1)
        yield from (f"{name}: {fault}" for fault in _document(tree))
        yield from (f"{name}: {fault}" for fault in _links(name, tree, parts, ids))


def _document(tree: etree._Element) -> Iterator[str]:
    lang = tree.get("lang", "")
    if tree.tag != f"{_XHTML}html" or not is_language_tag(lang) or tree.get(_XML_LANG) != lang:
        yield "the document has no language, or lang and xml:lang differ"
    if not (tree.findtext(f"{_XHTML}head/{_XHTML}title") or "").strip():
        yield "the document has no title"
    for image in tree.iter(f"{_XHTML}img"):
        decoration = image.get("alt") == "" and image.get("class") == "logo"  # its words stand beside it
        if not decoration and not image.get("alt", "").strip():
            yield f"picture {image.get('src')} has no alternative text"


def _links(name: str, tree: etree._Element, parts: dict[str, bytes], ids: _Ids) -> Iterator[str]:
    """Links and pictures inside the book, and `aria-labelledby`, lead to something."""
    for element in tree.iter(f"{_XHTML}*"):
        for attribute in ("href", "src"):
            target = element.get(attribute)
            if target is not None and not _leads_somewhere(name, target, parts, ids, outside=attribute == "href"):
                yield f"{attribute} {target} leads nowhere"
        labels = element.get("aria-labelledby", "").split()
        yield from (f"aria-labelledby {label} leads nowhere" for label in labels if label not in ids[name])


def _leads_somewhere(name: str, target: str, parts: dict[str, bytes], ids: _Ids, *, outside: bool) -> bool:
    """Whether a target in the file `name` exists; only where `outside` is allowed may it be out of the book."""
    try:
        split = urlsplit(target)
    except ValueError:
        return False
    if split.scheme or split.netloc:
        return outside
    path, fragment = unquote(split.path), unquote(split.fragment)
    file = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
    return file in parts and (not fragment or fragment in ids.get(file, ()))


def _nav(names: Iterable[str], parts: dict[str, bytes]) -> Iterator[str]:
    """EPUB 3.3, 7.4.2: one table of contents, and something in it."""
    for name in names:
        try:
            navs = [nav for nav in _tree(name, parts).iter(f"{_XHTML}nav") if nav.get(_TYPE) == "toc"]
        except _Fault:
            continue  # said already
        if len(navs) != 1 or navs[0].find(f".//{_XHTML}a") is None:
            yield f"{name}: not exactly one table of contents, or nothing in it"
