"""The safe use of PDFium, the library that reads PDFs: its lock, and what a PDF draws, counted before it is drawn.

The library serves one thread at a time, and pages are shown while others are made.

A form is a drawing that others use by its name (``/X Do``; ISO 32000-1, 8.10). One that uses itself twice, or a row of
forms of which each uses the next twice, is a small file with endless work, and nothing can stop the library from outside.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from threading import RLock
from typing import NamedTuple

PDFIUM = RLock()  # Held while a file is opened, read, drawn or closed


MOST_DRAWN = 500_000  # Forms that a page may draw, those within others counted each time
# Bytes of streams that are unpacked, and names that are looked at; a file that asks for more asks for too much.
MOST_UNPACKED, MOST_NAMES = 256 * 2**20, 10_000_000
_BEGIN = re.compile(rb"(?<!\d)(\d+)\s+\d+\s+obj\b")
_NAMED = re.compile(rb"/([^\s/<>\[\]()]+)\s+(\d+)\s+\d+\s+R\b")
_REFERENCE = re.compile(rb"(?<!\d)(\d+)\s+\d+\s+R\b")
_CONTENTS = re.compile(rb"/Contents\s*(\[[^\]]*\]|\d+\s+\d+\s+R)")
_DRAWN = re.compile(rb"/([^\s/<>\[\]()]+)\s+Do\b")
_FORM, _PAGE = re.compile(rb"/Subtype\s*/Form\b"), re.compile(rb"/Type\s*/Page\b")
_IMAGE = re.compile(rb"/Subtype\s*/Image\b")
_STEPS = 3  # References from a drawing to the names it uses: its resources, their list of drawings, an entry of it


class _TooMuch(Exception):
    """The file asks for more than is looked at."""


class _Object(NamedTuple):
    entries: bytes
    stream: bytes
    is_form: bool
    names: tuple[tuple[bytes, int], ...]


class _Budget:
    """Counts what is unpacked and looked at."""

    def __init__(self) -> None:
        self.unpacked, self.names = MOST_UNPACKED, MOST_NAMES

    def unpack(self, entries: bytes, stream: bytes) -> bytes:
        """Return the contents of a stream; nothing of pictures and of what is packed in other ways."""
        if b"/Filter" not in entries:
            return stream
        if b"/FlateDecode" not in entries or _IMAGE.search(entries):
            return b""
        try:
            found = zlib.decompressobj().decompress(stream, self.unpacked)
        except zlib.error:
            return b""
        self.unpacked -= len(found)
        if self.unpacked <= 0:
            raise _TooMuch
        return found

    def look(self, names: int) -> None:
        self.names -= names
        if self.names < 0:
            raise _TooMuch


def draws_too_much(data: bytes) -> bool:
    """Return whether a page of a PDF draws forms without an end, or more than ``MOST_DRAWN``. Anything may be given."""
    budget = _Budget()
    drawn: dict[int, int] = {}

    def cost(number: int) -> int:
        """Return how many forms one drawing draws; too many while that is still being counted: it draws itself."""
        if number not in drawn:
            drawn[number] = MOST_DRAWN + 1
            uses = _uses(objects, number, budget)
            drawn[number] = min(MOST_DRAWN + 1, 1 + sum(n * cost(each) for each, n in uses.items()))
        return drawn[number]

    try:
        objects = dict(_objects(data, budget))
        if not any(each.is_form for each in objects.values()):
            return False
        drawings = [number for number, each in objects.items() if each.is_form or _PAGE.search(each.entries)]
        return any(cost(number) > MOST_DRAWN for number in drawings)
    except (RecursionError, _TooMuch):
        return True


def _objects(data: bytes, budget: _Budget) -> Iterator[tuple[int, _Object]]:
    """Yield the objects. Each ends where the next begins at the latest, so that a torn one is read once."""
    begins = list(_BEGIN.finditer(data))
    for found, following in zip(begins, [*begins[1:], None], strict=False):
        start, end = found.end(), following.start() if following else len(data)
        whole = data[start : end if (at := data.find(b"endobj", start, end)) < 0 else at]
        entries, _, stream = whole.partition(b"stream")
        content = budget.unpack(entries, stream.removeprefix(b"\r").removeprefix(b"\n").partition(b"endstream")[0])
        yield int(found[1][-9:]), _object(entries, content)
        if b"/ObjStm" in entries:
            yield from _packed(entries, content)


def _object(entries: bytes, content: bytes) -> _Object:
    names = tuple((name, int(number[-9:])) for name, number in _NAMED.findall(entries))
    return _Object(entries, content, bool(_FORM.search(entries)), names)


def _packed(entries: bytes, content: bytes) -> Iterator[tuple[int, _Object]]:
    """Yield the objects that are packed into a stream: pairs of number and place, ascending, stand before the first."""
    first = re.search(rb"/First\s+(\d{1,9})\b", entries)
    begin = int(first[1]) if first else 0
    numbers = [int(each[-9:]) for each in content[:begin].split() if each.isdigit()]
    pairs = list(zip(numbers[::2], numbers[1::2], strict=False))
    last = 0
    for (number, at), (_, end) in zip(pairs, [*pairs[1:], (0, len(content))], strict=False):
        if at < last:
            return
        last = at
        yield number, _object(content[begin + at : begin + end], b"")


def _uses(objects: Mapping[int, _Object], number: int, budget: _Budget) -> Counter[int]:
    """Return how often a page or form draws which forms."""
    drawing = objects[number]
    place = drawing.entries.find(b"/Contents")
    contents = _CONTENTS.match(drawing.entries, place) if place >= 0 else None
    parts = dict.fromkeys(int(each[-9:]) for each in _REFERENCE.findall(contents[1])) if contents else {}
    streams = [drawing.stream, *(objects[each].stream for each in parts if each in objects)]
    budget.look(sum(map(len, streams)) // 100)
    drawn = [name for stream in streams for name in _DRAWN.findall(stream)]
    names = _names(objects, number, budget) if drawn else {}
    return Counter(names[name] for name in drawn if name in names)


def _names(objects: Mapping[int, _Object], number: int, budget: _Budget) -> dict[bytes, int]:
    found: dict[bytes, int] = {}
    looked, todo = {number}, [(number, 0)]
    while todo:
        at, steps = todo.pop()
        budget.look(len(objects[at].names))
        for name, target in objects[at].names:
            inner = objects.get(target)
            if inner is not None and inner.is_form:
                found.setdefault(name, target)
            elif inner is not None and not inner.stream and steps < _STEPS and target not in looked:
                looked.add(target)
                todo.append((target, steps + 1))
    return found
