"""The table of editions: each part of a leaflet that has a condition, which editions have it, and why others have not.

With many clinics and formats one answer holds for many editions: those are told together, and a reason that differs
in nothing but their own name is told once. The JSON document has every verdict by itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from leafletpress.diagnostics import Diagnostic, LeafletPressError
from leafletpress.press.columns import Style, columns, folded, shortened
from leafletpress.press.order import Order, choose, unknown_clinics, unknown_readers
from leafletpress.press.report import finding_json
from leafletpress.press.stock import find_root, open_stock

if TYPE_CHECKING:
    from leafletpress.edition.explaining import AskedEdition, ConditionalPart, Explanation

_HEADER = ("place", "what", "condition")
_IN, _NOT_IN = "  in      ", "  not in  "
_NARROWEST = 40  # cells for what stands behind these, however narrow the terminal
_WHAT = 44  # cells of what a part is called
_NOBODY = "no clinic"
_MANY = 6  # of more values than these only those that are fewer are named: "all but hillside"

_Axis: TypeAlias = tuple[str, ...]
_Spot: TypeAlias = tuple[str, ...]


def explanations(order: Order, folder: Path) -> tuple[Explanation, ...]:
    """What is conditional in each leaflet ordered, for the clinics and readers ordered, in the house's formats.

    Where none are named: for no clinic and every one there is, for no readers in particular and all of press.yaml.
    LeafletPressError: exit 2 and 3 as for a build.
    """
    from leafletpress.edition.explaining import explain  # noqa: PLC0415 - the resolver: 0.2 s that other verbs save
    from leafletpress.project import LeafletFile  # noqa: PLC0415

    stock = open_stock(find_root(folder) or folder)
    sheets = choose(stock, order)
    for fault in (*unknown_clinics(stock, order.clinics), *unknown_readers(stock, order.readers)):
        raise LeafletPressError(fault, 2)
    clinics: tuple[str | None, ...] = tuple(dict.fromkeys(order.clinics)) or (None, *stock.clinics)
    readers: tuple[str | None, ...] = tuple(dict.fromkeys(order.readers)) or (None, *stock.readers)
    formats = tuple(dict.fromkeys(target.partition(":")[0] for target in stock.targets))
    assert stock.project is not None
    return tuple(
        explain(stock.project, LeafletFile(one.id, one.lang, one.path, one.display), clinics, readers, formats)
        for one in sheets
    )


def editions_table(told: Sequence[Explanation], style: Style) -> str:
    """The parts of each leaflet, in reading order, under a line that says which editions were looked at."""
    return "\n\n".join(_leaflet(one, style) for one in told)


def _leaflet(one: Explanation, style: Style) -> str:
    axes = _axes(one.editions)
    lead = f"{one.leaflet}, {one.lang}: {_looked_at(len(one.editions), axes)}"
    if not one.parts:
        broken = any(finding.is_error for finding in one.diagnostics)
        return f"{lead}\n{'nothing can be told of it' if broken else 'no part has a condition: all have all of it'}"
    rows = [(_place(one, part), shortened(part.what, _WHAT), part.condition) for part in one.parts]
    header, *lines = columns(_HEADER, rows, Style(style.bold, style.plain)).split("\n")
    answers = ("\n".join(_answers(one, part, axes, style.width)) for part in one.parts)
    told = (f"{line}\n{answer}" for line, answer in zip(lines, answers, strict=True))
    return "\n".join([lead, "", header, *told])


def _looked_at(count: int, axes: tuple[_Axis, ...]) -> str:
    clinics, *others = axes
    named = [f"{len(clinics) - 1} clinics, no clinic"] if clinics[0] == _NOBODY and len(clinics) > _MANY else []
    named = named or [", ".join(clinics)] if len(clinics) > 1 else []
    words = "; ".join([*named, *(", ".join(axis) for axis in others if len(axis) > 1)])
    counted = "1 edition" if count == 1 else f"{count} editions"
    return f"{counted} ({words})" if words else counted


def _answers(one: Explanation, part: ConditionalPart, axes: tuple[_Axis, ...], width: int | None) -> Iterator[str]:
    """The lines under a part: which editions have it, and which have not for each reason."""
    having: list[_Spot] = []
    lacking: dict[str, list[_Spot]] = {}
    for edition, verdict in zip(one.editions, part.verdicts, strict=True):
        spots = having if verdict.included else lacking.setdefault(_shared_reason(verdict.reason, edition), [])
        spots.append(_spot(edition))
    told = [(_IN, _described(having, axes) or "all")] if having else []
    told += [(_NOT_IN, f"{_described(spots, axes) or 'any'}: {reason}") for reason, spots in lacking.items()]
    room = max(_NARROWEST, width - len(_IN)) if width is not None else None
    for lead, words in told:
        first, *others = folded(words, room)
        yield f"{lead}{first}"
        yield from (" " * len(lead) + line for line in others)


def _place(one: Explanation, part: ConditionalPart) -> str:
    own = f"source/leaflets/{one.leaflet}/"
    if part.included_at is None:
        return f"line {part.span.line}" if part.span.path.startswith(own) else str(part.span)
    file = part.span.path.removeprefix("source/")
    return f"{file}:{part.span.line}, from line {part.included_at.line}"


def _shared_reason(reason: str, edition: AskedEdition) -> str:
    """The reason in words that hold for other clinics and formats too, where it only names the edition's own."""
    for facet, own in (("clinic", edition.clinic or "none"), ("format", edition.format)):
        reason = re.sub(rf"\b{facet} is {re.escape(own)}, not ", f"{facet} is not ", reason)
        reason = re.sub(rf"\b{facet} is {re.escape(own)}(?= and |;|$)", f"the condition names the {facet}", reason)
    return reason


def _spot(edition: AskedEdition) -> _Spot:
    return (edition.clinic or _NOBODY, edition.readers or "all readers", edition.format)


def _axes(editions: Iterable[AskedEdition]) -> tuple[_Axis, ...]:
    """What editions differ in, and every value there is of each: clinics, readers, formats."""
    spots = [_spot(edition) for edition in editions]
    return tuple(tuple(dict.fromkeys(values)) for values in zip(*spots, strict=True))


def _described(spots: Iterable[_Spot], axes: tuple[_Axis, ...]) -> str:
    """The editions in as few words as they can be told; "" for all there are.

    Values of the first axis with the same answer on the others are told together, and so on inwards.
    """
    if not axes:
        return ""
    inner: dict[str, list[_Spot]] = {}
    for spot in spots:
        inner.setdefault(spot[0], []).append(spot[1:])
    alike: dict[tuple[_Spot, ...], list[str]] = {}
    for value in axes[0]:
        if value in inner:
            alike.setdefault(tuple(inner[value]), []).append(value)
    phrases = []
    for rest, values in alike.items():
        outside, inside = _named(values, axes[0]), _described(rest, axes[1:])
        phrases.append(f"{outside} ({inside})" if outside and inside else outside or inside)
    return "; ".join(filter(None, phrases))


def _named(values: list[str], axis: _Axis) -> str:
    if len(values) == len(axis):
        return ""
    missing = [value for value in axis if value not in values]
    if missing == [_NOBODY]:
        return "all clinics"
    if len(axis) > _MANY and len(missing) < len(values):
        return f"all but {', '.join(missing)}"
    return ", ".join(values)


def editions_json(told: Iterable[Explanation], faults: Iterable[Diagnostic], exit_code: int) -> str:
    """Every verdict as one JSON document, version 1; see docs/report.md for its keys."""
    told = tuple(told)
    found = (*(finding for one in told for finding in one.diagnostics), *faults)
    document = {
        "version": 1,
        "leaflets": [
            {
                "leaflet": one.leaflet,
                "lang": one.lang,
                "editions": [
                    {"clinic": edition.clinic, "readers": edition.readers, "format": edition.format or None}
                    for edition in one.editions
                ],
                "parts": [_part(part) for part in one.parts],
            }
            for one in told
        ],
        "diagnostics": [finding_json(one) for one in found],
        "exit_code": exit_code,
    }
    return json.dumps(document, ensure_ascii=True, indent=2)


def _part(part: ConditionalPart) -> dict[str, object]:
    included = part.included_at
    return {
        "file": part.span.path,
        "line": part.span.line,
        "included_at": {"file": included.path, "line": included.line} if included else None,
        "what": part.what,
        "condition": part.condition,
        "verdicts": [{"included": one.included, "reason": one.reason or None} for one in part.verdicts],
    }
