"""A meeting that just ended, written down before the next one begins: by keys alone, in either language."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from tests.journeys.conftest import AtDesk
from ucapdesk.base.i18n import language
from ucapdesk.model.values import Bilingual, When
from ucapdesk.services.exchange import exchange_service
from ucapdesk.services.records import records

TODAY = date(2026, 11, 24)
PEOPLE = ("lmy", "cy", "ana", "mar", "jon", "luc")


def _actions(at_desk: AtDesk) -> None:
    """Three actions, each with an owner and a day, as J1 has them."""
    driver = at_desk.driver.press("Ctrl+J").think()
    due = ("fri", "15.12", "+14")
    for at, (text, owner) in enumerate((("send parking data schema", "ana"), ("name a data owner", "lmy"),
                                        ("book follow-up call", "cy"))):  # fmt: skip
        driver.type(text).press("Tab", "Tab").type(owner).press("Tab").type(due[at])
        driver.press("Return" if at < 2 else "Ctrl+Return").think()


def _made(at_desk: AtDesk, before: set[str]) -> Any:
    (id_,) = set(records.listing(at_desk.desk, "meeting")) - before
    return records.get(at_desk.desk, id_)


def _check(at_desk: AtDesk, meeting: Any) -> None:
    owned: Any = records.children(at_desk.desk, meeting.id)
    people = [records.get(at_desk.desk, each.person) for each in owned["participation"]]
    assert len(people) == 6
    assert ("李", "明宇") in [(p.name_han.family, p.name_han.given) for p in people if p.name_han]  # type: ignore[attr-defined]
    assert [each.due.edtf for each in owned["action_item"]] == ["2026-11-27", "2026-12-15", "2026-12-08"]
    first = records.get(at_desk.desk, owned["action_item"][0].person)
    assert first.name.given == "Ana"  # type: ignore[attr-defined]
    assert meeting.when.date == "2026-11-24"
    running = records.get(at_desk.desk, meeting.visit)
    assert running.status == "in_progress"  # type: ignore[attr-defined]


@pytest.mark.rule("R3", "R4", "S1", "V3", "K3", "U1", "J1")
def test_a_meeting_is_written_down_from_nothing_but_the_clock(at_desk: AtDesk) -> None:
    before, to_give = set(records.listing(at_desk.desk, "meeting")), exchange_service.standing(at_desk.desk).to_give
    driver = at_desk.driver.press("Ctrl+M").think()
    assert at_desk.window.focusWidget().objectName() == f"field.title.{language()}"
    driver.type("smart mobility pilot").press("Tab", "Tab").think()
    for person in PEOPLE:
        driver.type(person).press("Return")
    _actions(at_desk)
    took = driver.took
    meeting = _made(at_desk, before)
    assert meeting.title[language()] == "smart mobility pilot"
    assert meeting.when.start == "16:00"
    _check(at_desk, meeting)
    assert took.keys <= 150
    assert took.clicks == 0
    assert took.seconds - sum(took.answers) < 90
    assert exchange_service.standing(at_desk.desk).to_give > to_give
    chip = at_desk.window.record.findChild(QPushButton, "record.missing." + ("zh" if language() == "en" else "en"))
    assert chip.isVisible()
    steps = 0
    while not records.get(at_desk.desk, meeting.id).is_deleted:  # what was done, one by one: cells, people, the title
        driver.press("Ctrl+Z")
        steps += 1
        assert bool(records.children(at_desk.desk, meeting.id)["action_item"]) == (steps < 3 * 3)
    assert steps == 3 * 3 + len(PEOPLE) + 1


CHINESE_ACTIONS = (
    ("fasongtingcheshuju", "发送停车数据", "ana", ("zhouwu", "周五")),
    ("zhidingfuzeren", "指定数据负责人", "lmy", ("", "12月15日")),
    ("yuyuetonghua", "预约后续通话", "cy", ("", "+14")),
)


def compose(at_desk: AtDesk, pinyin: str, text: str) -> None:
    """Into a text of two languages, whose Chinese stands second for an English reader; the keys go on behind both."""
    driver = at_desk.driver
    if language() == "en":
        driver.press("Tab")
    driver.compose(pinyin, text).press("Tab")
    if language() == "zh":
        driver.press("Tab")


@pytest.mark.rule("I2", "I3", "V3", "J1")
def test_the_same_is_written_with_an_input_method(at_desk: AtDesk) -> None:
    before = set(records.listing(at_desk.desk, "meeting"))
    driver = at_desk.driver.press("Ctrl+M").think()
    compose(at_desk, "zhihuichuxingshidian", "智慧出行试点")
    driver.compose("limingyu", "李明宇").press("Return").compose("chenyan", "陈燕").press("Return")
    for person in PEOPLE[2:]:
        driver.type(person).press("Return")
    driver.press("Ctrl+J").think()
    for at, (pinyin, text, owner, (day_pinyin, day)) in enumerate(CHINESE_ACTIONS):
        compose(at_desk, pinyin, text)
        driver.type(owner).press("Tab")
        if day.isascii():
            driver.type(day)
        else:
            driver.compose(day_pinyin or "shieryue", day)
        driver.press("Return" if at < 2 else "Ctrl+Return").think()
    meeting = _made(at_desk, before)
    assert meeting.title["zh"] == "智慧出行试点"
    _check(at_desk, meeting)
    said = [each.text["zh"] for each in records.children(at_desk.desk, meeting.id)["action_item"]]  # type: ignore[attr-defined]
    assert said == [text for _, text, _, _ in CHINESE_ACTIONS]
    assert driver.took.clicks == 0


@pytest.mark.rule("W1", "W3", "J1b")
def test_what_the_programme_has_is_filled_in(at_desk: AtDesk) -> None:
    desk = at_desk.desk
    visit = next(id_ for id_ in records.listing(desk, "visit") if records.get(desk, id_).status == "in_progress")  # type: ignore[attr-defined]
    hall = records.listing(desk, "place")[0]
    item = records.add(desk, "itinerary_item", {
        "owner": visit, "type": "meeting", "title": Bilingual(en="Smart mobility pilot", zh="智慧出行试点"), "place": hall,
        "when": When(date=TODAY.isoformat(), start="15:05", end="16:05"),
    })  # fmt: skip
    for said in PEOPLE[:5]:
        person = next(each for each in at_desk.found(said) if type(each).__tablename__ == "person")
        records.add(desk, "participation", {"owner": item, "person": person.id})
    before = set(records.listing(desk, "meeting"))
    driver = at_desk.driver.press("Ctrl+M").think()
    driver.type("luc").press("Return")
    _actions(at_desk)
    meeting = _made(at_desk, before)
    assert meeting.title == Bilingual(en="Smart mobility pilot", zh="智慧出行试点")
    assert (meeting.when.start, meeting.when.end, list(meeting.places)) == ("15:05", "16:05", [hall])
    assert records.get(desk, item).meeting == meeting.id  # type: ignore[attr-defined]
    _check(at_desk, meeting)
    assert driver.took.keys <= 110
    assert driver.took.clicks == 0
    assert driver.took.seconds - sum(driver.took.answers) < 60


def test_what_is_still_open_can_be_read_in_a_meeting_that_was_just_begun(at_desk: AtDesk) -> None:
    at_desk.driver.press("Ctrl+M").type("smart mobility").press("Tab", "Tab").type("lmy").press("Return")
    row = at_desk.window.findChild(QWidget, "meeting.carried.0")
    words = [label for label in row.findChildren(QLabel) if label.text()]
    at_desk.driver.wait(lambda: row.isVisible() and all(label.height() >= 16 for label in words))
