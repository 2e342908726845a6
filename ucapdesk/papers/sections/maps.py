"""The section of maps and taxi cards, to be shown to a driver who reads only Chinese."""

from __future__ import annotations

from dataclasses import replace

from ucapdesk.base.i18n import Message
from ucapdesk.briefing.content import Cell, Section
from ucapdesk.briefing.page_setup import FACING
from ucapdesk.briefing.text_elements import Para, Words
from ucapdesk.model.kinds.place_kinds import Place
from ucapdesk.papers.paper_parts import cell
from ucapdesk.papers.paper_words import of_text
from ucapdesk.papers.record_parts import ColumnOf, place_name, table_of
from ucapdesk.papers.sections.common import picture, venue
from ucapdesk.papers.visit_facts import VisitFacts

MAP = (150.0, 70.0)


def maps(of: VisitFacts) -> list[Section]:
    """Return every place with its address, the Chinese one large, and its telephone; below, a map of each that has one."""
    columns = (
        ColumnOf(lambda place: _named(of, place), 56, Message("paper", "Place")),
        ColumnOf(lambda place: _address(of, of_text(place.address)), 88, "place.address"),
        ColumnOf("phone", 36, "place.phone"),
    )
    places = [place for place in of.places if place.address or place.map]
    found = [Section(tuple(table_of(of.reader, places, columns)))]
    for place in places:
        if map_ := picture(of, place.map, MAP, place_name(place)):
            found.append(Section((map_,), venue(of.reader, place), level=2, together=True))
    return found if places else []


def _named(of: VisitFacts, place: Place) -> Cell:
    """Return the name of a place, and how it is reached."""
    return (*cell(venue(of.reader, place), role="lead"), *cell(of_text(place.access), role="note"))


def _address(of: VisitFacts, address: Words) -> tuple[Para, ...]:
    """Return the address in one column, the Chinese one first and large, since the driver reads it."""
    if address.empty:
        return ()
    asked = of.request
    if asked.layout == FACING or not (address.has("zh") and "zh" in asked.languages and len(asked.languages) > 1):
        return (Para(address, "large"),)
    chinese = Words({"zh": address.text["zh"]}, dict.fromkeys(asked.languages, "not_needed"), address.where)
    others = {lang: text for lang, text in address.text.items() if lang != "zh"}
    other = replace(address, text=others, states={**address.states, "zh": "not_needed"})
    return Para(chinese, "large"), Para(other, close=True)
