"""What is read beside the window: the newest question is answered, and nothing comes once nobody waits for it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from tests.helpers.clock import PATIENCE
from ucapdesk.ui.window.background_jobs import BackgroundQuery


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
