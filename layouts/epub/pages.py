"""The book's two documents, as XHTML: the leaflet and the nav."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from lxml import etree
from markupsafe import Markup

from leafletpress.diagnostics import Diagnostic, LayoutError
from leafletpress.model import Edition, direction

from ..shared import html
from ..shared.flavour import Flavour
from ..shared.html import body_html
from ..shared.outline import section_entries

LEAFLET_NAME = "leaflet.xhtml"
NAV_NAME = "nav.xhtml"
STYLE_NAME = "style.css"

_XHTML = "{http://www.w3.org/1999/xhtml}"
_TYPE = "{http://www.idpf.org/2007/ops}type"
_VOID = frozenset(_XHTML + name for name in ("br", "img", "link", "meta", "col", "hr"))

# EPUB 3 structural semantics and the DPUB-ARIA role that says the same to assistive technology, by class name.
_SEMANTICS = {
    "glossary": ("section", "glossary", "doc-glossary"),
    "references": ("section", "bibliography", "doc-bibliography"),
    "entry": ("div", "footnote", "doc-footnote"),
    "term": ("a", "noteref", "doc-noteref"),
    "back": ("a", "backlink", "doc-backlink"),
    "citation": ("a", "biblioref", "doc-biblioref"),
    "emergency": ("div", "notice", "doc-notice"),
    "urgent": ("div", "notice", "doc-notice"),
    "contact": ("div", "notice", "doc-notice"),
    "warning": ("div", "notice", "doc-notice"),
}


def book_title(edition: Edition) -> str:
    """The title as libraries and the heads of screens show it; a draft's begins with its mark."""
    return ": ".join(filter(None, (edition.notice, edition.leaflet.meta.title)))


@cache
def _environment() -> Environment:
    """The templates; built once a process."""
    loader = PackageLoader(__package__ or "", "templates")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)


def warm() -> None:
    """Parse the templates."""
    html.warm()
    _environment().get_template("leaflet.xhtml.j2")
    _environment().get_template("nav.xhtml.j2")


def leaflet(edition: Edition, picture_url: Callable[[str], str]) -> bytes:
    """The one spine document: the words of the edition in reading order, and nothing else.

    Raises LayoutError (L505) where the words hold a character that XML has no place for.
    """
    body = Markup(body_html(edition, Flavour(picture_url, notes=True)))  # noqa: S704  # escaped node by node in shared.html
    return _finished(_render("leaflet.xhtml.j2", edition, body=body), edition.notice)


def nav(edition: Edition) -> bytes:
    """The nav: table of contents, at most three deep as sections are, and landmarks (EPUB 3.3, 7)."""
    entries = section_entries(edition)
    places = {entry.id: entry.title for entry in entries}
    landmarks = [
        (kind, f"{LEAFLET_NAME}#{id_}", places[id_])
        for kind, id_ in (("glossary", "_glossary"), ("bibliography", "_references"))
        if id_ in places
    ]
    return _finished(_render("nav.xhtml.j2", edition, entries=entries, landmarks=landmarks))


def _render(template: str, edition: Edition, **names: object) -> str:
    meta = edition.leaflet.meta
    return (
        _environment()
        .get_template(template)
        .render(
            title=meta.title,
            book_title=book_title(edition),
            draft=bool(edition.notice),
            lang=meta.lang,
            dir=direction(meta.lang),
            contents=edition.wording.contents,
            leaflet=LEAFLET_NAME,
            style=STYLE_NAME,
            **names,
        )
    )


def _finished(text: str, mark: str = "") -> bytes:
    """Semantics and the mark of a draft added, and proved to be well-formed.

    No empty element is written short, for readers that parse as HTML.
    """
    try:
        root = etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise LayoutError((Diagnostic("L505", f"words that XHTML has no place for: {error}"),)) from error
    for element in root.iter(f"{_XHTML}*"):
        _say_what_it_is(element)
        if mark and "top" in element.get("class", "").split():
            element.set("data-mark", mark)
        if not len(element) and element.text is None and element.tag not in _VOID:
            element.text = ""
    content: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, doctype="<!DOCTYPE html>")
    return content


def _say_what_it_is(element: etree._Element) -> None:
    """Semantics by class."""
    for name in element.get("class", "").split():
        tag, kind, role = _SEMANTICS.get(name, ("", "", ""))
        if element.tag == _XHTML + tag:
            element.set(_TYPE, kind)
            element.set("role", role)
