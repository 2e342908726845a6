"""The manual's table of file formats is the registry's."""

from __future__ import annotations

import pytest

from tests.helpers.source_tree import ROOT
from ucapdesk.services.files import file_formats


def rows_of(lang: str) -> list[str]:
    """The rows of the table in Markdown, without the line below its head."""
    return [
        "| " + " | ".join(f"`{cell}`" if at == 1 and n else cell for at, cell in enumerate(row)) + " |"
        for n, row in enumerate(file_formats.table(lang))
    ]


@pytest.mark.parametrize(("page", "lang"), [("people.md", "en"), ("people.zh.md", "zh"), ("people.it.md", "it")])
def test_the_manual_lists_every_format(page: str, lang: str) -> None:
    lines = (ROOT / "docs" / "manual" / page).read_text("utf-8").splitlines()
    missing = [row for row in rows_of(lang) if row not in lines]
    assert not missing, "put these rows into the table:\n" + "\n".join(missing)
