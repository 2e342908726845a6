"""How large a file is, in words."""

from __future__ import annotations

from ucapdesk.model.text.format.numbers_in_words import say_number


def size_word(size: int) -> str:
    """Return a readable file size, in the units of the limits: a megabyte has 1024 kilobytes."""
    for unit, bytes_ in (("GB", 2**30), ("MB", 2**20), ("KB", 2**10)):
        if size >= bytes_:
            return f"{say_number(f'{size / bytes_:.1f}')} {unit}"
    return f"{size} B"
