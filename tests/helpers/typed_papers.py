"""Papers typed by hand in the habits of many offices, with what a person would record; each is written as a file of some kind."""

from __future__ import annotations

import html
import json
from pathlib import Path
from typing import Any

import docx
from docx.table import Table

TYPED = Path(__file__).parents[1] / "data" / "typed_papers"
Block = str | list[list[list[Any]]]
"""A paragraph, or a table: rows of cells, each its text, the column it begins in, how many it covers, and whether it goes on from above."""


def typed_papers() -> dict[str, dict[str, Any]]:
    """Return the papers by name: blocks or the text of a file, and the facts."""
    return {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(TYPED.glob("*.json"))}


def facts_of(paper: dict[str, Any]) -> list[tuple[str, ...]]:
    """Return what a person would record."""
    return [tuple(fact.split("|")) for fact in paper["facts"]]


def written(name: str, paper: dict[str, Any], folder: Path, kind: str = "docx") -> Path:
    """Write a paper as a file of a kind: its blocks as docx or html, any other as the text it is."""
    if "text" in paper:
        path = folder / f"{name}.{paper['suffix']}"
        path.write_bytes(paper["text"].encode(paper.get("encoding", "utf-8")))
        return path
    path = folder / f"{name}.{kind}"
    if kind == "docx":
        _docx(paper["blocks"], path)
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
                    tall = _height(block, number, at)
                    made.append(f'<td colspan="{span}" rowspan="{tall}">{_lines(text)}</td>')
            made.append("</tr>")
        made.append("</table>")
    return f'<!doctype html><html><head><meta charset="utf-8"></head><body>{"".join(made)}</body></html>'


def _height(rows: list[list[list[Any]]], number: int, at: int) -> int:
    below = 1
    while number + below < len(rows) and any(cell[1] == at and cell[3] for cell in rows[number + below]):
        below += 1
    return below


def _lines(text: str) -> str:
    return "<br>".join(html.escape(line) for line in text.split("\n"))
