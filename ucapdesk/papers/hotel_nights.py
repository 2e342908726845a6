"""The hotels of a visit with their nights, as every paper lists them."""

from __future__ import annotations

from ucapdesk.base.i18n import Message, ntr
from ucapdesk.briefing.content import Block
from ucapdesk.briefing.text_elements import NO_WORDS, Words
from ucapdesk.model.kinds.place_kinds import Place
from ucapdesk.model.kinds.visit_kinds import ItineraryDay, ItineraryItem, TransportLeg, Visit
from ucapdesk.model.rules.nights import CHECK_IN, Stay, hotels_by_night, stays
from ucapdesk.model.values import PartialDate
from ucapdesk.papers.occasions import dates_of
from ucapdesk.papers.paper_parts import cell, label
from ucapdesk.papers.paper_words import in_all, of_date, of_text
from ucapdesk.papers.record_parts import ColumnOf, table_of
from ucapdesk.papers.redacted_reader import RedactedReader

HOTEL = "hotel"


def nights(reader: RedactedReader, visit: Visit) -> dict[str, str]:
    """Return the hotel of each night of a visit, as far as it is known."""
    items = reader.children(ItineraryItem, visit.id)
    places = reader.all(Place, [item.place for item in items if item.place and item.type == CHECK_IN])
    hotels = {*(visit.hotels or ()), *(place.id for place in places if place.type == HOTEL)}
    legs = reader.children(TransportLeg, visit.id)
    return hotels_by_night(visit, reader.children(ItineraryDay, visit.id), items, legs, hotels)


def hotel_table(reader: RedactedReader, visit: Visit) -> list[Block]:
    """Return each hotel with its nights, address and telephone; where no night is known, for the days of the visit."""
    known = [(stay_dates(stay), stay_length(stay), stay.hotel) for stay in stays(nights(reader, visit))]
    known = known or [(dates_of(visit), NO_WORDS, hotel) for hotel in visit.hotels or ()]
    rows = [(cell(dates, length), hotel) for dates, length, id_ in known if (hotel := reader.one(Place, id_))]
    columns = (
        ColumnOf(lambda row: row[0], 3, Message("paper", "Nights")),
        ColumnOf(lambda row: of_text(row[1].name), 3.6, "itinerary_day.hotel"),
        ColumnOf(lambda row: of_text(row[1].address), 5.4, "place.address"),
        ColumnOf(lambda row: Words.plain(row[1].phone or ""), 2.8, "place.phone"),
    )
    return table_of(reader, rows, columns, label(Message("paper", "Nights")))


def stay_dates(stay: Stay) -> Words:
    """Return the day of checking in to that of checking out."""
    return of_date(PartialDate(f"{stay.first}/{stay.until}" if stay.until else stay.first))


def stay_length(stay: Stay) -> Words:
    """Return ``3 nights``, ``3晚``."""
    return in_all(lambda lang: ntr("paper", "{n} night", "{n} nights", stay.nights, lang))
