"""The whole leaflet: all its parts for all editions, looked over once for what is wrong in any of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from leafletpress.checks import check, check_place
from leafletpress.diagnostics import Diagnostic
from leafletpress.edition.contradictions import can_hold
from leafletpress.edition.filling import Filling, Regions, leaflet_values
from leafletpress.edition.findings import Lines, with_place, without_echoes
from leafletpress.edition.glossary import Glossary
from leafletpress.edition.includes import Includes
from leafletpress.edition.judging import Judge
from leafletpress.edition.pictures import open_picture
from leafletpress.edition.shelf import Shelf
from leafletpress.edition.texts import FileText, LeafletText
from leafletpress.edition.wordings import find_wording
from leafletpress.model import Block, Condition, Figure, Leaflet, Picture
from leafletpress.model.walk import each_block, words_of
from leafletpress.project import LeafletFile, Project
from leafletpress.wording import ENGLISH, Wording

_LEAVES_NO_GAP = frozenset({"E303", "E318"})


@dataclass(frozen=True, slots=True)
class Whole:
    """A leaflet with everything it includes, and all that is needed to make its editions.

    `body` still has its conditions. `values` are those of `{{leaflet.…}}`. `pictures` are by path. `glossary` has
    looked up every word that is explained in any edition.
    """

    leaflet: Leaflet
    body: tuple[Block, ...]
    includes: Includes
    wording: Wording | None
    publisher: str
    values: dict[str, str]
    pictures: dict[str, Picture]
    glossary: Glossary
    speaks_of_format: bool
    diagnostics: tuple[Diagnostic, ...]


def look_over(project: Project, leaflet_file: LeafletFile, leaflet: Leaflet, read: LeafletText, shelf: Shelf) -> Whole:
    """The whole of `leaflet`, which is the one that has been `read`."""
    meta = leaflet.meta
    lines, text = Lines(meta, read.source), read.text
    wording, found = find_wording(shelf, meta.lang, meta.span)
    includes = Includes(shelf, meta.lang)
    body = includes.resolve(leaflet.body)
    publisher = meta.publisher or project.house.publisher
    values = leaflet_values(meta, wording or ENGLISH, publisher)
    glossary = Glossary(shelf, meta.lang)
    filling = Filling(meta, values, glossary, regions=Regions(project.house.regions), whole=True)
    for block in each_block(body):
        for words in words_of(block):
            filling.fill(words)
    pictures, missing = _open_pictures(shelf, leaflet_file.path.parent, body)
    diagnostics = [
        *check_place(leaflet, leaflet_file),
        *found,
        *includes.diagnostics,
        *_judged(Judge(shelf, project.house, meta), text, includes, lines),
        *filling.diagnostics,
        *filling.uncited(),
        *glossary.diagnostics,
        *missing,
        *check(replace(leaflet, body=body), _can_meet),
    ]
    gaps = any(finding.code not in _LEAVES_NO_GAP for finding in includes.diagnostics)
    diagnostics = without_echoes(diagnostics, gaps=gaps, unexplained=bool(glossary.diagnostics))
    return Whole(
        leaflet=leaflet,
        body=body,
        includes=includes,
        wording=wording,
        publisher=publisher,
        values=values,
        pictures=pictures,
        glossary=glossary,
        speaks_of_format=any(one.speaks_of_format for one in (text, *includes.texts.values())),
        diagnostics=tuple(lines.placed(with_place(finding, includes)) for finding in diagnostics),
    )


def _judged(judge: Judge, text: FileText, includes: Includes, lines: Lines) -> list[Diagnostic]:
    found = [*judge.front_matter(lines.key), *judge.own(text.parts)]
    for shared in includes.texts.values():
        found += judge.shared(shared.parts)
    return found


def _can_meet(one: tuple[Condition, ...], other: tuple[Condition, ...]) -> bool:
    return not (one and other) or can_hold((*one, *other), {})


def _open_pictures(shelf: Shelf, folder: Path, body: tuple[Block, ...]) -> tuple[dict[str, Picture], list[Diagnostic]]:
    """Each picture once, in order of first use; a fault for each figure whose picture cannot be used."""
    opened: dict[str, Picture | Diagnostic] = {}
    faults: list[Diagnostic] = []
    for figure in each_block(body):
        if not isinstance(figure, Figure):
            continue
        if figure.picture not in opened:
            opened[figure.picture] = open_picture(shelf, folder, figure)
        result = opened[figure.picture]
        if isinstance(result, Diagnostic):
            faults.append(replace(result, span=figure.span))
    return {path: picture for path, picture in opened.items() if isinstance(picture, Picture)}, faults
