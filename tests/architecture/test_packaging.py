"""The packages hold what the program needs, and tell each system the same file types."""

from __future__ import annotations

import ast
import plistlib
import re
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path
from runpy import run_path
from xml.etree import ElementTree as ET

import pytest

from tests.helpers.source_tree import ROOT
from ucapdesk.base.i18n import LANGUAGES

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
    bundle = run_path(str(PACKAGING / "bundle.py"))
    assert set(LANGUAGES) <= bundle["LOCALES"]
    assert all(f"qtbase_{lang}_CN.qm".startswith(bundle["QT_TEXTS"]) for lang in LANGUAGES)
    ask = f"""
from pathlib import Path
from babel import localedata
complete = localedata.exists
localedata.exists = lambda name: name.split("_")[0] in {bundle["LOCALES"]} and complete(name)
from ucapdesk.services.files.imports import read_papers
print(len(read_papers(Path("resources/sample/ucap-liuzhou.txt"))))
"""
    done = subprocess.run(
        [sys.executable, "-c", ask], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )  # a process of its own: nothing is remembered of languages that are not kept
    assert (done.stdout.strip(), done.returncode) == ("1", 0), done.stderr


def test_the_package_for_debian_asks_for_the_c_library_that_its_files_need(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(PACKAGING))
    glibc_needed = run_path(str(PACKAGING / "make_deb.py"))["glibc_needed"]
    (tmp_path / "one.so").write_bytes(b"\x7fELF\0GLIBC_2.4\0GLIBC_2.17\0GLIBC_PRIVATE\0")
    (tmp_path / "two.cpython-313.so").write_bytes(b"\x7fELF\0GLIBC_2.34\0strlen\0")
    assert glibc_needed(tmp_path) == (2, 34)
    (tmp_path / "three.so.6").write_bytes(b"\x7fELF\0GLIBC_2.38\0")
    with pytest.raises(SystemExit, match=r"three\.so\.6 needs glibc 2\.38"):
        glibc_needed(tmp_path)


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


def test_what_runs_on_other_systems_can_at_least_be_read() -> None:
    for script in PACKAGING.rglob("*.sh"):
        subprocess.run(["sh", "-n", script], check=True)
    spec = PACKAGING / "macos" / "ucapdesk.spec"
    compile(spec.read_text(encoding="utf-8"), str(spec), "exec")
    rights = plistlib.loads((PACKAGING / "macos" / "entitlements.plist").read_bytes())
    assert all(key.startswith("com.apple.security.") for key in rights)


def test_the_forge_runs_targets_that_there_are() -> None:
    workflow = (ROOT / ".github" / "workflows" / "packages.yml").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"- run: (?:sudo )?make ([a-z]+)", workflow)) <= targets
    assert {"twice", "wine", "debian", "macos"} <= set(re.findall(r"make ([a-z]+)", workflow))


def test_every_tool_that_the_trials_need_is_installed_by_the_forge() -> None:
    workflow = (ROOT / ".github" / "workflows" / "packages.yml").read_text(encoding="utf-8")
    packages = {"Xvfb": "xvfb", "import": "imagemagick"}
    tools = _constant("wine_desktop.py", "TOOLS")
    assert isinstance(tools, tuple)
    assert [tool for tool in tools if packages.get(tool, tool) not in workflow.split()] == []


def test_every_failure_of_wine_says_what_wine_does() -> None:
    lines = (PACKAGING / "wine" / "known-failures.txt").read_text(encoding="utf-8").splitlines()
    known = [line for line in lines if not line.startswith("#")]
    assert [line for line in known if not re.fullmatch(r"tests/\S+::\S+ .{10,}", line)] == []
    assert [line for line in known if not (ROOT / line.partition("::")[0]).exists()] == []


def test_what_is_fetched_is_checked() -> None:
    for lock in (PACKAGING / "windows" / "python.txt", PACKAGING / "macos" / "pyinstaller.txt"):
        lines = [line for line in lock.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
        assert all(re.fullmatch(r"[\w.-]+==[\w.]+ --hash=sha256:[0-9a-f]{64}", line) for line in lines)
