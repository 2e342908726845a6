"""Reads the text typed into the line of a field, with today's date and the reader's language in mind, and confirms it in words.

``add`` and ``edit`` of the command line read the same fields without either (``assignments``): a script must mean the same on every day.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import Message
from ucapdesk.model.dates.formatting import say_full, say_when
from ucapdesk.model.dates.hours import split_hours, type_hours, type_time
from ucapdesk.model.dates.parsing import type_date
from ucapdesk.model.kind import KindField
from ucapdesk.model.serialize import type_word
from ucapdesk.model.text.amounts import read_counts, read_geo, read_money, read_number, read_quantity
from ucapdesk.model.text.assignments import read_value
from ucapdesk.model.text.fields_in_words import in_words
from ucapdesk.model.text.typed_text import WIDE_TO_NARROW
from ucapdesk.model.values import Counts, Geo, Money, PartialDate, Quantity, When

# The name of each type of line, and two good examples.
EXAMPLES = {
    "date": (Message("typed", "a date"), Message("typed", "14 Apr 2027"), Message("typed", "June 2019")),
    "time": (Message("typed", "a time"), Message("typed", "9:30"), Message("typed", "3pm")),
    "whole": (Message("typed", "a whole number"), Message("typed", "12"), Message("typed", "1,200")),
    "quantity": (Message("typed", "a number"), Message("typed", "about 4 million"), Message("typed", "18,600 (2018)")),
    "money": (Message("typed", "an amount of money"), Message("typed", "EUR 1,000"), Message("typed", "5000 CNY")),
    "counts": (Message("typed", "numbers by language"), Message("typed", "2 EN, 2 ZH"), Message("typed", "1 EN")),
    "geo": (Message("typed", "a position"), Message("typed", "24.31, 109.41"), Message("typed", "24°18′N 109°25′E")),
}

# Shapes of lines without full-width characters, whatever keyboard they come from.
ADDRESSES = ("email", "phone", "url")


def example_of(field: KindField, shape: str = "") -> str:
    """Return an example of what is typed into a field; empty where the type of its line has none that would help."""
    word = shape or field.meta.shape or type_word(field)
    return field.example() or ("" if word == "whole" or word not in EXAMPLES else EXAMPLES[word][1].say())


def read_typed(field: KindField, said: str, today: date, lang: str, held: Any = None) -> Any:
    """Return the value of a field for the text in its line.

    Args:
        field: The field.
        said: What was typed; nothing empties the field.
        today: The day it is.
        lang: The reader's language.
        held: The saved value.

    Raises:
        UserError: In one sentence with two examples, where it cannot be read.
    """
    word, said = field.meta.shape or type_word(field), said.strip()
    readers: dict[str, Callable[[], Any]] = {
        "date": lambda: type_date(said, today, lang, held),
        "day": lambda: _day(said, today, lang),
        "whole": lambda: field.type.read(read_number(said, lang)),
        "quantity": lambda: field.type.read(read_quantity(said, lang)),
        "money": lambda: field.type.read(read_money(said, lang)),
        "counts": lambda: field.type.read(dict(read_counts(said))),
        "geo": lambda: field.type.read(read_geo(said)),
    }
    if word in ADDRESSES:
        said = said.translate(WIDE_TO_NARROW)
    if word == "clock" and said:
        return _clock(said)
    if not said or word not in readers:
        return read_value(field, said, held)
    return _read("date" if word == "day" else word, said, readers[word])


def _clock(said: str) -> str:
    """Return a time as ``09:30``; other words, such as those of a paper, stay as they are."""
    try:
        return type_time(said)
    except ValueError:
        return said


def _day(said: str, today: date, lang: str) -> str:
    day = type_date(said, today, lang)
    if day.precision != "day":
        raise ValueError(said)
    return day.edtf


def read_hours(said: str) -> tuple[str | None, str | None]:
    """Read one time or two. Raises a ``UserError``."""
    start, end = _read("time", said, lambda: type_hours(said)) if said.strip() else (None, None)
    return start, end


def read_day(said: str, today: date, lang: str, held: When | None) -> tuple[str | None, tuple[str | None, str | None]]:
    """Read the date of a When as EDTF, and the hours where they follow on the same line. Raises a ``UserError``."""
    if not said.strip():
        return None, (None, None)
    before = held.day if held else None
    # In "12 April 2027 11:30" and "12.4. 2027" the year could be an hour.
    years = [str(today.year + n) for n in (0, 1, 2, -1)] + ([before.edtf[:4]] if before else [])
    said = re.sub(rf"(?<=\d\.) (?=(?:{'|'.join(map(re.escape, years))})\b)", "", said)
    try:
        return type_date(said, today, lang, before).edtf, (None, None)
    except ValueError:
        words = said.split()
        for day, hours in sorted(split_hours(said), key=lambda way: words[len(way[0].split())] in years):
            try:
                return type_date(day, today, lang, before).edtf, hours
            except ValueError:
                continue
    raise _not_read("date", said)


def as_typed(value: Any, lang: str) -> str:
    """Return a value as its line shows it: as it could have been typed, in the reader's language."""
    match value:
        case Quantity() if value.print:
            return f"{value.print} ({value.year})" if value.year else value.print
        case PartialDate() | Quantity() | Money() | Geo() | Counts():
            return in_words(value, lang)
        case tuple():
            return ", ".join(value)
    return "" if value is None else str(value)


def _read(word: str, said: str, read: Callable[[], Any]) -> Any:
    try:
        return read()
    except (ValueError, TypeError, ArithmeticError):
        raise _not_read(word, said) from None


def _not_read(word: str, said: str) -> UserError:
    what, one, other = EXAMPLES[word]
    visible = "".join(sign if sign.isprintable() else "�" for sign in said)
    return UserError(
        "“{said}” cannot be read as {what}; nothing was changed. Write it for example as {one} or {other}.",
        code="not-read",
        said=visible if len(visible) < 60 else f"{visible[:57]}…",
        what=what,
        one=one,
        other=other,
    )


def echo(value: Any, languages: Sequence[str], typed: str = "") -> str:
    """Return ``Tue 15 Dec 2026 · 2026年12月15日 星期二``; words that say no more than was typed are left out."""
    said = [_said(value, lang) for lang in languages]
    return " · ".join(dict.fromkeys(each for each in said if each and each != typed.strip()))


def _said(value: Any, lang: str) -> str:
    match value:
        case PartialDate():
            return say_full(value, lang)
        case When():
            return say_when(value, lang, full=True)
        case Geo():
            return _position(value, lang)
        case int() if isinstance(value, bool) or abs(value) < 1000:
            return ""
        case int() | Quantity() | Money():
            return in_words(value, lang)
    return ""


def _position(value: Geo, lang: str) -> str:
    """Return a coordinate with its hemisphere, which is the usual mistake in it."""
    if not value.lat or not value.lon:
        return ""
    south, west = value.lat.startswith("-"), value.lon.startswith("-")
    lat, lon = value.lat.lstrip("-"), value.lon.lstrip("-")
    if lang == "zh":
        return f"{'南' if south else '北'}纬{lat}° {'西' if west else '东'}经{lon}°"
    return f"{lat}° {'S' if south else 'N'}, {lon}° {'W' if west else 'E'}"
