"""Draws a seating plan with the list of seats below it: the seats of ``model.rules.seating`` in millimetres."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from ucapdesk.base.i18n import Message
from ucapdesk.base.marks import NO_MARK
from ucapdesk.briefing.boards import Plan, Seat, Thing
from ucapdesk.briefing.content import Block, Cell, Group
from ucapdesk.briefing.text_elements import NO_WORDS, Words
from ucapdesk.model.rules.seating import FurniturePiece, Room, SeatPlace
from ucapdesk.papers.occasion_seats import Seats
from ucapdesk.papers.paper_parts import cell, column, label, table
from ucapdesk.papers.paper_words import joined_by, of_code
from ucapdesk.papers.participants import Participant

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
    """Return the plan, or several where many cars would make it too small; names of people not on record as written."""
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
    """Return the side of a seat that is away from the table."""
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
    """Return plan and list."""
    if not room.places:
        return []
    return [*(replace(plan, listed=True) for plan in plans(room, seats, head)), *seat_list(room, seats)]
