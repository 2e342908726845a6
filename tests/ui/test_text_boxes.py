"""Boxes of text: how high they grow, whose wheel it is, what a dropped file is, and how fast a long text is typed into."""

from __future__ import annotations

import warnings

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.shown import child
from tests.ui.conftest import User
from ucapdesk.model.values import Bilingual
from ucapdesk.services.records import records
from ucapdesk.ui.fields.text_editors import LanguageInput
from ucapdesk.ui.toolkit.text_inputs import MAX_LINES, MIN_LINES, LineEdit, TextEdit

MINUTES = "\n".join(f"{n}. 双方商定交换数据。 The two sides agreed to exchange data." for n in range(400))


@pytest.fixture
def minutes(user: User) -> TextEdit:
    """The summary of a meeting, twenty pages long."""
    meeting = user.id("meeting")
    records.edit(user.desk, meeting, {"summary": Bilingual(en=MINUTES)})
    user.open(meeting)
    box = user.box("summary.en")
    assert isinstance(box, TextEdit)
    return box


def _settle() -> None:
    for _ in range(8):
        QApplication.processEvents()


def _wheel(over: QWidget) -> bool:
    """Turn the wheel over a widget; whether it keeps the turn to itself."""
    at = QPointF(over.width() / 2, over.height() / 2)
    event = QWheelEvent(
        at, over.mapToGlobal(at), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(over, event)
    return event.isAccepted()


def test_a_box_grows_with_its_text_to_a_limit_and_scrolls_from_there(user: User, qtbot: QtBot) -> None:
    user.open(user.id("meeting"))
    user.form.unfold()
    _settle()
    box, line = user.box("background.en"), user.box("background.en").fontMetrics().lineSpacing()
    assert isinstance(box, TextEdit)
    low = box.height()
    assert low >= MIN_LINES * line
    box.setFocus()
    box.take("one\ntwo\nthree\nfour\nfive")
    _settle()
    assert low < box.height() <= 7 * line + line
    assert not box.verticalScrollBar().isVisible()
    box.take(MINUTES)
    _settle()
    assert box.height() <= (MAX_LINES + 2) * line
    assert box.verticalScrollBar().isVisible()
    box.clear()
    _settle()
    assert box.height() == low
    user.press(Qt.Key.Key_Tab)


def test_the_wheel_scrolls_the_form_in_passing_and_the_text_where_one_writes(user: User, minutes: TextEdit) -> None:
    _settle()
    user.box("title.en").setFocus()
    assert not _wheel(minutes.viewport()), "it goes on to the form"
    assert minutes.verticalScrollBar().value() == 0
    minutes.setFocus()
    assert _wheel(minutes.viewport())
    assert minutes.verticalScrollBar().value() > 0


def test_typing_in_the_middle_of_twenty_pages_keeps_them_all(user: User, minutes: TextEdit) -> None:
    minutes.setFocus()
    minutes.go_to_line(200)
    user.bot.keyClicks(minutes, " Noted")
    user.press(Qt.Key.Key_Tab)
    assert user.box("summary.zh").hasFocus()
    kept = user.value(user.window.record.id or "", "summary")["en"]
    assert kept == MINUTES.replace("200. 双方商定交换数据。 The two sides agreed to exchange data.",
                                   "200. 双方商定交换数据。 The two sides agreed to exchange data. Noted")  # fmt: skip


def test_a_dropped_file_is_not_taken_for_text(user: User) -> None:
    user.open(user.id("meeting"))
    user.form.unfold()
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("minutes.pdf")])
    mime.setText("minutes.pdf")
    lines, line = user.box("summary.en"), user.box("title.en")
    assert isinstance(lines, TextEdit)
    assert isinstance(line, LineEdit)
    assert not lines.canInsertFromMimeData(mime)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # Qt offers no other way to make one
        event = QDragEnterEvent(
            QPoint(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
    line.dragEnterEvent(event)
    assert not event.isAccepted()


@pytest.mark.rule("R48")
def test_what_can_be_said_of_a_text_is_in_the_menu_bar(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(LanguageInput, "open_menu", lambda half: opened.append(half.name))
    user.open(user.id("meeting"))
    user.box("title.zh").setFocus()
    child(user.window, QAction, "edit.text_state").trigger()
    assert opened == ["Title · 中文"]


@pytest.mark.rule("R2", "R48")
def test_what_the_menu_at_the_pointer_does_with_text_is_in_the_menu_bar_with_its_keys(user: User) -> None:
    user.open(user.id("meeting"))
    user.type("title.en", "Opening", leave=False)
    actions = user.window.menus.actions
    assert actions["edit.cut"].text() == "Cut\tCtrl+X"
    for name in ("selectall", "cut"):
        actions[f"edit.{name}"].trigger()
    box = user.box("title.en")
    assert box.said() == ""
    assert QApplication.clipboard().text() == "Opening"
    for _ in range(2):
        actions["edit.paste"].trigger()
    assert box.said() == "OpeningOpening"
    assert box.hasFocus()
    user.window.list.view.setFocus()
    actions["edit.selectall"].trigger()
    assert len(user.window.list.selected()) <= 1, "rows are chosen with the keys of the list"


@pytest.mark.rule("R7")
def test_a_text_that_was_cleared_in_a_box_of_lines_is_undone_there(user: User, minutes: TextEdit) -> None:
    minutes.setFocus()
    minutes.selectAll()
    user.press(Qt.Key.Key_Delete)
    assert minutes.said() == ""
    user.press(Qt.Key.Key_Z, ctrl=True)
    assert minutes.said() == MINUTES
    assert isinstance(minutes, QPlainTextEdit)
