"""Diagnostics: what is wrong, where, and how to mend it. Codes are permanent: never reused, never renumbered.

Families: S source file, G grammar, M metadata, A accessibility and structure, E edition, P project, L layout,
V validation of results, W writing, F print file, I our own faults.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from leafletpress.model.span import NOWHERE, Span


class Severity(StrEnum):
    """An error stops the leaflet; a warning does not, unless `--strict`."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Rule:
    """What a code stands for: its severity and, in a few words, the fault."""

    severity: Severity
    title: str


_E, _W = Severity.ERROR, Severity.WARNING

CATALOGUE: dict[str, Rule] = {
    "S101": Rule(_E, "the file is not UTF-8"),
    "S102": Rule(_E, "the file is too large"),
    "S103": Rule(_E, "the file holds a control character"),
    "S104": Rule(_E, "blocks are nested too deep"),
    "S105": Rule(_E, "the file cannot be read"),
    "S106": Rule(_E, "a block is too long, or has too many marks"),
    "G201": Rule(_E, "raw HTML"),
    "G202": Rule(_E, "italics"),
    "G203": Rule(_E, "code"),
    "G204": Rule(_E, "block quotation"),
    "G205": Rule(_E, "horizontal rule"),
    "G206": Rule(_E, "picture inside running text"),
    "G207": Rule(_E, "link with a scheme that is not allowed"),
    "G208": Rule(_E, "link or picture with a title"),
    "G209": Rule(_E, "link whose address stands elsewhere"),
    "G220": Rule(_E, "unknown block name"),
    "G221": Rule(_E, "block is not closed"),
    "G222": Rule(_E, "closing line without a block"),
    "G223": Rule(_E, "content that this block cannot hold"),
    "G224": Rule(_E, "words missing or not wanted after the block's name"),
    "G225": Rule(_E, "block is empty"),
    "G226": Rule(_E, "unknown attribute"),
    "G227": Rule(_E, "bad attribute value"),
    "G228": Rule(_E, "attributes that cannot be read"),
    "G229": Rule(_E, "unknown class on words"),
    "G230": Rule(_E, "variable that cannot be read"),
    "G231": Rule(_E, "citation that cannot be read"),
    "G232": Rule(_E, "table row with too many or too few cells"),
    "G233": Rule(_E, "heading inside a block"),
    "G234": Rule(_E, "words that are marked up but empty"),
    "G235": Rule(_E, "condition that cannot be read"),
    "G236": Rule(_E, "condition where none can stand"),
    "M101": Rule(_E, "no front matter"),
    "M102": Rule(_E, "front matter that is not YAML"),
    "M103": Rule(_E, "unknown key in the front matter"),
    "M104": Rule(_E, "required key missing"),
    "M105": Rule(_E, "value of the wrong kind"),
    "M106": Rule(_E, "id differs from the folder"),
    "M107": Rule(_E, "language differs from the file name"),
    "M108": Rule(_E, "dates out of order"),
    "M109": Rule(_E, "YAML anchor, alias or tag"),
    "A201": Rule(_E, "more than one heading of level 1"),
    "A202": Rule(_E, "heading level skipped or too deep"),
    "A203": Rule(_E, "picture has no alternative text"),
    "A204": Rule(_E, "callout without a heading"),
    "A205": Rule(_E, "link to a place that does not exist"),
    "A206": Rule(_E, "the same id twice"),
    "A207": Rule(_E, "empty header cell"),
    "A208": Rule(_E, "section without content"),
    "A209": Rule(_W, "title longer than 65 characters"),
    "A210": Rule(_W, "more than 2 warnings in one leaflet"),
    "A211": Rule(_W, "do or do-not list with a single item"),
    "E301": Rule(_E, "included paragraph not found"),
    "E302": Rule(_E, "includes go in a circle"),
    "E303": Rule(_E, "unknown variable"),
    "E304": Rule(_E, "word not in the glossary"),
    "E305": Rule(_E, "citation of an unknown source"),
    "E306": Rule(_W, "source that is never cited"),
    "E307": Rule(_E, "unknown clinic"),
    "E310": Rule(_E, "picture outside the leaflet's folder"),
    "E311": Rule(_E, "picture not found"),
    "E312": Rule(_E, "picture that cannot be used"),
    "E313": Rule(_E, "SVG with active or outside content"),
    "E314": Rule(_E, "no wording for the language"),
    "E315": Rule(_E, "leaflet is withdrawn"),
    "E316": Rule(_E, "condition with an unknown value"),
    "E317": Rule(_E, "condition that can never hold"),
    "E318": Rule(_E, "shared text does not take this parameter"),
    "E319": Rule(_E, "review date has passed: refused"),
    "E320": Rule(_W, "review date has passed"),
    "E321": Rule(_W, "word in the glossary that no leaflet uses"),
    "E322": Rule(_W, "shared text that no leaflet includes"),
    "E323": Rule(_W, "new version without a change note"),
    "P401": Rule(_E, "no project here"),
    "P402": Rule(_E, "fault in a project file"),
    "P403": Rule(_E, "no such leaflet"),
    "P404": Rule(_E, "no such format or variant"),
    "P405": Rule(_E, "leaflet exists already"),
    "P406": Rule(_E, "orders that cannot be read"),
    "P407": Rule(_E, "fault in a row of the orders"),
    "P408": Rule(_E, "two targets in one file"),
    "P409": Rule(_E, "no version control here"),
    "L501": Rule(_E, "no font has this character"),
    "L502": Rule(_E, "font missing"),
    "L503": Rule(_E, "text outside its area"),
    "L504": Rule(_E, "the renderer reported a fault"),
    "L505": Rule(_E, "something this format cannot express"),
    "L506": Rule(_E, "rendering took too long"),
    "L507": Rule(_E, "rendering needed too much memory"),
    "L508": Rule(_E, "the worker died while rendering"),
    "L509": Rule(_E, "layout cannot be loaded"),
    "L510": Rule(_E, "more text than the sheet holds"),
    "V601": Rule(_E, "PDF does not conform"),
    "V602": Rule(_E, "DOCX does not conform"),
    "V603": Rule(_E, "EPUB does not conform"),
    "W701": Rule(_E, "output cannot be written"),
    "W702": Rule(_E, "another build is writing here"),
    "F801": Rule(_E, "file that is no readable PDF"),
    "F802": Rule(_E, "locked or protected file"),
    "F803": Rule(_W, "damaged file that could be mended"),
    "F804": Rule(_E, "file not looked at to its end"),
    "F805": Rule(_E, "part of the file cannot be read"),
    "F806": Rule(_E, "not PDF/UA-1: not for people who listen"),
    "F807": Rule(_W, "not PDF/A: not made for keeping"),
    "F810": Rule(_E, "file without pages"),
    "F811": Rule(_E, "pages of different sizes"),
    "F812": Rule(_W, "unusual paper size"),
    "F813": Rule(_W, "page that is turned for showing"),
    "F814": Rule(_E, "wrong number of pages"),
    "F815": Rule(_W, "two-sided printing would turn pages the wrong way"),
    "F820": Rule(_E, "page that does not say where it is cut"),
    "F821": Rule(_E, "page boxes not one inside the other"),
    "F822": Rule(_E, "bleed too narrow"),
    "F823": Rule(_E, "colour that ends at the cut"),
    "F824": Rule(_W, "text too near the cut"),
    "F825": Rule(_E, "text where office printers cannot print"),
    "F826": Rule(_W, "colour where office printers cannot print"),
    "F830": Rule(_E, "font not in the file"),
    "F831": Rule(_W, "whole font in the file"),
    "F832": Rule(_W, "Type 3 font"),
    "F840": Rule(_W, "picture under 300 pixels an inch"),
    "F841": Rule(_E, "picture under 150 pixels an inch"),
    "F850": Rule(_E, "RGB colour in a print-shop file"),
    "F851": Rule(_E, "RGB picture in a print-shop file"),
    "F852": Rule(_W, "colour with a profile of its own in a print-shop file"),
    "F853": Rule(_W, "spot colour"),
    "F854": Rule(_E, "transparency mixed in RGB"),
    "F855": Rule(_W, "dark text of several inks"),
    "F856": Rule(_W, "black text that does not overprint"),
    "F857": Rule(_E, "white that overprints"),
    "F858": Rule(_E, "registration colour on the page"),
    "F860": Rule(_E, "too much ink"),
    "F870": Rule(_W, "small type"),
    "F871": Rule(_E, "type too small to read"),
    "F872": Rule(_E, "type smaller than was asked for"),
    "F873": Rule(_W, "thin line"),
    "F874": Rule(_E, "line too thin to print"),
    "F880": Rule(_E, "text too like what is behind it"),
    "F881": Rule(_W, "text too like what is behind it, in grey"),
    "F890": Rule(_E, "not PDF/X-4"),
    "F891": Rule(_E, "no printing condition with its profile"),
    "F892": Rule(_E, "not said whether trapped"),
    "F893": Rule(_E, "link or note on a page for the print shop"),
    "F894": Rule(_E, "scripts, forms or attachments in a print-shop file"),
    "F895": Rule(_E, "LZW compression"),
    "F896": Rule(_E, "layers that print shops cannot rely on"),
    "F897": Rule(_E, "PDF/X-4 without its particulars"),
    "F898": Rule(_E, "machine settings, PostScript or outside pictures"),
    "I901": Rule(_E, "internal error"),
}


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: a code of the catalogue, a message with the particulars, where, and how to mend it."""

    code: str
    message: str
    span: Span = NOWHERE
    hint: str = ""

    @property
    def severity(self) -> Severity:
        """As the catalogue says."""
        return CATALOGUE[self.code].severity

    @property
    def is_error(self) -> bool:
        """Whether this finding stops the leaflet."""
        return self.severity is Severity.ERROR

    def __str__(self) -> str:
        place = f"{self.span}: " if self.span.path else ""
        hint = f"\n  hint: {self.hint}" if self.hint else ""
        return f"{place}{self.severity}[{self.code}]: {self.message}{hint}"


def suggest(word: str, known: list[str] | tuple[str, ...]) -> str:
    """A hint that names the nearest known word, or lists them all where none is near."""
    near = get_close_matches(word.lower(), known, n=1, cutoff=0.6)
    if near:
        return f"did you mean '{near[0]}'?"
    return f"there is only '{known[0]}'" if len(known) == 1 else f"one of: {', '.join(known)}"


class LeafletPressError(Exception):
    """A fault of use or environment; it carries its exit code (2 usage, 3 project, 4 layout) and what to say."""

    def __init__(self, diagnostic: Diagnostic, exit_code: int) -> None:
        super().__init__(str(diagnostic))
        self.diagnostic = diagnostic
        self.exit_code = exit_code

    def __reduce__(self) -> tuple[type[LeafletPressError], tuple[Diagnostic, int]]:
        return (type(self), (self.diagnostic, self.exit_code))


class LayoutError(Exception):
    """A layout could not render an edition; carries every finding."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__("\n".join(map(str, diagnostics)))
        self.diagnostics = diagnostics

    def __reduce__(self) -> tuple[type[LayoutError], tuple[tuple[Diagnostic, ...]]]:
        return (type(self), (self.diagnostics,))
