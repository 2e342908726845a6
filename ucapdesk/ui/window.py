"""The window: sections, a list, a record; a search over everything. It only arranges; the services do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMainWindow,
    QMessageBox,
    QPushButton,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ucapdesk import __version__
from ucapdesk.base import settings
from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import language, tr, use_language
from ucapdesk.model.kinds import KINDS
from ucapdesk.services import ChangeSet, Desk, attachments, drafts, history, imports, records, search, upkeep
from ucapdesk.ui import theme
from ucapdesk.ui.actions import ACTIONS, MENUS
from ucapdesk.ui.changes import Changes
from ucapdesk.ui.history_view import HistoryDialog
from ucapdesk.ui.picker import picker
from ucapdesk.ui.preview import PreviewDialog
from ucapdesk.ui.record_table import RecordTable
from ucapdesk.ui.record_view import RecordView
from ucapdesk.ui.sections import sections

WIDTHS = (188, 380, 720)


class DeskWindow(QMainWindow):
    """One window on one workspace.

    ``open_other`` is asked to show another workspace in its place: with a folder to open it, with None to make one.
    """

    def __init__(self, desk: Desk, open_other: Callable[[Path | None], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self._open_other = desk, open_other
        self.resize(1280, 720)
        self.setMinimumSize(1024, 600)
        self._trash = False
        self._changes = Changes(desk, self)
        self._changes.written.connect(self._written)
        self._left_over = drafts.commit_left_over(desk)
        self._kind = "ucap"
        self.build()

    # -- laying out -------------------------------------------------------------------------------

    def build(self) -> None:
        """Lay everything out in the reader's language; also after that changed."""
        shown = self.record.record.id if hasattr(self, "record") and self.record.record else None
        self.setWindowTitle(f"{self.desk.workspace.name} – UCAPDesk")
        self._make_menus()
        self.table = RecordTable(self.desk, self)
        self.record = RecordView(self.desk, picker(self.desk, self))
        self.record.saved.connect(self._say_saved)
        self.record.opened.connect(self.show_record)
        split = QSplitter(self)
        for widget, width in zip((self._make_sections(), self._make_list(), self.record), WIDTHS, strict=True):
            split.addWidget(widget)
            split.setStretchFactor(split.count() - 1, 1 if widget is self.record else 0)
        split.setSizes(WIDTHS)
        middle = QWidget(self)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for bar in (self._make_banner(), self._make_search()):
            column.addWidget(bar)
        column.addWidget(split, 1)
        self.setCentralWidget(middle)
        self._state = QLabel(self)
        bar = self.statusBar()
        for old in bar.findChildren(QLabel):
            bar.removeWidget(old)
        bar.addWidget(self._state)
        self.show_kind(self._kind)
        if shown:
            self.show_record(shown)
        if self._left_over:
            self._state.setText(tr("window", "Typing that was not saved last time was kept."))

    def _make_menus(self) -> None:
        self.menuBar().clear()
        self.actions_by_name: dict[str, QAction] = {}
        menus = {name: self.menuBar().addMenu(label.say()) for name, label in MENUS.items()}
        for spec in ACTIONS:
            action = QAction(spec.label.say(), self)
            action.setObjectName(spec.name)
            if spec.key:
                action.setShortcut(QKeySequence(spec.key))
            action.triggered.connect(lambda _=False, do=spec.do: self._do(do))
            action.setEnabled(not (spec.needs == "write" and self.desk.workspace.read_only))
            if spec.separated:
                menus[spec.menu].addSeparator()
            menus[spec.menu].addAction(action)
            self.actions_by_name[spec.name] = action

    def _make_banner(self) -> QLabel:
        why = self.desk.workspace.why_read_only
        banner = QLabel(why.say() if why else "", self)
        banner.setProperty("role", "banner")
        banner.setVisible(bool(why))
        return banner

    def _make_search(self) -> QWidget:
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(theme.MARGIN, theme.GAP, theme.MARGIN, theme.GAP)
        self.search = QLineEdit(box)
        self.search.setObjectName("search")
        self.search.setPlaceholderText(tr("window", "Search everything: words, 汉字, pinyin or initials   Ctrl+K"))
        self.search.setAccessibleName(tr("window", "Search"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(self._open_first_hit)
        self.hits = QListWidget(box)
        self.hits.setObjectName("search.hits")
        self.hits.setAccessibleName(tr("window", "Found"))
        self.hits.setMaximumHeight(260)
        self.hits.itemActivated.connect(self._open_hit)
        self.hits.itemClicked.connect(self._open_hit)
        self.hits.hide()
        column.addWidget(self.search)
        column.addWidget(self.hits)
        return box

    def _make_sections(self) -> QListWidget:
        self.sections = QListWidget(self)
        self.sections.setObjectName("sections")
        self.sections.setAccessibleName(tr("window", "Sections"))
        for section in sections():
            heading = QListWidgetItem(section.heading.say())
            heading.setFlags(Qt.ItemFlag.NoItemFlags)
            self.sections.addItem(heading)
            for kind in section.kinds:
                item = QListWidgetItem("   " + KINDS[kind].plural())
                item.setData(Qt.ItemDataRole.UserRole, kind)
                self.sections.addItem(item)
        self.sections.currentItemChanged.connect(self._section_chosen)
        return self.sections

    def _make_list(self) -> QWidget:
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        row.setContentsMargins(theme.GAP, theme.GAP, theme.GAP, 0)
        self.filter = QLineEdit(box)
        self.filter.setObjectName("list.filter")
        self.filter.textChanged.connect(lambda _: self._list())
        self.new = QPushButton(tr("action", "New"), box)
        self.new.setObjectName("list.new")
        self.new.clicked.connect(self.new_record)
        row.addWidget(self.filter, 1)
        row.addWidget(self.new)
        self.view = QTableView(box)
        self.view.setObjectName("list")
        self.view.setModel(self.table)
        self.view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.view.setShowGrid(False)
        self.view.setSortingEnabled(True)
        self.view.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.view.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.view.verticalHeader().hide()
        self.view.verticalHeader().setDefaultSectionSize(theme.ROW)
        self.view.selectionModel().currentRowChanged.connect(self._row_chosen)
        column.addLayout(row)
        column.addWidget(self.view)
        return box

    # -- moving about -----------------------------------------------------------------------------

    def show_kind(self, kind: str) -> None:
        """List the records of a kind."""
        self._kind = kind
        plural = KINDS[kind].plural()
        self.filter.blockSignals(True)
        self.filter.clear()
        self.filter.blockSignals(False)
        self.filter.setPlaceholderText(tr("window", "Filter: {kind}", kind=plural))
        self.filter.setAccessibleName(tr("window", "Filter: {kind}", kind=plural))
        self.view.setAccessibleName(plural)
        self.new.setEnabled(not self.desk.workspace.read_only and not KINDS[kind].owners)
        self._list()
        for column in range(self.table.columnCount()):
            self.view.setColumnWidth(column, 260 if column == 0 else 150)
        for row in range(self.sections.count()):
            if self.sections.item(row).data(Qt.ItemDataRole.UserRole) == kind:
                self.sections.blockSignals(True)
                self.sections.setCurrentRow(row)
                self.sections.blockSignals(False)

    def show_record(self, id_: str) -> None:
        """Show a record, and its list behind it."""
        record = records.get(self.desk, id_)
        kind = type(record).__tablename__
        if kind != self._kind:
            self.show_kind(kind)
        row = self.table.row_of(id_)
        if row >= 0:
            self.view.selectionModel().blockSignals(True)
            self.view.selectRow(row)
            self.view.selectionModel().blockSignals(False)
            self.view.scrollTo(self.table.index(row, 0))
        self.record.show_record(id_)

    def _list(self) -> None:
        self.record.save_now()
        self.table.show(self._kind, find=self.filter.text(), trash=self._trash)

    def _section_chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(Qt.ItemDataRole.UserRole):
            self.show_kind(item.data(Qt.ItemDataRole.UserRole))
            self.record.show_record(None)

    def _row_chosen(self, current: QModelIndex) -> None:
        if current.isValid():
            self.record.show_record(self.table.id_at(current.row()))

    def _search(self, text: str) -> None:
        self.hits.clear()
        for hit in search.find(self.desk, text, language(), 40) if text.strip() else ():
            where = f"  —  {hit.where}" if hit.where else ""
            item = QListWidgetItem(f"{hit.title or KINDS[hit.kind].label()}   ·   {KINDS[hit.kind].label()}{where}")
            item.setData(Qt.ItemDataRole.UserRole, hit.id)
            self.hits.addItem(item)
        if text.strip() and not self.hits.count():
            nothing = QListWidgetItem(tr("window", "Nothing found. Try fewer letters, or the other language."))
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self.hits.addItem(nothing)
        self.hits.setVisible(bool(text.strip()))

    def _open_first_hit(self) -> None:
        if self.hits.count():
            self._open_hit(self.hits.item(0))

    def _open_hit(self, item: QListWidgetItem) -> None:
        id_ = item.data(Qt.ItemDataRole.UserRole)
        if id_:
            self.search.clear()
            self.show_record(id_)

    # -- changes ----------------------------------------------------------------------------------

    def _written(self, change: ChangeSet) -> None:
        if self._kind in change.kinds or {f.meta.kinds for f in KINDS[self._kind].fields.values()} & {(k,) for k in change.kinds}:
            self._refresh_list()
        if change.initiator is not self.record:
            self.record.refresh()

    def _refresh_list(self) -> None:
        shown = self.record.record.id if self.record.record is not None else None
        self.view.selectionModel().blockSignals(True)
        self.table.refresh()
        row = self.table.row_of(shown) if shown else -1
        if row >= 0:
            self.view.selectRow(row)
        self.view.selectionModel().blockSignals(False)

    def _say_saved(self) -> None:
        self._state.setText(tr("window", "Saved {time}", time=datetime.now().astimezone().strftime("%H:%M")))

    def _do(self, name: str) -> None:
        """Run a command; what it cannot do is said in one sentence."""
        self.save_now()
        try:
            getattr(self, name)()
        except UserError as error:
            self.tell(error.say())

    def tell(self, sentence: str) -> None:
        """A sentence that needs to be read."""
        box = QMessageBox(QMessageBox.Icon.Information, "UCAPDesk", sentence, QMessageBox.StandardButton.Ok, self)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.exec()
        box.deleteLater()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 (Qt's name)
        self.save_now()
        self._changes.close()
        super().closeEvent(event)

    # -- commands: one method a line of actions.ACTIONS ---------------------------------------------

    def save_now(self) -> None:
        """Write what is being typed."""
        self.record.save_now()

    def undo(self) -> None:
        """Take back the last step and show it."""
        said = history.next_undo(self.desk, language())
        self._show_step(history.undo(self.desk).records, tr("window", "Undone: {step}", step=said or ""))

    def redo(self) -> None:
        """Do the last undone step again and show it."""
        said = history.next_redo(self.desk, language())
        self._show_step(history.redo(self.desk).records, tr("window", "Done again: {step}", step=said or ""))

    def _show_step(self, written: frozenset[tuple[str, str]], said: str) -> None:
        for _, id_ in sorted(written):
            record = self.desk.read.record(id_)
            if record is not None and not record.reserved and not record.is_deleted:
                self.show_record(id_)
                break
        self._state.setText(said)

    def new_record(self) -> None:
        """An empty record of the kind listed."""
        if not KINDS[self._kind].owners:
            self.record.show_new(KINDS[self._kind])

    def trash_record(self) -> None:
        """Move the shown record to the Trash; Undo brings it back."""
        if self.record.record is not None:
            records.trash(self.desk, self.record.record.id)
            self.record.show_record(None)

    def restore_record(self) -> None:
        """Take the shown record out of the Trash."""
        if self.record.record is not None:
            records.untrash(self.desk, self.record.record.id)

    def toggle_trash(self) -> None:
        """List what is in the Trash, or what is not."""
        self._trash = not self._trash
        self._list()
        self.record.show_record(None)

    def show_history(self) -> None:
        """Who wrote what into the shown record."""
        if self.record.record is not None:
            dialog = HistoryDialog(self.desk, self.record.record.id, self)
            dialog.exec()
            dialog.deleteLater()

    def preview(self) -> None:
        """The page of the shown record as it will be printed; a part is printed with its record."""
        if self.record.record is not None:
            dialog = PreviewDialog(self.desk, self.record.record.id, parent=self)
            dialog.exec()
            dialog.deleteLater()

    def attach(self) -> None:
        """Keep copies of files with the shown record."""
        names, _ = QFileDialog.getOpenFileNames(self, tr("action", "Attach files…"))
        if names and self.record.record is not None:
            attachments.attach(self.desk, self.record.record.id, [Path(name) for name in names])

    def import_paper(self) -> None:
        """Take in a UCAP at a glance."""
        names, _ = QFileDialog.getOpenFileNames(
            self, tr("action", "Import a UCAP document…"), "", "UCAP (*.txt *.docx *.pdf)"
        )
        for report in imports.import_files(self.desk, [Path(name) for name in names]):
            self.tell(report.say())

    def save_backup(self) -> None:
        """One file with everything."""
        name, _ = QFileDialog.getSaveFileName(self, tr("action", "Save a backup…"), "", "UCAPDesk (*.ucapbackup)")
        if name:
            upkeep.backup(self.desk, Path(name))

    def new_workspace(self) -> None:
        """Make another workspace and open it here."""
        self._open_other(None)

    def open_workspace(self) -> None:
        """Open another workspace here."""
        name = QFileDialog.getExistingDirectory(self, tr("action", "Open workspace…"))
        if name:
            self._open_other(Path(name))

    def focus_search(self) -> None:
        """Into the search."""
        self.search.setFocus()
        self.search.selectAll()

    def focus_filter(self) -> None:
        """Into the filter of the list."""
        self.filter.setFocus()

    def use_english(self) -> None:
        """English, at once."""
        self._use(interface_language="en")

    def use_chinese(self) -> None:
        """Chinese, at once."""
        self._use(interface_language="zh")

    def use_light(self) -> None:
        """The light theme."""
        self._use(theme="light")

    def use_dark(self) -> None:
        """The dark theme."""
        self._use(theme="dark")

    def use_system(self) -> None:
        """The theme of the system."""
        self._use(theme="system")

    def _use(self, **choice: str) -> None:
        chosen = settings.load().with_(**choice)
        settings.save(chosen)
        dress(chosen)
        self.build()

    def about(self) -> None:
        """What this is."""
        self.tell(tr("window", "UCAPDesk {version}: UCAPs, visits, meetings and MoUs in two languages, without a network.", version=__version__))


def dress(chosen: settings.Settings) -> None:
    """Language and look of the whole application, from the settings."""
    use_language(chosen.interface_language)
    app = QApplication.instance()
    if isinstance(app, QApplication):
        dark = theme.is_dark(app, chosen.theme)
        theme.apply(app, dark=dark, text_size=chosen.text_size, lang=chosen.interface_language)
