"""Reads a PDF: pieces of text with their places on the page, put back into lines, paragraphs, rows and columns.

Lines become paragraphs again by the room that a line leaves, by the air below it, and by how it ends. Characters are struck
through where a line goes from the first of them to the last, through their middle.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import reduce
from itertools import pairwise
from statistics import median

import pypdfium2
from pypdfium2 import raw

from ucapdesk.base.fold import HAN, HAN_RUN
from ucapdesk.base.grouping import grouped
from ucapdesk.base.pdfium import draws_too_much
from ucapdesk.formats.blocks.block_types import distinct
from ucapdesk.formats.errors import DOCUMENT_DAMAGED, DOCUMENT_PROTECTED, TEXT_TOO_LONG, NoTextInDocument
from ucapdesk.formats.paper_contents import Row
from ucapdesk.formats.phrases.field_labels import FIELDS, field_of, is_exact, key_of, lacking
from ucapdesk.formats.phrases.small_texts import joined_halves, squash

Stroke = tuple[float, float, float]  # A line drawn on a page: where it stands, from and to
Box = tuple[float, float, float, float]  # Left and right of a character, where it ends below, and its height
_LOWEST, _HIGHEST = 0.28, 0.65  # of the height: below are underlines
_NEAR_STROKE = 2.0
_MOST = 20_000_000  # Of lines times characters: a page with more is a drawing


def struck(boxes: Mapping[int, Box], flat: Sequence[Stroke]) -> set[int]:
    """Return the characters that are struck through, by their numbers; a rule of a table is longer than what stands at it."""
    if len(flat) * len(boxes) > _MOST:
        return set()
    lines = grouped((round(y), at) for at, (_, _, y, _) in boxes.items())
    found: set[int] = set()
    for height, left, right in flat:
        level = [
            at
            for y, line in lines.items()
            if _LOWEST < (y - height) / max(boxes[line[0]][3], 1.0) < _HIGHEST
            for at in line
            if left - _NEAR_STROKE <= boxes[at][0] and boxes[at][1] <= right + _NEAR_STROKE
        ]
        edges = [edge for at in level for edge in boxes[at][:2]]
        if level and abs(min(edges) - left) < _NEAR_STROKE and abs(max(edges) - right) < _NEAR_STROKE:
            found.update(level)
    return found


_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]*)*|(?:https?://|www\.)\S+")
_COUNTED = re.compile(rf"\d+(?:\.\d+)?[{HAN}]")  # A figure within Chinese: 22日
_BREAKS = "-–—/@"  # A line may end behind these without a space
_BRACKETS = str.maketrans("（）", "()")
_WIDER = 1.25  # times the usual step: the air between paragraphs
_LEAST = 0.95  # of the height: lines of two cells may stand nearer
_SPACE = 0.25  # of the height


@dataclass(slots=True)
class Piece:
    """A run of text on one line; ``y`` counts downwards.

    Attributes:
        first: Where its first word ends, which could have stood on the line above alone; 0 while it is all of the piece.
        spaced: Whether a space was written behind it.
        struck: Whether it is struck through.
    """

    left: float
    right: float
    y: float
    height: float
    text: str
    first: float = 0.0
    spaced: bool = False
    struck: bool = False

    @property
    def word(self) -> float:
        return (self.first or self.right) - self.left

    def add(self, char: str, right: float) -> None:
        if not self.first and HAN_RUN.match(char):
            self.first = self.right  # Chinese breaks anywhere
        self.text += char
        self.right, self.spaced = right, False
        if not self.first and char in _BREAKS:
            self.first = right

    def space(self, *, written: bool) -> None:
        """Append a space; ``written``: that the file holds, rather than the gap that is seen."""
        self.text += " "
        self.spaced = self.spaced or written
        self.first = self.first or self.right


@dataclass(frozen=True, slots=True)
class LinePart:
    """The text of one line in one cell, or of one line outside of them."""

    text: str
    left: float
    right: float
    y: float
    height: float
    word: float
    spaced: bool


def part_of(pieces: Sequence[Piece]) -> LinePart:
    """Return pieces of a line as one text: a change of font parts a word into pieces, only a gap that can be seen is a space."""
    if not pieces:
        return LinePart("", 0.0, 0.0, 0.0, 0.0, 0.0, False)
    said, end = "", None
    for piece in pieces:
        space = "" if end is None or piece.left - end < 0.12 * piece.height else " "
        said, end = f"{said}{space}{piece.text}", piece.right
    first, last = pieces[0], pieces[-1]
    return LinePart(" ".join(said.split()), first.left, last.right, first.y, first.height, first.word, last.spaced)


def usual_step(lines: Sequence[tuple[float, float]]) -> float:
    """Return the distance from one line to the next within a paragraph, as a share of the height: the least there is."""
    steps = [(y - above) / height for (above, _), (y, height) in pairwise(lines) if height > 0]
    return min((step for step in steps if step > _LEAST), default=0.0)


def groups(parts: Sequence[LinePart], step: float) -> Iterator[list[LinePart]]:
    """Yield lines that follow one another without more air than between lines of a paragraph."""
    group: list[LinePart] = []
    for part in parts:
        if group and step and part.y - group[-1].y > _WIDER * step * part.height:
            yield group
            group = []
        group.append(part)
    if group:
        yield group


def spaces_tell(found: Sequence[tuple[Sequence[LinePart], float]]) -> bool:
    """Return whether a space behind a line says that its paragraph goes on, as some programs leave it there only then.

    ``found``: lines that follow one another, and up to where they may go.
    """
    inner = [
        before.spaced
        for parts, right in found
        for before, part in pairwise(parts)
        if _could_tell(before, part, right) and not ends(before, part, right, telling=False)
    ]
    lasts = [parts[-1].spaced for parts, _ in found if parts]
    return sum(inner) > max(1, 0.6 * len(inner)) and sum(lasts) <= 0.2 * len(lasts)


def _could_tell(before: LinePart, part: LinePart, right: float) -> bool:
    """Return whether a space would have had room behind a line, and a place: between two words that it parts."""
    last = before.text[-1:]
    room = right - before.right > _SPACE * before.height
    return room and last not in _BREAKS and not HAN_RUN.match(last) and not HAN_RUN.match(part.text)


def paragraphs(parts: Sequence[LinePart], right: float, *, telling: bool = False) -> str:
    """Return lines as paragraphs: a line ends one where the next word would still have had room up to ``right``."""
    said = ""
    for before, part in zip([None, *parts], parts, strict=False):
        if before is None:
            said = part.text
        elif ends(before, part, right, telling=telling) and not _bracketed(said, part.text):
            said = f"{said}\n{part.text}"
        elif _broken(said, before, part, right):
            said += part.text
        else:
            said = wrapped(said, part.text, spaced=before.spaced if telling else None)
    return said


def ends(before: LinePart, part: LinePart, right: float, *, telling: bool) -> bool:
    room, space = right - before.right, _SPACE * before.height
    han = HAN_RUN.match(part.text)
    if telling and before.spaced:
        return False
    if telling and _could_tell(before, part, right):
        return True
    return room - space - part.word > (2.2 if han else 0.5) * part.height


def _bracketed(said: str, more: str) -> bool:
    """Return whether a bracket that is open in the last paragraph closes in what follows."""
    last = said.rpartition("\n")[2].translate(_BRACKETS)
    opened, closes = last.rfind("(") > last.rfind(")"), more.translate(_BRACKETS)
    return opened and ")" in closes and "(" not in closes.partition(")")[0]


def _broken(said: str, before: LinePart, part: LinePart, right: float) -> bool:
    """Return whether an address or a number goes on that is too long for a line: it alone fills the line above."""
    room = right - before.right
    if not said or " " in before.text or before.spaced or room > part.height:
        return False
    word = said.rsplit(maxsplit=1)[-1]
    digits = word[-1].isdigit() and part.text[0].isdigit() and room < 0.7 * part.height
    return digits or bool(_ADDRESS.fullmatch(word + part.text.split(maxsplit=1)[0]))


def wrapped(said: str, more: str, *, spaced: bool | None = None) -> str:
    """Return two lines of one paragraph as one: Chinese has no spaces, a word with a hyphen goes on.

    ``spaced``: whether a space stands behind the first, if that is known.
    """
    behind = HAN_RUN.search(said[-1:])
    han = behind and (HAN_RUN.match(more) or _COUNTED.match(more) or (spaced is False and more[:1].isalnum()))
    word = said.endswith(("-", "@")) and said[-2:-1].isalnum() and more[:1].isalnum()
    return f"{said}{more}" if han or word else f"{said} {more}"


_PASSWORD = 4  # FPDF_ERR_PASSWORD
MOST_PAGES, TEXT_LIMIT = 300, 200_000  # A paper with more pages, or more characters, is none
WIDTH, TALLEST, MOST_PICTURES = 900, 3_000, 12  # Pixels across, pixels down at most, and how many pages are drawn
# Width and height in pixels, and four bytes a pixel (blue, green, red, unused), row by row.
PagePicture = tuple[int, int, bytes]
_AIR = 0.3
_NEAR = 3.0  # points within which two left edges are the same column


@dataclass(slots=True)
class _Line:
    """The pieces of one line from left to right; ``band`` counts the ruled lines above it on its page, if there are."""

    pieces: list[Piece]
    page: int
    band: int | None

    @property
    def y(self) -> float:
        return self.pieces[0].y


@dataclass(frozen=True, slots=True)
class RuledPage:
    """A page as its pieces of text by line, with the lines drawn on it: ``flat`` at a height, ``upright`` at a width, from and to.

    ``rules`` are the heights of the ruled lines over most of the table's width; none if the table has no rules.
    """

    lines: list[list[Piece]]
    flat: list[Stroke]
    upright: list[Stroke]
    rules: list[float]


def ruled_pages(name: str, data: bytes) -> list[RuledPage]:
    """Return the pages of a PDF that have text. Raises as ``pdf_lines`` does."""
    return [page for page in _pages(name, data) if page.lines]


def pdf_lines(name: str, data: bytes) -> list[str]:
    return [line_text(line) for page in _pages(name, data) for line in page.lines]


def line_text(line: Iterable[Piece]) -> str:
    return squash(" ".join(piece.text for piece in line))


def rows_of_pdf(name: str, data: bytes) -> tuple[int, str, list[Row]]:
    pages = _pages(name, data)
    lines = [line for number, page in enumerate(pages) for line in _lines(page, number)]
    model = _model(lines)
    if model is None:
        raise lacking(name, "cities")
    first = [line for line in lines if line is model or _same_band(line, model)]
    edges = distinct((piece.left for line in first for piece in line.pieces), _NEAR)
    start = _start(lines, model, first, edges)
    title = squash(" ".join(line_text(line.pieces) for line in lines[:start]))
    return len(pages), title, _rows(lines[start:], edges)


def _model(lines: list[_Line]) -> _Line | None:
    """Return the line that shows where the columns begin: of the cities, else the one of both sides with most pieces."""
    heads = [line for line in lines if _is_head(line)]
    cities = next((line for line in heads if len(line.pieces) > 2), next(iter(heads), None))
    sides = [line for line in lines if _is_labelled(line, by_side=True) and len(line.pieces) > 2]
    return cities or max(sides, key=lambda line: len(line.pieces), default=None)


def _start(lines: list[_Line], model: _Line, first: list[_Line], edges: list[float]) -> int:
    """Return the first line of the table: its first label, or what is ruled off with it; above it stands the title."""
    at = next(n for n, line in enumerate(lines) if line is first[0])
    aligned = (n for n, line in enumerate(lines[:at]) if abs(line.pieces[0].left - edges[0]) <= _NEAR)
    start = next((n for n in aligned if _is_labelled(lines[n])), at)
    if not _is_head(model):
        heads = (n for n in range(start) if lines[n].page == lines[start].page and len(lines[n].pieces) > 1)
        start = next(heads, start)  # without a label for the cities their names head the columns
    while start and _same_band(lines[start - 1], lines[start]) and lines[start].band:
        start -= 1  # a label of several lines
    return start


def _is_labelled(line: _Line, *, by_side: bool = False) -> bool:
    """Return whether a line begins with a label that has text beside it or is ruled off."""
    field = field_of(line.pieces[0].text)
    return field is not None and (field.by_side or not by_side) and (len(line.pieces) > 1 or line.band is not None)


def _same_band(line: _Line, other: _Line) -> bool:
    return line.page == other.page and line.band is not None and line.band == other.band


def _is_head(line: _Line) -> bool:
    """Return whether a line is the row of cities, which is the table's first."""
    return _is_labelled(line) and key_of(line.pieces[0].text) == "cities"


def _rows(lines: list[_Line], edges: list[float]) -> list[Row]:
    """Return the rows. A row begins below a ruled line; in a table without them where a label begins, or on a new page."""
    rows: list[list[list[LinePart]]] = []
    steps = [b.y - a.y for a, b in pairwise(lines) if a.page == b.page]
    step = median(steps) if steps else 0.0  # from one line of a cell to the next
    before = lines[0]
    seen: set[str] = set()
    for line in lines:
        cells = _cells(line, edges)
        turned = line.page != before.page
        if line.band is not None and before.band is not None:
            begins = line.band != before.band
        else:
            begins = bool(rows) and _begins(
                _text_of(rows[-1][0]), cells[0].text, seen, gap=line.y - before.y > 1.3 * step
            )
        if not rows or turned or begins:
            rows.append([[] for _ in edges])
        for at, part in enumerate(cells):
            if part.text:
                rows[-1][at].append(part)
        seen |= {key_of(_text_of(rows[-1][0]))} - {"contacts"}
        before = line
    end = max(piece.right for line in lines for piece in line.pieces)
    return [_row(row, edges, end) for row in rows]


def _text_of(parts: list[LinePart]) -> str:
    return squash(reduce(wrapped, (part.text for part in parts), ""))


def _row(cells: list[list[LinePart]], edges: list[float], end: float) -> Row:
    """Return a row with its paragraphs: a line ends one where the next word would still have had room."""
    label = _text_of(cells[0])
    field = field_of(label)
    texts = []
    for at, parts in enumerate(cells[1:], 1):
        across = (field is None or not field.by_side) and not any(cells[at + 1 :])
        right = end if across or at + 1 == len(edges) else edges[at + 1] - 2 * _NEAR
        texts.append(paragraphs(parts, right))
    return Row(label, (*texts, "") if len(texts) == 1 else tuple(texts))


def _begins(label: str, text: str, seen: set[str], gap: bool) -> bool:
    """Return whether ``text`` begins a new label rather than continuing ``label``."""
    if not text:
        return False
    if not label or (gap and field_of(label)):
        return True
    key = key_of(text)
    if key == key_of(label) == "contacts":
        return True  # those of one city after those of another
    joined = squash(f"{label} {text}")
    goes_on = any(squash(known.label).casefold().startswith(joined.casefold()) for known in FIELDS)
    whole = field_of(joined)
    goes_on = goes_on or (whole is not None and not is_exact(label) and (not is_exact(text) or is_exact(joined)))
    return bool(key) and key not in seen and not goes_on


def _cells(line: _Line, edges: list[float]) -> list[LinePart]:
    """Return the text of a line by column: a piece that begins no column continues the one before."""
    cells: list[list[Piece]] = [[] for _ in edges]
    at, end = 0, None
    for piece in line.pieces:
        column = next((c for c, edge in enumerate(edges) if abs(piece.left - edge) <= _NEAR), None)
        apart = end is None or piece.left - end > piece.height
        if column is not None and apart:
            at = column
        elif end is None:
            at = max((c for c, edge in enumerate(edges) if edge <= piece.left + _NEAR), default=0)
        cells[at].append(piece)
        end = piece.right
    return [part_of(cell) for cell in cells]


@contextmanager
def _opened(name: str, data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """Open a PDF. Raises a ``UserError`` for one that has a password, draws too much or cannot be read."""
    if draws_too_much(data):
        raise DOCUMENT_DAMAGED(file=name)
    try:
        with closing(pypdfium2.PdfDocument(data)) as document:
            yield document
    except pypdfium2.PdfiumError as error:
        if error.err_code == _PASSWORD:
            raise DOCUMENT_PROTECTED(file=name) from error
        raise DOCUMENT_DAMAGED(file=name) from error


def _pages(name: str, data: bytes) -> list[RuledPage]:
    with _opened(name, data) as document:
        if len(document) > MOST_PAGES:
            raise TEXT_TOO_LONG(file=name, limit=TEXT_LIMIT)
        pages = [_page(name, document[at]) for at in range(len(document))]
    if not any(page.lines for page in pages):
        raise NoTextInDocument(file=name)
    return pages


def _page(name: str, page: pypdfium2.PdfPage) -> RuledPage:
    flat, upright = _drawn(page)
    pieces = [replace(piece, text=joined_halves(piece.text)) for piece in _pieces(name, page, flat)]
    return RuledPage(list(_grouped(pieces)), flat, upright, _rules(page))


def _lines(page: RuledPage, number: int) -> Iterator[_Line]:
    """Yield the lines of a page without what is struck through."""
    for pieces in page.lines:
        middle = pieces[0].y - pieces[0].height / 2
        if left := [piece for piece in pieces if not piece.struck]:
            yield _Line(left, number, sum(rule < middle for rule in page.rules) if page.rules else None)


def _pieces(name: str, page: pypdfium2.PdfPage, flat: Sequence[Stroke]) -> Iterator[Piece]:
    """Yield runs of characters that follow one another on one height without a wide gap."""
    text, height = page.get_textpage(), page.get_height()
    if text.count_chars() > 2 * TEXT_LIMIT:
        raise TEXT_TOO_LONG(file=name, limit=TEXT_LIMIT)
    piece: Piece | None = None
    gap = False
    chars = [chr(raw.FPDFText_GetUnicode(text, at)) for at in range(text.count_chars())]
    boxes = {at: _box(text, at, height) for at, char in enumerate(chars) if not (char.isspace() or char == "\0")}
    gone = struck(boxes, flat)
    for at, char in enumerate(chars):
        if at not in boxes:
            if piece:
                gap = raw.FPDFText_IsGenerated(text, at) == 1
                piece.space(written=not gap)
            continue
        char = char.replace("\x02", "-")  # a hyphen where a line ends
        left, right, y, tall = boxes[at]
        follows = piece and abs(y - piece.y) < 0.5 * tall and -0.5 * tall < left - piece.right < 0.6 * tall
        if piece and follows and piece.struck == (at in gone):
            air = _AIR / 2 if HAN_RUN.fullmatch(piece.text.rstrip()[-1:] + char) else _AIR
            if gap and HAN_RUN.search(piece.text[-2:] + char) and left - piece.right < air * tall:
                piece.text = piece.text.rstrip()  # the air that programs set between Chinese and figures
            piece.add(char, right)
        else:
            if piece:
                yield piece
            piece = Piece(left, right, y, tall, char, struck=at in gone)
        gap = False
    if piece:
        yield piece


def _box(text: pypdfium2.PdfTextPage, at: int, height: float) -> Box:
    left, bottom, right, top = text.get_charbox(at, loose=True)
    return left, right, height - bottom, top - bottom


def _grouped(pieces: list[Piece]) -> Iterator[list[Piece]]:
    line: list[Piece] = []
    for piece in sorted(pieces, key=lambda piece: piece.y):
        if line and piece.y - line[0].y > min(piece.height, line[0].height) * 0.5:
            yield sorted(line, key=lambda piece: piece.left)
            line = []
        line.append(piece)
    if line:
        yield sorted(line, key=lambda piece: piece.left)


def _drawn(page: pypdfium2.PdfPage) -> tuple[list[Stroke], list[Stroke]]:
    """Return the lines drawn on a page, flat and upright ones, counted downwards; a frame counts as its four sides."""
    flat, upright, height = [], [], page.get_height()
    for each in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
        left, bottom, right, top = each.get_bounds()
        upper, lower = height - top, height - bottom
        if lower - upper > _NEAR and right - left > _NEAR and raw.FPDFPath_CountSegments(each) not in (4, 5):
            continue  # no rectangle that is drawn around
        flat += [(y, left, right) for y in {upper, lower} if right - left > _NEAR]
        upright += [(x, upper, lower) for x in {left, right} if lower - upper > _NEAR]
    return flat, upright


def _rules(page: pypdfium2.PdfPage) -> list[float]:
    """Return the heights of the ruled lines over most of the table's width, counted downwards; none if the table has no rules.

    What is shaded or framed is no line, and one in pieces is as wide as these together.
    """
    bounds = (each.get_bounds() for each in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]))
    thin = ((low, right - left) for left, low, right, top in bounds if top - low <= _NEAR < right - left)
    spans = grouped((round((page.get_height() - low) / _NEAR), wide) for low, wide in thin)
    widths = {y: sum(some) for y, some in spans.items()}
    wide = [y * _NEAR for y, width in widths.items() if width > 0.8 * max(widths.values())]
    return sorted(wide) if len(wide) > 2 else []


def page_pictures(name: str, data: bytes) -> list[PagePicture]:
    """Return the pages of a PDF as pictures, for a scan whose text somebody types beside them. Raises as ``_opened``."""
    try:
        with _opened(name, data) as document:
            return [_picture(document[at]) for at in range(min(len(document), MOST_PICTURES))]
    except (ValueError, MemoryError) as error:
        raise DOCUMENT_DAMAGED(file=name) from error


def _picture(page: pypdfium2.PdfPage) -> PagePicture:
    width, height = page.get_size()
    drawn = page.render(scale=min(WIDTH / max(width, 1.0), TALLEST / max(height, 1.0)), prefer_bgrx=True)
    raw, across = bytes(drawn.buffer), drawn.width * 4
    rows = (raw[at * drawn.stride : at * drawn.stride + across] for at in range(drawn.height))
    return drawn.width, drawn.height, b"".join(rows)
