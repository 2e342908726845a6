"""Reads a Word document: insertions are accepted, deletions kept apart; headers, footers, notes and boxes are read too."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.text.paragraph import Paragraph

from ucapdesk.formats.blocks import block_types
from ucapdesk.formats.blocks.block_types import Blocks, Cell, Grid, TableReader, Text
from ucapdesk.formats.blocks.markup import document

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_GONE = (f"{_W}del", f"{_W}moveFrom")
_AROUND = {"header": block_types.HEADER, "footer": block_types.FOOTER, "footnotes": block_types.NOTE, "endnotes": block_types.NOTE,
           "comments": block_types.COMMENT}  # fmt: skip


def word_blocks(name: str, data: bytes) -> Blocks:
    with document(name, data, "word/document.xml", ("word/vbaProject.bin",)):
        read = docx.Document(io.BytesIO(data))
        reader = _WordReader(read)
        parts = list(reader.blocks(read.element.body))
        reader.around()
        return Blocks((*parts, *reader.apart))


class _WordReader(TableReader):
    def __init__(self, read: Any) -> None:
        super().__init__()
        self._document = read
        self._styles: dict[str | None, str] = {}

    def blocks(self, parent: Any, depth: int = 0) -> Iterator[Grid | Text]:
        for child in parent:
            if child.tag == f"{_W}p":
                yield Text(self.paragraph(child))
            elif child.tag == f"{_W}tbl":
                yield self.grid(child, depth + 1)
            elif isinstance(child.tag, str) and child.tag not in _GONE:
                yield from self.blocks(child, depth)

    def paragraph(self, paragraph: Any) -> str:
        """Return a paragraph's text, with the bullet that Word draws but does not store."""
        text = "".join(self._runs(paragraph))
        named = self._style_of(paragraph)
        levels = paragraph.xpath("./w:pPr/w:numPr/w:ilvl/@w:val")
        if not text.strip() or not (levels or named.startswith("List Bullet")):
            return text
        second = named[-1:] in "23" or any(level != "0" for level in levels)
        return f"{'○' if second else '→'} {text}"

    def _style_of(self, paragraph: Any) -> str:
        """Return the name of a paragraph's style, looked for once: all that name none would search the whole list."""
        id_ = paragraph.style
        if id_ not in self._styles:
            style = Paragraph(paragraph, self._document).style
            self._styles[id_] = (style.name or "") if style else ""
        return self._styles[id_]

    def _runs(self, parent: Any) -> Iterator[str]:
        for child in parent:
            if child.tag in _GONE or _is_struck(child):
                self.keep([Text("".join(self._gone(child)))], block_types.DELETED)
            elif child.tag in (f"{_W}t", f"{_W}delText"):
                yield child.text or ""
            elif child.tag in _SIGNS:
                yield _SIGNS[child.tag]
            elif child.tag == f"{_W}txbxContent":
                self.keep(self.blocks(child), block_types.BOX)
            elif isinstance(child.tag, str) and child.tag not in (_FALLBACK, f"{_W}pPr", f"{_W}rPr"):
                yield from self._runs(child)

    def _gone(self, parent: Any) -> Iterator[str]:
        yield from (element.text or "" for element in parent.iter(f"{_W}delText", f"{_W}t"))

    def grid(self, table: Any, depth: int) -> Grid:
        """Return a table; rows that were deleted are kept apart."""
        if depth > block_types.DEEPEST:
            raise ValueError("tables within tables")
        rows = []
        for row in _found(table, f"{_W}tr"):
            if row.find(f"{_W}trPr/{_W}del") is not None:
                self.keep([Text(" ".join(self._gone(row)))], block_types.DELETED)
                continue
            rows.append(tuple(self._cells(row, depth)))
        return Grid(tuple(rows[: block_types.MOST_ROWS + 1]))

    def _cells(self, row: Any, depth: int) -> Iterator[Cell]:
        before = row.find(f"{_W}trPr/{_W}gridBefore")
        at = int(before.get(f"{_W}val", "0")) if before is not None else 0
        for cell in _found(row, f"{_W}tc"):
            span = cell.find(f"{_W}tcPr/{_W}gridSpan")
            wide = min(int(span.get(f"{_W}val", "1")), block_types.MOST_COLUMNS) if span is not None else 1
            merge = cell.find(f"{_W}tcPr/{_W}vMerge")
            goes_on = merge is not None and merge.get(f"{_W}val", "continue") == "continue"
            yield Cell("\n".join(self.cell_lines(self.blocks(cell, depth))).strip(), at, wide, goes_on)
            at += wide

    def around(self) -> None:
        """Keep what stands in headers, footers, notes and comments, and the names of files that the document brings in."""
        for relation in self._document.part.rels.values():
            kind = relation.reltype.rpartition("/")[2]
            if kind == "aFChunk":
                self.apart.append(Text(relation.target_ref.rpartition("/")[2], block_types.INCLUDED))
            elif kind in _AROUND and not relation.is_external:
                self.keep(self.blocks(parse_xml(relation.target_part.blob)), _AROUND[kind])


def _is_struck(element: Any) -> bool:
    """Return whether a run is struck through, which takes its words back."""
    said = [element.find(f"{_W}rPr/{_W}{name}") for name in ("strike", "dstrike")] if element.tag == f"{_W}r" else []
    return any(each is not None and each.get(f"{_W}val", "1") not in ("0", "false", "off") for each in said)


def _found(parent: Any, tag: str) -> Iterator[Any]:
    """Yield the rows of a table or the cells of a row, those within content controls too."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}ins", f"{_W}smartTag"):
            yield from _found(child, tag)
