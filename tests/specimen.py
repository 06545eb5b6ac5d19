"""A specimen edition with one of every node, built by hand: what layout tests render."""

from __future__ import annotations

from datetime import date

from leafletpress.model import (
    Advice,
    AdviceKind,
    Alignment,
    Band,
    Callout,
    CalloutKind,
    Citation,
    Clinic,
    Contact,
    ContactKind,
    ContactLine,
    Edition,
    Effect,
    EffectGroup,
    Fact,
    Facts,
    Figure,
    GlossaryEntry,
    Inlines,
    Leaflet,
    LeafletKind,
    LineBreak,
    Link,
    List,
    ListItem,
    ListKind,
    Metadata,
    Paragraph,
    Passage,
    Phrase,
    Picture,
    Role,
    Row,
    Section,
    SideEffects,
    Source,
    Status,
    Strong,
    Subscript,
    Superscript,
    Table,
    Term,
    Text,
    Value,
    WriteIn,
    WriteInKind,
)
from leafletpress.wording import ENGLISH

SVG = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 80" width="240" height="80">
<rect x="1" y="1" width="238" height="78" fill="#ffffff" stroke="#17324d" stroke-width="2"/>
<circle cx="60" cy="40" r="24" fill="#1c6b3c"/><circle cx="180" cy="40" r="24" fill="#9a1c1c"/></svg>"""

LOGO = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40" width="120" height="40">
<path d="M4 20 Q 30 2 60 20 T 116 20" fill="none" stroke="#17324d" stroke-width="6"/></svg>"""


def t(text: str) -> Inlines:
    return (Text(text),)


def p(text: str) -> Paragraph:
    return Paragraph(t(text))


def bullets(*items: str | ListItem) -> List:
    return List(ListKind.BULLET, tuple(item if isinstance(item, ListItem) else ListItem((p(item),)) for item in items))


ABOUT = Section(
    t("About the specimen"),
    (
        Paragraph(
            (
                Text("It has "),
                Strong(t("strong words")),
                Text(", a "),
                Term(t("biopsy")),
                Text(", a "),
                Link(t("link to a page"), "https://example.org/page?a=1&b=2"),
                Text(", water (H"),
                Subscript(t("2")),
                Text("O), 10"),
                Superscript(t("9")),
                Text(" cells and a source "),
                Citation("guide"),
                Text(". Call "),
                Value("clinic.phone", "01632 960 001"),
                Text("."),
                LineBreak(),
                Text("In Polish: "),
                Phrase(t("zażółć gęślą jaźń"), "pl"),
                Text(", in Arabic: "),
                Phrase(t("مرحبا بالعالم"), "ar"),
                Text("."),
            )
        ),
        Facts((Fact(t("Dose"), t("60 mg")), Fact(t("How often"), (Text("twice "), Strong(t("a year")))))),
        Section(
            t("A smaller heading"),
            (
                Passage("ar", (p("اتصل بالرقم 999 إذا كان لديك نزيف."),)),
                Passage("pl", (p("Zadzwoń pod numer 999."), bullets("jeden", "dwa"))),
            ),
        ),
    ),
    Role.ABOUT,
    "about",
)

LISTS = Section(
    t("Lists and steps"),
    (
        bullets("one", ListItem((p("two"), p("and more on two"), bullets("two a", "two b"))), "three"),
        List(ListKind.NUMBER, (ListItem((p("third"),)), ListItem((p("fourth"),))), start=3),
        p("Between the lists."),
        List(ListKind.STEPS, (ListItem((p("Wash your hands."),)), ListItem((p("Sit down."), bullets("slowly"))))),
        Table(
            t("Doses by age"),
            (Alignment.START, Alignment.CENTRE, Alignment.END),
            Row((t("Age"), t("Dose"), t("Times"))),
            (Row((t("Adult"), t("500 mg"), t("2"))), Row((t("Child"), t("250 mg"), ()))),
            row_headers=True,
        ),
        Figure("images/dots.svg", "A green dot and a red dot in a frame", t("Two dots"), 60),
    ),
    Role.USE,
)

EFFECTS = Section(
    t("Side effects"),
    (
        SideEffects(
            (
                EffectGroup(
                    Band.COMMON,
                    (),
                    (Effect(t("headache"), t("a sore head"), t("Rest.")), Effect(t("rash"))),
                ),
                EffectGroup(Band.RARE, t("Seldom"), (Effect(t("fainting"), (), t("Call us.")),)),
            )
        ),
        SideEffects((EffectGroup(Band.UNCOMMON, t("Less common"), (Effect(t("tiredness"), t("low energy")),)),), False),
    ),
    Role.EFFECTS,
)

HELP = Section(
    t("Getting help"),
    (
        Callout(CalloutKind.EMERGENCY, t("Call 999 if:"), (bullets("you bleed a lot", "you faint"),)),
        Callout(CalloutKind.URGENT, t("Call us today if:"), (p("One of these:"), bullets("you have a fever"))),
        Callout(CalloutKind.CONTACT, t("Ring us if:"), (bullets("you are worried"),)),
        Callout(CalloutKind.WARNING, t("Do not drive"), (p("Not for 24 hours."), Passage("pl", (p("Nie prowadź."),)))),
        Callout(CalloutKind.NOTE, (), (p("Bring this leaflet."),)),
        Advice(AdviceKind.DO, (), (ListItem((p("rest"),)), ListItem((p("drink water"),)))),
        Advice(AdviceKind.DO_NOT, t("Please do not"), (ListItem((p("do not smoke"),)), ListItem((p("do not run"),)))),
        WriteIn(WriteInKind.LINE, (t("What is this for?"), t("When will I hear?")), 2),
        WriteIn(WriteInKind.BOX, (t("Notes"),), 4),
        WriteIn(WriteInKind.TICK, (t("I have read this"), t("I have questions"))),
        WriteIn(WriteInKind.DATE, (t("Next visit"),)),
        Contact(
            t("Specimen clinic"),
            (
                ContactLine(ContactKind.PHONE, (Link(t("01632 960 001"), "tel:+441632960001"),)),
                ContactLine(ContactKind.HOURS, t("Monday to Friday, 9am to 5pm")),
                ContactLine(ContactKind.ADDRESS, (Text("1 High Street"), LineBreak(), Text("Town"))),
                ContactLine(ContactKind.EMAIL, (Link(t("us@example.org"), "mailto:us@example.org"),)),
            ),
        ),
    ),
    Role.HELP,
)

META = Metadata(
    id="specimen",
    title="A specimen & its parts",
    lang="en-GB",
    kind=LeafletKind.TEST,
    summary="One of everything, to see that nothing is lost.",
    reference="LP-0000",
    version="1.2",
    status=Status.DRAFT,
    publisher="Leaflet Press",
    authors=("A. Writer",),
    issued=date(2026, 3, 1),
    reviewed=date(2026, 3, 1),
    review_by=date(2028, 3, 1),
    sources=(Source("guide", "A guide", "A publisher", "https://example.org/guide", "2025", date(2026, 2, 1)),),
)

BODY = (
    Callout(CalloutKind.KEY_POINTS, t("In brief"), (bullets("It is short.", "It has every block."),)),
    p("A first paragraph before any section."),
    ABOUT,
    LISTS,
    EFFECTS,
    HELP,
)

SPECIMEN = Edition(
    leaflet=Leaflet(META, BODY),
    wording=ENGLISH,
    publisher="Leaflet Press",
    kind_label="Test or scan",
    notice="Draft, not for patients",
    footer="A specimen & its parts · LP-0000 · version 1.2 · reviewed 1 March 2026",
    contents=False,
    glossary=(GlossaryEntry("biopsy", "biopsy", "tissue sampling", "A small piece of the body is taken to look at."),),
    references=META.sources,
    reference_lines=(
        (
            Text("A guide. A publisher, 2025. "),
            Link(t("https://example.org/guide"), "https://example.org/guide"),
            Text(" (read on 1 February 2026)"),
        ),
    ),
    review_box=Facts((Fact(t("Version"), t("1.2")), Fact(t("Last reviewed"), t("1 March 2026")))),
    formats_line=t("You can ask for this leaflet in large print."),
    pictures=(Picture("images/dots.svg", "image/svg+xml", SVG, 240, 80),),
    source_text="---\nid: specimen\n---\n",
    imprint=Contact(
        (Value("clinic.name", "Riverside Clinic"),),
        (
            ContactLine(ContactKind.PHONE, (Value("clinic.phone", "01632 960 001"),)),
            ContactLine(ContactKind.HOURS, (Value("clinic.hours", "Monday to Friday, 9am to 5pm"),)),
        ),
    ),
    clinic=Clinic(
        "riverside",
        (("name", "Riverside Clinic"), ("phone", "01632 960 001"), ("hours", "Monday to Friday, 9am to 5pm")),
    ),
    owner="Riverside Clinic",
    logo=Picture("logo", "image/svg+xml", LOGO, 120, 40),
    overdue="This leaflet was due for review on 1 March 2026. Ask us if it is still right.",
)
