"""Assigns people to cars and seats; the result is a room like those of ``seating``, changed by hand the same way.

The place of honour is the rear seat diagonal to the driver, beside it sits who comes next; whoever escorts or interprets
sits in front. Seats of a car are ``1a`` (of honour), ``1b`` (beside it), ``1c`` (in front), ``1d`` (in the middle).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from ucapdesk.model.rules.seating import Piece, Place, Room, Side

LEFT, RIGHT = "left", "right"
"""The side the driver sits on, looking ahead."""
PASSENGERS, MOST = 3, 4
"""Passengers of a comfortable car, and of a full one."""
_ACROSS = 2
"""Cars side by side on a plan."""
_ASIDE, _BEHIND = 1.0, 1.7
"""Seats from the middle of a car, and from its front to its rear."""
_WIDE, _LONG = 4.4, 4.8


def cars(
    hosts: Side, guests: Side, *, escorts: Sequence[str] = (), seats: Sequence[int] = (), wheel: str = LEFT
) -> Room:
    """乘车: return the cars: the guest of honour in the place of honour of the first, the host beside, then two more in the next.

    Args:
        hosts: Those who ride along, in order of rank.
        guests: The delegation.
        escorts: Those of either side who sit in front before interpreters do.
        seats: How many passengers each car takes, as far as that is known; more cars are added as they are needed.
        wheel: The side the driver sits at.
    """
    side_of = {who: side.code for side in (hosts, guests) for who in _all(side)}
    helpers = [who for who in escorts if who in side_of]
    helpers += [
        who for side in (guests, hosts) for who in (*side.interpreters, *side.note_takers) if who not in helpers
    ]
    pairs = zip_longest(guests.people, hosts.people)
    ranked = [who for pair in pairs for who in pair if who is not None and who not in helpers]
    places: list[Place] = []
    pieces: list[Piece] = []
    for n, taken in enumerate(_loaded(ranked, helpers, seats)):
        x, y = (n % _ACROSS) * _WIDE, (n // _ACROSS) * _LONG
        pieces += _car(n + 1, x, y, wheel)
        for letter, who in sorted(taken.items()):
            dx, dy = _spot(letter, wheel)
            role = "interpreter" if who in (*hosts.interpreters, *guests.interpreters) else ""
            places.append(Place(f"{n + 1}{letter}", who, side_of[who], x + dx, y + dy, "up", role, group=n + 1))
    return Room(tuple(places), tuple(pieces))


def _all(side: Side) -> tuple[str, ...]:
    return (*side.people, *side.interpreters, *side.note_takers)


def _loaded(ranked: list[str], helpers: list[str], seats: Sequence[int]) -> Iterator[dict[str, str]]:
    """Yield the seats of each car with their people, until everybody has one."""
    ranked, helpers = list(ranked), list(helpers)
    sizes = [min(MOST, size) for size in seats if size > 0]
    while ranked or helpers:
        size = min(sizes.pop(0) if sizes else PASSENGERS, len(ranked) + len(helpers))
        front = helpers.pop(0) if helpers and size > 1 else ""
        behind = [(ranked or helpers).pop(0) for _ in range(size - bool(front))]
        if not front and len(behind) > 2:  # one in front is better than three in a row
            front = behind.pop()
        taken = dict(zip("abd", behind, strict=False))
        yield {**taken, "c": front} if front else taken


def _spot(letter: str, wheel: str) -> tuple[float, float]:
    """Return the position of a seat in its car, which drives up the page."""
    hand = 1.0 if wheel == LEFT else -1.0
    aside = {"a": hand, "b": -hand, "c": hand, "d": 0.0}[letter] * _ASIDE
    return aside, 0.0 if letter == "c" else _BEHIND


def _car(n: int, x: float, y: float, wheel: str) -> list[Piece]:
    hand = 1.0 if wheel == LEFT else -1.0
    return [
        Piece("car", x - 2.0, y - 0.9, 4.0, 4.0, n),
        Piece("wheel", x - hand * _ASIDE - 0.25, y - 0.25, 0.5, 0.5, n),
    ]
