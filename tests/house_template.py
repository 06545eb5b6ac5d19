"""A house's Word template, made with python-docx: letterhead, heads and feet of three kinds, styles of its own."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Mm, Pt, RGBColor

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)
HEADS = {"default": "House head", "first": "House first head", "even": "House even head"}
FEET = {"default": "House foot", "first": "House first foot", "even": "House even foot"}


def house_template(*, first: bool = True, even: bool = True, heads: bool = True, feet: bool = True) -> bytes:
    """A template on Letter paper; without `heads` or `feet` it has none."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(215.9), Mm(279.4)
    section.left_margin, section.right_margin = Mm(22), Mm(22)
    section.top_margin, section.bottom_margin = Mm(30), Mm(25)
    section.different_first_page_header_footer = first
    document.settings.odd_and_even_pages_header_footer = even
    uses = ["default", *(["first"] if first else []), *(["even"] if even else [])]
    sheets = {
        "default": (section.header, section.footer),
        "first": (section.first_page_header, section.first_page_footer),
        "even": (section.even_page_header, section.even_page_footer),
    }
    for use in uses:
        head, foot = sheets[use]
        if heads:
            head.is_linked_to_previous = False
            head.paragraphs[0].add_run().add_picture(io.BytesIO(PNG), height=Mm(8))
            head.paragraphs[0].add_run(HEADS[use])
        if feet:
            foot.is_linked_to_previous = False
            foot.paragraphs[0].text = FEET[use]
    styles = document.styles
    styles["Normal"].font.name, styles["Normal"].font.size = "Georgia", Pt(12)
    styles["Heading 1"].font.color.rgb = RGBColor(0x96, 0x1E, 0x78)
    styles["Body Text"].paragraph_format.left_indent = Mm(10)
    # Takes an id of ours for something else, and a name of ours for another type of style.
    styles.add_style("Urgent text", WD_STYLE_TYPE.CHARACTER)
    styles.add_style("NoteText", WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    document.add_paragraph("The body of the template stays behind.")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def remade(
    content: bytes, changes: Mapping[str, Callable[[bytes], bytes]] = {}, new: Mapping[str, bytes] = {}
) -> bytes:
    """The package with some parts changed and some added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in old.namelist():
            if name not in new:
                archive.writestr(name, changes.get(name, bytes)(old.read(name)))
        for name, part in new.items():
            archive.writestr(name, part)
    return stream.getvalue()


def replacing(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    """A change that has to find what it changes."""

    def change(part: bytes) -> bytes:
        assert old in part
        return part.replace(old, new, 1)

    return change


def as_dotx(content: bytes) -> bytes:
    """The same as a .dotx: Word tells the two apart by the content type alone."""
    return remade(content, {"[Content_Types].xml": replacing(b"document.main+xml", b"template.main+xml")})
