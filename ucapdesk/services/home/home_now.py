"""The time-dependent parts of the Home page: current and next events, and the days of a month with their events."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from ucapdesk.base.i18n import dotted, ntr, tr
from ucapdesk.model.codes import code_label
from ucapdesk.model.kinds.meeting_kinds import Meeting
from ucapdesk.model.kinds.visit_kinds import ItineraryItem, TransportLeg, Visit
from ucapdesk.model.record import OWN_NOTES
from ucapdesk.model.rules.itinerary_dates import arrives_on, days_on, ends
from ucapdesk.model.rules.record_rules import missing_languages
from ucapdesk.model.text.date_words import short_weekdays
from ucapdesk.model.text.format.dates_in_words import bracketed_city, say_arrival, say_date, say_hours
from ucapdesk.model.text.format.fields_in_words import tagged
from ucapdesk.model.values import Bilingual, PartialDate, When
from ucapdesk.services.home.home_data import Clock, Day, Happening, Month, MonthDay, Point
from ucapdesk.services.meetings import meetings
from ucapdesk.services.visits.visits import travellers
from ucapdesk.store.desk import Desk
from ucapdesk.store.read import days_off
from ucapdesk.store.read.place_times import place_time

NEXT_WITHIN = timedelta(hours=12)
"""Events later than that belong to tomorrow's card."""
DAYS_TOLD = 6
"""How many things on one day are named; beyond that a number is given."""


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
    to_log = meetings.at_hand(desk, now, planned)
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
    """Yield the place, and how many people are expected."""
    (where,) = _venues(desk, [each], lang).values()
    yield where
    if n := len(meetings.coming(desk, [each])[each.id]):
        yield ntr("home", "{n} person expected", "{n} people expected", n, lang)


def _venues(desk: Desk, records: Sequence[Meeting | ItineraryItem], lang: str) -> dict[str, str]:
    """Return places by event id: room and place in words."""
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
    told, off = _by_day(desk, period, lang), days_off.of_workspace(desk, lang)

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
    """Return the titles of meetings and programme items by day, each meeting once."""
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
    """Return a day in words, for screen readers and tooltips."""
    more = len(titles) - DAYS_TOLD
    lines = [say_date(PartialDate(f"{day}"), lang, weekday=True), *visits, *titles[:DAYS_TOLD]]
    return "\n".join([*lines, *([tr("form", "… and {n} more", lang, n=more)] if more > 0 else [])])
