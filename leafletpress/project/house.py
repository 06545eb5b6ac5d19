"""The house: the settings of source/press.yaml, with every fault at its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path as FilePath
from typing import Annotated

from pydantic import AfterValidator, Field, RootModel

from leafletpress.diagnostics import Diagnostic, LeafletPressError
from leafletpress.model import Facet, Span
from leafletpress.project.branding import Brand, IccFile, WordTemplate, branded, find_faint
from leafletpress.project.shapes import Colour, FacetValue, Font, Language, Paper, Path, Shape, ValueName, Words
from leafletpress.project.vocabulary import Readers, Region, Vocabulary
from leafletpress.theme import Theme
from leafletpress.yaml_file import PROJECT_FILE, Place, Yaml, fit, parse_yaml

HOUSE_FILE = "source/press.yaml"

_EXIT_PROJECT = 3
_MAX_BYTES = 65_536
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_TARGET = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(:[a-z0-9]+(-[a-z0-9]+)*)?\Z")
_READERS_FACETS = (Facet.AUDIENCE, Facet.SEX, Facet.AGE_GROUP)


class Overdue(StrEnum):
    """What happens to a leaflet whose review date has passed."""

    NOTICE = "notice"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one leaflet may take: seconds of time, megabytes of memory."""

    seconds: float = 60
    memory_mb: int = 1500


@dataclass(frozen=True, slots=True)
class House:
    """The settings of press.yaml. `contact` says whom to ask for another format; None means the publisher.

    `region` is that of editions whose clinic and leaflet say none. `facets` are the values that conditions and front
    matter may use. The font and the paper are part of the theme.
    """

    publisher: str
    targets: tuple[str, ...] = ("pdf", "docx", "epub")
    contact: str | None = None
    theme: Theme = field(default_factory=Theme)
    limits: Limits = field(default_factory=Limits)
    overdue: Overdue = Overdue.NOTICE
    region: str | None = None
    facets: Vocabulary = field(default_factory=Vocabulary)
    readers: tuple[Readers, ...] = ()
    regions: tuple[Region, ...] = ()
    word_template: WordTemplate | None = None
    icc: IccFile | None = None


def is_id(name: str) -> bool:
    """Whether `name` can name a leaflet, a clinic or a shared paragraph: lower-case letters, digits, hyphens."""
    return bool(_ID.match(name))


def _target(value: str) -> str:
    if not _TARGET.match(value):
        raise ValueError("a format; write for example pdf, docx, epub or pdf:large-print")
    return value


_Values = Annotated[tuple[FacetValue, ...], Field(min_length=1)] | None


class _ColoursShape(Shape):
    ink: Colour | None = None
    accent: Colour | None = None
    red: Colour | None = None
    amber: Colour | None = None
    green: Colour | None = None
    footer: Colour | None = None
    rule: Colour | None = None
    highlight: Colour | None = None


class _ThemeShape(Shape):
    colours: _ColoursShape = _ColoursShape()
    font: Font | None = None


class _LimitsShape(Shape):
    seconds: Annotated[float, Field(gt=0, le=3600)] = 60
    memory_mb: Annotated[int, Field(ge=200, le=64_000)] = 1500


class _ReviewShape(Shape):
    overdue: Overdue = Overdue.NOTICE


class _FacetsShape(Shape):
    region: _Values = None
    audience: _Values = None
    sex: _Values = None
    age_group: _Values = None


class _ReadersShape(Shape):
    audience: Words | None = None
    sex: Words | None = None
    age_group: Words | None = None


class _ReadersByName(RootModel[dict[str, _ReadersShape]]):
    """Names that the house chooses."""


_RegionShape = dict[ValueName, Words | dict[Language, Words]]


class _HouseShape(Shape):
    publisher: Words
    targets: Annotated[tuple[Annotated[str, AfterValidator(_target)], ...], Field(min_length=1)] = (
        "pdf",
        "docx",
        "epub",
    )
    contact: Words | None = None
    theme: _ThemeShape = _ThemeShape()
    limits: _LimitsShape = _LimitsShape()
    review: _ReviewShape = _ReviewShape()
    region: Words | None = None
    facets: _FacetsShape = _FacetsShape()
    readers: _ReadersByName = _ReadersByName({})
    regions: dict[str, _RegionShape] = Field(default_factory=dict)
    paper: Paper | None = None
    word_template: Path | None = None
    icc: Path | None = None
    icc_condition: Words = "Custom"


def read_house(path: FilePath) -> House:
    """The settings in the file at `path`; LeafletPressError (P402, exit 3) with every fault where there are any."""
    yaml = parse_yaml(_text(path), HOUSE_FILE, PROJECT_FILE)
    shape, found = fit(_HouseShape, yaml, PROJECT_FILE)
    if shape is None:
        raise _faulty(*found)
    given = {facet: values for facet, values in shape.facets if values is not None}
    facets = replace(Vocabulary(), **{facet: tuple(dict.fromkeys(values)) for facet, values in given.items()})
    brand = _brand(shape)
    theme = branded(Theme(), brand)
    faults = [
        *find_faint(theme, brand, lambda colour: yaml.span(("theme", "colours", colour))),
        *_strangers(shape, facets, yaml),
    ]
    if faults:
        raise _faulty(*sorted(faults, key=lambda fault: fault.span.line))
    return House(
        publisher=shape.publisher,
        targets=tuple(dict.fromkeys(shape.targets)),
        contact=shape.contact,
        theme=theme,
        limits=Limits(shape.limits.seconds, shape.limits.memory_mb),
        overdue=shape.review.overdue,
        region=shape.region,
        facets=facets,
        readers=tuple(Readers(name, r.audience, r.sex, r.age_group) for name, r in shape.readers.root.items()),
        regions=tuple(Region(name, _region_values(values)) for name, values in shape.regions.items()),
        word_template=_template(shape, yaml),
        icc=_icc(shape, yaml),
    )


def _region_values(values: _RegionShape) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    return tuple(
        (name, (("", said),) if isinstance(said, str) else tuple(said.items())) for name, said in values.items()
    )


def _text(path: FilePath) -> str:
    try:
        content = path.read_bytes()
        if len(content) > _MAX_BYTES:
            hint = "keep to the keys of the sample house; it needs ten lines"
            raise _faulty(Diagnostic("P402", f"the file is larger than {_MAX_BYTES} bytes", Span(HOUSE_FILE), hint))
        return content.decode("utf-8-sig")
    except OSError as error:
        message, hint = f"the file cannot be read ({error.strerror})", "check that you may read it"
        raise _faulty(Diagnostic("P402", message, Span(HOUSE_FILE), hint)) from error
    except UnicodeDecodeError as error:
        hint = "save it as UTF-8 in your editor"
        raise _faulty(Diagnostic("P402", "the file is not UTF-8", Span(HOUSE_FILE), hint)) from error


def _brand(shape: _HouseShape) -> Brand:
    colours = tuple((name, colour) for name, colour in shape.theme.colours if colour is not None)
    return Brand(colours, shape.theme.font, shape.paper)


def _template(shape: _HouseShape, yaml: Yaml) -> WordTemplate | None:
    path = shape.word_template
    return None if path is None else WordTemplate(path, span=yaml.span(("word-template",)))


def _icc(shape: _HouseShape, yaml: Yaml) -> IccFile | None:
    path = shape.icc
    return None if path is None else IccFile(path, shape.icc_condition, span=yaml.span(("icc",)))


def _strangers(shape: _HouseShape, facets: Vocabulary, yaml: Yaml) -> Iterator[Diagnostic]:
    """P402 for each value that the vocabulary does not have, and for readers that say nothing or have no good name."""

    def stranger(facet: Facet, value: str | None, place: Place) -> Iterator[Diagnostic]:
        if value is not None and value not in facets.values(facet):
            message = f"'{value}' is no {facet.replace('-', ' ')} of this house"
            hint = f"{facets.hint(facet, value)} (other values are added under 'facets')"
            yield Diagnostic("P402", message, yaml.span(place), hint)

    yield from stranger(Facet.REGION, shape.region, ("region",))
    for region in shape.regions:
        yield from stranger(Facet.REGION, region, ("regions", region))
    for name, readers in shape.readers.root.items():
        span = yaml.span(("readers", name))
        if not is_id(name):
            hint = "use lower-case letters, digits and single hyphens: the name is part of the files' names"
            yield Diagnostic("P402", f"'{name}' cannot name readers", span, hint)
        if readers == _ReadersShape():
            hint = "write below it, two blanks in, for example 'sex: female'"
            yield Diagnostic("P402", f"the readers '{name}' are no different from others", span, hint)
        for facet in _READERS_FACETS:
            value = getattr(readers, facet.replace("-", "_"))
            yield from stranger(facet, value, ("readers", name, str(facet)))


def _faulty(*found: Diagnostic) -> LeafletPressError:
    """All faults in one exception: the first stands in full, the others are listed behind it."""
    first, *others = found
    more = "".join(f"\nalso {one.span}: {one.message}; {one.hint}" for one in others)
    return LeafletPressError(replace(first, hint=first.hint + more), _EXIT_PROJECT)
