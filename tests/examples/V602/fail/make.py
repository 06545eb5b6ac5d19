from __future__ import annotations

from pathlib import Path


def make(root: Path) -> None:
    """Let the layout lose the second half of its file."""
    from layouts.docx import LAYOUT

    render = LAYOUT.render
    type(LAYOUT).render = lambda _, *edition: render(*edition)[:9000]
