"""Texts of others: programmes and minutes pasted or dropped, and a paper whose labels nobody knows, assigned by hand."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSize, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QImageReader, QTextCursor
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from tests.helpers.clock import FrozenClock
from tests.helpers.logos import png_of_size
from tests.helpers.mailed_texts import JIYAO, MAIL, MINUTES, RICHENG
from tests.helpers.shown import child, kept_by, on_screen, said_by
from tests.ui.conftest import User
from ucapdesk.base.ids import derived_id
from ucapdesk.model.serialize import record_to_json
from ucapdesk.model.values import Bilingual, PartialDate
from ucapdesk.services import Desk
from ucapdesk.services.files import imports
from ucapdesk.services.records import history, records
from ucapdesk.store.safety.check import record_digest
from ucapdesk.ui.imports.import_page import ImportPage
from ucapdesk.ui.imports.paper_imports import AssignDialog, ScanView, paragraphs
from ucapdesk.ui.window.commands.file_commands import receive_papers
from ucapdesk.ui.window.desk_window import DeskWindow
from ucapdesk.ui.window.sections import HOME


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The lines of the previews that were shown; each was accepted as it was."""
    lines: list[str] = []

    def accept(dialog: ImportPage) -> int:
        lines.extend(f"{line.title} {line.what}".strip() for line in dialog.plans[0].lines)
        return 1

    monkeypatch.setattr(ImportPage, "exec", accept)
    return lines


def _visit(user: User) -> str:
    values = {"title": Bilingual(en="Visit"), "dates": PartialDate("2027-04-12/2027-04-16")}
    return records.add(user.desk, "visit", values)


def _points(user: User, visit: str) -> list[Any]:
    return list(records.children(user.desk, visit)["itinerary_item"])


def _paste(user: User, name: str, text: str) -> Any:
    box: Any = child(user.window, QWidget, name)
    box.setFocus()
    QApplication.clipboard().setText(text)
    user.press(Qt.Key.Key_V, ctrl=True)
    return box


@pytest.mark.parametrize("text", [MAIL, RICHENG])
def test_a_programme_pasted_into_the_line_of_the_itinerary_fills_its_days_and_undo_empties_them(
    user: User, shown: list[str], text: str
) -> None:
    visit = _visit(user)
    user.open(visit)
    line = _paste(user, "itinerary.entry.line", text)
    assert len(_points(user, visit)) == 6
    assert len({point.when.date for point in _points(user, visit)}) == 2
    assert line.text() == ""
    assert any("09:00" in line for line in shown), "the preview says what it understood"
    user.window.do("edit.undo")
    assert _points(user, visit) == []


def test_hours_pasted_into_the_line_are_on_the_day_that_is_shown(user: User, shown: list[str]) -> None:
    visit = _visit(user)
    user.open(visit)
    user.window.record.special.programme._day_chosen("2027-04-14")  # type: ignore[union-attr]
    _paste(user, "itinerary.entry.line", "09:00 Talks\n10:30-11:00 Lunch\n")
    assert [(p.when.date, p.when.start) for p in _points(user, visit)] == [
        ("2027-04-14", "09:00"),
        ("2027-04-14", "10:30"),
    ]


@pytest.mark.parametrize(("text", "entries"), [(MINUTES, 5), (JIYAO, 4)])
def test_minutes_pasted_on_the_page_of_a_meeting_are_its_entries_and_actions(
    user: User, shown: list[str], text: str, entries: int
) -> None:
    meeting = user.open(records.add(user.desk, "meeting", {"title": Bilingual(en="Port group")}))
    assert user.window.record.take_rows(text)
    parts = records.children(user.desk, meeting)
    assert (len(parts["minute_entry"]), len(parts["action_item"]), len(parts["participation"])) == (entries, 2, 4)
    assert records.get(user.desk, meeting).title["en"] == "Port group", "what is there stays"  # type: ignore[attr-defined]
    user.window.do("edit.undo")
    parts = records.children(user.desk, meeting)
    assert not any(parts[kind] for kind in ("minute_entry", "action_item", "participation"))


def test_lines_pasted_into_the_line_of_minutes_become_one_entry_each(user: User, shown: list[str]) -> None:
    meeting = user.open(records.add(user.desk, "meeting", {"title": Bilingual(en="Port group")}))
    line = _paste(
        user, "meeting.minutes.entry.line", "The port is ready.\n! We meet in May.\n> Send the list 5 May 2027\n"
    )
    parts = records.children(user.desk, meeting)
    assert [getattr(entry, "type", "") for entry in parts["minute_entry"]] == ["discussion", "decision"]
    assert len(parts["action_item"]) == 1
    assert line.text() == ""


def test_pasted_at_home_minutes_make_a_meeting_that_is_shown(user: User, shown: list[str]) -> None:
    user.window.choose_section(HOME)
    QApplication.clipboard().setText(JIYAO)
    user.window.do("file.copied")
    user.bot.waitUntil(lambda: user.window.record.id is not None and user.window.record.record is not None)
    record: Any = user.window.record.record
    assert record.title["zh"] == "港口工作组第一次会议纪要"
    assert len(records.children(user.desk, record.id)["minute_entry"]) == 4


def test_lines_dragged_from_a_mail_are_taken_as_pasted_ones(user: User, shown: list[str]) -> None:
    visit = _visit(user)
    user.open(visit)
    mime = QMimeData()
    mime.setText(MAIL)
    held = (QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    widget: Any = user.window.findChild(QWidget, "itinerary")
    enter = QDragEnterEvent(*held)
    QApplication.sendEvent(widget, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(widget, QDropEvent(*held))
    user.bot.waitUntil(lambda: len(_points(user, visit)) == 6)


def test_a_text_of_a_hundred_thousand_lines_is_refused_in_a_sentence_and_nothing_halts(
    user: User, shown: list[str]
) -> None:
    visit = _visit(user)
    user.open(visit)
    _paste(user, "itinerary.entry.line", "12 April 2027\n" + "09:00 Talks\n" * 99_999)
    assert "1000 lines" in said_by(user.window.record.bar)
    assert not shown
    assert _points(user, visit) == []


LINES = (
    "A made-up paper of two towns",
    "Eastford – Westford",
    "What we do: Trams: New lines (SDG 11)",
    "Learn from one another and",
    "share what was learned",
    "1st meeting May 2019 (Westford): Opening. Topics: Trams",
    "Mr Jan SMIT (Westford)",
    "A word nobody needs",
)


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A PDF without a label that is known."""
    canvas = Canvas(str(tmp_path / "loose.pdf"))
    for at, line in enumerate(LINES):
        canvas.drawString(72, 760 - 24 * at, line)
    canvas.save()
    return tmp_path / "loose.pdf"


@pytest.fixture
def desk(workspace_folder: Path, clock: FrozenClock) -> Iterator[Desk]:
    with Desk.open(workspace_folder, clock=clock) as opened:
        yield opened


def _dialog(qtbot: QtBot, desk: Desk, paper: Path) -> AssignDialog:
    dialog = kept_by(qtbot, AssignDialog(desk, paper))
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    return dialog


def _go_to(dialog: AssignDialog, line: int, words: str = "") -> None:
    """Put the cursor of the text into a line, or select words of it, as Home, arrows and Shift would."""
    block = dialog.paper.document().findBlockByNumber(line)
    cursor = QTextCursor(block)
    if words:
        cursor.movePosition(QTextCursor.MoveOperation.Right, n=block.text().index(words))
        cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, len(words))
    dialog.paper.setTextCursor(cursor)


def _put(qtbot: QtBot, dialog: AssignDialog, cell: str, line: int, words: str = "") -> None:
    dialog.cells[cell].setFocus()
    dialog.paper.setFocus()
    _go_to(dialog, line, words)
    qtbot.keyClick(dialog.paper, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def _fill(qtbot: QtBot, dialog: AssignDialog) -> None:
    _put(qtbot, dialog, "cities.A", 1, "Eastford")
    _put(qtbot, dialog, "cities.B", 1, "Westford")
    _put(qtbot, dialog, "themes", 2, "Trams: New lines (SDG 11)")
    _put(qtbot, dialog, "objective", 3)
    _put(qtbot, dialog, "objective", 4)
    _put(qtbot, dialog, "activities", 5)
    _put(qtbot, dialog, "contacts.B", 6)


def test_text_put_into_the_fields_becomes_the_records_of_a_paper(qtbot: QtBot, desk: Desk, paper: Path) -> None:
    dialog = _dialog(qtbot, desk, paper)
    assert not dialog.read.isEnabled()
    _fill(qtbot, dialog)
    before = record_digest(desk.workspace.db)
    qtbot.mouseClick(dialog.read, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible(), said_by(dialog.notice)
    assert dialog.report is not None
    found = {kind: record_to_json(records.get(desk, id_)) for kind, id_ in dialog.report.records}
    assert found["ucap"]["main_objective"]["en"] == "Learn from one another and share what was learned"
    assert found["theme"]["sdgs"] == [11]
    assert found["meeting"]["mode"] == "in_person"
    assert found["person"]["name"] == found["person"]["name"] | {"family": "Smit", "given": "Jan"}
    assert found["ucap"]["id"] == derived_id("glance", "eastford | westford", "ucap", "1")
    assert "Not assigned" in [odd["row"] for odd in dialog.report.oddities]
    assert "A word nobody needs" in found["source_document"]["rows"]
    history.undo(desk)
    assert record_digest(desk.workspace.db) == before


def test_the_cities_are_all_that_is_needed(qtbot: QtBot, desk: Desk, paper: Path) -> None:
    dialog = _dialog(qtbot, desk, paper)
    _put(qtbot, dialog, "cities.A", 1, "Eastford")
    assert not dialog.read.isEnabled()
    dialog.cells["cities.B"].setFocus()
    qtbot.keyClicks(dialog.cells["cities.B"], "Northport")
    assert dialog.read.isEnabled()
    qtbot.mouseClick(dialog.read, Qt.MouseButton.LeftButton)
    assert len(records.listing(desk, "ucap")) == 1


def test_left_by_cancel_or_escape_nothing_is_changed(qtbot: QtBot, desk: Desk, paper: Path) -> None:
    before = record_digest(desk.workspace.db)
    for leave in (
        lambda d: d.findChild(type(d.read), "assign.cancel").click(),
        lambda d: qtbot.keyClick(d, Qt.Key.Key_Escape),
    ):
        dialog = _dialog(qtbot, desk, paper)
        _fill(qtbot, dialog)
        leave(dialog)
        assert not dialog.isVisible()
        assert dialog.report is None
    assert record_digest(desk.workspace.db) == before
    assert history.next_undo(desk, "en") is None


def test_a_sentence_about_what_cannot_be_read_keeps_the_work(qtbot: QtBot, desk: Desk, paper: Path) -> None:
    dialog = _dialog(qtbot, desk, paper)
    _fill(qtbot, dialog)
    paper.unlink()
    qtbot.mouseClick(dialog.read, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()
    assert "loose.pdf could not be opened" in said_by(dialog.notice)
    assert dialog.cells["cities.A"].toPlainText() == "Eastford"


def test_double_click_takes_the_line_and_the_button_the_selection(qtbot: QtBot, desk: Desk, paper: Path) -> None:
    dialog = _dialog(qtbot, desk, paper)
    dialog.cells["objective"].setFocus()
    _go_to(dialog, 3)
    at = dialog.paper.cursorRect().center() + QPoint(20, 0)
    qtbot.mouseDClick(dialog.paper.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert dialog.cells["objective"].toPlainText() == LINES[3]
    assert dialog.target.text() == "Goes into: Main objective of UCAP"
    _go_to(dialog, 4, "what was learned")
    qtbot.mouseClick(dialog.put, Qt.MouseButton.LeftButton)
    assert dialog.cells["objective"].toPlainText() == f"{LINES[3]}\nwhat was learned"


def test_everything_goes_with_the_keyboard(qtbot: QtBot, dressed: QApplication, desk: Desk, paper: Path) -> None:
    dialog = _dialog(qtbot, desk, paper)
    assert dialog.paper.hasFocus()
    qtbot.keyClick(dialog.paper, Qt.Key.Key_Down)
    for _ in range(len("Eastford")):
        qtbot.keyClick(dialog.paper, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(dialog.paper, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.cells["cities.A"].toPlainText() == "Eastford"
    qtbot.keyClick(dialog.paper, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert dialog.paper.hasFocus()
    qtbot.keyClick(dialog.paper, Qt.Key.Key_F6)
    assert dialog.cells["cities.B"].hasFocus()
    qtbot.keyClicks(dialog.cells["cities.B"], "Westford")
    qtbot.keyClick(dialog.cells["cities.B"], Qt.Key.Key_Tab)
    assert dialog.cells["state_country.A"].hasFocus()
    qtbot.keyClick(dialog.cells["state_country.A"], Qt.Key.Key_F6)
    assert dialog.paper.hasFocus()


def test_text_can_be_copied_and_pasted_into_a_field(qtbot: QtBot, desk: Desk, paper: Path) -> None:
    dialog = _dialog(qtbot, desk, paper)
    dialog.paper.setFocus()
    _go_to(dialog, 1, "Westford")
    qtbot.keyClick(dialog.paper, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(dialog.cells["cities.B"], Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert dialog.cells["cities.B"].toPlainText() == "Westford"


def test_lines_of_a_sentence_become_one_paragraph() -> None:
    assert paragraphs("Learn and\u2029share it\u2029Trams: two\u2029  lines") == "Learn and share it\nTrams: two lines"


@pytest.mark.parametrize("several", [False, True])
def test_importing_a_paper_without_labels_opens_the_page(
    qtbot: QtBot, desk: Desk, paper: Path, *, several: bool
) -> None:
    papers = [paper, Path(shutil.copy(paper, paper.with_name("again.pdf")))][: 1 + several]
    window = on_screen(qtbot, DeskWindow(desk, lambda _: None))
    seen: list[QWidget] = []

    def work() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None or dialog in seen:  # the paper is still being read, or taken in
            QTimer.singleShot(10, work)
            return
        seen.append(dialog)
        names.append(dialog.objectName())
        if isinstance(dialog, AssignDialog):
            qtbot.waitUntil(dialog.isActiveWindow)
            _fill(qtbot, dialog)
            QTimer.singleShot(0, work)
            dialog.read.click()
        else:
            dialog.close()

    names: list[str] = []
    receive_papers(window.commands, papers)
    work()
    qtbot.waitUntil(lambda: "import_report" in names)
    assert names == ["assign"] * len(papers) + ["import_report"]
    assert window.record.id == records.listing(desk, "ucap")[0]
    qtbot.waitUntil(window.toast.isVisible)
    assert window.toast.button.isVisible() != several, "Undo takes back the last paper alone"
    window.close()


def test_a_scan_says_so_and_takes_typed_text_beside_its_pages(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    scan = tmp_path / "scan.pdf"
    canvas = Canvas(str(scan))
    for _ in range(2):
        canvas.rect(72, 72, 300, 300, fill=1)
        canvas.showPage()
    canvas.save()
    assert imports.read_files(desk, [scan]).by_hand == [scan]
    dialog = on_screen(qtbot, AssignDialog(desk, scan))
    assert isinstance(dialog.paper, ScanView)
    assert len(dialog.paper.pages) == 2
    assert any("is a scan" in label.text() for label in dialog.findChildren(QLabel))
    assert not dialog.put.isVisible()
    dialog.cells["cities.A"].setPlainText("Wuzhou")
    dialog.cells["cities.B"].setPlainText("Graz")
    dialog.cells["themes"].setPlainText("Water management: Sponge park")
    dialog.read.click()
    qtbot.waitUntil(lambda: dialog.report is not None)
    assert dialog.report is not None
    assert dialog.report.new > 3
    titles = records.titles(desk, records.listing(desk, "theme"), "en")
    assert list(titles.values()) == ["Water management"]


@pytest.mark.parametrize("suffix", ["png", "jpg"])
def test_a_picture_of_a_paper_says_so_and_is_typed_beside_it(
    qtbot: QtBot, desk: Desk, tmp_path: Path, suffix: str
) -> None:
    path = tmp_path / f"scan.{suffix}"
    picture = QImage(3000, 4200, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    picture.save(str(path))
    assert imports.read_files(desk, [path]).by_hand == [path]
    dialog = _dialog(qtbot, desk, path)
    assert isinstance(dialog.paper, ScanView)
    assert any("is a scan" in label.text() for label in dialog.findChildren(QLabel))
    assert 0 < dialog.paper.pages[0].width() <= 2000
    dialog.cells["cities.A"].setPlainText("Eastford")
    dialog.cells["cities.B"].setPlainText("Westford")
    dialog.read.click()
    assert dialog.report is not None
    assert dialog.report.file == path.name


def test_a_picture_larger_than_any_page_is_not_read(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[QSize] = []

    def note(reader: QImageReader) -> QImage:
        read.append(reader.size())
        return QImage()

    monkeypatch.setattr(QImageReader, "read", note)
    for side in (2_000, 40_000):
        path = tmp_path / f"{side}.png"
        path.write_bytes(png_of_size(side, side))
        dialog = _dialog(qtbot, desk, path)
        dialog.show()
        assert any("larger than any page" in label.text() for label in dialog.findChildren(QLabel))
    assert read == [QSize(2_000, 2_000)]


def test_a_damaged_picture_is_no_obstacle(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "scan.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"x" * 100)
    dialog = _dialog(qtbot, desk, path)
    dialog.show()
    assert any("cannot be shown" in label.text() for label in dialog.findChildren(QLabel))
