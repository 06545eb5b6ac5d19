"""The glossary: looks words up in source/glossary/<lang>.yaml and keeps the entries an edition uses."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cached_property

from pydantic import RootModel

from leafletpress.diagnostics import Diagnostic
from leafletpress.edition.fitting import Shape, Words, read_shape
from leafletpress.edition.shelf import Shelf
from leafletpress.model import GlossaryEntry, Span
from leafletpress.model.languages import fallbacks


class _EntryShape(Shape):
    word: Words | None = None
    medical: Words | None = None
    definition: Words


class _GlossaryShape(RootModel[dict[Words, _EntryShape]]):
    """Keys are the words that leaflets look up."""


class Glossary:
    """The words explained in one language. Nothing is read before the first word is looked up."""

    def __init__(self, shelf: Shelf, lang: str) -> None:
        self._shelf = shelf
        self._lang = lang
        self._used: dict[str, GlossaryEntry] = {}
        self.diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def used(self) -> tuple[GlossaryEntry, ...]:
        """The entries looked up so far, in order of first use."""
        return tuple(self._used.values())

    def look_up(self, words: str, span: Span) -> GlossaryEntry | Diagnostic:
        """The entry whose key or word is `words` (capitals apart), or E304; the regional glossary comes first."""
        entry = self._entries.get(_fold(words))
        if entry is None:
            return Diagnostic("E304", f"'{words}' is not in the glossary", span, self._hint(words))
        return self._used.setdefault(entry.key, entry)

    def _hint(self, words: str) -> str:
        near = get_close_matches(_fold(words), self._entries, n=1, cutoff=0.7)
        file = f"source/glossary/{self._lang}.yaml"
        if near:
            key = self._entries[near[0]].key
            return f"did you mean '{key}'? Correct it, or write [{words}]{{.term of=\"{key}\"}}"
        return f"explain it in {file}: a line '{words}:', and below it, two blanks in, 'definition: …'"

    @cached_property
    def _entries(self) -> dict[str, GlossaryEntry]:
        by_key: dict[str, GlossaryEntry] = {}
        by_word: dict[str, GlossaryEntry] = {}
        for lang in fallbacks(self._lang):
            path = self._shelf.root / "source" / "glossary" / f"{lang}.yaml"
            fitted = read_shape(self._shelf, path, _GlossaryShape)
            self.diagnostics += fitted.diagnostics
            if fitted.shape is None or fitted.yaml is None:
                continue
            for key, shape in fitted.shape.root.items():
                word = shape.word or key
                entry = GlossaryEntry(key, word, shape.medical, shape.definition, span=fitted.yaml.span((key,)))
                by_key.setdefault(_fold(key), entry)
                by_word.setdefault(_fold(word), entry)
        return by_word | by_key


def _fold(words: str) -> str:
    return " ".join(words.casefold().split())
