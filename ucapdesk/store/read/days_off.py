"""The public holidays and shifted working days of the countries that work together: those of a visit, else of all partner cities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from ucapdesk.base.grouping import grouped
from ucapdesk.base.i18n import tr
from ucapdesk.model.codes import code_label
from ucapdesk.model.kinds.place_kinds import Country, Place
from ucapdesk.model.kinds.ucap_kinds import UcapPlace
from ucapdesk.model.kinds.visit_kinds import Visit
from ucapdesk.model.rules import public_holidays
from ucapdesk.model.rules.itinerary_dates import days_of
from ucapdesk.model.rules.public_holidays import Holiday
from ucapdesk.model.text.format.dates_in_words import say_day
from ucapdesk.model.values import PartialDate
from ucapdesk.store.desk import Desk

MAX_COUNTRIES_TOLD = 6
"""Number of countries whose days are told; a workspace with more tells those of its most cities."""
MAX_PERIOD_DAYS = 62
"""Number of days up to which those of a period are told."""
MAX_DAYS_TOLD = 4
"""Number of days of a period that are told in one line."""


class DaysOff:
    """Tells the days of some countries in a language."""

    def __init__(self, countries: Sequence[str], lang: str) -> None:
        self.countries, self.lang = tuple(countries), lang

    def on(self, day: date) -> list[Holiday]:
        """Return what a day is in the countries in which it is not like others; those in which it is the same, together."""
        asked = ((country, public_holidays.on(country, day, self.lang)) for country in self.countries)
        found = grouped(((each.name, each.works), country) for country, each in asked if each)
        return [Holiday(tuple(countries), *what) for what, countries in found.items()]

    def say(self, day: date) -> str:
        """Return that in words; empty where the day is like others everywhere."""
        return tr("holiday", "; ", self.lang).join(each.say(self.lang) for each in self.on(day))

    def unannounced(self, days: Iterable[date]) -> list[str]:
        """Return a sentence for each year of which a country has not announced its working days."""
        years = sorted({day.year for day in days})
        return [
            tr("holiday", "{country}: shifted working days {year} not announced yet", self.lang,
               country=code_label("countries", country, self.lang), year=str(year))
            for country in self.countries
            for year in years
            if not public_holidays.is_announced(country, year)
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


def of_workspace(desk: Desk, lang: str) -> DaysOff:
    """Return the days of the countries of all partner cities."""
    return DaysOff(desk.read.remembered("countries with days off", lambda: _most(desk, _countries(desk))), lang)


def of_visit(desk: Desk, visit: Visit, lang: str) -> DaysOff:
    """Return the days of the countries of a visit: of its host cities and of the partners in its UCAPs."""
    places = [*(visit.host_places or ()), *(visit.other_places or ())]
    for ucap in visit.ucaps or ():
        places += [each.place for each in desk.read.children(ucap, UcapPlace) if each.place]
    return DaysOff(_most(desk, _countries_of(desk, places)), lang) if places else of_workspace(desk, lang)


def _countries(desk: Desk) -> Mapping[str, int]:
    """Return the countries of the cities of all UCAPs, where there is none of all places, with the number of their places."""
    named = [each.place for each in desk.read.listed(UcapPlace) if each.place]
    return _countries_of(desk, named) if named else dict(desk.read.in_use(Place, "country"))


def _countries_of(desk: Desk, places: Sequence[str]) -> Mapping[str, int]:
    """Return the countries of places, with the number of their places."""
    return Counter(each.country for each in desk.read.page(Place, list(dict.fromkeys(places))) if each.country)


def _most(desk: Desk, countries: Mapping[str, int]) -> tuple[str, ...]:
    """Return the codes of countries, those of the most places first."""
    codes = {each.id: each.alpha2 for each in desk.read.page(Country, sorted(countries)) if each.alpha2}
    counts = Counter(codes[country] for country in Counter(countries).elements() if country in codes)
    return tuple(sorted(counts, key=lambda code: (-counts[code], code))[:MAX_COUNTRIES_TOLD])


def _day(day: date, lang: str) -> str:
    return say_day(PartialDate(day.isoformat()), lang)
