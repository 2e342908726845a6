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
_SIGNS = {f"{_TEXT}s": " ", f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_APART = {
    f"{_TEXT}note": blocks.NOTE,
    f"{_OFFICE}annotation": blocks.COMMENT,
    f"{_TEXT}tracked-changes": blocks.DELETED,
}


def odt_blocks(name: str, data: bytes) -> Blocks:
    """Return the contents of an OpenDocument text."""
    with document(name, data, "content.xml", ("Basic/", "Scripts/")) as archive:
        content = parsed(archive.read("content.xml"))
        reader = _OdtReader(content)
        body = content.find(f"{_OFFICE}body/{_OFFICE}text")
        parts = list(reader.blocks(body)) if body is not None else []
        around = list(_around(parsed(archive.read("styles.xml")))) if "styles.xml" in archive.namelist() else []
        return Blocks((*parts, *reader.apart, *around))


def _around(styles: Any) -> list[Text]:
    """Return what stands in headers and footers, those of first pages and left ones too."""
    reader = _OdtReader(styles)
    for element in styles.iter(f"{_STYLE}*"):
        for word, place in (("header", blocks.HEADER), ("footer", blocks.FOOTER)):
            if element.tag.startswith(f"{_STYLE}{word}"):
                reader.keep(reader.blocks(element), place)
    return reader.apart


class _OdtReader(TableReader):
    """Reads the elements of one part of a document."""

    def __init__(self, root: Any) -> None:
        super().__init__()
        self._struck = {
            looks.getparent().get(f"{_STYLE}name", "")
            for looks in root.iter(f"{_STYLE}text-properties")
            if looks.get(f"{_STYLE}text-line-through-style", "none") != "none"
        }

    def blocks(self, parent: Any, depth: int = 0, bullet: str = "") -> Iterator[Grid | Text]:
        """Yield paragraphs and tables."""
        for child in parent:
            if child.tag in _PARAGRAPHS:
                said = self._said(child)
                yield Text(f"{bullet} {said}" if bullet and said.strip() else said)
            elif child.tag == f"{_TABLE}table":
                yield self.grid(child, depth + 1)
            elif child.tag == f"{_TEXT}list":
                yield from self.blocks(child, depth, "○" if bullet else "→")
            elif not self._stands_apart(child):
                yield from self.blocks(child, depth, bullet)

    def _stands_apart(self, element: Any) -> bool:
        """Keep what an element of a place of its own says apart; return whether it is one."""
        if not isinstance(element.tag, str):
            return True
        place = blocks.BOX if element.tag.startswith(_DRAW) else _APART.get(element.tag, "")
        if place:
            self.keep(self.blocks(element), place)
        return bool(place)

    def _said(self, element: Any) -> str:
        """Return the text of a paragraph or a part of it; what is struck through stands apart."""
        said = "".join(self._text(element))
        if element.get(f"{_TEXT}style-name") not in self._struck:
            return said
        self.keep([Text(said)], blocks.DELETED)
        return ""

    def _text(self, parent: Any) -> Iterator[str]:
        yield parent.text or ""
        for child in parent:
            if child.tag in _SIGNS:
                yield _SIGNS[child.tag]
            elif not self._stands_apart(child):
                yield self._said(child)
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
