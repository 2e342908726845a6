"""The contents of the Home page: events, the days of a month, actions, and what needs attention. It never writes.

Desktop notices name what the user is responsible for; what somebody else is responsible for is theirs to be told.
Each has a key that changes with its step, so that it is shown once.

Home reminds of an MoU once its lead time begins and again at each of ``STEPS``; a reminder put off stays silent until
the next step.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from ucapdesk.base.clock import clock_of, local_now, today
from ucapdesk.base.i18n import capital, dotted, language, ntr, pair, tr
from ucapdesk.model.codes import code_label, folded
from ucapdesk.model.dates.formatting import bracketed_city, say_arrival, say_date, say_hours
from ucapdesk.model.dates.words import short_weekdays
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.people_kinds import Person, names_of
from ucapdesk.model.kinds.visit_kinds import ActionItem, ItineraryItem, Meeting, TransportLeg, Visit
from ucapdesk.model.listing import EMPTY_FIELD, TEXTS, Condition, ListView, awaited_ones, open_ones
from ucapdesk.model.record import OWN_NOTES
from ucapdesk.model.rules.itinerary import arrives_on, days_on, ends, runs
from ucapdesk.model.rules.record_rules import missing_fields, missing_languages, needed_fields
from ucapdesk.model.rules.status import codes_with, is_called_off, is_overdue, status_of
from ucapdesk.model.text.fields_in_words import tagged
from ucapdesk.model.values import Bilingual, PartialDate, When
from ucapdesk.services import agreements, meetings
from ucapdesk.services.files.paper_questions import to_decide
from ucapdesk.services.records import lists, search
from ucapdesk.services.records.records import holding
from ucapdesk.services.records.search import Found
from ucapdesk.services.visits import visits
from ucapdesk.services.visits.visits import travellers
from ucapdesk.services.workspaces.sample import is_sample
from ucapdesk.store.desk import Desk
from ucapdesk.store.errors import StillWriting
from ucapdesk.store.read import derived_values
from ucapdesk.store.read.derived_values import place_time


class VisitNow(NamedTuple):
    """The visit that runs, or the next one. ``when``: how far it is, in words; ``gaps``: what it still lacks; ``to_do``:
    how much of its checklist is not done, and how much of that is ``late``.
    """

    id: str
    title: str
    dates: str
    when: str
    running: bool
    people: int
    gaps: tuple[str, ...]
    to_do: int = 0
    late: int = 0


class ToDo(NamedTuple):
    """An action, when it is due, and whether it is overdue.

    Attributes:
        note: The due date, and whether the action is put off.
    """

    id: str
    title: str
    due: str
    note: str
    overdue: bool


class Need(NamedTuple):
    """Something that needs attention, and where it leads: a record, a list, or a command of the menus.

    Attributes:
        later: Whether it can be put off until its next step.
        whose: The person responsible for it, if anybody is named.
    """

    sentence: str
    urgent: bool = False
    id: str = ""
    view: ListView | None = None
    command: str = ""
    later: bool = False
    whose: str = ""


class ExchangeCounts(NamedTuple):
    """The counts of the exchange, read on the thread of the window, for they come from the log."""

    to_decide: int = 0
    to_give: int = 0


@dataclass(frozen=True, slots=True)
class Happening:
    """An event that runs, has just ended, or comes next, in words, and whether it is a meeting that nobody has logged."""

    id: str
    heading: str
    title: str
    note: str
    to_log: bool


@dataclass(frozen=True, slots=True)
class Clock:
    """The parts of the page that change from minute to minute.

    Attributes:
        place: The host city while a visit runs, and its local time.
        zone: The zone whose clock the page uses; hours on any other clock say so themselves.
    """

    day: str
    place: str
    zone: str | None
    now: tuple[Happening, ...]

    @property
    def heading(self) -> str:
        return dotted(self.day, self.place)


class Point(NamedTuple):
    id: str
    hours: str
    title: str
    where: str


class Day(NamedTuple):
    """A day with its events; ``travelled``: whether a visit takes place on it.

    Attributes:
        counted: The number of events, and of their participants as far as known, in words.
        lacking: The texts in one language only: record, field, and the missing language.
    """

    date: str
    title: str
    points: tuple[Point, ...]
    tomorrow: bool = False
    counted: str = ""
    lacking: tuple[tuple[str, str, str], ...] = ()
    travelled: bool = False


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day of the month: its events in words, and where a click leads: to a record, or to the meetings of the day.

    Attributes:
        inside: Whether it belongs to this month, and not to its edge.
        count: The number of meetings and programme items.
        off: Whether it is a public holiday, or a working day of a weekend, in one of the countries.
    """

    day: date
    inside: bool
    today: bool
    visits: tuple[str, ...]
    count: int
    said: str
    off: bool = False


class Month(NamedTuple):
    first: date
    title: str
    weekdays: tuple[str, ...]
    weeks: tuple[tuple[MonthDay, ...], ...]


@dataclass(frozen=True, slots=True)
class Home(Clock):
    """The whole page.

    Attributes:
        beside: The other visits that run.
        mine: Whether ``actions`` are those of the user; else everybody's, as nobody of that name is on record.
    """

    month: Month | None
    empty: bool
    visit: VisitNow | None
    beside: tuple[VisitNow, ...]
    days: tuple[Day, ...]
    mine: bool
    actions: tuple[ToDo, ...]
    all_actions: int
    needs: tuple[Need, ...]
    recent: tuple[Found, ...]


NEXT_WITHIN = timedelta(hours=12)  # Events later than that belong to tomorrow's card
DAYS_TOLD = 6  # How many things on one day are named; beyond that a number is given


# -- now and next ---------------------------------------------------------------------------------


def happenings(
    desk: Desk, now: datetime, planned: Sequence[Meeting | ItineraryItem], lang: str, beside: str | None = None
) -> Iterator[Happening]:
    """Yield the event that runs or has just ended, and the next one; none without a known clock.

    ``beside``: the zone of the page; hours on another clock name their city.
    """
    clocks = place_time(desk)
    timed = [(hours, each) for each in planned if (hours := meetings.span(clocks, each, now)) and hours.sure]
    begun = [pair for pair in timed if pair[0].begins <= now <= pair[0].ends + meetings.JUST_ENDED]
    coming = [pair for pair in timed if now < pair[0].begins <= now + NEXT_WITHIN]
    to_log = meetings.meeting_to_log(desk, now, planned)
    latest = max(begun, key=lambda pair: pair[0].begins, default=None)
    soonest = min(coming, key=lambda pair: pair[0].begins, default=None)
    for hours, each in filter(None, (latest, soonest)):
        yield Happening(
            id=each.id,
            heading=_heading(hours, now, lang, _city(clocks.told(each), beside, lang)),
            title=tagged(each, desk.read.titles([each.id], lang).get(each.id, ""), lang),
            note=dotted(*_notes(desk, each, lang), _ride(desk, each, hours, now, lang)),
            to_log=to_log is not None and to_log.id == each.id and not meetings.has_minutes(desk, each),
        )


def _city(when: When | None, beside: str | None, lang: str) -> str:
    """Return the city whose clock the hours use, unless that is the page's."""
    return bracketed_city(when.tz, lang) if when and when.tz != beside else ""


def _heading(hours: meetings.Hours, now: datetime, lang: str, city: str) -> str:
    begins, ends, _ = hours
    said, first = f"{begins:%H:%M}–{ends:%H:%M}{city}", f"{begins:%H:%M}{city}"
    if ends <= now:
        return tr("home", "Just ended: {hours}", lang, hours=said)
    if begins <= now:
        return tr("home", "Now: {hours}", lang, hours=said)
    minutes = round((begins - now).total_seconds() / 60)
    if minutes < 60:
        return ntr("home", "Next: {hour}, in {n} minute", "Next: {hour}, in {n} minutes", minutes, lang, hour=first)
    return tr("home", "Next: {hour}", lang, hour=first)


def _notes(desk: Desk, each: Meeting | ItineraryItem, lang: str) -> Iterator[str]:
    (where,) = _venues(desk, [each], lang).values()
    yield where
    if n := len(meetings.coming(desk, [each])[each.id]):
        yield ntr("home", "{n} person expected", "{n} people expected", n, lang)


def _venues(desk: Desk, records: Sequence[Meeting | ItineraryItem], lang: str) -> dict[str, str]:
    clocks = place_time(desk)
    venues = {each.id: clocks.venue(each) for each in records}
    names = desk.read.titles([venue.place for venue in venues.values() if venue.place], lang)
    told = {id_: (venue.room, names.get(venue.place or "")) for id_, venue in venues.items()}
    return {id_: ", ".join(filter(None, parts)) for id_, parts in told.items()}


def _ride(desk: Desk, each: Meeting | ItineraryItem, before: meetings.Hours, now: datetime, lang: str) -> str:
    """Return the last transport of the visit that leaves before an event begins, where both clocks are known."""
    visit, clocks = meetings.visit_of(each), place_time(desk)
    legs = desk.read.children(visit, TransportLeg) if visit and before.sure else []
    timed = ((hours.begins, leg) for leg in legs if (hours := meetings.span(clocks, leg, now)) and hours.sure)
    found = [(begins, leg) for begins, leg in timed if now <= begins <= before.begins]
    if not found:
        return ""
    leaves, leg = max(found, key=lambda pair: pair[0])
    means = code_label("transport", leg.mode, lang) if leg.mode else tr("home", "Transport", lang)
    if place := (leg.departs_from or Bilingual()).said(lang):
        return tr("home", "{means} from {place}, {hour}", lang, means=means, place=place, hour=f"{leaves:%H:%M}")
    return tr("home", "{means} at {hour}", lang, means=means, hour=f"{leaves:%H:%M}")


# -- today and tomorrow ---------------------------------------------------------------------------


def days(desk: Desk, planned: Sequence[Any], now: datetime, lang: str, told_above: Clock) -> Iterator[Day]:
    """Yield today and tomorrow with their programme items and other meetings, without past ones and those shown above."""
    told = {each.id for each in told_above.now}
    clocks = place_time(desk)

    def is_over(each: Any) -> bool:
        hours = meetings.span(clocks, each, now)
        return hours is not None and hours.sure and hours.ends <= now

    planned = [(each, clocks.told(each)) for each in planned if each.id not in told and not is_over(each)]
    for ahead in range(2):
        day = (now.date() + timedelta(ahead)).isoformat()
        on = [(each, when) for each, when in planned if when and day in (days_on(when)[0], arrives_on(each, when))]
        on.sort(key=lambda pair: pair[1].sort_key)
        exact = [each for each, _ in on]
        said = say_date(PartialDate(day), lang, weekday=True)
        title = tr("home", "{day}, {date}", lang, day=_day_word(ahead, on, lang), date=said)
        people, lacking = _known_of(desk, exact)
        counts = [ntr("home", "{n} point", "{n} points", len(exact), lang)]
        counts += [ntr("home", "{n} person", "{n} people", people, lang)] if people else []
        counted = tr("home", ", ", lang).join(counts)
        points, visits = tuple(_points(desk, on, day, lang, told_above.zone)), meetings.running_visits(desk, day)
        yield Day(day, title, points, bool(ahead), counted, lacking, bool(visits))


def _day_word(ahead: int, on: Sequence[tuple[Any, When]], lang: str) -> str:
    """Return the name of a day: "Later today" only where the clocks of all its events are known."""
    if ahead:
        return tr("home", "Tomorrow", lang)
    later = all(when.tz for _, when in on if when.start)
    return tr("home", "Later today", lang) if later else tr("home", "Today", lang)


def lacking_on(desk: Desk, day: date) -> tuple[tuple[str, str, str], ...]:
    """Return the texts of a day's events in one language only: record, field, and the missing language."""
    clocks = place_time(desk)
    on = [each for each in meetings.near(desk, day) if day.isoformat() in days_on(clocks.told(each))]
    return _known_of(desk, on)[1]


def _known_of(desk: Desk, points: Sequence[Any]) -> tuple[int, tuple[tuple[str, str, str], ...]]:
    """Return how many people take part in the events, where nobody is named all of the visit, and which texts lack a language."""
    come = meetings.coming(desk, points)
    whole = {meetings.visit_of(each) for each in points if not come[each.id]}
    visits = desk.read.page(Visit, list(filter(None, whole)))
    people = len(set().union(*come.values(), *(travellers(desk, visit) for visit in visits)))
    linked = [each.meeting for each in points if isinstance(each, ItineraryItem) and each.meeting]
    told = {record.id: record for record in (*points, *desk.read.page(Meeting, linked))}
    lacking = ((id_, *field) for id_, record in told.items() for field in missing_languages(record).items())
    texts = ((id_, field, lang) for id_, field, languages in lacking if field not in OWN_NOTES for lang in languages)
    return people, tuple(texts)


def _points(desk: Desk, on: Sequence[tuple[Any, When]], day: str, lang: str, beside: str | None) -> Iterator[Point]:
    venues = _venues(desk, [each for each, _ in on], lang)
    names = desk.read.titles([*venues], lang)
    for each, when in on:
        arrives = day != when.date
        hours = (say_arrival if arrives else say_hours)(when, lang, beside=beside)
        hours = dotted(hours, tr("home", "time zone not known", lang) if hours and not when.tz else "")
        title = tagged(each, names.get(each.id, ""), lang)
        title = tr("visit", "Arrival: {title}", lang, title=title) if arrives else title
        yield Point(each.id, hours, title, venues[each.id])


# -- a month --------------------------------------------------------------------------------------


def month(desk: Desk, first: date, now: date, lang: str) -> Month:
    """Return a month with the days at its edges that fill its first and last week."""
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    period = f"{weeks[0][0]}/{weeks[-1][-1]}"
    visits = [visit for visit in meetings.travelled(desk, period) if all(ends(visit.dates))]
    names = desk.read.titles([visit.id for visit in visits], lang)
    told, off = _by_day(desk, period, lang), derived_values.days_off_of_workspace(desk, lang)

    def cell(day: date) -> MonthDay:
        on = [visit for visit in visits if visit.dates and visit.dates.bounds[0] <= f"{day}" <= visit.dates.bounds[1]]
        titles, holidays = told.get(f"{day}", []), [each.say(lang) for each in off.on(day)]
        return MonthDay(
            day=day,
            inside=day.month == first.month,
            today=day == now,
            visits=tuple(visit.id for visit in on),
            count=len(titles),
            said=_said(day, [*holidays, *(names.get(visit.id, "") for visit in on)], titles, lang),
            off=bool(holidays),
        )

    title = say_date(PartialDate(f"{first:%Y-%m}"), lang)
    return Month(first, title, short_weekdays(lang), tuple(tuple(map(cell, week)) for week in weeks))


def _by_day(desk: Desk, period: str, lang: str) -> dict[str, list[str]]:
    records = meetings.planned(desk, period)
    names = desk.read.titles([each.id for each in records], lang)
    clocks = place_time(desk)
    found: dict[str, list[str]] = {}
    for each in records:
        title = names.get(each.id, "")
        when = clocks.when(each)
        if first := days_on(when)[0]:
            found.setdefault(first, []).append(title)
        if last := arrives_on(each, when):
            found.setdefault(last, []).append(tr("visit", "Arrival: {title}", lang, title=title))
    return found


def _said(day: date, visits: Iterable[str], titles: list[str], lang: str) -> str:
    more = len(titles) - DAYS_TOLD
    lines = [say_date(PartialDate(f"{day}"), lang, weekday=True), *visits, *titles[:DAYS_TOLD]]
    return "\n".join([*lines, *([tr("form", "… and {n} more", lang, n=more)] if more > 0 else [])])


MAX_NEEDS_NAMED = 5
# Kinds that people fill in by hand, ordered by the weight of their gaps.
STANDING = ("visit", "meeting", "agreement", "ucap", "pilot_project", "organisation", "person", "place", "action_item")
# Maximum number of records of a kind among which gaps are looked for: the page must appear at once.
MAX_RECORDS_CHECKED = 5_000
EXPIRING = ListView("agreement", conditions=(*open_ones("agreement"), Condition("attention", ("expiring",))))
_HELD = tuple(
    code for code in codes_with("meeting_status", "held") if code not in codes_with("meeting_status", "closed")
)
UNFINISHED = ListView("meeting", conditions=(Condition("status", _HELD),))  # Meetings held without agreed minutes
OVERDUE = ListView("action_item", conditions=(Condition("due", ("@overdue",)),))


def page(
    desk: Desk,
    recent: Sequence[str] = (),
    lang: str | None = None,
    *,
    waits: ExchangeCounts | None = None,
    with_month: bool = False,
    month_of: date | None = None,
    most_actions: int | None = MAX_NEEDS_NAMED,
) -> Home:
    """Return the Home page in its current state.

    Args:
        desk: The workspace.
        recent: Ids of the records opened last.
        lang: The reader's language.
        waits: The counts of the exchange, where they were read before.
        with_month: Whether a month is shown too.
        month_of: A day of that month; by default this one.
        most_actions: How many of the open actions are named; None for all.
    """
    lang, now = lang or language(), today(desk.workspace.clock)
    planned, visit, me = meetings.near(desk, now), _visit(desk), person_of(desk)
    actions, running = _open_actions(desk, me), meetings.running_visits(desk, now.isoformat())
    clock = by_the_clock(desk, lang, planned, visit)
    return Home(
        *(clock.day, clock.place, clock.zone, clock.now),
        month=month(desk, (month_of or now).replace(day=1), now, lang) if with_month else None,
        empty=not any(desk.read.count(kind) for kind in STANDING),
        visit=_visit_now(desk, visit, now, lang) if visit else None,
        beside=tuple(_visit_now(desk, each, now, lang) for each in running if visit and each.id != visit.id),
        days=tuple(day for day in days(desk, planned, local_now(desk.workspace.clock), lang, clock) if day.points),
        mine=me is not None,
        actions=tuple(_to_do(desk, actions[:most_actions], now, lang)),
        all_actions=len(actions),
        needs=tuple(needs(desk, lang, exchange_counts(desk) if waits is None else waits)),
        recent=tuple(search.these(desk, recent[:8], lang)),
    )


def by_the_clock(desk: Desk, lang: str, planned: Sequence[Any] | None = None, visit: Any = None) -> Clock:
    """Return the parts of the page that follow the clock; ``planned`` and ``visit`` where they were read before."""
    clock, now = local_now(desk.workspace.clock), today(desk.workspace.clock)
    if planned is None:
        planned, visit = meetings.near(desk, now), _visit(desk)
    running = visit is not None and runs(visit.dates, f"{clock:%Y-%m-%d}")
    zone = place_time(desk).of_day(visit, now.isoformat()) if running else None
    return Clock(
        day=capital(say_date(PartialDate(now.isoformat()), lang, weekday=True)),
        place=_place(desk, visit, clock, zone, lang) if running else "",
        zone=zone,
        now=tuple(happenings(desk, clock, planned, lang, zone)),
    )


def section_counts(desk: Desk, decide: int | None = None) -> dict[str, int]:
    """Return how many things wait, by the kind that names their section; ``:exchange`` counts open decisions."""
    counted = {
        "meeting": len(lists.ids(desk, UNFINISHED)),
        "action_item": len(lists.ids(desk, OVERDUE)),
        "agreement": len(lists.ids(desk, EXPIRING)),
        ":exchange": to_decide(desk) if decide is None else decide,
    }
    return {kind: n for kind, n in counted.items() if n}


def person_of(desk: Desk) -> str | None:
    """Return the person on record who is the user; None where nobody, or more than one, has that name."""
    name = desk.workspace.person
    found = holding(desk, Person, name, MAX_NEEDS_NAMED)
    same = [each.id for each in found if folded(name) in map(folded, names_of(each))]
    return same[0] if len(same) == 1 else None


# -- visits and days ------------------------------------------------------------------------------


def _visit(desk: Desk) -> Any:
    id_ = lists.visit_of_the_day(desk)
    visit: Any = desk.read.record(id_) if id_ else None
    over = visit is not None and visit.dates.bounds[1] < today(desk.workspace.clock).isoformat()
    return None if over else visit


def _place(desk: Desk, visit: Any, clock: datetime, zone: str | None, lang: str) -> str:
    places = list(visit.host_places or ())
    names = desk.read.titles(places, lang)
    said = tr("home", ", ", lang).join(names[id_] for id_ in places if id_ in names)
    if zone is None:
        return said
    here = clock.astimezone(ZoneInfo(zone))
    days = (here.date() - clock.date()).days  # beside the day told, which is that of this computer
    hour = f"{here:%H:%M}" + (f" {days:+d}" if days else "")
    return tr("home", "{place} {hour} ({zone})", lang, place=said, hour=hour, zone=clock_of(here)).strip()


def _visit_now(desk: Desk, visit: Any, now: date, lang: str) -> VisitNow:
    people = len(visits.travellers(desk, visit))
    gaps = [] if people else [tr("home", "nobody in the delegation yet", lang)]
    if not desk.read.children(visit.id, ItineraryItem):
        gaps.append(tr("home", "nothing in the programme yet", lang))
    gaps += [KINDS["visit"].fields[name].label(lang) for name in missing_fields(visit)]
    to_do = [each for each in visits.checklist(desk, visit.id, now) if not each.item.done]
    return VisitNow(
        id=visit.id,
        title=tagged(visit, desk.read.titles([visit.id], lang).get(visit.id, ""), lang),
        dates=say_date(visit.dates, lang),
        when=_how_far(visit.dates, now, lang),
        running=runs(visit.dates, now.isoformat()),
        people=people,
        gaps=tuple(gaps),
        to_do=len(to_do),
        late=sum(each.overdue for each in to_do),
    )


def _how_far(dates: PartialDate, now: date, lang: str) -> str:
    exact = all(end.count("-") == 2 and end[-1].isdigit() for end in dates.ends)
    first, last = dates.bounds
    if not exact:
        return say_date(dates, lang)
    begins = date.fromisoformat(first)
    if begins <= now:
        days = (date.fromisoformat(last) - begins).days + 1
        return tr("home", "day {day} of {days}", lang, day=(now - begins).days + 1, days=days)
    ahead = (begins - now).days
    return tr("home", "tomorrow", lang) if ahead == 1 else ntr("home", "in {n} day", "in {n} days", ahead, lang)


# -- actions --------------------------------------------------------------------------------------


def _open_actions(desk: Desk, person: str | None) -> list[str]:
    """Return the open actions, the first due on top; deferred ones come last."""
    mine = [Condition("person", (person,))] if person else []
    known = desk.read.ids("action_item", order="due", conditions=[*open_ones("action_item"), *mine])
    awaited = set(desk.read.ids("action_item", conditions=[*awaited_ones("action_item"), *mine]))
    return sorted(known, key=lambda id_: id_ not in awaited)


def _to_do(desk: Desk, ids: Sequence[str], now: date, lang: str) -> Iterator[ToDo]:
    names = desk.read.titles(ids, lang)
    for action in desk.read.page(ActionItem, ids):
        due = say_date(action.due, lang)
        status = status_of(action) if is_called_off(action) else None
        note = dotted(due, status.label(lang) if status else "")
        title = tagged(action, names.get(action.id, ""), lang)
        yield ToDo(action.id, title, due, note, is_overdue(action, now))


# -- what needs somebody --------------------------------------------------------------------------


def exchange_counts(desk: Desk) -> ExchangeCounts:
    """Return the counts of the exchange; none while another process writes, and in a sample, which is never given."""
    try:
        if desk.workspace.read_only or is_sample(desk):
            return ExchangeCounts(to_decide(desk))
        from ucapdesk.services.exchange import exchange_service  # much is imported for it

        stands = exchange_service.standing(desk)
    except StillWriting:
        return ExchangeCounts()
    return ExchangeCounts(stands.to_decide, 0 if stands.alone else stands.to_give)


def needs(desk: Desk, lang: str | None = None, waits: ExchangeCounts | None = None) -> Iterator[Need]:
    lang, now = lang or language(), today(desk.workspace.clock)
    waits = exchange_counts(desk) if waits is None else waits
    if n := waits.to_decide:
        said = ntr("home", "{n} conflict to decide", "{n} conflicts to decide", n, lang)
        yield Need(said, urgent=True, command="go.review")
    late = lists.ids(desk, OVERDUE)
    if n := len(late):
        said = ntr("home", "{n} action is overdue", "{n} actions are overdue", n, lang)
        yield Need(said, urgent=True, id=late[0] if n == 1 else "", view=OVERDUE)
    yield from _reminders(desk, now, lang)
    if n := len(lists.ids(desk, UNFINISHED)):
        said = ntr(
            "home",
            "The minutes of {n} meeting are not finished",
            "The minutes of {n} meetings are not finished",
            n,
            lang,
        )
        yield Need(said, view=UNFINISHED)
    if n := waits.to_give:
        said = ntr("home", "{n} change to send to colleagues", "{n} changes to send to colleagues", n, lang)
        yield Need(said, command="go.exchange")
    yield from _drafts(desk, lang)
    yield from _untranslated(desk, lang)


def _reminders(desk: Desk, now: date, lang: str) -> Iterator[Need]:
    found = agreements.reminders(desk, now, lang)
    names = desk.read.titles([each.responsible for each in found[:MAX_NEEDS_NAMED] if each.responsible], lang)
    for each in found[:MAX_NEEDS_NAMED]:
        whose = names.get(each.responsible, "")
        yield Need(each.sentence, urgent=each.urgent, id=each.id, later=each.step > 0, whose=whose)
    if len(found) > MAX_NEEDS_NAMED:
        more = len(found) - MAX_NEEDS_NAMED
        rest = ntr("home", "{n} more reminder of an MoU", "{n} more reminders of MoUs", more, lang)
        yield Need(rest, view=ListView("agreement", conditions=(Condition("attention", agreements.REASONS),)))


def _looked_through(desk: Desk) -> list[str]:
    return [kind for kind in STANDING if 0 < desk.read.count(kind) <= MAX_RECORDS_CHECKED]


def _drafts(desk: Desk, lang: str) -> Iterator[Need]:
    lacking: list[str] = []
    for kind in _looked_through(desk):
        empty = [[Condition(name, (EMPTY_FIELD,)) for name in needed] for needed in needed_fields(KINDS[kind])]
        lacking += dict.fromkeys(id_ for conditions in empty for id_ in desk.read.ids(kind, conditions=conditions))
    names = desk.read.titles(lacking[:MAX_NEEDS_NAMED], lang)
    for record in desk.read.many(lacking[:MAX_NEEDS_NAMED]):
        kind_of = KINDS[type(record).__tablename__]
        what = tr("home", ", ", lang).join(kind_of.fields[name].label(lang) for name in missing_fields(record))
        title = tagged(record, names.get(record.id, ""), lang) or kind_of.label(lang)
        yield Need(tr("home", "“{title}” is a draft: {what} missing", lang, title=title, what=what), id=record.id)
    if more := len(lacking[MAX_NEEDS_NAMED:]):
        yield Need(ntr("home", "and {n} more draft", "and {n} more drafts", more, lang), id=lacking[MAX_NEEDS_NAMED])


def _untranslated(desk: Desk, lang: str) -> Iterator[Need]:
    views = [
        ListView(kind, conditions=(Condition(TEXTS, (f"{other}.missing",)),))
        for kind in _looked_through(desk)
        if kind != "person"  # whose name in one script is enough until a paper writes it
        for other in pair()
    ]
    counted = [(len(lists.ids(desk, view)), view) for view in views]
    for n, view in sorted(counted, key=lambda each: -each[0])[:3]:
        if n:
            other = code_label("languages", view.conditions[0].values[0].partition(".")[0], lang)
            kind = KINDS[view.kind].plural(lang)
            said = tr("home", "{kind} with texts missing in {language}: {n}", lang, kind=kind, language=other, n=n)
            yield Need(said, view=view)


@dataclass(frozen=True, slots=True)
class DesktopNotice:
    """One sentence; ``key`` names the thing and its step."""

    key: str
    sentence: str
    urgent: bool


def notices(desk: Desk, lang: str) -> list[DesktopNotice]:
    me = person_of(desk)
    found = [*_of_the_register(desk, me, lang), *(_of_actions(desk, me, lang) if me else ())]
    return sorted(found, key=lambda each: not each.urgent)


def _of_the_register(desk: Desk, me: str | None, lang: str) -> Iterator[DesktopNotice]:
    for each in agreements.reminders(desk, today(desk.workspace.clock), lang):
        if each.responsible in ("", me) or me is None:
            yield DesktopNotice(f"{each.id} {each.step}", each.sentence, each.urgent)


def _of_actions(desk: Desk, me: str, lang: str) -> Iterator[DesktopNotice]:
    day = today(desk.workspace.clock)
    due = [Condition("due", (f"../{day}",)), *awaited_ones("action_item"), Condition("person", (me,))]
    ids = desk.read.ids("action_item", order="due", conditions=due)
    names = desk.read.titles(ids, lang)
    actions: list[Any] = list(desk.read.page(ActionItem, ids))
    for action in actions:
        last, title = action.due.bounds[1], names.get(action.id, "")
        if is_overdue(action, day):
            yield DesktopNotice(f"{action.id} {last} late", tr("notice", "Overdue: {title}", lang, title=title), True)
        elif last == day.isoformat():  # later where it is known to the month alone, which is not over
            said = tr("notice", "Due today: {title}", lang, title=title)
            yield DesktopNotice(f"{action.id} {last} today", said, True)
