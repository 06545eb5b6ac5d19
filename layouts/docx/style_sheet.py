"""The style sheet: every paragraph style a leaflet has, named in the trade's words, with its values from the theme."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from leafletpress.theme import Theme

from .families import FAMILIES, FRAMES, NUMBERED, STYLED_LEVELS, TEXT, Family, Part
from .grid import FINE_PT, HEAVY_PT, PAD_LEFT_PT, PAD_RIGHT_PT, Grid, from_mm, from_pt, grid
from .numbering import REFERENCES, definition_id, edge, indent, reference_instance
from .style_forms import ParagraphStyle, Rule


@cache
def paragraph_styles(theme: Theme) -> dict[str, ParagraphStyle]:
    """Every paragraph style by name, in the order of the gallery."""
    styles = (
        *_masthead(theme),
        *_headings(theme),
        *(style for family in FAMILIES for style in _family(theme, family)),
        *_evidence(theme),
        *_fields(theme),
        *_back(theme),
        *_page(theme),
    )
    return {style.name: style for style in styles}


def _masthead(theme: Theme) -> tuple[ParagraphStyle, ...]:
    colours, sizes = theme.colours, theme.type
    bar = Rule("top", 6, 9, colours.accent)
    notice = ParagraphStyle("Draft Notice", "Title", 12, bold=True, colour=colours.red, before=60, keep_next=True)
    return (
        ParagraphStyle(
            *("Owner", "Leaflet Kind", sizes.standfirst_pt),
            bold=True,
            colour=colours.accent,
            after=from_mm(4),
            rules=(bar,),
            raised=True,
            keep_next=True,
        ),
        ParagraphStyle("Leaflet Kind", "Title", 11, bold=True, colour=colours.amber, rules=(bar,), keep_next=True),
        notice,
        replace(notice, name="Overdue Notice", colour=colours.amber),
        ParagraphStyle(
            *("Title", "Subtitle", sizes.title_pt),
            bold=True,
            colour=colours.accent,
            before=40,
            after=80,
            line=from_pt(sizes.title_pt * 1.1),
            keep_next=True,
        ),
        ParagraphStyle(
            "Subtitle", "Body Text", sizes.standfirst_pt, after=360, line=from_pt(sizes.standfirst_pt * 1.4)
        ),
        ParagraphStyle(
            "TOC Heading", "Body Text", sizes.subsection_pt, bold=True, colour=colours.accent, keep_next=True
        ),
        ParagraphStyle("toc 1", "toc 1", after=40, stops=(("right", grid(theme).measure),), gallery=False),
    )


def _headings(theme: Theme) -> tuple[ParagraphStyle, ...]:
    colours, sizes, column = theme.colours, theme.type, grid(theme).column
    hairline = Rule("top", 0.5, 8, colours.rule)
    first = ParagraphStyle(
        *("heading 1", "Body Text", sizes.section_pt),
        bold=True,
        colour=colours.accent,
        before=420,
        after=80,
        line=from_pt(sizes.section_pt * 1.25),
        keep_next=True,
        keep_lines=True,
        rules=(hairline,),
        outline=0,
    )
    second = replace(
        first, name="heading 2", size_pt=sizes.subsection_pt, before=220, rules=(), left=column, edge=column, outline=1
    )
    third = replace(second, name="heading 3", size_pt=sizes.body_pt, colour=colours.ink, before=180, outline=2)
    return (first, second, third)


def _frame(family: Family, theme: Theme) -> tuple[Rule, ...]:
    """A fine rule round the frame and a heavy one at its leading edge: a frame is seen in grey too."""
    colour = getattr(theme.colours, family.ink)
    return (
        Rule("top", FINE_PT, 4, colour),
        Rule("left", HEAVY_PT, PAD_LEFT_PT, colour),
        Rule("bottom", FINE_PT, 7, colour),
        Rule("right", FINE_PT, PAD_RIGHT_PT, colour),
    )


def _family(theme: Theme, family: Family) -> tuple[ParagraphStyle, ...]:
    sheet = grid(theme)
    at = edge(family, sheet)
    text = ParagraphStyle(
        *(family.style(Part.TEXT), family.style(Part.TEXT)),
        after=100 if family.framed else 160,
        line=from_pt(theme.type.body_pt * theme.type.leading),
        edge=at,
        left=at,
        right=sheet.frame_right if family.framed else 0,
        keep_lines=family.framed,
        rules=_frame(family, theme) if family.framed else (),
    )
    lists = (_list_style(text, family, part, level, sheet) for part in NUMBERED for level in range(STYLED_LEVELS))
    heads = _heads(text, family, theme) if family.framed else ()
    return (*heads, text, *lists)


def _heads(text: ParagraphStyle, family: Family, theme: Theme) -> tuple[ParagraphStyle, ...]:
    """The label and the heading of a framed family."""
    colours = theme.colours
    ink = getattr(colours, family.ink)
    size = theme.type.subsection_pt + (2 if family.wide else 0)
    label = replace(
        text,
        name=family.style(Part.LABEL),
        following=family.style(Part.TEXT),
        size_pt=size if family.wide else theme.type.body_pt,
        bold=True,
        colour=colours.paper if family.banner else ink,
        fill=ink if family.banner else "",
        before=200,
        line=from_pt(theme.type.body_pt * 1.2),
        after=0 if family.banner else 40,
        keep_next=True,
    )
    heading = replace(
        label,
        name=family.style(Part.HEADING),
        size_pt=size,
        colour=colours.ink if family.banner or family in _LABELLED else ink,
        fill="",
        before=120 if family.banner else 0 if family in _LABELLED else 200,
        after=60,
    )
    return (label, heading)


# Frames whose heading always follows a label; the others open with their heading.
_LABELLED = tuple(family for family in FRAMES if family.name in {"Warning", "Note"})


def _list_style(text: ParagraphStyle, family: Family, part: Part, level: int, sheet: Grid) -> ParagraphStyle:
    at = indent(family, level, sheet)
    name = family.style(part, level)
    return replace(
        text,
        name=name,
        following=name,
        left=text.edge + at.words,
        hanging=at.hanging,
        after=80,
        numbering=(definition_id(family, part), level),
        gallery=level == 0,
    )


def _evidence(theme: Theme) -> tuple[ParagraphStyle, ...]:
    """Facts, tables, figures, side effects."""
    colours, sheet = theme.colours, grid(theme)
    text = paragraph_text(theme)
    value = sheet.column + from_mm(40)
    caption = replace(text, name="caption", bold=True, colour=colours.accent, before=120, after=80, keep_next=True)
    cell = ParagraphStyle("Table Text", "Table Text", before=60, after=60, line=320)
    head = replace(cell, name="Table Heading", bold=True, colour=colours.accent, keep_next=True)
    band = replace(text, name="Side Effect Band", size_pt=13, bold=True, colour=colours.accent, before=160, after=60)
    return (
        replace(text, name="Fact", left=value, hanging=value - text.edge, stops=(("left", value),), after=80),
        caption,
        head,
        cell,
        replace(cell, name="Effect Cell", bold=True, after=0),
        replace(cell, name="Effect Meaning Cell", before=0),
        replace(cell, name="Effect Band Cell", bold=True, after=0),
        replace(cell, name="Effect Number Cell", before=0),
        replace(cell, name="Effect Action Cell"),
        replace(band, following="Side Effect", keep_next=True),
        replace(
            text,
            name="Side Effect",
            left=sheet.column + sheet.step,
            hanging=sheet.step,
            numbering=(definition_id(TEXT, Part.BULLET), 0),
            after=60,
        ),
        replace(text, name="Side Effect Action", left=sheet.column + sheet.step, after=100),
        replace(text, name="Figure", line=240, exact=False, before=120, after=60, keep_next=True),
        replace(text, name="Figure Caption", colour=colours.footer, after=200),
        replace(text, name="Gap", line=160, exact=True, after=0, gallery=False),
    )


def _fields(theme: Theme) -> tuple[ParagraphStyle, ...]:
    """Write-in fields and contacts."""
    colours, sheet = theme.colours, grid(theme)
    text = paragraph_text(theme)
    pitch = from_mm(11)  # ruled lines 11 mm apart: room for a trembling hand
    label = replace(text, name="Write-in Label", bold=True, before=120, after=60, keep_next=True, keep_lines=True)
    ruled = tuple(Rule(side, 0.75, 1, colours.footer) for side in ("bottom", "between"))
    boxed = tuple(Rule(side, 0.75, 6, colours.footer) for side in ("top", "left", "bottom", "right"))
    inset = from_pt(6.75)
    line = replace(label, bold=False, name="Write-in Line", before=0, after=0, line=pitch, exact=True, rules=ruled)
    detail = sheet.column + from_mm(30)
    contact = replace(text, after=40, keep_lines=True, left=sheet.column, edge=sheet.column)
    return (
        label,
        replace(line, keep_next=False),
        replace(line, name="Write-in Box", rules=boxed, edge=text.edge + inset, left=text.edge + inset, right=inset),
        replace(label, name="Write-in Hint", bold=False, size_pt=10, colour=colours.footer, before=0),
        replace(
            *(text,),
            name="Tick Box",
            left=sheet.column + from_mm(8),
            hanging=from_mm(8),
            stops=(("left", sheet.column + from_mm(8)),),
            after=120,
            keep_lines=True,
        ),
        replace(contact, name="Contact Name", size_pt=13, bold=True, colour=colours.accent, before=160, keep_next=True),
        replace(
            contact,
            name="Contact Line",
            left=detail,
            hanging=detail - sheet.column,
            stops=(("left", detail),),
        ),
    )


def _back(theme: Theme) -> tuple[ParagraphStyle, ...]:
    """What follows the body: glossary, references, review box, formats line."""
    colours, sheet = theme.colours, grid(theme)
    text = paragraph_text(theme)
    heading = replace(_headings(theme)[0], name="Back Heading")
    value = sheet.column + from_mm(46)
    width = round(sheet.step * 1.4)
    reference = replace(
        text,
        name=REFERENCES,
        size_pt=11,
        left=sheet.column + width,
        hanging=width,
        numbering=(reference_instance(), 0),
        after=80,
    )
    line = Rule("top", 1.5, 8, colours.accent)
    return (
        heading,
        replace(text, name="Glossary Entry", keep_lines=True),
        reference,
        replace(
            text,
            name="Review Fact",
            size_pt=11,
            left=value,
            hanging=value - text.edge,
            stops=(("left", value),),
            after=40,
        ),
        replace(text, name="Formats Line", bold=True, before=360, rules=(line,), keep_lines=True),
    )


def _page(theme: Theme) -> tuple[ParagraphStyle, ...]:
    """The head and the foot of every page."""
    colours, sizes, sheet = theme.colours, theme.type, grid(theme)
    rule = Rule("top", 0.5, 8, colours.rule)
    foot = ParagraphStyle(
        *("footer", "footer", sizes.small_pt),
        colour=colours.footer,
        rules=(rule,),
        stops=(("right", sheet.measure),),
        gallery=False,
    )
    head = replace(foot, name="header", following="header", rules=())
    # A house's template has a head and a foot of its own, whose stops are not ours: our line there has its own style.
    return (
        foot,
        head,
        replace(foot, name="Leaflet Foot", following=""),
        replace(head, name="Leaflet Head", following=""),
    )


def paragraph_text(theme: Theme) -> ParagraphStyle:
    """The style of running text."""
    return _family(theme, TEXT)[0]
