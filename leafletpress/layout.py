"""What a layout is: the protocol every adapter keeps. Ground floor, so that adapters need not know the core."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from leafletpress.diagnostics import Diagnostic
from leafletpress.model import Edition
from leafletpress.theme import Theme


@dataclass(frozen=True, slots=True)
class PressProfile:
    """An ICC profile of a printing press: its name, the registered name of its printing condition, its bytes."""

    name: str
    condition: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Context:
    """What a render is told beside the edition: the theme, and the variant's name ("" is the default).

    `word_template` is the house's own DOCX or DOTX, which the DOCX layout builds on; empty where there is none.
    `press_profile` is what the house's print shop prints with; None where the house names none.
    """

    theme: Theme = field(default_factory=Theme)
    variant: str = ""
    word_template: bytes = b""
    press_profile: PressProfile | None = None


class Layout(Protocol):
    """A format. Rendering is pure: the same edition and context give the same bytes, on any day, in any folder.

    `render` raises `LayoutError` with every finding where the edition cannot be set, and never returns a file that
    leaves something out. `validate` judges finished bytes and returns findings. `warm` does once what is expensive
    and shared (fonts, style sheets, templates); a worker calls it before its first job.
    """

    name: str
    suffix: str
    media_type: str
    variants: tuple[str, ...]

    def warm(self, context: Context) -> None:
        """Prepare what every render shares."""

    def render(self, edition: Edition, context: Context) -> bytes:
        """The finished file."""

    def validate(self, content: bytes, *, thorough: bool = True) -> Sequence[Diagnostic]:
        """Findings about a finished file; empty where it conforms.

        A build that is not strict asks for what costs little beside the render (`thorough` False).
        """
