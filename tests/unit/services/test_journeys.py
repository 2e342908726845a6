"""One journey, one record: a flight of the programme and its transport have the same hours, whoever writes which."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ucapdesk.model.kinds.visit_kinds import ItineraryItem, TransportLeg
from ucapdesk.model.values import Bilingual, PartialDate, Refs, When
from ucapdesk.papers import printing as papers
from ucapdesk.services import line_entry
from ucapdesk.services.records import history, records
from ucapdesk.services.visits import visit_itinerary
from ucapdesk.services.workspaces import maintenance
from ucapdesk.store.desk import Desk

FIRST, SECOND = "2027-04-12", "2027-04-13"
FLIGHT = When(FIRST, "15:05", "06:40", SECOND, "Europe/Warsaw", "Asia/Shanghai")


@pytest.fixture
def visit(desk: Desk) -> str:
    host = records.add(desk, "place", {"name": Bilingual(en="Zhengzhou", zh="郑州"), "time_zone": "Asia/Shanghai"})
    values = {"dates": PartialDate(f"{FIRST}/2027-04-15"), "host_places": Refs([host])}
    return records.add(desk, "visit", {"title": Bilingual(en="Visit", zh="访问"), **values})


@pytest.fixture
def item(desk: Desk, visit: str) -> str:
    return line(desk, visit, "LO91 Warsaw to Beijing 1505 0640+1")


def line(desk: Desk, visit: str, typed: str, day: str = FIRST) -> str:
    return line_entry.add_itinerary_line(desk, visit, day, line_entry.read_itinerary_line(desk, typed))


def get(desk: Desk, id_: str) -> Any:
    return records.get(desk, id_)


def leg_of(desk: Desk, item: str) -> TransportLeg:
    found = desk.read.get(TransportLeg, get(desk, item).transport)
    assert found is not None
    return found


def test_a_line_makes_both_alike(desk: Desk, item: str) -> None:
    assert get(desk, item).when == leg_of(desk, item).when == FLIGHT


def test_what_is_written_in_one_is_written_in_the_other_in_the_same_step(desk: Desk, item: str) -> None:
    before = maintenance.digest(desk)
    late = When(FIRST, "16:05", "07:40", SECOND, "Europe/Warsaw", "Asia/Shanghai")
    records.edit(desk, item, {"when": late})
    assert leg_of(desk, item).when == late
    history.undo(desk)
    assert maintenance.digest(desk) == before
    records.edit(desk, leg_of(desk, item).id, {"when": late})
    assert get(desk, item).when == late
    history.undo(desk)
    assert maintenance.digest(desk) == before


def test_a_flight_that_moves_takes_its_transport_along(desk: Desk, visit: str, item: str) -> None:
    visit_itinerary.move_to_day(desk, item, SECOND)
    assert leg_of(desk, item).when == When(SECOND, "15:05", "06:40", "2027-04-14", "Europe/Warsaw", "Asia/Shanghai")
    visit_itinerary.move_entry(desk, item, 15)
    assert (leg_of(desk, item).when.start, leg_of(desk, item).when.end) == ("15:20", "06:55")  # type: ignore[union-attr]


def test_it_stands_on_the_day_it_leaves_and_on_the_day_it_arrives(desk: Desk, visit: str, item: str) -> None:
    whole = visit_itinerary.programme(desk, visit)
    assert [each.id for each in whole.day(FIRST).points] == [item]
    early = line(desk, visit, "0600 0700 breakfast", SECOND)
    tour = line(desk, visit, "0930 1030 visit museum", SECOND)
    whole = visit_itinerary.programme(desk, visit)
    assert [each.id for each in whole.day(SECOND).points] == [item, early, tour]
    assert whole.day(SECOND).arrives(whole.day(SECOND).points[0])
    assert whole.day(SECOND).marks.clashes == {item: (early,), early: (item,)}, (
        "who is still in the air has no breakfast"
    )
    assert whole.day(SECOND).marks.gaps == {tour: 150}
    assert whole.count == 3


def test_a_dinner_that_ends_after_midnight_arrives_nowhere(desk: Desk, visit: str) -> None:
    when = When(FIRST, "20:00", "00:45", SECOND, "Asia/Shanghai", "Asia/Shanghai")
    dinner = records.add(
        desk, "itinerary_item", {"owner": visit, "title": Bilingual(en="Farewell dinner"), "when": when}
    )
    whole = visit_itinerary.programme(desk, visit)
    assert [item.id for item in whole.day(FIRST).points] == [dinner]
    assert not whole.day(SECOND).points
    week = visit_itinerary.week(desk, date.fromisoformat(FIRST))
    assert [[entry.id for entry in day] for day in week.days[:2]] == [[dinner], []]
    sheet = str(papers.paper(desk, [visit], document="itinerary", languages=("en", "zh")))
    assert "Farewell dinner" in sheet
    assert "Arrival" not in sheet


def test_a_late_arrival_puts_off_the_rest_of_the_day_on_which_it_arrives(desk: Desk, visit: str, item: str) -> None:
    tour = line(desk, visit, "0930 1030 visit museum", SECOND)
    visit_itinerary.delay_day(desk, item, 60, SECOND)
    assert (leg_of(desk, item).when.end, get(desk, tour).when.start) == ("07:40", "10:30")  # type: ignore[union-attr]


def test_two_groups_on_one_flight_have_its_hours_both(desk: Desk, item: str) -> None:
    other = visit_itinerary.split(desk, item)
    records.edit(desk, other, {"transport": get(desk, item).transport})
    records.edit(desk, item, {"when": When(FIRST, "18:00", "09:00", SECOND, "Europe/Warsaw", "Asia/Shanghai")})
    assert get(desk, other).when.start == "18:00"


def test_what_only_leads_to_a_journey_keeps_its_own_hours_until_both_begin_together(desk: Desk, visit: str) -> None:
    leg = records.add(desk, "transport_leg", {"owner": visit, "mode": "train", "when": When(FIRST, "15:05", "18:00")})

    def to_station(start: str) -> str:
        values = {"owner": visit, "type": "departure", "transport": leg, "when": When(FIRST, start)}
        return records.add(desk, "itinerary_item", values)

    early, same = to_station("13:00"), to_station("15:05")
    records.edit(desk, leg, {"when": When(FIRST, "15:35", "18:30")})
    assert (get(desk, early).when.start, get(desk, same).when.start) == ("13:00", "15:35")
    records.edit(desk, early, {"when": When(FIRST, "12:00")})
    assert get(desk, leg).when.start == "15:35"


def test_an_arrival_goes_with_the_end_of_its_journey(desk: Desk, visit: str, item: str) -> None:
    leg = leg_of(desk, item).id
    values = {"owner": visit, "type": "arrival", "transport": leg, "when": When(SECOND, "06:40")}
    arrival = records.add(desk, "itinerary_item", values)
    records.edit(desk, leg, {"when": When(FIRST, "16:05", "07:40", SECOND, "Europe/Warsaw", "Asia/Shanghai")})
    assert get(desk, arrival).when == When(SECOND, "07:40")
    records.edit(desk, arrival, {"when": When(SECOND, "08:10")})
    assert get(desk, leg).when.end == get(desk, item).when.end == "08:10"


def _differing(desk: Desk, visit: str) -> tuple[str, str]:
    """A point and a transport that say different hours, as two desks may have written them."""
    leg = records.add(desk, "transport_leg", {"owner": visit, "mode": "flight", "number": "LO91", "when": FLIGHT})
    hours = When(FIRST, "16:05", "07:40", SECOND, "Europe/Warsaw", "Asia/Shanghai")
    title = Bilingual(en="Flight to Beijing", zh="飞往北京")
    values = {"owner": visit, "type": "flight", "transport": leg, "when": hours, "title": title}
    return records.add(desk, "itinerary_item", values), leg


@pytest.mark.rule("T2")
def test_where_both_say_different_hours_those_of_the_transport_are_told_and_the_difference_is_shown(
    desk: Desk, visit: str
) -> None:
    item, leg = _differing(desk, visit)
    assert (get(desk, item).when.start, get(desk, leg).when.start) == ("16:05", "15:05"), "nothing chosen in silence"
    whole = visit_itinerary.programme(desk, visit)
    assert whole.times[item] == FLIGHT
    assert set(whole.differing) == {item}
    [gap] = [gap for gap in papers.gaps(desk, [visit]).found if gap.code == "two_times"]
    assert (gap.id, gap.field) == (item, "when")
    assert "16:05" in gap.text
    assert "15:05" in gap.text
    records.edit(desk, item, {"when": FLIGHT})
    assert not visit_itinerary.programme(desk, visit).differing


def test_hours_that_one_of_them_lacks_are_those_of_the_other(desk: Desk, visit: str) -> None:
    leg = records.add(desk, "transport_leg", {"owner": visit, "mode": "flight"})
    values = {"owner": visit, "type": "flight", "transport": leg, "when": FLIGHT}
    item = records.add(desk, "itinerary_item", values)
    assert get(desk, leg).when == FLIGHT
    bare = records.add(desk, "itinerary_item", {"owner": visit, "type": "flight", "transport": leg})
    assert get(desk, bare).when == FLIGHT
    assert visit_itinerary.programme(desk, visit).times[item] == FLIGHT


def test_a_zone_that_nobody_knows_is_said_before_printing(desk: Desk, visit: str) -> None:
    line(desk, visit, "CA123 Nowhere to Elsewhere 1505 1640")
    records.edit(desk, visit, {"host_places": Refs([])})
    line(desk, visit, "0900 1000 meet")
    line(desk, visit, "1000 1100 talks")
    found = [(gap.kind, gap.field) for gap in papers.gaps(desk, [visit]).found if gap.code == "no_zone"]
    assert found == [("visit", "time_zone"), ("transport_leg", "when")]
    assert [item.type for item in desk.read.children(visit, ItineraryItem)].count("flight") == 1
