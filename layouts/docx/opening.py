"""Opening: an untrusted DOCX or DOTX as its parts, or the reason why not. Nothing is fetched, and nothing runs.

Sizes are counted while they are read, whatever the archive declares.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from .markup import Element, clark

_MAX_BYTES, _MAX_PART_BYTES, _MAX_TOTAL_BYTES = 20 << 20, 32 << 20, 96 << 20
_MAX_PARTS = 1_000
_OLD_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the compound file of .doc, and of an encrypted .docx
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}.main+xml"
_MAIN_TYPES = (_MAIN.format("document"), _MAIN.format("template"))
_STRICT = "http://purl.oclc.org/ooxml/"
_ACTIVE = re.compile(
    r"vba(project|data)|activex|/embeddings/|oleobject|attachedtoolbars|\.(exe|dll|js|vbs|scr|hta)\Z", re.IGNORECASE
)
_ACTIVE_KINDS = frozenset(
    {"vbaProject", "oleObject", "package", "control", "aFChunk", "subDocument", "attachedToolbars"}
)
# A file saved from a house's template names it, mostly as a path of somebody's machine. It is never followed.
_IGNORED_KIND = "attachedTemplate"
_LINK = re.compile(r"(https?|mailto|tel):", re.IGNORECASE)
_SAVE_ANEW = "open it in a word processor and save it as a plain Word document or template (.docx or .dotx)"


class UnsafeFileError(Exception):
    """A file that is not opened: what is wrong with it, in words, and how to mend it."""

    def __init__(self, message: str, hint: str = _SAVE_ANEW) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part points at: the full type, the target (a part's name unless external)."""

    id: str
    kind: str
    target: str
    external: bool

    @property
    def short(self) -> str:
        """The last step of the type."""
        return self.kind.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Opened:
    """The parts of a file by name (without a leading stroke), their content types, and the name of the main one."""

    parts: Mapping[str, bytes]
    types: Mapping[str, str]
    main: str

    def xml(self, name: str) -> Element:
        """A part as XML."""
        return parse(self.parts[name], name)

    def relations(self, name: str) -> tuple[Relation, ...]:
        """What the part `name` points at; the empty name is the package."""
        return tuple(_relations(self.parts, name))

    def first(self, name: str, kind: str) -> str:
        """The part that `name` points at as `kind`; empty where there is none."""
        found = (one.target for one in self.relations(name) if one.short == kind and not one.external)
        return next((target for target in found if target in self.parts), "")


def open_file(content: bytes) -> Opened:
    """The parts of a DOCX or DOTX; UnsafeFileError where it is none, or could do anything but be read."""
    if len(content) > _MAX_BYTES:
        raise UnsafeFileError(f"is larger than {_MAX_BYTES >> 20} MB", "take large pictures out of it")
    if content.startswith(_OLD_FILE):
        raise UnsafeFileError("is an old .doc, or is locked with a password")
    parts = _unpack(content)
    for name, part in parts.items():
        if name.endswith((".xml", ".rels")):
            parse(part, name)
    types = _types(parts)
    _judge_content(parts, types)
    for name in [name for name in parts if name.endswith(".rels")]:
        for relation in _relations(parts, _owner(name)):
            _judge_relation(relation)
    return Opened(parts, types, _main(parts, types))


def parse(content: bytes, name: str) -> Element:
    """XML without entities, network, comments or processing instructions; UnsafeFileError where it is none."""
    # lxml itself refuses more than 256 levels and texts of more than 10 MB (huge_tree).
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        tree = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise UnsafeFileError(f"holds a damaged part, {name}") from fault
    if tree.getroottree().docinfo.internalDTD is not None:
        raise UnsafeFileError(f"declares a document type or an entity, in {name}")
    return tree


def _unpack(content: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _judge_names([entry.filename for entry in entries])
            if any(entry.flag_bits & 1 for entry in entries):
                raise UnsafeFileError("is locked with a password")
            if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
                raise UnsafeFileError("is not a Word document")
            parts: dict[str, bytes] = {}
            left = _MAX_TOTAL_BYTES
            for entry in entries:
                with archive.open(entry) as stream:
                    parts[entry.filename] = stream.read(min(_MAX_PART_BYTES, left) + 1)
                left -= len(parts[entry.filename])
                if len(parts[entry.filename]) > _MAX_PART_BYTES or left < 0:
                    raise UnsafeFileError("unpacks to far more than a document holds")
            return parts
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError) as fault:
        raise UnsafeFileError("is not a Word document") from fault


def _judge_names(names: list[str]) -> None:
    if len(names) > _MAX_PARTS:
        raise UnsafeFileError(f"has more than {_MAX_PARTS} parts")
    if len({name.lower() for name in names}) != len(names):
        raise UnsafeFileError("holds two parts of one name")
    for name in names:
        if name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/"):
            raise UnsafeFileError("holds a part whose name leads out of the file")


def _judge_content(parts: Mapping[str, bytes], types: Mapping[str, str]) -> None:
    if any("macroEnabled" in kind or "vbaProject" in kind for kind in types.values()):
        raise UnsafeFileError("holds macros", "save it as .docx or .dotx, which have none")
    for name in parts:
        if _ACTIVE.search(name):
            raise UnsafeFileError(f"holds macros or embedded objects ({name})", "take them out and save it anew")


def _judge_relation(relation: Relation) -> None:
    if relation.short == _IGNORED_KIND:
        return
    if relation.short in _ACTIVE_KINDS:
        raise UnsafeFileError(f"holds an embedded object ({relation.short})", "take it out and save it anew")
    if relation.external and relation.short != "hyperlink":
        message = f"fetches something from outside ({relation.short}: {relation.target[:60]})"
        raise UnsafeFileError(message, "put the picture itself into the file instead of a link to it")
    if relation.external and not _LINK.match(relation.target):
        message = f"has a link that is no web, mail or telephone address ({relation.target[:60]})"
        raise UnsafeFileError(message, "take the link out")


def _types(parts: Mapping[str, bytes]) -> dict[str, str]:
    """The content type of each part: its own, or that of its suffix."""
    if "[Content_Types].xml" not in parts:
        raise UnsafeFileError("is not a Word document")
    tree = parse(parts["[Content_Types].xml"], "[Content_Types].xml")
    suffixes = {one.get("Extension", "").lower(): one.get("ContentType", "") for one in tree.iter(clark("ct:Default"))}
    own = {one.get("PartName", "").lstrip("/"): one.get("ContentType", "") for one in tree.iter(clark("ct:Override"))}
    return {name: own.get(name, suffixes.get(name.rpartition(".")[2].lower(), "")) for name in parts}


def _main(parts: Mapping[str, bytes], types: Mapping[str, str]) -> str:
    for relation in _relations(parts, ""):
        if relation.short != "officeDocument":
            continue
        if relation.kind.startswith(_STRICT):
            raise UnsafeFileError("is a 'Strict Open XML' document")
        if relation.target in parts and types[relation.target] in _MAIN_TYPES:
            return relation.target
    raise UnsafeFileError("is not a Word document")


def _rels(name: str) -> str:
    folder, _, file = name.rpartition("/")
    return posixpath.join(folder, "_rels", f"{file}.rels")


def _owner(rels: str) -> str:
    """The part whose relationships a .rels part holds."""
    folder, _, file = rels.removesuffix(".rels").rpartition("/")
    return posixpath.join(folder.removesuffix("_rels").rstrip("/"), file)


def _relations(parts: Mapping[str, bytes], name: str) -> Iterator[Relation]:
    if _rels(name) not in parts:
        return
    folder = posixpath.dirname(name)
    for one in parse(parts[_rels(name)], _rels(name)).iter(clark("rel:Relationship")):
        target, external = one.get("Target", ""), one.get("TargetMode") == "External"
        if not external:
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        yield Relation(one.get("Id", ""), one.get("Type", ""), target, external)
