"""A house's own Word template: its page, heads, feet, pictures and styles stay, and nothing of ours is lost in it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest
from house_template import FEET, HEADS, PNG, as_dotx, house_template, remade, replacing
from lxml import etree
from specimen import META, SPECIMEN, bullets, p, t
from test_docx import edition, find, style, text, xml

from layouts.docx import LAYOUT
from layouts.docx.house_styles import HouseSheet, name_styles
from layouts.docx.markup import clark
from layouts.docx.opening import open_file
from layouts.docx.styles import styles_part
from leafletpress.diagnostics import Diagnostic, LayoutError
from leafletpress.layout import Context
from leafletpress.model import Callout, CalloutKind, Edition, Leaflet, List, ListItem, ListKind
from leafletpress.reading_order import reading_order, words
from leafletpress.theme import Theme

HOUSE = house_template()
Parts = dict[str, bytes]


def render(shown: Edition = SPECIMEN, house: bytes = HOUSE) -> Parts:
    with zipfile.ZipFile(io.BytesIO(LAYOUT.render(shown, Context(word_template=house)))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def parts() -> Parts:
    return render()


def names(parts: Parts) -> dict[str, str]:
    """Style names by id."""
    found = find(xml(parts, "word/styles.xml"), "w:style")
    return {item.get(clark("w:styleId")): find(item, "w:name/@w:val")[0] for item in found}


def refusal(house: bytes, shown: Edition = SPECIMEN) -> Diagnostic:
    with pytest.raises(LayoutError) as caught:
        LAYOUT.render(shown, Context(word_template=house))
    (finding,) = caught.value.diagnostics
    assert finding.code == "L505"
    assert finding.message.startswith("the house's Word template ")
    assert finding.hint
    return finding


# what is the house's stays


@pytest.mark.parametrize(
    "house",
    [HOUSE, as_dotx(HOUSE), house_template(first=False, even=False), house_template(heads=False, feet=False)],
    ids=["docx", "dotx", "one kind of page", "no heads"],
)
@pytest.mark.parametrize("notice", [SPECIMEN.notice, ""], ids=["draft", "approved"])
def test_judges_find_nothing_in_a_file_on_a_template(house: bytes, notice: str) -> None:
    content = LAYOUT.render(replace(SPECIMEN, notice=notice), Context(word_template=house))
    assert LAYOUT.validate(content) == ()


def test_words_are_the_reading_order_on_a_template_too(parts: Parts) -> None:
    said = [word for item in xml(parts).iter(clark("w:p")) for word in words(text(item))]
    assert said == [word for unit in reading_order(SPECIMEN) for word in words(unit)]
    assert "stays behind" not in text(xml(parts))


def test_the_page_is_the_houses_and_ours_fits_into_it(parts: Parts) -> None:
    tree = xml(parts)
    (size,), (margins,) = find(tree, "//w:pgSz"), find(tree, "//w:pgMar")
    assert (size.get(clark("w:w")), size.get(clark("w:h"))) == ("12240", "15840")
    assert margins.get(clark("w:top")) == "1701"
    measure = 12240 - int(margins.get(clark("w:left"))) - int(margins.get(clark("w:right")))
    # Text stands where the house's body text does, ten millimetres in.
    indent, width = (int(find(tree, f"//w:tblPr/w:{tag}/@w:w")[0]) for tag in ("tblInd", "tblW"))
    assert indent == 567
    assert indent + width == pytest.approx(measure, abs=1)


@pytest.mark.parametrize("use", ["default", "first", "even"])
def test_heads_and_feet_stay_with_their_pictures_and_end_with_our_lines(parts: Parts, use: str) -> None:
    tree = xml(parts)
    relations = {item.get("Id"): item.get("Target") for item in xml(parts, "word/_rels/document.xml.rels")}
    for kind, said in (("header", HEADS[use]), ("footer", FEET[use])):
        (number,) = find(tree, f"//w:sectPr/w:{kind}Reference[@w:type='{use}']/@r:id")
        sheet = xml(parts, f"word/{relations[number]}")
        assert text(sheet[0]) == said
        last = text(sheet[-1])
        if kind == "header":
            assert last.strip() == SPECIMEN.notice
            assert find(sheet, ".//v:textpath/@string") == [SPECIMEN.notice]
            (embedded,) = find(sheet, ".//a:blip/@r:embed")
            own = {item.get("Id"): item.get("Target") for item in xml(parts, f"word/_rels/{relations[number]}.rels")}
            assert parts[f"word/{own[embedded]}"] == PNG
        else:
            assert last.startswith(SPECIMEN.footer)
            assert "base " in last
            assert last.endswith("Page 1 of 1")
            assert [code.strip() for code in find(sheet, ".//w:instrText/text()")] == ["PAGE", "NUMPAGES"]
    assert find(tree, "//w:sectPr/w:titlePg")
    assert find(xml(parts, "word/settings.xml"), "w:evenAndOddHeaders")


def test_an_approved_leaflet_leaves_the_houses_heads_as_they_are() -> None:
    parts = render(replace(SPECIMEN, notice=""))
    assert [text(xml(parts, f"word/header-{use}.xml")) for use in HEADS] == list(HEADS.values())
    assert not find(xml(parts, "word/header-first.xml"), ".//w:pict")


def test_a_page_is_never_without_its_version_or_its_draft_mark() -> None:
    for house in (house_template(feet=False, heads=False), house_template(feet=False)):
        parts = render(house=house)
        for use in ("default", "first", "even"):
            assert SPECIMEN.footer in text(xml(parts, f"word/footer-{use}.xml"))
            assert SPECIMEN.notice in text(xml(parts, f"word/header-{use}.xml"))
    # A house without any head gets ours.
    parts = render(replace(SPECIMEN, notice=""), house_template(heads=False))
    assert text(xml(parts, "word/header-default.xml")).startswith("Riverside Clinic")


def test_a_head_that_an_earlier_section_gives_is_inherited() -> None:
    import docx
    from docx.enum.section import WD_SECTION

    document = docx.Document(io.BytesIO(HOUSE))
    document.add_section(WD_SECTION.NEW_PAGE)
    stream = io.BytesIO()
    document.save(stream)
    parts = render(house=stream.getvalue())
    assert text(xml(parts, "word/header-default.xml")).startswith(HEADS["default"])


# styles


def test_styles_that_the_house_has_are_used_and_only_those_it_lacks_are_added(parts: Parts) -> None:
    sheet, own = xml(parts, "word/styles.xml"), names(parts)
    folded = [name.casefold() for name in own.values()]
    assert len(folded) == len(set(folded))
    assert find(sheet, "w:style[w:name/@w:val='heading 1']/w:rPr/w:color/@w:val") == ["961E78"]
    assert find(sheet, "//w:docDefaults//w:lang/@w:val") == ["en-GB"]
    used = set(find(xml(parts), "//w:pStyle/@w:val | //w:rStyle/@w:val | //w:tblStyle/@w:val"))
    for name in ("header", "footer"):
        for use in HEADS:
            used |= set(find(xml(parts, f"word/{name}-{use}.xml"), "//w:pStyle/@w:val"))
    assert used <= set(own)
    assert {"heading 1", "List Bullet", "Body Text", "Emergency Bullet", "Leaflet Foot"} <= {own[one] for one in used}
    assert find(sheet, "w:style[w:name/@w:val='Back Heading']/w:basedOn/@w:val") == ["Heading1"]
    for item in find(sheet, "//w:basedOn | //w:next | //w:link"):
        assert item.get(clark("w:val")) in own


def test_styles_of_ours_give_way_where_an_id_or_a_name_is_taken(parts: Parts) -> None:
    own = {name: number for number, name in names(parts).items()}
    # "NoteText" is the id of another style of the house's, "Urgent text" the name of one for characters.
    assert own["Note Text"] != "NoteText"
    assert own["Urgent Text (leaflet)"]
    tree = xml(parts)
    assert {text(item) for item in tree.iter(clark("w:p")) if style(item) == own["Note Text"]} == {
        "Bring this leaflet."
    }
    assert any(style(item) == own["Urgent Text (leaflet)"] for item in tree.iter(clark("w:p")))
    base = xml(parts, "customXml/item1.xml")
    assert {(item.get("name"), item.get("written")) for item in base if item.get("written")} == {
        ("Urgent Text", "Urgent Text (leaflet)"),
    }


def test_styles_can_be_mapped_by_name() -> None:
    sheet = etree.fromstring(open_file(HOUSE).parts["word/styles.xml"])
    numbering = etree.fromstring(open_file(HOUSE).parts["word/numbering.xml"])
    ours = etree.fromstring(styles_part(Theme(), "en-GB"))
    mapped = name_styles(HouseSheet(sheet, numbering), ours, (("Key Points Heading", "Intense Quote"),))
    assert mapped.id("Key Points Heading") == "IntenseQuote"
    assert ("Key Points Heading", "Intense Quote") in mapped.written()
    # A style of another type cannot stand in.
    mapped = name_styles(HouseSheet(sheet, numbering), ours, (("Key Points Heading", "Book Title"),))
    assert mapped.id("Key Points Heading") == "KeyPointsHeading"


def test_language_and_direction_are_the_leaflets_not_the_templates() -> None:
    arabic = replace(SPECIMEN, leaflet=Leaflet(replace(META, lang="ar"), (p("مرحبا"), bullets("واحد"))))
    content = LAYOUT.render(arabic, Context(word_template=HOUSE))
    assert LAYOUT.validate(content) == ()
    parts = render(arabic)
    sheet = xml(parts, "word/styles.xml")
    assert find(sheet, "//w:lang/@w:bidi") == ["ar"]
    assert find(sheet, "w:style[w:name/@w:val='Normal']/w:pPr/w:bidi")
    assert find(xml(parts), "//w:sectPr/w:bidi")


# lists


def test_lists_in_the_houses_style_are_instances_of_the_houses_list_and_begin_anew() -> None:
    def numbers(start: int) -> List:
        return List(ListKind.NUMBER, (ListItem((p("x"),)), ListItem((p("y"),))), start)

    note = Callout(CalloutKind.NOTE, (), (bullets("in a box"),))
    parts = render(edition(numbers(3), numbers(1), bullets("one", ListItem((p("two"), bullets("deep")))), note))
    numbering = xml(parts, "word/numbering.xml")
    definition = dict(
        zip(find(numbering, "w:num/@w:numId"), find(numbering, "w:num/w:abstractNumId/@w:val"), strict=True)
    )
    ids = find(numbering, "w:abstractNum/@w:abstractNumId")
    assert len(ids) == len(set(ids))
    assert len(definition) == len(find(numbering, "w:num"))
    assert set(definition.values()) <= set(ids)
    sheet = xml(parts, "word/styles.xml")
    for name, words_in in (("List Number", "x"), ("List Bullet", "one"), ("List Bullet 2", "deep")):
        (of_style,) = find(sheet, f"w:style[w:name/@w:val='{name}']/w:pPr/w:numPr/w:numId/@w:val")
        own = find(xml(parts), f"//w:p[.//w:t='{words_in}']/w:pPr/w:numPr/w:numId/@w:val")
        assert {definition[number] for number in own} == {definition[of_style]}
        assert of_style not in own
    first, second = find(xml(parts), "//w:p[.//w:t='x']/w:pPr/w:numPr/w:numId/@w:val")
    for number, start in ((first, "3"), (second, "1")):
        assert find(numbering, f"w:num[@w:numId='{number}']//w:startOverride/@w:val") == [start]
    # A list of ours in a box of ours has our label.
    (boxed,) = find(xml(parts), "//w:p[.//w:t='in a box']/w:pPr/w:numPr/w:numId/@w:val")
    (level,) = find(numbering, f"w:abstractNum[@w:abstractNumId='{definition[boxed]}']/w:lvl[@w:ilvl='0']")
    assert find(level, "w:lvlText/@w:val") == ["\u2022"]
    linked = find(numbering, "//w:pStyle/@w:val")
    assert len(linked) == len(set(linked)), "no style has two definitions"


def test_references_are_numbered_whatever_the_house_calls_a_reference() -> None:
    import docx
    from docx.enum.style import WD_STYLE_TYPE

    document = docx.Document()
    document.styles.add_style("Reference", WD_STYLE_TYPE.PARAGRAPH)
    stream = io.BytesIO()
    document.save(stream)
    parts = render(house=stream.getvalue())
    (number,) = find(xml(parts), "//w:p[w:pPr/w:pStyle/@w:val='Reference']/w:pPr/w:numPr/w:numId/@w:val")
    numbering = xml(parts, "word/numbering.xml")
    (definition,) = find(numbering, f"w:num[@w:numId='{number}']/w:abstractNumId/@w:val")
    assert find(numbering, f"w:abstractNum[@w:abstractNumId='{definition}']/w:lvl/w:lvlText/@w:val") == ["[%1]"]


# what is ours is there


def test_base_values_properties_and_bookmarks_are_as_without_a_template(parts: Parts) -> None:
    with zipfile.ZipFile(io.BytesIO(LAYOUT.render(SPECIMEN, Context()))) as archive:
        bare = {name: archive.read(name) for name in archive.namelist()}
    for name in ("customXml/item2.xml", "customXml/itemProps1.xml", "docProps/core.xml", "docProps/custom.xml"):
        assert parts[name] == bare[name]
    assert find(xml(parts), "//w:bookmarkStart/@w:name") == find(xml(bare), "//w:bookmarkStart/@w:name")
    everything = b"".join(part for name, part in parts.items() if not name.startswith("word/media"))
    assert b"python-docx" not in everything


def test_ids_of_drawings_and_controls_differ_over_all_parts(parts: Parts) -> None:
    trees = [xml(parts, name) for name in parts if name.startswith("word/") and name.endswith(".xml")]
    for path in ("//wp:docPr/@id", "//w:sdtPr/w:id/@w:val", "//w:bookmarkStart/@w:id"):
        found = [number for tree in trees for number in find(tree, path)]
        assert len(found) == len(set(found))


def test_the_same_template_makes_the_same_bytes() -> None:
    from layouts.docx.foundation import _house_foundation

    first = LAYOUT.render(SPECIMEN, Context(word_template=HOUSE))
    assert LAYOUT.render(SPECIMEN, Context(word_template=HOUSE)) == first
    _house_foundation.cache_clear()
    assert LAYOUT.render(SPECIMEN, Context(word_template=HOUSE)) == first


def test_a_docx_of_ours_can_be_the_template() -> None:
    own = LAYOUT.render(SPECIMEN, Context())
    content = LAYOUT.render(SPECIMEN, Context(word_template=own))
    assert LAYOUT.validate(content) == ()
    changed = replace(
        SPECIMEN, owner="Hillside Clinic", clinic=None, footer="Another leaflet \u00b7 version 9", notice=""
    )
    parts = render(changed, own)
    assert len(names(parts)) == len(set(names(parts).values()))
    # Nothing that another leaflet said on its pages is left.
    sheets = b"".join(part for name, part in parts.items() if name.startswith(("word/header", "word/footer")))
    for old in (b"Riverside", b"1.2", b"Draft", b"PowerPlus"):
        assert old not in sheets
    assert text(xml(parts, "word/footer-default.xml")).startswith("Another leaflet")


def test_a_watermark_of_the_houses_own_stays_beside_ours() -> None:
    own = LAYOUT.render(replace(SPECIMEN, owner="", clinic=None), Context())
    name = "word/header-default.xml"
    house = remade(own, {name: lambda part: part.replace(b"DraftMark", b"Strong").replace(b"Object", b"ObjectOfHouse")})
    content = LAYOUT.render(SPECIMEN, Context(word_template=house))
    assert LAYOUT.validate(content) == ()
    marks = find(xml(render(house=house), name), "//v:shape/@id")
    assert len(marks) == len(set(marks)) == 2


def test_settings_that_lock_or_lead_outside_stay_behind() -> None:
    locked = (
        b'<w:attachedTemplate xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="x9"/>'
        b'<w:documentProtection w:edit="readOnly" w:enforcement="1"/></w:settings>'
    )
    relations = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="x9" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
        b'Target="file:///C:/house.dotx" TargetMode="External"/></Relationships>'
    )
    house = remade(
        HOUSE, {"word/settings.xml": replacing(b"</w:settings>", locked)}, {"word/_rels/settings.xml.rels": relations}
    )
    parts = render(house=house)
    assert b"Protection" not in parts["word/settings.xml"]
    assert b"attachedTemplate" not in parts["word/settings.xml"]
    assert "word/_rels/settings.xml.rels" not in parts


# what is refused


RELATION = (
    b'<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" '
    b'Target="%s" TargetMode="%s"/></Relationships>'
)
BODY = "word/_rels/document.xml.rels"


def related(kind: bytes, target: bytes, mode: bytes = b"External") -> bytes:
    return remade(HOUSE, {BODY: replacing(b"</Relationships>", RELATION % (kind, target, mode))})


def headed(addition: bytes) -> bytes:
    """A header with more in it; names and number follow python-docx."""
    name = next(one for one in open_file(HOUSE).parts if one.startswith("word/header"))
    return remade(HOUSE, {name: replacing(b"</w:hdr>", b"<w:p>" + addition + b"</w:p></w:hdr>")})


def field(instruction: bytes) -> bytes:
    begin, middle = instruction[:7], instruction[7:]
    return headed(
        b'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>' + begin + b"</w:instrText></w:r>"
        b"<w:r><w:instrText>" + middle + b'</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


REFUSED = {
    "nothing": (b"\0", "not a Word document"),
    "no zip": (b"hello", "not a Word document"),
    "cut short": (HOUSE[:2000], "not a Word document"),
    "old doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "locked with a password"),
    "no types": (remade(HOUSE, {"[Content_Types].xml": lambda _: b"<Types/>"}), "not a Word document"),
    "macros": (
        remade(
            HOUSE, {"[Content_Types].xml": replacing(b"wordprocessingml.document.main", b"macroEnabledTemplate.main")}
        ),
        "macros",
    ),
    "vba": (remade(HOUSE, new={"word/vbaProject.bin": b"x"}), "macros or embedded objects"),
    "ole": (remade(HOUSE, new={"word/embeddings/oleObject1.bin": b"x"}), "embedded objects"),
    "linked picture": (related(b"image", b"https://example.org/logo.png"), "fetches something from outside"),
    "linked frame": (related(b"frame", b"file:///etc/passwd"), "fetches something from outside"),
    "script link": (related(b"hyperlink", b"javascript:alert(1)"), "no web, mail or telephone address"),
    "file link": (related(b"hyperlink", b"file:///etc/passwd"), "no web, mail or telephone address"),
    "chunk": (related(b"aFChunk", b"chunk.html", b"Internal"), "embedded object"),
    "entity": (
        remade(HOUSE, {"word/styles.xml": lambda _: b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}),
        "document type or an entity",
    ),
    "entity in utf-16": (
        remade(HOUSE, {"word/styles.xml": lambda _: '<!DOCTYPE x [<!ENTITY a "b">]><x/>'.encode("utf-16")}),
        "document type or an entity",
    ),
    "broken part": (remade(HOUSE, {"word/styles.xml": lambda part: part[:-30]}), "damaged part"),
    "path": (remade(HOUSE, new={"../evil.xml": b"<x/>"}), "leads out of the file"),
    "many parts": (remade(HOUSE, new={f"word/x{n}.bin": b"" for n in range(1_001)}), "parts"),
    "two of one name": (remade(HOUSE, new={"word/STYLES.xml": b"<x/>"}), "two parts of one name"),
    "bomb": (remade(HOUSE, new={"word/big.bin": b"\0" * (33 << 20)}), "unpacks to far more"),
    "large": (b"PK" + b"\0" * (21 << 20), "larger than 20 MB"),
    "includepicture": (field(b'INCLUDEPICTURE "http://example.org/a.png"'), "fetches from outside"),
    "dde": (field(b"DDEAUTO c:\\\\windows\\\\cmd.exe"), "fetches from outside"),
    "link field": (field(b'HYPERLINK "file:///etc/passwd"'), "fetches from outside"),
    "vml source": (
        headed(
            b'<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:imagedata src="http://example.org/a"/>'
            b"</v:shape></w:pict></w:r>"
        ),
        "points at something outside itself",
    ),
    "object": (headed(b"<w:r><w:object/></w:r>"), "embedded object"),
    "narrow": (
        remade(HOUSE, {"word/document.xml": replacing(b'w:left="1247"', b'w:left="7100"')}),
        "less than 70 mm",
    ),
    "no size": (
        remade(HOUSE, {"word/document.xml": replacing(b"<w:pgSz", b"<w:x")}),
        "page size",
    ),
    "odd size": (
        remade(HOUSE, {"word/document.xml": replacing(b'w:w="12240"', b'w:w="wide"')}),
        "cannot be read",
    ),
    "odd list": (
        remade(HOUSE, {"word/numbering.xml": replacing(b'<w:num w:numId="1"', b'<w:num w:numId="one"')}),
        "a list numbered",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_template_that_could_do_anything_but_be_read_is_refused(case: str) -> None:
    content, said = REFUSED[case]
    assert said in refusal(content).message


def test_links_and_harmless_fields_in_a_head_are_taken_over() -> None:
    parts = render(house=field(b'HYPERLINK "https://example.org/a" \\o "STYLEREF"'))
    assert "HYPERLINK" in "".join(find(xml(parts, "word/header-default.xml"), "//w:instrText/text()")) or any(
        "HYPERLINK" in "".join(find(xml(parts, f"word/header-{use}.xml"), "//w:instrText/text()")) for use in HEADS
    )
    assert render(house=related(b"hyperlink", b"https://example.org/"))


def test_ids_in_a_houses_head_give_way_and_its_pictures_may_be_drawings() -> None:
    head = headed(
        b'<w:bookmarkStart w:id="1" w:name="logo"/><w:bookmarkEnd w:id="1"/><w:sdt><w:sdtPr><w:id w:val="1"/></w:sdtPr>'
        b"<w:sdtContent><w:r><w:t>Trust</w:t></w:r></w:sdtContent></w:sdt>"
    )
    parts = render(house=head)
    trees = [xml(parts, name) for name in parts if name.startswith("word/") and name.endswith(".xml")]
    for path in ("//w:sdtPr/w:id/@w:val", "//w:bookmarkStart/@w:id"):
        found = [number for tree in trees for number in find(tree, path)]
        assert len(found) == len(set(found))
    assert sum("Trust" in text(tree) for tree in trees) == 1


def svg_in_head(svg: bytes, kind: bytes = b"image/svg+xml") -> bytes:
    opened = open_file(HOUSE)
    head = next(name for name in sorted(opened.parts) if name.startswith("word/header"))
    rels = f"word/_rels/{head.removeprefix('word/')}.rels"
    relation = RELATION.replace(b' TargetMode="%s"', b"") % (b"image", b"media/trust.svg")
    types = b'<Default Extension="svg" ContentType="%s"/></Types>' % kind
    return remade(
        HOUSE,
        {"[Content_Types].xml": replacing(b"</Types>", types), rels: replacing(b"</Relationships>", relation)},
        {"word/media/trust.svg": svg},
    )


def test_a_drawing_in_a_head_is_taken_where_it_only_draws() -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
    parts = render(house=svg_in_head(svg))
    assert svg in parts.values()
    assert "script" in refusal(svg_in_head(svg.replace(b"<rect", b"<script/><rect"))).message
    assert "cannot be taken over" in refusal(svg_in_head(svg, b"application/x-unknown")).message


def test_a_strict_document_is_refused_with_a_word_how_to_save_it() -> None:
    strict = remade(
        HOUSE,
        {
            "_rels/.rels": replacing(
                b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument",
                b"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument",
            )
        },
    )
    finding = refusal(strict)
    assert "Strict" in finding.message
    assert "save it" in finding.hint


def test_a_table_in_a_head_keeps_a_paragraph_in_every_cell_when_old_lines_go() -> None:
    line = b"<w:p><w:r><w:t>Old \xc2\xb7 version 1 \xc2\xb7 base 0123abcd</w:t></w:r></w:p>"
    table = (
        b"<w:tbl><w:tblPr><w:tblW w:w='0' w:type='auto'/></w:tblPr><w:tblGrid><w:gridCol w:w='900'/></w:tblGrid><w:tr>"
        b"<w:tc><w:tcPr><w:tcW w:w='900' w:type='dxa'/></w:tcPr>" + line + b"</w:tc></w:tr></w:tbl><w:p/></w:ftr>"
    )
    name = next(one for one in open_file(HOUSE).parts if one.startswith("word/footer"))
    house = remade(HOUSE, {name: replacing(b"</w:ftr>", table)})
    content = LAYOUT.render(SPECIMEN, Context(word_template=house))
    assert LAYOUT.validate(content) == ()
    feet = [xml(render(house=house), f"word/footer-{use}.xml") for use in FEET]
    assert not any("0123abcd" in text(foot) for foot in feet)
    assert sum(len(find(foot, "//w:tc/w:p")) for foot in feet) == 1


def test_the_houses_theme_names_the_face_where_its_defaults_do_not() -> None:
    from layouts.docx.foundation import foundation

    # python-docx's own template names faces through its theme.
    assert foundation(Context(word_template=HOUSE), "en-GB").theme.type.family == "Cambria"


def test_warming_with_a_bad_template_waits_for_the_render_to_say_so() -> None:
    LAYOUT.warm(Context(word_template=b"x"))
    LAYOUT.warm(Context(word_template=HOUSE))
    assert refusal(b"x")
    assert t("x")
