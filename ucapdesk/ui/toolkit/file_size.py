"""How large a file is, in words."""

from __future__ import annotations


def size_word(size: int) -> str:
    """Return a readable file size, in the units of the limits: a megabyte has 1024 kilobytes."""
    for unit, bytes_ in (("GB", 2**30), ("MB", 2**20), ("KB", 2**10)):
        if size >= bytes_:
            return f"{size / bytes_:.1f} {unit}"
    return f"{size} B"
