"""Lists of people and nights for those who need them: hotel, driver, kitchen, security, press, reception.

One table of columns; every list names those it shows. Columns nobody has anything in are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from ucapdesk.base.i18n import Message
from ucapdesk.briefing.content import Block, Cell, Group, Paper, Para, Section, Table, Words
from ucapdesk.model.kinds.place_kinds import Place
from ucapdesk.model.kinds.visit_kinds import ItineraryItem, TransportLeg, Visit
from ucapdesk.papers.audience import KITCHEN
from ucapdesk.papers.document import Document, Option
from ucapdesk.papers.documents.seating_plan import in_cars
from ucapdesk.papers.errors import UnknownChoice
from ucapdesk.papers.hotel_nights import hotel_table
from ucapdesk.papers.occasions import (
    Occasion,
    dates_of,
    occasion,
    people_of,
    place_of,
    points_of,
    title_of_occasion,
    visit_of,
)
from ucapdesk.papers.paper_parts import (
    NOBODY,
    NONE,
    bullets,
    cell,
    day,
    facts,
    field_label,
    hours,
    label,
    number_column,
    paper,
    section,
    text,
    when,
)
from ucapdesk.papers.paper_sides import around, by_party, host_side, side_name
from ucapdesk.papers.paper_words import combined, listed, of_code, of_room, of_text, of_written
from ucapdesk.papers.participants import Participant, has_chinese
from ucapdesk.papers.record_parts import ColumnOf, picture_cell, table_of, value_of
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.request import Request


def _name(who: Participant) -> Cell:
    """Return the name in both scripts; where no Chinese form is known, a remark says so."""
    pending = Words.label(Message("paper", "Chinese name to be confirmed"))
    paras = cell(who.name)
    return paras if has_chinese(who.name) else (*paras, Para(pending, "note", close=True))


def _leg(field: str, reader: RedactedReader, who: Participant) -> Cell:
    """Return the flight or train, with its arrival or departure on the clock of the place."""
    leg = reader.one(TransportLeg, getattr(who.part, field) if who.part else None)
    if leg is None:
        return ()
    time = leg.when
    arrives = (time.end_date or time.date, time.end) if time else (None, None)
    leaves = (time.date, time.start) if time else (None, None)
    said = " ".join(filter(None, arrives if field == "arrival" else leaves))
    return cell(Words.plain(leg.number) if leg.number else of_code("transport", leg.mode), Words.plain(said))


def _diet(who: Participant) -> Cell:
    """Return somebody's diet on this occasion, else in general; allergies as a warning."""
    person = who.person
    said: list[Words] = [of_written(who.part.diet)] if who.part and who.part.diet else []
    if person is not None:
        said += [of_code("dietary", code) for code in person.diet or ()] if not said else []
        said += [of_text(person.diet_note)] if person.diet_note else []
    paras = cell(*said, under="text")
    if person is not None and person.allergies:
        lead = field_label("person.allergies")
        paras = (*paras, Para(of_written(person.allergies), "warning", lead=lead, close=True))
    return paras


def _columns(reader: RedactedReader) -> Mapping[str, ColumnOf]:
    """Return the columns that lists may have, by the names a user gives."""

    def of_person(name: str) -> Callable[[Participant], Words]:
        return lambda who: value_of(reader, who.person, name) if who.person else NONE

    return {
        "portrait": ColumnOf(lambda who: picture_cell(reader.file(who.person.portrait) if who.person else None, 18, 24), 2.2, NONE),
        "name": ColumnOf(_name, 4.4, Message("paper", "Name")),
        "post": ColumnOf(lambda who: who.post, 4, Message("paper", "Post")),
        "house": ColumnOf(lambda who: who.organisation, 5, Message("paper", "Organisation")),
        "function": ColumnOf(lambda who: cell(who.post, who.organisation, under="text"), 5.6, Message("paper", "Post and organisation")),
        "role": ColumnOf(lambda who: who.said_role, 4, Message("paper", "Role")),
        "country": ColumnOf(of_person("nationality"), 2.2, "person.nationality"),
        "languages": ColumnOf(of_person("spoken"), 2.6, "person.spoken"),
        "room": ColumnOf(lambda who: of_room(who.part.room) if who.part else None, 1.6, "participation.room"),
        "arrival": ColumnOf(partial(_leg, "arrival", reader), 3.6, Message("paper", "Arrival")),
        "departure": ColumnOf(partial(_leg, "departure", reader), 3.6, Message("paper", "Departure")),
        "diet": ColumnOf(_diet, 4, "person.diet"),
        "signature": ColumnOf(lambda _: (), 4.6, Message("paper", "Signature")),
        "present": ColumnOf(lambda _: (), 2.2, Message("paper", "Present")),
        "tick": ColumnOf(lambda _: (), 2.4, Message("paper", "Checked")),
    }  # fmt: skip


_WRITTEN_ON = ("signature", "present", "tick")


def people_table(
    reader: RedactedReader,
    people: Sequence[Participant],
    names: Sequence[str],
    *,
    row_height: float = 0.0,
    blank: int = 0,
    parties: Sequence[tuple[Words, Sequence[Participant]]] = (),
) -> list[Block]:
    """Return a table of people with the named columns; ``parties``: the same people under names, where there are several."""
    known = _columns(reader)
    shown = [
        known[name]
        for name in names
        if name in _WRITTEN_ON or blank or any(known[name].cell(reader, each) for each in people)
    ]
    rows: list[tuple[Cell, ...] | Group] = []
    for party, members in parties if len(parties) > 1 else [(NONE, people)]:
        rows += [] if party.empty else [Group(party)]
        rows += [((), *(each.cell(reader, who) for each in shown)) for who in members]
    rows += [((), *(() for _ in shown))] * blank
    heads = (each.column("") for each in shown)
    return [Table((number_column(1), *heads), tuple(rows), row_height=row_height)] if rows else []


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
    people = people_of(reader, record)
    if of.guests_only:
        home = host_side(reader, record)
        people = [each for each in people if each.side != home] or people
    made = section(of.before(reader, record)) if of.before else []
    made += people_sections(reader, record, people, _chosen(reader, request) or of.columns)
    title = title_of_occasion(record)
    return paper(reader, request, of.document, title, made, marked=record, dates=dates_of(record), lacking=NOBODY)


def _chosen(reader: RedactedReader, request: Request) -> tuple[str, ...]:
    """Return the columns the user chose; diets are never among them, since only the kitchen may have them."""
    names = tuple(name.strip() for name in request.option("columns").split(",") if name.strip())
    known = [name for name in _columns(reader) if name != "diet" or request.document == "catering_list"]
    for name in names:
        if name not in known:
            raise UnknownChoice(document=request.document, what="column", said=name, known=", ".join(known))
    return names


def people_sections(
    reader: RedactedReader, record: Occasion, people: Sequence[Participant], names: Sequence[str]
) -> list[Section]:
    """Return a section for each side, named where there are several; its parties under each other, numbered through."""
    sides = around(reader, record)
    by_side: dict[str, list[tuple[Words, list[Participant]]]] = {}
    for name, members in by_party(reader, sides, people):
        by_side.setdefault(members[0].side, []).append((name, members))
    made: list[Section] = []
    for code, parties in by_side.items():
        heading = side_name(sides, code) if len(by_side) > 1 else None
        everybody = [each for _, members in parties for each in members]
        made += section(people_table(reader, everybody, names, parties=parties), heading)
    return made


def _attendance(reader: RedactedReader, request: Request) -> Paper:
    """Return the attendance list: landscape, with rows to sign in, and empty ones for unannounced guests."""
    record = occasion(reader, request.ids[0])
    people = people_of(reader, record)
    names = ("name", "function", "signature", "present")
    blank = int(request.option("blank")) if request.option("blank").isdigit() else 6
    blocks = facts(
        (label(Message("paper", "Date")), dates_of(record)),
        (label(Message("paper", "Place")), place_of(reader, record)),
    )
    blocks += people_table(reader, people, names, row_height=11, blank=min(blank, 60))
    return paper(reader, request, ATTENDANCE, title_of_occasion(record), section(blocks), marked=record)


def _of_visit(reader: RedactedReader, record: Occasion) -> list[Block]:
    """Return the nights of a visit; nothing for other occasions."""
    return hotel_table(reader, record) if isinstance(record, Visit) else []


def _hotels(reader: RedactedReader, request: Request) -> Paper:
    visit = reader.get(Visit, request.ids[0])
    home = host_side(reader, visit)
    travelling = [each for each in people_of(reader, visit) if each.side != home]
    made = section(hotel_table(reader, visit))
    made += section(
        people_table(reader, travelling, ("name", "function", "room", "arrival", "departure")),
        Message("paper", "Guests"),
    )
    return paper(reader, request, HOTELS, of_text(visit.title), made, marked=visit, dates=dates_of(visit))


def _bus(reader: RedactedReader, request: Request) -> Paper:
    """Return the rides day by day, then the passengers to tick off."""
    visit = reader.get(Visit, request.ids[0])
    rides = _rides(reader, visit)
    people = [each for each in people_of(reader, visit) if each.role != "driver"]
    made = section(rides, Message("paper", "Rides"))
    made += section(text(visit.vehicles), field_label("visit.vehicles"))
    made += section(in_cars(reader, visit), Message("paper", "Cars"))
    made += section(people_table(reader, people, ("name", "house", "arrival", "tick")), Message("paper", "On board"))
    return paper(reader, request, BUS, of_text(visit.title), made, marked=visit, dates=dates_of(visit))


def _rides(reader: RedactedReader, visit: Visit) -> list[Block]:
    columns = (
        ColumnOf(lambda leg: when(leg.when, weekday=False), 4.6, "transport_leg.when"),
        ColumnOf(
            lambda leg: cell(of_code("transport", leg.mode), Words.plain(leg.number or ""), under="text"),
            2.6,
            "transport_leg.mode",
        ),
        ColumnOf("departs_from", 3.2),
        ColumnOf("arrives_at", 3.2),
        ColumnOf("seats", 1.6),
        ColumnOf("driver", 3),
    )
    return table_of(reader, reader.children(TransportLeg, visit.id), columns)


def _meals(reader: RedactedReader, record: Occasion) -> list[Block]:
    """Return the meals of the programme with place, menu and heads, then how many have which diet."""
    visit = visit_of(reader, record)
    items = [record] if isinstance(record, ItineraryItem) else points_of(reader, visit.id) if visit else []
    meals = [item for item in items if item.type in ("meal", "banquet")]

    everybody = people_of(reader, record)

    def heads(item: ItineraryItem) -> Cell:
        """Return how many eat; with their diets, where they are not those of the whole occasion."""
        people = people_of(reader, item)
        diets = _diets(people)
        return cell(Words.plain(str(len(people))), listed(diets) if diets != _diets(everybody) else NONE)

    more = (
        ColumnOf("title", 4.4),
        ColumnOf(partial(_where, reader), 3.6, Message("paper", "Place")),
        ColumnOf(heads, 2, Message("paper", "People")),
        ColumnOf("menu", 5),
    )
    table = _by_day(reader, meals, more, label(Message("paper", "Meals")))
    return [*table, *bullets(_diets(everybody), label(Message("paper", "Diets")))]


def _diets(people: Sequence[Participant]) -> list[Words]:
    """Return how many have each diet, and how many an allergy: ``Vegetarian × 2``."""
    known = [who.person for who in people if who.person]
    counted = Counter(code for person in known for code in person.diet or () if code != "none")
    said = [(of_code("dietary", code), n) for code, n in counted.items()]
    allergic = sum(bool(person.allergies) for person in known)
    said += [(field_label("person.allergies"), allergic)] if allergic else []
    return [combined([words, Words.plain(str(n))], lambda parts, _: " × ".join(parts)) for words, n in said]


def _where(reader: RedactedReader, item: ItineraryItem) -> Cell:
    """Return place, room and address, as far as they are known."""
    place = reader.one(Place, item.place)
    return cell(of_text(place.name) if place else NONE, of_room(item.room), of_text(item.address), under="text")


def _by_day(
    reader: RedactedReader, items: Sequence[ItineraryItem], more: Sequence[ColumnOf], head: Words
) -> list[Block]:
    """Return a table of points under their days, each beginning with its hours."""
    rows: list[ItineraryItem | Words] = []
    before: str | None = ""
    for item in items:
        date = item.when.date if item.when else None
        if date != before and date:
            rows.append(day(date))
        before = date
        rows.append(item)
    return table_of(reader, rows, (ColumnOf(lambda item: hours(item.when), 2.2, Message("paper", "Time")), *more), head)


def _open_to_media(reader: RedactedReader, record: Occasion) -> list[Block]:
    """Return the items of the programme open to the press."""
    visit = visit_of(reader, record)
    items = [item for item in points_of(reader, visit.id) if item.public] if visit else []
    more = (ColumnOf("title", 6), ColumnOf(partial(_where, reader), 5, Message("paper", "Place")))
    return _by_day(reader, items, more, label(Message("paper", "Open to the media")))


def _vehicles(reader: RedactedReader, record: Occasion) -> list[Block]:
    visit = visit_of(reader, record)
    return text(visit.vehicles, field_label("visit.vehicles")) if visit else []


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
        "attendance_sheet", ATTENDANCE, _attendance, kinds=("meeting", "visit", "itinerary_item"), order=110, pages=("A4-landscape", "A4"),
        options=(Option("blank", Message("paper setup", "Blank rows"), default="6"),),
    ),
    _list("room_list", _List(ROOMS, ("name", "house", "room", "arrival", "departure"), guests_only=True, before=_of_visit), kinds=("visit",), order=160),
    Document("hotel_list", HOTELS, _hotels, kinds=("visit",), order=170, pages=("A4", "A4-landscape")),
    Document("bus_list", BUS, _bus, kinds=("visit",), order=180, pages=("A4", "A4-landscape")),
    _list("catering_list", _List(CATERING, ("name", "house", "diet"), before=_meals), kinds=("visit", "itinerary_item", "meeting"), order=190, circle=KITCHEN),
    _list("security_list", _List(SECURITY, ("portrait", "name", "country", "function", "role", "tick"), before=_vehicles), kinds=("visit", "meeting"), order=200),
    _list("media_list", _List(MEDIA, ("name", "function", "languages"), before=_open_to_media), kinds=("visit",), order=210),
)  # fmt: skip
