"""Independent judges find nothing in a DOCX of ours, and do find what is broken on purpose."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest
from specimen import SPECIMEN, p, t

from layouts.docx import LAYOUT
from leafletpress.layout import Context
from leafletpress.model import Callout, CalloutKind, Clinic, Figure, Leaflet, Picture

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


def remade(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return stream.getvalue()


def test_the_specimen_has_no_findings() -> None:
    assert LAYOUT.validate(LAYOUT.render(SPECIMEN, Context())) == ()


def test_every_turn_of_an_edition_has_no_findings() -> None:
    bare = replace(
        SPECIMEN,
        leaflet=Leaflet(
            replace(SPECIMEN.leaflet.meta, authors=(), issued=None, reviewed=None, sources=()),
            (Figure("a.png", "A dot", ()), Callout(CalloutKind.KEY_POINTS, (), (p("One."),))),
        ),
        contents=True,
        notice="",
        glossary=(),
        references=(),
        reference_lines=(),
        formats_line=t("Ask us."),
        pictures=(Picture("a.png", "image/png", PNG, 1, 1),),
        clinic=Clinic("unit", ()),
    )
    assert LAYOUT.validate(LAYOUT.render(bare, Context())) == ()
    assert LAYOUT.validate(LAYOUT.render(replace(SPECIMEN, contents=True), Context())) == ()


@pytest.mark.parametrize(
    ("part", "old", "new", "judge"),
    [
        ("word/document.xml", b"<w:tblGrid>", b"<w:tblGrid><w:nonsense/>", "openxml-audit"),
        ("word/document.xml", b'w:val="BodyText"', b'w:val="NoSuchStyle"', "ooxml-integrity"),
        ("word/document.xml", b'<w:numId w:val="', b'<w:numId w:val="99', "ooxml-integrity"),
        ("word/document.xml", b'<wp:docPr id="1"', b'<wp:docPr id="2"', "drawing"),
        ("word/document.xml", b'w:name="_lf_003"', b'w:name="_lf_004"', "bookmark named"),
        ("word/styles.xml", b"<w:basedOn", b"<w:bassedOn", "openxml-audit"),
    ],
)
def test_a_broken_file_is_found_out(part: str, old: bytes, new: bytes, judge: str) -> None:
    dots = Figure("images/dots.svg", "dots", ())
    twice = replace(SPECIMEN, leaflet=replace(SPECIMEN.leaflet, body=(*SPECIMEN.leaflet.body, dots)))
    content = LAYOUT.render(twice, Context())
    broken = remade(content, part, lambda xml: xml.replace(old, new))
    assert broken != content
    findings = LAYOUT.validate(broken)
    assert {finding.code for finding in findings} == {"V602"}
    assert any(judge in finding.message for finding in findings)


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04 cut short"])
def test_what_is_no_docx_is_a_finding_and_not_a_crash(content: bytes) -> None:
    assert {finding.code for finding in LAYOUT.validate(content)} == {"V602"}
