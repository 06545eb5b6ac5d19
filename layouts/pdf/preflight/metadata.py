"""The metadata packet: what a file says of itself. Only single words are looked for, so no XML is parsed."""

from __future__ import annotations

import re
from typing import Any

import pikepdf

from .objects import get, swell

_MOST = 4_000_000


def packet(pdf: Any) -> bytes:
    """The file's XMP packet as UTF-8; b"" where there is none that can be read. Spent where it is made to harm."""
    stream = get(pdf.Root, "/Metadata")
    if not isinstance(stream, pikepdf.Stream):
        return b""
    swell(stream, _MOST)
    try:
        content = stream.read_bytes()[:_MOST]
    except pikepdf.PdfError:
        return b""
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        content = content.decode("utf-16", "replace").encode()
    return content


def said(metadata: bytes, key: str) -> str:
    """What the packet says of a property with the usual prefix (`pdfx:…`), as element or attribute; "" for nothing."""
    word = re.escape(key.encode())
    # No part of these patterns can match where another begins: a packet made to harm is read once, not a million times.
    found = re.search(rb"<" + word + rb"(?:\s[^<>]*)?>([^<>]*)</" + word, metadata)
    if found is None:
        found = re.search(rb"\s" + word + rb"\s?=\s?[\"']([^\"'<>]*)[\"']", metadata)
    if found is not None:
        return found[1].decode("utf-8", "replace").strip()
    # Texts in several languages lie deeper.
    return "…" if re.search(rb"<" + word + rb"[\s>]", metadata) else ""
