"""Ends of streams that cannot be misread.

pydyf ends a stream with a line feed. Where the data's own last byte is a carriage return, a reader may take both for
one end-of-line marker and find the data one byte shorter than /Length says (ISO 19005-2, 6.1.7.1). A marker of two
bytes leaves no doubt.
"""

from __future__ import annotations

import pydyf


def install() -> None:
    """Let pydyf write every stream with CR LF before `endstream`; once a process."""
    if pydyf.Stream.data is not _data:
        pydyf.Stream.data = _data


_original_data = pydyf.Stream.data


def _whole(stream: pydyf.Stream) -> bytes:
    written: bytes = _original_data.fget(stream)
    return written.removesuffix(b"\nendstream") + b"\r\nendstream"


_data = property(_whole)
