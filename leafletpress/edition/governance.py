"""Governance: whether a leaflet may be printed today, and that its particulars are plain words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from leafletpress.diagnostics import Diagnostic
from leafletpress.edition.findings import Lines
from leafletpress.model import Metadata, Status
from leafletpress.project import House, Overdue


def is_overdue(meta: Metadata, today: date | None) -> bool:
    """Whether the review date has passed; never where no date is looked at."""
    return today is not None and meta.review_by is not None and meta.review_by < today


def check_governance(meta: Metadata, house: House, today: date | None, lines: Lines) -> Iterator[Diagnostic]:
    """E315 for a withdrawn leaflet, E319 or E320 for an overdue one, E303 for variables in the particulars."""
    if meta.status is Status.WITHDRAWN:
        hint = "delete the leaflet, or give it another status once it has been reviewed"
        yield Diagnostic("E315", f"'{meta.id}' is withdrawn: it is not printed any more", lines.key("status"), hint)
    elif is_overdue(meta, today):
        refused = house.overdue is Overdue.REFUSE
        end = "this house does not print it" if refused else "it is printed with a notice"
        message = f"the review was due on {meta.review_by}: {end}"
        hint = "review the leaflet, and write the dates of this review and of the next"
        yield Diagnostic("E319" if refused else "E320", message, lines.key("review-by"), hint)
    particulars = (("title", meta.title), ("summary", meta.summary))
    for name, words, key in (*((n, w, n) for n, w in particulars), *((n, w, "values") for n, w in meta.values)):
        if "{{" in words:
            what = f"the {name}" if key == name else f"the value '{name}'"
            message = f"{what} has a variable, and variables are filled in below the front matter only"
            yield Diagnostic("E303", message, lines.key(key), "write the words out")
