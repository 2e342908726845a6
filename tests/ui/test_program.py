"""From the first start to the last: the sample, workspaces that open and those that do not, and no screen at all."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.helpers.clock import ENVIRONMENT
from tests.helpers.shown import child, said_by, window_of
from tests.ui.conftest import User
from ucapdesk import app
from ucapdesk.base import paths
from ucapdesk.model.values import PersonName
from ucapdesk.services import Desk
from ucapdesk.services.exchange import exchange_service
from ucapdesk.services.records import records
from ucapdesk.services.workspaces import maintenance, workspace_service
from ucapdesk.store.errors import DiskFull
from ucapdesk.ui.lists.list_views import RecordRows
from ucapdesk.ui.papers.paper_dialog import PaperDialog
from ucapdesk.ui.window.background_jobs import Cancelled
from ucapdesk.ui.window.notifications import Notice
from ucapdesk.ui.window.program import Program
from ucapdesk.ui.workspaces.workspace_dialogs import NewWorkspaceDialog, PassphraseDialog, StartDialog
from ucapdesk.ui.workspaces.workspace_opening import FirstRun

PASSPHRASE = "rain over the river"
Answer = Callable[[QDialog], None]


def _look_around(page: FirstRun) -> int:
    """On the first page: the sample."""
    child(page, QPushButton, "first.sample").click()
    return page.result()


@pytest.fixture
def program(dressed: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    monkeypatch.setattr(workspace_service, "workspaces_dir", lambda: tmp_path / "Workspaces")
    monkeypatch.setattr(FirstRun, "exec", _look_around)
    made = Program(dressed)
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[Answer]:
    """What the person does with each dialog, in turn; a dialog nobody expects fails the test."""
    waiting: list[Answer] = []

    def exec_(dialog: QDialog) -> int:
        waiting.pop(0)(dialog)
        return dialog.result()

    for cls in (StartDialog, PassphraseDialog, NewWorkspaceDialog):
        monkeypatch.setattr(cls, "exec", exec_)
    return waiting


def _choose(way: str, says: str = "") -> Answer:
    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, StartDialog)
        assert says in dialog.why.text()
        child(dialog, QPushButton, f"start.{way}").click()

    return answer


def _type(passphrase: str) -> Answer:
    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, PassphraseDialog)
        dialog.line.setText(passphrase)
        dialog.accept()

    return answer


def _protected(folder: Path) -> Path:
    workspace_service.new(folder, name="Private", person="Ana", passphrase=PASSPHRASE).close()
    return folder


def test_the_first_start_makes_the_sample_and_the_second_opens_it_again(program: Program) -> None:
    assert program.start(None)
    first = window_of(program).desk.workspace.path
    assert records.count(window_of(program).desk, "ucap") == 1
    program.close()
    assert program.start(None)
    assert window_of(program).desk.workspace.path == first


def test_the_first_start_shows_the_ucap_and_the_next_the_record_looked_at_last(program: Program) -> None:
    program.start(None)
    desk = window_of(program).desk
    assert window_of(program).record.id == records.listing(desk, "ucap")[0]
    meeting = records.listing(desk, "meeting")[2]
    window_of(program).show_record(meeting)
    program.close()
    program.start(None)
    assert window_of(program).record.id == meeting


def test_the_window_is_painted_with_its_list_before_the_record_is_read(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    program.start(None)
    meeting = records.listing(window_of(program).desk, "meeting")[2]
    window_of(program).show_record(meeting)
    program.close()
    painted: list[tuple[bool, bool]] = []
    paint = RecordRows.paint

    def note(rows: RecordRows, *given: Any) -> None:
        painted.append((window_of(program).windowHandle().isExposed(), window_of(program).record.record is None))
        paint(rows, *given)

    monkeypatch.setattr(RecordRows, "paint", note)
    program.start(None)
    assert painted[0] == (True, True)
    assert window_of(program).record.id == meeting


def test_a_new_workspace_takes_the_place_of_the_one_shown(
    program: Program, answers: list[Answer], tmp_path: Path
) -> None:
    program.start(None)

    def fill_in(dialog: QDialog) -> None:
        assert isinstance(dialog, NewWorkspaceDialog)
        dialog.name.setText("Ningbo")
        assert dialog.place.text().endswith("Ningbo")
        dialog.protect.setChecked(True)
        assert "cannot be replaced" in dialog._warning.text()
        dialog.passphrase.setText(PASSPHRASE)
        dialog.again.setText("something else")
        dialog.accept()
        assert "differ" in dialog.message.text()
        dialog.again.setText(PASSPHRASE)
        dialog.accept()

    answers.append(fill_in)
    program.open_other(None)
    assert window_of(program).desk.workspace.name == "Ningbo"
    assert window_of(program).desk.workspace.protected
    assert workspace_service.last_opened() == tmp_path / "Workspaces" / "UCAPDesk", "the disk does not tell its name"


def test_a_protected_workspace_asks_for_its_passphrase_until_it_is_right(
    program: Program, answers: list[Answer], tmp_path: Path
) -> None:
    answers += [_type("guess"), _type(PASSPHRASE)]
    assert program.start(_protected(tmp_path / "private"))
    assert "passport_number" not in window_of(program).record.editors


def test_a_passphrase_is_changed_and_the_window_goes_on_with_it(
    program: Program, answers: list[Answer], tmp_path: Path, qtbot: QtBot
) -> None:
    answers.append(_type(PASSPHRASE))
    program.start(_protected(tmp_path / "private"))
    before = window_of(program)
    before.passphrase_wanted.emit(PASSPHRASE, "another")
    qtbot.waitUntil(lambda: program.window is not before and program.window is not None)
    assert said_by(window_of(program).notice) == "The passphrase was changed."
    program.close()
    with workspace_service.open(tmp_path / "private", passphrase="another") as desk:
        assert desk.workspace.name == "Private"


@pytest.mark.parametrize("stopped", [True, False])
def test_a_passphrase_that_was_not_changed_is_the_old_one(
    program: Program, answers: list[Answer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, stopped: bool
) -> None:
    def change(*_: Any, progress: Callable[[int, int], None]) -> None:
        raise Cancelled if stopped else DiskFull(path=tmp_path)

    monkeypatch.setattr("ucapdesk.services.workspaces.workspace_service.change_passphrase", change)
    answers.append(_type(PASSPHRASE))
    program.start(_protected(tmp_path / "private"))
    program.change_passphrase(PASSPHRASE, "another")
    said = said_by(window_of(program).notice)
    assert said == "The passphrase was not changed." if stopped else "room" in said


def test_giving_up_on_a_passphrase_leaves_no_window_but_locks_nobody_out_of_the_program(
    program: Program, answers: list[Answer], tmp_path: Path
) -> None:
    answers += [lambda dialog: dialog.reject()] * 3
    private = _protected(tmp_path / "private")
    assert not program.start(private)
    workspace_service.note_opened(private)
    with Desk.open(private, passphrase=PASSPHRASE) as desk:
        exchange_service.give(desk, package := tmp_path / "package.ucapx")
    for path in (None, package):  # a colleague's, double-clicked
        assert program.start(path), "the first page has other ways to begin"
        assert not window_of(program).desk.workspace.protected
        program.close()


def test_a_folder_that_is_no_workspace_is_named_and_the_sample_opened_instead(
    program: Program, answers: list[Answer], tmp_path: Path
) -> None:
    answers.append(_choose("sample", "is not a workspace"))
    assert program.start(tmp_path / "nothing")


def test_a_damaged_workspace_is_restored_from_its_last_backup(
    program: Program, answers: list[Answer], workspace_folder: Path
) -> None:
    workspace_service.open(workspace_folder).close()
    (workspace_folder / "store.db").write_bytes(b"rubbish" * 1000)
    answers.append(_choose("restore", "is damaged"))
    assert program.start(workspace_folder)
    records.add(window_of(program).desk, "person", {"name": PersonName("Nowak", "Anna")})
    program.restore(maintenance.copies(workspace_folder)[-1].name)
    assert records.listing(window_of(program).desk, "person") == []
    bar = child(window_of(program), Notice, "said")
    assert "no longer here: 1" in said_by(bar)


def test_whoever_thinks_better_of_a_way_out_is_asked_again_until_a_workspace_is_open(
    program: Program, answers: list[Answer], workspace_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Desk.open(workspace_folder) as desk:
        records.add(desk, "person", {"name": PersonName("Nowak", "Anna")})
        maintenance.backup(desk, tmp_path / "saved.ucapbackup")
    shutil.rmtree(workspace_folder / "backups", ignore_errors=True)
    (workspace_folder / "store.db").write_bytes(b"rubbish" * 1000)
    files = iter(["", str(tmp_path / "saved.ucapbackup")])
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (next(files), ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    answers += [_choose("backup"), _choose("other"), _choose("make"), lambda box: box.reject(), _choose("backup")]
    assert program.start(workspace_folder)
    assert len(records.listing(window_of(program).desk, "person")) == 1
    assert window_of(program).desk.workspace.path == tmp_path / "Workspaces" / "saved"
    assert not answers


def test_a_workspace_that_is_open_elsewhere_is_opened_for_reading(
    program: Program, answers: list[Answer], workspace_folder: Path
) -> None:
    with Desk.open(workspace_folder):
        answers.append(_choose("read", "open in another UCAPDesk"))
        assert program.start(workspace_folder)
        assert window_of(program).desk.workspace.read_only


def test_a_workspace_that_cannot_be_opened_leaves_the_window_as_it_is(
    program: Program, answers: list[Answer], tmp_path: Path
) -> None:
    program.start(None)
    before = program.window
    answers.append(lambda dialog: dialog.reject())
    program.open_other(tmp_path / "nothing")
    assert program.window is before
    assert before is not None
    dialog = QDialog(before)
    dialog.open()
    program.open_other(tmp_path / "nothing")
    assert said_by(before.notice) == "Answer or close the dialog that is open first; then try again."
    dialog.close()


def test_the_program_ends_when_its_window_is_closed(program: Program, dressed: QApplication) -> None:
    program.start(None)
    QTimer.singleShot(0, window_of(program).close)
    assert dressed.exec() == 0


def test_nothing_is_counted_any_more_when_the_workspace_is_closed_though_a_text_could_not_be_saved(
    program: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, workspace_folder: Path
) -> None:
    program.start(None)
    window = window_of(program)
    window.show_record(records.listing(window.desk, "meeting")[0])
    close, counting = window.desk.close, []

    def full(*_: Any, **__: Any) -> Any:
        raise DiskFull(path=window.desk.workspace.path)

    def closed() -> None:
        counting.append(window.section_counts.counting)
        close()

    monkeypatch.setattr(window.desk, "transaction", full)
    monkeypatch.setattr(window.desk, "close", closed)
    qtbot.keyClicks(window.record.findChild(QLineEdit, "field.title.en"), "Opening")
    window.section_counts.count_soon()
    assert not window.close()
    program.open_other(workspace_folder)
    assert program.window is window, "what was typed would go with it"
    program.close()
    assert counting == [False]


def test_nothing_of_the_window_is_left_when_the_program_has_ended(program: Program) -> None:
    """Otherwise PySide deletes it in any order while the process ends, which crashes where a paper was looked at before."""
    program.start(None)
    window = window_of(program)
    dialog = PaperDialog(window.desk, records.listing(window.desk, "visit")[:1], window)
    dialog.show()
    dialog.done(0)
    program.close()
    assert not isValid(window)
    assert not isValid(dialog)


def test_without_a_screen_the_pages_of_the_sample_are_written(tmp_path: Path, config_dir: Path) -> None:
    environment = {
        "UCAPDESK_CONFIG": str(config_dir),
        "PYTHONPATH": str(paths.resource("").parent),
    } | ENVIRONMENT
    done = subprocess.run(
        [sys.executable, "-c", "from ucapdesk.app import run; raise SystemExit(run())"],
        cwd=tmp_path, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    first, *files = done.stdout.splitlines()
    assert "no window can be shown" in first
    assert len(files) == 4
    for name in files:
        assert (tmp_path / name).read_bytes().startswith(b"%PDF")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="X11 is asked for only there")
def test_a_screen_that_does_not_answer_is_noticed_before_qt_ends_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", ":4711")
    assert app.no_screen()
    monkeypatch.delenv("DISPLAY")
    assert app.no_screen() == "There is no screen here"


def test_true_and_none_outlast_any_number_of_signals(user: User) -> None:
    for _ in range(10_000):
        user.window.record.saved.emit()
    assert min(map(sys.getrefcount, (True, False, None))) > 1_000_000


def test_the_windows_carry_the_icon_of_the_program(program: Program) -> None:
    assert program.start(None)
    assert not window_of(program).windowIcon().isNull()
