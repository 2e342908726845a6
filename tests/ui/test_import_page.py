"""The page of proposals: the paper at the left, its facts at the right; keys to take, change and leave."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from tests.helpers.paper_facts import PAPERS
from tests.ui.conftest import User
from ucapdesk.services.files import imports
from ucapdesk.services.records import records
from ucapdesk.services.workspaces import maintenance
from ucapdesk.ui.imports.import_page import ImportPage
from ucapdesk.ui.toolkit.item_views import ACROSS, TextTable
from ucapdesk.ui.window.commands.file_commands import receive_papers

PAPER = PAPERS / "09-chongqing-mannheim.docx"


@pytest.fixture
def page(user: User) -> ImportPage:
    """The proposal of a paper on new cities."""
    made = ImportPage(imports.plan_papers(user.desk, imports.read_files(user.desk, [PAPER]).papers), user.window)
    user.bot.addWidget(made)
    made.show()
    return made


def _row(page: ImportPage, said: str, above: str = "") -> int:
    """The row of a field, of the record whose title begins with ``above``."""
    titles = [line.title for line in page.plans[0].lines]
    start = next(at for at, title in enumerate(titles) if title.startswith(above))
    return next(at for at in range(start, len(titles)) if titles[at].startswith(said))


def test_keys_take_change_and_leave(user: User, page: ImportPage) -> None:
    all_ = len(page.chosen)
    theme = _row(page, "Theme:")
    page.table.setCurrentCell(theme, 0)
    fields = sum(line.under == page.plans[0].lines[theme].number for line in page.plans[0].lines)
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    assert len(page.chosen) == all_ - fields - 1
    page.table.setCurrentCell(_row(page, "Name (English)", "Theme:"), 0)
    QTest.keyClick(page.table, Qt.Key.Key_Space)
    assert len(page.chosen) == all_ - fields + 1, "the record comes along"
    QTest.keyClick(page.table, Qt.Key.Key_F2)
    value = page.proposals[0].line
    assert value.hasFocus()
    value.setText("Another theme")
    QTest.keyClick(value, Qt.Key.Key_Return)
    assert page.isVisible(), "Enter in the value imports nothing"
    assert page.table.hasFocus()
    item = page.table.item(page.table.currentRow(), 1)
    assert item is not None
    assert "Another theme" in item.text()


def test_the_paper_marks_the_fact_that_is_chosen_and_a_click_in_it_chooses_one(user: User, page: ImportPage) -> None:
    paper = page.proposals[0].paper
    assert paper is not None
    row = _row(page, "Name (English)", "Theme:")
    page.table.setCurrentCell(row, 0)
    shades = paper.extraSelections()  # which hold their cursors
    current = shades[-1].cursor.selectedText()
    assert current
    assert current in page.plans[0].lines[row].title
    page.table.setCurrentCell(0, 0)
    mark = page.plans[0].lines[row].marks[0]
    paper.pointed.emit(mark.line, mark.start + 1)
    assert page.table.currentRow() == row
    page.table.setCurrentCell(0, 0)
    paper.mark((), page.plans[0].lines[row].marks[:1])  # scrolls there
    QTest.mouseClick(paper.viewport(), Qt.MouseButton.LeftButton, pos=paper.cursorRect().center() + QPoint(4, 0))
    assert page.table.currentRow() == row
    said = page.findChild(QLabel, "incoming.accounted")
    assert said is not None
    assert "Nothing was left out." in said.text()


def test_what_is_taken_is_one_step_and_undone_in_one(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    before, count = maintenance.digest(user.desk), records.count(user.desk, "ucap")
    monkeypatch.setattr(ImportPage, "exec", lambda _: 1)
    receive_papers(user.window.commands, [PAPER, PAPERS / "01-haikou-nice.docx"])
    user.bot.waitUntil(lambda: records.count(user.desk, "ucap") == count + 2 and not user.window.work.busy)
    user.window.do("edit.undo")
    assert maintenance.digest(user.desk) == before


def test_a_value_of_several_lines_has_a_box_of_its_own_and_ctrl_enter_changes_it(user: User, page: ImportPage) -> None:
    row = next(at for at, line in enumerate(page.plans[0].lines) if "\n" in (line.typed or ""))
    page.table.setCurrentCell(row, 0)
    QTest.keyClick(page.table, Qt.Key.Key_F2)
    box = page.proposals[0].text
    assert box.hasFocus()
    assert page.proposals[0].line.isHidden()
    assert box.toPlainText() == page.plans[0].lines[row].typed
    box.setPlainText("First\nSecond")
    item = page.table.item(row, 1)
    assert item is not None
    for widget, changed in ((page.table, False), (box, True)):
        widget.setFocus()
        QTest.keyClick(widget, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert ("First Second" in item.text()) == changed, "only in the box"
    assert page.table.hasFocus()
    page.table.setCurrentCell(_row(page, "Name (English)", "Theme:"), 0)
    assert box.isHidden()


def test_a_value_that_cannot_be_read_is_told_and_the_old_one_stays(user: User, page: ImportPage) -> None:
    row = _row(page, "Dates", "Visit:")
    page.table.setCurrentCell(row, 0)
    before, value = page.proposals[0].table.lines[row], page.proposals[0].line
    value.setText("32 June")
    QTest.keyClick(value, Qt.Key.Key_Return)
    assert page.proposals[0].table.lines[row] == before
    assert "32 June" in " ".join(said.text() for said in page.findChildren(QLabel) if said.isVisible())


def test_the_rows_of_oddities_break_between_words(user: User, page: ImportPage) -> None:
    table = page.findChild(TextTable, "incoming.oddities")
    assert table is not None
    room = table.columnWidth(0) - 2 * ACROSS
    words = {word for row in range(table.rowCount()) for word in table.item(row, 0).text().split()}  # type: ignore[union-attr]
    assert {word for word in words if table.fontMetrics().horizontalAdvance(word) > room} == set()
