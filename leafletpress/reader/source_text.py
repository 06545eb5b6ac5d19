"""Source text: from the bytes of a file to its lines, or the reason why not; and where its front matter ends."""

from __future__ import annotations

import re
from dataclasses import dataclass

from leafletpress.reader.findings import Findings

LARGEST_FILE_BYTES = 1024 * 1024
LARGEST_FRONT_MATTER_LINES = 1_000

# Not allowed or discouraged in XML 1.0 (section 2.2), a line end that only some programs see, or the sign (U+FFFD) that
# a program put in the place of a character it lost.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffd-\uffff]")
_FENCE = re.compile(r"---[ \t]*\Z")


@dataclass(frozen=True, slots=True)
class SourceText:
    """A file's lines, and which of them (from 0) are the front matter's; `matter_end` is its closing `---`."""

    lines: tuple[str, ...]
    matter_end: int | None

    @property
    def matter(self) -> tuple[str, ...]:
        """The lines between the two `---`; empty without front matter."""
        return self.lines[1 : self.matter_end] if self.matter_end else ()

    @property
    def body(self) -> tuple[str, ...]:
        """The lines after the front matter."""
        return self.lines[self.matter_end + 1 :] if self.matter_end else self.lines

    @property
    def body_line(self) -> int:
        """The number of the first line of the body, from 1."""
        return self.matter_end + 2 if self.matter_end else 1


def decode(content: bytes, findings: Findings) -> tuple[str, ...] | None:
    """The lines of `content` without control characters; None where it is too large or not UTF-8."""
    if len(content) > LARGEST_FILE_BYTES:
        findings.add(
            "S102",
            f"the file has {len(content):,} bytes; a source may have {LARGEST_FILE_BYTES:,}",
            0,
            "split it into several leaflets, or take out what was pasted in by accident",
        )
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        byte = content[error.start]
        findings.add(
            "S101",
            f"the byte 0x{byte:02X} in this line is not UTF-8",
            line,
            "open the file in your editor and save it with the encoding UTF-8",
        )
        return None
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return tuple(_without_controls(line, number, findings) for number, line in enumerate(lines, start=1))


def _without_controls(line: str, number: int, findings: Findings) -> str:
    found = CONTROL.search(line)
    if found is None:
        return line
    findings.add(
        "S103",
        f"character {found.start() + 1} of this line is U+{ord(found.group()):04X}, which cannot be printed",
        number,
        "delete it and type what should stand there; such signs come along when text is pasted from a PDF",
    )
    return CONTROL.sub("", line)


def split_front_matter(lines: tuple[str, ...], findings: Findings) -> SourceText:
    """The lines with the place of the front matter; M101 where there is none or it never ends."""
    if not lines or not _FENCE.match(lines[0]):
        findings.add(
            "M101",
            "the leaflet has no front matter",
            1,
            "begin the file with a line '---', the leaflet's particulars (id, title, …), and another line '---'",
        )
        return SourceText(lines, None)
    for number, line in enumerate(lines[1 : LARGEST_FRONT_MATTER_LINES + 2], start=1):
        if _FENCE.match(line):
            return SourceText(lines, number)
    findings.add("M101", "the front matter does not end", 1, "close it with a line '---' before the text begins")
    return SourceText((), None)  # where the text begins is anybody's guess
