"""The parts of an edition that nobody types: owner, imprint, review box, reference lines, footer, formats line."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date

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


def owner(clinic: Clinic | None, department: str | None) -> str:
    """The clinic's name, with its department's; empty where there is no clinic."""
    values = dict(clinic.values) if clinic else {}
    names = (values.get("name", ""), values.get(f"{department}.name", ""))
    return " · ".join(filter(None, names))


def imprint(clinic: Clinic | None, department: str | None, wording: Wording) -> Contact:
    """How to reach the clinic, or its department with what the clinic has where the department has nothing.

    Lines to fill in by hand where there is no clinic, or nothing is known but its name.
    """
    if clinic is None:
        return Contact((Text(f"{wording.clinic}: "), Value("clinic.name", "")), _by_hand())
    values = dict(clinic.values)
    name: Inlines = (Value("clinic.name", values["name"]),)
    if f"{department}.name" in values:
        name = (*name, Text(" · "), Value(f"clinic.{department}.name", values[f"{department}.name"]))
    found = ((kind, imprint_value(kind, department, values)) for kind in ContactKind)
    lines = tuple(ContactLine(kind, (Value(f"clinic.{key}", values[key]),)) for kind, key in found if key)
    return Contact(name, lines or _by_hand())


def imprint_value(kind: ContactKind, department: str | None, known: Collection[str]) -> str:
    """The name of the value that the imprint prints for a kind of line; empty where it prints none."""
    names = (f"{department}.{kind}", str(kind))
    return next((name for name in names if name in known), "")


def _by_hand() -> tuple[ContactLine, ...]:
    return tuple(ContactLine(kind, (Value(f"clinic.{kind}", ""),)) for kind in (ContactKind.PHONE, ContactKind.HOURS))


def overdue(review_by: date, wording: Wording, lang: str) -> str:
    """The notice that the review date has passed."""
    return wording.overdue.format(date=long_date(review_by, lang))


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
