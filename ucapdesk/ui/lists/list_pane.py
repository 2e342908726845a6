"""The list between the sections and the record: a filter with chips, New, a menu, and the rows; and the list of the Trash.

An empty list says why it is empty, with buttons that help. The Trash is never emptied; its old entries are folded away.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import cached_property, partial

from PySide6.QtCore import QModelIndex, QPoint, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QPushButton,
    QScrollArea,
    QTableView,
    QTableWidget,
    QWidget,
)

from ucapdesk.base.clock import local_time, moment
from ucapdesk.base.i18n import language, ntr, tr
from ucapdesk.model.kind import Kind, KindField
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.listing import ListView, columns_of, usual_columns
from ucapdesk.services import ChangeEvent, Desk, Trashed
from ucapdesk.services.records import lists, records, search
from ucapdesk.ui.lists.filter_chips import FilterChips, IncompleteRow
from ucapdesk.ui.lists.list_views import RecordRows, RowsView
from ucapdesk.ui.lists.record_table import FilterLine, ListHeader, ListLetters, ListPage
from ucapdesk.ui.record.presentation import presentation
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.item_views import TextTable, show_rows
from ucapdesk.ui.toolkit.layouts import STRETCH, PlacedPart, Stack, column, grow, left, row, scroll_down
from ucapdesk.ui.toolkit.widgets import (
    ElidedButton,
    add_choice,
    announce,
    button,
    icon,
    label,
    menu_tool,
    named,
    set_tool_tip,
    set_up,
)
from ucapdesk.ui.window.window_layout import WindowLayout

MOST_OWNERS = 4  # number of kinds to which a part may belong that are named
ROOM_FOR_PICTURE = 140  # height below which the sentence stands without its picture


class EmptyList(QScrollArea):
    """Shown where nothing is recorded or nothing matches the filter.

    Attributes:
        new: Creates the first record.
        clear: Clears the filter.
        everywhere: Searches everywhere for the same words.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("list.empty")
        scroll_down(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        page = named(QWidget(), "page")
        # Whether the text below says where records come from; it gives way where there is little room.
        self._hinted = False
        self._picture = label(wrap=False, parent=page)
        self.sentence = label("", "second", name="list.empty.sentence", parent=page)
        self.tried = label("", "second", name="list.empty.tried", parent=page)
        for text in (self._picture, self.sentence, self.tried):
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.new = set_up(ElidedButton(parent=page), "list.empty.new", role="main")
        self.clear = set_up(ElidedButton(tr("list", "Clear filter"), page), "list.empty.clear", role="main")
        self.everywhere = set_up(ElidedButton(tr("list", "Search everywhere"), page), "list.empty.everywhere")
        self._buttons = self.new, self.clear, self.everywhere
        column(
            STRETCH, self._picture, self.sentence, self.tried,
            *(PlacedPart(each, 0, Qt.AlignmentFlag.AlignHCenter) for each in self._buttons), PlacedPart(None, 2),
            on=page, gap=theme.FIELDS, margins=theme.MARGIN,
        )  # fmt: skip
        self.setWidget(page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        roomy = event.size().height() > theme.px(ROOM_FOR_PICTURE)
        self._picture.setVisible(roomy)
        if self._hinted:
            self.tried.setVisible(roomy)

    def say_why(self, view: ListView, kind: Kind, *, may_make: bool) -> None:
        words = view.find.strip()
        if words:
            said = tr("list", "Nothing matches {words}.", words=words)
            if view.conditions:
                said = tr("list", "Nothing matches {words} and the other filters.", words=words)
            tried = " ".join(search.say_nothing(words)[1:])
            self._show(said, "search", tried, self.clear, self.everywhere)
        elif view.conditions:
            self._show(tr("list", "Nothing matches the filter."), "search", "", self.clear)
        else:
            self.say_nothing_yet(kind, may_make=may_make)

    def say_nothing_yet(self, kind: Kind, *, may_make: bool) -> None:
        said = tr("list", "No {kind} yet. Create the first one:") if may_make else tr("list", "No {kind} yet.")
        self._show(said.format(kind=in_sentence(kind.plural())), "document", "", *([self.new] if may_make else []))
        self.new.setText(tr("list", "New {kind}", kind=in_sentence(kind.label())))
        if not may_make and kind.owners:
            comes = presentation(kind.name).comes
            owners = tr("log", ", ").join(KINDS[name].label() for name in kind.owners)
            belong = tr("list", "They are added on the page of the record they belong to.")
            told = tr("list", "They are added on the page they belong to: {kinds}.", kinds=owners)
            self.tried.setText(comes.say() if comes else told if len(kind.owners) <= MOST_OWNERS else belong)
            self._hinted = True
            self.tried.setVisible(self.height() > theme.px(ROOM_FOR_PICTURE))

    def _show(self, said: str, picture: str, tried: str, *shown: QPushButton) -> None:
        side = theme.px(32)
        self._picture.setPixmap(icon(picture, 32, "text2").pixmap(QSize(side, side)))
        self.sentence.setText(said)
        self._hinted = False
        self.tried.say(tried)
        for each in self._buttons:
            each.setVisible(each in shown)


def in_sentence(name: str) -> str:
    """Return the name of a kind as it stands within a sentence: in lower case, but for an abbreviation or in German."""
    return name[:1].lower() + name[1:] if name[1:].islower() and language() != "de" else name


class ListMenu(QMenu):
    def __init__(self, page: ListPage) -> None:
        super().__init__(page)
        self.setObjectName("list.menu")
        self._page, self._table, self._do = page, page.table, page.do
        self.aboutToShow.connect(self._fill)

    def _fill(self) -> None:
        self.clear()
        self._fill_sorting(self.addMenu(tr("list", "Sort by")))
        add_choice(self, tr("action", "Columns…"), partial(self._do, "view.columns"))
        self.addSeparator()
        self._fill_views()
        add_choice(self, tr("action", "Save this view…"), partial(self._do, "view.save"))
        add_choice(self, tr("action", "Export list…"), partial(self._do, "file.export"))
        self.addSeparator()
        change = add_choice(self, tr("action", "Edit selected…"), partial(self._do, "edit.change_many"))
        change.setEnabled(bool(self._page.selected()))

    def _fill_views(self) -> None:
        kind = self._table.kind.name
        saved = [each for each in lists.saved_views(self._page.desk) if each.view.kind == kind]
        if not saved:
            return
        menu = self.addMenu(tr("section", "Saved views"))
        for each in saved:
            add_choice(menu, each.name, partial(self._page.show_view, each.view))
        menu.addSeparator()
        for text, command in ((tr("view", "Rename"), "view.rename"), (tr("view", "Delete"), "view.delete")):
            inner = menu.addMenu(text)
            for each in saved:
                add_choice(inner, each.name, partial(self._do, command, each.name))

    def _fill_sorting(self, menu: QMenu) -> None:
        table = self._table
        near = [table.kind.fields[name] for name in usual_columns(table.kind)]
        title, *fields = columns_of(table.kind)
        add_choice(menu, tr("list", "Default order"), lambda: table.sort_by(""), checked=not table.view.order)
        for field in (title, *near):
            self._add_order(menu, field)
        far = [field for field in fields if field not in near]
        if far:
            more = menu.addMenu(tr("list", "More fields"))
            for field in far:
                self._add_order(more, field)
        menu.addSeparator()
        view = table.view
        add_choice(
            menu,
            tr("list", "Descending"),
            partial(table.sort_by, view.order or title.name, descending=not view.descending),
            checked=view.descending,
        )
        letters, said = self._page.heads.letters, tr("list", "Show initial letters")
        add_choice(menu, said, lambda: self._page.show_letters(not letters), checked=letters)

    def _add_order(self, menu: QMenu, field: KindField) -> None:
        view = self._table.view
        add_choice(
            menu,
            field.label(),
            partial(self._table.sort_by, field.name, descending=view.descending),
            checked=view.order == field.name,
        )

    def columns_menu(self, parent: QWidget) -> QMenu:
        """Return a menu for the header: the usual columns with a tick each, and the dialog for all others."""
        table, menu = self._table, QMenu(parent)
        menu.setObjectName("list.columns_menu")
        shown = [column.name for column in table.columns[1:]]
        for name in dict.fromkeys((*shown, *usual_columns(table.kind))):
            wanted = [each for each in shown if each != name] if name in shown else [*shown, name]
            action = add_choice(
                menu, table.kind.fields[name].label(), partial(self._page.set_columns, wanted), checked=name in shown
            )
            action.setEnabled(bool(wanted))  # none at all would mean the declared ones
        menu.addSeparator()
        add_choice(menu, tr("action", "Columns…"), partial(self._do, "view.columns"))
        add_choice(menu, tr("list", "Restore default"), partial(self._page.set_columns, ()))
        return menu


COLUMNS_FROM = 560  # width below which a list has rows of two lines instead of columns
LETTERS_FROM = 20  # number of rows from which on initial letters are shown


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
        self, desk: Desk, arrangement: WindowLayout, do: Callable[..., object], parent: QWidget | None = None
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
        self.change = button(
            "list.change", tr("list", "Change…"), partial(self.do, "edit.change_many"), "quiet", tip=tip, parent=self
        )
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
        self.show_view(self.table.view._replace(find="", conditions=()))
        self.filter.setFocus()

    def _shown_anew(self) -> None:
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


RECENT_DAYS = 30  # days after which an entry of the Trash is shown only on request
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TrashPane(QWidget):
    """The Trash, from which records are viewed and restored.

    Signals:
        chosen(str): a row became the current one.
    """

    chosen = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("list")
        self._desk, self._with_old = desk, False
        self._note = label("", "second", parent=self)
        self.restore = button("trash.restore", tr("action", "Restore"), parent=self)
        self.rows = TextTable(
            "trash.rows", tr("section", "Trash"), (tr("trash", "Title"), (tr("trash", "When, by whom"), 130)), self
        )
        self.rows.setSelectionMode(QTableWidget.SelectionMode.ExtendedSelection)
        self.rows.currentCellChanged.connect(self._moved)
        self.rows.itemSelectionChanged.connect(self._enable)
        for key in ENTER:
            QShortcut(QKeySequence(key), self.rows, self.restore.click, context=Qt.ShortcutContext.WidgetShortcut)
        self.old = button("trash.old", "", self._fold, "quiet", parent=self)
        self.old.hide()  # until the Trash is shown
        head = row(
            grow(self._note), self.restore, gap=theme.GAP, margins=(theme.FIELDS, theme.GAP, theme.GAP, theme.GAP)
        )
        column(head, grow(self.rows), left(self.old), on=self, gap=0, margins=0)
        self._enable()

    def selected(self) -> list[str]:
        rows = sorted({index.row() for index in self.rows.selectionModel().selectedRows()})
        return [str(self.rows.data_of(row)) for row in rows]

    def refresh(self) -> None:
        trashed = self._desk.read.trash()
        oldest = moment(self._desk.workspace.clock()) - timedelta(days=RECENT_DAYS)
        old = [row for row in trashed if moment(row.time) < oldest]
        self._show(trashed if self._with_old else [row for row in trashed if row not in old])
        self._note.setText(
            tr("trash", "The Trash is never emptied.") if trashed else tr("trash", "The Trash is empty.")
        )
        count = ntr("trash", "{n} older than 30 days", "{n} older than 30 days", len(old))
        self.old.setText(f"{'▾' if self._with_old else '▸'} {count}")
        self.old.setVisible(bool(old))

    def _show(self, trashed: Sequence[Trashed]) -> None:
        names = records.titles(self._desk, [row.id for row in trashed], language())
        with QSignalBlocker(self.rows):
            self.rows.fill([self._cells(row, names) for row in trashed], [row.id for row in trashed])
            self.rows.clearSelection()
            self.rows.setCurrentCell(-1, -1)
        self._enable()

    def _cells(self, row: Trashed, names: dict[str, str]) -> tuple[str, str]:
        """Return title and kind one below the other, as a narrow list has no room for a column of kinds, and when and who."""
        when = f"{local_time(moment(row.time)):%Y-%m-%d %H:%M}" if row.time else ""
        return f"{names.get(row.id, row.id)}\n{KINDS[row.kind].label()}", "\n".join(filter(None, (when, row.person)))

    def _fold(self) -> None:
        self._with_old = not self._with_old
        self.refresh()

    def _enable(self) -> None:
        self.restore.setEnabled(bool(self.selected()) and not self._desk.workspace.read_only)

    def _moved(self, row: int) -> None:
        if row >= 0:
            self.chosen.emit(self.rows.data_of(row))
