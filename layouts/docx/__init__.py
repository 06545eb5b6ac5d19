"""The DOCX layout: a document that editors change and that can be read back into its source."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from leafletpress.diagnostics import Diagnostic, LayoutError
from leafletpress.layout import Context
from leafletpress.model import Edition


class DocxLayout:
    """An editable DOCX with named styles, true lists, content controls, and its base inside."""

    name: str = "docx"
    suffix: str = "docx"
    media_type: str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    variants: tuple[str, ...] = ()

    def warm(self, context: Context) -> None:
        """Build what the documents of a theme share: styles, numbering, theme, settings."""
        from .foundation import foundation  # noqa: PLC0415  (imports wait until a DOCX is wanted)
        from .numbering import definitions  # noqa: PLC0415
        from .opening import UnsafeFileError  # noqa: PLC0415

        with suppress(UnsafeFileError):  # every render says so
            definitions(foundation(context, "en-GB").theme)

    def render(self, edition: Edition, context: Context) -> bytes:
        """The finished file; LayoutError with every finding (L505) where the edition cannot be expressed."""
        from .carrier import base_of  # noqa: PLC0415
        from .composition import Composition  # noqa: PLC0415
        from .foundation import foundation  # noqa: PLC0415
        from .generated import set_edition  # noqa: PLC0415
        from .opening import UnsafeFileError  # noqa: PLC0415
        from .package import package  # noqa: PLC0415
        from .section import set_section  # noqa: PLC0415

        try:
            ground = foundation(context, edition.leaflet.meta.lang)
        except UnsafeFileError as fault:
            finding = Diagnostic("L505", f"the house's Word template {fault.message}", hint=fault.hint)
            raise LayoutError((finding,)) from fault
        to = Composition(edition, context.theme, ground)
        base = base_of(edition)
        set_edition(to)
        set_section(to, base.short)
        content = package(to, base) if not to.findings else b""
        if to.findings:
            raise LayoutError(tuple(to.findings))
        return content

    def validate(self, content: bytes, *, thorough: bool = True) -> Sequence[Diagnostic]:
        """Findings of the judges (V602); empty where the file conforms. `thorough` adds the schema's judge."""
        from .validate import validate  # noqa: PLC0415

        return validate(content, thorough=thorough)


LAYOUT = DocxLayout()
