"""The first page in the window: what it shows can be opened, ticked and reached with keys, by the clock, and with the days off."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QPushButton, QTableWidget, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.clock import PATIENCE
from tests.helpers.shown import home_of, not_none, said_by
from tests.ui.conftest import User
from tests.ui.list_hands import answer
from ucapdesk.base.clock import local_now, today
from ucapdesk.base.i18n import language
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.visit_kinds import ItineraryItem
from ucapdesk.model.text.assignments import parse_assignments
from ucapdesk.model.values import Bilingual, PartialDate, When
from ucapdesk.papers.gaps import gaps
from ucapdesk.services import Desk, home
from ucapdesk.services.home import month
from ucapdesk.services.records import records
from ucapdesk.ui.fields.links import PickerDialog
from ucapdesk.ui.home_page import MonthTable
from ucapdesk.ui.papers.paper_dialog import PaperDialog
from ucapdesk.ui.screens.visit_screen import VisitScreen
from ucapdesk.ui.toolkit.cards import CardRow, PageCard
from ucapdesk.ui.translation_dialogs import WorklistDialog
from ucapdesk.ui.window import background_jobs, main_window
from ucapdesk.ui.window.commands import file_commands
from ucapdesk.ui.window.sections import HOME


def _add(user: User, kind: str, *said: str) -> str:
    return records.add(user.desk, kind, parse_assignments(KINDS[kind], said, new=True))


def _day(ahead: int) -> str:
    return (today() + timedelta(ahead)).isoformat()


def _cards(user: User) -> dict[str, PageCard]:
    page = not_none(home_of(user.window).widget())
    return {card.objectName(): card for card in page.findChildren(PageCard)}


def _spare(user: User) -> list[int]:
    return [card.height() - _needed(card) for card in _cards(user).values()]


def _needed(card: PageCard) -> int:
    layout = not_none(card.layout())
    return max(layout.totalHeightForWidth(card.width()), layout.totalMinimumSize().height())


def _said(user: User) -> list[str]:
    page = not_none(home_of(user.window).widget())
    return [label.text().replace("\u200b", "") for label in page.findChildren(QLabel) if label.text()]


@pytest.fixture
def busy(user: User) -> User:
    visit = _add(
        user, "visit", "title.en=Delegation to Barcelona", "title.zh=访问巴塞罗那", f"dates={_day(-1)}/{_day(2)}",
        "time_zone=Europe/Madrid",
    )  # fmt: skip
    when = f'when={{"date": "{_day(1)}", "start": "09:30", "end": "10:30"}}'
    _add(user, "itinerary_item", f"owner={visit}", "title.en=Round table", "title.zh=圆桌会议", when)
    me = _add(user, "person", f"name.family={user.desk.workspace.person}")
    for title, due in (("Send the schema", -3), ("Book the call", 5)):
        _add(user, "action_item", f"text.en={title}", "text.zh=待办", f"due={_day(due)}", f"person={me}")
    user.window.show_section(HOME)
    return user


def test_the_visit_the_day_and_my_actions_are_shown(busy: User) -> None:
    said = _said(busy)
    for expected in ("Visit now, day 2 of 4", "Delegation to Barcelona", "Round table", "09:30–10:30", "My actions"):
        assert expected in said
    assert "1 action is overdue" in said


def test_what_is_shown_opens_with_a_click(busy: User) -> None:
    busy.click("home.visit.open")
    assert busy.record.title["en"] == "Delegation to Barcelona"
    assert busy.window.section == "visit"
    assert busy.window.shelf.isVisible()


def test_the_page_is_gone_through_with_the_keys_and_enter_opens(busy: User) -> None:
    busy.press(Qt.Key.Key_1, ctrl=True)
    met = []
    for _ in range(40):
        met.append(busy.focus().objectName())
        if met[-1] == "home.action.0":
            break
        busy.press(Qt.Key.Key_Tab)
    assert met[0] == "home.visit.open"
    assert "home.day.0.0" in met
    assert "home.action.0.done" in met
    busy.press(Qt.Key.Key_Return)
    assert busy.record.text["en"] == "Send the schema"


def test_an_action_is_ticked_off_with_space_and_comes_back_with_undo(busy: User) -> None:
    late = busy.id("action_item")
    box = busy.find(QCheckBox, "home.action.0.done")
    assert box.accessibleName() == "Done: Send the schema"
    box.setFocus()
    busy.press(Qt.Key.Key_Space)
    assert busy.value(late, "status") == "done"
    assert "Send the schema" not in _said(busy)
    assert busy.window.section == HOME
    assert "Send the schema" in said_by(busy.window.toast)
    assert home_of(busy.window).isAncestorOf(busy.focus())
    busy.window.do("edit.undo")
    assert busy.value(late, "status") != "done"


def test_something_late_leads_to_the_list_of_what_is_late(busy: User) -> None:
    _add(busy, "action_item", "text.en=Another", f"due={_day(-9)}")
    row = next(
        row for row in home_of(busy.window).findChildren(CardRow) if row.accessibleName() == "2 actions are overdue"
    )
    busy.bot.mouseClick(row, Qt.MouseButton.LeftButton)
    assert busy.window.list.table.kind.name == "action_item"
    assert len(busy.rows()) == 2


def test_what_is_written_elsewhere_is_there_at_once_and_the_keys_stay(busy: User) -> None:
    busy.find(QPushButton, "home.action.1").setFocus()
    _add(busy, "agreement", "title.en=Granada", "status=signed", f"expires={_day(20)}")
    assert any(said.startswith("“Granada” ends:") for said in _said(busy))
    assert busy.focus().objectName() == "home.action.1"


@pytest.mark.parametrize("with_keys", [True, False], ids=["key", "mouse"])
def test_what_is_written_elsewhere_while_a_button_is_held_down_takes_no_press_away(busy: User, with_keys: bool) -> None:
    held = busy.find(QPushButton, "home.day.0.0")
    held.setFocus()
    if with_keys:
        busy.bot.keyPress(held, Qt.Key.Key_Space)
    else:
        busy.bot.mousePress(held, Qt.MouseButton.LeftButton)
    _add(busy, "agreement", "title.en=Granada", "status=signed", f"expires={_day(20)}")
    QApplication.processEvents()
    held = busy.find(QPushButton, "home.day.0.0")
    if with_keys:
        busy.bot.keyRelease(held, Qt.Key.Key_Space)
    else:
        busy.bot.mouseRelease(held, Qt.MouseButton.LeftButton)
    assert busy.record.title["en"] == "Round table"
    busy.window.show_section(HOME)
    assert any(said.startswith("“Granada” ends:") for said in _said(busy))


def test_a_button_held_down_and_let_go_beside_it_shows_what_was_written_meanwhile(busy: User) -> None:
    held = busy.find(QPushButton, "home.day.0.0")
    busy.bot.mousePress(held, Qt.MouseButton.LeftButton)
    _add(busy, "agreement", "title.en=Granada", "status=signed", f"expires={_day(20)}")
    busy.bot.mouseMove(held, QPoint(-20, -20))
    busy.bot.mouseRelease(held, Qt.MouseButton.LeftButton, pos=QPoint(-20, -20))
    busy.bot.waitUntil(lambda: any(said.startswith("“Granada” ends:") for said in _said(busy)))
    assert busy.window.section == HOME


@pytest.mark.rule("R14")
def test_the_records_opened_last_are_at_hand(busy: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(main_window, "PASSING", 0)
    meeting = busy.id("meeting")
    busy.open(meeting)
    busy.window.show_section(HOME)
    busy.click("home.recent.0")
    assert busy.window.record.id == meeting


def test_without_a_visit_the_page_says_what_a_visit_is_and_makes_one(user: User) -> None:
    user.window.show_section(HOME)
    assert any("No visit is planned" in said for said in _said(user))
    user.click("home.new_visit")
    assert user.window.section == "visit"
    assert user.window.record.begun is not None


@pytest.mark.rule("R27")
def test_an_empty_workspace_says_where_to_begin(dressed: QApplication, qtbot: QtBot, workspace_folder: object) -> None:
    with Desk.open(workspace_folder) as desk:  # type: ignore[arg-type]
        user = User(qtbot, desk)
        user.window.show_section(HOME)
        assert set(_cards(user)) == {"home.welcome"}
        assert user.find(QPushButton, "home.receive").isEnabled()
        with qtbot.waitSignal(user.window.sample_wanted):
            user.click("home.sample")
        user.window.close()


def test_where_nothing_can_be_written_nothing_can_be_ticked(busy: User, qtbot: QtBot) -> None:
    with Desk.open(busy.desk.workspace.path, read_only=True) as reading:
        user = User(qtbot, reading)
        user.window.show_section(HOME)
        assert not user.find(QCheckBox, "home.action.0.done").isEnabled()
        user.window.close()


@pytest.mark.rule("G3")
def test_the_page_follows_the_language(busy: User) -> None:
    busy.click("language.zh")
    assert "访问巴塞罗那" in _said(busy)
    assert "圆桌会议" in _said(busy)


def test_cards_are_as_high_as_what_they_show_however_they_came_to_stand_there(
    dressed: QApplication, qtbot: QtBot, second_desk: Desk
) -> None:
    user = User(qtbot, second_desk)
    user.window.show_section(HOME)
    for width in (1366, 1024, 1366):
        user.window.resize(width, 768)
        qtbot.waitUntil(lambda: max(_spare(user)) <= 4)


def _now(user: User) -> Any:
    return local_now(user.desk.workspace.clock)


@pytest.mark.rule("W1", "R4")
def test_the_meeting_that_runs_is_logged_from_the_first_page(user: User) -> None:
    begun = _now(user) - timedelta(minutes=10)
    when = When(date=f"{begun:%Y-%m-%d}", start=f"{begun:%H:%M}", tz="UTC")
    meeting = records.add(user.desk, "meeting", {"title": Bilingual(en="Talks"), "when": when, "status": "scheduled"})
    user.window.show_section(HOME)
    user.click("home.log")
    assert user.window.record.id == meeting
    assert user.window.focused
    assert user.focus().objectName() == "meeting.people.people.line"


@pytest.mark.rule("W1", "A2", "A8", "R18")
def test_the_month_is_gone_through_with_arrows_and_a_day_opens_what_is_on_it(user: User) -> None:
    now = today(user.desk.workspace.clock)
    visit = records.add(user.desk, "visit", {"title": Bilingual(en="Delegation"), "dates": PartialDate(f"{now}")})
    user.window.show_section(HOME)
    days = user.find(MonthTable, "home.month.days")
    item = days.currentItem()
    assert item.text() == f"{now.day} •"
    assert "Delegation" in item.data(Qt.ItemDataRole.AccessibleTextRole)
    days.setFocus()
    user.press(Qt.Key.Key_Return)
    assert user.window.record.id == visit
    records.add(user.desk, "meeting", {"title": Bilingual(en="Talks"), "when": When(date=f"{now}", start="08:00")})
    user.window.show_section(HOME)
    user.find(MonthTable, "home.month.days").setFocus()
    user.press(Qt.Key.Key_Return)
    assert user.window.list.table.kind.name == "meeting"
    assert user.window.list.table.rowCount() == 1


def test_another_month_is_turned_to_with_the_keys_still_there(user: User) -> None:
    user.window.show_section(HOME)
    before = user.find(QTableWidget, "home.month.days").accessibleName()
    button = user.find(QToolButton, "home.month.on")
    button.setFocus()
    user.press(Qt.Key.Key_Space)
    assert user.find(QTableWidget, "home.month.days").accessibleName() != before
    assert user.focus().objectName() == "home.month.on"
    user.find(QToolButton, "home.month.back").click()
    assert user.find(QTableWidget, "home.month.days").accessibleName() == before


@pytest.mark.rule("L1")
def test_what_takes_long_to_count_comes_by_itself_and_the_window_goes_on(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background_jobs, "PATIENCE", 0.01)
    counted, go = home.page, threading.Event()

    def slowly(*args: Any, **more: Any) -> home.Home:
        assert go.wait(PATIENCE)
        return counted(*args, **more)

    monkeypatch.setattr(home, "page", slowly)
    user.window.enter_section(HOME)
    page = home_of(user.window)
    assert page.counting
    assert page.findChild(QPushButton, "home.new_visit") is None
    page.refresh()
    page.refresh()
    go.set()
    user.bot.waitUntil(lambda: not page.counting)
    assert page.isAncestorOf(user.focus()), "the keys go to what came"


def test_what_is_counted_late_leaves_the_keys_to_whom_they_went_meanwhile(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background_jobs, "PATIENCE", 0.0)
    user.window.enter_section(HOME)
    assert home_of(user.window).counting
    user.window.do("record.meeting")
    at = user.focus()
    user.bot.waitUntil(lambda: not home_of(user.window).counting)
    assert user.focus() is at
    assert user.window.record.isAncestorOf(at)


def test_the_keys_go_to_a_page_counted_late_also_in_a_window_that_is_not_yet_active(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background_jobs, "PATIENCE", 0.0)
    over = QWidget()
    over.show()
    over.activateWindow()
    user.bot.waitUntil(over.isActiveWindow)
    user.window.enter_section(HOME)
    user.window.activateWindow()
    user.bot.waitUntil(user.window.isActiveWindow)
    over.close()
    user.bot.waitUntil(lambda: not home_of(user.window).counting)
    assert user.focus().objectName() == "home.new_visit"


def test_closing_the_window_waits_for_what_is_being_counted(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background_jobs, "PATIENCE", 0.0)
    user.window.enter_section(HOME)
    home_of(user.window).refresh()
    user.window.section_counts.count()
    user.window.close()
    assert not home_of(user.window).counting
    assert not user.window.section_counts.counting


def test_a_count_that_fails_leaves_the_page_as_it_was(
    user: User, monkeypatch: pytest.MonkeyPatch, log_watch: Any
) -> None:
    user.window.enter_section(HOME)
    shown = home_of(user.window).widget()

    def broken(*_: object, **__: object) -> home.Home:
        raise LookupError

    log_watch.expect("background query failed")
    monkeypatch.setattr(home, "page", broken)
    home_of(user.window).refresh()
    assert home_of(user.window).widget() is shown
    assert not home_of(user.window).counting


@pytest.mark.rule("W1")
def test_a_reminder_is_put_off_until_it_is_nearer(user: User) -> None:
    ends = PartialDate(f"{today(user.desk.workspace.clock) + timedelta(60)}")
    title = Bilingual(en="Granada", zh="格拉纳达")
    records.add(user.desk, "agreement", {"title": title, "status": "in_force", "expires": ends})
    user.window.show_section(HOME)
    row = next(row for row in home_of(user.window).findChildren(CardRow) if "“Granada” ends" in row.accessibleName())
    user.click(f"{row.objectName()}.later")
    assert not any("“Granada” ends" in row.accessibleName() for row in home_of(user.window).findChildren(CardRow))


@pytest.fixture
def tomorrow(user: User) -> str:
    """A visit with one thing on tomorrow, told in English alone, beside one of today; the first page is shown."""
    now = today(user.desk.workspace.clock)
    records.add(user.desk, "visit", {"title": Bilingual(en="Day trip"), "dates": PartialDate(f"{now}")})
    days = PartialDate(f"{now - timedelta(1)}/{now + timedelta(2)}")
    visit = records.add(user.desk, "visit", {"title": Bilingual(en="Delegation"), "dates": days})
    when = When(date=f"{now + timedelta(1)}", start="09:30")
    records.add(user.desk, "itinerary_item", {"owner": visit, "title": Bilingual(en="Round table"), "when": when})
    user.window.show_section(HOME)
    return visit


@pytest.mark.rule("W1")
def test_the_papers_of_tomorrow_are_one_press_away(user: User, tomorrow: str, monkeypatch: pytest.MonkeyPatch) -> None:
    printed: list[tuple[object, ...]] = []
    monkeypatch.setattr(file_commands, "print_paper", lambda _, *said, **more: printed.append((*said, *more.values())))
    user.click("home.tomorrow.print")
    user.click("home.tomorrow.preview")
    day = f"{today(user.desk.workspace.clock) + timedelta(1)}"
    assert printed == [([tomorrow], None, None), ([tomorrow], "day_sheet", {"day": day})]


def test_of_two_visits_tomorrow_the_one_that_is_chosen_is_printed(
    user: User, tomorrow: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = PartialDate(f"{today(user.desk.workspace.clock) + timedelta(1)}")
    records.add(user.desk, "visit", {"title": Bilingual(en="Port experts"), "dates": days})
    printed: list[object] = []
    monkeypatch.setattr(file_commands, "print_paper", lambda _, ids, *rest: printed.append((ids, rest[0])))

    def choose(page: PickerDialog) -> None:
        assert [page.items.item(row).text() for row in range(page.items.count())] == ["Port experts", "Delegation"]
        page.items.setCurrentRow(1)
        page._use()

    answer(monkeypatch, PickerDialog, choose)
    user.click("home.tomorrow.print")
    user.click("home.tomorrow.preview")
    assert printed == [([tomorrow], None), ([tomorrow], "day_sheet")]
    for nothing in (PickerDialog.reject, PickerDialog._none):
        answer(monkeypatch, PickerDialog, nothing)
        user.click("home.tomorrow.print")
    assert len(printed) == 2


def test_the_sheet_of_tomorrow_is_seen_with_that_day_alone(
    user: User, tomorrow: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    def look(page: PaperDialog) -> None:
        user.bot.waitUntil(lambda: page.made is not None and bool(page.made.asked.options["day"]))
        assert page.made is not None
        seen.extend((page.made.asked.document, page.made.asked.options["day"]))
        page.reject()

    answer(monkeypatch, PaperDialog, look)
    user.click("home.tomorrow.preview")
    assert seen == ["day_sheet", f"{today(user.desk.workspace.clock) + timedelta(1)}"]


@pytest.mark.rule("W1")
def test_what_lacks_a_language_tomorrow_is_translated_from_the_first_page(
    user: User, tomorrow: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(page: WorklistDialog) -> None:
        assert [item.text for item in page._items] == ["Round table"]
        page.one.box.insert_text("圆桌会议")
        page.one.next.click()
        page.reject()

    answer(monkeypatch, WorklistDialog, write)
    user.click("home.tomorrow.translate")
    assert home_of(user.window).findChild(QPushButton, "home.tomorrow.translate") is None
    (item,) = user.desk.read.children(tomorrow, ItineraryItem)
    assert item.title is not None
    assert item.title["zh"] == "圆桌会议"


@pytest.mark.rule("W1", "A8")
def test_the_hour_goes_on_by_itself_with_the_keys_where_they_are(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    begins = _now(user) + timedelta(minutes=30)
    when = When(date=f"{begins:%Y-%m-%d}", start=f"{begins:%H:%M}", tz="UTC")
    records.add(user.desk, "meeting", {"title": Bilingual(en="Talks"), "when": when, "status": "scheduled"})
    user.window.show_section(HOME)
    page, row = home_of(user.window), user.find(CardRow, "home.now.0")
    row.setFocus()
    before = row.accessibleName()
    assert "minutes" in before
    later = user.desk.workspace.clock() + 10 * 60 * 1_000_000
    monkeypatch.setattr(user.desk.workspace, "clock", lambda: later)
    page.tick()
    user.bot.waitUntil(lambda: not page.counting)
    assert user.find(CardRow, "home.now.0") is row, "the page was not made anew"
    assert (row.accessibleName() != before, row.hasFocus()) == (True, True)
    much_later = later + 24 * 3600 * 1_000_000
    monkeypatch.setattr(user.desk.workspace, "clock", lambda: much_later)
    page.tick()
    user.bot.waitUntil(lambda: page.findChild(CardRow, "home.now.0") is not row)


@pytest.fixture
def visit(user: User) -> str:
    values = {"title": Bilingual(en="Autumn visit"), "dates": PartialDate("2026-12-30/2027-01-02")}
    return records.add(user.desk, "visit", values)


@pytest.mark.row("B14")
def test_the_week_names_the_days_off_and_the_weekend_days_that_are_worked(user: User) -> None:
    user.window.resize(1366, 728)
    user.window.do("go.week")
    page = not_none(user.window.week)
    page.show_day(date(2026, 10, 5))
    QApplication.processEvents()
    assert page.offs[3].text() == ""
    assert "China: National Day" in page.offs[0].text()
    assert "China: working day" in page.offs[5].text()
    assert [each.free for each in page.lists] == [True, True, True, False, False, False, True]
    assert "China: working day" in page.lists[5].accessibleName()
    page.show_day(date(2031, 1, 7))
    assert "China: shifted working days 2031 not announced yet" in page.notes.text()


def test_the_month_marks_them(user: User) -> None:
    shown = month(user.desk, date(2026, 10, 1), date(2026, 10, 20), language())
    days = {each.day: each for week in shown.weeks for each in week}
    assert days[date(2026, 10, 1)].off
    assert "China: National Day" in days[date(2026, 10, 1)].said
    assert not days[date(2026, 10, 20)].off


def test_the_itinerary_and_the_field_of_dates_say_them_and_so_do_the_gaps(user: User, visit: str) -> None:
    user.open(visit)
    screen = user.window.record.special
    assert isinstance(screen, VisitScreen)
    assert screen.programme is not None
    screen.programme.show_date("2027-01-01")
    assert "New Year" in screen.programme.off.text()
    screen.show_tab("details")
    echo = user.editor("dates").findChild(QLabel, "field.dates.echo")
    told = echo.text() if echo else ""
    assert "Fri 1 Jan Germany, Spain, Italy, China: New Year's Day" in told
    assert "China: shifted working days 2027 not announced yet" in told
    said = [each.text for each in gaps(user.desk, [visit], document="visit_pack").found]
    assert any("1 January 2027" in each and "New Year" in each for each in said)
