"""The list between the sections and the record: a filter with chips, New, a menu, and the rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, partial

from PySide6.QtCore import QModelIndex, QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QWidget,
)

from ucapdesk.base.i18n import ntr, tr
from ucapdesk.model.listing import ListView
from ucapdesk.services import ChangeEvent, Desk
from ucapdesk.services.records import search
from ucapdesk.ui.lists.empty_state import EmptyList
from ucapdesk.ui.lists.filter_chips import FilterChips
from ucapdesk.ui.lists.incomplete import IncompleteRow
from ucapdesk.ui.lists.list_header import FilterLine, ListHeader, ListLetters
from ucapdesk.ui.lists.list_menu import ListMenu
from ucapdesk.ui.lists.list_page import ListPage
from ucapdesk.ui.lists.list_rows import RecordRows, RowsView
from ucapdesk.ui.record.presentation import presentation
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.announce import announce
from ucapdesk.ui.toolkit.buttons import button, menu_tool
from ucapdesk.ui.toolkit.layout_builder import column, grow, row
from ucapdesk.ui.toolkit.plain_text import set_tool_tip
from ucapdesk.ui.toolkit.stack import Stack
from ucapdesk.ui.toolkit.text_label import label
from ucapdesk.ui.toolkit.text_table import show_rows
from ucapdesk.ui.window.navigation.arrangement import Arrangement

COLUMNS_FROM = 560
"""Width below which a list has rows of two lines instead of columns."""
LETTERS_FROM = 20
"""Number of rows from which on initial letters are shown."""


class ListPane(ListPage):
    """The records of one kind.

    Signals:
        chosen(str): a row became the current one.
        opened(str): the current row was clicked, or Enter pressed on it.
        entered(): Enter on a row: on to the record.
    """

    chosen = Signal(str)
    opened = Signal(str)
    entered = Signal()

    def __init__(
        self, desk: Desk, arrangement: Arrangement, do: Callable[..., object], parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, do, parent)
        self.setObjectName("list")
        head = self._make_head()
        self.chips = FilterChips(self)
        self._stack = Stack(self)
        self._stack.pages.addWidget(self._make_view(self._stack))
        self.heads = ListHeader(arrangement, self.view.horizontalHeader())
        self.heads.sorted_by.connect(self.table.sort)
        self.heads.moved.connect(lambda places: self.set_columns([self.table.columns[at].name for at in places[1:]]))
        column(head, self.chips, grow(self._stack), self._make_foot(), on=self, gap=0, margins=0)
        self.table.modelReset.connect(self._shown_anew)

    @cached_property
    def empty(self) -> EmptyList:
        """The page in place of the rows where there are none."""
        page = EmptyList(self._stack)
        set_tool_tip(page.new, self.new.toolTip())  # which names the key
        page.new.clicked.connect(lambda: self.do("record.new"))
        page.clear.clicked.connect(self.clear_filter)
        page.everywhere.clicked.connect(lambda: self.do("edit.search", self.table.view.find.strip()))
        self._stack.pages.addWidget(page)
        return page

    def _make_head(self) -> QHBoxLayout:
        self.filter = FilterLine(self)
        self.filter.textChanged.connect(lambda text: self.show_view(self.table.view._replace(find=text.strip())))
        self.filter.entered.connect(self._into_rows)
        self.new = button("list.new", tr("action", "New"), partial(self.do, "record.new"), mark="add", parent=self)
        self.menu = ListMenu(self)
        self.more = menu_tool("list.more", tr("list", "More about this list"), self.menu, self)
        return row(grow(self.filter), self.new, self.more, gap=theme.GAP, margins=theme.GAP)

    def _make_view(self, parent: QWidget) -> RowsView:
        view = self.view = RowsView(parent)
        view.setObjectName("list.rows")
        view.setModel(self.table)
        self.rows = RecordRows(view)
        view.setItemDelegate(self.rows)
        show_rows(view)
        view.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        view.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        view.setWordWrap(False)
        header = view.horizontalHeader()
        header.setMinimumSectionSize(theme.px(60))
        header.setStretchLastSection(True)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._head_menu)
        view.selectionModel().currentRowChanged.connect(self._moved)
        view.clicked.connect(self._open_current)
        view.selectionModel().selectionChanged.connect(self._say_count)
        view.takers.append(self._takes)
        self.sections = ListLetters(view, self.rows)
        return view

    def _make_foot(self) -> QHBoxLayout:
        self._count = label(role="second", name="list.count", parent=self)
        tip = tr("list", "Edit what the selected records have in common")
        do = partial(self.do, "edit.change_many")
        self.change = button("list.change", tr("list", "Change…"), do, "quiet", tip=tip, parent=self)
        self.incomplete = IncompleteRow(self)
        return row(grow(self._count), self.incomplete, self.change, margins=(theme.GAP, 2))

    # -- showing ----------------------------------------------------------------------------------

    def show_view(self, view: ListView, known: Sequence[str] | None = None) -> None:
        """List the records of a view; ``known``: their ids, where they were just read."""
        if self.filter.text() != view.find and self.filter.text().strip() != view.find:
            with QSignalBlocker(self.filter):
                self.filter.setText(view.find)
        self.table.show(view, known)
        self.chips.follow()

    def clear_filter(self) -> None:
        """Clear the filter and focus it."""
        self.show_view(self.table.view._replace(find="", conditions=()))
        self.filter.setFocus()

    def _shown_anew(self) -> None:
        """Update header, names and count for new rows."""
        kind, view = self.table.kind, self.table.view
        plural = kind.plural()
        self.filter.setPlaceholderText(tr("list", "Filter"))
        self.filter.setAccessibleName(tr("window", "Filter: {kind}", kind=plural))
        self.view.setAccessibleName(plural)
        self.new.setVisible(self.may_make)
        self.new.setEnabled(not self.desk.workspace.read_only)
        self._use_letters()
        self.incomplete.expect()
        if not self.table.brief:
            self.heads.show(self.table)
        self.heads.keep_order(view)
        self._say_count()

    def _use_letters(self) -> None:
        self.rows.letters = self.heads.letters and self.table.lettered and self.table.rowCount() > LETTERS_FROM
        self.sections.fit()
        self.view.viewport().update()

    def show_letters(self, on: bool) -> None:
        """Show initial letters in every list, or in none."""
        self.heads.keep_letters(on)
        self._use_letters()

    @property
    def may_make(self) -> bool:
        """Whether records of this kind are created in its list; parts are created where they belong."""
        return not self.table.kind.owners or presentation(self.table.kind.name).made_in_list

    def refresh(self, change: ChangeEvent, shown: str | None) -> None:
        """Read changed records again; the record shown stays the current row."""
        if not change.kinds.isdisjoint(("person", "affiliation")):
            self.incomplete.expect()
        if self.table.concerns(change):
            bar = self.view.verticalScrollBar()
            at = bar.value()
            self.table.refresh()
            self.sections.fit()
            if "visit" in change.kinds:
                self.chips.refresh()
            self.select(shown, scroll=False)
            bar.setValue(at)
            self._say_count()

    def select(self, id_: str | None, *, scroll: bool = True) -> None:
        """Make a record the current row, if it is listed, without opening it."""
        row = self.table.row_of(id_) if id_ else -1
        model = self.view.selectionModel()
        before = model.selection()
        with QSignalBlocker(model):
            if row < 0:
                model.clear()
            elif self.view.currentIndex().row() != row or not model.isRowSelected(row):
                whole = model.SelectionFlag.ClearAndSelect | model.SelectionFlag.Rows
                model.setCurrentIndex(self.table.index(row, 0), whole)
        if scroll and row >= 0:
            self.view.scrollTo(self.table.index(row, 0))
            self.sections.follow()
        self.view.paint_again(before, model.selection())
        self._say_count()

    # -- several rows -----------------------------------------------------------------------------

    def selected(self) -> list[str]:
        """Return the selected records, in the order of the list."""
        rows = {row for first, last in self._chosen_ranges() for row in range(first, last + 1)}
        return [self.table.id_at(row) for row in sorted(rows) if row < self.table.rowCount()]

    def _chosen_ranges(self) -> set[tuple[int, int]]:
        """Return first and last rows; Ctrl+A on a long list makes one range, not a thousand rows."""
        chosen = self.view.selectionModel().selection()
        return {(chosen.at(each).top(), chosen.at(each).bottom()) for each in range(chosen.size())}

    def _say_count(self) -> None:
        rows, chosen = self.table.rowCount(), sum(last - first + 1 for first, last in self._chosen_ranges())
        text = ntr("list", "{n} record", "{n} records", rows)
        if rows and search.is_near(self.desk, self.table.view.find, {self.table.kind.name}):
            text = tr("list", "{count}, one letter different", count=text)
        if chosen > 1:
            text = tr("list", "{count}, {n} selected", count=text, n=chosen)
            announce(self.view, text)
        self._count.setText(text)
        self.change.setVisible(chosen > 1 and not self.desk.workspace.read_only)
        self._stack.pages.setCurrentWidget(self.view if rows else self.empty)
        if not rows:
            may_make = self.may_make and not self.desk.workspace.read_only
            self.empty.say_why(self.table.view, self.table.kind, may_make=may_make)

    # -- columns ----------------------------------------------------------------------------------

    def set_columns(self, names: Sequence[str]) -> None:
        """Show these fields as columns besides the title, and remember them; none means the declared ones."""
        self.heads.keep_columns(self.table.kind.name, tuple(names))
        self.show_view(self.table.view._replace(columns=tuple(names)))

    def _head_menu(self, at: QPoint) -> None:
        menu = self.menu.columns_menu(self)
        menu.exec(self.view.horizontalHeader().mapToGlobal(at))
        menu.deleteLater()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.incomplete.expect()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.incomplete.stop()

    def _fit(self) -> None:
        """Use columns where there is room for them, else rows of two lines."""
        brief = self.width() < theme.px(COLUMNS_FROM)
        header = self.view.horizontalHeader()
        self.rows.brief = brief
        self.view.verticalHeader().setDefaultSectionSize(self.rows.height(self.view.fontMetrics()))
        header.setVisible(not brief)
        bars = Qt.ScrollBarPolicy
        self.view.setHorizontalScrollBarPolicy(bars.ScrollBarAlwaysOff if brief else bars.ScrollBarAsNeeded)
        self.heads.pause()
        mode = QHeaderView.ResizeMode.Stretch if brief else QHeaderView.ResizeMode.Interactive
        if brief != self.table.brief:
            shown = self.view.currentIndex()
            id_ = self.table.id_at(shown.row()) if shown.isValid() else None
            self.table.set_brief(brief)
            header.setSectionResizeMode(mode)
            self.select(id_)
        if brief:  # hidden heads grow with the list, but do not shrink by themselves
            bar = self.view.verticalScrollBar().sizeHint().width()
            header.resizeSection(0, self.view.maximumViewportSize().width() - bar)
        else:
            self.heads.show(self.table)
        self.sections.fit()

    # -- keys -------------------------------------------------------------------------------------

    def _into_rows(self) -> None:
        if self.table.rowCount():
            self.view.setFocus()

    def _moved(self, current: QModelIndex) -> None:
        if current.isValid():
            self.chosen.emit(self.table.id_at(current.row()))
            self.sections.follow()

    def _open_current(self) -> None:
        """Open the current row, also where it was the current one before; several that are selected stay selected."""
        if self.view.currentIndex().isValid() and len(self.selected()) == 1:
            self.opened.emit(self.table.id_at(self.view.currentIndex().row()))

    def _takes(self, event: QKeyEvent) -> bool:
        """Act on a key of the rows; return whether it did."""
        if self.view.currentIndex().isValid():
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
                self._open_current()
                self.entered.emit()
                return True
            if event.key() == Qt.Key.Key_Delete:
                self.do("record.trash")
                return True
        if event.matches(QKeySequence.StandardKey.Paste) and (takes := presentation(self.table.kind.name).pasted):
            self.do(takes)
            return True
        return False
