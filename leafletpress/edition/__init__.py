"""Editions: a leaflet with its conditions, includes, variables, glossary words, references and pictures resolved.

Read `resolver` first, then `whole` (the leaflet with all its parts) and `making` (one edition of it); the other modules
are their steps. `explaining` says what each edition contains and why.
"""

from leafletpress.edition.explaining import AskedEdition, ConditionalPart, Explanation, Verdict, explain
from leafletpress.edition.resolver import Resolution, resolve

__all__ = ["AskedEdition", "ConditionalPart", "Explanation", "Resolution", "Verdict", "explain", "resolve"]
