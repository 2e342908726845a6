"""How the program begins: the first page of all, a file that is double-clicked, and a second start on an open workspace."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.helpers.clock import PATIENCE
from tests.helpers.pseudo_language import use_language
from tests.helpers.shown import child, home_of, kept_by, on_screen, said_by, window_of
from tests.helpers.silence import LogWatch
from ucapdesk.base import logs, settings
from ucapdesk.base.clock import local_time
from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import language, pair
from ucapdesk.base.paths import resource
from ucapdesk.model.values import PersonName
from ucapdesk.services import Desk
from ucapdesk.services.exchange import exchange_service
from ucapdesk.services.people import privacy
from ucapdesk.services.records import records
from ucapdesk.services.workspaces import maintenance, sample, workspace_service
from ucapdesk.store.errors import DamagedWithoutBackup, DamagedWorkspace, NotAllowed, SecondWriter
from ucapdesk.store.workspace.workspace import ASKED, FULL
from ucapdesk.ui.exchange.exchange_dialogs import JoinDialog
from ucapdesk.ui.exchange.exchange_page import ExchangePage
from ucapdesk.ui.exchange.watched_places import WatchedPlaces
from ucapdesk.ui.window import program
from ucapdesk.ui.window import program as programs
from ucapdesk.ui.window.commands.command_context import CommandContext
from ucapdesk.ui.window.notifications import Notice
from ucapdesk.ui.window.program import Program
from ucapdesk.ui.workspaces.workspace_dialogs import StartDialog
from ucapdesk.ui.workspaces.workspace_opening import FirstRun


@pytest.fixture
def page(dressed: QApplication, qtbot: QtBot) -> Iterator[FirstRun]:
    made = FirstRun(dressed)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()
    made.deleteLater()


def _button(page: FirstRun | StartDialog, name: str) -> QPushButton:
    return child(page, QPushButton, name)


def _line(page: FirstRun, name: str) -> QLineEdit:
    return child(page, QLineEdit, name)


class Hands:
    """What somebody does on the first page each time it comes up; nothing is left to do at the end."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.steps: list[tuple[str, str]] = []
        self.said: list[str] = []
        monkeypatch.setattr(FirstRun, "exec", lambda page: self._exec(page))  # noqa: PLW0108 (bound to the page)
        monkeypatch.setattr(JoinDialog, "exec", lambda _: 1)
        self._patch = monkeypatch

    def _exec(self, page: FirstRun) -> int:
        self.said += [label.text() for label in page.findChildren(QLabel, "first.message") if label.text()]
        page.setResult(0)
        if not self.steps:
            return 0
        name, given = self.steps.pop(0)
        if name == "first.start":
            _line(page, "first.name").setText(given)
        self._patch.setattr(QFileDialog, "getOpenFileName", lambda *_: (given, ""))
        self._patch.setattr(QFileDialog, "getExistingDirectory", lambda *_: given)
        _button(page, name).click()
        return page.result()


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hands]:
    made = Hands(monkeypatch)
    yield made
    assert made.steps == []


# -- the page -------------------------------------------------------------------------------------


@pytest.mark.rule("G4", "R28")
def test_each_language_is_offered_by_its_own_name_and_is_taken_at_once(page: FirstRun, qtbot: QtBot) -> None:
    _line(page, "first.person").setText("陈燕")
    assert _button(page, "first.lang.en").isChecked()
    qtbot.mouseClick(_button(page, "first.lang.zh"), Qt.MouseButton.LeftButton)
    assert language() == settings.load().interface_language == "zh"
    assert [_button(page, f"first.lang.{lang}").text() for lang in ("en", "zh")] == ["English", "中文"]
    assert _button(page, "first.lang.zh").isChecked()
    assert page.focusWidget().objectName() == "first.lang.zh"
    assert page.person == "陈燕"


@pytest.mark.rule("A1", "R28")
def test_tab_comes_to_the_language_that_is_chosen_and_the_arrows_choose_another(
    dressed: QApplication, qtbot: QtBot
) -> None:
    use_language("it")
    page = on_screen(qtbot, FirstRun(dressed))
    qtbot.waitUntil(page.isActiveWindow)
    _line(page, "first.person").setFocus()
    qtbot.keyClick(_line(page, "first.person"), Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert page.focusWidget().objectName() == "first.lang.it"
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Right)
    assert page.focusWidget().objectName() == "first.lang.de"


@pytest.mark.rule("R28", "W10")
def test_the_languages_of_records_are_chosen_on_the_same_page(page: FirstRun) -> None:
    box = child(page, QComboBox, "first.record_languages")
    box.setCurrentIndex(box.findText("中文 · English"))
    box.activated.emit(box.currentIndex())
    assert settings.load().record_languages == ("zh", "en")
    assert pair() == ("zh", "en")


@pytest.mark.row("M13")
@pytest.mark.rule("R28")
def test_enter_opens_the_sample_and_the_name_is_kept(page: FirstRun, qtbot: QtBot) -> None:
    assert page.focusWidget() is _button(page, "first.sample")
    line = _line(page, "first.person")
    line.setText("  Anna   Ferrer ")
    qtbot.keyClick(_button(page, "first.sample"), Qt.Key.Key_Return)
    assert page.answer == "sample"
    assert settings.load().person == "Anna Ferrer"


@pytest.mark.parametrize(
    ("lang", "texts", "papers"),
    [("zh", "", ("zh", "en")), ("de", "", ("en", "zh")), ("de", "Deutsch · 中文", ("de", "zh"))],
)
def test_papers_begin_with_the_language_of_whoever_makes_them(
    page: FirstRun, qtbot: QtBot, lang: str, texts: str, papers: tuple[str, str]
) -> None:
    qtbot.mouseClick(_button(page, f"first.lang.{lang}"), Qt.MouseButton.LeftButton)
    if texts:
        box = child(page, QComboBox, "first.record_languages")
        box.setCurrentIndex(box.findText(texts))
        box.activated.emit(box.currentIndex())
    qtbot.mouseClick(_button(page, "first.sample"), Qt.MouseButton.LeftButton)
    assert settings.load().paper_languages == papers


@pytest.mark.rule("W10")
def test_enter_in_the_name_of_the_workspace_starts_it(page: FirstRun, qtbot: QtBot) -> None:
    line = _line(page, "first.name")
    line.setFocus()
    qtbot.keyClicks(line, "Granada")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert (page.answer, page.name) == ("start", "Granada")


def test_enter_presses_the_choice_that_has_the_focus(page: FirstRun, qtbot: QtBot) -> None:
    start = _button(page, "first.start")
    start.setFocus()
    qtbot.keyClick(start, Qt.Key.Key_Return)
    assert page.answer == "start"


# -- the ways to begin ----------------------------------------------------------------------------


def test_without_settings_the_first_page_comes_and_leaving_it_leaves_no_window(program: Program, hands: Hands) -> None:
    assert not program.start(None)
    assert program.window is None


def test_starting_empty_makes_a_workspace_of_that_name_and_shows_where_to_begin(program: Program, hands: Hands) -> None:
    hands.steps.append(("first.start", "Granada"))
    assert program.start(None)
    desk = window_of(program).desk
    assert desk.workspace.name == "Granada"
    assert not sample.is_sample(desk)
    assert window_of(program).section == ":home"
    assert home_of(window_of(program)).findChild(QPushButton, "home.receive") is not None


def test_a_backup_becomes_a_workspace(program: Program, hands: Hands, tmp_path: Path) -> None:
    with workspace_service.new(tmp_path / "old", name="Barcelona", person="Ana") as old:
        records.add(old, "organisation", {"name": None})
        maintenance.backup(old, tmp_path / "old.ucapbackup")
    hands.steps.append(("first.open", str(tmp_path / "old.ucapbackup")))
    assert program.start(None)
    assert records.count(window_of(program).desk, "organisation") == 1


def test_a_file_that_leads_nowhere_is_told_on_the_page_and_another_way_can_be_tried(
    program: Program, hands: Hands, tmp_path: Path
) -> None:
    (tmp_path / "song.ucapx").write_text("la la la")
    hands.steps += [("first.open", str(tmp_path / "song.ucapx")), ("first.sample", "")]
    assert program.start(None)
    assert any("song.ucapx" in said for said in hands.said)
    assert sample.is_sample(window_of(program).desk)


# -- the sample -----------------------------------------------------------------------------------


def test_the_sample_says_what_it_is_and_own_workspaces_do_not(
    program: Program, hands: Hands, workspace_folder: Path
) -> None:
    hands.steps.append(("first.sample", ""))
    program.start(None)
    own = child(window_of(program), QPushButton, "sample.own")
    assert own.isVisible()
    program.open_other(workspace_folder)
    bar = child(window_of(program), QWidget, "sample")
    assert not bar.isVisible()


@pytest.mark.rule("R29")
def test_the_sample_is_there_again_as_it_was_left_and_only_once(
    program: Program, hands: Hands, workspace_folder: Path
) -> None:
    hands.steps.append(("first.sample", ""))
    program.start(None)
    first = window_of(program).desk.workspace.path
    records.add(window_of(program).desk, "organisation", {"name": None})
    kept = records.count(window_of(program).desk, "organisation")
    program.open_other(workspace_folder)
    window_of(program).do("file.sample")
    assert window_of(program).desk.workspace.path == first
    assert records.count(window_of(program).desk, "organisation") == kept


@pytest.mark.rule("U5", "R29")
def test_the_sample_can_be_thrown_away_and_the_safe_answer_is_the_first(
    program: Program, hands: Hands, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    hands.steps.append(("first.sample", ""))
    program.start(None)
    path = window_of(program).desk.workspace.path
    answers = ["Keep it", "Remove"]

    def answer(box: QMessageBox) -> int:
        assert box.defaultButton().text() == "Keep it"
        wanted = answers.pop(0)
        next(button for button in box.buttons() if button.text() == wanted).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    window_of(program).do("sample.throw_away")
    qtbot.wait(10)
    assert path.exists()
    hands.steps.append(("first.start", "My own"))
    window_of(program).do("sample.throw_away")
    qtbot.waitUntil(lambda: program.window is not None and window_of(program).desk.workspace.name == "My own")
    assert not path.exists()
    assert workspace_service.last_opened() == window_of(program).desk.workspace.path


# -- where it cannot be opened --------------------------------------------------------------------


@pytest.mark.rule("V7")
@pytest.mark.usefixtures("dressed")
@pytest.mark.parametrize(
    ("why", "ways_are"),
    [
        (DamagedWorkspace(path="x", file="store.db", backup="b.db"), ("restore", {"read", "backup", "other"})),
        (DamagedWithoutBackup(path="x", file="store.db"), ("backup", {"other", "make"})),
        (SecondWriter(path="x"), ("read", {"other"})),
        (NotAllowed(path="x"), ("other", {"read", "make", "backup"})),
        (
            UserError(
                "There is no kind of record called “{kind}” (nearest: {near}). Nothing was changed; “ucapdesk kinds” lists all.",
                code="unknown-kind",
                kind="x",
                near="",
            ),
            ("other", {"sample"}),
        ),
    ],
)
def test_what_cannot_be_opened_offers_what_helps_with_the_best_first(
    qtbot: QtBot, workspace_folder: Path, why: UserError, ways_are: tuple[str, set[str]]
) -> None:
    (first, also), dialog = ways_are, StartDialog(why, workspace_folder)
    qtbot.addWidget(dialog)
    ways = [each.objectName().removeprefix("start.") for each in dialog.findChildren(QPushButton)]
    ways.remove("show")
    assert ways[0] == first
    assert also <= set(ways)
    assert _button(dialog, f"start.{first}").isDefault()


@pytest.mark.rule("V7")
def test_it_tells_where_the_workspace_lies_and_of_when_its_last_backup_is(
    dressed: QApplication, qtbot: QtBot, workspace_folder: Path
) -> None:
    with Desk.open(workspace_folder) as desk:
        desk.workspace.daily_copy()
    (copy,) = maintenance.copies(workspace_folder)
    dialog = kept_by(
        qtbot, StartDialog(DamagedWorkspace(path=workspace_folder, file="store.db", backup=copy.name), workspace_folder)
    )
    said = " ".join(label.text().replace("\u200b", "") for label in dialog.findChildren(QLabel))
    assert str(workspace_folder) in said
    assert f"The last backup is of {local_time(copy.time).day} {local_time(copy.time):%B %Y}" in said


@pytest.fixture
def received(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, Path]]:
    """Which workspace was given which package to receive."""
    found: list[tuple[Path, Path]] = []

    def receive(at: CommandContext, paths: list[Path]) -> None:
        found.extend((at.desk.workspace.path, path) for path in paths)

    monkeypatch.setattr(programs, "receive_packages", receive)
    return found


def _workspace(folder: Path) -> Path:
    workspace_service.new(folder, name=folder.name, person="Ana").close()
    workspace_service.note_opened(folder)
    return folder


def _package(folder: Path, target: Path) -> Path:
    with Desk.open(folder) as desk:
        exchange_service.give(desk, target)
    return target


def _shown(program: Program) -> Path | None:
    return window_of(program).desk.workspace.path if program.window is not None else None


def test_a_workspace_json_opens_its_workspace(program: Program, tmp_path: Path) -> None:
    folder = _workspace(tmp_path / "mine")
    assert program.start(folder / "workspace.json")
    assert _shown(program) == folder


def test_a_package_is_received_by_the_workspace_it_comes_from(
    program: Program, received: list[tuple[Path, Path]], tmp_path: Path
) -> None:
    mine = _workspace(tmp_path / "mine")
    package = _package(mine, tmp_path / "for-mine.ucapx")
    _workspace(tmp_path / "other")  # opened last
    assert program.start(package)
    assert _shown(program) == mine
    assert received == [(mine, package)]


@pytest.mark.parametrize("passphrase", [None, "lantern"])
def test_a_package_of_another_own_workspace_is_received_there_and_makes_no_second_one(
    program: Program,
    received: list[tuple[Path, Path]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    passphrase: str | None,
) -> None:
    mine, other, package = _workspace(tmp_path / "mine"), _workspace(tmp_path / "other"), tmp_path / "for-mine.ucapx"
    with Desk.open(mine) as desk:
        exchange_service.give(desk, package, passphrase=passphrase)
    if passphrase:
        monkeypatch.setattr(program._opening, "_passphrase", lambda *_: passphrase)
    else:
        monkeypatch.setattr(Program, "_join", lambda *_: None)
    program.start(other)
    program.open_other(package)  # as *Open as a workspace of its own* in the preview does
    assert _shown(program) == mine
    assert received == [(mine, package)]


def test_a_protected_package_of_others_is_joined_also_where_a_link_leads_to_this_workspace(
    program: Program, received: list[tuple[Path, Path]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    joined: list[Path] = []
    monkeypatch.setattr(Program, "_join", lambda _, package: joined.append(package))
    with workspace_service.new(tmp_path / "theirs", name="Theirs", person="Wei") as desk:
        exchange_service.give(desk, package := tmp_path / "theirs.ucapx", passphrase="lantern")
    link = tmp_path / "link"
    link.symlink_to(_workspace(tmp_path / "mine"), target_is_directory=True)
    assert program.start(link)
    program.open_other(package)  # which does not say whose it is until its passphrase is given
    assert (joined, received) == ([package], [])


def test_a_package_of_a_workspace_that_is_not_here_is_joined(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = _workspace(tmp_path / "theirs")
    package = _package(theirs, tmp_path / "theirs.ucapx")
    theirs.rename(tmp_path / "gone")
    joined: list[Path] = []
    monkeypatch.setattr(Program, "_join", lambda _, file: joined.append(file))
    program.start(package)
    assert joined == [package]


def test_a_file_that_is_no_package_is_told_in_the_workspace_of_before(
    program: Program, received: list[tuple[Path, Path]], tmp_path: Path
) -> None:
    mine = _workspace(tmp_path / "mine")
    broken = tmp_path / "broken.ucapx"
    broken.write_bytes(b"no package")
    program.start(broken)
    assert received == [(mine, broken)]


def test_a_backup_becomes_a_new_workspace_once_the_user_agrees(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = _workspace(tmp_path / "mine")
    file = tmp_path / "of monday.ucapbackup"
    with Desk.open(mine) as desk:
        wei = records.add(desk, "person", {"name": PersonName("Zhang", "Wei")})
        maintenance.backup(desk, file)
        privacy.erase(desk, wei, "Wei Zhang")
    answers = iter([1, 1, 0])
    monkeypatch.setattr("ucapdesk.ui.workspaces.workspace_opening.ask", lambda *_, **__: next(answers))
    assert not program.start(file)
    program.start(mine)
    for _ in range(2):  # dropped on the window, or chosen by Ctrl+O
        assert _shown(program) == mine
        window_of(program).do("file.receive", [file])
    assert _shown(program) == tmp_path / "Workspaces" / "of monday"
    (bar,) = window_of(program).findChildren(Notice, "said")
    assert "All data of Wei Zhang" in said_by(bar), "who was removed is back without a word"


def test_a_file_handed_over_by_macos_opens_in_the_window_that_is_there(
    program: Program, received: list[tuple[Path, Path]], tmp_path: Path
) -> None:
    mine = _workspace(tmp_path / "mine")
    package = _package(mine, tmp_path / "for-mine.ucapx")
    program.start(None)
    program._app.installEventFilter(program)  # as it is on macOS
    QApplication.sendEvent(program._app, QFileOpenEvent(QUrl.fromLocalFile(str(package))))
    assert received == [(mine, package)]
    dialog = QDialog(program.window)
    dialog.open()
    other = _workspace(tmp_path / "other") / "workspace.json"
    QApplication.sendEvent(program._app, QFileOpenEvent(QUrl.fromLocalFile(str(other))))
    assert _shown(program) == mine, "the dialog goes on"
    dialog.close()
    QApplication.sendEvent(program._app, QFileOpenEvent(QUrl.fromLocalFile(str(other))))
    assert _shown(program) == other.parent


def test_a_mistake_while_starting_is_told_and_leaves_its_trace(
    dressed: QApplication, monkeypatch: pytest.MonkeyPatch, log_watch: LogWatch
) -> None:
    boxes: list[str] = []

    def exec_(box: QMessageBox) -> int:
        boxes.append(box.text())
        return 0

    monkeypatch.setattr(QMessageBox, "exec", exec_)
    monkeypatch.setattr(programs, "QApplication", lambda _: dressed)
    monkeypatch.setattr(Program, "start", lambda *_: 1 // 0)
    log_watch.expect("unexpected ZeroDivisionError")
    assert programs.run(None) == 1
    assert "ZeroDivisionError" in logs.log_file().read_text(encoding="utf-8")
    assert any("Something unexpected happened" in said for said in boxes)


FIRST = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from ucapdesk.ui.window.program import Program

app = QApplication([])
program = Program(app)
assert program.start(Path(sys.argv[1]))
program.window.showMinimized()
shown = program.window.bring_to_front

def told():
    shown()
    print("minimised" if program.window.isMinimized() else "in front", flush=True)

program._server._answer = told
program._server._take = lambda file: print(file, flush=True)
print("open", flush=True)
app.exec()
"""
SECOND = f"""
import sys
from pathlib import Path
from ucapdesk.app import run
from ucapdesk.ui.window import program

program.PATIENCE = {PATIENCE * 1000:.0f}
sys.exit(run(Path(sys.argv[1])))
"""


@pytest.fixture(autouse=True)
def _busy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A window on a busy machine has its time to answer; one that is not there is noticed at once."""
    monkeypatch.setattr(program, "PATIENCE", int(PATIENCE * 1000))


def _start(code: str, folder: Path) -> subprocess.Popen[str]:
    environment = os.environ | {"PYTHONPATH": str(resource("").parent)}
    return subprocess.Popen(
        [sys.executable, "-c", code, str(folder)],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def _told(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


@contextmanager
def _first(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """The program with its window open, killed in the end as by a crash."""
    with _start(FIRST, folder) as process:
        try:
            assert _told(process) == "open"
            yield process
        finally:
            process.kill()


def _second(folder: Path) -> int:
    with _start(SECOND, folder) as process:
        try:
            out, complaints = process.communicate(timeout=PATIENCE)
        finally:
            process.kill()
    assert (out, "Traceback" in complaints) == ("", False), complaints
    return process.returncode


def test_a_second_start_brings_the_open_window_to_the_front_and_ends_well(workspace_folder: Path) -> None:
    with _first(workspace_folder) as first:
        assert _second(workspace_folder) == 0
        assert _told(first) == "in front"
        assert first.poll() is None


def test_a_second_start_with_a_package_hands_it_to_the_window_of_its_workspace(
    workspace_folder: Path, tmp_path: Path
) -> None:
    package = tmp_path / "包 with spaces.ucapx"
    with Desk.open(workspace_folder) as desk:
        exchange_service.give(desk, package)
    with _first(workspace_folder) as first:
        assert _second(package) == 0
        assert {_told(first), _told(first)} == {"in front", str(package)}


def test_the_window_on_a_protected_workspace_is_found_without_its_passphrase(tmp_path: Path) -> None:
    desk = workspace_service.new(tmp_path / "private", person="Ana", passphrase="rain over the river")
    assert workspace_service.id_of(desk.workspace.path) == desk.workspace.id
    desk.close()


def test_after_a_crash_there_is_a_window_again_and_it_is_found(workspace_folder: Path) -> None:
    with _first(workspace_folder):
        pass
    assert not program.activate_existing(workspace_folder)
    with _first(workspace_folder) as again:
        assert program.activate_existing(workspace_folder)
        assert _told(again) == "in front"


def test_a_copy_of_a_workspace_is_not_taken_for_it(workspace_folder: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(workspace_folder, tmp_path / "copy")
    assert workspace_service.id_of(copy) == workspace_service.id_of(workspace_folder)
    assert program.name_of(copy) != program.name_of(workspace_folder)


def test_a_closed_window_is_not_found(workspace_folder: Path, tmp_path: Path) -> None:
    assert not program.activate_existing(workspace_folder)
    assert not program.activate_existing(tmp_path / "nothing")


def test_windows_is_asked_to_let_the_open_window_come_forward(
    workspace_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It allows that only to the program that was just clicked, which passes it on."""
    allowed: list[int] = []
    windows = SimpleNamespace(user32=SimpleNamespace(AllowSetForegroundWindow=allowed.append))
    monkeypatch.setattr(ctypes, "windll", windows, raising=False)
    assert not program.activate_existing(workspace_folder)
    assert allowed == [program.ANY_PROGRAM]


@pytest.mark.parametrize(("why", "can"), [(FULL, True), (ASKED, False)])
def test_giving_is_offered_where_only_room_is_lacking(
    qtbot: QtBot, dressed: QApplication, workspace_folder: Path, why: object, can: bool
) -> None:
    with Desk.open(workspace_folder, read_only=True) as desk:
        desk.workspace.why_read_only = why  # type: ignore[assignment]
        places = WatchedPlaces(desk)
        places.stop()
        page = kept_by(qtbot, ExchangePage(desk, places, [], lambda *_: None))
        page.refresh()
        save, receive = (page.findChild(QPushButton, f"exchange.{name}") for name in ("give.save", "receive.open"))
        assert save is not None
        assert receive is not None
        assert (save.isEnabled(), receive.isEnabled()) == (can, False)
