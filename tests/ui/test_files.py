"""Files kept with a record: dropped, pasted, chosen; opened as copies, saved, thrown away; and names that mean harm."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QListWidget,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.helpers.shown import child, said_by
from tests.ui.conftest import User
from tests.ui.list_hands import answer, focused
from ucapdesk.base.i18n import use_language
from ucapdesk.formats.vcard import VCard, write_cards
from ucapdesk.model.kinds.paper_kinds import Attachment
from ucapdesk.model.values import Bilingual, FileRef, HanName
from ucapdesk.services import Desk
from ucapdesk.services.records import attached_files, history, records
from ucapdesk.services.records.attached_files import BIG, MAX_FILE_NAME_CHARS, safe_name
from ucapdesk.services.workspaces import maintenance
from ucapdesk.store.workspace.file_store import CopiesOut
from ucapdesk.ui.imports.import_page import ImportPage
from ucapdesk.ui.record import attachments, record_page
from ucapdesk.ui.record.attachments import FileList
from ucapdesk.ui.record.record_page import MessageBar
from ucapdesk.ui.toolkit.dialogs import size_in_words
from ucapdesk.ui.toolkit.signals import application


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "扫描件.pdf"
    path.write_bytes(b"%PDF-1.7 scan")
    return path


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What was handed to other programs."""
    handed: list[Path] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: handed.append(Path(url.toLocalFile())))
    return handed


def mime(*paths: Path) -> QMimeData:
    """What a file manager hands over: also as text, which a text box would take."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    data.setText("\n".join(map(str, paths)))
    return data


def drop(widget: QWidget | None, data: QMimeData) -> bool:
    assert widget is not None
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPointF(5, 5), copy, data, left, none)
    QApplication.sendEvent(widget, enter)
    event = QDropEvent(QPointF(5, 5), copy, data, left, none)
    QApplication.sendEvent(widget, event)
    return enter.isAccepted()


def kept(user: User, id_: str) -> list[str]:
    return [each.file.name or "" for each in attached_files.of(user.desk, id_) if each.file]


def listed(user: User) -> list[str]:
    items = user.find(QListWidget, "files.list")
    return [items.item(row).text() for row in range(items.count())]


def choose(user: User, row: int = 0) -> None:
    items = focused(user.find(QListWidget, "files.list"))
    items.setCurrentRow(row)


@pytest.fixture
def meeting(user: User) -> str:
    """A meeting of the sample, shown."""
    return user.open(user.id("meeting"))


@pytest.mark.rule("T1", "R26")
def test_a_file_dropped_anywhere_on_the_record_is_kept_and_its_name_is_not_typed_into_a_field(
    user: User, meeting: str, scan: Path, tmp_path: Path
) -> None:
    was = user.box("title.en").said(), user.box("summary.en").said()
    assert drop(user.box("title.en"), mime(scan))
    summary = user.box("summary.en")
    assert isinstance(summary, QPlainTextEdit)
    note = tmp_path / "note.txt"
    note.write_text("Hello", "utf-8")
    assert drop(summary.viewport(), mime(note))
    page = user.find(QWidget, "page")
    table = tmp_path / "table.xlsx"
    table.write_bytes(b"rows")
    assert drop(page, mime(table))
    assert kept(user, meeting) == ["扫描件.pdf", "note.txt", "table.xlsx"]
    assert listed(user) == ["扫描件.pdf  ·  13 B", "note.txt  ·  5 B", "table.xlsx  ·  4 B"]
    assert (user.box("title.en").said(), summary.said()) == was
    scan.unlink()
    assert kept(user, meeting)[0] == "扫描件.pdf", "a copy is kept"


@pytest.mark.rule("T1")
def test_a_file_that_is_kept_twice_is_there_once(user: User, meeting: str, scan: Path, tmp_path: Path) -> None:
    other = tmp_path / "another name.pdf"
    other.write_bytes(scan.read_bytes())
    assert user.find(FileList, "parts.attachment").attach([scan, scan]) == 2
    user.find(FileList, "parts.attachment").attach([other])
    assert kept(user, meeting) == ["扫描件.pdf"]
    user.window.do("edit.undo")
    assert kept(user, meeting) == []


@pytest.mark.rule("T1", "R26")
def test_files_and_pictures_are_pasted_and_text_is_text(user: User, meeting: str, scan: Path) -> None:
    clipboard = QGuiApplication.clipboard()
    box = user.box("title.en")
    before = box.said()
    box.setFocus()
    clipboard.setMimeData(mime(scan))
    QTest.keySequence(box, QKeySequence(QKeySequence.StandardKey.Paste))
    assert kept(user, meeting) == ["扫描件.pdf"]
    picture = QImage(8, 8, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    clipboard.setImage(picture)
    QTest.keySequence(box, QKeySequence(QKeySequence.StandardKey.Paste))
    assert len(kept(user, meeting)) == 2
    assert kept(user, meeting)[1].startswith("Picture ")
    assert kept(user, meeting)[1].endswith(".png")
    assert box.said() == before
    clipboard.setText("Opening")
    box.setFocus()
    box.selectAll()
    QTest.keySequence(box, QKeySequence(QKeySequence.StandardKey.Paste))
    assert box.said() == "Opening"
    assert len(kept(user, meeting)) == 2


@pytest.mark.rule("T1")
@pytest.mark.parametrize("attach", [True, False])
def test_a_large_file_is_asked_about(
    user: User, meeting: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, attach: bool
) -> None:
    large = tmp_path / "film.mp4"
    with large.open("wb") as file:
        file.truncate(BIG + 1)
    asked = []

    def answer(box: QMessageBox) -> int:
        asked.append(box.text())
        assert box.defaultButton() is box.buttons()[1] or box.defaultButton().text() == "Leave out"
        next(button for button in box.buttons() if button.text() == ("Attach" if attach else "Leave out")).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    user.find(FileList, "parts.attachment").attach([large])
    assert "film.mp4" in asked[0]
    assert "25.0 MB" in asked[0]
    assert kept(user, meeting) == (["film.mp4"] if attach else [])


def test_a_copy_that_its_program_removes_while_another_is_asked_about_is_passed_over(
    user: User, scan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = scan.with_name("other.txt")
    other.write_text("other")
    files = attached_files.attach(user.desk, user.id("meeting"), [scan, other])
    copies, asked = [attached_files.open_copy(user.desk, file) for file in files], list[object]()
    monkeypatch.setattr(record_page, "ask", lambda *_: asked.append([*map(Path.unlink, copies)]))
    for copy in copies:
        os.utime(copy, ns=(1, 1))
    application().applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    assert len(asked) == 1


@pytest.mark.row("X6")
@pytest.mark.rule("T1")
def test_a_file_is_opened_as_a_copy_and_what_became_of_it_is_kept_if_one_wants(
    user: User, meeting: str, scan: Path, opened: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    user.find(FileList, "parts.attachment").attach([scan])
    choose(user)
    user.press(Qt.Key.Key_Return)
    assert opened[0].read_bytes() == scan.read_bytes()
    assert opened[0] != scan
    app = application()
    monkeypatch.setattr(QMessageBox, "exec", lambda box: pytest.fail("nothing changed"))
    app.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    opened[0].write_bytes(b"%PDF-1.7 signed")
    os.utime(opened[0], ns=(1, 1))
    monkeypatch.setattr(QMessageBox, "exec", lambda box: box.buttons()[0].click())
    app.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    (file,) = attached_files.of(user.desk, meeting)
    assert file.file is not None
    assert user.desk.workspace.files.read(file.file.sha256 or "") == b"%PDF-1.7 signed"
    records.trash(user.desk, file.id)  # as a colleague may have
    opened[0].write_bytes(b"%PDF-1.7 signed by both")
    os.utime(opened[0], ns=(2, 2))
    app.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    assert not user.window.close(), "it would go with the window"
    records.untrash(user.desk, file.id)
    user.window.dress_anew()
    assert user.window.close()  # from the task bar, which does not activate it
    (file,) = attached_files.of(user.desk, meeting)
    assert file.file is not None
    assert user.desk.workspace.files.read(file.file.sha256 or "") == b"%PDF-1.7 signed by both"
    assert not opened[0].exists()


def test_what_was_written_into_a_copy_after_the_program_was_killed_is_asked_about_at_the_next_start(
    user: User, scan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = user.id("meeting")
    (attachment,) = attached_files.attach(user.desk, meeting, [scan])
    killed = CopiesOut(user.desk.workspace.id)
    copy = killed.place(attachment) / scan.name
    copy.write_bytes(scan.read_bytes())
    killed.note(attachment, copy)
    for lock in killed._held.values():
        lock.release()
    user.window.dress_anew()
    copy.write_bytes(b"%PDF-1.7 signed")
    os.utime(copy, ns=(1, 1))
    monkeypatch.setattr(QMessageBox, "exec", lambda box: box.buttons()[0].click())
    assert user.window.close()
    (file,) = attached_files.of(user.desk, meeting)
    assert file.file is not None
    assert user.desk.workspace.files.read(file.file.sha256 or "") == b"%PDF-1.7 signed"
    assert not copy.exists()


def test_a_file_is_saved_where_one_wants_and_goes_to_the_trash(
    user: User, meeting: str, scan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    user.find(FileList, "parts.attachment").attach([scan])
    target = tmp_path / "copy.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    assert user.find(QPushButton, "files.save").isHidden(), "nothing is chosen"
    choose(user)
    user.click("files.save")
    assert target.read_bytes() == scan.read_bytes()
    choose(user)
    user.press(Qt.Key.Key_Delete)
    assert kept(user, meeting) == []
    assert listed(user) == []
    user.bot.mouseClick(user.find(QPushButton, "toast.do"), Qt.MouseButton.LeftButton)
    assert listed(user) == ["扫描件.pdf  ·  13 B"]


@pytest.mark.parametrize("what", ["folder", "gone"])
def test_what_is_no_file_is_said_in_a_sentence(user: User, meeting: str, tmp_path: Path, what: str) -> None:
    before = history.next_undo(user.desk)
    path = tmp_path / what
    if what == "folder":
        path.mkdir()
    assert drop(user.box("title.en"), mime(path))
    assert f"There is no file {what}" in said_by(user.find(MessageBar, "record.bar"))
    assert kept(user, meeting) == []
    assert history.next_undo(user.desk) == before


HOSTILE = {
    "../../etc/passwd": "passwd",
    "..\\..\\windows\\system.ini": "system.ini",
    "invoice\u202efdp.exe": "invoicefdp.exe",
    "a\x00b\nc.txt": "abc.txt",
    "CON.txt": "_CON.txt",
    ' .. "quoted" <name>?.txt. ': "_quoted_ _name__.txt",
    "..": "_",
    "": "_",
    "柳州 报告.pdf": "柳州 报告.pdf",
}


@pytest.mark.parametrize(("name", "safe"), HOSTILE.items())
def test_a_name_that_means_harm_is_shown_and_written_as_a_harmless_one(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_a_very_long_name_keeps_its_ending() -> None:
    assert safe_name("長" * 300 + ".pdf") == "長" * (MAX_FILE_NAME_CHARS - 4) + ".pdf"
    assert len(safe_name("x." + "y" * 300)) <= MAX_FILE_NAME_CHARS


@pytest.mark.parametrize("name", ["../../escaped.txt", "x" * 300 + ".txt", "a\u202eb.txt", "/etc/escaped.txt"])
def test_a_hostile_name_from_elsewhere_stays_in_its_folder_when_it_is_opened(
    user: User, opened: list[Path], config_dir: Path, name: str
) -> None:
    meeting = user.id("meeting")
    file = user.desk.workspace.files.put(b"harmless", name="x")
    with user.desk.save(["test", {}]) as work:  # as a package could bring it
        work.new(Attachment, owner=meeting, file=FileRef(file.sha256, name, "text/plain", 8))
    user.open(meeting)
    assert "\u202e" not in listed(user)[0]
    choose(user)
    user.click("files.open")
    assert opened[0].resolve().is_relative_to((config_dir / "opened").resolve())
    assert opened[0].read_bytes() == b"harmless"


def test_what_might_do_something_is_kept_and_saved_but_not_opened(
    user: User, opened: list[Path], config_dir: Path, tmp_path: Path
) -> None:
    user.open(user.id("meeting"))
    for name in ("setup.BAT", "report.url", "报告.xll", "page.html", "run.command", "list.iso", "a.pdf"):
        script = tmp_path / name
        script.write_text(f"format c: {name}")
        user.find(FileList, "parts.attachment").attach([script])
        choose(user, next(row for row, said in enumerate(listed(user)) if name in said))
        user.click("files.open")
        assert opened == []
        assert not list((config_dir / "opened").rglob(name)), f"a copy of {name} lies about"
        said = said_by(user.find(MessageBar, "record.bar"))
        assert name in said
        assert "only saved" in said


def test_where_nothing_can_be_written_files_are_opened_and_saved_and_nothing_else(
    sample_folder: Path, scan: Path, opened: list[Path], qtbot: QtBot, dressed: object
) -> None:
    with Desk.open(sample_folder) as desk:
        meeting = records.listing(desk, "meeting")[0]
        attached_files.attach(desk, meeting, [scan])
    with Desk.open(sample_folder, read_only=True) as desk:
        user = User(qtbot, desk)
        user.open(meeting)
        assert user.find(QPushButton, "files.attach").isHidden()
        drop(user.find(QWidget, "page"), mime(scan))
        choose(user)
        user.press(Qt.Key.Key_Delete)
        assert user.find(QPushButton, "files.remove").isHidden()
        assert len(kept(user, meeting)) == 1
        user.click("files.open")
        assert opened[0].read_bytes() == scan.read_bytes()
        user.window.close()
        desk.workspace.copies_out.forget()


def test_a_file_that_has_not_arrived_is_said(user: User, scan: Path, opened: list[Path]) -> None:
    user.open(user.id("meeting"))
    user.find(FileList, "parts.attachment").attach([scan])
    user.desk.workspace.files.db.execute("DELETE FROM part")
    user.desk.workspace.files.db.execute("DELETE FROM file")
    choose(user)
    user.click("files.open")
    assert opened == []
    assert said_by(user.find(MessageBar, "record.bar"))


def test_cards_dropped_on_a_visit_are_previewed_and_their_people_take_part_which_is_undone_in_one_step(
    user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = user.open(user.id("visit"))
    write_cards(tmp_path / "people.vcf", [VCard(name_han=HanName("张", "伟")), VCard(name_han=HanName("王", "芳"))])
    before = maintenance.digest(user.desk)
    there = len(records.children(user.desk, visit)["participation"])
    answer(monkeypatch, ImportPage, lambda page: page.take.click())
    assert drop(user.find(QWidget, "page"), mime(tmp_path / "people.vcf"))
    user.bot.waitUntil(lambda: len(records.children(user.desk, visit)["participation"]) == there + 2)
    user.bot.waitUntil(user.window.toast.isVisible)
    assert kept(user, visit) == []
    user.click("toast.do")
    assert maintenance.digest(user.desk) == before
    card, person = tmp_path / "people.vcf", user.id("person")
    user.open(person)
    assert drop(user.find(QWidget, "page"), mime(card))
    assert kept(user, person) == ["people.vcf"], "elsewhere a card is a file like others"


def test_sizes_are_said_as_people_read_them(user: User) -> None:
    assert [size_in_words(size) for size in (0, 1023, 1024, 1536)] == ["0 B", "1023 B", "1.0 KB", "1.5 KB"]
    use_language("de")
    assert size_in_words(26 * 2**20) == "26,0 MB"
    user.open(user.id("meeting"))
    assert user.find(FileList, "parts.attachment").isVisible()


def test_a_page_is_framed_while_a_file_is_over_it_and_says_what_was_attached(user: User, scan: Path) -> None:
    user.open(user.id("meeting"))
    page = child(user.window.record, QWidget, "page")
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    data = mime(scan)
    enter = QDragEnterEvent(QPointF(5, 5), copy, data, left, none)
    QApplication.sendEvent(page, enter)
    frame = user.find(QWidget, "record.drop")
    assert frame.isVisible()
    drop(page, data)
    assert not frame.isVisible()
    assert user.window.toast.isVisible()
    assert any(scan.name in label.text() for label in user.window.toast.findChildren(QLabel))


def test_what_the_command_attached_is_said_once(user: User, scan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    user.open(user.id("meeting"))
    monkeypatch.setattr(user.window.toast, "say", lambda sentence, *_, **__: said.append(sentence))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(scan)], ""))
    user.window.do("record.attach")
    assert said == [f"Attached: {scan.name}"]


def test_a_file_that_comes_to_a_signed_mou_may_be_its_signed_copy(
    user: User, scan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def yes(_window: QWidget, name: str, *_: object) -> int:
        asked.append(name)
        return 0

    monkeypatch.setattr(attachments, "ask", yes)
    mou = user.open(records.add(user.desk, "agreement", {"title": Bilingual(en="Pilot"), "status": "signed"}))
    user.find(FileList, "parts.attachment").attach([scan])
    assert asked == ["files.signed"]
    assert [each.type for each in attached_files.of(user.desk, mou)] == ["signed_scan"]
    other = scan.with_name("annex.pdf")
    other.write_bytes(b"%PDF-1.7 annex")
    user.find(FileList, "parts.attachment").attach([other])
    assert asked == ["files.signed"], "there is one now"
