"""What differs between the HTML of the PDF and that of the EPUB."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from markupsafe import Markup

from leafletpress.model import Edition, Picture

LOGO_PATH = "/logo"
"""What a flavour is asked for as the clinic's logo. No figure has this path: theirs are relative."""


@dataclass(frozen=True, slots=True)
class Flavour:
    """Where a picture is found by its path (the logo by `LOGO_PATH`), and what the format wants of the text.

    `contents`: a contents list stands in the text. `section_class`: a class for a top section by its title (the PDF
    reserves height for hanging headings). `notes`: the glossary's entries are notes; the first use of a word leads to
    its entry, and the entry back to it. `interleaf`: HTML without words that stands before the imprint.
    """

    picture_url: Callable[[str], str]
    contents: bool = False
    section_class: Callable[[str], str] = lambda _: ""
    notes: bool = False
    interleaf: Markup = field(default_factory=Markup)


def shown_pictures(edition: Edition) -> dict[str, Picture]:
    """The pictures of an edition by the paths that a flavour is asked for: of its figures, and its logo."""
    pictures = {picture.path: picture for picture in edition.pictures}
    return pictures | ({LOGO_PATH: edition.logo} if edition.logo else {})
