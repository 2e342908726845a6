"""Lists of other people as text: whatever separates the columns and however the letters are written, the same table comes in."""

from __future__ import annotations

from pathlib import Path

import pytest

from ucapdesk.formats.sheets.sheet import read_sheets

ROWS = (("姓名", "Name", "City"), ("张伟", "Zhang Wei", "柳州; Guangxi, China"), ("陈燕", 'Chen "Yan"', "柳州"))


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("ends", ["\r\n", "\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le"])
def test_the_same_table_is_read_in_every_form(tmp_path: Path, encoding: str, ends: str, separator: str) -> None:
    quoted = [separator.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in ROWS]
    file = tmp_path / "people.csv"
    file.write_bytes((ends.join(quoted) + ends).encode(encoding))
    (sheet,) = read_sheets(file)
    assert tuple(row.cells for row in sheet.rows) == ROWS


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "Nombre;Ciudad\nDiputación de Málaga;Málaga\nAmicizia Brescia–Zibo;Forlì\n"),
        ("big5", "姓名;職稱;機構\n陳大文;處長;香港特別行政區政府\n"),
    ],
)
def test_a_table_of_a_western_or_taiwanese_office_keeps_its_letters(tmp_path: Path, encoding: str, text: str) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(text.encode(encoding))
    (sheet,) = read_sheets(file)
    assert [";".join(row.cells) for row in sheet.rows] == text.splitlines()
