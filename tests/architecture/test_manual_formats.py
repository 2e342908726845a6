"""The manual's table of file formats is the registry's."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.source_tree import ROOT
from ucapdesk.base.i18n import LANGUAGES
from ucapdesk.services.files import file_formats

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
