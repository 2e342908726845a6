"""Somebody who presses keys and buttons at random, by a seed, and what must hold after each of it.

After every step the keys go to something that is seen and has a name, and every word that was typed into a field is
saved, kept as a draft, or still to be seen. Undo brings back the records as they were before a step, and Redo as they were after it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QAccessible, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)
from pytestqt.exceptions import TimeoutError as QtTimeoutError
from pytestqt.exceptions import capture_exceptions, format_captured_exceptions
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.helpers.changesets import since
from tests.helpers.flaws import called
from tests.helpers.shown import said_by
from ucapdesk.model.kinds import LISTED
from ucapdesk.services import Desk
from ucapdesk.services.records import records
from ucapdesk.store import drafts
from ucapdesk.store.safety.check import record_digest
from ucapdesk.ui.toolkit.text_inputs import LineEdit, TextEdit
from ucapdesk.ui.window.commands import menu_commands
from ucapdesk.ui.window.desk_window import DeskWindow

Key, Modifier = Qt.Key, Qt.KeyboardModifier
NONE, CTRL, ALT, SHIFT = Modifier.NoModifier, Modifier.ControlModifier, Modifier.AltModifier, Modifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton
# What is pressed at random, beside the keys of the commands.
KEYS = (
    *((key, NONE) for key in (Key.Key_Tab, Key.Key_Return, Key.Key_Escape, Key.Key_Space, Key.Key_Delete, Key.Key_F2,
                              Key.Key_Up, Key.Key_Down, Key.Key_Left, Key.Key_Right, Key.Key_PageDown, Key.Key_PageUp,
                              Key.Key_Home, Key.Key_End, Key.Key_Backspace, Key.Key_F6, Key.Key_Menu)),
    (Key.Key_Backtab, SHIFT), (Key.Key_Tab, CTRL), (Key.Key_Return, CTRL), (Key.Key_Left, ALT), (Key.Key_Right, ALT),
    *((key, modifier) for key in (Key.Key_Up, Key.Key_Down) for modifier in (CTRL, ALT, SHIFT)),
)  # fmt: skip
# Commands that leave the workspace.
LEFT_OUT = frozenset({"file.close", "file.quit", "file.new", "file.open", "file.sample", "help.issue"})
WORDS = (
    "Hafen",
    "0930 1030 meet Port",
    "> send the list @Nowak 5 Dec",
    "15.12",
    "1,000",
    "张伟",
    "港口与物流",
    "x@y.eu",
    "-14 gifts",
)
# Labels of what Undo does not take back, or only as a whole with another step.
_NO_STEP = re.compile("undo|redo|erase")
IN_A_DIALOG = 4  # Steps in a dialog or menu before it is left


class Said(AssertionError):
    """A step after which something did not hold."""


@dataclass
class Monkey:
    """Hands that do something at random at a window.

    Attributes:
        said: What was done so far, a line a step.
    """

    bot: QtBot
    desk: Desk
    window: DeskWindow
    seed: int
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)
        self._steps: dict[int, int] = {}
        self._coming = False
        self._guard = QTimer(self.window)
        self._guard.setInterval(5)
        self._guard.timeout.connect(self._look_for_dialog)
        self._guard.start()
        self._ways: list[tuple[int, Callable[[], str]]] = [
            (6, self._press_something), (6, self._press_a_key), (3, self._give_a_command), (3, self._write),
            (2, self._go_to_a_record), (1, self._drag),
        ]  # fmt: skip

    def run(self, steps: int) -> None:
        """Do so many steps; raise at the first after which something does not hold."""
        for _ in range(steps):
            self._step_and_back(self._any_way())
            if self.dice.random() < 0.3:
                self._type_a_word_and_leave()

    def _any_way(self) -> Callable[[], str]:
        weights, ways = zip(*self._ways, strict=True)
        way: Callable[[], str] = self.dice.choices(ways, weights)[0]
        return way

    def _step(self, way: Callable[[], str]) -> None:
        with capture_exceptions() as caught:
            self.said.append("")
            at = len(self.said) - 1
            self.said[at] = way()
            self._settle()
        if caught:
            raise Said(f"{self._story()}\n{format_captured_exceptions(caught)}")
        with suppress(QtTimeoutError):  # what was read beside the window may move the page once more
            self.bot.waitUntil(lambda: not self._lost(), timeout=1000)
        if flaw := self._lost():
            raise Said(f"{self._story()}\n{flaw}")

    def _step_and_back(self, way: Callable[[], str]) -> None:
        """Do something; now and then take back what it wrote, and do it again."""
        before, steps = record_digest(self.desk.db), sum(self.desk.log.vector().values())
        self._step(way)
        self.window.record.save_now()
        after, made = record_digest(self.desk.db), [str(each.label) for each in self.desk.log.changesets()][steps:]
        if after == before or self.dice.random() < 0.5 or any(map(_NO_STEP.search, made)):
            return
        for name, goal in (("edit.undo", before), ("edit.redo", after)):
            for _ in made:
                self._step(partial(self._command, name))
                if record_digest(self.desk.db) == goal:
                    break
            else:
                raise Said(f"{self._story()}\n{name} of {made} did not bring back what was there")

    def _story(self) -> str:
        return f"seed {self.seed}, step {len(self.said)}:\n" + "\n".join(self.said[-14:])

    # -- what must hold ---------------------------------------------------------------------------

    def _settle(self) -> None:
        """Wait until nothing is open over the window any more and nothing works beside it."""
        self.bot.waitUntil(lambda: not self._over() and not self.window.work.busy)
        for _ in range(4):
            QApplication.processEvents()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.bot.waitUntil(lambda: not self._over() and not self.window.work.busy)
        if QApplication.activeWindow() is None:  # without a window system nobody gives the keys back
            self.window.activateWindow()
            QApplication.processEvents()

    def _lost(self) -> str:
        """Where the keys went, if that is nowhere, not to be seen, or has no name."""
        focus = QApplication.focusWidget()
        if focus is None:
            return f"the keys go nowhere, active is {called(QApplication.activeWindow())}"
        if not is_seen(focus):
            return f"the keys go to {called(focus)}, which is not seen"
        spoken = QAccessible.queryAccessibleInterface(focus)
        if not spoken.text(QAccessible.Text.Name).strip():
            return f"the keys go to {called(focus)}, which has no name"
        return ""

    def _is_kept(self, word: str, before: dict[str, int]) -> bool:
        """Whether a word is saved, a draft, or still seen."""
        if any(word in str(each.value) for each in drafts.kept(self.desk)):
            return True
        if any(word in line for each in since(self.desk.log, before) for line in map(str, each.rows)):
            return True
        said = (label.text() for label in self.window.findChildren(QLabel) if label.isVisible())
        return any(word in _text(box) for box in _boxes(self.window)) or any(word in text for text in said)

    # -- dialogs and menus ------------------------------------------------------------------------

    @staticmethod
    def _over() -> QWidget | None:
        return QApplication.activePopupWidget() or QApplication.activeModalWidget()

    def _look_for_dialog(self) -> None:
        """Have something done in a dialog or menu that holds up the window; not from here, a timer does not come twice."""
        if not self._coming and self._over() is not None:
            self._coming = True
            QTimer.singleShot(0, self.window, self._in_dialog)

    def _in_dialog(self) -> None:
        self._coming = False
        over = self._over()
        if over is None:
            return
        done = self._steps[id(over)] = self._steps.get(id(over), 0) + 1
        if done <= IN_A_DIALOG and not isinstance(over, QMenu):
            self.said.append(f"    in {called(over)} {over.windowTitle()}: {self._press_in(over)}")
        elif done <= IN_A_DIALOG + 8:
            self.said.append(f"    in {called(over)}: Esc")
            self._key(_keys_of(over), Key.Key_Escape, NONE)
        elif isinstance(over, QDialog):
            self.said.append(f"    {called(over)} was left")
            over.reject()
        else:
            over.close()
        if self._over() is not over:
            self._steps.pop(id(over), None)

    def _press_in(self, over: QWidget) -> str:
        if self.dice.random() < 0.5 and (things := _pressable(over)):
            return self._click(self.dice.choice(things))
        key, modifier = self.dice.choice(KEYS)
        return self._key(_keys_of(over), key, modifier)

    # -- what is done -----------------------------------------------------------------------------

    def _key(self, widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier) -> str:
        said = f"{modifier.name} {key.name} at {called(widget)}"
        QTest.keyClick(widget, key, modifier)
        return said

    def _click(self, widget: QWidget) -> str:
        said = f"click on {called(widget)}"
        if isinstance(widget, QAbstractItemView):
            model = widget.model()
            rows = model.rowCount(widget.rootIndex())
            at = widget.rect().center()
            if rows:
                index = model.index(self.dice.randrange(rows), 0, widget.rootIndex())
                seen = widget.visualRect(index).intersected(widget.viewport().rect())
                at = seen.center() if not seen.isEmpty() else at
            _press(widget.viewport(), at)
        elif isinstance(widget, QTabBar):
            _press(widget, widget.tabRect(self.dice.randrange(widget.count())).center())
        else:
            _press(widget, widget.visibleRegion().boundingRect().center())
        return said

    def _press_something(self) -> str:
        window = QApplication.activeWindow() or self.window
        things = _pressable(window)
        return self._click(self.dice.choice(things)) if things else "nothing to press"

    def _press_a_key(self) -> str:
        key, modifier = self.dice.choice(KEYS)
        return self._key(QApplication.focusWidget() or self.window, key, modifier)

    def _give_a_command(self) -> str:
        return self._command(self.dice.choice([spec.name for spec in menu_commands() if spec.name not in LEFT_OUT]))

    def _command(self, name: str) -> str:
        self.window.do(name)
        return f"command {name}"

    def _write(self) -> str:
        focus = QApplication.focusWidget()
        word = self.dice.choice(WORDS)
        if isinstance(focus, QLineEdit | QPlainTextEdit) and focus.isEnabled():
            _type(focus, word)
            return f"wrote {word!r} at {called(focus)}"
        return "nowhere to write"

    def _go_to_a_record(self) -> str:
        kind = self.dice.choice(sorted(LISTED))
        if ids := records.listing(self.desk, kind):
            self.window.show_record(self.dice.choice(ids))
        else:
            self.window.show_section(kind)
        return f"to a record of {kind}"

    def _drag(self) -> str:
        """Press somewhere, move, let go."""
        things = _pressable(self.window)
        widget = self.dice.choice(things)
        target = widget.viewport() if isinstance(widget, QAbstractItemView) else widget
        at = target.visibleRegion().boundingRect().center()
        to = at + QPoint(self.dice.randint(-80, 80), self.dice.randint(-80, 80))
        said = f"drag on {called(widget)}"
        QTest.mousePress(target, LEFT, NONE, at)
        if isValid(target):
            QTest.mouseMove(target, at + QPoint(3, 3))
        if isValid(target):
            QTest.mouseRelease(target, LEFT, NONE, to)
        return said

    # -- a word -----------------------------------------------------------------------------------

    def _type_a_word_and_leave(self) -> None:
        """Write a word nobody wrote before into a field, and leave it in any way."""
        boxes = [box for box in _boxes(self.window.record) if box.isEnabled() and not box.isReadOnly()]
        boxes = [box for box in boxes if not box.visibleRegion().isEmpty()]
        if not boxes:
            return
        box, word = self.dice.choice(boxes), f"w{self.seed}q{len(self.said)}z"
        name, before = called(box), self.desk.log.vector()

        def write() -> str:
            _press(box, box.visibleRegion().boundingRect().center())
            if isValid(box) and box.isVisible():
                _type(box, word)
            return f"typed {word} at {name}"

        self._step(write)
        was_there = isValid(box) and word in _text(box)
        self._step(self._leave)
        self._step(self._leave)
        if was_there and not self._is_kept(word, before):
            raise Said(f"{self._story()}\n“{word}”, typed at {name}, is nowhere; {self._state(before)}")

    def _state(self, before: dict[str, int]) -> str:
        record = self.window.record
        written = [str(each.label) for each in since(self.desk.log, before)]
        return f"bar: {said_by(record.bar)!r}, state: {record.top.state.text()!r}, written: {written}"

    def _leave(self) -> str:
        ways: tuple[Callable[[], str], ...] = (
            partial(self._key, QApplication.focusWidget() or self.window, Key.Key_Tab, NONE),
            partial(self._key, QApplication.focusWidget() or self.window, self.dice.choice(SECTIONS), CTRL),
            partial(self._key, QApplication.focusWidget() or self.window, Key.Key_Left, ALT),
            partial(self._key, QApplication.focusWidget() or self.window, Key.Key_F6, NONE),
            self._go_to_a_record,
            self._press_something_else,
        )
        return self.dice.choice(ways)()

    def _press_something_else(self) -> str:
        """A click beside the page of the record: in the list or on a section."""
        things = [each for each in _pressable(self.window) if not self.window.record.isAncestorOf(each)]
        return self._click(self.dice.choice(things)) if things else "nothing else to press"


SECTIONS = (Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_4, Key.Key_5, Key.Key_6, Key.Key_7)


def _keys_of(window: QWidget) -> QWidget:
    inside: QWidget | None = window.focusWidget()
    return window if inside is None else inside


def _press(widget: QWidget, at: QPoint) -> None:
    """Click, which brings the window to the front; the first half of it may take the widget away."""
    if not isinstance(widget.window(), QMenu):
        widget.window().activateWindow()
    QTest.mousePress(widget, LEFT, NONE, at)
    if isValid(widget):
        QTest.mouseRelease(widget, LEFT, NONE, at)


def is_seen(widget: QWidget) -> bool:
    """Whether a part of it is within everything around it; what lies over it is its own."""
    if not widget.isVisible():
        return False
    seen, at = widget.rect(), widget
    while not at.isWindow() and (around := at.parentWidget()) is not None:
        seen = seen.translated(at.pos()).intersected(around.rect())
        at = around
    return not seen.isEmpty()


def _text(box: LineEdit | TextEdit) -> str:
    return box.text() if isinstance(box, LineEdit) else box.toPlainText()


def _boxes(root: QObject) -> list[LineEdit | TextEdit]:
    found: list[LineEdit | TextEdit] = [*root.findChildren(LineEdit), *root.findChildren(TextEdit)]
    return [box for box in found if box.isVisible()]


def _type(box: QLineEdit | QPlainTextEdit, text: str) -> None:
    if text.isascii():
        QTest.keyClicks(box, text)
    else:
        event = QInputMethodEvent("", [])
        event.setCommitString(text)
        QApplication.sendEvent(box, event)


def _pressable(root: QWidget) -> list[QWidget]:
    return [
        each for each in _controls(root) if each.isVisible() and each.isEnabled() and not each.visibleRegion().isEmpty()
    ]


def _controls(root: QWidget) -> Iterator[QWidget]:
    for cls in (QAbstractButton, QAbstractItemView, QLineEdit, QPlainTextEdit, QComboBox, QTabBar):
        for each in root.findChildren(cls):
            if each.window() is root.window() and not each.objectName().startswith("qt_"):
                yield each
