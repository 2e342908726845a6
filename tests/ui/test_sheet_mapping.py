"""A stranger's spreadsheet at the window: mapped by keys and mouse, looked at row by row, unticked, taken in, taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QWidget

from tests.ui.conftest import User
from tests.ui.list_hands import answer
from ucapdesk.services.records import records
from ucapdesk.services.workspaces import maintenance
from ucapdesk.ui.fields.value_editors import Choice
from ucapdesk.ui.imports.sheet_dialogs import SheetMapping, SheetPreview
from ucapdesk.ui.window.commands.file_commands import receive_files


def _guests(path: Path) -> Path:
    book = Workbook()
    cover = book.worksheets[0]
    cover.title = "Read me"
    cover.append(["Dear colleague, the list is on the next sheet."])
    sheet = book.create_sheet("Guests")
    for row in (
        ["Zimmer", "Nachname", "Vorname"],
        ["101", "Chen", "Yan"],
        ["102", "Luo", "Hui"],
        ["103", "Luo", "Hui"],
    ):
        sheet.append(row)
    book.save(path)
    return path


def _state(dialog: QDialog) -> str:
    label = dialog.findChild(QLabel, "mapping.state")
    assert isinstance(label, QLabel)
    return label.text()


def _choose(user: User, box: QWidget, letters: str) -> None:
    """Letters open the list and find; Enter takes."""
    assert isinstance(box, Choice)
    box.setFocus()
    for letter in letters:
        user.bot.keyClick(box.view() if box.view().isVisible() else box, letter)
    user.bot.keyClick(box.view(), Qt.Key.Key_Return)


@pytest.mark.row("X2")
@pytest.mark.qt_log_ignore("does not support", extend=True)  # lists that open, on the offscreen platform
def test_a_strangers_sheet_is_mapped_looked_through_and_taken_in(
    user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, n = maintenance.digest(user.desk), records.count(user.desk, "person")
    seen: list[str] = []

    def map_it(dialog: SheetMapping) -> None:
        if seen:  # looked at again: everything is as it was chosen
            assert dialog.table.columns == {1: "name.family", 2: "name.given"}
        else:
            assert _state(dialog) == "First choose what the rows contain."
            assert not dialog.next.isEnabled()
            _choose(user, dialog.sheet, "gu")
            _choose(user, dialog.kind, "peo")
            assert _state(dialog) == "Assign a field to at least one column."
            _choose(user, dialog.columns[2], "name fam")
            _choose(user, dialog.columns[1], "name fam")  # is taken from the other column
            assert dialog.columns[2].currentData() is None
            _choose(user, dialog.columns[2], "name giv")
            assert _state(dialog) == "1 column is left out."
        seen.append("map")
        user.bot.mouseClick(dialog.next, Qt.MouseButton.LeftButton)

    def look_through(dialog: SheetPreview) -> None:
        seen.append("look")
        if seen.count("look") == 1:
            user.bot.mouseClick(dialog.columns, Qt.MouseButton.LeftButton)
            return
        assert dialog.take.text() == "Import 2 rows"  # the third is called like the second
        assert "“row 3” has the same name" in dialog.table.item(2, 3).text()  # type: ignore[union-attr]
        dialog.table.setFocus()
        user.bot.keyClick(dialog.table, Qt.Key.Key_Space)
        assert dialog.wanted == {3}
        user.bot.mouseClick(dialog.take, Qt.MouseButton.LeftButton)

    answer(monkeypatch, SheetMapping, map_it)
    answer(monkeypatch, SheetPreview, look_through)
    receive_files(user.window.commands, [_guests(tmp_path / "guests.xlsx")])
    user.bot.waitUntil(lambda: records.count(user.desk, "person") == n + 1)
    user.bot.waitUntil(user.window.toast.isVisible)
    assert seen == ["map", "look", "map", "look"]
    assert user.window.section == "person"
    user.click("toast.do")
    assert maintenance.digest(user.desk) == before


def test_saying_not_now_changes_nothing(user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, asked = maintenance.digest(user.desk), []

    def refuse(dialog: SheetMapping) -> None:
        asked.append(dialog.table.sheet.name)
        dialog.reject()

    answer(monkeypatch, SheetMapping, refuse)
    receive_files(user.window.commands, [_guests(tmp_path / "guests.xlsx")])
    user.bot.waitUntil(lambda: bool(asked))
    assert maintenance.digest(user.desk) == before
