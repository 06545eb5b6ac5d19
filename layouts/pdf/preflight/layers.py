"""Layers that are switched off: what lies on them is not printed (ISO 32000-1, 8.11)."""

from __future__ import annotations

from typing import Any

from .objects import entries, get, identity, name

_MOST = 10_000


class Layers:
    """Which optional content is hidden when the file is opened or printed."""

    def __init__(self, root: Any) -> None:
        settings = get(root, "/OCProperties", "/D")
        off = {identity(group) for group in entries(get(settings, "/OFF"), _MOST)}
        if name(get(settings, "/BaseState")) == "OFF":
            on = {identity(group) for group in entries(get(settings, "/ON"), _MOST)}
            off = {identity(group) for group in entries(get(root, "/OCProperties", "/OCGs"), _MOST)} - on
        self._off = off - {(0, 0)}

    def hide(self, content: Any) -> bool:
        """Whether a group, or a membership with its policy (8.11.2.2), is not shown."""
        if not self._off or content is None:
            return False
        if name(get(content, "/Type")) != "OCMD":
            return identity(content) in self._off
        groups = get(content, "/OCGs")
        members = entries(groups, _MOST) or ([groups] if groups is not None else [])
        states = [identity(member) not in self._off for member in members]
        if not states:
            return False
        match name(get(content, "/P")):
            case "AllOn":
                return not all(states)
            case "AnyOff":
                return all(states)
            case "AllOff":
                return any(states)
            case _:
                return not any(states)
