"""The pages for newcomers name what is there: decisions by one number each, links, files, functions in them, and who may import whom."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.architecture.layers import MAY_IMPORT
from tests.helpers.source_tree import ROOT

DECISIONS = ROOT / "docs" / "decisions"
ARCHITECTURE = ROOT / "docs" / "architecture.md"
PAGES = ("docs/architecture.md", "docs/adding.md", "docs/glossary.md", "docs/package-format.md", "CONTRIBUTING.md")
NAMED = re.compile(r"`([^`\n]+)`")
PATH = re.compile(r"[\w.*-]+(?:/[\w.*-]+)*/?")
SUFFIX = re.compile(r"\.(?:py|json|po|md|sh|nsi|txt|toml)$")
WORD = re.compile(r"@?\w+")
IDENTIFIER = re.compile(r"@?[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*=?")
# Files and folders on the disk of a user.
OF_A_USER = {
    "workspace.json", "settings.json", "store.db", "files.db", "workspace.lock", "backups/", "devices/", "opened/",
}  # fmt: skip
TO_BE_MADE = ("CODE", "*")  # The code of a language in the name of a file that is to be written


def test_every_decision_has_a_number_of_its_own_and_a_line_in_the_index() -> None:
    names = sorted(path.name for path in DECISIONS.glob("[0-9]*.md") if not path.name.startswith("0000"))
    index = re.findall(r"\]\((.+?\.md)\)", (DECISIONS / "README.md").read_text(encoding="utf-8"))
    assert sorted(index) == names
    assert [number for number, times in Counter(name[:4] for name in names).items() if times > 1] == []
    for name in names:
        assert (DECISIONS / name).read_text(encoding="utf-8").startswith(f"# {name[:4]}"), name


def test_links_between_pages_and_numbers_of_decisions_lead_somewhere() -> None:
    lacking = []
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md"), *DECISIONS.glob("*.md")]
    for page in pages:
        links = re.findall(r"\]\((?!https?:)([^)#\s]+)", page.read_text(encoding="utf-8"))
        lacking += [f"{page.name}: {link}" for link in links if not (page.parent / link).exists()]
    for file in [*pages, *(ROOT / "ucapdesk").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]:
        named = re.findall(r"[Dd]ecisions?[ /`]+((?:\d{4}(?:, | and )?)+)", file.read_text(encoding="utf-8"))
        numbers = [number for group in named for number in re.findall(r"\d{4}", group)]
        lacking += [f"{file.name}: decision {number}" for number in numbers if not [*DECISIONS.glob(f"{number}-*")]]
    assert lacking == []


def paragraphs(text: str) -> Iterator[str]:
    """Yield paragraphs, rows of tables and members of lists, without code in blocks."""
    prose = re.sub(r"^ {4}\S.*$|^```(?:.|\n)*?^```$", "", text, flags=re.MULTILINE)
    yield from (part for part in re.split(r"\n\s*\n|\n(?=\||- |\d+\. )", prose) if part.strip())


def paths_of(paragraph: str) -> Iterator[tuple[str, list[Path]]]:
    """Yield each path that a paragraph names, with the files and folders it may mean.

    A path begins at the root or in ``ucapdesk``. Else it lies in the folder named last before it, that of a module or one named itself.
    """
    folder: Path | None = None
    for name in NAMED.findall(paragraph):
        if name in OF_A_USER or not (PATH.fullmatch(name) and ("/" in name or SUFFIX.search(name))):
            continue
        homes = [ROOT, ROOT / "ucapdesk", *([folder] if folder else [])]
        found = [path for home in homes for path in home.glob(name.rstrip("/").replace(*TO_BE_MADE))]
        if not found and folder is not None and "/" not in name:
            found = [*folder.rglob(name)] if folder.name not in {"ucapdesk", "tests"} else []
        yield name, found
        if found and (found[0].is_dir() or found[0].suffix == ".py"):
            folder = found[0] if found[0].is_dir() else found[0].parent


@pytest.mark.parametrize("page", PAGES)
def test_every_path_that_the_pages_for_newcomers_name_is_there(page: str) -> None:
    named = [each for part in paragraphs((ROOT / page).read_text(encoding="utf-8")) for each in paths_of(part)]
    assert len(named) > 5
    assert [name for name, found in named if not found] == []


def words_in(files: Iterable[Path]) -> set[str]:
    """The words of some files."""
    return {word for file in files for word in WORD.findall(file.read_text(encoding="utf-8"))}


@cache
def everywhere() -> set[str]:
    """The words of program, tests and project."""
    modules = (path for folder in ("ucapdesk", "tests") for path in (ROOT / folder).rglob("*.py"))
    return words_in([*modules, ROOT / "pyproject.toml"])


@pytest.mark.parametrize("page", PAGES)
def test_names_in_the_pages_stand_in_the_program_and_those_in_a_row_in_the_files_of_that_row(page: str) -> None:
    lacking = []
    for part in paragraphs((ROOT / page).read_text(encoding="utf-8")):
        found = [path for _, paths in paths_of(part) for path in paths]
        modules = {file for path in found for file in ([path] if path.is_file() else path.rglob("*.py"))}
        is_row = part.startswith("| ") and "| `" not in part[:4] and page == PAGES[0]
        known = words_in(modules) if modules and is_row else everywhere()
        names = [each for each in NAMED.findall(part) if IDENTIFIER.fullmatch(each) and each not in OF_A_USER]
        lacking += [name for name in names if not {*WORD.findall(name)} <= known and not SUFFIX.search(name)]
    assert lacking == []


def test_the_architecture_says_who_may_import_whom_as_the_rule_has_it() -> None:
    page = ARCHITECTURE.read_text(encoding="utf-8").split("## Layers")[1].split("\n## ")[0]
    rows = [[cell.strip() for cell in row.split("|")[1:-1]] for row in page.splitlines() if row.startswith("| `")]
    told = {name: set(NAMED.findall(imports)) for folder, imports, *_ in rows for name in NAMED.findall(folder)}
    assert {name.removesuffix("/").removesuffix(".py"): layers for name, layers in told.items()} == {
        name: layers for name, layers in MAY_IMPORT.items() if name not in {"ucapdesk", "__main__"}
    }


def test_names_in_the_drawings_stand_in_the_program() -> None:
    drawings = sorted((ROOT / "docs" / "pictures").glob("way-of-*.svg"))
    assert len(drawings) == 3
    heads = [head for file in drawings for head in re.findall(r"bold[^>]*>([^<]+)<", file.read_text(encoding="utf-8"))]
    names = [head for head in heads if IDENTIFIER.fullmatch(head)]
    assert len(names) > 15
    assert [name for name in names if not {*WORD.findall(name)} <= everywhere()] == []
