"""PDF/X-4: the rules for files that are handed over blind to a print shop (ISO 15930-7:2010)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

import pikepdf

from .faults import Fault
from .geometry import meet
from .limits import Meter
from .marks import Drawn
from .metadata import said
from .objects import entries, filters, get, identity, items, name, numbers, swell, text
from .sheets import Sheet

_ANEW = "ask whoever made the PDF to export it as 'PDF/X-4', and the print shop for its export settings"
_PRINTED_ANNOTATIONS = frozenset({"TrapNet", "PrinterMark"})
_DATES = ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate")
_IDENTITY = ("xmpMM:DocumentID", "xmpMM:VersionID", "xmpMM:RenditionClass")
_ODD = {
    "transfer": "settings of a certain printing machine (transfer curves or halftones)",
    "postscript": "parts in PostScript, the language of old printers",
    "outside": "pictures that are kept in other files, or stand in for them",
}
_ACTIONS = ("/OpenAction", "/AA")
_HEADER = 128  # bytes of an ICC profile that say what it is


def is_pdfx(pdf: Any, metadata: bytes) -> bool:
    """Whether the file says that it is made for a print shop, in whatever edition of PDF/X."""
    return bool(_version(pdf, metadata) or _intents(pdf))


def _version(pdf: Any, metadata: bytes) -> str:
    return said(metadata, "pdfxid:GTS_PDFXVersion") or text(get(pdf.docinfo, "/GTS_PDFXVersion"))


def _intents(pdf: Any) -> list[Any]:
    return [one for one in entries(get(pdf.Root, "/OutputIntents"), 16) if name(get(one, "/S")) == "GTS_PDFX"]


def file_faults(pdf: Any, metadata: bytes, meter: Meter) -> Iterator[Fault]:
    """F890-F892 and F894-F897 for the file as a whole."""
    version = _version(pdf, metadata)
    claimed = version.startswith("PDF/X-4")
    if not claimed:
        words = (
            f"the file says that it is {version}, not PDF/X-4"
            if version
            else "the file does not say that it is PDF/X-4"
        )
        hint = (
            f"{_ANEW}; some shops take other files too"
            if not version
            else f"ask the print shop whether {version} will do"
        )
        yield Fault("F890", words, hint)
    elif not said(metadata, "pdfxid:GTS_PDFXVersion"):
        yield Fault("F890", "the file claims PDF/X-4 in the old place only, not in its metadata", _ANEW)
    yield from _intent(pdf, meter)
    yield from _trapped(pdf, metadata)
    yield from _active(pdf)
    yield from _layers(pdf)
    if claimed:
        yield from _papers(pdf, metadata)
    yield from _compressed(pdf, meter)


def _intent(pdf: Any, meter: Meter) -> Iterator[Fault]:
    intents = _intents(pdf)
    ask = f"{_ANEW}; the shop says which profile its press and paper need"
    if len(intents) != 1:
        count = "does not say" if not intents else "says more than once"
        yield Fault("F891", f"the file {count} which printing condition it is made for (output intent)", ask)
        return
    if not text(get(intents[0], "/OutputConditionIdentifier")):
        yield Fault("F891", "the output intent does not name its printing condition", ask, key="name")
    profile = get(intents[0], "/DestOutputProfile")
    if not isinstance(profile, pikepdf.Stream):
        yield Fault("F891", "the output intent has no colour profile in the file", ask, key="profile")
        return
    swell(profile, meter.limits.stream_bytes)
    try:
        head = profile.read_bytes()[:_HEADER]
    except pikepdf.PdfError:
        head = b""
    if len(head) < _HEADER or head[36:40] != b"acsp":
        yield Fault("F891", "the colour profile of the output intent is damaged", ask, key="profile")
    elif head[12:16] != b"prtr" or head[16:20] != b"CMYK":
        kind = head[16:20].decode("ascii", "replace").strip()
        words = f"the colour profile of the output intent is for {kind}, not for a press that prints CMYK"
        yield Fault("F891", words, ask, key="profile")


def _trapped(pdf: Any, metadata: bytes) -> Iterator[Fault]:
    word = name(get(pdf.docinfo, "/Trapped")) or said(metadata, "pdf:Trapped")
    if word not in {"True", "False"}:
        words = "the file does not say whether it has been trapped (colours spread a little where they meet)"
        yield Fault("F892", words, f"{_ANEW}; 'not trapped' is the usual setting")


def _active(pdf: Any) -> Iterator[Fault]:
    """Scripts, actions, forms and enclosures."""
    root = pdf.Root
    found = []
    if get(root, "/Names", "/JavaScript") is not None or any(
        name(get(root, key, "/S")) not in {"", "GoTo"} or key == "/AA" for key in _ACTIONS if _holds(root, key)
    ):
        found.append("programs that run when it is opened")
    if entries(get(root, "/AcroForm", "/Fields"), 1) or get(root, "/AcroForm", "/XFA") is not None:
        found.append("form fields to fill in")
    if get(root, "/Names", "/EmbeddedFiles") is not None:
        found.append("other files as attachments")
    for what in found:
        hint = "take them out: make a version of the document for print, without forms, scripts and attachments"
        yield Fault("F894", f"the file holds {what}; a file for the print shop may not", hint, key=what)


def _holds(root: Any, key: str) -> bool:
    return isinstance(get(root, key), pikepdf.Dictionary)


def _layers(pdf: Any) -> Iterator[Fault]:
    """Optional content: each configuration with a name, none that changes by itself (ISO 15930-7, 6.19)."""
    properties = get(pdf.Root, "/OCProperties")
    if properties is None:
        return
    hint = "switch layers off in the export, or flatten them: which of them are printed is else anybody's guess"
    groups = {identity(group) for group in entries(get(properties, "/OCGs"))}
    for settings in [get(properties, "/D"), *entries(get(properties, "/Configs"), 100)]:
        if not text(get(settings, "/Name")):
            yield Fault("F896", "the file has layers, and a setting of them without a name", hint, key="name")
        if get(settings, "/AS") is not None:
            yield Fault("F896", "the file has layers that switch themselves on or off", hint, key="as")
        order = get(settings, "/Order")
        if order is not None and groups - _ordered(order):
            yield Fault("F896", "the file has layers that its list of layers leaves out", hint, key="order")


def _ordered(order: Any, depth: int = 0) -> set[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    for item in entries(order, 10_000):
        if isinstance(item, pikepdf.Array):
            found |= _ordered(item, depth + 1) if depth < 10 else set()
        else:
            found.add(identity(item))
    return found


def _papers(pdf: Any, metadata: bytes) -> Iterator[Fault]:
    """What a PDF/X-4 file has to say of itself, beside its claim."""
    missing = [
        told
        for told, there in (
            ("a title", said(metadata, "dc:title")),
            ("its dates", all(said(metadata, key) for key in _DATES)),
            ("its identity (document, version, rendition)", all(said(metadata, key) for key in _IDENTITY)),
            ("an identifier (ID) at its end", get(pdf.trailer, "/ID") is not None),
        )
        if not there
    ]
    if missing:
        yield Fault("F897", f"the file says that it is PDF/X-4, but lacks {', '.join(missing)}", _ANEW)
    if pdf.pdf_version > "1.7":
        yield Fault("F897", f"PDF/X-4 is PDF 1.6, but this file is PDF {pdf.pdf_version}", _ANEW, key="version")


def _compressed(pdf: Any, meter: Meter) -> Iterator[Fault]:
    for count, thing in enumerate(islice(pdf.objects, meter.limits.objects)):
        if not count % 1024:
            meter.look_at_the_clock()
        if isinstance(thing, pikepdf.Stream) and "LZWDecode" in filters(thing):
            words = "parts of the file are compressed the old way (LZW), which PDF/X does not allow"
            yield Fault("F895", words, _ANEW)


def page_faults(page: Any, sheet: Sheet, drawn: Drawn) -> Iterator[Fault]:
    """F893, F894 and F898 for one page."""
    area = sheet.bleed if "BleedBox" in sheet.given else sheet.trim
    for note in entries(get(page, "/Annots"), 5000):
        kind, corners = name(get(note, "/Subtype")), numbers(get(note, "/Rect"))
        if kind in _PRINTED_ANNOTATIONS or len(corners) != 4:
            continue
        x, y, u, v = corners
        box = (min(x, u), min(y, v), max(x, u), max(y, v))
        if meet(box, area) is not None:
            what = {"Link": "a link", "Widget": "a form field"}.get(kind, f"a note or mark-up ({kind})")
            hint = "make a version for print without links, comments and form fields"
            yield Fault(
                "F893", f"{what} lies on the page; a file for the print shop may have none", hint, sheet, box, kind
            )
    if items(get(page, "/AA")):
        hint = "take it out: make a version of the document for print"
        yield Fault("F894", "a program runs when the page is opened", hint, sheet)
    for odd in sorted(drawn.oddities):
        yield Fault("F898", f"the page uses {_ODD[odd]}, which PDF/X-4 does not allow", _ANEW, sheet, key=odd)
