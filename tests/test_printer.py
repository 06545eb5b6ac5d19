"""What is printed reads back the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leafletpress.model import (
    NOWHERE,
    Block,
    Facts,
    Inlines,
    Leaflet,
    LeafletKind,
    LineBreak,
    List,
    ListItem,
    ListKind,
    Metadata,
    Paragraph,
    Section,
    Status,
    Strong,
    Term,
    Text,
)
from leafletpress.printer import print_blocks, print_inlines, print_leaflet, reprint, reprint_shared
from leafletpress.reader import read_leaflet, read_shared
from leafletpress.reader.findings import Findings
from leafletpress.reader.inlines import read_inlines
from leafletpress.reader.normal_form import normalise
from specimen import BODY, META
from strategies import BLOCKS, INLINES, leaflets, raw_text

SOURCES = sorted((Path(__file__).parents[1] / "source" / "leaflets").glob("*/*-*.md"))
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def read(text: str) -> tuple[Block, ...]:
    reading = read_shared(text.encode(), "shared.md")
    assert reading.diagnostics == (), f"{text}\n" + "\n".join(map(str, reading.diagnostics))
    return reading.blocks


@PATIENT
@given(INLINES)
def test_inlines_read_back_as_they_were(inlines: Inlines) -> None:
    text = print_inlines(inlines)
    assert read(text) == (Paragraph(inlines),), text


@settings(PATIENT, max_examples=150)
@given(BLOCKS)
def test_blocks_read_back_as_they_were(blocks: tuple[Block, ...]) -> None:
    text = print_blocks(blocks)
    assert read(text) == blocks, text


@settings(PATIENT, max_examples=60)
@given(leaflets())
def test_leaflets_read_back_as_they_were(leaflet: Leaflet) -> None:
    text = print_leaflet(leaflet)
    reading = read_leaflet(text.encode(), "x.md")
    assert reading.diagnostics == (), text + "\n".join(map(str, reading.diagnostics))
    assert reading.leaflet == leaflet, text
    assert print_leaflet(reading.leaflet) == text
