"""Somebody at the window who counts: keys, clicks, changes between hand and mouse, and what that takes a person.

Keys are counted where they are pressed: one that gives a command never arrives at a widget as a key. The time a person
needs is that of the keystroke-level model, for somebody who types 40 words a minute; how long the program takes to
answer each time is kept beside it, and told, not judged: the machine of a test is no measure.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QInputMethodEvent, QKeyEvent, QKeySequence, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QListWidget, QMenu, QWidget

from tests.helpers.clock import PATIENCE
from tests.journeys.dialogs import dialogs, has_keys

# Seconds for a key, for pointing at something, for a button of the mouse, for moving the hand, for a thought.
KEY, POINT, PRESS, HAND, THOUGHT = 0.28, 1.10, 0.20, 0.40, 1.35
SHIFTED = set('~!@#$%^&*()_+{}|:"<>?')
MODIFIERS = (
    Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.MetaModifier,
)  # fmt: skip


@dataclass
class Counted:
    """What a journey took."""

    keys: int = 0
    clicks: int = 0
    drags: int = 0
    thoughts: int = 0
    changes: int = 0
    answers: list[float] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        """What a person would need, with the answers of the program as they were."""
        hands = (POINT + PRESS) * (self.clicks + 2 * self.drags) + HAND * self.changes
        return KEY * self.keys + hands + THOUGHT * self.thoughts + sum(self.answers)


class Driver:
    """Presses keys and buttons of one window; every call may be followed by the next."""

    def __init__(self, window: QWidget) -> None:
        self.window, self.took = window, Counted()
        self._with = ""

    def think(self, times: int = 1) -> Driver:
        self.took.thoughts += times
        return self

    def press(self, *keys: str) -> Driver:
        for name in keys:
            combination = QKeySequence(name)[0]  # type: ignore[index]  # the stubs do not know it
            held = combination.keyboardModifiers()
            self._key(combination.key(), held, 1 + sum(each in held for each in MODIFIERS))
        return self

    def type(self, text: str) -> Driver:
        for letter in text:
            self._use("keyboard")
            self.took.keys += 1 + (letter.isupper() or letter in SHIFTED)
            self._answer(lambda letter=letter: QTest.keyClick(self._there(), letter))  # type: ignore[misc]
        return self

    def type_with_altgr(self, sign: str) -> Driver:
        """A sign that stands behind AltGr, as @ does on a German keyboard: Ctrl and Alt at once, as Windows tells it."""
        self._use("keyboard")
        self.took.keys += 2
        both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, Qt.Key(ord(sign)), both, sign)
            self._answer(lambda event=event: QApplication.sendEvent(self._there(), event))  # type: ignore[misc]
        return self

    def compose(self, pinyin: str, characters: str, choosing: int = 1) -> Driver:
        """Write with an input method: letter by letter, then one key (or more) to choose the characters."""
        self._use("keyboard")
        for length in range(1, len(pinyin) + 1):
            self._answer(lambda length=length: self._send(QInputMethodEvent(pinyin[:length], [])))  # type: ignore[misc]
        event = QInputMethodEvent("", [])
        event.setCommitString(characters)
        self._answer(lambda: self._send(event))
        self.took.keys += len(pinyin) + choosing
        return self

    def click(self, name: str) -> Driver:
        shown = (QApplication.activeModalWidget() or self.window).findChildren(QWidget, name)
        found = next((each for each in shown if each.isVisible()), None)
        assert found is not None, f"there is no {name} to be seen"
        assert found.isEnabled(), f"{name} cannot be used now"
        self._use("mouse")
        self.took.clicks += 1
        middle = QPoint(found.width() // 2, found.height() // 2)
        self._answer(lambda: QTest.mouseClick(found, Qt.MouseButton.LeftButton, pos=middle))
        return self

    def choose(self, name: str, entry: str) -> Driver:
        """Open the menu of a button and press the entry of this object name, with the mouse both."""
        self.click(name)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu), f"{name} opened no menu"
        found = [each for each in menu.actions() if each.objectName() == entry and each.isEnabled()]
        assert found, f"the menu of {name} has no {entry} now"
        place = menu.actionGeometry(found[0]).center()
        self.took.clicks += 1
        self._answer(lambda: QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=place))
        return self

    def click_row(self, name: str, holds: str) -> Driver:
        """Press the left button on the row of a list that says this to those who hear it."""
        found = self.window.findChild(QListWidget, name)
        assert found is not None, f"there is no {name}"
        rows = [found.item(n) for n in range(found.count()) if holds in found.item(n).text()]
        assert rows, f"no row of {name} says {holds}"
        found.scrollToItem(rows[0])
        place = found.visualItemRect(rows[0]).center()
        self._use("mouse")
        self.took.clicks += 1
        self._answer(lambda: QTest.mouseClick(found.viewport(), Qt.MouseButton.LeftButton, pos=place))
        return self

    def drop(self, name: str, file: Path) -> Driver:
        found = self.window.findChild(QWidget, name)
        assert found is not None, f"there is no {name}"
        assert found.isVisible(), f"{name} cannot be seen"
        self._use("mouse")
        self.took.drags += 1
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file))])
        middle = QPointF(found.width() / 2, found.height() / 2)
        held = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        enter, drop = QDragEnterEvent(middle, *held), QDropEvent(middle, *held)
        self._answer(lambda: QApplication.sendEvent(found, enter))
        assert enter.isAccepted(), f"{name} takes no files"
        self._answer(lambda: QApplication.sendEvent(found, drop))
        return self

    def press_into(self, key: str, then: Callable[[Driver], object]) -> Driver:
        """Press a key that opens a page of its own, and go on in there until it closes."""
        return self._into(lambda: self.press(key), then)

    def click_into(self, name: str, then: Callable[[Driver], object]) -> Driver:
        """The same with a click on what has this object name."""
        return self._into(lambda: self.click(name), then)

    def _into(self, act: Callable[[], object], then: Callable[[Driver], object]) -> Driver:
        def step(page: QDialog) -> None:
            then(self)
            assert not page.isVisible(), f"{page.objectName()} is still open"

        with dialogs((QDialog, step), ready=has_keys):
            act()
        self.window.activateWindow()  # a desktop does so by itself
        return self.wait(lambda: has_keys(self.window))

    def wait(self, until: Callable[[], object], seconds: float = PATIENCE) -> Driver:
        """Wait for something that comes by itself; that is an answer too."""
        began = time.perf_counter()
        while not until():
            assert time.perf_counter() - began < seconds, "it never came"
            QTest.qWait(5)
        self.took.answers.append(time.perf_counter() - began)
        return self

    # -- counting ---------------------------------------------------------------------------------

    def _key(self, key: Qt.Key, held: Qt.KeyboardModifier, counted: int) -> None:
        self._use("keyboard")
        self.took.keys += counted
        self._answer(lambda: QTest.keyClick(self._there(), key, held))

    def _use(self, what: str) -> None:
        if self._with not in {"", what}:
            self.took.changes += 1
        self._with = what

    def _answer(self, act: Callable[[], object]) -> None:
        began = time.perf_counter()
        act()
        QApplication.processEvents()
        self.took.answers.append(time.perf_counter() - began)

    def _there(self) -> QWindow:
        """Where keys go: to whatever window is in front, a list that is open for choosing included."""
        there: QWindow | None = QApplication.focusWindow()
        return there if there is not None else self.window.windowHandle()

    @staticmethod
    def _send(event: QInputMethodEvent) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None, "nobody has the keys"
        assert focus.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled), (
            f"{focus.objectName()} takes no input method"
        )
        QApplication.sendEvent(focus, event)
