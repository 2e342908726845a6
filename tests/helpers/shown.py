"""What a window shows: its parts by their names, the sentences of its bars and messages, and its first page."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from ucapdesk.ui.home_page import HomePage
from ucapdesk.ui.window.desk_window import DeskWindow
from ucapdesk.ui.window.program import Program
from ucapdesk.ui.window.sections import HOME

T = TypeVar("T")
P = TypeVar("P", bound=QObject)
W = TypeVar("W", bound=QWidget)


def not_none(value: T | None) -> T:
    assert value is not None
    return value


def kept_by(bot: QtBot, widget: W) -> W:
    """Return a widget that is closed when the test ends."""
    bot.addWidget(widget)
    return widget


def on_screen(bot: QtBot, widget: W) -> W:
    """Show a widget until the test ends."""
    kept_by(bot, widget).show()
    return widget


def child(parent: QObject, cls: type[P], name: str = "") -> P:
    """Return the part of this class and name, which must be there; without a name, the first of the class."""
    found = parent.findChild(cls, name) if name else parent.findChild(cls)
    assert isinstance(found, cls), name
    return found


def window_of(program: Program) -> DeskWindow:
    assert program.window is not None
    return program.window


def said_by(bar: QWidget) -> str:
    """Return the sentence that a bar, a message or the status bar shows, as it was written; empty while that is hidden."""
    label = bar.findChild(QLabel)
    return label.text().replace("\u200b", "") if label is not None and not bar.isHidden() else ""


def home_of(window: DeskWindow) -> HomePage:
    page = window.page_of(HOME)
    assert isinstance(page, HomePage)
    return page
