"""Section: the page's measures, and the head and foot of its first and its other pages."""

from __future__ import annotations

from .carried import Sheet
from .composition import Composition
from .feet import foot, head
from .grid import from_mm
from .house_section import house_setup, house_sheets
from .markup import Element, add, clark

_USES = ("default", "first")


def set_section(to: Composition, base: str) -> None:
    """The section's properties, last in the body: page, margins, head and foot (17.6.17, sectPr)."""
    section = add(to.body, "w:sectPr")
    house = to.foundation.house
    for sheet in house_sheets(to, house, base) if house else _sheets(to, base):
        to.sheets.append(sheet)
        relation = to.relations.to(sheet.kind, f"{sheet.kind}-{sheet.use}.xml")
        add(section, f"w:{sheet.kind}Reference", w_type=sheet.use).set(clark("r:id"), relation)
    if house:
        house_setup(to, house, section)
    else:
        _setup(to, section)


def _sheets(to: Composition, base: str) -> tuple[Sheet, ...]:
    heads = (Sheet("header", use, head(to, first=use == "first")) for use in _USES)
    return (*heads, *(Sheet("footer", use, foot(to, base)) for use in _USES))


def _setup(to: Composition, section: Element) -> None:
    sheet = to.grid
    add(section, "w:pgSz", w=sheet.page_width, h=sheet.page_height)
    add(
        *(section, "w:pgMar"),
        top=sheet.margin,
        right=sheet.margin,
        bottom=sheet.foot,
        left=sheet.margin,
        header=from_mm(9),
        footer=from_mm(10),
        gutter=0,
    )
    add(section, "w:titlePg")
    if to.rtl:
        add(section, "w:bidi")
