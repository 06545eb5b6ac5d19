"""Preflight: judges any PDF before it is shown, copied or sent to a print shop, in words for those who are no printers.

`inspect` opens the bytes, walks through what each page draws, and holds it to the demands of a purpose. Findings have
codes of the family F, a page and a place.
"""

from .demands import Demands, Purpose
from .judging import Inspection, inspect

__all__ = ["Demands", "Inspection", "Purpose", "inspect"]
