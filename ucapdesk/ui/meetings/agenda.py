"""The agenda of a meeting: items to tick when dealt with, each with its minutes; the whole can be folded to its heading."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QWidget

from ucapdesk.base.i18n import dotted, language, ntr, tr
from ucapdesk.model.kind import KindField
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.meeting_kinds import AgendaItem, MinuteEntry
from ucapdesk.model.record import Record
from ucapdesk.services.records import records
from ucapdesk.ui.fields.editor import Seen
from ucapdesk.ui.meetings.meeting_lists import ROW_FIELDS, WrittenList
from ucapdesk.ui.record.child_list import ChildList
from ucapdesk.ui.record.child_row import EDGE, ChildRow
from ucapdesk.ui.record.record_page import RecordPage
from ucapdesk.ui.record.saving import Target
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.buttons import button
from ucapdesk.ui.toolkit.icons import icon
from ucapdesk.ui.toolkit.layout_builder import flow
from ucapdesk.ui.toolkit.named import named

ENTRY = "minute_entry"


class MainMinutes(WrittenList):
    """The minutes that belong to no item of the agenda."""

    def mine(self, parts: list[Record]) -> list[Record]:
        items = {each.id for each in self._desk.read.children(self._owner, AgendaItem)}
        return [each for each in parts if getattr(each, "agenda_item", None) not in items]


class ItemMinutes(WrittenList):
    """The minutes of one item of the agenda."""

    def belong_to(self, item: str) -> None:
        """Set the item they belong to."""
        self._given["agenda_item"] = item
        self.setObjectName("meeting.item.minutes")
        self.add.setObjectName("meeting.item.minutes.add")
        self._title.hide()

    def mine(self, parts: list[Record]) -> list[Record]:
        return [each for each in parts if getattr(each, "agenda_item", None) == self._given["agenda_item"]]

    def _add(self, before: str | None, at: int) -> None:
        """Add a row; the first of an item comes after everything written before."""
        written = self._desk.read.children(self._owner, MinuteEntry)
        super()._add(before or (written[-1].id if written else None), at)


class AgendaRow(ChildRow):
    """An item with its tick and its minutes below.

    Signals:
        ticked(bool): it was dealt with, or was not after all.
        unfolded(): its minutes are to be shown, or no longer.
    """

    ticked = Signal(bool)
    unfolded = Signal()

    def __init__(self, view: RecordPage, fields: Sequence[KindField], target: Target, parent: QWidget) -> None:
        super().__init__(view, fields, target, parent)
        self.minutes: ItemMinutes | None = None
        self.n = 0
        self.tick = named(QCheckBox(KINDS["agenda_item"].fields["done"].label(), self), "meeting.item.done")
        self.tick.clicked.connect(self.ticked)
        self.tick.setEnabled(not view.read_only)
        self.fold = button("meeting.item.fold", "", self.unfolded.emit, "quiet", parent=self)
        line = flow(self.tick, self.fold)
        line.setContentsMargins(theme.px(EDGE) + theme.GAP, 0, 0, 0)
        self.under.addLayout(line)
        self.say(0)

    def fill(self, record: Record, seen: Seen, *, typed_in: Any) -> None:
        self.tick.setChecked(bool(getattr(record, "done", None)))
        title = getattr(record, "title", None)
        self.tick.setAccessibleName(tr("home", "Done: {title}", title=title.said(language()) if title else ""))
        super().fill(record, seen, typed_in=typed_in)

    def say(self, n: int) -> None:
        """Show how many entries its minutes have; a row without a record has neither minutes nor tick."""
        self.n = n
        open_ = self.minutes is not None and not self.minutes.isHidden()
        words = KINDS[ENTRY].plural()
        self.fold.setText(f"{words}  {n}" if n else words)
        self.fold.setIcon(icon("chevron_down" if open_ else "chevron_right", 16))
        self.fold.setAccessibleDescription("" if open_ else tr("form", "Folded"))
        for each in (self.tick, self.fold):
            each.setVisible(self.id is not None)

    def put_minutes(self, minutes: ItemMinutes) -> None:
        """Show the minutes below the row."""
        self.minutes = minutes
        minutes.setContentsMargins(theme.px(EDGE) + theme.GAP, 0, 0, theme.GAP)
        self.under.addWidget(minutes)
        minutes.show()
        self.say(self.n)


class AgendaList(ChildList):
    """The items. Entries below an item are its minutes; the list of the other minutes stands elsewhere.

    Signals:
        folded(bool): somebody folded the list, or opened it.
    """

    folded = Signal(bool)
    row_class: ClassVar[type[ChildRow]] = AgendaRow

    _head: QPushButton
    _is_folded = False

    def _make_head(self) -> QHBoxLayout:
        """Return the heading, which folds the list."""
        head = super()._make_head()
        self._entries: list[Record] = []
        self._title.hide()
        self._head = button("meeting.agenda.fold", "", self._toggle, "group", parent=self)
        head.insertWidget(0, self._head)
        return head

    def _toggle(self) -> None:
        if self._view.can_leave():
            self.set_folded(on=not self._is_folded)
            self.folded.emit(self._is_folded)

    def set_folded(self, *, on: bool) -> None:
        """Fold the list to its heading, or unfold it."""
        self._is_folded = on
        self._say_fold()

    def _say_state(self, left: int) -> None:
        super()._say_state(left)
        self._say_fold()

    def _say_fold(self) -> None:
        self._title.hide()
        items = [each for each in self._parts if isinstance(each, AgendaItem)]
        done = sum(bool(each.done) for each in items)
        said = [f"{self.kind.plural()}  {len(items)}" if items else self.kind.plural()]
        said += [ntr("meeting", "{n} done", "{n} done", done)] if done else []
        if self._is_folded and (written := sum(self._count(each.id) for each in items)):
            said.append(ntr("meeting", "{n} entry of minutes", "{n} entries of minutes", written))
        self._head.setText(dotted(*said))
        self._head.setIcon(icon("chevron_right" if self._is_folded else "chevron_down", 16))
        self._head.setAccessibleDescription(tr("form", "Folded") if self._is_folded else "")
        for row in self.rows:
            row.setVisible(not self._is_folded)
        self._heads.setVisible(bool(self.rows) and not self._is_folded)
        self.add.setVisible(not self._view.read_only and not self._is_folded)
        if self._is_folded:
            self._show_rest(0)

    # -- the minutes of each item -----------------------------------------------------------------

    @property
    def written(self) -> list[ChildRow]:
        """Return the rows of all unfolded minutes."""
        return [row for each in self._unfolded() for row in each.rows]

    def _unfolded(self) -> list[ItemMinutes]:
        return [row.minutes for row in self.rows if isinstance(row, AgendaRow) and row.minutes is not None]

    def _count(self, item: str) -> int:
        return sum(getattr(each, "agenda_item", None) == item for each in self._entries)

    def show_minutes(self, entries: list[Record]) -> None:
        """Show all minutes of the meeting, each below its item."""
        self._entries = entries
        for row in self.rows:
            if isinstance(row, AgendaRow) and row.id:
                if row.minutes is not None:
                    row.minutes.show_parts(row.minutes.mine(entries))
                row.say(self._count(row.id))
        self._say_fold()

    def _row(self, target: Target) -> ChildRow:
        row = super()._row(target)
        assert isinstance(row, AgendaRow)
        row.ticked.connect(lambda on: self._tick(row, on=on))
        row.unfolded.connect(lambda: self._fold_row(row))
        row.say(self._count(target.id) if target.id else 0)
        return row

    def _tick(self, row: AgendaRow, *, on: bool) -> None:
        if not self._view.attempt(lambda: records.edit(self._desk, row.id or "", {"done": on or None})):
            row.tick.setChecked(not on)

    def _fold_row(self, row: AgendaRow) -> None:
        if row.minutes is not None:
            if self._view.can_leave():
                row.minutes.setVisible(row.minutes.isHidden())
                row.say(row.n)
        elif row.id and self._saving.save_now():
            self._open_minutes(row)

    def _open_minutes(self, row: AgendaRow) -> ItemMinutes:
        """Make the list of an item's minutes; an empty one begins with its first line."""
        made = ItemMinutes(self._view, self._owner, KINDS[ENTRY], columns=ROW_FIELDS[ENTRY], parent=row)
        made.belong_to(row.id or "")
        row.put_minutes(made)
        made.show_parts(made.mine(self._entries))
        if not row.n:
            made.add_last()
        return made

    def row_of(self, id_: str) -> ChildRow | None:
        """Return the row of an item, or of an entry of its minutes, unfolded."""
        entry = next((each for each in self._entries if each.id == id_), None)
        row = super().row_of(str(getattr(entry, "agenda_item", None)) if entry is not None else id_)
        if row is not None and self._is_folded:
            self.set_folded(on=False)
        if entry is None or not isinstance(row, AgendaRow):
            return row
        minutes = row.minutes or self._open_minutes(row)
        minutes.show()
        return minutes.row_of(id_)

    def _drop(self, row: ChildRow) -> None:
        if isinstance(row, AgendaRow) and row.minutes is not None:
            self._saving.release(*(editor for each in row.minutes.rows for editor in each.editors))
        super()._drop(row)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave keys in the minutes of an item, and those on its tick, to these."""
        inside = isinstance(watched, QWidget) and any(each.isAncestorOf(watched) for each in self._unfolded())
        return False if inside else super().eventFilter(watched, event)
