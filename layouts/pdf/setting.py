"""Setting: from an edition to a finished PDF in one of the variants, or to every reason why not."""

from __future__ import annotations

from dataclasses import astuple
from functools import lru_cache
from typing import Any

from leafletpress.diagnostics import Diagnostic, LayoutError
from leafletpress.model import Edition
from leafletpress.model.abridged import abridge
from leafletpress.theme import Theme

from ..shared.flavour import shown_pictures
from ..shared.fonts import missing_glyphs
from . import conformance, findings, weasy
from .document import html_document, style_sheet, warm_templates
from .variants import VARIANTS, Variant

_MOST_SHEETS = 32  # themes of clinics and variants; a parsed style sheet takes about a megabyte


def warm(theme: Theme, variant: str) -> None:
    """Import the engine, load fonts, parse the style sheet and the templates."""
    kind = VARIANTS[variant]
    warm_templates()
    missing_glyphs("", _families(theme))
    _engine(kind.theme(theme), kind)


def set_edition(edition: Edition, theme: Theme, variant: str) -> bytes:
    """The edition in a variant, PDF/UA-1 and PDF/A-2a.

    LayoutError: L501-L504 for a missing glyph, font or picture, for lost text and text outside its area; L510 where
    the variant holds fewer pages than the text takes.
    """
    kind = VARIANTS[variant]
    sheet = kind.theme(theme)
    if kind.abridged:
        edition = abridge(edition)
    document = _lay_out(edition, sheet, kind)
    return weasy.write(document, _identifier(edition, variant), conformance.claim_ua)


def _lay_out(edition: Edition, sheet: Theme, kind: Variant) -> Any:
    """WeasyPrint's document; a booklet is set once more where its pages do not come out even."""
    engine = _engine(sheet, kind)
    html = html_document(edition, sheet)
    _refuse(findings.glyph_findings(edition, html, _families(sheet)))
    pictures = {path: (picture.media_type, picture.content) for path, picture in shown_pictures(edition).items()}
    document = weasy.lay_out(engine, html, pictures)
    if kind.most_pages is not None:
        _refuse(findings.overflow_findings(edition, document, kind.most_pages))
    if kind.covers and (missing := _missing(kind, len(document.pages))):
        html = html_document(edition, sheet, notes_pages=missing)
        document = weasy.lay_out(engine, html, pictures)
    _refuse(findings.lost_findings(html, document) + findings.area_findings(edition, document))
    return document


def _identifier(edition: Edition, variant: str) -> bytes:
    """What tells this file from every other: the leaflet, its version, what the edition is for, and the variant."""
    meta = edition.leaflet.meta
    case = astuple(edition.case) if edition.case else ()
    clinic = edition.clinic.id if edition.clinic else ""
    return " ".join(map(str, (meta.id, meta.lang, meta.version, clinic, *case, variant))).encode()


def _families(theme: Theme) -> tuple[str, ...]:
    return (theme.type.family, *theme.type.fallbacks)


def _missing(kind: Variant, pages: int) -> int:
    """How many pages a booklet or a folded sheet lacks."""
    return kind.most_pages - pages if kind.most_pages is not None else -pages % 4


@lru_cache(maxsize=_MOST_SHEETS)
def _engine(sheet: Theme, kind: Variant) -> weasy.Engine:
    """The engine of a sheet; those used last are kept."""
    panels = kind.panels(sheet)
    widths = panels.page_widths_mm if panels else ()
    return weasy.start(style_sheet(sheet, covers=kind.covers, panels=widths), _families(sheet))


def _refuse(found: tuple[Diagnostic, ...]) -> None:
    if found:
        raise LayoutError(found)
