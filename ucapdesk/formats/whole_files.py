"""Reads and writes whole files: within limits, text in whatever encoding, and never half a file in place of the old one."""

from __future__ import annotations

from pathlib import Path

from ucapdesk.base.errors import UserError
from ucapdesk.base.files import write_atomically
from ucapdesk.formats.errors import FileNotWritten, FileUnreadable

_ENCODINGS = ("utf-8-sig", "gb18030", "cp1252")


def read_file(path: Path, most: int, too_large: UserError) -> bytes:
    """Return the bytes of a file. Raises ``FileUnreadable``, and ``too_large`` for one with more than ``most``."""
    try:
        if path.stat().st_size > most:
            raise too_large
        return path.read_bytes()
    except OSError as error:
        raise FileUnreadable(file=path.name, reason=error.strerror or type(error).__name__) from error


def text_of(raw: bytes) -> str:
    """Return bytes as text: marked as UTF-16, else in the first encoding that fits."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    for encoding in _ENCODINGS:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")


def write_file(target: Path, data: bytes) -> None:
    """Write a file. Raises ``FileNotWritten`` where the operating system refuses it."""
    try:
        write_atomically(target, data)
    except OSError as error:
        raise FileNotWritten(file=target.name, reason=error.strerror) from None
