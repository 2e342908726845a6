"""Reads itineraries as offices keep them: 日期 时间 内容 地点 陪同人员, in a table of a document or a sheet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from ucapdesk.base.fold import simplify
from ucapdesk.formats.glance.contact_pieces import Kind, kind_of_piece
from ucapdesk.formats.glance.glance_places import Register
from ucapdesk.formats.glance.oddities import Notes
from ucapdesk.formats.glance.paper_languages import PAIR, in_languages
from ucapdesk.formats.glance.text import squash
from ucapdesk.formats.lists.list_drafts import ListDrafts, ListTarget, place_in_order
from ucapdesk.formats.lists.list_file import ListFile, Table, whole_row
from ucapdesk.formats.lists.list_heads import OF_GROUP, ListHead, head_of
from ucapdesk.formats.lists.programme_days import LONGEST_TITLE, ProgrammeDays, names_a_day
from ucapdesk.formats.lists.text_lines import DAY_NUMBER, WEEKDAY
from ucapdesk.model.codes import find_code, word_table
from ucapdesk.model.rules.itinerary import is_day
from ucapdesk.model.rules.names import HAN_NAME
from ucapdesk.model.text.parse.itinerary_line import understand
from ucapdesk.model.text.parse.itinerary_way import NEXT_DAY
from ucapdesk.model.text.parse.read_times import type_hours

_AROUND = re.compile(r"[(（)）,，]|左右|大约|约|开始|起$|前后|\b(?:from|about|h)\b|\b(?:ca|approx)\.", re.IGNORECASE)
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_AT = re.compile(r"^(?:(?:from|at|von|um|de|dalle|alle|ore|a las|à|às|godz\.)\s+)+(?=\d)|(?<=\d)\s?h$", re.IGNORECASE)
_UNTIL = re.compile(r"(?<=\d)\s+(?:a|alle|a las|hasta las)\s+(?=\d)", re.IGNORECASE)
"""Words that only say that hours follow, or that they end with the next."""
_ALL_DAY = re.compile(r"全天|全日|整天|all day|whole day|todo el día|tutto il giorno|ganztägig", re.IGNORECASE)
_PARTS = word_table("day_parts")
_PARTS_OF_DAY = [
    {lang: names[at] for lang, names in _PARTS.items() if not lang.isdecimal()} for at in range(len(_PARTS["en"]))
]
_DAY_PARTS = {
    word.casefold(): part for at, part in enumerate(_PARTS_OF_DAY) for word in (*part.values(), *_PARTS[str(at)])
}
"""Words for a part of the day, each with the words for it in each language."""
_OPEN_DAY = re.compile(
    r"\d|\b(?:tbc|tbd|tba|to be \w+|offen|por (?:confirmar|definir)|da (?:confermare|definire))\b|待定|待确认|另行通知",
    re.IGNORECASE,
)
_NAMES = re.compile(r"\s*[、，,;；/]\s*|\s*\n\s*|(?<=[\u3400-\u9fff]{2})\s+(?=[\u3400-\u9fff]{2})")
_POST_ALONE = re.compile(r"^\S+(?: \S+)?$| [a-zà-ÿ]+ ")
"""A post without somebody's name behind it: Mayor, Deputy Mayor, Mayor of Győr; not Director Anna Nowak."""
_SAME = re.compile(
    r"(?:同|与|和).{0,3}组(?:相同|一致)?\s*(?:/?\s*same as.*)?|same as.{0,10}|wie gruppe.{0,3}", re.IGNORECASE
)
"""What stands where a group does what another one does."""
_NO_PLACES = Register(Notes())
_ROLES = {"host": "host", "with": "escort", "led_by": "coordinator", "name": None}
_NOTES = ("meal", "hotel", "remarks", "city", "organisation", "post", "phone", "mobile", "number")


def is_itinerary(file: ListFile) -> bool:
    """Return whether a file has a table with the head of an itinerary."""
    return any(head_of(table, _is_head) for table in file.tables)


def itinerary_of(file: ListFile, target: ListTarget) -> ListDrafts | None:
    """Return the points of an itinerary, which belong to the visit of ``target``; None for a file that holds none."""
    heads = [head_of(table, _is_head) for table in file.tables]
    if not any(heads):
        return None
    made = ListDrafts.of(file, target)
    made.heads += file.labels
    titles = list(file.outside)
    for table, head in zip(file.tables, heads, strict=True):
        titles += [text for row in table[: head.first if head else 0] if (text := whole_row(row))]
    firsts = [row[0] for table in file.tables for row in table if row]
    points = _Points(made, ProgrammeDays(titles, firsts, target.days, made.lang))
    before: ListHead | None = None
    for table, head in zip(file.tables, heads, strict=True):
        if head is not None or (before is not None and table and len(table[0]) == len(before.keys)):
            made.heads += [cell for row in (table[head.first : head.last + 1] if head else ()) for cell in row]
            points.read(head or before, table, head.last + 1 if head else 0)  # type: ignore[arg-type]
            before = head or before
        else:
            made.note_rows(table)
    return made.titled(titles) if points.found else None


def _is_head(keys: set[str]) -> bool:
    return any(key == "content" or key.startswith(OF_GROUP) for key in keys) and bool(keys & {"date", "time"})


class _Points:
    """Makes the drafts of the points of one file; a day holds until the next one is named."""

    def __init__(self, made: ListDrafts, days: ProgrammeDays) -> None:
        self._made, self._days = made, days
        self.found = 0

    def read(self, head: ListHead, table: Table, first: int) -> None:
        """Read the rows of a table from the first below its head; a day may stand above the head."""
        above = [whole_row(row) for row in table[: head.first if first and "date" not in head.keys else 0]]
        self._days.day = ""
        days = {day: text for text in above if (day := self._days.read(text)[0]) and "/" not in day}
        self._days.day = next(reversed(days), "")
        self._made.read += days.values()
        for row in table[first:]:
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
                self._made.note("", whole)

    def _begin(self, whole: str, day: str, left: str) -> None:
        """Begin a day, by a row that only names it; one that nobody can date ends that before it."""
        self._days.day = day
        self._made.read += [whole] if day else []
        if left := WEEKDAY.sub("", DAY_NUMBER.sub("", left)).strip(" :：-–—,，") if day else whole:
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
        start, end, told = hours_said(f"{rest} {hours}")  # 5月3日下午 | 3:00
        if rest and told and not start:  # 4 May – Antwerp | 11:00
            start, end, more = hours_said(hours)
            told = f"{rest} {more}".strip(" ,，–-")
        if day or names_a_day(said.get("date", "")) or (_OPEN_DAY.search(rest) and not hours_said(rest)[0]):
            self._days.day = day  # none: "Day 2", "tbc", figures that are no hours
        if not self._days.day:
            self._made.note("", whole)
            return
        begins = len(self._made.drafts)
        later = bool(NEXT_DAY.search(f"{rest} {hours}")) or end < start
        for group, point in points:
            self.found += 1
            self._point(point, _when(self._days.day, start, end, later=later), told, head, group)
        known = {squash(cell) for key, cell in zip(head.keys, row, strict=False) if key in ("date", "time")}
        known |= set(filter(_SAME.fullmatch, map(squash, row)))
        self._made.read += known
        cells = [
            (label, squash(cell))
            for label, cell in zip(head.heads, row, strict=False)
            if squash(cell) not in ("", *known)
        ]
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
        of_day = _DAY_PARTS.get(told.casefold(), {})
        parts = of_day if of_day.keys() >= titles.keys() else {}
        note = "\n".join(each.replace(PAIR, " / ") for each in notes if each and not (parts and each == told))
        texts = {key: head.texts(key, text, made.lang) for key, text in said.items()}
        values: dict[str, Any] = {
            "owner": made.target.owner, "when": when, "type": understand(squash(title)).kind, "title": _at(parts, titles),
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
            for name in _people(said.get(key, "")):
                order += 1
                part = {
                    "owner": id_,
                    "free_name": _called(name, made.lang),
                    "role": role,
                    "pos": place_in_order(order),
                }
                made.add("participation", made.id("participation", id_, name), f"{self.found}.{order}", part)


def _at(parts: dict[str, str], texts: dict[str, str]) -> dict[str, str]:
    """Return a title with the part of the day before it, which has no hour that papers could tell."""
    return {
        lang: f"{parts[lang]}{'：' if lang == 'zh' else ': '}{text}" if parts else text for lang, text in texts.items()
    }


def _by_group(said: dict[str, str]) -> list[tuple[str, dict[str, str]]]:
    """Return the points of a row, each with the group that it is for; one without where all do the same."""
    points = [("", said)] if "content" in said else []
    own = {key.removeprefix(OF_GROUP): text for key, text in said.items() if key.startswith(OF_GROUP)}
    told = {group: text for group, text in own.items() if not _SAME.fullmatch(text)}
    if len(set(told.values())) == 1 and len(own) > 1:
        told = {"": next(iter(told.values()))}
    return points + [(group, said | {"content": text}) for group, text in told.items()]


def _when(days: str, start: str, end: str, *, later: bool) -> dict[str, str]:
    """Return the time of a point; ``later``: an end is on the next day."""
    first, _, last = days.partition("/")
    if start:
        last = (date.fromisoformat(first) + timedelta(1)).isoformat() if end and later and is_day(first) else ""
    when = {"date": first, "start": start, "end": end, "end_date": last}
    return {key: value for key, value in when.items() if value}


def hours_said(said: str) -> tuple[str, str, str]:
    """Return first and last hour of a text, and the words that are not hours, such as "morning"."""
    text = squash(NEXT_DAY.sub(" ", squash(said))).strip(" ,;-–—−")
    if not text or _ALL_DAY.fullmatch(text):
        return "", "", ""
    bare = _UNTIL.sub("-", _AT.sub("", text))
    alone = squash(_BRACKETS.sub(" ", text))  # 14:30 (tbc)
    for way in (text, bare, squash(_AROUND.sub(" ", text)), alone, re.sub(r"[~至到]\s*$", "", text).strip()):
        try:
            start, end = type_hours(re.sub(r"[—–―－~〜～]+", "-", way))
        except ValueError:
            continue
        return start, end or "", "" if way in (text, bare) else text
    return "", "", text


def _called(name: str, lang: str) -> dict[str, str]:
    """Return a name by language; a Chinese post behind a foreign name is no Chinese name: "Laura Castelletti 市长"."""
    found = in_languages(name, lang)
    post_alone = len(found) > 1 and kind_of_piece(found["zh"], _NO_PLACES) == Kind.POST
    return {lang: name} if post_alone else found


def _people(said: str) -> list[str]:
    """Return the people of a cell; a post behind a comma belongs to the name before it."""
    found: list[str] = []
    kind = Kind.UNKNOWN
    for part in _NAMES.split(said):
        name = re.sub(r"(?:等|等人)$", "", squash(part)).strip(" .。")
        if not name or name in ("-", "—", "/", "无"):
            continue
        before, kind = kind, kind_of_piece(simplify(name), _NO_PLACES)
        if before in (Kind.NAME, Kind.PERSON) and kind == Kind.POST and _POST_ALONE.search(name):
            found[-1] = f"{found[-1]}{'，' if HAN_NAME.search(name) else ', '}{name}"
        else:
            found.append(name)
    return found
