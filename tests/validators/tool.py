"""What a validator module offers, and `require`: skip on a laptop, fail where the whole run is judged."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import pytest


class Validator(Protocol):
    """A module of this package."""

    __name__: str

    def available(self) -> str:
        """Empty, or why the tool cannot be used here and what to install."""

    def findings(self, paths: Sequence[Path]) -> list[str]:
        """What the tool holds against the files; empty where they conform."""


def require(tool: Validator) -> None:
    """Skip the test with the tool's reason where it is missing; under CI=true fail instead."""
    reason = tool.available()
    if not reason:
        return
    told = f"{tool.__name__.rpartition('.')[2]} is missing: {reason}"
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(told, pytrace=False)
    pytest.skip(told)
