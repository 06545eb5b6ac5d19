"""Validation: two independent judges of OOXML, and what both of them miss."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from leafletpress.diagnostics import Diagnostic

from .markup import clark

_OUR_FAULT = "this is our fault, not the writer's: report it with the leaflet; the file was not written"


def validate(content: bytes, *, thorough: bool = True) -> tuple[Diagnostic, ...]:
    """Findings about a finished DOCX: openxml-audit (schema, semantics), ooxml-integrity (references), double ids.

    openxml-audit walks every element and takes about 20 times as long as the render: only a thorough look has it.
    """
    # Both judges read from a path only.
    with tempfile.TemporaryDirectory(prefix="leafletpress-") as folder:
        path = Path(folder) / "leaflet.docx"
        path.write_bytes(content)
        said = [*(_schema(path) if thorough else ()), *_integrity(path), *_double_ids(content)]
    return tuple(Diagnostic("V602", message, hint=_OUR_FAULT) for message in said)


@cache
def _judge() -> Any:
    from openxml_audit import FileFormat, OpenXmlValidator  # noqa: PLC0415  (loads schemas; only validation needs it)

    return OpenXmlValidator(FileFormat.OFFICE_2019)


def _schema(path: Path) -> Iterator[str]:
    for error in _judge().validate(path).errors:
        yield f"openxml-audit: {error.part_uri}: {error.description}"


def _integrity(path: Path) -> Iterator[str]:
    from ooxml_integrity import check  # noqa: PLC0415  (see above)

    for finding in check(path):
        yield f"ooxml-integrity: {finding.code} {finding.message} {finding.where}".rstrip()


def _double_ids(content: bytes) -> Iterator[str]:
    """Ids that must differ within the document: drawings (20.4.2.5), controls (17.5.2.18), bookmarks (17.13.6.2)."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            tree = etree.fromstring(archive.read("word/document.xml"), parser)
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError):
        return  # the judges have said so
    kinds = (
        ("wp:docPr", "id", "drawing"),
        ("w:bookmarkStart", "w:id", "bookmark"),
        ("w:bookmarkStart", "w:name", "bookmark named"),
    )
    for tag, attribute, name in kinds:
        yield from _repeated([str(item.get(clark(attribute))) for item in tree.iter(clark(tag))], name)
    controls = tree.iterfind(f".//{clark('w:sdtPr')}/{clark('w:id')}")
    yield from _repeated([str(item.get(clark("w:val"))) for item in controls], "content control")


def _repeated(ids: list[str], name: str) -> Iterator[str]:
    for value in sorted({value for value in ids if ids.count(value) > 1}):
        yield f"the id of a {name} stands twice: {value}"
