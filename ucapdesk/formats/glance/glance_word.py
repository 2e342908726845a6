"""Reads the tables of a Word document."""

from __future__ import annotations

import io
import zipfile

import docx
from docx.table import Table
from docx.text.paragraph import Paragraph

from ucapdesk.formats.errors import DocumentDamaged, FileKindUnknown, FileTooLarge
from ucapdesk.formats.glance.glance_parts import Row
from ucapdesk.formats.glance.text import squash

UNPACKED_LIMIT = 200 * 1024 * 1024


def rows_of_docx(name: str, data: bytes) -> tuple[str, list[Row]]:
    """Return title and rows of the tables of a Word document; the first words outside them are its title."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > UNPACKED_LIMIT:
                raise FileTooLarge(file=name, limit=UNPACKED_LIMIT // 1024 // 1024)
            if "word/document.xml" not in archive.namelist():
                raise FileKindUnknown(file=name)
        document = docx.Document(io.BytesIO(data))
        around = [said for paragraph in document.paragraphs if (said := squash(paragraph.text))]
        rows = [row for table in document.tables for row in _rows_of_table(table)]
        if around[1:]:
            rows.insert(0, Row("", (" ".join(around[1:]), "")))
        return "".join(around[:1]), rows
    except (FileTooLarge, FileKindUnknown):
        raise
    except Exception as error:  # python-docx and lxml raise whatever a broken file makes them stumble over
        raise DocumentDamaged(file=name) from error


def _rows_of_table(table: Table) -> list[Row]:
    """Return rows in which merged cells are read once."""
    rows = []
    for row in table.rows:
        texts: list[str] = []
        last = None
        for cell in row.cells:
            if cell._tc is not last:  # noqa: SLF001 - the only way to tell a merged cell from its neighbour
                texts.append("\n".join(map(_paragraph, cell.paragraphs)).strip())
            last = cell._tc  # noqa: SLF001
        if any(map(squash, texts)):
            cells = texts[1:] + [""] * (3 - len(texts))
            rows.append(Row(texts[0], tuple(cells)))
    return rows


def _paragraph(paragraph: Paragraph) -> str:
    """Return a paragraph's text, with the bullet that Word draws but does not store."""
    style = (paragraph.style.name or "") if paragraph.style else ""
    levels = paragraph._p.xpath("./w:pPr/w:numPr/w:ilvl/@w:val")  # noqa: SLF001 - no public way to the numbering
    if not levels and not style.startswith("List Bullet"):
        return paragraph.text
    second = style[-1:] in "23" or any(level != "0" for level in levels)
    return f"{'○' if second else '→'} {paragraph.text}"
