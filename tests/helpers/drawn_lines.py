"""Reads a PDF back as the lines an eye sees: text at a baseline, column by column."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from struct import Struct
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

ROW = 0.6  # points within which two baselines are one
COLUMN_GAP = 1.0  # em of white that parts two columns; wider than any gap inside a line
OVER = 0.15  # em by which no text reaches back over what stands before it in its line: it is another, and lies over it


@dataclass(frozen=True)
class Drawn:
    """A line of one column: ``x`` to ``right`` and ``low`` to ``high`` is its ink, ``y`` its baseline from the page's bottom.

    ``turned`` lines stand upside down.
    """

    page: int
    text: str
    x: float
    right: float
    y: float
    size: float
    low: float = 0.0
    high: float = 0.0
    turned: bool = False
    bold: bool = False


Box = tuple[float, float, float, float]  # left, right, bottom, top


class _Look(NamedTuple):
    """How a character was drawn: its origin, its size, and whether it is turned and bold."""

    x: float
    y: float
    size: float
    turned: bool
    bold: bool


class _Stretch(NamedTuple):
    """Characters that were drawn at once: ``x`` and ``y`` are the origin of the first, ``begin`` and ``end`` edges in the
    direction of reading, ``box`` is where their ink is.
    """

    text: str
    x: float
    y: float
    begin: float
    end: float
    box: Box
    size: float
    turned: bool
    bold: bool


def drawn_lines(source: Path | bytes) -> list[Drawn]:
    """All lines of a PDF, from the top of each page down, left column first at the same height."""
    document = pypdfium2.PdfDocument(source)
    try:
        return [line for number in range(len(document)) for line in lines_of(document[number], number + 1)]
    finally:
        document.close()


def extracted(source: Path | bytes) -> str:
    """The text as copying and searching finds it."""
    document = pypdfium2.PdfDocument(source)
    try:
        return "\n".join(document[n].get_textpage().get_text_bounded() for n in range(len(document)))
    finally:
        document.close()


def lines_of(page: pypdfium2.PdfPage, number: int) -> Iterator[Drawn]:
    textpage = page.get_textpage()
    rows: dict[tuple[float, bool], list[_Stretch]] = {}
    # The rows by their height in steps: which it is, and its height.
    begun: dict[tuple[int, bool], list[tuple[int, float]]] = {}
    for drawn in _stretches(textpage):
        step, turned = int(drawn.y / ROW), drawn.turned
        beside = (row for n in (step - 1, step, step + 1) for row in begun.get((n, turned), ()))
        near = min((row for row in beside if abs(row[1] - drawn.y) < ROW), default=None)
        if near is None:
            near = len(rows), drawn.y
            begun.setdefault((step, turned), []).append(near)
        rows.setdefault((near[1], turned), []).append(drawn)
    textpage.close()
    for key in sorted(rows, reverse=True):
        row = sorted(rows[key], key=lambda drawn: -drawn.x if drawn.turned else drawn.x)
        line = [row[0]]
        for before, drawn in pairwise(row):
            gap = before.end - drawn.begin if drawn.turned else drawn.begin - before.end
            if not -OVER * drawn.size < gap < COLUMN_GAP * drawn.size:
                yield _line(number, line)
                line = []
            line.append(drawn)
        yield _line(number, line)


def _line(page: int, line: list[_Stretch]) -> Drawn:
    inked = [drawn for drawn in line if not drawn.text.isspace()] or line
    left, right, low, high = zip(*(drawn.box for drawn in inked), strict=True)
    text = "".join(drawn.text for drawn in line).strip()
    size, bold = max(drawn.size for drawn in inked), all(drawn.bold for drawn in inked)
    return Drawn(page, text, min(left), max(right), line[0].y, size, min(low), max(high), line[0].turned, bold)


def _stretches(textpage: pypdfium2.PdfTextPage) -> Iterator[_Stretch]:
    """Every stretch of text with its place, parted at white as wide as between columns.

    There are hundreds of thousands of characters: of each as little is asked as will do.
    """
    page, edges = _handle(textpage), (ctypes.c_double * 4)()
    places, box_in = [ctypes.byref(edges, 8 * n) for n in range(4)], Struct("4d").unpack
    _, drawn_by, box_of = _of_each_character()
    look_at = _looks(page)
    look, before = look_at(0), None
    chars: list[str] = []
    boxes: list[Box] = []
    for index, char in _characters(textpage):
        drawn_with = drawn_by(page, index)
        box_of(page, index, *places)
        box = box_in(edges)
        if chars:
            white = boxes[-1][0] - box[1] if look.turned else box[0] - boxes[-1][1]
            if drawn_with != before or white > COLUMN_GAP * look.size:
                yield _stretch(chars, boxes, look)
                chars, boxes = [], []
        if not chars:
            look, before = look_at(index), drawn_with
        chars.append(char)
        boxes.append(box)
    if chars:
        yield _stretch(chars, boxes, look)


def _stretch(chars: list[str], boxes: list[Box], look: _Look) -> _Stretch:
    """Characters as one; white has no ink where there is anything else."""
    inked = [box for char, box in zip(chars, boxes, strict=True) if not char.isspace()] or boxes
    left, right, low, high = zip(*inked, strict=True)
    begin, end = (boxes[0][1], boxes[-1][0]) if look.turned else (boxes[0][0], boxes[-1][1])
    box = min(left), max(right), min(low), max(high)
    return _Stretch("".join(chars), look.x, look.y, begin, end, box, look.size, look.turned, look.bold)


def _characters(textpage: pypdfium2.PdfTextPage) -> Iterator[tuple[int, str]]:
    """Every character with its number, but for those that the library adds; the second half of one stands for both."""
    raw, count = textpage.raw, textpage.count_chars()
    text: Sequence[str] = textpage.get_text_range().replace("\ufffe", "\x02")  # hyphens at the ends of lines, as below
    if len(text) != count:  # a character has no code, or two
        page, unicode = _handle(textpage), _of_each_character()[0]
        text = [chr(unicode(page, index)) for index in range(count)]
    high = ""
    for index, char in enumerate(text):
        if "\ud800" <= char < "\udc00":  # the first half of a character beyond the basic plane
            high = char
        elif high:
            yield index, (high + char).encode("utf-16-le", "surrogatepass").decode("utf-16-le")
            high = ""
        elif char > " " or not pdfium.FPDFText_IsGenerated(raw, index):
            yield index, char


def _looks(page: object) -> Callable[[int], _Look]:
    origin_of, size_of, angle_of, font_of = _of_each_stretch()
    at, name = (ctypes.c_double * 2)(), ctypes.create_string_buffer(80)
    x_place, y_place, name_place, room = ctypes.byref(at), ctypes.byref(at, 8), ctypes.byref(name), ctypes.c_ulong(80)

    def look(index: int) -> _Look:
        origin_of(page, index, x_place, y_place)
        turned = abs(angle_of(page, index) - math.pi) < 0.1
        length = font_of(page, index, name_place, room, None)
        return _Look(at[0], at[1], size_of(page, index), turned, b"Bold" in name.raw[:length])

    return look


Bare = Callable[..., Any]


def _handle(textpage: pypdfium2.PdfTextPage) -> object:
    """What the library calls a page, ready to be handed over again and again."""
    return ctypes.c_void_p.from_param(ctypes.cast(textpage.raw, ctypes.c_void_p).value)


def _bare(function: object, result: type = ctypes.c_int) -> Bare:
    """A function of the library, called with what is ready: to convert pointers takes several times as long as the call."""
    address = ctypes.cast(function, ctypes.c_void_p).value  # type: ignore[arg-type]
    return ctypes.CFUNCTYPE(result)(address)  # type: ignore[arg-type]


@cache
def _of_each_character() -> tuple[Bare, Bare, Bare]:
    return (
        _bare(pdfium.FPDFText_GetUnicode, ctypes.c_uint),
        _bare(pdfium.FPDFText_GetTextObject, ctypes.c_void_p),
        _bare(pdfium.FPDFText_GetCharBox),
    )


@cache
def _of_each_stretch() -> tuple[Bare, Bare, Bare, Bare]:
    return (
        _bare(pdfium.FPDFText_GetCharOrigin),
        _bare(pdfium.FPDFText_GetFontSize, ctypes.c_double),
        _bare(pdfium.FPDFText_GetCharAngle, ctypes.c_float),
        _bare(pdfium.FPDFText_GetFontInfo, ctypes.c_ulong),
    )
