"""The table of a PDF: pieces of text with their places on the page, put back into rows and columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2

from ucapdesk.formats.errors import DocumentDamaged, DocumentProtected, NotAGlance, NoTextInDocument
from ucapdesk.formats.glance.labels import BY_KEY, FIELDS, field_of
from ucapdesk.formats.glance.parts import Row
from ucapdesk.formats.glance.text import squash

_PASSWORD = 4  # FPDF_ERR_PASSWORD
_NEAR = 3.0  # points within which two left edges are the same column
_STARTS = re.compile(
    r"\W*(" + "|".join(sorted({re.escape(f.label.split()[0].split("/")[0]) for f in FIELDS} - {"Contact"})) + r"|city|"
    r"including|countr|province|key|period|related|.*\bcontact)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Piece:
    """A run of text on one line; ``y`` counts downwards."""

    left: float
    right: float
    y: float
    height: float
    text: str


@dataclass(slots=True)
class _Line:
    """The pieces of one line from left to right, and whether a page begins with it."""

    pieces: list[_Piece]
    page: int

    @property
    def y(self) -> float:
        return self.pieces[0].y

    @property
    def text(self) -> str:
        return squash(" ".join(piece.text for piece in self.pieces))


def pdf_lines(name: str, data: bytes) -> list[str]:
    """The text of a PDF line by line."""
    return [line.text for line in _lines(name, data)[1]]


def rows_of_pdf(name: str, data: bytes) -> tuple[int, str, list[Row]]:
    """Number of pages, title and rows of the table in a PDF."""
    pages, lines = _lines(name, data)
    head = next((at for at, line in enumerate(lines) if _is_head(line)), None)
    if head is None:
        raise NotAGlance(file=name, missing=f"“{BY_KEY['cities'].label}”")
    edges = [piece.left for piece in lines[head].pieces]
    title = squash(" ".join(line.text for line in lines[:head]))
    return pages, title, _rows(lines[head:], edges)


def _is_head(line: _Line) -> bool:
    """The row of cities is the table's first; its left edges are those of the columns."""
    field = field_of(line.pieces[0].text)
    return field is not None and field.key == "cities" and len(line.pieces) > 1


def _rows(lines: list[_Line], edges: list[float]) -> list[Row]:
    """Rows by their labels: a row begins where a label begins, or on a new page."""
    rows: list[list[str]] = []
    before: _Line | None = None
    for line in lines:
        cells = _cells(line, edges)
        turned = before is not None and line.page != before.page
        gap = before is not None and not turned and line.y - before.y > 1.9 * line.pieces[0].height
        if not rows or turned or _begins(rows[-1][0], cells[0], gap):
            rows.append([""] * len(edges))
        for at, text in enumerate(cells):
            rows[-1][at] = squash(f"{rows[-1][at]} {text}")
        before = line
    return [Row(row[0], (*row[1:], "") if len(row) == 2 else tuple(row[1:])) for row in rows]


def _begins(label: str, text: str, gap: bool) -> bool:
    """Whether ``text`` begins a new label rather than going on with ``label``."""
    if not text or not field_of(label):
        return False
    return gap or (_STARTS.match(text) is not None and field_of(f"{label} {text}") is not None and _complete(label, text))


def _complete(label: str, text: str) -> bool:
    """A label goes on over the line while its next words still belong to one known label."""
    joined = squash(f"{label} {text}").casefold()
    return not any(squash(field.label).casefold().startswith(joined) for field in FIELDS)


def _cells(line: _Line, edges: list[float]) -> list[str]:
    """The text of a line by column: a piece that begins no column goes on with the one before."""
    cells = [""] * len(edges)
    at, end = 0, None
    for piece in line.pieces:
        column = next((c for c, edge in enumerate(edges) if abs(piece.left - edge) <= _NEAR), None)
        apart = end is None or piece.left - end > piece.height
        if column is not None and apart:
            at = column
        elif end is None:
            at = max((c for c, edge in enumerate(edges) if edge <= piece.left + _NEAR), default=0)
        cells[at] = squash(f"{cells[at]} {piece.text}")
        end = piece.right
    return cells


def _lines(name: str, data: bytes) -> tuple[int, list[_Line]]:
    """Number of pages and the lines of text on all of them."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD:
            raise DocumentProtected(file=name) from error
        raise DocumentDamaged(file=name) from error
    try:
        lines = [line for at in range(len(document)) for line in _page_lines(document, at)]
        pages = len(document)
    except pypdfium2.PdfiumError as error:
        raise DocumentDamaged(file=name) from error
    finally:
        document.close()
    if not lines:
        raise NoTextInDocument(file=name)
    return pages, lines


def _page_lines(document: pypdfium2.PdfDocument, at: int) -> Iterator[_Line]:
    page = document[at]
    text, height = page.get_textpage(), page.get_height()
    pieces = []
    for rect in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(rect)
        said = squash(text.get_text_bounded(left, bottom, right, top))
        if said:
            pieces.append(_Piece(left, right, height - bottom, top - bottom, said))
    pieces.sort(key=lambda piece: piece.y)
    line: list[_Piece] = []
    for piece in pieces:
        if line and piece.y - line[0].y > max(piece.height, line[0].height) * 0.6:
            yield _Line(sorted(line, key=lambda p: p.left), at)
            line = []
        line.append(piece)
    if line:
        yield _Line(sorted(line, key=lambda p: p.left), at)
