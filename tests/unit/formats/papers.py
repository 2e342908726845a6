"""Makes papers of the UCAP family as text, Word and PDF files; everything but the Liuzhou paper is made up."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Table

from ucapdesk.base.paths import resource
from ucapdesk.formats.blocks.text_file import rows_of_text
from ucapdesk.formats.paper_contents import GlanceTable, Row

LIUZHOU = resource("sample") / "ucap-liuzhou.txt"
MADE_UP = Path(__file__).parents[2] / "data" / "glance"


def rows(path: Path = LIUZHOU) -> tuple[str, list[Row]]:
    """Title and rows of a text file."""
    return rows_of_text(path.read_text("utf-8"))


def as_text(title: str, table: list[Row]) -> str:
    """The rows as tab-separated text."""
    return "\n".join([title, "", *("\t".join([row.label, *row.cells]) for row in table)])


def write_docx(path: Path, title: str, table: list[Row]) -> Path:
    """A Word document with one table; cells of rows with one text are merged, as in the real papers."""
    document = docx.Document()
    document.add_heading(title)
    made = document.add_table(rows=0, cols=3)
    for row in table:
        cells = made.add_row().cells
        cells[0].text = row.label
        if row.cells[1].strip():
            cells[1].text, cells[2].text = row.cells[0], row.cells[1]
        else:
            cells[1].merge(cells[2]).text = row.cells[0]
    document.save(str(path))
    return path


def pdf_font(name: str = "NotoSansSC-Regular") -> str:
    """A font for PDFs; the usual one has the letters of China and many of Europe."""
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(name, str(resource("fonts") / f"{name}.ttf")))
    return name


def write_pdf(path: Path, title: str, table: list[Row], ruled: bool = True) -> Path:
    """A PDF with one table of wrapped paragraphs that runs over its pages."""
    name = pdf_font()
    style = ParagraphStyle("cell", fontName=name, fontSize=9, leading=11)

    def cell(text: str) -> Paragraph:
        return Paragraph(text.replace("&", "&amp;"), style)

    def part(some: list[Row]) -> Table:
        data = [[cell(row.label), *(cell(text) for text in row.cells)] for row in some]
        spans = [("SPAN", (1, at), (2, at)) for at, row in enumerate(some) if not row.cells[1].strip()]
        rules = [("GRID", (0, 0), (-1, -1), 0.5, "black")] if ruled else []
        look: list[Any] = [("VALIGN", (0, 0), (-1, -1), "MIDDLE" if ruled else "TOP"), *rules, *spans]
        return Table(data, colWidths=[110, 170, 170], style=look)

    # A row without a label goes on with the one before after a page break.
    turn = next((at for at, row in enumerate(table) if not row.label.strip()), len(table))
    flow: list[Flowable] = [
        Paragraph(title, ParagraphStyle("title", fontName=name, fontSize=14, leading=20)),
        part(table[:turn]),
    ]
    if table[turn:]:
        flow += [PageBreak(), part(table[turn:])]
    SimpleDocTemplate(str(path), pagesize=A4).build(flow)
    return path


def same_words(table: GlanceTable) -> list[tuple[str, ...]]:
    """The rows as bare words, to compare files of different formats."""
    return [tuple(" ".join(cell.split()) for cell in (row.label, *row.cells)) for row in table.rows]


def said_in(value: object) -> Iterator[str]:
    """Every text in a structured value; numbers, codes and oddities are not the paper's words."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from said_in(part)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            if field.compare and field.name not in {"oddities", "row", "key", "parent", "organisation"}:
                yield from said_in(getattr(value, field.name))


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)
