"""Reads the day with which a typed line of a programme begins: ``29 October 0930 meet``, ``10月29日（周五）9:00 会谈``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from ucapdesk.model.text.parse.read_dates import type_date

LONGEST_DAY = 32
_ENDS = re.compile(r"(?<=[日号])|(?=[\s,:：，(（])|(?<=[)）])")
"""Where the words of a day may end."""
_SURE = re.compile(r"月\s?\d|[^\W\d_]{3,}|^\d{4}-")
"""A month in words or in figures, or a date in full: other figures may be hours, and a weekday alone a part of a title."""
_WEEKDAY = re.compile(r"^\s*[(（][^()（）]{1,12}[)）]")


def day_of_line(typed: str, days: Sequence[str], lang: str) -> tuple[str, str, str]:
    """Return the day of a programme with which a line begins, its words, and the rest of the line.

    Args:
        typed: The line.
        days: The days of the programme as ISO texts; any other is none.
        lang: The reader's language.
    """
    typed = typed.strip()
    ends = sorted({found.start() for found in _ENDS.finditer(typed[:LONGEST_DAY])} - {0}, reverse=True)
    for end in ends if days else ():
        words = typed[:end].strip(" ,，:：")
        if not (_SURE.search(words) and re.search(r"\d", words)):
            continue
        try:
            day = type_date(words, date.fromisoformat(days[0]), lang).edtf
        except ValueError:
            continue
        if day in days:
            return day, words, _WEEKDAY.sub("", typed[end:]).strip(" ,，:：")
    return "", "", typed
