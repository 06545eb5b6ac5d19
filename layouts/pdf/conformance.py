"""One file that is PDF/UA-1 and PDF/A-2a at once: the second claim, and the verdict on a finished file.

WeasyPrint writes one claim a file. PDF/A allows another where an extension schema describes it (ISO 19005-2, 6.6.2.3);
PDF/UA-1 asks for pdfuaid:part (ISO 14289-1, 5).
"""

from __future__ import annotations

from typing import Any

from leafletpress.diagnostics import Diagnostic

_OUR_FAULT = "this is our fault, not the writer's: report it with the leaflet; the file was not written"
_UA_CLAIM = b"""<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"
 rdf:about="">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of the PDF/UA standard</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>"""


def claim_ua(_document: Any, pdf: Any) -> None:
    """Add the PDF/UA-1 claim to the metadata that WeasyPrint wrote, and leave it uncompressed for any reader."""
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    packet = b"".join(part if isinstance(part, bytes) else part.encode() for part in metadata.stream)
    if packet.count(b"</rdf:RDF>") != 1:
        raise ValueError("the metadata packet has no single rdf:RDF to add to")
    metadata.stream = [packet.replace(b"</rdf:RDF>", _UA_CLAIM)]
    metadata.compress = False
    metadata.extra.pop("Filter", None)


def judge(content: bytes) -> tuple[Diagnostic, ...]:
    """Findings of page-validation for both claims, V601 each."""
    import page  # noqa: PLC0415  (only the process that renders needs it)

    found = []
    for profile in (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A):
        try:
            report = page.validate_pdf_bytes(content, profile=profile)
        except page.PageError as error:
            found.append(Diagnostic("V601", f"the file cannot be read as PDF: {error}", hint=_OUR_FAULT))
            break
        if not report.is_compliant:
            rules = dict.fromkeys(f"{failure.rule_id}: {failure.message}" for failure in report.failures)
            found += [Diagnostic("V601", f"{profile.value} {rule}", hint=_OUR_FAULT) for rule in rules]
    return tuple(found)
