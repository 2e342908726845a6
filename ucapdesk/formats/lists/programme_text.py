"""Reads a programme written as text, days with their hours below them as in an e-mail, as the table that it stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from ucapdesk.base.fold import HAN_RUN
from ucapdesk.formats.closings import takes_leave
from ucapdesk.formats.lists.hours import DAY_PARTS, hours_of, past_noon
from ucapdesk.formats.lists.list_file import ListFile
from ucapdesk.formats.lists.list_heads import key_of
from ucapdesk.formats.lists.mail_thread import mails_in
from ucapdesk.formats.lists.programme_days import LONGEST_HEADING, day_at_start, only_day
from ucapdesk.formats.lists.text_lines import Bare, Labels, bare_lines, goes_on

_LABELS = Labels.of("list_heads", *"place host with attending led_by cars dress meal hotel remarks".split())
_HEADS = {"date": "Date", "time": "Time", "content": "Content", "place": "Venue", "with": "Accompanied by",
          "remarks": "Remarks"}  # fmt: skip
_HEADS_HAN = {"date": "日期", "time": "时间", "content": "内容", "place": "地点", "with": "陪同", "remarks": "备注"}
_IN_FIGURES = re.compile(r"(?!20[12][1-46-9])(?:[01]\d|2[0-3])[0-5]\d(?=\s*[-–—]|\s+\D|$)")


def programme_in(file: ListFile, day: str = "") -> ListFile | None:
    """Return a text with its programme as a table, of a thread of mails the newest; None where it holds none.

    ``day``: hours before any day are on this one; else on the only day that is named above them all.
    """
    return next((found for mail, others in mails_in(file.lines) if (found := _table_of(file, mail, others, day))), None)


def _table_of(file: ListFile, lines: Sequence[str], others: Sequence[str], day: str) -> ListFile | None:
    made = _Programme(day)
    for line in bare_lines(lines):
        made.take(line)
    if not made.dated and (day := only_day(takewhile(lambda text: not hours_of(text)[0], made.outside))):
        return _table_of(file, lines, others, day)
    timed = sum(bool(row.get("time")) for row in made.rows)
    days = len({row["date"] for row in made.rows if row.get("date")})
    points = [row for row in made.rows if row.get("content")]
    if not made.dated or len(points) < 2 or not (timed > 1 or days > 1):
        return None
    keys = list(dict.fromkeys(["date", "time", "content", *(key for row in made.rows for key in row)]))
    named = _HEADS_HAN if all(HAN_RUN.search(row["content"]) for row in points) else _HEADS
    heads = [made.labels.get(key, named.get(key, key)) for key in keys]
    table = [heads, *([row.get(key, "") for key in keys] for row in made.rows)]
    title = made.outside or [re.sub(r"\.\w+$", "", file.name)] * bool(others)
    outside = (*title, *(line for line in others if line.strip()))
    return replace(file, tables=(table,), outside=outside, text=file.lines, labels=tuple(made.words))


@dataclass(slots=True)
class _Programme:
    """The rows of a programme while its lines are read."""

    day: str
    rows: list[dict[str, str]] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    """Labels, bullets and numbers, which are no contents."""
    _columns: tuple[str, ...] = ("content", "place", "with", "remarks")
    _open: bool = False
    """Whether a line may go on with the point before it."""
    _label: str = ""
    """A label that stood alone, before what it says."""
    _closed: bool = False
    """Whether somebody took leave: until the next day or hour it is the foot of a mail."""
    _since: str = ""
    """The last hour of the day in four figures; empty where hours are not written so."""
    _part: str = ""
    """The part of the day below whose name hours stand."""
    _below: bool = False
    """Whether points without hours may follow: a day or a part of it was named, and no hour since."""

    @property
    def dated(self) -> bool:
        return bool(self.day) or any(row.get("date") for row in self.rows)

    def take(self, line: Bare) -> None:
        """Read a line."""
        if not line.text:
            self._open, self._label = False, ""
            return
        day, rest = day_at_start(line.text)
        self._part = "" if day else self._part
        self._since = "0000" if day and self._since else self._since
        hours, content = self._hours(rest.lstrip(" \t,，:："))
        until, tab, more = content.partition("\t")
        if hours and tab and hours_of(until)[0] == until:  # in a column of its own
            hours, content = f"{hours}-{until}", more
        if line.marks:
            self.words.append(line.marks)
        if day and not hours:
            self._heading(line.text, day, rest)
        elif hours and (day or self.dated):
            self._point(content, hours, day)
        elif self._closed or takes_leave(line.text):
            self._closed = True
            self.outside.append(line.text)
        else:
            self._other(line)

    def _hours(self, text: str) -> tuple[str, str]:
        """Return hours and rest of a line; four figures alone are an hour where others of the programme are written so."""
        hours, content = hours_of(text)
        figures = _IN_FIGURES.match(hours or (text if self._since else ""))
        if figures and (hours or figures[0] >= self._since):  # "1200 guests" after two o'clock is no hour
            self._since = figures[0]
            return (hours, content) if hours else (figures[0], text[figures.end() :].lstrip())
        return hours, content

    def _heading(self, text: str, day: str, rest: str) -> None:
        """Begin a day; what a longer line says beside it is a point without hours."""
        self._open, self._label, self._below, self._closed = False, "", True, False
        if len(text) <= LONGEST_HEADING:
            self.rows.append({"date": text})
        else:
            self._point(rest, "", day)

    def _point(self, content: str, hours: str, day: str = "") -> None:
        if not any(row.get("date") for row in self.rows):
            day = day or self.day
        cells = [cell.strip() for cell in re.split(r"\t+|\s\|\s", content) if cell.strip()]
        row = {"date": day, "time": past_noon(self._part, hours) or (self._part if self._below else "")}
        self.rows.append(row)
        self._open, self._label, self._below, self._closed = True, "", self._below and not hours, False
        for at, cell in enumerate(cells):
            self._put(row, self._columns[min(at, len(self._columns) - 1)], cell)

    def _put(self, row: dict[str, str], key: str, said: str) -> None:
        """Put a cell into a row, its labelled parts under their own."""
        for means, label, text in _LABELS.parts(said):
            if means:
                self.words.append(label)
                self.labels.setdefault(means, label)
            place = re.search(r"\s?[@＠]\s*([^@＠,，;；()（）]+)\s*$", text) if not means and key == "content" else None
            if place:
                self._add(row, "place", place[1].strip())
                text = text[: place.start()]
            self._add(row, means or key, text.strip(" ;；,，(（–—-"))

    def _add(self, row: dict[str, str], key: str, text: str) -> None:
        if text:
            between = " " if key == "content" else "; "
            row[key] = f"{row[key]}{between}{text}" if row.get(key) else text

    def _other(self, line: Bare) -> None:
        """Read a line that begins with no day and no hour; below a head with unknown words the first part and a place are known."""
        keys = [key_of(cell) for cell in line.text.split("\t")]
        if len(keys) > 2 and (whens := sum(key in ("date", "time", "hour") for key in keys)):
            named = ("place" if key == "place" else "remarks" for key in keys[whens + 1 :])
            self._columns = ("content", *named, "remarks")
        last = self.rows[-1] if self.rows else {}
        is_open = self._open and "content" in last
        means, label, rest = _LABELS.head(line.text)
        label = label if means and "content" in last else self._label
        first = line.text.partition(" ")[0]
        if line.text.casefold() in DAY_PARTS:
            self._part, self._below = line.text, True
            self.rows.append({})
            self.words.append(line.text)
        elif label:
            self._label = "" if means and rest else label
            self._put(last, "remarks", f"{label}: {rest}")
        elif is_open and goes_on(line) and first.casefold() not in DAY_PARTS:
            self._put(last, "content", line.text)
        elif (last and first in DAY_PARTS) or (self._below and (line.item or self._open or "content" not in last)):
            self._point(line.text, "")
        elif is_open:
            self._put(last, "remarks", line.text)
        else:
            self.outside.append(line.text)
