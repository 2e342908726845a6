"""Assigns people to cars and seats; the result is a room like those of ``seating``, changed by hand the same way.

The place of honour is the rear seat diagonal to the driver, beside it sits who comes next; in front of them sits an interpreter,
in the next cars whoever escorts. The seat in the middle stays empty while there is room elsewhere; a coach takes the rest. Seats
of a car are ``1a`` (of honour), ``1b`` (beside it), ``1c`` (in front), ``1d`` (in the middle), those of a coach ``2-01``, ``2-02`` …
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from ucapdesk.model.rules.seating import FurniturePiece, Room, SeatedSide, SeatPlace

LEFT, RIGHT = "left", "right"
"""The side the driver sits on, looking ahead."""
PASSENGERS, MAX_PASSENGERS = 3, 4
"""Passengers of a comfortable car, and of a full one."""
_ACROSS = 2
"""Cars side by side on a plan."""
_ASIDE, _BEHIND = 1.0, 1.7
"""Seats from the middle of a car, and from its front to its rear."""
_WIDE, _LONG = 4.4, 4.8
_IN_A_ROW = 4
"""Seats side by side in a coach."""


def cars(
    hosts: SeatedSide, guests: SeatedSide, *, escorts: Sequence[str] = (), seats: Sequence[int] = (), wheel: str = LEFT
) -> Room:
    """乘车: return the cars: the guest of honour in the place of honour of the first, the host beside, then two more in the next.

    Args:
        hosts: Those who ride along, in order of rank.
        guests: The delegation.
        escorts: Those of either side who sit in front after the first interpreter, and before the others.
        seats: How many passengers each vehicle takes, coaches last; nobody rides in others. Where no vehicle is known at all, cars
            are proposed, as many as are needed.
        wheel: The side the driver sits at.
    """
    side_of = {who: side.code for side in (hosts, guests) for who in side.everybody}
    interpreters = [*guests.interpreters, *hosts.interpreters]
    rest = [
        who for who in (*escorts, *guests.note_takers, *hosts.note_takers) if who in side_of and who not in interpreters
    ]
    helpers = list(dict.fromkeys([*interpreters[:1], *rest, *interpreters[1:]]))
    pairs = zip_longest(guests.people, hosts.people)
    ranked = [who for pair in pairs for who in pair if who is not None and who not in helpers]
    places: list[SeatPlace] = []
    pieces: list[FurniturePiece] = []
    loaded = list(_loaded(ranked, helpers, seats))
    for n, taken in enumerate(loaded):
        coach = n < len(seats) and seats[n] > MAX_PASSENGERS
        x, y = (0.0 if coach else (n % _ACROSS) * _WIDE), _down(loaded[:n], seats, coach=coach)
        pieces += _vehicle(n + 1, x, y, wheel, len(taken) if coach else 0)
        for spot, who in sorted(taken.items()):
            dx, dy = _row(int(spot), wheel) if coach else _spot(spot, wheel)
            code = f"{n + 1}-{spot}" if coach else f"{n + 1}{spot}"
            role = "interpreter" if who in interpreters else ""
            places.append(SeatPlace(code, who, side_of[who], x + dx, y + dy, "up", role, group=n + 1))
    return Room(tuple(places), tuple(pieces))


def _loaded(ranked: list[str], helpers: list[str], seats: Sequence[int]) -> Iterator[dict[str, str]]:
    """Yield the seats of each vehicle with their people. Without any that is known, cars until everybody has a seat."""
    ranked, helpers = list(ranked), list(helpers)
    everybody = len(ranked) + len(helpers)
    sizes = [size for size in seats if size > 0] or [PASSENGERS] * everybody
    lacking = everybody - sum(size if size > MAX_PASSENGERS else min(size, PASSENGERS) for size in sizes)
    for size in sizes:
        if not (ranked or helpers):
            return
        if size > MAX_PASSENGERS:
            aboard = [*ranked, *helpers][:size]
            ranked, helpers = ranked[len(aboard) :], helpers[max(0, len(aboard) - len(ranked)) :]
            yield {f"{n:02}": who for n, who in enumerate(aboard, 1)}
            continue
        full = lacking > 0 and size > PASSENGERS
        lacking -= full
        room = min(size if full else min(size, PASSENGERS), len(ranked) + len(helpers))
        front = helpers.pop(0) if helpers and room > 1 else ""
        behind = [(ranked or helpers).pop(0) for _ in range(room - bool(front))]
        if not front and len(behind) > 2:  # one in front is better than three in a row
            front = behind.pop()
        taken = dict(zip("abd", behind, strict=False))
        yield {**taken, "c": front} if front else taken


def _down(before: Sequence[dict[str, str]], seats: Sequence[int], *, coach: bool) -> float:
    """Return how far down the plan a vehicle stands, below those before it."""
    coaches = [taken for n, taken in enumerate(before) if n < len(seats) and seats[n] > MAX_PASSENGERS]
    rows = (len(before) - len(coaches) + (coach or bool(coaches))) // _ACROSS
    return rows * _LONG + sum(_long(len(taken)) for taken in coaches)


def _long(people: int) -> float:
    return 2.6 + _BEHIND * -(-people // _IN_A_ROW)


def _row(n: int, wheel: str) -> tuple[float, float]:
    """Return the position of a seat of a coach: two at either side of the way through, the first behind the driver's other side."""
    row, at = divmod(n - 1, _IN_A_ROW)
    across = (-_ASIDE, _ASIDE, _WIDE - _ASIDE, _WIDE + _ASIDE)
    return across[-1 - at] if wheel == LEFT else across[at], _BEHIND * (row + 1)


def _vehicle(n: int, x: float, y: float, wheel: str, in_coach: int) -> list[FurniturePiece]:
    """Return a car, or a coach with so many people, and its wheel."""
    wider, long = (_WIDE, _long(in_coach) - 0.8) if in_coach else (0.0, 4.0)
    at = x - _ASIDE if wheel == LEFT else x + wider + _ASIDE
    return [
        FurniturePiece("car", x - 2.0, y - 0.9, wider + 4.0, long, n),
        FurniturePiece("wheel", at - 0.25, y - 0.25, 0.5, 0.5, n),
    ]


def _spot(letter: str, wheel: str) -> tuple[float, float]:
    """Return the position of a seat in its car, which drives up the page."""
    hand = 1.0 if wheel == LEFT else -1.0
    aside = {"a": hand, "b": -hand, "c": hand, "d": 0.0}[letter] * _ASIDE
    return aside, 0.0 if letter == "c" else _BEHIND
