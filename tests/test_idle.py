"""Idle matter: glossary words and shared texts that nobody uses are told in a check of the whole house alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from pressroom import add_leaflet, make_project, press, press_json, write

GLOSSARY = "femur:\n  definition: A bone.\nhip:\n  definition: A joint.\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = make_project(tmp_path / "house")
    write(root / "source/glossary/en-GB.yaml", GLOSSARY)
    write(root / "source/shared/en-GB/ring.md", "Ring us.\n\n::: include hours\n:::\n")
    write(root / "source/shared/en-GB/hours.md", "In the morning.\n")
    write(root / "source/shared/en-GB/parking.md", "Behind the house.\n")
    add_leaflet(root, "alpha", words='The [femur]{.term}. {only="format=plain"}\n\n::: include ring\n:::')
    add_leaflet(root, "omega")
    return root


def codes(root: Path, *words: str) -> list[tuple[str, str, int]]:
    return [(one["code"], one["file"], one["line"]) for one in press_json(root, "check", *words)["diagnostics"]]


def test_what_no_leaflet_uses_is_told_at_its_line(root: Path) -> None:
    assert codes(root) == [
        ("E321", "source/glossary/en-GB.yaml", 3),
        ("E322", "source/shared/en-GB/parking.md", 1),
    ]


def test_warnings_stop_a_strict_check_only(root: Path) -> None:
    assert press(root, "check").returncode == 0
    done = press(root, "check", "--strict")
    assert done.returncode == 1
    assert "0 errors, 2 warnings" in done.stdout


def test_a_check_of_some_leaflets_cannot_know(root: Path) -> None:
    assert codes(root, "alpha") == []
    assert codes(root, "--lang", "en-GB") == []


def test_a_build_has_its_own_findings_only(root: Path) -> None:
    assert "E32" not in press(root, "build").stderr


def test_what_a_faulty_leaflet_uses_is_not_known(root: Path) -> None:
    add_leaflet(root, "omega", words="Some <br> words.")
    assert [code for code, *_ in codes(root)] == ["G201"]


def test_every_language_is_judged_by_its_own_leaflets(root: Path) -> None:
    write(root / "source/glossary/en.yaml", GLOSSARY)  # behind en-GB.yaml, for every word
    write(root / "source/glossary/fr.yaml", "os:\n  definition: Oui.\n")
    write(root / "source/shared/fr/ring.md", "Appelez-nous.\n")
    assert codes(root) == [
        ("E321", "source/glossary/en-GB.yaml", 3),
        ("E321", "source/glossary/en.yaml", 1),
        ("E321", "source/glossary/en.yaml", 3),
        ("E321", "source/glossary/fr.yaml", 1),
        ("E322", "source/shared/en-GB/parking.md", 1),
        ("E322", "source/shared/fr/ring.md", 1),
    ]


def test_a_word_in_another_form_uses_its_entry(root: Path) -> None:
    add_leaflet(root, "omega", words='Both [hips]{.term of="Hip"} and the [Femur]{.term}.')
    assert [code for code, *_ in codes(root)] == ["E322"]
