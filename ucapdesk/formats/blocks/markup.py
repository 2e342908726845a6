"""Reads files made of XML or HTML: OpenDocument texts and web pages; opens the packed files of word processors within limits.

No bombs, no entities, nothing from elsewhere. Of an OpenDocument text are read its paragraphs, lists, tables with merged cells,
boxes and headers, and what was deleted; of a web page what is seen, so no scripts, styles or hidden parts.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import lxml.html
from lxml import etree

from ucapdesk.base.errors import UserError
from ucapdesk.formats.blocks import block_types
from ucapdesk.formats.blocks.block_types import Blocks, Cell, Grid, TableReader, Text
from ucapdesk.formats.errors import (
    DOCUMENT_DAMAGED,
    DOCUMENT_HAS_MACROS,
    DOCUMENT_NAMES_ENTITIES,
    TEXT_TOO_LONG,
    FileKindUnknown,
    FileTooLarge,
)

UNPACKED_LIMIT, XML_LIMIT = 200 * 1024 * 1024, 32 * 1024 * 1024
# Elements and their ends in one part of a document; each takes far more memory than its letters.
MOST_TAGS = 1_000_000
_MOST_FILES = 10_000
ENTITY = b"<!ENTITY"


def opened(name: str, data: bytes) -> zipfile.ZipFile:
    """Open a packed file; refuse one that unpacks to more than any paper holds."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise DOCUMENT_DAMAGED(file=name) from error
    entries = archive.infolist()
    is_odd = any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries)
    if is_odd or len(entries) > _MOST_FILES or sum(entry.file_size for entry in entries) > UNPACKED_LIMIT:
        archive.close()
        raise DOCUMENT_DAMAGED(file=name) if is_odd else FileTooLarge(file=name, limit=UNPACKED_LIMIT // 1024 // 1024)
    return archive


@contextmanager
def document(name: str, data: bytes, contents: str, macros: tuple[str, ...]) -> Iterator[zipfile.ZipFile]:
    """Open a document that has its contents in one part and no ``macros``; whatever reading it stumbles over, it is damaged."""
    try:
        with opened(name, data) as archive:
            parts = archive.namelist()
            if contents not in parts:
                raise FileKindUnknown(file=name)
            if any(part.startswith(macros) for part in parts):
                raise DOCUMENT_HAS_MACROS(file=name)
            refuse_endless(name, archive)
            yield archive
    except UserError:
        raise
    except Exception as error:  # python-docx and lxml raise whatever a broken file makes them stumble over
        raise DOCUMENT_DAMAGED(file=name) from error


def refuse_endless(name: str, archive: zipfile.ZipFile) -> None:
    """Refuse a document of which a part would take the memory of the computer once it is read, or defines entities."""
    for entry in archive.infolist():
        if not entry.filename.endswith((".xml", ".rels")):
            continue
        if entry.file_size > XML_LIMIT or (part := archive.read(entry)).count(b"<") > MOST_TAGS:
            raise FileTooLarge(file=name, limit=XML_LIMIT // 1024 // 1024)
        if ENTITY in part.replace(b"\0", b""):  # also of UTF-16
            raise DOCUMENT_NAMES_ENTITIES(file=name)


def parsed(data: bytes) -> Any:
    """Return the root of an XML text; entities stay unread. Raises what lxml raises for a broken one."""
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


_NS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TEXT, _TABLE, _OFFICE, _DRAW, _STYLE = (_NS % name for name in ("text", "table", "office", "drawing", "style"))
_PARAGRAPHS = (f"{_TEXT}p", f"{_TEXT}h")
_SIGNS = {f"{_TEXT}s": " ", f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_APART = {
    f"{_TEXT}note": block_types.NOTE,
    f"{_OFFICE}annotation": block_types.COMMENT,
    f"{_TEXT}tracked-changes": block_types.DELETED,
}


def odt_blocks(name: str, data: bytes) -> Blocks:
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
        for word, place in (("header", block_types.HEADER), ("footer", block_types.FOOTER)):
            if element.tag.startswith(f"{_STYLE}{word}"):
                reader.keep(reader.blocks(element), place)
    return reader.apart


class _OdtReader(TableReader):
    def __init__(self, root: Any) -> None:
        super().__init__()
        self._struck = {
            looks.getparent().get(f"{_STYLE}name", "")
            for looks in root.iter(f"{_STYLE}text-properties")
            if looks.get(f"{_STYLE}text-line-through-style", "none") != "none"
        }

    def blocks(self, parent: Any, depth: int = 0, bullet: str = "") -> Iterator[Grid | Text]:
        for child in parent:
            if child.tag in _PARAGRAPHS:
                said = self._paragraph(child)
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
        place = block_types.BOX if element.tag.startswith(_DRAW) else _APART.get(element.tag, "")
        if place:
            self.keep(self.blocks(element), place)
        return bool(place)

    def _paragraph(self, element: Any) -> str:
        """Return the text of a paragraph or a part of it; what is struck through stands apart."""
        said = "".join(self._text(element))
        if element.get(f"{_TEXT}style-name") not in self._struck:
            return said
        self.keep([Text(said)], block_types.DELETED)
        return ""

    def _text(self, parent: Any) -> Iterator[str]:
        yield parent.text or ""
        for child in parent:
            if child.tag in _SIGNS:
                yield _SIGNS[child.tag]
            elif not self._stands_apart(child):
                yield self._paragraph(child)
            yield child.tail or ""

    def grid(self, table: Any, depth: int) -> Grid:
        if depth > block_types.DEEPEST:
            raise ValueError("tables within tables")
        return Grid(tuple(tuple(self._cells(row, depth)) for row in _rows(table)))

    def _cells(self, row: Any, depth: int) -> Iterator[Cell]:
        at, end = 0, 0
        for cell in row:
            if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
                continue
            times = min(int(cell.get(f"{_TABLE}number-columns-repeated", "1")), block_types.MOST_COLUMNS)
            if cell.tag == f"{_TABLE}covered-table-cell":
                if at >= end:  # not beside a wide cell, so below a tall one
                    yield Cell("", at, times, continues=True)
                at += times
                continue
            span = min(int(cell.get(f"{_TABLE}number-columns-spanned", "1")), block_types.MOST_COLUMNS)
            yield Cell("\n".join(self.cell_lines(self.blocks(cell, depth))).strip(), at, max(span, times))
            end = at + span
            at += times


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == f"{_TABLE}table-row":
            yield child
        elif child.tag in (f"{_TABLE}table-header-rows", f"{_TABLE}table-rows", f"{_TABLE}table-row-group"):
            yield from _rows(child)


_UNSEEN = frozenset(["script", "style", "head", "template", "noscript", "svg", "iframe", "object"])
_LINES = frozenset(
    (
        "p div h1 h2 h3 h4 h5 h6 li ul ol dl dt dd section article header footer main aside blockquote pre tr "
        "center form figure figcaption address body"
    ).split()
)
_LONG_TAG, MOST_ATTRIBUTES = re.compile(r"<[^<>]{20000,}"), 2_000
MOST_TAGS_OF_PAGE = 200_000  # A page with more is no paper, and takes the memory of the computer
_GONE = ("del", "s", "strike")


def html_blocks(name: str, text: str) -> Blocks:
    if text.count("<") > MOST_TAGS_OF_PAGE or any(
        len(tag.split()) > MOST_ATTRIBUTES for tag in _LONG_TAG.findall(text)
    ):
        raise TEXT_TOO_LONG(file=name, limit=MOST_TAGS_OF_PAGE)
    if ENTITY.decode() in text:
        raise DOCUMENT_NAMES_ENTITIES(file=name)
    try:
        root = lxml.html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
        reader = _HtmlReader()
        parts = list(reader.blocks(root))
    except Exception as error:  # lxml raises whatever a broken page makes it stumble over
        raise DOCUMENT_DAMAGED(file=name) from error
    return Blocks((*parts, *reader.apart))


class _HtmlReader(TableReader):
    def blocks(self, root: Any, depth: int = 0) -> Iterator[Grid | Text]:
        line: list[str] = []
        for kind, said in (*self._walk(root, depth), ("break", "")):
            if kind == "text":
                line.append(str(said))
                continue
            if "".join(line).strip():
                yield Text("".join(line))
            line = []
            if isinstance(said, Grid):
                yield said

    def _walk(self, element: Any, depth: int) -> Iterator[tuple[str, str | Grid]]:
        if element.text:
            yield "text", _bare(element.text)
        for child in element:
            tag = child.tag if isinstance(child.tag, str) else ""
            if tag == "table":
                yield "block", self._grid(child, depth + 1)
            elif tag == "br":
                yield "text", "\n"
            elif tag in _GONE:
                self.apart.append(Text(child.text_content(), block_types.DELETED))
            elif tag and tag not in _UNSEEN and not _hidden(child):
                if tag in _LINES:
                    yield "break", ""
                if tag == "li":
                    yield "text", "○ " if any(up.tag == "li" for up in child.iterancestors()) else "→ "
                yield from self._walk(child, depth)
                if tag in _LINES:
                    yield "break", ""
            if child.tail:
                yield "text", _bare(child.tail)

    def _grid(self, table: Any, depth: int) -> Grid:
        if depth > block_types.DEEPEST:
            raise ValueError("tables within tables")
        below: dict[int, int] = {}
        own = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
        return Grid(tuple(tuple(self._cells(row, below, depth)) for row in own[: block_types.MOST_ROWS + 1]))

    def _cells(self, row: Any, below: dict[int, int], depth: int) -> Iterator[Cell]:
        at = 0
        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            while below.get(at, 0) > 0:
                yield _continued(below, at)
                at += 1
            span, tall = (_number(cell.get(name)) for name in ("colspan", "rowspan"))
            said = (line.strip(" ") for line in self.cell_lines(self.blocks(cell, depth)))
            yield Cell("\n".join(said).strip(), at, span)
            below |= dict.fromkeys(range(at, at + span), tall - 1)
            at += span
        yield from [_continued(below, column) for column in sorted(below) if column >= at and below[column] > 0]


def _continued(below: dict[int, int], at: int) -> Cell:
    below[at] -= 1
    return Cell("", at, 1, continues=True)


def _bare(text: str) -> str:
    return re.sub(r"[ \t\r\n\f]+", " ", text)


def _number(said: str | None) -> int:
    return min(max(int(said), 1), block_types.MOST_COLUMNS) if said and said.isdigit() else 1


def _hidden(element: Any) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.get("hidden") is not None or "display:none" in style
