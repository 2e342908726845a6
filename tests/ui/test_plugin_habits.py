"""Habits of Qt's plugins for other systems that the window must stand: fonts of single classes, items deleted behind its back."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QStorageInfo
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.clock import PATIENCE
from ucapdesk.base import settings
from ucapdesk.services import Desk
from ucapdesk.ui.exchange import watched_places
from ucapdesk.ui.toolkit.fonts import font_of_class
from ucapdesk.ui.toolkit.layouts import FlowLayout
from ucapdesk.ui.toolkit.theme import apply_theme

CLASSES = ("QMenuBar", "QMenu", "QStatusBar", "QAbstractItemView", "QTipLabel", "QMessageBox")


@pytest.fixture
def fonts_of_the_system(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fonts for single classes, as Qt's plugin for Windows brings them, at the start and with each style sheet."""
    dressed = QApplication.setStyleSheet

    def bring(*sheet: object) -> None:
        dressed(*sheet)  # type: ignore[arg-type] # handed on as it came
        for name in CLASSES:
            qapp.setFont(QFont("Tahoma", 7), name)  # type: ignore[arg-type] # PySide takes text

    bring(qapp, qapp.styleSheet())
    monkeypatch.setattr(QApplication, "setStyleSheet", bring)
    yield
    monkeypatch.undo()
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


def test_a_shared_folder_that_does_not_answer_is_left_out_until_it_does(
    qtbot: QtBot, workspace_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "share").mkdir()
    back, asked = threading.Event(), os.path.isdir

    def gone(path: str | Path) -> bool:
        return back.wait(PATIENCE) if Path(path) == tmp_path / "share" else asked(path)

    monkeypatch.setattr("os.path.isdir", gone)
    monkeypatch.setattr(watched_places, "drives", list)
    monkeypatch.setattr(watched_places, "ANSWERS_WITHIN", 0.01)
    with Desk.open(workspace_folder) as desk:
        watched_places.share(desk, tmp_path / "share")
        places = watched_places.WatchedPlaces(desk)
        places.stop()
        places.look()
        places.look()
        assert places._watches == {}
        back.set()
        qtbot.waitUntil(lambda: not places._asking or not places._asking.is_alive())
        monkeypatch.setattr(watched_places, "ANSWERS_WITHIN", PATIENCE)
        places.look()
        assert list(places._watches) == [tmp_path / "share"]
        places.deleteLater()
