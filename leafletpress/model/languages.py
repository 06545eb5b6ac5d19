"""Language tags (BCP 47) and the direction their script runs in."""

from __future__ import annotations

import re

_TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?\Z")
_RTL_LANGUAGES = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
_RTL_SCRIPTS = frozenset({"Adlm", "Arab", "Hebr", "Nkoo", "Syrc", "Thaa"})


def is_language_tag(tag: str) -> bool:
    """Whether `tag` is a plain BCP 47 tag in its canonical case: language, optional script, optional region."""
    return bool(_TAG.match(tag))


def direction(tag: str) -> str:
    """Either "rtl" or "ltr": a script subtag decides, else the language."""
    parts = tag.split("-")
    if len(parts) > 1 and len(parts[1]) == 4:
        return "rtl" if parts[1] in _RTL_SCRIPTS else "ltr"
    return "rtl" if parts[0] in _RTL_LANGUAGES else "ltr"


def fallbacks(tag: str) -> tuple[str, ...]:
    """`tag` and the shorter tags it may fall back to, nearest first: en-GB, en (RFC 4647, section 3.4, lookup)."""
    parts = tag.split("-")
    return tuple("-".join(parts[:length]) for length in range(len(parts), 0, -1))
