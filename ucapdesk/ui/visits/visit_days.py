"""The list of a visit's days beside its programme, with the number of items and of problems on each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyleOptionViewItem, QWidget

from ucapdesk.base.i18n import ntr, tr
from ucapdesk.services.visits.visit_itinerary import ProgrammeDay
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.list_item import list_item
from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.toolkit.row_painter import ASIDE, Index, Line, Row, RowChip, RowPainter
from ucapdesk.ui.visits import visit_words

DATE, LINE = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
MIN_DAYS_PX = 140
"""Minimum width of the days where they stand beside the items."""
ANY = 16_777_215


class _Columns(RowPainter):
    """The name of a day at the left, its numbers at the right, where those of all days stand below each other."""

    def row_of(self, option: QStyleOptionViewItem, index: Index) -> Row:
        return Row((index.data(LINE),))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Be as wide as name, mark and number together."""
        line: Line = index.data(LINE)
        words = (line.text, *(chip.word for chip in line.chips), line.right)
        wide = sum(option.fontMetrics.horizontalAdvance(word) + theme.GAP for word in words if word)
        return QSize(wide + 2 * ASIDE + theme.GAP, super().sizeHint(option, index).height())


class Days(QListWidget):
    """One row for each day.

    Signals:
        chosen(str): the date of another day; empty for points without one.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._beside = False
        self.setItemDelegate(_Columns(self))
        named(self, "itinerary.days", tr("visit", "Days"))
        self.currentItemChanged.connect(lambda item, _: self.chosen.emit(str(item.data(DATE))) if item else None)

    def show_days(self, days: Sequence[ProgrammeDay], date: str) -> None:
        """Show these days, the one of this date marked as shown."""
        with QSignalBlocker(self):
            self.clear()
            for day in days:
                self.addItem(self._row(day))
        self.mark(date)
        self.fit(beside=self._beside)

    @staticmethod
    def _row(day: ProgrammeDay) -> QListWidgetItem:
        name, count, trouble = visit_words.day_name(day.date), len(day.items), day.marks.count
        trouble_said = f"⚠{trouble}" if trouble else ""
        line = Line(name, chips=(RowChip(trouble_said),) if trouble else (), right=str(count or ""))
        said = [name, ntr("visit", "{n} item", "{n} items", count)]
        if trouble:
            said.append(ntr("visit", "{n} to check", "{n} to check", trouble))
        spoken, text = tr("log", ", ").join(said), "  ".join(filter(None, (name, line.right, trouble_said)))
        return list_item(text, {DATE: day.date, LINE: line}, said=spoken, tip=spoken)

    def mark(self, date: str) -> None:
        """Mark a day as shown, without choosing it."""
        with QSignalBlocker(self):
            self.setCurrentRow(next((at for at in range(self.count()) if self.item(at).data(DATE) == date), -1))

    def step(self, by: int) -> None:
        """Choose the previous or the next day."""
        at = self.currentRow() + by
        if 0 <= at < self.count():
            self.setCurrentRow(at)

    def date_at(self, place: QPoint) -> str:
        """Return the date of the day at a place of the screen; empty where there is none."""
        at = self.viewport().mapFromGlobal(place)
        item = self.itemAt(at) if self.viewport().rect().contains(at) else None
        return str(item.data(DATE)) if item is not None else ""

    def fit(self, *, beside: bool) -> None:
        """Stand below each other in the width of the longest day beside the items, else side by side in one row."""
        self._beside = beside
        flows = QListWidget.Flow
        self.setFlow(flows.TopToBottom if beside else flows.LeftToRight)
        wide = min(max(self.sizeHintForColumn(0) + theme.px(28), theme.px(MIN_DAYS_PX)), theme.px(2 * MIN_DAYS_PX))
        bar = self.horizontalScrollBar().sizeHint().height() if not beside else 0
        high = self.sizeHintForRow(0) + 2 * self.frameWidth() + bar
        self.setMinimumSize(wide if beside else 0, 0 if beside else high)
        self.setMaximumSize(wide if beside else ANY, ANY if beside else high)
        bars = Qt.ScrollBarPolicy
        self.setHorizontalScrollBarPolicy(bars.ScrollBarAlwaysOff if beside else bars.ScrollBarAsNeeded)
        self.setVerticalScrollBarPolicy(bars.ScrollBarAsNeeded if beside else bars.ScrollBarAlwaysOff)
