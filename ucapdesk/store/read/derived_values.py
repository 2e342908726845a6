"""Values that come from other records, added where records are read to be shown: hours, places, zones, forms of address, the side
that travels, and days off.

The hours of a point are those of its journey, its place is that of its meeting; how somebody is addressed follows from
their posts. A list, a sheet, a paper and the command line show records that went through here (``with_derived``). Of time zones and sides the
rules of ``model/rules`` decide; what they need beside the record itself is found here. Public holidays and shifted working days are
those of the countries that work together: of a visit, else of all partner cities.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy.orm.attributes import set_committed_value

from ucapdesk.base.clock import today
from ucapdesk.base.grouping import grouped
from ucapdesk.base.i18n import tr
from ucapdesk.base.json_text import Json
from ucapdesk.model.codes import code_label
from ucapdesk.model.dates.formatting import say_day
from ucapdesk.model.dates.zones import zone_named
from ucapdesk.model.kinds.partnership_kinds import Country, Place, UcapPlace
from ucapdesk.model.kinds.people_kinds import Affiliation, Person
from ucapdesk.model.kinds.visit_kinds import ItineraryItem, Meeting, Participation, TransportLeg, Visit
from ucapdesk.model.record import R, Record, note_told
from ucapdesk.model.rules import country_facts, sides
from ucapdesk.model.rules.country_facts import Holiday
from ucapdesk.model.rules.itinerary import days_of
from ucapdesk.model.rules.place_time import PlaceTime, Venue, venue_of
from ucapdesk.model.rules.sides import OTHER_SIDE, main_post
from ucapdesk.model.serialize import kind_of
from ucapdesk.model.text.fields_in_words import called
from ucapdesk.model.text.person_names import address_in_both
from ucapdesk.model.values import PartialDate
from ucapdesk.store.desk import Desk

MAX_PLACE_HITS = 20


def place_time(desk: Desk) -> PlaceTime:
    """Return a reader of zones. It remembers what it looked up, so make a new one after changes."""
    made: PlaceTime

    @cache
    def named(words: str) -> str | None:
        """Return the zone of the places on record of this name, where they share one; else that of the name itself."""
        wanted = " ".join(words.split()).casefold()
        hits = [hit.id for hit in desk.read.search(words, kinds=("place",), limit=MAX_PLACE_HITS)] if wanted else []
        there = [each for each in desk.read.page(Place, hits) if wanted in map(str.casefold, called(each))]
        zones = {made.of_place(each.id) for each in there} - {None}
        return zones.pop() if len(zones) == 1 else zone_named(words)

    made = PlaceTime(desk.read, named)
    return made


TIMED = (ItineraryItem, TransportLeg, Meeting)


def with_derived(desk: Desk, records: list[R]) -> list[R]:
    """Return records read to be shown, with all values that come from other records."""
    clocks = place_time(desk) if any(isinstance(each, TIMED) for each in records) else None
    for each in records if clocks else ():
        if clocks and isinstance(each, TIMED):
            set_shown(each, _fields(clocks, each))
    return with_computed(desk, records)


def with_computed(desk: Desk, records: list[R]) -> list[R]:
    """Return records with fields as entered, and computed values from other records added."""
    people, now = [each for each in records if isinstance(each, Person)], today(desk.workspace.clock)
    posts = desk.read.children_of([person.id for person in people], Affiliation) if people else {}
    for person in people:
        note_told(person, "address_as", address_in_both(person, main_post(posts[person.id], now)))
    return records


def derived_json(desk: Desk, record: Record) -> dict[str, Json]:
    """Return, as JSON, the values of fields that come from other records, whatever was entered."""
    if not isinstance(record, TIMED):
        return {}
    fields = kind_of(record).fields
    return {name: fields[name].type.plain(value) for name, value in _fields(place_time(desk), record).items()}


def _fields(clocks: PlaceTime, record: ItineraryItem | TransportLeg | Meeting) -> dict[str, Any]:
    when = {"when": clocks.told(record)}
    return when | place_fields(clocks.venue(record)) if isinstance(record, ItineraryItem) else when


def derived_before(desk: Desk, record: R, states: Callable[[Record], Iterable[Record]]) -> Iterator[R]:
    """Yield a record with what former ``states`` of another record told of it: a point where its meeting was."""
    meeting = desk.read.get(Meeting, record.meeting or "") if isinstance(record, ItineraryItem) else None
    for each in states(meeting) if meeting else ():
        if isinstance(each, Meeting):
            set_shown(point := type(record)(), place_fields(venue_of(each)))
            yield point


def place_fields(venue: Venue) -> dict[str, Any]:
    return {"place": venue.place, "room": venue.room}


def set_shown(record: Record, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        set_committed_value(record, name, value)


def travelling_side(desk: Desk, visit: Visit) -> str:
    """Return the side that travels; empty where nobody knows it. Window and papers ask nothing else."""
    return visit.travelling_side or desk.read.remembered(("travelling side", visit.id), lambda: _found(desk, visit))


def side_at_home(desk: Desk, visit: Visit) -> str:
    """Return the side that receives; empty where nobody knows it."""
    return OTHER_SIDE.get(travelling_side(desk, visit), "")


def _found(desk: Desk, visit: Visit) -> str:
    hosts = set(visit.host_places or ())
    cities = [each for ucap in visit.ucaps or () for each in desk.read.children(ucap, UcapPlace)]
    partners = (each for each in cities if each.role in ("partner", None) and each.place in hosts)
    hosting = [each.side for each in partners if each.side and each.side in OTHER_SIDE]
    return sides.travelling_side(visit, desk.read.children(visit.id, Participation), hosting)


MAX_COUNTRIES_TOLD = 6  # Number of countries whose days are told; a workspace with more tells those of its most cities
MAX_PERIOD_DAYS = 62  # Number of days up to which those of a period are told
MAX_DAYS_TOLD = 4  # Number of days of a period that are told in one line


class DaysOff:
    """Tells the days of some countries in a language."""

    def __init__(self, countries: Sequence[str], lang: str) -> None:
        self.countries, self.lang = tuple(countries), lang

    def on(self, day: date) -> list[Holiday]:
        """Return what a day is in the countries in which it is not like others; those in which it is the same, together."""
        asked = ((country, country_facts.holiday_on(country, day, self.lang)) for country in self.countries)
        found = grouped(((each.name, each.works), country) for country, each in asked if each)
        return [Holiday(tuple(countries), *what) for what, countries in found.items()]

    def say(self, day: date) -> str:
        """Return that in words; empty where the day is like others everywhere."""
        return tr("holiday", "; ", self.lang).join(each.say(self.lang) for each in self.on(day))

    def unannounced(self, days: Iterable[date]) -> list[str]:
        years = sorted({day.year for day in days})
        return [
            tr("holiday", "{country}: shifted working days {year} not announced yet", self.lang,
               country=code_label("countries", country, self.lang), year=str(year))
            for country in self.countries
            for year in years
            if not country_facts.is_announced(country, year)
        ]  # fmt: skip

    def say_dates(self, dates: PartialDate | None) -> str:
        """Return what the days of a date or period are, of a period what is not announced; empty for a month or a year."""
        days = [date.fromisoformat(day) for day in days_of(dates)] if dates else []
        if not days or len(days) > MAX_PERIOD_DAYS:
            return ""
        told = [(day, words) for day in days if (words := self.say(day))]
        said = [words if len(days) == 1 else f"{_day(day, self.lang)} {words}" for day, words in told[:MAX_DAYS_TOLD]]
        more = ["…"] if len(told) > MAX_DAYS_TOLD else []
        unknown = self.unannounced(days) if len(days) > 1 else []
        return tr("holiday", "; ", self.lang).join((*said, *more, *unknown))


NO_DAYS_OFF = DaysOff((), "en")


def days_off_of_workspace(desk: Desk, lang: str) -> DaysOff:
    return DaysOff(desk.read.remembered("countries with days off", lambda: _most(desk, _countries(desk))), lang)


def days_off_of_visit(desk: Desk, visit: Visit, lang: str) -> DaysOff:
    """Return the days of the countries of a visit: of its host cities and of the partners in its UCAPs."""
    places = [*(visit.host_places or ()), *(visit.other_places or ())]
    for ucap in visit.ucaps or ():
        places += [each.place for each in desk.read.children(ucap, UcapPlace) if each.place]
    return DaysOff(_most(desk, _countries_of(desk, places)), lang) if places else days_off_of_workspace(desk, lang)


def _countries(desk: Desk) -> Mapping[str, int]:
    """Return the countries of the cities of all UCAPs, where there is none of all places, with the number of their places."""
    named = [each.place for each in desk.read.listed(UcapPlace) if each.place]
    return _countries_of(desk, named) if named else dict(desk.read.in_use(Place, "country"))


def _countries_of(desk: Desk, places: Sequence[str]) -> Mapping[str, int]:
    return Counter(each.country for each in desk.read.page(Place, list(dict.fromkeys(places))) if each.country)


def _most(desk: Desk, countries: Mapping[str, int]) -> tuple[str, ...]:
    """Return the codes of countries, those of the most places first."""
    codes = {each.id: each.alpha2 for each in desk.read.page(Country, sorted(countries)) if each.alpha2}
    counts = Counter(codes[country] for country in Counter(countries).elements() if country in codes)
    return tuple(sorted(counts, key=lambda code: (-counts[code], code))[:MAX_COUNTRIES_TOLD])


def _day(day: date, lang: str) -> str:
    return say_day(PartialDate(day.isoformat()), lang)
