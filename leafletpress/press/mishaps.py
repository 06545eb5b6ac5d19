"""Mishaps: what is told of a leaflet that a renderer did not come through. `at` is the target's name, or `READING`."""

from __future__ import annotations

from leafletpress.diagnostics import Diagnostic
from leafletpress.model import Span
from leafletpress.press.stock import Sheet

READING = "reading"


def too_long(sheet: Sheet, at: str, seconds: float) -> Diagnostic:
    """L506: the limit of time, in seconds, was reached."""
    message = f"{at}: took longer than {seconds:g} s and was stopped"
    hint = "simplify what is unusual in it; the limit stands in source/press.yaml under limits: seconds"
    return Diagnostic("L506", message, Span(sheet.display), hint)


def too_much(sheet: Sheet, at: str) -> Diagnostic:
    """L507: the limit of memory was reached."""
    message = f"{at}: needs more memory than it may have"
    hint = "look for very large pictures or tables; the limit stands in source/press.yaml under limits: memory-mb"
    return Diagnostic("L507", message, Span(sheet.display), hint)


def died(sheet: Sheet, at: str, how: str) -> Diagnostic:
    """L508: the process ended by itself, or the system ended it."""
    hint = "look for what is unusual in this leaflet, very large or broken pictures first"
    return Diagnostic("L508", f"{at}: the renderer's process died ({how})", Span(sheet.display), hint)


def too_deep(sheet: Sheet, at: str) -> Diagnostic:
    """L504: a renderer ran out of stack."""
    message = f"{at}: the renderer gave up on blocks nested too deep"
    return Diagnostic("L504", message, Span(sheet.display), "nest lists and blocks less deep")


def fault(sheet: Sheet, at: str, error: Exception) -> Diagnostic:
    """I901 for an exception that nobody foresaw."""
    reason = " ".join(str(error).split())[:200]
    message = f"{at}: {type(error).__name__}{': ' if reason else ''}{reason}"
    hint = "this is our fault: report it with the leaflet; LEAFLETPRESS_DEBUG=1 shows where it happened"
    return Diagnostic("I901", message, Span(sheet.display), hint)
