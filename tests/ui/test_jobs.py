"""Long work: the window goes on answering, says how far it is, stops when asked, and nothing typed meanwhile is lost."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QProgressDialog, QPushButton
from pytestqt.qtbot import QtBot

from tests.helpers.clock import PATIENCE
from tests.helpers.shown import child, said_by
from tests.ui.conftest import User
from ucapdesk.base.errors import UserError
from ucapdesk.base.paths import resource
from ucapdesk.model.values import Bilingual
from ucapdesk.services.files import imports, incoming_files
from ucapdesk.services.records import records
from ucapdesk.services.workspaces import maintenance
from ucapdesk.store import desk
from ucapdesk.store.desk import Desk
from ucapdesk.store.errors import StillWriting
from ucapdesk.ui.imports import paper_imports
from ucapdesk.ui.imports.import_page import ImportPage
from ucapdesk.ui.window import background_jobs
from ucapdesk.ui.window.background_jobs import (
    BackgroundQuery,
    Cancelled,
    JobRunner,
    Progress,
    QuitDialog,
    Times,
    wait_for,
)
from ucapdesk.ui.window.commands import file_commands

PAPER = resource("sample") / "ucap-liuzhou.txt"
SOON = Times(line=0.05, bar=0.15, estimate=0.3, stop=0.1)


class Gate:
    """A job that goes on for as long as the test wants."""

    def __init__(self) -> None:
        self.open = threading.Event()
        self.ran = threading.Event()
        self.steps = 0

    def job(self, progress: Progress) -> str:
        self.ran.set()
        while not self.open.wait(0.01):
            self.steps += 1
            progress.step(9, 10, "page")
        return "result"


@pytest.fixture
def gate() -> Iterator[Gate]:
    """Open at the end, whatever the test does."""
    made = Gate()
    yield made
    made.open.set()


@pytest.fixture
def work(user: User) -> JobRunner:
    user.window.work.times = SOON
    return user.window.work


def _over(user: User) -> None:
    user.bot.waitUntil(lambda: not user.window.work.busy)


def _panel(user: User) -> str:
    assert user.window.work.panel is not None
    return said_by(user.window.work.panel)


@pytest.mark.rule("L1", "R38")
def test_short_work_shows_nothing_and_longer_work_a_line_then_a_bar_then_an_estimate(
    user: User, work: JobRunner, gate: Gate
) -> None:
    said: list[str] = []
    work.run("Making the pack", gate.job, said.append)
    assert _panel(user) == ""
    cancel = user.find(QPushButton, "work.cancel")
    user.bot.waitUntil(lambda: _panel(user) != "")
    assert _panel(user) == "Making the pack · page 9 of 10"
    assert not cancel.isVisible()
    user.bot.waitUntil(cancel.isVisible)
    user.bot.waitUntil(lambda: "about 1 second left" in _panel(user))
    gate.open.set()
    _over(user)
    assert (_panel(user), said) == ("", ["result"])


@pytest.mark.rule("L1", "R38")
def test_cancel_acts_at_the_next_step_and_says_that_all_is_as_before(user: User, work: JobRunner, gate: Gate) -> None:
    done: list[str] = []
    work.times = Times(line=0, bar=0)
    work.run("Making the pack", gate.job, done.append)
    user.bot.waitUntil(user.find(QPushButton, "work.cancel").isVisible)
    user.click("work.cancel")
    pressed = gate.steps
    _over(user)
    assert gate.steps <= pressed + 1
    assert done == []
    assert said_by(user.window.status) == "“Making the pack” was stopped. Everything is as it was before."


@pytest.mark.rule("L1")
def test_work_that_hears_nothing_is_let_go_and_can_write_nothing_any_more(
    user: User, work: JobRunner, gate: Gate
) -> None:
    written, before = [], maintenance.digest(user.desk)

    def deaf(progress: Progress) -> None:
        gate.ran.set()
        gate.open.wait()
        with progress.writing():
            written.append(records.add(user.desk, "meeting", {}))

    work.run("Reading", deaf, written.append)
    gate.ran.wait()
    work.cancel()
    _over(user)
    gate.open.set()
    later: list[int] = []
    work.run("Next", lambda _: 1, later.append)  # begins when the thread of the first has come to its end
    _over(user)
    assert (written, later) == ([], [1])
    assert maintenance.digest(user.desk) == before


@pytest.mark.rule("L3")
def test_a_second_piece_of_work_waits_for_the_first_and_says_so(user: User, work: JobRunner, gate: Gate) -> None:
    order: list[str] = []
    work.run("Making the pack", gate.job, order.append)
    work.run("Writing the backup", lambda _: "second", order.append)
    assert said_by(user.window.status) == "“Writing the backup” begins when “Making the pack” is done."
    gate.open.set()
    user.bot.waitUntil(lambda: order == ["result", "second"])
    _over(user)


@pytest.mark.rule("L3")
@pytest.mark.parametrize(("answer", "finished"), [("wait", ["result"]), ("stop", [])])
def test_quitting_meanwhile_is_asked_about_and_the_window_closes_when_the_work_is_over(
    user: User, work: JobRunner, gate: Gate, answer: str, finished: list[str]
) -> None:
    done: list[str] = []
    work.run("Writing to KINGSTON", gate.job, done.append)
    gate.ran.wait()
    user.bot.wait(50)
    user.window.close()
    assert user.window.isVisible()
    box = user.find(QuitDialog, "work.quit")
    assert box.text() == "“Writing to KINGSTON” is not done yet.\nabout 1 second left"
    child(box, QPushButton, f"work.quit.{answer}").click()
    assert user.window.isVisible() or answer == "stop"
    if answer == "wait":
        gate.open.set()
    user.bot.waitUntil(lambda: not user.window.isVisible())
    assert done == finished


@pytest.mark.rule("L3")
@pytest.mark.parametrize("answers", [["stay"], ["wait", "stay"], ["wait", "Esc"], ["close"]])
def test_staying_keeps_the_window_and_the_work(user: User, work: JobRunner, gate: Gate, answers: list[str]) -> None:
    done: list[str] = []
    work.run("Writing to KINGSTON", gate.job, done.append)
    for answer in answers:
        user.window.close()
        box = user.find(QuitDialog, "work.quit")
        if answer == "Esc":
            user.bot.keyClick(box, Qt.Key.Key_Escape)
        elif answer == "close":
            box.close()
        else:
            child(box, QPushButton, f"work.quit.{answer}").click()
    gate.open.set()
    _over(user)
    assert user.window.isVisible()
    assert done == ["result"]


@pytest.mark.rule("L3")
def test_work_that_ends_while_one_is_asked_closes_the_window(user: User, work: JobRunner, gate: Gate) -> None:
    work.run("Writing to KINGSTON", gate.job, lambda _: None)
    user.window.close()
    gate.open.set()
    user.bot.waitUntil(lambda: not user.window.isVisible())


@pytest.mark.rule("L1")
def test_the_window_answers_within_a_tenth_of_a_second_while_papers_are_taken_in_and_all_is_checked(
    user: User, work: JobRunner, tmp_path: Path
) -> None:
    other = tmp_path / "other.txt"
    other.write_text(PAPER.read_text("utf-8").replace("Liuzhou", "Wuzhou"), "utf-8")

    def greedy(progress: Progress) -> None:
        until = time.monotonic() + 0.5
        while time.monotonic() < until:
            sum(range(1000))

    def taken_in(progress: Progress) -> int:
        found = imports.read_files(user.desk, [other], progress=partial(progress.step, unit="file"))
        plans = imports.plan_papers(user.desk, found.papers)
        with progress.writing():
            return incoming_files.take_all(user.desk, [(plan, plan.ticked) for plan in plans])

    since = QElapsedTimer()
    gaps: list[int] = []
    made: list[int] = []
    beat = QTimer(interval=0)
    beat.timeout.connect(lambda: gaps.append(since.restart()))
    since.start()
    beat.start()
    work.run("Counting", greedy, made.append)
    work.run("Checking", lambda progress: maintenance.check(user.desk, progress=progress.step).ok, made.append)
    work.run("Importing", taken_in, made.append)
    user.bot.waitUntil(lambda: not work.busy)
    beat.stop()
    assert made[1:] == [True, made[2]]
    assert made[2] > 50
    assert len(gaps) > 50
    long = [gap for gap in gaps if gap > 100]
    assert sum(long) < sum(gaps) / 2, long  # the machine of the tests may be busy with something else too


@pytest.mark.rule("L1")
def test_what_is_pressed_while_a_job_writes_happens_right_afterwards(user: User, work: JobRunner, gate: Gate) -> None:
    user.open(user.id("meeting"))
    box = user.box("title.en")
    box.setFocus()
    user.bot.keyClicks(box, "Before ")

    def job(progress: Progress) -> None:
        with progress.writing(), user.desk.save(["record.edit", {}]) as save:
            save.edit(user.id("theme"), {"name": Bilingual(en="Written beside")})
            gate.ran.set()
            gate.open.wait()

    shown = user.record.id
    work.run("Receiving", job, lambda _: None)
    user.bot.waitUntil(gate.ran.is_set)
    assert user.value(shown, "title")["en"].startswith("Before ")  # saved before the job wrote
    typed = box.text() if hasattr(box, "text") else box.toPlainText()
    user.bot.keyClicks(box, "and during")
    user.window.do("record.new")
    assert user.record.id == shown
    gate.open.set()
    _over(user)
    assert user.record.id != shown
    assert "Before and during" in user.value(shown, "title")["en"]
    assert typed


def test_what_is_written_beside_shows_in_the_list_and_can_be_undone(
    user: User, work: JobRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports: list[ImportPage] = []
    monkeypatch.setattr(ImportPage, "exec", lambda dialog: reports.append(dialog))  # noqa: PLW0108 - a method of a list is no method of a class
    before = maintenance.digest(user.desk)
    first = records.listing(user.desk, "ucap")[0]
    user.open(first)
    user.type("title.en", "Another title")
    paper_imports.import_papers(user.window, [PAPER])
    _over(user)
    assert len(reports) == 1
    assert user.record.id == first
    user.window.do("edit.undo")
    assert maintenance.digest(user.desk) == before


def test_stopping_an_import_before_it_writes_leaves_the_workspace_as_it_was(
    user: User, work: JobRunner, gate: Gate, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = maintenance.digest(user.desk)
    read = imports.read_files

    def slow(*args: object) -> object:
        gate.ran.set()
        gate.open.wait()
        return read(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(imports, "read_files", slow)
    other = tmp_path / "other.txt"
    other.write_text(PAPER.read_text("utf-8").replace("Liuzhou", "Wuzhou"), "utf-8")
    paper_imports.import_papers(user.window, [other])
    gate.ran.wait()
    work.cancel()
    gate.open.set()
    _over(user)
    assert maintenance.digest(user.desk) == before
    assert "was stopped" in said_by(user.window.status)


def test_a_backup_is_written_beside_and_said(
    user: User, work: JobRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_commands, "ask_where", lambda *_: tmp_path / "desk.ucapbackup")
    user.window.do("file.backup")
    _over(user)
    assert (tmp_path / "desk.ucapbackup").is_file()
    assert said_by(user.window.status) == "The backup desk.ucapbackup was written."


def test_a_stopped_backup_leaves_no_file(user: User, work: JobRunner, tmp_path: Path) -> None:
    def job(progress: Progress) -> None:
        progress.stop()
        maintenance.backup(user.desk, tmp_path / "desk.ucapbackup", progress=progress.step)

    work.run("Writing the backup", job, lambda _: None)
    _over(user)
    assert not list(tmp_path.glob("desk*"))


def test_a_check_is_stopped_in_the_middle_of_a_statement(user: User, work: JobRunner) -> None:
    def job(progress: Progress) -> None:
        progress.stop()
        maintenance.check(user.desk, progress=progress.step)

    work.run("Checking", job, lambda _: pytest.fail("it was stopped"))
    _over(user)
    user.window.do("file.check")
    _over(user)
    assert said_by(user.window.status).startswith("All is well: ")


def test_a_mistake_of_ours_in_the_thread_is_told_like_any_other(
    user: User, work: JobRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[type[BaseException]] = []
    monkeypatch.setattr("sys.excepthook", lambda kind, *_: told.append(kind))
    work.run("Dividing", lambda _: 1 / 0, lambda _: None)
    _over(user)
    assert told == [ZeroDivisionError]


@pytest.mark.rule("L1")
def test_the_window_never_waits_long_for_another_thread_that_writes(sample_desk: Desk, gate: Gate) -> None:
    def write() -> None:
        with sample_desk.save(["record.edit", {}]):
            gate.ran.set()
            gate.open.wait()

    meeting = records.listing(sample_desk, "meeting")[0]
    other = threading.Thread(target=write)
    other.start()
    gate.ran.wait()
    with pytest.raises(StillWriting):  # the other one goes on until all this was answered
        records.edit(sample_desk, meeting, {"room": "1"})
    assert sample_desk.heads(meeting)
    assert sample_desk.history(meeting)
    assert sample_desk.next_undo() is None
    assert desk.PATIENCE < 0.5
    gate.open.set()
    other.join()
    records.edit(sample_desk, meeting, {"room": "1"})
    assert getattr(records.get(sample_desk, meeting), "room") == "1"  # noqa: B009 - it is a record of some kind


def test_closing_the_workspace_stops_the_work_first(user: User, work: JobRunner, gate: Gate) -> None:
    done: list[str] = []
    work.run("Making the pack", gate.job, done.append)
    gate.ran.wait()
    work.stop_all()
    QApplication.processEvents()
    assert not work.busy
    assert done == []
    assert not user.window.findChildren(QMessageBox)


@pytest.mark.rule("L1")
def test_the_screen_goes_on_while_one_waits_for_a_result(qtbot: QtBot, dressed: QApplication) -> None:
    beats: list[int] = []
    beat = QTimer(interval=5)
    beat.timeout.connect(lambda: beats.append(1))
    beat.start()

    def job(progress: Progress) -> int:
        ends = time.monotonic() + PATIENCE
        while len(beats) < 5 and time.monotonic() < ends:
            time.sleep(0.01)
        return 7

    assert wait_for("Restoring", job) == 7
    beat.stop()
    assert len(beats) >= 5


def test_what_could_not_be_done_is_raised_where_one_waits(qtbot: QtBot, dressed: QApplication) -> None:
    def job(progress: Progress) -> None:
        raise UserError

    with pytest.raises(UserError):
        wait_for("Restoring", job)


@pytest.mark.rule("L1")
def test_waiting_is_ended_by_cancel(qtbot: QtBot, dressed: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background_jobs, "DIALOG_DELAY_MS", 0)

    def job(progress: Progress) -> None:
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends:
            progress.step(1, 2)
            time.sleep(0.01)

    def press() -> None:
        box = QApplication.activeModalWidget()
        if not isinstance(box, QProgressDialog):
            QTimer.singleShot(10, press)
            return
        box.findChildren(QPushButton)[0].click()

    QTimer.singleShot(10, press)
    with pytest.raises(Cancelled):
        wait_for("Restoring", job)


@pytest.fixture
def query(qtbot: QtBot) -> Iterator[BackgroundQuery]:
    owner = QObject()
    made = BackgroundQuery(owner)
    yield made
    made.stop()


def test_a_quick_answer_is_there_at_once(query: BackgroundQuery) -> None:
    told: list[int] = []
    query.ask(lambda: 7, told.append, patience=PATIENCE)
    assert told == [7]
    assert not query.busy


def test_of_several_questions_only_the_newest_is_answered(query: BackgroundQuery, qtbot: QtBot) -> None:
    go, told = threading.Event(), list[str]()
    asked: list[str] = []

    def slowly() -> str:
        go.wait(PATIENCE)
        return "first"

    def answer(said: str) -> str:
        asked.append(said)
        return said

    query.ask(slowly, told.append, patience=0)
    query.ask(lambda: answer("second"), told.append)
    query.ask(lambda: answer("third"), told.append)
    assert query.busy
    go.set()
    qtbot.waitUntil(lambda: not query.busy)
    assert told == asked == ["third"]


def test_the_window_goes_on_while_a_question_that_waited_is_answered(query: BackgroundQuery, qtbot: QtBot) -> None:
    first, second, told = threading.Event(), threading.Event(), list[bool]()

    def until_the_window_goes_on() -> bool:
        QTimer.singleShot(0, query, second.set)
        return second.wait(2)

    query.ask(lambda: first.wait(PATIENCE), told.append, patience=0)
    query.ask(until_the_window_goes_on, told.append, patience=0)
    first.set()
    qtbot.waitUntil(lambda: not query.busy)
    assert told == [True], "else the window was held up until the answer came"


def test_an_answer_after_the_end_is_dropped(query: BackgroundQuery, qtbot: QtBot) -> None:
    go, told = threading.Event(), list[Any]()
    query.ask(lambda: go.wait(PATIENCE), told.append, patience=0)
    query.ask(lambda: "waiting", told.append)
    go.set()
    query.stop()
    assert not query.busy
    assert "query" not in {each.name for each in threading.enumerate()}
    qtbot.wait(20)
    assert told == []
    query.ask(lambda: "anew", told.append, patience=PATIENCE)
    assert told == ["anew"], "and it can be asked again"


def test_a_question_that_fails_is_logged_and_answered_by_nothing(query: BackgroundQuery, log_watch: Any) -> None:
    told: list[Any] = []
    log_watch.expect("background query failed")
    query.ask(lambda: 1 // 0, told.append, patience=PATIENCE)
    assert not query.busy
    assert told == []
    query.ask(lambda: 7, told.append, patience=PATIENCE)
    assert told == [7]
