"""Habits of Qt's plugins for other systems that the window must stand: fonts of single classes, items deleted behind its back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QStorageInfo
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from ucapdesk.base import settings
from ucapdesk.ui.exchange import watched_places
from ucapdesk.ui.toolkit.app_font import font_of_class
from ucapdesk.ui.toolkit.apply_theme import apply_theme
from ucapdesk.ui.toolkit.flow_layout import FlowLayout

CLASSES = ("QMenuBar", "QMenu", "QStatusBar", "QAbstractItemView", "QTipLabel", "QMessageBox")


@pytest.fixture
def fonts_of_the_system(qapp: QApplication) -> Iterator[None]:
    """Fonts for single classes, as Qt's plugin for Windows brings them."""
    for name in CLASSES:
        qapp.setFont(QFont("Tahoma", 7), name)  # type: ignore[arg-type] # PySide takes text
    yield
    for name in CLASSES:
        qapp.setFont(qapp.font(), name)  # type: ignore[arg-type] # PySide takes text


def test_menus_lists_and_status_bar_have_the_font_of_the_window(fonts_of_the_system: None, qapp: QApplication) -> None:
    apply_theme(qapp, settings.Settings(interface_language="en", text_size=150))
    assert {font_of_class(name).pixelSize() for name in CLASSES} == {qapp.font().pixelSize()}
    assert {font_of_class(name).family() for name in CLASSES} == {qapp.font().family()}
    apply_theme(qapp, settings.Settings(interface_language="en"))


def test_a_line_of_chips_stands_an_item_that_qt_deleted(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    row = FlowLayout(page)
    for text in ("one", "two"):
        row.addWidget(QLabel(text, page))
    first = row.itemAt(0)
    assert first is not None
    shiboken6.delete(first)
    assert row.count() == 1
    assert row.heightForWidth(200) > 0
    assert row.minimumSize().isValid()


def test_looking_for_sticks_asks_no_other_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def hangs() -> list[QStorageInfo]:
        raise AssertionError("a network drive that is gone would be asked")

    monkeypatch.setattr(QStorageInfo, "mountedVolumes", hangs)
    stick = tmp_path / "media" / "ana" / "KINGSTON"
    stick.mkdir(parents=True)
    (tmp_path / "net" / "share").mkdir(parents=True)
    monkeypatch.setattr("os.path.ismount", lambda path: path in (stick, tmp_path / "net" / "share"))
    assert watched_places._mounts(tmp_path) == [stick]
    assert watched_places.drives() == []
