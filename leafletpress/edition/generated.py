"""The parts of an edition that nobody types: review box, reference lines, footer, formats line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from leafletpress.edition.dates import long_date
from leafletpress.model import (
    Block,
    Clinic,
    Contact,
    ContactKind,
    ContactLine,
    Fact,
    Facts,
    Inline,
    Inlines,
    Link,
    Metadata,
    Source,
    Status,
    Text,
    Value,
    plain_text,
)
from leafletpress.model.walk import each_block, words_of
from leafletpress.reading_order import words
from leafletpress.wording import Wording

CONTENTS_FROM_WORDS = 1_500
"""A leaflet of more words than this wants a list of its sections."""

_ENDS_A_SENTENCE = re.compile(r"[.?!…。؟۔]['\"’”»)]?\Z")


def notice(meta: Metadata, wording: Wording) -> str:
    """The mark of a draft; empty for others."""
    return wording.draft if meta.status is Status.DRAFT else ""


def footer(meta: Metadata, wording: Wording) -> str:
    """What stands on every page beside "page x of y": title, reference, version, status of a draft, latest date."""
    parts = [meta.title, meta.reference, wording.footer_version.format(version=meta.version)]
    if meta.status is Status.DRAFT:
        parts.append(wording.footer_draft)
    if meta.reviewed:
        parts.append(wording.footer_reviewed.format(date=long_date(meta.reviewed, meta.lang)))
    elif meta.issued:
        parts.append(wording.footer_issued.format(date=long_date(meta.issued, meta.lang)))
    return " · ".join(parts)


def is_long(blocks: tuple[Block, ...]) -> bool:
    """Whether the body has more words than one finds one's way in without a list of its sections."""
    count = sum(len(words(plain_text(run))) for block in each_block(blocks) for run in words_of(block))
    return count > CONTENTS_FROM_WORDS


def review_box(meta: Metadata, wording: Wording, publisher: str) -> Facts:
    """Who stands behind the leaflet and when it was looked at last; only what the leaflet says."""
    status = wording.status_draft if meta.status is Status.DRAFT else wording.status_approved
    days = ((wording.issued, meta.issued), (wording.reviewed, meta.reviewed), (wording.review_by, meta.review_by))
    lines = (
        (wording.publisher, publisher),
        (wording.authors, ", ".join(meta.authors)),
        (wording.reviewers, ", ".join(meta.reviewers)),
        (wording.reference, meta.reference),
        (wording.version, meta.version),
        (wording.status, status),
        *((label, long_date(day, meta.lang) if day else "") for label, day in days),
        (wording.user_testing, meta.user_testing),
        (wording.funding, meta.funding),
        (wording.licence, meta.licence),
    )
    return Facts(tuple(Fact((Text(label),), (Text(value),)) for label, value in lines if value))


def imprint(clinic: Clinic | None, wording: Wording) -> Contact:
    """How to reach the clinic; without one, lines to fill in by hand."""
    if clinic is None:
        kinds = (ContactKind.PHONE, ContactKind.HOURS)
        lines = tuple(ContactLine(kind, (Value(f"clinic.{kind}", ""),)) for kind in kinds)
        return Contact((Text(f"{wording.clinic}: "), Value("clinic.name", "")), lines)
    values = dict(clinic.values)
    lines = tuple(ContactLine(kind, (Value(f"clinic.{kind}", values[kind]),)) for kind in ContactKind if kind in values)
    return Contact((Value("clinic.name", values["name"]),), lines)


def formats_line(wording: Wording, asked_of: str) -> Inlines:
    """How to get the leaflet in another format, and whom to ask."""
    return (Text(f"{wording.formats_line} {wording.formats_line_contact.format(publisher=asked_of)}"),)


def reference_line(source: Source, wording: Wording, lang: str) -> Inlines:
    """Title. Publisher, year. Address (read on a day)."""
    published = ", ".join(filter(None, (source.publisher, source.published)))
    return tuple(_merged(_reference_parts(source, published, wording, lang)))


def _reference_parts(source: Source, published: str, wording: Wording, lang: str) -> Iterator[Inline]:
    yield Text(_sentence(source.title))
    if published:
        yield Text(" " + _sentence(published))
    if source.url:
        yield Text(" ")
        yield Link((Text(source.url),), source.url)
    if source.accessed:
        yield Text(f" ({wording.accessed.format(date=long_date(source.accessed, lang))})")


def _sentence(text: str) -> str:
    return text if _ENDS_A_SENTENCE.search(text) else f"{text}."


def _merged(parts: Iterator[Inline]) -> Iterator[Inline]:
    """Neighbouring texts as one, as the model wants its inlines."""
    text = ""
    for part in parts:
        if isinstance(part, Text):
            text += part.text
            continue
        yield Text(text)
        text = ""
        yield part
    if text:
        yield Text(text)
