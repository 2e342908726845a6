"""Draws a seating plan with the list of seats below it: the seats of ``model.rules.seating`` in millimetres."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ucapdesk.base.i18n import Message
from ucapdesk.base.marks import NO_MARK, Mark
from ucapdesk.briefing.content import Block, Cell, Group, Plan, Seat, Thing, Words
from ucapdesk.model.rules.seating import Piece, Place, Room, box
from ucapdesk.papers.paper_parts import NONE, cell, column, label, table
from ucapdesk.papers.paper_sides import Marked
from ucapdesk.papers.paper_words import combined, of_code
from ucapdesk.papers.participants import Participant

ACROSS, DOWN = 26.0, 22.0
"""Millimetres of a seat with the name below it."""
TALLEST = 0.95
"""Maximum height as a share of the width, so that a plan fits on the page below its title."""
THINGS: Mapping[str, Message] = {
    "door": Message("paper", "Door"),
    "wheel": Message("paper", "Driver"),
}
NUMBERED: Mapping[str, Message] = {
    "round": Message("paper", "Table {n}"),
    "car": Message("paper", "Car {n}"),
}
"""The labels of several tables or cars."""
CARS_A_PLAN = 6
_CODE = re.compile(r"([A-Za-z]*)(\d*)(.*)")


def numbered(kind: str, n: int, plates: Sequence[str] = ()) -> Words:
    """Return the name of one of several tables or cars, of a car with its plate where that is known."""
    words = label(replace(NUMBERED[kind], args={"n": n}))
    plate = plates[n - 1] if kind == "car" and n <= len(plates) else ""
    return combined([words, Words.plain(plate)], lambda said, _: " · ".join(said)) if plate else words


def plans(
    room: Room,
    people: Mapping[str, Participant],
    marks: Marked,
    head: Words | None = None,
    plates: Sequence[str] = (),
) -> list[Plan]:
    """Return the plan, or several where many cars would make it too small; names of people not on record as written."""
    return [_plan(part, people, marks, head, plates) for part in _parts(room)]


def _parts(room: Room) -> list[Room]:
    """Return so many cars at a time; other rooms as a whole."""
    most = max((piece.number for piece in room.pieces if piece.kind == "car"), default=0)
    if most <= CARS_A_PLAN:
        return [room]
    chunks = [range(n, n + CARS_A_PLAN) for n in range(1, most + 1, CARS_A_PLAN)]
    return [
        Room(
            tuple(place for place in room.places if place.group in chunk),
            tuple(piece for piece in room.pieces if piece.number in chunk),
        )
        for chunk in chunks
    ]


@dataclass(frozen=True, slots=True)
class _Scale:
    """Converts the seats of a room to millimetres of its plan; around round tables a seat is square."""

    left: float
    top: float
    down: float

    def x(self, at: float) -> float:
        return (at - self.left) * ACROSS

    def y(self, at: float) -> float:
        return (at - self.top) * self.down


def _plan(
    room: Room, people: Mapping[str, Participant], marks: Marked, head: Words | None, plates: Sequence[str]
) -> Plan:
    left, top, width, height = box(room)
    down = ACROSS if any(piece.kind == "round" for piece in room.pieces) else DOWN
    lacking = height * down / TALLEST / ACROSS - width
    if lacking > 0:
        left, width = left - lacking / 2, width + lacking
    across = ACROSS * 1.9 if any(piece.kind == "car" for piece in room.pieces) else ACROSS
    scale = _Scale(left, top, down)
    seats = tuple(
        _seat(place, people.get(place.who), marks.of.get(place.who, NO_MARK), scale, across - 2)
        for place in room.places
    )
    things = tuple(_thing(piece, scale, plates) for piece in room.pieces)
    return Plan(width * ACROSS, height * down, things, seats, marks.legend, head)


def _seat(place: Place, who: Participant | None, mark: Mark, scale: _Scale, room: float) -> Seat:
    role = of_code("participation_role", place.role) if place.role else None
    return Seat(
        x=scale.x(place.x),
        y=scale.y(place.y),
        name=who.bare if who else NONE,
        mark=mark,
        number=place.code,
        note=role,
        room=room,
        under=place.faces != "down",
    )


def _thing(piece: Piece, scale: _Scale, plates: Sequence[str]) -> Thing:
    said = label(THINGS[piece.kind]) if piece.kind in THINGS else None
    if piece.number and piece.kind in NUMBERED:
        said = numbered(piece.kind, piece.number, plates)
    return Thing(piece.kind, scale.x(piece.x), scale.y(piece.y), piece.width * ACROSS, piece.height * scale.down, said)


def _in_order(place: Place) -> tuple[int, str, int, str]:
    """Return the sort key of a seat: table or car, then the code: ``A2`` before ``A10``, ``1b`` after ``1a``."""
    letters, number, rest = _CODE.fullmatch(place.code).groups()  # type: ignore[union-attr]
    return place.group, letters, int(number or 0), rest


def seat_list(room: Room, people: Mapping[str, Participant], plates: Sequence[str] = ()) -> list[Block]:
    """Return who sits where, side by side or table by table, in the order of the seats."""
    rows: list[tuple[Cell, ...] | Group] = []
    kind = next((piece.kind for piece in room.pieces if piece.number), "")
    last = 0
    for place in sorted(room.places, key=_in_order):
        who = people.get(place.who)
        if who is None:
            continue
        if place.group != last and kind:
            last = place.group
            rows.append(Group(numbered(kind, last, plates)))
        role = of_code("participation_role", place.role) if place.role else who.said_role
        post = cell(who.post, who.organisation, under="text")
        rows.append((cell(Words.plain(place.code)), cell(who.name), post, cell(role)))
    columns = (
        column(Message("paper", "Seat"), 1.4),
        column(Message("paper", "Name"), 4),
        column(Message("paper", "Post and organisation"), 6),
        column(Message("paper", "Role"), 3.6),
    )
    return table(columns, rows)


def drawn(
    room: Room,
    people: Mapping[str, Participant],
    marks: Marked,
    head: Words | None = None,
    plates: Sequence[str] = (),
) -> list[Block]:
    """Return plan and list."""
    if not room.places:
        return []
    return [*plans(room, people, marks, head, plates), *seat_list(room, people, plates)]
