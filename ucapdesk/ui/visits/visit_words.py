"""The texts of programme items: hours, type and problems, as rows, screen readers and tooltips show them."""

from __future__ import annotations

from datetime import datetime

from ucapdesk.base.clock import local_time
from ucapdesk.base.i18n import dotted, language, ntr, tr
from ucapdesk.model.codes import code_label
from ucapdesk.model.kinds.visit_kinds import ItineraryItem
from ucapdesk.model.rules.itinerary import Slot
from ucapdesk.model.text.format.dates_in_words import say_day, say_end, say_when
from ucapdesk.model.text.format.fields_in_words import title_of
from ucapdesk.model.text.format.zones import offset, zone_city
from ucapdesk.model.values import Bilingual, PartialDate, When
from ucapdesk.services.visits.visit_itinerary import DayProgramme, ProgrammeDay
from ucapdesk.ui.lists.list_cells import lacking


def day_name(date: str) -> str:
    """Return ``Wed 25 Nov``; items without a day have a label of their own."""
    return say_day(PartialDate(date)) if date else tr("visit", "No date yet")


def hours(when: When | None, *, arrives: bool = False) -> tuple[str, str]:
    """Return start and end on the clock of the place: ``15:05`` and ``06:40 +1``; ``arrives``: the end alone."""
    if when is None or not when.start:
        return "", ""
    if arrives:
        return when.end or "", ""
    return when.start, say_end(when) if when.end else ""


def title(item: ItineraryItem, *, arrives: bool = False) -> str:
    """Return the title of an item, or the word for its type where it has none."""
    said = title_of(item, language()) if item.title else kind(item) or tr("visit", "Without a title")
    return tr("visit", "Arrival: {title}", title=said) if arrives else said


def kind(item: ItineraryItem) -> str:
    """Return the word for its type."""
    return code_label("itinerary_kind", item.type) if item.type else ""


def second_line(item: ItineraryItem, day: ProgrammeDay, whole: DayProgramme) -> str:
    """Return the second line: type, place or address, room, number of people, group, and the clock where it differs from the day's."""
    people, venue = whole.people.get(item.id, 0), whole.venues[item.id]
    parts = [
        kind(item),
        two_clocks(whole.times.get(item.id), day.zone),
        whole.titles.get(venue.place, "") if venue.place else (item.address or Bilingual()).said(language()),
        venue.room or "",
        ntr("visit", "{n} person", "{n} people", people) if people else "",
        tr("visit", "group {name}", name=item.group) if item.group else "",
    ]
    return dotted(*(" ".join(part.split()) for part in parts if part))


def two_clocks(when: When | None, zone: str | None) -> str:
    """Return ``08:55 Madrid – 11:40 Berlin`` where the clocks at both ends, or that of the day, differ; else nothing."""
    if when is None or not when.start:
        return ""
    first, last = when.tz, when.end_tz or when.tz
    if first == last == zone or not (first or last):
        return ""
    ends = [(when.start, first), *([(say_end(when), last)] if when.end else [])]
    return " – ".join(f"{hour} {zone_city(name)}" if name else hour for hour, name in ends)


def missing(item: ItineraryItem) -> str:
    """Return a tag for the language in which the title is missing; empty where none is."""
    return next(iter(lacking(item.title)), "")


def trouble(item: ItineraryItem, day: ProgrammeDay, whole: DayProgramme) -> str:
    """Return the problem of an item in words (meeting cancelled, other hours, a clash, no time for the way …); empty for none."""
    if item.id in whole.off:
        return tr("visit", "meeting: {status}", status=whole.off[item.id].label())
    if item.id in whole.differing:
        return whole.differing[item.id]
    if skipped := day.marks.skipped.get(item.id):
        listed = tr("log", ", ").join(skipped)
        return tr("visit", "no such hour: {hours}", hours=listed)
    starts = {each.id: hours(whole.times.get(each.id), arrives=day.arrives(each))[0] for each in day.points}
    if clashes := day.marks.clashes.get(item.id):
        listed = tr("log", ", ").join(starts.get(id_, "") for id_ in clashes)
        return tr("visit", "clashes with {hours}", hours=listed)
    if hurry := day.marks.hurries.get(item.id):
        before = day.point(hurry[0])
        place = whole.titles.get(whole.venues[before.id].place or "", "") if before else ""
        return ntr("visit", "{n} minute from {place}", "{n} minutes from {place}", hurry[1], place=place)
    if item.id in day.marks.backward:
        return tr("visit", "ends before it begins")
    return ""


def free(minutes: int) -> str:
    """Return a length of free time: ``30 min free``, ``1 h 30 free``."""
    return tr("visit", "{time} free", time=span(minutes))


def span(minutes: int) -> str:
    """Return a length of time: ``45 min``, ``1 h 30 min``."""
    whole, rest = divmod(abs(minutes), 60)
    if not whole:
        return tr("visit", "{n} min", n=rest)
    return tr("visit", "{h} h {n} min", h=whole, n=rest) if rest else tr("visit", "{h} h", h=whole)


def spoken(item: ItineraryItem, day: ProgrammeDay, whole: DayProgramme) -> str:
    """Return a row as it is read aloud, and found by typing."""
    arrives = day.arrives(item)
    start, end = hours(whole.times.get(item.id), arrives=arrives)
    clock = tr("visit", "{start} to {end}", start=start, end=end) if end and not arrives else f"{start} {end}".strip()
    named = title(item, arrives=arrives)
    parts = (
        clock,
        named if named != kind(item) else "",  # its type is said next
        second_line(item, day, whole),
        tr("itinerary", "fixed") if item.fixed else "",
        missing(item),
        trouble(item, day, whole),
    )
    return tr("log", ", ").join(filter(None, parts))


def tooltip(item: ItineraryItem, day: ProgrammeDay, whole: DayProgramme) -> str:
    """Return the tooltip: the full hours, the hours on this computer's clock, and problems."""
    lines = [
        say_when(when, full=True) if (when := whole.times.get(item.id)) else "",
        here(when),
        trouble(item, day, whole),
    ]
    return "\n".join(filter(None, lines))


def here(when: When | None) -> str:
    """Return the time on this computer's clock; nothing where the clocks agree."""
    slot = Slot("", when)
    if not slot.timed or when is None or not when.tz:
        return ""
    own = local_time(slot.begins)
    there = datetime.fromisoformat(f"{when.date}T{when.start}")
    if own.replace(tzinfo=None) == there:
        return ""
    day = "" if own.date() == there.date() else day_name(own.date().isoformat())
    return tr("visit", "{time} on this computer", time=" ".join(filter(None, (day, f"{own:%H:%M}"))))


def clocks_of(whole: DayProgramme, date: str) -> str:
    """Return on which clocks the hours are given: ``Times in Madrid (UTC+1)``; without a date that of winter and of summer."""
    zone = whole.day(date).zone or ("" if date else whole.zone)
    if not zone:
        return tr("visit", "Local times; the time zone is not known")
    days = [date] if date else ["2000-01-01", "2000-07-01"]
    away = dict.fromkeys(offset(zone, datetime.fromisoformat(f"{day}T12:00")) for day in days)
    return tr("visit", "Times in {city} ({away})", city=zone_city(zone), away="/".join(away))
