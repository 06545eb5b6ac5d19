"""Ready for the print shop: a finished PDF made PDF/X-4, every colour in process inks, with bleed, marks and a slug.

What comes in is laid out for the trimmed size with 3 mm of bleed around it: TrimBox is the trimmed page, MediaBox
reaches at least the bleed beyond it on all four sides, and what is to bleed is drawn out to there. Pages come in the
order in which they are to be printed: single pages, or the sides of a folded leaflet.

What goes: links, form fields, bookmarks, scripts, attachments and the tag tree. A press reads none of them, PDF/X-4
forbids some, and the same words stand tagged in the file for the screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Matrix, Name

from .colours import INKS, Inks, Profile
from .marks import Box, grown, margin_mm, marks_content, registration, slug_start
from .pdfx import Identity, digest_of, identify, set_intent
from .saving import number, refusal, saved
from .separation import Separation
from .sheet_content import inherited
from .slug import Face, embedded_face, slug_content

_SLACK_PT = 0.05
_VERSION = "1.6"  # ISO 15930-7 builds on PDF 1.6


@dataclass(frozen=True, slots=True)
class Job:
    """What the print shop is told. `day` stands for every date in the file; `leaflet` and `version` for the slug.

    `folds_mm` says for each page where it is folded, from its trimmed left edge; empty where nothing is folded.
    """

    title: str
    leaflet: str
    version: str
    day: date
    bleed_mm: float = 3.0
    folds_mm: tuple[tuple[float, ...], ...] = ()


def press_ready(content: bytes, job: Job, profile: Profile) -> bytes:
    """PDF/X-4, the same bytes for the same input.

    LayoutError L505 where a page has no room for its bleed, or holds what cannot be turned into process inks; L501
    where the slug has a character that the face lacks.
    """
    identity = Identity(job.title, job.day, digest_of(content, repr(job).encode(), profile.content))
    with pikepdf.open(BytesIO(content)) as source:
        pdf = pikepdf.new()
        separation = Separation(pdf, Inks(profile))
        words = [_line(job, number_, len(source.pages), profile) for number_ in range(1, len(source.pages) + 1)]
        face = embedded_face(pdf, "".join([*words, *INKS]))
        for index, page in enumerate(source.pages):
            folds = job.folds_mm[index] if job.folds_mm else ()
            _add_page(
                pdf, pdf.copy_foreign(source.make_indirect(_bare(page))), separation, job, folds, face, words[index]
            )
        identify(pdf, identity)
        set_intent(pdf, profile)
        return saved(pdf, _VERSION)


def _line(job: Job, page: int, pages: int, profile: Profile) -> str:
    return f"{job.leaflet} · version {job.version} · page {page} of {pages} · {profile.name}"


def _bare(page: pikepdf.Page) -> Dictionary:
    """What is drawn on a page and its boxes, without anything that points elsewhere in its file."""
    if inherited(page, "/Rotate") not in (None, 0) or "/UserUnit" in page.obj:
        raise refusal("a page is turned or has units of its own")
    kept = Dictionary()
    for key in ("/Contents", "/Resources", "/MediaBox", "/TrimBox", "/Group"):
        value = inherited(page, key)
        if value is not None:
            kept[key] = value
    return kept


def _add_page(  # noqa: PLR0913, PLR0917  (what a page is made of)
    pdf: pikepdf.Pdf, page: Any, separation: Separation, job: Job, folds_mm: tuple[float, ...], face: Face, line: str
) -> None:
    """Draw a page of the source, with its marks around it, on a sheet that begins at 0, 0."""
    trim, bleed = _boxes(page, job.bleed_mm)
    sheet = grown(trim, margin_mm(job.bleed_mm))
    shift = Matrix(1, 0, 0, 1, -sheet[0], -sheet[1])
    resources = page.get("/Resources", Dictionary())
    drawing, inks = separation.page(_stream(pdf, page), resources, _array(bleed), shift)
    if "/Group" in page:
        # The page's own group stays around its drawing; blending happens in the inks.
        drawing["/Group"] = Dictionary(
            {**{key: value for key, value in page["/Group"].items() if key != "/CS"}, "/CS": Name("/DeviceCMYK")}
        )
    moved = _moved(trim, shift)
    content = "\n".join(
        (
            "q /Page Do Q",
            marks_content(moved, job.bleed_mm, folds_mm, "All"),
            slug_content(face, "Slug", (line,), inks | {"Black"}, slug_start(moved, job.bleed_mm)),
        )
    )
    made = Dictionary(
        Type=Name("/Page"),
        MediaBox=_array(_moved(sheet, shift)),
        TrimBox=_array(moved),
        BleedBox=_array(_moved(bleed, shift)),
        Contents=pdf.make_stream(content.encode()),
        Resources=Dictionary(
            XObject=Dictionary(Page=drawing),
            Font=Dictionary(Slug=face.font),
            ColorSpace=Dictionary(All=registration()),
        ),
    )
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(made)))


def _stream(pdf: pikepdf.Pdf, page: Any) -> Any:
    """A page's content as one stream: an array's parts may end anywhere between two tokens (7.8.2)."""
    contents = page.get("/Contents")
    if contents is None:
        return pdf.make_stream(b"")
    return (
        pdf.make_stream(b"\n".join(part.read_bytes() for part in contents)) if isinstance(contents, Array) else contents
    )


def _boxes(page: Any, bleed_mm: float) -> tuple[Box, Box]:
    """The trim and the bleed of a page; refused where its sheet has no room for the bleed."""
    if "/TrimBox" not in page:
        raise refusal("a page does not say where it is trimmed")
    trim, media = _box(page["/TrimBox"]), _box(page["/MediaBox"])
    bleed = grown(trim, bleed_mm)
    if any(media[side] > bleed[side] + _SLACK_PT for side in (0, 1)) or any(
        media[side] < bleed[side] - _SLACK_PT for side in (2, 3)
    ):
        raise refusal(f"a page is not laid out with {bleed_mm:g} mm of bleed")
    return trim, bleed


def _box(value: Any) -> Box:
    left, bottom, right, top = (float(edge) for edge in value)
    return left, bottom, right, top


def _moved(box: Box, shift: Matrix) -> Box:
    left, bottom = shift.transform((box[0], box[1]))
    right, top = shift.transform((box[2], box[3]))
    return left, bottom, right, top


def _array(box: Box) -> Array:
    return Array([number(edge) for edge in box])
