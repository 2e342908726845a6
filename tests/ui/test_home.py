"""The first page in the window: what it shows can be opened, ticked and reached with keys, in both languages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.helpers.look import apply_look
from tests.helpers.pseudo_language import PSEUDO, use_language
from tests.helpers.shown import home_of, said_by
from tests.ui.conftest import User
from ucapdesk.base.clock import today
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.text.assignments import parse_assignments
from ucapdesk.services import Desk
from ucapdesk.services.records import records
from ucapdesk.ui.toolkit.cards import CardRow, PageCard
from ucapdesk.ui.window import main_window
from ucapdesk.ui.window.sections import HOME


def _add(user: User, kind: str, *said: str) -> str:
    return records.add(user.desk, kind, parse_assignments(KINDS[kind], said, new=True))


def _day(ahead: int) -> str:
    return (today() + timedelta(ahead)).isoformat()


def _cards(user: User) -> dict[str, PageCard]:
    page = home_of(user.window).widget()
    assert page is not None
    return {card.objectName(): card for card in page.findChildren(PageCard)}


def _spare(user: User) -> list[int]:
    """The pixels by which each card is higher than what it shows."""
    return [card.height() - _needed(card) for card in _cards(user).values()]


def _needed(card: PageCard) -> int:
    layout = card.layout()
    assert layout is not None
    return max(layout.totalHeightForWidth(card.width()), layout.totalMinimumSize().height())


def _said(user: User) -> list[str]:
    page = home_of(user.window).widget()
    assert page is not None
    return [label.text().replace("\u200b", "") for label in page.findChildren(QLabel) if label.text()]


@pytest.fixture
def busy(user: User) -> User:
    """In the middle of a visit, with something to do and something late."""
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


@pytest.mark.parametrize(
    ("lang", "text_size", "width"), [("en", 100, 1024), ("zh", 100, 1280), (PSEUDO, 100, 1024), (PSEUDO, 200, 1024)]
)
def test_nothing_on_the_page_is_cut_off(busy: User, qapp: QApplication, lang: str, text_size: int, width: int) -> None:
    use_language(lang)
    apply_look(qapp, dark=False, text_size=text_size, lang=lang)
    busy.window._build()
    busy.window.resize(width, 600)
    QApplication.processEvents()
    page = home_of(busy.window).widget()
    assert page is not None
    assert page.width() <= home_of(busy.window).viewport().width()
    for label in page.findChildren(QLabel):
        if label.isVisible() and label.wordWrap() and label.text():
            assert label.height() >= label.heightForWidth(label.width()), label.text()
        elif label.isVisible() and label.text():
            assert label.width() >= label.sizeHint().width(), label.text()
