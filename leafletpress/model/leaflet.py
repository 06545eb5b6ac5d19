"""The leaflet: its metadata and its body."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from leafletpress.model.blocks import Block
from leafletpress.model.span import Node


class LeafletKind(StrEnum):
    """What the leaflet is about."""

    MEDICINE = "medicine"
    PROCEDURE = "procedure"
    TEST = "test"
    CONDITION = "condition"
    AFTERCARE = "aftercare"
    SERVICE = "service"


class Status(StrEnum):
    """Where the leaflet stands in its review."""

    DRAFT = "draft"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Source(Node):
    """Something the leaflet rests on; `id` is what `[@id]` cites. All but id and title may be None."""

    id: str
    title: str
    publisher: str | None = None
    url: str | None = None
    published: str | None = None
    accessed: date | None = None


@dataclass(frozen=True, slots=True)
class TranslationOf(Node):
    """Which version of which language this leaflet was translated from; `hash` is a SHA-256 in hex."""

    lang: str
    version: str
    hash: str | None = None


@dataclass(frozen=True, slots=True)
class Metadata(Node):
    """The front matter. `reference` is printed on every page; `summary` stands under the title.

    `publisher` None means the house's, from press.yaml. `region`, `audience`, `sex` and `age_group` say whom the
    leaflet is for, where an order does not say otherwise. `department` is the id of the clinic's department whose
    particulars are printed. `values` are names and words, sorted by name: what `{{leaflet.<name>}}` is beside the
    particulars. `change_note` says what is new in this version.
    """

    id: str
    title: str
    lang: str
    kind: LeafletKind
    summary: str
    reference: str
    version: str
    status: Status
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    region: str | None = None
    audience: str | None = None
    sex: str | None = None
    age_group: str | None = None
    department: str | None = None
    issued: date | None = None
    reviewed: date | None = None
    review_by: date | None = None
    reviewers: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    licence: str | None = None
    funding: str | None = None
    user_testing: str | None = None
    translation_of: TranslationOf | None = None
    change_note: str | None = None
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Leaflet(Node):
    """One leaflet in one language, as its writer meant it."""

    meta: Metadata
    body: tuple[Block, ...]
