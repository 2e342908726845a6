"""The section of maps and taxi cards, to be shown to a driver who reads only Chinese."""

from __future__ import annotations

from dataclasses import replace

from ucapdesk.briefing.content import FACING, Block, Para, Section, Text, Words
from ucapdesk.model.kinds.place_kinds import Place
from ucapdesk.papers.paper_words import of_text
from ucapdesk.papers.record_parts import facts_of, place_name
from ucapdesk.papers.sections.common import picture, venue
from ucapdesk.papers.visit_facts import VisitFacts

MAP = (150.0, 70.0)


def maps(of: VisitFacts) -> list[Section]:
    """Return a card for each place: the Chinese address large, a map where there is one, the telephone."""
    found = [Section(())]
    for place in of.places:
        if place.address or place.map:
            found.append(Section(tuple(_taxi(of, place)), venue(of.reader, place), level=2, together=True))
    return found if len(found) > 1 else []


def _taxi(of: VisitFacts, place: Place) -> list[Block]:
    blocks: list[Block] = [Text(_address(of, of_text(place.address)))] if place.address else []
    map_ = picture(of, place.map, MAP, place_name(place))
    blocks += [map_] if map_ else []
    return [*blocks, *facts_of(of.reader, place, "phone access")]


def _address(of: VisitFacts, address: Words) -> tuple[Para, ...]:
    """Return the address in one column, the Chinese one first and large, since the driver reads it."""
    asked = of.request
    facing = asked.layout == FACING
    if facing or not (address.has("zh") and "zh" in asked.languages and len(asked.languages) > 1):
        return (Para(address, "large"),)
    chinese = Words({"zh": address.text["zh"]}, dict.fromkeys(asked.languages, "not_needed"), address.where)
    others = {lang: text for lang, text in address.text.items() if lang != "zh"}
    other = replace(address, text=others, states={**address.states, "zh": "not_needed"})
    return Para(chinese, "large"), Para(other, close=True)
