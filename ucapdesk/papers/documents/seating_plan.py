"""Seating plans of occasions: the plan of a room with its list of seats, and the same for packs.

The seats are those of ``model.rules.seating``, in millimetres.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from ucapdesk.base.i18n import Message
from ucapdesk.base.marks import NO_MARK
from ucapdesk.briefing.blocks.content import Block, Cell, Group, Paper, Section
from ucapdesk.briefing.blocks.elements import NO_WORDS, Plan, Seat, Thing, Words
from ucapdesk.model.kinds.visit_kinds import Participation
from ucapdesk.model.rules import seating
from ucapdesk.model.rules.seating import FurniturePiece, Room, SeatPlace
from ucapdesk.papers.document import Document, Option
from ucapdesk.papers.facts.participants import Occasion, Participant, occasion, subtitle
from ucapdesk.papers.facts.parts import NOBODY, bullets, cell, column, headed, label, name_of, paper, section, table
from ucapdesk.papers.facts.seats import CARS, ROOMS, SIGNING, Seats, Wanted, room_of, seats_of, usual_room
from ucapdesk.papers.facts.visit_facts import VisitFacts
from ucapdesk.papers.facts.wording import joined, joined_by, of_code
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.request import Request
from ucapdesk.papers.sections.section_parts import day_and_hours

ACROSS, DOWN = 26.0, 22.0
"""Millimetres of a seat with the name below it."""
_BESIDE = 0.4
"""How far from straight above or below its table a seat has its name at the side."""
THINGS: Mapping[str, Message] = {"door": Message("paper", "Door"), "wheel": Message("paper", "Driver")}
NUMBERED: Mapping[str, Message] = {"round": Message("paper", "Table {n}"), "car": Message("paper", "Car {n}")}
"""The labels of several tables or cars."""
CARS_A_PLAN, TALLEST = 6, 15.0
"""Most cars of a plan, and most seats from its top to its foot."""
_CODE = re.compile(r"([A-Za-z]*)(\d*)(.*)")


def numbered(kind: str, n: int, vehicles: Sequence[tuple[str, int]] = ()) -> Words:
    """Return the name of one of several tables or cars, of a car with its plate where that is known."""
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
AT_TABLE = ("banquet", "signing")
"""Types of items with a seating plan; others have one only with named participants."""


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
    """Return who has no seat in the recorded vehicles, or on the rostrum, where interpreters have none."""
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
)  # fmt: skip
