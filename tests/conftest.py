"""What all tests share: the option that rewrites the messages and other goldens which reviewers read."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite the goldens with what came out; then read the diff")
