"""Dates as a language writes them: 1 March 2026, 1 marca 2026."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from leafletpress.model.languages import fallbacks


@lru_cache(maxsize=64)
def _locale(lang: str) -> Locale | None:
    for tag in fallbacks(lang):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return None


def long_date(day: date, lang: str) -> str:
    """`day` in the long form of the language (CLDR); as 2026-03-01 where CLDR does not know the language."""
    locale = _locale(lang)
    return day.isoformat() if locale is None else format_date(day, format="long", locale=locale)
