"""A document of pikepdf as bytes: the same every time, and with ends of streams that cannot be misread.

qpdf ends a stream with one line feed. Where the data's own last byte is a carriage return, a reader may take both for
one end-of-line marker and find the data a byte too short (ISO 19005-2, 6.1.7.1); `stream_ends` cures the same in the
files that WeasyPrint writes.
"""

from __future__ import annotations

import re
from decimal import Decimal
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Dictionary

from leafletpress.diagnostics import Diagnostic, LayoutError

_END = b"\r\nendstream"
_HEADER = re.compile(rb"<<[^\r\n]*? /Length (\d+)[^\r\n]*?>>\nstream\n")
_LONGEST_HEADER = 4096


def saved(pdf: pikepdf.Pdf, version: str = "") -> bytes:
    """The file. Its second identifier is a digest of what it holds; `version` such as "1.6" is claimed as it stands."""
    target = BytesIO()
    pdf.remove_unreferenced_resources()
    pdf.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate, force_version=version)
    return with_clear_ends(target.getvalue())


def with_clear_ends(content: bytes) -> bytes:
    """CR LF before `endstream` where the data ends with CR; every object stays where the cross-reference finds it.

    The byte for it is a blank in the stream's own dictionary that no reader needs, the one before `/Length`.
    """
    mended = bytearray(content)
    place = content.find(_END)
    while place >= 0:
        end = place + 1  # the data's last byte is the CR itself
        for header in _HEADER.finditer(content, max(0, content.rfind(b"\nendobj", 0, place)), end):
            if header.end() + int(header[1]) == end:
                blank = header.start(1) - len(b" /Length ")
                mended[blank : end + 1] = content[blank + 1 : end] + b"\r\n"
                break
        place = content.find(_END, place + 1)
    return bytes(mended)


def refusal(words: str) -> LayoutError:
    """L505: a finished page that cannot be taken further as it is. Nobody's writing is at fault, but our pages."""
    hint = "this is our fault, not the writer's: report it with the leaflet; the file was not written"
    return LayoutError((Diagnostic("L505", words, hint=hint),))


def number(value: float) -> Decimal:
    """A length in points as PDF writes it: 4 places at most, a third of a thousandth of a millimetre."""
    return Decimal(str(round(float(value), 4) + 0.0)).normalize() + 0


def within(parent: Any, key: str) -> Any:
    """The dictionary under `key`, put there empty where there was none."""
    if key not in parent:
        parent[key] = Dictionary()
    return parent[key]


def copied(pdf: pikepdf.Pdf, stream: Any) -> Any:
    """A stream of its own with the same data and dictionary; what the dictionary refers to is shared."""
    entries = {key: stream[key] for key in stream.keys() if key != "/Length"}  # noqa: SIM118  (a stream iterates over its bytes)
    return pikepdf.Stream(pdf, stream.read_raw_bytes(), entries)
