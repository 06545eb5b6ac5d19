"""One file for each finding of a preflight: broken in one thing, or, as its twin, with that thing put right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String
from printed import METADATA, MM, field, letters, picture, placed, profile, say, sound, words, written

SHOP, OFFICE, SCREEN = "print-shop", "office", "screen"


@dataclass(frozen=True)
class Case:
    """How a file is made, broken or not, what it is judged for, and by which measures."""

    make: Callable[[bool], bytes]
    purpose: str
    options: str = ""

    @property
    def command(self) -> str:
        return f"leafletpress preflight leaflet.pdf --for {self.purpose}{self.options}"


CASES: dict[str, Case] = {}


def case(code: str, purpose: str = SHOP, options: str = "") -> Callable[[Callable[[bool], Any]], Callable[[bool], Any]]:
    """Enter a maker, of a file or of its bytes, under its code."""

    def enter(make: Callable[[bool], Any]) -> Callable[[bool], Any]:
        def whole(broken: bool) -> bytes:
            made = make(broken)
            return made if isinstance(made, bytes) else written(made)

        CASES[code] = Case(whole, purpose, options)
        return make

    return enter


def put(root: Path, code: str, *, broken: bool) -> None:
    """Write `leaflet.pdf`, for an example folder."""
    (root / "leaflet.pdf").write_bytes(CASES[code].make(broken))


def resources(pdf: pikepdf.Pdf) -> Any:
    return pdf.pages[0].obj.Resources


def form(pdf: pikepdf.Pdf, drawing: bytes, inside: Dictionary) -> Any:
    """A drawing that pages can use, with resources of its own."""
    settings = {"Type": Name.XObject, "Subtype": Name.Form, "BBox": Array([-100, -100, 1000, 1000])}
    return pdf.make_indirect(Stream(pdf, drawing, **settings, Resources=inside))


@case("F801", SCREEN)
def no_pdf(broken: bool) -> Any:
    return b"<html>The file you asked for has moved.</html>" if broken else sound()


@case("F802", OFFICE)
def locked(broken: bool) -> Any:
    return written(sound(), encryption=pikepdf.Encryption(owner="o", user="u")) if broken else sound()


@case("F803", OFFICE)
def mended(broken: bool) -> Any:
    content = written(sound())
    head, found, tail = content.rpartition(b"startxref\n")
    return head + found + b"7" + tail if broken else content


@case("F804", OFFICE)
def deep(broken: bool) -> Any:
    """Drawings in drawings, further down than anybody draws."""
    pdf = sound(b"q /Deep Do Q\n")
    inner = form(pdf, field(20, 50, 20, 20, "0 0 0 .5 k"), Dictionary())
    for _ in range(40 if broken else 10):
        inner = form(pdf, b"/Deep Do", Dictionary(XObject=Dictionary(Deep=inner)))
    resources(pdf).XObject.Deep = inner
    return pdf


@case("F805", OFFICE)
def unreadable(broken: bool) -> Any:
    return sound(b"\xff\xfe )( q\n" if broken else b"q Q\n")


@case("F806", SCREEN)
def without_language(broken: bool) -> Any:
    pdf = sound()
    if broken:
        del pdf.Root.Lang
    return pdf


@case("F807", SCREEN)
def not_for_keeping(broken: bool) -> Any:
    pdf = sound()
    if broken:
        say(pdf, METADATA.replace("<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>", ""))
    return pdf


@case("F810", OFFICE)
def no_pages(broken: bool) -> Any:
    return pikepdf.new() if broken else sound()


@case("F811")
def mixed_sizes(broken: bool) -> Any:
    pdf = sound()
    if broken:
        page, side = pdf.pages[2].obj, 3 * MM
        page.MediaBox = page.BleedBox = Array([-side, -side, 210 * MM + side, 297 * MM + side])
        page.TrimBox = Array([0, 0, 210 * MM, 297 * MM])
    return pdf


@case("F812")
def odd_paper(broken: bool) -> Any:
    return sound(size_mm=(150, 150) if broken else (148, 210))


@case("F813")
def turned(broken: bool) -> Any:
    pdf = sound()
    for page in pdf.pages:
        page.obj.Rotate = 90 if broken else 0
    return pdf


@case("F814", SHOP, " --booklet")
def five_pages(broken: bool) -> Any:
    return sound(pages=5 if broken else 8)


@case("F815", OFFICE)
def one_sided(broken: bool) -> Any:
    pdf = sound()
    pdf.Root.ViewerPreferences.Duplex = Name.Simplex if broken else Name.DuplexFlipLongEdge
    return pdf


@case("F820")
def without_trim(broken: bool) -> Any:
    pdf = sound()
    for page in pdf.pages:
        if broken:
            page.obj.MediaBox = page.obj.TrimBox
            del page.obj.TrimBox, page.obj.BleedBox
    return pdf


@case("F821")
def bleed_inside(broken: bool) -> Any:
    pdf = sound()
    if broken:
        pdf.pages[1].obj.BleedBox = Array([10, 10, 300, 500])
    return pdf


@case("F822")
def narrow_bleed(broken: bool) -> Any:
    return sound(bleed_mm=1 if broken else 3)


@case("F823")
def ends_at_the_cut(broken: bool) -> Any:
    return sound(field(0, 190, 148, 20, ".8 .4 0 .1 k") if broken else field(-3, 190, 154, 23, ".8 .4 0 .1 k"))


@case("F824")
def near_the_cut(broken: bool) -> Any:
    return sound(words("Page 1", 1 if broken else 5, 20))


@case("F825", OFFICE)
def beyond_the_printer(broken: bool) -> Any:
    return sound(words("Page 1", 2 if broken else 6, 20))


@case("F826", OFFICE)
def tint_beyond_the_printer(broken: bool) -> Any:
    return sound(field(0 if broken else 6, 100, 50, 20, ".2 .1 0 0 k"))


@case("F830")
def font_left_out(broken: bool) -> Any:
    pdf = sound(b"q 0 0 0 1 k /Over gs BT /F2 12 Tf 60 200 Td (Helvetica) Tj ET Q\n")
    resources(pdf).Font.F2 = letters(pdf, embedded=not broken, name="ABCDEF+Helvetica")
    return pdf


@case("F831")
def whole_font(broken: bool) -> Any:
    pdf = sound(b"q 0 0 0 1 k /Over gs BT /F2 12 Tf 60 200 Td (Helvetica) Tj ET Q\n")
    resources(pdf).Font.F2 = letters(pdf, name=("" if broken else "ABCDEF+") + "AtkinsonHyperlegible-Regular")
    return pdf


@case("F832")
def drawn_font(broken: bool) -> Any:
    pdf = sound(b"q 0 0 0 1 k /Over gs BT /F2 12 Tf 60 200 Td (a) Tj ET Q\n")
    if not broken:
        resources(pdf).Font.F2 = resources(pdf).Font.F1
        return pdf
    glyph = pdf.make_indirect(Stream(pdf, b"750 0 0 0 750 750 d1 0 0 750 750 re f"))
    resources(pdf).Font.F2 = pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type3, Name=Name.Drawn, FontBBox=Array([0, 0, 750, 750]), FirstChar=97,
            LastChar=97, FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]), CharProcs=Dictionary(a=glyph),
            Widths=Array([750]), Encoding=Dictionary(Type=Name.Encoding, Differences=Array([97, Name.a])),
            Resources=Dictionary(),
        )
    )  # fmt: skip
    return pdf


def with_picture(pixels: int, **settings: Any) -> pikepdf.Pdf:
    pdf = sound(placed("Im1", 20, 50, 50, 50))
    resources(pdf).XObject.Im1 = picture(pdf, pixels, pixels, **settings)
    return pdf


@case("F840")
def coarse_picture(broken: bool) -> Any:
    return with_picture(400 if broken else 600)


@case("F841")
def poor_picture(broken: bool) -> Any:
    return with_picture(200 if broken else 600)


@case("F850")
def screen_colour(broken: bool) -> Any:
    return sound(field(20, 50, 50, 50, ".1 .3 .6 rg" if broken else ".9 .6 .2 .1 k"))


@case("F851")
def screen_picture(broken: bool) -> Any:
    return with_picture(600, space=Name.DeviceRGB, pixel=b"\x20\x40\x60") if broken else with_picture(600)


@case("F852")
def profiled_colour(broken: bool) -> Any:
    pdf = sound(field(20, 50, 50, 50, "/Cs cs .1 .3 .6 sc" if broken else ".9 .6 .2 .1 k"))
    rgb = pdf.make_indirect(Stream(pdf, profile(b"RGB ", b"mntr"), N=3))
    resources(pdf).ColorSpace.Cs = Array([Name.ICCBased, rgb])
    return pdf


def spot(pdf: pikepdf.Pdf, ink: str) -> Array:
    tint = Dictionary(FunctionType=2, N=1, Domain=Array([0, 1]), C0=Array([0, 0, 0, 0]), C1=Array([0, 0.6, 1, 0]))
    return Array([Name.Separation, Name(f"/{ink}"), Name.DeviceCMYK, pdf.make_indirect(tint)])


@case("F853")
def spot_colour(broken: bool) -> Any:
    pdf = sound(field(20, 50, 50, 50, "/Cs cs 1 scn"))
    resources(pdf).ColorSpace.Cs = spot(pdf, "PANTONE 151 C" if broken else "Magenta")
    return pdf


@case("F854")
def mixed_on_screen(broken: bool) -> Any:
    pdf = sound()
    space = Name.DeviceRGB if broken else Name.DeviceCMYK
    pdf.pages[0].obj.Group = Dictionary(Type=Name.Group, S=Name.Transparency, CS=space)
    return pdf


@case("F855")
def rich_text(broken: bool) -> Any:
    return sound(words("Dark", 20, 50, colour=".6 .5 .4 .9 k" if broken else "0 0 0 .9 k"))


@case("F856")
def knocked_out(broken: bool) -> Any:
    text = words("On a tint", 25, 60)
    return sound(field(20, 50, 50, 20, ".2 0 0 0 k") + (text.replace(b"/Over gs ", b"") if broken else text))


@case("F857")
def vanishing_white(broken: bool) -> Any:
    text = words("White", 25, 60, colour="0 0 0 0 k")
    return sound(field(20, 50, 50, 20, "1 .6 0 .4 k") + (text if broken else text.replace(b"/Over gs ", b"")))


@case("F858")
def registration(broken: bool) -> Any:
    """Beside the page, where crop marks stand, it is in its place."""
    pdf = sound(field(20 if broken else -8, 50, 4, 0.2, "/Cs cs 1 scn"))
    resources(pdf).ColorSpace.Cs = spot(pdf, "All")
    return pdf


@case("F860")
def too_much_ink(broken: bool) -> Any:
    return sound(field(20, 50, 50, 50, "1 1 .9 .5 k" if broken else ".6 .5 .4 1 k"))


@case("F870")
def small_type(broken: bool) -> Any:
    return sound(words("A note", 20, 50, 8 if broken else 9))


@case("F871")
def tiny_type(broken: bool) -> Any:
    return sound(words("A note", 20, 50, 5 if broken else 9))


@case("F872", OFFICE, " --least-type 12")
def smaller_than_asked(broken: bool) -> Any:
    return sound(words("A note", 20, 50, 10 if broken else 12))


@case("F873")
def thin_line(broken: bool) -> Any:
    return sound(f"q 0 0 0 1 K {0.22 if broken else 0.25} w 60 200 m 200 200 l S Q\n".encode())


@case("F874")
def hairline(broken: bool) -> Any:
    return sound(f"q 0 0 0 1 K {0 if broken else 0.5} w 60 200 m 200 200 l S Q\n".encode())


@case("F880", OFFICE)
def faint_text(broken: bool) -> Any:
    return sound(words("A note", 20, 50, colour="0 0 0 .3 k" if broken else "0 0 0 .8 k"))


@case("F881", OFFICE)
def faint_in_grey(broken: bool) -> Any:
    """Red on black can be read on a screen; a grey printer makes both dark."""
    ground = field(20, 50, 50, 20, "0 0 0 rg")
    return sound(ground + words("Red", 25, 60, colour="1 0 0 rg" if broken else "1 1 1 rg"))


@case("F890")
def no_claim(broken: bool) -> Any:
    pdf = sound()
    if broken:
        say(pdf, METADATA.replace("<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>", ""))
    return pdf


@case("F891")
def no_condition(broken: bool) -> Any:
    pdf = sound()
    if broken:
        del pdf.Root.OutputIntents[0]
    return pdf


@case("F892")
def trapping_unsaid(broken: bool) -> Any:
    pdf = sound()
    if broken:
        del pdf.docinfo["/Trapped"]
    return pdf


@case("F893")
def link_on_the_page(broken: bool) -> Any:
    pdf = sound()
    if broken:
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([60, 60, 120, 80]), F=4)
        link.A = Dictionary(S=Name.URI, URI=String("https://example.org"))
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(link)])
    return pdf


@case("F894")
def scripted(broken: bool) -> Any:
    pdf = sound()
    if broken:
        script = Dictionary(S=Name.JavaScript, JS=String("app.alert('hello')"))
        pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script])))
    return pdf


@case("F895")
def packed_the_old_way(broken: bool) -> Any:
    """The sample of ISO 32000-1, 7.4.4.2."""
    pdf = sound()
    if broken:
        kept = Stream(pdf, bytes.fromhex("800B6050220C0C8501"), Filter=Name.LZWDecode)
        resources(pdf).Properties.Kept = Dictionary(Kept=pdf.make_indirect(kept))
    return pdf


@case("F896")
def nameless_layers(broken: bool) -> Any:
    pdf = sound()
    group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Polish")))
    settings = Dictionary(Order=Array([group]))
    if not broken:
        settings.Name = String("As printed")
    pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=settings)
    return pdf


@case("F897")
def without_title(broken: bool) -> Any:
    pdf = sound()
    if broken:
        before, rest = METADATA.split("<dc:title>")
        say(pdf, before + rest.split("</dc:title>")[1])
    return pdf


@case("F898")
def transfer_curve(broken: bool) -> Any:
    pdf = sound(b"q /Curve gs Q\n")
    curve = Dictionary(FunctionType=2, N=2 if broken else 1, Domain=Array([0, 1]))
    settings = Dictionary(Type=Name.ExtGState, TR=pdf.make_indirect(curve) if broken else Name.Identity)
    resources(pdf).ExtGState.Curve = pdf.make_indirect(settings)
    return pdf
