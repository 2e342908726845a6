"""Reads programmes as offices keep them: a table (日期 时间 内容 地点 陪同人员), or text with the hours below each day.

A programme written as text, as in an e-mail, is first made the table that it stands for.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import takewhile
from typing import Any

from ucapdesk.base.fold import HAN_RUN
from ucapdesk.base.grouping import grouped
from ucapdesk.formats.address_words import takes_leave
from ucapdesk.formats.blocks.mails import mails_in
from ucapdesk.formats.glance.record_drafts import RecordDraft
from ucapdesk.formats.lists.list_drafts import ListDrafts, ListTarget, place_in_order
from ucapdesk.formats.lists.list_file import Bare, Labels, ListFile, bare_lines, goes_on, whole_row
from ucapdesk.formats.phrases.field_labels import (
    OF_GROUP,
    HeadedTable,
    ListHead,
    key_of_head,
    table_under,
    tables_under,
)
from ucapdesk.formats.phrases.people_in_text import name_and_post, people_of_line
from ucapdesk.formats.phrases.small_texts import PAIR, in_languages, squash
from ucapdesk.model.codes import find_code
from ucapdesk.model.dates.hours import NEXT_DAY, hours_of, hours_said, labels_of_part, past_noon
from ucapdesk.model.dates.programme_days import (
    LONGEST_HEADING,
    LONGEST_TITLE,
    ProgrammeDays,
    day_at_start,
    names_a_day,
    only_day,
)
from ucapdesk.model.rules.itinerary import is_day
from ucapdesk.model.text.itinerary_line import understand
from ucapdesk.model.text.person_names import HAN_NAME

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
    """The rows of a programme while its lines are read.

    Attributes:
        words: Labels, bullets and numbers, which are no contents.
        _open: Whether a line may go on with the point before it.
        _label: A label that stood alone, before what it says.
        _closed: Whether somebody took leave: until the next day or hour it is the foot of a mail.
        _since: The last hour of the day in four figures; empty where hours are not written so.
        _part: The part of the day below whose name hours stand.
        _below: Whether points without hours may follow: a day or a part of it was named, and no hour since.
    """

    day: str
    rows: list[dict[str, str]] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    _columns: tuple[str, ...] = ("content", "place", "with", "remarks")
    _open: bool = False
    _label: str = ""
    _closed: bool = False
    _since: str = ""
    _part: str = ""
    _below: bool = False

    @property
    def dated(self) -> bool:
        return bool(self.day) or any(row.get("date") for row in self.rows)

    def take(self, line: Bare) -> None:
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
        keys = [key_of_head(cell) for cell in line.text.split("\t")]
        if len(keys) > 2 and (whens := sum(key in ("date", "time", "hour") for key in keys)):
            named = ("place" if key == "place" else "remarks" for key in keys[whens + 1 :])
            self._columns = ("content", *named, "remarks")
        last = self.rows[-1] if self.rows else {}
        is_open = self._open and "content" in last
        means, label, rest = _LABELS.head(line.text)
        label = label if means and "content" in last else self._label
        first = line.text.partition(" ")[0]
        if labels_of_part(line.text):
            self._part, self._below = line.text, True
            self.rows.append({})
            self.words.append(line.text)
        elif label:
            self._label = "" if means and rest else label
            self._put(last, "remarks", f"{label}: {rest}")
        elif is_open and goes_on(line) and not labels_of_part(first):
            self._put(last, "content", line.text)
        elif (last and not first[:1].isupper() and labels_of_part(first)) or (
            self._below and (line.item or self._open or "content" not in last)
        ):
            self._point(line.text, "")
        elif is_open:
            self._put(last, "remarks", line.text)
        else:
            self.outside.append(line.text)


_OPEN_DAY = re.compile(
    r"\d|\b(?:tbc|tbd|tba|to be \w+|offen|por (?:confirmar|definir)|da (?:confermare|definire))\b|待定|待确认|另行通知",
    re.IGNORECASE,
)
# What stands where a group does what another one does.
_SAME = re.compile(
    r"(?:同|与|和).{0,3}组(?:相同|一致)?\s*(?:/?\s*same as.*)?|same as.{0,10}|wie gruppe.{0,3}", re.IGNORECASE
)
_ROLES = {"host": "host", "with": "escort", "led_by": "coordinator", "attending": None, "name": None}
_NOTES = ("meal", "hotel", "remarks", "city", "organisation", "post", "phone", "mobile", "number")


def is_itinerary(file: ListFile) -> bool:
    return any(table_under(table, _is_head) for table in file.tables)


def itinerary_of(file: ListFile, target: ListTarget, day: str = "") -> ListDrafts | None:
    """Return the points of an itinerary, which belong to the visit of ``target``; None for a file that holds none.

    ``day``: tables that name none are on this one; else on the only day that is named outside of them all.
    """
    tables = tables_under(file.tables, _is_head)
    made = ListDrafts.of(file, target)
    made.heads += file.labels
    titles = [*file.outside, *(text for table in tables for row in table.above if (text := whole_row(row)))]
    firsts = [row[0] for table in file.tables for row in table if row]
    days = ProgrammeDays(titles, firsts, target.days)
    points = _Points(made, days, days.read(day)[0])
    for table in tables:
        made.heads += table.labels
        if table.head:
            points.read(table.head, table)
        else:
            made.note_rows(table.rows)
    if not (points.found or day) and (day := only_day(titles)):
        return itinerary_of(file, target, day)
    made.drafts = list(_once(made.drafts))
    return made.titled(titles) if points.found else None


def _is_head(keys: set[str]) -> bool:
    return any(key == "content" or key.startswith(OF_GROUP) for key in keys) and bool(keys & {"date", "time"})


class _Points:
    """Makes the drafts of the points of one file; a day holds until the next one is named."""

    def __init__(self, made: ListDrafts, days: ProgrammeDays, day: str) -> None:
        self._made, self._days, self._day = made, days, day
        self._part = ""
        self.found = 0

    def read(self, head: ListHead, table: HeadedTable) -> None:
        """Read the rows of a table below its head; a day may stand above the head."""
        above = [whole_row(row) for row in table.above if "date" not in head.keys]
        self._days.day = ""
        days = {day: text for text in above if (day := self._days.read(text)[0]) and "/" not in day}
        self._days.day = next(reversed(days), self._day)
        self._made.read += days.values()
        for row in table.rows:
            whole = whole_row(row)
            if not whole or head.again(row):
                continue
            said = head.said(row)
            alone = len({squash(cell) for cell in row if squash(cell)}) == 1
            begins = self._days.read(whole) if alone else ("", "")
            if begins[0] or (alone and names_a_day(whole)):
                self._begin(whole, *begins)
            elif points := _by_group(said):
                self._row(head, row, points, whole)
            else:
                self._days.day = self._days.read(said.get("date", ""))[0] or self._days.day
                self._part = said.get("time", "")
                self._made.note("", whole)

    def _begin(self, whole: str, day: str, left: str) -> None:
        """Begin a day, by a row that only names it; one that nobody can date ends that before it."""
        self._days.day, self._part = day, ""
        self._made.read += [whole] if day else []
        if left := left.strip(" :：-–—,，") if day else whole:
            self._made.note(day, left)

    def _row(
        self, head: ListHead, row: Sequence[str], points: Sequence[tuple[str, dict[str, str]]], whole: str
    ) -> None:
        """Make the points of a row: one, or what each group does."""
        said = points[0][1]
        day, rest = self._days.read(said.get("date", ""))
        hours = said.get("time", "")
        in_time, left = self._days.read(hours, among_hours=True)
        if in_time and day in ("", in_time):  # of a sheet, perhaps in both columns
            day, hours = in_time, left
        self._part = said.get("part", "" if day else self._part)
        hours = past_noon(self._part, hours)
        start, end, told = hours_said(f"{rest} {hours}")  # 5月3日下午 | 3:00
        if rest and told and not start:  # 4 May – Antwerp | 11:00
            start, end, more = hours_said(hours)
            told = f"{rest} {more}".strip(" ,，–-")
        if day or names_a_day(said.get("date", "")) or (_OPEN_DAY.search(rest) and not hours_said(rest)[0]):
            self._days.day = day  # none: "Day 2", "tbc", figures that are no hours
        if not self._days.day:
            self._made.note("", whole)
            return
        begins, own, known = len(self._made.drafts), bool(start or told), set[str]()
        for group, point in points:
            self.found += 1
            if not own:  # 09:00 参观港口, in the cell of a day
                content, (hours, words) = point["content"], hours_of(point["content"])
                point["content"] = words or content
                known |= {content} if hours else set()
                start, end, told = hours_said(past_noon(self._part, hours))
            later = bool(NEXT_DAY.search(f"{rest} {hours}")) or end < start
            self._point(point, _when(self._days.day, start, end, later=later), told, head, group)
        known |= {squash(cell) for key, cell in zip(head.keys, row, strict=False) if key in ("date", "time", "part")}
        known |= set(filter(_SAME.fullmatch, map(squash, row)))
        self._made.read += known
        named = zip(head.heads, map(squash, row), strict=False)
        cells = [(label, cell) for label, cell in named if cell not in ("", *known)]
        self._made.left_of(said["content"][:40], cells, self._made.drafts[begins:], known)

    def _point(self, said: dict[str, str], when: dict[str, str], told: str, head: ListHead, group: str) -> None:
        made, content = self._made, said["content"]
        title = PAIR.join(half[:LONGEST_TITLE] for half in content.split(PAIR))
        more = content if title != content else ""
        dress = find_code("dress_code", said.get("dress", ""))
        heads = {key: label for key, label in zip(head.keys, head.heads, strict=True) if key}
        notes = [more, told, *(f"{heads[key]}: {said[key]}" for key in _NOTES if key in said and key in heads)]
        if said.get("dress") and not dress:
            notes.append(f"{heads['dress']}: {said['dress']}")
        titles = head.texts("content", title, made.lang)
        of_day = labels_of_part(told)
        parts = of_day if of_day.keys() >= titles.keys() else {}  # before the title, as papers tell no hour of it
        note = "\n".join(each.replace(PAIR, " / ") for each in notes if each and not (parts and each == told))
        texts = {key: head.texts(key, text, made.lang) for key, text in said.items()}
        values: dict[str, Any] = {
            "owner": made.target.owner, "when": when, "type": understand(squash(title)).kind,
            "title": {lang: f"{parts[lang]}{'：' if lang == 'zh' else ': '}{text}" if parts else text for lang, text in titles.items()},
            "address": texts.get("place"), "group": group,
            "cars": in_languages(said["cars"], made.lang) if "cars" in said else None,
            "dress": dress,
            "internal_note": in_languages(note, made.lang) if note else None,
            "pos": place_in_order(self.found),
        }  # fmt: skip
        id_ = made.id("itinerary_item", made.target.owner, when["date"], when.get("start", ""), title)
        made.add("itinerary_item", id_, self.found, values)
        order = 0
        for key, role in _ROLES.items():
            for name, side, _ in people_of_line(said.get(key, ""), made.target.cities):
                order += 1
                post_behind = not HAN_NAME.match(name) and name_and_post(name)[1]  # Laura Castelletti 市长
                free_name = {made.lang: name} if post_behind else in_languages(name, made.lang)
                part = {"owner": id_, "free_name": free_name, "role": role, "side": side, "pos": place_in_order(order)}
                made.add("participation", made.id("participation", id_, name), f"{self.found}.{order}", part)


def _by_group(said: dict[str, str]) -> list[tuple[str, dict[str, str]]]:
    """Return the points of a row, each with the group that it is for; one without where all do the same."""
    points = [("", said)] if "content" in said else []
    own = {key.removeprefix(OF_GROUP): text for key, text in said.items() if key.startswith(OF_GROUP)}
    told = {group: text for group, text in own.items() if not _SAME.fullmatch(text)}
    if len(set(told.values())) == 1 and len(own) > 1:
        told = {"": next(iter(told.values()))}
    return points + [(group, said | {"content": text}) for group, text in told.items()]


def _once(drafts: Sequence[RecordDraft]) -> Iterable[RecordDraft]:
    """Return drafts without points told once more in another language: one of the same hours is the same where most have one."""
    points = [draft for draft in drafts if draft.kind == "itinerary_item"]
    same = grouped(((str(point.values["when"]), point.values.get("group")), point) for point in points)
    pairs = (pair for pair in same.values() if len(pair) == 2)
    first = {b.id: a.id for a, b in pairs if a.values["title"].keys().isdisjoint(b.values["title"])}
    if 4 * len(first) < len(points):
        return drafts
    people = Counter(draft.values["owner"] for draft in drafts)
    once: dict[object, RecordDraft] = {}
    for draft in drafts:
        owner = draft.values["owner"]
        values = draft.values | {"owner": first.get(owner, owner)}
        place = (values["owner"], draft.values["pos"], draft.values.get("role"), people[owner])
        key = first.get(draft.id, draft.id) if draft.kind == "itinerary_item" else place
        told = once[key].values if key in once else {}
        both = {name: value | told[name] for name, value in values.items() if name in told and isinstance(value, dict)}
        once[key] = replace(once.get(key, draft), values=values | told | both)
    return once.values()


def _when(days: str, start: str, end: str, *, later: bool) -> dict[str, str]:
    """Return the time of a point; ``later``: an end is on the next day."""
    first, _, last = days.partition("/")
    if start:
        last = (date.fromisoformat(first) + timedelta(1)).isoformat() if end and later and is_day(first) else ""
    when = {"date": first, "start": start, "end": end, "end_date": last}
    return {key: value for key, value in when.items() if value}
