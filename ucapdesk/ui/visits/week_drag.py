"""Dragging in the calendar: an event is moved to another hour or day, and by its lower edge made longer or shorter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from ucapdesk.services.visits.visits_week import WHOLE_DAY, WeekEntry
from ucapdesk.ui.visits.week_day import LENGTH, STEP, DayList

EDGE = 6
"""Pixels at the lower edge of an event by which its end is dragged."""


@dataclass(slots=True)
class _Drag:
    """The event that is held: the list it is in, where it was taken, whether by its end, and how far it was dragged."""

    entry: WeekEntry
    at: DayList
    taken: QPoint
    by_end: bool
    under_way: bool = False
    by: int = 0
    end_by: int = 0


class WeekDrag(QObject):
    """Watches the mouse over the days."""

    def __init__(self, lists: Sequence[DayList], parent: QObject) -> None:
        super().__init__(parent)
        self._lists = lists
        self._drag: _Drag | None = None
        self.read_only = False
        for each in lists:
            each.viewport().installEventFilter(self)
            each.viewport().setMouseTracking(True)
            each.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        list_ = next((each for each in self._lists if watched in (each, each.viewport())), None)
        if list_ is None or list_.scale is None:
            return False
        if isinstance(event, QKeyEvent):
            escape = (
                event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape and self._drag is not None
            )
            if escape:
                self._end()
            return escape
        if not isinstance(event, QMouseEvent) or watched is list_:
            return False
        if event.type() == QEvent.Type.MouseMove:
            return self._move(list_, event)
        if event.type() == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            self._take(list_, event.position().toPoint())
        elif event.type() == QEvent.Type.MouseButtonRelease and event.button() == Qt.MouseButton.LeftButton:
            return self._drop()
        return False

    def _held(self, list_: DayList, at: QPoint) -> tuple[WeekEntry, bool] | None:
        """Return the event at a place that can be dragged, and whether this is its lower edge."""
        index = list_.indexAt(at)
        entry = list_.entries[index.row()] if index.isValid() else None
        if entry is None or entry.begins is None or entry.arrives or self.read_only:
            return None
        box = list_.box(index.row())
        return entry, at.y() > box.bottom() - min(EDGE, box.height() // 3)

    def _take(self, list_: DayList, at: QPoint) -> None:
        held = self._held(list_, at)
        self._drag = _Drag(held[0], list_, list_.viewport().mapToGlobal(at), held[1]) if held else None

    def _move(self, list_: DayList, event: QMouseEvent) -> bool:
        drag, at = self._drag, event.globalPosition().toPoint()
        if drag is None:
            held = self._held(list_, event.position().toPoint())
            shape = Qt.CursorShape.SizeVerCursor if held and held[1] else Qt.CursorShape.ArrowCursor
            list_.viewport().setCursor(shape)
            return False
        if not drag.under_way and (at - drag.taken).manhattanLength() < QApplication.startDragDistance():
            return True
        drag.under_way = True
        self._show(drag, at)
        return True

    def _show(self, drag: _Drag, at: QPoint) -> None:
        """Frame the place where the event would come to stand."""
        scale, begins = drag.at.scale, drag.entry.begins
        if scale is None or begins is None:
            return
        ends = drag.entry.ends or begins + LENGTH
        minutes = round((at.y() - drag.taken.y()) / scale.hour * 60 / STEP) * STEP
        over = drag.at
        if drag.by_end:
            drag.end_by = max(minutes, begins + STEP - ends)
        else:
            minutes = min(max(minutes, -begins), WHOLE_DAY - STEP - begins)
            places = ((each, each.viewport().mapFromGlobal(at).x()) for each in self._lists)
            over = next((each for each, x in places if 0 <= x < each.viewport().width()), drag.at)
            drag.by = minutes + (self._lists.index(over) - self._lists.index(drag.at)) * WHOLE_DAY
        for each in self._lists:
            shift = 0 if drag.by_end else minutes
            each.ghost = (begins + shift, ends + shift + drag.end_by) if each is over else None
            each.viewport().update()

    def _drop(self) -> bool:
        drag = self._drag
        self._end()
        if drag is None or not drag.under_way:
            return False
        if drag.by or drag.end_by:
            drag.at.moved.emit(drag.entry.id, drag.by, drag.end_by)
        return True

    def _end(self) -> None:
        self._drag = None
        for each in self._lists:
            each.ghost = None
            each.viewport().update()
