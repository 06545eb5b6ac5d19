"""WeasyPrint, met here: imported quickly, with the packaged fonts only, and with every complaint an error of ours.

WeasyPrint logs a missing picture, a bad rule or a dead anchor and goes on; it never says that a glyph or a font is
missing, or that text left the page. Here all of these are findings.
"""

from __future__ import annotations

import logging
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from leafletpress.diagnostics import Diagnostic, LayoutError

from ..shared.fonts import family

_SONAMES = {
    "gobject-2.0": "libgobject-2.0.so.0",
    "pango-1.0": "libpango-1.0.so.0",
    "harfbuzz": "libharfbuzz.so.0",
    "harfbuzz-subset": "libharfbuzz-subset.so.0",
    "harfbuzz-vector": "libharfbuzz-vector.so.0",
    "fontconfig": "libfontconfig.so.1",
    "pangoft2-1.0": "libpangoft2-1.0.so.0",
}
PICTURE_SCHEME = "picture:"


@dataclass(frozen=True, slots=True)
class Engine:
    """What all renders of a process share."""

    font_configuration: Any
    style_sheet: Any
    mark_artifacts: Callable[[Any], None]


def start(css: str, families: tuple[str, ...]) -> Engine:
    """Import WeasyPrint, set up the fonts and parse the style sheet: what is expensive, once a process and theme."""
    configuration = _fonts(tuple(sorted(families)))
    import weasyprint  # noqa: PLC0415  (imported already, with its fonts)

    from . import tag_tree  # noqa: PLC0415

    with _complaints_as_findings():
        sheet = weasyprint.CSS(string=css, font_config=configuration, url_fetcher=_fetcher({}))
    return Engine(configuration, sheet, tag_tree.mark_artifacts)


@cache
def _fonts(families: tuple[str, ...]) -> Any:
    """WeasyPrint imported, mended, and its fonts set up; themes of the same families share them."""
    with _private_fonts(families), _quick_import():
        import weasyprint  # noqa: F401, PLC0415  (its import reads FONTCONFIG_FILE, so the file must stand before it)
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

        from . import stream_ends, tag_tree  # noqa: PLC0415

        tag_tree.install()
        stream_ends.install()
        return FontConfiguration()


@contextmanager
def _private_fonts(families: tuple[str, ...]) -> Iterator[None]:
    """A fontconfig file that lists the packaged fonts and nothing of the machine's."""
    folders = "".join(f"<dir>{escape(str(family(name).folder))}</dir>" for name in families)
    before = os.environ.get("FONTCONFIG_FILE")
    with tempfile.TemporaryDirectory(prefix="leafletpress-") as folder:
        file = Path(folder, "fonts.conf")
        file.write_text(f'<?xml version="1.0"?><fontconfig>{folders}</fontconfig>', encoding="utf-8")
        os.environ["FONTCONFIG_FILE"] = str(file)
        try:
            yield
        finally:
            if before is None:
                del os.environ["FONTCONFIG_FILE"]
            else:
                os.environ["FONTCONFIG_FILE"] = before


@contextmanager
def _quick_import() -> Iterator[None]:
    """Spare the compilers that ctypes starts to find each library (WeasyPrint issue 1125): a third of the import."""
    import ctypes.util  # noqa: PLC0415

    find = ctypes.util.find_library
    if sys.platform == "linux":  # elsewhere the names differ, and the search starts no compiler
        ctypes.util.find_library = _SONAMES.get  # type: ignore[assignment]  # a name that is not ours is found by nobody
    try:
        yield
    finally:
        ctypes.util.find_library = find


class _Complaints(logging.Handler):
    """Collects what WeasyPrint logs."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@contextmanager
def _complaints_as_findings() -> Iterator[None]:
    """Raise LayoutError L504 with all that WeasyPrint logged at level warning or above."""
    logger, handler = logging.getLogger("weasyprint"), _Complaints()
    propagate, logger.propagate = logger.propagate, False
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagate
    if handler.records:
        messages = dict.fromkeys(record.getMessage() for record in handler.records)
        hint = "look for this in the leaflet and its pictures; if nothing there is unusual, report it with the leaflet"
        raise LayoutError(tuple(Diagnostic("L504", f"WeasyPrint: {message}", hint=hint) for message in messages))


def _fetcher(pictures: Mapping[str, tuple[str, bytes]]) -> Any:
    """Serves the edition's own pictures by path and nothing else: no file, no network."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415

    class PictureFetcher(URLFetcher):  # type: ignore[misc]  # weasyprint is untyped
        def fetch(self, url: str, headers: Any = None) -> Any:  # noqa: ARG002  (the library's signature)
            media_type, content = pictures.get(url.removeprefix(PICTURE_SCHEME), ("", b""))
            if not media_type:
                message = f"'{url}' may not be fetched"
                raise ValueError(message)
            return URLFetcherResponse(url, content, {"Content-Type": media_type})

    return PictureFetcher(allowed_protocols=(), allow_redirects=False, fail_on_errors=False)


def lay_out(engine: Engine, html: str, pictures: Mapping[str, tuple[str, bytes]]) -> Any:
    """A laid-out document: WeasyPrint's `Document`. Pictures by path: media type and bytes."""
    import weasyprint  # noqa: PLC0415

    with _complaints_as_findings():
        source = weasyprint.HTML(string=html, base_url=PICTURE_SCHEME, url_fetcher=_fetcher(pictures))
        document = source.render(
            font_config=engine.font_configuration, stylesheets=[engine.style_sheet], pdf_variant="pdf/a-2a"
        )
    engine.mark_artifacts(document)
    return document


def write(document: Any, identifier: bytes, finish: Any) -> bytes:
    """The document as PDF/A-2a; `finish(document, pdf)` may mend the objects before they are written."""
    with _complaints_as_findings():
        content: bytes = document.write_pdf(
            finisher=finish, pdf_variant="pdf/a-2a", pdf_identifier=identifier, uncompressed_pdf=False
        )
    return content
