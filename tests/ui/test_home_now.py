"""The first page by the clock: logging what just ended, the month, and what takes long to count comes by itself."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QTableWidget, QToolButton, QWidget

from tests.helpers.clock import PATIENCE
from tests.helpers.shown import home_of
from tests.ui.conftest import User
from tests.ui.list_hands import answer
from ucapdesk.base.clock import local_now, today
from ucapdesk.model.kinds.visit_kinds import ItineraryItem
from ucapdesk.model.values import Bilingual, PartialDate, When
from ucapdesk.services import home
from ucapdesk.services.records import records
from ucapdesk.ui.fields.links import PickerDialog
from ucapdesk.ui.home_page import MonthTable
from ucapdesk.ui.papers.paper_dialog import PaperDialog
from ucapdesk.ui.toolkit.cards import CardRow
from ucapdesk.ui.translation_dialogs import WorklistDialog
from ucapdesk.ui.window import background_jobs
from ucapdesk.ui.window.commands import file_commands
from ucapdesk.ui.window.sections import HOME


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
