"""The theme as CSS for e-readers.

Readers choose the size, the ink and the paper, may put a font of their own in place of ours, and at night they drop
every background and colour. So there is no text colour and no background here at all: a callout is told by its frame,
its heavy edge and its words, frames without a meaning of their own take the colour of the text, and where a reader
says that its page is dark the coloured edges are lightened.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from string import Template

from leafletpress.theme import Theme

from .typefaces import WEIGHTS, file_name

_MOST_SHEETS = 64  # clinics with colours of their own, in two scripts
_INKS = ("accent", "red", "amber", "green")
_LIGHTER = 0.5


@lru_cache(maxsize=_MOST_SHEETS)
def style_sheet(theme: Theme, families: tuple[str, ...]) -> bytes:
    """The style sheet of that theme, UTF-8; `families` are those whose faces the book carries."""
    type_ = theme.type
    tokens: dict[str, object] = {
        "faces": "\n".join(_face(name, weight) for name in families for weight in WEIGHTS),
        "families": ", ".join(f'"{name}"' for name in families),
        "leading": type_.leading,
        # A title of its printed size would fill a small screen: halfway between it and the text, as a ratio.
        "title": _em((type_.title_pt / type_.body_pt) ** 0.5),
        "standfirst": _em(type_.standfirst_pt / type_.body_pt),
        "section": _em(type_.section_pt / type_.body_pt),
        "subsection": _em(type_.subsection_pt / type_.body_pt),
        "rule": theme.colours.rule,
        "highlight": theme.colours.highlight,
    }
    for ink in _INKS:
        colour = getattr(theme.colours, ink)
        tokens[ink] = colour
        tokens[f"{ink}_on_dark"] = _lighter(colour)
    template = (files(__package__ or "") / "templates" / "style.css").read_text(encoding="utf-8")
    return Template(template).substitute(tokens).encode()


def _face(name: str, weight: str) -> str:
    source = f'url("{file_name(name, weight)}")'
    return f'@font-face {{ font-family: "{name}"; font-weight: {WEIGHTS[weight]}; font-style: normal; src: {source}; }}'


def _em(ratio: float) -> str:
    return f"{ratio:.3g}em"


def _lighter(colour: str) -> str:
    """Half way to white."""
    channels = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(channel + (255 - channel) * _LIGHTER):02x}" for channel in channels)
