"""Diagnostics: what is wrong, where, and how to mend it. Codes are permanent: never reused, never renumbered.

Families: S source file, G grammar, M metadata, A accessibility and structure, E edition, P project, L layout,
V validation of results, W writing, I our own faults.
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
    "V601": Rule(_E, "PDF does not conform"),
    "V602": Rule(_E, "DOCX does not conform"),
    "V603": Rule(_E, "EPUB does not conform"),
    "W701": Rule(_E, "output cannot be written"),
    "W702": Rule(_E, "another build is writing here"),
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
