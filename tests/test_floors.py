"""Imports point down only, layouts stand apart, and each renderer's library is met in its own layout alone."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
GROUND = ("model", "diagnostics", "wording", "theme", "layout")
FIRST = ("reader", "printer", "project", "edition", "checks", "reading_order", "yaml_file", "yaml_faults")
ROOF = ("press", "cli", "registry", "starter")
OWN = {"weasyprint": "pdf", "pydyf": "pdf", "pikepdf": "pdf", "pypdfium2": "pdf", "page": "pdf", "ebooklib": "epub",
       "docx": "docx", "openxml_audit": "docx", "ooxml_integrity": "docx"}  # fmt: skip


def files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Every module that `path` imports, as a full name (relative ones made absolute), and its line.

    `from package import name` counts as `package.name` where that is a module of ours.
    """
    package = path.relative_to(ROOT).with_suffix("").parts
    package = package[:-1]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(filter(None, (base, node.module)))
            for alias in node.names:
                place = ROOT.joinpath(*module.split("."), alias.name)
                inner = place.is_dir() or place.with_suffix(".py").is_file()
                yield (f"{module}.{alias.name}" if inner else module), node.lineno


def floor(name: str) -> str:
    """The floor a module of ours stands on, by its full name."""
    parts = name.split(".")
    if parts[0] == "layouts":
        return f"layouts/{parts[1]}" if len(parts) > 1 else "layouts"
    part = (
        parts[1].split("_")[0]
        if len(parts) > 1 and parts[1].startswith(("wording_", "cli_"))
        else (*parts, "package")[1]
    )
    for known, parts_of in (("ground", GROUND), ("first", FIRST), ("roof", ROOF)):
        if part in parts_of:
            return known
    return part


def module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def test_every_module_of_the_core_has_its_floor() -> None:
    floors = {floor(module(path)) for path in files("leafletpress")}
    assert floors == {"package", "ground", "first", "roof"}


@pytest.mark.parametrize("path", files("leafletpress", "layouts"), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_down_only(path: Path) -> None:
    mine = floor(module(path))
    allowed = {
        "package": set(),
        "ground": {"ground"},
        "first": {"ground", "first", "package"},
        "layouts": {"ground"},
        "layouts/shared": {"ground", "layouts/shared"},
        "roof": {"ground", "first", "roof", "package"},
    }.get(mine, {"ground", "layouts/shared", mine})
    for name, line in imports(path):
        top = name.split(".")[0]
        if top in {"leafletpress", "layouts"}:
            assert floor(name) in allowed, f"{path}:{line}: {mine} may not import {name}"
        elif mine in {"ground", "package"}:
            assert top in sys.stdlib_module_names, f"{path}:{line}: the ground floor needs {name}"


@pytest.mark.parametrize("path", files("layouts"), ids=lambda path: str(path.relative_to(ROOT)))
def test_layouts_import_each_other_relatively_alone(path: Path) -> None:
    """The wheel carries them as leafletpress.layouts, so an absolute `layouts` would not be found there."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and not node.level:
            assert (node.module or "").split(".")[0] != "layouts", f"{path}:{node.lineno}"
        elif isinstance(node, ast.Import):
            assert all(alias.name.split(".")[0] != "layouts" for alias in node.names), f"{path}:{node.lineno}"


@pytest.mark.parametrize("path", files("leafletpress", "layouts"), ids=lambda path: str(path.relative_to(ROOT)))
def test_each_renderer_is_met_in_its_layout_alone(path: Path) -> None:
    for name, line in imports(path):
        home = OWN.get(name.split(".")[0])
        assert home is None or floor(module(path)) == f"layouts/{home}", f"{path}:{line} imports {name}"


def test_the_walk_sees_a_forbidden_import(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A test of the test: relative, absolute and late imports are all seen."""
    monkeypatch.setattr(sys.modules[__name__], "ROOT", tmp_path)
    bad = tmp_path / "layouts" / "pdf" / "bad.py"
    bad.parent.mkdir(parents=True)
    (tmp_path / "layouts" / "epub").mkdir()
    bad.write_text("from .. import epub\nfrom ..epub.pages import x\ndef f():\n    import leafletpress.press\n")
    assert [floor(name) for name, _ in imports(bad)] == ["layouts/epub", "layouts/epub", "roof"]
