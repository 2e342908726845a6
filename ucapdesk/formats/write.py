"""Writes a whole file, or raises a sentence and leaves the old file in place."""

from __future__ import annotations

from pathlib import Path

from ucapdesk.base.files import write_atomically
from ucapdesk.formats.errors import FileNotWritten


def write_file(target: Path, data: bytes) -> None:
    """Write a file. Raises ``FileNotWritten`` where the operating system refuses it."""
    try:
        write_atomically(target, data)
    except OSError as error:
        raise FileNotWritten(file=target.name, reason=error.strerror) from None
