"""Six tagged panel pages of true widths, for folding: text that flows from panel to panel, links, a figure, a table."""

from __future__ import annotations

from functools import cache

from layouts.pdf import conformance, weasy
from layouts.pdf.imposition import Imposition

_FAMILIES = ("Atkinson Hyperlegible", "Noto Sans", "IBM Plex Sans Arabic")
_WORDS = "Every panel holds a few lines of this, so that a paragraph runs over the fold and is still one paragraph. "
_BODY = f"""
<h1 id="top">A folded leaflet</h1><p>Its cover. Go to <a href="#help">getting help</a>.</p>
<section class="next"><h2>In brief</h2><ul><li>one</li><li>two</li></ul></section>
<section class="next"><h2 id="long">A long story</h2><p>{_WORDS * 17}</p>
<figure><img src="picture:dots.svg" alt="Two dots" style="width: 50mm"><figcaption>Two dots</figcaption></figure>
<table><caption>Doses</caption><thead><tr><th scope="col">Age</th><th scope="col">Dose</th></tr></thead>
<tbody><tr><th scope="row">Adult</th><td>500 mg</td></tr></tbody></table><p>{_WORDS * 9}</p></section>
<section class="next"><h2 id="help">Getting help</h2><p>Read <a href="https://example.org/">more</a>,
or start <a href="#top">again</a>.</p></section>"""
_CSS = """
html { font-family: "Atkinson Hyperlegible"; font-size: 12pt; bookmark-level: none }
h1, h2 { font-size: 16pt; bookmark-level: 1 } .next { break-before: page } img { image-rendering: crisp-edges }
figure { margin: 3mm 0 } table { border-collapse: collapse } th, td { text-align: start; border: 1px solid }
p, ul { margin: 0 0 3mm }
"""
_DOTS = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20" viewBox="0 0 60 20"><title>Two dots</title>'
    b'<linearGradient id="g" gradientUnits="userSpaceOnUse" x1="0" y1="0" x2="60" y2="0">'
    b'<stop offset="0" stop-color="#17324d"/><stop offset="1" stop-color="#f5b335"/></linearGradient>'
    b'<rect width="60" height="20" fill="url(#g)"/><circle cx="10" cy="10" r="8" fill="#1c6b3c" opacity="0.5"/>'
    b'<circle cx="50" cy="10" r="8" fill="#9a1c1c"/></svg>'
)


@cache
def panel_pages(imposition: Imposition, lang: str = "en") -> bytes:
    """PDF/UA-1 and PDF/A-2a, a page for each panel of `imposition`."""
    sizes = "".join(
        f"@page:nth({number}) {{ size: {width}mm {imposition.height_mm}mm; margin: 9mm }}"
        for number, width in enumerate(imposition.page_widths_mm, start=1)
    )
    direction = "rtl" if imposition.right_to_left else "ltr"
    html = (
        f'<html lang="{lang}" dir="{direction}"><head><title>A folded leaflet</title></head><body>{_BODY}</body></html>'
    )
    engine = weasy.start(_CSS + sizes, _FAMILIES)
    document = weasy.lay_out(engine, html, {"dots.svg": ("image/svg+xml", _DOTS)})
    assert len(document.pages) == 6
    return weasy.write(document, b"panels", conformance.claim_ua)
