"""Who rides where: the place of honour, the escort in front, and cars enough for everybody."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ucapdesk.model.rules import seating
from ucapdesk.model.rules.seating import Room, SeatedSide

HOSTS = SeatedSide("A", ("h1", "h2"), ("hi",))
GUESTS = SeatedSide("B", ("g1", "g2", "g3"), ("gi",))


def seated(room: Room) -> dict[str, str]:
    return {place.code: place.who for place in room.places}


@pytest.mark.parametrize(("wheel", "hand"), [(seating.LEFT, 1), (seating.RIGHT, -1)])
def test_the_guest_of_honour_sits_in_the_rear_diagonal_to_the_driver(wheel: str, hand: int) -> None:
    room = seating.cars(HOSTS, GUESTS, wheel=wheel)
    guest, host, front = (room.at(who) for who in ("g1", "h1", "gi"))
    driver = next(piece for piece in room.pieces if piece.kind == "wheel")
    assert guest.code == "1a"
    assert guest.x * hand > 0 > (driver.x + driver.width / 2) * hand
    assert guest.y > driver.y, "the car drives up the page"
    assert (host.x, host.y) == (-guest.x, guest.y), "the host beside the guest"
    assert (front.x, front.y) == (guest.x, 0.0), "the interpreter in front of the guest"


def test_an_interpreter_rides_with_the_principals_and_escorts_in_front_of_the_others() -> None:
    room = seating.cars(HOSTS, GUESTS, escorts=["h2"])
    assert seated(room) == {
        "1a": "g1", "1b": "h1", "1c": "gi", "2a": "g2", "2b": "g3", "2c": "h2", "3a": "hi",
    }  # fmt: skip


def test_a_coach_takes_the_rest_and_nobody_sits_in_the_middle_meanwhile() -> None:
    guests = SeatedSide("B", tuple(f"g{n}" for n in range(1, 10)), ("gi",))
    room = seating.cars(HOSTS, guests, seats=(4, 29))
    assert {code: who for code, who in seated(room).items() if code.startswith("1")} == {
        "1a": "g1",
        "1b": "h1",
        "1c": "gi",
    }
    assert sum(code.startswith("2-") for code in seated(room)) == 10, "everybody else"
    assert sum(piece.kind == "car" for piece in room.pieces) == 2, "no vehicle but those that are recorded"


def test_the_middle_is_taken_before_anybody_stays_behind() -> None:
    guests = SeatedSide("B", tuple(f"g{n}" for n in range(1, 6)))
    assert set(seated(seating.cars(SeatedSide("A", ("h1", "h2")), guests, seats=(4, 4)))) == {
        "1a",
        "1b",
        "1c",
        "1d",
        "2a",
        "2b",
        "2c",
    }


@given(hosts=st.integers(0, 20), guests=st.integers(0, 20), seats=st.lists(st.integers(1, 30), min_size=1, max_size=5))
def test_recorded_vehicles_alone_take_as_many_as_they_have_seats_for(hosts: int, guests: int, seats: list[int]) -> None:
    seats = sorted(seats, key=lambda size: size > seating.MAX_PASSENGERS)
    sides = [SeatedSide(code, tuple(f"{code}{n}" for n in range(many))) for code, many in (("A", hosts), ("B", guests))]
    room = seating.cars(sides[0], sides[1], seats=seats)
    assert len({place.who for place in room.places}) == len(room.places) == min(hosts + guests, sum(seats))
    assert len({(place.x, place.y) for place in room.places}) == len(room.places)
    for n, size in enumerate(seats, 1):
        assert sum(place.group == n for place in room.places) <= size


@pytest.mark.parametrize(("hosts", "guests"), [(0, 1), (1, 0), (1, 1), (2, 3), (30, 30)])
@pytest.mark.parametrize("seats", [(), (60,), (4, 4, 60)])
def test_everybody_has_a_seat_of_their_own(hosts: int, guests: int, seats: tuple[int, ...]) -> None:
    sides = [SeatedSide(code, tuple(f"{code}{n}" for n in range(many))) for code, many in (("A", hosts), ("B", guests))]
    room = seating.cars(sides[0], sides[1], seats=seats)
    assert sorted(place.who for place in room.places) == sorted((*sides[0].people, *sides[1].people))
    assert len({(place.x, place.y) for place in room.places}) == hosts + guests


def test_nobody_rides_in_no_car() -> None:
    assert seating.cars(SeatedSide("A", ()), SeatedSide("B", ())) == Room((), ())
