"""Styles: the style sheet as the part Word reads, and the fonts it names."""

from __future__ import annotations

from functools import cache

from leafletpress.model import direction
from leafletpress.theme import Theme

from .families import style_id
from .grid import from_pt
from .markup import Element, add, clark, root, serialise
from .style_forms import CharacterStyle, ParagraphStyle, Rule, character_styles
from .style_sheet import paragraph_styles

TABLE = "Leaflet Table"
# Of a style that the gallery does not show (17.7.4.19, uiPriority).
_HIDDEN = 99


def _hex(colour: str) -> str:
    return colour.lstrip("#").upper()


@cache
def styles_part(theme: Theme, lang: str) -> bytes:
    """word/styles.xml for a theme and the language of the leaflet."""
    styles = root("w:styles")
    rtl = direction(lang) == "rtl"
    _defaults(styles, theme, lang, rtl=rtl)
    # Styles of other vocabularies stay out of the gallery, so that an editor sees the leaflet's own.
    add(
        *(styles, "w:latentStyles"),
        defLockedState=0,
        defUIPriority=99,
        defSemiHidden=1,
        defUnhideWhenUsed=1,
        defQFormat=0,
        count=376,
    )
    _basics(styles, rtl=rtl)
    sheet = paragraph_styles(theme).values()
    for place, style in enumerate(sheet):
        # The gallery sorts by priority, 0 to 99 (17.7.4.19), and by name where priorities agree.
        _paragraph(styles, style, 1 + place * 78 // len(sheet), rtl=rtl)
    for character in character_styles(theme):
        _character(styles, character)
    _table(styles, theme)
    return serialise(styles)


def _defaults(styles: Element, theme: Theme, lang: str, *, rtl: bool) -> None:
    defaults = add(styles, "w:docDefaults")
    run = add(add(defaults, "w:rPrDefault"), "w:rPr")
    face, complex_face = theme.type.family, (theme.type.fallbacks or (theme.type.family,))[-1]
    add(run, "w:rFonts", ascii=face, hAnsi=face, eastAsia=face, cs=complex_face)
    add(run, "w:color", val=_hex(theme.colours.ink))
    _size(run, theme.type.body_pt)
    add(run, "w:lang", val="en-GB" if rtl else lang, eastAsia=lang, bidi=lang if rtl else "ar-SA")
    paragraph = add(add(defaults, "w:pPrDefault"), "w:pPr")
    line = from_pt(theme.type.body_pt * theme.type.leading)
    add(paragraph, "w:spacing", before=0, after=0, line=line, lineRule="atLeast")


def _basics(styles: Element, *, rtl: bool) -> None:
    """The four styles that every document is built on (ISO/IEC 29500-1, 17.7.4)."""
    normal = _style(styles, "paragraph", "Normal", 0)
    properties = add(normal, "w:pPr")
    add(properties, "w:widowControl")
    add(properties, "w:suppressAutoHyphens")
    if rtl:
        add(properties, "w:bidi")
    _style(styles, "character", "Default Paragraph Font")
    table = _style(styles, "table", "Normal Table")
    table_properties = add(table, "w:tblPr")
    add(table_properties, "w:tblInd", w=0, type="dxa")
    margins = add(table_properties, "w:tblCellMar")
    for side, width in (("top", 0), ("left", 108), ("bottom", 0), ("right", 108)):
        add(margins, f"w:{side}", w=width, type="dxa")
    _style(styles, "numbering", "No List")


def _style(
    styles: Element, kind: str, name: str, rank: int = _HIDDEN, relatives: tuple[str, str] = ("", "")
) -> Element:
    """A style with its head; `relatives` are the style it is based on and the one that follows it."""
    style = add(styles, "w:style", type=kind, styleId=style_id(name))
    if name in _DEFAULTS:
        style.set(clark("w:default"), "1")
    elif name not in _BUILT_IN:
        style.set(clark("w:customStyle"), "1")
    add(style, "w:name", val=name)
    for tag, relative in zip(("w:basedOn", "w:next"), relatives, strict=True):
        if relative:
            add(style, tag, val=style_id(relative))
    add(style, "w:uiPriority", val=rank)
    if rank < _HIDDEN:
        add(style, "w:qFormat")
    elif name in _DEFAULTS:
        add(style, "w:semiHidden")
        add(style, "w:unhideWhenUsed")
    return style


_DEFAULTS = frozenset({"Normal", "Default Paragraph Font", "Normal Table", "No List"})
# Names that word processors know: these are not "custom" (and may be shown translated).
_BUILT_IN = frozenset(
    {
        *("Title", "Subtitle", "heading 1", "heading 2", "heading 3", "Body Text", "caption", "header", "footer"),
        *("List Bullet", "List Bullet 2", "List Bullet 3", "List Number", "List Number 2", "List Number 3"),
        *("List Continue", "List Continue 2", "List Continue 3", "toc 1", "TOC Heading", "Strong", "Hyperlink"),
        *("Placeholder Text", "Page Number"),
    }
)


def _paragraph(styles: Element, style: ParagraphStyle, rank: int, *, rtl: bool) -> None:
    rank = rank if style.gallery else _HIDDEN
    element = _style(styles, "paragraph", style.name, rank, ("Normal", style.following or style.name))
    properties = add(element, "w:pPr")
    if style.keep_next:
        add(properties, "w:keepNext")
    if style.keep_lines:
        add(properties, "w:keepLines")
    if style.numbering:
        instance, level = style.numbering
        numbering = add(properties, "w:numPr")
        if level:
            add(numbering, "w:ilvl", val=level)
        add(numbering, "w:numId", val=instance)
    _rules(properties, style.rules, rtl=rtl)
    if style.fill:
        add(properties, "w:shd", val="clear", color="auto", fill=_hex(style.fill))
    if style.stops:
        stops = add(properties, "w:tabs")
        for kind, position in style.stops:
            add(stops, "w:tab", val=kind, pos=position)
    _spacing(properties, style)
    if style.left or style.right or style.hanging:
        add(properties, "w:ind", left=style.left, right=style.right, hanging=style.hanging)
    if style.centred:
        add(properties, "w:jc", val="center")
    if style.raised:
        add(properties, "w:textAlignment", val="center")
    if style.outline is not None:
        add(properties, "w:outlineLvl", val=style.outline)
    _run(element, bold=style.bold, colour=style.colour, size_pt=style.size_pt)


def _rules(properties: Element, rules: tuple[Rule, ...], *, rtl: bool) -> None:
    if not rules:
        return
    mirrored = {"left": "right", "right": "left"} if rtl else {}
    sides = {mirrored.get(rule.side, rule.side): rule for rule in rules}
    borders = add(properties, "w:pBdr")
    for side in ("top", "left", "bottom", "right", "between"):
        if rule := sides.get(side):
            eighths, space = round(rule.weight_pt * 8), round(rule.space_pt)
            add(borders, f"w:{side}", val="single", sz=eighths, space=space, color=_hex(rule.colour))


def _spacing(properties: Element, style: ParagraphStyle) -> None:
    values: dict[str, str | int] = {"before": style.before, "after": style.after}
    if style.line:
        values |= {"line": style.line, "lineRule": "exact" if style.exact else "atLeast"}
    add(properties, "w:spacing", **values)


def _run(style: Element, *, bold: bool, colour: str, size_pt: float, underline: str = "") -> None:
    if not (bold or colour or size_pt or underline):
        return
    run = add(style, "w:rPr")
    if bold:
        add(run, "w:b")
        add(run, "w:bCs")
    if colour:
        add(run, "w:color", val=_hex(colour))
    if size_pt:
        _size(run, size_pt)
    if underline:
        add(run, "w:u", val=underline)


def _size(run: Element, points: float) -> None:
    add(run, "w:sz", val=round(points * 2))
    add(run, "w:szCs", val=round(points * 2))


def _character(styles: Element, style: CharacterStyle) -> None:
    element = _style(styles, "character", style.name, 90, (style.based_on, ""))
    _run(element, bold=style.bold, colour=style.colour, size_pt=style.size_pt, underline=style.underline)


def _table(styles: Element, theme: Theme) -> None:
    """Rules between rows, a heavier one under the header; the first column is bold where it holds row headers."""
    ink, rule = _hex(theme.colours.accent), _hex(theme.colours.rule)
    style = _style(styles, "table", TABLE, 80, ("Normal Table", ""))
    borders = add(add(style, "w:tblPr"), "w:tblBorders")
    add(borders, "w:top", val="single", sz=12, space=0, color=ink)
    add(borders, "w:bottom", val="single", sz=4, space=0, color=rule)
    add(borders, "w:insideH", val="single", sz=4, space=0, color=rule)
    header = add(style, "w:tblStylePr", type="firstRow")
    _bold(header)
    cell = add(add(header, "w:tcPr"), "w:tcBorders")
    add(cell, "w:bottom", val="single", sz=8, space=0, color=ink)
    _bold(add(style, "w:tblStylePr", type="firstCol"))


def _bold(style: Element) -> None:
    run = add(style, "w:rPr")
    add(run, "w:b")
    add(run, "w:bCs")


@cache
def font_table(theme: Theme) -> bytes:
    """word/fontTable.xml: where an editor's machine lacks a face, the alternative is a plain sans serif."""
    fonts = root("w:fonts")
    for face in dict.fromkeys((theme.type.family, *theme.type.fallbacks)):
        font = add(fonts, "w:font", name=face)
        add(font, "w:altName", val="Arial" if "Arabic" in face else "Verdana")
        add(font, "w:charset", val="00")
        add(font, "w:family", val="swiss")
        add(font, "w:pitch", val="variable")
    return serialise(fonts)
