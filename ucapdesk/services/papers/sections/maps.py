"""Maps and taxi cards: what is shown to a driver who reads Chinese alone."""

from __future__ import annotations

from ucapdesk.briefing.content import Block, Para, Section, Text, Words
from ucapdesk.model.kinds.places import Place
from ucapdesk.services.papers.parts import facts, field_label
from ucapdesk.services.papers.sections.common import picture, venue
from ucapdesk.services.papers.visit_facts import VisitFacts
from ucapdesk.services.papers.words import of_text

MAP = (150.0, 70.0)


def maps(of: VisitFacts) -> list[Section]:
    """One card a place: the address in Chinese and large, a map where there is one, the telephone."""
    found = [Section(())]
    for place in of.places:
        if place.address or place.map:
            found.append(Section(tuple(_taxi(of, place)), venue(of.reading, place), level=2, together=True))
    return found if len(found) > 1 else []


def _taxi(of: VisitFacts, place: Place) -> list[Block]:
    address = of_text(place.address)
    blocks: list[Block] = [Text((Para(address, "large"),))] if not address.empty else []
    map_ = picture(of, place.map, *MAP)
    blocks += [map_] if map_ else []
    return [
        *blocks,
        *facts(
            (field_label("place.phone"), Words.plain(place.phone or "")),
            (field_label("place.access"), of_text(place.access)),
        ),
    ]
