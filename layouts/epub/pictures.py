"""Figures and the logo as parts of the book: ASCII names, and white paper under every picture.

Readers drop transparency or turn the page black at night; a drawing in dark ink would be lost on it.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator

from lxml import etree

from leafletpress.diagnostics import Diagnostic, LayoutError
from leafletpress.model import Edition, Picture

from ..shared.flavour import LOGO_PATH, shown_pictures
from .book import Part

_SUFFIXES = {"image/svg+xml": "svg", "image/png": "png", "image/jpeg": "jpg"}
_SVG = "{http://www.w3.org/2000/svg}"


class Pictures:
    """The pictures that the text asks for, and nothing else."""

    def __init__(self, edition: Edition) -> None:
        self._pictures = shown_pictures(edition)
        self._names: dict[str, str] = {}

    @property
    def any(self) -> bool:
        """Whether the text shows a picture that says something: the logo is decoration."""
        return bool(self._names.keys() - {LOGO_PATH})

    def url(self, path: str) -> str:
        """Where the picture of that path stands in the book; LayoutError (L505) where it cannot stand in one."""
        if path not in self._names:
            suffix = _SUFFIXES.get(self._picture(path).media_type)
            if not suffix:
                raise _refused(path, "EPUB readers show SVG, PNG and JPEG")
            self._names[path] = self._free("logo" if path == LOGO_PATH else _slug(path), suffix)
        return self._names[path]

    def parts(self) -> Iterator[Part]:
        """The parts, in the order in which the text asked for them."""
        for path, name in self._names.items():
            picture = self._picture(path)
            part_id = name.replace("/", "-").rpartition(".")[0]
            yield Part(part_id, name, picture.media_type, _on_paper(picture))

    def _picture(self, path: str) -> Picture:
        try:
            return self._pictures[path]
        except KeyError as error:
            raise _refused(path, "the edition does not hold it") from error

    def _free(self, stem: str, suffix: str) -> str:
        """A name whose stem no other picture has: manifest ids are made of stems."""
        taken = {name.rpartition(".")[0] for name in self._names.values()}
        number, candidate = 1, f"pictures/{stem}"
        while candidate in taken:
            number += 1
            candidate = f"pictures/{stem}-{number}"
        return f"{candidate}.{suffix}"


def _slug(path: str) -> str:
    stem = path.rpartition("/")[2].rpartition(".")[0]
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "picture"


def _refused(path: str, why: str) -> LayoutError:
    return LayoutError((Diagnostic("L505", f"picture {path} cannot stand in an EPUB: {why}"),))


def _on_paper(picture: Picture) -> bytes:
    match picture.media_type:
        case "image/svg+xml":
            return _svg_on_paper(picture)
        case "image/png":
            return _png_on_paper(picture)
        case _:
            return picture.content


def _svg_on_paper(picture: Picture) -> bytes:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(picture.content, parser)
    except etree.XMLSyntaxError as error:
        raise _refused(picture.path, f"it is not well-formed SVG ({error})") from error
    x, y, width, height = _view(root)
    # As style, so that no rule of the drawing's own style sheet colours it.
    paper = etree.Element(f"{_SVG}rect", x=x, y=y, width=width, height=height, style="fill: #ffffff; stroke: none")
    root.insert(0, paper)
    content: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return content


def _view(root: etree._Element) -> tuple[str, str, str, str]:
    numbers = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    if len(numbers) == 4:
        return numbers[0], numbers[1], numbers[2], numbers[3]
    return "0", "0", "100%", "100%"


def _png_on_paper(picture: Picture) -> bytes:
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415  # few leaflets have a PNG

    try:
        found = Image.open(io.BytesIO(picture.content))
        if "A" not in found.getbands() and "transparency" not in found.info:
            return picture.content
        image = found.convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise _refused(picture.path, f"it cannot be read ({error})") from error
    paper = Image.new("RGB", image.size, "#ffffff")
    paper.paste(image, mask=image.getchannel("A"))
    stream = io.BytesIO()
    paper.save(stream, "PNG", optimize=True)
    return stream.getvalue()
