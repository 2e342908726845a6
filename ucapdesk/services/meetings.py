"""Meetings as they are logged, prefilled with what is known and what earlier ones left open; their agreed actions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from ucapdesk.base.ids import new_id
from ucapdesk.model.codes import codes
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.model.kinds.visit_kinds import (
    ActionItem,
    ItineraryItem,
    Meeting,
    MinuteEntry,
    Participation,
    TransportLeg,
    Visit,
)
from ucapdesk.model.listing import Condition
from ucapdesk.model.rules import sides
from ucapdesk.model.rules.itinerary import Slot, runs
from ucapdesk.model.rules.place_time import PlaceTime
from ucapdesk.model.rules.record_rules import left_open
from ucapdesk.model.rules.sides import NO_SEAT, is_away
from ucapdesk.model.rules.status import is_awaited, is_called_off, is_held, is_open, is_travelled
from ucapdesk.model.values import PartialDate, Refs, When
from ucapdesk.services.errors import WRONG_KIND_LINKED
from ucapdesk.services.records.records import adding, edited, get
from ucapdesk.store.desk import Desk
from ucapdesk.store.read.derived_values import place_time
from ucapdesk.store.refusals import InTrash

Planned = Meeting | ItineraryItem | TransportLeg
QUARTER = 15
MET = ("meeting", "signing", "internal", None)  # Types of programme items at which people meet
JUST_ENDED = timedelta(minutes=30)  # How long after its end a meeting is still offered for logging
USUAL_LENGTH = timedelta(hours=1)  # Assumed length of a meeting without a recorded end
# Fields that a follow-up meeting takes from the one before.
STAYS = ("title", "ucap", "type", "mode", "places", "room", "chair_a", "chair_b", "spoken", "interpretation")
ATTENDED, ABSENT, EXCUSED = "attended", "absent", "excused"


# -- what somebody wants to log now ---------------------------------------------------------------


def meet(desk: Desk, person_id: str, now: datetime) -> str:
    person = get(desk, person_id)
    if not isinstance(person, Person):
        raise WRONG_KIND_LINKED(field="person", kinds="person", id=person_id, kind=type(person).__tablename__)
    if person.is_deleted:
        raise InTrash(title=str(person.name or person.name_han or ""))
    with adding(desk, Meeting) as (work, id_):
        work.new(Meeting, id_, **begun_now(desk, now))
        work.new(Participation, None, owner=id_, person=person_id)
    return id_


def begun_now(desk: Desk, now: datetime, shown: str = "") -> dict[str, Any]:
    """Return the fields of a meeting that begins now: the time to the nearest quarter, and the visit under way, of several that ``shown``.

    ``now`` is read on the clock of the place where the visit is, if it says which.
    """
    there = running_visits(desk, now.date().isoformat())
    visit = next((each for each in there if each.id == shown), next(iter(there), None))
    zone = place_time(desk).of_day(visit, now.date().isoformat()) if visit else None
    here = now.astimezone(ZoneInfo(zone)) if zone and now.tzinfo else now
    start = here + timedelta(minutes=QUARTER / 2)
    start = start.replace(minute=start.minute - start.minute % QUARTER, second=0, microsecond=0)
    return {"when": When(date=start.date().isoformat(), start=f"{start:%H:%M}", tz=zone), **_of_visit(visit)}


def _of_visit(visit: Visit | None) -> dict[str, Any]:
    if visit is None:
        return {}
    values: dict[str, Any] = {"visit": visit.id}
    if len(visit.ucaps or ()) == 1:
        values["ucap"] = next(iter(visit.ucaps or ()))
    if len(visit.host_places or ()) == 1:
        values["places"] = Refs(visit.host_places or ())
    return values


def running_visits(desk: Desk, day: str) -> list[Visit]:
    """Return the visits that take place on a day, that which began last first; none of which only a year is known."""
    found = [visit for visit in travelled(desk, day) if runs(visit.dates, day)]
    return sorted(found, key=lambda visit: visit.dates.bounds[0] if visit.dates else "", reverse=True)


def travelled(desk: Desk, *periods: str) -> list[Visit]:
    """Return the visits in some periods on whose dates people travel, in the order of these."""
    there = desk.read.listed(Visit, order="dates", conditions=[Condition("dates", periods)])
    return [visit for visit in there if is_travelled(visit)]


def to_come(desk: Desk, visit_id: str) -> list[Meeting]:
    """Return the meetings of a visit that were not held yet and are not called off."""
    there = desk.read.listed(Meeting, where={"visit": visit_id})
    return [meeting for meeting in there if is_open(meeting) and not is_held(meeting)]


class Hours(NamedTuple):
    """Begin and end of an event; ``sure``: on known clocks, so that it can be said whether it is over."""

    begins: datetime
    ends: datetime
    sure: bool


def span(clocks: PlaceTime, each: Planned, now: datetime) -> Hours | None:
    """Return begin and end of an event, for comparing with ``now``; None where no hour is known.

    Where nobody knows the zone it is counted on the clock of ``now``: to offer what somebody may want to log, never to
    tell what runs or is over.
    """
    slot = Slot(each.id, clocks.told(each))
    if not slot.timed:
        return None
    begins, ends = (at if at.tzinfo else at.replace(tzinfo=now.tzinfo) for at in (slot.begins, slot.ends))
    ends = max(begins, ends) if slot.when and slot.when.end else begins + USUAL_LENGTH
    return Hours(begins, ends, slot.begins.tzinfo is not None)


def near(desk: Desk, day: date) -> list[Meeting | ItineraryItem]:
    return planned(desk, f"{day - timedelta(1)}/{day + timedelta(1)}")


def planned(desk: Desk, *periods: str) -> list[Meeting | ItineraryItem]:
    """Return programme items, and meetings outside them, in some periods; not those whose meeting or visit is cancelled."""
    during = [Condition("when", periods)]
    items = desk.read.listed(ItineraryItem, order="when", conditions=during)
    named = {item.meeting for item in items if item.meeting}
    meetings = desk.read.listed(Meeting, order="when", conditions=during)
    found: list[Meeting | ItineraryItem] = [*items, *(each for each in meetings if each.id not in named)]
    around = {each.id: (each.id if isinstance(each, Meeting) else each.meeting, visit_of(each)) for each in found}
    ids = sorted({id_ for pair in around.values() for id_ in pair if id_})
    off = {each.id for kind in (Meeting, Visit) for each in desk.read.page(kind, ids) if is_called_off(each)}
    return [each for each in found if off.isdisjoint(around[each.id])]


def visit_of(each: Meeting | ItineraryItem) -> str | None:
    return each.visit if isinstance(each, Meeting) else each.owner


def meeting_to_log(
    desk: Desk, now: datetime, planned: Sequence[Meeting | ItineraryItem] | None = None, shown: str = ""
) -> Meeting | ItineraryItem | None:
    """Return the meeting or programme item to log: the one that runs or has just ended, first of the visit ``shown``."""
    clocks, there = place_time(desk), near(desk, now.date()) if planned is None else planned
    timed = ((hours, each) for each in there if (hours := span(clocks, each, now)))
    begun = ((hours, each) for hours, each in timed if hours.begins <= now <= hours.ends + JUST_ENDED)
    asked = ((hours, each) for hours, each in begun if _to_be_logged(desk, each))
    found = [(hours, each) for hours, each in asked if now <= hours.ends or not has_minutes(desk, each)]
    return max(found, key=lambda pair: (visit_of(pair[1]) == shown, pair[0].sure, pair[0].begins))[1] if found else None


def has_minutes(desk: Desk, each: Meeting | ItineraryItem) -> bool:
    meeting = each if isinstance(each, Meeting) else desk.read.get(Meeting, each.meeting) if each.meeting else None
    return meeting is not None and bool(meeting.summary or desk.read.children(meeting.id, MinuteEntry))


def _to_be_logged(desk: Desk, each: Meeting | ItineraryItem) -> bool:
    if isinstance(each, Meeting):
        return is_awaited(each)
    meeting = desk.read.get(Meeting, each.meeting) if each.meeting else None
    return each.type in MET and (meeting is None or is_awaited(meeting))


def from_item(desk: Desk, item_id: str, now: datetime) -> str:
    """Return the meeting of a programme item; created with the expected people where there is none. One step."""
    item: Any = get(desk, item_id)
    if item.meeting:
        return str(item.meeting)
    visit = desk.read.get(Visit, item.owner) if item.owner else None
    clocks = place_time(desk)
    values = {**_of_visit(visit), "title": item.title, "when": clocks.when(item), "room": item.room}
    values |= {"type": item.type} if item.type in codes("meeting_kind") else {}  # a dinner stays one
    if places := clocks.venue(item).places:
        values["places"] = Refs(places)
    hours = span(clocks, item, now)
    if hours and hours.sure and hours.begins <= now:
        values["status"] = "held" if hours.ends <= now else "in_progress"
    with adding(desk, Meeting) as (work, id_):
        work.new(Meeting, id_, **values)
        for person in desk.read.children(item_id, Participation):
            away = {"attendance": person.attendance} if is_away(person) else {}
            work.new(Participation, owner=id_, **copied(person), **away)
        work.get(ItineraryItem, item_id).meeting = id_
    return id_


def copied(person: Participation) -> dict[str, Any]:
    values = {name: getattr(person, name) for name in ("person", "free_name", "side", "role")}
    return {name: value for name, value in values.items() if value}


def follow_up(desk: Desk, id_: str) -> str:
    """Return the meeting after this one; created with the same people and subject where there is none. One step."""
    meeting: Any = get(desk, id_)
    if meeting.next_meeting:
        return str(meeting.next_meeting)
    values = {name: value for name in STAYS if (value := getattr(meeting, name))}
    with adding(desk, Meeting) as (work, made):
        work.new(Meeting, made, **values, status="draft")
        for person in desk.read.children(id_, Participation):
            work.new(Participation, owner=made, **copied(person))
        work.get(Meeting, id_).next_meeting = made
    return made


# -- who was there --------------------------------------------------------------------------------


def coming(desk: Desk, events: Sequence[Meeting | ItineraryItem]) -> dict[str, set[str]]:
    """Return who comes to each of some events, by its id; where nobody is named for a point who comes, who comes to its meeting."""
    within = {each.id: (each.meeting or "") if isinstance(each, ItineraryItem) else "" for each in events}
    parts = desk.read.children_of({*within, *within.values()}, Participation)
    gone = in_trash(desk, [part for of_one in parts.values() for part in of_one])
    come = {id_: sides.coming(of_one) - gone for id_, of_one in parts.items()}
    away = {id_: {each.person for each in of_one if is_away(each)} for id_, of_one in parts.items()}
    return {id_: come[id_] or come[meeting] - away[id_] for id_, meeting in within.items()}


def in_trash(desk: Desk, parts: Sequence[Participation]) -> set[str]:
    """Return the people in the Trash among some participants: papers do not name them, and they are not counted."""
    people = desk.read.page(Person, [each.person for each in parts if each.person])
    return {each.id for each in people if each.is_deleted}


def expected(desk: Desk, meeting_id: str) -> list[Participation]:
    """Return who comes and is not listed yet: the people of the programme item; where none is named, those of the delegation who
    sit at the table, unless it is a meeting of a group.
    """
    meeting: Any = get(desk, meeting_id)
    items = desk.read.listed(ItineraryItem, where={"meeting": meeting_id})
    people = [each for item in items for each in desk.read.children(item.id, Participation)]
    away = [each for each in people if is_away(each)]
    if people == away and meeting.visit and not (items and all(item.group for item in items)):
        people = [each for each in desk.read.children(meeting.visit, Participation) if each.role not in NO_SEAT]
    known = {each.person for each in (*desk.read.children(meeting_id, Participation), *away)} | {None}
    known |= in_trash(desk, people)
    return sides.once(each for each in people if each.person not in known and not is_away(each))


def add_expected(desk: Desk, meeting_id: str) -> int:
    people = expected(desk, meeting_id)
    if people:
        with desk.save(["meeting.expected", {"id": meeting_id, "n": len(people)}]) as work:
            for person in people:
                work.new(Participation, owner=meeting_id, **copied(person))
    return len(people)


def set_attendance(desk: Desk, ids: Sequence[str], attendance: str | None) -> None:
    with desk.save(edited(ids, "participation", ["attendance"])) as work:
        for id_ in ids:
            work.get(Participation, id_).attendance = attendance


# -- what is to be done ---------------------------------------------------------------------------


def carried_over(desk: Desk, meeting: Any) -> list[ActionItem]:
    def linked(**where: object) -> list[Meeting]:
        return desk.read.listed(Meeting, order="when", where=where)

    return left_open(meeting, linked, lambda id_: desk.read.children(id_, ActionItem))


def to_action(desk: Desk, entry_id: str) -> str:
    entry: Any = get(desk, entry_id)
    made = new_id()
    with desk.save(["minutes.to_action", {"id": made}]) as work:
        work.new(ActionItem, made, owner=entry.owner, text=entry.text, side=entry.side, status="open")
        work.trash(work.get(MinuteEntry, entry_id).id)
    return made


DONE, OPEN = "done", "open"


def tick_actions(desk: Desk, ids: Sequence[str], today: date) -> bool:
    """Mark actions as done today; if all of them are done already, open them again. Return whether they are done. One step."""
    with desk.save(edited(ids, "action_item", ["status", "done_on"])) as work:
        items = [work.get(ActionItem, id_) for id_ in ids]
        done = any(item.status != DONE for item in items)
        for item in items:
            if done and item.status != DONE:
                item.status, item.done_on = DONE, PartialDate(today.isoformat())
            elif not done:
                item.status, item.done_on = OPEN, None
    return done


def set_due_of_actions(desk: Desk, ids: Sequence[str], due: PartialDate | None) -> None:
    with desk.save(edited(ids, "action_item", ["due"])) as work:
        for id_ in ids:
            work.get(ActionItem, id_).due = due
