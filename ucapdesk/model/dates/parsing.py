"""Reads dates as people type them in five languages, exactly as precise as they were written.

``parse_date`` reads what stands in a paper or a script: ``12/6/2019`` may be June or December, so it is read only where the
language never puts the month first; with dots, nobody puts it first. ``type_date`` reads what somebody types now, with the answer
before their eyes: the day comes first but for a Chinese reader, and what today makes clear may be left out (``fri``, ``+14``,
``明天``, ``15 dec``). ``day_of_line`` reads the day with which a typed line of a programme begins.

**A year left out** is the one that puts the date into the twelve months that begin three months before the date standing in
the field, or before today where it is empty: who plans looks ahead, who writes down looks back a little, and who corrects a
day of 2019 means 2019. **A weekday alone** is the next one, today included; at the end of a range, the next one after its beginning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from ucapdesk.base.i18n import phrases, typed
from ucapdesk.model.codes import folded
from ucapdesk.model.dates.words import any_of, day_words, months, weekday_number, weekdays
from ucapdesk.model.text.typed_text import plain
from ucapdesk.model.values import PartialDate
from ucapdesk.model.values.partial_date import days_later, months_later

BACK = 92
_OFFSET = re.compile(
    r"(?P<sign>[+-]|in |en |tra |fra |dentro de )? ?(?P<n>\d{1,4}) ?个?(?P<unit>[^\W\d]*?) ?(?P<zh>后|前)?"
)
# A time from today: 7个月前 is seven months ago; 7月前, 7月中旬前 and 2019年前 name a month or a year.
_HAN_SPAN = re.compile(r"\d{1,4} ?(?:[天日周]|个?星期|个?礼拜|个月) ?[后前]|\d{1,2} ?年 ?[后前]")
_OF = any_of(day_words("of"))
_ARTICLE = re.compile(f"{any_of(day_words('the'))} ")
_DAY_MONTH = re.compile(rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th|\.|o|°)?[ -]?(?:{_OF} )?(?P<m>[^\W\d]+)\.?")
_MONTH_DAY = re.compile(r"(?P<m>[^\W\d]+)\.?[ -]?(?P<d>\d{1,2})(?:st|nd|rd|th)?")
_HAN = re.compile(r"(?P<m>\d{1,2}) ?月(?: ?(?P<d>\d{1,2}) ?[日号]?)?")
_FIGURES = re.compile(r"(\d{1,2})[-/. ](\d{1,2})\.?")
_SHORT = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{2}|\d{4})")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)")
_LATIN_DATE = re.compile(r"(?P<d>\d{1,2})[ -]?(?P<m>[^\W\d]+)\.?[ -](?P<y>\d{4}|\d{2})")


class Today(NamedTuple):
    """The reference day of short dates."""

    today: date
    since: date  # A date without a year falls into the twelve months from here
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
            if text.startswith(word) and (number := weekday_number(text[len(word) :])) is not None:
                return days_later(self.today, weeks * 7 - self.today.weekday() + number)
        number = weekday_number(text)
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
        if figures := _LATIN_DATE.fullmatch(text):
            return edtf(_year(figures["y"]), month_of(figures["m"]), int(figures["d"]))
        short = _SHORT.fullmatch(text)
        if not short:
            return None
        one, two, three = int(short[1]), int(short[3]), _year(short[4])
        if self.lang != "zh":
            return edtf(three, two, one) or edtf(three, one, two)
        if len(short[4]) == 2 and (found := edtf(2000 + one, two, int(short[4]))):
            return found
        return edtf(three, one, two) or edtf(three, two, one)


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
    return int(said) if said.isdigit() else months().get(said, 0)


def _moved(day: date, days: int) -> date:
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


_DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th|\.|o|°)?"
_FORMS = [
    re.compile(form)
    for form in (
        r"(?P<y>\d{4})",
        r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})",
        r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})",
        r"(?P<m>\d{1,2})[-/.](?P<y>\d{4})",
        r"(?P<y>\d{4}) ?年",
        r"(?P<y>\d{4}) ?年 ?(?P<m>\d{1,2}) ?月",
        r"(?P<y>\d{4}) ?年 ?(?P<m>\d{1,2}) ?月 ?(?P<d>\d{1,2}) ?[日号]",
        rf"{_DAY}(?: {_OF})? (?P<m>[^\W\d]+)\.?(?: {_OF}|,)? (?P<y>\d{{4}})",
        rf"(?P<m>[^\W\d]+)\.? {_DAY},? (?P<y>\d{{4}})",
        rf"(?P<m>[^\W\d]+)\.?(?: {_OF}|,)? (?P<y>\d{{4}})",
    )
]
_FULL_FIGURES = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
_FIRST_OF_RANGE = (_DAY, rf"{_DAY}(?: {_OF})? (?P<m>[^\W\d]+)\.?", r"(?P<m>[^\W\d]+)\.?")
_LAST_OF_RANGE = (r"(?P<d>\d{1,2})[日号]", r"(?P<m>\d{1,2})月(?P<d>\d{1,2})[日号]", r"(?P<m>\d{1,2})月")
_AMERICAN_RANGE = re.compile(r"([^\W\d]+)\.? (\d{1,2}) ?- ?(\d{1,2}),? (\d{4})")
_SEPARATOR = re.compile(rf" ?(?:-|至|到|/)(?! ?至) ?| {any_of(day_words('until'))} ")


class AmbiguousDateError(ValueError):
    """The figures are ambiguous: nobody can say whether day or month comes first."""


class _How(NamedTuple):
    """Options of reading a date."""

    lang: str | None = None
    near: Today | None = None  # Given where parts may be left out

    def after(self, first: str) -> _How:
        return self._replace(near=self.near.after(PartialDate(first).bounds[0])) if self.near else self


def parse_date(said: str, lang: str | None = None) -> PartialDate:
    """Return the date written in full, in any of the five languages.

    Args:
        said: What stands there.
        lang: The language it is in, where known; it settles ``12/6/2019``.

    Raises:
        ValueError: For what is no date, or may be two.
    """
    return _parsed(said, _How(lang))


def type_date(said: str, today: date, lang: str, held: PartialDate | None = None) -> PartialDate:
    """Return the date somebody typed today: ``15.12``, ``fri``, ``+2w``, ``12月15日``, ``9–15 June``, and all of ``parse_date``.

    Args:
        said: What was typed.
        today: The day it is.
        lang: The reader's language: in Chinese ``12/15`` has the month first, elsewhere the day; ``mar`` is a Tuesday in Spanish and Italian.
        held: What the field holds so far; a year left out follows from it.

    Raises:
        ValueError: For what is no date.
    """
    near = held.bounds[0] if held and ".." not in held.edtf else None
    how = _How(lang, Today.of(today, lang, date.fromisoformat(near) if near else None))
    try:
        return _parsed(said, _How(lang))
    except ValueError:
        return _parsed(said, how)


def _parsed(said: str, how: _How) -> PartialDate:
    try:
        return PartialDate(said.strip())
    except ValueError:
        return PartialDate(_read(plain(said), how))


def _read(text: str, how: _How) -> str:
    if not text:
        raise ValueError(text)
    single = _one(text, how)
    if single:
        return single
    if american := _AMERICAN_RANGE.fullmatch(text):
        month, first, last, year = american.groups()
        text = f"{first} {month} {year} - {last} {month} {year}"
    for before, behind, pattern in ((typed("from"), typed("from_behind"), "{}/.."), (typed("until"), (), "../{}")):
        bare = _without(text, before, behind)
        if bare != text and (end := _one(bare, how)):
            return pattern.format(end)
    for separator in _SEPARATOR.finditer(text):
        ends = _range(text[: separator.start()].strip(), text[separator.end() :].strip(), how)
        if ends:
            return "/".join(ends)
    raise ValueError(text)


def _range(first: str, last: str, how: _How) -> tuple[str, str] | None:
    """Return both ends; parts given at one end only apply to both."""
    begin = _one(first, how)
    end = _one(last, how.after(begin) if begin else how)
    if begin and end:
        return begin, end
    if end and end[-1].isdigit() and (begin := _completed(first, end, _FIRST_OF_RANGE)):
        return begin, end
    if begin and begin[-1].isdigit() and (end := _completed(last, begin, _LAST_OF_RANGE)):
        return begin, end
    return None


def _completed(text: str, other: str, forms: Iterable[str]) -> str | None:
    """Return a date without its year (and month) completed from the other end of its range; only of the same precision."""
    for form in forms:
        if match := re.fullmatch(form, text):
            said = match.groupdict()
            found = _edtf(other[:4], said.get("m") or other[5:7] or "0", said.get("d"))
            return found if found and found.count("-") == other.count("-") else None
    return None


def _one(text: str, how: _How) -> str | None:
    """Return a single date with its marks; None if it is none."""
    sure = _without(text, (), typed("uncertain"))
    exact = _without(sure, typed("about"), typed("about_behind"))
    mark = "%" if text != sure != exact else "?" if text != sure else "~" if sure != exact else ""
    if exact[-1:] in ("~", "?", "%"):
        mark, exact = exact[-1], exact[:-1]
    found = _bare(exact, how)
    return found + mark if found else None


def _bare(text: str, how: _How) -> str | None:
    if found := _dated(text, how):
        return found
    for number, rest in _weekday_off(text, how):
        found = _dated(rest, how)
        if found and found.count("-") == 2 and date.fromisoformat(found).weekday() == number:
            return found
    return None


def _weekday_off(text: str, how: _How) -> Iterator[tuple[int, str]]:
    """Yield the ways to take a weekday off a date: its number, and what remains."""
    for name, number in weekdays().items():
        if text.startswith(name) or text.rstrip(")").endswith(name):
            yield number, re.sub(rf"\(?{name}\)?", "", text).strip(" ,")
    if how.near:
        for name, rest in ((text.partition(" ")[::2]), (text.rpartition(" ")[::-2])):
            if rest and (short := weekday_number(name.strip("(),"))) is not None:
                yield short, rest.strip(" ,")


def _dated(text: str, how: _How) -> str | None:
    if figures := _FULL_FIGURES.fullmatch(text):
        found = _figures(int(figures[1]), int(figures[3]), figures[4], how, dotted=figures[2] == ".")
    else:
        matches = filter(None, (form.fullmatch(text) for form in _FORMS))
        found = next(filter(None, (_edtf(**match.groupdict()) for match in matches)), None)
    return found or (how.near.read(text) if how.near else None)


def _figures(one: int, other: int, year: str, how: _How, *, dotted: bool) -> str | None:
    if how.near:
        return None  # it says which comes first
    if one != other and max(one, other) <= 12 and not dotted and not phrases(how.lang or "en")["day_first"]:
        raise AmbiguousDateError(f"{one}/{other}/{year}")
    day, month = (other, one) if other > 12 else (one, other)
    return edtf(int(year), month, day)


def _edtf(y: str, m: str | None = None, d: str | None = None) -> str | None:
    """Return the date of these figures or words."""
    return edtf(int(y), month_of(m) if m else None, int(d) if d else None)


def _without(text: str, before: Iterable[str], behind: Iterable[str]) -> str:
    """Return the text without the first of these words that it has at its start or end."""
    for word in before:
        if text.startswith(word) and (not word[-1].isascii() or word == "~" or text[len(word) : len(word) + 1] == " "):
            return text[len(word) :].strip()
    for word in behind:
        if text.endswith(word):
            return text[: -len(word)].strip()
    return text


LONGEST_DAY = 32
_ENDS = re.compile(r"(?<=[日号])|(?=[\s,:：，(（])|(?<=[)）])")  # Where the words of a day may end
# A month in words or in figures, or a date in full: other figures may be hours, and a weekday alone a part of a
# title. ``8.12.`` with its last point is a day and a month; no hour is written so.
_SURE = re.compile(r"月\s?\d|[^\W\d_]{3,}|^\d{4}-|\d\.\d{1,2}\.")
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
            return found.edtf, words, _without_weekday(typed[end:], found.edtf).strip(" ,，:：")
    return "", "", typed


def _without_weekday(rest: str, day: str) -> str:
    """Return a text without the weekday with which it begins, in brackets, or of this day; 周三 may begin a name too."""
    if (found := _WEEKDAY.match(rest)) and weekday_number(found[0]) == date.fromisoformat(day).weekday():
        return rest[found.end() :]
    found = _BRACKETED.match(rest)
    return rest[found.end() :] if found and weekday_number(folded(found[1])) is not None else rest
