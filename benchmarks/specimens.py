"""Leaflets for measuring: distinct ones of about 750 words each, in our source form and in pandoc's Markdown."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

_WORDS = tuple(
    """
    bone clinic doctor nurse tablet water letter morning evening result answer question pain rest walk sleep help phone
    visit test scan blood arm leg chest heart lung skin glass food meal day week month year home ward hand foot
    and the you your can may will have take bring ask tell keep stop start feel drink eat sit stand wait call read with
    before after during without under over near small large short long new old clear warm cold
    """.split()  # noqa: SIM905  (a list of 100 quoted words is harder to read)
)
_PICTURE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 160" width="480" height="160">
<rect width="480" height="160" fill="#ffffff"/>
{bars}
</svg>
"""


@dataclass(frozen=True, slots=True)
class Specimen:
    """One leaflet twice: as we write it and as pandoc reads it, with the same words, blocks and picture."""

    id: str
    ours: str
    pandocs: str
    picture: str


def specimen(number: int) -> Specimen:
    """The leaflet of that number; the same number gives the same leaflet."""
    chance = random.Random(number)

    def sentence() -> str:
        count = chance.randint(7, 15)
        return " ".join(chance.choice(_WORDS) for _ in range(count)).capitalize() + "."

    def paragraph() -> str:
        return " ".join(sentence() for _ in range(3))

    def bullets(count: int) -> str:
        return "\n".join(f"- {sentence()}" for _ in range(count))

    identifier = f"leaflet-{number:04d}"
    parts: list[str] = ["::: {key-points}\n" + bullets(4) + "\n:::"]
    for section in range(5):
        parts += [f"## Section {section + 1} of leaflet {number}", paragraph(), paragraph()]
        if section in (0, 3):
            parts.append(bullets(4))
    parts.append("::: {warning}" + f" Warning {number}\n" + bullets(3) + "\n:::")
    parts.append("## What to do and when")
    parts.append("\n".join(f"{step}. {sentence()}" for step in range(1, 6)))
    rows = "\n".join(f"| day {row} | {sentence()} | {sentence()} |" for row in range(1, 5))
    parts.append(f"| When | What you can do | What to leave |\n|---|---|---|\n{rows}")
    parts.append("{figure}")
    parts.append("How long\n: " + sentence() + "\n\nHow often\n: " + sentence())
    body = "\n\n".join(parts) + "\n"
    bars = "\n".join(
        f'<rect x="{20 + 44 * bar}" y="{150 - height}" width="32" height="{height}" fill="#17324d"/>'
        for bar, height in enumerate(chance.randint(20, 130) for _ in range(10))
    )
    return Specimen(identifier, _ours(identifier, number, body), _pandocs(number, body), _PICTURE.format(bars=bars))


def _ours(identifier: str, number: int, body: str) -> str:
    head = (
        f"---\nid: {identifier}\ntitle: Leaflet {number}\nlang: en-GB\nkind: procedure\nsummary: A leaflet.\n"
        f'reference: LP-{number:04d}\nversion: "1.0"\nstatus: approved\nissued: 2026-03-01\n---\n\n'
    )
    body = body.replace("::: {key-points}", "::: key-points").replace("::: {warning}", "::: warning")
    figure = "::: figure Bars of a chart\n![Ten bars of different heights](images/bars.svg)\n:::"
    return head + body.replace("{figure}", figure)


def _pandocs(number: int, body: str) -> str:
    head = f"---\ntitle: Leaflet {number}\nauthor: Leaflet Press\nlang: en-GB\ndate: 2026-03-01\n---\n\n"
    body = body.replace("::: {key-points}", "::: {.key-points}")
    body = body.replace(f"::: {{warning}} Warning {number}\n", f"::: {{.warning}}\n**Warning {number}**\n\n")
    return head + body.replace("{figure}", "![Bars of a chart](images/bars.svg)")


def write_house(folder: Path, count: int) -> None:
    """A project of `count` leaflets in our form."""
    source = folder / "source"
    source.mkdir(parents=True)
    (source / "press.yaml").write_text("publisher: Leaflet Press\n", encoding="utf-8")
    for number in range(count):
        leaflet = specimen(number)
        home = source / "leaflets" / leaflet.id
        (home / "images").mkdir(parents=True)
        (home / "en-GB.md").write_text(leaflet.ours, encoding="utf-8")
        (home / "images" / "bars.svg").write_text(leaflet.picture, encoding="utf-8")


def write_for_pandoc(folder: Path, count: int) -> None:
    """The same leaflets for pandoc, each in a folder of its own beside its picture."""
    for number in range(count):
        leaflet = specimen(number)
        home = folder / leaflet.id
        (home / "images").mkdir(parents=True)
        (home / "leaflet.md").write_text(leaflet.pandocs, encoding="utf-8")
        (home / "images" / "bars.svg").write_text(leaflet.picture, encoding="utf-8")
