"""A week of the calendar: its visits, and on each day their programme items and meetings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from ucapdesk.base.i18n import language, tr
from ucapdesk.model.codes import code_label
from ucapdesk.model.kinds.meeting_kinds import Meeting
from ucapdesk.model.kinds.visit_kinds import ItineraryItem, Visit
from ucapdesk.model.rules import itinerary as rules
from ucapdesk.model.rules.itinerary_dates import arrives_on, days_on, ends
from ucapdesk.model.rules.public_holidays import Holiday
from ucapdesk.model.text.format.dates_in_words import say_arrival, say_hours
from ucapdesk.model.text.format.fields_in_words import title_of
from ucapdesk.model.values import When
from ucapdesk.services.meetings.meetings import planned, travelled, visit_of
from ucapdesk.services.records import records
from ucapdesk.services.visits import visit_itinerary
from ucapdesk.store.desk import Desk
from ucapdesk.store.read import days_off
from ucapdesk.store.read.place_times import place_time

DAYS_OF_A_WEEK = 7
WHOLE_DAY = 24 * 60


@dataclass(frozen=True)
class WeekEntry:
    """A programme item, or a meeting without one, with its hours on the clock of the place.

    Attributes:
        start: When it begins, or on a later day ends.
        where: The visit it belongs to.
        kind: The type of an item; that of a meeting is ``meeting``.
        begins: Minutes from midnight, where it stands among the hours of its day; None for what has no hour.
        ends: The same of its end on this day; None where no end is known.
        arrives: Whether it only ends on this day, so that it is moved from the day on which it begins.
    """

    id: str
    start: str
    hours: str
    title: str
    where: str
    kind: str = ""
    begins: int | None = None
    ends: int | None = None
    arrives: bool = False


@dataclass(frozen=True)
class Week:
    """Seven days from a Monday on.

    Attributes:
        visits: Those with a known day in the week; a visit "in June" is on no day of it.
        zone: The zone of most events; hours on any other clock say so.
        off: What each day is in the countries that take part: a public holiday, or a working day of a weekend.
        unannounced: A sentence for each country whose working days of this year are not announced.
    """

    dates: tuple[date, ...]
    visits: tuple[Visit, ...]
    zone: str | None
    days: tuple[tuple[WeekEntry, ...], ...]
    off: tuple[tuple[Holiday, ...], ...] = ((),) * DAYS_OF_A_WEEK
    unannounced: tuple[str, ...] = ()


def week_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(day.weekday())


def week(desk: Desk, day: date) -> Week:
    """Return the week of a day."""
    dates = tuple(week_of(day) + timedelta(n) for n in range(DAYS_OF_A_WEEK))
    span = f"{dates[0]}/{dates[-1]}"
    there = planned(desk, span)
    names = desk.read.titles(sorted({id_ for each in there if (id_ := visit_of(each))}), language())
    found: list[list[WeekEntry]] = [[] for _ in range(DAYS_OF_A_WEEK)]
    clocks = place_time(desk)
    told = [(each, _title(each), names.get(visit_of(each) or "", ""), clocks.told(each)) for each in there]
    used = Counter(zone for *_, when in told if when and when.start and (zone := when.end_tz or when.tz))
    zone = next((zone for zone, _ in used.most_common(1)), None)
    for record, title, where, when in told:
        for on, arrives in ((days_on(when)[0], False), (arrives_on(record, when), True)):
            at = (date.fromisoformat(on) - dates[0]).days if on else -1
            if when and 0 <= at < DAYS_OF_A_WEEK:
                start = (when.end if arrives else when.start) or ""
                hours = (say_arrival if arrives else say_hours)(when, beside=zone)
                said = tr("visit", "Arrival: {title}", title=title) if arrives else title
                names_ = " ".join(said.split()), " ".join(where.split())
                kind = "meeting" if isinstance(record, Meeting) else record.type or ""
                span_ = (_minutes(when.end), None) if arrives else _span(when)
                found[at].append(WeekEntry(record.id, start, hours, *names_, kind, *span_, arrives))
    days = tuple(tuple(sorted(day, key=lambda entry: (entry.start, entry.title))) for day in found)
    known = days_off.of_workspace(desk, language())
    off = tuple(tuple(known.on(each)) for each in dates)
    visits = tuple(visit for visit in travelled(desk, span) if all(ends(visit.dates)))
    return Week(dates, visits, zone, days, off, tuple(known.unannounced(dates)))


def _title(each: ItineraryItem | Meeting) -> str:
    """Return the title of an event; an item without a title is named by its type."""
    untitled = isinstance(each, ItineraryItem) and not each.title
    return code_label("itinerary_kind", each.type or "") if untitled else title_of(each, language())


def _minutes(hour: str | None) -> int | None:
    return int(hour[:2]) * 60 + int(hour[3:5]) if hour else None


def _span(when: When) -> tuple[int | None, int | None]:
    """Return where an event begins and ends among the hours of its first day."""
    begins, ends = _minutes(when.start), _minutes(when.end)
    if begins is not None and ends is not None and (days_on(when)[1] or ends < begins):
        ends = WHOLE_DAY
    return begins, ends


def move(desk: Desk, id_: str, minutes: int) -> None:
    """Move an event, to another day as well."""
    _change_hours(desk, id_, partial(rules.shift, minutes=minutes))


def stretch(desk: Desk, id_: str, minutes: int) -> None:
    """Move the end of an event."""
    _change_hours(desk, id_, partial(rules.stretch, minutes=minutes))


def _change_hours(desk: Desk, id_: str, change: Callable[[When], When]) -> None:
    record = desk.read.get(Meeting, id_)
    if record is None:
        visit_itinerary.change_hours(desk, id_, change)
    elif record.when is not None and record.when.start:
        records.edit(desk, id_, {"when": change(record.when)})
