"""What is installed elsewhere is complete: the wheel carries resources and migrations and finds them."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.helpers.source_tree import ROOT

# Tells every folder whose contents are listed from now on.
WATCH = "import sys; sys.addaudithook(lambda event, about: event == 'os.scandir' and print('looked into', about[0]))"
PARTS = ("ucapdesk", "resources", "db", "docs", "pyproject.toml", "setup.py", "README.md", "LICENSE")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the built wheel was unpacked."""
    tree, out = tmp_path_factory.mktemp("tree"), tmp_path_factory.mktemp("site")
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, tree / part, ignore=shutil.ignore_patterns("__pycache__", "*.ttf"))
        else:
            shutil.copy(ROOT / part, tree)
    (tree / "build" / "packaging" / "left from before").mkdir(parents=True)
    build = f"from setuptools import build_meta; {WATCH}; print(build_meta.build_wheel({str(out)!r}))"
    done = subprocess.run([sys.executable, "-c", build], cwd=tree, check=True, capture_output=True, encoding="utf-8")
    (out / "folders.txt").write_text("\n".join(re.findall("^looked into (.*)$", done.stdout, re.MULTILINE)), "utf-8")
    with zipfile.ZipFile(next(out.glob("*.whl"))) as wheel:
        wheel.extractall(out)
    return out


def test_resources_and_migrations_are_inside(installed: Path) -> None:
    bundled = installed / "ucapdesk" / "bundled"
    assert (bundled / "resources" / "locale" / "zh" / "LC_MESSAGES" / "ucapdesk.mo").is_file()
    assert list((bundled / "resources" / "reference").glob("*.json"))
    assert (bundled / "resources" / "sample" / "ucap-liuzhou.txt").is_file()
    assert list((bundled / "db" / "migrations").rglob("*.py"))
    assert (bundled / "docs" / "manual" / "zh.md").is_file()
    for page in ("docs/threat-model.md", "docs/LICENCES.md", "LICENSE"):
        assert (bundled / page).is_file()
    assert (bundled / "docs" / "pictures" / "home.png").is_file()
    assert (bundled / "resources" / "locale" / "es" / "LC_MESSAGES" / "ucapdesk.po").is_file()  # Help ▸ Drafts reads it


def test_every_module_is_inside(installed: Path) -> None:
    ours = {path.relative_to(ROOT).as_posix() for path in (ROOT / "ucapdesk").rglob("*.py")}
    inside = {path.relative_to(installed).as_posix() for path in (installed / "ucapdesk").rglob("*.py")}
    assert ours <= inside


def test_what_was_built_before_is_not_searched(installed: Path) -> None:
    folders = (installed / "folders.txt").read_text("utf-8").splitlines()
    assert any("ucapdesk" in Path(folder).parts for folder in folders)
    # in there may lie whole systems, one with a link to all of the disk
    assert [folder for folder in folders if "packaging" in Path(folder).parts] == []


def test_the_installed_program_finds_them(installed: Path, tmp_path: Path) -> None:
    ask = (
        "from ucapdesk.base import paths, i18n\n"
        "print(paths.resource('locale')); print(paths.migrations()); print(i18n.tr('paper', 'Cities', 'zh'))"
    )
    said = subprocess.run(
        [sys.executable, "-c", ask],
        cwd=tmp_path,
        env={"PYTHONPATH": str(installed), "PYTHONIOENCODING": "utf-8", "PATH": ""},
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    locale, migrations, text = said.stdout.splitlines()
    assert Path(locale).is_relative_to(installed)
    assert Path(migrations).is_relative_to(installed)
    assert text == "城市"


def test_python_m_is_the_program(installed: Path, tmp_path: Path) -> None:
    said = subprocess.run(
        [sys.executable, "-m", "ucapdesk", "--version"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(installed), "PYTHONIOENCODING": "utf-8", "PATH": "", "UCAPDESK_CONFIG": str(tmp_path)},
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    assert said.stdout.startswith("ucapdesk, version")
