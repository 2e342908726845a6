"""Marks files that come from others, so that other programs open them with care.

Windows calls it the Mark of the Web, macOS quarantine; other systems know none. A disk that cannot hold it (a stick with FAT)
goes without, as with files that a browser saves.
"""

from __future__ import annotations

import contextlib
import ctypes
import sys
from pathlib import Path

from ucapdesk.base.clock import system_clock

WINDOWS, MACOS = "win32", "darwin"
ZONE = "[ZoneTransfer]\r\nZoneId=3\r\n"
"""The zone mark "from the internet": Word and Excel open such a file in protected view."""
STREAM, ATTRIBUTE = "Zone.Identifier", "com.apple.quarantine"


def mark_received(file: Path) -> None:
    """Mark a file as one that came from somebody else."""
    with contextlib.suppress(OSError):
        if sys.platform == WINDOWS:
            write_stream(file, STREAM, ZONE)
        elif sys.platform == MACOS:
            set_attribute(file, ATTRIBUTE, f"0081;{system_clock() // 10**6:08x};UCAPDesk;".encode())


def write_stream(file: Path, stream: str, content: str) -> None:
    """Write an alternate data stream, as NTFS has them."""
    Path(f"{file}:{stream}").write_text(content, encoding="ascii", newline="")


def set_attribute(file: Path, name: str, value: bytes) -> None:
    """Set an extended attribute on macOS, for which Python has no function."""
    library = ctypes.CDLL(None, use_errno=True)
    if library.setxattr(str(file).encode(), name.encode(), value, ctypes.c_size_t(len(value)), 0, 0):
        raise OSError(ctypes.get_errno(), "the attribute was not set")
