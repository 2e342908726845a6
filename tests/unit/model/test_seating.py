"""Who is proposed which place: every rule of protocol on plans of few, many, odd and even numbers."""

from __future__ import annotations

from collections.abc import Callable
from math import dist

import pytest

from ucapdesk.model.rules import seating
from ucapdesk.model.rules.seating import Room, SeatedSide, SeatPlace

HOSTS = SeatedSide("A", ("h1", "h2", "h3", "h4"), ("hi",), ("hn",))
GUESTS = SeatedSide("B", ("g1", "g2", "g3"), ("gi",))


def side(code: str, n: int, interpreters: int = 0) -> SeatedSide:
    letter = code.lower()
    people = tuple(f"{letter}{k}" for k in range(1, n + 1))
    return SeatedSide(code, people, tuple(f"{letter}i{k}" for k in range(interpreters)))


def right_of(place: SeatPlace) -> int:
    """Which way along the row the right hand of somebody is on the plan."""
    return -1 if place.faces == "down" else 1


def order(room: Room, code: str, y: float | None = None) -> list[str]:
    """Those of a side from the right hand of the row to its left, as they sit."""
    found = [p for p in room.places if p.side == code and (y is None or p.y == y)]
    return [p.who for p in sorted(found, key=lambda p: -p.x * right_of(p))]


@pytest.mark.row("B3")
def test_talks_seat_the_principals_across_from_each_other_and_guests_face_the_door() -> None:
    room = seating.talks(HOSTS, GUESTS)
    host, guest = room.at("h1"), room.at("g1")
    door = next(piece for piece in room.pieces if piece.kind == "door")
    table = next(piece for piece in room.pieces if piece.kind == "table")
    assert host.x == guest.x == 0
    assert guest.y < table.y < table.y + table.height < host.y < door.y
    assert (guest.faces, host.faces) == ("down", "up")


def test_talks_seat_the_interpreter_at_the_right_hand_and_the_others_right_then_left() -> None:
    room = seating.talks(HOSTS, GUESTS)
    assert order(room, "A", 1.0) == ["h4", "h2", "hi", "h1", "h3"]
    assert order(room, "B", -1.0) == ["g2", "gi", "g1", "g3"]
    assert room.at("hn").y > room.at("h1").y, "who takes notes sits behind"
    behind = seating.talks(HOSTS, GUESTS, interpreter=seating.BEHIND)
    assert order(behind, "A", 1.0) == ["h4", "h2", "h1", "h3"]
    assert (behind.at("gi").x, behind.at("gi").y) == (0, -2)


@pytest.mark.parametrize(("n", "seated"), [(1, "1"), (2, "21"), (3, "213"), (4, "4213"), (5, "42135")])
def test_talks_without_an_interpreter_alternate_from_the_middle(n: int, seated: str) -> None:
    room = seating.talks(side("A", n), side("B", 1))
    assert order(room, "A") == [f"a{k}" for k in seated]


def test_talks_with_the_table_end_to_the_door_have_guests_at_the_right_of_who_enters() -> None:
    room = seating.talks(HOSTS, GUESTS, end_to_door=True)
    door = next(piece for piece in room.pieces if piece.kind == "door")
    assert room.at("g1").x > 0 > room.at("h1").x, "one enters from below"
    assert door.y > max(place.y for place in room.places)
    # A guest faces left on the plan and has the right hand above; a host the other way round.
    assert room.at("gi").y < room.at("g1").y
    assert room.at("hi").y > room.at("h1").y


def test_a_courtesy_call_has_the_guest_at_the_hosts_right_hand_and_interpreters_behind() -> None:
    room = seating.courtesy_call(HOSTS, GUESTS)
    host, guest = room.at("h1"), room.at("g1")
    assert guest.x == -host.x < 0, "both face down, so the right hand is at the reader's left"
    assert guest.y == host.y
    assert room.at("hi").y < host.y > room.at("gi").y
    for code, people in (("A", HOSTS.people), ("B", GUESTS.people)):
        away = [abs(room.at(who).x) for who in people]
        assert away == sorted(away), "each side by rank, away from the middle"
        assert {place.x > 0 for place in room.places if place.side == code} == {code == "A"}


@pytest.mark.parametrize("n", [1, 2, 5, 6])
def test_the_second_on_a_rostrum_sits_left_by_the_domestic_rule_and_right_by_the_other(n: int) -> None:
    people = [f"p{k}" for k in range(1, n + 1)]
    rooms = {rule: seating.rostrum(people, {"p1": "A"}, rule) for rule in (seating.DOMESTIC, seating.INTERNATIONAL)}
    for rule, wanted in ((seating.DOMESTIC, {1: "1", 2: "12", 5: "53124", 6: "531246"}),
                         (seating.INTERNATIONAL, {1: "1", 2: "21", 5: "42135", 6: "642135"})):  # fmt: skip
        seated = sorted(rooms[rule].places, key=lambda place: place.x)
        assert [place.who for place in seated] == [f"p{k}" for k in wanted[n]], rule


def test_a_banquet_has_the_host_across_from_the_door_and_the_guest_of_honour_at_the_right() -> None:
    room = seating.banquet(SeatedSide("A", ("h1", "h2", "h3")), SeatedSide("B", ("g1", "g2"), ("gi",)))
    door = next(piece for piece in room.pieces if piece.kind == "door")
    host, guest = room.at("h1"), room.at("g1")
    assert host.y == min(place.y for place in room.places)
    assert host.x == pytest.approx(0)
    assert door.y > max(place.y for place in room.places)
    assert guest.x < 0 < room.at("g2").x
    beside = sorted(room.places, key=lambda place: dist((place.x, place.y), (guest.x, guest.y)))
    assert "gi" in {place.who for place in beside[1:3]}, "the interpreter sits beside the guest of honour"
    two = seating.banquet(SeatedSide("A", ("h1", "h2", "h3"), ("hi",)), SeatedSide("B", ("g1", "g2"), ("gi", "gj")))
    assert [place.who for place in two.places] == ["h1", "g1", "g2", "gi", "gj", "hi", "h2", "h3"], (
        "the first of several"
    )


def test_hosts_and_guests_alternate_around_a_table() -> None:
    assert seating.mixed(["h1", "h2", "h3", "h4"], ["g1", "g2", "g3"]) == ["h1", "g1", "g2", "h2", "h3", "g3", "h4"]
    assert seating.mixed([], ["g1", "g2", "g3"]) == ["g1", "g2", "g3"]


def test_sixty_at_a_banquet_sit_at_six_tables_the_highest_at_the_first() -> None:
    room = seating.banquet(side("A", 30), side("B", 30))
    tables = [piece for piece in room.pieces if piece.kind == "round"]
    assert len(tables) == 6
    assert len({place.code for place in room.places}) == 60
    first = tables[0]
    middle = (first.x + first.width / 2, first.y + first.height / 2)
    head = {p.who for p in room.places if dist((p.x, p.y), middle) < first.width}
    assert head == {f"{letter}{k}" for letter in "ab" for k in range(1, 6)}


@pytest.mark.parametrize("n", [1, 4, 5, 30])
def test_a_photo_has_the_host_in_the_middle_and_the_guest_of_honour_at_the_right(n: int) -> None:
    room = seating.photo(side("A", n), side("B", n))
    front = sorted((p for p in room.places if p.y == 0), key=lambda place: place.x)
    at = [place.who for place in front].index("a1")
    assert abs(2 * at - (len(front) - 1)) <= 1
    assert front[at - 1].who == "b1"
    assert len(front) == min(11, 2 * n)
    assert len({(place.x, place.y) for place in room.places}) == 2 * n


@pytest.mark.parametrize(("hosts", "guests", "row"), [
    (3, 4, "h2 g3 g1 h1 g2 g4 h3"), (5, 2, "h4 h2 g1 h1 g2 h3 h5"), (2, 2, "h2 g1 h1 g2"), (4, 2, "h4 h2 g1 h1 g2 h3"),
])  # fmt: skip
def test_hosts_stand_at_both_ends_of_a_photo(hosts: int, guests: int, row: str) -> None:
    people = [tuple(f"{letter}{n}" for n in range(1, many + 1)) for letter, many in (("h", hosts), ("g", guests))]
    room = seating.photo(SeatedSide("A", people[0]), SeatedSide("B", people[1]))
    assert " ".join(place.who for place in sorted(room.places, key=lambda place: place.x)) == row


def test_a_signing_table_has_the_host_left_and_the_guest_right_as_they_sit() -> None:
    room = seating.signing(
        SeatedSide("A", ("h1",)), SeatedSide("B", ("g1",)), assistants={"A": ["ha"], "B": ["ga"]},
        others=[SeatedSide("A", ("h2", "h3")), SeatedSide("B", ("g2", "g3"))],
    )  # fmt: skip
    table = next(piece for piece in room.pieces if piece.kind == "table")
    flags = [piece for piece in room.pieces if piece.kind == "flag"]
    assert room.at("g1").x < 0 < room.at("h1").x, "looking down at the hall, the left hand is at the reader's right"
    assert room.at("h1").y < table.y
    assert all(abs(flag.x + flag.width / 2) < 0.5 for flag in flags)
    assert room.at("ga").x < room.at("g1").x
    assert room.at("ha").x > room.at("h1").x
    assert 0 < room.at("h2").x < room.at("h3").x
    assert room.at("h2").y == room.at("g2").y < room.at("h1").y


def test_several_parties_sit_in_the_order_given_clockwise_from_across_the_door() -> None:
    room = seating.round_table([side("B", 3), side("C", 2), side("D", 3)])
    first = room.at("b1")
    assert first.x == pytest.approx(0)
    assert first.y == min(place.y for place in room.places)
    assert room.at("c1").x > 0 > room.at("d1").x
    assert room.at("b2").x < 0 < room.at("b3").x, "the second of a party at the right hand of its first"


@pytest.mark.parametrize(
    "make", [seating.talks, seating.courtesy_call, seating.banquet, seating.photo, seating.signing]
)
@pytest.mark.parametrize(("hosts", "guests"), [(0, 0), (0, 3), (1, 1), (2, 7), (31, 29)])
def test_nobody_is_lost_and_no_two_share_a_place(
    make: Callable[[SeatedSide, SeatedSide], Room], hosts: int, guests: int
) -> None:
    room = make(side("A", hosts, min(hosts, 2)), side("B", guests, min(guests, 1)))
    people = [place.who for place in room.places]
    wanted = hosts + guests + (0 if make is seating.signing else min(hosts, 2) + min(guests, 1))
    assert len(people) == len(set(people)) == wanted
    assert len({place.code for place in room.places}) == wanted
    spots = [(place.x, place.y) for place in room.places]
    assert all(dist(a, b) > 0.9 for n, a in enumerate(spots) for b in spots[:n])
    left, top, width, height = seating.box(room)
    assert all(left < x < left + width and top < y < top + height for x, y in spots)


def test_places_changed_by_hand_are_kept_and_whoever_had_them_takes_the_other() -> None:
    proposed = seating.talks(HOSTS, GUESTS)
    codes = {place.who: place.code for place in proposed.places}
    room = seating.changed(proposed, {"h4": codes["h2"], "g3": codes["h3"], "h1": "Z9"})
    now = {place.who: place.code for place in room.places}
    assert (now["h4"], now["h2"]) == (codes["h2"], codes["h4"])
    assert (now["g3"], now["h3"]) == (codes["h3"], codes["g3"])
    assert room.at("g3").side == "B", "who changes the table stays of the own side"
    assert now["h1"] == codes["h1"], "a place that is not there changes nothing"
    later = seating.changed(
        seating.talks(SeatedSide("A", (*HOSTS.people, "h5"), HOSTS.interpreters), GUESTS), {"h4": "A3"}
    )
    assert later.at("h4").code == "A3", "the code stays when people join"


def test_of_two_who_want_one_place_the_higher_has_it() -> None:
    room = seating.changed(seating.photo(side("A", 3), side("B", 3)), {"a3": "1", "b2": "1"})
    assert room.at("b2").code == "1"
    assert len({place.code for place in room.places}) == 6


def test_the_keeper_of_a_copy_comes_first_in_it() -> None:
    assert list(seating.alternat(["Liuzhou", "Bologna", "Rome"])) == [
        ("Liuzhou", ("Liuzhou", "Bologna", "Rome")),
        ("Bologna", ("Bologna", "Liuzhou", "Rome")),
        ("Rome", ("Rome", "Liuzhou", "Bologna")),
    ]
