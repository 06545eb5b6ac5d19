"""A logo that is a link to a file beside the house."""

from pathlib import Path


def make(root: Path) -> None:
    outside = root.parent / "outside.svg"
    outside.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20"/>', "utf-8")
    (root / "source/clinics/riverside.svg").symlink_to(outside)
