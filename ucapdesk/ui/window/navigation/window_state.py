"""The state of the work across a rebuild of the window: focus, caret, unsaved text, scroll positions, filters.

Another language or look lays the window out anew. Whoever is at it should not notice more of that than the words.
"""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QScrollBar, QWidget
from shiboken6 import isValid

from ucapdesk.base.i18n import language
from ucapdesk.ui.fields.editor import Editor
from ucapdesk.ui.toolkit.inputs import LineEdit, TextEdit, text_boxes
from ucapdesk.ui.toolkit.steady_focus import WidgetPath
from ucapdesk.ui.toolkit.timers import single_shot
from ucapdesk.ui.window.navigation.navigator import NavigableWindow

SETTLES_IN = 1500
"""Milliseconds in which a page may still grow as its rows arrive."""


def _roots(window: NavigableWindow) -> tuple[QWidget, QWidget]:
    """Return the rebuilt parts of a window, not the old ones that Qt removes later: central widget and status bar."""
    middle = window.centralWidget()
    return middle if middle is not None else window, window.status


class WindowState:
    """The state taken before the window is rebuilt and restored afterwards."""

    def __init__(self, window: NavigableWindow) -> None:
        focus, record = QApplication.focusWidget(), window.record
        self._focus = WidgetPath.of(_roots(window), focus) if focus is not None else None
        self._caret = _caret(focus)
        self._shown, self._begun, self._searched = record.id, record.begun, window.search.text()
        self._point = record.special.chosen_point if record.special is not None else ""
        self._whole_width = window.focused
        self._day = window.week.day if window.week is not None else None
        self._lists = window.shelf.views()
        on_screen = window.section == window.shelf.kind
        self._rows = {window.section: window.list.table.ids()} if on_screen else {}
        self._language = "" if on_screen and window.list.table.ordered_alike else language()
        """The language in which the rows on the screen stand in this order; empty for any."""
        self._opened = window.sections.opened
        refused = [(WidgetPath.of(_roots(window), editor), _texts(editor)) for editor in record.saving.refused]
        self._typed = [(spot, texts) for spot, texts in refused if spot is not None]
        areas = [area for area in window.findChildren(QAbstractScrollArea) if area.isVisible()]
        self._scrolled = [
            (spot, bar.value() / bar.maximum())
            for area in areas
            if (bar := area.verticalScrollBar()).value() and (spot := WidgetPath.of(_roots(window), area))
        ]

    def give_lists(self, window: NavigableWindow) -> None:
        """Restore the filters of the lists before they are shown."""
        window.sections.unfold(self._opened)
        window.shelf.expect(self._lists, self._rows if self._language in {"", language()} else {})

    def give_back(self, window: NavigableWindow) -> None:
        """Restore everything else once the window is rebuilt."""
        if self._begun is not None:
            kind, given = self._begun
            window.record.show_new(kind, given=given)
        elif self._shown:
            window.show_record(self._shown)
        if self._day is not None and window.week is not None:
            window.week.day = self._day
            window.week.refresh()
        if self._whole_width:
            window.show_focused(True)
        if self._point and window.record.special is not None:
            window.record.special.take_up(self._point, "title")
        for spot, texts in self._typed:
            editor = spot.find(_roots(window))
            if isinstance(editor, Editor):
                boxes = text_boxes(editor)
                window.record.saving.put_back(editor, [texts.get(box.objectName(), box.said()) for box in boxes])
                editor.commit()  # tries again, and shows errors in the present language
        window.search.setText(self._searched)
        window.search.hits.hide()
        focus = self._focus.find(_roots(window)) if self._focus else None
        if focus is not None:
            focus.setFocus()
            _put_caret(focus, self._caret)
        for spot, part in self._scrolled:
            area = spot.find(_roots(window))
            if isinstance(area, QAbstractScrollArea):
                _Scrolling(area.verticalScrollBar(), part)


class _Scrolling(QObject):
    """Scrolls a bar back to its position as soon as its content is high enough again."""

    def __init__(self, bar: QScrollBar, part: float) -> None:
        super().__init__(bar)
        self._bar, self._part = bar, part
        bar.rangeChanged.connect(self._go)
        bar.sliderPressed.connect(self.deleteLater)
        single_shot(self, SETTLES_IN, self.deleteLater).start()
        self._go()

    def _go(self) -> None:
        if isValid(self._bar):
            self._bar.setValue(round(self._part * self._bar.maximum()))


def _texts(editor: Editor) -> dict[str, str]:
    """Return the texts in an editor by the names of their boxes: which language comes first may be another now."""
    return {box.objectName(): box.said() for box in text_boxes(editor)}


def _caret(box: QWidget | None) -> tuple[int, int]:
    """Return the position of the caret and the start of the selection."""
    if isinstance(box, LineEdit):
        at, start = box.cursorPosition(), box.selectionStart()
        return at, at if start < 0 else start + box.selectionEnd() - at
    if isinstance(box, TextEdit):
        return box.textCursor().position(), box.textCursor().anchor()
    return 0, 0


def _put_caret(box: QWidget, caret: tuple[int, int]) -> None:
    if not isinstance(box, LineEdit | TextEdit):
        return
    at, anchor = (min(place, len(box.said())) for place in caret)
    if isinstance(box, LineEdit):
        box.setSelection(anchor, at - anchor)
    else:
        cursor = box.textCursor()
        cursor.setPosition(anchor)
        cursor.setPosition(at, cursor.MoveMode.KeepAnchor)
        box.setTextCursor(cursor)
