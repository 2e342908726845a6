"""The programme of a visit by day: read it with its clashes and gaps, delay, reorder, copy and split it."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import dotted, language, ntr, tr
from ucapdesk.model.codes import Code
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.meeting_kinds import Meeting
from ucapdesk.model.kinds.visit_kinds import ItineraryDay, ItineraryItem, Participation, TransportLeg, Visit
from ucapdesk.model.rules import itinerary as rules
from ucapdesk.model.rules import meeting_hours
from ucapdesk.model.rules.itinerary import Delay, Marks, Slot, is_day
from ucapdesk.model.rules.itinerary_dates import arrives_on, days_of, days_on, days_that_may_be
from ucapdesk.model.rules.journeys import differ
from ucapdesk.model.rules.place_time import PlaceTime
from ucapdesk.model.rules.status import is_called_off, status_of
from ucapdesk.model.rules.venue import Venue
from ucapdesk.model.text.format.dates_in_words import say_hours, say_when
from ucapdesk.model.values import When
from ucapdesk.services.errors import NOTHING_MOVES
from ucapdesk.services.meetings.meetings import coming, copied
from ucapdesk.services.records.records import add, edited
from ucapdesk.services.visits.visits import get_visit
from ucapdesk.store.desk import Desk
from ucapdesk.store.read import days_off
from ucapdesk.store.read.days_off import NO_DAYS_OFF, DaysOff
from ucapdesk.store.read.place_times import place_time
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
        """All items of the day in order, arriving ones included."""
        by_id = {item.id: item for item in (*self.items, *self.arriving)}
        return tuple(by_id[slot.id] for slot in self.slots)

    def point(self, id_: str) -> ItineraryItem | None:
        """Return an item of the day, also one that arrives."""
        return next((item for item in self.points if item.id == id_), None)

    def arrives(self, item: ItineraryItem) -> bool:
        """Return whether an item began on an earlier day and ends on this one."""
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
        """Return the day of an item."""
        return next((day for day in self.days if any(item.id == id_ for item in day.items)), None)

    @property
    def count(self) -> int:
        """The number of items."""
        return sum(len(day.items) for day in self.days)


# -- reading ------------------------------------------------------------------------------------------


def programme(desk: Desk, visit_id: str) -> DayProgramme:
    """Read the programme of a visit."""
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
    zone, countries = clocks.of_visit(visit), days_off.of_visit(desk, visit, language())
    return DayProgramme(visit, zone, days, times, venues, differing, titles, people, off, countries)


def dates(desk: Desk, visit_id: str) -> list[str]:
    """Return the days of the programme of a visit."""
    items, known = desk.read.children(visit_id, ItineraryItem), _known_days(desk, visit_id)
    begin, _ = _by_day(items, _times(place_time(desk), items), (*days_of(get_visit(desk, visit_id).dates), *known))
    return sorted(begin.keys() - {""})


def typed_days(listed: Sequence[str], visit: Visit) -> list[str]:
    """Return the days with which a line may begin: those of the programme, and all on which the visit may be."""
    return sorted({*listed, *days_that_may_be(visit.dates)})


def _times(clocks: PlaceTime, items: Iterable[ItineraryItem]) -> dict[str, When]:
    return {item.id: when for item in items if (when := clocks.told(item))}


def _known_days(desk: Desk, visit_id: str) -> dict[str, ItineraryDay]:
    """Return the days of which something is said as a whole."""
    return {day.date: day for day in desk.read.children(visit_id, ItineraryDay) if day.date and is_day(day.date)}


def _differing(
    clocks: PlaceTime, items: Sequence[ItineraryItem], legs: Mapping[str, TransportLeg], meetings: Sequence[Meeting]
) -> Iterator[tuple[str, str]]:
    living = {each.id: each for each in meetings if not each.is_deleted}
    for item in items:
        meeting, told = living.get(item.meeting or ""), clocks.told(item)
        if differ(item, legs.get(item.transport or "")):
            yield item.id, tr("visit", "the programme says {when}", when=say_when(item.when))
        elif meeting and meeting_hours.differ(told, there := clocks.told(meeting)):
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
    """Return the items that begin on each day, and those that arrive on a later one."""
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
    """Return the statuses of cancelled meetings, by the items they belong to."""
    off = {each.id: code for each in meetings if is_called_off(each) and (code := status_of(each))}
    return {item.id: off[item.meeting] for item in items if item.meeting in off}


def _day(clocks: PlaceTime, visit: Visit, day: ProgrammeDay, off: Container[str]) -> ProgrammeDay:
    """Return a day with its items in order, and its remarks."""
    before = [slot_of(clocks, item)._replace(carried=True) for item in day.arriving]
    slots = tuple(rules.in_order([*before, *(slot_of(clocks, item) for item in day.items)]))
    by_id = {item.id: item for item in day.items}
    own = tuple(by_id[slot.id] for slot in slots if slot.id in by_id)
    marks = rules.marks([slot for slot in slots if slot.id not in off])
    return day._replace(items=own, slots=slots, marks=marks, zone=clocks.of_day(visit, day.date))


def slot_of(clocks: PlaceTime, item: ItineraryItem) -> Slot:
    """Return an item as times are compared."""
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
    """Return the effect of ``delay_day`` without writing it."""
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
    """Move an item to the same hours of another day."""
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
    """Set new times of items; transport and meetings go along by the rules of the save (``store/merge/linked_facts.py``)."""
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
