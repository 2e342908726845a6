"""Everything bundled says where it comes from and under which licence."""

from __future__ import annotations

import re

from tests.helpers.source_tree import ROOT

RESOURCES = ROOT / "resources"
OURS = {".py", ".po", ".mo", ".pyc", ".qss"}  # Source, texts and style sheet of the program, under its own licence


def _bundled() -> set[str]:
    files = (path for path in RESOURCES.rglob("*") if path.is_file() and path.suffix not in OURS)
    return {path.relative_to(RESOURCES).as_posix() for path in files if not path.name.startswith(".")}


def _named() -> set[str]:
    return set(re.findall(r"`([\w.-]+/[\w./-]+)`", (ROOT / "docs" / "LICENCES.md").read_text(encoding="utf-8")))


def test_every_bundled_file_has_a_line() -> None:
    missing = sorted(_bundled() - _named())
    assert not missing, "add to docs/LICENCES.md what these are, their licence and source:\n" + "\n".join(missing)


def test_no_line_speaks_of_a_file_that_is_gone() -> None:
    gone = sorted(name for name in _named() if not (RESOURCES / name).exists())
    assert not gone, "docs/LICENCES.md names files that are not there:\n" + "\n".join(gone)


def test_every_font_has_its_licence_beside_it() -> None:
    heads = {"OFL": "SIL OPEN FONT LICENSE", "ARPHICPL": "ARPHIC PUBLIC LICENSE"}
    for font in [each for each in (RESOURCES / "fonts").iterdir() if each.suffix in (".ttf", ".zip")]:
        (licence,) = (RESOURCES / "fonts").glob(f"{font.stem.split('-')[0]}-*.txt")
        assert heads[licence.stem.partition("-")[2]] in licence.read_text(encoding="utf-8")


def test_the_program_is_under_the_mit_licence() -> None:
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")
