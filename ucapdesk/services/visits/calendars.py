"""Calendar files for phones: a visit, one person's programme, meetings, due dates and ends.

Only what has a day is written. What is known to the month alone is named to whoever asked and left out: a calendar would make
up a day for it. Internal notes never go into a calendar.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from ucapdesk.base.i18n import language, tr
from ucapdesk.formats.ics import Event
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.agreement_kinds import Agreement
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.model.kinds.visit_kinds import (
    LEADS,
    ActionItem,
    ItineraryItem,
    Meeting,
    Participation,
    TransportLeg,
    Visit,
)
from ucapdesk.model.record import Record
from ucapdesk.model.rules.itinerary import is_day
from ucapdesk.model.rules.journeys import is_ride, same_begin
from ucapdesk.model.rules.place_time import PlaceTime, Venue
from ucapdesk.model.rules.sides import is_away
from ucapdesk.model.rules.status import (
    awaits_signature,
    called_off_in,
    expiry,
    is_awaited,
    is_open,
    is_signing_off,
    notice_by,
    status_of,
)
from ucapdesk.model.text.fields_in_words import title_of
from ucapdesk.model.values import Bilingual, PartialDate, When
from ucapdesk.services.records import records
from ucapdesk.store.desk import Desk
from ucapdesk.store.read.derived_values import place_time


@dataclass(slots=True)
class Dates:
    """The events of a calendar; ``left_out`` names the records without a day, ``points`` tells which point a meeting is."""

    clocks: PlaceTime
    events: list[Event] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    points: dict[str, str] = field(default_factory=dict)

    def add(self, desk: Desk, record: Any, when: When | None, **said: Any) -> None:
        title = said.pop("title", "") or title_of(record, language(), partial(records.title, desk))
        if off := said.pop("off", None):
            status = status_of(off)
            title = tr("calendar", "{status}: {title}", status=status.label() if status else "", title=title)
            said |= {"cancelled": True, "busy": False}
        if when is None or not is_day(when.date):
            self.left_out.append(title)
            return
        if when.end_date and not is_day(when.end_date):
            when = replace(when, end_date=None)
        changed = desk.read.newest_change([record.id])[0]
        part = said.pop("part", "")
        uid = f"{record.id}-{part}@ucapdesk" if part else f"{record.id}@ucapdesk"
        self.events.append(Event(uid, " ".join(title.split()), when, changed=changed, **said))

    def sorted(self) -> Dates:
        """Return the calendar sorted by time, each event once: a meeting that is a point of the programme as that point."""
        once = {each.uid: each for each in reversed(self.events)}
        told = [each for uid, each in once.items() if self.points.get(uid) not in once]
        self.events = sorted(told, key=lambda event: (event.when.sort_key, event.uid))
        self.left_out = list(dict.fromkeys(self.left_out))
        return self


# -- whose dates ----------------------------------------------------------------------------------


def of(desk: Desk, kind: str, ids: Sequence[str]) -> Dates:
    dates = Dates(place_time(desk))
    for record in (each for each in desk.read.page(KINDS[kind].cls, ids) if not each.is_deleted):
        _ADD[kind](dates, desk, record)
    return dates.sorted()


def _add_visit(dates: Dates, desk: Desk, visit: Visit) -> None:
    items = desk.read.children(visit.id, ItineraryItem)
    listed = {item.meeting for item in items if item.meeting}
    for item in items:
        _add_item(dates, desk, item)
    for leg in desk.read.children(visit.id, TransportLeg):
        _add_leg(dates, desk, leg, visit)
    for meeting in desk.read.listed(Meeting, where={"visit": visit.id}, order="when"):
        if meeting.id not in listed:
            _add_meeting(dates, desk, meeting)


def _add_person(dates: Dates, desk: Desk, person: Person) -> None:
    named: list[tuple[type[Record], Collection[str], Callable[[Dates, Desk, Any], None]]] = [
        (Participation, ("person",), _add_part), (ItineraryItem, LEADS, _add_item),
        (Meeting, ("chair_a", "chair_b"), _add_meeting), (Visit, ("head",), partial(_add_own, person=person.id)),
    ]  # fmt: skip
    uses = desk.read.referring(person.id)
    for kind, fields, add in named:
        ids = [use.id for use in uses if use.kind == kind.__tablename__ and use.field in fields]
        for record in desk.read.page(kind, ids):
            add(dates, desk, record)
    for action in desk.read.listed(ActionItem, where={"person": person.id}):
        _add_action(dates, desk, action)


def _add_action(dates: Dates, desk: Desk, action: ActionItem) -> None:
    if is_awaited(action) and action.due is not None:
        said = tr("calendar", "Due: {text}", text=title_of(action, language(), partial(records.title, desk)))
        dates.add(desk, action, _last_day(action.due), title=said, busy=False)


def _add_agreement(dates: Dates, desk: Desk, agreement: Agreement) -> None:
    if not is_open(agreement):
        return
    title = title_of(agreement, language(), partial(records.title, desk))
    meeting = desk.read.get(Meeting, agreement.signing_meeting) if agreement.signing_meeting else None
    signing = agreement.signing_planned if awaits_signature(agreement) else None
    days = (
        ("signing", signing, tr("calendar", "Signing: {title}", title=title)),
        ("expires", expiry(agreement), tr("calendar", "Expires: {title}", title=title)),
        ("review", agreement.review, tr("calendar", "Review: {title}", title=title)),
        ("notice", notice_by(agreement), tr("calendar", "Last day for notice: {title}", title=title)),
    )
    for part, day, said in days:
        if day is not None:
            off = meeting if part == "signing" and is_signing_off(agreement, meeting) else None
            dates.add(desk, agreement, _last_day(day), title=said, part=part, off=off, busy=False)


def _add_part(dates: Dates, desk: Desk, part: Participation) -> None:
    owner = desk.read.record(part.owner or "")
    if owner is None or owner.is_deleted or is_away(part):
        return
    if isinstance(owner, Meeting):
        _add_meeting(dates, desk, owner)
    elif isinstance(owner, ItineraryItem):
        _add_item(dates, desk, owner)
    elif isinstance(owner, Visit):
        _add_own(dates, desk, owner, part.person)


def _add_own(dates: Dates, desk: Desk, visit: Visit, person: str | None) -> None:
    from ucapdesk.papers.facts.participants import people_of, rides, takes_part
    from ucapdesk.papers.redacted_reader import RedactedReader
    from ucapdesk.papers.request import OUTSIDE  # papers take long to load

    reader, items = RedactedReader(desk), desk.read.children(visit.id, ItineraryItem)
    who = next((each for each in people_of(reader, visit) if each.person and each.person.id == person), None)
    if who is None:
        return
    for item in (each for each in items if takes_part(reader, each, who)):
        _add_item(dates, desk, item)
    for leg in (each for each in desk.read.children(visit.id, TransportLeg) if rides(reader, each, who)):
        _add_leg(dates, desk, leg, visit)
    listed = {item.meeting for item in items}
    for meeting in RedactedReader(desk, OUTSIDE).linked(Meeting, "when", visit=visit.id):
        there = {each.id for each in people_of(reader, meeting)}
        if who.id in there and meeting.id not in listed and called_off_in(meeting) is None:
            _add_meeting(dates, desk, meeting)


# -- what a date says -----------------------------------------------------------------------------


def _add_item(dates: Dates, desk: Desk, item: ItineraryItem) -> None:
    visit = desk.read.get(Visit, item.owner) if item.owner else None
    off = called_off_in(desk.read.get(Meeting, item.meeting) if item.meeting else None, visit)
    place = _place(desk, dates.clocks.venue(item), item.address)
    fields = KINDS[item.__tablename__].fields
    group = f"{fields['group'].label()}: {item.group}" if item.group else ""
    more = _lines(group, _both(item.address), _both(item.bring, fields["bring"]))
    leg = dates.clocks.leg_of(item)
    if leg is not None and visit is not None and (is_ride(item, leg) or same_begin(item.when, leg.when)):
        _add_leg(dates, desk, leg, visit, more)
        return
    text = _lines(_other(item.title), more)
    tentative = item.confirmed is False
    dates.points[f"{item.meeting}@ucapdesk"] = f"{item.id}@ucapdesk"
    dates.add(desk, item, dates.clocks.told(item), off=off, place=place, text=text, tentative=tentative)


def _add_leg(dates: Dates, desk: Desk, leg: TransportLeg, visit: Visit, text: str = "") -> None:
    place = _own(leg.departs_from)
    way = " → ".join(filter(None, (place, _own(leg.arrives_at))))
    title = " ".join(filter(None, (title_of(leg, language()), way)))
    text = _lines(" → ".join(filter(None, (_other(leg.departs_from), _other(leg.arrives_at)))), text)
    dates.add(desk, leg, dates.clocks.told(leg), off=called_off_in(visit), title=title, text=text, place=place)


def _add_meeting(dates: Dates, desk: Desk, meeting: Meeting) -> None:
    off = called_off_in(meeting, desk.read.get(Visit, meeting.visit) if meeting.visit else None)
    place = _place(desk, dates.clocks.venue(meeting))
    text = _lines(_other(meeting.title), _both(meeting.objectives))
    dates.add(desk, meeting, dates.clocks.told(meeting), off=off, place=place, text=text)


_ADD: dict[str, Callable[[Dates, Desk, Any], None]] = {
    "person": _add_person,
    "visit": _add_visit,
    "meeting": _add_meeting,
    "action_item": _add_action,
    "agreement": _add_agreement,
}


def _place(desk: Desk, venue: Venue, address: Bilingual | None = None) -> str:
    named = records.title(desk, venue.place) if venue.place else ""
    return ", ".join(filter(None, (named, venue.room, _own(address))))


def _own(text: Bilingual | None) -> str:
    return (text or Bilingual()).said(language())


def _other(text: Bilingual | None) -> str:
    return "\n".join(said for said in (text or Bilingual()).values() if said != _own(text))


def _both(text: Bilingual | None, of: Any = None) -> str:
    said = " · ".join((text or Bilingual()).values())
    return f"{of.label()}: {said}" if said and of else said


def _lines(*texts: str) -> str:
    return "\n".join(dict.fromkeys(filter(None, texts)))


def _last_day(day: PartialDate) -> When:
    """Return a deadline as a whole day: the end of a period; None for a month."""
    return When(day.ends[1] if day.ends[1] != ".." else day.ends[0])
