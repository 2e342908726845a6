"""Counts what a PDF draws before a library draws it: forms within forms can be made to draw forever.

A form is a drawing that others use by its name (``/X Do``; ISO 32000-1, 8.10). One that uses itself twice, or a row of
forms of which each uses the next twice, is a small file with endless work, and nothing can stop the library from outside.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

MOST_DRAWN = 500_000
"""Forms that a page may draw, those within others counted each time."""
LARGEST_STREAM = 64 * 2**20
_OBJECT = re.compile(rb"(?<!\d)(\d+)\s+\d+\s+obj\b(.*?)\bendobj\b", re.DOTALL)
_STREAM = re.compile(rb"\bstream\r?\n?(.*?)\bendstream\b", re.DOTALL)
_NAMED = re.compile(rb"/([^\s/<>\[\]()]+)\s+(\d+)\s+\d+\s+R\b")
_REFERENCE = re.compile(rb"(\d+)\s+\d+\s+R\b")
_CONTENTS = re.compile(rb"/Contents\s*(\[[^\]]*\]|\d+\s+\d+\s+R)")
_DRAWN = re.compile(rb"/([^\s/<>\[\]()]+)\s+Do\b")
_FORM, _PAGE = re.compile(rb"/Subtype\s*/Form\b"), re.compile(rb"/Type\s*/Page\b")
_STEPS = 3
"""References from a drawing to the names it uses: its resources, their list of drawings, an entry of it."""


class _Object(NamedTuple):
    entries: bytes
    stream: bytes

    @property
    def is_form(self) -> bool:
        return bool(_FORM.search(self.entries))


def draws_too_much(data: bytes) -> bool:
    """Return whether a page of a PDF draws forms without an end, or more than ``MOST_DRAWN``. Anything may be given."""
    objects = dict(_objects(data))
    if not any(each.is_form for each in objects.values()):
        return False

    drawn: dict[int, int] = {}

    def cost(number: int) -> int:
        """Return how many forms one drawing draws; too many while that is still being counted: it draws itself."""
        if number not in drawn:
            drawn[number] = MOST_DRAWN + 1
            drawn[number] = min(MOST_DRAWN + 1, 1 + sum(n * cost(each) for each, n in _uses(objects, number).items()))
        return drawn[number]

    try:
        return any(
            cost(number) > MOST_DRAWN for number, each in objects.items() if each.is_form or _PAGE.search(each.entries)
        )
    except RecursionError:
        return True


def _objects(data: bytes) -> Iterator[tuple[int, _Object]]:
    for found in _OBJECT.finditer(data):
        number, whole = int(found[1]), found[2]
        stream = _STREAM.search(whole)
        entries = whole[: stream.start()] if stream else whole
        content = _unpacked(entries, stream[1]) if stream else b""
        yield number, _Object(entries, content)
        if b"/ObjStm" in entries:
            yield from _packed(entries, content)


def _packed(entries: bytes, content: bytes) -> Iterator[tuple[int, _Object]]:
    """Yield the objects that are packed into a stream: pairs of number and place stand before the first of them."""
    first = re.search(rb"/First\s+(\d+)", entries)
    numbers = [int(each) for each in content[: int(first[1])].split() if each.isdigit()] if first else []
    pairs = list(zip(numbers[::2], numbers[1::2], strict=False))
    begin = int(first[1]) if first else 0
    for (number, at), (_, end) in zip(pairs, [*pairs[1:], (0, len(content))], strict=False):
        yield number, _Object(content[begin + at : begin + end], b"")


def _unpacked(entries: bytes, stream: bytes) -> bytes:
    if b"/Filter" not in entries:
        return stream
    try:
        return zlib.decompressobj().decompress(stream, LARGEST_STREAM) if b"/FlateDecode" in entries else b""
    except zlib.error:
        return b""


def _uses(objects: Mapping[int, _Object], number: int) -> Counter[int]:
    """Return how often a page or form draws which forms."""
    drawing = objects[number]
    contents = _CONTENTS.search(drawing.entries)
    parts = [int(each) for each in _REFERENCE.findall(contents[1])] if contents else []
    text = drawing.stream + b" ".join(objects[each].stream for each in parts if each in objects)
    names = _names(objects, number)
    return Counter({names[name]: n for name, n in Counter(_DRAWN.findall(text)).items() if name in names})


def _names(objects: Mapping[int, _Object], number: int) -> dict[bytes, int]:
    """Return the forms that a drawing may use, by name."""
    found: dict[bytes, int] = {}
    looked, todo = {number}, [(number, 0)]
    while todo:
        at, steps = todo.pop()
        for name, target in _NAMED.findall(objects[at].entries):
            inner = objects.get(int(target))
            if inner is not None and inner.is_form:
                found.setdefault(name, int(target))
            elif inner is not None and not inner.stream and steps < _STEPS and int(target) not in looked:
                looked.add(int(target))
                todo.append((int(target), steps + 1))
    return found
