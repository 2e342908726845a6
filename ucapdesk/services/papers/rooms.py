"""A seating plan as it is drawn, with the list of places under it: the places of ``model.seating`` in millimetres."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ucapdesk.base.i18n import Message
from ucapdesk.briefing.content import Block, Plan, Seat, Thing, Words
from ucapdesk.model.seating import Piece, Place, Room, box
from ucapdesk.services.papers.guests import Guest
from ucapdesk.services.papers.parts import NONE, cell, column, label, table
from ucapdesk.services.papers.words import of_code

ACROSS, DOWN = 26.0, 22.0
"""Millimetres that a seat takes with the name under it."""
TALLEST = 0.95
"""Of the width, so that a plan stands on the page under its title."""
THINGS: Mapping[str, Message] = {
    "door": Message("paper", "Door"),
}


def plan(room: Room, people: Mapping[str, Guest], sides: Sequence[Words], head: Words | None = None) -> Plan:
    """The plan; names of those without a record stand as they were written."""
    left, top, width, height = box(room)
    lacking = height * DOWN / TALLEST / ACROSS - width
    if lacking > 0:
        left, width = left - lacking / 2, width + lacking
    seats = tuple(_seat(place, people, left, top) for place in room.places)
    things = tuple(_thing(piece, left, top) for piece in room.pieces)
    return Plan(width * ACROSS, height * DOWN, things, seats, tuple(sides), head)


def _seat(place: Place, people: Mapping[str, Guest], left: float, top: float) -> Seat:
    who = people.get(place.who)
    side = place.side if place.side in ("A", "B") else ""
    role = of_code("participation_role", place.role) if place.role else None
    return Seat(
        x=(place.x - left) * ACROSS,
        y=(place.y - top) * DOWN,
        name=who.bare if who else NONE,
        side=side,
        number=place.code,
        note=role,
        room=ACROSS - 2,
        under=place.faces != "down",
    )


def _thing(piece: Piece, left: float, top: float) -> Thing:
    said = label(THINGS[piece.kind]) if piece.kind in THINGS else None
    return Thing(
        piece.kind, (piece.x - left) * ACROSS, (piece.y - top) * DOWN, piece.width * ACROSS, piece.height * DOWN, said
    )


def seat_list(room: Room, people: Mapping[str, Guest]) -> list[Block]:
    """Who has which place, side by side, each in the order of its places."""
    rows = []
    for place in sorted(room.places, key=lambda each: each.code[0] if each.code[0].isalpha() else ""):
        who = people.get(place.who)
        if who is not None:
            role = of_code("participation_role", place.role) if place.role else who.said_role
            rows.append(
                (
                    cell(Words.plain(place.code)),
                    cell(who.name),
                    cell(who.post, who.organisation, under="text"),
                    cell(role),
                )
            )
    columns = (
        column(Message("paper", "Place No."), 1.4),
        column(Message("paper", "Name"), 4),
        column(Message("paper", "Post and organisation"), 6),
        column(Message("paper", "Role"), 3.6),
    )
    return table(columns, rows)


def drawn(room: Room, people: Mapping[str, Guest], sides: Sequence[Words], head: Words | None = None) -> list[Block]:
    """Plan and list."""
    return [plan(room, people, sides, head), *seat_list(room, people)] if room.places else []
