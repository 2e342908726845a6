"""Moving about in the window, what it remembers, and a clock that must be wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QHeaderView, QLabel, QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from tests.helpers.clock import FrozenClock
from tests.helpers.shown import child, kept_by, said_by
from tests.ui.conftest import User
from tests.ui.list_hands import count_said, show_list
from ucapdesk.base import settings
from ucapdesk.base.i18n import language
from ucapdesk.base.paths import resource
from ucapdesk.model.kinds import LISTED
from ucapdesk.model.record import Record
from ucapdesk.services import Desk
from ucapdesk.services.records import lists, records
from ucapdesk.services.workspaces import workspace_service
from ucapdesk.ui.imports.import_page import ImportPage
from ucapdesk.ui.lists.list_views import SECOND_LINE
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.item_views import TextTable
from ucapdesk.ui.window.commands.file_commands import receive_papers
from ucapdesk.ui.window.desk_window import DeskWindow
from ucapdesk.ui.window.notifications import Notice
from ucapdesk.ui.window.sections import OTHERS, SECTIONS, TRASH
from ucapdesk.ui.window.window_layout import FIRST_SIZE, PANES


def _noted(shown: list[tuple[int, int, str]]) -> Callable[[ImportPage], int]:
    """Replace ``exec``: note how many oddities and new records the page shows, and what it says of the words; import all."""

    def exec_(page: ImportPage) -> int:
        oddities, words = page.findChild(TextTable, "incoming.oddities"), page.findChild(QLabel, "incoming.accounted")
        assert oddities is not None
        assert words is not None
        shown.append((oddities.rowCount(), len(page.chosen), words.text()))
        return 1

    return exec_


def _hits(user: User) -> list[str]:
    hits = user.window.search.hits
    return [hits.item(row).text() for row in range(hits.count())]


def test_enter_opens_what_was_found_and_escape_closes_the_search(user: User) -> None:
    user.press(Qt.Key.Key_K, ctrl=True)
    user.bot.keyClicks(user.window.search, "benitez")
    user.press(Qt.Key.Key_Return)
    assert user.record.name.family == "Benítez"
    assert user.window.list.table.kind.name == "person"
    assert not user.window.search.hits.isVisible()
    user.press(Qt.Key.Key_K, ctrl=True)
    user.bot.keyClicks(user.window.search, "zzzz")
    assert _hits(user) == ["Nothing found. Try fewer letters, or the other language."]
    said = user.window.search.hits.item(0).data(SECOND_LINE)
    assert said == "Also tried: pinyin and initials, one letter different."
    user.press(Qt.Key.Key_Escape)
    assert user.window.search.text() == ""


def test_a_slip_is_forgiven_and_said_in_the_search_and_in_a_list(user: User) -> None:
    user.press(Qt.Key.Key_K, ctrl=True)
    user.write(user.window.search, "Benites")
    assert _hits(user)[0] == "Nothing matches Benites exactly. With one letter different:"
    assert "Francisco Benítez" in _hits(user)
    user.write(user.window.search, "Benitez")
    assert "With one letter different" not in _hits(user)[0]
    user.press(Qt.Key.Key_Escape)
    show_list(user, "person")
    user.window.list.filter.setText("Benites")
    assert count_said(user) == "1 record, one letter different"
    user.window.list.filter.setText("Benitez")
    assert count_said(user) == "1 record"
    user.window.list.filter.setText("zzzz")
    empty = user.window.list.empty
    assert empty.sentence.text() == "Nothing matches zzzz."
    assert empty.tried.text() == "Also tried: pinyin and initials, one letter different."


def test_every_kind_has_its_list_and_the_sample_is_in_them(user: User) -> None:
    assert {kind for kinds in SECTIONS.values() for kind in kinds} | set(OTHERS) == {
        name for name, kind in LISTED.items() if not kind.cls.called_after
    }
    for kind in LISTED:
        user.window.show_section(kind)
        assert len(user.rows()) == records.count(user.desk, kind)
        for column in range(user.window.list.table.columnCount()):
            assert None not in user.rows(column)


def test_a_list_is_filtered_and_sorted(user: User) -> None:
    user.window.show_section("person")
    user.press(Qt.Key.Key_F, ctrl=True)
    user.bot.keyClicks(user.window.list.filter, "benitez")
    assert user.rows() == ["Francisco Benítez"]
    user.window.list.filter.clear()
    everybody = user.rows()
    view = user.window.list.view
    view.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert user.rows() == everybody[::-1]


def test_rows_that_stay_keep_their_place_when_something_else_is_written(user: User) -> None:
    user.window.show_section("person")
    view = user.window.list.view
    view.setCurrentIndex(user.window.list.table.index(4, 0))
    shown = user.window.record.id
    records.edit(user.desk, user.id("person", 1), {"email": "somebody@example.org"})
    assert view.currentIndex().row() == 4
    assert user.window.record.id == shown


def test_delete_moves_a_record_to_the_trash_and_restore_brings_it_back(user: User, qtbot: QtBot) -> None:
    meeting = user.id("meeting")
    user.window.show_section("meeting")
    user.window.show_record(meeting)
    user.window.list.view.setFocus()
    user.press(Qt.Key.Key_Delete)
    assert len(user.rows()) == 4
    assert user.window.record.id is None
    user.window.show_section(TRASH)
    assert user.window.shelf.trash.rows.rowCount() == 1
    user.window.shelf.trash.rows.setCurrentCell(0, 0)
    assert user.box("title.en").isReadOnly()
    user.click("record.bar.restore")
    assert not records.get(user.desk, meeting).is_deleted
    assert user.window.shelf.trash.rows.rowCount() == 0
    assert not user.box("title.en").isReadOnly()


def test_undo_brings_a_record_back_from_the_trash_and_shows_it(user: User) -> None:
    meeting = user.open(user.id("meeting"))
    user.window.do("record.trash")
    user.press(Qt.Key.Key_Z, ctrl=True)
    assert user.window.record.id == meeting
    assert len(user.rows()) == 5


def test_with_nothing_to_undo_the_window_says_so_in_one_sentence(user: User) -> None:
    user.window.do("edit.undo")
    assert "nothing to undo" in said_by(user.window.notice)


def test_a_click_on_the_sentence_of_a_bar_leaves_the_keys_where_they_are(user: User) -> None:
    user.open(user.id("meeting"))
    user.window.notice.say("One sentence.")
    user.window.record.bar.say("test", "Another sentence.")
    before = user.focus()
    for bar in (user.window.notice, user.window.record.bar):
        user.bot.mouseClick(bar.findChild(QLabel), Qt.MouseButton.LeftButton)
        assert user.focus() is before


@pytest.mark.row("M12")
def test_a_paper_is_imported_and_its_oddities_are_shown(
    qtbot: QtBot, dressed: QApplication, workspace_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Desk.open(workspace_folder) as desk:
        user = User(qtbot, desk)
        shown: list[tuple[int, int, str]] = []
        monkeypatch.setattr(ImportPage, "exec", _noted(shown))
        receive_papers(user.window.commands, [resource("sample") / "ucap-liuzhou.txt"])
        qtbot.waitUntil(lambda: len(shown) == 1 and user.window.record.record is not None)
        assert user.record.title["en"].startswith("Liuzhou")
        assert shown[0][0] > 5
        assert shown[0][1] > 20
        assert "Nothing was left out" in shown[0][2]
        receive_papers(user.window.commands, [resource("sample") / "ucap-liuzhou.txt"])
        qtbot.waitUntil(lambda: len(shown) == 2 and not user.window.work.busy)
        assert shown[1][1] == 0
        user.window.close()


def test_a_file_that_is_no_paper_is_told_in_one_sentence(
    user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "song.txt").write_text("la la la")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(tmp_path / "song.doc")], ""))
    user.window.do("file.receive")
    user.bot.waitUntil(lambda: not user.window.work.busy)
    assert "song.doc" in said_by(user.window.notice)


def test_a_file_is_attached_and_a_copy_of_it_saved(user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    letter, copy = tmp_path / "letter.txt", tmp_path / "copy.txt"
    letter.write_text("Dear all")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(letter)], ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(copy), ""))
    user.open(user.id("meeting"))
    user.window.do("record.attach")
    files = user.find(QListWidget, "files.list")
    assert files.item(0).text().startswith("letter.txt")
    files.setCurrentRow(0)
    user.click("files.details")
    assert user.record.file.name == "letter.txt"
    user.window.do("record.save_copy")
    assert copy.read_text() == "Dear all"


def test_the_language_changes_at_once_and_keeps_the_place(user: User, qtbot: QtBot) -> None:
    meeting = user.open(user.id("meeting", 2))
    user.click("language.zh")
    assert language() == "zh"
    assert user.window.record.id == meeting
    assert user.rows()[2].startswith("第三次会议")
    assert user.window.menuBar().actions()[0].text().startswith("文件")
    assert QApplication.translate("QPlatformTheme", "Cancel") == "取消"
    assert settings.load().interface_language == "zh"
    user.click("language.en")
    assert QApplication.translate("QPlatformTheme", "Cancel") == "Cancel"
    assert user.rows()[2].startswith("3rd meeting")


def test_light_and_dark_are_changed_at_once(user: User) -> None:
    user.open(user.id("ucap"))
    user.window.do("view.dark")
    assert theme.tokens() == theme.DARK
    assert user.window.palette().window().color().name() == theme.DARK.window.lower()
    assert user.window.record.id == user.id("ucap")
    user.window.do("view.light")
    assert theme.tokens() == theme.LIGHT


def test_what_cannot_be_saved_keeps_the_window_open_once(user: User) -> None:
    user.open(user.id("meeting"))
    user.type("when.line", "32 June 2019", leave=False)
    assert not user.window.close()
    assert user.message("when")
    assert user.window.close()


def test_a_hundred_thousand_rows_are_shown_by_the_page(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    people = records.listing(user.desk, "person") * 10_000
    asked: list[int] = []
    page = records.page
    monkeypatch.setattr(lists, "ids", lambda *_: people)

    def counted(desk: Desk, kind: str, ids: Sequence[str]) -> list[Record]:
        asked.append(len(ids))
        return page(desk, kind, ids)

    monkeypatch.setattr(records, "page", counted)
    user.window.show_section("person")
    user.window.list.view.scrollToBottom()
    QApplication.processEvents()
    assert user.window.list.table.rowCount(QModelIndex()) == 110_000
    assert sum(asked) < 2_000


def _again(user: User) -> User:
    user.window.close()
    return User(user.bot, user.desk)


def _kept() -> dict[str, Any]:
    return dict(settings.load().window.get("arrangement", {}))


def _header(user: User) -> QHeaderView:
    return user.window.list.view.horizontalHeader()


def _panes(user: User) -> list[int]:
    return user.window.panes.sizes()[:2]


def _drag_record(user: User, by: int) -> None:
    handle = user.window.panes.handle(2)
    user.bot.mousePress(handle, Qt.MouseButton.LeftButton, pos=QPoint(0, 100))
    user.bot.mouseMove(handle, QPoint(by, 100))
    user.bot.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=QPoint(0, 100))


def _show_wide(user: User, kind: str) -> None:
    user.window.show_section(kind)
    user.window.panes.setSizes([188, 700, 392])
    QApplication.processEvents()


def _sort_by(user: User, column: int) -> None:
    header = _header(user)
    at = QPoint(header.sectionViewportPosition(column) + 20, header.height() // 2)
    user.bot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)


def test_the_window_opens_in_the_size_it_was_closed_in(user: User) -> None:
    user.window.resize(1100, 640)
    again = _again(user)
    assert again.window.height() == 640
    assert _kept()["window"]["size"] == [1100, 640]


def test_a_window_that_was_only_looked_at_writes_nothing(user: User) -> None:
    user.window.show_section("person")
    user.window.close()
    assert _kept() == {}


@pytest.mark.rule("R1")
def test_panes_meet_where_they_were_moved_to_in_each_section(user: User) -> None:
    user.window.show_section("meeting")
    before = _panes(user)
    _drag_record(user, 60)
    moved = _panes(user)
    assert moved[1] > before[1] + 40
    user.window.show_section("person")
    _drag_record(user, -90)
    again = _again(user)
    again.window.show_section("meeting")
    assert _panes(again) == moved
    again.window.show_section("person")
    assert _panes(again)[1] < moved[1]


def test_columns_keep_their_width_while_filtering_and_after_a_restart(user: User) -> None:
    _show_wide(user, "person")
    _header(user).resizeSection(1, 211)
    user.window.list.filter.setText("a")
    assert _header(user).sectionSize(1) == 211
    _show_wide(user, "meeting")
    assert _header(user).sectionSize(1) != 211
    again = _again(user)
    _show_wide(again, "person")
    assert _header(again).sectionSize(1) == 211


def test_a_list_is_sorted_as_it_was_left(user: User) -> None:
    _show_wide(user, "person")
    _sort_by(user, 0)
    _sort_by(user, 0)
    rows = user.rows()
    assert user.window.list.table.view.descending
    _show_wide(user, "meeting")
    assert user.window.list.table.view.order == ""
    again = _again(user)
    _show_wide(again, "person")
    assert again.rows() == rows
    _show_wide(again, "meeting")
    _sort_by(again, 0)
    _sort_by(again, 0)
    _show_wide(again, "person")
    assert again.rows() == rows


def test_reset_layout_puts_everything_back(user: User) -> None:
    _show_wide(user, "person")
    user.window.resize(1100, 640)
    _sort_by(user, 0)
    _header(user).resizeSection(1, 211)
    _drag_record(user, 60)
    user.window.do("view.reset")
    QApplication.processEvents()
    assert (user.window.width(), user.window.height()) == FIRST_SIZE
    assert _panes(user)[1] == PANES[1]
    assert _header(user).sectionSize(1) != 211
    assert user.window.list.table.view.order == ""
    user.window.close()
    assert _kept() == {}


@pytest.mark.parametrize(
    "kept",
    [
        3,
        {"window": 3, "panes": [], "columns": None, "order": "x"},
        {"window": {"size": [True, "a"], "maximised": 1}, "panes": {"": [0, -5]}, "order": {"ucap": ["title", 1, 2]}},
        {"columns": {"ucap": [10]}, "order": {"ucap": ["no such field", True]}, "panes": {"ucap": [1e9, 2]}},
    ],
)
def test_nonsense_in_the_settings_leaves_the_window_as_at_first(
    dressed: QApplication, sample_desk: Desk, qtbot: QtBot, kept: object
) -> None:
    settings.save(settings.load().with_(window={"arrangement": kept}))
    window = kept_by(qtbot, DeskWindow(sample_desk, lambda _: None))
    assert (window.width(), window.height()) == FIRST_SIZE
    assert window.list.table.view.order == ""


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_bar_says_it_and_one_click_confirms_the_clock(
    qtbot: QtBot, dressed: QApplication, sample_desk: Desk, computer_clock: FrozenClock, lang: str
) -> None:
    from ucapdesk.base.i18n import use_language

    use_language(lang)
    computer_clock.set(datetime(2096, 3, 1, 9, tzinfo=UTC))
    window = kept_by(qtbot, DeskWindow(sample_desk, lambda _: None))
    with qtbot.waitExposed(window):
        window.show()
    bar = child(window, Notice, "clock")
    assert "2096" in said_by(bar)
    assert "2026" in said_by(bar)
    right = child(window, QPushButton, "clock.right")
    right.click()
    assert not said_by(bar)
    assert workspace_service.clock_trouble(sample_desk) is None


def test_nothing_is_said_of_a_clock_that_may_be_right(qtbot: QtBot, dressed: QApplication, sample_desk: Desk) -> None:
    window = kept_by(qtbot, DeskWindow(sample_desk, lambda _: None))
    bar = child(window, Notice, "clock")
    assert not said_by(bar)
