"""page-validation, a second judge of PDF/UA-1 and PDF/A in a Rust wheel: the one that judges at run time too.

`findings(paths, profiles=("ua1", "2a"))`; five to ten milliseconds a file.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path


def available() -> str:
    """Empty, or what is missing."""
    return "" if find_spec("page") else "the page-validation wheel is not installed"


def findings(paths: Sequence[Path], profiles: Sequence[str] = ("ua1", "2a")) -> list[str]:
    """Failed rules, one line each: file, profile, rule, message."""
    import page

    found: list[str] = []
    for path in paths:
        for profile in profiles:
            try:
                report = page.validate_pdf(str(path), profile=page.ValidationProfile(profile))
            except page.PageError as error:
                found.append(f"{path.name}: {profile} cannot be read: {error}")
                continue
            found += [f"{path.name}: {profile} {failure.rule_id} {failure.message}" for failure in report.failures]
            if not report.is_compliant and not report.failures:
                found.append(f"{path.name}: {profile} does not conform")
    return found
