"""Numbers of several groups in right-to-left text.

The Unicode bidirectional algorithm (UAX 9, W2 to N2) lets the groups of `01632 960 001` change places in a line that
runs from right to left. A telephone number must not.
"""

from __future__ import annotations

import re

GROUPED_NUMBER = re.compile(r"\+?\(?\d[\d \u00a0().-]*[ \u00a0().-][\d \u00a0().-]*\d")
_LEFT_TO_RIGHT_MARK = "\u200e"


def hold_numbers(text: str) -> str:
    """`text` with a left-to-right mark on both sides of each such number, for formats without an isolating element."""
    return GROUPED_NUMBER.sub(lambda number: f"{_LEFT_TO_RIGHT_MARK}{number[0]}{_LEFT_TO_RIGHT_MARK}", text)
