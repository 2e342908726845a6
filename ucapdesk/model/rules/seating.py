"""Seating by protocol: proposes who sits, stands and signs where, in rooms and in cars, and keeps changes made by hand.

Every function takes people in their order of rank, the first of a side its principal, and gives a ``Room``: places and
furniture on a plan that is looked at from above, with the door, the audience or the camera below. Its unit is a seat.
Whoever faces down has the right hand at the reader's left.

A place has a code (``A2``: the second place of side A; ``5`` where the sides are mixed) that stays when people join or
leave, so a place chosen by hand is kept as a code, and ``changed`` moves people there.

In a car the place of honour is the rear seat diagonal to the driver, beside it sits who comes next; in front of them sits an
interpreter, in the next cars whoever escorts. The seat in the middle stays empty while there is room elsewhere; a coach takes the
rest. Seats of a car are ``1a`` (of honour), ``1b`` (beside it), ``1c`` (in front), ``1d`` (in the middle), those of a coach
``2-01``, ``2-02`` …
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import count, islice, zip_longest
from math import ceil, cos, pi, sin
from typing import NamedTuple

DOMESTIC, INTERNATIONAL = "domestic", "international"
BESIDE, BEHIND = "beside", "behind"
LONGEST_ROW = 15
ROUND_TABLE = 10


class SeatedSide(NamedTuple):
    """The people of one side.

    Attributes:
        code: The letter of the side in the records; empty for a party of its own.
        people: Ids in order of rank, the principal first.
        interpreters: Those who interpret for the principal.
        note_takers: Those who take notes.
    """

    code: str
    people: tuple[str, ...]
    interpreters: tuple[str, ...] = ()
    note_takers: tuple[str, ...] = ()

    @property
    def everybody(self) -> tuple[str, ...]:
        """All of them, the helpers last."""
        return (*self.people, *self.interpreters, *self.note_takers)

    @property
    def helpers(self) -> list[tuple[str, str]]:
        return [
            *((who, "interpreter") for who in self.interpreters),
            *((who, "note_taker") for who in self.note_takers),
        ]


class SeatPlace(NamedTuple):
    """A place with its centre; ``faces`` is ``down`` or ``up`` and says at which side its right hand is.

    ``group`` is the number of its table or car where there are several.
    """

    code: str
    who: str
    side: str
    x: float
    y: float
    faces: str = "down"
    role: str = ""
    group: int = 0


class FurniturePiece(NamedTuple):
    """Furniture: ``table``, ``round``, ``door``, ``flag``, ``screen``, ``flowers``, ``car`` or its ``wheel``, by its upper
    left corner; ``number`` where several tables or cars are numbered.
    """

    kind: str
    x: float
    y: float
    width: float
    height: float
    number: int = 0


class Room(NamedTuple):
    """Places in order of precedence, and what else is in the room."""

    places: tuple[SeatPlace, ...]
    pieces: tuple[FurniturePiece, ...] = ()

    def at(self, who: str) -> SeatPlace:
        return next(place for place in self.places if place.who == who)


# -- orders ---------------------------------------------------------------------------------------


def outwards(first: int = 1) -> Iterator[int]:
    """Yield steps from the middle: 0, then alternately right and left. ``first`` 1 begins at the right hand."""
    yield 0
    for step in count(1):
        yield step * first
        yield -step * first


def mixed(hosts: Sequence[str], guests: Sequence[str]) -> list[str]:
    """Return the host in the middle, guests next to him, then two hosts, two guests: the order of ``outwards``."""
    order, left, right = [*hosts[:1]], [*hosts[1:]], [*guests]
    guests_next = True
    while left or right:
        taken = right if (guests_next and right) or not left else left
        order += taken[:2]
        del taken[:2]
        guests_next = not guests_next
    return order


# -- rooms ----------------------------------------------------------------------------------------


def talks(hosts: SeatedSide, guests: SeatedSide, *, interpreter: str = BESIDE, end_to_door: bool = False) -> Room:
    """会谈: return two rows facing each other, principals in the middle, the interpreter at the principal's right hand or behind.

    Guests face the door. With the end of the table to the door, guests sit at the right as one enters.
    """
    rows = [_row(guests, "down", interpreter), _row(hosts, "up", interpreter)]
    half = max((abs(place.x) for row in rows for place in row if abs(place.y) == 1), default=0.0) + 0.5
    places = tuple(place for row in rows for place in row)
    if not end_to_door:
        depth = max([1.0, *(place.y for place in places)])
        return Room(places, (FurniturePiece("table", -half, -0.5, 2 * half, 1.0), _door(depth)))
    # A quarter turn: the guests' row, above, comes to the right; rows stay wide enough for names.
    turned = tuple(place._replace(x=-1.4 * place.y, y=place.x, faces="turned") for place in places)
    depth = max([half, *(place.y for place in turned)])
    return Room(turned, (FurniturePiece("table", -0.7, -half, 1.4, 2 * half), _door(depth)))


def _row(side: SeatedSide, faces: str, interpreter: str) -> list[SeatPlace]:
    """Return the places of one side of the table, and of those who sit behind it; its right hand is one way or the other."""
    hand = -1 if faces == "down" else 1
    beside = len(side.interpreters[:1]) if interpreter == BESIDE else 0
    at_table = [(who, "") for who in side.people]
    at_table[1:1] = side.helpers[:beside]
    rest = [*at_table[LONGEST_ROW:], *side.helpers[beside:]]
    steps = list(islice(outwards(), len(at_table[:LONGEST_ROW])))
    if len(at_table) > 1 and at_table[1][1] == "interpreter":
        steps = [0, 1, *_around_interpreter(len(steps) - 2)]
    seated = [(who, hand * step, hand * 1.0) for who, step in zip(at_table, steps, strict=False)]
    for n, who in enumerate(rest):
        line, at = divmod(n, LONGEST_ROW)
        seated.append((who, hand * next(islice(outwards(), at, None)), hand * (2.0 + line)))
    codes = _codes(side.code)
    return [SeatPlace(next(codes), who, side.code, x, y, faces, role) for (who, role), x, y in seated]


def _around_interpreter(n: int) -> list[int]:
    """Steps of those after the interpreter: right, beyond the interpreter, then left, and so on."""
    return [step + 1 if step > 0 else step for step in islice(outwards(), 1, n + 1)]


def courtesy_call(hosts: SeatedSide, guests: SeatedSide) -> Room:
    """会见: return chairs in a half circle; the guest at the host's right hand, each side by rank, interpreters behind."""
    first = min(max(len(hosts.people), len(guests.people), 1), 8)
    radius = max(2.0, first * 2 / pi)
    places = []
    for side, hand in ((hosts, 1), (guests, -1)):
        codes = _codes(side.code)
        for n, who in enumerate(side.people):
            row, at = divmod(n, first)
            angle = (at + 0.5) / (first + 0.2) * pi / 2
            far = radius + 1.2 * row
            places.append(SeatPlace(next(codes), who, side.code, hand * far * sin(angle), -far * cos(angle)))
        rows = ceil(len(side.people) / first)
        for n, (who, role) in enumerate(side.helpers):
            up = -radius - 1.2 * max(rows, 1) - 0.3
            places.append(SeatPlace(next(codes), who, side.code, hand * (n + 0.5), up, role=role))
    return Room(tuple(places), (FurniturePiece("flowers", -0.4, -0.4, 0.8, 0.8), _door(1.0)))


def round_table(parties: Sequence[SeatedSide]) -> Room:
    """Return several parties, in the order given (by their names in the alphabet), each together around its principal.

    The first party sits across from the door; the others follow clockwise, to its left hand.
    """
    # From the right hand of a block to its left; looked at from the middle of the table that is clockwise.
    seated: list[tuple[str, str, str, str]] = []
    for party in parties:
        codes = _codes(party.code)
        people = [(who, "") for who in party.people[:1]] + [(who, "interpreter") for who in party.interpreters]
        people += [(who, "") for who in party.people[1:]] + [(who, "note_taker") for who in party.note_takers]
        block = [(step, next(codes), who, role) for (who, role), step in zip(people, outwards(), strict=False)]
        seated += [(code, who, party.code, role) for _, code, who, role in sorted(block, key=lambda each: -each[0])]
    middle = len(parties[0].everybody) // 2 if parties else 0
    radius = max(1.6, len(seated) * 1.1 / (2 * pi))
    places = []
    for n, (code, who, side, role) in enumerate(seated):
        angle = 2 * pi * (n - middle) / max(len(seated), 1)
        places.append(SeatPlace(code, who, side, radius * sin(angle), -radius * cos(angle), role=role))
    table = radius - 0.6
    return Room(tuple(places), (FurniturePiece("round", -table, -table, 2 * table, 2 * table), _door(radius)))


def rostrum(people: Sequence[str], sides: Mapping[str, str], convention: str = INTERNATIONAL) -> Room:
    """主席台: return a row facing the hall. No 2 sits at the left hand of No 1 by the domestic rule, at the right by the other."""
    seated = enumerate(zip(people, outwards(-1 if convention == DOMESTIC else 1), strict=False), 1)
    places = [SeatPlace(str(n), who, sides.get(who, ""), -step, 0.0) for n, (who, step) in seated]
    xs = [place.x for place in places] or [0.0]
    return Room(tuple(places), (FurniturePiece("table", min(xs) - 0.5, 0.5, max(xs) - min(xs) + 1, 0.6),))


def photo(hosts: SeatedSide, guests: SeatedSide, longest: int = 11) -> Room:
    """合影: return the host in the middle, the guest of honour at the right hand, then alternately, hosts at both ends of a row.

    The others stand in rows behind.
    """
    side_of = {who: side.code for side in (hosts, guests) for who in side.everybody}
    order = mixed(hosts.people, guests.people) + [who for side in (hosts, guests) for who, _ in side.helpers]
    places: list[SeatPlace] = []
    for row, some in enumerate(order[n : n + longest] for n in range(0, len(order), longest)):
        stand = _hosts_outside(some, side_of, hosts.code, middle=row == 0)
        for who, step in zip(stand, outwards(), strict=False):
            places.append(SeatPlace(str(len(places) + 1), who, side_of[who], -step, -1.2 * row))
    return Room(tuple(places))


def _hosts_outside(row: Sequence[str], side_of: Mapping[str, str], home: str, *, middle: bool) -> list[str]:
    """Return a row in the order of ``outwards`` whose last two are hosts, where it has two beside the one in the middle."""
    others = [who for who in row[1 if middle else 0 :] if side_of[who] == home]
    ends = others[-2:] if len(others) > 1 else []
    return [*(who for who in row if who not in ends), *ends]


def banquet(hosts: SeatedSide, guests: SeatedSide) -> Room:
    """宴请: return tables; the host faces the door, the guest of honour at the right hand with the interpreter, then alternately.

    What one table cannot seat goes to further ones, each with hosts and guests and a host across from the door. Who takes notes dines
    with the others, last in rank.
    """
    hosts, guests = (
        side._replace(people=(*side.people, *side.note_takers), note_takers=()) for side in (hosts, guests)
    )
    everyone = len(hosts.everybody) + len(guests.everybody)
    tables = max(1, ceil(everyone / ROUND_TABLE))
    codes, places, pieces = _codes(""), [], []
    pitch = 2 * _radius(min(ROUND_TABLE, everyone)) + 2.6
    across = min(tables, 3)
    for n in range(tables):
        x = ((n % across) - (across - 1) / 2) * pitch if tables > 1 else 0.0
        made, round_ = _table(_share(hosts, n, tables), _share(guests, n, tables), (x, (n // across) * pitch), codes)
        number = n + 1 if tables > 1 else 0
        places += [place._replace(group=number) for place in made]
        pieces.append(round_._replace(number=number))
    depth = (ceil(tables / across) - 1) * pitch + _radius(min(ROUND_TABLE, everyone))
    return Room(tuple(places), (*pieces, _door(depth)))


def _share(side: SeatedSide, n: int, tables: int) -> SeatedSide:
    """Return those of a side at one table: the first in rank at the head table, the others distributed in order."""
    head = ceil(len(side.people) / tables)
    if n == 0:
        return SeatedSide(side.code, side.people[:head], side.interpreters)
    return SeatedSide(side.code, side.people[head + n - 1 :: tables - 1])


def _radius(seats: int) -> float:
    return max(1.2, seats * 1.1 / (2 * pi))


def _table(
    hosts: SeatedSide, guests: SeatedSide, middle: tuple[float, float], codes: Iterator[str]
) -> tuple[list[SeatPlace], FurniturePiece]:
    """Return one round table, the first host at its top."""
    side_of = {who: side.code for side in (hosts, guests) for who in (*side.people, *side.interpreters)}
    order = mixed(hosts.people, guests.people)
    interpreters = [*guests.interpreters, *hosts.interpreters]
    beside = min(3, len(order))  # the next place at the right hand, beside the guest of honour, for the first of them
    order[beside:beside] = interpreters
    radius, (x, y) = _radius(len(order)), middle
    places = []
    for who, step in zip(order, outwards(), strict=False):
        angle = -2 * pi * step / max(len(order), 1)
        role = "interpreter" if who in interpreters else ""
        at = (x + radius * sin(angle), y - radius * cos(angle))
        places.append(SeatPlace(next(codes), who, side_of[who], *at, role=role))
    table = radius - 0.55
    return places, FurniturePiece("round", x - table, y - table, 2 * table, 2 * table)


def signing(
    hosts: SeatedSide,
    guests: SeatedSide,
    *,
    assistants: Mapping[str, Sequence[str]] | None = None,
    others: Sequence[SeatedSide] = (),
    parties: int = 2,
) -> Room:
    """签字: signatories behind a long table, the host left and the guest right as they sit, flags in the middle.

    Args:
        hosts: Their signatories.
        guests: The same; one person who signs for each party.
        assistants: By side, those who hand over the copies; they stand at the outer ends.
        others: Those who watch, standing behind each on their own side in order of rank.
        parties: How many sign; each has a flag on the table.
    """
    places: list[SeatPlace] = []
    codes = {side.code: _codes(side.code) for side in (hosts, guests)}
    for side, hand in ((hosts, 1), (guests, -1)):
        places += [
            SeatPlace(next(codes[side.code]), who, side.code, hand * (1.0 + 1.4 * n), 0.0)
            for n, who in enumerate(side.people)
        ]
    front = [place.x for place in places]
    left, right = min([-1.0, *front]), max([1.0, *front])
    for side, hand in ((hosts, 1), (guests, -1)):
        for n, who in enumerate((assistants or {}).get(side.code, ())):
            at = (right if hand > 0 else left) + hand * (1.2 + n)
            places.append(SeatPlace(next(codes[side.code]), who, side.code, at, 0.0, role="assistant_signatory"))
    for side in others:
        hand = -1 if side.code == guests.code else 1
        own = codes.setdefault(side.code, _codes(side.code))
        for n, who in enumerate(side.people):
            row, at = divmod(n, LONGEST_ROW // 2)
            places.append(SeatPlace(next(own), who, side.code, hand * (at + 0.5), -1.5 - 1.1 * row))
    return Room(
        tuple(places), (FurniturePiece("table", left - 0.7, 0.5, right - left + 1.4, 0.7), *_flags(front, parties))
    )


def _flags(signatories: Sequence[float], parties: int) -> Iterator[FurniturePiece]:
    """Yield a flag before each of more than two who sign for a party each, else all in the middle."""
    middle = [(n - (parties - 1) / 2) * 0.5 for n in range(max(parties, 2))]
    for x in signatories if len(signatories) == parties > 2 else middle:
        yield FurniturePiece("flag", x - 0.15, 0.5, 0.3, 0.4)


# -- changes by hand ------------------------------------------------------------------------------


def changed(room: Room, wished: Mapping[str, str]) -> Room:
    """Return the room with people at the places chosen by hand: whoever had the place takes theirs.

    Args:
        room: As proposed.
        wished: The code of the place by person. Codes that no place has are left alone; of two who want one place the
            one of higher rank has it.
    """
    at = {place.code: place.who for place in room.places}
    taken: set[str] = set()
    for place in room.places:
        code = wished.get(place.who, "").strip()
        if code not in at or code in taken:
            continue
        taken.add(code)
        here = next(each for each, who in at.items() if who == place.who)
        at[code], at[here] = place.who, at[code]
    known = {place.who: place for place in room.places}
    placed = (place._replace(who=at[place.code]) for place in room.places)
    return room._replace(places=tuple(p._replace(side=known[p.who].side, role=known[p.who].role) for p in placed))


def alternat(parties: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """轮换制: for each party the order of all of them in the copy that it keeps: itself first, the others as they were."""
    return ((keeper, (keeper, *(party for party in parties if party != keeper))) for keeper in parties)


def box(room: Room, margin: float = 1.0) -> tuple[float, float, float, float]:
    """Return left, top, width and height of everything in a room."""
    things: tuple[SeatPlace | FurniturePiece, ...] = (*room.places, *room.pieces)
    xs = [*(thing.x for thing in things), *(piece.x + piece.width for piece in room.pieces)]
    ys = [*(thing.y for thing in things), *(piece.y + piece.height for piece in room.pieces)]
    left, top = min(xs, default=0.0) - margin, min(ys, default=0.0) - margin
    return left, top, max(xs, default=0.0) + margin - left, max(ys, default=0.0) + margin - top


def _codes(letter: str) -> Iterator[str]:
    return (f"{letter}{n}" for n in count(1))


def _door(depth: float) -> FurniturePiece:
    return FurniturePiece("door", -0.75, depth + 1.2, 1.5, 0.3)


LEFT, RIGHT = "left", "right"  # The side the driver sits on, looking ahead
PASSENGERS, MAX_PASSENGERS = 3, 4  # Passengers of a comfortable car, and of a full one
_ACROSS = 2  # Cars side by side on a plan
_ASIDE, _BEHIND = 1.0, 1.7  # Seats from the middle of a car, and from its front to its rear
_WIDE, _LONG = 4.4, 4.8
_IN_A_ROW = 4  # Seats side by side in a coach


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
            dx, dy = _row_of_coach(int(spot), wheel) if coach else _spot(spot, wheel)
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


def _row_of_coach(n: int, wheel: str) -> tuple[float, float]:
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
