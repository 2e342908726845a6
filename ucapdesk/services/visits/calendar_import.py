"""Import of a calendar into the programme of a visit: each event becomes an item, and an event imported before updates its item.

What a date is (a meeting, a meal) is not guessed from its words. A calendar that comes again changes what moved in it and
nothing else; what was written here since is left as it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from ucapdesk.base.errors import Failure
from ucapdesk.base.i18n import dotted, language, latin_language, ntr, tr
from ucapdesk.base.ids import ID, derived_id
from ucapdesk.formats.glance.record_drafts import RecordDraft
from ucapdesk.formats.ics import Calendar, Event, read_calendar
from ucapdesk.formats.phrases.small_texts import in_languages
from ucapdesk.model.dates.formatting import say_when, say_zone
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.model.kinds.visit_kinds import ItineraryItem, Meeting, Participation, TransportLeg, Visit
from ucapdesk.model.record import Record
from ucapdesk.model.values import Bilingual, When
from ucapdesk.services.errors import NOT_A_VISIT
from ucapdesk.services.files.draft_records import not_named
from ucapdesk.services.files.incoming_files import Plan, PlanLine, was_imported
from ucapdesk.services.records.history import is_taken_back, past
from ucapdesk.services.records.records import get, shown, titles
from ucapdesk.store.desk import Desk
from ucapdesk.store.read.derived_values import place_time
from ucapdesk.store.save import Save

OURS = "@ucapdesk"


NO_VISIT_THEN = Failure(
    "no-visit-then",
    "No visit is on record for the days in {file} ({days}). "
    "Nothing was changed; make the visit with its dates first, or open it and receive the file there.",
)

SEVERAL_VISITS_THEN = Failure(
    "several-visits-then",
    "Several visits are on record for the days in {file}: {visits}. "
    "Nothing was changed; open the right one and receive the file there.",
)


def plan_file(desk: Desk, path: Path, visit: str | None = None) -> Plan:
    """Return the import plan of a calendar for a visit, by default the one on record for its days."""
    named = get(desk, shown(desk, visit)) if visit else None
    if named is not None and not isinstance(named, Visit):
        raise NOT_A_VISIT(id=named.id)
    into = named if isinstance(named, Visit) else _visit_at(desk, path)
    clocks = place_time(desk)
    near = clocks.zones_of(into)
    plan = _Plan(desk, into, read_calendar(path, clocks.of_visit(into), _days_of(into), near), has_clock=bool(near))
    return Plan(path.name, "visit", tuple(plan.lines()), plan.write)


def _visit_at(desk: Desk, path: Path) -> Visit:
    visits = desk.read.listed(Visit, order="dates")
    dated = [(visit, span) for visit in visits if (span := _days_of(visit))]
    ends = [day for _, span in dated for day in span]
    events = read_calendar(path, None, (min(ends), max(ends)) if ends else None)
    days = sorted(event.when.date for event in events.events if event.when.date)
    found = [visit for visit, (low, high) in dated if any(f"{low}" <= day <= f"{high}" for day in days)]
    if not found:
        raise NO_VISIT_THEN(file=path.name, days=" – ".join(dict.fromkeys((days[0], days[-1]))) if days else "–")
    if len(found) > 1:
        said = titles(desk, [visit.id for visit in found])
        raise SEVERAL_VISITS_THEN(file=path.name, visits=", ".join(said.values()))
    return found[0]


def _days_of(visit: Visit) -> tuple[date, date] | None:
    low, high = visit.dates.bounds if visit.dates else ("", "")
    return (date.fromisoformat(low), date.fromisoformat(high)) if low > "0001" and high < "9999" else None


class _Plan:
    """The plan of a calendar: the zone of the visit, the events, and those left out."""

    def __init__(self, desk: Desk, visit: Visit, read: Calendar, *, has_clock: bool) -> None:
        self._desk, self._visit, self._read = desk, visit, read
        # The zone that the visit takes from the calendar, where it has none.
        self._zone = None if has_clock else read.zone
        self._found: dict[int, tuple[str, Event]] = {}
        self._people = {person.email.casefold(): person.id for person in self._invited() if person.email}

    def lines(self) -> Iterator[PlanLine]:
        numbers = count(1)
        told = []
        if self._zone:
            said = tr("calendar", "becomes the time zone of the visit, which has none")
            yield PlanLine(next(numbers), say_zone(self._zone, language()), said)
        for event in self._read.events:
            number = next(numbers)
            id_ = self._id_of(event)
            if not event.cancelled:
                self._found[number] = (id_, event)
            yield self._line(number, id_, event)
            when = {"date": event.when.date}
            told.append(RecordDraft("itinerary_item", id_, "", {"owner": self._visit.id, "when": when}))
        gone = ((title, dotted(*said)) for title, *said in not_named(self._desk, told))
        for title, why in (*gone, *self._left_out()):
            yield PlanLine(next(numbers), title or "–", why, ticked=False, possible=False)

    def _left_out(self) -> Iterator[tuple[str, str]]:
        for title in self._read.elsewhere:
            yield title, tr("calendar", "repeats; events outside the days of the visit were not read")
        said = tr("calendar", "a time zone that is not known; hours given by it are taken by the clock of their place")
        yield from ((name, said) for name in self._read.unknown_zones)
        yield from ((title, tr("calendar", "a task and no event; left out")) for title in self._read.tasks)
        yield from ((title, tr("calendar", "time cannot be read; left out")) for title in self._read.unreadable)

    def write(self, work: Save, numbers: Collection[int]) -> None:
        for number in sorted(numbers):
            if number in self._found:
                self._write(work, *self._found[number])
            else:
                work.get(Visit, self._visit.id).time_zone = self._zone

    def _id_of(self, event: Event) -> str:
        """Return the id of the item: our own where the event came from here, else one derived from event and visit."""
        own = self._own(event)
        if isinstance(own, ItineraryItem | TransportLeg) and own.owner == self._visit.id:
            return own.id
        uids = filter(None, (event.earlier_uid, event.uid or f"{event.title}|{event.when.sort_key}"))
        whole = self._desk.read.sames().whole(self._visit.id)  # it may have come into any of them
        ids = [derived_id("ics", visit, uid) for uid in uids for visit in whole]
        return next((id_ for id_ in ids if self._desk.read.kind_of(id_)), ids[-len(whole)])

    def _own(self, event: Event) -> Record | None:
        id_ = ID.match(event.uid) if event.uid.endswith(OURS) else None
        return self._desk.read.record(id_[0]) if id_ else None

    def _line(self, number: int, id_: str, event: Event) -> PlanLine:
        title = event.title or "–"
        said = say_when(event.when, language())
        own = self._own(event)
        if own is not None and not isinstance(own, ItineraryItem | TransportLeg | Meeting):
            kind = KINDS[own.__tablename__].label()
            what = tr("calendar", "{when}; on record here ({kind}), left out", when=said, kind=kind)
            return PlanLine(number, title, what, ticked=False, possible=False)
        there = self._desk.read.record(id_)
        if event.cancelled:
            here = there is not None and not there.is_deleted
            what = tr("calendar", "{when}; cancelled, but still in the programme", when=said) if here else \
                tr("calendar", "{when}; cancelled, left out", when=said)  # fmt: skip
            return PlanLine(number, title, what, ticked=False, possible=False)
        known = there or own
        back = known is not None and known.is_deleted and is_taken_back(self._desk, known.id)
        if known is not None and known.is_deleted and not back:
            return PlanLine(number, title, tr("calendar", "{when}; it is in the Trash here", when=said), ticked=False)
        if there is None or back:
            words = [tr("calendar", "new: {when}", when=said), *self._said_people(event)]
            low, high = self._visit.dates.bounds if self._visit.dates else ("", "")
            outside = bool(low and event.when.date and not low <= event.when.date <= high)
            words += [tr("calendar", "outside the days of the visit")] if outside else []
            return PlanLine(number, title, dotted(*words), ticked=not outside)
        moved = _moved(self._desk, there, event)
        if not moved:
            return PlanLine(number, title, tr("calendar", "already there, unchanged"), ticked=False, possible=False)
        news = self._news(there, moved)
        labels = ", ".join(KINDS[there.__tablename__].fields[name].label() for name in news or moved)
        if not news:
            kept = tr("calendar", "{fields}: changed here since, stays as it is", fields=labels)
            return PlanLine(number, title, kept, ticked=False)
        return PlanLine(number, title, tr("calendar", "changes {fields}: {when}", fields=labels, when=said))

    def _news(self, there: Any, moved: dict[str, Any]) -> dict[str, Any]:
        """Return of the changes those that were never here, or that replace what was imported; else somebody changed it here."""
        states: list[Any] = past(self._desk, there, {}).states
        imported = partial(was_imported, self._desk, there.id)
        news: dict[str, Any] = {}
        for name, value in moved.items():
            if isinstance(value, When):
                fresh = imported(name) or not any(value.is_same_time(each.when) for each in states)
            else:
                here = getattr(there, name) or Bilingual()
                fresh = any(
                    imported(f"{name}.{lang}") or all((getattr(each, name) or {}).get(lang) != text for each in states)
                    for lang, text in value.items()
                    if here.get(lang) != text
                )
            news |= {name: value} if fresh else {}
        return news

    # -- people -----------------------------------------------------------------------------------

    def _invited(self) -> list[Person]:
        addresses = {each.email for event in self._read.events for each in event.people if each.email}
        found = (self._desk.read.search(mail, kinds=("person",), limit=5) for mail in sorted(addresses))
        hits = {hit.id for each in found for hit in each}
        wanted = {mail.casefold() for mail in addresses}
        return [each for each in self._desk.read.page(Person, sorted(hits)) if (each.email or "").casefold() in wanted]

    def _said_people(self, event: Event) -> Iterator[str]:
        known = [each for each in event.people if each.email.casefold() in self._people]
        if known:
            yield ntr("calendar", "{n} person takes part", "{n} people take part", len(known))
        if others := len(event.people) - len(known):
            yield ntr("calendar", "{n} person is not on record, kept as a note",
                      "{n} people are not on record, kept as a note", others)  # fmt: skip

    def _write(self, work: Save, id_: str, event: Event) -> None:
        there = self._desk.read.record(id_)
        if there is not None and not there.is_deleted:
            moved = _moved(self._desk, there, event)
            work.edit(id_, self._news(there, moved) or moved)
            return
        work.new(ItineraryItem, id_, owner=self._visit.id, **self._values(event))
        for each in event.people:
            if person := self._people.get(each.email.casefold()):
                said = {"attendance": each.attendance} if each.attendance else {}
                work.new(Participation, owner=id_, person=person, **said)

    def _values(self, event: Event) -> dict[str, Any]:
        """Return the fields that an event fills; its place stays a text, as nobody said which place on record it is."""
        own = self._own(event)
        meeting = own.id if isinstance(own, Meeting) and not own.is_deleted else None
        values: dict[str, Any] = {"when": event.when, "title": _told(event.title), "meeting": meeting}
        if event.place:
            values["address"] = _told(event.place)
        others = [each for each in event.people if each.email.casefold() not in self._people]
        invited = ", ".join(f"{each.name} <{each.email}>" if each.name and each.email else each.name or each.email
                            for each in others)  # fmt: skip
        notes = [event.text, tr("calendar", "Invited: {people}", people=invited) if invited else ""]
        if note := "\n".join(filter(None, notes)):
            values["internal_note"] = KINDS["itinerary_item"].fields["internal_note"].type.read(note)
        if event.tentative:
            values["confirmed"] = False
        return values


def _moved(desk: Desk, there: Any, event: Event) -> dict[str, Any]:
    """Return the changes that the event makes to its item: time, title and place; how our own events say their place is no change."""
    changes: dict[str, Any] = {}
    if not event.when.is_same_time(there.when):
        changes["when"] = event.when.entered([place_time(desk).told(there)], there.when)
    if isinstance(there, ItineraryItem):
        texts = {"title": event.title, "address": "" if event.uid.endswith(OURS) else event.place}
        for name, said in texts.items():
            here = getattr(there, name) or Bilingual()
            told = {} if not said or said in here.values() else dict(_told(said).items())
            changed = {lang: text for lang, text in told.items() if here.get(lang) != text}
            for lang, text in changed.items():
                here = here.write(lang, text)
            changes |= {name: here} if changed else {}
    return changes


def _told(said: str) -> Bilingual:
    """Return a text by language: a title in two scripts under both, any other as it is typed."""
    parts = in_languages(said, latin_language())
    if len(parts) < 2:
        parts = dict((KINDS["itinerary_item"].fields["title"].type.read(said) or Bilingual()).items())
    return Bilingual(parts)
