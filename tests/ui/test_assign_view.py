"""A paper whose labels nobody knows: its text is put into the fields by hand, and becomes records like any other."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QImageReader, QTextCursor
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from tests.helpers.clock import FrozenClock
from tests.helpers.look import apply_look
from tests.helpers.png_header import png_of_size
from tests.helpers.pseudo_language import PSEUDO, use_language
from tests.helpers.shown import said_by
from ucapdesk.base.ids import derived_id
from ucapdesk.model.serialize import record_to_json
from ucapdesk.services import Desk
from ucapdesk.services.files import imports
from ucapdesk.services.records import history, records
from ucapdesk.store.safety.check import record_digest
from ucapdesk.ui.imports.paper_imports import AssignDialog, ScanView, paragraphs
from ucapdesk.ui.window.commands.file_commands import receive_papers
from ucapdesk.ui.window.desk_window import DeskWindow

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
    """This test's own empty workspace."""
    with Desk.open(workspace_folder, clock=clock) as opened:
        yield opened


def _dialog(qtbot: QtBot, desk: Desk, paper: Path) -> AssignDialog:
    dialog = AssignDialog(desk, paper)
    qtbot.addWidget(dialog)
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
    """Choose a cell, then the text, then Ctrl+Enter."""
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


@pytest.mark.parametrize("lang", ["en", "zh", PSEUDO])
def test_every_field_is_named_and_nothing_is_wider_than_the_page(
    qtbot: QtBot, qapp: QApplication, desk: Desk, paper: Path, lang: str
) -> None:
    use_language(lang)
    apply_look(qapp, dark=lang == "zh", text_size=200, lang=lang)
    dialog = _dialog(qtbot, desk, paper)
    dialog.resize(1000, 600)
    assert all(box.accessibleName() for box in dialog.findChildren(QPlainTextEdit))
    page = dialog.fields.widget()
    assert page is not None
    assert page.width() <= dialog.fields.viewport().width()
    assert all(cell.width() > 100 for cell in dialog.cells.values())
    cut = [
        label.text() for label in dialog.findChildren(QLabel) if label.height() < label.heightForWidth(label.width())
    ]
    assert not cut
    apply_look(qapp, dark=False)


def test_lines_of_a_sentence_become_one_paragraph() -> None:
    assert paragraphs("Learn and\u2029share it\u2029Trams: two\u2029  lines") == "Learn and share it\nTrams: two lines"


@pytest.mark.parametrize("several", [False, True])
def test_importing_a_paper_without_labels_opens_the_page(
    qtbot: QtBot, desk: Desk, paper: Path, *, several: bool
) -> None:
    papers = [paper, Path(shutil.copy(paper, paper.with_name("again.pdf")))][: 1 + several]
    window = DeskWindow(desk, lambda _: None)
    qtbot.addWidget(window)
    window.show()
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
    dialog = AssignDialog(desk, scan)
    qtbot.addWidget(dialog)
    dialog.show()
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
