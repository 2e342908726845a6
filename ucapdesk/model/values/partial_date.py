"""Dates as precise as they are known: EDTF text (ISO 8601-2), never an invented day.

``2019``, ``2019-06``, ``2019-06-12``, each with ``~`` (about), ``?`` (uncertain) or ``%`` (both); ``A/B``, ``A/..``
and ``../B``. The column holds the lowest and the highest day in front of the text, so it sorts and ranges by itself.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from ucapdesk.base.json_text import Json
from ucapdesk.model.values.cells import CellType

EARLIEST_DAY, LATEST_DAY = "0001-01-01", "9999-12-31"
_ONE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?([~?%]?)", re.ASCII)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """One date or interval. ``PartialDate("2019-06")`` raises ValueError for text that is no such date."""

    edtf: str

    def __post_init__(self) -> None:
        low, high = self.bounds
        if low > high:
            raise ValueError(self.edtf)

    @property
    def ends(self) -> tuple[str, str]:
        """First and last part of an interval, twice the same for a single date; ``..`` is open."""
        first, slash, last = self.edtf.partition("/")
        if slash and first == last == "..":
            raise ValueError(self.edtf)
        return first, last if slash else first

    @property
    def bounds(self) -> tuple[str, str]:
        """The earliest and the latest day it may mean, as ``YYYY-MM-DD``."""
        first, last = self.ends
        return (
            EARLIEST_DAY if first == ".." else _days(first)[0],
            LATEST_DAY if last == ".." else _days(last)[1],
        )

    @property
    def is_interval(self) -> bool:
        """True for ``A/B``, ``A/..`` and ``../B``."""
        return "/" in self.edtf

    @property
    def precision(self) -> str:
        """year, month or day of a single date; interval otherwise."""
        return "interval" if self.is_interval else ("year", "month", "day")[self.edtf.count("-")]


def days_later(day: date | str, days: int) -> str | None:
    """Return the day so many days later, or earlier, as ``YYYY-MM-DD``; None beyond the calendar."""
    try:
        return ((date.fromisoformat(day) if isinstance(day, str) else day) + timedelta(days)).isoformat()
    except OverflowError:
        return None


def months_later(day: str, months: int) -> str | None:
    """Return a day, month or year so many months later, at most the last day of a month; None outside the calendar."""
    year, month = divmod(int(day[:4]) * 12 + int(day[5:7] or 1) - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    last = calendar.monthrange(year, month + 1)[1]
    return f"{year:04}-{month + 1:02}-{min(int(day[8:] or 1), last):02}"[: len(day)]


@lru_cache(maxsize=4096)
def _days(text: str) -> tuple[str, str]:
    match = _ONE.fullmatch(text)
    if not match:
        raise ValueError(text)
    year, month, day, _mark = match.groups()
    if year == "0000" or (month and not "01" <= month <= "12"):
        raise ValueError(text)
    last = calendar.monthrange(int(year), int(month or 12))[1]
    if day and not 1 <= int(day) <= last:
        raise ValueError(text)
    return f"{year}-{month or '01'}-{day or '01'}", f"{year}-{month or '12'}-{day or last}"


class PartialDateType(CellType[PartialDate]):
    """Column ``"low high edtf"``; the cell is the EDTF text alone."""

    word = "date"

    def split(self, value: PartialDate | None) -> dict[str, Json]:
        return {"": value.edtf if value else None}

    def column(self, cell: Json) -> Json:
        if cell is None:
            return None
        try:
            return " ".join((*PartialDate(cell).bounds, cell))
        except (ValueError, TypeError, AttributeError):  # written by a newer or another program: kept, sorted last
            return f"{LATEST_DAY} {LATEST_DAY} {cell}"

    def load(self, stored: Any) -> PartialDate | None:
        if stored is None:
            return None
        try:
            return PartialDate(stored.split(" ", 2)[2])
        except ValueError:
            return None

    def raw(self, stored: Any) -> str:
        return str(stored).split(" ", 2)[-1]

    def text(self, value: PartialDate | None) -> str:
        return value.edtf if value else ""

    def read(self, given: Json) -> PartialDate | None:
        if given is None or given == "":
            return None
        if isinstance(given, PartialDate):
            return given
        return PartialDate(unicodedata.normalize("NFKC", str(given)).strip())
