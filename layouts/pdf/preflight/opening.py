"""Opening a file that may be anything: a PDF, a locked one, a broken one, none at all."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import Any

import pikepdf

from .faults import Fault
from .walk import UNREADABLE

_STREAM = re.compile(r"^stream <[^>]*>(?: \([^)]*\))?: ")
_AGAIN = "ask for the file again, or make it anew from the document it came from"
_UNLOCK = "save it without a password and without restrictions: readers' aids and print shops cannot use a locked file"


@dataclass(frozen=True, slots=True)
class Opened:
    """An open file, or None, and what was wrong with opening it."""

    pdf: Any
    faults: tuple[Fault, ...]


def open_file(content: bytes) -> Opened:
    """F801 where it is no PDF, F802 where it is locked, F803 where it had to be mended."""
    try:
        pdf = pikepdf.open(io.BytesIO(content))
        len(pdf.pages)  # the page tree is read here, or not at all
    except pikepdf.PasswordError:
        return Opened(None, (Fault("F802", "the file is locked with a password and cannot be looked at", _UNLOCK),))
    except (*UNREADABLE, OSError, RecursionError) as error:
        reason = _reason(error)
        return Opened(None, (Fault("F801", f"the file cannot be read as a PDF ({reason})", _AGAIN),))
    faults = []
    if pdf.is_encrypted:
        faults.append(Fault("F802", "the file is protected: printing, copying or editing it is restricted", _UNLOCK))
    warnings = pdf.get_warnings()
    if warnings:
        reason = _reason(warnings[0])
        words = f"the file is damaged; it could be mended for reading ({reason})"
        faults.append(Fault("F803", words, f"{_AGAIN}: another program may show it otherwise or not at all"))
    return Opened(pdf, tuple(faults))


def _reason(error: object) -> str:
    """What the library says, without the name it has for bytes in memory."""
    return _STREAM.sub("", " ".join(str(error).split()))[:120]
