"""The run-time judgement of an EPUB: every fault it is there for, and no bytes that make it raise."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_epub import files
from specimen import SPECIMEN

from layouts.epub import LAYOUT, structure
from leafletpress.layout import Context

SOUND = LAYOUT.render(SPECIMEN, Context())


def packed(parts: dict[str, bytes], stored: str = "mimetype") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name == stored else None)
    return stream.getvalue()


def said(content: bytes) -> str:
    found = LAYOUT.validate(content)
    assert {diagnostic.code for diagnostic in found} <= {"V603"}
    return "\n".join(diagnostic.message for diagnostic in found)


def test_a_sound_book_has_no_findings() -> None:
    assert said(SOUND) == ""
    assert said(packed(files(SOUND))) == ""


@pytest.mark.parametrize(
    ("name", "old", "new", "finding"),
    [
        ("mimetype", b"epub", b"zip", "mimetype does not say"),
        ("META-INF/container.xml", b"content.opf", b"none.opf", "names no package document"),
        ("META-INF/container.xml", b"<rootfiles>", b"<rootfiles", "container.xml is not well-formed"),
        ("EPUB/content.opf", b'version="3.0"', b'version="2.0"', "no version 3.0"),
        ("EPUB/content.opf", b'xml:lang="en-GB"', b"", "no language"),
        ("EPUB/content.opf", b'unique-identifier="id"', b'unique-identifier="x"', "unique identifier is not there"),
        (
            "EPUB/content.opf",
            b"<dc:title>Draft, not for patients: A specimen &amp; its parts</dc:title>",
            b"",
            "dc:title is missing",
        ),
        ("EPUB/content.opf", b"accessibilityHazard", b"other", "schema:accessibilityHazard is missing"),
        ("EPUB/content.opf", b'href="style.css"', b'href="other.css"', "EPUB/other.css is named but not there"),
        ("EPUB/content.opf", b'href="style.css"', b'href="other.css"', "EPUB/style.css is there but not named"),
        ("EPUB/content.opf", b'id="style"', b'id="cover"', "the id cover stands 2 times"),
        ("EPUB/content.opf", b'properties="nav"', b"", "not exactly one item is the nav"),
        ("EPUB/content.opf", b'properties="cover-image"', b"", "not exactly one item is the cover-image"),
        ("EPUB/content.opf", b'idref="leaflet"', b'idref="none"', "the spine is empty or names"),
        ("EPUB/leaflet.xhtml", b"</main>", b"", "leaflet.xhtml is not well-formed"),
        ("EPUB/leaflet.xhtml", b' lang="en-GB"', b"", "the document has no language"),
        ("EPUB/leaflet.xhtml", b"<title>Draft, not for patients: A specimen &amp; its parts</title>", b"", "no title"),
        ("EPUB/leaflet.xhtml", b'alt="A green', b'title="A green', "no alternative text"),
        ("EPUB/leaflet.xhtml", b'class="logo" ', b"", "no alternative text"),
        ("EPUB/leaflet.xhtml", b'src="pictures', b'src="images', "src images/logo.svg leads nowhere"),
        ("EPUB/leaflet.xhtml", b'src="pictures', b'src="https://e.org', "src https://e.org/logo.svg leads nowhere"),
        ("EPUB/leaflet.xhtml", b'href="#_reference-1"', b'href="#none"', "href #none leads nowhere"),
        ("EPUB/leaflet.xhtml", b'href="#_reference-1"', b'href="http://["', "href http://[ leads nowhere"),
        ("EPUB/leaflet.xhtml", b'aria-labelledby="about"', b'aria-labelledby="x"', "aria-labelledby x leads nowhere"),
        ("EPUB/leaflet.xhtml", b'id="_s2"', b'id="about"', "the id about stands 2 times"),
        ("EPUB/nav.xhtml", b'epub:type="toc"', b'epub:type="lot"', "not exactly one table of contents"),
        ("EPUB/nav.xhtml", b"leaflet.xhtml#about", b"leaflet.xhtml#none", "leads nowhere"),
    ],
)
def test_a_fault_is_found(name: str, old: bytes, new: bytes, finding: str) -> None:
    parts = files(SOUND)
    assert old in parts[name]
    parts[name] = parts[name].replace(old, new, 1)
    assert finding in said(packed(parts))


def test_mimetype_is_first_and_plain() -> None:
    parts = files(SOUND)
    assert "first file, stored plainly" in said(packed(parts, stored="none"))
    parts["mimetype"] = parts.pop("mimetype")
    assert "first file, stored plainly" in said(packed(parts))


def test_names_are_safe() -> None:
    parts = files(SOUND)
    parts["EPUB/é.txt"] = b""
    parts["../evil.txt"] = b""
    found = said(packed(parts))
    assert "readers may refuse: EPUB/é.txt" in found
    assert "readers may refuse: ../evil.txt" in found


def test_a_missing_container_is_found() -> None:
    parts = files(SOUND)
    del parts["META-INF/container.xml"]
    assert "container.xml is missing" in said(packed(parts))


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(structure, "_MOST_BYTES", 1_000_000)
    parts = {**files(SOUND), "EPUB/bomb.bin": bytes(1_000_001)}
    assert "more than" in said(packed(parts))


@given(st.binary(max_size=200))
@settings(max_examples=50, deadline=None)
def test_no_bytes_make_it_raise(content: bytes) -> None:
    assert said(content)


@given(st.integers(0, len(SOUND) - 1), st.integers(0, 255))
@settings(max_examples=200, deadline=None)
def test_no_damaged_byte_makes_it_raise(place: int, value: int) -> None:
    said(SOUND[:place] + bytes([value]) + SOUND[place + 1 :])


@given(st.integers(0, len(SOUND) - 1))
@settings(max_examples=50, deadline=None)
def test_no_book_cut_short_passes(length: int) -> None:
    assert said(SOUND[:length])
