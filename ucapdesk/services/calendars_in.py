"""A calendar as the programme of a visit: each date becomes an item, and one that came before is brought up to date.

What a date is (a meeting, a meal) is not guessed from its words. A calendar that comes again changes what moved in it and
nothing else; what was written here since is left as it is.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import dotted, language, tr
from ucapdesk.base.ids import derived_id
from ucapdesk.formats.ics import Event, read_calendar
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.visits import ItineraryItem, TransportLeg, Visit
from ucapdesk.model.values import Bilingual, When
from ucapdesk.model.wording import say_when
from ucapdesk.services.incoming import Line, Plan
from ucapdesk.services.itinerary import visit_zone
from ucapdesk.services.records import get, titles
from ucapdesk.store.desk import Desk
from ucapdesk.store.save import Save

SUFFIX = ".ics"
OURS = "@ucapdesk"


class NoVisitThen(UserError):
    """Nothing says whose programme the dates are."""

    sentence = (
        "No visit is on record for the days in {file} ({days}). "
        "Nothing was changed; make the visit with its dates first, or open it and receive the file there."
    )


class SeveralVisitsThen(UserError):
    """Two visits at once."""

    sentence = (
        "Several visits are on record for the days in {file}: {visits}. "
        "Nothing was changed; open the right one and receive the file there."
    )


class NotAVisit(UserError):
    """Another kind of record was named."""

    sentence = "{id} is no visit. Nothing was changed; a calendar becomes the programme of a visit."


def plan_file(desk: Desk, path: Path, visit: str | None = None) -> Plan:
    """What the dates of a calendar would become in a visit, by default the one on record for these days."""
    shown = get(desk, visit) if visit else None
    if shown is not None and not isinstance(shown, Visit):
        raise NotAVisit(id=shown.id)
    events, unreadable = read_calendar(path, None)
    into = shown if isinstance(shown, Visit) else _visit_at(desk, path, events)
    events, unreadable = read_calendar(path, visit_zone(desk, into))
    lines, found = [], {}
    for number, event in enumerate(events, 1):
        id_ = _id_of(desk, into, event)
        found[number] = (id_, event)
        lines.append(_line(desk, into, number, id_, event))
    for number, title in enumerate(unreadable, len(events) + 1):
        said = tr("calendar", "its time cannot be read; left out")
        lines.append(Line(number, title or "–", said, ticked=False, possible=False))

    def write(work: Save, numbers: Collection[int]) -> None:
        for number in numbers:
            _write(desk, work, into, *found[number])

    return Plan(path.name, "visit", tuple(lines), write)


def _visit_at(desk: Desk, path: Path, events: list[Event]) -> Visit:
    """The one visit whose days these are."""
    days = sorted(event.when.date for event in events if event.when.date)
    found = []
    for visit in desk.read.page(Visit, desk.read.ids(Visit, order="dates")):
        if visit.dates and days:
            low, high = visit.dates.bounds
            if low <= days[-1] and days[0] <= high:
                found.append(visit)
    if not found:
        raise NoVisitThen(file=path.name, days=" – ".join(dict.fromkeys((days[0], days[-1]))) if days else "–")
    if len(found) > 1:
        said = titles(desk, [visit.id for visit in found])
        raise SeveralVisitsThen(file=path.name, visits=", ".join(said.values()))
    return found[0]


def _id_of(desk: Desk, visit: Visit, event: Event) -> str:
    """The id of the item: our own where the date came from here, else always the same for this date of this visit."""
    if event.uid.endswith(OURS):
        own = desk.read.record(event.uid.removesuffix(OURS))
        if isinstance(own, ItineraryItem | TransportLeg) and own.owner == visit.id:
            return own.id
    return derived_id("ics", visit.id, event.uid or f"{event.title}|{event.when.sort_key}")


def _values(event: Event) -> dict[str, Any]:
    """The fields that a date fills; the name of its place is text, since which place it is nobody said."""
    read = KINDS["itinerary_item"].fields["title"].type.read
    values: dict[str, Any] = {"when": event.when, "title": read(event.title)}
    if event.place:
        values["address"] = read(event.place)
    if event.text:
        values["internal_note"] = read(event.text)
    if event.tentative:
        values["confirmed"] = False
    return values


def _line(desk: Desk, visit: Visit, number: int, id_: str, event: Event) -> Line:
    title = event.title or "–"
    said = say_when(event.when, language())
    there = desk.read.record(id_)
    if there is not None and there.is_deleted:
        return Line(number, title, tr("calendar", "{when}; it is in the Trash here", when=said), ticked=False)
    if there is None:
        words = [tr("calendar", "new: {when}", when=said)]
        if event.repeats:
            words.append(tr("calendar", "repeats; only this time is taken in"))
        if visit.dates and event.when.date and not visit.dates.bounds[0] <= event.when.date <= visit.dates.bounds[1]:
            words.append(tr("calendar", "outside the days of the visit"))
            return Line(number, title, dotted(*words), ticked=False)
        return Line(number, title, dotted(*words))
    moved = _moved(there, event)
    if not moved:
        return Line(number, title, tr("calendar", "is there already, as it is"), ticked=False, possible=False)
    labels = ", ".join(KINDS[there.__tablename__].fields[name].label() for name in moved)
    return Line(number, title, tr("calendar", "changes {fields}: {when}", fields=labels, when=said))


def _moved(there: Any, event: Event) -> dict[str, Any]:
    """What the calendar says otherwise than the item: its time and its title."""
    changes: dict[str, Any] = {}
    if not _same_time(there.when, event.when):
        changes["when"] = event.when
    if isinstance(there, ItineraryItem) and event.title and event.title not in (there.title or Bilingual()).values():
        lang = next(iter(KINDS["itinerary_item"].fields["title"].type.read(event.title) or ()), "en")
        changes["title"] = (there.title or Bilingual()).write(lang, event.title)
    return changes


def _same_time(here: When | None, there: When) -> bool:
    """Whether two times are the same on the clock; where one names no zone, the other's is meant."""
    if here is None:
        return False
    hours = ("date", "start", "end")
    zones = not here.tz or not there.tz or here.tz == there.tz
    last = (here.end_date or here.date) == (there.end_date or there.date) or here.end is None
    return zones and last and all(getattr(here, name) == getattr(there, name) for name in hours)


def _write(desk: Desk, work: Save, visit: Visit, id_: str, event: Event) -> None:
    there = desk.read.record(id_)
    if there is not None and not there.is_deleted:
        work.edit(id_, _moved(there, event))
        return
    work.new(ItineraryItem, id_, owner=visit.id, **_values(event))
