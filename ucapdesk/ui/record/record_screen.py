"""The base classes of record pages: the form, the parts and the linked records derived from a kind, and the panels a kind adds.

A plain page is the form over its parts. A kind with a page of its own derives from ``RecordScreen``, or from ``TabbedScreen`` where its parts do not fit under one another, and is named in ``record.presentation``. Saving, drafts, undo, history and moving about stay with the record view; a screen only arranges, and adds panels.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QListWidgetItem, QMenu, QVBoxLayout, QWidget

from ucapdesk.base.i18n import Message, language, tr
from ucapdesk.model.kind import Kind
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.paper_kinds import Attachment
from ucapdesk.model.record import Record
from ucapdesk.model.serialize import kind_of
from ucapdesk.services.records import records
from ucapdesk.ui.record.attachments import FileList
from ucapdesk.ui.record.child_list import ChildList
from ucapdesk.ui.record.form import RecordForm, focus_cell, focus_first
from ucapdesk.ui.record.presentation import presentation
from ucapdesk.ui.record.record_page import RecordPage
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.item_views import WholeList
from ucapdesk.ui.toolkit.keyboard_focus import highlight
from ucapdesk.ui.toolkit.layouts import column, flow, grow, refill, row, tab_bar
from ucapdesk.ui.toolkit.widgets import button, filled_on_open, label

PART_ROW_PX = 28
# Maximum length of a short list; a last line says how many more there are and leads to the whole list.
MAX_PARTS_LISTED = 100
ATTACHMENT = "attachment"
USES = "*"  # stands for the records that link to this one, in the set of lists a page shows elsewhere


def in_rows(kind: Kind) -> bool:
    return bool(kind.owners) and kind.ordered and kind.name != ATTACHMENT


class RecordParts(QWidget):
    """The parts of one record, and the records that link to it.

    Signals:
        wanted(str): a part of this kind is to be created in its own form.
    """

    wanted = Signal(str)

    def __init__(self, view: RecordPage, record: Record, without: Collection[str], parent: QWidget) -> None:
        """``without``: kinds of parts that the page shows elsewhere."""
        super().__init__(parent)
        self._view, self._desk, self._id, self._kind = view, view.desk, record.id, kind_of(record)
        self._without = without
        self._children = [kind for kind in self._kind.children if kind.name not in without]
        self._rows = [kind for kind in self._children if in_rows(kind)]
        self.lists: dict[str, ChildList] = {}
        self.files: FileList | None = None
        self.setObjectName("parts")
        self._column = column(on=self, gap=theme.FIELDS, margins=(0, theme.GAP, 0, 0))
        self._places: dict[str, QVBoxLayout] = {}
        for kind in self._children:  # each list comes in the place of its kind, whenever it comes
            self._places[kind.name] = place = column()
            self._column.addLayout(place)
        self._add = button("parts.add", tr("form", "Add part…"), parent=self)
        self._add.setMenu(filled_on_open(QMenu(self._add), self._fill_menu))
        self._add.setVisible(bool(self._children) and not view.read_only)
        self._column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        self._short = QWidget(self)
        self._lists = column(on=self._short, gap=theme.FIELDS, margins=0)
        self._column.addWidget(self._short)
        self._shown: tuple[dict[str, list[str]], dict[str, str]] = {}, {}

    def _fill_menu(self, menu: QMenu) -> None:
        for child in self._children:
            menu.addAction(child.label()).triggered.connect(lambda _=False, name=child.name: self.begin(name))

    def begin(self, name: str) -> None:
        if name == ATTACHMENT and self.files:
            self.files.choose()
        elif KINDS[name] in self._rows:
            self._list_of(KINDS[name]).add_last()
        else:
            self.wanted.emit(name)

    # -- reading ----------------------------------------------------------------------------------

    def refresh(self, owned: Mapping[str, list[Record]]) -> None:
        """Show the lists from what was just read; rows stay, with the text being typed in them."""
        for kind in self._rows:
            parts = owned.get(kind.name, [])
            usual = kind.name in presentation(self._kind.name).always and not self._view.read_only
            if parts or usual or kind.name in self.lists:
                self._list_of(kind).show_parts(parts)
        files = [each for each in owned.get(ATTACHMENT, []) if isinstance(each, Attachment)]
        if ATTACHMENT in self._places and (files or self.files or not self._view.read_only):
            if self.files is None:
                self.files = FileList(self._view, self._id, parent=self)
                self._places[ATTACHMENT].addWidget(self.files)
            self.files.show_files(files)
        elsewhere = {ATTACHMENT, *self._without, *(kind.name for kind in self._rows)}
        groups = {name: [part.id for part in parts] for name, parts in owned.items() if parts and name not in elsewhere}
        known = {part.id for name, parts in owned.items() if name != ATTACHMENT for part in parts}
        uses = self._desk.read.referring(self._id) if USES not in self._without else ()
        for kind_name, field in dict.fromkeys((use.kind, use.field) for use in uses):
            if KINDS[kind_name].cls.reserved or field == "owner":
                continue
            new = [id_ for id_ in records.listing(self._desk, kind_name, where={field: self._id}) if id_ not in known]
            groups[f"{kind_name}."] = [*dict.fromkeys((*groups.get(f"{kind_name}.", ()), *new))]
        groups = {name: ids for name, ids in groups.items() if ids}
        titles = records.titles(
            self._desk, [id_ for ids in groups.values() for id_ in ids[:MAX_PARTS_LISTED]], language()
        )
        if (groups, titles) != self._shown:
            self._shown = groups, titles
            refill(self._lists, [self._group(name, ids, titles, self._short) for name, ids in groups.items()])

    def _list_of(self, kind: Kind) -> ChildList:
        if kind.name not in self.lists:
            made = ChildList(self._view, self._id, kind, parent=self)
            made.show_parts([])
            self.lists[kind.name] = made
            self._places[kind.name].addWidget(made)
        return self.lists[kind.name]

    def point_at(self, name: str) -> QWidget | None:
        """Focus a list of parts and frame it for a moment; return None where the kind is not shown here."""
        if name not in self._places:
            return None
        kind, found = KINDS[name], self.files if name == ATTACHMENT else self._short
        if kind in self._rows:
            found = self._list_of(kind)
        if isinstance(found, ChildList):
            found.begin()
        elif found is not None:
            focus_first(found)
        if found is not None:
            highlight(found)
        return found

    def row_of(self, id_: str) -> QWidget | None:
        if self.files and self.files.select(id_):
            return self.files
        return next((row for each in self.lists.values() if (row := each.row_of(id_)) is not None), None)

    # -- short lists ------------------------------------------------------------------------------

    def _group(self, name: str, ids: list[str], titles: dict[str, str], parent: QWidget) -> QWidget:
        """Return one list under its heading; a name ending in a dot stands for records that only link to this one."""
        kind, owned = KINDS[name.removesuffix(".")], not name.endswith(".")
        box = QWidget(parent)
        head = row(grow(label(f"{kind.plural()}  {len(ids)}", "group", parent=box)))
        if owned and not self._view.read_only:
            text, do = tr("form", "Add"), partial(self.wanted.emit, kind.name)
            head.addWidget(
                button(f"parts.{kind.name}.add", text, do, "quiet", said=f"{kind.plural()}: {text}", parent=box)
            )
        items = WholeList(f"parts.{kind.name}", kind.plural(), PART_ROW_PX, box)
        for id_ in ids[:MAX_PARTS_LISTED]:
            text = titles.get(id_, id_)
            items.add(" ".join(text.split()), id_, tip=text)
        if len(ids) > MAX_PARTS_LISTED:
            items.add(tr("form", "… and {n} more", n=len(ids) - MAX_PARTS_LISTED)).setFlags(Qt.ItemFlag.NoItemFlags)
        items.itemActivated.connect(self._open)
        items.itemClicked.connect(self._open)
        column(head, items, on=box, gap=4, margins=(0, theme.GAP, 0, 0))
        return box

    def _open(self, item: QListWidgetItem) -> None:
        if id_ := item.data(Qt.ItemDataRole.UserRole):
            self._view.opened.emit(id_)


class RecordScreen:
    """The page of one record, used as it is by kinds without a page of their own. It lives as long as the record is shown."""

    # Kinds of parts that the screen shows itself, which the derived lists therefore leave out.
    covers: ClassVar[frozenset[str]] = frozenset()
    whole: ClassVar[bool] = False  # whether the page takes the whole width of any screen; a form does not
    # Whether rows of people that are pasted or dropped become people of the record.
    takes_people: ClassVar[bool] = False

    def __init__(self, view: RecordPage, column: QVBoxLayout) -> None:
        """``column`` is the page; it holds the header, and a stretch at its end. New widgets go before the stretch."""
        self.view, self.column = view, column
        self.page = column.parentWidget() or view
        self.lists: dict[str, ChildList] = {}  # the lists of parts that the screen shows itself, by kind
        self._offered: dict[str, object] = {}

    @classmethod
    def for_record(cls, _record: Record) -> type[RecordScreen]:
        return cls

    def put(self, widget: QWidget) -> None:
        self.column.insertWidget(self.column.count() - 1, widget)

    def put_form(self, form: RecordForm) -> None:
        self.form = form
        self.put(form)

    def put_parts(self, parts: RecordParts) -> None:
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

    def resume(self, id_: str, cell: str) -> bool:
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

    # Label of each tab, by its key: the derived form with its parts, or panels of the screen.
    tabs: ClassVar[Mapping[str, Message]] = {}
    form_tab: ClassVar[str] = "details"  # the key of the tab with the derived form
    fills: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, view: RecordPage, column: QVBoxLayout) -> None:
        super().__init__(view, column)
        self._inside: dict[str, list[QWidget]] = {key: [] for key in self.tabs}
        self.bar = tab_bar("record.tabs", tr("record", "Parts of this record"), self.page)
        for text in self.tabs.values():
            self.bar.addTab(text.say())
        self.bar.currentChanged.connect(self._chosen)
        self.row = QWidget(self.page)  # the line of the tabs, and of the widgets added with beside
        self._flow = flow(self.bar, on=self.row, gap=theme.MARGIN)
        self.row.hide()
        self.put(self.row)
        for keys, by in (("Ctrl+Tab", 1), ("Ctrl+Shift+Tab", -1)):
            QShortcut(
                QKeySequence(keys), self.page, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
            ).activated.connect(partial(self._step, by))

    def beside(self, widget: QWidget) -> None:
        """Add a small widget beside the tabs, or below them where there is no room."""
        self._flow.addWidget(widget)

    def panels_of(self, key: str) -> Sequence[QWidget]:
        """Return the panels of a tab besides the derived form; called once, when the record exists."""
        raise NotImplementedError

    @property
    def current(self) -> str:
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
        with QSignalBlocker(self.bar):
            self.bar.setCurrentIndex(self._at(key))
        self._show()

    def _chosen(self) -> None:
        """Save the text typed in the other tab when the user chooses a tab."""
        self.view.save_now()
        self._show()
        self.view.arrangement.keep("tab", self._kind, self.current)

    def _step(self, by: int) -> None:
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
