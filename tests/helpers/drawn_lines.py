"""Reads a PDF back as the lines an eye sees: text at a baseline, column by column."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

ROW = 0.6  # points within which two baselines are one
COLUMN_GAP = 1.0  # em of white that parts two columns; wider than any gap inside a line


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


@dataclass(slots=True)
class _Stretch:
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
    is_blank: bool

    def go_on(self, char: str, box: Box) -> bool:
        """Take in one more character, unless white as wide as between columns is before it."""
        left, right, low, high = box
        if (self.end - right if self.turned else left - self.end) > COLUMN_GAP * self.size:
            return False
        self.text += char
        self.end = left if self.turned else right
        is_blank = char.isspace()
        if self.is_blank and not is_blank:
            self.box, self.is_blank = box, False
        elif self.is_blank or not is_blank:
            a, b, c, d = self.box
            if left < a or low < c or high > d:
                self.box = min(a, left), max(b, right), min(c, low), max(d, high)
            elif right > b:
                self.box = a, right, c, d
        return True


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
    """All lines of an open page."""
    textpage = page.get_textpage()
    rows: dict[tuple[float, bool], list[_Stretch]] = {}
    begun: dict[tuple[int, bool], list[tuple[int, float]]] = {}
    """The rows by their height in steps: which it is, and its height."""
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
            if gap > COLUMN_GAP * drawn.size:
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
    """Every stretch of text with its place; read through as few calls as possible, there are hundreds of thousands of characters."""
    raw, edges = textpage.raw, (ctypes.c_double * 4)()
    address = ctypes.cast(raw, ctypes.c_void_p).value
    places = [ctypes.addressof(edges) + 8 * n for n in range(4)]
    unicode, drawn_by, box_of = _of_each_character()
    begun = _beginning(address)
    high, before = 0, None
    now: _Stretch | None = None
    for index in range(textpage.count_chars()):
        code = unicode(address, index)
        if 0xD800 <= code < 0xDC00:  # the first half of a character beyond the basic plane
            high = code
            continue
        if high:
            code, high = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00), 0
        if code <= 32 and pdfium.FPDFText_IsGenerated(raw, index):
            continue
        object_, char = drawn_by(address, index), chr(code)
        box_of(address, index, *places)
        left, right, bottom, top = edges
        if now is None or object_ != before or not now.go_on(char, (left, right, bottom, top)):
            if now is not None:
                yield now
            now, before = begun(index, char, (left, right, bottom, top)), object_
    if now is not None:
        yield now


def _beginning(address: int | None) -> Callable[[int, str, Box], _Stretch]:
    """Gives what begins a stretch of a page with its first character."""
    origin_of, size_of, angle_of, font_of = _of_each_stretch()
    at, name = (ctypes.c_double * 2)(), ctypes.create_string_buffer(80)
    x_place, y_place, name_place = ctypes.addressof(at), ctypes.addressof(at) + 8, ctypes.addressof(name)

    def begun(index: int, char: str, box: Box) -> _Stretch:
        origin_of(address, index, x_place, y_place)
        turned = abs(angle_of(address, index) - math.pi) < 0.1
        length = font_of(address, index, name_place, 80, None)
        begin, end = (box[1], box[0]) if turned else (box[0], box[1])
        bold = b"Bold" in name.raw[:length]
        return _Stretch(char, at[0], at[1], begin, end, box, size_of(address, index), turned, bold, char.isspace())

    return begun


Bare = Callable[..., Any]
_NUMBER, _POINTER = ctypes.c_int, ctypes.c_void_p


def _bare(function: object, *types: type, result: type = _NUMBER) -> Bare:
    """A function of the library, called with bare numbers: pointers of their own types take several times as long."""
    address = ctypes.cast(function, _POINTER).value  # type: ignore[arg-type]
    return ctypes.CFUNCTYPE(result, _POINTER, _NUMBER, *types)(address)  # type: ignore[arg-type]


@cache
def _of_each_character() -> tuple[Bare, Bare, Bare]:
    """What tells character, object and box."""
    return (
        _bare(pdfium.FPDFText_GetUnicode, result=ctypes.c_uint),
        _bare(pdfium.FPDFText_GetTextObject, result=_POINTER),
        _bare(pdfium.FPDFText_GetCharBox, *[_POINTER] * 4),
    )


@cache
def _of_each_stretch() -> tuple[Bare, Bare, Bare, Bare]:
    """What tells origin, size, angle and font."""
    return (
        _bare(pdfium.FPDFText_GetCharOrigin, _POINTER, _POINTER),
        _bare(pdfium.FPDFText_GetFontSize, result=ctypes.c_double),
        _bare(pdfium.FPDFText_GetCharAngle, result=ctypes.c_float),
        _bare(pdfium.FPDFText_GetFontInfo, _POINTER, ctypes.c_ulong, _POINTER, result=ctypes.c_ulong),
    )
