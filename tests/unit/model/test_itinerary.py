"""Clashes, gaps and transfers of a day, and what moves when something is late, on the clocks of the places."""

from __future__ import annotations

from typing import Any

import pytest

from ucapdesk.model.rules.itinerary import Slot, days_of, delay, due_on, in_order, marks, on_day, reorder, shift
from ucapdesk.model.values import PartialDate, When

DAY = "2026-11-25"


def at(id_: str, start: str | None, end: str | None = None, tz: str = "Europe/Madrid", **more: Any) -> Slot:
    extra = {name: more.pop(name) for name in ("end_tz", "end_date") if name in more}
    return Slot(id_, When(date=DAY, start=start, end=end, tz=tz, **extra), **more)


def hours(found: dict[str, When]) -> dict[str, str]:
    return {id_: f"{when.start}-{when.end}" for id_, when in found.items()}


def test_points_stand_by_their_hours_and_those_without_one_in_front() -> None:
    found = in_order([at("c", "11:00"), at("b", "09:30"), at("a", None), Slot("z", None)])
    assert [slot.id for slot in found] == ["a", "z", "b", "c"]


def test_what_overlaps_clashes_and_what_only_touches_does_not() -> None:
    found = marks([at("a", "09:00", "10:00"), at("b", "10:00", "11:00"), at("c", "10:30", "11:30"), at("d", "14:00")])
    assert found.clashes == {"b": ("c",), "c": ("b",)}
    assert found.count == 1


def test_a_point_without_an_end_clashes_with_what_goes_on_or_begins_then() -> None:
    assert marks([at("a", "09:00", "10:00"), at("b", "09:30")]).clashes
    assert marks([at("a", "09:00"), at("b", "09:00")]).clashes
    assert not marks([at("a", "09:00"), at("b", "09:30")]).clashes


def test_groups_that_go_different_ways_do_not_clash_and_those_who_are_in_both_do() -> None:
    split = [at("a", "09:00", "10:00", group="A"), at("b", "09:00", "10:00", group="B")]
    assert not marks(split).clashes
    assert marks([*split, at("all", "09:30", "11:00")]).clashes == {"a": ("all",), "b": ("all",), "all": ("a", "b")}
    assert marks([split[0], at("c", "09:30", "10:00", group="a, c")]).clashes


def test_free_time_is_told_from_a_quarter_of_an_hour_on() -> None:
    found = marks([at("a", "09:00", "10:00"), at("b", "10:30", "11:00"), at("c", "11:10", "12:00"), at("d", "13:00")])
    assert found.gaps == {"b": 30, "d": 60}


def test_a_gap_is_counted_from_the_last_end_and_only_among_those_who_are_free() -> None:
    found = marks([at("long", "09:00", "12:00"), at("short", "09:30", "10:00"), at("next", "12:30")])
    assert found.gaps == {"next": 30}
    found = marks(
        [at("a", "09:00", "10:00", group="A"), at("b", "09:00", "11:30", group="B"), at("c", "12:00", group="A")]
    )
    assert found.gaps == {"c": 120}


def test_no_time_to_get_from_one_place_to_another_is_told_but_not_inside_one_or_where_one_drives() -> None:
    here, there, room = ("hall",), ("port",), ("room", "hall")
    assert marks([at("a", "09:00", "10:00", places=here), at("b", "10:05", places=there)]).hurries == {"b": ("a", 5)}
    assert not marks([at("a", "09:00", "10:00", places=here), at("b", "10:00", places=room)]).hurries
    assert not marks([at("a", "09:00", "10:00", places=here), at("b", "10:00", places=there, kind="transfer")]).hurries
    assert not marks([at("a", "09:00", "10:00", places=here), at("b", "10:15", places=there)]).hurries
    assert not marks([at("a", "09:00", "10:00"), at("b", "10:00", places=there)]).hurries


@pytest.mark.rule("T2")
def test_two_zones_are_compared_in_true_time() -> None:
    flight = at("flight", "23:00", "06:30", "Asia/Shanghai", end_tz="Europe/Madrid", end_date="2026-11-26")
    assert (flight.ends - flight.begins).total_seconds() == 14.5 * 3600
    west = at("west", "12:00", "11:00", "Europe/Madrid", end_tz="America/New_York")
    assert not marks([west]).backward, "it arrives earlier on the clock and later in truth"
    assert marks([at("wrong", "12:00", "11:00")]).backward == {"wrong"}
    assert marks([at("a", "16:00", "17:00", "Asia/Shanghai"), at("b", "09:30", "10:30")]).clashes
    assert not marks([at("a", "16:00", "17:00", "Asia/Shanghai"), at("b", "16:00", "17:00")]).clashes


def test_an_end_on_a_day_that_is_not_known_is_none() -> None:
    slot = at("a", "12:00", "13:00", end_date="2026-11")
    assert slot.ends == slot.begins
    assert not marks([slot, at("b", "12:30")]).clashes


def test_an_hour_that_the_clocks_are_put_forward_over_needs_a_look() -> None:
    spring, summer = "2027-03-28", {"date": "2027-03-28", "tz": "Europe/Budapest"}
    found = marks(
        [Slot("bus", When(**summer, start="02:30", end="03:30")), Slot("fine", When(**summer, start="03:00"))]
    )
    assert found.skipped == {"bus": ("02:30",)}
    assert found.count == 1
    night = Slot("night", When("2027-03-27", "23:00", "02:15", end_date=spring, tz="Europe/Budapest"))
    assert marks([night]).skipped == {"night": ("02:15",)}
    twice = Slot("twice", When("2027-10-31", "02:30", tz="Europe/Budapest"))
    assert not marks([twice, at("a", "02:30"), Slot("b", When(spring, "02:30"))]).count, "which clock, nobody knows"


def test_a_zone_that_is_not_named_is_that_of_the_visit() -> None:
    slot = Slot("a", When(date=DAY, start="09:00"), zone="Asia/Shanghai")
    assert slot.begins == at("b", "09:00", tz="Asia/Shanghai").begins


# -- moving -------------------------------------------------------------------------------------------

ROW = [
    at("bus", "08:45", "09:00"), at("talks", "09:30", "10:30"), at("tour", "11:00", "12:00"),
    at("late", "16:00", "17:30"), at("dinner", "18:30", "20:30", fixed=True),
]  # fmt: skip


def test_the_rest_of_the_day_is_put_off_and_what_is_fixed_stays_and_clashes() -> None:
    found = delay(ROW, "tour", 90)
    assert hours(dict(found.moved)) == {"tour": "12:30-13:30", "late": "17:30-19:00"}
    assert found.stays == ("dinner",)
    assert found.after.clashes == {"late": ("dinner",), "dinner": ("late",)}
    assert found.ends
    assert found.ends.end == "19:00"


def test_only_the_group_that_is_late_moves_and_with_it_what_all_do_together() -> None:
    row = [at("a", "09:00", "10:00", group="A"), at("b", "09:30", "10:00", group="B"), at("all", "11:00", "12:00")]
    assert set(delay(row, "a", 30).moved) == {"a", "all"}


def test_a_fixed_point_does_not_move_even_where_the_delay_begins_with_it() -> None:
    found = delay([at("a", "09:00", "10:00", fixed=True), at("b", "11:00", "12:00")], "a", 15)
    assert set(found.moved) == {"b"}
    assert delay([Slot("a", None)], "a", 15).moved == {}


def test_past_midnight_it_is_the_next_day_and_back_again() -> None:
    late = When(date=DAY, start="22:30", end="23:30", tz="Europe/Madrid")
    moved = shift(late, 60)
    assert (moved.date, moved.start, moved.end, moved.end_date) == (DAY, "23:30", "00:30", "2026-11-26")
    assert shift(moved, -60) == late
    assert shift(late, 120).date == "2026-11-26"
    assert shift(late, 120).end_date is None


def test_neighbours_change_places_and_keep_their_length_and_the_time_between() -> None:
    assert hours(reorder(ROW, "tour", 1)) == {"tour": "09:30-10:30", "talks": "11:00-12:00"}
    assert hours(reorder([at("a", "09:00", "11:00"), at("b", "11:30", "12:00")], "b", 0)) == {
        "b": "09:00-09:30",
        "a": "10:00-12:00",
    }
    there = reorder(ROW, "bus", 2)
    assert hours(there) == {"talks": "08:45-09:45", "tour": "10:15-11:15", "bus": "11:45-12:00"}


def test_what_goes_down_and_up_again_is_where_it_was() -> None:
    there = reorder(ROW, "bus", 1)
    moved = [Slot(s.id, there.get(s.id, s.when), s.fixed) for s in ROW]
    back = reorder(moved, "bus", 0)
    assert {**there, **back} == {s.id: s.when for s in ROW if s.id in there}


def test_a_fixed_neighbour_is_gone_past() -> None:
    row = [at("a", "09:00", "10:00"), at("fixed", "10:00", "11:00", fixed=True), at("c", "12:00", "12:30")]
    assert hours(reorder(row, "a", 1)) == {"a": "11:00-12:00"}
    assert hours(reorder(row, "c", 1)) == {"c": "09:30-10:00"}
    assert reorder(row, "fixed", 0) == {}


def test_a_point_without_an_hour_is_not_moved_in_time() -> None:
    row = [Slot("none", None), at("a", "09:00", "10:00")]
    assert reorder(row, "none", 1) == {}
    assert reorder(row, "a", 0) == {}


def test_a_day_is_copied_with_nights_that_end_on_the_next() -> None:
    night = When(date=DAY, start="22:00", end="07:00", end_date="2026-11-26", tz="Europe/Madrid")
    assert on_day(night, "2026-12-31").end_date == "2027-01-01"
    assert on_day(When(date=DAY, start="09:00"), "2026-12-01") == When(date="2026-12-01", start="09:00")


# -- dates of the visit -------------------------------------------------------------------------------


def test_a_visit_has_the_days_that_are_known_and_no_others() -> None:
    assert days_of(PartialDate("2026-11-23/2026-11-25")) == ["2026-11-23", "2026-11-24", "2026-11-25"]
    assert days_of(PartialDate("2026-11-23")) == ["2026-11-23"]
    assert days_of(PartialDate("2026-11")) == days_of(None) == days_of(PartialDate("2026-11-23/..")) == []


@pytest.mark.parametrize(
    ("offset", "dates", "due"),
    [
        (-60, "2026-11-23/2026-11-26", "2026-09-24"),
        (0, "2026-11-23/2026-11-26", "2026-11-23"),
        (7, "2026-11-23/2026-11-26", "2026-12-03"),
        (-14, "2026-11", None),
        (7, "2026-11-23/..", None),
        (-7, "2026-11-23~/..", "2026-11-16"),
        (None, "2026-11-23", None),
    ],
)
def test_something_is_due_before_the_first_day_or_after_the_last(offset: int, dates: str, due: str) -> None:
    assert due_on(offset, PartialDate(dates)) == due
