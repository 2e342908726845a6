"""Reads the day with which a typed line of a programme begins: ``29 October 0930 meet``, ``10月29日（周五）9:00 会谈``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from ucapdesk.model.codes import folded
from ucapdesk.model.text.parse.near_dates import weekday_number
from ucapdesk.model.text.parse.read_dates import type_date

LONGEST_DAY = 32
_ENDS = re.compile(r"(?<=[日号])|(?=[\s,:：，(（])|(?<=[)）])")
"""Where the words of a day may end."""
_SURE = re.compile(r"月\s?\d|[^\W\d_]{3,}|^\d{4}-|\d\.\d{1,2}\.")
"""A month in words or in figures, or a date in full: other figures may be hours, and a weekday alone a part of a title.

``8.12.`` with its last point is a day and a month; no hour is written so.
"""
_BRACKETED = re.compile(r"\s*[(（]([^()（）]{1,12})[)）]")
_WEEKDAY = re.compile(r"(?:星期|周|礼拜)[一二三四五六日天]")


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
            found = type_date(words, date.fromisoformat(days[0]), lang)
        except ValueError:
            continue
        if found.is_interval and found.bounds[0] in days:
            break  # the words of several days, such as 10月29日至30日, are part of the title
        if found.edtf in days:
            return found.edtf, words, _without_weekday(typed[end:], found.edtf, lang).strip(" ,，:：")
    return "", "", typed


def _without_weekday(rest: str, day: str, lang: str) -> str:
    """Return a text without the weekday with which it begins, in brackets, or of this day; 周三 may begin a name too."""
    if (found := _WEEKDAY.match(rest)) and weekday_number(found[0], lang) == date.fromisoformat(day).weekday():
        return rest[found.end() :]
    found = _BRACKETED.match(rest)
    return rest[found.end() :] if found and weekday_number(folded(found[1]), lang) is not None else rest
