"""Standards for everybody: PDF/UA for screen readers, PDF/A for keeping, by page-validation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .faults import Fault

_TOLD = 3
_LEVEL = re.compile(rb"pdfaid:(part|conformance)(?:>|\s*=\s*[\"'])\s*([0-9A-Za-z]+)")
_HEAR = (
    "ask whoever made the PDF for 'tagged PDF' or PDF/UA: title, language, headings, tables and alternative texts are "
    "set in the document, and exported with it"
)
_KEEP = "export it as PDF/A if it has to be kept for years; for reading alone it need not be"


def conformance_faults(content: bytes, metadata: bytes) -> Iterator[Fault]:
    """F806 where the file is not PDF/UA-1, F807 where it is not the PDF/A it says it is, or none."""
    import page  # noqa: PLC0415 - the quick checks need it not

    told = _broken(page, content, page.ValidationProfile.PDF_UA_1)
    if told:
        yield Fault("F806", f"people who listen to the file will miss something (PDF/UA-1): {told}", _HEAR)
    level = _claimed(metadata)
    if not level:
        yield Fault("F807", "the file is not made for keeping: it does not say that it is PDF/A", _KEEP)
        return
    profile = next((one for one in page.ValidationProfile if one.value == level), None)
    if profile is None:
        yield Fault("F807", f"the file says that it is PDF/A-{level}, which cannot be judged here", _KEEP)
    elif told := _broken(page, content, profile):
        yield Fault("F807", f"the file says that it is PDF/A-{level}, but it is not: {told}", _KEEP)


def _claimed(metadata: bytes) -> str:
    """`2a` of a packet that claims PDF/A-2a; "" where it claims nothing."""
    found = {key: value.decode("ascii") for key, value in _LEVEL.findall(metadata)}
    return (found.get(b"part", "") + found.get(b"conformance", "")).lower() if b"part" in found else ""


def _broken(page: Any, content: bytes, profile: Any) -> str:
    """The rules that are broken, the first few with their words; "" for none."""
    try:
        report = page.validate_pdf_bytes(content, profile=profile)
    except page.PageError as error:
        return f"it cannot be judged ({error})"
    rules = dict.fromkeys(f"{failure.message} [{failure.rule_id}]" for failure in report.failures)
    if not rules:
        return ""
    count = len({failure.rule_id for failure in report.failures})
    more = f"; and {len(rules) - _TOLD} more" if len(rules) > _TOLD else ""
    shown = "; ".join(" ".join(rule.split())[:200] for rule in list(rules)[:_TOLD])
    return f"{count} rule{'' if count == 1 else 's'} broken: {shown}{more}"
