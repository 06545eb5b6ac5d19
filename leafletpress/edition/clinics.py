"""Clinics: source/clinics/<id>.yaml, the values of `{{clinic.<field>}}` and `{{clinic.<department>.<field>}}`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Annotated

from pydantic import AfterValidator, RootModel

from leafletpress.diagnostics import Diagnostic, suggest
from leafletpress.edition.fitting import open_file, read_yaml
from leafletpress.edition.shelf import Shelf
from leafletpress.edition.tongues import Tongues
from leafletpress.model import NO_CLINIC, Clinic, Span
from leafletpress.project import Brand, WordTemplate, is_id
from leafletpress.project.shapes import Colour, Font, Paper, Path, Shape, Words
from leafletpress.yaml_file import PROJECT_FILE, Yaml, fit, keys

FOLDER = "source/clinics"

_DEPARTMENT = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")


def _on_one_line(value: str) -> str:
    """The lines of an address as one: they are a value within a sentence."""
    if not value.strip():
        raise ValueError("words; write them behind the key, or below it, two blanks in, behind a bar: |")
    return ", ".join(" ".join(line.split()).rstrip(",") for line in value.splitlines() if line.strip())


class _ReachShape(Shape):
    name: Words
    phone: Words | None = None
    textphone: Words | None = None
    hours: Words | None = None
    email: Words | None = None
    web: Words | None = None
    address: Annotated[str, AfterValidator(_on_one_line)] | None = None


class _DepartmentsShape(RootModel[dict[str, _ReachShape]]):
    """Departments by the names that leaflets call them by."""


class _ColoursShape(Shape):
    accent: Colour | None = None
    highlight: Colour | None = None


class _ClinicShape(_ReachShape):
    department: Words | None = None
    region: Words | None = None
    departments: _DepartmentsShape = _DepartmentsShape({})
    logo: Words | None = None
    colours: _ColoursShape = _ColoursShape()
    font: Font | None = None
    paper: Paper | None = None
    word_template: Path | None = None


def department_fields() -> tuple[str, ...]:
    """The fields a department may have."""
    return tuple(keys(_ReachShape))


def clinic_fields() -> tuple[str, ...]:
    """The fields of a clinic that are words."""
    return (*department_fields(), "department")


@dataclass(frozen=True, slots=True)
class ClinicFile:
    """A clinic's file in one language: its values, its region, and how its leaflets look.

    `untranslated` are the names of values that the file has in other languages alone. `logo` is a path from the
    folder of the clinics.
    """

    clinic: Clinic
    region: str | None
    brand: Brand
    logo: str | None
    word_template: WordTemplate | None
    departments: tuple[str, ...]
    untranslated: frozenset[str]
    yaml: Yaml = field(compare=False, repr=False)


def clinic_ids(shelf: Shelf) -> tuple[str, ...]:
    """The ids of all clinics, sorted; for hints."""
    names = shelf.names(shelf.root / FOLDER, (".yaml",))
    return tuple(name.removesuffix(".yaml") for name in names)


def read_clinic(shelf: Shelf, name: str, lang: str) -> ClinicFile | tuple[Diagnostic, ...]:
    """The clinic of that id in a language, or what is wrong: E307 where there is none, P402 for faults in its file."""
    if name == NO_CLINIC:
        hint = "leave the clinic out; a clinic's file may have any other name"
        return (Diagnostic("E307", f"'{name}' stands for editions without a clinic", hint=hint),)
    path = shelf.root / FOLDER / f"{name}.yaml"
    content = open_file(shelf, path) if is_id(name) else None
    if content is None:
        known = clinic_ids(shelf)
        hint = suggest(name, known) if known else "there are no clinics yet: write source/clinics/<id>.yaml"
        return (Diagnostic("E307", f"there is no clinic '{name}'", hint=hint),)
    if isinstance(content, Diagnostic):
        return (content,)
    return _read(content, shelf.display(path), name, lang)


# Pure, and keyed by the file's whole content: a process that makes many editions reads each clinic once a language.
@lru_cache(maxsize=256)
def _read(content: bytes, display: str, name: str, lang: str) -> ClinicFile | tuple[Diagnostic, ...]:
    yaml = read_yaml(content, display)
    tongues = Tongues(yaml, lang)
    said = tongues.chosen(department_fields(), ("department",))
    shape, found = fit(_ClinicShape, replace(yaml, value=said), PROJECT_FILE)
    found = tuple(sorted((*found, *tongues.diagnostics), key=lambda one: one.span.line))
    if shape is None or found:
        return found
    odd = tuple(_odd_departments(shape, yaml))
    if odd:
        return odd
    template = shape.word_template
    return ClinicFile(
        clinic=Clinic(name, tuple(_values(shape, tongues.untranslated)), span=Span(display)),
        region=shape.region,
        brand=Brand(
            tuple((ink, colour) for ink, colour in shape.colours if colour is not None), shape.font, shape.paper
        ),
        logo=shape.logo,
        word_template=None if template is None else WordTemplate(template, span=yaml.span(("word-template",))),
        departments=tuple(shape.departments.root),
        untranslated=frozenset(tongues.untranslated),
        yaml=yaml,
    )


def _values(shape: _ClinicShape, without: Collection[str]) -> Iterator[tuple[str, str]]:
    groups: list[tuple[str, _ReachShape, tuple[str, ...]]] = [("", shape, clinic_fields())]
    groups += [(f"{name}.", reach, department_fields()) for name, reach in shape.departments.root.items()]
    for prefix, group, fields in groups:
        for name in fields:
            words = getattr(group, name)
            if words and prefix + name not in without:
                yield prefix + name, words


def _odd_departments(shape: _ClinicShape, yaml: Yaml) -> Iterator[Diagnostic]:
    for name in shape.departments.root:
        if not _DEPARTMENT.match(name):
            hint = "use lower-case letters, digits and single hyphens, and begin with a letter: day-surgery"
            message = f"'{name}' cannot be what leaflets call a department by"
            yield Diagnostic("P402", message, yaml.span(("departments", name)), hint)
