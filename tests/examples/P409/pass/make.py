from __future__ import annotations

from pathlib import Path

from dulwich.repo import Repo


def make(root: Path) -> None:
    """Begin a repository where the house is; nothing is committed yet."""
    Repo.init(str(root)).close()
