"""The manual's table of file formats, and what help and manual name beside it, is the registry's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.helpers.source_tree import ROOT
from ucapdesk.base.i18n import LANGUAGES
from ucapdesk.cli import cli
from ucapdesk.cli.help_text import speak_as_before
from ucapdesk.services.files import file_formats
from ucapdesk.services.files.file_formats import ENTRIES, SHEETS

PAGES = sorted((ROOT / "docs" / "manual").glob("people*.md"))


def rows_of(lang: str) -> list[str]:
    """The rows of the table in Markdown, without the line below its head."""
    return [
        "| " + " | ".join(f"`{cell}`" if at == 1 and n else cell for at, cell in enumerate(row)) + " |"
        for n, row in enumerate(file_formats.table(lang))
    ]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_manual_lists_every_format(page: Path) -> None:
    lang = next((lang for lang in LANGUAGES if lang in page.name.split(".")), "en")
    lines = page.read_text("utf-8").splitlines()
    missing = [row for row in rows_of(lang) if row not in lines]
    assert not missing, "put these rows into the table:\n" + "\n".join(missing)


IN = {suffix for each in file_formats.FORMATS if each.way in (ENTRIES, SHEETS) for suffix in each.suffixes}
SHEET = {suffix for each in file_formats.FORMATS if each.way == SHEETS for suffix in each.suffixes}
OUT = {*(suffix for each in file_formats.FORMATS if each.writers for suffix in each.suffixes), *SHEET}
MANUALS = [page.with_name(page.name.replace("people.md", "en.md").removeprefix("people.")) for page in PAGES]


def suffixes_in(text: str) -> set[str]:
    return set(re.findall(r"(?<!\w)\.[a-z][a-z0-9]{1,4}\b", text))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_help_of_import_and_export_names_the_formats_there_are(lang: str) -> None:
    def named(*command: str) -> set[str]:
        shown = CliRunner().invoke(cli, ["--lang", lang, *command, "--help"]).output
        return suffixes_in(re.sub(r"\n *", "" if lang == "zh" else " ", shown))

    try:
        assert named("import") == IN
        assert named("export") == OUT
        assert named() <= IN | OUT
    finally:
        speak_as_before()


@pytest.mark.parametrize("page", MANUALS, ids=lambda page: page.name)
def test_the_manuals_rows_of_import_and_export_name_the_formats_there_are(page: Path) -> None:
    lines = page.read_text("utf-8").splitlines()
    (taken,) = [suffixes_in(line) for line in lines if line.startswith("| `import ")]
    (written,) = [suffixes_in(line) for line in lines if line.startswith("| `export ")]
    assert taken == IN
    assert written == SHEET, "others stand in the table of formats"
