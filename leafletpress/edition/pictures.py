"""Pictures: opens what figures and clinics name, from their own folder alone, and judges it by its content."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from leafletpress.diagnostics import Diagnostic, suggest
from leafletpress.edition.raster import Judged, Problem, judge_raster
from leafletpress.edition.shelf import Reason, Refusal, Shelf
from leafletpress.edition.svg import judge_svg
from leafletpress.model import Figure, Picture, Span
from leafletpress.project.shapes import leads_out

MAX_BYTES = 10_000_000
MAX_LOGO_BYTES = 1_000_000

_SUFFIXES = (".svg", ".png", ".jpg", ".jpeg")


def open_picture(shelf: Shelf, folder: Path, figure: Figure) -> Picture | Diagnostic:
    """The picture of a figure in the leaflet's `folder`; E310 outside it, E311 missing, E312 unusable, E313 unsafe."""
    path = figure.picture
    outside = leads_out(path, "the leaflet's folder")
    if outside:
        name = re.split(r"[\\/]", path)[-1] or "name.svg"
        hint = f"copy the picture into {shelf.display(folder)}/images and write ![…](images/{name})"
        return Diagnostic("E310", f"{path}: {outside}", figure.span, hint)
    return _open(shelf, folder, path, figure.span, MAX_BYTES)


def open_logo(shelf: Shelf, folder: Path, path: str, span: Span) -> Picture | Diagnostic:
    """A clinic's logo in the `folder` of the clinics: SVG or PNG; the faults of pictures, at `span`."""
    if outside := leads_out(path, "the folder of the clinics"):
        hint = f"copy the logo into {shelf.display(folder)} and write its name: logo: riverside.svg"
        return Diagnostic("E310", f"{path}: {outside}", span, hint)
    logo = _open(shelf, folder, path, span, MAX_LOGO_BYTES)
    if isinstance(logo, Picture) and logo.media_type == "image/jpeg":
        hint = "save it as SVG, or as PNG: they keep edges sharp and the ground clear"
        return Diagnostic("E312", f"{path}: the logo is a JPEG", span, hint)
    return replace(logo, path="logo") if isinstance(logo, Picture) else logo


def _open(shelf: Shelf, folder: Path, path: str, span: Span, limit: int) -> Picture | Diagnostic:
    def fault(code: str, message: str, hint: str) -> Diagnostic:
        return Diagnostic(code, f"{path}: {message}", span, hint)

    match shelf.open(folder / path, limit, within=folder):
        case Refusal(reason=Reason.OUTSIDE):
            message = f"a link leads out of the folder {shelf.display(folder)}"
            return fault("E310", message, "copy the picture into the folder")
        case Refusal(reason=Reason.MISSING):
            return fault("E311", "there is no such picture", _near(shelf, folder, path))
        case Refusal(reason=Reason.TOO_LARGE):
            return fault("E312", f"the file is larger than {limit // 1_000_000} MB", "save it smaller")
        case Refusal(detail=detail):
            return fault("E312", f"the file cannot be read: {detail}", "check that it is a file and may be read")
        case content:
            judged = _judge(content)
    if isinstance(judged, Problem):
        return fault(judged.code, judged.message, judged.hint)
    return Picture(path, judged.media_type, content, judged.width_px, judged.height_px, span=span)


# Pure: the pictures of one leaflet are judged once for all its editions. They may be large, so that few are kept.
@lru_cache(maxsize=24)
def _judge(content: bytes) -> Judged | Problem:
    """By the first bytes: XML is judged as SVG, everything else as a raster."""
    begin = content[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    return judge_svg(content) if begin.startswith((b"<", b"\xff\xfe<", b"\xfe\xff\0<")) else judge_raster(content)


def _near(shelf: Shelf, folder: Path, path: str) -> str:
    places = (folder, folder / "images", (folder / path).parent)
    found: dict[str, None] = {}
    for place in places:
        for name in shelf.names(place, _SUFFIXES)[:200]:
            found[(place / name).relative_to(folder).as_posix()] = None
    return suggest(path, tuple(found)) if found else f"put it at {shelf.display(folder)}/{path}"
