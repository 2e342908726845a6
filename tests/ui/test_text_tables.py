"""Tables of texts: nothing in a cell is cut at its side, and what belongs below something stands further right."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.item_views import ACROSS, NARROWEST, WRAPPED, TextTable, TickTable
from ucapdesk.ui.toolkit.labels import quotes_loosened

ADDRESS = "maria.kowalska-nowak@international-office.uml.lodz.example.org"


def test_an_address_longer_than_its_column_goes_on_in_the_next_line(dressed: QApplication, qtbot: QtBot) -> None:
    table = TextTable("table", "Table", ("A", "B"))
    qtbot.addWidget(table)
    table.share(0, 0)
    table.resize(theme.px(400), 300)
    table.fill([("word", "word"), (ADDRESS, "word")])
    assert table.rowHeight(1) >= table.rowHeight(0) + table.fontMetrics().lineSpacing()
    item = table.item(1, 0)
    assert item is not None
    assert item.text() == ADDRESS, "it is copied as it is"


def test_a_column_never_gets_too_narrow_for_words(dressed: QApplication, qtbot: QtBot) -> None:
    table = TextTable("table", "Table", ("A", "B"))
    qtbot.addWidget(table)
    table.share(theme.px(200), 0)
    table.show()
    for width, scrolled in ((230, True), (500, False)):
        table.resize(theme.px(width), 300)
        dressed.processEvents()
        assert table.columnWidth(1) >= theme.px(NARROWEST)
        assert (table.horizontalScrollBar().maximum() > 0) is scrolled


@pytest.mark.parametrize("indent", [0, 20])
def test_every_line_of_an_indented_text_is_indented(dressed: QApplication, qtbot: QtBot, indent: int) -> None:
    table = TickTable("table", "Table", ("A", "B"))
    qtbot.addWidget(table)
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
