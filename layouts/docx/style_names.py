"""Style names: which id each of our styles has in a document, and which of them are a house's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .families import style_id


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """A style of a house's template that stands for one of ours: its id, its name, its list (0 where it has none)."""

    id: str
    name: str
    instance: int = 0
    level: int = 0


@dataclass(frozen=True, slots=True)
class StyleNames:
    """By our names: the house's styles, and the ids and names of those of ours that had to give way to others."""

    house: Mapping[str, HouseStyle] = field(default_factory=dict)
    moved: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def id(self, name: str) -> str:
        """The id of the style that has one of our names."""
        if name in self.house:
            return self.house[name].id
        return self.moved[name][0] if name in self.moved else style_id(name)

    def written(self) -> tuple[tuple[str, str], ...]:
        """Our names that are written otherwise in the document, each with the name there."""
        house = ((ours, style.name) for ours, style in self.house.items())
        moved = ((ours, name) for ours, (_, name) in self.moved.items())
        return tuple((ours, name) for ours, name in (*house, *moved) if ours.casefold() != name.casefold())
