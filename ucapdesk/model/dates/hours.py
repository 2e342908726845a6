"""Reads hours and spans of hours as people type them (``930``, ``15h05``, ``3pm``, ``7 Uhr abends``, ``下午3点半``) and as lines of papers begin
with them, and durations: how long an item takes, by how much the rest of a day is delayed.

A part of the day that does not fit the figure beside it (15 in the morning) is refused: no hour is better than another one. 24:00 ends a day,
and is told as 00:00 of the next one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from ucapdesk.base.i18n import capital
from ucapdesk.model.codes import folded
from ucapdesk.model.dates.words import any_of, day_part_words, day_parts, day_words, meanings
from ucapdesk.model.text.typed_text import WIDE_TO_NARROW, plain

_QUARTERS = {"半": 30, "一刻": 15, "1刻": 15, "三刻": 45, "3刻": 45, "整": 0}
_BEFORE = any_of(day_part_words(behind=False))
_BEHIND = any_of(day_part_words(behind=True))
_MINUTES_BEFORE = any_of(meanings("minutes_before"))
_MINUTES_BEHIND = any_of(meanings("minutes_behind"))
_UNIT = rf"(?:{any_of(day_words('unit'))}\.?)"
_UNTIL = any_of(day_words("until"))
_AT = any_of(day_words("at"))
_ABOUT = f"(?-i:{any_of({*day_words('about'), *map(capital, day_words('about'))})})"  # CA846 is a flight
_ALL_DAY = any_of(day_words("all_day"))
_NOON, _MIDNIGHT = any_of(day_words("noon")), any_of(day_words("midnight"))
_HAN_MINUTES = r"半|一刻|1刻|三刻|3刻|整|[0-5]?\d\s?分?"
_CLOCK = re.compile(
    rf"""(?:(?P<before>{_BEFORE})\s?)?
    (?:(?P<minutes_before>{_MINUTES_BEFORE})\s?)?
    (?: (?P<h>[01]?\d|2[0-4]) (?: \s?[:.h]\s?(?P<m>[0-5]\d) | \s?[点點时時]\s?(?P<zh>{_HAN_MINUTES})? )?
      | (?P<hm>(?:[01]?\d|2[0-4])[0-5]\d) )
    \s?(?:{_UNIT}|[点點])?
    (?:\s?(?P<minutes_behind>{_MINUTES_BEHIND}))?
    (?:\s?(?P<behind>{_BEHIND}))?
    |(?P<noon>{_NOON})|(?P<midnight>{_MIDNIGHT})""",
    re.VERBOSE,
)
MOST_WORDS = 18  # Words of the longest hours: two times with every sign apart, and what stands between them
_PART_AT_END = re.compile(rf"(?:{_BEFORE}|{_MINUTES_BEFORE})$")
_FIGURE_AT_END = re.compile(rf"\b\d\d?(?:\s?{_UNIT})?(?:\s[^\W\d]{{1,3}})?$")
_PART_AT_START = re.compile(rf"\s?(?:{_BEHIND}|{_MINUTES_BEHIND})")
_BETWEEN = re.compile(rf"\s?(?:-|至|到)\s?|\s{_UNTIL}\s|\s")


def type_time(said: str) -> str:
    """Return the time somebody typed, as ``15:05``. Raises ValueError for what is none."""
    return _begins(_time(plain(said))[0])


def type_hours(said: str) -> tuple[str, str | None]:
    """Return a time, or the two of a range: ``0930 1030``, ``9:30–10:30``, ``下午3点到4点``, ``3-4pm``. Raises ValueError."""
    text = plain(said)
    if _CLOCK.fullmatch(text):
        return _begins(_time(text)[0]), None
    for found in _BETWEEN.finditer(text):
        if found[0] == " " and part_follows(text[found.start() :]):
            continue
        try:
            (start, told), (end, told_too) = _time(text[: found.start()]), _time(text[found.end() :])
        except ValueError:
            continue
        if told_too and not told and (end < "12" or start < "12") and (later := _afternoon(start)) <= end:
            start = later  # 12:30-1:45 pm begins past noon
        if told and not told_too and end < start <= _afternoon(end):
            end = _afternoon(end)
        return _begins(start), end.replace("24:", "00:")
    raise ValueError(said)


def _begins(time: str) -> str:
    """Return a time at which something may begin. Raises ValueError for the end of a day, which may be meant of the day before."""
    if time == "24:00":
        raise ValueError(time)
    return time


def split_hours(said: str) -> Iterator[tuple[str, tuple[str, str | None]]]:
    """Yield the ways in which a text ends with hours: the text before them, and the hours; the longest hours first."""
    parts = said.split()
    for at in range(max(0, len(parts) - MOST_WORDS), len(parts) + 1):
        before, behind = " ".join(parts[:at]).rstrip(",， "), " ".join(parts[at:])
        try:
            hours = type_hours(behind)
        except ValueError:
            continue
        apart = _FIGURE_AT_END.search(before) is None or any(map(str.isdigit, behind))  # *half 1 noon*
        if apart and not _PART_AT_END.search(folded(before)):  # it would not fit these hours
            yield before, hours


def part_follows(text: str) -> bool:
    """Return whether a text begins with the part of the day that belongs to an hour before it."""
    return _PART_AT_START.match(folded(text)) is not None


def _time(text: str) -> tuple[str, bool]:
    """Return a time up to 24:00, and whether it was given as before or after noon."""
    found = _CLOCK.fullmatch(text)
    if not found:
        raise ValueError(text)
    if found["noon"] or found["midnight"]:
        return ("12:00" if found["noon"] else "24:00"), True
    hour, minute = int(found["h"] or found["hm"][:-2]), int(found["m"] or (found["hm"] or "0")[-2:])
    if zh := found["zh"]:
        minute = _QUARTERS[zh] if zh in _QUARTERS else int(zh.rstrip("分 "))
    moved = [meanings(name)[found[name]] for name in ("minutes_before", "minutes_behind") if found[name]]
    if (moved and (len(moved) > 1 or moved[0] is None or minute)) or (hour == 24 and (minute or moved)):
        raise ValueError(text)  # *half eight* is one hour in London and another one in Utrecht
    return _of_day(hour, minute, [found[name] for name in ("before", "behind") if found[name]], *moved)


def _of_day(hour: int, minute: int, parts: list[str], moved: int = 0) -> tuple[str, bool]:
    """Return the hour that all parts of the day said beside it mean; ``moved``: minutes before or after the hour that was named."""
    if moved < 0:
        hour -= 1
        if hour <= 0:
            hour = 12 if parts else -1  # *halb 1* is said past midnight and past noon
    minute += moved % 60
    clocks = {day_parts()[part].hour(hour, minute) for part in parts} or {f"{hour:02}:{minute:02}"}
    if len(clocks) > 1 or hour < 0:
        raise ValueError(str(hour))
    return clocks.pop(), bool(parts)


def _afternoon(time: str) -> str:
    return f"{(int(time[:2]) + 12) % 24:02}{time[2:]}"


# A mark that a time is on the next day: ``0640+1``, ``06:40 (+1)``, ``次日06:40``.
NEXT_DAY = re.compile(
    r"(?<=[\d点分])(?:\s*\(\+\s?1\)|\+\s?1(?![\w:.])|\s+\+1(?=\s*$)|\s*\(?(?:次日|翌日|第二天)\)?)|(?:次日|翌日|第二天)\s*(?=\d)"
)

# -- the hours with which a line begins ----------------------------------------------------------------

_PART_OF_DAY = re.compile(
    rf"(?:{any_of(word for word, part in day_parts().items() if part.labels)}|{_ALL_DAY})"
    r"(?=\s*[:：\t|–—-]|(?<=[\u4e00-\u9fff])\s)",
    re.IGNORECASE,
)
# An hour that is one by itself: figures alone may count something.
_IN_LINE = (
    rf"(?:{_BEFORE}\s*)?(?:{_MINUTES_BEFORE}\s*)?(?:"
    rf"(?:[01]?\d|2[0-4])\s?(?:[:：.h]\s?[0-5]\d(?!\d)|[点點时時](?:\s?(?:{_HAN_MINUTES}))?)(?:\s?{_UNIT})?(?:\s?{_MINUTES_BEHIND})?(?:\s?{_BEHIND})?"
    rf"|\d{{1,2}}\s?(?:{_UNIT}(?:\s?{_MINUTES_BEHIND})?(?:\s?{_BEHIND})?|(?:{_MINUTES_BEHIND}\s?)?{_BEHIND}))"
)
_DASH = r"[-–—−－~〜～至到]"
_FOUR_FIGURES = r"[0-2]\d[0-5]\d"
FIRST_HOUR = (
    rf"(?:{_IN_LINE}|(?:{_BEFORE}\s*)?\d{{1,2}}(?=\s?(?:{_DASH}|{_UNTIL})\s?{_IN_LINE})"
    rf"|{_FOUR_FIGURES}(?=\s?[-–—−~]\s?{_FOUR_FIGURES}\b|\s?(?:hrs|h)\b))"
)


@cache
def _hours() -> re.Pattern[str]:
    """Return the pattern of hours at the beginning of a line; it takes a while to compile."""
    return re.compile(
        rf"(?:(?:{_AT}|{_ABOUT})\s*){{0,2}}(?:{FIRST_HOUR}|(?<=ore\s)\d{{1,2}}(?=\s))"
        rf"(?:\s?(?:[-–—−－~〜～至到/]+|{_UNTIL})\s?(?:{NEXT_DAY.pattern})?(?:{_IN_LINE}|{_FOUR_FIGURES}\b|\d{{1,2}}\b|{_NOON}|{_MIDNIGHT})"
        rf"|\s?(?:{_DASH}|起|开始)(?!\s?\d))?"
        rf"(?:\s?{_UNIT})?(?!\d)(?:{NEXT_DAY.pattern})?",
        re.IGNORECASE,
    )


_AROUND = re.compile(rf"[(（)）,，]|左右|开始|出发|集合|起$|前后|{any_of(('from', 'h'))}|{_ABOUT}", re.IGNORECASE)
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_OPENING = re.compile(rf"^(?:{_AT}\s+)+(?=\d)|(?<=\d)\s?h\b", re.IGNORECASE)
_TO = re.compile(rf"(?<=\d)\s+{_UNTIL}\s+(?=\d)", re.IGNORECASE)
_PARTING = " \t:：-–—|,，;；."


def hours_of(text: str) -> tuple[str, str]:
    """Return the hours, or the part of the day, with which a line begins, and the rest; no hours where there are none."""
    found = _hours().match(text) or _PART_OF_DAY.match(text)
    return (found[0].strip(), text[found.end() :].lstrip(_PARTING)) if found else ("", text)


def labels_of_part(said: str) -> Mapping[str, str]:
    """Return the words for a part of the day in each language; none for other words."""
    part = day_parts().get(folded(said))
    return part.labels if part else {}


def past_noon(part: str, hours: str) -> str:
    """Return hours below the name of an afternoon or evening with that name, where they are meant past noon: 下午2:30."""
    named, first = day_parts().get(folded(part)), re.match(r"0?(\d{1,2})(?!\d)", hours)
    try:
        past = named is not None and first is not None and named.hour(int(first[1]), 0) > "12:59" and int(first[1]) < 12
    except ValueError:
        return hours
    return f"{labels_of_part(part).get('zh', '')}{hours}" if past else hours


def hours_said(said: str) -> tuple[str, str, str]:
    """Return first and last hour of a text, and the words that are not hours, such as "morning"."""
    text = " ".join(NEXT_DAY.sub(" ", said).split()).strip(" ,;-–—−")
    if not text or re.fullmatch(_ALL_DAY, text, re.IGNORECASE):
        return "", "", ""
    if labels_of_part(text):
        return "", "", text
    bare = _TO.sub("-", _OPENING.sub("", text))
    alone = " ".join(_BRACKETS.sub(" ", text).split())  # 14:30 (tbc)
    around = " ".join(_AROUND.sub(" ", text).split())
    for way in (text, bare, around, alone, re.sub(r"[~至到]\s*$", "", text).strip()):
        try:
            start, end = type_hours(re.sub(r"[—–―－~〜～]+", "-", way))
        except ValueError:
            continue
        return start, end or "", "" if way in (text, bare) else text
    return "", "", text


# -- durations -----------------------------------------------------------------------------------------

# A duration after an hour: ``1h``, ``90 min``, ``1小时30分``.
DURATION = re.compile(
    r"\s*(?:,|for )?\s*(?:(\d{1,2}(?:\.5)?)\s?(?:h|hours?|小时)(?:\s?(\d{1,2})\s?(?:m|min|分钟?)?)?|(\d{1,3})\s?(?:min|minutes?|分钟))(?![\w])"
)


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
    return int(found[3]) if found[3] else round(60 * float(found[1])) + int(found[2] or 0)
