"""The base classes of record pages: the form and parts derived from a kind, and the panels a kind adds.

A plain page is the form over its parts. A kind with a page of its own derives from ``RecordScreen``, or from ``TabbedScreen``
where its parts do not fit under one another, and is named in ``record.presentation``. Saving, drafts, undo, history and moving
about stay with the record view; a screen only arranges, and adds panels.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ucapdesk.base.i18n import Message, tr
from ucapdesk.model.record import Record
from ucapdesk.ui.record.child_list import ChildList
from ucapdesk.ui.record.form import RecordForm, focus_cell
from ucapdesk.ui.record.record_page import RecordPage
from ucapdesk.ui.record.record_parts import RecordParts
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.highlight import highlight
from ucapdesk.ui.toolkit.layout_builder import flow
from ucapdesk.ui.toolkit.tab_bar import tab_bar


class RecordScreen:
    """The page of one record, used as it is by kinds without a page of their own. It lives as long as the record is shown."""

    covers: ClassVar[frozenset[str]] = frozenset()
    """Kinds of parts that the screen shows itself, which the derived lists therefore leave out."""
    whole: ClassVar[bool] = False
    """Whether the page takes the whole width of any screen; a form does not."""
    takes_people: ClassVar[bool] = False
    """Whether rows of people that are pasted or dropped become people of the record."""

    def __init__(self, view: RecordPage, column: QVBoxLayout) -> None:
        """``column`` is the page; it holds the header, and a stretch at its end. New widgets go before the stretch."""
        self.view, self.column = view, column
        self.page = column.parentWidget() or view
        self.lists: dict[str, ChildList] = {}
        """The lists of parts that the screen shows itself, by kind."""
        self._offered: dict[str, object] = {}

    @classmethod
    def for_record(cls, _record: Record) -> type[RecordScreen]:
        """Return the screen for one record of its kind."""
        return cls

    def put(self, widget: QWidget) -> None:
        """Add a widget to the end of the page."""
        self.column.insertWidget(self.column.count() - 1, widget)

    def put_form(self, form: RecordForm) -> None:
        """Take the derived form; the record need not exist yet."""
        self.form = form
        self.put(form)

    def put_parts(self, parts: RecordParts) -> None:
        """Take the derived lists of parts; the record exists now."""
        self.put(parts)

    def fill(self, record: Record) -> None:
        """Show the record after it or its parts were read again; form and lists show it already."""

    def is_new_offer(self, about: str, what: object) -> bool:
        """Return whether the bar is to offer this: once while it stays the same, also where it was closed; None takes an offer back."""
        if what == self._offered.get(about):
            return False
        self._offered[about] = what
        self.view.bar.clear(about)
        return what is not None

    def bring(self, widget: QWidget) -> None:
        """Make a widget of the page visible before it is focused."""

    def focus_first(self) -> bool:
        """Focus the place where work begins; return False for the first field of the form."""
        return False

    @property
    def chosen_point(self) -> str:
        """The id of the point of a programme that is selected on the page; empty for none."""
        return ""

    def paste_rows(self, text: str) -> bool:
        """Take rows of a table pasted anywhere on the page; return False where they mean nothing here."""
        return False

    def begin_action(self) -> bool:
        """Begin a new action on this page and focus it; return False where the page has no place for one."""
        return False

    def point_at(self, name: str) -> QWidget | None:
        """Focus and return the screen's own widget for a field or a list of parts; None where it has none."""
        found = self.lists.get(name)
        if found is not None:
            found.begin()
            highlight(found)
        return found

    def row_of(self, id_: str) -> QWidget | None:
        """Return the row of a part that the screen shows itself, selected and scrolled to; None where it shows none."""
        return next((row for each in self.lists.values() if (row := each.row_of(id_)) is not None), None)

    def take_up(self, id_: str, cell: str) -> bool:
        """Focus a cell of such a part where typing ended with the program; return False where it is not here."""
        row = self.row_of(id_)
        if row is not None:
            focus_cell(row, cell)
        return row is not None


class TabbedScreen(RecordScreen):
    """A page whose parts stand in tabs. The tab chosen last is shown first for records of that kind.

    A derived class names its ``tabs``, gives their panels with ``panels_of``, and says with ``fills`` which of them take
    the height of the window.
    """

    tabs: ClassVar[Mapping[str, Message]] = {}
    """Label of each tab, by its key: the derived form with its parts, or panels of the screen."""
    form_tab: ClassVar[str] = "details"
    """The key of the tab with the derived form."""
    fills: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, view: RecordPage, column: QVBoxLayout) -> None:
        super().__init__(view, column)
        self._inside: dict[str, list[QWidget]] = {key: [] for key in self.tabs}
        self.bar = tab_bar("record.tabs", tr("record", "Parts of this record"), self.page)
        for label in self.tabs.values():
            self.bar.addTab(label.say())
        self.bar.currentChanged.connect(self._chosen)
        self.row = QWidget(self.page)
        """The line of the tabs, and of the widgets added with ``beside``."""
        self._flow = flow(self.bar, on=self.row, gap=theme.MARGIN)
        self.row.hide()
        self.put(self.row)
        for keys, by in (("Ctrl+Tab", 1), ("Ctrl+Shift+Tab", -1)):
            here = Qt.ShortcutContext.WidgetWithChildrenShortcut
            QShortcut(QKeySequence(keys), self.page, context=here).activated.connect(partial(self._step, by))

    def beside(self, widget: QWidget) -> None:
        """Add a small widget beside the tabs, or below them where there is no room."""
        self._flow.addWidget(widget)

    def panels_of(self, key: str) -> Sequence[QWidget]:
        """Return the panels of a tab besides the derived form; called once, when the record exists."""
        raise NotImplementedError

    @property
    def current(self) -> str:
        """The key of the tab that is shown."""
        return list(self.tabs)[self.bar.currentIndex()]

    def put_form(self, form: RecordForm) -> None:
        super().put_form(form)
        self._inside[self.form_tab].append(form)
        self._begun = self.view.id is None
        self.show_tab(self.form_tab)

    def put_parts(self, parts: RecordParts) -> None:
        """Fill the other tabs now that the record exists. A form being edited stays."""
        super().put_parts(parts)
        self._inside[self.form_tab].append(parts)
        for key in self.tabs:
            for panel in self.panels_of(key):
                self.put(panel)
                self._inside[key].append(panel)
        self.row.show()
        kept = self.view.arrangement.of("tab", self._kind)
        first = kept if kept in self._inside else next(iter(self.tabs))
        self.show_tab(self.form_tab if self._begun else first)

    def tab_shown(self, key: str) -> None:
        """Called when a tab comes into view; its content may be read now."""

    def say_in_tab(self, key: str, label: str) -> None:
        """Set the label of a tab, which includes the number of its entries."""
        self.bar.setTabText(self._at(key), label.replace("&", "&&"))

    def bring(self, widget: QWidget) -> None:
        for key, inside in self._inside.items():
            if any(each is widget or each.isAncestorOf(widget) for each in inside):
                self.show_tab(key)
                return

    @property
    def _kind(self) -> str:
        return type(self.view.record).__tablename__ if self.view.record is not None else ""

    def _at(self, key: str) -> int:
        return list(self.tabs).index(key)

    def show_tab(self, key: str) -> None:
        """Show a tab."""
        with QSignalBlocker(self.bar):
            self.bar.setCurrentIndex(self._at(key))
        self._show()

    def _chosen(self) -> None:
        """Save the text typed in the other tab when the user chooses a tab."""
        self.view.save_now()
        self._show()
        self.view.arrangement.keep("tab", self._kind, self.current)

    def _step(self, by: int) -> None:
        """Show and focus the next tab."""
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
