"""Reads a web page: its tables and paragraphs as they are seen; scripts, styles and what is hidden are not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import lxml.html

from ucapdesk.formats.errors import DOCUMENT_NAMES_ENTITIES, DocumentDamaged, TextTooLong
from ucapdesk.formats.glance import blocks
from ucapdesk.formats.glance.blocks import Blocks, Cell, Grid, TableReader, Text
from ucapdesk.formats.glance.packed import ENTITY

_UNSEEN = frozenset(["script", "style", "head", "template", "noscript", "svg", "iframe", "object"])
_LINES = frozenset(
    (
        "p div h1 h2 h3 h4 h5 h6 li ul ol dl dt dd section article header footer main aside blockquote pre tr "
        "center form figure figcaption address body"
    ).split()
)
_LONG_TAG, MOST_ATTRIBUTES = re.compile(r"<[^<>]{20000,}"), 2_000
MOST_TAGS = 200_000
"""A page with more is no paper, and takes the memory of the computer."""
_GONE = ("del", "s", "strike")


def html_blocks(name: str, text: str) -> Blocks:
    """Return the contents of a web page."""
    if text.count("<") > MOST_TAGS or any(len(tag.split()) > MOST_ATTRIBUTES for tag in _LONG_TAG.findall(text)):
        raise TextTooLong(file=name, limit=MOST_TAGS)
    if ENTITY.decode() in text:
        raise DOCUMENT_NAMES_ENTITIES(file=name)
    try:
        root = lxml.html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
        reader = _HtmlReader()
        parts = list(reader.blocks(root))
    except Exception as error:  # lxml raises whatever a broken page makes it stumble over
        raise DocumentDamaged(file=name) from error
    return Blocks((*parts, *reader.apart))


class _HtmlReader(TableReader):
    """Reads one page; apart stands what was struck out."""

    def blocks(self, root: Any, depth: int = 0) -> Iterator[Grid | Text]:
        """Yield paragraphs and tables."""
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
                self.apart.append(Text(child.text_content(), blocks.DELETED))
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
        if depth > blocks.DEEPEST:
            raise ValueError("tables within tables")
        below: dict[int, int] = {}
        own = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
        return Grid(tuple(tuple(self._cells(row, below, depth)) for row in own[: blocks.MOST_ROWS + 1]))

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
    return min(max(int(said), 1), blocks.MOST_COLUMNS) if said and said.isdigit() else 1


def _hidden(element: Any) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.get("hidden") is not None or "display:none" in style
