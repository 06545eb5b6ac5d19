"""The fixed words of the generated parts: labels, headings, bands; English here, other languages beside.

A house whose language is not built in adds source/wording/<lang>.yaml with the same fields (see source/README.md).
"""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Wording:
    """Every word that Leaflet Press itself puts on a page. `{page}`, `{pages}` and the like are filled in."""

    lang: str
    # masthead
    medicine: str
    procedure: str
    test: str
    condition: str
    aftercare: str
    service: str
    draft: str
    overdue: str
    contents: str
    # callouts
    emergency: str
    urgent: str
    contact: str
    warning: str
    note: str
    key_points: str
    do: str
    do_not: str
    # side effects (EMA QRD template 10.4, section 4)
    very_common: str
    common: str
    uncommon: str
    rare: str
    very_rare: str
    not_known: str
    very_common_number: str
    common_number: str
    uncommon_number: str
    rare_number: str
    very_rare_number: str
    not_known_number: str
    effect: str
    how_many: str
    what_to_do: str
    # contact lines
    phone: str
    textphone: str
    hours: str
    email: str
    web: str
    address: str
    # write-in fields
    date_hint: str
    # after the body
    glossary: str
    references: str
    accessed: str
    imprint: str
    clinic: str
    about_leaflet: str
    publisher: str
    authors: str
    reviewers: str
    reference: str
    version: str
    issued: str
    reviewed: str
    review_by: str
    funding: str
    user_testing: str
    licence: str
    status: str
    status_draft: str
    status_approved: str
    formats_line: str
    formats_line_contact: str
    # foot of the page
    page_of: str
    footer_version: str
    footer_reviewed: str
    footer_issued: str
    footer_draft: str
    # what e-readers and libraries tell of an EPUB
    access: str
    access_pictures: str


FIELDS = tuple(field.name for field in fields(Wording))

ENGLISH = Wording(
    lang="en",
    medicine="Medicine",
    procedure="Procedure",
    test="Test or scan",
    condition="Condition",
    aftercare="After your treatment",
    service="Our service",
    draft="Draft, not for patients",
    overdue="This leaflet was due for review on {date}. Ask us if it is still right.",
    contents="In this leaflet",
    emergency="Emergency",
    urgent="Urgent",
    contact="Not urgent",
    warning="Warning",
    note="Note",
    key_points="Key points",
    do="Do",
    do_not="Do not",
    very_common="Very common",
    common="Common",
    uncommon="Uncommon",
    rare="Rare",
    very_rare="Very rare",
    not_known="Not known",
    very_common_number="more than 1 in 10 people",
    common_number="up to 1 in 10 people",
    uncommon_number="up to 1 in 100 people",
    rare_number="up to 1 in 1,000 people",
    very_rare_number="up to 1 in 10,000 people",
    not_known_number="we do not know how many people",
    effect="Side effect",
    how_many="How many people",
    what_to_do="What to do",
    phone="Phone",
    textphone="Textphone",
    hours="Open",
    email="Email",
    web="Website",
    address="Address",
    date_hint="Day, month, year",
    glossary="Words explained",
    references="Our sources",
    accessed="read on {date}",
    imprint="How to reach us",
    clinic="Clinic",
    about_leaflet="About this leaflet",
    publisher="Published by",
    authors="Written by",
    reviewers="Reviewed by",
    reference="Reference",
    version="Version",
    issued="Issued",
    reviewed="Last reviewed",
    review_by="Next review due",
    funding="Funding",
    user_testing="Tested with readers",
    licence="Licence",
    status="Status",
    status_draft="Draft",
    status_approved="Approved",
    formats_line="You can ask for this leaflet in large print, in another format or in another language.",
    formats_line_contact="To ask, contact {publisher}.",
    page_of="Page {page} of {pages}",
    footer_version="version {version}",
    footer_reviewed="reviewed {date}",
    footer_issued="issued {date}",
    footer_draft="draft",
    access="Headings, lists and tables are marked up, sections can be reached from the table of contents, words in "
    "other languages are marked, and text can be enlarged and recoloured.",
    access_pictures="Pictures are described in words.",
)
