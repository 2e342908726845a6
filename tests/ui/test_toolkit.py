"""The parts every page is made of: dialogs, drop-down lists, tables of texts, and texts longer than their room."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Any, TypeVar
from weakref import ref

import pytest
from PySide6.QtCore import QObject, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from tests.helpers.shown import kept_by, not_none, said_by
from tests.ui.conftest import User
from tests.ui.list_hands import add_record
from ucapdesk.base.i18n import tr
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.values import Bilingual, PersonName
from ucapdesk.services.records import records
from ucapdesk.services.records.completion import NamedRecord
from ucapdesk.ui.fields.token_field import Chip, CompletionPopup
from ucapdesk.ui.fields.value_editors import ChoiceEditor
from ucapdesk.ui.lists.list_pane import EmptyList
from ucapdesk.ui.record.record_page import WIDEST
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.cards import CardRow
from ucapdesk.ui.toolkit.dialogs import Dialog, ask_where
from ucapdesk.ui.toolkit.item_views import ACROSS, NARROWEST, WRAPPED, TextTable, TickTable
from ucapdesk.ui.toolkit.layouts import Part, grow_with_contents
from ucapdesk.ui.toolkit.row_delegate import INSIDE, chip_width
from ucapdesk.ui.toolkit.signals import repeating, running, single_shot
from ucapdesk.ui.toolkit.text_inputs import LineEdit
from ucapdesk.ui.toolkit.widgets import (
    MAX_SENTENCE_CHARS,
    MAX_TITLE_CHARS,
    ElidedButton,
    WrappingLabel,
    button,
    label,
    named,
    quotes_loosened,
)
from ucapdesk.ui.window.notifications import StatusBar


class RenameDialog(Dialog):
    """Asks for a name."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__("rename", tr("workspace", "Name"), parent)
        self.line = named(LineEdit(self), "rename.name", self.windowTitle())
        self.line.setText(name)
        self.foot.main("rename.go", tr("first", "Start"), self.accept)
        self.cleared = button("rename.clear", tr("action", "Undo"), self.line.clear)
        self.foot.out(tr("picker", "Cancel"))
        self.lay_out(label(self.windowTitle(), "caption", buddy=self.line), self.line, self.cleared, size=(360, 0))


R = TypeVar("R", bound=RenameDialog)


def _opened(qtbot: QtBot, cls: type[R]) -> R:
    dialog = kept_by(qtbot, cls("Liuzhou"))
    dialog.open()
    qtbot.waitUntil(dialog.line.hasFocus)
    return dialog


def test_a_dialog_of_ten_lines_takes_keys_names_its_parts_and_makes_room_for_what_went_wrong(
    qtbot: QtBot, dressed: QApplication
) -> None:
    dialog = _opened(qtbot, RenameDialog)
    assert dialog.line.accessibleName() == "Name"
    low = dialog.height()
    dialog.fail("This name is taken. Nothing was changed; choose another one. " * 6)
    assert dialog.height() > low
    assert dialog.message.height() >= dialog.message.heightForWidth(dialog.message.width())
    dialog.fail("")
    assert dialog.message.isHidden()
    names = {each.objectName() for each in dialog.findChildren(QPushButton)}
    assert "rename.go" in names
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog.line, Qt.Key.Key_Return)


def test_enter_presses_the_button_that_has_the_focus_and_not_the_main_one(qtbot: QtBot, dressed: QApplication) -> None:
    dialog = _opened(qtbot, RenameDialog)
    dialog.cleared.setFocus()
    qtbot.keyClick(dialog.cleared, Qt.Key.Key_Return)
    assert (dialog.line.text(), dialog.isVisible()) == ("", True)


class FootFirstDialog(RenameDialog):
    """Makes its row of buttons before the rest."""

    def lay_out(self, *parts: Part, size: tuple[int, int] | None = None, gap: int | None = 0) -> None:
        self.late = button("rename.late", tr("action", "Redo"))
        super().lay_out(*parts, self.late, label("A sentence below."), size=size, gap=gap)


def test_tab_comes_to_the_row_of_buttons_last_whichever_was_made_first(qtbot: QtBot, dressed: QApplication) -> None:
    dialog = _opened(qtbot, FootFirstDialog)
    met = []
    for _ in range(4):
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
        met.append(dialog.focusWidget())
    assert met[:2] == [dialog.cleared, dialog.late]
    assert {each.objectName() for each in met[2:]} == {"rename.go", dialog.foot.buttons()[-1].objectName()}


FORMS = "PDF (*.pdf);;Word (*.docx)"


def _asked(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, *answers: tuple[str, str]) -> tuple[Path | None, list[str]]:
    """Return what is written after these answers, and the names that were proposed."""
    proposed: list[str] = []
    left = list(answers)

    def ask(_: QWidget, __: str, name: str, ___: str) -> tuple[str, str]:
        proposed.append(name)
        return left.pop(0)

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    over = kept_by(qtbot, QWidget())
    return ask_where(over, "Save as…", "a.pdf", FORMS), proposed


@pytest.mark.parametrize(
    ("name", "form", "written"),
    [
        ("Mr. Li", "Word (*.docx)", "Mr. Li.docx"),
        ("b.DOCX", "PDF (*.pdf)", "b.DOCX"),
        ("c", "", "c.pdf"),
        ("d.txt", "PDF (*.pdf)", "d.txt.pdf"),
    ],
)
def test_a_name_without_one_of_the_endings_gets_that_of_the_form(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *, name: str, form: str, written: str
) -> None:
    assert _asked(qtbot, monkeypatch, (str(tmp_path / name), form))[0] == tmp_path / written


@pytest.mark.parametrize("again", [True, False])
def test_a_file_that_is_there_is_asked_about_before_it_is_written_over(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *, again: bool
) -> None:
    there = tmp_path / "a.pdf"
    there.touch()
    second = (str(there) if again else "", "PDF (*.pdf)")
    found, proposed = _asked(qtbot, monkeypatch, (str(tmp_path / "a"), "PDF (*.pdf)"), second)
    assert found == (there if again else None)
    assert proposed == ["a.pdf", str(there)]


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_short_list_does_not_scroll(user: User) -> None:
    user.open(user.id("visit"))
    editor = user.form.reveal("travelling_side")
    assert isinstance(editor, ChoiceEditor)
    box = editor.box
    box.setFocus()
    user.bot.keyClick(box, Qt.Key.Key_Space)
    view = box.view()
    user.bot.waitUntil(view.isVisible)
    last = view.visualRect(view.model().index(box.count() - 1, 0))
    assert view.viewport().rect().contains(last)
    assert view.verticalScrollBar().maximum() == 0
    box.hidePopup()


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize(("key", "beside"), [(Qt.Key.Key_Tab, "host_places"), (Qt.Key.Key_Backtab, "ucaps")])
def test_tab_takes_the_choice_of_an_open_list_and_goes_on(user: User, key: Qt.Key, beside: str) -> None:
    visit = user.open(add_record(user, "visit", "title.en=Visit"))
    user.window.record.focus_field("travelling_side")
    editor = user.form.reveal("travelling_side")
    assert isinstance(editor, ChoiceEditor)
    editor.box.setFocus()
    user.bot.keyClick(editor.box, "e")
    user.bot.waitUntil(editor.box.view().isVisible)
    user.press(key)
    assert user.value(visit, "travelling_side") == "B"
    assert not editor.box.view().isVisible()
    assert user.editor(beside).isAncestorOf(user.focus())


LONG_NAME = "Liuzhou – Barcelona, Granada, Rome, Stuttgart Regio, Mannheim"


@pytest.mark.parametrize(("width", "whole"), [(200, False), (1200, True)])
def test_a_long_name_gives_way_and_is_told_by_its_tooltip(
    qtbot: QtBot, dressed: QApplication, width: int, *, whole: bool
) -> None:
    page = kept_by(qtbot, QWidget())
    button = ElidedButton(LONG_NAME, page)
    QHBoxLayout(page).addWidget(button)
    page.resize(width, 60)
    with qtbot.waitExposed(page):
        page.show()
    assert page.width() == width
    assert button.toolTip() == ("" if whole else LONG_NAME)
    assert button.text() == LONG_NAME
    shown = button.grab().toImage()
    button.setText(f"{LONG_NAME} and more")  # its end is seen only where there is room
    assert (button.grab().toImage() == shown) is not whole
    assert button.toolTip() == ("" if whole else f"{LONG_NAME} and more")


@pytest.mark.parametrize("word", ["expiring", "overdue", "outdated", "中 missing", "已逾期"])
def test_a_chip_shows_its_whole_word_in_any_size(dressed: QApplication, word: str) -> None:
    font = QFont(dressed.font())
    for size in range(9, 31):
        font.setPixelSize(size)
        room = chip_width(font, word) - 2 * INSIDE
        assert QFontMetrics(font).elidedText(word, Qt.TextElideMode.ElideRight, room) == word, size


def test_in_a_row_a_name_is_as_wide_as_its_words_and_rows_are_no_wider_than_a_form(user: User) -> None:
    visit = records.add(user.desk, "visit", {"title": Bilingual(en="Visit"), "travelling_side": "A"})
    person = records.add(user.desk, "person", {"name": PersonName("Li", "Di")})
    records.add(user.desk, "participation", {"owner": visit, "person": person, "role": "delegate"})
    user.window.resize(2560, 900)
    user.open(visit)
    screen: Any = user.window.record.special
    screen.show_tab("delegation")
    QApplication.processEvents()
    chip = screen.people.findChild(Chip)
    assert chip.width() <= chip.sizeHint().width()
    assert screen.people.groups["delegation"].width() <= theme.px(WIDEST)


@pytest.mark.parametrize(("kind", "said"), [("road_map_step", "Pilot project"), ("pack", "printed or saved")])
def test_an_empty_list_of_what_is_made_elsewhere_says_where(
    qtbot: QtBot, dressed: QApplication, kind: str, said: str
) -> None:
    empty = kept_by(qtbot, EmptyList())
    empty.say_nothing_yet(KINDS[kind], may_make=False)
    assert said in empty.tried.text()
    assert not empty.tried.isHidden()


LONG_TITLE = "Cooperation on clean air, quiet streets and green roofs " * 20


def test_undoing_a_change_of_a_long_title_leaves_the_buttons_where_they_are(user: User) -> None:
    meeting = user.id("meeting")
    records.edit(user.desk, meeting, {"title": Bilingual(en=LONG_TITLE.strip())})
    records.edit(user.desk, meeting, {"status": "held"})
    user.open(meeting)
    user.window.do("edit.undo")
    toast = user.window.toast
    assert len(said_by(toast)) < MAX_SENTENCE_CHARS
    assert "…”" in said_by(toast)
    assert LONG_TITLE.strip() in user.find(QLabel, "toast.sentence").toolTip()
    assert user.window.rect().contains(toast.geometry())
    assert toast.height() < user.window.height() // 6


def test_banner_status_bar_and_home_cut_a_text_and_tell_all_of_it_on_hover(user: User) -> None:
    wide = user.window.minimumSizeHint().width()
    user.window.notice.say(LONG_TITLE)
    user.window.status.say(LONG_TITLE)
    row = kept_by(user.bot, CardRow("row", LONG_TITLE, LONG_TITLE))
    shown = [
        said_by(user.window.notice),
        said_by(user.window.status),
        *(each.text() for each in row.findChildren(QLabel)),
    ]
    for text, most in zip(shown, (MAX_SENTENCE_CHARS, *[MAX_TITLE_CHARS] * 3), strict=True):
        assert text.endswith("…")
        assert len(text) <= most
    assert LONG_TITLE in row.toolTip()
    for title in (f"“{LONG_TITLE}”", f"„{LONG_TITLE}“", f"«{LONG_TITLE}»"):  # as English, German and Spanish quote it
        row = kept_by(
            user.bot, CardRow("row", f"{title} renews automatically unless notice is given by 1 May 2027", "")
        )
        assert any(each.text().replace("\u200b", "").endswith("by 1 May 2027") for each in row.findChildren(QLabel))
    assert user.window.minimumSizeHint().width() == wide
    user.window.status.say("汉" * MAX_TITLE_CHARS)  # twice as wide as other letters
    user.window.resize(user.window.minimumSize())
    QApplication.processEvents()
    assert user.window.status.width() == user.window.minimumWidth(), "the languages stay in the window"
    of_long_name = kept_by(user.bot, StatusBar(LONG_TITLE, user.window.do))
    assert of_long_name.sizeHint().width() < user.window.minimumWidth()
    assert LONG_TITLE in [each.toolTip() for each in of_long_name.findChildren(QLabel)]


def test_a_word_breaks_only_where_it_alone_is_longer_than_the_line(dressed: QApplication, qtbot: QtBot) -> None:
    name = "Grzegorz BRZĘCZYSZCZYKIEWICZ 市政厅，格热戈日"
    label = WrappingLabel()
    label.setText(name)
    qtbot.addWidget(label)
    word = label.fontMetrics().horizontalAdvance("BRZĘCZYSZCZYKIEWICZ")
    for width, broken in ((word + 40, False), (word - 40, True), (word + 40, False)):
        label.resize(width, 300)
        label.show()
        dressed.processEvents()
        assert ("Z\u200bY" in label.text()) is broken
        assert "Grzegorz " in label.text()
        assert "市政厅，格热戈日" in label.text()  # Chinese has rules of its own
        assert label.text().replace("\u200b", "") == name
        assert label.minimumSizeHint().width() < word


ADDRESS = "maria.kowalska-nowak@international-office.uml.lodz.example.org"


def test_an_address_longer_than_its_column_goes_on_in_the_next_line(dressed: QApplication, qtbot: QtBot) -> None:
    table = kept_by(qtbot, TextTable("table", "Table", ("A", "B")))
    table.share(0, 0)
    table.resize(theme.px(400), 300)
    table.fill([("word", "word"), (ADDRESS, "word")])
    assert table.rowHeight(1) >= table.rowHeight(0) + table.fontMetrics().lineSpacing()
    item = not_none(table.item(1, 0))
    assert item.text() == ADDRESS, "it is copied as it is"


def test_a_column_never_gets_too_narrow_for_words(dressed: QApplication, qtbot: QtBot) -> None:
    table = kept_by(qtbot, TextTable("table", "Table", ("A", "B")))
    table.share(theme.px(200), 0)
    table.show()
    for width, scrolled in ((230, True), (500, False)):
        table.resize(theme.px(width), 300)
        dressed.processEvents()
        assert table.columnWidth(1) >= theme.px(NARROWEST)
        assert (table.horizontalScrollBar().maximum() > 0) is scrolled


@pytest.mark.parametrize("indent", [0, 20])
def test_every_line_of_an_indented_text_is_indented(dressed: QApplication, qtbot: QtBot, indent: int) -> None:
    table = kept_by(qtbot, TickTable("table", "Table", ("A", "B")))
    table.share(0, 0)
    table.resize(theme.px(500), 400)
    table.fill_ticked([("word " * 40, "")], [1], [True], [indent])
    table.show()
    dressed.processEvents()
    cell = table.visualItemRect(table.item(0, 1))  # type: ignore[arg-type]
    picture = table.viewport().grab(QRect(cell.left(), cell.top(), ACROSS + 20, cell.height() - 2)).toImage()
    beside = range(ACROSS + 1, ACROSS + 18)
    ground = picture.pixel(2, picture.height() - 4)
    written = any(picture.pixel(x, y) != ground for x in beside for y in range(2, picture.height() - 2))
    assert written is (indent == 0)


def test_chinese_after_a_quotation_mark_is_not_cut_at_the_end_of_the_column(dressed: QApplication) -> None:
    metrics = QFontMetrics(dressed.font())
    quoted = "“Ludwigsburg)”"
    text = quotes_loosened(f"{quoted}中还包含其他地点")
    room = metrics.horizontalAdvance(quoted) + 4
    shown = metrics.boundingRect(QRect(0, 0, room, 1000), int(WRAPPED), text)
    assert shown.width() <= room
    assert shown.height() >= 2 * metrics.lineSpacing()


def test_the_keys_come_to_a_chosen_row(dressed: QApplication, qtbot: QtBot) -> None:
    page, line, table = QWidget(), QLineEdit(), TextTable("table", "Table", ("A", "B"))
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    column.addWidget(line)
    column.addWidget(table)
    table.fill([("New", "Person"), ("New", "Meeting")])
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Tab)
    assert table.hasFocus()
    assert {index.row() for index in table.selectedIndexes()} == {0}, (
        "else each of its cells is said to be not selected"
    )


MINUTE_MS = 60_000


def test_the_running_timers_of_a_widget_are_those_of_all_that_is_in_it(qtbot: QtBot) -> None:
    page, other = QWidget(), QWidget()
    qtbot.addWidget(page)
    qtbot.addWidget(other)
    field, gone = QWidget(page), QWidget(page)
    owners: tuple[QObject, ...] = (page, field, other, gone)
    ticking = [repeating(owner, MINUTE_MS, lambda: None) for owner in owners]
    once, _idle = single_shot(field, MINUTE_MS, lambda: None), single_shot(page, MINUTE_MS, lambda: None)
    for timer in (*ticking, once):
        timer.start()
    delete(gone)
    assert list(running(page)) == [ticking[0], ticking[1], once]
    assert list(running(field)) == [ticking[1], once]
    for timer in (*ticking[:3], once):
        timer.stop()
    assert not list(running(page))


def test_nothing_stays_of_a_page_that_goes_while_it_grows(qtbot: QtBot) -> None:
    page = kept_by(qtbot, QWidget())
    QVBoxLayout(page)
    kept = ref(page)
    grow_with_contents(page)
    delete(page)
    del page
    gc.collect()
    assert kept() is None


@pytest.mark.parametrize(("high", "offered"), [(200, 9), (333, 30), (600, 30), (600, 3)])
def test_a_list_of_offers_shows_whole_rows_in_a_window_of_any_height(
    qtbot: QtBot, dressed: QApplication, high: int, offered: int
) -> None:
    window = kept_by(qtbot, QWidget())
    window.resize(400, high)
    line = QLineEdit(window)
    window.show()
    offers = CompletionPopup(line, "field")
    offers.show_offers([NamedRecord(str(n), f"Name {n}") for n in range(offered)], "")
    room = offers.viewport().height()
    bottoms = [offers.visualItemRect(offers.item(row)).bottom() + 1 for row in range(offers.count())]
    assert any(bottom == room for bottom in bottoms), (room, bottoms)
