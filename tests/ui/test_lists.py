"""Lists: chips that narrow, empty lists that help, several rows at once, views with a name."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QLabel, QListWidget, QPushButton

from tests.ui.conftest import User
from tests.ui.list_hands import add_record, answer, child, chip_of, choose, count_said, show_list
from ucapdesk.model.kinds import KINDS, LISTED
from ucapdesk.model.listing import TEXTS, Condition
from ucapdesk.model.text.assignments import parse_assignments
from ucapdesk.model.values import PartialDate, PersonName
from ucapdesk.services.records import lists, records
from ucapdesk.services.workspaces import maintenance
from ucapdesk.ui.fields.links import PickerDialog
from ucapdesk.ui.lists import filter_chips
from ucapdesk.ui.lists.filter_chips import Prompt
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
    assert held.text() == "中 missing"
    assert held.accessibleName() == "Remove filter 中 missing"
    held.setFocus()
    user.press(Qt.Key.Key_Delete)
    assert user.rows() == everything


@pytest.mark.rule("R15")
def test_a_chip_keeps_the_order_that_was_chosen_for_the_list(user: User) -> None:
    show_list(user, "meeting")
    pane = user.window.list
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
    show_list(user, "meeting")
    pane = user.window.list
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
    show_list(user, "meeting")
    pane = user.window.list
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
    show_list(user, "meeting")
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
    user.window.list.filter.setFocus()
    user.press(Qt.Key.Key_Escape)
    assert user.window.list.filter.text() == ""


@pytest.mark.rule("I2")
def test_no_key_leads_out_of_the_filter_while_an_input_method_composes(user: User) -> None:
    show_list(user, "organisation")
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


@pytest.mark.rule("R27", "W13")
def test_an_empty_list_says_so_and_makes_the_first_record(user: User) -> None:
    show_list(user, "agreement")
    pane = user.window.list
    assert pane.empty.sentence.text() == "No MoUs yet. Create the first one:"
    assert pane.empty.new.text() == "New MoU"
    user.bot.mouseClick(pane.empty.new, Qt.MouseButton.LeftButton)
    assert user.record is not None
    assert user.window.record.id is None


@pytest.mark.rule("R27", "W13")
def test_where_nothing_fits_the_filter_is_cleared_or_the_words_are_searched_everywhere(user: User) -> None:
    show_list(user, "organisation")
    pane = user.window.list
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
    show_list(user, "meeting")
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
    assert count_said(user) == "5 records, 2 selected"
    assert pane.change.isVisible()
    view.setFocus()
    user.press(Qt.Key.Key_A, ctrl=True)
    assert pane.selected() == ids


def test_many_rows_go_to_the_trash_in_one_step(user: User) -> None:
    before = maintenance.digest(user.desk)
    show_list(user, "meeting")
    user.window.list.view.setCurrentIndex(user.window.list.table.index(0, 0))
    user.window.list.view.setFocus()
    user.press(Qt.Key.Key_A, ctrl=True)
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
    show_list(user, "meeting")
    pane = user.window.list
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
    assert user.window.list.table.view == wanted
    assert user.window.list.filter.text() == "june"
    assert len(user.rows()) == 1


def test_a_view_is_called_otherwise_and_one_that_was_deleted_comes_back_with_undo(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    show_list(user, "meeting")
    pane = user.window.list
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
    show_list(user, "meeting")
    pane = user.window.list
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
            view.setFocus()
            user.press(Qt.Key.Key_Return)
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
