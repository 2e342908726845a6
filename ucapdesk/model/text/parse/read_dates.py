"""Reads dates as people type them in five languages, exactly as precise as they were written.

``parse_date`` reads what stands in a paper or a script: ``12/6/2019`` may be June or December, so it is read only where the
language never puts the month first; with dots, nobody puts it first. ``type_date`` reads what somebody types now, with the answer before their eyes: the day
comes first but for a Chinese reader, and what today makes clear may be left out (``near_dates``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from ucapdesk.base.phrases import phrases, typed
from ucapdesk.model.text.date_words import weekdays
from ucapdesk.model.text.parse.near_dates import Today, edtf, month_of, weekday_number
from ucapdesk.model.text.parse.typed_text import plain
from ucapdesk.model.values import PartialDate

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
        rf"{_DAY}(?: de| of)? (?P<m>[^\W\d]+)\.?(?: de|,| del)? (?P<y>\d{{4}})",
        rf"(?P<m>[^\W\d]+)\.? {_DAY},? (?P<y>\d{{4}})",
        r"(?P<m>[^\W\d]+)\.?(?: de|,| of| del)? (?P<y>\d{4})",
    )
]
_FIGURES = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
_FIRST_OF_RANGE = (_DAY, rf"{_DAY}(?: de| of)? (?P<m>[^\W\d]+)\.?", r"(?P<m>[^\W\d]+)\.?")
_LAST_OF_RANGE = (r"(?P<d>\d{1,2})[日号]", r"(?P<m>\d{1,2})月(?P<d>\d{1,2})[日号]", r"(?P<m>\d{1,2})月")
_AMERICAN_RANGE = re.compile(r"([^\W\d]+)\.? (\d{1,2}) ?- ?(\d{1,2}),? (\d{4})")
_SEPARATOR = re.compile(r" ?(?:-|至|到|/)(?! ?至) ?| (?:to|until|bis|a|al) ")


class AmbiguousDateError(ValueError):
    """The figures are ambiguous: nobody can say whether day or month comes first."""


class _How(NamedTuple):
    """Options of reading a date."""

    lang: str | None = None
    near: Today | None = None
    """Given where parts may be left out."""

    def after(self, first: str) -> _How:
        """Return the options for the end of a range."""
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
        held: What the field holds so far; a year left out is told by it, see ``near_dates``.

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
    for words, behind, pattern in ((typed("from"), typed("from_behind"), "{}/.."), (typed("until"), (), "../{}")):
        bare = _without(text, words, behind)
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
            if rest and (short := weekday_number(name.strip("(),"), how.lang or "")) is not None:
                yield short, rest.strip(" ,")


def _dated(text: str, how: _How) -> str | None:
    if figures := _FIGURES.fullmatch(text):
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
