"""The DOCX says what the edition says, in styles, lists, links and languages that can be read back."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import time
import zipfile
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from lxml import etree
from specimen import META, SPECIMEN, bullets, p, t

from layouts.docx import LAYOUT
from layouts.docx.families import ADVICE, CALLOUTS, FAMILIES, FRAMES, NUMBERED, Family, Part, style_id
from layouts.docx.markup import NAMESPACES, clark
from layouts.docx.style_sheet import paragraph_styles
from leafletpress.diagnostics import LayoutError
from leafletpress.layout import Context, Layout
from leafletpress.model import (
    AdviceKind,
    Alignment,
    Block,
    Callout,
    CalloutKind,
    Citation,
    Contact,
    Edition,
    Fact,
    Facts,
    Figure,
    Include,
    Inlines,
    Leaflet,
    Link,
    List,
    ListItem,
    ListKind,
    Paragraph,
    Passage,
    Phrase,
    Picture,
    Row,
    Section,
    Strong,
    Subscript,
    Superscript,
    Table,
    Term,
    Text,
    Value,
    Variable,
)
from leafletpress.reading_order import reading_order, words
from leafletpress.theme import Theme

Parts = dict[str, bytes]


def render(edition: Edition) -> Parts:
    with zipfile.ZipFile(io.BytesIO(LAYOUT.render(edition, Context()))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def edition(*blocks: Block, **changes: object) -> Edition:
    return replace(SPECIMEN, leaflet=Leaflet(META, blocks), **changes)  # type: ignore[arg-type]


def xml(parts: Parts, name: str = "word/document.xml") -> etree._Element:
    return etree.fromstring(parts[name])


def find(tree: etree._Element, path: str) -> Any:
    return tree.xpath(path, namespaces=NAMESPACES)


def text(element: etree._Element) -> str:
    pieces = {clark("w:tab"): "\t", clark("w:br"): "\n"}
    return "".join(
        (item.text or "") if item.tag == clark("w:t") else pieces.get(item.tag, "")
        for item in element.iter(clark("w:t"), *pieces)
        if (parent := item.getparent()) is not None and parent.tag == clark("w:r")
    )


def style(paragraph: etree._Element) -> str:
    return str(find(paragraph, "w:pPr/w:pStyle/@w:val")[0])


def paragraphs(parts: Parts) -> list[tuple[str, str]]:
    return [(style(item), text(item)) for item in xml(parts).iter(clark("w:p"))]


@pytest.fixture(scope="module")
def specimen() -> Parts:
    return render(SPECIMEN)


def test_the_layout_keeps_the_protocol() -> None:
    layout: Layout = LAYOUT
    assert (layout.name, layout.suffix, layout.variants) == ("docx", "docx", ())


@pytest.mark.parametrize("contents", [False, True])
def test_words_are_the_reading_order_and_units_never_run_together(contents: bool) -> None:
    shown = replace(SPECIMEN, contents=contents)
    units = [found for unit in reading_order(shown) if (found := words(unit))]
    place = 0
    for name, line in paragraphs(render(shown)):
        if name in {"TOC1", "TOCHeading"}:
            continue
        rest = words(line)
        while rest:
            unit = units[place]
            assert rest[: len(unit)] == unit, f"{name}: {line!r}"
            rest, place = rest[len(unit) :], place + 1
    assert place == len(units)


def test_every_paragraph_with_words_has_its_bookmark_and_body_marks_count_body_blocks(specimen: Parts) -> None:
    names = find(xml(specimen), "//w:bookmarkStart/@w:name")
    body = [name for name in names if name.startswith("_lf_")]
    generated = [name for name in names if name.startswith("_lg_")]
    assert body == [f"_lf_{number:03d}" for number in range(len(body))]
    assert generated == [f"_lg_{number:03d}" for number in range(len(generated))]
    assert len(body) + len(generated) == len(names)
    order = [name[:4] for name in names]
    assert order == ["_lg_"] * 6 + ["_lf_"] * len(body) + ["_lg_"] * (len(generated) - 6)
    for paragraph in xml(specimen).iter(clark("w:p")):
        leaf = words(text(paragraph)) or find(paragraph, "parent::w:tc") or style(paragraph) == "Figure"
        assert bool(find(paragraph, "w:bookmarkStart")) == bool(leaf)
    starts = find(xml(specimen), "//w:bookmarkStart/@w:id")
    assert starts == find(xml(specimen), "//w:bookmarkEnd/@w:id")


def test_every_style_used_is_defined_and_every_defined_style_stands_in_the_gallery(specimen: Parts) -> None:
    sheet = xml(specimen, "word/styles.xml")
    defined = set(find(sheet, "//w:style/@w:styleId"))
    used = set(find(xml(specimen), "//w:pStyle/@w:val | //w:rStyle/@w:val | //w:tblStyle/@w:val"))
    assert used <= defined
    in_gallery = set(find(sheet, "//w:style[w:qFormat]/@w:styleId"))
    assert {style_id(name) for name, form in paragraph_styles(Theme()).items() if form.gallery} <= in_gallery
    assert {"Title", "Subtitle", "Heading1", "Heading2", "ListBullet", "ListNumber", "Step", "Hyperlink"} <= in_gallery


def test_title_is_a_title_and_sections_are_headings(specimen: Parts) -> None:
    found = [(name, line) for name, line in paragraphs(specimen) if name in {"Title", "Heading1", "Heading2"}]
    assert found[0] == ("Title", META.title)
    assert ("Heading1", "Side effects") in found
    assert ("Heading2", "A smaller heading") in found


@pytest.mark.parametrize("kind", [*CalloutKind, *AdviceKind])
def test_all_that_a_container_holds_is_in_its_own_styles(kind: CalloutKind | AdviceKind) -> None:
    inner = (p("words"), bullets("one", ListItem((p("two"), p("more"), bullets("deep")))), Passage("pl", (p("tak"),)))
    family = CALLOUTS[kind] if isinstance(kind, CalloutKind) else ADVICE[kind]
    if isinstance(kind, CalloutKind):
        found = paragraphs(render(edition(Callout(kind, t("Head"), inner))))
        expected = [Part.TEXT, Part.BULLET, Part.BULLET, Part.CONTINUE, (Part.BULLET, 1), Part.TEXT]
        styles = [family.style(*(part if isinstance(part, tuple) else (part,))) for part in expected]
        names = [name for name, _ in found if name.startswith(style_id(family.name))]
        assert names[-6:] == [style_id(name) for name in styles]
        assert names[-7] == style_id(family.style(Part.HEADING))
    else:
        names = [name for name, _ in paragraphs(render(SPECIMEN))]
        assert names.count(style_id(family.style(Part.HEADING))) == 1
        assert names.count(style_id(family.style(Part.BULLET))) == 2


@pytest.mark.parametrize("family", FRAMES, ids=lambda family: family.name)
def test_a_frame_is_one_because_rules_and_edges_agree(family: Family) -> None:
    """Word draws one frame round neighbours only where their borders and outer edges are the same."""
    assert family in FAMILIES
    sheet = paragraph_styles(Theme())
    names = [family.style(part) for part in (Part.LABEL, Part.HEADING, Part.TEXT)]
    names += [family.style(part, level) for part in NUMBERED for level in range(3)]
    forms = [sheet[name] for name in names]
    assert {(form.rules, form.left - form.hanging, form.right) for form in forms} == {
        (forms[0].rules, forms[0].left, forms[0].right)
    }
    assert all(form.rules for form in forms)


def test_equal_frames_side_by_side_are_kept_apart_and_unequal_ones_need_nothing() -> None:
    once = Callout(CalloutKind.NOTE, t("A"), (p("a"),))
    other = Callout(CalloutKind.URGENT, t("B"), (p("b"),))
    names = [name for name, _ in paragraphs(render(edition(once, once, other)))]
    start = names.index("NoteLabel")
    assert names[start : start + 10] == [
        *("NoteLabel", "NoteHeading", "NoteText", "Gap", "NoteLabel", "NoteHeading", "NoteText"),
        *("UrgentLabel", "UrgentHeading", "UrgentText"),
    ]


def test_lists_are_numbered_anew_each_and_keep_their_start() -> None:
    def numbers(start: int) -> List:
        return List(ListKind.NUMBER, (ListItem((p("x"), List(ListKind.NUMBER, (ListItem((p("y"),)),)))),), start)

    parts = render(edition(numbers(3), numbers(1)))
    used = find(xml(parts), "//w:p[w:pPr/w:numPr]/w:pPr/w:numPr/w:numId/@w:val")
    levels = find(xml(parts), "//w:p[w:pPr/w:numPr]/w:pPr/w:numPr/w:ilvl/@w:val")
    assert levels == ["0", "1", "0", "1"]
    assert len(set(used)) == 4
    numbering = xml(parts, "word/numbering.xml")
    starts = [find(numbering, f"w:num[@w:numId='{number}']/w:lvlOverride/w:startOverride/@w:val") for number in used]
    assert starts == [["3"], ["1"], ["1"], ["1"]]


def test_lists_as_deep_as_word_counts_are_set_and_deeper_ones_are_refused() -> None:
    def nest(depth: int) -> List:
        return bullets(ListItem((p(f"level {depth}"), *([nest(depth - 1)] if depth > 1 else []))))

    parts = render(edition(nest(9)))
    assert find(xml(parts), "//w:ilvl/@w:val") == [str(level) for level in range(9)]
    assert not LAYOUT.validate(LAYOUT.render(edition(Callout(CalloutKind.NOTE, (), (nest(9),))), Context()))
    assert codes(edition(nest(10))) == ["L505"]


def test_table_has_a_repeated_header_whole_rows_and_a_caption_above(specimen: Parts) -> None:
    table = find(xml(specimen), "//w:tbl")[0]
    assert find(table, "w:tblPr/w:tblCaption/@w:val") == ["Doses by age"]
    assert find(table, "w:tblPr/w:tblDescription/@w:val") == ["Age, Dose, Times"]
    assert find(table, "w:tblPr/w:tblLook/@w:firstColumn") == ["1"]
    assert len(find(table, "w:tr/w:trPr/w:tblHeader")) == 1
    assert len(find(table, "w:tr/w:trPr/w:cantSplit")) == len(find(table, "w:tr"))
    above = table.getprevious()
    assert (style(above), text(above)) == ("Caption", "Doses by age")
    assert paragraph_styles(Theme())["caption"].keep_next
    assert find(table, "w:tr[2]/w:tc[2]//w:jc/@w:val") == ["center"]


def test_side_effects_have_a_table_with_numbers_and_bands_without(specimen: Parts) -> None:
    found = paragraphs(specimen)
    assert ("EffectBandCell", "Seldom") in found
    assert ("EffectNumberCell", "up to 1 in 1,000 people") in found
    assert ("SideEffectBand", "Less common") in found
    assert ("SideEffect", "tiredness \u2013 low energy") in found


def test_pictures_have_their_words_and_an_svg_goes_with_a_png(specimen: Parts) -> None:
    tree = xml(specimen)
    assert find(tree, "//wp:docPr/@descr") == ["", "A green dot and a red dot in a frame"]
    relations = xml(specimen, "word/_rels/document.xml.rels")
    targets = {item.get("Id"): item.get("Target") for item in relations}
    png, svg = find(tree, "//a:blip/@r:embed")[1], find(tree, "//asvg:svgBlip/@r:embed")[1]
    assert specimen[f"word/{targets[png]}"].startswith(b"\x89PNG")
    assert specimen[f"word/{targets[svg]}"] == SPECIMEN.pictures[0].content
    assert ("FigureCaption", "Two dots") in paragraphs(specimen)


def test_a_picture_used_twice_is_carried_once_and_drawings_differ() -> None:
    figure = Figure("images/dots.svg", "dots", (), 50)
    parts = render(edition(figure, figure, logo=None))
    assert len([name for name in parts if name.startswith("word/media/")]) == 2
    assert len(set(find(xml(parts), "//wp:docPr/@id"))) == 2


SVG_HEAD = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"'


@pytest.mark.parametrize(
    "svg",
    [
        SVG_HEAD + b"><script>1</script></svg>",
        SVG_HEAD + b' onload="x()"/>',
        SVG_HEAD + b'><image href="file:///etc/hostname"/></svg>',
        SVG_HEAD + b'><image href="/etc/hostname"/></svg>',
        SVG_HEAD + b'><image href="data:image/svg+xml;base64,AAAA"/></svg>',
        SVG_HEAD + b'><use href="https://example.org/x.svg#a"/></svg>',
        SVG_HEAD + b'><rect fill="url(https://example.org/a)"/></svg>',
        SVG_HEAD + b'><style>@import "https://example.org/a.css";</style></svg>',
        SVG_HEAD + b"><foreignObject/></svg>",
        b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + SVG_HEAD + b">&a;</svg>",
        b"not a picture",
    ],
)
def test_a_picture_that_runs_or_reaches_outside_is_refused(svg: bytes) -> None:
    picture = Picture("images/a.svg", "image/svg+xml", svg, 9, 9)
    assert codes(edition(Figure("images/a.svg", "a", ()), pictures=(picture,))) == ["L505"]


def test_links_lead_out_by_relationship_and_in_by_bookmark_and_look_like_links(specimen: Parts) -> None:
    tree = xml(edition_parts := specimen)
    relations = {item.get("Id"): item for item in xml(edition_parts, "word/_rels/document.xml.rels")}
    out = [relations[name] for name in find(tree, "//w:hyperlink/@r:id")]
    assert [item.get("Target") for item in out] == [
        *("https://example.org/page?a=1&b=2", "tel:+441632960001", "mailto:us@example.org"),
        "https://example.org/guide",
    ]
    assert {item.get("TargetMode") for item in out} == {"External"}
    styles = find(tree, "//w:hyperlink[@r:id]//w:rStyle/@w:val")
    assert set(styles) == {"Hyperlink"}
    inside = render(edition(Section(t("Here"), (Paragraph((Link(t("go"), "#x"),)),), None, "x")))
    (anchor,) = find(xml(inside), "//w:body//w:hyperlink[.//w:t='go']/@w:anchor")
    (target,) = find(xml(inside), f"//w:p[w:bookmarkStart/@w:name='{anchor}']")
    assert text(target) == "Here"


def test_a_citation_leads_to_its_reference(specimen: Parts) -> None:
    tree = xml(specimen)
    (anchor,) = find(tree, "//w:hyperlink[.//w:rStyle/@w:val='Citation']/@w:anchor")
    (target,) = find(tree, f"//w:p[w:bookmarkStart/@w:name='{anchor}']")
    assert style(target) == "Reference"
    assert text(target).startswith("A guide.")


def test_a_term_inside_a_link_is_both() -> None:
    parts = render(edition(Paragraph((Link((Term(t("word")),), "https://example.org/"), Text(".")))))
    assert find(xml(parts), "//w:hyperlink[.//w:t='word']//w:rStyle/@w:val") == ["TermLink"]


def test_strong_raised_and_lowered_words_keep_their_look_inside_links_and_values() -> None:
    strong = (Strong((Link(t("bold"), "https://example.org/"), Value("clinic.phone", "01632"), Superscript(t("2")))),)
    tree = xml(render(edition(Paragraph(strong))))
    assert find(tree, "//w:r[w:t='bold']/w:rPr/w:rStyle/@w:val") == ["Hyperlink"]
    assert find(tree, "//w:r[w:t='bold']/w:rPr/w:b")
    assert find(tree, "//w:r[w:t='01632']/w:rPr/w:rStyle/@w:val") == ["Strong"]
    assert find(tree, "//w:r[w:t='2']/w:rPr/w:vertAlign/@w:val") == ["superscript"]


def test_languages_and_directions_are_on_runs_and_paragraphs(specimen: Parts) -> None:
    tree = xml(specimen)
    (polish,) = find(tree, "//w:r[w:t='zażółć gęślą jaźń']")
    (arabic,) = find(tree, "//w:r[w:t='مرحبا بالعالم']")
    assert find(polish, "w:rPr/w:lang/@w:val") == ["pl"]
    assert not find(polish, "w:rPr/w:rtl")
    assert find(arabic, "w:rPr/w:lang/@w:bidi") == ["ar"]
    assert find(arabic, "w:rPr/w:rtl")
    passage = next(item for item in tree.iter(clark("w:p")) if text(item).startswith("اتصل"))
    assert find(passage, "w:pPr/w:bidi/@w:val") == ["1"]
    assert find(passage, "w:pPr/w:rPr/w:lang/@w:bidi") == ["ar"]
    assert style(passage) == "PassageText"
    sheet = xml(specimen, "word/styles.xml")
    assert find(sheet, "//w:docDefaults//w:lang/@w:val") == ["en-GB"]


def test_a_leaflet_in_arabic_runs_from_right_to_left_throughout() -> None:
    table = Table(t("ت"), (Alignment.START,), Row((t("ا"),)), (Row((t("ب"),)),))
    body = (p("مرحبا"), table, Paragraph((Phrase(t("English"), "en"),)), Passage("en", (p("English too"),)))
    arabic = replace(SPECIMEN, leaflet=Leaflet(replace(META, lang="ar"), body))
    content = LAYOUT.render(arabic, Context())
    assert not LAYOUT.validate(content)
    parts = render(arabic)
    assert find(xml(parts, "word/styles.xml"), "w:style[@w:styleId='Normal']/w:pPr/w:bidi")
    assert find(xml(parts), "//w:sectPr/w:bidi")
    assert find(xml(parts), "//w:tblPr/w:bidiVisual")
    assert find(xml(parts), "//w:r[w:t='مرحبا']/w:rPr/w:rtl")
    assert not find(xml(parts), "//w:r[w:t='English']/w:rPr/w:rtl")
    assert find(xml(parts), "//w:p[w:r/w:t='English too']/w:pPr/w:bidi/@w:val") == ["0"]


def test_a_label_too_long_for_its_room_moves_the_values_of_its_list() -> None:
    short, long = (Fact(t(label), t("value")) for label in ("Dose", "Medicine that you get during the test"))
    parts = render(edition(Facts((short,)), Facts((short, long))))
    stops = [find(item, "w:pPr/w:ind/@w:left") for item in xml(parts).iter(clark("w:p")) if style(item) == "Fact"]
    assert stops[0] == []
    assert len(stops[1]) == 1
    assert stops[1] == stops[2]


def test_places_with_the_same_value_share_one_key() -> None:
    line = Paragraph((Value("leaflet.dose", "01632"), Text(" or "), Value("leaflet.dose", "01632")))
    parts = render(edition(line, Paragraph((Value("clinic.fax", ""), Text(" fax"))), imprint=Contact((), ())))
    tree = xml(parts)
    assert find(tree, "//w:sdt[.//w:t='01632']//w:alias/@w:val") == ["leaflet.dose"] * 2
    assert set(find(tree, "//w:sdt[.//w:t='01632']//w:dataBinding/@w:xpath")) == {"/lf:values[1]/lf:leaflet.dose[1]"}
    values = xml(parts, "customXml/item2.xml")
    assert [(etree.QName(item).localname, (item.text or "").strip("\u2026")) for item in values] == [
        ("clinic.name", "Riverside Clinic"),
        ("leaflet.dose", "01632"),
        ("clinic.fax", ""),
    ]
    (store,) = set(find(tree, "//w:dataBinding/@w:storeItemID"))
    assert store.encode() in parts["customXml/itemProps2.xml"]
    assert find(tree, "//w:sdt[.//w:alias/@w:val='clinic.fax']/w:sdtContent//w:rStyle/@w:val") == ["ValueBlank"]


def test_fields_to_fill_in_are_content_controls_named_by_their_labels(specimen: Parts) -> None:
    tree = xml(specimen)
    assert find(tree, "//w:sdt[.//w14:checkbox]//w:alias/@w:val") == ["I have read this", "I have questions"]
    assert find(tree, "//w:sdt[.//w:date]//w:alias/@w:val") == ["Next visit"]
    assert find(tree, "//w:sdt[.//w:text/@w:multiLine]//w:alias/@w:val") == [
        *("What is this for?", "When will I hear?", "Notes"),
    ]
    names = [name for name, _ in paragraphs(specimen)]
    assert names.count("WriteInLine") == 5
    assert names.count("WriteInBox") == 4


def test_the_foot_says_what_the_sheet_is_and_which_page(specimen: Parts) -> None:
    for use in ("default", "first"):
        foot = xml(specimen, f"word/footer-{use}.xml")
        said = text(foot)
        assert said.startswith(SPECIMEN.footer)
        assert said.endswith("Page 1 of 1")
        assert f"base {hashlib.sha256(SPECIMEN.source_text.encode()).hexdigest()[:8]}" in said
        assert [code.strip() for code in find(foot, "//w:instrText/text()")] == ["PAGE", "NUMPAGES"]
    assert len(find(xml(specimen), "//w:sectPr/w:footerReference")) == 2


def test_the_base_travels_in_the_file_byte_for_byte(specimen: Parts) -> None:
    base = xml(specimen, "customXml/item1.xml")
    source = gzip.decompress(base64.b64decode(base[0].text or ""))
    assert source == SPECIMEN.source_text.encode()
    assert base.get("sha256") == hashlib.sha256(source).hexdigest()
    assert (base.get("id"), base.get("version"), base.get("lang")) == ("specimen", "1.2", "en-GB")
    custom = xml(specimen, "docProps/custom.xml")
    properties = {item.get("name"): item[0].text for item in custom}
    assert properties["LeafletId"] == "specimen"
    assert properties["LeafletBase"] == (base.get("sha256") or "")[:8]


def test_properties_are_the_leaflets_and_nothing_of_the_template_is_left(specimen: Parts) -> None:
    import docx

    core = docx.Document(io.BytesIO(LAYOUT.render(SPECIMEN, Context()))).core_properties
    assert (core.title, core.author, core.language) == (META.title, "A. Writer", "en-GB")
    assert (core.comments, core.subject, core.version) == (META.summary, "Test or scan", "1.2")
    assert core.created is not None
    assert core.created.date() == date(2026, 3, 1)
    everything = b"".join(specimen.values())
    for left in (b"python-docx", b"2013", b"en-US", b"Calibri", b"Cambria", b"stylesWithEffects", b"Macintosh"):
        assert left not in everything.replace(b"office/word/2010", b"")
    assert not [name for name in specimen if "thumbnail" in name or "webSettings" in name]


def test_contents_is_a_field_whose_entries_are_filled_in_and_lead_to_their_sections() -> None:
    parts = render(replace(SPECIMEN, contents=True))
    entries = [item for item in xml(parts).iter(clark("w:p")) if style(item) == "TOC1"]
    assert [text(item) for item in entries] == [
        *("About the specimen", "Lists and steps", "Side effects", "Getting help"),
    ]
    for entry in entries:
        (anchor,) = find(entry, "w:hyperlink/@w:anchor")
        (heading,) = find(xml(parts), f"//w:p[w:bookmarkStart/@w:name='{anchor}']")
        assert text(heading) == text(entry)
    assert find(xml(parts), "//w:instrText/text()")[0].split()[0] == "TOC"


def codes(shown: Edition) -> list[str]:
    with pytest.raises(LayoutError) as caught:
        LAYOUT.render(shown, Context())
    return [finding.code for finding in caught.value.diagnostics]


NESTED_LINK: Inlines = (Link((Link(t("in"), "https://example.org/"),), "https://example.org/"),)


@pytest.mark.parametrize(
    "block",
    [
        Include("shared"),
        Paragraph((Variable("clinic.phone"),)),
        Paragraph(NESTED_LINK),
        Paragraph((Link(t("nowhere"), "#nowhere"),)),
        Paragraph((Citation("nobody"),)),
        Paragraph((Superscript((Subscript(t("both")),)),)),
        p("bell \a"),
        Section(t("1"), (Section(t("2"), (Section(t("3"), (Section(t("4"), (p("x"),)),)),)),)),
        Figure("images/none.png", "x", ()),
    ],
    ids=[
        "include",
        "variable",
        "nested link",
        "dead link",
        "citation",
        "both",
        "control character",
        "depth",
        "picture",
    ],
)
def test_what_a_docx_cannot_hold_is_refused_and_all_of_it_at_once(block: Block) -> None:
    assert codes(edition(block)) == ["L505"]
    assert codes(edition(block, block)) == ["L505", "L505"]


def test_a_picture_of_another_kind_is_refused() -> None:
    picture = Picture("a.gif", "image/gif", b"GIF89a", 1, 1)
    assert codes(edition(Figure("a.gif", "x", ()), pictures=(picture,))) == ["L505"]


def test_the_same_edition_makes_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    first = LAYOUT.render(SPECIMEN, Context())
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert LAYOUT.render(SPECIMEN, Context()) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        names = archive.namelist()
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert names == ["[Content_Types].xml", *sorted(names[1:])]
