"""A page for the press that has one of everything: bleed, text in each kind of black, pictures, gradients, opacity."""

from __future__ import annotations

import io

from PIL import Image

from layouts.pdf import conformance, weasy

_FAMILIES = ("Atkinson Hyperlegible", "Noto Sans", "IBM Plex Sans Arabic")
_CSS = """
@page { size: A5; bleed: 3mm; margin: 14mm }
html { font-family: "Atkinson Hyperlegible"; font-size: 12pt; color: #14202b } img { image-rendering: crisp-edges }
.band { position: absolute; left: -17mm; right: -17mm; top: -17mm; height: 14mm; background: #17324d }
a { color: #17324d; text-decoration-thickness: 0.5pt }
.tint { background: #fde9c4; padding: 2mm } .white { color: #fff; background: #9a1c1c } .grey { color: #808080 }
.fade { height: 9mm; background: linear-gradient(90deg, #9a1c1c, #f5b335 50%, #1c6b3c 50%, #fff) }
.half { opacity: 0.5; background: #1c6b3c; color: #000 } .rule { height: 1pt; background: #9fb0c3 }
.over { background-image: url(picture:dots.svg); background-size: 10mm 4mm; height: 8mm }
p { margin: 0 0 2mm }
"""
_BODY = """<div class="band"></div><h1>For the press</h1><p>Body text in the ink of the text.</p>
<p class="tint">Black on a tint.</p><p class="white">White on red.</p><p class="grey">Grey words.</p>
<div class="fade"></div><p class="half">Seen through</p><div class="rule"></div>
<img src="picture:alpha.png" alt="a" style="width: 12mm"><img src="picture:photo.jpg" alt="b" style="width: 12mm">
<img src="picture:grey.png" alt="c" style="width: 12mm"><img src="picture:map.png" alt="d" style="width: 12mm">
<img src="picture:dots.svg" alt="e" style="width: 30mm"><div class="over"></div><a href="https://example.org">link</a>"""
_SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20" viewBox="0 0 60 20"><title>Dots</title>'
    b'<defs><radialGradient id="g" gradientUnits="userSpaceOnUse" cx="30" cy="10" r="10">'
    b'<stop offset="0" stop-color="#fff" stop-opacity="0.2"/><stop offset="1" stop-color="#17324d"/></radialGradient>'
    b'<mask id="m"><rect width="60" height="20" fill="#777"/></mask></defs>'
    b'<circle cx="30" cy="10" r="9" fill="url(#g)"/><circle cx="10" cy="10" r="8" fill="#1c6b3c" opacity="0.5"/>'
    b'<g mask="url(#m)"><circle cx="50" cy="10" r="8" fill="#000"/></g></svg>'
)


def picture(kind: str, size: int = 300) -> bytes:
    """A small picture: alpha.png, photo.jpg, grey.png or map.png (with a palette)."""
    ramp = Image.linear_gradient("L").resize((size, size))
    colours = Image.merge("RGB", (ramp, ramp.rotate(90), ramp.rotate(180)))
    target = io.BytesIO()
    match kind:
        case "alpha.png":
            Image.merge("RGBA", (*colours.split(), ramp)).save(target, "PNG")
        case "photo.jpg":
            colours.save(target, "JPEG", quality=90)
        case "grey.png":
            ramp.save(target, "PNG")
        case _:
            colours.quantize(16).save(target, "PNG")
    return target.getvalue()


def press_page(body: str = _BODY, css: str = "") -> bytes:
    """The page as the layout would hand it over, with room for its bleed."""
    pictures = {"dots.svg": ("image/svg+xml", _SVG)}
    for name in ("alpha.png", "photo.jpg", "grey.png", "map.png"):
        pictures[name] = ("image/jpeg" if name.endswith("jpg") else "image/png", picture(name))
    html = f'<html lang="en"><head><title>For the press</title></head><body>{body}</body></html>'
    document = weasy.lay_out(weasy.start(_CSS + css, _FAMILIES), html, pictures)
    return weasy.write(document, b"press", conformance.claim_ua)
