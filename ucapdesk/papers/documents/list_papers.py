"""Lists for those who need them: hotel, driver, kitchen, security, press, reception; who does what until when; who is reached how.

Each is declared in ``DOCUMENTS``, at the end; the functions above say which records it has. Columns nobody has anything in are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby

from ucapdesk.base.grouping import grouped
from ucapdesk.base.i18n import Message
from ucapdesk.briefing.blocks.content import Block, Cell, Paper, Section
from ucapdesk.briefing.blocks.elements import NO_WORDS, Para, Words
from ucapdesk.model.codes import folded
from ucapdesk.model.kinds.partnership_kinds import Place, Ucap
from ucapdesk.model.kinds.people_kinds import ContactRole, Organisation, Person
from ucapdesk.model.kinds.visit_kinds import MEALS, ActionItem, ItineraryItem, Meeting, TransportLeg, Visit
from ucapdesk.model.record import Record
from ucapdesk.model.rules.status import due_by, is_open
from ucapdesk.papers.document import Document, Option
from ucapdesk.papers.documents.card_papers import in_cars
from ucapdesk.papers.facts.participants import (
    Occasion,
    Participant,
    by_rank,
    occasion,
    organisations_of,
    participant,
    people_of,
    points_of,
    subtitle,
    visit_of,
)
from ucapdesk.papers.facts.partner_sides import by_party, sides_of
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
from ucapdesk.papers.facts.visit_facts import hotel_table, of_group
from ucapdesk.papers.facts.wording import day_name, hours, joined_by, listed, of_code, of_room, of_text, of_written
from ucapdesk.papers.list_paper import Blocks, People, Rows, Subject, list_paper
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.request import CATERING, Request
from ucapdesk.papers.sections.meeting_parts import Action, action_columns, action_rows, actions_of, by_owner
from ucapdesk.papers.sections.people import (
    contacts,
    diets_of,
    in_order_of_posts,
    members_of,
    organisations_table,
    people_table,
)
from ucapdesk.papers.sections.practical import rides

# -- nights, rides, meals -------------------------------------------------------------------------


def _rides(reader: RedactedReader, visit: Visit) -> list[Block]:
    return rides(reader, reader.children(TransportLeg, visit.id), lambda leg: of_written(leg.driver))


def _vehicles(_: RedactedReader, visit: Visit) -> list[Block]:
    return text(visit.vehicles)


def _labelled_vehicles(reader: RedactedReader, record: Occasion) -> list[Block]:
    visit = visit_of(reader, record)
    return text(visit.vehicles, field_label("visit.vehicles")) if visit else []


def _meals(reader: RedactedReader, record: Occasion) -> list[Block]:
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


# -- contacts -------------------------------------------------------------------------------------


def _contacts(reader: RedactedReader, request: Request) -> list[Section]:
    """Return name, post and what may be printed of numbers and addresses, by party or by the alphabet; then the organisations."""
    record = reader.subject(request.ids[0])
    people = _people_of(reader, record, request.ids)
    if request.options["order"] == "alphabet":
        parted = [(NO_WORDS, sorted(people, key=partial(_alphabetical, request.languages[0])))]
    else:
        people = by_rank(people) if request.options["order"] == "rank" else people
        parted = by_party(reader, sides_of(reader, record), people)
    made: list[Section] = []
    for name, members in parted:
        made += section(contacts(reader, members), name if len(parted) > 1 else None)
    houses = organisations_table(reader, organisations_of(reader, people))
    return made + section(houses, Message("paper", "Organisations"))


def _alphabetical(lang: str, who: Participant) -> str:
    """Return the sort key by family name, in Chinese by its sound."""
    said = (who.person.sort_zh if lang == "zh" else who.person.sort_en) if who.person else None
    return said or folded(who.bare.text.get(lang) or who.bare.text.get("en") or "")


def _people_of(reader: RedactedReader, record: Record, ids: Sequence[str]) -> list[Participant]:
    """Return who is listed: for an occasion who takes part, for a UCAP its contacts, each on the side they stand for."""
    if isinstance(record, Visit | Meeting):
        return people_of(reader, record)
    if isinstance(record, Ucap):
        roles = [(reader.one(Person, role.person), role) for role in reader.children(ContactRole, record.id)]
        return [replace(participant(reader, person), side=role.side or "") for person, role in roles if person]
    if isinstance(record, Organisation):
        return in_order_of_posts(reader, members_of(reader, record.id))
    return [participant(reader, reader.get(Person, id_)) for id_ in ids]


def _of_whom(reader: RedactedReader, request: Request) -> Subject:
    record = reader.subject(request.ids[0])
    return Subject(NO_WORDS if isinstance(record, Person) else name_of(record), record)


# -- actions --------------------------------------------------------------------------------------


def _actions(reader: RedactedReader, request: Request) -> list[Action]:
    items = actions_of(reader, request.ids)
    return action_rows(reader, filter(is_open, items) if request.options["which"] == "open" else items)


def _by_owner_and_day(action: Action) -> tuple[str, str]:
    """Return the sort key by owner, those of nobody last, and by the day on which it is due."""
    return action.who.text.get("en") or action.who.text.get("zh") or "\uffff", due_by(action.record)


def _of_what(reader: RedactedReader, request: Request) -> Subject:
    """Return the record whose actions are listed; nothing for actions that somebody chose."""
    record = reader.subject(request.ids[0])
    if isinstance(record, ActionItem):
        return Subject(NO_WORDS)
    return Subject(name_of(record) if len(request.ids) == 1 else NO_WORDS, record)


# -- the attendance sheet has a shape of its own --------------------------------------------------

ATTENDANCE = Message("document", "Attendance sheet")
# Rows for guests nobody announced; people with whom a page is full; and those it can hold in smaller type.
BLANK, A_PAGE, MOST_A_PAGE = 6, 14, 22


def _attendance(reader: RedactedReader, request: Request) -> Paper:
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


# -- declared -------------------------------------------------------------------------------------


def _travels(who: Participant) -> bool:
    return not who.at_home


def _rides_along(who: Participant) -> bool:
    return who.role != "driver"


DOCUMENTS = (
    list_paper(
        "delegation_list", Message("document", "Delegation list"), People(("portrait", "name", "function", "role")),
        kinds=("visit", "meeting"), order=100, pages=("A4", "A4-landscape", "A5", "large"), lacking=NOBODY,
    ),
    Document(
        "attendance_sheet", ATTENDANCE, _attendance, kinds=("meeting", "visit", "itinerary_item"), order=110, pages=("A4", "A4-landscape"),
        options=(Option("blank", Message("paper setup", "Blank rows")),),
    ),
    list_paper(
        "room_list", Message("document", "Room list"), Blocks(hotel_table), People(("name", "house", "room", "arrival", "departure"), who=_travels),
        kinds=("visit",), order=160, lacking=NOBODY,
    ),
    list_paper(
        "hotel_list", Message("document", "Hotel list"), Blocks(hotel_table),
        People(("name", "function", "room", "arrival", "departure"), Message("paper", "Guests"), _travels),
        kinds=("visit",), order=170,
    ),
    list_paper(
        "bus_list", Message("document", "Bus list"), Blocks(_rides, Message("paper", "Rides")), Blocks(_vehicles, "visit.vehicles"), Blocks(in_cars, Message("paper", "Cars")),
        People(("name", "house", "arrival", "tick"), Message("paper", "On board"), _rides_along),
        kinds=("visit",), order=180,
    ),
    list_paper(
        "catering_list", Message("document", "Catering list"), Blocks(_meals), People(("name", "house", "diet")),
        kinds=("visit", "itinerary_item", "meeting"), order=190, circle=CATERING, lacking=NOBODY,
    ),
    list_paper(
        "security_list", Message("document", "Security list"), Blocks(_labelled_vehicles), People(("portrait", "name", "country", "function", "role", "tick")),
        kinds=("visit", "meeting"), order=200, lacking=NOBODY,
    ),
    list_paper(
        "media_list", Message("document", "Media list"), Blocks(_open_to_media), People(("name", "function", "languages")),
        kinds=("visit",), order=210, lacking=NOBODY,
    ),
    list_paper(
        "action_list", Message("document", "Action list"), Rows(_actions, partial(action_columns, owner=False, source=True), order=_by_owner_and_day, band=by_owner),
        subject=_of_what, kinds=("visit", "meeting", "ucap", "agreement", "person", "action_item"), order=300, several=True,
        editions=("delegation", "hosts"), pages=("A4", "large"),
        options=(
            Option("which", Message("paper setup", "Which"), (
                ("open", Message("paper setup", "Open ones")),
                ("all", Message("paper setup", "All")),
            )),
        ),
    ),
    list_paper(
        "contact_directory", Message("document", "Contact directory"), _contacts,
        subject=_of_whom, kinds=("visit", "ucap", "meeting", "organisation", "person"), order=310, several=True, editions=("hosts", "delegation", "principal"),
        pages=("A4", "A5", "booklet", "A4-landscape"), layouts=("side-by-side", "stacked"),
        options=(
            Option("order", Message("paper setup", "Order"), (
                ("side", Message("paper setup", "By side, as in the list")),
                ("rank", Message("paper setup", "By side and rank")),
                ("alphabet", Message("paper setup", "By the alphabet")),
            )),
        ),
    ),
)  # fmt: skip
