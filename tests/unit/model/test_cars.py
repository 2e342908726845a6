"""Who rides where: the place of honour, the escort in front, and cars enough for everybody."""

from __future__ import annotations

import pytest

from ucapdesk.model.rules import cars
from ucapdesk.model.rules.seating import Room, Side

HOSTS = Side("A", ("h1", "h2"), ("hi",))
GUESTS = Side("B", ("g1", "g2", "g3"), ("gi",))


def seated(room: Room) -> dict[str, str]:
    return {place.code: place.who for place in room.places}


@pytest.mark.parametrize(("wheel", "hand"), [(cars.LEFT, 1), (cars.RIGHT, -1)])
def test_the_guest_of_honour_sits_in_the_rear_diagonal_to_the_driver(wheel: str, hand: int) -> None:
    room = cars.cars(HOSTS, GUESTS, wheel=wheel)
    guest, host, front = (room.at(who) for who in ("g1", "h1", "gi"))
    driver = next(piece for piece in room.pieces if piece.kind == "wheel")
    assert guest.code == "1a"
    assert guest.x * hand > 0 > (driver.x + driver.width / 2) * hand
    assert guest.y > driver.y, "the car drives up the page"
    assert (host.x, host.y) == (-guest.x, guest.y), "the host beside the guest"
    assert (front.x, front.y) == (guest.x, 0.0), "the interpreter in front of the guest"


def test_whoever_escorts_sits_in_front_before_an_interpreter_does() -> None:
    room = cars.cars(HOSTS, GUESTS, escorts=["h2"])
    assert seated(room) == {
        "1a": "g1", "1b": "h1", "1c": "h2", "2a": "g2", "2b": "g3", "2c": "gi", "3a": "hi",
    }  # fmt: skip


@pytest.mark.parametrize(("hosts", "guests"), [(0, 1), (1, 0), (1, 1), (2, 3), (30, 30)])
@pytest.mark.parametrize("seats", [(), (4,), (1, 1), (4, 4, 4), (20,)])
def test_everybody_has_a_seat_of_their_own(hosts: int, guests: int, seats: tuple[int, ...]) -> None:
    sides = [Side(code, tuple(f"{code}{n}" for n in range(many))) for code, many in (("A", hosts), ("B", guests))]
    room = cars.cars(sides[0], sides[1], seats=seats)
    assert sorted(place.who for place in room.places) == sorted((*sides[0].people, *sides[1].people))
    assert len({(place.x, place.y) for place in room.places}) == hosts + guests
    first = [place for place in room.places if place.group == 1]
    assert len(first) <= min(seats[0] if seats else cars.PASSENGERS, cars.MOST)


def test_nobody_rides_in_no_car() -> None:
    assert cars.cars(Side("A", ()), Side("B", ())) == Room((), ())
