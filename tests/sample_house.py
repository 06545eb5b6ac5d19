"""A small house on disk, and hand-built leaflets composed into editions in it: what the edition tests share."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from specimen import META

from leafletpress.diagnostics import Diagnostic
from leafletpress.edition.resolver import compose
from leafletpress.edition.shelf import Shelf
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

    def compose(
        self, *blocks: Block, meta: Metadata = BARE, clinic: str | None = None
    ) -> tuple[Edition | None, list[Diagnostic]]:
        path = self.root / "source/leaflets/specimen" / f"{meta.lang}.md"
        file = LeafletFile("specimen", meta.lang, path, f"source/leaflets/specimen/{meta.lang}.md")
        self.shelf = Shelf(self.root)
        return compose(self.project, file, Leaflet(meta, blocks), self.shelf, clinic)

    def edition(self, *blocks: Block, **options: Any) -> Edition:
        edition, found = self.compose(*blocks, **options)
        assert edition is not None, "\n".join(map(str, found))
        return edition

    def faults(self, *blocks: Block, **options: Any) -> list[Diagnostic]:
        edition, found = self.compose(*blocks, **options)
        assert (edition is None) == any(one.is_error for one in found)
        assert all(one.hint for one in found)
        return found

    @property
    def inputs(self) -> set[str]:
        return {path.relative_to(self.root / "source").as_posix() for path in self.shelf.inputs}
