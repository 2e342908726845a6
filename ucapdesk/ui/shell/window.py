"""The window: sections, a list, a record; a search over everything. It only arranges; the services do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMenu,
    QMessageBox,
    QPushButton,
    QStackedWidget,
    QStatusBar,
    QVBoxLayout,
    QWidget,
)

from ucapdesk.base import settings
from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import INTERFACE_LANGUAGES, LANGUAGE_NAMES, language, tr
from ucapdesk.model.kinds import KINDS, LISTED
from ucapdesk.model.plain import kind_of
from ucapdesk.services import ChangeSet, Desk, drafts, records, search
from ucapdesk.ui.lists.pane import ListPane
from ucapdesk.ui.lists.trash import TrashPane
from ucapdesk.ui.look import theme
from ucapdesk.ui.look.dress import dress
from ucapdesk.ui.record.view import RecordView
from ucapdesk.ui.shell.actions import ACTIONS, CHOICES, MENUS
from ucapdesk.ui.shell.arrangement import Arrangement, Panes
from ucapdesk.ui.shell.changes import Changes
from ucapdesk.ui.shell.commands import Commands
from ucapdesk.ui.shell.notice import Notice
from ucapdesk.ui.shell.search_box import SearchBox
from ucapdesk.ui.shell.sections import TRASH, Sections
from ucapdesk.ui.shell.trail import Place, Trail


class DeskWindow(QMainWindow):
    """One window on one workspace.

    ``open_other`` is asked to show another workspace in its place: with a folder to open it, with None to make one.
    """

    def __init__(self, desk: Desk, open_other: Callable[[Path | None], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.open_other = desk, open_other
        self.commands = Commands(self)
        self.trail, self._stepping = Trail(desk.workspace.id), False
        self.setMinimumSize(1024, 600)
        self.arrangement = Arrangement()
        self.arrangement.place(self)
        self._section, self._told_at_closing = "ucap", False
        self._changes = Changes(desk, self)
        self._changes.written.connect(self._written)
        QApplication.styleHints().colorSchemeChanged.connect(self.dress_anew)
        self._build(None)
        self._recover()

    # -- laying out -------------------------------------------------------------------------------

    def _build(self, shown: str | None) -> None:
        """Lay everything out in the reader's language."""
        self.setWindowTitle(f"{self.desk.workspace.name} – UCAPDesk")
        middle = QWidget(self)
        self.sections = Sections()
        self.list, self.trash = ListPane(self.desk, self.arrangement), TrashPane(self.desk)
        self.record = RecordView(self.desk)
        self._lists = QStackedWidget()
        self._lists.addWidget(self.list)
        self._lists.addWidget(self.trash)
        split = self._panes = Panes(self.arrangement, middle)
        for widget in (self.sections, self._lists, self.record):
            split.addWidget(widget)
            split.setStretchFactor(split.count() - 1, int(widget is self.record))
        self.record.setMinimumWidth(360)
        self.notice = Notice("notice", middle)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for bar in (self._make_banner(middle), self._make_search(middle), self.notice):
            column.addWidget(bar)
        column.addWidget(split, 1)
        self.setCentralWidget(middle)
        self._make_status()
        self._make_menus()
        self._connect()
        self.show_section(self._section)
        if shown:
            self.show_record(shown)
        self._note_place()

    def _connect(self) -> None:
        self.sections.chosen.connect(self._section_chosen)
        self.search.opened.connect(self._open_found)
        self.search.left.connect(self._focus_list)
        self.search.given.connect(lambda name: self.actions_for(name)())
        self.list.chosen.connect(self._row_chosen)
        self.list.entered.connect(self._into_record)
        self.list.wanted.connect(lambda: self.do("new_record"))
        self.list.unwanted.connect(lambda: self.do("trash_record", "living"))
        self.trash.chosen.connect(self.record.show_record)
        self.record.saved.connect(self._say_saved)
        self.record.opened.connect(self.show_record)
        self.record.left.connect(self._focus_list)
        self.record.shown.connect(self._note_place)

    def _make_banner(self, over: QWidget) -> Notice:
        banner = Notice("read_only", over, stays=True)
        why = self.desk.workspace.why_read_only
        banner.say(why.say() if why else "")
        return banner

    def _make_search(self, over: QWidget) -> QWidget:
        box = QWidget(over)
        row = QHBoxLayout(box)
        row.setContentsMargins(theme.MARGIN, theme.GAP, theme.MARGIN, theme.GAP)
        row.setSpacing(theme.GAP)
        self.search = SearchBox(self.desk, over, self._others, self.commands.can)
        self.print = QPushButton(tr("action", "Preview and print…"), box)
        self.print.setObjectName("record.print")
        self.print.setProperty("role", "main")
        self.print.clicked.connect(lambda: self.do("preview"))
        row.addWidget(self.search, 1)
        row.addWidget(self.print)
        return box

    def _make_status(self) -> None:
        """What was done last on the left; who writes, and the languages by their own names, on the right."""
        status = QStatusBar(self)
        self.setStatusBar(status)
        self._state = QLabel(status)
        self._state.setObjectName("state")
        status.addWidget(self._state, 1)
        if self.desk.workspace.person:
            status.addPermanentWidget(QLabel(self.desk.workspace.person, status))
        group = QButtonGroup(status)
        for lang in INTERFACE_LANGUAGES:
            button = QPushButton(LANGUAGE_NAMES[lang], status)
            button.setObjectName(f"language.{lang}")
            button.setProperty("role", "quiet")
            button.setCheckable(True)
            button.setChecked(lang == language())
            button.clicked.connect(self.actions_for(CHOICES["interface_language"][lang]))
            group.addButton(button)
            status.addPermanentWidget(button)

    def actions_for(self, name: str) -> Callable[[], None]:
        """What a command of the menus does."""
        spec = next(spec for spec in ACTIONS if spec.name == name)
        return lambda: self.do(spec.do, spec.needs, spec.on)

    def _make_menus(self) -> None:
        self.menuBar().clear()
        for old in self.findChildren(QAction, options=Qt.FindChildOption.FindDirectChildrenOnly):
            old.deleteLater()
        self._actions: dict[str, QAction] = {}
        menus = {name: self.menuBar().addMenu(label.say()) for name, label in MENUS.items()}
        for spec in ACTIONS:
            action = QAction(spec.label.say(), self)
            action.setObjectName(spec.name)
            action.setShortcuts([QKeySequence(key) for key in spec.keys])
            action.triggered.connect(self.actions_for(spec.name))
            if spec.separated:
                menus[spec.menu].addSeparator()
            menus[spec.menu].addAction(action)
            self._actions[spec.name] = action
        self._make_recent(menus["go"])
        chosen = settings.load()
        for setting, by_value in CHOICES.items():
            for value, name in by_value.items():
                self._actions[name].setCheckable(True)
                self._actions[name].setChecked(value == getattr(chosen, setting))

    def _make_recent(self, go: QMenu) -> None:
        """The records opened last; read when one looks."""
        go.addSeparator()
        self.recent = go.addMenu(tr("action", "Opened last"))
        self.recent.aboutToShow.connect(self._fill_recent)

    def _others(self) -> list[str]:
        """The records opened last, but the one that is shown: Enter leads to the one before."""
        return [id_ for id_ in self.trail.recent() if id_ != self.record.id]

    def _fill_recent(self) -> None:
        self.recent.clear()
        for hit in search.these(self.desk, self.trail.recent()):
            title = " ".join((hit.title or KINDS[hit.kind].label()).split())
            action = self.recent.addAction(title.replace("&", "&&"))
            action.triggered.connect(lambda _=False, id_=hit.id: self._open_found(id_))
        if self.recent.isEmpty():
            self.recent.addAction(tr("list", "Nothing here yet.")).setEnabled(False)

    def _enable(self) -> None:
        """Let only those commands be given that make sense now."""
        for spec in ACTIONS:
            self._actions[spec.name].setEnabled(self.commands.can(spec.needs))
        self.print.setEnabled(self.commands.can("paper"))

    def dress_anew(self) -> None:
        """Show everything in another language or look, at the same place."""
        app = QApplication.instance()
        self.record.save_now()
        shown = self.record.id
        if isinstance(app, QApplication):
            dress(app, settings.load())
        self._build(shown)

    # -- moving about -----------------------------------------------------------------------------

    def show_section(self, key: str) -> None:
        """List the records of a kind, or the Trash."""
        self._section = key
        self.sections.select(key)
        self._lists.setCurrentIndex(int(key == TRASH))
        self._panes.show_for(key)
        if key == TRASH:
            self.trash.refresh()
        else:
            self.list.show_kind(key)
        self._enable()

    def _section_chosen(self, key: str) -> None:
        self.record.save_now()
        self.show_section(key)
        self.record.show_record(None)

    def show_record(self, id_: str | None) -> None:
        """Show a record, and its list behind it."""
        if id_:
            record = records.get(self.desk, id_)
            kind = kind_of(record).name
            if not record.is_deleted and kind != self._section:
                self.show_section(kind)
            self.list.select(id_)
        self.record.show_record(id_)
        self._note_place()

    def _open_found(self, id_: str) -> None:
        """Show a record and put the keys into its list, where no letter can change anything."""
        self.show_record(id_)
        self._focus_list()

    def enter_section(self, key: str) -> None:
        """Choose a section, with the keys in its list; the one shown stays as it is."""
        if key != self._section:
            self._section_chosen(key)
        self._focus_list()

    def _note_place(self) -> None:
        """Remember where one is. A record that is not made yet is no place."""
        if not self._stepping and (self.record.record is None or self.record.id):
            self.trail.note(Place(self._section, self.record.id))
        self._enable()

    def step(self, by: int) -> None:
        """Go back, or forward; past what is there no more."""
        self._stepping = True
        try:
            while self.trail.can(by):
                if self._show_place(self.trail.step(by)):
                    break
        finally:
            self._stepping = False
        self._focus_list()
        self._enable()

    def _show_place(self, place: Place) -> bool:
        if place.id and not search.exists(self.desk, place.id):
            return False
        if place.section != self._section:
            self.show_section(place.section)
        if place.id is None:
            self.list.select(None)
        self.show_record(place.id)
        return True

    def focus_pane(self, by: int) -> None:
        """Put the keys into the next part of the window, or the one before."""
        focus, panes = QApplication.focusWidget(), (self.sections, self._lists, self.record)
        at = next((n for n, pane in enumerate(panes) if focus and (pane is focus or pane.isAncestorOf(focus))), None)
        to = (at + by) % len(panes) if at is not None else (0 if by > 0 else len(panes) - 1)
        (self.sections.setFocus, self._focus_list, self._into_record)[to]()

    def _focus_list(self) -> None:
        """Put the keys into the list. Qt would choose its first row by that, and so open a record nobody asked for."""
        view = self.trash.rows if self._section == TRASH else self.list.view
        if not view.isVisibleTo(self):
            self.list.filter.setFocus()
            return
        rows = view.selectionModel()
        with QSignalBlocker(view), QSignalBlocker(rows):
            chosen = view.currentIndex().isValid()
            view.setFocus()
            if not chosen:
                rows.clear()

    def _row_chosen(self, id_: str) -> None:
        self.record.show_record(id_)

    def _into_record(self) -> None:
        if self.record.form:
            self.record.form.focus(next(iter(self.record.editors)))
        else:
            self.record.setFocus()

    # -- changes ----------------------------------------------------------------------------------

    def _written(self, change: ChangeSet) -> None:
        self.list.refresh(change, self.record.id)
        if self._section == TRASH:
            self.trash.refresh()
        if change.initiator is not self.record:
            self.record.refresh()
        self._enable()

    def _recover(self) -> None:
        """Save what was typed before the program last ended without warning, and show it."""
        if self.desk.workspace.read_only:
            return
        left = drafts.commit_left_over(self.desk)
        failed = [each for each in left if each.error is not None]
        if left and not failed:
            self.show_record(left[-1].id)
            self.say(tr("window", "What was being typed when the program ended was saved."))
        for each in failed:
            if each.error is not None:
                self.notice.say(each.error.say())

    def show_step(self, written: frozenset[tuple[str, str]], said: str) -> None:
        """Go where a step was taken back or done again, and say so."""
        if (self._kind_shown(), self.record.id) not in written:
            living = [
                id_ for kind, id_ in sorted(written) if kind in LISTED and not records.get(self.desk, id_).is_deleted
            ]
            if living:
                self.show_record(living[0])
        self.say(said)

    def _kind_shown(self) -> str:
        return kind_of(self.record.record).name if self.record.record is not None else ""

    # -- saying -----------------------------------------------------------------------------------

    def _say_saved(self) -> None:
        self.say(tr("window", "Saved {time}", time=datetime.now().astimezone().strftime("%H:%M")))

    def say(self, sentence: str) -> None:
        """What was done, at the foot of the window."""
        self._state.setText(sentence)

    def tell(self, sentence: str) -> None:
        """A sentence that needs to be read."""
        box = QMessageBox(QMessageBox.Icon.NoIcon, "UCAPDesk", sentence, QMessageBox.StandardButton.Ok, self)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.exec()
        box.deleteLater()

    def do(self, name: str, needs: str = "", on: str = "") -> None:
        """Run a command, on something if it is named; what it cannot do is said in one sentence."""
        if not self.commands.can(needs):
            return
        self.record.save_now()
        self.notice.say("")
        try:
            getattr(self.commands, name)(*filter(None, (on,)))
        except UserError as error:
            self.notice.say(error.say())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save. What cannot be saved keeps the window open once, to be seen."""
        if not self.record.save_now() and not self._told_at_closing:
            self._told_at_closing = True
            event.ignore()
            return
        self._changes.close()
        self.arrangement.note(self)
        self.arrangement.save()
        self.trail.keep()
        super().closeEvent(event)
