"""What a file must say of itself to be PDF/X-4: metadata, identifiers, and the printing condition it is made for.

ISO 15930-7:2010; the names of the metadata are those of XMP and of ISO 32000-1, 14.3 and 14.11.5. All of it comes from
what is handed in: no clock, no chance.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from .colours import Profile

VERSION = "PDF/X-4"
_PRODUCER = "Leaflet Press"
_REGISTRY = "http://www.color.org"
_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
 xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<xmp:CreateDate>{day}</xmp:CreateDate>
<xmp:ModifyDate>{day}</xmp:ModifyDate>
<xmp:MetadataDate>{day}</xmp:MetadataDate>
<xmp:CreatorTool>{producer}</xmp:CreatorTool>
<pdf:Producer>{producer}</pdf:Producer>
<pdf:Trapped>False</pdf:Trapped>
<xmpMM:DocumentID>uuid:{document}</xmpMM:DocumentID>
<xmpMM:InstanceID>uuid:{document}</xmpMM:InstanceID>
<xmpMM:VersionID>1</xmpMM:VersionID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
<pdfxid:GTS_PDFXVersion>{version}</pdfxid:GTS_PDFXVersion>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


@dataclass(frozen=True, slots=True)
class Identity:
    """A file's title, its day, and the digest of everything that went into it (SHA-256)."""

    title: str
    day: date
    digest: bytes


def digest_of(*parts: bytes) -> bytes:
    """One digest of several parts, which cannot be moved from one to the next unnoticed."""
    whole = sha256()
    for part in parts:
        whole.update(len(part).to_bytes(8, "big") + part)
    return whole.digest()


def identify(pdf: pikepdf.Pdf, identity: Identity) -> None:
    """Metadata in XMP and, the same, in the information dictionary."""
    document = UUID(bytes=identity.digest[:16], version=5)
    packet = _PACKET.format(
        title=escape(identity.title),
        day=f"{identity.day.isoformat()}T00:00:00Z",
        producer=_PRODUCER,
        document=document,
        version=VERSION,
    )
    pdf.Root["/Metadata"] = pikepdf.Stream(pdf, packet.encode(), {"/Type": Name("/Metadata"), "/Subtype": Name("/XML")})
    day = String(f"D:{identity.day:%Y%m%d}000000Z")
    pdf.trailer["/Info"] = pdf.make_indirect(
        Dictionary(
            Title=String(identity.title),
            CreationDate=day,
            ModDate=day,
            Creator=String(_PRODUCER),
            Producer=String(_PRODUCER),
            Trapped=Name("/False"),
            GTS_PDFXVersion=String(VERSION),
        )
    )


def set_intent(pdf: pikepdf.Pdf, profile: Profile) -> None:
    """The one output intent, with its profile in the file."""
    embedded = pikepdf.Stream(pdf, profile.content, {"/N": 4})
    intent = Dictionary(
        Type=Name("/OutputIntent"),
        S=Name("/GTS_PDFX"),
        OutputConditionIdentifier=String(profile.condition),
        OutputCondition=String(profile.name),
        Info=String(profile.name),
        DestOutputProfile=pdf.make_indirect(embedded),
    )
    if profile.condition != "Custom":
        intent["/RegistryName"] = String(_REGISTRY)
    pdf.Root["/OutputIntents"] = Array([intent])
