"""A small house on disk, and hand-built leaflets composed into editions in it: what the edition tests share."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from specimen import META

from leafletpress.diagnostics import Diagnostic
from leafletpress.edition.asking import Asked
from leafletpress.edition.resolver import Resolution, compose, resolve
from leafletpress.edition.shelf import Shelf
from leafletpress.edition.texts import LeafletText, as_text
from leafletpress.model import Block, Edition, Leaflet, Metadata
from leafletpress.project import LeafletFile, Project, open_project

BARE = replace(META, sources=())


class SampleHouse:
    """Writes files below a temporary folder and resolves leaflets there."""

    def __init__(self, folder: Path) -> None:
        self.root = folder.resolve()
        self.write("press.yaml", "publisher: Sample clinic\n")
        self.write("leaflets/specimen/en-GB.md", "")
        self.shelf = Shelf(self.root)

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.root / "source" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    @property
    def project(self) -> Project:
        return open_project(self.root)

    def compose(self, *blocks: Block, meta: Metadata = BARE, **asked: Any) -> Resolution:
        path = self.root / "source/leaflets/specimen" / f"{meta.lang}.md"
        file = LeafletFile("specimen", meta.lang, path, f"source/leaflets/specimen/{meta.lang}.md")
        self.shelf = Shelf(self.root)
        read = LeafletText(Leaflet(meta, blocks), as_text(blocks), "")
        return compose(self.project, file, read, self.shelf, Asked(**asked))

    def edition(self, *blocks: Block, **options: Any) -> Edition:
        made = self.compose(*blocks, **options)
        assert made.edition is not None, "\n".join(map(str, made.diagnostics))
        return made.edition

    def faults(self, *blocks: Block, **options: Any) -> list[Diagnostic]:
        made = self.compose(*blocks, **options)
        found = list(made.diagnostics)
        assert (made.edition is None) == any(one.is_error for one in found)
        assert all(one.hint for one in found)
        return found

    @property
    def inputs(self) -> set[str]:
        return {path.relative_to(self.root / "source").as_posix() for path in self.shelf.inputs}


MATTER = """---
id: specimen
title: A specimen
lang: en-GB
kind: test
summary: What it is.
reference: LP-1
version: 1.10
status: draft
"""


def resolved(
    house: SampleHouse, body: str | bytes, clinic: str | None = None, *, matter: str = "", **asked: Any
) -> Resolution:
    """What comes of a leaflet whose text is `body`, or whose whole file it is where it is bytes.

    `matter` are more lines of the front matter, which begin in line 10; the text begins in the line after it, 11.
    """
    content = body if isinstance(body, bytes) else f"{MATTER}{matter}---\n{body}".encode()
    path = house.write("leaflets/specimen/en-GB.md", content)
    file = LeafletFile("specimen", "en-GB", path, "source/leaflets/specimen/en-GB.md")
    resolution = resolve(house.project, file, clinic, **asked)
    assert all(one.hint for one in resolution.diagnostics)
    assert (resolution.edition is None) == any(one.is_error for one in resolution.diagnostics)
    return resolution
