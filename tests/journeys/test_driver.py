"""The one who counts counts right."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.journeys.driver import Driver


def test_keys_clicks_and_changes_of_hand_are_counted_where_they_are_made(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    line, button = QLineEdit(window), QPushButton("+", window)
    button.setObjectName("more")
    given: list[str] = []
    command = QAction(window)
    command.setShortcut("Ctrl+Shift+K")
    command.triggered.connect(lambda: given.append("command"))
    window.addAction(command)
    button.clicked.connect(lambda: given.append("click"))
    row = QHBoxLayout(window)
    row.addWidget(line)
    row.addWidget(button)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    line.setFocus()
    driver = Driver(window).type("Ab@").press("Ctrl+Shift+K").compose("zhang", "张").click("more").press("Tab").think(2)
    assert (line.text(), given) == ("Ab@张", ["command", "click"])
    took = driver.took
    assert (took.keys, took.clicks, took.changes) == (5 + 3 + 6 + 1, 1, 2)
    assert abs(took.seconds - sum(took.answers) - (15 * 0.28 + 1.3 + 0.8 + 2.7)) < 0.001
