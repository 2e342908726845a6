"""Timers of the toolkit."""

from __future__ import annotations

import gc
from weakref import ref

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from ucapdesk.ui.toolkit.layouts import grow_with_contents
from ucapdesk.ui.toolkit.signals import repeating, running, single_shot

MINUTE_MS = 60_000


def test_the_running_timers_of_a_widget_are_those_of_all_that_is_in_it(qtbot: QtBot) -> None:
    page, other = QWidget(), QWidget()
    qtbot.addWidget(page)
    qtbot.addWidget(other)
    field, gone = QWidget(page), QWidget(page)
    owners: tuple[QObject, ...] = (page, field, other, gone)
    ticking = [repeating(owner, MINUTE_MS, lambda: None) for owner in owners]
    once, _idle = single_shot(field, MINUTE_MS, lambda: None), single_shot(page, MINUTE_MS, lambda: None)
    for timer in (*ticking, once):
        timer.start()
    delete(gone)
    assert list(running(page)) == [ticking[0], ticking[1], once]
    assert list(running(field)) == [ticking[1], once]
    for timer in (*ticking[:3], once):
        timer.stop()
    assert not list(running(page))


def test_nothing_stays_of_a_page_that_goes_while_it_grows(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    QVBoxLayout(page)
    kept = ref(page)
    grow_with_contents(page)
    delete(page)
    del page
    gc.collect()
    assert kept() is None
