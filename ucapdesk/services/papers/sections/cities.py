"""A page for each city: facts, who leads it, what it lives of, and what there has been between it and us."""

from __future__ import annotations

from ucapdesk.base.i18n import Message
from ucapdesk.briefing.content import Block, Section, Words
from ucapdesk.model.kinds.people import Person
from ucapdesk.model.kinds.places import Country, Place
from ucapdesk.model.kinds.visits import Visit
from ucapdesk.services.papers.guests import guest, titled
from ucapdesk.services.papers.parts import bullets, facts, field_label, label, text
from ucapdesk.services.papers.sections.common import joined, picture, place_name
from ucapdesk.services.papers.visit_facts import VisitFacts
from ucapdesk.services.papers.words import SQUARE_KILOMETRES, listed, of_date, of_quantity, of_text

MAP = (150.0, 80.0)


def cities(of: VisitFacts) -> list[Section]:
    """One page a city, if somebody described it; those of which nothing but the name is known are left out."""
    found = [Section(())]
    for city in of.cities:
        blocks = city_sheet(of, city)
        if blocks:
            full = bool(city.description or city.key_industries or city.facts or city.map)
            new_page = full and len(found) > 1
            found.append(Section(tuple(blocks), place_name(city), level=2, new_page=new_page, together=True))
    return found if len(found) > 1 else []


def city_sheet(of: VisitFacts, city: Place) -> list[Block]:
    """What is known of a city; what its source states as not available is printed as such."""
    reading = of.reading
    mayor = reading.one(Person, city.mayor)
    country = reading.one(Country, city.country)
    parent = reading.one(Place, city.parent)
    blocks = facts(
        (field_label("place.official_name"), of_text(city.official_name)),
        (
            label(Message("paper", "State/Country")),
            joined(of_text(city.state), of_text(country.name) if country else Words({})),
        ),
        (field_label("place.parent"), place_name(parent)),
        (field_label("place.population"), of_quantity(city.population)),
        (field_label("place.area_km2"), of_quantity(city.area_km2, SQUARE_KILOMETRES)),
        (field_label("place.mayor"), titled(guest(reading, mayor)) if mayor else Words({})),
        (field_label("place.sister_cities"), listed(place_name(p) for p in reading.all(Place, city.sister_cities))),
        (field_label("place.website"), Words.plain(city.website or "")),
        picture=reading.file(city.logo),
    )
    for name in ("description", "key_industries", "facts"):
        blocks += text(of_text(getattr(city, name)), field_label(f"place.{name}"))
    blocks += bullets(_themes(of, city), label(Message("paper", "Pilot projects")))
    blocks += bullets(_visits(of, city), label(Message("paper", "Earlier visits")))
    if (shown := picture(of, city.map, *MAP)) is not None:
        blocks.append(shown)
    return blocks


def _themes(of: VisitFacts, city: Place) -> list[Words]:
    return [of_text(project.title) for project in of.projects if city.id in (project.places or ())]


def _visits(of: VisitFacts, city: Place) -> list[Words]:
    """Earlier visits to the city, the newest first, as precise as their dates are."""
    found = [each for each in of.reading.linked(Visit, "dates", host_places=city.id) if each.id != of.visit.id]
    begins = of.visit.dates.bounds[0] if of.visit.dates else "9999"
    past = [each for each in found if each.dates and each.dates.bounds[1] < begins]
    return [joined(of_date(each.dates), of_text(each.title)) for each in reversed(past)]
