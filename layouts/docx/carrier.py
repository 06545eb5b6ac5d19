"""Carrier: the file takes its base home: the source it was made from, and the values that were filled in."""

from __future__ import annotations

import base64
import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from leafletpress.model import Edition

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


def base_part(edition: Edition, base: Base) -> bytes:
    """The custom XML part that holds the base."""
    meta = edition.leaflet.meta
    part = etree.Element(f"{{{BASE_NAMESPACE}}}base", nsmap={"lf": BASE_NAMESPACE})
    for key, value in (("id", meta.id), ("lang", meta.lang), ("version", meta.version), ("sha256", base.sha256)):
        part.set(key, value)
    if edition.clinic:
        part.set("clinic", edition.clinic.id)
    source = etree.SubElement(part, f"{{{BASE_NAMESPACE}}}source", encoding="gzip+base64")
    # mtime 0: the same source makes the same bytes on any day.
    source.text = base64.b64encode(gzip.compress(base.content, mtime=0)).decode()
    return serialise(part)


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
