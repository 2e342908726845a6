"""Seating plans of occasions: the plan of a room with its list of seats, and the same for packs."""

from __future__ import annotations

from collections.abc import Iterator

from ucapdesk.base.i18n import Message
from ucapdesk.briefing.boards import Plan
from ucapdesk.briefing.content import Block, Paper, Section
from ucapdesk.briefing.text_elements import Words
from ucapdesk.model.kinds.visit_kinds import Participation
from ucapdesk.model.rules import cars, seating
from ucapdesk.papers.document import Document, Option
from ucapdesk.papers.occasion_seats import CARS, ROOMS, SIGNING, Seats, Wanted, room_of, seats_of, usual_room
from ucapdesk.papers.occasions import Occasion, occasion, subtitle
from ucapdesk.papers.paper_parts import NOBODY, bullets, headed, label, paper, section
from ucapdesk.papers.paper_words import joined
from ucapdesk.papers.record_parts import name_of
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.request import Request
from ucapdesk.papers.rooms import drawn, plans, seat_list
from ucapdesk.papers.sections.common import day_and_hours
from ucapdesk.papers.visit_facts import VisitFacts

SEATING = Message("document", "Seating plan")
PROPOSED = Message("paper", "Cars as proposed; none is recorded")
_NO_RIDE = Message("paper", "No seat in the recorded vehicles")
_NO_SEAT = Message("paper", "Without a seat of their own here")
USUAL_ROOM = "usual"
AT_TABLE = ("banquet", "signing")
"""Types of items with a seating plan; others have one only with named participants."""


# -- in a pack ------------------------------------------------------------------------------------


def seating_plans(of: VisitFacts) -> list[Section]:
    """Return a plan on each page, in the order of the programme."""
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
    if all(size > cars.MAX_PASSENGERS for _, size in seats.vehicles):
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
                (cars.LEFT, Message("paper setup", "Driver at the left")),
                (cars.RIGHT, Message("paper setup", "Driver at the right")),
            )),
            Option("order", Message("paper setup", "Order"), (
                ("list", Message("paper setup", "As in the list")),
                ("rank", Message("paper setup", "By rank")),
            )),
        ),
    ),
)  # fmt: skip
