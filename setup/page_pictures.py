"""Makes the pictures of the README from freshly built leaflets: `make pictures`."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pypdfium2
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
PAGE_WIDTH = 520
A4_WIDTH_PT = 595.28
GAP, EDGE, GROUND = 16, 1, "#c3ccd6"


def pages(file: Path, a4_width: int = PAGE_WIDTH) -> list[Image.Image]:
    """Every page of a PDF, at the scale at which A4 is `a4_width` pixels wide, with a hairline round it."""
    document = pypdfium2.PdfDocument(file)
    found = []
    for page in document:
        picture = page.render(scale=2 * a4_width / A4_WIDTH_PT, may_draw_forms=False).to_pil()
        picture = picture.resize((picture.width // 2, picture.height // 2), Image.Resampling.LANCZOS)
        framed = Image.new("RGB", (picture.width + 2 * EDGE, picture.height + 2 * EDGE), GROUND)
        framed.paste(picture, (EDGE, EDGE))
        found.append(framed)
    return found


def beside(pictures: list[Image.Image]) -> Image.Image:
    """Pictures in a row."""
    height = max(picture.height for picture in pictures)
    sheet = Image.new("RGB", (sum(p.width for p in pictures) + GAP * (len(pictures) - 1), height), "white")
    left = 0
    for picture in pictures:
        sheet.paste(picture, (left, 0))
        left += picture.width + GAP
    return sheet


def save(picture: Image.Image, name: str) -> None:
    """Write a small PNG: 256 colours are enough for text and a few inks."""
    picture.quantize(256, kmeans=2, dither=Image.Dither.NONE).save(PICTURES / name, optimize=True)


def main() -> None:
    """Build and draw."""
    papers = ["denosumab", "-t", "pdf:large-print,pdf:booklet-pages,pdf:trifold-summary", "--clinic", "riverside"]
    for asked in ([], ["--all-clinics"], papers):
        subprocess.run([sys.executable, ROOT / "publish.py", "build", *asked], check=True, cwd=ROOT)  # noqa: S603  (our own build)
    PICTURES.mkdir(parents=True, exist_ok=True)
    output = ROOT / "output"
    denosumab = pages(output / "denosumab" / "denosumab.en-GB.pdf")
    colonoscopy = pages(output / "colonoscopy" / "colonoscopy.en-GB.pdf")
    save(beside(denosumab[:2]), "denosumab.png")
    save(beside([colonoscopy[1], colonoscopy[3]]), "colonoscopy.png")
    clinics = [
        output / "colonoscopy" / f"colonoscopy.en-GB.{name}.pdf" for name in ("riverside", "hillside", "lakeside")
    ]
    save(beside([pages(file, 360)[0] for file in clinics]), "clinics.png")
    large, booklet, folded = (
        pages(output / "denosumab" / f"denosumab.en-GB.riverside.{name}.pdf", 330)
        for name in ("large-print", "booklet-pages", "trifold-summary")
    )
    save(beside([large[0], booklet[0], booklet[1], folded[0]]), "papers.png")
    with zipfile.ZipFile(output / "denosumab" / "denosumab.en-GB.epub") as book:
        name = next(name for name in book.namelist() if name.endswith("cover.png"))
        cover = Image.open(io.BytesIO(book.read(name))).convert("RGB")
    save(cover.resize((300, 300 * cover.height // cover.width), Image.Resampling.LANCZOS), "cover.png")


if __name__ == "__main__":
    main()
