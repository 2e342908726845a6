"""Many records at once, and lists as spreadsheets, from the window: shown before it is done, one step, taken back by one."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QLabel,
    QPushButton,
    QRadioButton,
    QTableWidget,
    QWidget,
)

from tests.helpers.shown import said_by
from tests.ui.conftest import User
from tests.ui.list_hands import child
from ucapdesk.base.i18n import use_language
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.listing import ListView
from ucapdesk.model.values import Bilingual, Codes
from ucapdesk.services.files.sheets import export, import_sheet
from ucapdesk.services.records import bulk, records
from ucapdesk.services.workspaces import maintenance
from ucapdesk.ui.imports.sheet_dialogs import SheetMapping, SheetPreview
from ucapdesk.ui.lists.list_dialogs import BulkDialog, ExportDialog
from ucapdesk.ui.toolkit.text_inputs import LineEdit, TextEdit
from ucapdesk.ui.window.commands.file_commands import export_to, receive_files


def _answer(monkeypatch: pytest.MonkeyPatch, dialog: type[QDialog], do: Callable[..., object]) -> None:
    def exec_(self: QDialog) -> int:
        self.show()
        QApplication.processEvents()
        do(self)
        return self.result()

    monkeypatch.setattr(dialog, "exec", exec_)


def _cells(table: QTableWidget) -> list[list[str]]:
    def text(row: int, column: int) -> str:
        item = table.item(row, column)
        return item.text() if item is not None else ""

    return [[text(row, column) for column in range(table.columnCount())] for row in range(table.rowCount())]


def _choose_all(user: User) -> list[str]:
    user.window.show_section("meeting")
    view = user.window.list.view
    view.setCurrentIndex(user.window.list.table.index(0, 0))
    view.setFocus()
    user.press(Qt.Key.Key_A, ctrl=True)
    return user.window.list.selected()


@pytest.mark.rule("V5", "U5", "R25")
def test_a_tag_is_added_to_the_chosen_records_after_it_was_shown_what_becomes_of_them(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = records.listing(user.desk, "meeting")
    records.edit(user.desk, ids[0], {"tags": Codes(["water"])})
    records.edit(user.desk, ids[1], {"tags": Codes(["energy"])})
    before = maintenance.digest(user.desk)
    chosen = _choose_all(user)
    told: list[object] = []

    def add_a_tag(dialog: BulkDialog) -> None:
        assert dialog.field.currentText() == "Tags"
        assert dialog.how.currentText() == "Add"
        assert not dialog.apply.isEnabled()
        dialog.editor.set_value(Codes(["energy"]), {})
        dialog.look()
        told.extend([dialog.sentence.text(), _cells(dialog.preview), dialog.apply.text()])
        assert maintenance.digest(user.desk) == before
        user.bot.mouseClick(dialog.apply, Qt.MouseButton.LeftButton)

    _answer(monkeypatch, BulkDialog, add_a_tag)
    user.bot.mouseClick(user.window.list.change, Qt.MouseButton.LeftButton)
    assert told[0] == "5 records: add “energy” to Tags"
    assert told[2] == "Change 4 records"
    shown = told[1]
    assert isinstance(shown, list)
    assert shown[0] == ["1st meeting, April 2019", "water", "water, energy"]
    assert [user.value(id_, "tags") for id_ in chosen[:2]] == [("water", "energy"), ("energy",)]
    user.click("toast.do")
    assert maintenance.digest(user.desk) == before


def test_a_status_is_typed_nowhere_but_chosen_and_every_field_has_its_editor(user: User) -> None:
    ids = records.listing(user.desk, "meeting")
    dialog = BulkDialog(user.desk, KINDS["meeting"], ids, user.window)
    user.bot.addWidget(dialog)
    for place, field in enumerate(bulk.fields_of(KINDS["meeting"])):
        dialog.field.setCurrentIndex(place)
        assert dialog.editor.field == field
        assert not dialog.apply.isEnabled()
    dialog.field.setCurrentText("Status")
    dialog.editor.set_value("held", {})
    dialog.look()
    assert dialog.sentence.text() == "5 records: set Status to “Held”"
    assert dialog.apply.isEnabled()
    dialog.how.setCurrentIndex([dialog.how.itemData(n) for n in range(dialog.how.count())].index(bulk.EMPTY))
    assert not dialog.editor.isVisibleTo(dialog)
    assert not dialog.apply.isEnabled(), "nothing has a status, so there is nothing to empty"
    for name, parts, value in (
        ("tags", {"line": "energy,water,"}, Codes(["energy", "water"])),
        ("title", {"en": "Talks", "zh": "2"}, Bilingual(en="Talks", zh="2")),
    ):
        dialog.field.setCurrentText(KINDS["meeting"].fields[name].label())
        for part, text in parts.items():
            box = dialog.editor.findChild(QWidget, f"field.{name}.{part}")
            assert isinstance(box, LineEdit | TextEdit)
            user.bot.keyClicks(box, text)
            dialog.editor.commit()
        dialog.look()
        assert dialog.bulk is not None
        assert dialog.bulk.value == value, "what was typed first is gone"


def test_without_chosen_rows_it_is_said_how_to_choose_them(user: User) -> None:
    user.window.show_section("meeting")
    user.window.list.view.clearSelection()
    user.window.do("edit.change_many")
    assert "Select the records first" in said_by(user.window.status)


def test_very_many_records_are_changed_beside_the_window(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ucapdesk.ui.window.commands.edit_commands.IN_BACKGROUND_FROM", 3)
    chosen = _choose_all(user)

    def set_a_status(dialog: BulkDialog) -> None:
        dialog.field.setCurrentText("Status")
        dialog.editor.set_value("held", {})
        dialog.look()
        dialog.accept()

    _answer(monkeypatch, BulkDialog, set_a_status)
    user.window.do("edit.change_many")
    user.bot.waitUntil(lambda: user.value(chosen[-1], "status") == "held")
    user.bot.waitUntil(user.window.toast.isVisible)


# -- spreadsheets ---------------------------------------------------------------------------------


@pytest.mark.row("X2")
@pytest.mark.rule("R32")
def test_a_list_is_exported_as_it_stands_and_taken_in_again_after_a_look(
    user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "list.csv"
    user.window.show_section("meeting")
    user.window.list.filter.setText("april")
    _answer(monkeypatch, ExportDialog, lambda dialog: dialog.accept())
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    user.window.do("file.export")
    user.bot.waitUntil(file.exists)
    user.bot.waitUntil(lambda: "2 records were written" in said_by(user.window.status))
    rows = list(csv.reader(file.read_text(encoding="utf-8-sig").splitlines()))
    assert [row[0] for row in rows[1:]] == ["1st meeting, April 2019", "5th meeting, April 2020"]
    rows[1][0] = "First meeting"
    rows[0].append("Colour")
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows(rows)
    before = maintenance.digest(user.desk)
    shown: list[list[list[str]]] = []

    def map_nothing(dialog: SheetMapping) -> None:
        assert dialog.findChild(QLabel, "mapping.state").text() == "1 column is left out."  # type: ignore[union-attr]
        user.bot.mouseClick(dialog.next, Qt.MouseButton.LeftButton)

    def look_and_take(dialog: SheetPreview) -> None:
        shown.append(_cells(dialog.table))
        assert maintenance.digest(user.desk) == before
        button = child(dialog, QPushButton, "sheet.take")
        assert button.text() == "Import 1 row"
        user.bot.mouseClick(button, Qt.MouseButton.LeftButton)

    _answer(monkeypatch, SheetMapping, map_nothing)
    _answer(monkeypatch, SheetPreview, look_and_take)
    receive_files(user.window.commands, [file])
    user.bot.waitUntil(lambda: user.value(rows[1][-1], "title")["en"] == "First meeting")
    assert shown[0] == [["", "2", "1st meeting, April 2019", "Title"]]
    user.bot.waitUntil(user.window.toast.isVisible)
    user.click("toast.do")
    assert maintenance.digest(user.desk) == before


def test_only_the_chosen_rows_and_all_fields_go_out_where_that_is_wished(user: User, tmp_path: Path) -> None:
    ids = _choose_all(user)
    dialog = ExportDialog(5, 2, user.window)
    user.bot.addWidget(dialog)
    assert (dialog.only_chosen, dialog.all_fields) == (True, False)
    button = child(dialog, QRadioButton, "export.columns.1")
    user.bot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert (dialog.only_chosen, dialog.all_fields) == (True, True)
    export_to(user.window.commands, tmp_path / "m.xlsx", all_fields=True, ids=ids[:2])
    user.bot.waitUntil((tmp_path / "m.xlsx").exists)
    assert import_sheet(user.desk, tmp_path / "m.xlsx", dry_run=True).same == 2


def test_a_file_that_is_no_sheet_is_told_in_one_sentence(user: User, tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_text("la la la")
    receive_files(user.window.commands, [tmp_path / "x.xlsx"])
    user.bot.waitUntil(lambda: "x.xlsx" in said_by(user.window.notice))


def test_a_row_that_was_changed_here_too_says_so_and_is_not_ticked(user: User, tmp_path: Path) -> None:
    meeting = user.id("meeting")
    file = tmp_path / "m.xlsx"
    records.edit(user.desk, meeting, {"room": "12"})
    export(user.desk, ListView("meeting"), file, all_fields=True, ids=[meeting])
    book = load_workbook(file)
    sheet = book.active
    assert sheet is not None
    sheet.cell(2, next(cell.column for cell in sheet[1] if cell.value == "Room"), "15")
    book.save(file)
    for room, ticked in (("12", {2}), ("14", set())):
        records.edit(user.desk, meeting, {"room": room})
        dialog = SheetPreview(import_sheet(user.desk, file, dry_run=True), user.window)
        user.bot.addWidget(dialog)
        assert (dialog.wanted, dialog.take.isEnabled()) == (ticked, bool(ticked))
        assert _cells(dialog.table)[-1][3].startswith("Room" if ticked else "Changed here too: Room")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_cannot_be_taken_in_stands_before_what_is(user: User, tmp_path: Path, lang: str) -> None:
    use_language(lang)
    meeting = user.id("meeting")
    (tmp_path / "m.csv").write_text(f"title.en,when,id\nNew,32 June,{meeting}\n", encoding="utf-8")
    report = import_sheet(user.desk, tmp_path / "m.csv", kind="meeting", dry_run=True)
    dialog = SheetPreview(report, user.window)
    user.bot.addWidget(dialog)
    dialog.show()
    rows = _cells(dialog.table)
    assert [row[1] for row in rows] == ["2", "2"]
    assert "32 June" in rows[0][3]
