"""J6, a day of six points typed in by keys alone; J7, a late flight that moves the rest of the day."""

from __future__ import annotations

import io
from typing import Any

import pytest

from tests.helpers import seed
from tests.journeys.conftest import AtDesk
from tests.ui.list_hands import point_of
from ucapdesk.base.i18n import language
from ucapdesk.model.kinds.visit_kinds import ItineraryItem
from ucapdesk.model.values import When
from ucapdesk.papers import printing as papers
from ucapdesk.services import line_entry
from ucapdesk.services.files import packs
from ucapdesk.services.records import records
from ucapdesk.services.visits import visit_itinerary
from ucapdesk.services.workspaces import maintenance
from ucapdesk.ui.screens.programme_panel import ProgrammePanel

Typed = tuple[str, ...]
"""What is typed letter by letter; pinyin and the characters chosen for it stand as ``pinyin=characters``."""

DAY_EN: tuple[str, ...] = (
    "0930 1030 meet drc liuzhou", "1100 1145 talks", "1215 1330 meal", "1430 1600 visit port", "1545 1700 visit zoo", "1900 dinner",
)  # fmt: skip
DAY_ZH: tuple[Typed, ...] = (
    ("0930 1030 ", "huimian=会面", " ", "qnggzz=氢能工作组"),
    ("1100 1145 ", "huitan=会谈"),
    ("=１２１５　１３３０　", "yongcan=用餐"),
    ("1430 1600 ", "fangwen=访问", "gangkou=港口"),
    ("1545 1700 ", "fangwen=访问"),
    ("19", "dian=点", "wancan=晚餐"),
)


def panel(at_desk: AtDesk) -> ProgrammePanel:
    found: ProgrammePanel = at_desk.window.record.special.programme
    return found


def items(at_desk: AtDesk, visit: str) -> list[ItineraryItem]:
    found = visit_itinerary.programme(at_desk.desk, visit)
    return [item for day in found.days for item in day.items]


def write(at_desk: AtDesk, line: str | Typed) -> None:
    for part in (line,) if isinstance(line, str) else line:
        pinyin, chosen, characters = part.partition("=")
        if chosen:
            at_desk.driver.compose(pinyin or characters, characters)
        else:
            at_desk.driver.type(part)


@pytest.mark.rule("W2", "R5", "R17", "I2", "I5", "J6")
def test_a_day_of_six_points_is_typed_by_keys_alone(at_desk: AtDesk) -> None:
    driver = at_desk.driver.press("Ctrl+2", "Enter", "Ctrl+N")
    visit = at_desk.shown.id
    lines: tuple[str | Typed, ...] = DAY_EN if language() == "en" else DAY_ZH
    for line in lines:
        driver.think()
        write(at_desk, line)
        understood = [piece.what for piece in panel(at_desk).entry.pieces]
        assert understood[:2] == ["time", "kind"]
        driver.press("Enter")
    driver.press("Esc")
    made = items(at_desk, visit)
    hours = [(item.when.start, item.when.end) for item in made if item.when]
    assert hours == [
        ("09:30", "10:30"), ("11:00", "11:45"), ("12:15", "13:30"), ("14:30", "16:00"), ("15:45", "17:00"), ("19:00", None),
    ]  # fmt: skip
    assert [item.type for item in made] == ["meeting", "meeting", "meal", "site_visit", "site_visit", "meal"]
    first: Any = made[0]
    house = at_desk.found("drc liuzhou" if language() == "en" else "氢能工作组")[0]
    assert dict(first.title) == dict(house.name), "the house was recognised and gives the title in both languages"
    rows = panel(at_desk).rows
    assert [bool(point_of(rows, item.id).trouble) for item in made] == [False, False, False, True, True, False]
    assert rows.hasFocus()
    took = driver.took
    assert took.keys <= 175
    assert took.clicks == 0
    assert took.seconds - sum(took.answers) < 80


PLAN = (
    "0845 0900 bus", "0930 1030 meet", "1100 1200 visit port", "1500 1630 talks", "1700 1800 meet", "1830 2030 dinner fixed",
)  # fmt: skip


@pytest.mark.rule("R19", "U1", "U2", "C5", "J7")
def test_a_flight_is_late_and_the_rest_of_the_day_moves(at_desk: AtDesk) -> None:
    desk, day = at_desk.desk, seed.TODAY.isoformat()
    visit = next(id_ for id_ in records.listing(desk, "visit") if records.get(desk, id_).status == "in_progress")  # type: ignore[attr-defined]
    made = [
        line_entry.add_itinerary_line(desk, visit, day, line_entry.read_itinerary_line(desk, line)) for line in PLAN
    ]
    packs.print_pack(desk, papers.request(desk, [visit], document="visit_pack"), io.BytesIO())
    at_desk.window.show_record(visit)
    at_desk.window.show_focused(True)
    before = maintenance.digest(desk)
    driver = at_desk.driver.think().click_row("itinerary.items", "11:00").think().click("itinerary.delay")
    driver.type("130").press("Enter")
    took = driver.took
    assert took.keys <= 4
    assert took.clicks <= 2
    assert took.seconds - sum(took.answers) < 20

    def hours(id_: str) -> str:
        when: When = records.get(desk, id_).when  # type: ignore[attr-defined]
        return f"{when.start}-{when.end}"

    assert [hours(id_) for id_ in made] == [
        "08:45-09:00", "09:30-10:30", "12:30-13:30", "16:30-18:00", "18:30-19:30", "18:30-20:30",
    ]  # fmt: skip
    rows = panel(at_desk).rows
    assert [bool(point_of(rows, id_).trouble) for id_ in made] == [False, False, False, False, True, True]
    assert point_of(rows, made[5]).fixed
    assert packs.packs_of(desk, visit)[0].changed, "the pack that was printed is not what it would be now"
    driver.press("Ctrl+Z")
    assert maintenance.digest(desk) == before
    assert hours(made[2]) == "11:00-12:00"
    assert point_of(rows, made[2]).start == "11:00"
    assert not packs.packs_of(desk, visit)[0].changed


@pytest.mark.rule("U1")
def test_taking_back_a_delay_that_moved_a_journey_too_stays_in_the_programme(at_desk: AtDesk) -> None:
    desk, day = at_desk.desk, seed.TODAY.isoformat()
    visit = next(id_ for id_ in records.listing(desk, "visit") if records.get(desk, id_).status == "in_progress")  # type: ignore[attr-defined]
    for line in ("flight IB3456 Madrid → Beijing 0855 1140", "1200 1300 lunch"):
        line_entry.add_itinerary_line(desk, visit, day, line_entry.read_itinerary_line(desk, line))
    at_desk.window.show_record(visit)
    at_desk.window.show_focused(True)
    at_desk.driver.click_row("itinerary.items", "08:55").click("itinerary.delay").type("130").press("Enter", "Ctrl+Z")
    assert at_desk.window.record.special.current == "itinerary"
    assert panel(at_desk).rows.hasFocus()
