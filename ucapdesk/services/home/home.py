"""The contents of the Home page: current and next events, the user's actions, and what needs attention. It never writes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from ucapdesk.base.clock import clock_of, local_now, today
from ucapdesk.base.i18n import capital, dotted, language, ntr, pair, tr
from ucapdesk.model.codes import code_label, folded
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.meeting_kinds import ActionItem
from ucapdesk.model.kinds.people_kinds import Person, names_of
from ucapdesk.model.kinds.visit_kinds import ItineraryItem
from ucapdesk.model.listing import EMPTY_FIELD, TEXTS, Condition, ListView, awaited_ones, open_ones
from ucapdesk.model.rules.itinerary_dates import runs
from ucapdesk.model.rules.lateness import is_overdue
from ucapdesk.model.rules.record_rules import missing_fields, needed_fields
from ucapdesk.model.rules.status import codes_with, is_called_off, status_of
from ucapdesk.model.text.format.dates_in_words import say_date
from ucapdesk.model.text.format.fields_in_words import tagged
from ucapdesk.model.values import PartialDate
from ucapdesk.services.files.paper_questions import to_decide
from ucapdesk.services.home import reminders
from ucapdesk.services.home.home_data import Clock, Home, Need, ToDo, VisitNow, Waiting
from ucapdesk.services.home.home_now import days, happenings, month
from ucapdesk.services.meetings import meetings
from ucapdesk.services.records import lists, search
from ucapdesk.services.records.records import holding
from ucapdesk.services.visits import visits
from ucapdesk.services.workspaces.sample import is_sample
from ucapdesk.store.desk import Desk
from ucapdesk.store.errors import StillWriting
from ucapdesk.store.read.place_times import place_time

MAX_NEEDS_NAMED = 5
"""How many things of one kind are named one by one; beyond that a number is given."""
STANDING = ("visit", "meeting", "agreement", "ucap", "pilot_project", "organisation", "person", "place", "action_item")
"""Kinds that people fill in by hand, ordered by the weight of their gaps."""
MAX_RECORDS_CHECKED = 5_000
"""Maximum number of records of a kind among which gaps are looked for: the page must appear at once."""
EXPIRING = ListView("agreement", conditions=(*open_ones("agreement"), Condition("attention", ("expiring",))))
_HELD = tuple(
    code for code in codes_with("meeting_status", "held") if code not in codes_with("meeting_status", "closed")
)
UNFINISHED = ListView("meeting", conditions=(Condition("status", _HELD),))
"""Meetings held without agreed minutes."""
OVERDUE = ListView("action_item", conditions=(Condition("due", ("@overdue",)),))


def page(
    desk: Desk,
    recent: Sequence[str] = (),
    lang: str | None = None,
    *,
    waits: Waiting | None = None,
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
    """Return the visit that runs today, or the next one."""
    id_ = lists.visit_of_the_day(desk)
    visit: Any = desk.read.record(id_) if id_ else None
    over = visit is not None and visit.dates.bounds[1] < today(desk.workspace.clock).isoformat()
    return None if over else visit


def _place(desk: Desk, visit: Any, clock: datetime, zone: str | None, lang: str) -> str:
    """Return the host cities of a running visit, and the time there."""
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
    """Return ``day 2 of 4``, ``tomorrow`` or ``in 12 days``; a date known only to the month or year is given as that."""
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


def exchange_counts(desk: Desk) -> Waiting:
    """Return the counts of the exchange; none while another process writes, and in a sample, which is never given."""
    try:
        if desk.workspace.read_only or is_sample(desk):
            return Waiting(to_decide(desk))
        from ucapdesk.services.exchange import exchange_service  # much is imported for it

        stands = exchange_service.standing(desk)
    except StillWriting:
        return Waiting()
    return Waiting(stands.to_decide, 0 if stands.alone else stands.to_give)


def needs(desk: Desk, lang: str | None = None, waits: Waiting | None = None) -> Iterator[Need]:
    """Yield what needs attention, the most urgent first."""
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
    """Yield the reminders of the MoU register: the nearest one by one, then the number of the rest."""
    found = reminders.reminders(desk, now, lang)
    names = desk.read.titles([each.responsible for each in found[:MAX_NEEDS_NAMED] if each.responsible], lang)
    for each in found[:MAX_NEEDS_NAMED]:
        whose = names.get(each.responsible, "")
        yield Need(each.sentence, urgent=each.urgent, id=each.id, later=each.step > 0, whose=whose)
    if len(found) > MAX_NEEDS_NAMED:
        more = len(found) - MAX_NEEDS_NAMED
        rest = ntr("home", "{n} more reminder of an MoU", "{n} more reminders of MoUs", more, lang)
        yield Need(rest, view=ListView("agreement", conditions=(Condition("attention", reminders.REASONS),)))


def _looked_through(desk: Desk) -> list[str]:
    """Return the kinds in which gaps are looked for."""
    return [kind for kind in STANDING if 0 < desk.read.count(kind) <= MAX_RECORDS_CHECKED]


def _drafts(desk: Desk, lang: str) -> Iterator[Need]:
    """Yield the needs of records that lack needed fields."""
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
    """Yield the needs of texts in one language only, by kind; the kind with most gaps first."""
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
