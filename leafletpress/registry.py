"""The one place where the core reaches a layout: by its name.

A built-in table first, then the entry-point group `leafletpress.layouts`. What a plan must know of a built-in layout
stands in the table, so that planning imports no renderer; a test holds the table against the layouts themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from leafletpress.diagnostics import Diagnostic, LeafletPressError, suggest
from leafletpress.layout import Layout

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "leafletpress.layouts"

_HTML = ("jinja2", "markupsafe", "lxml", "fonttools")
_FONTS = ("fontpkg", "fontpkg-atkinson-hyperlegible", "fontpkg-noto-sans", "fontpkg-ibm-plex-sans-arabic")
_PDF_VARIANTS = (
    "a4",
    "letter",
    "large-print",
    "large-print-16",
    "large-print-24",
    "booklet-pages",
    "booklet",
    "trifold",
    "trifold-summary",
    "zfold",
    "zfold-summary",
    "summary",
    "press",
    "press-booklet-pages",
    "press-trifold",
    "press-trifold-summary",
)


@dataclass(frozen=True, slots=True)
class Format:
    """What a plan knows of a layout: its names, where its code lives, and the distributions its bytes depend on."""

    name: str
    suffix: str
    media_type: str
    variants: tuple[str, ...]
    module: str
    folders: tuple[Path, ...]
    libraries: tuple[str, ...]


def _carrier() -> tuple[str, Path]:
    """The package that holds the adapters: `leafletpress.layouts` in a wheel, `layouts` in a checkout."""
    here = Path(__file__).parent
    inside = here / "layouts"
    return (GROUP, inside) if inside.is_dir() else ("layouts", here.parent / "layouts")


def built_in() -> tuple[Format, ...]:
    """The layouts that come with Leaflet Press, in the order they are listed."""
    package, folder = _carrier()
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    table = (
        (
            "pdf",
            "application/pdf",
            (
                *("weasyprint", "pydyf", "tinycss2", "cssselect2", "tinyhtml5"),
                *("pikepdf", "pillow", "page-validation", "pypdfium2", "resvg-py"),
            ),
        ),
        ("docx", word, ("python-docx", "openxml-audit", "ooxml-integrity", "resvg-py", "pillow")),
        ("epub", "application/epub+zip", ("ebooklib", "pillow", "resvg-py")),
    )
    return tuple(
        Format(
            name,
            name,
            media_type,
            _PDF_VARIANTS if name == "pdf" else (),
            f"{package}.{name}",
            (folder / name, folder / "shared"),
            (*libraries, *_HTML, *_FONTS),
        )
        for name, media_type, libraries in table
    )


def _plugins() -> Iterator[EntryPoint]:
    from importlib.metadata import entry_points  # noqa: PLC0415 - costs a twentieth of a second; built-ins need none

    taken = {entry.name for entry in built_in()}
    return (entry for entry in sorted(entry_points(group=GROUP)) if entry.name not in taken)


def names() -> tuple[str, ...]:
    """Every layout there is, the built-in ones first."""
    return (*(entry.name for entry in built_in()), *(entry.name for entry in _plugins()))


def find(name: str) -> Format:
    """The format of that name; LeafletPressError (P404, exit 2) where there is none."""
    for known in built_in():
        if known.name == name:
            return known
    for entry in _plugins():
        if entry.name == name:
            return _describe(entry)
    finding = Diagnostic("P404", f"there is no format '{name}'", hint=suggest(name, names()))
    raise LeafletPressError(finding, 2)


def _describe(entry: EntryPoint) -> Format:
    layout = _loaded(entry.name, entry.module, entry.attr)
    spec = find_spec(entry.module)
    origin = Path(spec.origin) if spec and spec.origin else None
    places = () if origin is None else (origin.parent if origin.name == "__init__.py" else origin,)
    libraries = (entry.dist.name,) if entry.dist else ()
    return Format(entry.name, layout.suffix, layout.media_type, tuple(layout.variants), entry.module, places, libraries)


def load(name: str) -> Layout:
    """Import the layout of that name: only the process that renders with it should.

    LeafletPressError: P404 (exit 2) where there is none, L509 (exit 4) where it cannot be imported.
    """
    for known in built_in():
        if known.name == name:
            return _loaded(name, known.module, "LAYOUT")
    for entry in _plugins():
        if entry.name == name:
            return _loaded(name, entry.module, entry.attr)
    finding = Diagnostic("P404", f"there is no format '{name}'", hint=suggest(name, names()))
    raise LeafletPressError(finding, 2)


def _loaded(name: str, module: str, attribute: str) -> Layout:
    try:
        found = getattr(import_module(module), attribute or "LAYOUT")
    except (ImportError, OSError, AttributeError) as error:  # OSError: a system library that is not there
        message = f"the layout '{name}' cannot be loaded: {error}"
        hint = "the libraries it needs are missing or damaged: install Leaflet Press anew, or run 'make publish'"
        raise LeafletPressError(Diagnostic("L509", message, hint=hint), 4) from error
    layout: Layout = found
    return layout
