"""The programme of a visit by day: read it with its clashes and gaps, delay, reorder, copy and split it.

A week shows the events of all visits by day. Where the dates of a visit were moved, its programme is found on the
days of before and moved along.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any, NamedTuple

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import dotted, language, ntr, tr
from ucapdesk.model.codes import Code, code_label
from ucapdesk.model.dates.formatting import say_arrival, say_hours, say_when
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.visit_kinds import ItineraryDay, ItineraryItem, Meeting, Participation, TransportLeg, Visit
from ucapdesk.model.record import Record
from ucapdesk.model.rules import itinerary as rules
from ucapdesk.model.rules import journeys
from ucapdesk.model.rules.country_facts import Holiday
from ucapdesk.model.rules.itinerary import (
    Delay,
    Marks,
    Slot,
    arrives_on,
    days_of,
    days_on,
    days_that_may_be,
    ends,
    is_day,
    on_day,
)
from ucapdesk.model.rules.journeys import journey_differs
from ucapdesk.model.rules.place_time import PlaceTime, Venue
from ucapdesk.model.rules.status import is_called_off, status_of
from ucapdesk.model.text.fields_in_words import title_of
from ucapdesk.model.values import PartialDate, When
from ucapdesk.services.errors import NOTHING_MOVES
from ucapdesk.services.meetings import coming, copied, planned, to_come, travelled, visit_of
from ucapdesk.services.records import records
from ucapdesk.services.records.records import add, edited
from ucapdesk.services.visits.visits import get_visit
from ucapdesk.store.desk import Desk
from ucapdesk.store.read import derived_values
from ucapdesk.store.read.derived_values import NO_DAYS_OFF, DaysOff, place_time
from ucapdesk.store.save import Save

ITEM = ItineraryItem.__tablename__


class ProgrammeDay(NamedTuple):
    """One day of a programme.

    Attributes:
        date: Empty for points without a day.
        items: What begins on it.
        slots: Its points with the clocks of both ends; first of all what began on a day before and ends on this one.
        marks: What is to be seen beside them.
        record: There once something is said of the day as a whole.
        arriving: What began on a day before and ends on this one.
        zone: The clock of the day.
    """

    date: str
    items: tuple[ItineraryItem, ...] = ()
    slots: tuple[Slot, ...] = ()
    marks: Marks = Marks()
    record: ItineraryDay | None = None
    arriving: tuple[ItineraryItem, ...] = ()
    zone: str | None = None

    @property
    def points(self) -> tuple[ItineraryItem, ...]:
        by_id = {item.id: item for item in (*self.items, *self.arriving)}
        return tuple(by_id[slot.id] for slot in self.slots)

    def point(self, id_: str) -> ItineraryItem | None:
        return next((item for item in self.points if item.id == id_), None)

    def arrives(self, item: ItineraryItem) -> bool:
        return any(each.id == item.id for each in self.arriving)


@dataclass(frozen=True)
class DayProgramme:
    """The days of a visit, and the records its items link to.

    Attributes:
        times: The times of items, by id: with the zones of both ends, and for a journey as its transport says.
        venues: The places of items, by id: for a meeting, that of the meeting.
        differing: Items whose times contradict their transport or their meeting, by id, with a remark that tells the other
            times.
        titles: Titles of places and meetings, by id, in the reader's language.
        people: How many people take part in an item, by its id; also those who are not on record.
        off: Cancelled items by id, with the status of their meeting.
        countries: The public holidays and shifted working days of the countries that take part.
    """

    visit: Visit
    zone: str | None
    days: tuple[ProgrammeDay, ...]
    times: Mapping[str, When]
    venues: Mapping[str, Venue]
    differing: Mapping[str, str]
    titles: Mapping[str, str]
    people: Mapping[str, int]
    off: Mapping[str, Code]
    countries: DaysOff = NO_DAYS_OFF

    def day(self, date: str) -> ProgrammeDay:
        """Return a day of the programme; an empty one for a date it lacks."""
        return next((day for day in self.days if day.date == date), ProgrammeDay(date))

    def day_of(self, id_: str) -> ProgrammeDay | None:
        return next((day for day in self.days if any(item.id == id_ for item in day.items)), None)

    @property
    def count(self) -> int:
        return sum(len(day.items) for day in self.days)


# -- reading ------------------------------------------------------------------------------------------


def programme(desk: Desk, visit_id: str) -> DayProgramme:
    visit = get_visit(desk, visit_id)
    items = desk.read.children(visit_id, ItineraryItem)
    clocks = place_time(desk)
    venues = {item.id: clocks.venue(item) for item in items}
    there = {venue.place for venue in venues.values() if venue.place}
    times, known = _times(clocks, items), _known_days(desk, visit_id)
    by_day, arriving = _by_day(items, times, (*days_of(visit.dates), *known))
    meetings = desk.read.page(Meeting, _meetings(items))
    off = _off(meetings, items)
    bare = (
        ProgrammeDay(date, tuple(by_day[date]), record=known.get(date), arriving=tuple(arriving.get(date, ())))
        for date in sorted(by_day)
    )
    days = tuple(_day(clocks, visit, day, off) for day in bare)
    titles = desk.read.titles({*there, *_meetings(items)}, language())
    legs = {leg.id: leg for leg in desk.read.children(visit_id, TransportLeg)}
    differing = dict(_differing(clocks, items, legs, meetings))
    people = {id_: len(there) for id_, there in coming(desk, items).items()}
    zone, countries = clocks.of_visit(visit), derived_values.days_off_of_visit(desk, visit, language())
    return DayProgramme(visit, zone, days, times, venues, differing, titles, people, off, countries)


def dates(desk: Desk, visit_id: str) -> list[str]:
    items, known = desk.read.children(visit_id, ItineraryItem), _known_days(desk, visit_id)
    begin, _ = _by_day(items, _times(place_time(desk), items), (*days_of(get_visit(desk, visit_id).dates), *known))
    return sorted(begin.keys() - {""})


def typed_days(listed: Sequence[str], visit: Visit) -> list[str]:
    """Return the days with which a line may begin: those of the programme, and all on which the visit may be."""
    return sorted({*listed, *days_that_may_be(visit.dates)})


def _times(clocks: PlaceTime, items: Iterable[ItineraryItem]) -> dict[str, When]:
    return {item.id: when for item in items if (when := clocks.told(item))}


def _known_days(desk: Desk, visit_id: str) -> dict[str, ItineraryDay]:
    return {day.date: day for day in desk.read.children(visit_id, ItineraryDay) if day.date and is_day(day.date)}


def _differing(
    clocks: PlaceTime, items: Sequence[ItineraryItem], legs: Mapping[str, TransportLeg], meetings: Sequence[Meeting]
) -> Iterator[tuple[str, str]]:
    living = {each.id: each for each in meetings if not each.is_deleted}
    for item in items:
        meeting, told = living.get(item.meeting or ""), clocks.told(item)
        if journey_differs(item, legs.get(item.transport or "")):
            yield item.id, tr("visit", "the programme says {when}", when=say_when(item.when))
        elif meeting and journeys.meeting_differs(told, there := clocks.told(meeting)):
            yield item.id, tr("visit", "the meeting says {when}", when=_beside(told, there))


def _beside(told: When | None, other: When | None) -> str:
    """Return other times in words, beside those that are told: on the same day only the hours, since there is little room."""
    if told is None or other is None or not other.start or told.date != other.date:
        return say_when(other)
    return say_hours(other, beside=told.tz)


def _meetings(items: Iterable[ItineraryItem]) -> list[str]:
    return sorted({item.meeting for item in items if item.meeting})


def _by_day(
    items: Sequence[ItineraryItem], times: Mapping[str, When], dates: Iterable[str]
) -> tuple[dict[str, list[ItineraryItem]], dict[str, list[ItineraryItem]]]:
    begin: dict[str, list[ItineraryItem]] = {date: [] for date in dates}
    arriving: dict[str, list[ItineraryItem]] = {}
    for item in items:
        when = times.get(item.id)
        begin.setdefault(days_on(when)[0], []).append(item)
        if last := arrives_on(item, when):
            begin.setdefault(last, [])
            arriving.setdefault(last, []).append(item)
    return begin, arriving


def _off(meetings: Sequence[Meeting], items: Sequence[ItineraryItem]) -> dict[str, Code]:
    off = {each.id: code for each in meetings if is_called_off(each) and (code := status_of(each))}
    return {item.id: off[item.meeting] for item in items if item.meeting in off}


def _day(clocks: PlaceTime, visit: Visit, day: ProgrammeDay, off: Container[str]) -> ProgrammeDay:
    before = [slot_of(clocks, item)._replace(carried=True) for item in day.arriving]
    slots = tuple(rules.in_order([*before, *(slot_of(clocks, item) for item in day.items)]))
    by_id = {item.id: item for item in day.items}
    own = tuple(by_id[slot.id] for slot in slots if slot.id in by_id)
    marks = rules.marks([slot for slot in slots if slot.id not in off])
    return day._replace(items=own, slots=slots, marks=marks, zone=clocks.of_day(visit, day.date))


def slot_of(clocks: PlaceTime, item: ItineraryItem) -> Slot:
    around = tuple(place.id for place in clocks.up_from(clocks.venue(item).place))
    what = bool(item.fixed), item.group or "", item.type or ""
    return Slot(item.id, clocks.when(item), *what, around, *clocks.ends(item))


def _point(desk: Desk, id_: str, date: str = "") -> tuple[ItineraryItem, ProgrammeDay]:
    """Return an item, and the day it is looked at on: by default the one on which it begins."""
    item = desk.read.get(ItineraryItem, id_)
    if item is None or item.is_deleted or not item.owner:
        raise UserError(
            "{id} is not an item of a visit’s programme, or it is in the Trash. Nothing was changed; “ucapdesk "
            "itinerary <visit>” lists them.",
            code="no-such-point",
            id=id_,
        )
    whole = programme(desk, item.owner)
    shown = whole.day(date) if date else ProgrammeDay("")
    return item, shown if shown.arrives(item) else whole.day_of(id_) or ProgrammeDay("")


# -- writing ------------------------------------------------------------------------------------------


def preview_delay(desk: Desk, item_id: str, by: int, date: str = "") -> Delay:
    _, day = _point(desk, item_id, date)
    return rules.delay(day.slots, item_id, by)


def say_delay(delay: Delay, name_of: Callable[[str], str] | None = None) -> str:
    """Return the effect of a delay in words; ``name_of`` gives the titles of the items that stay, which are told with it."""
    said = [ntr("visit", "{n} item moves", "{n} items move", len(delay.moved))]
    if delay.ends and (end := delay.ends.end or delay.ends.start):
        said.append(tr("visit", "the last one ends at {hour}", hour=end))
    if name_of and (n := len(delay.stays)):
        names = tr("log", ", ").join(map(name_of, delay.stays))
        said.append(ntr("visit", "{n} fixed item stays: {names}", "{n} fixed items stay: {names}", n, names=names))
    if n := delay.after.count:
        said.append(ntr("visit", "{n} to check", "{n} to check", n))
    return dotted(*said)


def delay_day(desk: Desk, item_id: str, by: int, date: str = "") -> Delay:
    """Delay an item and the rest of its day by so many minutes, except items with a fixed time. One step.

    ``date``: of the day on which it arrives, where the rest of that one is meant.
    """
    _, day = _point(desk, item_id, date)
    done = rules.delay(day.slots, item_id, by)
    if not done.moved or not by:
        raise NOTHING_MOVES()
    _set_hours(desk, ["visit.delay_day", {"n": len(done.moved), "day": day.date, "by": by}], done.moved)
    return done


def change_hours(desk: Desk, item_id: str, change: Callable[[When], When]) -> None:
    """Change the hours of one item, whether fixed or not: the user means this one."""
    _, day = _point(desk, item_id)
    slot = next((slot for slot in day.slots if slot.id == item_id and slot.timed), None)
    if slot is None or slot.when is None:
        raise NOTHING_MOVES()
    _set_hours(desk, edited([item_id], ITEM, ["when"]), {item_id: change(slot.when)})


def reorder(desk: Desk, item_id: str, to: int, date: str = "") -> None:
    """Move an item to another place in its day; times move with it. Items that only arrive on a day stay."""
    _, day = _point(desk, item_id, date)
    moved = rules.reorder(day.slots, item_id, to)
    if not moved:
        raise NOTHING_MOVES()
    _set_hours(desk, ["record.move", {"id": item_id, "kind": ITEM}], moved)


def move_to_day(desk: Desk, item_id: str, date: str) -> None:
    item, day = _point(desk, item_id)
    slot = next((slot for slot in day.slots if slot.id == item_id), None)
    when = rules.on_day((slot.when if slot else item.when) or When(), date)
    _set_hours(desk, edited([item_id], ITEM, ["when"]), {item_id: when})


def copy_day(desk: Desk, visit_id: str, date: str, to: str) -> list[str]:
    """Copy all items of a day, with their participants, to another one; return the new ids. One step.

    What is of that day alone is not copied: a meeting, a journey, that it is confirmed.
    """
    day = programme(desk, visit_id).day(date)
    if not day.items:
        raise NOTHING_MOVES()
    with desk.save(["visit.copy_day", {"n": len(day.items), "day": date, "to": to}]) as work:
        return [_copy(desk, work, item, when=rules.on_day(item.when or When(), to)) for item in day.items]


def split(desk: Desk, item_id: str) -> str:
    """Split the delegation: the item is for group A, and a new one at the same hours is made for group B; return its id.

    Who took part stays with A. One step.
    """
    item, _ = _point(desk, item_id)
    with desk.save(["visit.split", {"id": item_id}]) as work:
        work.get(ItineraryItem, item_id).group = "A"
        return _copy(desk, work, item, people=False, group="B")


def day_record(desk: Desk, visit_id: str, date: str) -> str:
    """Return the record of a day for facts about it: title, city, hotel. Created where there is none."""
    known = _known_days(desk, visit_id).get(date)
    return known.id if known else add(desk, ItineraryDay.__tablename__, {"owner": visit_id, "date": date})


def _set_hours(desk: Desk, label: list[Any], hours: Mapping[str, When]) -> None:
    """Set new times of items; transport and meetings go along by the rules of the save (``store/save.py``)."""
    with desk.save(label) as work:
        for id_, when in hours.items():
            work.get(ItineraryItem, id_).when = when


def _copy(desk: Desk, work: Save, item: ItineraryItem, *, people: bool = True, **other: Any) -> str:
    """Copy an item without what is of it alone: its meeting, its journey, that it is confirmed."""
    own = ("pos", "meeting", "transport", "confirmed")
    values = {name: getattr(item, name) for name in KINDS[ITEM].fields if name not in own} | other
    made = work.new(ItineraryItem, **values)
    for each in desk.read.children(item.id, Participation) if people else ():
        work.new(Participation, owner=made.id, **copied(each))
    return str(made.id)


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
    return day - timedelta(day.weekday())


def week(desk: Desk, day: date) -> Week:
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
    known = derived_values.days_off_of_workspace(desk, language())
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
    begins, ends = _minutes(when.start), _minutes(when.end)
    if begins is not None and ends is not None and (days_on(when)[1] or ends < begins):
        ends = WHOLE_DAY
    return begins, ends


def move_entry(desk: Desk, id_: str, minutes: int) -> None:
    _change_entry_hours(desk, id_, partial(rules.shift, minutes=minutes))


def stretch_entry(desk: Desk, id_: str, minutes: int) -> None:
    _change_entry_hours(desk, id_, partial(rules.stretch, minutes=minutes))


def _change_entry_hours(desk: Desk, id_: str, change: Callable[[When], When]) -> None:
    record = desk.read.get(Meeting, id_)
    if record is None:
        change_hours(desk, id_, change)
    elif record.when is not None and record.when.start:
        records.edit(desk, id_, {"when": change(record.when)})


PROGRAMME = (ItineraryItem, ItineraryDay, TransportLeg)
Dated = ItineraryItem | ItineraryDay | TransportLeg | Meeting


class LeftBehind(NamedTuple):
    """A programme that is still on the days of before: the first and the last of them, and by how much its visit was moved."""

    first: str
    last: str
    by: timedelta


def left_behind(desk: Desk, visit: Visit, parts: Iterable[Record]) -> LeftBehind | None:
    """Return the programme that did not move with its visit; None for any other.

    A visit of as many days as before was moved as a whole, be it by one day. One that became longer or shorter left its
    programme behind only where no part is on a day of it.
    """
    now = days_of(visit.dates)
    days = sorted(day for part in parts if isinstance(part, PROGRAMME) and (day := _day_of(part)))
    if not now or not days or now[0] <= days[0] <= days[-1] <= now[-1]:
        return None
    apart = not any(day in now for day in days)
    begins = date.fromisoformat(now[0])
    for was in _dates_before(desk, visit):
        if len(was) == len(now) and was != now and (any if apart else all)(day in was for day in days):
            return LeftBehind(days[0], days[-1], begins - date.fromisoformat(was[0]))
    return LeftBehind(days[0], days[-1], begins - date.fromisoformat(days[0])) if apart else None


def _dates_before(desk: Desk, visit: Visit) -> Iterator[list[str]]:
    """Yield the days that the visit had before, the latest first."""
    for change in reversed(desk.history(visit.id)):
        if change.field == "dates" and isinstance(change.old, str):
            yield days_of(PartialDate(change.old))


def move_along(desk: Desk, visit: Visit) -> int:
    """Move the programme that was left behind to the days of its visit; return how many records moved. One step.

    Meetings of the visit on these days that were not held yet go along.
    """
    parts: list[Any] = [part for kind in PROGRAMME for part in desk.read.children(visit.id, kind)]
    was = left_behind(desk, visit, parts)
    if was is None:
        return 0
    moving = [each for each in (*parts, *to_come(desk, visit.id)) if was.first <= _day_of(each) <= was.last]
    with desk.save(["records.edit", {"n": len(moving)}]) as work:
        for each in moving:
            _move_behind(work.get(type(each), each.id), was.by)
    return len(moving)


def _day_of(each: Dated) -> str:
    day = each.date if isinstance(each, ItineraryDay) else each.when.date if each.when else None
    return day if day and is_day(day) else ""


def _move_behind(each: Dated, by: timedelta) -> None:
    day = (date.fromisoformat(_day_of(each)) + by).isoformat()
    if isinstance(each, ItineraryDay):
        each.date = day
    elif each.when is not None:
        each.when = on_day(each.when, day)
