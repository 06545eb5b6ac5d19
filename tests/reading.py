"""What a finished file says, read back by other people's libraries: words in reading order."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from typing import Any

import pdfplumber

from leafletpress.reading_order import words

_LINE_END = "\u2028"
_BLOCKS = {"P", "H1", "H2", "H3", "H4", "H5", "H6", "Lbl", "LBody", "LI", "TH", "TD", "Caption", "Figure"}
_BLOCKS |= {"Div", "Sect"}


def pdf_text(content: bytes) -> str:
    """The text of a PDF in the order of its tag tree; each line and each block ends with a line separator.

    List labels, contents lists and artifacts are left out; ActualText stands for what it replaces.
    """
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        characters: dict[tuple[int, int], list[dict[str, Any]]] = {}
        for page in pdf.pages:
            for character in page.chars:
                if character.get("mcid") is not None:
                    characters.setdefault((page.page_number, character["mcid"]), []).append(character)
        pieces: list[str] = []
        last: dict[str, Any] | None = None
        for piece, first_character, last_character in _pieces(pdf.structure_tree, characters, None, None):
            if first_character is None:
                pieces.append(_LINE_END)
                continue
            if last is not None and abs(first_character["bottom"] - last["bottom"]) > 0.7 * last["size"]:
                pieces.append(_LINE_END)
            pieces.append(piece)
            last = last_character
    return "".join(pieces)


def _pieces(
    elements: list[dict[str, Any]],
    characters: dict[tuple[int, int], list[dict[str, Any]]],
    page: int | None,
    numbering: str | None,
) -> Iterator[tuple[str, dict[str, Any] | None, dict[str, Any] | None]]:
    for element in elements:
        kind = element["type"]
        kids = element.get("children", [])
        if kind == "TOC" or any(kid["type"] == "TOC" for kid in kids):
            continue
        if kind == "Lbl" and numbering not in (None, "None"):
            continue
        if kind == "Figure":  # lettering inside a picture is the picture's: its words are the text alternative
            kids = [kid for kid in kids if kid["type"] == "Caption"]
        if kind == "L":
            numbering = str(element.get("attributes", {}).get("ListNumbering", "Disc")).strip("/")
        page = element.get("page_number", page)
        if kind in _BLOCKS:
            yield "", None, None
        runs = [characters[page, mcid] for mcid in element.get("mcids", []) if (page, mcid) in characters]
        if runs and "actual_text" in element:
            yield element["actual_text"], runs[0][0], runs[-1][-1]
        else:
            for run in runs:
                yield "".join(character["text"] for character in run), run[0], run[-1]
        yield from _pieces(kids, characters, page, numbering)
        if kind in _BLOCKS:
            yield "", None, None


def pdf_words(content: bytes, expected: list[str]) -> list[str]:
    """The words of a PDF. A word that a line end cut in two is joined where that gives the next expected word."""
    cut: list[tuple[str, bool]] = []
    for line in unicodedata.normalize("NFKC", pdf_text(content).replace(_LINE_END, "\n")).split("\n"):
        cut += [(word, number == 0) for number, word in enumerate(words(line))]
    found: list[str] = []
    for word, begins_line in cut:
        wanted = expected[len(found) - 1] if found and len(found) <= len(expected) else None
        if begins_line and found and found[-1] != wanted and str(wanted).startswith(found[-1] + word):
            found[-1] += word
        else:
            found.append(word)
    return found
