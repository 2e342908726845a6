"""Tells the days of a programme: with a year or without, in figures, by the weekday alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cache

from ucapdesk.model.codes import folded
from ucapdesk.model.dates.hours import FIRST_HOUR, hours_of
from ucapdesk.model.dates.in_text import DateStyle, placed_dates
from ucapdesk.model.dates.words import any_of, day_words, months, weekday_names, weekday_number
from ucapdesk.model.rules.itinerary import is_day
from ucapdesk.model.text.typed_text import plain
from ucapdesk.model.values import PartialDate

_LATIN_WEEKDAYS = any_of(name for name in (*weekday_names(), *day_words("weekdays")) if name[0] < "\u3000")
WEEKDAY = re.compile(
    rf"[(（]?\s{{0,3}}(?:(?:[周週]|星期|[礼禮]拜)[一二三四五六日天]|{_LATIN_WEEKDAYS}\.?)\s*[)）]?", re.IGNORECASE
)


@cache
def numbered_day() -> re.Pattern[str]:
    """Return the pattern of a day such as ``12. April 2027``, or ``31.12.`` alone or before an hour, whose figure is no number of a list."""
    return re.compile(
        rf"\d{{1,2}}\.(?:\s*{any_of(months())}\.?(?=\s+\d{{4}}|\s*[,:：–—-]|\s*$)"
        rf"|\d{{1,2}}\.\s*(?:{WEEKDAY.pattern}\s*(?=$|[,:：\d–—-])|$|{FIRST_HOUR}))",
        re.IGNORECASE,
    )


DAY_NUMBER = re.compile(
    rf"第([一二三四五六七八九十\d]{{1,3}})天|{any_of(day_words('numbered_day'))} (\d{{1,2}})\b[:：]?", re.IGNORECASE
)
_SHORT = re.compile(r"(?<![\d./])(\d{1,2})([./])(\d{1,2})(\.?)(?![\d./])")
_FIGURES = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?!\d)")
_DAY = r"(\d{1,2})(?:st|nd|rd|th|[º°日号號])?"
_WEEKDAY_AND_DAY = re.compile(rf"(\D+?)[\s,，(（]*{_DAY}")
_CLOCK = re.compile(r"\d\s?[:：]")
_HOUR = re.compile(rf"{_CLOCK.pattern}\s?\d")
_AROUND = " :：.,，()（）"
_LEADING = re.compile(r"(\d{1,2}[./]\d{1,2}\.?)(?![\d:：])\s*(.*)", re.IGNORECASE)
_DAY_AND_MONTH = re.compile(r"\d{1,2}[./](?:0?[1-9]|1[0-2])(?![\d:：])")
_OPENING = re.compile(rf"(?:{DAY_NUMBER.pattern})?[\s:：,，–—-]*", re.IGNORECASE)
_LEAP = 2028  # A year in which any day is, to find days whose year is told elsewhere
LONGEST_HEADING = 120
LONGEST_TITLE = 300
Days = tuple[str, str]


class ProgrammeDays:
    """Reads the days of one programme.

    One without a year is that nearest to the day before it, the first one that nearest to the visit or to a date above it.
    """

    def __init__(self, titles: Sequence[str], rows: Sequence[str], visit: Days | None) -> None:
        said = [text[:LONGEST_TITLE] for text in (*titles, *rows)]
        self._visit = visit
        self._style = _style("\n".join(said), visit)
        dated = (PartialDate(found.edtf).bounds for text in said for *_, found in placed_dates(text, self._style))
        self._span = visit if _middle(visit) else next(dated, None)
        self._middle = _middle(self._span)
        self.day = ""  # The day of what follows, until another one is named; as EDTF
        self._month_first = self._is_month_first(said[len(titles) :])
        self._numbered = [text for text in said if DAY_NUMBER.match(text)]
        self._before: date | None = None
        # The day before the first, from which those that are only numbered count; None where nobody can tell.
        self._before = self._day_before_first(titles)

    def read(self, said: str, *, among_hours: bool = False) -> tuple[str, str]:
        """Return the day or days of a text as EDTF, and what else it says, without which day of the visit it is.

        ``among_hours``: 9.10 is no day, but ten past nine.
        """
        whole, said = said, DAY_NUMBER.sub(" ", said).lstrip(" :：-–—,，")
        near = date.fromisoformat(self.day[:10]) if self.day else self._middle
        if near and (day := self._by_weekday_and_day(said, near)):
            return day, ""
        years, at = ([near.year + n for n in (0, -1, 1)], near.toordinal()) if near else ([], 0)
        ways = (way for year in years if (way := self._dated(said, year, hours=among_hours)))
        found = self._dated(said) or min(
            ways, key=lambda way: abs(date.fromisoformat(way[0][:10]).toordinal() - at), default=None
        )
        if found is None:
            number = _number_of(whole)
            numbered = f"{self._before + timedelta(number)}" if number and self._before else ""
            days = {self._by_weekday(said), numbered} - {""}
            return days.pop() if len(days) == 1 else "", " ".join(WEEKDAY.sub(" ", said).split())
        day, rest = found
        again, left = self.read(rest) if 0 < len(rest) < LONGEST_TITLE else ("", "")
        return day, left if again == day else rest  # in another language it may stand once more

    def _dated(self, said: str, year: int | None = None, *, hours: bool = False) -> tuple[str, str] | None:
        """Return the first day of a text and what else it says; ``year`` is that of a day that names none."""
        head = said[:LONGEST_TITLE]
        for start, end, found in placed_dates(head if year is None else f"{head} | {year}", self._style):
            if start < len(head) and is_day(found.edtf[:10]):
                around = f"{said[:start]} {said[min(end, len(head)) :]}"
                return found.edtf.rstrip("?"), _without_weekday(DAY_NUMBER.sub(" ", around))
        if year is None or not ("." in said or "/" in said):
            return None
        short = _SHORT.search(day_at_start(said)[0] if _CLOCK.search(said) else said)
        if short is None or (hours and short[2] == "." and not short[4]):
            return None
        american = self._style.first == "month" and short[2] == "/"
        day, month = (short[3], short[1]) if american or self._month_first else (short[1], short[3])
        edtf = f"{year}-{int(month):02}-{int(day):02}"
        rest = _without_weekday(said[: short.start()] + said[short.end() :])
        return (edtf, rest) if is_day(edtf) else None

    def _is_month_first(self, rows: Sequence[str]) -> bool:
        """Return whether 5.3 is the third of May: in the visit, or in what the paper tells of it, are all such days, read so alone."""
        found = [each for text in rows if not _CLOCK.search(text) and (each := _SHORT.search(text))]
        ways = [[f"{int(each[a]):02}-{int(each[b]):02}" for each in found] for a, b in ((1, 3), (3, 1))]
        first, last = (day[5:] for day in self._span or ("", ""))
        month_first, day_first = (all(first <= day <= last for day in way) for way in ways)
        return bool(first) and month_first and not day_first and not any(each[4] for each in found)

    def _by_weekday(self, said: str) -> str:
        """Return the next day of that name; where no day was named before, the only one in the visit."""
        number = weekday_number(folded(said.strip(_AROUND)))
        if number is None or not (self.day or self._visit):
            return ""
        first, last = self._visit or (self.day[:10], "9999-12-31")
        begin = date.fromisoformat(self.day[:10] or first)
        found = begin + timedelta((number - begin.weekday()) % 7)
        only = self.day or (found + timedelta(7)).isoformat() > last
        return found.isoformat() if only and found.isoformat() <= last else ""

    def _by_weekday_and_day(self, said: str, near: date) -> str:
        """Return the day about another one that a weekday and its number name: *mar 4* in a week of May is the 4th of May."""
        found = _WEEKDAY_AND_DAY.fullmatch(said.strip(_AROUND))
        weekday = weekday_number(folded(found[1].strip(_AROUND))) if found else None
        days = (near + timedelta(n) for n in range(-14, 15)) if weekday is not None else ()
        return next((f"{day}" for day in days if found and (day.weekday(), day.day) == (weekday, int(found[2]))), "")

    def _day_before_first(self, titles: Sequence[str]) -> date | None:
        """Return the day before the first, where a day is told beside its number, or visit or title has as many days."""
        for text in self._numbered:
            if day := self.read(text)[0]:
                return date.fromisoformat(day[:10]) - timedelta(_number_of(text))
        dated = (PartialDate(found.edtf).bounds for text in titles for *_, found in placed_dates(text, self._style))
        numbers = {_number_of(text) for text in self._numbered}
        most = max(numbers) if 1 in numbers else 0  # "Día 2" of those from the 2nd to the 6th is no third
        for first, last in filter(None, (*dated, self._visit)):
            if most > 1 and first > "0001-01-01" and f"{date.fromisoformat(first) + timedelta(most - 1)}" == last:
                return date.fromisoformat(first) - timedelta(1)
        return None


def day_at_start(text: str) -> tuple[str, str]:
    """Return the words of the day with which a line begins, and what follows; no day where there is none."""
    opening = _OPENING.match(text)
    start = opening.end() if opening else 0
    if names_a_day(text):
        return text, ""
    weekday = WEEKDAY.match(text, start)
    if weekday:
        start = weekday.end()
        behind = text[start:].lstrip(" \t,，:：")
        if hours_of(behind)[0] and not _DAY_AND_MONTH.match(behind):
            return text[:start].strip(), behind
        start += len(text[start:]) - len(text[start:].lstrip(" .,，"))
    begins = text[start : start + LONGEST_HEADING]
    for at, end, found in placed_dates(f"{begins} | {_LEAP}"):
        opens = folded(begins[:at].strip(" ,(（")) in ("", *day_words("the"))
        if opens and end <= len(begins) and found.edtf.count("-") >= 2:
            behind = text[start + end :]
            lead = len(behind) - len(behind.lstrip(" ,，"))
            week = WEEKDAY.match(behind, lead)
            end = start + end + (week.end() if week else 0)
            return text[:end].strip(), text[end:].strip(" :：–—-,，")
    figures = _LEADING.match(text[start:])
    if figures and (weekday or not figures[2] or figures[1].endswith(".") or WEEKDAY.match(figures[2].lstrip("(（"))):
        return text[: start + figures.end(1)].strip(), figures[2]
    numbered = text[: opening.end()].strip() if opening and DAY_NUMBER.match(text) else ""
    rest = text[len(numbered) :].lstrip()
    return (numbered, rest) if numbered and (not numbered[-1].isalnum() or hours_of(rest)[0]) else ("", text)


def only_day(lines: Iterable[str]) -> str:
    """Return the words of the only day that lines name, where no hour stands beside it; nothing where they name several."""
    named: dict[str, str] = {}
    for line in (line[:LONGEST_HEADING] for line in lines if not _HOUR.search(line)):
        dated = ((line[at:end], found.edtf) for at, end, found in placed_dates(f"{line} | {_LEAP}") if end <= len(line))
        named |= {edtf: said for said, edtf in dated if edtf.count("-") > 1}
    return named.popitem()[1] if len(named) == 1 and "/" not in "".join(named) else ""


def _without_weekday(said: str) -> str:
    """Return what stands beside a day without its weekday, of which there 5/18（二） is one too."""
    return " ".join(re.sub(r"[(（][一二三四五六日天][)）]", " ", WEEKDAY.sub(" ", said)).split())


def _number_of(said: str) -> int:
    """Return which day of a visit a text names, 0 for one that does not begin with it."""
    found = DAY_NUMBER.match(said.lstrip())
    number = plain(f"{found[1] or found[2]}天").rstrip("天") if found else ""
    return int(number) if number.isdecimal() else 0


def names_a_day(said: str) -> bool:
    """Return whether a text names nothing but a weekday, also with the number of the day, or which day of a visit it is."""
    bare = said.strip(_AROUND)
    left = WEEKDAY.sub("", DAY_NUMBER.sub("", bare)).strip(_AROUND)
    return bool(bare) and (not left or (left != bare and re.fullmatch(_DAY, left) is not None))


def _style(said: str, visit: Days | None) -> DateStyle:
    """Return how days are written in figures: as those tell that can only be meant in one way, else those of the visit's months."""
    style = DateStyle.of(said)
    if style.sure or not visit:
        return style
    months = {int(day[5:7]) for day in visit}
    sure = [(int(b) in months) - (int(a) in months) for a, b in _FIGURES.findall(said)]
    return DateStyle("day" if sum(sure) > 0 else "month") if any(sure) else style


def _middle(days: Days | None) -> date | None:
    """Return the day in the middle of two; where one of them is open, the other one."""
    known = [date.fromisoformat(day) for day in days or () if "0001-01-01" < day < "9999-12-31"]
    return known[0] + (known[-1] - known[0]) / 2 if known else None
