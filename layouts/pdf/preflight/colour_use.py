"""Colours that a printing press can print: four inks, black text in black alone, nothing that vanishes or piles up."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from math import inf

from .colours import PROCESS, Colour, Family, Space, inner
from .demands import Demands, Purpose
from .faults import Fault
from .geometry import meet
from .marks import Area, Drawn, Line, Mark, Photo, Shade, Words
from .objects import identity
from .sheets import Sheet

_READING_PT = 14.0
_FULL, _TRACE = 0.6, 0.05
_BENEATH = 100  # coloured fields of a page that are looked for under black text

_CONVERT = (
    "ask whoever made the PDF to export it with all colours converted to CMYK by the print shop's profile, and look at "
    "a proof: bright screen colours get duller"
)


def colour_faults(sheet: Sheet, drawn: Drawn, demands: Demands) -> Iterator[Fault]:
    """F850-F858 for one page of a print-shop file."""
    if demands.purpose is not Purpose.PRINT_SHOP:
        return
    for space in drawn.blends:
        if inner(space).family is Family.RGB:
            words = "see-through parts of the page are mixed in RGB, the colours of screens"
            yield Fault("F854", words, "ask for an export with a CMYK 'transparency blend space'", sheet)
    for mark in drawn.marks:
        if meet(mark.box, sheet.trim) is None:  # the slug is cut off
            continue
        yield from _spaces(sheet, mark)
        if not isinstance(mark, Photo | Shade):
            yield from _overprints(sheet, mark)
    yield from _black_text(sheet, drawn)


def colours_of(mark: Mark) -> Iterator[tuple[Space, tuple[Colour, ...]]]:
    """The spaces and colours of a mark; pictures have a space alone."""
    match mark:
        case Shade(space=space, colours=colours):
            yield space, colours
        case Photo(space=Space() as space):
            yield space, ()
        case _:
            yield mark.paint.colour.space, (mark.paint.colour,)


def _what(mark: Mark) -> str:
    match mark:
        case Words():
            return "text"
        case Area():
            return "a coloured area"
        case Line():
            return "a line"
        case Photo():
            return "a picture"
        case Shade():
            return "a gradient"


def _spaces(sheet: Sheet, mark: Mark) -> Iterator[Fault]:
    for space, _ in colours_of(mark):
        actual, photo = inner(space), isinstance(mark, Photo) and mark.space is not None
        key: Hashable = identity(mark.stream) if isinstance(mark, Photo) and photo and not mark.inline else _what(mark)
        place = (sheet, mark.box, key)
        match actual.family:
            case Family.RGB if actual.device and photo:
                yield Fault(
                    "F851", "a picture is in RGB, the colours of screens, not of printing inks", _CONVERT, *place
                )
            case Family.RGB if actual.device:
                words = f"{_what(mark)} is in RGB, the colours of screens, not of printing inks"
                yield Fault("F850", words, _CONVERT, *place)
            case Family.RGB | Family.LAB:
                words = (
                    f"{_what(mark)} is in {actual.family.value} with a profile of its own; the print shop converts it"
                )
                hint = "ask the print shop whether they convert colours with profiles, or have it exported in CMYK"
                yield Fault("F852", words, hint, *place)
            case Family.SPOT:
                yield from _spots(sheet, mark, actual)
            case _:
                pass


def _spots(sheet: Sheet, mark: Mark, space: Space) -> Iterator[Fault]:
    for ink in space.inks:
        if ink == "All":
            words = f"{_what(mark)} is in the registration colour, which prints on every plate at once"
            hint = "use black (100 % K) on the page; the registration colour is for crop marks outside the page alone"
            yield Fault("F858", words, hint, sheet, mark.box)
        elif ink not in PROCESS | {"None"}:
            words = f"the spot colour '{ink}' needs an ink of its own, beside the four usual ones"
            hint = "if it was not ordered, have it converted to CMYK; if it was, name it to the print shop"
            yield Fault("F853", words, hint, sheet, mark.box, key=ink)


def _overprints(sheet: Sheet, mark: Words | Area | Line) -> Iterator[Fault]:
    """White that prints over what is beneath it leaves it as it is, so that what is white is not there."""
    paint = mark.paint
    family = paint.colour.space.family
    vanishes = paint.overprint and ((family is Family.CMYK and paint.keeps_zero) or family is Family.SPOT)
    if vanishes and paint.colour.is_paper and (not isinstance(mark, Words) or mark.seen):
        words = f"{_what(mark)} is white and set to overprint: it will not be there in print"
        yield Fault(
            "F857", words, "switch 'overprint' off for everything that is white", sheet, mark.box, key=_what(mark)
        )


def _black_text(sheet: Sheet, drawn: Drawn) -> Iterator[Fault]:
    fields: list[Mark] = []
    for mark in drawn.marks:
        if isinstance(mark, Words):
            if mark.seen:
                yield from _black(sheet, mark, fields)
        elif _covers(mark) and len(fields) < _BENEATH:
            fields.append(mark)


def _covers(mark: Mark) -> bool:
    return isinstance(mark, Photo | Shade) or (
        isinstance(mark, Area) and mark.thin_pt == inf and not mark.paint.colour.is_paper
    )


def _black(sheet: Sheet, mark: Words, fields: list[Mark]) -> Iterator[Fault]:
    colour = mark.paint.colour
    if colour.space.family is not Family.CMYK or len(colour.values) != 4:
        return
    cyan, magenta, yellow, black = colour.values
    others = max(cyan, magenta, yellow)
    dark = black >= _FULL or min(cyan, magenta, yellow) >= _FULL
    if dark and others > _TRACE and mark.size_pt < _READING_PT:
        inks = " ".join(f"{100 * value:.0f}" for value in colour.values)
        words = f"dark text is mixed of several inks (C M Y K {inks}): small letters will print fuzzy"
        hint = "set text in 100 % black alone (0 0 0 100)"
        yield Fault("F855", words, hint, sheet, mark.box, key=colour.values)
    elif black >= 0.999 and others <= 0.001 and not mark.paint.overprint and _over(mark, fields):
        words = "black text on a coloured ground does not overprint: thin white edges can show round the letters"
        yield Fault("F856", words, "set black text to overprint, or ask the print shop to do it", sheet, mark.box)


def _over(mark: Words, fields: list[Mark]) -> bool:
    return any(meet(field.box, mark.box) is not None for field in fields)
