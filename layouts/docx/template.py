"""Template: what every file of a theme shares, taken from python-docx's package with its defaults swept out.

The one place where python-docx is met. Its template brings author "python-docx", a date of 2013, American English, a
thumbnail, a stale stylesWithEffects part and some 160 styles: all replaced or removed here. What is kept is its package
(part names, content types, relationships) and its Office theme, which gets the colours and faces of ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lxml import etree

from leafletpress.model import direction
from leafletpress.theme import Theme

from .markup import Element, add, clark, root, serialise
from .styles import font_table, styles_part

_KEPT = ("styles", "theme", "settings", "fontTable")
_THEME_INKS = {
    "dk1": "ink",
    "lt1": "paper",
    "dk2": "accent",
    "lt2": "paper",
    "accent1": "accent",
    "accent2": "red",
    "accent3": "amber",
    "accent4": "green",
    "accent5": "footer",
    "accent6": "rule",
    "hlink": "accent",
    "folHlink": "accent",
}


@dataclass(frozen=True, slots=True)
class TemplatePart:
    """A part that no edition changes."""

    name: str
    content_type: str
    kind: str
    content: bytes
    relations: bytes = b""


@lru_cache(maxsize=16)
def template(theme: Theme, lang: str) -> tuple[TemplatePart, ...]:
    """The shared parts for a theme and a language, in the order of the main part's relationships."""
    import docx  # noqa: PLC0415  (takes 80 ms; only the first leaflet of a process pays it)

    main = docx.Document().part
    parts = {relation.reltype.rpartition("/")[2]: relation.target_part for relation in main.rels.values()}
    contents = {
        "styles": styles_part(theme, lang),
        "theme": _theme_part(parts["theme"], theme),
        "settings": settings_part(lang),
        "fontTable": font_table(theme),
    }
    return tuple(_part(parts[kind], kind, contents[kind]) for kind in _KEPT)


def _part(part: Any, kind: str, content: bytes) -> TemplatePart:
    return TemplatePart(str(part.partname).lstrip("/"), str(part.content_type), kind, content)


def _theme_part(part: Any, theme: Theme) -> bytes:
    """The Office theme in the leaflet's colours and faces, so that an editor's palette shows the house's."""
    tree = etree.fromstring(part.blob)
    tree.set("name", "Leaflet Press")
    colours = _only(tree, "a:clrScheme")
    colours.set("name", "Leaflet Press")
    for slot, ink in _THEME_INKS.items():
        place = _only(tree, f"a:{slot}")
        for child in list(place):
            place.remove(child)
        add(place, "a:srgbClr", val=getattr(theme.colours, ink).lstrip("#").upper())
    _only(tree, "a:fontScheme").set("name", "Leaflet Press")
    for font in ("a:majorFont", "a:minorFont"):
        place = _only(tree, font)
        for child in list(place):
            place.remove(child)
        for script, face in (("latin", theme.type.family), ("ea", ""), ("cs", "")):
            add(place, f"a:{script}", typeface=face)
    return serialise(tree)


def _only(tree: Element, tag: str) -> Element:
    found = next(tree.iter(clark(tag)), None)
    if found is None:
        raise ValueError(f"the theme of python-docx's template holds no {tag}")
    return found


def settings_part(lang: str) -> bytes:
    """Settings: no hyphenation, the layout rules of current Word (17.15.3), the leaflet's language."""
    settings = root("w:settings")
    add(settings, "w:zoom", percent=100)
    add(settings, "w:defaultTabStop", val=720)
    add(settings, "w:autoHyphenation", val=0)
    add(settings, "w:characterSpacingControl", val="doNotCompress")
    compatibility = add(settings, "w:compat")
    office = "http://schemas.microsoft.com/office/word"
    for name, value in (
        ("compatibilityMode", 15),
        ("overrideTableStyleFontSizeAndJustification", 1),
        ("enableOpenTypeFeatures", 1),
        ("doNotFlipMirrorIndents", 1),
        ("differentiateMultirowTableHeaders", 1),
    ):
        add(compatibility, "w:compatSetting", name=name, uri=office, val=value)
    rtl = direction(lang) == "rtl"
    add(settings, "w:themeFontLang", **({"val": "en-GB", "bidi": lang} if rtl else {"val": lang}))
    add(settings, "w:decimalSymbol", val=".")
    add(settings, "w:listSeparator", val=",")
    return serialise(settings)
