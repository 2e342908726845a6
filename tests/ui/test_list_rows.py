"""Rows of lists: columns of choice or two lines, an order by any field, both languages, warnings as words."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QPushButton, QStyleOptionViewItem

from tests.helpers.look import apply_look
from tests.ui.conftest import User
from tests.ui.list_hands import add_record, answer, cell_of, chip_of, choose, press_in, said_aloud, show_list
from ucapdesk.base import settings
from ucapdesk.base.clock import today
from ucapdesk.base.i18n import language, use_language
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.listing import usual_columns
from ucapdesk.ui.lists.list_dialogs import ColumnsDialog
from ucapdesk.ui.lists.list_views import RecordRows
from ucapdesk.ui.toolkit.row_delegate import Row
from ucapdesk.ui.toolkit.theme import apply_theme

# -- columns and rows -----------------------------------------------------------------------------


def test_a_narrow_list_has_rows_of_two_lines_and_a_wide_one_columns(user: User) -> None:
    show_list(user, "meeting", 330)
    header = user.window.list.view.horizontalHeader()
    assert user.window.list.table.columnCount() == 1
    assert not header.isVisible()
    assert cell_of(user, 0).line == "April 2019 · Brussels, Rome"
    assert header.sectionSize(0) <= user.window.list.view.viewport().width()
    show_list(user, "meeting", 800)
    assert user.window.list.table.columnCount() == 1 + len(usual_columns(KINDS["meeting"]))
    assert header.isVisible()
    assert cell_of(user, 0).line == ""


def test_rows_that_stay_in_sight_are_moved_and_not_painted_again(
    user: User, dressed: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    show_list(user, "person")
    view, painted, row_of = user.window.list.view, set[int](), RecordRows.row_of

    def note(rows: RecordRows, option: QStyleOptionViewItem, index: QModelIndex) -> Row | None:
        painted.add(index.row())
        return row_of(rows, option, index)

    monkeypatch.setattr(RecordRows, "row_of", note)
    for look in ("light", "dark"):
        apply_theme(dressed, settings.load().with_(theme=look))
        for down in (1, 2):
            QApplication.processEvents()
            painted.clear()
            view.verticalScrollBar().setValue(down)
            QApplication.processEvents()
        assert 0 < len(painted) < view.viewport().height() // view.rowHeight(2) / 2


def test_any_field_becomes_a_column_moved_by_keys_remembered_and_put_back(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    show_list(user, "person", 800)
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

    answer(monkeypatch, ColumnsDialog, tick_and_move)
    user.window.do("view.columns")
    assert [column.name for column in user.window.list.table.columns] == ["name", "email", *usual[1:]]
    user.window.close()
    again = User(user.bot, user.desk)
    show_list(again, "person", 800)
    assert [column.name for column in again.window.list.table.columns] == ["name", "email", *usual[1:]]
    answer(monkeypatch, ColumnsDialog, lambda dialog: dialog.findChild(QPushButton, "columns.reset").click())
    again.window.do("view.columns")
    assert [column.name for column in again.window.list.table.columns] == usual


def test_a_column_is_dragged_and_hidden_from_the_menu_of_its_head(user: User) -> None:
    pane = show_list(user, "meeting", 900)
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


def test_a_double_click_on_the_edge_of_a_head_gives_a_column_the_width_of_its_longest_text(user: User) -> None:
    show_list(user, "meeting", 800)
    view = user.window.list.view
    head, font = view.horizontalHeader(), QFontMetrics(view.font())
    for column in range(user.window.list.table.columnCount()):
        edge = QPoint(head.sectionViewportPosition(column) + head.sectionSize(column) - 1, head.height() // 2)
        user.bot.mouseDClick(head.viewport(), Qt.MouseButton.LeftButton, pos=edge)
        longest = max(font.horizontalAdvance(text) for text in user.rows(column))
        assert longest < head.sectionSize(column) < longest + 400, column


def test_every_field_can_be_a_column_of_every_kind(user: User) -> None:
    for kind in KINDS.values():
        if kind.cls.reserved:
            continue
        show_list(user, kind.name, 900)
        pane = user.window.list
        pane.set_columns([field.name for field in kind.fields.values() if field.name != kind.cls.title_fields[0]])
        for column in range(pane.table.columnCount()):
            assert None not in user.rows(column)


def test_a_narrow_list_is_sorted_from_its_menu_by_any_field_and_backwards(user: User) -> None:
    pane = show_list(user, "person", 330)
    rows = user.rows()
    choose(pane.menu, "Sort by", "Descending")
    assert user.rows() == rows[::-1]
    choose(pane.menu, "Sort by", "More fields", "E-mail")
    emails = [user.value(id_, "email") or "" for id_ in pane.table.ids()]
    filled = [each.casefold() for each in emails if each]
    assert filled == sorted(filled, reverse=True)
    choose(pane.menu, "Sort by", "Default order")
    assert user.rows() == rows


@pytest.mark.rule("W5")
def test_a_long_list_by_title_shows_the_letters_its_rows_begin_with(user: User) -> None:
    for name in ("Abel", "Bruno", "Berta", *(f"Carla {n}" for n in range(20))):
        add_record(user, "organisation", f"name.en={name}")
    user.window.show_section("organisation")
    pane = user.window.list
    assert pane.rows.letters
    letters = [cell_of(user, row).letter for row in range(pane.table.rowCount())]
    assert [letter for letter in letters if letter] == ["A", "B", "C", "D", "I", "R"]
    assert user.rows()[letters.index("B")] == "Berta"
    QApplication.processEvents()
    high = [pane.view.rowHeight(row) for row in range(6)]
    assert [each > min(high) for each in high] == [bool(letter) for letter in letters[:6]], (
        "the letter stands over its row"
    )
    show_list(user, "organisation", 330)
    last = letters.index("R")
    press_in(user, pane.view, Qt.Key.Key_End, ctrl=True)
    QApplication.processEvents()
    assert pane.view.rowHeight(last) > min(high), "at once, however far down"
    end = pane.table.index(pane.table.rowCount() - 1, 0)
    user.bot.waitUntil(lambda: pane.view.visualRect(end).bottom() <= pane.view.viewport().height())  # all of it
    choose(pane.menu, "Sort by", "Show initial letters")
    assert not user.window.list.rows.letters
    assert pane.view.rowHeight(last) == min(high)
    user.window.close()
    again = User(user.bot, user.desk)
    show_list(again, "organisation", 330)
    assert not again.window.list.rows.letters, "remembered"


@pytest.mark.rule("B6")
@pytest.mark.parametrize(("lang", "tags"), [("en", ["", "中"]), ("zh", ["EN", ""]), ("de", ["", "中"])])
def test_a_title_that_is_only_there_in_the_other_language_is_shown_with_its_tag(
    user: User, lang: str, tags: list[str]
) -> None:
    add_record(user, "agreement", "title.en=Alpha")
    add_record(user, "agreement", "title.zh=测试")
    use_language(lang)
    show_list(user, "agreement")
    found = {cell_of(user, row).text: cell_of(user, row).tag for row in range(2)}
    assert found == {"Alpha": tags[0], "测试": tags[1]}
    assert all(cell_of(user, row).chips for row in range(2)), "what is missing is said too"


@pytest.mark.rule("B6")
def test_no_title_is_ever_empty(user: User) -> None:
    add_record(user, "agreement")
    add_record(user, "meeting", "room=Sala 1")
    for command in ("view.english", "view.chinese"):
        user.window.do(command)
        for kind in ("agreement", "meeting", "person", "ucap"):
            show_list(user, kind)
            assert all(user.rows())
    show_list(user, "meeting")
    assert cell_of(user, user.rows().index(KINDS["meeting"].label())).empty


@pytest.mark.rule("B6", "G6")
def test_the_readers_language_comes_first_and_the_other_behind_it(user: User) -> None:
    show_list(user, "meeting")
    assert (cell_of(user, 2).text, cell_of(user, 2).other[:5]) == ("3rd meeting, September 2019", "第三次会议")
    user.window.do("view.chinese")
    assert language() == "zh"
    show_list(user, "meeting")
    assert (cell_of(user, 2).text[:5], cell_of(user, 2).other) == ("第三次会议", "3rd meeting, September 2019")
    assert cell_of(user, 2).line.startswith("2019年9月")


@pytest.mark.rule("A3", "A5")
def test_what_is_overdue_is_said_in_a_word_for_eyes_and_for_screen_readers(user: User) -> None:
    meeting = user.id("meeting")
    add_record(user, "action_item", "text.en=Send the schema", "due=2019-03-12", "status=open", f"owner={meeting}")
    add_record(user, "action_item", "text.en=Sent it", "due=2019-03-12", "status=done", f"owner={meeting}")
    show_list(user, "action_item", 330)
    row = user.rows().index("Send the schema")
    assert [chip.word for chip in cell_of(user, row).chips] == ["中 missing", "overdue"]
    assert said_aloud(user, row).startswith("Send the schema, 12 March 2019")
    assert said_aloud(user, row).endswith("overdue")
    assert "overdue" not in said_aloud(user, user.rows().index("Sent it"))
    show_list(user, "action_item", 900)
    due = [column.name for column in user.window.list.table.columns].index("due")
    assert said_aloud(user, row, due) == "Due 12 March 2019, overdue"


@pytest.mark.rule("A3", "A5")
def test_what_expires_soon_is_said_in_a_word(user: User) -> None:
    soon = (today() + timedelta(30)).isoformat()
    add_record(user, "agreement", "title.en=Ends soon", "title.zh=即将到期", "status=in_force", f"expires={soon}")
    show_list(user, "agreement")
    assert [chip.word for chip in cell_of(user, 0).chips] == ["expiring"]
    user.bot.mouseClick(chip_of(user, "expires.next90"), Qt.MouseButton.LeftButton)
    assert user.rows() == ["Ends soon"]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("size", [100, 200])
def test_chips_and_buttons_are_never_cut_off_in_the_narrowest_list(
    user: User, qapp: QApplication, lang: str, size: int
) -> None:
    use_language(lang)
    apply_look(qapp, dark=True, text_size=size, lang=lang)
    user.window.dress_anew()
    pane = show_list(user, "action_item", 280)
    for button in (pane.new, pane.more, pane.chips.add, *pane.chips.findChildren(QPushButton)):
        if button.isVisibleTo(pane):
            corner = button.mapTo(pane, QPoint(button.width(), button.height()))
            assert corner.x() <= pane.width(), button.objectName()
            assert button.width() >= button.minimumSizeHint().width() - 2, button.objectName()
    boxes = [each.geometry() for each in pane.chips.findChildren(QPushButton) if each.isVisibleTo(pane)]
    assert not any(a.intersects(b) for n, a in enumerate(boxes) for b in boxes[n + 1 :])
