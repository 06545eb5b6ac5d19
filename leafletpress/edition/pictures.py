"""Pictures: opens what figures name, from the leaflet's own folder alone, and judges it by its content."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from leafletpress.diagnostics import Diagnostic, suggest
from leafletpress.edition.raster import Judged, Problem, judge_raster
from leafletpress.edition.shelf import Reason, Refusal, Shelf
from leafletpress.edition.svg import judge_svg
from leafletpress.model import Figure, Picture

MAX_BYTES = 10_000_000

_SUFFIXES = (".svg", ".png", ".jpg", ".jpeg")
_NOT_A_PATH = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*:|^//")


def open_picture(shelf: Shelf, folder: Path, figure: Figure) -> Picture | Diagnostic:
    """The picture of a figure in the leaflet's `folder`; E310 outside it, E311 missing, E312 unusable, E313 unsafe."""
    path = figure.picture

    def fault(code: str, message: str, hint: str) -> Diagnostic:
        return Diagnostic(code, f"{path}: {message}", figure.span, hint)

    outside = _leads_out(path)
    if outside:
        name = re.split(r"[\\/]", path)[-1] or "name.svg"
        hint = f"copy the picture into {shelf.display(folder)}/images and write ![…](images/{name})"
        return fault("E310", outside, hint)
    match shelf.open(folder / path, MAX_BYTES, within=folder):
        case Refusal(reason=Reason.OUTSIDE):
            return fault("E310", "a link leads out of the leaflet's folder", "copy the picture into the folder")
        case Refusal(reason=Reason.MISSING):
            return fault("E311", "there is no such picture", _near(shelf, folder, path))
        case Refusal(reason=Reason.TOO_LARGE):
            return fault("E312", f"the file is larger than {MAX_BYTES // 1_000_000} MB", "save it smaller")
        case Refusal(detail=detail):
            return fault("E312", f"the file cannot be read: {detail}", "check that it is a file and may be read")
        case content:
            judged = _judge(content)
    if isinstance(judged, Problem):
        return fault(judged.code, judged.message, judged.hint)
    return Picture(path, judged.media_type, content, judged.width_px, judged.height_px, span=figure.span)


def _judge(content: bytes) -> Judged | Problem:
    """By the first bytes: XML is judged as SVG, everything else as a raster."""
    begin = content[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    return judge_svg(content) if begin.startswith((b"<", b"\xff\xfe<", b"\xfe\xff\0<")) else judge_raster(content)


def _leads_out(path: str) -> str:
    """Why `path` cannot lie in the leaflet's folder; empty where it can."""
    if _NOT_A_PATH.match(path):
        return "pictures are not taken from the web or from a drive"
    if "\\" in path:
        return "the path has a backslash; paths go with forward slashes"
    if path.startswith("/"):
        return "the path begins at the root of the machine, not in the leaflet's folder"
    return "the path leads out of the leaflet's folder" if ".." in PurePosixPath(path).parts else ""


def _near(shelf: Shelf, folder: Path, path: str) -> str:
    places = (folder, folder / "images", (folder / path).parent)
    found: dict[str, None] = {}
    for place in places:
        for name in shelf.names(place, _SUFFIXES)[:200]:
            found[(place / name).relative_to(folder).as_posix()] = None
    return suggest(path, tuple(found)) if found else f"put it at {shelf.display(folder)}/{path}"
