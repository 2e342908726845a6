"""The programme of a visit: read by days, typed in lines, put off, put in order, copied and parted; each one step."""

from __future__ import annotations

from typing import Any

import pytest

from tests.helpers.errors import user_error
from ucapdesk.model.kinds.visit_kinds import ItineraryItem, Participation, TransportLeg
from ucapdesk.model.values import Bilingual, HanName, PartialDate, PersonName, Refs, When
from ucapdesk.services import line_entry
from ucapdesk.services.records import history, records
from ucapdesk.services.visits import visit_itinerary
from ucapdesk.services.workspaces import maintenance
from ucapdesk.store.desk import Desk

DAY = "2026-11-25"


@pytest.fixture
def visit(desk: Desk) -> str:
    host = records.add(desk, "place", {"name": Bilingual(en="Barcelona", zh="巴塞罗那"), "time_zone": "Europe/Madrid"})
    values = {
        "title": Bilingual(en="Visit"),
        "dates": PartialDate("2026-11-24/2026-11-26"),
        "host_places": Refs([host]),
    }
    return records.add(desk, "visit", values)


def line(desk: Desk, visit: str, typed: str, day: str = DAY) -> str:
    return line_entry.add_itinerary_line(desk, visit, day, line_entry.read_itinerary_line(desk, typed))


def get(desk: Desk, id_: str) -> Any:
    return records.get(desk, id_)


def hours(desk: Desk, visit: str, day: str = DAY) -> list[str]:
    return [
        f"{item.when.start}-{item.when.end}"
        for item in visit_itinerary.programme(desk, visit).day(day).items
        if item.when
    ]


# -- reading ------------------------------------------------------------------------------------------


def test_the_days_are_those_of_the_visit_those_with_points_and_those_something_is_said_of(
    desk: Desk, visit: str
) -> None:
    line(desk, visit, "0900 arrival", "2026-11-22")
    visit_itinerary.day_record(desk, visit, "2026-11-28")
    records.add(desk, "itinerary_item", {"owner": visit, "title": Bilingual(en="Some time")})
    found = visit_itinerary.programme(desk, visit)
    assert [day.date for day in found.days] == ["", "2026-11-22", "2026-11-24", DAY, "2026-11-26", "2026-11-28"]
    assert found.count == 2
    assert found.day("2026-11-28").record is not None


@pytest.mark.parametrize(
    "dates", ["2027-05", "2027", "2027-05-30/2027-06-02", "2027-05/..", "../2027", "2027-05-30/2027-06"]
)
def test_a_line_may_begin_with_any_day_on_which_the_visit_may_be(desk: Desk, visit: str, dates: str) -> None:
    records.edit(desk, visit, {"dates": PartialDate(dates)})
    days = visit_itinerary.typed_days(visit_itinerary.dates(desk, visit), get(desk, visit))
    said = line_entry.read_itinerary_line(desk, "31 May 0930 meet the mayor", days=days)
    assert (said.day, said.start) == ("2027-05-31", "09:30")


@pytest.mark.rule("T2")
def test_hours_are_told_on_the_clock_of_the_host_city_unless_the_visit_says_another(desk: Desk, visit: str) -> None:
    assert visit_itinerary.programme(desk, visit).zone == "Europe/Madrid"
    id_ = line(desk, visit, "0900 1000 meet")
    assert visit_itinerary.programme(desk, visit).times[id_].tz == "Europe/Madrid"
    records.edit(desk, visit, {"time_zone": "Asia/Shanghai"})
    found = visit_itinerary.programme(desk, visit)
    assert (found.zone, found.times[id_].tz) == ("Asia/Shanghai", "Asia/Shanghai")


def test_days_and_zones_that_are_none_are_left_out(desk: Desk, visit: str) -> None:
    records.add(desk, "itinerary_day", {"owner": visit, "date": "柳州"})
    records.edit(desk, visit, {"time_zone": "柳州"})
    found = visit_itinerary.programme(desk, visit)
    assert [day.date for day in found.days] == ["2026-11-24", DAY, "2026-11-26"]
    assert found.zone == "Europe/Madrid"


def test_two_rooms_of_one_house_are_no_way_apart(desk: Desk, visit: str) -> None:
    house = records.add(desk, "place", {"name": Bilingual(en="City hall")})
    room = records.add(desk, "place", {"name": Bilingual(en="Room 2"), "parent": house})
    other = records.add(desk, "place", {"name": Bilingual(en="Port")})
    for start, end, place in (("09:00", "10:00", house), ("10:00", "11:00", room), ("11:05", "12:00", other)):
        when = When(date=DAY, start=start, end=end, tz="Europe/Madrid")
        records.add(desk, "itinerary_item", {"owner": visit, "when": when, "place": place})
    day = visit_itinerary.programme(desk, visit).day(DAY)
    assert [minutes for _, minutes in day.marks.hurries.values()] == [5]


# -- one line -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("drc liuzhou", True),
        ("DRC", True),
        ("柳州市发改委", True),
        ("发改委", True),
        ("liuzhou", False),
        ("commission", False),
    ],
)
def test_a_house_is_found_where_the_words_name_no_other(desk: Desk, visit: str, typed: str, found: bool) -> None:
    drc = records.add(
        desk,
        "organisation",
        {"name": Bilingual(en="Liuzhou Development and Reform Commission", zh="柳州市发展和改革委员会"),
         "short_name": Bilingual(zh="柳州市发改委"), "acronym": "DRC"},
    )  # fmt: skip
    records.add(desk, "organisation", {"name": Bilingual(en="Liuzhou Health Commission", zh="柳州市卫生委员会")})
    known = line_entry.record_finder(desk)("organisation", typed)
    assert (known.id if known else None) == (drc if found else None)


@pytest.mark.parametrize(
    ("typed", "found"), [("lmy", True), ("limingyu", True), ("李明宇", True), ("Li Mingyu", True), ("li", False)]
)
def test_a_person_is_found_by_name_pinyin_or_initials(desk: Desk, typed: str, found: bool) -> None:
    li = records.add(
        desk, "person", {"name": PersonName("Li", "Mingyu", "family_first"), "name_han": HanName("李", "明宇")}
    )
    records.add(desk, "person", {"name": PersonName("Li", "Wei", "family_first"), "name_han": HanName("李", "伟")})
    known = line_entry.record_finder(desk)("person", typed)
    assert (known.id if known else None) == (li if found else None)


def test_two_people_of_one_name_are_not_told_apart_by_it(desk: Desk) -> None:
    for _ in range(2):
        records.add(desk, "person", {"name": PersonName("Zhang", "Wei"), "name_han": HanName("张", "伟")})
    assert line_entry.record_finder(desk)("person", "张伟") is None


@pytest.mark.rule("T3")
def test_a_line_makes_the_point_its_people_and_its_place_in_one_step(desk: Desk, visit: str) -> None:
    before = maintenance.digest(desk)
    id_ = line(desk, visit, "1545 1700 visit smart energy @ Liudong New District + 陆辉 (fixed)")
    item = get(desk, id_)
    assert (item.type, item.title, item.fixed) == ("site_visit", Bilingual(en="smart energy"), True)
    assert get(desk, item.place).name == Bilingual(en="Liudong New District")
    [part] = desk.read.children(id_, Participation)
    assert get(desk, part.person or "").name_han == HanName("陆", "辉")
    assert visit_itinerary.programme(desk, visit).people == {id_: 1}
    history.undo(desk)
    assert maintenance.digest(desk) == before


def test_a_new_place_where_one_checks_in_is_a_hotel(desk: Desk, visit: str) -> None:
    item = get(desk, line(desk, visit, "1500 check-in @ Haizhou Bay Hotel"))
    assert get(desk, item.place).type == "hotel"
    assert get(desk, get(desk, line(desk, visit, "1600 talks @ Bay Tower")).place).type is None


@pytest.mark.rule("T2")
def test_a_flight_is_a_journey_with_both_clocks(desk: Desk, visit: str) -> None:
    records.add(desk, "place", {"name": Bilingual(en="Shanghai"), "time_zone": "Asia/Shanghai"})
    item = get(desk, line(desk, visit, "2105 1530 flight CA840 Barcelona → Shanghai"))
    leg = get(desk, item.transport)
    assert [each.id for each in desk.read.children(visit, TransportLeg)] == [leg.id]
    assert (leg.mode, leg.number, leg.arrives_at) == ("flight", "CA840", Bilingual(en="Shanghai"))
    assert (leg.when.tz, leg.when.end_tz, leg.when.end_date) == ("Europe/Madrid", "Asia/Shanghai", "2026-11-26")


@pytest.mark.rule("T2")
def test_a_flight_from_elsewhere_begins_on_the_clock_there(desk: Desk, visit: str) -> None:
    records.add(desk, "place", {"name": Bilingual(en="Liuzhou"), "time_zone": "Asia/Shanghai"})
    for way in ("Liuzhou → Barcelona", "北京 → Barcelona"):  # one on record, one that every clock knows
        leg = get(desk, get(desk, line(desk, visit, f"0130 0745 flight CA845 {way}")).transport)
        assert (leg.when.tz, leg.when.end_tz) == ("Asia/Shanghai", "Europe/Madrid")
    id_ = line(desk, visit, "0900 1130 train Madrid → Córdoba")
    assert visit_itinerary.programme(desk, visit).times[id_].tz == "Europe/Madrid"


def test_nothing_at_all_is_no_point(desk: Desk, visit: str) -> None:
    with user_error("nothing-said"):
        line(desk, visit, "  ")


# -- moving -------------------------------------------------------------------------------------------


@pytest.fixture
def day(desk: Desk, visit: str) -> list[str]:
    typed = ("0930 1030 meet", "1100 1200 visit port", "1600 1730 talks", "1830 2030 dinner fixed")
    return [line(desk, visit, each) for each in typed]


@pytest.mark.rule("U2", "C5")
def test_a_late_flight_puts_off_the_rest_of_the_day_in_one_step(desk: Desk, visit: str, day: list[str]) -> None:
    before = maintenance.digest(desk)
    planned = visit_itinerary.preview_delay(desk, day[1], 90)
    assert visit_itinerary.delay_day(desk, day[1], 90) == planned
    assert hours(desk, visit) == ["09:30-10:30", "12:30-13:30", "17:30-19:00", "18:30-20:30"]
    assert visit_itinerary.programme(desk, visit).day(DAY).marks.clashes.keys() == {day[2], day[3]}
    assert history.next_undo(desk, "en") == "Moved 2 items of Wed 25 Nov by 1:30"
    history.undo(desk)
    assert maintenance.digest(desk) == before


def test_the_meeting_and_the_journey_of_a_point_go_with_it_while_their_hours_are_the_same(
    desk: Desk, visit: str
) -> None:
    id_ = line(desk, visit, "0900 1100 flight IB1234")
    when = get(desk, id_).when
    meeting = records.add(desk, "meeting", {"when": When(date=when.date, start="09:00", end="10:00", tz=when.tz)})
    other = records.add(desk, "meeting", {"when": When(date=when.date, start="09:15", tz=when.tz)})
    records.edit(desk, id_, {"meeting": meeting})
    visit_itinerary.delay_day(desk, id_, 30)
    assert (get(desk, meeting).when.start, get(desk, meeting).when.end) == ("09:30", "10:30")
    assert get(desk, get(desk, id_).transport).when.end == "11:30"
    records.edit(desk, id_, {"meeting": other})
    visit_itinerary.move_entry(desk, id_, 15)
    assert get(desk, other).when.start == "09:15"


def test_a_delay_that_moves_nothing_is_refused(desk: Desk, day: list[str]) -> None:
    with user_error("nothing-moves"):
        visit_itinerary.delay_day(desk, day[3], 30)
    with user_error("nothing-moves"):
        visit_itinerary.delay_day(desk, day[0], 0)
    with user_error("no-such-point"):
        visit_itinerary.delay_day(desk, "00000000-0000-0000-0000-000000000000", 30)


def test_a_point_changes_places_with_its_neighbour_and_goes_a_quarter_on(
    desk: Desk, visit: str, day: list[str]
) -> None:
    visit_itinerary.reorder(desk, day[1], 0)
    assert hours(desk, visit)[:2] == ["09:30-10:30", "11:00-12:00"]
    assert visit_itinerary.programme(desk, visit).day(DAY).items[0].id == day[1]
    visit_itinerary.move_entry(desk, day[3], -15)
    assert hours(desk, visit)[3] == "18:15-20:15"
    with user_error("nothing-moves"):
        visit_itinerary.reorder(desk, day[3], 0)


def test_a_point_goes_to_another_day_with_its_hours(desk: Desk, visit: str, day: list[str]) -> None:
    visit_itinerary.move_to_day(desk, day[0], "2026-11-26")
    assert hours(desk, visit, "2026-11-26") == ["09:30-10:30"]


def test_a_day_is_copied_with_its_people_but_not_with_what_is_of_that_day_alone(desk: Desk, visit: str) -> None:
    records.add(desk, "person", {"name": PersonName("Li", "Mingyu"), "name_han": HanName("李", "明宇")})
    first = line(desk, visit, "0930 1030 meet + lmy")
    records.edit(desk, first, {"confirmed": True, "meeting": records.add(desk, "meeting", {})})
    made = visit_itinerary.copy_day(desk, visit, DAY, "2026-11-26")
    copy = get(desk, made[0])
    assert (copy.when.date, copy.when.start, copy.meeting, copy.confirmed) == ("2026-11-26", "09:30", None, None)
    assert len(desk.read.children(copy.id, Participation)) == 1
    assert history.next_undo(desk, "en") == "Copied 1 item of Wed 25 Nov to Thu 26 Nov"
    with user_error("nothing-moves"):
        visit_itinerary.copy_day(desk, visit, "2026-11-24", DAY)


def test_the_delegation_parts_and_nobody_is_at_two_places(desk: Desk, visit: str) -> None:
    id_ = line(desk, visit, "0930 1030 visit port")
    other = visit_itinerary.split(desk, id_)
    assert [get(desk, each).group for each in (id_, other)] == ["A", "B"]
    assert not visit_itinerary.programme(desk, visit).day(DAY).marks.clashes
    history.undo(desk)
    assert [item.id for item in desk.read.children(visit, ItineraryItem)] == [id_]
