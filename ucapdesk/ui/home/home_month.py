"""The month on the Home page: weeks of days, with a mark on days with events; a day leads to them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
)

from ucapdesk.base.i18n import tr
from ucapdesk.services.home.home_data import Month, MonthDay
from ucapdesk.ui.home.home_parts import HomeCard
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.buttons import tool
from ucapdesk.ui.toolkit.layout_builder import grow, panel, row
from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.toolkit.plain_text import set_tool_tip
from ucapdesk.ui.toolkit.text_label import label

WEEK_ROW_PX = 30
EVENT_MARK = "•"
"""The mark after the number of a day with events, so that the colour of a visit is not the only sign."""


class MonthTable(QTableWidget):
    """The weeks. Arrows go from day to day, Enter or a click opens one.

    Signals:
        opened(MonthDay): a day was pressed.
    """

    opened = Signal(object)

    def __init__(self, month: Month) -> None:
        super().__init__(len(month.weeks), 7)
        named(self, "home.month.days", month.title)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(theme.px(WEEK_ROW_PX))
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        head.setMinimumSectionSize(1)
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        self.setHorizontalHeaderLabels(month.weekdays)
        self._days = month.weeks
        for line, week in enumerate(month.weeks):
            for column, day in enumerate(week):
                self.setItem(line, column, _cell(day))
                if day.today:
                    self.setCurrentCell(line, column)
        self.cellClicked.connect(self._open)
        around = head.sizeHint().height() + 2 * self.frameWidth()
        self.setFixedHeight(self.rowCount() * theme.px(WEEK_ROW_PX) + around)
        self.setMinimumWidth(theme.px(120))

    def _open(self, row: int, column: int) -> None:
        self.opened.emit(self._days[row][column])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentRow() >= 0:
            self._open(self.currentRow(), self.currentColumn())
        else:
            super().keyPressEvent(event)


def _cell(day: MonthDay) -> QTableWidgetItem:
    item = QTableWidgetItem(f"{day.day.day} {EVENT_MARK}" if day.count or day.visits else f"{day.day.day}")
    item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
    set_tool_tip(item, day.said)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, day.said)
    tokens = theme.tokens()
    if day.off or not day.inside:
        item.setForeground(QColor(tokens.text2 if not day.inside else tokens.level("warn")[0]))
    if day.visits:
        item.setBackground(QColor(tokens.tint))
    if day.today:
        font = QFont()
        font.setBold(True)
        font.setUnderline(True)
        item.setFont(font)
    return item


class MonthCard(HomeCard):
    """The month, with buttons to the previous and the next.

    Signals:
        turned(int): the month before, or the one after, is wanted.
    """

    turned = Signal(int)

    def __init__(self, month: Month) -> None:
        title = label(month.title, "group", wrap=False)
        back = tool("home.month.back", "chevron_left", tr("home", "Previous month"), lambda: self.turned.emit(-1))
        on = tool("home.month.on", "chevron_right", tr("home", "Next month"), lambda: self.turned.emit(1))
        self.days = MonthTable(month)
        head = panel(row(grow(title), back, on), margins=(theme.GAP, 0, theme.GAP, 4))
        super().__init__("home.month", month.title, head, self.days, head=False)
