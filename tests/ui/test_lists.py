"""The list of a kind: its filter with chips, order and columns, many rows at once, export, and who is incomplete."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QLabel,
    QListWidget,
    QMenu,
    QPushButton,
    QRadioButton,
    QTableWidget,
    QWidget,
)

from tests.helpers.shown import child, kept_by, said_by
from tests.ui.conftest import User
from tests.ui.list_hands import add_record, answer, chip_of, choose, count_said, focused, press_in, show_list
from ucapdesk.base.clock import today
from ucapdesk.base.i18n import use_language
from ucapdesk.model.kinds import KINDS, LISTED
from ucapdesk.model.listing import INCOMPLETE, TEXTS, Condition, ListView, read_view
from ucapdesk.model.text.assignments import parse_assignments
from ucapdesk.model.values import Bilingual, Codes, PartialDate, PersonName
from ucapdesk.services.files.sheets import export, import_sheet
from ucapdesk.services.records import lists, records
from ucapdesk.services.workspaces import maintenance
from ucapdesk.ui.fields.links import PickerDialog
from ucapdesk.ui.imports.list_imports import SheetMapping, SheetPreview
from ucapdesk.ui.lists import filter_chips
from ucapdesk.ui.lists.filter_chips import Prompt
from ucapdesk.ui.lists.list_dialogs import BulkDialog, ExportDialog
from ucapdesk.ui.toolkit.text_inputs import LineEdit, TextEdit
from ucapdesk.ui.window.commands.file_commands import export_to, receive_files
from ucapdesk.ui.window.sections import HOME

# -- narrowing ------------------------------------------------------------------------------------


@pytest.mark.rule("R15")
def test_a_chip_narrows_the_list_to_what_lacks_chinese_and_is_taken_away_with_del(user: User) -> None:
    add_record(user, "meeting", "title.en=Only in English")
    show_list(user, "meeting")
    everything = user.rows()
    user.bot.mouseClick(chip_of(user, "texts.zh.missing"), Qt.MouseButton.LeftButton)
    assert user.rows() == ["Only in English"]
    held = chip_of(user, "texts.zh.missing")
    assert held.isChecked()
    assert (held.text(), held.accessibleName()) == ("中 missing", "Remove filter 中 missing")
    press_in(user, held, Qt.Key.Key_Delete)
    assert user.rows() == everything


@pytest.mark.rule("R15")
def test_a_chip_keeps_the_order_that_was_chosen_for_the_list(user: User) -> None:
    pane = show_list(user, "meeting")
    choose(pane.menu, "Sort by", "Title")
    choose(pane.menu, "Sort by", "Descending")
    user.bot.mouseClick(chip_of(user, "texts.zh.missing"), Qt.MouseButton.LeftButton)
    user.bot.mouseClick(chip_of(user, "texts.zh.missing"), Qt.MouseButton.LeftButton)
    assert (pane.table.view.conditions, pane.table.view.order, pane.table.view.descending) == ((), "title", True)


def test_values_of_a_field_are_chosen_in_a_menu_and_several_chips_hold_together(user: User) -> None:
    pane = user.window.list
    ids = records.listing(user.desk, "meeting")
    records.edit(user.desk, ids[0], parse_assignments(KINDS["meeting"], ["tags=energy,water", "status=held"]))
    records.edit(user.desk, ids[1], parse_assignments(KINDS["meeting"], ["tags=energy", "status=scheduled"]))
    pane = show_list(user, "meeting")
    choose(pane.chips.menu, "Tags", "energy")
    assert len(user.rows()) == 2
    choose(pane.chips.menu, "Status", "Held")
    assert len(user.rows()) == 1
    held = [each for each in pane.chips.findChildren(QPushButton) if each.isChecked() and each.isVisibleTo(pane)]
    assert sorted(each.text() for each in held) == ["Status: Held", "Tags: energy"]
    choose(pane.chips.menu, "Status", "Held")
    assert len(user.rows()) == 2, "pressed again, it is taken away"


@pytest.mark.parametrize(("field", "values"), [("Tags", ["water", "energy"]), ("Role", ["liaison", "interpreter"])])
def test_of_many_values_one_is_looked_for(
    user: User, monkeypatch: pytest.MonkeyPatch, field: str, values: list[str]
) -> None:
    monkeypatch.setattr(filter_chips, "OFFERED", 1)
    ids = [
        records.add(user.desk, "person", {"name": PersonName("Nowak", "Anna"), "tags": (value,)}) for value in values
    ]
    ucap = user.id("ucap")
    for id_, value in zip(ids, values, strict=True):
        records.add(user.desk, "contact_role", {"owner": ucap, "person": id_, "role": value})
    show_list(user, "person")

    def pick(dialog: PickerDialog) -> int:
        dialog.chosen = [values[1]]
        return 1

    monkeypatch.setattr(PickerDialog, "exec", pick)
    choose(user.window.list.chips.menu, field, "Others…")
    assert list(user.window.list.table._ids) == [ids[1]]


def test_a_period_is_typed_as_people_write_it_and_nonsense_is_told(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    pane = show_list(user, "meeting")
    problems: list[str] = []

    def type_two(dialog: Prompt) -> None:
        user.bot.keyClicks(dialog.line, "someday")
        user.bot.keyClick(dialog.line, Qt.Key.Key_Return)
        label = child(dialog, QLabel, "prompt.problem")
        problems.append(label.text())
        dialog.line.clear()
        user.bot.keyClicks(dialog.line, "Jun 2019 - Oct 2019")
        user.bot.keyClick(dialog.line, Qt.Key.Key_Return)

    answer(monkeypatch, Prompt, type_two)
    choose(pane.chips.menu, "Date and time", "Period…")
    assert "someday" in problems[0]
    assert len(user.rows()) == 2
    assert pane.table.view.conditions == (Condition("when", ("2019-06/2019-10",)),)


def test_chips_are_reached_with_tab_after_the_filter(user: User) -> None:
    pane = show_list(user, "meeting")
    pane.filter.setFocus()
    met = []
    for _ in range(8):
        user.press(Qt.Key.Key_Tab)
        met.append(user.focus().objectName())
        if user.focus() is pane.view:
            break
    assert [name for name in met if name.startswith("list.")] == met
    assert {"list.new", "list.more", "list.chip.texts.zh.missing", "list.add_filter"} <= set(met)


def test_this_visit_is_offered_where_there_is_a_visit(user: User) -> None:
    meeting, visit = user.id("meeting"), user.id("visit", -1)
    for each in records.listing(user.desk, "meeting"):
        records.edit(user.desk, each, {"visit": None})
    records.edit(user.desk, meeting, {"visit": visit})
    records.edit(user.desk, visit, {"dates": PartialDate("2020-01/2999-01")})
    show_list(user, "meeting")
    chip = chip_of(user, "visit.now")
    assert chip.text() == "This visit"
    user.bot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert user.window.list.table.ids() == [meeting]


@pytest.mark.rule("R15")
def test_the_filter_finds_by_pinyin_and_its_keys_lead_on(user: User) -> None:
    show_list(user, "organisation")
    user.press(Qt.Key.Key_F, ctrl=True)
    assert user.focus() is user.window.list.filter
    user.bot.keyClicks(user.window.list.filter, "lzsfz")
    assert len(user.rows()) == 1
    user.press(Qt.Key.Key_Down)
    assert user.focus() is user.window.list.view
    press_in(user, user.window.list.filter, Qt.Key.Key_Escape)
    assert user.window.list.filter.text() == ""


@pytest.mark.rule("I2")
def test_no_key_leads_out_of_the_filter_while_an_input_method_composes(user: User) -> None:
    show_list(user, "organisation")
    box = focused(user.window.list.filter)
    user.compose(box, "liu")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Escape):
        user.press(key)
        assert user.focus() is box
    user.compose(box, "", "柳州")
    assert box.text() == "柳州"
    assert 0 < len(user.rows()) < 3


# -- empty ----------------------------------------------------------------------------------------


@pytest.mark.rule("R27", "W13")
def test_an_empty_list_says_so_and_makes_the_first_record(user: User) -> None:
    pane = show_list(user, "agreement")
    assert pane.empty.sentence.text() == "No MoUs yet. Create the first one:"
    assert pane.empty.new.text() == "New MoU"
    user.bot.mouseClick(pane.empty.new, Qt.MouseButton.LeftButton)
    assert user.record is not None
    assert user.window.record.id is None


@pytest.mark.rule("R27", "W13")
def test_where_nothing_fits_the_filter_is_cleared_or_the_words_are_searched_everywhere(user: User) -> None:
    pane = show_list(user, "organisation")
    pane.filter.setText("Benitez")
    assert pane.empty.sentence.text() == "Nothing matches Benitez."
    user.bot.mouseClick(pane.empty.everywhere, Qt.MouseButton.LeftButton)
    assert user.window.search.text() == "Benitez"
    assert user.window.search.hits.count() > 0
    user.bot.mouseClick(pane.empty.clear, Qt.MouseButton.LeftButton)
    assert len(user.rows()) == 3
    assert pane.filter.hasFocus()
    pane.show_view(pane.table.view._replace(conditions=(Condition(TEXTS, ("outdated",)),)))
    assert pane.empty.sentence.text() == "Nothing matches the filter."
    assert not pane.empty.everywhere.isVisibleTo(user.window)


# -- several rows ---------------------------------------------------------------------------------


def test_rows_are_chosen_with_shift_ctrl_and_ctrl_a(user: User) -> None:
    pane = show_list(user, "meeting")
    view = pane.view

    def click(row: int, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        at = view.visualRect(pane.table.index(row, 0)).center()
        user.bot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, modifier, at)

    ids = list(pane.table.ids())
    click(1)
    assert pane.selected() == [ids[1]]
    assert not pane.change.isVisible()
    click(3, Qt.KeyboardModifier.ShiftModifier)
    assert pane.selected() == ids[1:4]
    click(2, Qt.KeyboardModifier.ControlModifier)
    assert pane.selected() == [ids[1], ids[3]]
    assert count_said(user) == "5 records, 2 selected"
    assert pane.change.isVisible()
    press_in(user, view, Qt.Key.Key_A, ctrl=True)
    assert pane.selected() == ids


def test_many_rows_go_to_the_trash_in_one_step(user: User) -> None:
    before = maintenance.digest(user.desk)
    show_list(user, "meeting")
    user.window.list.view.setCurrentIndex(user.window.list.table.index(0, 0))
    press_in(user, user.window.list.view, Qt.Key.Key_A, ctrl=True)
    user.press(Qt.Key.Key_Delete)
    assert user.rows() == []
    user.press(Qt.Key.Key_Z, ctrl=True)
    assert len(user.rows()) == 5
    assert maintenance.digest(user.desk) == before


def _select_all(user: User) -> None:
    pane = user.window.list
    flags = QItemSelectionModel.SelectionFlag
    pane.view.selectionModel().select(pane.table.index(0, 0), flags.ClearAndSelect | flags.Rows)
    pane.view.selectAll()


# -- saved views ----------------------------------------------------------------------------------


def _view_rows(user: User) -> list[str]:
    sections = user.find(QListWidget, "sections")
    return [sections.item(row).text() for row in range(sections.count())]


@pytest.mark.rule("R16")
def test_a_view_is_saved_listed_under_the_sections_and_shown_again(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    pane = show_list(user, "meeting")
    pane.show_view(
        pane.table.view._replace(find="june", conditions=(Condition("when", ("2019",)),), columns=("room", "when"))
    )
    wanted = pane.table.view

    def name_it(dialog: Prompt) -> None:
        dialog.line.clear()
        user.bot.keyClicks(dialog.line, "June")
        user.bot.keyClick(dialog.line, Qt.Key.Key_Return)

    answer(monkeypatch, Prompt, name_it)
    user.window.do("view.save")
    assert any("June" in row for row in _view_rows(user))
    user.window.show_section("person")
    user.window.sections.view_chosen.emit("June")
    assert (user.window.list.table.view, user.window.list.filter.text()) == (wanted, "june")
    assert len(user.rows()) == 1


def test_a_view_is_called_otherwise_and_one_that_was_deleted_comes_back_with_undo(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    pane = show_list(user, "meeting")
    lists.keep_view(user.desk, "Mine", pane.table.view)
    user.window.show_views()

    def rename(dialog: Prompt) -> None:
        dialog.line.setText("Ours")
        user.bot.keyClick(dialog.line, Qt.Key.Key_Return)

    answer(monkeypatch, Prompt, rename)
    choose(pane.menu, "Saved views", "Rename", "Mine")
    assert any("Ours" in row for row in _view_rows(user))
    choose(pane.menu, "Saved views", "Delete", "Ours")
    assert not any("Ours" in row for row in _view_rows(user))
    user.click("toast.do")
    assert any("Ours" in row for row in _view_rows(user))


def test_a_name_that_is_taken_is_told_and_nothing_is_lost(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    show_list(user, "meeting")
    lists.keep_view(user.desk, "Mine", user.window.list.table.view)
    told = []

    def name_it(dialog: Prompt) -> None:
        dialog.line.setText("Mine")
        user.bot.keyClick(dialog.line, Qt.Key.Key_Return)
        told.append(dialog.line.accessibleDescription())
        dialog.reject()

    answer(monkeypatch, Prompt, name_it)
    user.window.do("view.save")
    assert "already" in told[0]
    assert len(lists.saved_views(user.desk)) == 1


def test_a_hundred_thousand_chosen_rows_are_counted_at_once(user: User, monkeypatch: pytest.MonkeyPatch) -> None:

    people = [f"{n:08x}-0000-4000-8000-000000000000" for n in range(100_000)]
    monkeypatch.setattr(lists, "ids", lambda *_: people)
    show_list(user, "person")
    _select_all(user)
    assert count_said(user) == "100000 records, 100000 selected"
    assert len(user.window.list.selected()) == 100_000


def test_a_list_reads_again_what_changed_and_keeps_its_filter(user: User) -> None:
    pane = show_list(user, "meeting")
    pane.show_view(pane.table.view._replace(conditions=(Condition("status", ("held",)),)))
    assert user.rows() == []
    records.edit(user.desk, user.id("meeting", 1), {"status": "held"})
    assert len(user.rows()) == 1


def test_the_record_shown_last_is_opened_again_from_its_row(user: User) -> None:
    for way in ["click", "double click", "Enter"]:
        meeting = user.open(user.id("meeting"))
        user.window.record.show_record(None)
        assert user.window.record.id is None, way
        view = user.window.list.view
        at = view.visualRect(view.currentIndex()).center()
        if way == "Enter":
            press_in(user, view, Qt.Key.Key_Return)
        else:
            user.bot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
        if way == "double click":
            user.bot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
        assert user.window.record.id == meeting, way


def test_a_section_comes_back_with_the_record_shown_last_unless_it_is_gone(user: User) -> None:
    meeting, person = user.id("meeting", 1), user.id("person")
    user.open(meeting)
    user.open(person)
    user.window.choose_section(HOME)
    user.window.choose_section("meeting")
    assert user.window.record.id == meeting
    assert user.window.list.view.currentIndex().row() == user.window.list.table.row_of(meeting)
    user.window.choose_section("person")
    assert user.window.record.id == person
    records.trash(user.desk, meeting)
    user.window.choose_section("meeting")
    assert user.window.record.id is None


def test_new_begins_a_record_in_every_list_that_offers_it(user: User) -> None:
    offered = []
    for name, kind in LISTED.items():
        show_list(user, name)
        if user.window.list.new.isVisible():
            offered.append(name)
            user.window.list.new.click()
            assert user.window.record.begun == (kind, {}), name
    assert {"person", "action_item", "house_style"} <= {*offered}


def _cells(table: QTableWidget) -> list[list[str]]:
    def text(row: int, column: int) -> str:
        item = table.item(row, column)
        return item.text() if item is not None else ""

    return [[text(row, column) for column in range(table.columnCount())] for row in range(table.rowCount())]


def _choose_all(user: User) -> list[str]:
    user.window.show_section("meeting")
    view = user.window.list.view
    view.setCurrentIndex(user.window.list.table.index(0, 0))
    press_in(user, view, Qt.Key.Key_A, ctrl=True)
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
        assert (dialog.field.currentText(), dialog.how.currentText()) == ("Tags", "Add")
        assert not dialog.apply.isEnabled()
        dialog.editor.set_value(Codes(["energy"]), {})
        dialog.look()
        told.extend([dialog.sentence.text(), _cells(dialog.preview), dialog.apply.text()])
        assert maintenance.digest(user.desk) == before
        user.bot.mouseClick(dialog.apply, Qt.MouseButton.LeftButton)

    answer(monkeypatch, BulkDialog, add_a_tag)
    user.bot.mouseClick(user.window.list.change, Qt.MouseButton.LeftButton)
    assert (told[0], told[2]) == ("5 records: add “energy” to Tags", "Change 4 records")
    shown = told[1]
    assert isinstance(shown, list)
    assert shown[0] == ["1st meeting, April 2019", "water", "water, energy"]
    assert [user.value(id_, "tags") for id_ in chosen[:2]] == [("water", "energy"), ("energy",)]
    user.click("toast.do")
    assert maintenance.digest(user.desk) == before


def test_a_status_is_typed_nowhere_but_chosen_and_every_field_has_its_editor(user: User) -> None:
    ids = records.listing(user.desk, "meeting")
    dialog = kept_by(user.bot, BulkDialog(user.desk, KINDS["meeting"], ids, user.window))
    for place, field in enumerate(lists.fields_of(KINDS["meeting"])):
        dialog.field.setCurrentIndex(place)
        assert dialog.editor.field == field
        assert not dialog.apply.isEnabled()
    dialog.field.setCurrentText("Status")
    dialog.editor.set_value("held", {})
    dialog.look()
    assert dialog.sentence.text() == "5 records: set Status to “Held”"
    assert dialog.apply.isEnabled()
    dialog.how.setCurrentIndex([dialog.how.itemData(n) for n in range(dialog.how.count())].index(lists.EMPTY))
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

    answer(monkeypatch, BulkDialog, set_a_status)
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
    answer(monkeypatch, ExportDialog, lambda dialog: dialog.accept())
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

    answer(monkeypatch, SheetMapping, map_nothing)
    answer(monkeypatch, SheetPreview, look_and_take)
    receive_files(user.window.commands, [file])
    user.bot.waitUntil(lambda: user.value(rows[1][-1], "title")["en"] == "First meeting")
    assert shown[0] == [["", "2", "1st meeting, April 2019", "Title"]]
    user.bot.waitUntil(user.window.toast.isVisible)
    user.click("toast.do")
    assert maintenance.digest(user.desk) == before


def test_only_the_chosen_rows_and_all_fields_go_out_where_that_is_wished(user: User, tmp_path: Path) -> None:
    ids = _choose_all(user)
    dialog = kept_by(user.bot, ExportDialog(5, 2, user.window))
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
        dialog = kept_by(user.bot, SheetPreview(import_sheet(user.desk, file, dry_run=True), user.window))
        assert (dialog.wanted, dialog.take.isEnabled()) == (ticked, bool(ticked))
        assert _cells(dialog.table)[-1][3].startswith("Room" if ticked else "Changed here too: Room")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_cannot_be_taken_in_stands_before_what_is(user: User, tmp_path: Path, lang: str) -> None:
    use_language(lang)
    meeting = user.id("meeting")
    (tmp_path / "m.csv").write_text(f"title.en,when,id\nNew,32 June,{meeting}\n", encoding="utf-8")
    report = import_sheet(user.desk, tmp_path / "m.csv", kind="meeting", dry_run=True)
    dialog = kept_by(user.bot, SheetPreview(report, user.window))
    dialog.show()
    rows = _cells(dialog.table)
    assert [row[1] for row in rows] == ["2", "2"]
    assert "32 June" in rows[0][3]


def _ids(user: User, kind: str = "person") -> set[str]:
    return set(lists.ids(user.desk, ListView(kind, conditions=(Condition(INCOMPLETE, ("incomplete",)),))))


@pytest.mark.rule("T3", "W5")
def test_a_stub_is_listed_under_incomplete_until_it_has_a_name_and_a_post(user: User) -> None:
    stub = add_record(user, "person", "name.given=Zhang Wei")
    named = add_record(user, "person", "name_han.family=张", "name_han.given=伟")
    show_list(user, "person")
    before = len(_ids(user))
    row = user.window.list.incomplete
    user.bot.waitUntil(lambda: row.text() == f"Incomplete {before}")
    press_in(user, row, Qt.Key.Key_Space)
    assert chip_of(user, "incomplete.incomplete").text() == "Incomplete"
    assert not row.isVisible()
    shown = {user.window.list.table.id_at(row) for row in range(user.window.list.table.rowCount())}
    assert {stub, named} <= shown
    house = add_record(user, "organisation", "name.en=DRC")
    add_record(user, "affiliation", f"owner={named}", f"organisation={house}")
    assert stub in _ids(user)
    assert named not in _ids(user)
    post = add_record(user, "affiliation", f"owner={stub}", f"organisation={house}")
    assert stub in _ids(user)  # its family name is still to be said
    records.trash(user.desk, post)
    assert stub in _ids(user)
    user.bot.mouseClick(chip_of(user, "incomplete.incomplete"), Qt.MouseButton.LeftButton)
    user.bot.waitUntil(lambda: row.text() == f"Incomplete {before - 1}")


def test_other_records_lack_what_they_need_and_a_view_keeps_the_condition(user: User) -> None:
    meeting = add_record(user, "meeting", "title.en=Some time")
    assert meeting in _ids(user, "meeting")
    view = ListView("meeting", conditions=(Condition(INCOMPLETE, ("incomplete",)),))
    assert read_view(view.plain()) == view
    assert lists.say_condition(user.desk, records.kind_named("meeting"), view.conditions[0]) == "Incomplete"


@pytest.mark.rule("W5")
def test_people_are_narrowed_by_city_role_and_visit_with_chips_of_their_own(user: User) -> None:
    city = user.id("place")
    guest = add_record(user, "person", "name.family=Guest", f"place={city}")
    visit = add_record(user, "visit", "title.en=Delegation")
    add_record(user, "participation", f"owner={visit}", f"person={guest}")
    add_record(user, "contact_role", f"owner={user.id('ucap')}", f"person={guest}", "role=interpreter")
    pane = show_list(user, "person")
    for chip, path in (("place", records.titles(user.desk, [city])[city]), ("role", "Interpreter")):
        menu = user.find(QPushButton, f"list.facet.{chip}").menu()
        assert isinstance(menu, QMenu)
        choose(menu, path)
        assert guest in pane.table.ids()
        held = pane.table.view.conditions[0]
        assert read_view(pane.table.view.plain()) == pane.table.view
        pane.show_view(pane.table.view.without_condition(held))
    travels = chip_of(user, "visit.any")
    assert travels.text() == "In a visit"
    press_in(user, travels, Qt.Key.Key_Space)
    assert pane.table.ids() == [guest]
    add_record(user, "participation", f"owner={visit}", f"person={user.id('person')}")
    assert len(pane.table.ids()) == 2, "who is added to a visit is listed at once"
    records.trash(user.desk, visit)
    user.bot.waitUntil(lambda: not pane.table.ids())


def test_who_is_in_the_visit_of_the_day_is_found_from_the_menu(user: User) -> None:
    now = today(user.desk.workspace.clock).isoformat()
    visits = [add_record(user, "visit", "title.en=A", f"dates={now}"), add_record(user, "visit", "title.en=B")]
    people = [add_record(user, "person", "name.family=Guest") for _ in visits]
    for visit, person in zip(visits, people, strict=True):
        add_record(user, "participation", f"owner={visit}", f"person={person}")
    show_list(user, "person")
    choose(user.window.list.chips.menu, "This visit")
    assert user.window.list.table.ids() == [people[0]]
    view = user.window.list.table.view
    assert lists.say_condition(user.desk, records.kind_named("person"), view.conditions[0]) == "This visit"
