"""The whole story of a visit, entered by hand: days and delegation, two meetings, three MoUs signed, actions; and found again."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget

from tests.journeys.conftest import AtDesk
from ucapdesk.base.i18n import language
from ucapdesk.model.values import PartialDate
from ucapdesk.services.records import records

VISIT = ("Liuzhou receives European cities", "柳州接待欧洲城市代表团")
DAYS = {
    "10": ("0930 1030 meet drc liuzhou", "1400 1530 talks hydrogen buses", "1900 2030 dinner fixed"),
    "12": ("0900 1100 visit liudong",),
}
"""By day of June: the lines of the programme."""
DELEGATION = ("ana", "mar", "jon")
MINUTES = (
    (
        ("Two hydrogen buses are tested in Liudong", "两辆氢能公交在柳东试运行"),
        ("Results are shared each quarter", "每季度共享结果"),
    ),
    (("The data schema is agreed", "数据格式已商定"),),
)
ACTIONS = (
    (("Send the schema", "发送数据格式"), "ana", "2019-07-01"),
    (("Name a data owner", "指定数据负责人"), "lmy", "2019-07-15"),
)
MOUS = (
    ("Hydrogen buses", "氢能公交合作备忘录"),
    ("Smart mobility", "智慧出行合作备忘录"),
    ("Low-carbon district", "低碳城区合作备忘录"),
)
NEW_BUREAU = "柳州投促局"


def write_both(at_desk: AtDesk, texts: tuple[str, str]) -> None:
    """A text in both languages, the reader's first; the keys are in the second box afterwards."""
    english, chinese = texts
    if language() == "en":
        at_desk.driver.type(english).press("Tab").compose("zhongwen", chinese)
    else:
        at_desk.driver.compose("zhongwen", chinese).press("Tab").type(english)


def new_ones(at_desk: AtDesk, kind: str, before: set[str]) -> list[str]:
    return [id_ for id_ in records.listing(at_desk.desk, kind) if id_ not in before]


def plan_the_visit(at_desk: AtDesk) -> str:
    """The visit with its dates, the lines of two of its days, and who comes."""
    before = set(records.listing(at_desk.desk, "visit"))
    driver = at_desk.driver.press("Ctrl+2", "Ctrl+N")
    write_both(at_desk, VISIT)
    driver.press("Tab").type("2019-06-09/2019-06-15").press("Tab", "Ctrl+Tab")
    assert at_desk.window.findChild(QListWidget, "itinerary.days").count() == 7, "each of its days"
    for day, lines in DAYS.items():
        driver.click_row("itinerary.days", day).press("Ctrl+N")
        for line in lines:
            driver.type(line).press("Enter")
        driver.press("Esc")
    driver.press("Ctrl+Tab")
    for name in DELEGATION:
        driver.type(name).press("Enter")
    (visit,) = new_ones(at_desk, "visit", before)
    return visit


def search(at_desk: AtDesk, pinyin: str, typed: str) -> list[Any]:
    """Look for something from anywhere; the records that are offered, the best first. The search stays open."""
    driver = at_desk.driver.press("Ctrl+K")
    if typed.isascii():
        driver.type(typed)
    else:
        driver.compose(pinyin, typed)
    hits = at_desk.window.findChild(QListWidget, "search.hits")
    ids = [hits.item(row).data(Qt.ItemDataRole.UserRole) for row in range(hits.count())]
    return at_desk.desk.read.many([id_ for id_ in ids if id_])


def log(at_desk: AtDesk, holds: str, minutes: tuple[tuple[str, str], ...]) -> str:
    """A point of the programme becomes a meeting: everybody of the delegation was there, and this was said."""
    driver = at_desk.driver
    assert search(at_desk, "", VISIT[0])[0].title["en"] == VISIT[0]
    driver.press("Enter", "Enter")
    while at_desk.window.record.special.current != "itinerary":
        driver.press("Ctrl+Tab")
    driver.click_row("itinerary.days", "10").click_row("itinerary.items", holds)
    driver.choose("itinerary.item_menu", "itinerary.do.meeting")
    driver.click("meeting.expected").click("meeting.attended")
    driver.click("parts.minute_entry.add")
    for at, texts in enumerate(minutes):
        write_both(at_desk, texts)
        driver.press("Enter" if at + 1 < len(minutes) else "Tab")
    return str(at_desk.shown.id)


def agree_on_actions(at_desk: AtDesk) -> None:
    driver = at_desk.driver.click("parts.action_item.add")
    for at, (texts, owner, due) in enumerate(ACTIONS):
        write_both(at_desk, texts)
        driver.press("Tab").type(owner).press("Tab").type(due)
        driver.press("Enter" if at + 1 < len(ACTIONS) else "Ctrl+Return")


def sign(at_desk: AtDesk, title: tuple[str, str], *, first: bool) -> None:
    """An MoU of a bureau, which is new to the desk the first time, and a department of mobility."""
    driver = at_desk.driver.press("Ctrl+7", "Ctrl+N")
    write_both(at_desk, title)
    driver.press("Tab").click("parts.agreement_party.add")
    if first:
        driver.compose("liuzhoutoucuju", NEW_BUREAU)
    else:
        driver.type("lztcj")
    driver.press("Enter", "Ctrl+N").type("mobility").press("Enter", "Tab")
    driver.click("mou.sign").type("2019-06-14").press("Tab").type("lmy").press("Enter", "Tab").type("ana").press(
        "Enter"
    )
    driver.click("mou.sign.confirm")


@pytest.mark.row("M2", "M3", "M4")
@pytest.mark.qt_log_ignore("does not support", extend=True)  # a menu that opens, on the offscreen platform
@pytest.mark.rule("R3", "R12", "R13", "W4", "F1", "F2")
def test_the_story_of_a_visit_is_entered_by_hand_and_found_again(at_desk: AtDesk) -> None:
    desk = at_desk.desk
    visit = plan_the_visit(at_desk)
    planned: Any = records.children(desk, visit)
    assert records.get(desk, visit).dates == PartialDate("2019-06-09/2019-06-15")  # type: ignore[attr-defined]
    assert [(each.when.date, each.when.start) for each in planned["itinerary_item"]] == [
        ("2019-06-10", "09:30"), ("2019-06-10", "14:00"), ("2019-06-10", "19:00"), ("2019-06-12", "09:00"),
    ]  # fmt: skip
    assert len(planned["participation"]) == len(DELEGATION)
    first = log(at_desk, "14:00", MINUTES[0])
    agree_on_actions(at_desk)
    second = log(at_desk, "09:30", MINUTES[1])
    for id_, minutes in ((first, MINUTES[0]), (second, MINUTES[1])):
        met: Any = records.children(desk, id_)
        assert [(each.text["en"], each.text["zh"]) for each in met["minute_entry"]] == list(minutes)
        assert [each.attendance for each in met["participation"]] == ["attended"] * len(DELEGATION)
        assert records.get(desk, id_).visit == visit  # type: ignore[attr-defined]
    actions: Any = records.children(desk, first)["action_item"]
    assert [each.due.edtf for each in actions] == [due for _, _, due in ACTIONS]
    before = set(records.listing(desk, "agreement"))
    for at, title in enumerate(MOUS):
        sign(at_desk, title, first=at == 0)
    made = [records.get(desk, id_) for id_ in new_ones(at_desk, "agreement", before)]
    assert sorted(each.title["zh"] for each in made) == sorted(zh for _, zh in MOUS)  # type: ignore[attr-defined]
    assert {(each.status, str(each.signed and each.signed.edtf)) for each in made} == {("signed", "2019-06-14")}  # type: ignore[attr-defined]
    assert all(len(records.children(desk, each.id)["signatory"]) == 2 for each in made)
    assert visit in [each.id for each in search(at_desk, "liuzhou", "柳州")]
    at_desk.driver.press("Escape")
    assert search(at_desk, "", "lztcj")[0].name["zh"] == NEW_BUREAU
    at_desk.driver.press("Enter")
    assert at_desk.shown.name["zh"] == NEW_BUREAU
    hydrogen = {each.id for each in search(at_desk, "", "hydrogen")}
    assert hydrogen >= {first, next(each.id for each in made if each.title["en"] == "Hydrogen buses")}  # type: ignore[attr-defined]
