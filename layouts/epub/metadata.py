"""What the package document says: Dublin Core, and the accessibility metadata of EPUB Accessibility 1.1."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import UUID, uuid5

from leafletpress.model import Edition, Source

from .book import XML_LANG, Entry
from .pages import book_title

# Of this house, made once: identifiers of the same leaflet are the same in every build.
_NAMESPACE = UUID("5f6b7a0e-2c5d-5d0e-9a53-8d1f4f6c2b71")
_UNDATED = date(2000, 1, 1)
_CONFORMS_TO = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"


def identifier(edition: Edition) -> str:
    """`urn:uuid:` of the leaflet, its language, its clinic and its readers.

    It stays from build to build and version to version. Readers count where an order asked for others than those the
    leaflet itself is for, so that saying whom a leaflet is for does not make it another book.
    """
    meta, case = edition.leaflet.meta, edition.case
    clinic = edition.clinic.id if edition.clinic else ""
    name = f"{meta.id}/{meta.lang}/{clinic}"
    if case is not None:
        asked = (case.audience, case.sex, case.age_group)
        if asked != (meta.audience, meta.sex, meta.age_group):
            name += "/" + "/".join(value or "" for value in asked)
    return uuid5(_NAMESPACE, name).urn


def modified(edition: Edition) -> datetime:
    """The last review or the issue, midnight UTC; a fixed day where the leaflet has neither. Never the clock."""
    meta = edition.leaflet.meta
    day = meta.reviewed or meta.issued or _UNDATED
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def entries(edition: Edition, *, visual: bool) -> tuple[Entry, ...]:
    """Every line of the metadata but the date of the last change; `visual` where the text shows pictures."""
    return (*_dublin_core(edition), *_accessibility(edition, visual=visual))


def _dublin_core(edition: Edition) -> Iterator[Entry]:
    meta = edition.leaflet.meta
    yield Entry("identifier", identifier(edition), dc=True)
    yield Entry("title", book_title(edition), dc=True)
    yield Entry("language", meta.lang, dc=True)
    for author in meta.authors or (edition.publisher,):
        yield Entry("creator", author, dc=True)
    if edition.owner:
        yield Entry("contributor", edition.owner, dc=True)
    yield Entry("publisher", edition.publisher, dc=True)
    yield Entry("description", meta.summary, dc=True)
    yield Entry("subject", edition.kind_label, dc=True)
    if day := meta.issued or meta.reviewed:
        yield Entry("date", day.isoformat(), dc=True)
    for source in edition.references:
        yield Entry("source", _cited(source), dc=True)
    if meta.licence:
        yield Entry("rights", meta.licence, dc=True)
    # For readers that look for the cover the EPUB 2 way; Kindle among them.
    yield Entry("cover", "", attributes={"name": "cover", "content": "cover"})


def _cited(source: Source) -> str:
    return source.url or ", ".join(filter(None, (source.title, source.publisher, source.published)))


def _accessibility(edition: Edition, *, visual: bool) -> Iterator[Entry]:
    """EPUB Accessibility 1.1, 2 (discovery metadata) and 3.5 (conformance); the publisher vouches for its leaflet."""
    yield Entry("schema:accessMode", "textual")
    if visual:
        yield Entry("schema:accessMode", "visual")
        yield Entry("schema:accessModeSufficient", "textual,visual")
    yield Entry("schema:accessModeSufficient", "textual")
    for feature in ("structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability"):
        yield Entry("schema:accessibilityFeature", feature)
    if visual:
        yield Entry("schema:accessibilityFeature", "alternativeText")
    yield Entry("schema:accessibilityHazard", "none")
    wording = edition.wording
    summary = " ".join((wording.access, wording.access_pictures) if visual else (wording.access,))
    yield Entry("schema:accessibilitySummary", summary, attributes={XML_LANG: wording.lang})
    yield Entry("dcterms:conformsTo", _CONFORMS_TO, attributes={"id": "conformance"})
    yield Entry("a11y:certifiedBy", edition.publisher, attributes={"refines": "#conformance"})
    # Without it Apple Books sets every book in its own font.
    yield Entry("ibooks:specified-fonts", "true")
