"""A visit at the window from its dates to the MoUs signed: the whole story, a day typed in lines, a late flight, an MoU marked as signed."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget

from tests.helpers import seed
from tests.journeys.conftest import AtDesk
from tests.ui.list_hands import point_of
from ucapdesk.base.i18n import language
from ucapdesk.model.kinds.visit_kinds import ItineraryItem
from ucapdesk.model.values import Bilingual, PartialDate, When
from ucapdesk.papers import printing as papers
from ucapdesk.services import line_entry
from ucapdesk.services.files import packs
from ucapdesk.services.records import attached_files, records
from ucapdesk.services.visits import visit_itinerary
from ucapdesk.services.workspaces import maintenance
from ucapdesk.ui.screens.programme_panel import ProgrammePanel

VISIT = ("Liuzhou receives European cities", "柳州接待欧洲城市代表团")
# By day of June: the lines of the programme.
DAYS = {
    "10": ("0930 1030 meet drc liuzhou", "1400 1530 talks hydrogen buses", "1900 2030 dinner fixed"),
    "12": ("0900 1100 visit liudong",),
}
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


# What is typed letter by letter; pinyin and the characters chosen for it stand as ``pinyin=characters``.
Typed = tuple[str, ...]

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


@pytest.fixture
def mou(at_desk: AtDesk) -> str:
    title = Bilingual(en="MoU smart mobility pilot", zh="智慧出行试点备忘录")
    id_ = records.add(at_desk.desk, "agreement", {"title": title, "status": "negotiation"})
    for organisation in records.listing(at_desk.desk, "organisation")[:2]:
        records.add(at_desk.desk, "agreement_party", {"owner": id_, "organisation": organisation})
    return id_


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    file = tmp_path / "scan.pdf"
    file.write_bytes(b"%PDF-1.4 signed by both")
    return file


@pytest.mark.row("M4")
@pytest.mark.rule("W4", "R26", "V4", "T1", "U2", "J10")
def test_an_mou_is_marked_as_signed_and_undo_brings_the_negotiation_back(at_desk: AtDesk, mou: str, scan: Path) -> None:
    desk, driver = at_desk.desk, at_desk.driver
    driver.press("Ctrl+K").type("mou pilot").press("Return").think()
    assert at_desk.shown.id == mou
    driver.click("mou.sign").think()
    driver.type("today").press("Tab").type("lmy").press("Return", "Tab").type("ana").press("Return").think()
    driver.drop("mou.sign.drop", scan).click("mou.sign.confirm")
    signed: Any = records.get(desk, mou)
    assert (signed.status, signed.signed) == ("signed", PartialDate("2026-11-24"))
    signers: Any = records.children(desk, mou)["signatory"]
    given = [records.get(desk, each.person).name.given for each in signers]  # type: ignore[attr-defined]
    assert given == ["Mingyu", "Ana"]
    (kept,) = attached_files.of(desk, mou)
    scan.unlink()
    attached_files.save_as(desk, kept.id, scan)
    assert scan.read_bytes() == b"%PDF-1.4 signed by both", "it is a copy"
    took = driver.took
    assert took.keys <= 30
    assert took.clicks == 2
    assert took.drags == 1
    assert took.seconds - sum(took.answers) < 40
    driver.press("Ctrl+Z")
    assert records.get(desk, mou).status == "negotiation"  # type: ignore[attr-defined]
    assert records.children(desk, mou)["signatory"] == []
    assert attached_files.of(desk, mou) == []


@pytest.mark.rule("V4", "J10")
def test_a_signatory_who_is_missing_is_named_and_it_can_be_signed_all_the_same(at_desk: AtDesk, mou: str) -> None:
    desk, driver = at_desk.desk, at_desk.driver
    at_desk.window.show_record(mou)
    driver.click("mou.sign").type("today").press("Tab").type("lmy").press("Return").click("mou.sign.confirm")
    party = records.titles(desk, [records.children(desk, mou)["agreement_party"][1].id])
    assert next(iter(party.values())) in at_desk.window.record.special.panel.missing.accessibleName()
    assert records.get(desk, mou).status == "negotiation"  # type: ignore[attr-defined]
    driver.click("mou.sign.anyway")
    assert records.get(desk, mou).status == "signed"  # type: ignore[attr-defined]
    assert len(records.children(desk, mou)["signatory"]) == 1


def test_escape_closes_the_panel_and_leaves_the_mou_as_it_was(at_desk: AtDesk, mou: str) -> None:
    at_desk.window.show_record(mou)
    at_desk.driver.click("mou.sign").type("today").press("Esc")
    screen = at_desk.window.record.special
    assert screen.panel is None
    assert at_desk.shown.id == mou
    assert records.get(at_desk.desk, mou).signed is None  # type: ignore[attr-defined]
