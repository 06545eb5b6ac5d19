"""The printer: from the model to canonical source text. What it prints reads back as the same model.

A model that the source form cannot say is printed as near as can be: a line break in a title is a blank, steps in a
list item are a numbered list, two lists of facts in a row are one, a value is its variable. A list inside a list has no
place for a condition: those of its items that have none of their own get it.
"""

from __future__ import annotations

from leafletpress.model import Leaflet
from leafletpress.printer.blocks import print_blocks
from leafletpress.printer.front_matter import print_metadata, reprint_matter
from leafletpress.printer.inlines import print_inlines
from leafletpress.reader import read_leaflet, read_shared
from leafletpress.reader.findings import Findings
from leafletpress.reader.source_text import decode, split_front_matter

__all__ = ["print_blocks", "print_inlines", "print_leaflet", "reprint", "reprint_shared"]


def print_leaflet(leaflet: Leaflet) -> str:
    """A leaflet's whole file."""
    return _file(print_metadata(leaflet.meta), print_blocks(leaflet.body))


def reprint(content: bytes, path: str) -> str | None:
    """The canonical text of a leaflet's file, the comments of its front matter kept; None where it has errors.

    Reading the result gives the same leaflet, and reprinting it the same text. `read_leaflet` tells the errors.
    """
    reading = read_leaflet(content, path)
    if reading.leaflet is None or any(found.is_error for found in reading.diagnostics):
        return None
    findings = Findings(path)
    source = split_front_matter(decode(content, findings) or (), findings)
    body = print_blocks(reading.leaflet.body)
    for matter in (reprint_matter(source.matter), "\n".join(line.rstrip() for line in source.matter)):
        text = _file(matter, body)
        if read_leaflet(text.encode(), path).leaflet == reading.leaflet:
            return text
    return print_leaflet(reading.leaflet)


def reprint_shared(content: bytes, path: str) -> str | None:
    """The canonical text of a shared file; None where it has errors, which `read_shared` tells."""
    reading = read_shared(content, path)
    if any(found.is_error for found in reading.diagnostics):
        return None
    return print_blocks(reading.blocks) + "\n"


def _file(matter: str, body: str) -> str:
    return f"---\n{matter}\n---\n" + (f"\n{body}\n" if body else "")
