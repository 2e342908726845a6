"""A week as a calendar shows it: which visits take place, and on each day the points of their programmes and meetings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ucapdesk.base.i18n import language
from ucapdesk.model.codes import code_label
from ucapdesk.model.itinerary_dates import ends
from ucapdesk.model.kinds.meetings import Meeting
from ucapdesk.model.kinds.visits import ItineraryItem, Visit
from ucapdesk.model.listing import Condition
from ucapdesk.model.status import is_called_off, is_travelled
from ucapdesk.model.values import PartialDate, When
from ucapdesk.model.wording import title_of
from ucapdesk.store.desk import Desk

DAYS = 7


@dataclass(frozen=True)
class Entry:
    """A point of a programme, or a meeting that is none; its hours on the clock of the place."""

    id: str
    start: str
    end: str
    title: str
    where: str
    """The visit it belongs to."""


@dataclass(frozen=True)
class Stay:
    """A visit that takes place in the week."""

    id: str
    title: str
    dates: PartialDate


@dataclass(frozen=True)
class Week:
    """Seven days from a Monday on."""

    monday: date
    visits: tuple[Stay, ...]
    days: tuple[tuple[Entry, ...], ...]

    @property
    def dates(self) -> list[date]:
        """Its days."""
        return [self.monday + timedelta(n) for n in range(DAYS)]


def week_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(day.weekday())


def week(desk: Desk, day: date) -> Week:
    """The week in which a day lies."""
    monday = week_of(day)
    span = f"{monday.isoformat()}/{(monday + timedelta(DAYS - 1)).isoformat()}"
    in_it = [Condition("when", (span,))]
    items = desk.read.page(ItineraryItem, desk.read.ids(ItineraryItem, order="when", conditions=in_it))
    meetings = desk.read.page(Meeting, desk.read.ids(Meeting, order="when", conditions=in_it))
    planned = {item.meeting for item in items if item.meeting}
    free = [meeting for meeting in meetings if meeting.id not in planned and not is_called_off(meeting)]
    owners = {item.owner for item in items if item.owner} | {meeting.visit for meeting in free if meeting.visit}
    names = desk.read.titles(sorted(owners), language())
    found: list[list[Entry]] = [[] for _ in range(DAYS)]
    for entry, when in (*_points(items, names), *_meetings(free, names)):
        at = (date.fromisoformat(when.date or "") - monday).days
        if 0 <= at < DAYS:
            found[at].append(entry)
    days = tuple(tuple(sorted(day, key=lambda entry: (entry.start, entry.title))) for day in found)
    return Week(monday, tuple(_visits(desk, span)), days)


def _points(items: list[ItineraryItem], names: dict[str, str]) -> Iterator[tuple[Entry, When]]:
    for item in items:
        if item.when and _on_a_day(item.when):
            title = title_of(item, language()) if item.title else code_label("itinerary_kind", item.type or "")
            yield _entry(item.id, item.when, title, names.get(item.owner or "", "")), item.when


def _meetings(meetings: list[Meeting], names: dict[str, str]) -> Iterator[tuple[Entry, When]]:
    for each in meetings:
        if each.when and _on_a_day(each.when):
            yield _entry(each.id, each.when, title_of(each, language()), names.get(each.visit or "", "")), each.when


def _entry(id_: str, when: When, title: str, where: str) -> Entry:
    return Entry(id_, when.start or "", when.end or "", " ".join(title.split()), " ".join(where.split()))


def _on_a_day(when: When) -> bool:
    return len(when.date or "") == len("2026-01-01")


def _visits(desk: Desk, span: str) -> Iterator[Stay]:
    """Visits of which a day is known that lies in the week; a visit "in June" is on no day of it."""
    for visit in desk.read.page(Visit, desk.read.ids(Visit, order="dates", conditions=[Condition("dates", (span,))])):
        if visit.dates is not None and all(ends(visit.dates)) and is_travelled(visit):
            yield Stay(visit.id, " ".join(title_of(visit, language()).split()), visit.dates)
