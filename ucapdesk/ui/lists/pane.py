"""The list between the sections and the record: a filter, New, and the rows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ucapdesk.base.i18n import ntr, tr
from ucapdesk.model.kinds import KINDS
from ucapdesk.services import ChangeSet, Desk
from ucapdesk.ui.lists.table import RecordTable
from ucapdesk.ui.lists.two_lines import TwoLines
from ucapdesk.ui.look import theme
from ucapdesk.ui.shell.arrangement import Arrangement, Columns

TITLE, COLUMN = 264, 136


class ListPane(QWidget):
    """The records of one kind.

    Signals:
        chosen(str): a row became the current one.
        entered(): Enter on a row: on to the record.
        wanted(): New.
        unwanted(): Delete on a row.
    """

    chosen = Signal(str)
    entered = Signal()
    wanted = Signal()
    unwanted = Signal()

    def __init__(self, desk: Desk, arrangement: Arrangement, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("list")
        self._desk = desk
        self.table = RecordTable(desk, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._make_head())
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._make_view())
        self._columns = Columns(arrangement, self.view.horizontalHeader())
        self._empty = QLabel(self)
        self._empty.setProperty("role", "second")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setMargin(24)
        self._stack.addWidget(self._empty)
        column.addWidget(self._stack, 1)
        self._count = QLabel(self)
        self._count.setProperty("role", "second")
        self._count.setContentsMargins(theme.GAP, 4, theme.GAP, 4)
        column.addWidget(self._count)

    def _make_head(self) -> QHBoxLayout:
        self.filter = QLineEdit(self)
        self.filter.setObjectName("list.filter")
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(lambda text: self.show_kind(self.table.kind.name, text))
        self.filter.returnPressed.connect(self._into_rows)
        self.new = QPushButton(tr("action", "New"), self)
        self.new.setObjectName("list.new")
        self.new.clicked.connect(self.wanted)
        row = QHBoxLayout()
        row.setContentsMargins(theme.GAP, theme.GAP, theme.GAP, theme.GAP)
        row.setSpacing(theme.GAP)
        row.addWidget(self.filter, 1)
        row.addWidget(self.new)
        return row

    def _make_view(self) -> QTableView:
        view = self.view = QTableView(self)
        view.setObjectName("list.rows")
        view.setModel(self.table)
        view.setItemDelegate(TwoLines(view))
        view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setTabKeyNavigation(False)
        header = view.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(theme.px(60))
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSortIndicatorClearable(True)
        view.setSortingEnabled(True)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(theme.tall(theme.ROW + 12))
        view.selectionModel().currentRowChanged.connect(self._moved)
        view.installEventFilter(self)
        return view

    # -- showing ----------------------------------------------------------------------------------

    def show_kind(self, kind: str, find: str = "") -> None:
        """List the records of a kind, or those of it that hold some words."""
        self._columns.expect(kind)
        self.filter.blockSignals(True)
        self.filter.setText(find)
        self.filter.blockSignals(False)
        self.table.show(kind, find)
        plural = KINDS[kind].plural()
        self.filter.setPlaceholderText(tr("window", "Filter: {kind}", kind=plural))
        self.filter.setAccessibleName(tr("window", "Filter: {kind}", kind=plural))
        self.view.setAccessibleName(plural)
        self.new.setVisible(not KINDS[kind].owners)
        self.new.setEnabled(not self._desk.workspace.read_only)
        names = [column.name for column in self.table.columns]
        self._columns.show(kind, names, [TITLE, *[COLUMN] * (len(names) - 1)])
        self._say_count()

    def refresh(self, change: ChangeSet, shown: str | None) -> None:
        """Read again what was written; the record shown stays the current row."""
        if self.table.concerns(change):
            bar = self.view.verticalScrollBar()
            at = bar.value()
            self.table.refresh()
            self.select(shown, scroll=False)
            bar.setValue(at)
            self._say_count()

    def select(self, id_: str | None, *, scroll: bool = True) -> None:
        """Make a record the current row, if it is listed, without opening it."""
        row = self.table.row_of(id_) if id_ else -1
        model = self.view.selectionModel()
        model.blockSignals(True)
        if row < 0:
            model.clear()
        elif self.view.currentIndex().row() != row or not model.isRowSelected(row):
            model.setCurrentIndex(
                self.table.index(row, 0), model.SelectionFlag.ClearAndSelect | model.SelectionFlag.Rows
            )
        model.blockSignals(False)
        if scroll and row >= 0:
            self.view.scrollTo(self.table.index(row, 0))
        self.view.viewport().update()

    def _say_count(self) -> None:
        rows = self.table.rowCount()
        self._count.setText(ntr("list", "{n} record", "{n} records", rows))
        self._stack.setCurrentIndex(0 if rows else 1)
        if self.table.find.strip():
            self._empty.setText(tr("list", "Nothing here holds these words."))
        else:
            self._empty.setText(tr("list", "Nothing here yet."))

    def _into_rows(self) -> None:
        self.view.setFocus()

    def _moved(self, current: QModelIndex) -> None:
        if current.isValid():
            self.chosen.emit(self.table.id_at(current.row()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self.view.currentIndex().isValid():
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.entered.emit()
                return True
            if event.key() == Qt.Key.Key_Delete:
                self.unwanted.emit()
                return True
        return super().eventFilter(watched, event)
