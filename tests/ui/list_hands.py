"""What somebody does with a list or a page: look at it, press its keys and chips, open its menus, answer its dialogs."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeVar

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMenu, QPushButton, QWidget

from tests.helpers.stage import Stage
from tests.ui.conftest import User
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.text.assignments import parse_assignments
from ucapdesk.services.records import records
from ucapdesk.ui.lists.list_pane import ListPane
from ucapdesk.ui.lists.list_views import CELL, ID_ROLE, ListCell
from ucapdesk.ui.record.record_screen import RecordScreen
from ucapdesk.ui.screens.programme_items import ROW_ROLE, DayRows
from ucapdesk.ui.toolkit.row_delegate import Row
from ucapdesk.ui.toolkit.text_inputs import LineEdit, TextEdit

S = TypeVar("S", bound=RecordScreen)
W = TypeVar("W", bound=QObject)
F = TypeVar("F", bound=QWidget)


class AtPage:
    """Somebody at a page of the window: their keys go where the focus is, and what they lead to has happened."""

    def __init__(self, user: User) -> None:
        self.user, self.desk = user, user.desk

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.user.focus(), key, held)
        QApplication.processEvents()

    def type(self, text: str) -> None:
        QTest.keyClicks(self.user.focus(), text)
        QApplication.processEvents()

    def enter(self, text: str) -> None:
        self.type(text)
        self.press(Qt.Key.Key_Return)


def screen_of(user: User | Stage, cls: type[S]) -> S:
    found = user.window.record.special
    assert isinstance(found, cls)
    return found


def focused(widget: F) -> F:
    widget.setFocus()
    return widget


def press_in(user: User, widget: QWidget, key: Qt.Key, *, ctrl: bool = False) -> None:
    widget.setFocus()
    user.press(key, ctrl=ctrl)


def selected(user: User, name: str) -> LineEdit | TextEdit:
    """A box with the keys in it, all of it selected."""
    box = user.box(name)
    box.setFocus()
    box.selectAll()
    return box


def action_of(menu: QMenu, name: str) -> QAction:
    return next(each for each in menu.actions() if each.objectName() == name)


def add_record(user: User, kind: str, *assignments: str) -> str:
    return records.add(user.desk, kind, parse_assignments(KINDS[kind], assignments, new=True))


def show_list(user: User, kind: str, wide: int = 402) -> ListPane:
    user.window.show_section(kind)
    user.window.panes.setSizes([188, wide, 1280 - 188 - wide])
    QApplication.processEvents()
    return user.window.list


def cell_of(user: User, row: int, column: int = 0) -> ListCell:
    table = user.window.list.table
    cell = table.index(row, column).data(CELL)
    assert isinstance(cell, ListCell)
    return cell


def said_aloud(user: User, row: int, column: int = 0) -> str:
    return str(user.window.list.table.index(row, column).data(Qt.ItemDataRole.AccessibleTextRole))


def chip_of(user: User, name: str) -> QPushButton:
    found = [
        each for each in user.window.list.chips.findChildren(QPushButton) if each.objectName() == f"list.chip.{name}"
    ]
    shown = [each for each in found if each.isVisibleTo(user.window)]
    assert shown, [each.objectName() for each in user.window.list.chips.findChildren(QPushButton)]
    return shown[-1]


def count_said(user: User) -> str:
    label = user.window.list.findChild(QLabel, "list.count")
    assert isinstance(label, QLabel)
    return label.text()


def choose(menu: QMenu, *path: str) -> None:
    """Open menus one inside the other as a hand would, and press the last entry."""
    menu.aboutToShow.emit()
    said = [action.text() for action in menu.actions()]
    action = next((each for each in menu.actions() if each.text().partition(" (")[0] == path[0]), None)
    assert action is not None, said
    if len(path) > 1:
        inner = action.menu()
        assert isinstance(inner, QMenu)
        choose(inner, *path[1:])
    else:
        action.trigger()


def answer(monkeypatch: pytest.MonkeyPatch, dialog: type[QDialog], do: Callable[..., object]) -> None:
    """Whatever a person does in a dialog, in place of waiting for them."""

    def exec_(self: QDialog) -> int:
        self.show()
        QApplication.processEvents()
        do(self)
        return self.result()

    monkeypatch.setattr(dialog, "exec", exec_)


class ShownPoint(NamedTuple):
    start: str
    end: str
    title: str
    second: str
    trouble: str
    fixed: bool


def point_of(rows: DayRows, id_: str) -> ShownPoint:
    row: Row = next(rows.item(n).data(ROW_ROLE) for n in range(rows.count()) if rows.item(n).data(ID_ROLE) == id_)
    title, second = row.lines
    start, end = (line.text for line in row.before)
    marks = [chip.word for chip in title.chips]
    trouble = next((mark.removeprefix("⚠ ") for mark in marks if mark.startswith("⚠")), "")
    fixed = any(chip.level == "info" for chip in title.chips)
    return ShownPoint(start, end, title.text, second.text, trouble, fixed)
