"""Papers typed by hand in the habits of many offices, with what a person would record; each is written as a file of some kind."""

from __future__ import annotations

import html
import json
from pathlib import Path
from typing import Any

import docx
from docx.table import Table
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer
from reportlab.platypus import Table as PdfTable

from tests.helpers.word_processors import Block, height_of, odt_blocks_of, rtf_blocks_of
from tests.unit.formats.papers import pdf_font
from ucapdesk.base.fold import HAN_RUN

TYPED = Path(__file__).parents[1] / "data" / "typed_papers"


def typed_papers() -> dict[str, dict[str, Any]]:
    return {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(TYPED.glob("*.json"))}


def facts_of(paper: dict[str, Any]) -> list[tuple[str, ...]]:
    return [tuple(fact.split("|")) for fact in paper["facts"]]


def written(name: str, paper: dict[str, Any], folder: Path, kind: str = "docx") -> Path:
    """Write a paper as a file of a kind: its blocks as docx, odt, rtf, pdf or html, any other as the text it is."""
    if "text" in paper:
        path = folder / f"{name}.{paper['suffix']}"
        path.write_bytes(paper["text"].encode(paper.get("encoding", "utf-8")))
        return path
    path = folder / f"{name}.{kind}"
    if kind == "docx":
        _docx(paper["blocks"], path)
    elif kind == "pdf":
        _pdf(paper["blocks"], path)
    elif kind in ("odt", "rtf"):
        path.write_bytes((odt_blocks_of if kind == "odt" else rtf_blocks_of)(paper["blocks"]))
    else:
        path.write_text(_html(paper["blocks"]), "utf-8")
    return path


def _docx(blocks: list[Block], path: Path) -> None:
    document = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        width = max(at + span for row in block for _, at, span, _ in row)
        _fill(document.add_table(len(block), width), block)
    document.save(str(path))


def _fill(table: Table, rows: list[list[list[Any]]]) -> None:
    cells = [list(row.cells) for row in table.rows]
    tops: dict[int, Any] = {}
    for number, row in enumerate(rows):
        for text, at, span, goes_on in row:
            cell = cells[number][at]
            if span > 1:
                cell = cell.merge(cells[number][at + span - 1])
            if goes_on and at in tops:
                tops[at] = tops[at].merge(cell)
                continue
            tops[at] = cell
            cell.text = text


def _pdf(blocks: list[Block], path: Path) -> None:
    """Write a PDF whose cells are narrow: nearly each text takes several lines, with no space left behind them."""
    chinese = HAN_RUN.search(json.dumps(blocks, ensure_ascii=False))
    font = pdf_font("NotoSansSC-Regular" if chinese else "NotoSans-Regular")
    style = ParagraphStyle("cell", fontName=font, fontSize=10, leading=13, splitLongWords=1)
    flow: list[Flowable] = []
    for block in blocks:
        if isinstance(block, str):
            flow += [_paragraph(block, style), Spacer(1, 8)]
            continue
        width = max(at + span for row in block for _, at, span, _ in row)
        flow.append(Spacer(1, 8))
        data: list[list[Any]] = [[""] * width for _ in block]
        spans = []
        for number, row in enumerate(block):
            for text, at, span, goes_on in row:
                if not goes_on:
                    data[number][at] = _paragraph(text, style)
                    spans.append(("SPAN", (at, number), (at + span - 1, number + height_of(block, number, at) - 1)))
        look: list[Any] = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP"), *spans]
        flow.append(PdfTable(data, colWidths=[450 / width] * width, style=look))
    SimpleDocTemplate(str(path), pagesize=A4).build(flow)


def _paragraph(text: str, style: ParagraphStyle) -> Paragraph:
    chinese = sum(HAN_RUN.match(char) is not None for char in text) > len(text) / 3
    return Paragraph(
        _lines(text).replace("<br>", "<br/>").replace("→", "•"),
        ParagraphStyle("cjk", style, wordWrap="CJK") if chinese else style,
    )


def _html(blocks: list[Block]) -> str:
    made = []
    for block in blocks:
        if isinstance(block, str):
            made.append(f"<p>{_lines(block)}</p>")
            continue
        made.append("<table>")
        for number, row in enumerate(block):
            made.append("<tr>")
            for text, at, span, goes_on in row:
                if not goes_on:
                    tall = height_of(block, number, at)
                    made.append(f'<td colspan="{span}" rowspan="{tall}">{_lines(text)}</td>')
            made.append("</tr>")
        made.append("</table>")
    return f'<!doctype html><html><head><meta charset="utf-8"></head><body>{"".join(made)}</body></html>'


def _lines(text: str) -> str:
    return "<br>".join(html.escape(line) for line in text.split("\n"))
