"""Writes a whole file, or says in a sentence why not and leaves what stood there."""

from __future__ import annotations

from pathlib import Path

from ucapdesk.base.files import write_atomically
from ucapdesk.formats.errors import FileNotWritten


def write_file(target: Path, data: bytes) -> None:
    """Raises ``FileNotWritten`` where the operating system would not take it."""
    try:
        write_atomically(target, data)
    except OSError as error:
        raise FileNotWritten(file=target.name, reason=error.strerror) from None
