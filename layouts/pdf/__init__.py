"""PDF: an A4 handout for duplex printing that is PDF/UA-1 and PDF/A-2a at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from leafletpress.diagnostics import Diagnostic, LayoutError
from leafletpress.layout import Context
from leafletpress.model import Edition
from leafletpress.theme import Theme

from ..shared.fonts import missing_glyphs
from . import conformance, findings, weasy
from .document import html_document, style_sheet, warm_templates


class PdfLayout:
    """The PDF adapter; the protocol is `leafletpress.layout.Layout`."""

    name = "pdf"
    suffix = "pdf"
    media_type = "application/pdf"
    variants: tuple[str, ...] = ()

    def warm(self, context: Context) -> None:
        """Import the engine, load fonts, parse the style sheet and the templates."""
        warm_templates()
        missing_glyphs("", _families(context.theme))
        _engine(context.theme)

    def render(self, edition: Edition, context: Context) -> bytes:
        """The handout. LayoutError L501-L504 for a missing glyph, font or picture and for text outside its area."""
        engine = _engine(context.theme)
        html = html_document(edition, context.theme)
        _refuse(findings.glyph_findings(edition, html, _families(context.theme)))
        pictures = {picture.path: (picture.media_type, picture.content) for picture in edition.pictures}
        document = weasy.lay_out(engine, html, pictures)
        _refuse(findings.lost_findings(html, document) + findings.area_findings(edition, document))
        meta = edition.leaflet.meta
        identifier = f"{meta.id} {meta.lang} {meta.version} {edition.clinic.id if edition.clinic else ''}".encode()
        return weasy.write(document, identifier, conformance.claim_ua)

    def validate(self, content: bytes, *, thorough: bool = True) -> Sequence[Diagnostic]:  # noqa: ARG002  (no slow judge here)
        """PDF/UA-1 and PDF/A-2a."""
        return conformance.judge(content)


def _families(theme: Theme) -> tuple[str, ...]:
    return (theme.type.family, *theme.type.fallbacks)


@cache
def _engine(theme: Theme) -> weasy.Engine:
    """The engine of a theme; kept for the life of the process."""
    return weasy.start(style_sheet(theme), _families(theme))


def _refuse(found: tuple[Diagnostic, ...]) -> None:
    if found:
        raise LayoutError(found)


LAYOUT = PdfLayout()
