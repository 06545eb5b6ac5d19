"""Layouts that do what a leaflet's summary says, so that the press can be tried without a renderer.

Words in the summary: `hang`, `crash`, `hog` (memory), `raise` (an exception nobody foresaw), `refuse` (LayoutError),
`invalid` (a file that does not validate), `deep` (RecursionError), `print` (noise on stdout), `slow` (0.3 s).
`plain` heeds them all; `mild` heeds only words with `both-` before them.
"""

from __future__ import annotations

import faulthandler
import os
import time
from dataclasses import dataclass
from pathlib import Path

from leafletpress.diagnostics import Diagnostic, LayoutError
from leafletpress.layout import Context
from leafletpress.model import Edition
from leafletpress.reading_order import reading_order


@dataclass(frozen=True)
class Fake:
    name: str
    prefix: str = ""
    suffix: str = "txt"
    media_type: str = "text/plain"
    variants: tuple[str, ...] = ("large",)

    def warm(self, context: Context) -> None:
        log = os.environ.get("FAKE_LOG")
        if log:
            with Path(log).open("a", encoding="utf-8") as file:
                file.write(f"warm {self.name} {context.variant} {os.getpid()}\n")

    def render(self, edition: Edition, context: Context) -> bytes:
        asked = {word.strip(".") for word in edition.leaflet.meta.summary.split()}
        for word in asked:
            if word.startswith(self.prefix) and hasattr(self, word.removeprefix(self.prefix)):
                getattr(self, word.removeprefix(self.prefix))()
        words = "\n".join(reading_order(edition))
        body = f"{self.name} {context.variant} {context.theme.colours.accent}\n{words}\n"
        filler = "x" * int(os.environ.get("FAKE_BYTES", "0"))
        end = "invalid" if f"{self.prefix}invalid" in asked else "end"
        return f"{body}{filler}\n{end}\n".encode()

    def validate(self, content: bytes, *, thorough: bool = True) -> tuple[Diagnostic, ...]:
        if content.endswith(b"invalid\n"):
            return (Diagnostic("V601", "the file is not as it should be", hint="report it with the leaflet"),)
        return ()

    def hang(self) -> None:
        while True:
            time.sleep(1)

    def crash(self) -> None:
        faulthandler.disable()  # its report would only confuse
        os.abort()

    def hog(self) -> None:
        held = []
        while True:
            held.append(bytearray(16_000_000))

    def raise_(self) -> None:
        raise KeyError("nobody foresaw this")

    def refuse(self) -> None:
        raise LayoutError((Diagnostic("L505", "this cannot be expressed"),))

    def deep(self) -> None:
        self.deep()

    def print_(self) -> None:
        os.write(1, b"noise from a library\n")
        print("more noise")  # noqa: T201 - noise is what is asked for

    def slow(self) -> None:
        time.sleep(0.3)


PLAIN = Fake("plain")
MILD = Fake("mild", prefix="both-", suffix="mild")
