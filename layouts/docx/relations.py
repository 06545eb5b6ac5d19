"""Relations: what a part points at, inside the package and out; one id a target."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import quote

from .markup import add, root, serialise

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# Characters a URI may hold as they are (RFC 3986); Word calls a file damaged where a target holds others.
_URI_CHARACTERS = "%/:=&?~#+!$,;'@()*[]"


@dataclass(slots=True)
class Relations:
    """The relationships of one part, in order of first use."""

    _ids: dict[tuple[str, str, bool], str] = field(default_factory=dict)

    def to(self, kind: str, target: str, *, external: bool = False) -> str:
        """The id of the relationship to `target`; `kind` is a full type or the last step of an Office one."""
        if external:
            target = quote(target, safe=_URI_CHARACTERS)
        full = kind if "://" in kind else f"{OFFICE}/{kind}"
        return self._ids.setdefault((full, target, external), f"rId{len(self._ids) + 1}")

    def part(self) -> bytes:
        """The .rels part."""
        return relations_part((number, *relation) for relation, number in self._ids.items())


def relations_part(relations: Iterable[tuple[str, str, str, bool]]) -> bytes:
    """A .rels part of ids, full types, targets, and whether they lie outside the package."""
    relationships = root("rel:Relationships", default="rel")
    for number, kind, target, external in relations:
        item = add(relationships, "rel:Relationship", Id=number, Type=kind, Target=target)
        if external:
            item.set("TargetMode", "External")
    return serialise(relationships)
