"""Reads hours as people type them (``930``, ``9:30``, ``15h05``, ``3pm``, ``9点半``, ``下午3点``), ranges of them, and durations: how
long an item takes, and by how much the rest of a day is delayed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ucapdesk.model.text.typed_text import WIDE_TO_NARROW, plain

_MORNING = "am|a\\.m\\.|上午|早上|凌晨"
_LATER = "pm|p\\.m\\.|noon|下午|晚上|傍晚|中午"
_CLOCK = re.compile(
    rf"""(?P<half>{_MORNING}|{_LATER})?\s?
    (?: (?P<h>[01]?\d|2[0-3]) (?: \s?[:.h]\s?(?P<m>[0-5]\d) | \s?h | \s?[点點时時](?P<zh>半|一刻|1刻|三刻|3刻|[0-5]?\d分?|整)? )?
      | (?P<hm>(?:[01]?\d|2[0-3])[0-5]\d) )
    \s?(?:u[hu]r|hrs?|[点點])?\s?(?P<behind>{_MORNING}|{_LATER})?""",
    re.VERBOSE,
)
_QUARTERS = {"半": 30, "一刻": 15, "1刻": 15, "三刻": 45, "3刻": 45, "整": 0}
MOST_WORDS = 14
"""Words of the longest hours: two times with every sign apart, and what stands between them."""
_BETWEEN = re.compile(r"\s?(?:-|至|到)\s?|\s(?:to|a|alle|bis|until)\s|\s")


def type_time(said: str) -> str:
    """Return the time somebody typed, as ``15:05``. Raises ValueError for what is none."""
    return _time(plain(said))[0]


def type_hours(said: str) -> tuple[str, str | None]:
    """Return a time, or the two of a range: ``0930 1030``, ``9:30–10:30``, ``下午3点到4点``, ``3-4pm``. Raises ValueError."""
    text = plain(said)
    for found in _BETWEEN.finditer(text):
        try:
            (start, told), (end, told_too) = _time(text[: found.start()]), _time(text[found.end() :])
        except ValueError:
            continue
        if told_too and not told and (end < "12" or start < "12") and (later := _afternoon(start)) <= end:
            start = later  # 12:30-1:45 pm begins past noon
        if told and not told_too and end < start <= _afternoon(end):
            end = _afternoon(end)
        return start, end
    return _time(text)[0], None


def split_hours(said: str) -> Iterator[tuple[str, tuple[str, str | None]]]:
    """Yield the ways in which a text ends with hours: the text before them, and the hours; the longest hours first."""
    words = said.split()
    for at in range(max(0, len(words) - MOST_WORDS), len(words) + 1):
        try:
            hours = type_hours(" ".join(words[at:]))
        except ValueError:
            continue
        yield " ".join(words[:at]).rstrip(",， "), hours


def _time(text: str) -> tuple[str, bool]:
    """Return a time, and whether it was given as before or after noon."""
    found = _CLOCK.fullmatch(text)
    if not found:
        raise ValueError(text)
    hour, minute = int(found["h"] or found["hm"][:-2]), int(found["m"] or (found["hm"] or "0")[-2:])
    if zh := found["zh"]:
        minute = _QUARTERS[zh] if zh in _QUARTERS else int(zh.rstrip("分"))
    half = found["half"] or found["behind"] or ""
    if half and hour > 12:
        return f"{hour:02}:{minute:02}", True  # 下午15点 is said too
    noon = re.fullmatch(_LATER, half) is not None
    if noon and hour < 12 and not (half == "中午" and hour >= 11):
        hour += 12
    if half and not noon and hour == 12:
        hour = 0
    return f"{hour:02}:{minute:02}", bool(half)


def _afternoon(time: str) -> str:
    return f"{(int(time[:2]) + 12) % 24:02}{time[2:]}"


DURATION = re.compile(
    r"\s*(?:,|for )?\s*(?:(\d{1,2}(?:\.5)?)\s?(?:h|hours?|小时)(?:\s?(\d{1,2})\s?(?:m|min|分钟?)?)?|(\d{1,3})\s?(?:min|minutes?|分钟))(?![\w])"
)
"""A duration after an hour: ``1h``, ``90 min``, ``1小时30分``."""


def type_minutes(said: str) -> int:
    """Return the minutes of a delay: ``45``, ``90 min``; ``130``, ``1:30``, ``1h30``, ``1小时30分`` are 90; ``-15`` is earlier.

    Raises ValueError for what is none of these.
    """
    text = said.translate(WIDE_TO_NARROW).strip().lower().lstrip("+").strip()
    sign = -1 if text[:1] in "-−–" and text else 1
    text = text.lstrip("-−–").strip()
    if found := re.fullmatch(r"(\d{1,2})[:h](\d\d)|(\d)(\d\d)|(\d\d)(\d\d)", text):
        hours, rest = (int(part) for part in found.groups() if part is not None)
        if rest > 59:
            raise ValueError(said)
        return sign * (60 * hours + rest)
    if re.fullmatch(r"\d{1,2}", text):
        return sign * int(text)
    if (found := DURATION.fullmatch(text)) and text:
        return sign * minutes(found)
    if found := re.fullmatch(r"(\d{1,2}|半)个?(?:小时|钟头)(半)?", text):
        return sign * (30 if found[1] == "半" else 60 * int(found[1]) + (30 if found[2] else 0))
    raise ValueError(said)


def minutes(found: re.Match[str]) -> int:
    """Return the minutes of a match of ``DURATION``."""
    return int(found[3]) if found[3] else round(60 * float(found[1])) + int(found[2] or 0)
