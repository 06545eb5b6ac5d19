"""Pages on sheets: drawn the same, tagged the same, read in the same order, and pointing to the same places."""

from __future__ import annotations

import io
import random
import zlib
from pathlib import Path
from typing import Any

import pdfplumber
import pikepdf
import pypdfium2
import pytest
from panels import panel_pages
from pikepdf import Array, Dictionary, Name
from PIL import ImageChops, ImageStat
from reading import pdf_text
from specimen import SPECIMEN
from validators import page_validation, qpdf, verapdf
from validators.tool import require

from layouts.pdf import LAYOUT
from layouts.pdf.imposition import Fold, Imposition, Place, Side, booklet, folded, for_long_edge
from layouts.pdf.saving import saved, with_clear_ends
from layouts.pdf.sheets import impose
from leafletpress.diagnostics import LayoutError
from leafletpress.layout import Context

_POINTS_PER_MM = 72 / 25.4


def count(content: bytes) -> int:
    return len(pikepdf.open(io.BytesIO(content)).pages)


@pytest.fixture(scope="module")
def pages() -> bytes:
    return LAYOUT.render(SPECIMEN, Context(variant="booklet-pages"))


@pytest.fixture(scope="module")
def stitched(pages: bytes) -> bytes:
    return impose(pages, booklet(count(pages)))


FOLDS = [(fold, paper, rtl) for fold in Fold for paper in ("a4", "letter") for rtl in (False, True)]


@pytest.fixture(scope="module", params=FOLDS, ids=lambda f: f"{f[0].value}-{f[1]}-{'rtl' if f[2] else 'ltr'}")
def leaflet(request: pytest.FixtureRequest) -> tuple[Imposition, bytes, bytes]:
    fold, paper, right_to_left = request.param
    imposition = folded(fold, paper, right_to_left=right_to_left)
    panels = panel_pages(imposition, "en")
    return imposition, panels, impose(panels, imposition)


def judged(folder: Path, *contents: bytes) -> list[str]:
    files = []
    for number, content in enumerate(contents):
        files.append(folder / f"{number}.pdf")
        files[-1].write_bytes(content)
    return [*verapdf.findings(files), *page_validation.findings(files), *qpdf.findings(files)]


def test_a_booklet_is_still_pdf_ua_and_pdf_a(pages: bytes, stitched: bytes, tmp_path: Path) -> None:
    require(verapdf)
    require(qpdf)
    mirrored = impose(pages, booklet(count(pages), right_to_left=True))
    assert judged(tmp_path, pages, stitched, mirrored) == []


def test_folded_leaflets_are_still_pdf_ua_and_pdf_a(tmp_path: Path) -> None:
    require(verapdf)
    require(qpdf)
    contents: list[bytes] = []
    for fold, paper, right_to_left in FOLDS:
        imposition = folded(fold, paper, right_to_left=right_to_left)
        panels = panel_pages(imposition)
        contents += [panels, impose(panels, imposition)]
    assert judged(tmp_path, *contents) == []


def test_the_words_of_a_booklet_are_read_in_the_same_order(pages: bytes, stitched: bytes) -> None:
    text = pdf_text(stitched)
    assert "A specimen" in text
    assert text == pdf_text(pages)


def test_the_words_of_a_folded_leaflet_are_read_in_the_same_order(leaflet: tuple[Imposition, bytes, bytes]) -> None:
    assert pdf_text(leaflet[2]) == pdf_text(leaflet[1])


def test_the_same_pages_give_the_same_bytes(pages: bytes, stitched: bytes) -> None:
    assert impose(pages, booklet(count(pages))) == stitched


def places(imposition: Imposition) -> list[tuple[int, int, Place]]:
    """Page, sheet side, place."""
    return [
        (place.page, number, place)
        for number, side in enumerate(imposition.sides)
        for place in side.places
        if place.page is not None
    ]


def assert_drawn_alike(before: bytes, after: bytes, imposition: Imposition) -> None:
    """Each part of a sheet, cut out, looks like its page."""
    old = pypdfium2.PdfDocument(before)
    sheets = pikepdf.open(io.BytesIO(after))
    parts = pikepdf.new()
    for page, side, place in sorted(places(imposition), key=lambda found: found[0]):
        left = place.left_mm * _POINTS_PER_MM
        width, height = old[page - 1].get_size()
        parts.pages.append(sheets.pages[side])
        parts.pages[-1].mediabox = Array([left, 0, left + width, height])
    cut = pypdfium2.PdfDocument(saved(parts))
    for number in range(len(old)):
        one, other = (pdf[number].render(scale=1.5).to_pil().convert("RGB") for pdf in (old, cut))
        turned = {place.page: place.turned for _, _, place in places(imposition)}[number + 1]
        difference = ImageStat.Stat(ImageChops.difference(one.rotate(180) if turned else one, other))
        assert max(difference.mean) < 0.3, (number + 1, difference.mean)


def test_every_page_of_a_booklet_looks_as_before(pages: bytes, stitched: bytes) -> None:
    assert_drawn_alike(pages, stitched, booklet(count(pages)))


def test_every_panel_looks_as_before(leaflet: tuple[Imposition, bytes, bytes]) -> None:
    assert_drawn_alike(leaflet[1], leaflet[2], leaflet[0])


def test_every_letter_stands_where_its_page_stands(leaflet: tuple[Imposition, bytes, bytes]) -> None:
    imposition, before, after = leaflet
    with pdfplumber.open(io.BytesIO(before)) as old, pdfplumber.open(io.BytesIO(after)) as new:
        for number, side in enumerate(imposition.sides):
            expected = []
            for place in side.places:
                assert place.page is not None
                characters = old.pages[place.page - 1].chars
                expected += [(c["text"], c["x0"] + place.left_mm * _POINTS_PER_MM, c["top"]) for c in characters]
            found = [(c["text"], c["x0"], c["top"]) for c in new.pages[number].chars]
            assert [c[0] for c in found] == [c[0] for c in expected]
            for one, other in zip(found, expected, strict=True):
                assert one[1:] == pytest.approx(other[1:], abs=0.02)


def test_links_lie_over_their_words(leaflet: tuple[Imposition, bytes, bytes], stitched: bytes) -> None:
    for content in (leaflet[2], stitched):
        seen = 0
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            for page in pdf.pages:
                for link in page.annots:
                    if link["data"]["Subtype"].name != "Link" or not link["contents"]:
                        continue
                    found = "".join(
                        c["text"] for c in page.chars
                        if link["x0"] < (c["x0"] + c["x1"]) / 2 < link["x1"] and c["text"].strip()
                        and link["top"] < (c["top"] + c["bottom"]) / 2 < link["bottom"]
                    )  # fmt: skip
                    assert found == "".join(link["contents"].split())
                    seen += 1
        assert seen >= 3


def test_annotations_are_where_their_tags_say(stitched: bytes, leaflet: tuple[Imposition, bytes, bytes]) -> None:
    for content in (stitched, leaflet[2]):
        pdf = pikepdf.open(io.BytesIO(content))
        parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        for page in pdf.pages:
            for annotation in page.get("/Annots", ()):
                element = parents[int(annotation.StructParent)]
                (reference,) = (kid for kid in element.K if isinstance(kid, Dictionary) and kid.Type == "/OBJR")
                assert reference.Obj.objgen == annotation.objgen
                assert reference.get("/Pg", element.get("/Pg")).objgen == page.obj.objgen
            if "/Annots" in page:
                assert page.obj.Tabs == "/S"


def test_every_mark_finds_its_tag_and_every_tag_its_mark(
    stitched: bytes, leaflet: tuple[Imposition, bytes, bytes]
) -> None:
    for content in (stitched, leaflet[2]):
        pdf = pikepdf.open(io.BytesIO(content))
        parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        for page in pdf.pages:
            marks = [
                int(i.operands[1].MCID)
                for i in pikepdf.parse_content_stream(page)
                if str(i.operator) == "BDC" and "/MCID" in i.operands[1]
            ]
            assert len(marks) == len(set(marks))
            tags = parents[int(page.obj.StructParents)]
            for mark in marks:
                element = tags[mark]
                own = [kid for kid in element.K if isinstance(kid, int)] if element.Pg.objgen == page.obj.objgen else []
                referred = [
                    int(kid.MCID) for kid in element.K
                    if isinstance(kid, Dictionary) and kid.get("/Type") == "/MCR"
                    and kid.Pg.objgen == page.obj.objgen
                ]  # fmt: skip
                assert mark in own + referred


def spot(destination: Any, pdf: pikepdf.Pdf) -> tuple[int, float, float]:
    number = [page.obj.objgen for page in pdf.pages].index(destination[0].objgen)
    return number, float(destination[2]), float(destination[3])


def test_bookmarks_and_named_places_are_moved_with_their_pages(pages: bytes, stitched: bytes) -> None:
    old, new = (pikepdf.open(io.BytesIO(content)) for content in (pages, stitched))
    imposition = booklet(count(pages))
    where = {page: (side, place.left_mm * _POINTS_PER_MM) for page, side, place in places(imposition)}
    named_old, named_new = (dict(pikepdf.NameTree(pdf.Root.Names.Dests)) for pdf in (old, new))
    assert len(named_old) > 5
    pairs = [(named_old[name], named_new[name]) for name in named_old]
    with old.open_outline() as one, new.open_outline() as other:
        before, after = list(one.root), list(other.root)
        while before:
            item, again = before.pop(), after.pop()
            assert item.title == again.title
            pairs.append((item.destination, again.destination))
            before += item.children
            after += again.children
    for before_, after_ in pairs:
        page, x, y = spot(before_, old)
        side, shift = where[page + 1]
        assert spot(after_, new) == pytest.approx((side, x + shift, y), abs=0.001)


def test_the_box_of_a_figure_lies_on_its_picture(leaflet: tuple[Imposition, bytes, bytes]) -> None:
    imposition, before, after = leaflet

    def box(content: bytes) -> list[float]:
        pdf = pikepdf.open(io.BytesIO(content))
        figures = [o for o in pdf.objects if isinstance(o, Dictionary) and o.get("/S") == "/Figure"]
        assert len(figures) == 1
        number = [page.obj.objgen for page in pdf.pages].index(figures[0].Pg.objgen)
        return [number, *(float(edge) for edge in figures[0].A.BBox)]

    number, left, bottom, right, top = box(before)
    side, shift = {page: (s, place.left_mm * _POINTS_PER_MM) for page, s, place in places(imposition)}[number + 1]
    assert box(after) == pytest.approx([side, left + shift, bottom, right + shift, top], abs=0.01)


def test_nothing_of_the_old_pages_is_left(stitched: bytes, pages: bytes) -> None:
    pdf = pikepdf.open(io.BytesIO(stitched))
    found = [o for o in pdf.objects if isinstance(o, Dictionary) and o.get("/Type") == "/Page"]
    assert len(found) == len(pdf.pages) == -(-count(pages) // 4) * 2
    assert len(stitched) < 1.1 * len(pages)


def test_the_printer_is_told_what_to_do(stitched: bytes, leaflet: tuple[Imposition, bytes, bytes]) -> None:
    for content, mirrored in ((stitched, False), (leaflet[2], leaflet[0].right_to_left)):
        pdf = pikepdf.open(io.BytesIO(content))
        preferences = pdf.Root.ViewerPreferences
        assert preferences.Duplex == "/DuplexFlipShortEdge"
        assert preferences.PrintScaling == "/None"
        assert preferences.DisplayDocTitle
        assert ("/Direction" in preferences) == mirrored


def test_sheets_lie_landscape_and_their_boxes_say_so(stitched: bytes) -> None:
    pdf = pikepdf.open(io.BytesIO(stitched))
    for page in pdf.pages:
        assert [float(edge) for edge in page.mediabox] == pytest.approx([0, 0, 841.89, 595.28], abs=0.01)
        assert page.mediabox == page.trimbox


# Pages made by hand: what WeasyPrint does not write today.

A5 = (419.5276, 595.2756)


def by_hand(*contents: bytes, resources: Any = None, change: Any = None) -> bytes:
    """A PDF of A5 pages, untagged; `change(pdf)` may add what the case needs."""
    pdf = pikepdf.new()
    for number, content in enumerate(contents):
        pdf.add_blank_page(page_size=A5)
        page = pdf.pages[-1]
        page.obj.Contents = pdf.make_stream(content)
        page.obj.Resources = pdf.make_indirect(resources(pdf, number) if resources else Dictionary())
    if change:
        change(pdf)
    return saved(pdf)


def test_two_pages_may_use_one_name_for_two_things() -> None:
    def resources(pdf: pikepdf.Pdf, number: int) -> Dictionary:
        form = pdf.make_stream(
            f"{number} {1 - number} 0 rg 0 0 100 100 re f".encode(),
            Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 100, 100], Resources=Dictionary(),
        )  # fmt: skip
        return Dictionary(
            XObject=Dictionary(X1=form),
            ExtGState=Dictionary(g=Dictionary(LW=1 + number)),
            ColorSpace=Dictionary(
                c=Array([Name.Indexed, Name.DeviceRGB, 0, pikepdf.String(bytes([0, 0, 99 + number]))])
            ),
        )

    content = b"q /g gs 1 0 0 1 200 300 cm /X1 Do Q /c cs 0 sc 10 10 50 50 re f BI /W 1 /H 1 /CS /G /BPC 8 ID \x42 EI"
    before = by_hand(content, content, resources=resources)
    after = impose(before, booklet(2))
    assert_drawn_alike(before, after, booklet(2))
    pdf = pikepdf.open(io.BytesIO(after))
    assert len(pdf.pages) == 2
    assert set(pdf.pages[0].Resources.XObject.keys()) | set(pdf.pages[1].Resources.XObject.keys()) == {"/X1"}
    both = Imposition(297, 210, (Side((Place(1, 0, 148), Place(2, 148.5, 148))), Side(())))
    twice = impose(before, both)
    assert_drawn_alike(before, twice, both)
    pdf = pikepdf.open(io.BytesIO(twice))
    assert set(pdf.pages[0].Resources.XObject.keys()) == {"/X1", "/X1.2"}


BOTH = Imposition(297, 210, (Side((Place(1, 0, 148), Place(2, 148.5, 148))), Side(())))


def test_what_lies_outside_a_page_does_not_show_on_its_neighbour() -> None:
    after = impose(by_hand(b"0 g -500 100 2000 50 re f", b""), BOTH)
    picture = pypdfium2.PdfDocument(after)[0].render(scale=1).to_pil().convert("L")
    row = [picture.getpixel((x, 470)) for x in range(picture.width)]
    assert min(row[424:]) > 250
    assert max(row[:418]) < 5


def tagged(pdf: pikepdf.Pdf) -> None:
    """A document with marks by inline and by named property lists, nested, and inside a form XObject."""
    form = pdf.make_stream(
        b"/P <</MCID 0>> BDC 0 0 9 9 re f EMC",
        Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9], Resources=Dictionary(), StructParents=7,
    )  # fmt: skip
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root, K=Array()))
    root.K = document
    entries: dict[int, list[Any]] = {}
    for number, page in enumerate(pdf.pages):
        page.obj.StructParents = number
        page.obj.Resources.XObject = Dictionary(F=form) if number else Dictionary()
        page.obj.Resources.Properties = Dictionary(
            m=Dictionary(MCID=1, Lang=pikepdf.String("pl")),
            o=Dictionary(MCID=2, Far=pdf.make_indirect(Dictionary(Far=number))),
        )
        entries[number] = []
        for mark in range(3):
            element = pdf.make_indirect(
                Dictionary(Type=Name.StructElem, S=Name.P, P=document, Pg=page.obj, K=mark or Array([mark]))
            )
            document.K.append(element)
            entries[number].append(element)
        if number:
            reference = Dictionary(Type=Name.MCR, Pg=page.obj, Stm=form, MCID=0)
            box = Array([Dictionary(O=Name.Layout, BBox=[10, 20, 30, 40]), 0])
            figure = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Figure, P=document, K=reference, A=box))
            document.K.append(figure)
            entries[7] = [figure]
    root.ParentTree = Dictionary(
        Kids=[Dictionary(Limits=[key, key], Nums=[key, Array(tags)]) for key, tags in entries.items()]
    )
    pdf.Root.StructTreeRoot = root


def test_marks_of_every_form_are_numbered_anew_and_found() -> None:
    first = b"/P <</MCID 0>> BDC /Span /m BDC 0 0 5 5 re f EMC EMC /P /o BDC 5 5 5 5 re f EMC"
    second = first + b" q /F Do Q /Artifact BMC 9 9 9 9 re f EMC /P /o DP"
    after = impose(by_hand(first, second, change=tagged), BOTH)
    pdf = pikepdf.open(io.BytesIO(after))
    sheet = pdf.pages[0]
    lists = sheet.Resources.Properties
    marks = []
    for instruction in pikepdf.parse_content_stream(sheet):
        if str(instruction.operator) in {"BDC", "DP"}:
            wanted = instruction.operands[1]
            marks.append(int((lists[str(wanted)] if isinstance(wanted, Name) else wanted).MCID))
    assert marks == [0, 1, 2, 3, 4, 5, 5]
    (document,) = [pdf.Root.StructTreeRoot.K]
    kids = [element.K[0] if isinstance(element.K, Array) else element.K for element in document.K]
    assert [int(kid) if isinstance(kid, int) else int(kid.MCID) for kid in kids] == [0, 1, 2, 3, 4, 5, 0]
    figure = document.K[6]
    assert figure.K.Pg.objgen == sheet.obj.objgen
    assert [float(edge) for edge in figure.A[0].BBox] == pytest.approx([430.945, 20, 450.945, 40], abs=0.01)
    parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    assert {key: len(tags) for key, tags in parents.items()} == {0: 6, 7: 1}
    assert parents[0][4].objgen == document.K[4].objgen


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ([None, 500, 0], ["/XYZ", 420.9449, 500, 0]),
        (["/Fit"], ["/FitR", 420.9449, 0, 840.4724, 595.2756]),
        (["/FitH", 400], ["/FitR", 420.9449, 0, 840.4724, 400]),
        (["/FitBV", 40], ["/FitR", 460.9449, 0, 840.4724, 595.2756]),
        (["/FitR", 10, 20, 30, 40], ["/FitR", 430.9449, 20, 450.9449, 40]),
    ],
)
def test_every_kind_of_destination_shows_the_same_place(kind: list[Any], expected: list[Any]) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        rest = [Name(part) if isinstance(part, str) else part for part in kind]
        pdf.Root.OpenAction = Array([pdf.pages[1].obj, *([] if isinstance(rest[0], Name) else [Name.XYZ]), *rest])

    pdf = pikepdf.open(io.BytesIO(impose(by_hand(b"", b"", change=change), BOTH)))
    found = list(pdf.Root.OpenAction)
    assert found[0].objgen == pdf.pages[0].obj.objgen
    assert str(found[1]) == expected[0]
    assert [float(part) for part in found[2:]] == pytest.approx(expected[1:], abs=0.001)


def test_a_turned_page_takes_its_links_along() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[1].obj.Annots = Array(
            [Dictionary(Subtype=Name.Link, Rect=[10, 20, 110, 60], QuadPoints=[10, 60, 110, 60, 10, 20, 110, 20],
                        P=pdf.pages[1].obj)]
        )  # fmt: skip

    before = by_hand(b"0 g 10 20 100 40 re f", b"0 g 10 20 100 40 re f", change=change)
    imposition = for_long_edge(booklet(2))
    after = impose(before, imposition)
    assert_drawn_alike(before, after, imposition)
    pdf = pikepdf.open(io.BytesIO(after))
    (link,) = pdf.pages[1].obj.Annots
    right = 841.8898 - 1.4173  # page 2 lies at the left of its side, which stands on its head
    assert [float(edge) for edge in link.Rect] == pytest.approx([right - 110, 535.2756, right - 10, 575.2756], abs=0.01)
    assert [float(edge) for edge in link.QuadPoints[:2]] == pytest.approx([right - 10, 535.2756], abs=0.01)
    assert link.P.objgen == pdf.pages[1].obj.objgen
    assert pdf.Root.ViewerPreferences.Duplex == "/DuplexFlipLongEdge"


def refused(content: bytes, imposition: Imposition = BOTH) -> str:
    with pytest.raises(LayoutError) as caught:
        impose(content, imposition)
    (finding,) = caught.value.diagnostics
    assert finding.code == "L505"
    return finding.message


def test_too_many_pages_or_pages_of_another_size_are_refused() -> None:
    assert "3 pages" in refused(by_hand(b"", b"", b""))
    assert "page 1 is 148.0 x 210.0 mm, and its place 139.7 x 215.9 mm" in refused(
        by_hand(b"", b""), booklet(2, "letter")
    )


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"/Nothing gs", "/Nothing"),
        (b"Q", "Q without q"),
        (b"EMC", "EMC without BMC"),
        (b"BT", "ends inside BT"),
        (b"/Span BMC", "ends inside BMC"),
    ],
)
def test_faulty_content_is_refused(content: bytes, words: str) -> None:
    assert words in refused(by_hand(content, b""))


def test_states_that_stay_open_end_with_their_page() -> None:
    before = by_hand(b"q q 0 1 0 rg 0 0 50 50 re f", b"0 0 50 50 re f")
    assert_drawn_alike(before, impose(before, BOTH), BOTH)


def test_what_cannot_be_moved_is_refused() -> None:
    def turned(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Rotate = 90

    def threads(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Threads = Array()

    def line(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Annots = Array([Dictionary(Subtype=Name.Line, Rect=[0, 0, 9, 9], L=[0, 0, 9, 9])])

    def pointer(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Private = Dictionary(Page=pdf.pages[0].obj)

    def groups(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
        pdf.pages[1].obj.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK)

    def defaults(pdf: pikepdf.Pdf) -> None:
        pdf.pages[1].obj.Resources.ColorSpace = Dictionary(
            DefaultRGB=Array([Name.CalRGB, Dictionary(WhitePoint=[1, 1, 1])])
        )

    def homeless(pdf: pikepdf.Pdf) -> None:
        tagged(pdf)
        del pdf.Root.StructTreeRoot.K.K[0].Pg

    cases = {
        turned: "turned", threads: "threads", line: "/Line", pointer: "points to a page", groups: "groups",
        defaults: "default colour spaces", homeless: "no page",
    }  # fmt: skip
    for change, words in cases.items():
        assert words in refused(by_hand(b"", b"", change=change)), change

    def bare(pdf: pikepdf.Pdf, _number: int) -> Dictionary:
        form = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
        return Dictionary(XObject=Dictionary(F=form), ColorSpace=Dictionary(C=Name.DeviceRGB))

    assert "no resources" in refused(by_hand(b"/F Do", b"", resources=bare))
    inline = b"BI /W 1 /H 1 /CS /C /BPC 8 ID abc EI"
    assert "inline image" in refused(by_hand(inline, b"", resources=bare))


def test_shared_groups_and_defaults_stay() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            page.obj.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
            page.obj.Resources.ColorSpace = Dictionary(DefaultRGB=Name.DeviceRGB)

    pdf = pikepdf.open(io.BytesIO(impose(by_hand(b"", b"", change=change), BOTH)))
    assert pdf.pages[0].obj.Group.CS == "/DeviceRGB"
    assert "/DefaultRGB" in pdf.pages[0].Resources.ColorSpace
    assert "/Group" not in pdf.pages[1].obj


def test_streams_that_end_with_a_carriage_return_end_unmistakably(tmp_path: Path) -> None:
    chance = random.Random(5)
    pdf = pikepdf.new()
    pdf.add_blank_page()
    for number in range(20):
        data = chance.randbytes(chance.randrange(1, 3000))
        while not zlib.compress(data).endswith(b"\r"):
            data += b"x"
        pdf.Root[f"/S{number}"] = pdf.make_stream(b"")
        pdf.Root[f"/S{number}"].write(zlib.compress(data), filter=Name.FlateDecode)
    written = saved(pdf)
    file = tmp_path / "ends.pdf"
    file.write_bytes(written)
    assert written.count(b"\r\r\nendstream") >= 20
    assert with_clear_ends(written) == written
    again = pikepdf.open(file)
    for number in range(20):
        assert again.Root[f"/S{number}"].read_raw_bytes() == pdf.Root[f"/S{number}"].read_raw_bytes()
    require(qpdf)
    assert qpdf.findings([file]) == []
