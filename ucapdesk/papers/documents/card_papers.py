"""Seating plans, and cards to cut out and fold: place cards in four sizes, numbers for tables, address cards for drivers, and badges.

The seats are those of ``model.rules.seating``, in millimetres. Badges come in five sizes: name in both scripts, post, organisation, role in
word and colour, whom they are with in shape, portrait, a code to scan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from ucapdesk.base.i18n import Message
from ucapdesk.base.marks import NO_MARK, GroupMark
from ucapdesk.briefing.blocks.content import Block, Cell, Group, PageSetup, Paper, Section
from ucapdesk.briefing.blocks.elements import (
    CARD_FORMS,
    NO_WORDS,
    QR,
    BoardCard,
    CardForm,
    CardLine,
    Cards,
    Face,
    Picture,
    Plan,
    Seat,
    Thing,
    Words,
    alternative,
)
from ucapdesk.model.kinds.partnership_kinds import Place
from ucapdesk.model.kinds.people_kinds import Organisation
from ucapdesk.model.kinds.visit_kinds import ItineraryDay, Participation, Visit
from ucapdesk.model.record import Record
from ucapdesk.model.rules import seating
from ucapdesk.model.rules.seating import FurniturePiece, Room, SeatPlace
from ucapdesk.model.text.person_names import in_order, say_han
from ucapdesk.papers.document import Document, Option
from ucapdesk.papers.facts.participants import (
    Occasion,
    Participant,
    dates_of,
    occasion,
    organisations_of,
    own_name_of,
    people_of,
    place_of,
    points_of,
    subtitle,
)
from ucapdesk.papers.facts.partner_sides import around, group_name, groups_of
from ucapdesk.papers.facts.parts import NOBODY, bullets, cell, column, headed, label, name_of, paper, section, table
from ucapdesk.papers.facts.seats import CARS, ROOMS, SIGNING, Seats, Wanted, room_of, seats_of, usual_room
from ucapdesk.papers.facts.visit_facts import VisitFacts, day_and_hours
from ucapdesk.papers.facts.wording import READ_IN, in_all, joined, joined_by, of_code, of_text
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.request import OUTSIDE, Request

ACROSS, DOWN = 26.0, 22.0  # Millimetres of a seat with the name below it
_BESIDE = 0.4  # How far from straight above or below its table a seat has its name at the side
THINGS: Mapping[str, Message] = {"door": Message("paper", "Door"), "wheel": Message("paper", "Driver")}
NUMBERED: Mapping[str, Message] = {"round": Message("paper", "Table {n}"), "car": Message("paper", "Car {n}")}
CARS_A_PLAN, TALLEST = 6, 15.0  # Most cars of a plan, and most seats from its top to its foot
_CODE = re.compile(r"([A-Za-z]*)(\d*)(.*)")


def numbered(kind: str, n: int, vehicles: Sequence[tuple[str, int]] = ()) -> Words:
    words = label(replace(NUMBERED[kind], args={"n": n}))
    plate = vehicles[n - 1][0] if kind == "car" and n <= len(vehicles) else ""
    return joined_by(" · ", words, Words.plain(plate)) if plate else words


def plans(room: Room, seats: Seats, head: Words | None = None) -> list[Plan]:
    return [_plan(part, seats, head) for part in _parts(room)]


def _parts(room: Room) -> list[Room]:
    """Return so many cars at a time as stand in a plan whose labels can be read, each coach by itself; other rooms as a whole."""
    chunks: list[list[FurniturePiece]] = []
    for piece in room.pieces:
        if piece.kind != "car":
            continue
        first = chunks[-1][0] if chunks else None
        if first is None or len(chunks[-1]) == CARS_A_PLAN or piece.y + piece.height - first.y > TALLEST:
            chunks.append([])
        chunks[-1].append(piece)
    if len(chunks) < 2:
        return [room]
    numbers = [{piece.number for piece in chunk} for chunk in chunks]
    return [
        Room(
            tuple(place for place in room.places if place.group in among),
            tuple(piece for piece in room.pieces if piece.number in among),
        )
        for among in numbers
    ]


def _plan(room: Room, seats: Seats, head: Words | None) -> Plan:
    kinds = {piece.kind for piece in room.pieces}
    down = ACROSS if "round" in kinds else DOWN  # around round tables a seat is square
    centres = {
        piece.number: (piece.x + piece.width / 2, piece.y + piece.height / 2)
        for piece in room.pieces
        if piece.kind == "round"
    }
    placed = tuple(_seat(place, seats, centres.get(place.group), down) for place in room.places)
    things = tuple(_thing(piece, down, seats.vehicles) for piece in room.pieces)
    order = [seat.mark for seat in placed]
    legend = sorted(seats.marks.legend, key=lambda each: order.index(each[0]) if each[0] in order else len(order))
    return Plan(things, placed, tuple(legend), head, rows=not {"round", "car"} & kinds)


def _seat(place: SeatPlace, seats: Seats, centre: tuple[float, float] | None, down: float) -> Seat:
    role = of_code("participation_role", place.role) if place.role else None
    name = who.bare if (who := seats.people.get(place.who)) else NO_WORDS
    mark = seats.marks.of.get(place.who, NO_MARK)
    return Seat(place.x * ACROSS, place.y * down, name, mark, place.code, role, _outwards(place, centre))


def _outwards(place: SeatPlace, centre: tuple[float, float] | None) -> str:
    if centre is not None:
        x, y = place.x - centre[0], place.y - centre[1]
        if abs(x) > _BESIDE * abs(y):
            return "right" if x > 0 else "left"
        return "below" if y > 0 else "above"
    if place.faces == "turned":
        return "right" if place.x > 0 else "left"
    return "above" if place.faces == "down" else "below"


def _thing(piece: FurniturePiece, down: float, vehicles: Sequence[tuple[str, int]]) -> Thing:
    said = label(THINGS[piece.kind]) if piece.kind in THINGS else None
    if piece.number and piece.kind in NUMBERED:
        said = numbered(piece.kind, piece.number, vehicles)
    return Thing(piece.kind, piece.x * ACROSS, piece.y * down, piece.width * ACROSS, piece.height * down, said)


def _in_order(place: SeatPlace) -> tuple[int, str, int, str]:
    """Return the sort key of a seat: table or car, then the code: ``A2`` before ``A10``, ``1b`` after ``1a``."""
    letters, number, rest = _CODE.fullmatch(place.code).groups()  # type: ignore[union-attr]
    return place.group, letters, int(number or 0), rest


def _listed(place: SeatPlace, who: Participant) -> tuple[Cell, ...]:
    role = of_code("participation_role", place.role) if place.role else who.said_role
    return cell(Words.plain(place.code)), cell(who.name), cell(who.post, who.organisation, under="text"), cell(role)


def seat_list(room: Room, seats: Seats) -> list[Block]:
    """Return who sits where, side by side or table by table, in the order of the seats."""
    rows: list[tuple[Cell, ...] | Group] = []
    kind = next((piece.kind for piece in room.pieces if piece.number), "")
    taken = [place for place in sorted(room.places, key=_in_order) if place.who in seats.people]
    for group, some in groupby(taken, lambda place: place.group):
        rows += [Group(numbered(kind, group, seats.vehicles))] if group and kind else []
        rows += [_listed(place, seats.people[place.who]) for place in some]
    columns = (
        column(Message("paper", "Seat"), 1.4),
        column(Message("paper", "Name"), 4),
        column(Message("paper", "Post and organisation"), 6),
        column(Message("paper", "Role"), 3.6),
    )
    return table(columns, rows)


def drawn(room: Room, seats: Seats, head: Words | None = None) -> list[Block]:
    if not room.places:
        return []
    return [*(replace(plan, listed=True) for plan in plans(room, seats, head)), *seat_list(room, seats)]


SEATING = Message("document", "Seating plan")
PROPOSED = Message("paper", "Cars as proposed; none is recorded")
_NO_RIDE = Message("paper", "No seat in the recorded vehicles")
_NO_SEAT = Message("paper", "Without a seat of their own here")
USUAL_ROOM = "usual"
AT_TABLE = ("banquet", "signing")  # Types of items with a seating plan; others have one only with named participants


# -- in a pack ------------------------------------------------------------------------------------


def seating_plans(of: VisitFacts) -> list[Section]:
    found: list[Section] = []
    for id_, name in _occasions(of):
        plans = plans_of(of.reader, id_)
        if any(seat for plan in plans for seat in plan.seats if not seat.name.empty):
            found.append(Section(plans, name, level=2, new_page=bool(found)))
    return headed(found)


def _occasions(of: VisitFacts) -> Iterator[tuple[str, Words]]:
    """Yield ids and names of the meetings, then of meals and signings outside them.

    The plan of a signing stands with the run of its ceremony, where the pack has that.
    """
    shown = {each.signing_meeting for each in of.to_sign} if of.has("signing") else set()
    for meeting in of.meetings:
        if meeting.id in shown and usual_room(of.reader, meeting) == SIGNING:
            continue
        yield meeting.id, joined(name_of(meeting), day_and_hours(meeting.when))
    for item in of.items:
        by_plan = item.type in AT_TABLE or (item.type == "meal" and of.reader.children(Participation, item.id))
        if by_plan and item.meeting is None:
            yield item.id, joined(name_of(item), day_and_hours(item.when))


def plans_of(reader: RedactedReader, owner: str) -> tuple[Plan, ...]:
    """Return the plan of an occasion for a pack; none where fewer than two have a seat."""
    record = occasion(reader, owner)
    wanted = Wanted(usual_room(reader, record))
    seats = seats_of(reader, record, wanted)
    return tuple(plans(room_of(seats, wanted), seats)) if len(seats.people) > 1 else ()


def in_cars(reader: RedactedReader, record: Occasion) -> list[Block]:
    """Return who sits where in the vehicles of a visit, as a list; nothing where it has no car."""
    wanted = Wanted(CARS)
    seats = seats_of(reader, record, wanted)
    if all(size > seating.MAX_PASSENGERS for _, size in seats.vehicles):
        return []
    room = room_of(seats, wanted)
    return [*seat_list(room, seats), *_unseated(room, seats, wanted)]


def _unseated(room: seating.Room, seats: Seats, wanted: Wanted) -> list[Block]:
    seated = {place.who for place in room.places}
    names = (who.name for id_, who in seats.people.items() if id_ not in seated)
    return bullets(names, label(_NO_RIDE if wanted.room == CARS else _NO_SEAT))


def _make(reader: RedactedReader, request: Request) -> Paper:
    record = occasion(reader, request.ids[0])
    said = request.options["room"]
    wanted = Wanted(
        usual_room(reader, record) if said == USUAL_ROOM else said,
        request.options["interpreter"],
        request.options["convention"],
        request.options["order"] == "rank",
        request.options["wheel"],
    )
    seats = seats_of(reader, record, wanted)
    room = room_of(seats, wanted)
    # cars that are not recorded are proposed, and are said to be
    head = label(PROPOSED if wanted.room == CARS and not seats.vehicles else ROOMS[wanted.room][0])
    blocks = [*drawn(room, seats, head), *_unseated(room, seats, wanted)]
    return paper(
        reader, request, SEATING, name_of(record), section(blocks), marked=record,
        dates=subtitle(reader, record), lacking=NOBODY,
    )  # fmt: skip


PLACE_CARDS = Message("document", "Place cards")
TABLE_NUMBERS = Message("document", "Table numbers")
ADDRESS_CARDS = Message("document", "Address cards for drivers")
# Points of the first name in Chinese, of the second and of the text below.
_SIZES = {"place-210x140": (92, 70, 20), "place-200x150": (88, 66, 20), "place-a4-three": (70, 52, 16),
          "place-banquet": (30, 23, 9)}  # fmt: skip
_LATIN = 0.7  # Of these is a name in Latin letters, which is longer

# Points of the number of a table, of the word below it, and of the names of those who sit there.
_FIGURES = {"place-210x140": (190, 30, 15), "place-200x150": (190, 30, 15), "place-a4-three": (140, 24, 12),
            "place-banquet": (64, 14, 7.5)}  # fmt: skip
MOST_TABLES = 200
LOW = 60  # Millimetres below which a card shows names in the first language only


def _place_cards(reader: RedactedReader, request: Request) -> Paper:
    record = occasion(reader, request.ids[0])
    form = CARD_FORMS[request.options["card"]]
    seated = _ordered(reader, record, request.options["order"])
    cards = tuple(_place_card(reader, each, request) for each in seated if each.role not in ("driver", "security"))
    return cards_paper(reader, request, PLACE_CARDS, record, Cards(cards, form, equal=True) if cards else None)


def cards_paper(
    reader: RedactedReader,
    request: Request,
    document: Message,
    record: Record | None,
    cards: Cards | None,
    *,
    page: PageSetup | None = None,
    lacking: Message = NOBODY,
) -> Paper:
    title = name_of(record) if record is not None else NO_WORDS
    sections = section([cards] if cards else [])
    return paper(
        reader, request, document, title, sections, marked=record, page=page, titled=cards is None, lacking=lacking
    )


def _ordered(reader: RedactedReader, record: Occasion, how: str) -> list[Participant]:
    """Return people in the order of the list, or along the seats of the plan, row by row; those without a seat come last."""
    people = people_of(reader, record)
    if how != "seat":
        return people
    wanted = Wanted(usual_room(reader, record))
    room = room_of(seats_of(reader, record, wanted), wanted)
    along = sorted(room.places, key=lambda place: (place.group, round(place.y, 2), place.x))
    at = {place.who: n for n, place in enumerate(along)}
    return sorted(people, key=lambda each: at.get(each.id, len(at)))


def _place_card(reader: RedactedReader, who: Participant, request: Request) -> BoardCard:
    """Return a card whose owner reads the own language first, and whose neighbours across the table read theirs first."""
    languages = request.languages
    own = "zh" if who.person is not None and who.person.name_han else next((n for n in languages if n != "zh"), "zh")
    near = tuple(sorted(languages, key=lambda lang: lang != own))
    return BoardCard(*(_name_face(reader, who, request, side) for side in (tuple(reversed(near)), near)))


def _name_face(reader: RedactedReader, who: Participant, request: Request, languages: Sequence[str]) -> Face:
    """Return the name alone, in both languages to be read across a table, the first one larger; a common name once."""
    first, second, small = _SIZES[request.options["card"]]
    lines = []
    for n, lang in enumerate(languages):
        size = (first if n == 0 else second) * (1.0 if lang == "zh" else _LATIN)
        before = 2.0 if n else 0.0
        lines.append(CardLine(who.bare, size, bold=True, spread=lang == "zh", only=lang, before=before, rows=3))
    if request.options["show"] == "post":
        lines += [CardLine(words, small, quiet=True, before=1.5) for words in (who.post, who.organisation)]
    logo = _logo(reader, who) if request.options["show"] == "logo" else None
    return Face(tuple(line for line in lines if not line.words.empty), logo=Picture(logo, 60, 25) if logo else None)


def _table_numbers(reader: RedactedReader, request: Request) -> Paper:
    record = occasion(reader, request.ids[0])
    wanted = Wanted("banquet")
    seats = seats_of(reader, record, wanted)
    places = room_of(seats, wanted).places
    asked = request.options["tables"].strip()
    if asked and not (asked.isdecimal() and 0 < int(asked) <= MOST_TABLES):
        raise request.unknown(Message("choice", "number of tables"), asked, f"1–{MOST_TABLES}")
    many = int(asked) if asked else max((max(place.group, 1) for place in places), default=0)
    form = CARD_FORMS[request.options["card"]]
    figure, word, small = _FIGURES[request.options["card"]]
    cards = []
    for n in range(1, many + 1):
        front = Face(
            (CardLine(Words.plain(str(n)), figure, bold=True), CardLine(numbered("round", n), word, before=2.0))
        )
        first = request.languages[0] if form.height < LOW else ""
        names = [seats.people[each.who].bare for each in places if max(each.group, 1) == n]
        head = CardLine(numbered("round", n), word * 0.7, bold=True, only=first)
        back = Face((head, *(CardLine(each, small, only=first) for each in names)))
        cards.append(BoardCard(front, back if names and request.options["show"] == "names" else None))
    return cards_paper(reader, request, TABLE_NUMBERS, record, Cards(tuple(cards), form) if cards else None)


def _logo(reader: RedactedReader, who: Participant) -> bytes | None:
    house = next(iter(organisations_of(reader, [who])), None)
    return reader.file(house.logo) if house else None


# -- addresses ------------------------------------------------------------------------------------


def _address_cards(reader: RedactedReader, request: Request) -> Paper:
    cards: list[BoardCard] = []
    first: Record | None = None
    for record in map(reader.subject, request.ids):
        first = first or record
        if isinstance(record, Visit):
            cards += _of_visit(reader, record)
        elif isinstance(record, Place):
            cards += _of_place(reader, record)
        elif isinstance(record, Organisation):
            cards += _card(own_name_of(record), of_text(record.address), record.phone, None)
    made = Cards(tuple(cards), CARD_FORMS["address-a6"]) if cards else None
    lacking = Message("paper", "No address is recorded yet.")
    return cards_paper(reader, request, ADDRESS_CARDS, first, made, lacking=lacking)


def _of_visit(reader: RedactedReader, visit: Visit) -> list[BoardCard]:
    items = points_of(reader, visit.id)
    days = reader.children(ItineraryDay, visit.id)
    ids = [item.place for item in items] + [day.hotel for day in days] + list(visit.hotels or ())
    cards = [card for place in reader.all(Place, ids) for card in _of_place(reader, place)]
    written = {
        str(item.address["zh"]): item for item in items if item.address and item.address.get("zh") and not item.place
    }
    for item in written.values():
        cards += _card(name_of(item), of_text(item.address), None, None)
    return cards


def _of_place(reader: RedactedReader, place: Place) -> list[BoardCard]:
    house = reader.one(Organisation, place.organisation)
    address = place.address or (house.address if house else None)
    phone = place.phone or (house.phone if house else None)
    return _card(of_text(place.name), of_text(address), phone, reader.file(place.map))


def _card(name: Words, address: Words, phone: str | None, map_: bytes | None) -> list[BoardCard]:
    """Return the Chinese address as large as possible, the other language below it; no card where there is no address."""
    if address.empty:
        return []
    local = "zh" if address.has("zh") else address.source(("zh", "en")) or "en"
    lines = [
        CardLine(name, 17, bold=True),
        CardLine(address, 30, bold=True, only=local, before=5.0, rows=3),
        *(
            CardLine(address, 13, only=lang, quiet=True, before=4.0, rows=2)
            for lang in ("en", "zh")
            if lang != local and address.has(lang)
        ),
        CardLine(Words.plain(phone or ""), 16, before=4.0),
    ]
    picture = Picture(map_, 90, 60) if map_ else None
    return [BoardCard(Face(tuple(line for line in lines if not line.words.empty), picture=picture, align="left"))]


# -- declared -------------------------------------------------------------------------------------


_TENTS = Option("card", Message("paper setup", "Size"), (
    ("place-210x140", Message("paper setup", "210 × 140 mm")),
    ("place-200x150", Message("paper setup", "200 × 150 mm")),
    ("place-a4-three", Message("paper setup", "A4 folded in three")),
    ("place-banquet", Message("paper setup", "Banquet, 90 × 55 mm")),
))  # fmt: skip


BADGES = Message("document", "Badges")
PRINCIPALS, GUESTS, SPEECH, HOUSE, PRESS, GUARDS = "#9B1C31", "#0F5FA6", "#1B6E3C", "#8A5A00", "#6B2C91", "#4B5666"
# The colour of each role; roles not listed have the colour of delegates.
COLOURS: Mapping[str, str] = {
    **dict.fromkeys(("head", "deputy_head", "guest_of_honour", "principal_host", "host", "signatory"), PRINCIPALS),
    **dict.fromkeys(("interpreter", "note_taker", "moderator", "assistant_signatory"), SPEECH),
    **dict.fromkeys(("coordinator", "protocol", "escort"), HOUSE),
    "press": PRESS,
    **dict.fromkeys(("security", "driver"), GUARDS),
}
# Millimetres: faces higher than the first have large type, faces lower than the second small type.
_LARGE, _SMALL = 100, 60


def _badges(reader: RedactedReader, request: Request) -> Paper:
    record = occasion(reader, request.ids[0])
    size = request.options["card"]
    form = CARD_FORMS["badge-a6" if size == "badge-four" else size]
    folded = size == "badge-a4"
    cards: list[BoardCard] = []
    sides, people = around(reader, record), people_of(reader, record)
    groups = groups_of(reader, sides, {who.id: who for who in people})
    for who in people:
        group = groups.get(who.id)
        party = group_name(sides, group) if group and group.party else NO_WORDS
        face = _badge(reader, who, party, group.mark if group else NO_MARK, form)
        cards.append(BoardCard(face))
        if folded:
            cards += [BoardCard(face), BoardCard(_inside(reader, record)), BoardCard(Face())]
    page = PageSetup(size="A6") if size == "badge-a6" else None
    return cards_paper(reader, request, BADGES, record, Cards(tuple(cards), form) if cards else None, page=page)


def _badge(reader: RedactedReader, who: Participant, party: Words, mark: GroupMark, form: CardForm) -> Face:
    large = form.height > _LARGE
    scale = 1.0 if large else 0.7 if form.height > _SMALL else 0.54
    lines = [
        CardLine(who.bare, 30 * scale, bold=True),
        CardLine(who.post, 14 * scale, before=2.0),
        CardLine(who.organisation, max(12 * scale, 7.5), quiet=True, before=1.0),
    ]
    portrait = reader.file(who.person.portrait) if who.person else None
    code = vcard(who)
    known = [each for each in (who.said_role, party) if not each.empty]
    role = in_all(lambda lang: " · ".join(each.said(lang, READ_IN.get()) for each in known))  # no tags stand on cards
    return Face(
        lines=tuple(line for line in lines if not line.words.empty),
        picture=Picture(portrait, 30 * scale, 40 * scale, alt=alternative(who.bare)) if portrait else None,
        qr=QR(code, 24 if large else 17) if code else None,
        role=role if not role.empty else None,
        mark=mark,
        colour=COLOURS.get(who.role, GUESTS),
    )


def _inside(reader: RedactedReader, record: Occasion) -> Face:
    lines = (
        CardLine(name_of(record), 16, bold=True),
        CardLine(dates_of(record), 11, before=3.0),
        CardLine(place_of(reader, record), 11, quiet=True, before=1.5),
    )
    return Face(tuple(line for line in lines if not line.words.empty))


def vcard(who: Participant) -> str:
    """Return a short vCard for the code of a badge; empty for people who are not on record."""
    person = who.person
    if person is None:
        return ""
    name = in_order(person.name, person.name_han)
    han = say_han(person.name_han, name)
    shown = han or str(name or "")
    family, given = (name.family or "", name.given or "") if name else ("", "")
    lines = [
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"N:{_escaped(family)};{_escaped(given)};;;" if family or given else f"N:{_escaped(shown)};;;;",
        f"FN:{_escaped(str(name or '') or shown)}",
        _line("NICKNAME", han),
        _line("ORG", _short(who.organisation)),
        _line("TITLE", _short(who.post)),
        _line("EMAIL", person.email),
        _line("TEL;TYPE=WORK", person.phone),
        "END:VCARD",
    ]
    return "\r\n".join(filter(None, lines))


def _short(words: Words) -> str:
    return words.said("en")[:60]


def _line(name: str, text: str | None) -> str:
    return f"{name}:{_escaped(text[:80])}" if text else ""


def _escaped(text: str) -> str:
    return re.sub(r"([\\;,])", r"\\\1", text).replace("\r", "").replace("\n", "\\n")


DOCUMENTS = (
    Document(
        "seating_plan", SEATING, _make, kinds=("meeting", "itinerary_item", "visit"), order=120, word=False, pages=("A4", "A4-landscape", "A3", "A3-landscape"),
        options=(
            Option("room", Message("paper setup", "Room"), (
                (USUAL_ROOM, Message("paper setup", "What fits the occasion")), *((name, head) for name, (head, _) in ROOMS.items()),
            )),
            Option("interpreter", Message("paper setup", "Interpreter"), (
                (seating.BESIDE, Message("paper setup", "At the right hand of the principal")),
                (seating.BEHIND, Message("paper setup", "Behind the principal")),
            )),
            Option("convention", Message("paper setup", "Second on the rostrum"), (
                (seating.INTERNATIONAL, Message("paper setup", "At the right (international)")),
                (seating.DOMESTIC, Message("paper setup", "At the left (domestic Chinese)")),
            )),
            Option("wheel", Message("paper setup", "Driver"), (
                (seating.LEFT, Message("paper setup", "Driver at the left")),
                (seating.RIGHT, Message("paper setup", "Driver at the right")),
            )),
            Option("order", Message("paper setup", "Order"), (
                ("list", Message("paper setup", "As in the list")),
                ("rank", Message("paper setup", "By rank")),
            )),
        ),
    ),
    Document(
        "place_cards", PLACE_CARDS, _place_cards, kinds=("visit", "meeting", "itinerary_item"), order=130, circle=OUTSIDE, layouts=("stacked",), word=False,
        options=(
            _TENTS,
            Option("order", Message("paper setup", "Order"), (
                ("list", Message("paper setup", "As in the list")),
                ("seat", Message("paper setup", "By seats")),
            )),
            Option("show", Message("paper setup", "On the card"), (
                ("name", Message("paper setup", "The name alone")),
                ("post", Message("paper setup", "Name, post and organisation")),
                ("logo", Message("paper setup", "Name and logo")),
            )),
        ),
    ),
    Document(
        "table_numbers", TABLE_NUMBERS, _table_numbers, kinds=("itinerary_item", "meeting", "visit"), order=140, circle=OUTSIDE, layouts=("stacked",), word=False,
        options=(
            _TENTS,
            Option("tables", Message("paper setup", "Tables (as in the plan where empty)")),
            Option("show", Message("paper setup", "On the card"), (
                ("number", Message("paper setup", "The number on both sides")),
                ("names", Message("paper setup", "The number, and who sits there behind")),
            )),
        ),
    ),
    Document("address_cards", ADDRESS_CARDS, _address_cards, kinds=("visit", "place", "organisation"), order=220, several=True, circle=OUTSIDE, layouts=("stacked",), word=False),
    Document(
        "badges", BADGES, _badges, kinds=("visit", "meeting", "itinerary_item"), order=150, circle=OUTSIDE, layouts=("stacked",), word=False,
        options=(
            Option("card", Message("paper setup", "Size"), (
                ("badge-96x82", Message("paper setup", "96 × 82 mm")),
                ("badge-a6", Message("paper setup", "A6, a page each")),
                ("badge-four", Message("paper setup", "A6, four on A4")),
                ("badge-a4", Message("paper setup", "A4, folded twice")),
                ("badge-90x55", Message("paper setup", "90 × 55 mm")),
            )),
        ),
    ),
)  # fmt: skip
