"""Which leaflets are withdrawn: known before anything is resolved, so that nobody starts work on them.

What was found is remembered under the digest of the leaflet's file: reading the particulars of hundreds of leaflets
takes longer than a whole build with nothing changed may take.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from leafletpress.model import Status
from leafletpress.press.stamps import Digests
from leafletpress.press.stock import Sheet

_END = b"\n---"


class Standings:
    """Judges leaflets' files, each once."""

    def __init__(self, known: Mapping[str, tuple[str, bool]], digests: Digests) -> None:
        self._known = known
        self._digests = digests
        self._met: dict[str, tuple[str, bool]] = {}

    def withdrawn(self, sheet: Sheet) -> bool:
        """Whether its particulars say that the leaflet is withdrawn; False where they cannot be read."""
        if sheet.display not in self._met:
            sha256 = self._digests.of(sheet.display) or ""
            known = self._known.get(sheet.display)
            standing = known if known is not None and known[0] == sha256 else (sha256, _withdrawn(sheet))
            self._met[sheet.display] = standing
        return self._met[sheet.display][1]

    @property
    def news(self) -> bool:
        """Whether anything is known that was not known before."""
        return any(self._known.get(path) != standing for path, standing in self._met.items())

    def known(self, alive: frozenset[str]) -> dict[str, tuple[str, bool]]:
        """What the next build may take over, of the leaflets that exist."""
        return {path: standing for path, standing in {**self._known, **self._met}.items() if path in alive}


def _withdrawn(sheet: Sheet) -> bool:
    head = _head(sheet.path)
    if b"withdrawn" not in head:  # the word has to be there: nearly every leaflet is spared the reading
        return False
    from leafletpress.press.listing import draw  # noqa: PLC0415 - it needs the reader, which costs a fifth of a second

    cards, _ = draw((sheet,), date.min)
    return any(card.meta is not None and card.meta.status is Status.WITHDRAWN for card in cards)


def _head(path: Path) -> bytes:
    """The file as far as its particulars may go."""
    try:
        content = path.read_bytes()
    except OSError:
        return b""
    start = content.find(b"---") + 3
    end = content.find(_END, start)
    return content if end < 0 else content[:end]
