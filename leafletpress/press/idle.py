"""Idle matter: glossary words that no leaflet uses, and shared texts that no leaflet includes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from leafletpress.diagnostics import Diagnostic
from leafletpress.model import Span
from leafletpress.press.messages import Resolved

if TYPE_CHECKING:
    from leafletpress.edition.shelf import Shelf

_MAX_BYTES = 1_048_576
_REFUSED = frozenset({"E315", "E319"})  # withdrawn or overdue, but read to its end


@dataclass(slots=True)
class Uses:
    """What the leaflets that were checked use: glossary files with their keys, files of shared texts.

    `whole` are the keys of the jobs whose leaflet was read to its end, so that nothing that it uses is missing here.
    """

    terms: set[tuple[str, str]] = field(default_factory=set)
    shared: set[str] = field(default_factory=set)
    whole: set[str] = field(default_factory=set)

    def note(self, job: str, event: Resolved) -> None:
        """A leaflet was resolved."""
        self.terms.update(event.terms)
        self.shared.update(event.shared)
        if not any(one.is_error and one.code not in _REFUSED for one in event.diagnostics):
            self.whole.add(job)


def idle_matter(root: Path, uses: Uses, jobs: Iterable[str]) -> tuple[Diagnostic, ...]:
    """E321 and E322, by file and line, for what none of the `jobs` uses; they are all there are in the house.

    Nothing where one of them could not be read to its end: what it uses is not known.
    """
    if not uses.whole.issuperset(jobs):
        return ()
    from leafletpress.edition.shelf import Shelf  # noqa: PLC0415 - a whole edition's imports, which a build has not

    shelf = Shelf(root)
    return (*_idle_words(shelf, uses), *_idle_texts(shelf, uses))


def _idle_words(shelf: Shelf, uses: Uses) -> Iterator[Diagnostic]:
    from leafletpress.edition.shelf import Refusal  # noqa: PLC0415 - see above
    from leafletpress.yaml_file import PROJECT_FILE, parse_yaml  # noqa: PLC0415

    folder = shelf.root / "source" / "glossary"
    for name in shelf.names(folder, (".yaml",)):
        path = folder / name
        content = shelf.open(path, _MAX_BYTES)
        if isinstance(content, Refusal):
            continue  # the leaflets that look words up in it say why
        shown, lang = shelf.display(path), name.removesuffix(".yaml")
        yaml = parse_yaml(content.decode("utf-8-sig", "replace"), shown, PROJECT_FILE)
        for key in yaml.value if isinstance(yaml.value, dict) else ():
            if (shown, " ".join(key.split())) not in uses.terms:
                message = f"no leaflet in '{lang}' uses the word '{key}'"
                hint = f"mark it where it stands, [{key}]{{.term}}, or delete the entry"
                yield Diagnostic("E321", message, yaml.span((key,)), hint)


def _idle_texts(shelf: Shelf, uses: Uses) -> Iterator[Diagnostic]:
    folder = shelf.root / "source" / "shared"
    for lang in shelf.names(folder, ("",)):
        for name in shelf.names(folder / lang, (".md",)):
            shown = shelf.display(folder / lang / name)
            if shown not in uses.shared:
                text = name.removesuffix(".md")
                hint = f"include it, '::: include {text}', or delete the file"
                yield Diagnostic("E322", f"no leaflet in '{lang}' includes the text '{text}'", Span(shown, 1, 1), hint)
