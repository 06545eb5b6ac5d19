"""Beginning: the files of a first leaflet, and of a project where there is none yet."""

from __future__ import annotations

import re
from datetime import date
from importlib.resources import files
from pathlib import Path

from leafletpress.diagnostics import Diagnostic, LeafletPressError
from leafletpress.model import Span
from leafletpress.press.stock import HOUSE_FILE, find_root
from leafletpress.press.writing import refused, write_whole

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_NOT_ID = re.compile(r"[^a-z0-9]+")
_LONGEST_ID = 80


def begin(folder: Path, leaflet: str, title: str | None = None) -> tuple[str, ...]:
    """Make source/leaflets/<id>/en-GB.md, and source/press.yaml where no project is found; the paths made.

    LeafletPressError: P403 (exit 2) for an id that cannot be one, P405 (exit 2) where the leaflet exists,
    W701 (exit 3) where a file cannot be written.
    """
    if not _ID.match(leaflet) or len(leaflet) > _LONGEST_ID:
        better = _NOT_ID.sub("-", leaflet.lower()).strip("-")[:_LONGEST_ID].strip("-") or "my-leaflet"
        hint = f"use lower-case letters, digits and single hyphens, for example '{better}'"
        raise LeafletPressError(Diagnostic("P403", f"'{leaflet}' cannot be the id of a leaflet", hint=hint), 2)
    root = find_root(folder)
    place = (root or folder.resolve()) / "source" / "leaflets" / leaflet
    if place.exists():
        hint = "edit it, or choose another id"
        shown = f"source/leaflets/{leaflet}"
        raise LeafletPressError(Diagnostic("P405", f"the leaflet '{leaflet}' exists already", Span(shown), hint), 2)
    made = [] if root else [_write(folder.resolve() / HOUSE_FILE, HOUSE_FILE, _pattern("press.yaml"))]
    words = (title or leaflet.replace("-", " ").capitalize()).strip()
    today = date.today().isoformat()  # noqa: DTZ011  (the day where the writer sits)
    text = _pattern("leaflet.md").replace("@id@", leaflet).replace("@today@", today)
    text = text.replace("@title@", _quoted(words))
    shown = f"source/leaflets/{leaflet}/en-GB.md"
    return (*made, _write(place / "en-GB.md", shown, _canonical(text, shown)))


def _pattern(name: str) -> str:
    return (files("leafletpress") / "patterns" / name).read_text("utf-8")


def _quoted(words: str) -> str:
    """The words as a double-quoted YAML scalar (YAML 1.2.2, section 7.3.1)."""
    return '"' + " ".join(words.split()).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _canonical(text: str, shown: str) -> str:
    """As `fmt` would leave it, whatever the title."""
    from leafletpress.printer import reprint  # noqa: PLC0415 - a fifth of a second that other verbs do not pay

    return reprint(text.encode("utf-8"), shown) or text


def _write(path: Path, shown: str, text: str) -> str:
    try:
        write_whole(path, text.encode("utf-8"))
    except OSError as error:
        raise LeafletPressError(refused(shown, error), 3) from error
    return shown
