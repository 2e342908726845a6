"""The sections of the programme: all days in one table, and a sheet with every detail for each day.

A split is a stretch of a day in which two or three groups of the delegation have programmes of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import groupby
from typing import TypeVar

from ucapdesk.base.i18n import Message, tr
from ucapdesk.briefing.blocks.content import Block, Cell, Group, Section, Text
from ucapdesk.briefing.blocks.elements import NO_WORDS, Para, Words
from ucapdesk.model.dates.formatting import say_zone
from ucapdesk.model.dates.zones import zone_city
from ucapdesk.model.kinds.partnership_kinds import Place
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.model.kinds.visit_kinds import LEADS, AgendaItem, ItineraryItem, Meeting, TransportLeg
from ucapdesk.model.rules.itinerary import Slot, apart, minutes_of
from ucapdesk.model.rules.sides import GUEST_SIDE, HOST_SIDE
from ucapdesk.papers.facts.participants import person_name
from ucapdesk.papers.facts.partner_sides import side_name
from ucapdesk.papers.facts.parts import (
    cell,
    column,
    facts,
    facts_of,
    field_label,
    headed,
    label,
    name_of,
    place_name,
    section,
    table,
    value_of,
)
from ucapdesk.papers.facts.visit_facts import (
    Day,
    VisitFacts,
    by_the_clock,
    is_narrow,
    names_again,
    of_group,
    reached,
    venue,
)
from ucapdesk.papers.facts.wording import (
    arrival,
    bracketed,
    colon,
    combined,
    day_name,
    hours,
    in_all,
    in_words,
    joined,
    joined_by,
    listed,
    of_code,
    of_text,
    of_written,
)

Thing = ItineraryItem | TransportLeg
MAX_GROUPS_IN_COLUMNS = 3  # Maximum number of groups in columns; more are stacked, each with its name


def by_start(things: Sequence[Thing]) -> Iterator[tuple[ItineraryItem, ...]]:
    items = [thing for thing in things if isinstance(thing, ItineraryItem)]
    for _, together in groupby(items, key=lambda item: (item.when and item.when.start) or ""):
        yield tuple(together)


def stretches(things: Sequence[Thing], *, narrow: bool) -> Iterator[tuple[Sequence[Thing], Sequence[str]]]:
    """Yield the items of a day in stretches, each with the groups that have a column there, if any; ``narrow``: on a page without room
    for columns it is a single one.
    """
    for is_split, some in groupby(things, key=lambda thing: not narrow and bool(_group(thing))):
        found = tuple(some)
        groups = tuple(sorted({_group(thing) for thing in found})) if is_split else ()
        yield found, groups if 1 < len(groups) <= MAX_GROUPS_IN_COLUMNS else ()


def _group(thing: Thing) -> str:
    return (thing.group or "") if isinstance(thing, ItineraryItem) else ""


T = TypeVar("T")
WITH = Message("paper", "With")
TO_BE_CONFIRMED = Message("paper", "to be confirmed")
# Share of the column of hours; where a page has little room for its letters, "09:00–10:30" needs more of it, and so
# does "11:55 (Madrid) – 07:20 +1 (Beijing)" everywhere.
TIME, WIDE_TIME, OVERNIGHT = 21, 38, 30
LEAST_GAP = 15  # Minimum length in minutes of a gap between two items that gets its own line


# -- all days -------------------------------------------------------------------------------------


def programme(of: VisitFacts) -> list[Section]:
    """Return all days in tables, with the gaps between points, and the clock that the hours are told by; where the delegation
    splits, a column for each group.
    """
    blocks: list[Block] = []
    rows: list[tuple[Cell, ...] | Group] = []
    for day in of.days:
        things = things_of(day)
        if of.for_press and not (things or day.arriving):
            continue  # a day on which nothing is public
        rows.append(Group(day_head(of, day)))
        rows += _all_day(of, day)
        rows += [_row(of, *_arrival(of, day, each)) for each in day.arriving]
        for some, groups in stretches(things, narrow=is_narrow(of)):
            if groups:
                last = rows[-1] if rows else None
                head = last.words if isinstance(last, Group) else None
                blocks += [*_table(of, rows[:-1] if head else rows), *_split_table(of, day, some, groups, head)]
                rows = []
            else:
                rows = rows or [Group(day_head(of, day))]  # what follows groups may begin a page
                rows += _rows(of, day, some)
    blocks += _table(of, rows)
    return section([*_clock(of), *blocks] if blocks else [])


def _same_people(of: VisitFacts, day: Day) -> list[Words]:
    """Return who leads all points of a day that anybody leads; nobody where they differ, or there is one point."""
    asked = _same_people, *(item.id for item in day.items)  # of each point
    return of.reader.remembered(asked, lambda: _same_at_all(day, partial(leads, of)))


def _same_at_all(day: Day, told: Callable[[ItineraryItem], list[T]]) -> list[T]:
    """Return what is told of all points of a day of which anything is; nothing where they differ, or there is one point."""
    known = [found for item in day.items if (found := told(item))]
    return known[0] if len(known) > 1 and all(each == known[0] for each in known) else []


def _all_day(of: VisitFacts, day: Day) -> list[Group]:
    """Return a line below the head of a day with those who are there all day."""
    people = [] if any(item.group for item in day.items) else _same_people(of, day)
    return [Group(combined([label(WITH), listed(people)], colon), level=2)] if people else []


def _has_column_of_people(of: VisitFacts) -> bool:
    """Return whether enough points have people of their own; those of a few stand below what they do."""

    def found() -> bool:
        own = [item for day in of.days for item in day.items if not item.group and not _all_day(of, day)]
        return 2 * sum(bool(leads(of, item)) for item in own) > len(of.items)

    return of.reader.remembered((_has_column_of_people, of), found)


def _table(of: VisitFacts, rows: Sequence[tuple[Cell, ...] | Group]) -> list[Block]:
    columns = (
        column(Message("paper", "Time"), _time_share(of)),
        column(Message("paper", "Programme"), 86, split=True),
        column(Message("paper", "Place"), 34),
        column(WITH, 40),
    )
    return table(columns, rows)


def _time_share(of: VisitFacts) -> int:
    if is_narrow(of):
        return WIDE_TIME
    times = [when for when in (*(item.when for item in of.items), *(leg.when for leg in of.legs)) if when]
    zones = {zone for time in times for zone in (time.tz, time.end_tz) if zone}
    later = any(time.end_date not in (None, time.date) for time in times)
    return OVERNIGHT if later or len(zones) > 1 else TIME


def _clock(of: VisitFacts) -> list[Block]:
    """Return whose clock the hours follow: one for all days, else each day says its own; nothing where it is unknown."""
    zones = _zones(of)
    if not any(zones):
        return []
    if len(zones) > 1:
        return [Text((Para(label(Message("paper", "Times are those of the place of each day.")), "note"),), keep=True)]
    words = in_all(lambda lang: tr("paper", "All times are local ({city}).", lang, city=zone_city(zones[0], lang)))
    return [Text((Para(words, "note"),), keep=True)]


def _zones(of: VisitFacts) -> list[str]:
    return list(dict.fromkeys(day.zone for day in of.days if day.date)) or [of.zone]


def day_head(of: VisitFacts, day: Day) -> Words:
    """Return ``Wednesday, 25 November 2026, Liuzhou``; a day without a date says so."""
    record = day.record
    place = of.reader.one(Place, record.place) if record else None
    clock = in_all(lambda lang: say_zone(day.zone, lang)) if day.zone and len(_zones(of)) > 1 else NO_WORDS
    title = record.title if record and not names_again(place, record.title) else None
    return joined(day_name(day.date), place_name(place), clock, of_text(title))


def _arrival(of: VisitFacts, day: Day, thing: Thing) -> tuple[Words, Cell, Words]:
    """Return time, title and place of an item or transport that left on an earlier day and arrives on this one."""
    group = of_group(thing) if isinstance(thing, ItineraryItem) else None
    arrives = joined(of_code("itinerary_kind", "arrival"), group or NO_WORDS)
    if isinstance(thing, TransportLeg):
        return arrival(thing.when, day.zone), (Para(leg_words(thing), lead=arrives),), of_text(thing.arrives_at)
    leg = of.reader.one(TransportLeg, thing.transport)
    first, *rest = activity(of, thing, grouped=False)
    cell_ = (replace(first, lead=arrives) if isinstance(first, Para) else first, *rest)
    return arrival(thing.when, day.zone), cell_, of_text(leg.arrives_at) if leg else where(of, thing)


def _split_table(
    of: VisitFacts, day: Day, things: Sequence[Thing], groups: Sequence[str], head: Words | None
) -> list[Block]:
    columns = [column(label(Message("paper", "Group {name}", {"name": name})), 60) for name in groups]
    rows: list[tuple[Cell, ...]] = []
    for items in by_start(things):
        times = [hours(item.when, day.zone) for item in items]
        same = len({str(time.text) for time in times}) == 1
        time = times[0] if same else Words.plain((items[0].when and items[0].when.start) or "")
        rows.append((
            cell(time),
            *(
                tuple(para for item in items if item.group == name for para in _of_group(of, day, item, timed=not same))
                for name in groups
            ),
        ))  # fmt: skip
    return table((column(Message("paper", "Time"), _time_share(of)), *columns), rows, head)


def _of_group(of: VisitFacts, day: Day, item: ItineraryItem, *, timed: bool) -> Cell:
    """Return an item of a group with place and leads; ``timed``: with its hours, since others in the row have other ones."""
    below = [hours(item.when, day.zone) if timed else NO_WORDS, where(of, item), *leads(of, item)]
    notes = (Para(words, "note", close=True) for words in below if not words.empty)
    return (*activity(of, item, grouped=False), *notes)


def things_of(day: Day) -> Sequence[Thing]:
    """Return items by the clock, and transport that no item links to."""
    told = {item.transport for item in day.items}
    return by_the_clock([*day.items, *(leg for leg in day.legs if leg.id not in told)])


def _rows(of: VisitFacts, day: Day, things: Sequence[Thing]) -> Iterator[tuple[Cell, ...]]:
    before: Thing | None = None  # what has lasted longest
    for thing in things:
        yield from _gap_row(before, thing)
        if isinstance(thing, TransportLeg):
            yield _row(of, hours(thing.when, day.zone), cell(leg_words(thing)), leg_route(thing))
        else:
            people = [] if _all_day(of, day) else leads(of, thing)
            yield _row(of, hours(thing.when, day.zone), activity(of, thing), where(of, thing, day), *people)
        before = thing if before is None or not _outlasts(before, thing) else before


def _outlasts(one: Thing, other: Thing) -> bool:
    """Return whether one thing of the programme is known to end later than another."""
    first, second = Slot(one.id, one.when), Slot(other.id, other.when)
    known = bool(first.timed and second.timed and one.when and one.when.end)
    return known and apart(second.ends, first.ends) > timedelta()


def _row(of: VisitFacts, time: Words, activity: Cell, place: Words, *people: Words) -> tuple[Cell, ...]:
    if not is_narrow(of) and (not people or _has_column_of_people(of)):
        return cell(time), activity, cell(place), cell(*people)
    if not is_narrow(of):
        below = Para(in_words(listed(people)), "note", lead=label(WITH), close=True)
        return cell(time), (*activity, below), cell(place), ()
    lines = (Para(words, "note", close=True) for words in (place, *people) if not words.empty)
    return cell(time), (*activity, *lines), (), ()


def _gap_row(before: Thing | None, item: Thing) -> Iterator[tuple[Cell, ...]]:
    """Yield a line for unplanned time; none where the hours or the groups leave it open."""
    points = [each for each in (before, item) if isinstance(each, ItineraryItem)]
    if before is None or any(each.group or each.type == "buffer" for each in points):
        return
    earlier, later = Slot(before.id, before.when), Slot(item.id, item.when)
    if not (earlier.timed and later.timed and before.when and before.when.end and item.when):
        return
    gap = minutes_of(apart(earlier.ends, later.begins))
    if gap >= LEAST_GAP:
        span = Words.plain(f"{before.when.end}–{item.when.start}")
        yield ((Para(span, "note"),), (Para(label(_buffer(gap)), "note"),), (), ())


def _buffer(minutes: int) -> Message:
    """Return how long there is between two points; more than two hours are told in hours."""
    whole, rest = divmod(minutes, 60)
    if minutes <= 2 * 60:
        return Message("paper", "Travel and buffer: {n} min", {"n": minutes})
    if rest:
        return Message("paper", "Travel and buffer: {h} h {n} min", {"h": whole, "n": rest})
    return Message("paper", "Travel and buffer: {h} h", {"h": whole})


def activity(of: VisitFacts, item: ItineraryItem, *, grouped: bool = True) -> Cell:
    paras = [Para(name_of(item), lead=of_group(item) if grouped else None)]
    if item.confirmed is False:
        paras.append(Para(label(TO_BE_CONFIRMED), "warning", close=True))
    leg = of.reader.one(TransportLeg, item.transport)
    if leg is not None:
        paras.append(Para(joined(leg_words(leg), leg_route(leg)), "note", close=True))
    return tuple(paras)


def where(of: VisitFacts, item: ItineraryItem, day: Day | None = None) -> Words:
    """Return the place of an item with the room, else its address; without the city that stands over the day."""
    known, place = day.record.place if day and day.record else None, of.place_of(item)
    said = venue(of.reader, place, item.room, known)
    return said if place else joined(of_text(item.address), said)


def leads(of: VisitFacts, item: ItineraryItem) -> list[Words]:
    return [person_name(person) for person in of.reader.all(Person, (item.host_lead, item.our_lead))]


# -- transport ------------------------------------------------------------------------------------


def leg_words(leg: TransportLeg) -> Words:
    """Return ``Train G422``."""
    return joined_by(" ", of_code("transport", leg.mode), Words.plain(leg.number or ""))


def leg_route(leg: TransportLeg) -> Words:
    return joined_by(" – ", of_text(leg.departs_from), of_text(leg.arrives_at))


# -- a sheet a day --------------------------------------------------------------------------------


def days(of: VisitFacts) -> list[Section]:
    found: list[Section] = []
    for day in of.days:
        together = _same_at_all(day, partial(_people, of))  # who leads for a side, and who interprets
        blocks = [*_day_facts(of, day, together), *_run(of, day, alone=not together)]
        if day.items or day.arriving:
            found += section(blocks, day_head(of, day), level=2)
    return headed(found)


def _day_facts(of: VisitFacts, day: Day, people: Sequence[tuple[Words, Words]]) -> list[Block]:
    record = day.record
    if record is None:
        return facts(*people)
    hotel = of.reader.one(Place, record.hotel)
    coordinator = of.reader.one(Person, record.coordinator)
    return facts_of(
        of.reader, record,
        ("hotel", joined(place_name(hotel), Words.plain(hotel.phone or "")) if hotel else NO_WORDS),
        "dress weather",
        ("coordinator", reached(coordinator) if coordinator else NO_WORDS), *people,
    )  # fmt: skip


def _run(of: VisitFacts, day: Day, *, alone: bool) -> list[Block]:
    columns = (
        column(Message("paper", "Time"), _time_share(of)),
        column(Message("paper", "Run of show"), 100, split=True),
        column(Message("paper", "Place and address"), 42),
    )
    rows: list[tuple[Cell, ...]] = []
    for each in day.arriving:
        time, what, place = _arrival(of, day, each)
        rows.append((cell(time), what, cell(place)))
    for thing in things_of(day):
        clock = cell(hours(thing.when, day.zone))
        if isinstance(thing, TransportLeg):
            rows.append((clock, cell(leg_words(thing), leg_route(thing)), cell(of_written(thing.driver))))
            continue
        people = _people(of, thing) if alone else ()
        said = (Para(in_words(who), "note", lead=side, close=True) for side, who in people)
        rows.append((clock, (*_steps(of, thing), *said), _address(of, thing, day)))
        rows += _agenda(of, thing)
    return table(columns, rows)


def _steps(of: VisitFacts, item: ItineraryItem) -> Cell:
    paras = list(activity(of, item))
    for name in ("ceremony", "menu", "bring", "plan_b", "internal_note", "dress"):
        words = value_of(of.reader, item, name)
        if not words.empty:
            paras.append(Para(words, "note", lead=field_label(f"itinerary_item.{name}"), close=True))
    return tuple(paras)


def _address(of: VisitFacts, item: ItineraryItem, day: Day) -> Cell:
    place = of.reader.one(Place, item.place)
    address = of_text(item.address or place.address) if place else NO_WORDS
    access = of_text(place.access) if place else NO_WORDS
    cars = of_text(item.cars)
    lead = field_label("itinerary_item.cars")
    line = (Para(bracketed(lead, cars), "note", close=True),) if not cars.empty else ()
    return (*cell(where(of, item, day), address, access), *line)


def _people(of: VisitFacts, item: ItineraryItem) -> list[tuple[Words, Words]]:
    """Return leads and interpreters of each side, with numbers where they may be printed; every copy names the sides."""
    heads = (side_name(of.sides, HOST_SIDE), side_name(of.sides, GUEST_SIDE), label(Message("paper", "Interpreter")))
    found = ((said, of.reader.one(Person, getattr(item, name))) for name, said in zip(LEADS, heads, strict=True))
    return [(said, reached(person)) for said, person in found if person]


def _agenda(of: VisitFacts, item: ItineraryItem) -> Iterator[tuple[Cell, ...]]:
    meeting = of.reader.one(Meeting, item.meeting)
    for point in of.reader.children(AgendaItem, meeting.id) if meeting else ():
        speakers = listed(person_name(person) for person in of.reader.all(Person, point.speakers))
        length = label(Message("paper", "{n} min", {"n": point.minutes})) if point.minutes else NO_WORDS
        start = Words.plain(point.starts) if point.starts else length
        yield cell(start, role="note"), (Para(name_of(point), mark="–"),), cell(speakers, role="note")
