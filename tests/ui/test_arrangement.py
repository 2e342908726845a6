"""The window is found as it was left: its size, its panes, widths and order of columns, each section on its own."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QHeaderView
from pytestqt.qtbot import QtBot

from tests.ui.conftest import User
from ucapdesk.base import settings
from ucapdesk.services import Desk
from ucapdesk.ui.window.desk_window import DeskWindow
from ucapdesk.ui.window.window_layout import FIRST_SIZE, PANES


def _again(user: User) -> User:
    """The window closed and opened again."""
    user.window.close()
    return User(user.bot, user.desk)


def _kept() -> dict[str, Any]:
    return dict(settings.load().window.get("arrangement", {}))


def _header(user: User) -> QHeaderView:
    return user.window.list.view.horizontalHeader()


def _panes(user: User) -> list[int]:
    return user.window.panes.sizes()[:2]


def _drag_record(user: User, by: int) -> None:
    """Take the line between list and record with the mouse."""
    handle = user.window.panes.handle(2)
    user.bot.mousePress(handle, Qt.MouseButton.LeftButton, pos=QPoint(0, 100))
    user.bot.mouseMove(handle, QPoint(by, 100))
    user.bot.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=QPoint(0, 100))


def _show_wide(user: User, kind: str) -> None:
    """Look at a list with room for columns."""
    user.window.show_section(kind)
    user.window.panes.setSizes([188, 700, 392])
    QApplication.processEvents()


def _sort_by(user: User, column: int) -> None:
    header = _header(user)
    at = QPoint(header.sectionViewportPosition(column) + 20, header.height() // 2)
    user.bot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)


def test_the_window_opens_in_the_size_it_was_closed_in(user: User) -> None:
    user.window.resize(1100, 640)
    again = _again(user)
    assert again.window.height() == 640
    assert _kept()["window"]["size"] == [1100, 640]


def test_a_window_that_was_only_looked_at_writes_nothing(user: User) -> None:
    user.window.show_section("person")
    user.window.close()
    assert _kept() == {}


@pytest.mark.rule("R1")
def test_panes_meet_where_they_were_moved_to_in_each_section(user: User) -> None:
    user.window.show_section("meeting")
    before = _panes(user)
    _drag_record(user, 60)
    moved = _panes(user)
    assert moved[1] > before[1] + 40
    user.window.show_section("person")
    _drag_record(user, -90)
    again = _again(user)
    again.window.show_section("meeting")
    assert _panes(again) == moved
    again.window.show_section("person")
    assert _panes(again)[1] < moved[1]


def test_columns_keep_their_width_while_filtering_and_after_a_restart(user: User) -> None:
    _show_wide(user, "person")
    _header(user).resizeSection(1, 211)
    user.window.list.filter.setText("a")
    assert _header(user).sectionSize(1) == 211
    _show_wide(user, "meeting")
    assert _header(user).sectionSize(1) != 211
    again = _again(user)
    _show_wide(again, "person")
    assert _header(again).sectionSize(1) == 211


def test_a_list_is_sorted_as_it_was_left(user: User) -> None:
    _show_wide(user, "person")
    _sort_by(user, 0)
    _sort_by(user, 0)
    rows = user.rows()
    assert user.window.list.table.view.descending
    _show_wide(user, "meeting")
    assert user.window.list.table.view.order == ""
    again = _again(user)
    _show_wide(again, "person")
    assert again.rows() == rows
    _show_wide(again, "meeting")
    _sort_by(again, 0)
    _sort_by(again, 0)
    _show_wide(again, "person")
    assert again.rows() == rows


def test_reset_layout_puts_everything_back(user: User) -> None:
    _show_wide(user, "person")
    user.window.resize(1100, 640)
    _sort_by(user, 0)
    _header(user).resizeSection(1, 211)
    _drag_record(user, 60)
    user.window.do("view.reset")
    QApplication.processEvents()
    assert (user.window.width(), user.window.height()) == FIRST_SIZE
    assert _panes(user)[1] == PANES[1]
    assert _header(user).sectionSize(1) != 211
    assert user.window.list.table.view.order == ""
    user.window.close()
    assert _kept() == {}


@pytest.mark.parametrize(
    "kept",
    [
        3,
        {"window": 3, "panes": [], "columns": None, "order": "x"},
        {"window": {"size": [True, "a"], "maximised": 1}, "panes": {"": [0, -5]}, "order": {"ucap": ["title", 1, 2]}},
        {"columns": {"ucap": [10]}, "order": {"ucap": ["no such field", True]}, "panes": {"ucap": [1e9, 2]}},
    ],
)
def test_nonsense_in_the_settings_leaves_the_window_as_at_first(
    dressed: QApplication, sample_desk: Desk, qtbot: QtBot, kept: object
) -> None:
    settings.save(settings.load().with_(window={"arrangement": kept}))
    window = DeskWindow(sample_desk, lambda _: None)
    qtbot.addWidget(window)
    assert (window.width(), window.height()) == FIRST_SIZE
    assert window.list.table.view.order == ""
