"""Properties: title, author, language, dates and the leaflet's particulars, where file managers and readers look."""

from __future__ import annotations

from datetime import date

from leafletpress.model import Edition

from .carrier import Base
from .markup import Element, add, clark, root, serialise

_PRODUCER = "Leaflet Press"
# For a leaflet without any date: the first day that a ZIP can tell.
_NO_DATE = date(1980, 1, 1)
_USER_DEFINED = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def core_part(edition: Edition) -> bytes:
    """docProps/core.xml (ISO/IEC 29500-2, 11). The dates are the leaflet's own, never today's."""
    meta = edition.leaflet.meta
    part = root("cp:coreProperties", "dc", "dcterms", "xsi")
    add(part, "dc:title", meta.title)
    add(part, "dc:subject", edition.kind_label)
    add(part, "dc:creator", "; ".join(meta.authors) or edition.publisher)
    add(part, "dc:description", meta.summary)
    add(part, "dc:language", meta.lang)
    add(part, "dc:identifier", meta.reference)
    add(part, "cp:category", meta.kind.value)
    add(part, "cp:contentStatus", meta.status.value)
    add(part, "cp:lastModifiedBy", edition.publisher)
    add(part, "cp:version", meta.version)
    _date(part, "dcterms:created", meta.issued or meta.reviewed or _NO_DATE)
    _date(part, "dcterms:modified", meta.reviewed or meta.issued or _NO_DATE)
    return serialise(part)


def _date(part: Element, tag: str, day: date) -> None:
    add(part, tag, f"{day.isoformat()}T00:00:00Z").set(clark("xsi:type"), "dcterms:W3CDTF")


def extended_part(edition: Edition) -> bytes:
    """docProps/app.xml: what made the file and for whom."""
    part = root("ep:Properties", default="ep")
    add(part, "ep:Application", _PRODUCER)
    add(part, "ep:Company", edition.publisher)
    return serialise(part)


def custom_part(edition: Edition, base: Base) -> bytes:
    """docProps/custom.xml: which leaflet and which base; it survives programs that drop custom XML parts."""
    meta = edition.leaflet.meta
    part = root("op:Properties", "vt", default="op")
    values = (
        ("LeafletId", meta.id),
        ("LeafletLanguage", meta.lang),
        ("LeafletVersion", meta.version),
        ("LeafletBase", base.short),
    )
    for number, (name, value) in enumerate(values, start=2):
        item = add(part, "op:property", fmtid=_USER_DEFINED, pid=number, name=name)
        add(item, "vt:lpwstr", value)
    return serialise(part)
