"""EPUB 3.3: one spine document, our own nav, a cover picture, the metadata of EPUB Accessibility 1.1.

metadata -> what the package document says      pages -> the leaflet and the nav as XHTML
pictures -> figures and the logo as parts       style -> the theme as CSS for e-readers
typefaces -> the faces a book carries           tables -> which tables a small screen can show
cover    -> the cover picture                   book  -> the container (ebooklib is met there alone)
structure -> what `validate` looks at
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from leafletpress.diagnostics import Diagnostic
from leafletpress.layout import Context
from leafletpress.model import Edition


@dataclass(frozen=True, slots=True)
class EpubLayout:
    """The layout protocol for EPUB; the modules that cost time to import are imported when they are needed."""

    name: str = "epub"
    suffix: str = "epub"
    media_type: str = "application/epub+zip"
    variants: tuple[str, ...] = ()

    def warm(self, context: Context) -> None:
        """Load the libraries, the templates, the style sheet and the cover's fonts."""
        from . import cover, making, pages, style, typefaces  # noqa: F401, PLC0415  # making: for its imports

        families = typefaces.families("", context.theme)
        style.style_sheet(context.theme, families)
        list(typefaces.parts(families))
        pages.warm()
        cover.warm(context.theme)

    def render(self, edition: Edition, context: Context) -> bytes:
        """The finished EPUB; LayoutError with L505 where a picture, a table or a character has no place in one."""
        from .making import make  # noqa: PLC0415  # see the class

        return make(edition, context)

    def validate(self, content: bytes, *, thorough: bool = True) -> Sequence[Diagnostic]:  # noqa: ARG002  (no slow judge here)
        """V603 findings on the container, the package document, the nav and the XHTML."""
        from .structure import findings  # noqa: PLC0415  # see the class

        return findings(content)


LAYOUT = EpubLayout()
