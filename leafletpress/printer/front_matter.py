"""Front matter as YAML: the model's, in canonical order; or a file's own, with its comments kept."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import fields
from datetime import date

from leafletpress.model import Metadata, Source, TranslationOf

_PLAIN = re.compile(r"[A-Za-z\u00c0-\u024f]([^\W_]|[ .,;()'/&_+-]|:(?=\S))*\Z")
_NOT_A_WORD = re.compile(r"(true|false|null|yes|no|on|off|y|n|\.?inf|\.?nan)\Z", re.IGNORECASE)


def print_metadata(meta: Metadata) -> str:
    """The lines between the two `---`, in the order of the model's fields; what is not set is left out."""
    return "\n".join(_lines(meta, ""))


def _lines(node: Metadata | Source | TranslationOf, indent: str) -> Iterator[str]:
    for field in fields(node):
        value = getattr(node, field.name)
        if field.name == "span" or value is None or value == ():
            continue
        key = indent + field.name.replace("_", "-")
        if field.name == "values":
            yield f"{key}:"
            yield from (f"{indent}  {name}: {_scalar(words)}" for name, words in value)
        elif isinstance(value, TranslationOf):
            yield f"{key}:"
            yield from _lines(value, indent + "  ")
        elif isinstance(value, tuple):
            yield f"{key}:"
            for item in value:
                yield from _item(item, indent)
        else:
            yield f"{key}: {_scalar(value)}"


def _item(item: str | Source, indent: str) -> Iterator[str]:
    if isinstance(item, Source):
        first, *others = _lines(item, indent + "    ")
        yield f"{indent}  - {first.lstrip()}"
        yield from others
    else:
        yield f"{indent}  - {_scalar(item)}"


def _scalar(value: str | date) -> str:
    """A value plain where any YAML reader takes it for the same words, else in double quotes (YAML 1.2.2, 7.3.1)."""
    if isinstance(value, date):
        return value.isoformat()
    plain = (
        _PLAIN.match(value) and not _NOT_A_WORD.match(value) and " #" not in value and not value.endswith((" ", ":"))
    )
    return str(value) if plain else json.dumps(str(value), ensure_ascii=False)


def reprint_matter(lines: tuple[str, ...]) -> str:
    """The front matter that was read from `lines` in canonical layout: keys and comments stay, in their order."""
    from io import StringIO  # noqa: PLC0415

    from ruamel.yaml import YAML  # noqa: PLC0415 - `fmt` alone needs it

    yaml = YAML(typ="rt", pure=True)
    yaml.preserve_quotes = True
    yaml.width = 1_000_000  # a value is one line
    yaml.indent(mapping=2, sequence=4, offset=2)
    written = StringIO()
    yaml.dump(yaml.load("\n".join(lines) + "\n"), written)
    return "\n".join(line.rstrip() for line in written.getvalue().strip("\n").split("\n"))
