"""Reads dates relative to the day they are typed on: ``fri``, ``+14``, ``明天``, ``15 dec``.

**A year left out** is the one that puts the date into the twelve months that begin three months before the date standing in
the field, or before today where it is empty: who plans looks ahead, who writes down looks back a little, and who corrects a
day of 2019 means 2019. **A weekday alone** is the next one, today included; at the end of a range, the next one after its beginning.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import NamedTuple

from ucapdesk.base.i18n import LANGUAGES
from ucapdesk.base.phrases import typed
from ucapdesk.model.codes import folded
from ucapdesk.model.text.date_words import day_names, months, weekdays
from ucapdesk.model.values.partial_date import days_later, months_later

BACK = 92
_OFFSET = re.compile(
    r"(?P<sign>[+-]|in |en |tra |fra |dentro de )? ?(?P<n>\d{1,4}) ?个?(?P<unit>[^\W\d]*?) ?(?P<zh>后|前)?"
)
_HAN_SPAN = re.compile(r"\d{1,4} ?(?:[天日周]|个?星期|个?礼拜|个月) ?[后前]|\d{1,2} ?年 ?[后前]")
"""A time from today: 7个月前 is seven months ago; 7月前, 7月中旬前 and 2019年前 name a month or a year."""
_ARTICLE = re.compile(r"(?:the|on|el|il|am|den|der|le) ")
_DAY_MONTH = re.compile(r"(?P<d>\d{1,2})(?:st|nd|rd|th|\.|o|°)?[ -]?(?:de |of )?(?P<m>[^\W\d]+)\.?")
_MONTH_DAY = re.compile(r"(?P<m>[^\W\d]+)\.?[ -]?(?P<d>\d{1,2})(?:st|nd|rd|th)?")
_HAN = re.compile(r"(?P<m>\d{1,2}) ?月(?: ?(?P<d>\d{1,2}) ?[日号]?)?")
_FIGURES = re.compile(r"(\d{1,2})[-/. ](\d{1,2})\.?")
_SHORT = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{2}|\d{4})")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)")
_LATIN_DATE = re.compile(r"(?P<d>\d{1,2})[ -]?(?P<m>[^\W\d]+)\.?[ -](?P<y>\d{4}|\d{2})")


class Today(NamedTuple):
    """The reference day of short dates."""

    today: date
    since: date
    """A date without a year falls into the twelve months from here."""
    weekday_from: date
    lang: str = "en"

    @classmethod
    def of(cls, today: date, lang: str, held: date | None = None) -> Today:
        """Return the reference for a day; ``held`` is the date already in the field."""
        return cls(today, _moved(held or today, -BACK), today, lang)

    def after(self, first: str) -> Today:
        """Return the reference for the end of a range, which comes after its beginning."""
        begin = date.fromisoformat(first)
        return Today(self.today, begin, max(begin, self.today), self.lang)

    def read(self, text: str) -> str | None:
        """Return a short date as EDTF; None where the text is none. The text is plain (``typed_text``)."""
        text = _ARTICLE.sub("", text, count=1) if _ARTICLE.match(text) else text
        return self._away(text) or self._weekday(text) or self._yearless(text) or self._with_year(text)

    def _away(self, text: str) -> str | None:
        if text in (days := typed("days_away")):
            return days_later(self.today, days[text])
        found = _OFFSET.fullmatch(text)
        if not found or not (found["sign"] or _HAN_SPAN.fullmatch(text)):
            return None
        unit = typed("units").get(found["unit"][:1] or "d")
        n = int(found["n"]) * (-1 if found["sign"] == "-" or found["zh"] == "前" else 1)
        if unit in ("month", "year"):
            return months_later(self.today.isoformat(), n * (12 if unit == "year" else 1))
        return days_later(self.today, n * (7 if unit == "week" else 1)) if unit else None

    def _weekday(self, text: str) -> str | None:
        if text in months() and not (self.lang in ("es", "it") and text == "mar"):
            return None
        for word, weeks in typed("weeks_away").items():
            if text.startswith(word) and (number := weekday_number(text[len(word) :], self.lang)) is not None:
                return days_later(self.today, weeks * 7 - self.today.weekday() + number)
        number = weekday_number(text, self.lang)
        return None if number is None else days_later(self.weekday_from, (number - self.weekday_from.weekday()) % 7)

    def _yearless(self, text: str) -> str | None:
        if figures := _FIGURES.fullmatch(text):
            return self._in_figures(int(figures[1]), int(figures[2]))
        for form in (_DAY_MONTH, _MONTH_DAY, _HAN):
            found = form.fullmatch(text)
            month = month_of(found["m"]) if found else 0
            if found and month:
                return self._in_window(month, int(found["d"]) if found["d"] else None)
        return self._in_window(months()[text.rstrip(".")], None) if text.rstrip(".") in months() else None

    def _in_figures(self, one: int, other: int) -> str | None:
        day, month = (other, one) if self.lang == "zh" else (one, other)
        return self._in_window(month, day) or self._in_window(day, month)

    def _in_window(self, month: int, day: int | None) -> str | None:
        for year in range(self.since.year, self.since.year + 9):  # the 29th of February may be far
            said = edtf(year, month, day)
            if said and f"{said}-31"[:10] >= self.since.isoformat():
                return said
        return None

    def _with_year(self, text: str) -> str | None:
        """Read years in two figures, and dates without separators."""
        if compact := _COMPACT.fullmatch(text):
            return edtf(*map(int, compact.groups()))
        if words := _LATIN_DATE.fullmatch(text):
            return edtf(_year(words["y"]), month_of(words["m"]), int(words["d"]))
        short = _SHORT.fullmatch(text)
        if not short:
            return None
        one, two, three = int(short[1]), int(short[3]), _year(short[4])
        if self.lang != "zh":
            return edtf(three, two, one) or edtf(three, one, two)
        if len(short[4]) == 2 and (found := edtf(2000 + one, two, int(short[4]))):
            return found
        return edtf(three, one, two) or edtf(three, two, one)


def weekday_number(text: str, lang: str) -> int | None:
    """Return the number of a weekday (Monday 0) by a long or short name; the reader's own language goes before the others."""
    text = text.rstrip(".").replace("週", "周").replace("禮", "礼")
    return _short_weekdays(lang).get(text, weekdays().get(text))


@cache
def _short_weekdays(lang: str) -> dict[str, int]:
    found = {"tues": 1, "weds": 2, "thur": 3, "thurs": 3, "周天": 6, "星期天": 6}
    found |= {f"礼拜{'一二三四五六日天'[n]}": min(n, 6) for n in range(8)}
    for each in sorted(LANGUAGES, key=lambda each: each != lang):
        for number, name in day_names("abbreviated", each).items():
            found.setdefault(folded(name).rstrip("."), number)
    return found


def edtf(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """Return a date, as precise as it is known; None where the calendar has none."""
    try:
        whole = date(year, 1 if month is None else month, 1 if day is None else day).isoformat()
    except ValueError:
        return None
    return whole[: 4 if month is None else 7 if day is None else 10]


def _year(said: str) -> int:
    return int(said) if len(said) == 4 else 2000 + int(said)


def month_of(said: str) -> int:
    """Return the number of a month in figures or words; 0 for what is none."""
    return int(said) if said.isdigit() else months().get(said, 0)


def _moved(day: date, days: int) -> date:
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))
