"""Reads a PDF back as the lines an eye sees: text at a baseline, column by column."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

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


class _Char(NamedTuple):
    text: str
    x: float
    y: float
    left: float
    right: float
    bottom: float
    top: float
    size: float
    turned: bool
    bold: bool


def drawn_lines(source: Path | bytes) -> list[Drawn]:
    """All lines of a PDF, from the top of each page down, left column first at the same height."""
    document = pypdfium2.PdfDocument(source)
    try:
        return [line for number in range(len(document)) for line in _page(document, number)]
    finally:
        document.close()


def extracted(source: Path | bytes) -> str:
    """The text as copying and searching finds it."""
    document = pypdfium2.PdfDocument(source)
    try:
        return "\n".join(document[n].get_textpage().get_text_bounded() for n in range(len(document)))
    finally:
        document.close()


def _page(document: pypdfium2.PdfDocument, number: int) -> Iterator[Drawn]:
    page = document[number]
    textpage = page.get_textpage()
    rows: dict[tuple[float, bool], list[_Char]] = {}
    key = (0.0, False)
    for char in _chars(textpage):
        if abs(key[0] - char.y) >= 0.6 or key[1] != char.turned or key not in rows:
            near = (key for key in rows if abs(key[0] - char.y) < 0.6 and key[1] == char.turned)
            key = next(near, (char.y, char.turned))
        rows.setdefault(key, []).append(char)
    textpage.close()
    page.close()
    for key in sorted(rows, reverse=True):
        chars = sorted(rows[key], key=lambda char: -char.x if char.turned else char.x)
        line = [chars[0]]
        for before, char in pairwise(chars):
            gap = before.left - char.right if char.turned else char.left - before.right
            if gap > COLUMN_GAP * char.size:
                yield _line(number + 1, line)
                line = []
            line.append(char)
        yield _line(number + 1, line)


def _line(page: int, chars: list[_Char]) -> Drawn:
    inked = [char for char in chars if char.text.strip()] or chars
    return Drawn(
        page,
        "".join(char.text for char in chars).strip(),
        min(char.left for char in inked),
        max(char.right for char in inked),
        chars[0].y,
        max(char.size for char in inked),
        min(char.bottom for char in inked),
        max(char.top for char in inked),
        chars[0].turned,
        all(char.bold for char in inked),
    )


def _chars(textpage: pypdfium2.PdfTextPage) -> Iterator[_Char]:
    """Every character with its place; read through as few calls as possible, there are hundreds of thousands."""
    raw, name = textpage.raw, ctypes.create_string_buffer(80)
    values = [ctypes.c_double() for _ in range(6)]
    x, y, left, right, bottom, top = values
    at, edges = [ctypes.byref(each) for each in values[:2]], [ctypes.byref(each) for each in values[2:]]
    high = 0
    turned = False
    before = 0.0
    for index in range(textpage.count_chars()):
        code = pdfium.FPDFText_GetUnicode(raw, index)
        if 0xD800 <= code < 0xDC00:  # the first half of a character beyond the basic plane
            high = code
            continue
        if high:
            code, high = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00), 0
        if code <= 32 and pdfium.FPDFText_IsGenerated(raw, index):
            continue
        pdfium.FPDFText_GetCharOrigin(raw, index, *at)
        pdfium.FPDFText_GetCharBox(raw, index, *edges)
        size = pdfium.FPDFText_GetFontSize(raw, index)
        if y.value != before:  # every line stands one way
            turned = abs(pdfium.FPDFText_GetCharAngle(raw, index) - math.pi) < 0.1
            before = y.value
        length = pdfium.FPDFText_GetFontInfo(raw, index, name, 80, None)
        bold = b"Bold" in name.raw[:length]
        yield _Char(chr(code), x.value, y.value, left.value, right.value, bottom.value, top.value, size, turned, bold)
