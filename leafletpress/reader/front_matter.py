"""Front matter: the keys of a leaflet's YAML, what each may hold, and the metadata they make."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict

from leafletpress.model import LeafletKind, Metadata, Source, Span, Status, TranslationOf, is_language_tag
from leafletpress.reader.findings import Findings
from leafletpress.reader.source_text import CONTROL, SourceText
from leafletpress.yaml_file import FRONT_MATTER, Day, Place, Yaml, fit, keys, parse_yaml

_BLANKS = re.compile(r"[ \t\n]+")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_SOURCE_ID = re.compile(r"[A-Za-z0-9]+([._:-][A-Za-z0-9]+)*\Z")
_WEB_ADDRESS = re.compile(r"https?://[^\s/]\S*\Z")
_VALUE_NAME = re.compile(r"[a-z][a-z0-9-]*\Z")
_HASH = re.compile(r"[0-9a-f]{64}\Z")


def _words(text: str) -> str:
    text = _BLANKS.sub(" ", CONTROL.sub("", text)).strip()
    if not text:
        raise ValueError("words; write them behind the key, or delete the line")
    return text


def _fitting(fits: Callable[[str], object], expected: str, hint: str) -> AfterValidator:
    def check(text: str) -> str:
        if not fits(text):
            raise ValueError(f"{expected}; {hint}")
        return text

    return AfterValidator(check)


Words = Annotated[str, AfterValidator(_words)]
LeafletId = Annotated[
    Words, _fitting(_ID.match, "an id", "use small letters, digits and single hyphens, for example after-surgery")
]
SourceId = Annotated[
    Words, _fitting(_SOURCE_ID.match, "an id", "use letters and digits, joined by hyphens, for example smpc-2025")
]
Language = Annotated[
    Words, _fitting(is_language_tag, "a language tag", "write the language as in en-GB, pl or zh-Hant")
]
WebAddress = Annotated[
    Words, _fitting(_WEB_ADDRESS.match, "a web address", "write it whole, for example https://example.org/page")
]
Sha256 = Annotated[Words, _fitting(_HASH.match, "a SHA-256", "it has 64 digits, each 0 to 9 or a to f")]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True, alias_generator=lambda name: name.replace("_", "-"))


class _Source(_Shape):
    id: SourceId
    title: Words
    publisher: Words | None = None
    url: WebAddress | None = None
    published: Words | None = None
    accessed: Day | None = None


class _TranslationOf(_Shape):
    lang: Language
    version: Words
    hash: Sha256 | None = None


class _FrontMatter(_Shape):
    id: LeafletId
    title: Words
    lang: Language
    kind: LeafletKind
    summary: Words
    reference: Words
    version: Words
    status: Status
    publisher: Words | None = None
    authors: tuple[Words, ...] = ()
    region: Words | None = None
    audience: Words | None = None
    sex: Words | None = None
    age_group: Words | None = None
    department: Words | None = None
    issued: Day | None = None
    reviewed: Day | None = None
    review_by: Day | None = None
    reviewers: tuple[Words, ...] = ()
    sources: tuple[_Source, ...] = ()
    licence: Words | None = None
    funding: Words | None = None
    user_testing: Words | None = None
    translation_of: _TranslationOf | None = None
    change_note: Words | None = None
    values: dict[str, Words] = {}


def read_front_matter(source: SourceText, path: str, findings: Findings) -> Metadata | None:
    """The metadata of a leaflet; None where any key is missing or wrong, every fault noted (M102-M105, M108, M109)."""
    if source.matter_end is None:
        return None
    yaml = parse_yaml("\n".join(source.matter) + "\n", path, FRONT_MATTER, first_line=2)
    shape, faults = fit(_FrontMatter, yaml, FRONT_MATTER)
    findings.extend(faults)
    _check_sources(yaml, findings)
    _check_values(yaml, findings)
    if shape is None:
        return None
    _check_dates(shape, yaml, findings)
    return _metadata(shape, yaml, Span(path, 1, source.matter_end + 1))


def _metadata(shape: _FrontMatter, yaml: Yaml, span: Span) -> Metadata:
    fields = {name: getattr(shape, name) for name in _FrontMatter.model_fields}
    fields["sources"] = tuple(
        Source(**source.model_dump(), span=_span(yaml, ("sources", number)))
        for number, source in enumerate(shape.sources)
    )
    if shape.translation_of is not None:
        fields["translation_of"] = TranslationOf(
            **shape.translation_of.model_dump(), span=_span(yaml, ("translation-of",))
        )
    fields["values"] = tuple(sorted(shape.values.items()))
    return Metadata(**fields, span=span)


def _span(yaml: Yaml, place: Place) -> Span:
    """All the lines of what stands at `place`."""
    first = yaml.span(place)
    last = max(line for inner, line in yaml.lines.items() if inner[: len(place)] == place)
    return Span(first.path, first.line, last)


def _check_sources(yaml: Yaml, findings: Findings) -> None:
    """Each source has an id of its own, or a citation would not know where to point."""
    sources = yaml.value.get("sources") if isinstance(yaml.value, dict) else None
    lines: dict[str, int] = {}
    for number, source in enumerate(sources if isinstance(sources, list) else ()):
        name = source.get("id") if isinstance(source, dict) else None
        line = yaml.span(("sources", number, "id")).line
        if isinstance(name, str) and lines.setdefault(name, line) != line:
            message = f"two sources have the id '{name}'"
            findings.add("M105", message, line, f"line {lines[name]} has it already; give each source its own")


def _check_values(yaml: Yaml, findings: Findings) -> None:
    """The leaflet's own values have names that a variable can have, and none that means a particular already."""
    values = yaml.value.get("values") if isinstance(yaml.value, dict) else None
    for name in values if isinstance(values, dict) else ():
        line = yaml.span(("values", name)).line
        if name in keys(_FrontMatter):
            message = f"'{name}' cannot be the name of a value: it is one of the leaflet's particulars"
            findings.add("M105", message, line, f"choose another name, for example {name}-here")
        elif not _VALUE_NAME.match(name):
            hint = "begin with a small letter; then small letters, digits and hyphens, for example first-dose"
            findings.add("M105", f"'{name}' cannot be the name of a value", line, hint)


def _check_dates(shape: _FrontMatter, yaml: Yaml, findings: Findings) -> None:
    for key, earlier in (("reviewed", shape.reviewed), ("issued", shape.issued)):
        if shape.review_by and earlier and shape.review_by <= earlier:
            message = f"'review-by' is {shape.review_by}, which is not after '{key}', {earlier}"
            hint = f"write the date of the next review, which is after {earlier}"
            findings.add("M108", message, yaml.span(("review-by",)).line, hint)
            return
