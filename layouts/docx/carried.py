"""Carried: what a package holds beside the document: pictures, and the heads and feet of pages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Media:
    """A picture in the package."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Sheet:
    """A header or footer part: its `kind`, the pages it is for (`default`, `first`, `even`), and what it points at."""

    kind: str
    use: str
    content: bytes
    relations: bytes = b""
