"""Editions: a leaflet with its includes, variables, glossary words, references and pictures resolved.

Read `resolver` first; the other modules are its steps, in the order it takes them.
"""

from leafletpress.edition.resolver import Resolution, resolve

__all__ = ["Resolution", "resolve"]
