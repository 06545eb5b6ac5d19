from pathlib import Path

from broken import put


def make(root: Path) -> None:
    put(root, "F870", broken=False)
