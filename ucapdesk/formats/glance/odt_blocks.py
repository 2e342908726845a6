"""Reads an OpenDocument text: paragraphs, lists, tables with merged cells, boxes, headers, what was deleted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ucapdesk.formats.glance import blocks
from ucapdesk.formats.glance.blocks import Blocks, Cell, Grid, TableReader, Text
from ucapdesk.formats.glance.packed import document, parsed

_NS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TEXT, _TABLE, _OFFICE, _DRAW, _STYLE = (_NS % name for name in ("text", "table", "office", "drawing", "style"))
_PARAGRAPHS = (f"{_TEXT}p", f"{_TEXT}h")


def odt_blocks(name: str, data: bytes) -> Blocks:
    """Return the contents of an OpenDocument text."""
    with document(name, data, "content.xml", ("Basic/", "Scripts/")) as archive:
        content = parsed(archive.read("content.xml"))
        styles = parsed(archive.read("styles.xml")) if "styles.xml" in archive.namelist() else None
        reader = _OdtReader()
        body = content.find(f"{_OFFICE}body/{_OFFICE}text")
        parts = list(reader.blocks(body)) if body is not None else []
        around = list(_around(styles)) if styles is not None else []
        return Blocks((*parts, *reader.apart, *around))


def _around(styles: Any) -> Iterator[Text]:
    for tag, place in ((f"{_STYLE}header", blocks.HEADER), (f"{_STYLE}footer", blocks.FOOTER)):
        for element in styles.iter(tag):
            for part in _OdtReader().blocks(element):
                if isinstance(part, Text) and part.text.strip():
                    yield Text(part.text.strip(), place)


class _OdtReader(TableReader):
    """Reads the elements of one document."""

    def blocks(self, parent: Any, depth: int = 0, bullet: str = "") -> Iterator[Grid | Text]:
        """Yield paragraphs and tables."""
        for child in parent:
            if child.tag in _PARAGRAPHS:
                said = "".join(self._text(child))
                yield Text(f"{bullet} {said}" if bullet and said.strip() else said)
            elif child.tag == f"{_TABLE}table":
                yield self.grid(child, depth + 1)
            elif child.tag == f"{_TEXT}list":
                yield from self.blocks(child, depth, "○" if bullet else "→")
            elif child.tag == f"{_TEXT}tracked-changes":
                self.apart += [Text("".join(self._text(gone)), blocks.DELETED) for gone in child.iter(*_PARAGRAPHS)]
            elif isinstance(child.tag, str):
                yield from self.blocks(child, depth, bullet)

    def _text(self, parent: Any) -> Iterator[str]:
        yield parent.text or ""
        for child in parent:
            if child.tag == f"{_TEXT}s":
                yield " "
            elif child.tag == f"{_TEXT}tab":
                yield "\t"
            elif child.tag == f"{_TEXT}line-break":
                yield "\n"
            elif child.tag in (f"{_DRAW}frame", f"{_DRAW}custom-shape", f"{_TEXT}note", f"{_OFFICE}annotation"):
                place = {f"{_TEXT}note": blocks.NOTE, f"{_OFFICE}annotation": blocks.COMMENT}.get(child.tag, blocks.BOX)
                self.apart += [Text("".join(self._text(said)), place) for said in child.iter(*_PARAGRAPHS)]
            elif isinstance(child.tag, str):
                yield from self._text(child)
            yield child.tail or ""

    def grid(self, table: Any, depth: int) -> Grid:
        """Return a table."""
        if depth > blocks.DEEPEST:
            raise ValueError("tables within tables")
        return Grid(tuple(tuple(self._cells(row, depth)) for row in _rows(table)))

    def _cells(self, row: Any, depth: int) -> Iterator[Cell]:
        at, end = 0, 0
        for cell in row:
            if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
                continue
            times = min(int(cell.get(f"{_TABLE}number-columns-repeated", "1")), blocks.MOST_COLUMNS)
            if cell.tag == f"{_TABLE}covered-table-cell":
                if at >= end:  # not beside a wide cell, so below a tall one
                    yield Cell("", at, times, continues=True)
                at += times
                continue
            span = min(int(cell.get(f"{_TABLE}number-columns-spanned", "1")), blocks.MOST_COLUMNS)
            yield Cell("\n".join(self.cell_lines(self.blocks(cell, depth))).strip(), at, max(span, times))
            end = at + span
            at += times


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == f"{_TABLE}table-row":
            yield child
        elif child.tag in (f"{_TABLE}table-header-rows", f"{_TABLE}table-rows", f"{_TABLE}table-row-group"):
            yield from _rows(child)
