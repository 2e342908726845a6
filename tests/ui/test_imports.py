"""Files of others at the window: papers, spreadsheets, lists of people, cards and calendars, previewed and taken in as one step."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl import Workbook
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QDialog, QFileDialog, QLabel, QPushButton, QRadioButton, QWidget

from tests.helpers.paper_facts import PAPERS
from tests.helpers.shown import child, not_none, on_screen, said_by
from tests.ui.conftest import User
from tests.ui.list_hands import add_record, answer
from ucapdesk.formats.vcard import VCard, read_cards, write_cards
from ucapdesk.model.values import Bilingual, HanName, PartialDate, PersonName, When
from ucapdesk.services.files import imports
from ucapdesk.services.records import attached_files, history, records
from ucapdesk.services.visits import visits
from ucapdesk.services.workspaces import maintenance
from ucapdesk.ui.fields.value_editors import Choice
from ucapdesk.ui.imports.import_page import ImportPage
from ucapdesk.ui.imports.list_imports import SheetMapping, SheetPreview
from ucapdesk.ui.lists.list_dialogs import OutgoingDialog
from ucapdesk.ui.screens.visit_screen import VisitScreen
from ucapdesk.ui.toolkit.item_views import ACROSS, TextTable
from ucapdesk.ui.window.commands.file_commands import receive_files, receive_papers
from ucapdesk.ui.window.sections import HOME

PAPER = PAPERS / "09-chongqing-mannheim.docx"


@pytest.fixture
def page(user: User) -> ImportPage:
    return on_screen(
        user.bot, ImportPage(imports.plan_papers(user.desk, imports.read_files(user.desk, [PAPER]).papers), user.window)
    )


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
    item = not_none(page.table.item(page.table.currentRow(), 1))
    assert "Another theme" in item.text()


def test_the_paper_marks_the_fact_that_is_chosen_and_a_click_in_it_chooses_one(user: User, page: ImportPage) -> None:
    paper = not_none(page.proposals[0].paper)
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
    said = child(page, QLabel, "incoming.accounted")
    assert "Nothing was left out." in said.text()


def test_what_is_taken_is_one_step_and_undone_in_one(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    before, count = maintenance.digest(user.desk), records.count(user.desk, "ucap")
    monkeypatch.setattr(ImportPage, "exec", lambda _: 1)
    receive_papers(user.window.commands, [PAPER, PAPERS / "01-haikou-nice.docx"])
    user.bot.waitUntil(lambda: records.count(user.desk, "ucap") == count + 2 and not user.window.work.busy)
    assert "from files" in (history.next_undo(user.desk, "en") or ""), "names of files are kept in no label"
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
    item = not_none(page.table.item(row, 1))
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
    table = child(page, TextTable, "incoming.oddities")
    room = table.columnWidth(0) - 2 * ACROSS
    words = {word for row in range(table.rowCount()) for word in table.item(row, 0).text().split()}  # type: ignore[union-attr]
    assert {word for word in words if table.fontMetrics().horizontalAdvance(word) > room} == set()


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
    label = child(dialog, QLabel, "mapping.state")
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


def _press(user: User, dialog: QDialog, name: str) -> None:
    button = child(dialog, QPushButton, name)
    assert button.isEnabled()
    user.bot.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.mark.row("X2")
@pytest.mark.rule("R32")
def test_cards_are_shown_first_and_only_what_stays_ticked_comes_in(
    user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cards = [VCard(name_han=HanName("张", "伟"), mobile="+86 138"), VCard(name=PersonName("Żółkowski", "Łukasz"))]
    write_cards(tmp_path / "people.vcf", cards)
    before, n = maintenance.digest(user.desk), records.count(user.desk, "person")

    def untick_the_second(dialog: ImportPage) -> None:
        assert [dialog.table.item(row, 1).text() for row in range(2)] == ["张伟", "Łukasz Żółkowski"]  # type: ignore[union-attr]
        assert maintenance.digest(user.desk) == before
        assert dialog.take.text() == "Import 2"
        dialog.table.setFocus()
        user.bot.keyClick(dialog.table, Qt.Key.Key_Down)
        user.bot.keyClick(dialog.table, Qt.Key.Key_Space)
        assert (dialog.chosen, dialog.take.text(), dialog.table.all.isChecked()) == ([1], "Import 1", False)
        user.bot.mouseClick(dialog.table.all, Qt.MouseButton.LeftButton)
        assert dialog.chosen == [1, 2]
        user.bot.keyClick(dialog.table, Qt.Key.Key_Space)
        _press(user, dialog, "incoming.take")

    answer(monkeypatch, ImportPage, untick_the_second)
    receive_files(user.window.commands, [tmp_path / "people.vcf"])
    user.bot.waitUntil(lambda: records.count(user.desk, "person") == n + 1)
    user.bot.waitUntil(user.window.toast.isVisible)
    assert user.window.section == "person"
    user.click("toast.do")
    assert maintenance.digest(user.desk) == before


def test_a_calendar_goes_into_the_visit_that_is_shown(
    user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = add_record(user, "visit", "title.en=Tour", "dates=2026-11-23/2026-11-26", "time_zone=Europe/Madrid")
    (tmp_path / "tour.ics").write_text(
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:1\nSUMMARY:Park\nDTSTART:20261124T090000Z\n"
        "END:VEVENT\nEND:VCALENDAR\n"
    )
    user.open(visit)
    answer(monkeypatch, ImportPage, lambda dialog: _press(user, dialog, "incoming.take"))
    receive_files(user.window.commands, [tmp_path / "tour.ics"])
    user.bot.waitUntil(lambda: len(records.children(user.desk, visit)["itinerary_item"]) == 1)
    user.bot.waitUntil(user.window.toast.isVisible)
    (item,) = records.children(user.desk, visit)["itinerary_item"]
    assert item.when == When("2026-11-24", "10:00", tz="Europe/Madrid")  # type: ignore[attr-defined]
    assert user.record.id == visit


def test_a_workbook_with_people_and_itinerary_makes_its_visit_and_links_the_people_it_brought(
    user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = openpyxl.Workbook()
    people, tour = book.worksheets[0], book.create_sheet("日程")
    for row in (["姓名", "单位", "职务"], ["于建国", "淄博市人民政府", "副市长"], ["单雪", "淄博市外办", "科长"]):
        people.append(row)
    for row in (
        ["日期", "时间", "内容", "陪同人员"],
        ["2031年5月10日", "9:00", "会见市长", "于建国"],
        ["5月11日", "9:00", "参观", ""],
    ):
        tour.append(row)
    book.save(tmp_path / "zibo.xlsx")
    visits = records.listing(user.desk, "visit")
    monkeypatch.setattr(ImportPage, "exec", lambda _: 1)
    receive_files(user.window.commands, [tmp_path / "zibo.xlsx"])
    user.bot.waitUntil(lambda: records.count(user.desk, "visit") == len(visits) + 1)
    user.bot.waitUntil(lambda: not user.window.work.busy)
    (visit,) = set(records.listing(user.desk, "visit")) - set(visits)
    first, _ = records.children(user.desk, visit)["itinerary_item"]
    (escort,) = records.children(user.desk, first.id)["participation"]
    assert records.titles(user.desk, [escort.person], "zh")[escort.person] == "于建国"  # type: ignore[attr-defined]
    assert user.window.record.record.id == visit  # type: ignore[union-attr]


def test_what_is_no_card_is_told_in_one_sentence(user: User, tmp_path: Path) -> None:
    (tmp_path / "x.vcf").write_text("la la la")
    receive_files(user.window.commands, [tmp_path / "x.vcf"])
    user.bot.waitUntil(lambda: "no business card was found" in said_by(user.window.notice))


@pytest.mark.parametrize("private", [False, True])
def test_a_person_is_saved_as_a_card_with_private_numbers_only_if_wanted(
    user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, private: bool
) -> None:
    user.open(
        add_record(user, "person", "name_han.family=张", "name_han.given=伟", "mobile=+86 138", "email=z@example.cn")
    )
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "zhang"), ""))

    def choose(dialog: OutgoingDialog) -> None:
        if private:
            user.bot.mouseClick(dialog.numbers, Qt.MouseButton.LeftButton)
        (save,) = [each for each in dialog.findChildren(QPushButton) if each.text() == "Save…"]
        user.bot.mouseClick(save, Qt.MouseButton.LeftButton)

    answer(monkeypatch, OutgoingDialog, choose)
    assert user.window.menus.actions["file.outgoing"].isEnabled()
    user.window.do("file.outgoing")
    (card,), _ = read_cards(tmp_path / "zhang.vcf")
    assert (card.name_han, card.email, card.mobile) == (
        HanName("张", "伟"), "z@example.cn", "+86 138" if private else "",
    )  # fmt: skip
    assert "zhang.vcf was written" in said_by(user.window.status)


def test_a_card_of_the_newer_version_is_made_where_it_is_chosen(
    user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    user.open(add_record(user, "person", "name.family=Żółkowski", "name.given=Łukasz"))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "l"), ""))

    def choose(dialog: OutgoingDialog) -> None:
        button = child(dialog, QRadioButton, "outgoing.1")
        assert button.text() == "Business card, vCard 4.0 (.vcf)"
        user.bot.mouseClick(button, Qt.MouseButton.LeftButton)
        dialog.accept()

    answer(monkeypatch, OutgoingDialog, choose)
    user.window.do("file.outgoing")
    said = (tmp_path / "l.vcf").read_text(encoding="utf-8")
    assert ("VERSION:4.0" in said, "FN:Łukasz Żółkowski" in said) == (True, True)


def test_a_programme_without_a_day_is_refused_and_the_private_box_goes_with_the_card(
    user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    user.open(add_record(user, "person", "name.family=Ferrer"))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "a.ics"), ""))

    def choose(dialog: OutgoingDialog) -> None:
        button = dialog.findChild(QRadioButton, "outgoing.2")  # behind the two versions of cards
        box = dialog.findChild(QCheckBox, "outgoing.private")
        assert isinstance(button, QRadioButton)
        assert isinstance(box, QCheckBox)
        user.bot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert not box.isEnabled()
        (save,) = [each for each in dialog.findChildren(QPushButton) if each.text() == "Save…"]
        user.bot.mouseClick(save, Qt.MouseButton.LeftButton)

    answer(monkeypatch, OutgoingDialog, choose)
    user.window.do("file.outgoing")
    assert "There is nothing for a calendar here" in said_by(user.window.notice)
    assert not (tmp_path / "a.ics").exists()
    user.open(user.id("place"))
    assert not user.window.menus.actions["file.outgoing"].isEnabled()


def test_a_signature_that_was_copied_becomes_somebody_to_complete(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    n = records.count(user.desk, "person")
    QApplication.clipboard().setText("nothing of the sort")
    user.window.do("file.copied")
    assert "holds no people" in said_by(user.window.notice)
    QApplication.clipboard().setText("张伟\n柳州市发改委\nzw@example.cn\n手机 138 0000 0000")
    answer(monkeypatch, ImportPage, lambda dialog: _press(user, dialog, "incoming.take"))
    user.window.do("file.copied")
    user.bot.waitUntil(lambda: records.count(user.desk, "person") == n + 1)
    user.bot.waitUntil(user.window.toast.isVisible)
    (made,) = records.page(user.desk, "person", records.listing(user.desk, "person", "zw@example.cn"))
    assert (made.name_han, made.mobile) == (HanName("张", "伟"), "138 0000 0000")  # type: ignore[attr-defined]
    assert "柳州市发改委" in made.notes["zh"]  # type: ignore[attr-defined]


ROWS = (
    ("代表团名单", "", "", "", "", ""),
    ("序号", "姓名", "职务", "单位", "邮箱", "饮食"),
    ("1", "陆文静", "副主任", "长沙市发改委", "lu@changsha.example", "清真"),
    ("2", "Halina Wrzesińska", "Deputy Mayor", "City of Gdańsk", "halina@gdansk.example", ""),
)


@pytest.fixture(params=["xlsx", "csv"])
def guests(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / f"guests.{request.param}"
    if request.param == "csv":
        path.write_text("\n".join(",".join(row) for row in ROWS), encoding="utf-8")
        return path
    book = Workbook()
    sheet: Any = book.active
    for row in ROWS:
        sheet.append(row)
    sheet.merge_cells("A1:F1")
    book.save(path)
    return path


@pytest.fixture
def previewed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    seen: list[str] = []

    def accept(dialog: ImportPage) -> None:
        seen.append(dialog.windowTitle())
        dialog.accept()

    answer(monkeypatch, ImportPage, accept)
    return seen


def drop(widget: QWidget | None, path: Path) -> None:
    assert widget is not None
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPointF(5, 5), copy, data, left, none)
    QApplication.sendEvent(widget, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(widget, QDropEvent(QPointF(5, 5), copy, data, left, none))


def test_a_spreadsheet_of_people_dropped_on_a_visit_makes_its_delegation(
    user: User, guests: Path, previewed: list[str]
) -> None:
    visit = user.open(user.id("visit"))
    before = len(visits.people(user.desk, visit, visits.DELEGATION))
    drop(user.find(QWidget, "page"), guests)
    user.bot.waitUntil(lambda: len(visits.people(user.desk, visit, visits.DELEGATION)) == before + 2)
    assert guests.name in previewed[0]
    (lu,) = records.listing(user.desk, "person", find="陆文静")
    assert user.value(lu, "email") == "lu@changsha.example"
    assert records.titles(user.desk, records.listing(user.desk, "organisation", find="长沙市发改委"))
    assert not attached_files.of(user.desk, visit), "it is read, not kept"


AS_ROWS = "Name,E-mail,Mobile\nAnna Wójcik,anna@lodz.example,+48 42 638 44 44\n"
AS_PAGE = "<table><tr><th>Name<th>E-mail<th>Mobile</tr><tr><td>Anna Wójcik<td>anna@lodz.example<td>+48 42 638 44 44</tr></table>"


@pytest.mark.parametrize(("name", "text"), [("guests.csv", AS_ROWS), ("guests.html", AS_PAGE)])
def test_known_columns_dropped_on_a_visit_make_its_delegation_too(
    name: str, text: str, user: User, tmp_path: Path, previewed: list[str]
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    visit = user.open(user.id("visit"))
    before = len(visits.people(user.desk, visit, visits.DELEGATION))
    drop(user.find(QWidget, "page"), path)
    user.bot.waitUntil(lambda: len(visits.people(user.desk, visit, visits.DELEGATION)) == before + 1)
    assert len(previewed) == 1


def test_it_may_be_dropped_on_the_first_page_as_well(user: User, guests: Path, previewed: list[str]) -> None:
    user.window.choose_section(HOME)
    drop(user.window, guests)
    user.bot.waitUntil(lambda: bool(records.listing(user.desk, "person", find="陆文静")))
    assert guests.name in previewed[0]


def test_rows_pasted_where_nothing_is_typed_are_previewed_anywhere(user: User, previewed: list[str]) -> None:
    QGuiApplication.clipboard().setText("\n".join("\t".join(row) for row in ROWS))
    user.window.choose_section(HOME)
    user.window.sections.setFocus()
    user.press(Qt.Key.Key_V, ctrl=True)
    user.bot.waitUntil(lambda: bool(records.listing(user.desk, "person", find="陆文静")))
    assert len(previewed) == 1


def test_remarks_and_roles_of_a_list_dropped_on_a_visit_are_kept(user: User, previewed: list[str]) -> None:
    visit = user.open(user.id("visit"))
    before = len(visits.people(user.desk, visit, visits.DELEGATION))
    drop(user.find(QWidget, "page"), PAPERS / "renyuan.xlsx")
    user.bot.waitUntil(lambda: len(visits.people(user.desk, visit, visits.DELEGATION)) == before + 5)
    remarks = [dict(each.remarks or {}).get("zh") for each in visits.people(user.desk, visit, visits.DELEGATION)]
    assert "翻译" in remarks
    assert len(previewed) == 1


def test_an_itinerary_in_word_dropped_on_a_visit_becomes_its_programme(user: User, previewed: list[str]) -> None:
    visit = records.add(
        user.desk, "visit", {"title": Bilingual(en="Tour"), "dates": PartialDate("2019-06-12/2019-06-16")}
    )
    user.open(visit)
    drop(user.find(QWidget, "page"), PAPERS / "15-tracked.docx")
    user.bot.waitUntil(lambda: len(attached_files.of(user.desk, visit)) == 1)
    assert not previewed, "another document is attached"
    drop(user.find(QWidget, "page"), PAPERS / "richeng.docx")
    user.bot.waitUntil(lambda: len(records.children(user.desk, visit)["itinerary_item"]) == 7)
    assert len(attached_files.of(user.desk, visit)) == 1


def test_rows_with_heads_pasted_on_a_visit_go_through_the_page_of_lists(user: User, previewed: list[str]) -> None:
    visit = records.add(
        user.desk, "visit", {"title": Bilingual(en="Tour"), "dates": PartialDate("2019-06-12/2019-06-16")}
    )
    user.open(visit)
    user.window.record.special.show_tab("delegation")  # type: ignore[union-attr]
    line = child(user.window, QWidget, "visit.hosts.add.line")
    line.setFocus()
    rows = "姓名\t职务\t单位\t护照号\t备注\n赵敏\t处长\t郑州市外事办公室\tPE7654321\t联络员\n王磊\t科长\t郑州市外事办公室\t\t"
    QGuiApplication.clipboard().setText(rows)
    user.press(Qt.Key.Key_V, ctrl=True)
    user.bot.waitUntil(lambda: len(visits.people(user.desk, visit, visits.HOSTS)) == 2)
    assert {each.role for each in visits.people(user.desk, visit, visits.HOSTS)} == {"host"}, (
        "no side is known that could say it"
    )
    tour = "日期\t时间\t内容\n6月12日\t09:00\t参观规划馆\n\t14:00\t座谈"
    assert user.window.record.take_rows(tour)
    assert len(records.children(user.desk, visit)["itinerary_item"]) == 2
    assert len(previewed) == 2


def test_an_itinerary_pasted_elsewhere_finds_its_visit_or_makes_it(user: User, previewed: list[str]) -> None:
    user.window.choose_section(HOME)
    user.window.sections.setFocus()
    QGuiApplication.clipboard().setText("日期\t时间\t内容\n2031年6月12日\t09:00\t参观规划馆\n\t14:00\t座谈")
    user.press(Qt.Key.Key_V, ctrl=True)
    user.bot.waitUntil(lambda: getattr(user.window.record.record, "dates", None) is not None)
    assert len(previewed) == 1
    shown: Any = user.window.record.record
    assert shown.dates.edtf == "2031-06-12"
    assert len(records.children(user.desk, shown.id)["itinerary_item"]) == 2


@pytest.mark.usefixtures("previewed")
def test_people_imported_behind_a_filter_are_told_and_shown(user: User) -> None:
    marta = user.open(records.add(user.desk, "person", {"name": PersonName("Zieliński", "Marta")}))
    pane = user.window.list
    pane.filter.setText("Zieliński")
    pane.select(marta)
    user.window.focus_list()
    assert user.rows() == ["Marta Zieliński"]
    QGuiApplication.clipboard().setText("Name\tPost\nHalina Wrzesińska\tDeputy Mayor\nTeemu Ojala\tEngineer\n")
    user.window.do("file.copied")
    toast = user.window.toast
    user.bot.waitUntil(lambda: "The filter hides 2 of them." in said_by(toast))
    user.window.activateWindow()  # without a window system nobody gives the keys back
    user.bot.waitUntil(lambda: user.focus() is pane.view)
    assert pane.selected() == [marta]
    user.bot.mouseClick(toast.button, Qt.MouseButton.LeftButton)
    assert pane.filter.text() == ""
    assert {"Halina Wrzesińska", "Teemu Ojala"} < set(user.rows())
    assert records.titles(user.desk, pane.selected(), "en").popitem()[1] in {"Halina Wrzesińska", "Teemu Ojala"}
    assert user.focus() is pane.view


def test_rows_pasted_right_after_a_click_on_the_tab_become_the_delegation(user: User, previewed: list[str]) -> None:
    visit = user.open(user.id("visit"))
    screen = user.window.record.special
    assert isinstance(screen, VisitScreen)
    bar = screen.bar
    at = next(n for n in range(bar.count()) if "Delegation" in bar.tabText(n))
    user.type("title.en", "Spring visit")
    user.bot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(at).center())
    QGuiApplication.clipboard().setText("Name\tPost\nHalina Wrzesińska\tDeputy Mayor\nTeemu Ojala\tEngineer\n")
    user.press(Qt.Key.Key_V, ctrl=True)
    assert previewed
    assert len(visits.people(user.desk, visit, visits.DELEGATION)) == 2
    assert user.window.section == "visit"
