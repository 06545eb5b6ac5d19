"""Print files made by hand, object by object: one that is sound for every purpose, for tests to break.

The sound file is PDF/X-4, PDF/UA-1 and PDF/A-2b at once: A5 pages with 3 mm bleed, the trim's lower left corner at 0 0,
one paragraph of black text that overprints. `drawing` is put on the first page as an artifact, after the text.
"""

from __future__ import annotations

import io
import struct
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
from fontTools import subset
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Stream, String

from layouts.shared.fonts import family

MM = 72 / 25.4
A5 = (148.0, 210.0)
SLUG_MM = 10.0
LETTERS = "".join(map(chr, range(32, 127)))

_PROPERTY = """<rdf:li rdf:parseType="Resource"><pdfaProperty:name>{name}</pdfaProperty:name>
<pdfaProperty:valueType>{kind}</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>{name}</pdfaProperty:description></rdf:li>"""
_SCHEMA = """<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>{prefix}</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{uri}</pdfaSchema:namespaceURI><pdfaSchema:prefix>{prefix}</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq>{property}</rdf:Seq></pdfaSchema:property></rdf:li>"""
_UA = ("pdfuaid", "http://www.aiim.org/pdfua/ns/id/", "part", "Integer")
_X = ("pdfxid", "http://www.npes.org/pdfx/ns/id/", "GTS_PDFXVersion", "Text")
METADATA = f"""<?xpacket begin="\N{BYTE ORDER MARK}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="{_UA[1]}"
 xmlns:pdfxid="{_X[1]}" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>
<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
<xmp:CreateDate>2025-01-02T03:04:05Z</xmp:CreateDate><xmp:ModifyDate>2025-01-02T03:04:05Z</xmp:ModifyDate>
<xmp:MetadataDate>2025-01-02T03:04:05Z</xmp:MetadataDate>
<xmpMM:DocumentID>uuid:0d9f4c1e-0000-4000-8000-000000000001</xmpMM:DocumentID><xmpMM:VersionID>1</xmpMM:VersionID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">A leaflet</rdf:li></rdf:Alt></dc:title>
<pdfaExtension:schemas><rdf:Bag>{
    "".join(
        _SCHEMA.format(prefix=prefix, uri=uri, property=_PROPERTY.format(name=name, kind=kind))
        for prefix, uri, name, kind in (_UA, _X)
    )
}</rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""


def profile(space: bytes = b"CMYK", kind: bytes = b"prtr") -> bytes:
    """The least that passes for an ICC profile: a header, and a table of tags without any."""
    head = bytearray(132)
    head[0:4] = struct.pack(">I", len(head))
    head[8:12] = bytes((2, 0x40, 0, 0))
    head[12:16], head[16:20], head[20:24], head[36:40] = kind, space, b"Lab ", b"acsp"
    head[68:80] = struct.pack(">3i", 63190, 65536, 54061)
    return bytes(head)


@cache
def _letters() -> tuple[bytes, tuple[int, ...], int, int, tuple[int, ...]]:
    """The text face with basic letters alone: its file, widths of 32 to 126, ascent, descent, and its box."""
    folder = family("Atkinson Hyperlegible").folder
    file = next(path for path in sorted(Path(folder).rglob("*.ttf")) if path.stem.endswith("Regular"))
    options = subset.Options(glyph_names=True, hinting=False, layout_features=[], notdef_outline=True)
    font = TTFont(file)
    cutter = subset.Subsetter(options)
    cutter.populate(text=LETTERS)
    cutter.subset(font)
    written = io.BytesIO()
    font.save(written)
    scale, named = 1000 / font["head"].unitsPerEm, font.getBestCmap()
    widths = tuple(round(font["hmtx"][named[ord(letter)]][0] * scale) for letter in LETTERS)
    head = font["head"]
    box = tuple(round(side * scale) for side in (head.xMin, head.yMin, head.xMax, head.yMax))
    return written.getvalue(), widths, round(font["hhea"].ascent * scale), round(font["hhea"].descent * scale), box


def letters(pdf: pikepdf.Pdf, *, embedded: bool = True, name: str = "ABCDEF+AtkinsonHyperlegible-Regular") -> Any:
    """A font of the file."""
    content, widths, ascent, descent, box = _letters()
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=Name(f"/{name}"), Flags=32, FontBBox=Array(box), ItalicAngle=0,
        Ascent=ascent, Descent=descent, CapHeight=668, StemV=80,
    )  # fmt: skip
    if embedded:
        descriptor.FontFile2 = pdf.make_indirect(Stream(pdf, content, Length1=len(content)))
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name(f"/{name}"), FirstChar=32, LastChar=126,
            Widths=Array(widths), Encoding=Name.WinAnsiEncoding, FontDescriptor=pdf.make_indirect(descriptor),
        )
    )  # fmt: skip


def words(text: str, x_mm: float, y_mm: float, size: float = 12, colour: str = "0 0 0 1 k") -> bytes:
    """Operators that set `text`, from the trim's lower left corner."""
    return f"q /Over gs {colour} BT /F1 {size} Tf {x_mm * MM:.3f} {y_mm * MM:.3f} Td ({text}) Tj ET Q\n".encode()


def field(x_mm: float, y_mm: float, width_mm: float, height_mm: float, colour: str) -> bytes:
    """Operators that fill a rectangle."""
    corners = " ".join(f"{side * MM:.3f}" for side in (x_mm, y_mm, width_mm, height_mm))
    return f"q {colour} {corners} re f Q\n".encode()


def picture(
    pdf: pikepdf.Pdf, width: int, height: int, space: Any = Name.DeviceCMYK, pixel: bytes = b"\x20\0\0\0"
) -> Any:
    """A picture of one colour."""
    return pdf.make_indirect(
        Stream(
            pdf, pixel * (width * height), Type=Name.XObject, Subtype=Name.Image, Width=width, Height=height,
            BitsPerComponent=8, ColorSpace=space,
        )
    )  # fmt: skip


def placed(name: str, x_mm: float, y_mm: float, width_mm: float, height_mm: float) -> bytes:
    """Operators that show the picture `name`."""
    sides = f"{width_mm * MM:.3f} 0 0 {height_mm * MM:.3f} {x_mm * MM:.3f} {y_mm * MM:.3f}"
    return f"q {sides} cm /{name} Do Q\n".encode()


def sound(
    drawing: bytes = b"", *, pages: int = 4, size_mm: tuple[float, float] = A5, bleed_mm: float = 3
) -> pikepdf.Pdf:
    """The sound file, open; resources of every page are one dictionary, the pages share."""
    pdf = pikepdf.new()
    wide, high = (side * MM for side in size_mm)
    slug, bleed = SLUG_MM * MM, bleed_mm * MM
    over = Dictionary(Type=Name.ExtGState, op=True, OP=True, OPM=1)
    resources = Dictionary(
        Font=Dictionary(F1=letters(pdf)), ExtGState=Dictionary(Over=pdf.make_indirect(over)), XObject=Dictionary(),
        ColorSpace=Dictionary(), Pattern=Dictionary(), Shading=Dictionary(), Properties=Dictionary(),
    )  # fmt: skip
    resources = pdf.make_indirect(resources)
    for number in range(pages):
        page = pdf.add_blank_page(page_size=(wide, high)).obj
        page.MediaBox = Array([-slug, -slug, wide + slug, high + slug])
        page.TrimBox, page.BleedBox = Array([0, 0, wide, high]), Array([-bleed, -bleed, wide + bleed, high + bleed])
        page.StructParents, page.Tabs = number, Name.S
        page.Resources = resources
        text = words(f"Page {number + 1} of a sound leaflet", 20, size_mm[1] - 30)
        extra = b"/Artifact BMC\n" + drawing + b"EMC\n" if drawing and not number else b""
        page.Contents = pdf.make_indirect(Stream(pdf, b"/P <</MCID 0>> BDC\n" + text + b"EMC\n" + extra))
    _tag(pdf)
    _claim(pdf)
    return pdf


def _tag(pdf: pikepdf.Pdf) -> None:
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root, K=Array()))
    root.K, parents = Array([document]), Array()
    for number, page in enumerate(pdf.pages):
        element = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, P=document, Pg=page.obj, K=0))
        document.K.append(element)
        parents.extend([number, Array([element])])
    root.ParentTree, root.ParentTreeNextKey = pdf.make_indirect(Dictionary(Nums=parents)), len(pdf.pages)
    pdf.Root.StructTreeRoot, pdf.Root.MarkInfo, pdf.Root.Lang = root, Dictionary(Marked=True), String("en-GB")
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)


def _claim(pdf: pikepdf.Pdf) -> None:
    press = pdf.make_indirect(Stream(pdf, profile(), N=4))
    pdf.Root.OutputIntents = Array(
        Dictionary(
            Type=Name.OutputIntent, S=Name(f"/{kind}"), OutputConditionIdentifier=String("Test press"),
            Info=String("Test press"), DestOutputProfile=press,
        )
        for kind in ("GTS_PDFX", "GTS_PDFA1")
    )  # fmt: skip
    say(pdf, METADATA)
    pdf.docinfo = pdf.make_indirect(Dictionary(Trapped=Name("/False")))


def say(pdf: pikepdf.Pdf, metadata: str) -> None:
    """Give the file this packet."""
    pdf.Root.Metadata = pdf.make_indirect(Stream(pdf, metadata.encode(), Type=Name.Metadata, Subtype=Name.XML))


def written(pdf: pikepdf.Pdf, encryption: pikepdf.Encryption | None = None) -> bytes:
    """The file's bytes, the same every time where they are not encrypted."""
    target = io.BytesIO()
    if encryption is None:
        pdf.save(target, compress_streams=False, fix_metadata_version=False, deterministic_id=True)
    else:
        pdf.save(target, compress_streams=False, encryption=encryption)
    # Asked for the version, the library would mend the metadata too, and leave encryption out.
    return target.getvalue().replace(b"%PDF-1.3", b"%PDF-1.6", 1)
