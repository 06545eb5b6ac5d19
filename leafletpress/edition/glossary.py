"""The glossary: looks words up in source/glossary/<lang>.yaml and keeps the entries an edition uses."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cached_property, lru_cache

from pydantic import RootModel

from leafletpress.diagnostics import Diagnostic
from leafletpress.edition.fitting import fit_shape, open_file
from leafletpress.edition.shelf import Shelf
from leafletpress.model import GlossaryEntry, Span
from leafletpress.model.languages import fallbacks
from leafletpress.project.shapes import Shape, Words


class _EntryShape(Shape):
    word: Words | None = None
    medical: Words | None = None
    definition: Words


class _GlossaryShape(RootModel[dict[Words, _EntryShape]]):
    """Keys are the words that leaflets look up."""


_Entries = dict[str, GlossaryEntry]


class Glossary:
    """The words explained in one language. Nothing is read before the first word is looked up."""

    def __init__(self, shelf: Shelf, lang: str, like: Glossary | None = None) -> None:
        """`like` is one of the same language that has been used already: its files need not be opened again."""
        self._shelf = shelf
        self._lang = lang
        self._like = like
        self._used: dict[str, GlossaryEntry] = {}
        self.diagnostics: tuple[Diagnostic, ...] = ()

    def afresh(self) -> Glossary:
        """The same with nothing looked up yet; its files are not opened again."""
        return Glossary(self._shelf, self._lang, self)

    @property
    def used(self) -> tuple[GlossaryEntry, ...]:
        """The entries looked up so far, in order of first use."""
        return tuple(self._used.values())

    def look_up(self, words: str, span: Span) -> GlossaryEntry | Diagnostic:
        """The entry whose key or word is `words` (capitals apart), or E304; the regional glossary comes first."""
        entry = self.entries.get(_fold(words))
        if entry is None:
            return Diagnostic("E304", f"'{words}' is not in the glossary", span, self._hint(words))
        return self._used.setdefault(entry.key, entry)

    def _hint(self, words: str) -> str:
        near = get_close_matches(_fold(words), self.entries, n=1, cutoff=0.7)
        file = f"source/glossary/{self._lang}.yaml"
        if near:
            key = self.entries[near[0]].key
            return f"did you mean '{key}'? Correct it, or write [{words}]{{.term of=\"{key}\"}}"
        return f"explain it in {file}: a line '{words}:', and below it, two blanks in, 'definition: …'"

    @cached_property
    def entries(self) -> _Entries:
        """Every entry by its key and by its word, small letters, those of the region before those of the language."""
        if self._like is not None:
            entries, self.diagnostics = self._like.entries, self._like.diagnostics
            return entries
        files: list[tuple[bytes, str]] = []
        for lang in fallbacks(self._lang):
            path = self._shelf.root / "source" / "glossary" / f"{lang}.yaml"
            match open_file(self._shelf, path):
                case bytes(content):
                    files.append((content, self._shelf.display(path)))
                case Diagnostic() as fault:
                    self.diagnostics += (fault,)
                case None:
                    pass
        entries, found = _index(tuple(files))
        self.diagnostics += found
        return entries


# Pure, and keyed by the files' whole content: a glossary is put in order once for all leaflets of a process.
@lru_cache(maxsize=32)
def _index(files: tuple[tuple[bytes, str], ...]) -> tuple[_Entries, tuple[Diagnostic, ...]]:
    """The entries of several files by key and by word, earlier files first, and what is wrong with the files."""
    by_key: _Entries = {}
    by_word: _Entries = {}
    found: tuple[Diagnostic, ...] = ()
    for content, display in files:
        fitted = fit_shape(content, display, _GlossaryShape)
        found += fitted.diagnostics
        if fitted.shape is None or fitted.yaml is None:
            continue
        for key, shape in fitted.shape.root.items():
            word = shape.word or key
            entry = GlossaryEntry(key, word, shape.medical, shape.definition, span=fitted.yaml.span((key,)))
            by_key.setdefault(_fold(key), entry)
            by_word.setdefault(_fold(word), entry)
    return by_word | by_key, found


def _fold(words: str) -> str:
    return " ".join(words.casefold().split())
