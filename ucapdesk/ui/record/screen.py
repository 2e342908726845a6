"""How the page of a record is put together: fields and parts derived from its kind, and what a kind has besides.

A plain page is the form over its parts. A kind with a page of its own derives from ``Screen``, or from ``TabbedScreen``
where its parts do not fit under one another, and is named in ``shell.record_screens``. Saving, drafts, undo, history and moving
about stay with the record view; a screen only arranges, and adds panels.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTabBar, QVBoxLayout, QWidget

from ucapdesk.base.i18n import Message, tr
from ucapdesk.ui.look import theme
from ucapdesk.ui.look.flow import Flow

if TYPE_CHECKING:
    from ucapdesk.model.record import Record
    from ucapdesk.ui.record.form import RecordForm
    from ucapdesk.ui.record.page import RecordPage
    from ucapdesk.ui.record.parts import Parts


class Screen:
    """The page of one record, as it is for kinds that have no other. It lives as long as the record is shown."""

    covers: ClassVar[frozenset[str]] = frozenset()
    """Kinds of parts that the screen shows itself, so that they do not stand among the derived lists as well."""

    def __init__(self, view: RecordPage, column: QVBoxLayout, *, read_only: bool) -> None:
        """``column`` is the page: the header is in it, and a stretch at its end. What is put in comes before that."""
        self.view, self.column, self.read_only = view, column, read_only

    def put(self, widget: QWidget) -> None:
        """Add to the end of the page."""
        self.column.insertWidget(self.column.count() - 1, widget)

    def put_form(self, form: RecordForm) -> None:
        """The derived form was made; the record need not be there yet."""
        self.put(form)

    def put_parts(self, parts: Parts) -> None:
        """The record is there, at once or since its first field was left; these are its derived lists."""
        self.put(parts)

    def fill(self, record: Record) -> None:
        """The record, or something that belongs to it, was read again; form and parts show it already."""

    def bring(self, widget: QWidget) -> None:
        """Make something that was put on the page visible, before it is pointed at."""

    def focus_first(self) -> bool:
        """Put the keys where work begins; False for the first field of the form."""
        return False

    def begin_action(self) -> bool:
        """A new action was asked for: True where the page has a place for it, with the keys in it now."""
        return False

    def point_at(self, name: str) -> QWidget | None:
        """What the screen has in place of a field or of a list of parts, with the keys in it; None where it has nothing."""
        return None

    def row_of(self, id_: str) -> QWidget | None:
        """Where a part stands that the screen shows itself, chosen and in sight; None where it does not."""
        return None

    def take_up(self, id_: str, cell: str) -> bool:
        """Put the keys into a cell of such a part, where typing ended with the program; False where it is not here."""
        return False


class Tab(NamedTuple):
    """One tab: the derived form with its parts, or panels of the screen."""

    key: str
    label: Message


class TabbedScreen(Screen):
    """A page whose parts stand behind tabs. The tab that somebody chose last is shown first for records of that kind.

    A derived class names its ``tabs``, gives their panels with ``panels_of``, and says with ``fills`` which of them take
    the height of the window.
    """

    tabs: ClassVar[tuple[Tab, ...]] = ()
    form_tab: ClassVar[str] = "details"
    """The tab of the derived form."""
    fills: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, view: RecordPage, column: QVBoxLayout, *, read_only: bool) -> None:
        super().__init__(view, column, read_only=read_only)
        page = column.parentWidget() or view
        self._inside: dict[str, list[QWidget]] = {tab.key: [] for tab in self.tabs}
        self.bar = QTabBar(page)
        self.bar.setObjectName("record.tabs")
        self.bar.setAccessibleName(tr("record", "Parts of this record"))
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        for tab in self.tabs:
            self.bar.addTab(tab.label.say())
        self.bar.currentChanged.connect(self._chosen)
        self.row = QWidget(page)
        """The tabs, and what a screen puts beside them with ``beside``."""
        self._flow = Flow(self.row, theme.MARGIN)
        self._flow.addWidget(self.bar)
        self.row.hide()
        self.put(self.row)
        for keys, by in (("Ctrl+Tab", 1), ("Ctrl+Shift+Tab", -1)):
            step = QShortcut(QKeySequence(keys), page)
            step.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            step.activated.connect(lambda by=by: self._step(by))

    def beside(self, widget: QWidget) -> None:
        """Put something small beside the tabs, under them where there is no room."""
        self._flow.addWidget(widget)

    def panels_of(self, key: str) -> Sequence[QWidget]:
        """What stands behind a tab, besides the derived form; made once, when the record is there."""
        raise NotImplementedError

    @property
    def current(self) -> str:
        """The tab that is shown."""
        return self.tabs[self.bar.currentIndex()].key

    def put_form(self, form: RecordForm) -> None:
        super().put_form(form)
        self._inside[self.form_tab].append(form)
        self._begun = self.view.id is None
        self._choose(self.form_tab)

    def put_parts(self, parts: Parts) -> None:
        """Now there is something behind the other tabs. A form that somebody is in the middle of stays."""
        super().put_parts(parts)
        self._inside[self.form_tab].append(parts)
        for tab in self.tabs:
            for panel in self.panels_of(tab.key):
                self.put(panel)
                self._inside[tab.key].append(panel)
        self.row.show()
        kept = self.view.arrangement.of("tab", self._kind) if self.view.arrangement else None
        first = kept if kept in self._inside else self.tabs[0].key
        self._choose(self.form_tab if self._begun else first)

    def tab_shown(self, key: str) -> None:
        """A tab came into sight; what stands behind it may be read now."""

    def say_in_tab(self, key: str, label: str) -> None:
        """What a tab is called now, with how many there are behind it."""
        self.bar.setTabText(self._at(key), label.replace("&", "&&"))

    def bring(self, widget: QWidget) -> None:
        for key, inside in self._inside.items():
            if any(each is widget or each.isAncestorOf(widget) for each in inside):
                self._choose(key)
                return

    def show_tab(self, key: str) -> None:
        """Show what is behind a tab."""
        self._choose(key)

    @property
    def _kind(self) -> str:
        return type(self.view.record).__tablename__ if self.view.record is not None else ""

    def _at(self, key: str) -> int:
        return next(at for at, tab in enumerate(self.tabs) if tab.key == key)

    def _choose(self, key: str) -> None:
        with QSignalBlocker(self.bar):
            self.bar.setCurrentIndex(self._at(key))
        self._show()

    def _chosen(self, at: int) -> None:
        """Somebody chose a tab: what was typed behind the other one is saved."""
        self.view.save_now()
        self._show()
        if self.view.arrangement:
            self.view.arrangement.keep("tab", self._kind, self.tabs[at].key)

    def _step(self, by: int) -> None:
        """The next tab, with the keys in it."""
        if not self.row.isHidden():
            self.bar.setCurrentIndex((self.bar.currentIndex() + by) % len(self.tabs))
            if not self.focus_first():
                self.bar.setFocus()

    def _show(self) -> None:
        fills = self.current in self.fills and not self.row.isHidden()
        shown = set(map(id, self._inside[self.current]))
        for widget in (each for inside in self._inside.values() for each in inside):
            there = id(widget) in shown
            widget.setVisible(there)
            self.column.setStretchFactor(widget, int(there and fills))
        self.column.setStretch(self.column.count() - 1, int(not fills))
        if not self.row.isHidden():
            self.tab_shown(self.current)
