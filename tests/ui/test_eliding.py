"""Long names give way, and are still there to be read."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ucapdesk.ui.toolkit.eliding import ElidedButton

LONG = "Liuzhou – Barcelona, Granada, Rome, Stuttgart Regio, Mannheim"


@pytest.mark.parametrize(("width", "whole"), [(200, False), (1200, True)])
def test_a_long_name_gives_way_and_is_told_by_its_tooltip(
    qtbot: QtBot, dressed: QApplication, width: int, *, whole: bool
) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    button = ElidedButton(LONG, page)
    QHBoxLayout(page).addWidget(button)
    page.resize(width, 60)
    with qtbot.waitExposed(page):
        page.show()
    assert page.width() == width
    assert button.toolTip() == ("" if whole else LONG)
    assert button.text() == LONG
    shown = button.grab().toImage()
    button.setText(f"{LONG} and more")  # its end is seen only where there is room
    assert (button.grab().toImage() == shown) is not whole
