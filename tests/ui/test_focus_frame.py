"""What has the keys is seen by its frame: drawn in every theme, and compared with what was drawn there without them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QTabBar,
    QTableWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.helpers.contrast import SEEN, contrast
from tests.helpers.look import apply_look
from ucapdesk.ui.toolkit import theme

ROLES = ("", "main", "quiet", "danger", "token", "chip", "row", "draft", "gap", "group")
OUTSIDE = 3
"""Pixels around a control in which its frame may stand."""


def _filled(made: QWidget) -> QWidget:
    """Return a control with something in it."""
    if isinstance(made, QLineEdit | QLabel | QPushButton | QToolButton | QCheckBox | QRadioButton):
        made.setText("Liuzhou")
    elif isinstance(made, QPlainTextEdit):
        made.setPlainText("Liuzhou")
    elif isinstance(made, QComboBox | QListWidget):
        made.addItems(["Liuzhou", "Rome"])
    elif isinstance(made, QTabBar):
        made.addTab("Liuzhou")
        made.addTab("Rome")
    if isinstance(made, QListWidget):
        made.setCurrentRow(0)
    return made


def _controls() -> dict[str, QWidget]:
    kinds: tuple[Callable[[], QWidget], ...] = (
        QLineEdit, QPlainTextEdit, QComboBox, QCheckBox, QRadioButton, QToolButton, QListWidget, QTabBar,
    )  # fmt: skip
    made = {kind.__name__: _filled(kind()) for kind in kinds}
    for role in ROLES:
        made[f"button {role}"] = _filled(QPushButton())
        theme.role(made[f"button {role}"], role)
    made["table"] = QTableWidget(2, 2)
    made["sections"] = _filled(QListWidget())
    made["sections"].setObjectName("sections")
    made["number"] = _filled(QLabel())
    theme.role(made["number"], "number")
    return made


@pytest.mark.rule("A1", "A2")
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("strong", [False, True], ids=["usual", "strong"])
def test_the_frame_of_what_has_the_keys_stands_out(
    qtbot: QtBot, dressed: QApplication, dark: bool, strong: bool
) -> None:
    apply_look(dressed, dark=dark, contrast=strong)
    page, other, faint = QWidget(), QLineEdit(), {}
    page.setObjectName("page")
    page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    controls = _controls()
    for each in (other, *controls.values()):
        each.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        each.setMaximumHeight(60)
        column.addWidget(each)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    for name, control in controls.items():
        other.setFocus(Qt.FocusReason.TabFocusReason)
        before = _drawn(page, control)
        control.setFocus(Qt.FocusReason.TabFocusReason)
        qtbot.waitUntil(control.hasFocus)
        standing_out = _changed(before, _drawn(page, control))
        if standing_out < control.width():
            faint[name] = standing_out
    assert not faint


def _drawn(page: QWidget, control: QWidget) -> QImage:
    around: QRect = control.geometry().adjusted(-OUTSIDE, -OUTSIDE, OUTSIDE, OUTSIDE)
    QApplication.processEvents()
    return page.grab(around).toImage()


def _changed(before: QImage, now: QImage) -> int:
    """How many pixels differ so much that everybody sees it."""
    known: dict[tuple[int, int], bool] = {}
    count = 0
    for x in range(now.width()):
        for y in range(now.height()):
            pair = before.pixel(x, y), now.pixel(x, y)
            if pair[0] != pair[1]:
                if pair not in known:
                    known[pair] = contrast(QColor(pair[0]).name(), QColor(pair[1]).name()) >= SEEN
                count += known[pair]
    return count
