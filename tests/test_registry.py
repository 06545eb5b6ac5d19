"""The registry: layouts by name, built in or from entry points, and what their bytes depend on."""

from __future__ import annotations

import ast
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from pressroom import PLUGIN

from leafletpress import registry
from leafletpress.diagnostics import LeafletPressError
from leafletpress.press.fingerprint import _CORE_LIBRARIES

ROOT = Path(__file__).parent.parent
BUILT_IN = [entry.name for entry in registry.built_in()]


@pytest.mark.parametrize("name", BUILT_IN)
def test_the_table_says_of_a_layout_what_the_layout_says_of_itself(name: str) -> None:
    entry, layout = registry.find(name), registry.load(name)
    assert entry.name == layout.name
    assert entry.suffix.lstrip(".") == layout.suffix.lstrip(".")
    assert entry.media_type == layout.media_type
    assert entry.variants == tuple(layout.variants)


def _distributions(folders: tuple[Path, ...]) -> set[str]:
    """The distributions that the code in `folders` imports."""
    names: set[str] = set()
    for path in (path for folder in folders for path in folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names.add((node.module or "").split(".")[0])
    known = packages_distributions()
    ours = {"leafletpress", "layouts"}
    outside = names - set(sys.stdlib_module_names) - ours
    found = {dist.lower().replace("_", "-") for name in outside for dist in known[name]}
    return {dist for dist in found if not dist.startswith("fontpkg-")}  # which faces are used, the theme says


@pytest.mark.parametrize("name", BUILT_IN)
def test_every_library_a_layout_imports_counts_for_its_fingerprint(name: str) -> None:
    entry = registry.find(name)
    assert _distributions(entry.folders) <= {library.lower() for library in entry.libraries}


def test_every_library_the_core_imports_counts() -> None:
    core = tuple(ROOT / "leafletpress" / part for part in ("reader", "edition", "checks", "model"))
    assert _distributions(core) <= set(_CORE_LIBRARIES)


def test_planning_needs_no_renderer() -> None:
    assert not {"weasyprint", "docx", "ebooklib"} & set(registry.__dict__)
    assert registry.find("pdf").folders[0].is_dir()


def test_entry_points_add_layouts_behind_the_built_in_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(PLUGIN))
    assert registry.names()[: len(BUILT_IN)] == tuple(BUILT_IN)
    assert {"plain", "mild"} <= set(registry.names())
    entry = registry.find("plain")
    assert (entry.suffix, entry.variants, entry.libraries) == ("txt", ("large",), ("fake-layouts",))
    assert entry.folders == (PLUGIN / "fake_layouts.py",)
    assert registry.load("plain").name == "plain"


@pytest.mark.parametrize("call", [registry.find, registry.load])
def test_an_unknown_format_names_the_nearest(call: object) -> None:
    with pytest.raises(LeafletPressError) as caught:
        call("pfd")  # type: ignore[operator] # one of two functions
    assert (caught.value.diagnostic.code, caught.value.exit_code) == ("P404", 2)
    assert "'pdf'" in caught.value.diagnostic.hint


@pytest.mark.parametrize("call", [registry.find, registry.load])
def test_a_layout_that_cannot_be_imported_is_told(monkeypatch: pytest.MonkeyPatch, call: object) -> None:
    monkeypatch.syspath_prepend(str(PLUGIN))
    with pytest.raises(LeafletPressError) as caught:
        call("broken")  # type: ignore[operator] # one of two functions
    assert (caught.value.diagnostic.code, caught.value.exit_code) == ("L509", 4)
