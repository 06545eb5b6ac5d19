"""Form fields: what a reader writes in by hand on paper can be typed in, or ticked, on a screen.

The ruled lines are drawn with the page; a field lies over them and shows nothing of its own until it is filled in.
Fields have a tooltip (ISO 14289-1, 7.18.1), a tag (the widget is put on the box, and WeasyPrint tags it as Form), an
appearance of their own and no NeedAppearances (ISO 19005-2, 6.4.1). This touches WeasyPrint's boxes, like `tag_tree`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pydyf

_POINTS_PER_PIXEL = 0.75
_MULTILINE = 1 << 12  # ISO 32000-1, table 228
_PRINT = 1 << 2  # table 165
_FONT = "Helv"


@dataclass(frozen=True, slots=True)
class _Field:
    """Where a field lies (a box of WeasyPrint's, in pixels), which box its tag stands in, and what it asks for."""

    place: Any
    tagged: Any
    label: str
    tick: bool
    lines: int


def add_fields(pdf: Any, document: Any) -> None:
    """Lay a field over every place to write in or to tick, in reading order, before the tags are made."""
    number = 0
    for page_number, page in enumerate(document.pages):
        for field in _fields(page._page_box):  # noqa: SLF001  (WeasyPrint tells positions nowhere else)
            number += 1
            _add(pdf, page_number, page.height, field, number)


def _fields(page_box: Any) -> Iterator[_Field]:
    for write_in in page_box.descendants():
        classes = _classes(write_in)
        if "write-in" not in classes:
            continue
        for field in write_in.descendants():
            if "field" not in _classes(field) or field.element_tag != "div":
                continue
            inner = list(field.descendants(placeholders=True))
            label = next((box for box in inner if box.element_tag == "p"), None)
            words = " ".join(_text(label).split()) if label is not None else ""
            if "tick" in classes:
                square = next((box for box in inner if box.element_tag == "p::before"), None)
                if square is not None and label is not None:
                    yield _Field(getattr(square, "_box", square), label, words, tick=True, lines=1)
            else:
                space = next((box for box in inner if "space" in _classes(box)), None)
                if space is not None:
                    rules = sum("rule" in _classes(box) for box in space.descendants())
                    yield _Field(space, space, words, tick=False, lines=rules)


def _classes(box: Any) -> frozenset[str]:
    generated = box.element is None or "::" in (box.element_tag or "")
    return frozenset() if generated else frozenset((box.element.attrib.get("class") or "").split())


def _text(box: Any) -> str:
    if type(box).__name__ == "TextBox":
        return str(box.text)
    return " ".join(_text(child) for child in getattr(box, "children", ()))


def _add(pdf: Any, page_number: int, page_height: float, field: _Field, number: int) -> None:
    reference = pdf.page_references[page_number]
    page = pdf.objects[int(reference.split()[0])]
    box = field.place
    left, top = box.border_box_x(), box.border_box_y()
    width, height = box.border_width(), box.border_height()
    edges = (left, page_height - top - height, left + width, page_height - top)
    widget = pydyf.Dictionary(
        {
            "Type": "/Annot",
            "Subtype": "/Widget",
            "Rect": pydyf.Array(round(edge * _POINTS_PER_PIXEL, 2) for edge in edges),
            "P": reference,
            "F": _PRINT,
            "T": pydyf.String(f"field-{number}"),
            "TU": pydyf.String(field.label),
        }
    )
    size = (width * _POINTS_PER_PIXEL, height * _POINTS_PER_PIXEL)
    widget.update(_tick(pdf, size) if field.tick else _line(pdf, size, field.lines))
    pdf.add_object(widget)
    page.setdefault("Annots", pydyf.Array()).append(widget.reference)
    page["Tabs"] = "/S"
    _form(pdf)["Fields"].append(widget.reference)
    field.tagged.widget_annotation = widget


def _line(pdf: Any, size: tuple[float, float], lines: int) -> dict[str, Any]:
    return {
        "FT": "/Tx",
        "Ff": _MULTILINE if lines > 1 else 0,
        "DA": pydyf.String(f"/{_FONT} 12 Tf 0 g"),
        "AP": pydyf.Dictionary({"N": _appearance(pdf, size, [])}),
    }


def _tick(pdf: Any, size: tuple[float, float]) -> dict[str, Any]:
    width, height = size
    drawn = f"1.5 w {width * 0.2:.2f} {height * 0.5:.2f} m {width * 0.42:.2f} {height * 0.22:.2f} l"
    drawn += f" {width * 0.82:.2f} {height * 0.8:.2f} l S"
    states = {"Yes": _appearance(pdf, size, [drawn]), "Off": _appearance(pdf, size, [])}
    return {"FT": "/Btn", "V": "/Off", "AS": "/Off", "AP": pydyf.Dictionary({"N": pydyf.Dictionary(states)})}


def _appearance(pdf: Any, size: tuple[float, float], drawn: list[str]) -> bytes:
    box = pydyf.Array((0, 0, round(size[0], 2), round(size[1], 2)))
    stream = pydyf.Stream(
        [line.encode() for line in drawn],
        {"Type": "/XObject", "Subtype": "/Form", "BBox": box, "Resources": pydyf.Dictionary()},
    )
    pdf.add_object(stream)
    reference: bytes = stream.reference
    return reference


def _form(pdf: Any) -> Any:
    """The file's form; its font is one that every viewer has, and nothing of the file is drawn with it."""
    if "AcroForm" not in pdf.catalog:
        font = pydyf.Dictionary({"Type": "/Font", "Subtype": "/Type1", "BaseFont": "/Helvetica"})
        pdf.add_object(font)
        resources = pydyf.Dictionary({"Font": pydyf.Dictionary({_FONT: font.reference})})
        pdf.catalog["AcroForm"] = pydyf.Dictionary(
            {"Fields": pydyf.Array(), "DR": resources, "DA": pydyf.String(f"/{_FONT} 12 Tf 0 g")}
        )
    return pdf.catalog["AcroForm"]
