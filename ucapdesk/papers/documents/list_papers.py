"""Lists of people and nights for those who need them: hotel, driver, kitchen, security, press, reception.

One table of columns; every list names those it shows. Columns nobody has anything in are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from typing import Any

from ucapdesk.base.grouping import grouped
from ucapdesk.base.i18n import Message
from ucapdesk.briefing.blocks.content import Block, Cell, Paper
from ucapdesk.briefing.blocks.elements import NO_WORDS, Para, Words
from ucapdesk.model.kinds.partnership_kinds import Place
from ucapdesk.model.kinds.visit_kinds import MEALS, ItineraryItem, TransportLeg, Visit
from ucapdesk.papers.document import Document, Option
from ucapdesk.papers.documents.seating_plan import in_cars
from ucapdesk.papers.facts.participants import (
    Occasion,
    Participant,
    dates_of,
    occasion,
    people_of,
    points_of,
    subtitle,
    visit_of,
)
from ucapdesk.papers.facts.parts import (
    NOBODY,
    ColumnOf,
    bullets,
    cell,
    field_label,
    label,
    name_of,
    paper,
    section,
    table_of,
    text,
)
from ucapdesk.papers.facts.visit_facts import hotel_table
from ucapdesk.papers.facts.wording import day_name, hours, joined_by, listed, of_code, of_room, of_text, of_written
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.request import KITCHEN, Request
from ucapdesk.papers.sections.people import columns_of, diets_of, people_sections, people_table
from ucapdesk.papers.sections.practical import rides
from ucapdesk.papers.sections.section_parts import of_group

# -- the documents --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _List:
    """The declaration of a list: its columns, and whose names it has."""

    document: Message
    columns: tuple[str, ...]
    guests_only: bool = False
    before: Callable[[RedactedReader, Occasion], list[Block]] | None = None


def _make(of: _List, reader: RedactedReader, request: Request) -> Paper:
    record = occasion(reader, request.ids[0])
    everybody = people_of(reader, record)
    people = [each for each in everybody if not of.guests_only or not each.at_home] or everybody
    made = section(of.before(reader, record)) if of.before else []
    made += people_sections(reader, record, people, _chosen(reader, request) or of.columns)
    title = name_of(record)
    return paper(reader, request, of.document, title, made, marked=record, dates=dates_of(record), lacking=NOBODY)


def _chosen(reader: RedactedReader, request: Request) -> tuple[str, ...]:
    """Return the columns the user chose; diets are never among them, since only the kitchen may have them."""
    names = tuple(name.strip() for name in request.options["columns"].split(",") if name.strip())
    known = [name for name in columns_of(reader) if name != "diet" or request.document == "catering_list"]
    for name in names:
        if name not in known:
            raise request.unknown(Message("choice", "column"), name, ", ".join(known))
    return names


def _attendance(reader: RedactedReader, request: Request) -> Paper:
    """Return the attendance list: with rows to sign in, and empty ones for unannounced guests where the page has room for them."""
    record = occasion(reader, request.ids[0])
    people = people_of(reader, record)
    names = ("signer", "function", "signature")
    asked = request.options["blank"]
    blank = int(asked) if asked.isdigit() else min(BLANK, max(0, A_PAGE - len(people)))
    table = people_table(reader, people, names, row_height=8, blank=min(blank, 60))
    made = paper(
        reader, request, ATTENDANCE, name_of(record), section(table), marked=record, dates=subtitle(reader, record)
    )
    return replace(made, fit=1) if len(people) + blank <= MOST_A_PAGE else made


def _of_visit(reader: RedactedReader, record: Occasion) -> list[Block]:
    return hotel_table(reader, record) if isinstance(record, Visit) else []


def _hotels(reader: RedactedReader, request: Request) -> Paper:
    visit = reader.get(Visit, request.ids[0])
    travelling = [each for each in people_of(reader, visit) if not each.at_home]
    guests = people_table(reader, travelling, ("name", "function", "room", "arrival", "departure"))
    made = [*section(hotel_table(reader, visit)), *section(guests, Message("paper", "Guests"))]
    return paper(reader, request, HOTELS, of_text(visit.title), made, marked=visit, dates=dates_of(visit))


def _bus(reader: RedactedReader, request: Request) -> Paper:
    visit = reader.get(Visit, request.ids[0])
    people = [each for each in people_of(reader, visit) if each.role != "driver"]
    legs = reader.children(TransportLeg, visit.id)
    made = section(rides(reader, legs, lambda leg: of_written(leg.driver)), Message("paper", "Rides"))
    made += section(text(visit.vehicles), field_label("visit.vehicles"))
    made += section(in_cars(reader, visit), Message("paper", "Cars"))
    made += section(people_table(reader, people, ("name", "house", "arrival", "tick")), Message("paper", "On board"))
    return paper(reader, request, BUS, of_text(visit.title), made, marked=visit, dates=dates_of(visit))


def _meals(reader: RedactedReader, record: Occasion) -> list[Block]:
    """Return the meals of an occasion with place, menu and heads, then how many have which diet."""
    visit = visit_of(reader, record)
    items = [record] if isinstance(record, ItineraryItem) else points_of(reader, visit.id) if visit else []
    meals = [item for item in items if item.type in MEALS and record.id in (item.id, item.owner, item.meeting)]
    usual = _diets(reader, people_of(reader, record))

    def heads(item: ItineraryItem) -> Cell:
        """Return how many eat, where that is known; with their diets, where they are not those of the whole occasion."""
        people = people_of(reader, item)
        if not people:
            return ()
        diets = _diets(reader, people)
        return cell(Words.plain(str(len(people))), listed(diets) if diets != usual else NO_WORDS)

    more = (
        ColumnOf(_title, 4.4, "itinerary_item.title"),
        ColumnOf(partial(_where, reader), 3.6, Message("paper", "Place")),
        ColumnOf(heads, 2, Message("paper", "People")),
        ColumnOf("menu", 5),
    )
    table = _by_day(reader, meals, more, label(Message("paper", "Meals")))
    return [*table, *bullets(usual, label(Message("paper", "Diets")))]


def _diets(reader: RedactedReader, people: Sequence[Participant]) -> list[Words]:
    """Return how many have each diet, and how many an allergy: ``Vegetarian × 2``."""
    told = grouped((str(diet.text), diet) for who in people for diet in diets_of(reader, who))
    said = [(same[0], len(same)) for same in told.values() if same[0].text != of_code("dietary", "none").text]
    allergic = sum(bool(who.person and who.person.allergies) for who in people)
    said += [(field_label("person.allergies"), allergic)] if allergic else []
    return [joined_by(" × ", words, Words.plain(str(n))) for words, n in said]


def _title(item: ItineraryItem) -> Cell:
    return (Para(name_of(item), lead=of_group(item)),)


def _where(reader: RedactedReader, item: ItineraryItem) -> Cell:
    place = reader.one(Place, item.place)
    return cell(of_text(place.name) if place else NO_WORDS, of_room(item.room), of_text(item.address), under="text")


def _by_day(
    reader: RedactedReader, items: Sequence[ItineraryItem], more: Sequence[ColumnOf], head: Words
) -> list[Block]:
    """Return a table of points under their days, each beginning with its hours."""
    rows: list[ItineraryItem | Words] = []
    for date, some in groupby(items, lambda item: (item.when.date if item.when else None) or ""):
        rows += [*([day_name(date)] if date or rows else []), *some]
    return table_of(reader, rows, (ColumnOf(lambda item: hours(item.when), 2.2, Message("paper", "Time")), *more), head)


def _open_to_media(reader: RedactedReader, record: Occasion) -> list[Block]:
    visit = visit_of(reader, record)
    items = [item for item in points_of(reader, visit.id) if item.public] if visit else []
    more = (
        ColumnOf(_title, 6, "itinerary_item.title"),
        ColumnOf(partial(_where, reader), 5, Message("paper", "Place")),
    )
    return _by_day(reader, items, more, label(Message("paper", "Open to the media")))


def _vehicles(reader: RedactedReader, record: Occasion) -> list[Block]:
    visit = visit_of(reader, record)
    return text(visit.vehicles, field_label("visit.vehicles")) if visit else []


BLANK, A_PAGE, MOST_A_PAGE = 6, 14, 22
"""Rows for guests nobody announced; people with whom a page is full; and those it can hold in smaller type."""
DELEGATION, ATTENDANCE = Message("document", "Delegation list"), Message("document", "Attendance sheet")
ROOMS, HOTELS = Message("document", "Room list"), Message("document", "Hotel list")
BUS, CATERING = Message("document", "Bus list"), Message("document", "Catering list")
SECURITY, MEDIA = Message("document", "Security list"), Message("document", "Media list")


def _list(name: str, of: _List, **said: Any) -> Document:
    options = (Option("columns", Message("paper setup", "Columns (name,post,room …)")),)
    return Document(name, of.document, partial(_make, of), options=options, **{"pages": ("A4", "A4-landscape"), **said})


DOCUMENTS = (
    _list("delegation_list", _List(DELEGATION, ("portrait", "name", "function", "role")), kinds=("visit", "meeting"), order=100, pages=("A4", "A4-landscape", "A5", "large")),
    Document(
        "attendance_sheet", ATTENDANCE, _attendance, kinds=("meeting", "visit", "itinerary_item"), order=110, pages=("A4", "A4-landscape"),
        options=(Option("blank", Message("paper setup", "Blank rows")),),
    ),
    _list("room_list", _List(ROOMS, ("name", "house", "room", "arrival", "departure"), guests_only=True, before=_of_visit), kinds=("visit",), order=160),
    Document("hotel_list", HOTELS, _hotels, kinds=("visit",), order=170, pages=("A4", "A4-landscape")),
    Document("bus_list", BUS, _bus, kinds=("visit",), order=180, pages=("A4", "A4-landscape")),
    _list("catering_list", _List(CATERING, ("name", "house", "diet"), before=_meals), kinds=("visit", "itinerary_item", "meeting"), order=190, circle=KITCHEN),
    _list("security_list", _List(SECURITY, ("portrait", "name", "country", "function", "role", "tick"), before=_vehicles), kinds=("visit", "meeting"), order=200),
    _list("media_list", _List(MEDIA, ("name", "function", "languages"), before=_open_to_media), kinds=("visit",), order=210),
)  # fmt: skip
