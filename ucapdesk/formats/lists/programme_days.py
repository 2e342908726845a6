"""Tells the days of a programme: with a year or without, in figures, by the weekday alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from ucapdesk.formats.glance.dates_in_text import DateStyle, placed_dates
from ucapdesk.formats.glance.text import folded, squash
from ucapdesk.formats.lists.text_lines import DAY_NUMBER, WEEKDAY
from ucapdesk.model.rules.itinerary import is_day
from ucapdesk.model.text.parse.near_dates import weekday_number
from ucapdesk.model.values import PartialDate

_SHORT = re.compile(r"(?<![\d./])(\d{1,2})([./])(\d{1,2})(\.?)(?![\d./])")
_FIGURES = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?!\d)")
_CLOCK = re.compile(r"\d\s?[:：]")
_AROUND = " :：.,，()（）"
LONGEST_TITLE = 300
Days = tuple[str, str]


class ProgrammeDays:
    """Reads the days of one programme.

    One without a year is that nearest to the day before it, the first one that nearest to the visit or to a date above it.
    """

    def __init__(self, titles: Sequence[str], rows: Sequence[str], visit: Days | None, lang: str) -> None:
        said = [text[:LONGEST_TITLE] for text in (*titles, *rows)]
        self._visit = visit
        self._style = _style("\n".join(said), visit)
        self._lang = lang
        dated = (PartialDate(found.edtf).bounds for text in said for *_, found in placed_dates(text, self._style))
        self._middle = _middle(visit) or _middle(next(dated, None))
        self.day = ""
        """The day of what follows, until another one is named; as EDTF."""

    def read(self, said: str, *, among_hours: bool = False) -> tuple[str, str]:
        """Return the day or days of a text as EDTF, and what else it says, without which day of the visit it is.

        ``among_hours``: 9.10 is no day, but ten past nine.
        """
        said = DAY_NUMBER.sub(" ", said).lstrip(" :：-–—,，")
        near = date.fromisoformat(self.day[:10]) if self.day else self._middle
        years = [near.year + n for n in (0, -1, 1)] if near else []
        ways = (way for year in years if (way := self._dated(said, year, hours=among_hours)))
        found = self._dated(said) or min(ways, key=lambda way: _apart(way[0], near), default=None)
        if found is None:
            return self._by_weekday(said), squash(WEEKDAY.sub(" ", said))
        day, rest = found
        again, left = self.read(rest) if 0 < len(rest) < LONGEST_TITLE else ("", "")
        return day, left if again == day else rest  # in another language it may stand once more

    def _dated(self, said: str, year: int | None = None, *, hours: bool = False) -> tuple[str, str] | None:
        """Return the first day of a text and what else it says; ``year`` is that of a day that names none."""
        head = said[:LONGEST_TITLE]
        for start, end, found in placed_dates(head if year is None else f"{head} | {year}", self._style):
            if start < len(head) and is_day(found.edtf[:10]):
                around = f"{said[:start]} {said[min(end, len(head)) :]}"
                return found.edtf.rstrip("?"), squash(WEEKDAY.sub(" ", DAY_NUMBER.sub(" ", around)))
        short = None if year is None or _CLOCK.search(said) else _SHORT.search(said)
        if short is None or (hours and short[2] == "." and not short[4]):
            return None
        day, month = (short[3], short[1]) if self._style.first == "month" and short[2] == "/" else (short[1], short[3])
        edtf = f"{year}-{int(month):02}-{int(day):02}"
        rest = squash(WEEKDAY.sub(" ", said[: short.start()] + said[short.end() :]))
        return (edtf, rest) if is_day(edtf) else None

    def _by_weekday(self, said: str) -> str:
        """Return the next day of that name; where no day was named before, the only one in the visit."""
        number = weekday_number(folded(said.strip(_AROUND)), self._lang)
        if number is None or not (self.day or self._visit):
            return ""
        first, last = self._visit or (self.day[:10], "9999-12-31")
        begin = date.fromisoformat(self.day[:10] or first)
        found = begin + timedelta((number - begin.weekday()) % 7)
        only = self.day or (found + timedelta(7)).isoformat() > last
        return found.isoformat() if only and found.isoformat() <= last else ""


def names_a_day(said: str) -> bool:
    """Return whether a text names nothing but a weekday, or which day of a visit it is."""
    return bool(said.strip(_AROUND)) and not WEEKDAY.sub("", DAY_NUMBER.sub("", said)).strip(_AROUND)


def _style(said: str, visit: Days | None) -> DateStyle:
    """Return how days are written in figures: as those tell that can only be meant in one way, else those of the visit's months."""
    style = DateStyle.of(said)
    if style.sure or not visit:
        return style
    months = {int(day[5:7]) for day in visit}
    sure = [(int(b) in months) - (int(a) in months) for a, b in _FIGURES.findall(said)]
    return DateStyle("day" if sum(sure) > 0 else "month") if any(sure) else style


def _apart(edtf: str, near: date | None) -> int:
    return abs((date.fromisoformat(edtf[:10]) - near).days) if near else 0


def _middle(days: Days | None) -> date | None:
    """Return the day in the middle of two; where one of them is open, the other one."""
    known = [date.fromisoformat(day) for day in days or () if "0001-01-01" < day < "9999-12-31"]
    return known[0] + (known[-1] - known[0]) / 2 if known else None
