"""PDF: handouts, large print, booklets and folded sheets that are PDF/UA-1 and PDF/A-2a at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from leafletpress.diagnostics import Diagnostic
from leafletpress.layout import Context
from leafletpress.model import Edition

from . import conformance, setting
from .variants import VARIANTS

if TYPE_CHECKING:
    from .preflight import Inspection


class PdfLayout:
    """The PDF adapter; the protocol is `leafletpress.layout.Layout`."""

    name = "pdf"
    suffix = "pdf"
    media_type = "application/pdf"
    variants = tuple(name for name in VARIANTS if name)

    def warm(self, context: Context) -> None:
        """Import the engine, load fonts, parse the style sheet and the templates."""
        setting.warm(context)

    def render(self, edition: Edition, context: Context) -> bytes:
        """The variant. LayoutError L501-L505 and L510, see `setting.set_edition`."""
        return setting.set_edition(edition, context)

    def validate(self, content: bytes, *, thorough: bool = True) -> Sequence[Diagnostic]:  # noqa: ARG002  (no slow judge here)
        """PDF/UA-1 and PDF/A-2a."""
        return conformance.judge(content)

    def preflight(self, content: bytes, purpose: str = "", **measures: Any) -> Inspection:
        """Judge any PDF for `purpose` (screen, office, print-shop; "" for what it says it is); never raises.

        `measures` are fields of `preflight.Demands`.
        """
        from . import preflight  # noqa: PLC0415 - rendering needs nothing of what reads other people's files

        chosen = preflight.Purpose(purpose or "screen")
        return preflight.inspect(content, preflight.Demands(chosen, **measures), guess=not purpose)


LAYOUT = PdfLayout()
