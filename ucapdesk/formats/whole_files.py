"""Reads and writes whole files: within limits, text in whatever encoding, and never half a file in place of the old one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from ucapdesk.base.errors import UserError
from ucapdesk.base.files import first_bytes, write_atomically
from ucapdesk.formats.errors import FILE_NOT_WRITTEN, UNKNOWN_ENDING, FileUnreadable

_WIDE = re.compile(r"[^\x00-\x7f]")


def read_file(path: Path, most: int, too_large: UserError) -> bytes:
    """Return the bytes of a file. Raises ``FileUnreadable``, and ``too_large`` for one with more than ``most``."""
    try:
        data = first_bytes(path, most + 1)
    except OSError as error:
        raise FileUnreadable(file=path.name, reason=error.strerror or type(error).__name__) from error
    if len(data) > most:
        raise too_large
    return data


def text_of(raw: bytes) -> str:
    """Return bytes as text, in the encoding that they speak for."""
    for encoding in encodings_of(raw):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")


def encodings_of(data: bytes) -> Iterator[str]:
    """Yield the encodings a text may be in, the likely one first: UTF-8, UTF-16, GB18030, Big5 or Windows-1252."""
    zeros = len(data[:4000]) // 8
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield "utf-16"
    elif data[:4000:2].count(0) > zeros:
        yield "utf-16-be"
    elif data[1:4000:2].count(0) > zeros:
        yield "utf-16-le"
    else:
        yield "utf-8-sig"
        # In Chinese text bytes above 127 come in pairs, in Western text they stand alone.
        runs = [len(run) for run in re.findall(rb"[\x80-\xff]+", data)]
        chinese = sum(length > 1 for length in runs) * 2 >= len(runs)
        yield from _chinese(data) if chinese else ("cp1252", "gb18030")


_FREQUENT = frozenset(
    "的一是在不了有和人這這中大為為上個个國国市合作城欧歐会會发發年月日主要面积積人口成果目标標联聯系"
)


def _chinese(data: bytes) -> list[str]:
    """Return the Chinese encodings, the one whose characters are the usual ones first."""

    def usual(encoding: str) -> float:
        wide: list[str] = _WIDE.findall(data.decode(encoding, "replace"))
        rare = sum(sign == "\ufffd" or not "\u4e00" <= sign <= "\u9fff" for sign in wide)
        return (sum(sign in _FREQUENT for sign in wide) - rare) / max(len(wide), 1)

    return [*sorted(("gb18030", "big5"), key=usual, reverse=True), "cp1252"]


def ending_of(target: Path, known: Collection[str]) -> str:
    """Return the ending of a file to write. Raises ``UnknownEnding`` where it is none of those known."""
    ending = target.suffix.lower()
    if ending not in known:
        raise UNKNOWN_ENDING(file=target.name, suffixes=", ".join(filter(None, known)))
    return ending


def write_file(target: Path, data: bytes) -> None:
    """Write a file. Raises ``FileNotWritten`` where the operating system refuses it."""
    try:
        write_atomically(target, data)
    except OSError as error:
        raise FILE_NOT_WRITTEN(file=target.name, reason=error.strerror) from None
