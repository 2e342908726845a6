"""Lists: chips that narrow, columns of choice, rows of two lines, empty lists that help, views, many rows at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QListWidget, QMenu, QPushButton

from tests.ui.conftest import User
from ucapdesk.base.i18n import language, use_language
from ucapdesk.model.entry import parse_assignments
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.listing import TEXTS, Condition, usual_columns
from ucapdesk.model.values import PartialDate
from ucapdesk.services import lists, records, upkeep, views
from ucapdesk.ui.lists.cells import Cell
from ucapdesk.ui.lists.columns import ColumnsDialog
from ucapdesk.ui.lists.prompt import Prompt
from ucapdesk.ui.lists.rows import CELL
from ucapdesk.ui.look import theme


def _add(user: User, kind: str, *assignments: str) -> str:
    return records.add(user.desk, kind, parse_assignments(KINDS[kind], assignments, new=True))


def _show(user: User, kind: str, wide: int = 402) -> None:
    user.window.show_section(kind)
    user.window.panes.setSizes([188, wide, 1280 - 188 - wide])
    QApplication.processEvents()


def _cell(user: User, row: int, column: int = 0) -> Cell:
    table = user.window.list.table
    cell = table.index(row, column).data(CELL)
    assert isinstance(cell, Cell)
    return cell


def _aloud(user: User, row: int, column: int = 0) -> str:
    return str(user.window.list.table.index(row, column).data(Qt.ItemDataRole.AccessibleTextRole))


def _chip(user: User, name: str) -> QPushButton:
    found = [
        each for each in user.window.list.chips.findChildren(QPushButton) if each.objectName() == f"list.chip.{name}"
    ]
    shown = [each for each in found if each.isVisibleTo(user.window)]
    assert shown, [each.objectName() for each in user.window.list.chips.findChildren(QPushButton)]
    return shown[-1]


def _count(user: User) -> str:
    label = user.window.list.findChild(QLabel, "list.count")
    assert isinstance(label, QLabel)
    return label.text()


def _choose(menu: QMenu, *path: str) -> None:
    """Open menus one inside the other as a hand would, and press the last entry."""
    menu.aboutToShow.emit()
    said = [action.text() for action in menu.actions()]
    action = next((each for each in menu.actions() if each.text().partition(" (")[0] == path[0]), None)
    assert action is not None, said
    if len(path) > 1:
        inner = action.menu()
        assert isinstance(inner, QMenu)
        _choose(inner, *path[1:])
    else:
        action.trigger()


def _answer(monkeypatch: pytest.MonkeyPatch, dialog: type[QDialog], do: Callable[..., object]) -> None:
    """Whatever a person does in a dialog, in place of waiting for them."""

    def exec_(self: QDialog) -> int:
        self.show()
        QApplication.processEvents()
        do(self)
        return self.result()

    monkeypatch.setattr(dialog, "exec", exec_)


# -- narrowing ------------------------------------------------------------------------------------


def test_a_chip_narrows_the_list_to_what_lacks_chinese_and_is_taken_away_with_del(user: User) -> None:
    _add(user, "meeting", "title.en=Only in English")
    _show(user, "meeting")
    everything = user.rows()
    user.bot.mouseClick(_chip(user, "texts.zh.missing"), Qt.MouseButton.LeftButton)
    assert user.rows() == ["Only in English"]
    held = _chip(user, "texts.zh.missing")
    assert held.isChecked()
    assert held.text() == "中 missing"
    assert held.accessibleName() == "Take away the filter 中 missing"
    held.setFocus()
    user.press(Qt.Key.Key_Delete)
    assert user.rows() == everything


def test_values_of_a_field_are_chosen_in_a_menu_and_several_chips_hold_together(user: User) -> None:
    pane = user.window.list
    ids = records.listing(user.desk, "meeting")
    records.edit(user.desk, ids[0], parse_assignments(KINDS["meeting"], ["tags=energy,water", "status=held"]))
    records.edit(user.desk, ids[1], parse_assignments(KINDS["meeting"], ["tags=energy", "status=scheduled"]))
    _show(user, "meeting")
    pane = user.window.list
    _choose(pane.chips.menu, "Tags", "energy")
    assert len(user.rows()) == 2
    _choose(pane.chips.menu, "Status", "Held")
    assert len(user.rows()) == 1
    held = [each for each in pane.chips.findChildren(QPushButton) if each.isChecked() and each.isVisibleTo(pane)]
    assert sorted(each.text() for each in held) == ["Status: Held", "Tags: energy"]
    _choose(pane.chips.menu, "Status", "Held")
    assert len(user.rows()) == 2, "pressed again, it is taken away"


def test_a_period_is_typed_as_people_write_it_and_nonsense_is_told(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    _show(user, "meeting")
    pane = user.window.list
    problems: list[str] = []

    def type_two(dialog: Prompt) -> None:
        user.bot.keyClicks(dialog.line, "someday")
        user.bot.keyClick(dialog.line, Qt.Key.Key_Return)
        label = dialog.findChild(QLabel, "prompt.problem")
        assert isinstance(label, QLabel)
        problems.append(label.text())
        dialog.line.clear()
        user.bot.keyClicks(dialog.line, "Jun 2019 - Oct 2019")
        user.bot.keyClick(dialog.line, Qt.Key.Key_Return)

    _answer(monkeypatch, Prompt, type_two)
    _choose(pane.chips.menu, "Date and time", "Period…")
    assert "someday" in problems[0]
    assert len(user.rows()) == 2
    assert pane.shown.conditions == (Condition("when", ("2019-06/2019-10",)),)


def test_chips_are_reached_with_tab_after_the_filter(user: User) -> None:
    _show(user, "meeting")
    pane = user.window.list
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
    _show(user, "meeting")
    chip = _chip(user, "visit.now")
    assert chip.text() == "This visit"
    user.bot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert user.window.list.table.ids() == [meeting]


def test_the_filter_finds_by_pinyin_and_its_keys_lead_on(user: User) -> None:
    _show(user, "organisation")
    user.press(Qt.Key.Key_F, ctrl=True)
    assert user.focus() is user.window.list.filter
    user.bot.keyClicks(user.window.list.filter, "lzsfz")
    assert len(user.rows()) == 1
    user.press(Qt.Key.Key_Down)
    assert user.focus() is user.window.list.view
    user.window.list.filter.setFocus()
    user.press(Qt.Key.Key_Escape)
    assert user.window.list.filter.text() == ""


@pytest.mark.rule("I2")
def test_no_key_leads_out_of_the_filter_while_an_input_method_composes(user: User) -> None:
    _show(user, "organisation")
    box = user.window.list.filter
    box.setFocus()
    user.compose(box, "liu")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Escape):
        user.press(key)
        assert user.focus() is box
    user.compose(box, "", "柳州")
    assert box.text() == "柳州"
    assert 0 < len(user.rows()) < 3


# -- empty ----------------------------------------------------------------------------------------


def test_an_empty_list_says_so_and_makes_the_first_record(user: User) -> None:
    _show(user, "agreement")
    pane = user.window.list
    assert pane.empty.sentence.text() == "No MoUs yet. Make the first one:"
    assert pane.empty.new.text() == "New MoU"
    user.bot.mouseClick(pane.empty.new, Qt.MouseButton.LeftButton)
    assert user.record is not None
    assert user.window.record.id is None


def test_where_nothing_fits_the_filter_is_cleared_or_the_words_are_searched_everywhere(user: User) -> None:
    _show(user, "organisation")
    pane = user.window.list
    pane.filter.setText("Benitez")
    assert pane.empty.sentence.text() == "Nothing matches Benitez."
    user.bot.mouseClick(pane.empty.everywhere, Qt.MouseButton.LeftButton)
    assert user.window.search.text() == "Benitez"
    assert user.window.search.hits.count() > 0
    user.bot.mouseClick(pane.empty.clear, Qt.MouseButton.LeftButton)
    assert len(user.rows()) == 3
    assert pane.filter.hasFocus()
    pane.show_view(replace(pane.shown, conditions=(Condition(TEXTS, ("outdated",)),)))
    assert pane.empty.sentence.text() == "Nothing matches the filter."
    assert not pane.empty.everywhere.isVisibleTo(user.window)


# -- columns and rows -----------------------------------------------------------------------------


def test_a_narrow_list_has_rows_of_two_lines_and_a_wide_one_columns(user: User) -> None:
    _show(user, "meeting", 330)
    header = user.window.list.view.horizontalHeader()
    assert user.window.list.table.columnCount() == 1
    assert not header.isVisible()
    assert _cell(user, 0).line == "April 2019 · Brussels, Rome"
    assert header.sectionSize(0) <= user.window.list.view.viewport().width()
    _show(user, "meeting", 800)
    assert user.window.list.table.columnCount() == 1 + len(usual_columns(KINDS["meeting"]))
    assert header.isVisible()
    assert _cell(user, 0).line == ""


def test_any_field_becomes_a_column_moved_by_keys_remembered_and_put_back(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    _show(user, "person", 800)
    usual = [column.name for column in user.window.list.table.columns]

    def tick_and_move(dialog: ColumnsDialog) -> None:
        rows = dialog.rows
        names = [rows.item(row).data(Qt.ItemDataRole.UserRole) for row in range(rows.count())]
        row = names.index("email")
        rows.setCurrentRow(row)
        rows.item(row).setCheckState(Qt.CheckState.Checked)
        for _ in range(row):
            user.bot.keyClick(rows, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
        dialog.accept()

    _answer(monkeypatch, ColumnsDialog, tick_and_move)
    user.window.do("choose_columns")
    assert [column.name for column in user.window.list.table.columns] == ["name", "email", *usual[1:]]
    user.window.close()
    again = User(user.bot, user.desk)
    _show(again, "person", 800)
    assert [column.name for column in again.window.list.table.columns] == ["name", "email", *usual[1:]]
    _answer(monkeypatch, ColumnsDialog, lambda dialog: dialog.findChild(QPushButton, "columns.reset").click())
    again.window.do("choose_columns")
    assert [column.name for column in again.window.list.table.columns] == usual


def test_a_column_is_dragged_and_hidden_from_the_menu_of_its_head(user: User) -> None:
    _show(user, "meeting", 900)
    pane = user.window.list
    header = pane.view.horizontalHeader()
    names = [column.name for column in pane.table.columns]
    header.moveSection(3, 1)
    assert [column.name for column in pane.table.columns] == [names[0], names[3], names[1], names[2], *names[4:]]
    menu = pane.menu.columns_menu(pane)
    first = next(action.text() for action in menu.actions() if action.isCheckable())
    assert first == KINDS["meeting"].fields[names[3]].label()
    menu.actions()[0].trigger()
    menu.deleteLater()
    assert names[3] not in [column.name for column in pane.table.columns]
    assert header.isSortIndicatorShown()


def test_every_field_can_be_a_column_of_every_kind(user: User) -> None:
    for kind in KINDS.values():
        if kind.cls.reserved:
            continue
        _show(user, kind.name, 900)
        pane = user.window.list
        pane.set_columns([field.name for field in kind.fields.values() if field.name != kind.cls.title_fields[0]])
        for column in range(pane.table.columnCount()):
            assert None not in user.rows(column)


def test_a_narrow_list_is_sorted_from_its_menu_by_any_field_and_backwards(user: User) -> None:
    _show(user, "person", 330)
    pane = user.window.list
    rows = user.rows()
    _choose(pane.menu, "Sort by", "Backwards")
    assert user.rows() == rows[::-1]
    _choose(pane.menu, "Sort by", "More fields", "E-mail")
    emails = [user.value(id_, "email") or "" for id_ in pane.table.ids()]
    filled = [each.casefold() for each in emails if each]
    assert filled == sorted(filled, reverse=True)
    _choose(pane.menu, "Sort by", "As usual")
    assert user.rows() == rows


def test_a_long_list_by_title_shows_the_letters_its_rows_begin_with(user: User) -> None:
    for name in ("Abel", "Bruno", "Berta", *(f"Carla {n}" for n in range(20))):
        _add(user, "organisation", f"name.en={name}")
    _show(user, "organisation", 330)
    pane = user.window.list
    assert pane.rows.letters
    letters = [_cell(user, row).letter for row in range(pane.table.rowCount())]
    assert [letter for letter in letters if letter] == ["A", "B", "C", "D", "I", "R"]
    assert user.rows()[letters.index("B")] == "Berta"


@pytest.mark.rule("B6")
@pytest.mark.parametrize(("lang", "tags"), [("en", ["", "中"]), ("zh", ["EN", ""])])
def test_a_title_that_is_only_there_in_the_other_language_is_shown_with_its_tag(
    user: User, lang: str, tags: list[str]
) -> None:
    _add(user, "agreement", "title.en=Alpha")
    _add(user, "agreement", "title.zh=测试")
    use_language(lang)
    _show(user, "agreement")
    found = {_cell(user, row).text: _cell(user, row).tag for row in range(2)}
    assert found == {"Alpha": tags[0], "测试": tags[1]}
    assert all(_cell(user, row).chips for row in range(2)), "what is missing is said too"


@pytest.mark.rule("B6")
def test_no_title_is_ever_empty(user: User) -> None:
    _add(user, "agreement")
    _add(user, "meeting", "room=Sala 1")
    for choose in ("use_english", "use_chinese"):
        user.window.do(choose)
        for kind in ("agreement", "meeting", "person", "ucap"):
            _show(user, kind)
            assert all(user.rows())
    _show(user, "meeting")
    assert _cell(user, user.rows().index(KINDS["meeting"].label())).empty


@pytest.mark.rule("B6", "G6")
def test_the_readers_language_comes_first_and_the_other_behind_it(user: User) -> None:
    _show(user, "meeting")
    assert (_cell(user, 2).text, _cell(user, 2).other[:5]) == ("3rd meeting, September 2019", "第三次会议")
    user.window.do("use_chinese")
    assert language() == "zh"
    _show(user, "meeting")
    assert (_cell(user, 2).text[:5], _cell(user, 2).other) == ("第三次会议", "3rd meeting, September 2019")
    assert _cell(user, 2).line.startswith("2019年9月")


@pytest.mark.rule("A3", "A5")
def test_what_is_overdue_is_said_in_a_word_for_eyes_and_for_screen_readers(user: User) -> None:
    meeting = user.id("meeting")
    _add(user, "action_item", "text.en=Send the schema", "due=2019-03-12", "status=open", f"owner={meeting}")
    _add(user, "action_item", "text.en=Sent it", "due=2019-03-12", "status=done", f"owner={meeting}")
    _show(user, "action_item", 330)
    row = user.rows().index("Send the schema")
    assert [chip.word for chip in _cell(user, row).chips] == ["中 missing", "overdue"]
    assert _aloud(user, row).startswith("Send the schema, 12 March 2019")
    assert _aloud(user, row).endswith("overdue")
    assert "overdue" not in _aloud(user, user.rows().index("Sent it"))
    _show(user, "action_item", 900)
    due = [column.name for column in user.window.list.table.columns].index("due")
    assert _aloud(user, row, due) == "Due 12 March 2019, overdue"


@pytest.mark.rule("A3", "A5")
def test_what_expires_soon_is_said_in_a_word(user: User) -> None:
    soon = (date.today() + timedelta(30)).isoformat()  # noqa: DTZ011
    _add(user, "agreement", "title.en=Ends soon", "title.zh=即将到期", "status=in_force", f"expires={soon}")
    _show(user, "agreement")
    assert [chip.word for chip in _cell(user, 0).chips] == ["expiring"]
    user.bot.mouseClick(_chip(user, "expires.next90"), Qt.MouseButton.LeftButton)
    assert user.rows() == ["Ends soon"]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("size", [100, 200])
def test_chips_and_buttons_are_never_cut_off_in_the_narrowest_list(
    user: User, qapp: QApplication, lang: str, size: int
) -> None:
    use_language(lang)
    theme.apply(qapp, dark=True, text_size=size, lang=lang)
    user.window.dress_anew()
    _show(user, "action_item", 280)
    pane = user.window.list
    for button in (pane.new, pane.more, pane.chips.add, *pane.chips.findChildren(QPushButton)):
        if button.isVisibleTo(pane):
            corner = button.mapTo(pane, QPoint(button.width(), button.height()))
            assert corner.x() <= pane.width(), button.objectName()
            assert button.width() >= button.minimumSizeHint().width() - 2, button.objectName()
    boxes = [each.geometry() for each in pane.chips.findChildren(QPushButton) if each.isVisibleTo(pane)]
    assert not any(a.intersects(b) for n, a in enumerate(boxes) for b in boxes[n + 1 :])


# -- several rows ---------------------------------------------------------------------------------


def test_rows_are_chosen_with_shift_ctrl_and_ctrl_a(user: User) -> None:
    _show(user, "meeting")
    pane = user.window.list
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
    assert _count(user) == "5 records, 2 chosen"
    assert pane.change.isVisible()
    view.setFocus()
    user.press(Qt.Key.Key_A, ctrl=True)
    assert pane.selected() == ids


def test_many_rows_go_to_the_trash_in_one_step(user: User) -> None:
    before = upkeep.digest(user.desk)
    _show(user, "meeting")
    user.window.list.view.setCurrentIndex(user.window.list.table.index(0, 0))
    user.window.list.view.setFocus()
    user.press(Qt.Key.Key_A, ctrl=True)
    user.press(Qt.Key.Key_Delete)
    assert user.rows() == []
    user.press(Qt.Key.Key_Z, ctrl=True)
    assert len(user.rows()) == 5
    assert upkeep.digest(user.desk) == before


def _select_all(user: User) -> None:
    pane = user.window.list
    flags = QItemSelectionModel.SelectionFlag
    pane.view.selectionModel().select(pane.table.index(0, 0), flags.ClearAndSelect | flags.Rows)
    pane.view.selectAll()


# -- saved views ----------------------------------------------------------------------------------


def _view_rows(user: User) -> list[str]:
    sections = user.find(QListWidget, "sections")
    return [sections.item(row).text() for row in range(sections.count())]


def test_a_view_is_saved_listed_under_the_sections_and_shown_again(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    _show(user, "meeting")
    pane = user.window.list
    pane.show_view(
        replace(pane.shown, find="june", conditions=(Condition("when", ("2019",)),), columns=("room", "when"))
    )
    wanted = pane.shown

    def name_it(dialog: Prompt) -> None:
        dialog.line.clear()
        user.bot.keyClicks(dialog.line, "June")
        user.bot.keyClick(dialog.line, Qt.Key.Key_Return)

    _answer(monkeypatch, Prompt, name_it)
    user.window.do("save_view")
    assert any("June" in row for row in _view_rows(user))
    user.window.show_section("person")
    user.window.sections.view_chosen.emit("June")
    assert user.window.list.shown == wanted
    assert user.window.list.filter.text() == "june"
    assert len(user.rows()) == 1


def test_a_view_is_called_otherwise_and_one_that_was_deleted_comes_back_with_undo(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    _show(user, "meeting")
    pane = user.window.list
    views.keep(user.desk, "Mine", pane.shown)
    pane.views_changed.emit()

    def rename(dialog: Prompt) -> None:
        dialog.line.setText("Ours")
        user.bot.keyClick(dialog.line, Qt.Key.Key_Return)

    _answer(monkeypatch, Prompt, rename)
    _choose(pane.menu, "Saved views", "Rename", "Mine")
    assert any("Ours" in row for row in _view_rows(user))
    _choose(pane.menu, "Saved views", "Delete", "Ours")
    assert not any("Ours" in row for row in _view_rows(user))
    user.click("toast.do")
    assert any("Ours" in row for row in _view_rows(user))


def test_a_name_that_is_taken_is_told_and_nothing_is_lost(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    _show(user, "meeting")
    views.keep(user.desk, "Mine", user.window.list.shown)
    told = []

    def name_it(dialog: Prompt) -> None:
        dialog.line.setText("Mine")
        user.bot.keyClick(dialog.line, Qt.Key.Key_Return)
        told.append(dialog.line.accessibleDescription())
        dialog.reject()

    _answer(monkeypatch, Prompt, name_it)
    user.window.do("save_view")
    assert "already" in told[0]
    assert len(views.saved(user.desk)) == 1


def test_a_hundred_thousand_chosen_rows_are_counted_at_once(user: User, monkeypatch: pytest.MonkeyPatch) -> None:

    people = [f"{n:08x}-0000-4000-8000-000000000000" for n in range(100_000)]
    monkeypatch.setattr(lists, "ids", lambda *_: people)
    _show(user, "person")
    _select_all(user)
    assert _count(user) == "100000 records, 100000 chosen"
    assert len(user.window.list.selected()) == 100_000


def test_a_list_reads_again_what_changed_and_keeps_its_filter(user: User) -> None:
    _show(user, "meeting")
    pane = user.window.list
    pane.show_view(replace(pane.shown, conditions=(Condition("status", ("held",)),)))
    assert user.rows() == []
    records.edit(user.desk, user.id("meeting", 1), {"status": "held"})
    assert len(user.rows()) == 1
