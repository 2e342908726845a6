"""Travel facts of a country: money, plugs, clocks, calling codes and emergency numbers.

What is on record of a country comes first; anything else comes from the reference list.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from ucapdesk.base.grouping import grouped
from ucapdesk.base.i18n import LANGUAGES, Message, bracketed, tr
from ucapdesk.briefing.content import Block, Text
from ucapdesk.briefing.text_elements import NO_WORDS, Para, Words
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.model.kinds.place_kinds import Country, Place
from ucapdesk.model.rules.country_facts import calling_code, currency
from ucapdesk.model.rules.country_facts import listed as told_of
from ucapdesk.model.text.format.zones import offset, zone_city
from ucapdesk.model.values import PartialDate
from ucapdesk.papers.paper_parts import facts, field_label, label
from ucapdesk.papers.paper_words import clauses, combined, in_all, joined, joined_by, listed, of_date, of_text, shown
from ucapdesk.papers.record_parts import place_name
from ucapdesk.papers.visit_facts import VisitFacts

SERVICES = {
    "police": Message("paper", "Police"),
    "fire": Message("paper", "Fire brigade"),
    "ambulance": Message("paper", "Ambulance"),
    "traffic_accident": Message("paper", "Traffic accident"),
    "all": Message("paper", "All emergencies"),
}


NO_DIFFERENCE = Message("paper", "no time difference")
LONGEST_VISIT = 62
"""Days for which changes of the clocks are looked for."""


def good_to_know(of: VisitFacts) -> list[Block]:
    """Return money, plugs, calling code and clock of each country; where no country is on record, the clock of the visit."""
    found: list[Block] = []
    for country in of.countries:
        blocks = facts(
            (field_label("country.currency"), _currency(country.currency or currency(country) or "")),
            (field_label("country.plugs"), Words.plain(country.plugs or _plugs(told_of(country)))),
            (field_label("country.calling_code"), Words.plain(country.calling_code or calling_code(country) or "")),
            (field_label("visit.time_zone"), listed(_clock(of, zone) for zone in _zones(of, country))),
        )
        found += [Text((Para(of_text(country.name), "lead"),)), *blocks] if blocks else []
    if found or time_difference(of).empty:
        return found
    return facts((field_label("visit.time_zone"), _clock(of, of.zone)))


def _zones(of: VisitFacts, country: Country) -> list[str]:
    """Return the zones of the visited cities in a country."""
    clocks = (of.reader.clocks.of_place(place.id) for place in of.visited if place.country == country.id)
    return list(dict.fromkeys(zone for zone in clocks if zone))


def _currency(said: str) -> Words:
    """Return ``Chinese Yuan (CNY)``; a text that is no currency code as it is."""
    from babel.numbers import get_currency_name  # what only lists the papers needs no names of currencies

    def name(lang: str) -> str:
        known = str(get_currency_name(said, locale=lang))
        return said if known == said else known + bracketed(said, lang)

    return in_all(name) if said.isascii() and said.isupper() else Words.plain(said)


def _plugs(known: Mapping[str, Any]) -> str:
    return "; ".join(filter(None, (", ".join(known.get("plugs", ())), known.get("voltage", ""))))


def emergency_numbers(country: Country) -> list[Words]:
    """Return the emergency numbers on record, else those of the reference list."""
    if country.emergency:
        return [Words.plain(country.emergency)]
    return [
        joined_by(" ", label(SERVICES[name]), Words.plain(number))
        for name, number in told_of(country).get("emergency", {}).items()
        if name in SERVICES
    ]


# -- clocks ---------------------------------------------------------------------------------------


def _clock(of: VisitFacts, zone: str) -> Words:
    """Return ``Beijing, UTC+8, 7 h ahead of Granada``."""
    if not zone:
        return NO_WORDS
    hours = _by_day(of, lambda at: joined(Words.plain(offset(zone, at)), _difference_at(of, zone, at)))
    return joined(in_all(lambda lang: zone_city(zone, lang)), hours)


def _by_day(of: VisitFacts, say: Callable[[datetime], Words]) -> Words:
    """Return what is said of clocks on the first day, and again from each day of the visit on which it is another."""
    first, last = of.visit.dates.bounds if of.visit.dates else ("", "")
    if not "1900" < first < "9000":
        return NO_WORDS
    noon = datetime.fromisoformat(f"{first} 12:00")
    days = min((date.fromisoformat(last) - noon.date()).days + 1, LONGEST_VISIT)
    told = [(at, say(at)) for at in (noon + timedelta(n) for n in range(days))]
    changed = (two for one, two in pairwise(told) if one[1] != two[1])
    return clauses([told[0][1], *(_from(at, words) for at, words in changed)])


def _from(at: datetime, words: Words) -> Words:
    day = of_date(PartialDate(at.date().isoformat()))
    words = label(NO_DIFFERENCE) if words.empty else words
    return combined([day, words], lambda said, lang: tr("paper", "from {day}: {said}", lang, day=said[0], said=said[1]))


def time_difference(of: VisitFacts) -> Words:
    """Return the time difference between the place and each home city; nothing where a zone is unknown."""
    return _by_day(of, lambda at: _difference_at(of, of.zone, at)) if of.zone else NO_WORDS


def _difference_at(of: VisitFacts, zone: str, at: datetime) -> Words:
    ahead = ((_ahead(at, zone, of.reader.clocks.of_place(home.id) or zone), home) for home in _homes(of))
    homes = grouped((minutes, place_name(home)) for minutes, home in ahead if minutes)
    return listed(_difference(minutes, listed(names, last=True)) for minutes, names in sorted(homes.items()))


def _ahead(at: datetime, zone: str, home: str) -> int:
    """Return by how many minutes the clocks of a zone are ahead of those at home."""
    there, here = (at.replace(tzinfo=ZoneInfo(each)).utcoffset() for each in (zone, home))
    return int((there - here).total_seconds() // 60) if there is not None and here is not None else 0


def _difference(minutes: int, name: Words) -> Words:
    hours = f"{abs(minutes) // 60}" + (f":{abs(minutes) % 60:02}" if minutes % 60 else "")
    said = (
        Message("paper", "{hours} h ahead of {place}") if minutes > 0 else Message("paper", "{hours} h behind {place}")
    )
    text = {lang: replace(said, args={"hours": hours, "place": shown(name, lang)}).say(lang) for lang in LANGUAGES}
    return Words(text, dict.fromkeys(LANGUAGES, "same"))


def _homes(of: VisitFacts) -> list[Place]:
    """Return the home cities: those of the delegation's side, else that of its head."""
    head = of.reader.one(Person, of.visit.head)
    own = of.reader.one(Place, head.place) if head else None
    known = [city for city in of.home_cities if of.reader.clocks.of_place(city.id)]
    return known or ([own] if own and of.reader.clocks.of_place(own.id) else [])
