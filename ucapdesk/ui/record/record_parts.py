"""The parts of a record and the records that link to it, below its fields: rows, short lists, and files."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidgetItem, QMenu, QVBoxLayout, QWidget

from ucapdesk.base.i18n import language, tr
from ucapdesk.model.kind import Kind
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.paper_kinds import Attachment
from ucapdesk.model.record import Record
from ucapdesk.model.serialize import kind_of
from ucapdesk.services.records import records
from ucapdesk.ui.record.child_list import ChildList
from ucapdesk.ui.record.form import focus_first
from ucapdesk.ui.record.presentation import presentation
from ucapdesk.ui.record.record_files import FileList
from ucapdesk.ui.record.record_page import RecordPage
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.buttons import button
from ucapdesk.ui.toolkit.highlight import highlight
from ucapdesk.ui.toolkit.layout_builder import column, grow, refill, row
from ucapdesk.ui.toolkit.menu_choice import filled
from ucapdesk.ui.toolkit.text_label import label
from ucapdesk.ui.toolkit.whole_list import WholeList

PART_ROW_PX = 28
MAX_PARTS_LISTED = 100
"""Maximum length of a short list; a last line says how many more there are and leads to the whole list."""
ATTACHMENT = "attachment"
USES = "*"
"""Stands for the records that link to this one, in the set of lists a page shows elsewhere."""


def in_rows(kind: Kind) -> bool:
    """Return whether parts of a kind are edited in rows in the form of their owner."""
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
        self._add.setMenu(filled(QMenu(self._add), self._fill_menu))
        self._add.setVisible(bool(self._children) and not view.read_only)
        self._column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        self._short = QWidget(self)
        self._lists = column(on=self._short, gap=theme.FIELDS, margins=0)
        self._column.addWidget(self._short)
        self._told: tuple[dict[str, list[str]], dict[str, str]] = {}, {}

    def _fill_menu(self, menu: QMenu) -> None:
        for child in self._children:
            menu.addAction(child.label()).triggered.connect(lambda _=False, name=child.name: self.begin(name))

    def begin(self, name: str) -> None:
        """Begin a new part of a kind, in a row where the kind has rows."""
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
        if (groups, titles) != self._told:
            self._told = groups, titles
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
        """Return the row of a part, or the list of files that holds it."""
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
            said = f"{kind.plural()}: {text}"
            head.addWidget(button(f"parts.{kind.name}.add", text, do, "quiet", said=said, parent=box))
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
