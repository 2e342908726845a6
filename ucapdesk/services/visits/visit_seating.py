"""Seating by hand: the plan that protocol proposes for an occasion, and swapping two people in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ucapdesk.base.i18n import language
from ucapdesk.base.marks import GroupMark
from ucapdesk.model.kinds.visit_kinds import ItineraryItem
from ucapdesk.model.rules.seating import FurniturePiece, SeatPlace, box
from ucapdesk.papers.facts.participants import Occasion, occasion
from ucapdesk.papers.facts.seats import USUAL, Seats, Wanted, room_of, seats_of, usual_room
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.services.records.records import change_within
from ucapdesk.store.desk import Desk

MARGIN_SEATS = 0.6  # Margin around the outermost seats, in seats


@dataclass(frozen=True, slots=True)
class SeatedPerson:
    """A person on the plan.

    Attributes:
        id: Of the participation.
        name: Without a form of address.
        post: The main one.
        code: The place.
        mark: Tells whom somebody is with.
        party: What that mark means.
        x: In seats from the left.
        y: In seats from above.
        by_hand: Whether the place was chosen for them.
        movable: Whether a place can be kept for them: nobody wrote down that a head of delegation takes part.
    """

    id: str
    name: str
    post: str
    code: str
    mark: GroupMark
    party: str
    x: float
    y: float
    by_hand: bool
    movable: bool = True


@dataclass(frozen=True, slots=True)
class SeatingView:
    """A room as shown, in seats from its upper left corner."""

    sitters: tuple[SeatedPerson, ...]
    pieces: tuple[FurniturePiece, ...]
    left: float
    top: float
    width: float
    height: float
    legend: tuple[tuple[GroupMark, str], ...] = ()


def usual(desk: Desk, id_: str) -> str:
    reader = RedactedReader(desk)
    return usual_room(reader, occasion(reader, id_))


def is_seated(desk: Desk, id_: str) -> bool:
    """Return whether people have seats at a point of a programme: in talks, at a table, at a signing or in cars."""
    item = desk.read.get(ItineraryItem, id_)
    return item is not None and (item.type == "meeting" or bool(item.meeting) or usual(desk, id_) != USUAL)


def setting(desk: Desk, id_: str, wanted: Wanted) -> SeatingView:
    """Return who sits where, as proposed and as changed by hand; in the order of the seats."""
    reader, lang = RedactedReader(desk), language()
    record: Occasion = occasion(reader, id_)
    seats = seats_of(reader, record, wanted)
    room = room_of(seats, wanted)
    legend = {mark: words.said(lang) for mark, words in seats.marks.legend}
    sitters = tuple(_sitter(each, seats, legend, lang) for each in room.places)
    return SeatingView(sitters, room.pieces, *box(room, MARGIN_SEATS), tuple(legend.items()))


def _sitter(place: SeatPlace, seats: Seats, legend: Mapping[GroupMark, str], lang: str) -> SeatedPerson:
    who, mark = seats.people[place.who], seats.marks.of[place.who]
    name, post = (words.said(lang) for words in (who.bare, who.post))
    by_hand, movable = bool(who.part and who.part.seat), who.part is not None
    return SeatedPerson(place.who, name, post, place.code, mark, legend[mark], place.x, place.y, by_hand, movable)


def swap(desk: Desk, one: SeatedPerson, other: SeatedPerson) -> None:
    _write(desk, {one.id: other.code, other.id: one.code})


def as_proposed(desk: Desk, sitters: Iterable[SeatedPerson]) -> None:
    """Move everybody back to the seat that protocol gives them."""
    changed = {each.id: None for each in sitters if each.by_hand}
    if changed:
        _write(desk, changed)


def _write(desk: Desk, seats: dict[str, str] | dict[str, None]) -> None:
    with desk.save(["records.edit", {"n": len(seats), "ids": list(seats)}]) as work:
        for id_, seat in seats.items():
            change_within(desk, work, id_, {"seat": seat})
