"""The page of a city: facts, leaders, economy, and the history of the cooperation with it."""

from __future__ import annotations

from collections.abc import Sequence

from ucapdesk.base.i18n import Message
from ucapdesk.briefing.content import Block, Section
from ucapdesk.briefing.text_elements import NO_WORDS, Words
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.model.kinds.place_kinds import Place
from ucapdesk.model.kinds.ucap_kinds import PilotProject, Theme, UcapPlace
from ucapdesk.model.kinds.visit_kinds import Visit
from ucapdesk.model.rules.status import is_called_off
from ucapdesk.papers.paper_parts import LOGO, bullets, headed, label, section
from ucapdesk.papers.paper_sides import is_partner
from ucapdesk.papers.paper_words import (
    SQUARE_KILOMETRES,
    combined,
    joined,
    not_available,
    of_date,
    of_population,
    of_quantity,
    of_text,
    small_first,
)
from ucapdesk.papers.participants import participant, titled
from ucapdesk.papers.record_parts import Fact, facts_of, place_name, texts_of, value_of
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.sections.common import picture
from ucapdesk.papers.visit_facts import VisitFacts

MAP = (150.0, 80.0)
KNOWN = (
    "official_name", "country", "state", "parent", "population", "area_km2", "mayor", "sister_cities", "website", "logo",
    "map",
)  # fmt: skip
"""Facts of which a city needs at least one to have a page."""
TEXTS = "description key_industries facts"


def cities(of: VisitFacts) -> list[Section]:
    """Return a sheet for each described city; those known by name only are left out."""
    sheets = (section(city_sheet(of, city), place_name(city), level=2, together=True) for city in of.cities)
    return headed([sheet for found in sheets for sheet in found])


def city_sheet(of: VisitFacts, city: Place) -> list[Block]:
    """Return the facts of a city; missing population and area are given as not available."""
    rest = _rest(of, city)
    if not rest and not any(getattr(city, name) for name in KNOWN):
        return []
    known = place_facts(of.reader, city, unknown=not_available(), picture=of.reader.file(city.logo), size=LOGO)
    shown = picture(of, city.map, MAP, place_name(city))
    return [*known, *rest, *([shown] if shown else [])]


def place_facts(
    reader: RedactedReader,
    place: Place,
    *more: Fact,
    unknown: Words = NO_WORDS,
    picture: bytes | None,
    size: tuple[float, float],
) -> list[Block]:
    """Return the facts of a city, and what else is asked for; ``unknown``: instead of population and area."""
    mayor = reader.one(Person, place.mayor)
    return facts_of(
        reader, place, "official_name",
        ("country", combined([of_text(place.state), value_of(reader, place, "country")], small_first)),
        "parent",
        ("population", of_population(place.population) if place.population else unknown),
        ("area_km2", of_quantity(place.area_km2, SQUARE_KILOMETRES) if place.area_km2 else unknown),
        ("mayor", titled(participant(reader, mayor)) if mayor else NO_WORDS),
        "sister_cities website", *more, picture=picture, size=size,
    )  # fmt: skip


def _rest(of: VisitFacts, city: Place) -> list[Block]:
    """Return the longer texts of a city, its themes, projects and earlier visits."""
    blocks = texts_of(city, TEXTS)
    projects = [project for project in of.projects if city.id in (project.places or ())]
    blocks += bullets(_themes(of, city, projects), label(Message("paper", "Cooperation themes")))
    blocks += bullets((of_text(project.title) for project in projects), label(Message("paper", "Pilot projects")))
    return [*blocks, *bullets(_visits(of, city), label(Message("paper", "Earlier visits")))]


def _themes(of: VisitFacts, city: Place, projects: Sequence[PilotProject]) -> list[Words]:
    """Return the themes of its pilot projects; all of a UCAP where it is the only partner of its side."""
    wanted = {id_ for project in projects for id_ in project.themes or ()}
    found: list[Words] = []
    for ucap in of.ucaps:
        parts = [part for part in of.reader.children(UcapPlace, ucap.id) if is_partner(part)]
        side = next((part.side for part in parts if part.place == city.id), None)
        alone = side is not None and sum(part.side == side for part in parts) == 1
        found += [of_text(theme.name) for theme in of.reader.children(Theme, ucap.id) if alone or theme.id in wanted]
    return found


def _visits(of: VisitFacts, city: Place) -> list[Words]:
    """Return earlier visits to the city, the newest first, as precise as their dates are."""
    known = of.reader.linked(Visit, "dates", host_places=city.id)
    past = [each for each in known if each.dates and each.dates.bounds[1] < of.begins and not is_called_off(each)]
    return [joined(of_date(each.dates), of_text(each.title)) for each in reversed(past)]
