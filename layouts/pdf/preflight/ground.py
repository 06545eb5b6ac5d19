"""What lies behind the words: the page as a picture, drawn without its text.

The colours of text are known exactly from the content, but what is behind it may be anything: a tint, a gradient, a
photograph, see-through layers. So the ground is drawn (pypdfium2, about one pixel a point) and looked at, while the
letters, which would be blurred at that size, are not. Colours in inks are shown by the same program, so that letters
and ground are converted alike.
"""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterable
from typing import Any

import pikepdf

from .colours import CMYK, Colour
from .geometry import Box, meet
from .sheets import Sheet

_MOST_PIXELS = 4_000_000
_DEEPEST_FORM = 15
_SWATCH_PT = 4
_MOST_SWATCHES = 256
RGB = tuple[int, int, int]


class Grounds:
    """The pages of one file as pictures without words."""

    def __init__(self, content: bytes) -> None:
        import pypdfium2  # noqa: PLC0415 - the quick checks draw nothing

        self._file = pypdfium2.PdfDocument(content)

    def draw(self, sheet: Sheet) -> Ground:
        """The ground of a page. RuntimeError where it cannot be drawn."""
        import pypdfium2.raw as pdfium  # noqa: PLC0415 - as above

        page = self._file[sheet.number - 1]
        page.set_rotation(0)  # places are told in the page's own directions
        page.close()
        page = self._file[sheet.number - 1]
        for text in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=_DEEPEST_FORM):
            pdfium.FPDFPageObj_SetIsActive(text.raw, ctypes.c_int(0))
        wide, high = page.get_size()
        scale = min(1.0, (_MOST_PIXELS / max(1.0, wide * high)) ** 0.5)
        picture = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
        page.close()
        return Ground(picture, meet(sheet.crop, sheet.media) or sheet.media)

    def close(self) -> None:
        """Let the file go."""
        self._file.close()


class Ground:
    """One page's ground: a picture of the box `shown`."""

    def __init__(self, picture: Any, shown: Box) -> None:
        self._picture = picture
        self._shown = shown
        self._across = picture.width / (shown[2] - shown[0])
        self._up = picture.height / (shown[3] - shown[1])

    def colours(self, box: Box) -> list[tuple[int, RGB]]:
        """Colours in `box` with how many pixels each has; none where the box is not on the page."""
        seen = meet(box, self._shown)
        if seen is None:
            return []
        left = int((seen[0] - self._shown[0]) * self._across)
        top = int((self._shown[3] - seen[3]) * self._up)
        right = max(left + 1, int((seen[2] - self._shown[0]) * self._across))
        bottom = max(top + 1, int((self._shown[3] - seen[1]) * self._up))
        part = self._picture.crop((left, top, min(right, self._picture.width), min(bottom, self._picture.height)))
        if part.width < 1 or part.height < 1:
            return []
        found: list[tuple[int, RGB]] | None = part.getcolors(64)
        if found is None:  # a gradient or a photograph
            found = part.resize((min(16, part.width), min(4, part.height)), resample=4).getcolors(64)
        return found or []


def shown_colours(pdf: Any, colours: Iterable[Colour]) -> dict[Colour, RGB]:
    """Red, green and blue of colours in inks and other spaces, as the same program draws them."""
    import pypdfium2  # noqa: PLC0415 - as above

    wanted = list(dict.fromkeys(colours))[:_MOST_SWATCHES]
    if not wanted:
        return {}
    chart, spaces, drawing = pikepdf.new(), pikepdf.Dictionary(), []
    for index, colour in enumerate(wanted):
        spaces[f"/C{index}"] = _copied(pdf, chart, colour)
        values = " ".join(f"{value:.6f}" for value in colour.values)
        drawing.append(f"/C{index} cs {values} sc {index * _SWATCH_PT} 0 {_SWATCH_PT} {_SWATCH_PT} re f")
    page = chart.add_blank_page(page_size=(_SWATCH_PT * len(wanted), _SWATCH_PT))
    page.obj.Resources = pikepdf.Dictionary(ColorSpace=spaces)
    page.obj.Contents = pikepdf.Stream(chart, "\n".join(drawing).encode())
    written = io.BytesIO()
    chart.save(written)
    document = pypdfium2.PdfDocument(written.getvalue())
    picture = document[0].render(scale=1).to_pil().convert("RGB")
    document.close()
    middle = _SWATCH_PT // 2
    return {colour: picture.getpixel((index * _SWATCH_PT + middle, middle)) for index, colour in enumerate(wanted)}


def _copied(pdf: Any, chart: Any, colour: Colour) -> Any:
    origin = colour.space.origin
    if origin is None:
        return pikepdf.Name.DeviceCMYK if colour.space == CMYK else pikepdf.Name.DeviceGray
    if not origin.is_indirect:
        origin = pdf.make_indirect(origin)
    return chart.copy_foreign(origin)
