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
        from . import preflight  # noqa: F401, PLC0415 - for `validate`

        setting.warm(context)

    def render(self, edition: Edition, context: Context) -> bytes:
        """The variant. LayoutError L501-L505 and L510, see `setting.set_edition`."""
        return setting.set_edition(edition, context)

    def validate(self, content: bytes, *, thorough: bool = True) -> Sequence[Diagnostic]:  # noqa: ARG002  (no slow judge here)
        """PDF/UA-1 and PDF/A-2a, or what a print shop asks of PDF/X-4; and the preflight of what is on the pages."""
        from . import preflight  # noqa: PLC0415 - half as much to import as the engine, and warm has done it

        demands = preflight.Demands(preflight.Purpose.SCREEN, thorough=False)
        inspected = preflight.inspect(content, demands, guess=True)
        if inspected.purpose == preflight.Purpose.PRINT_SHOP:
            return inspected.findings
        return conformance.judge(content) or inspected.findings

    def preflight(self, content: bytes, purpose: str = "", **measures: Any) -> Inspection:
        """Judge any PDF for `purpose` (screen, office, print-shop; "" for what it says it is); never raises.

        `measures` are fields of `preflight.Demands`.
        """
        from . import preflight  # noqa: PLC0415 - rendering needs nothing of what reads other people's files

        chosen = preflight.Purpose(purpose or "screen")
        return preflight.inspect(content, preflight.Demands(chosen, **measures), guess=not purpose)


LAYOUT = PdfLayout()
