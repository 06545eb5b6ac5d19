"""Clinics: source/clinics/<id>.yaml, the values of `{{clinic.<field>}}`."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

from leafletpress.diagnostics import Diagnostic, suggest
from leafletpress.edition.fitting import Shape, Words, read_shape
from leafletpress.edition.shelf import Shelf
from leafletpress.model import Clinic, Span
from leafletpress.project import is_id
from leafletpress.yaml_file import keys


def _on_one_line(value: str) -> str:
    """The lines of an address as one: they are a value within a sentence."""
    return ", ".join(" ".join(line.split()).rstrip(",") for line in value.splitlines() if line.strip())


class _ClinicShape(Shape):
    name: Words
    department: Words | None = None
    phone: Words | None = None
    textphone: Words | None = None
    hours: Words | None = None
    email: Words | None = None
    web: Words | None = None
    address: Annotated[str, AfterValidator(_on_one_line)] | None = None


def clinic_fields() -> tuple[str, ...]:
    """The fields a clinic's file may have."""
    return tuple(keys(_ClinicShape))


def read_clinic(shelf: Shelf, name: str) -> tuple[Clinic | None, tuple[Diagnostic, ...]]:
    """The clinic of that id, or what is wrong: E307 where there is none, P402 for each fault in its file."""
    folder = shelf.root / "source" / "clinics"
    path = folder / f"{name}.yaml"
    fitted = read_shape(shelf, path, _ClinicShape) if is_id(name) else None
    if fitted is None or (fitted.shape is None and not fitted.diagnostics):
        known = tuple(file.removesuffix(".yaml") for file in shelf.names(folder, (".yaml",)))
        hint = suggest(name, known) if known else "there are no clinics yet: write source/clinics/<id>.yaml"
        return None, (Diagnostic("E307", f"there is no clinic '{name}'", hint=hint),)
    if fitted.shape is None:
        return None, fitted.diagnostics
    values = tuple((field, str(value)) for field, value in fitted.shape if value)
    return Clinic(name, values, span=Span(shelf.display(path))), ()
