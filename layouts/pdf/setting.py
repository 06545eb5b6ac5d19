"""Setting: from an edition to a finished PDF in one of the variants, or to every reason why not."""

from __future__ import annotations

from dataclasses import astuple, replace
from datetime import date
from functools import lru_cache
from typing import Any

from leafletpress.diagnostics import Diagnostic, LayoutError
from leafletpress.layout import Context, PressProfile
from leafletpress.model import Edition, direction
from leafletpress.model.abridged import abridge
from leafletpress.theme import Theme

from ..shared.flavour import shown_pictures
from ..shared.fonts import missing_glyphs
from . import conformance, findings, weasy
from .colours import Profile, default_profile, profile_fault
from .document import html_document, style_sheet, warm_templates
from .imposition import Imposition
from .press_ready import Job, press_ready
from .sheets import impose
from .variants import BLEED_MM, VARIANTS, Variant

_NO_DAY = date(2000, 1, 1)
"""What a file for a print shop is dated where the leaflet has no date; never the clock's."""
_MOST_SHEETS = 32  # themes of clinics and variants; a parsed style sheet takes about a megabyte


def warm(context: Context) -> None:
    """Import the engine, load fonts, parse the style sheet and the templates."""
    kind = VARIANTS[context.variant]
    warm_templates()
    missing_glyphs("", _families(context.theme))
    _engine(kind.theme(context.theme), kind.layout)


def set_edition(edition: Edition, context: Context) -> bytes:
    """The edition in a variant: PDF/UA-1 and PDF/A-2a, and PDF/X-4 for a print shop.

    LayoutError: L501-L504 for a missing glyph, font or picture, for lost text and text outside its area; L505 for a
    press profile that is none; L510 where the variant holds fewer pages than the text takes.
    """
    kind = VARIANTS[context.variant]
    sheet = kind.theme(context.theme)
    if kind.abridged:
        edition = abridge(edition)
    content, pages = _pages(edition, sheet, kind.layout)
    rtl = direction(edition.leaflet.meta.lang) == "rtl"
    imposition = kind.imposition(sheet, pages, right_to_left=rtl)
    if imposition is not None:
        content = impose(content, imposition, bleed_mm=kind.bleed_mm)
    if kind.press:
        content = press_ready(content, _job(edition, imposition), _profile(context.press_profile))
    return content


# A booklet and its pages, or the handout by its paper's name, are laid out once where they are asked for together.
@lru_cache(maxsize=1)
def _pages(edition: Edition, sheet: Theme, kind: Variant) -> tuple[bytes, int]:
    """The laid-out pages in reading order, as PDF, and how many they are."""
    document = _lay_out(edition, sheet, kind)
    content = weasy.write(document, _identifier(edition, sheet, kind.name), conformance.claim_ua)
    return content, len(document.pages)


def _job(edition: Edition, imposition: Imposition | None) -> Job:
    """What the slug says; ids, because its one face has Latin letters alone."""
    meta = edition.leaflet.meta
    day = meta.reviewed or meta.issued or _NO_DAY
    name = " ".join(filter(None, (meta.reference, meta.id, meta.lang, edition.clinic.id if edition.clinic else "")))
    return Job(meta.title, name, meta.version, day, BLEED_MM, imposition.folds_mm if imposition else ())


def _profile(given: PressProfile | None) -> Profile:
    """The house's profile, or the default; L505 where the house's file is none to print with."""
    if given is None:
        return default_profile()
    if fault := profile_fault(given.content):
        hint = "ask the print shop for the ICC profile that it prints with, or leave 'icc' out of press.yaml"
        _refuse((Diagnostic("L505", f"the press profile '{given.name}' cannot be used: {fault}", hint=hint),))
    return Profile(given.name, given.condition, given.content)


def _lay_out(edition: Edition, sheet: Theme, kind: Variant) -> Any:
    """WeasyPrint's document; a booklet is set once more where its pages do not come out even."""
    engine = _engine(sheet, kind)
    html = html_document(edition, sheet)
    _refuse(findings.glyph_findings(edition, html, _families(sheet)))
    pictures = {path: (picture.media_type, picture.content) for path, picture in shown_pictures(edition).items()}
    document = weasy.lay_out(engine, html, pictures)
    _refuse(_overflow(edition, document, kind))
    if kind.covers and (missing := _missing(kind, len(document.pages))):
        html = html_document(edition, sheet, notes_pages=missing)
        document = weasy.lay_out(engine, html, pictures)
        _refuse(_overflow(edition, document, kind))  # the last panel, with its foot, holds less than the others
    _refuse(findings.lost_findings(html, document) + findings.area_findings(edition, document))
    return document


def _overflow(edition: Edition, document: Any, kind: Variant) -> tuple[Diagnostic, ...]:
    """L510 where the variant holds fewer pages than the text takes."""
    if kind.most_pages is None:
        return ()
    what = f"the {kind.most_pages} panels" if kind.fold else "one side"
    found = findings.overflow_findings(edition, document, kind.most_pages, what)
    if kind.fold and not kind.abridged:
        hint = f"shorten it, or try pdf:{kind.name}-summary, which keeps what helps to act"
        return tuple(replace(one, hint=hint) for one in found)
    return found


def _identifier(edition: Edition, sheet: Theme, variant: str) -> bytes:
    """What tells these pages from all others: leaflet, version, what the edition is for, variant, width."""
    meta = edition.leaflet.meta
    case = astuple(edition.case) if edition.case else ()
    clinic = edition.clinic.id if edition.clinic else ""
    return " ".join(map(str, (meta.id, meta.lang, meta.version, clinic, *case, variant, sheet.page.width_mm))).encode()


def _families(theme: Theme) -> tuple[str, ...]:
    return (theme.type.family, *theme.type.fallbacks)


def _missing(kind: Variant, pages: int) -> int:
    """How many pages a booklet or a folded sheet lacks."""
    return kind.most_pages - pages if kind.most_pages is not None else -pages % 4


@lru_cache(maxsize=_MOST_SHEETS)
def _engine(sheet: Theme, kind: Variant) -> weasy.Engine:
    """The engine of a sheet; those used last are kept."""
    return weasy.start(style_sheet(sheet, kind), _families(sheet))


def _refuse(found: tuple[Diagnostic, ...]) -> None:
    if found:
        raise LayoutError(found)
