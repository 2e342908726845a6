"""Who is kept how long, and all data of one person, at the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton

from tests.helpers.shown import said_by
from tests.ui.conftest import User
from tests.ui.list_hands import add_record, answer
from ucapdesk.formats.sheets.sheet import read_sheets
from ucapdesk.services.workspaces import maintenance
from ucapdesk.ui.screens.people_screens import RetentionDialog


@pytest.mark.row("B15")
def test_those_whose_time_is_over_are_shown_saved_and_opened(
    user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    over = add_record(user, "person", "name.family=Over", "keep_until=2020-06", "consent=by mail")
    before = maintenance.digest(user.desk)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "kept"), ""))

    def look(dialog: RetentionDialog) -> None:
        assert dialog.table.rowCount() > 5
        user.bot.mouseClick(dialog.due, Qt.MouseButton.LeftButton)
        assert [dialog.table.item(0, column).text() for column in range(5)] == [  # type: ignore[union-attr]
            "ended", "Over", "June 2020", "", "by mail",
        ]  # fmt: skip
        assert dialog.table.rowCount() == 1
        save = dialog.findChild(QPushButton, "retention.save")
        assert isinstance(save, QPushButton)
        user.bot.mouseClick(save, Qt.MouseButton.LeftButton)
        dialog.table.setFocus()
        dialog.table.setCurrentCell(0, 0)
        user.bot.keyClick(dialog.table, Qt.Key.Key_Return)
        assert not dialog.isVisible()

    answer(monkeypatch, RetentionDialog, look)
    user.window.do("go.retention")
    user.bot.waitUntil(lambda: user.record is not None and user.record.id == over)
    (sheet,) = read_sheets(tmp_path / "kept.xlsx")
    assert sheet.rows[1].cells[:3] == ("ended", "Over", "June 2020")
    assert maintenance.digest(user.desk) == before


def test_all_data_of_the_person_shown_is_saved(user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    user.open(add_record(user, "person", "name.family=Ferrer", "mobile=+34 600"))
    assert user.window.menus.actions["record.person_data"].isEnabled()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "a.csv"), ""))
    user.window.do("record.person_data")
    assert "+34 600" in (tmp_path / "a.csv").read_text(encoding="utf-8-sig")
    assert "were written to a.csv" in said_by(user.window.status)
    user.open(user.id("place"))
    assert not user.window.menus.actions["record.person_data"].isEnabled()
