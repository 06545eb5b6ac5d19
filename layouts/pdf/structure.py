"""Structure elements put right: pure work on pydyf's objects, with no knowledge of WeasyPrint.

Shapes are those of ISO 32000-1, 14.7 and 14.8: an element is a dictionary with S (its type), K (its kids), P (its
parent) and Pg (its page); a kid that is bytes is a reference to another object.
"""

from __future__ import annotations

from typing import Any

import pydyf

_POINTS_PER_PIXEL = 0.75


def children(element: Any, document: Any) -> list[Any]:
    """The structure elements among an element's kids."""
    found = (document.objects[int(kid.split()[0])] for kid in element["K"] if isinstance(kid, bytes))
    return [child for child in found if isinstance(child, dict) and child.get("Type") == "/StructElem"]


def _new_element(kind: str, like: Any, parent: Any, kids: list[Any], document: Any) -> Any:
    """A structure element that takes `kids` over from wherever they were."""
    element = pydyf.Dictionary(
        {"Type": "/StructElem", "S": f"/{kind}", "K": pydyf.Array(kids), "Pg": like["Pg"], "P": parent.reference}
    )
    document.add_object(element)
    for kid in children(element, document):
        kid["P"] = element.reference
    return element


def mend_definitions(element: Any, document: Any) -> None:
    """`dl > div > dt + dd` comes as L > Div > LI > LBody: make it L > LI > Lbl + LBody."""
    for item in children(element, document):
        if item["S"] == "/LI":
            continue
        item["S"] = "/LI"
        parts = []
        for name, wrapper in zip(("/Lbl", "/LBody"), children(item, document), strict=False):
            part = children(wrapper, document)[0]
            part["S"], part["P"] = name, item.reference
            if "source" in part:
                part["source"] = (*part["source"][:2], name)
            parts.append(part.reference)
        item["K"] = pydyf.Array(parts)
    element["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": "/None"})


def unwrap(element: Any, parent: Any, document: Any) -> None:
    """Put an element's kids in its own place among its parent's."""
    place = parent["K"].index(element.reference)
    parent["K"][place : place + 1] = element["K"]
    for child in children(element, document):
        child["P"] = parent.reference


def wrap_bodies(element: Any, document: Any) -> None:
    """Put what stands loose in an LI beside its label into an LBody."""
    loose = [
        kid
        for kid in element["K"]
        if not isinstance(kid, bytes) or str(document.objects[int(kid.split()[0])]["S"]) not in ("/Lbl", "/LBody")
    ]
    if loose:
        kept = [kid for kid in element["K"] if kid not in loose]
        body = _new_element("LBody", element, element, loose, document)
        element["K"] = pydyf.Array([*kept, body.reference])


def mend_figure(element: Any, document: Any) -> None:
    """Make `figure` the Figure, with the picture's text alternative and box, and the picture its content."""
    pictures, waiting = [], children(element, document)
    while waiting:
        child = waiting.pop()
        if child["S"] == "/Figure":
            pictures.append(child)
        else:
            waiting += children(child, document)
    for picture in pictures:
        element["S"], picture["S"] = "/Figure", "/NonStruct"
        for key in ("Alt", "A", "page"):
            if key in picture:
                element[key] = picture.pop(key)


def mend_contents(element: Any, document: Any) -> None:
    """A contents list is TOC > TOCI (14.8.4.2), under its heading in a Sect."""
    element["S"] = "/Sect"
    for contents in children(element, document):
        if contents["S"] != "/L":
            continue
        contents["S"] = "/TOC"
        contents.pop("A", None)
        for item in children(contents, document):
            item["S"] = "/TOCI"
            for body in children(item, document):
                body["S"] = "/Reference"


def to_points(element: Any, page_height_px: float) -> None:
    """Turn a BBox from CSS pixels from the upper left into points from the lower left (14.8.5.4.3)."""
    left, top, right, bottom = element["A"]["BBox"]
    corners = (left, page_height_px - bottom, right, page_height_px - top)
    element["A"]["BBox"] = pydyf.Array([corner * _POINTS_PER_PIXEL for corner in corners])


def join(first: Any, rest: Any, document: Any) -> None:
    """Give `first` the kids of the part of the same element on a later page, and take that part out of the tree."""
    parent = document.objects[int(rest["P"].split()[0])]
    if rest.reference not in parent["K"]:
        return
    parent["K"].remove(rest.reference)
    if rest["S"] == "/Table":
        _rename_headers(rest, f"{rest.number}-0-", f"{first.number}-0-", document)
    for kid in rest["K"]:
        if isinstance(kid, int):
            # A bare number means the page of its element; on another page it needs a reference that says which.
            first["K"].append(pydyf.Dictionary({"Type": "/MCR", "Pg": rest["Pg"], "MCID": kid}))
        else:
            first["K"].append(kid)
    for child in children(rest, document):
        child["P"] = first.reference
    _repoint(rest.reference, first.reference, document)


def _rename_headers(element: Any, old: str, new: str, document: Any) -> None:
    """Let cells of a later page name the header cells of the first: ids are table number, row, column."""
    if "Headers" in element.get("A", {}):
        for identifier in element["A"]["Headers"]:
            if identifier.string.startswith(old):
                identifier.string = new + identifier.string.removeprefix(old)
    for child in children(element, document):
        _rename_headers(child, old, new, document)


def _repoint(old: bytes, new: bytes, document: Any) -> None:
    """Let marked content of `old` find its new parent in the parent tree."""
    root = next(item for item in document.objects if isinstance(item, dict) and item.get("Type") == "/StructTreeRoot")
    tree = document.objects[int(root["ParentTree"].split()[0])]["Nums"]
    for index in range(1, len(tree), 2):
        if isinstance(tree[index], list):
            tree[index][:] = [new if reference == old else reference for reference in tree[index]]
        elif tree[index] == old:
            tree[index] = new
