"""Tells how a disk is formatted, where that makes a difference."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

from ucapdesk.base.received import MACOS

FLEETING = {"vfat", "msdos", "exfat", "fat", "fat12", "fat16", "fat32"}
"""Formats, those of sticks, that give a file another number each time the stick is plugged in."""
MOUNTS = Path("/proc/self/mountinfo")
MAX_FORMAT_CHARS = 32
STATFS_BYTES, STATFS_NAME = 2168, slice(72, 88)
"""The size of macOS' ``struct statfs``, and where in it the name of the format stands."""


def has_fleeting_numbers(file: Path) -> bool:
    """Return whether the number of a file (``st_ino``) does not identify it."""
    return format_of(file).lower() in FLEETING


def format_of(file: Path) -> str:
    """Return the format of the disk that a file is on; empty where the system does not say."""
    if os.name == "nt":
        return _windows_format(file)
    return _macos_format(file) if sys.platform == MACOS else _mounted_format(file)


def _windows_format(file: Path) -> str:
    name = ctypes.create_unicode_buffer(MAX_FORMAT_CHARS)
    windows = getattr(ctypes, "windll").kernel32  # noqa: B009 (only there on Windows)
    known = windows.GetVolumeInformationW(f"{file.drive}\\", None, 0, None, None, None, name, len(name))
    return name.value if known else ""


def _macos_format(file: Path) -> str:
    """Return the format by asking macOS, for which Python has no function."""
    found = ctypes.create_string_buffer(STATFS_BYTES)
    failed = ctypes.CDLL(None).statfs(os.fsencode(file), found)
    return "" if failed else found.raw[STATFS_NAME].partition(b"\0")[0].decode()


def _mounted_format(file: Path) -> str:
    """Return the format by Linux's list: that of the last file system mounted at the deepest folder above the file."""
    try:
        lines = [line.split() for line in MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines()]
    except OSError:
        return ""
    formats = {Path(_plain(line[4])): line[line.index("-") + 1] for line in lines if "-" in line}
    return next((formats[above] for above in (file, *file.parents) if above in formats), "")


def _plain(place: str) -> str:
    """Return the name of a folder as it is: the list writes blanks as numbers."""
    for number, sign in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        place = place.replace(number, sign)
    return place
