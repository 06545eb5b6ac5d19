"""Tongues: words that a file has in several languages, `hours: {en: …, pl: …}`, chosen for one of them."""

from __future__ import annotations

from leafletpress.diagnostics import Diagnostic
from leafletpress.model import is_language_tag
from leafletpress.model.languages import fallbacks
from leafletpress.yaml_file import Place, Yaml, YamlValue


class Tongues:
    """Chooses words for `lang`; what is wrong and what has no words in it is collected on the way."""

    def __init__(self, yaml: Yaml, lang: str) -> None:
        self._yaml = yaml
        self._lang = lang
        self.diagnostics: list[Diagnostic] = []
        self.untranslated: dict[str, None] = {}

    def chosen(self, fields: tuple[str, ...], more: tuple[str, ...]) -> YamlValue:
        """A clinic's file with plain words for `fields` of the clinic and its departments, and for `more` of it."""
        value = self._yaml.value
        if not isinstance(value, dict):
            return value
        value = self._group(value, (), (*fields, *more))
        departments = value.get("departments")
        if isinstance(departments, dict):
            value["departments"] = {
                name: self._group(group, ("departments", name), fields) if isinstance(group, dict) else group
                for name, group in departments.items()
            }
        return value

    def _group(self, group: dict[str, YamlValue], place: Place, fields: tuple[str, ...]) -> dict[str, YamlValue]:
        plain: dict[str, YamlValue] = {}
        for key, value in group.items():
            if key not in fields or not isinstance(value, dict):
                plain[key] = value
                continue
            words = self._choose(value, (*place, key))
            if words is not None:
                plain[key] = words
            elif key == "name":  # required, and there: what uses it sees that it is untranslated
                plain[key] = "?"
        return plain

    def _choose(self, tongues: dict[str, YamlValue], place: Place) -> str | None:
        said = {tag: words for tag, words in tongues.items() if self._is_sound(tag, words, (*place, tag))}
        for tag in fallbacks(self._lang):
            if tag in said:
                return str(said[tag])
        name = ".".join(str(part) for part in place if part != "departments")
        self.untranslated[name] = None
        if place == ("name",) and len(said) == len(tongues):  # it stands on every edition
            message = f"'{name}' has no words in the language '{self._lang}'"
            self._fault(message, place, f"add a line '{fallbacks(self._lang)[-1]}: …' below it")
        return None

    def _is_sound(self, tag: str, words: YamlValue, place: Place) -> bool:
        if not is_language_tag(tag):
            self._fault(f"'{tag}' is no language tag", place, "write the language as in en-GB, pl or zh-Hant")
        elif not isinstance(words, str) or not words.strip():
            self._fault(f"'{place[-2]}' has no words in the language '{tag}'", place, "write them behind the tag")
        else:
            return True
        return False

    def _fault(self, message: str, place: Place, hint: str) -> None:
        self.diagnostics.append(Diagnostic("P402", message, self._yaml.span(place), hint))
