"""Foundation: what a document is built on: our own styles and page, or those of a house's Word template."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field, replace
from functools import lru_cache

from lxml import etree

from leafletpress.layout import Context
from leafletpress.theme import Page, Theme

from .families import TEXT, Part
from .grid import TWIPS_PER_MM
from .house import House, carry, measure, read_house, settings, twips
from .house_numbering import HouseNumbering
from .house_styles import HouseSheet, merge_styles, name_styles
from .markup import Element, clark, root, serialise
from .style_names import StyleNames
from .styles import styles_part
from .template import TemplatePart, settings_part, template

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
_THEME_TYPE = "application/vnd.openxmlformats-officedocument.theme+xml"
# Settings that are the house's, in the order of the schema (ISO/IEC 29500-1, CT_Settings). All others stay behind:
# protection, mail merge, macros' documents, the attached template.
_SETTINGS = (
    *("zoom", "mirrorMargins", "bordersDoNotSurroundHeader", "bordersDoNotSurroundFooter", "gutterAtTop"),
    *("trackRevisions", "defaultTabStop", "autoHyphenation", "evenAndOddHeaders", "characterSpacingControl", "compat"),
    *("themeFontLang", "clrSchemeMapping", "decimalSymbol", "listSeparator"),
)
_OURS_FIRST = frozenset({"zoom", "autoHyphenation", "themeFontLang"})


@dataclass(frozen=True, slots=True)
class Foundation:
    """The theme that measures go by, the parts that no edition changes, and what of them is a house's."""

    theme: Theme
    parts: tuple[TemplatePart, ...]
    names: StyleNames = field(default_factory=StyleNames)
    numbering: HouseNumbering = field(default_factory=HouseNumbering)
    house: House | None = None


def foundation(context: Context, lang: str) -> Foundation:
    """What a document in `lang` is built on; UnsafeFileError where the house's template cannot be used."""
    if context.word_template:
        return _house_foundation(context.word_template, context.theme, lang, ())
    return Foundation(context.theme, template(context.theme, lang))


@lru_cache(maxsize=8)
def _house_foundation(content: bytes, theme: Theme, lang: str, mapping: tuple[tuple[str, str], ...]) -> Foundation:
    """On a template. `mapping` are our names of styles with the house's: none yet, a house has no way to say so."""
    house = read_house(content)
    opened = house.opened
    name = opened.first(opened.main, "styles")
    styles = opened.xml(name) if name else root("w:styles")
    sheet = HouseSheet(styles, etree.fromstring(house.numbering.content))
    body = sheet.find("paragraph", dict(mapping).get(TEXT.style(Part.TEXT), TEXT.style(Part.TEXT)))
    theme = _measured(theme, house, 0 if body is None else sheet.left(body))
    if face := _face(house, styles):
        theme = replace(theme, type=replace(theme.type, family=face))
    ours = etree.fromstring(styles_part(theme, lang))
    names = name_styles(sheet, ours, mapping)
    merged = merge_styles(styles, ours, names, house.numbering.last_instance, lang)
    parts = (
        TemplatePart("word/styles.xml", _TYPE.format("styles"), "styles", merged),
        _theme_part(house) or next(part for part in template(theme, lang) if part.kind == "theme"),
        TemplatePart("word/settings.xml", _TYPE.format("settings"), "settings", _settings(house, lang)),
        *_font_table(house),
    )
    return Foundation(theme, parts, names, house.numbering, house)


def _measured(theme: Theme, house: House, column: int) -> Theme:
    """Our measures on the house's page: text stands where its body text does, headings do not hang."""
    size, margins = house.section.find(clark("w:pgSz")), house.section.find(clark("w:pgMar"))
    assert size is not None
    assert margins is not None
    width = twips(size, "w")
    page = Page(
        width_mm=width / TWIPS_PER_MM,
        height_mm=twips(size, "h") / TWIPS_PER_MM,
        margin_mm=(width - measure(house.section)) / 2 / TWIPS_PER_MM,
        foot_mm=twips(margins, "bottom") / TWIPS_PER_MM,
        side_mm=min(column, measure(house.section) // 3) / TWIPS_PER_MM,
        gap_mm=0,
    )
    return replace(theme, page=page)


def _face(house: House, styles: Element) -> str:
    """The face of the house's text: that of its defaults, or of the theme that they name."""
    fonts = styles.find(f"{clark('w:docDefaults')}/{clark('w:rPrDefault')}/{clark('w:rPr')}/{clark('w:rFonts')}")
    if fonts is None:
        return ""
    if face := fonts.get(clark("w:ascii"), ""):
        return face
    name = house.opened.first(house.opened.main, "theme")
    if not name:
        return ""
    latin = house.opened.xml(name).find(f".//{clark('a:minorFont')}/{clark('a:latin')}")
    return "" if latin is None else latin.get("typeface", "")


def _theme_part(house: House) -> TemplatePart | None:
    name = house.opened.first(house.opened.main, "theme")
    if not name:
        return None
    content, relations = carry(house, name)
    # Pictures lie in word/media, and the theme one folder below its document.
    relations = relations.replace(b'Target="media/', b'Target="../media/')
    return TemplatePart("word/theme/theme1.xml", _THEME_TYPE, "theme", content, relations)


def _font_table(house: House) -> tuple[TemplatePart, ...]:
    """The table of fonts without the fonts themselves: nobody has looked into those."""
    name = house.opened.first(house.opened.main, "fontTable")
    if not name:
        return ()
    tree = house.opened.xml(name)
    for font in tree.iter(clark("w:font")):
        for child in list(font):
            if etree.QName(child).localname.startswith("embed"):
                font.remove(child)
    return (TemplatePart("word/fontTable.xml", _TYPE.format("fontTable"), "fontTable", serialise(tree)),)


def _settings(house: House, lang: str) -> bytes:
    """The house's settings as far as they are about looks, else ours."""
    theirs, ours = settings(house.opened), etree.fromstring(settings_part(lang))
    merged = root("w:settings")
    for name in _SETTINGS:
        order = (ours, theirs) if name in _OURS_FIRST else (theirs, ours)
        found = next((one for tree in order if (one := tree.find(clark(f"w:{name}"))) is not None), None)
        if found is not None:
            merged.append(deepcopy(found))
    return serialise(merged)
