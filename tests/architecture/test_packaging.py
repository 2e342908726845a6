"""The packages hold what the program needs, and tell each system the same file types."""

from __future__ import annotations

import ast
import re
from configparser import ConfigParser
from xml.etree import ElementTree as ET

from tests.helpers.source_tree import ROOT

PACKAGING = ROOT / "packaging"
ENDINGS = {".ucapx", ".ucapbackup"}


def _constant(file: str, name: str) -> object:
    """A table of a script, read without running it."""
    for node in ast.parse((PACKAGING / file).read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and [each.id for each in node.targets if isinstance(each, ast.Name)] == [name]:
            return ast.literal_eval(node.value)
    raise AssertionError(name)


def _asked_for() -> set[str]:
    """The modules of Qt that the program imports."""
    sources = ((ROOT / "ucapdesk").rglob("*.py"), (PACKAGING).glob("program_icon.py"))
    texts = [path.read_text(encoding="utf-8") for paths in sources for path in paths]
    return {name for text in texts for name in re.findall(r"from PySide6\.Qt(\w+) import", text)}


def test_every_module_of_qt_that_is_imported_is_kept() -> None:
    kept = _constant("bundle.py", "QT")
    assert isinstance(kept, set)
    assert _asked_for() <= kept


def test_every_language_of_the_program_keeps_its_data() -> None:
    from ucapdesk.base.i18n import LANGUAGES

    kept = _constant("bundle.py", "LOCALES")
    assert isinstance(kept, set)
    assert set(LANGUAGES) <= kept


def test_the_systems_know_the_same_file_types() -> None:
    windows = (PACKAGING / "windows" / "installer.nsi").read_text(encoding="utf-8")
    assert set(re.findall(r'FileType "(\.\w+)"', windows)) == ENDINGS
    assert set(re.findall(r'DeleteRegKey HKCU "\$\{CLASSES\}\\(\.\w+)"', windows)) == ENDINGS
    types = ET.parse(PACKAGING / "debian" / "ucapdesk.xml").getroot()
    globs = {
        each.get("pattern", "") for each in types.iter("{http://www.freedesktop.org/standards/shared-mime-info}glob")
    }
    assert globs == {f"*{ending}" for ending in ENDINGS}
    entry = ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment, method-assign] # capitals count
    entry.read(PACKAGING / "debian" / "ucapdesk.desktop", encoding="utf-8")
    offered = set(entry["Desktop Entry"]["MimeType"].strip(";").split(";"))
    assert offered == {each.get("type") for each in types if each.tag.endswith("mime-type")}
    spec = (PACKAGING / "macos" / "ucapdesk.spec").read_text(encoding="utf-8")
    assert {f".{ending}" for ending in re.findall(r'file_type\("\w+", "(\w+)"', spec)} == ENDINGS


def test_what_is_fetched_is_checked() -> None:
    for lock in (PACKAGING / "windows" / "python.txt", PACKAGING / "macos" / "pyinstaller.txt"):
        lines = [line for line in lock.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
        assert all(re.fullmatch(r"[\w.-]+==[\w.]+ --hash=sha256:[0-9a-f]{64}", line) for line in lines)
