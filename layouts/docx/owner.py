"""Owner: whose leaflet it is, above everything else: the clinic's logo with its name to the side."""

from __future__ import annotations

from leafletpress.model import Value

from .composition import Composition
from .grid import from_mm
from .leaves import properties
from .markup import add, put
from .pictures import set_logo
from .runs import set_inlines, set_tab

STYLE = "Owner"
_GAP = from_mm(4)


def set_owner(to: Composition) -> None:
    """The first line of the masthead. A name too long for its line goes on beside the logo, not below it."""
    paragraph = to.paragraph(to.body, STYLE)
    number = to.mark(paragraph)
    logo = to.edition.logo
    if logo and (width := set_logo(to, paragraph, logo)):
        words = width + _GAP
        add(put(properties(paragraph), "w:tabs"), "w:tab", val="left", pos=words)
        put(properties(paragraph), "w:ind", left=words, hanging=words)
        set_tab(paragraph)
    set_inlines(to, paragraph, (owner(to),))
    to.close(paragraph, number)


def owner(to: Composition) -> Value:
    """The clinic's name as a value, so that it changes here where it is changed elsewhere."""
    return Value("clinic.name", to.edition.owner)
