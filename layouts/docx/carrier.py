"""Carrier: the file takes its base home: the source it was made from, and the values that were filled in."""

from __future__ import annotations

import base64
import gzip
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from leafletpress.model import Edition, Facet, Span

from .controls import VALUES_NAMESPACE, VALUES_STORE
from .markup import add, root, serialise

BASE_NAMESPACE = "urn:leafletpress:base:1"
BASE_STORE = "{7B1C0D6E-0001-4C1E-9A51-1EAF1E700001}"


@dataclass(frozen=True, slots=True)
class Base:
    """The source of an edition, and its SHA-256 in hex."""

    content: bytes
    sha256: str

    @property
    def short(self) -> str:
        """Enough of the hash to look the base up by."""
        return self.sha256[:8]


def base_of(edition: Edition) -> Base:
    """The base of an edition: the leaflet's own file, byte for byte."""
    content = edition.source_text.encode()
    return Base(content, hashlib.sha256(content).hexdigest())


def base_part(
    edition: Edition, base: Base, origins: Sequence[tuple[str, Span]], styles: Sequence[tuple[str, str]] = ()
) -> bytes:
    """The custom XML part that holds the base, what the edition was made for, and where each paragraph came from.

    `origins` are the bookmarks of the body with the lines they were written in: shared texts have files of their own.
    `styles` are names of ours with those that they have in the file, where a house's template gave others.
    """
    meta = edition.leaflet.meta
    part = etree.Element(f"{{{BASE_NAMESPACE}}}base", nsmap={"lf": BASE_NAMESPACE})
    for key, value in (("id", meta.id), ("lang", meta.lang), ("version", meta.version), ("sha256", base.sha256)):
        part.set(key, value)
    for key, value in _case(edition):
        part.set(key, value)
    source = etree.SubElement(part, f"{{{BASE_NAMESPACE}}}source", encoding="gzip+base64")
    # mtime 0: the same source makes the same bytes on any day.
    source.text = base64.b64encode(gzip.compress(base.content, mtime=0)).decode()
    for mark, span in origins:
        if span.path:
            place = {"mark": mark, "path": span.path, "line": str(span.line), "end": str(span.end_line)}
            etree.SubElement(part, f"{{{BASE_NAMESPACE}}}origin", place)
    for ours, name in styles:
        etree.SubElement(part, f"{{{BASE_NAMESPACE}}}style", {"name": ours, "written": name})
    return serialise(part)


def _case(edition: Edition) -> Iterator[tuple[str, str]]:
    """What of an edition's case is known, beside the language that the base has already."""
    if edition.clinic:
        yield "clinic", edition.clinic.id
    for facet in Facet:
        if facet in (Facet.LANGUAGE, Facet.CLINIC, Facet.FORMAT) or edition.case is None:
            continue
        if value := edition.case.value(facet):
            yield facet.value, value


def values_part(values: Mapping[str, str]) -> bytes:
    """The custom XML part that the content controls of values are bound to, one element a key."""
    part = etree.Element(f"{{{VALUES_NAMESPACE}}}values", nsmap={"lf": VALUES_NAMESPACE})
    for name, value in values.items():
        etree.SubElement(part, f"{{{VALUES_NAMESPACE}}}{name}").text = value
    return serialise(part)


def store_part(store: str, namespace: str) -> bytes:
    """What names a custom XML part: its store's id and its schema (ISO/IEC 29500-1, 22.5)."""
    part = root("ds:datastoreItem")
    part.set(etree.QName(part).text.replace("datastoreItem", "itemID"), store)
    references = add(part, "ds:schemaRefs")
    add(references, "ds:schemaRef", ds_uri=namespace)
    return serialise(part)


STORES = ((BASE_STORE, BASE_NAMESPACE), (VALUES_STORE, VALUES_NAMESPACE))
