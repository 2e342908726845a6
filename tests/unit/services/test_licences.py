"""Every part of the program has its licence text, wherever it is installed from."""

from __future__ import annotations

import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

from tests.helpers.source_tree import ROOT
from ucapdesk.services import licences

SHORT = 800  # Characters of the shortest licence among them
NOT_HANDED_ON = {"setuptools"}  # Named by the lock because a build needs it


@pytest.fixture(autouse=True)
def declared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program needs what ``pyproject.toml`` says now, whatever it said when the program was installed here."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    said = ["Metadata-Version: 2.1", "Name: ucapdesk", "Version: 0"]
    said += [f"Requires-Dist: {need}" for need in project["dependencies"]]
    (tmp_path / "ucapdesk-0.dist-info").mkdir()
    (tmp_path / "ucapdesk-0.dist-info" / "METADATA").write_text("\n".join(said) + "\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_locked_library_is_a_part() -> None:
    locked = re.findall(
        r"^([\w.-]+)==", (ROOT / "requirements" / "runtime.txt").read_text(encoding="utf-8"), re.MULTILINE
    )
    told = {_plain(part.name) for part in licences.parts()}
    assert {_plain(name) for name in locked} - told - NOT_HANDED_ON == set()


def test_every_part_has_its_text_and_all_but_ours_a_source() -> None:
    parts = licences.parts()
    assert [part.name for part in parts if len(part.text) < SHORT] == []
    assert [part.name for part in parts[1:] if not part.source.startswith("http")] == []


def test_the_text_is_that_of_the_part() -> None:
    parts = licences.parts()
    for name, begins in (
        ("UCAPDesk", "SIL OPEN FONT LICENSE"),
        ("Qt", "GNU LESSER GENERAL PUBLIC LICENSE"),
        ("Qt", "GNU GENERAL PUBLIC LICENSE"),
        ("Qt", "HarfBuzz"),
        ("PySide6_Essentials", "GNU LESSER GENERAL PUBLIC LICENSE"),
        ("pypdfium2", "PDFium"),
        ("OpenSSL", "Apache License"),
        ("SQLCipher", "Zetetic"),
        ("Python", "PYTHON SOFTWARE FOUNDATION LICENSE"),
    ):
        (text,) = (part.text for part in parts if part.name == name)
        assert begins.lower() in text.lower(), (name, begins)


def _compiled() -> list[str]:
    """The compiled files of the locked libraries, as they stand in a package."""
    told = {_plain(part.name) for part in licences.parts()}
    return [
        file.as_posix()
        for library in metadata.distributions()
        if _plain(str(library.metadata["Name"])) in told
        for file in library.files or ()
        if re.search(r"\.(so|dll|pyd|dylib)\b", file.name)
    ]


def test_every_compiled_file_belongs_to_parts_with_a_licence() -> None:
    names = {part.name for part in licences.parts()}
    files = _compiled()
    assert any("QtCore" in file for file in files)
    assert [file for file in files if not licences.owners(file) or not set(licences.owners(file)) <= names] == []


@pytest.mark.parametrize(
    ("file", "part"),
    [
        ("PySide6/msvcp140_1.dll", "Microsoft Visual C++ runtime"),
        ("rapidfuzz.libs/msvcp140-a4c2229b.dll", "Microsoft Visual C++ runtime"),
        ("runtime/libffi-8.dll", "Python"),
        ("UCAPDesk.exe", "UCAPDesk"),
    ],
)
def test_what_only_the_windows_package_holds_has_its_part_too(file: str, part: str) -> None:
    assert licences.owners(file) == [part]


def test_a_file_of_nobody_known_has_no_part() -> None:
    assert licences.owners("strange/new.dll") == []


def test_qt_is_never_used_under_its_commercial_licence() -> None:
    assert [part.name for part in licences.parts() if "LicenseRef-Qt-Commercial" in part.licence] == []


def test_a_library_that_is_not_there_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    real = metadata.distribution

    def without_rich(name: str) -> metadata.Distribution:
        if name == "rich":
            raise metadata.PackageNotFoundError(name)
        return real(name)

    monkeypatch.setattr(sys.modules["importlib.metadata"], "distribution", without_rich)
    assert "rich" not in {part.name for part in licences.parts()}
