"""The page of a meeting in the order of taking minutes: title, people, agenda with minutes, actions, then everything else.

It arranges the derived form and adds to it. A meeting that is not made yet is made when somebody is named, or a first line is asked for. In the minutes, Enter begins the next entry.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QHBoxLayout, QPushButton, QWidget

from ucapdesk.base.clock import today
from ucapdesk.base.i18n import dotted, language, ntr, tr
from ucapdesk.model.dates.formatting import say_date
from ucapdesk.model.kind import KindField
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.visit_kinds import AgendaItem, MinuteEntry, Participation
from ucapdesk.model.record import Record
from ucapdesk.model.rules.status import is_overdue
from ucapdesk.model.text.typed_lines import LinePiece
from ucapdesk.services import line_entry, meetings
from ucapdesk.services.records import records
from ucapdesk.ui.fields.editor import Seen
from ucapdesk.ui.fields.people_editor import PeopleField, paste_minutes
from ucapdesk.ui.record.child_list import EDGE, ChildList, ChildRow
from ucapdesk.ui.record.form import RecordForm, focus_first
from ucapdesk.ui.record.record_page import RecordPage
from ucapdesk.ui.record.record_screen import RecordParts, RecordScreen
from ucapdesk.ui.record.saving import Target, is_composing
from ucapdesk.ui.screens.part_panel import QuickEntry
from ucapdesk.ui.toolkit import theme, widgets
from ucapdesk.ui.toolkit.cards import CardCheckBox, card_button
from ucapdesk.ui.toolkit.keyboard_focus import highlight
from ucapdesk.ui.toolkit.layouts import column as lay_column
from ucapdesk.ui.toolkit.layouts import discard, flow, panel, refill
from ucapdesk.ui.toolkit.widgets import button, icon, label, named

# By kind: the fields of a row; all others are in the form that the row opens.
ROW_FIELDS = {
    "agenda_item": ("title", "type", "starts", "minutes"),
    "minute_entry": ("text", "type"),
    "action_item": ("text", "person", "due", "status"),
}


# By kind: the field in which Enter ends a line and begins the next.
ENDS = {"minute_entry": "text", "action_item": "due"}


class WrittenList(ChildList):
    """Lines written one after the other: Enter begins the next one, Shift+Enter a new line of the text."""

    def _begins_at(self, row: ChildRow) -> QWidget:
        return next(editor for editor in row.editors if editor.field.name == "text")

    def _meant(self, row: ChildRow, watched: QObject, event: QKeyEvent) -> str:
        meant = super()._meant(row, watched, event)
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers()
        last = next(editor for editor in row.editors if editor.field.name == ENDS[self.kind.name])
        here = isinstance(watched, QWidget) and last.isAncestorOf(watched)
        return "add" if not meant and enter and here and not is_composing(row) else meant


ENTRY = "minute_entry"


class MainMinutes(WrittenList):
    def mine(self, parts: list[Record]) -> list[Record]:
        items = {each.id for each in self._desk.read.children(self._owner, AgendaItem)}
        return [each for each in parts if getattr(each, "agenda_item", None) not in items]


class ItemMinutes(WrittenList):
    def belong_to(self, item: str) -> None:
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
        return [row for each in self._unfolded() for row in each.rows]

    def _unfolded(self) -> list[ItemMinutes]:
        return [row.minutes for row in self.rows if isinstance(row, AgendaRow) and row.minutes is not None]

    def _count(self, item: str) -> int:
        return sum(getattr(each, "agenda_item", None) == item for each in self._entries)

    def show_minutes(self, entries: list[Record]) -> None:
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
        made = ItemMinutes(self._view, self._owner, KINDS[ENTRY], columns=ROW_FIELDS[ENTRY], parent=row)
        made.belong_to(row.id or "")
        row.put_minutes(made)
        made.show_parts(made.mine(self._entries))
        if not row.n:
            made.add_last()
        return made

    def row_of(self, id_: str) -> ChildRow | None:
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


ACTION, MINUTES, AGENDA, PEOPLE = "action_item", "minute_entry", "agenda_item", "participation"
LISTS: dict[str, type[ChildList]] = {AGENDA: AgendaList, MINUTES: MainMinutes, ACTION: WrittenList}
ACTIONS_AT_ONCE = 5  # number of actions shown at once; a button shows the rest


class CarriedOver(QWidget):
    """A heading and one line for each open action of earlier meetings; hidden where there is none."""

    def __init__(self, view: RecordPage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view, self._desk, self._all = view, view.desk, False
        self._said: tuple[tuple[str, str, str, bool], ...] = ()
        self.lines: dict[str, QWidget] = {}  # by action: its line
        self.setObjectName("meeting.carried")
        self._title = label("", "group", parent=self)
        self._lines = lay_column(gap=2)
        lay_column(self._title, self._lines, on=self, gap=2, margins=(0, theme.GAP, 0, 0))
        self.hide()

    def show_for(self, meeting: Record) -> None:
        """Read the open actions again; unchanged lines stay, with the keyboard focus."""
        open_ = meetings.carried_over(self._desk, meeting)
        who = records.titles(self._desk, [each.person for each in open_ if each.person], language())
        texts = records.titles(self._desk, [each.id for each in open_], language())
        now = today(self._desk.workspace.clock)
        said = tuple(
            (
                each.id,
                " ".join(texts.get(each.id, "").split()),
                dotted(who.get(each.person or "", ""), say_date(each.due, language())),
                is_overdue(each, now),
            )
            for each in open_
        )
        self.setVisible(bool(said))
        if said != self._said:
            self._said = said
            self._fill()

    def _fill(self) -> None:
        said = self._said
        self._title.setText(ntr("meeting", "{n} action still open from earlier meetings",
                                "{n} actions still open from earlier meetings", len(said)))  # fmt: skip
        self.lines = {
            id_: CardCheckBox(
                f"meeting.carried.{at}", text, note, partial(self._tick, id_),
                do=partial(self._view.opened.emit, id_), late=late, read_only=self._view.read_only,
            )
            for at, (id_, text, note, late) in enumerate(said if self._all else said[:ACTIONS_AT_ONCE])
        }  # fmt: skip
        shown: list[QWidget] = [*self.lines.values()]
        if len(said) > ACTIONS_AT_ONCE and not self._all:
            shown.append(
                panel(
                    flow(
                        card_button(
                            "meeting.carried.more",
                            ntr("form", "Show {n} more", "Show {n} more", len(said) - ACTIONS_AT_ONCE),
                            self._show_all,
                            "quiet",
                        )
                    )
                )
            )
        refill(self._lines, shown)

    def _show_all(self) -> None:
        self._all = True
        self._fill()

    def _tick(self, id_: str) -> None:
        self._view.attempt(lambda: meetings.tick_actions(self._desk, [id_], today(self._desk.workspace.clock)))


class MeetingScreen(RecordScreen):
    """The page: title, people, minutes, actions and those still open from before, time and place, agenda, all other fields."""

    covers: ClassVar[frozenset[str]] = frozenset((PEOPLE, *LISTS))
    takes_people = True

    def put_form(self, form: RecordForm) -> None:
        super().put_form(form)
        view = self.view
        self._after_title, self._after_time = _Place(form), _Place(form)
        self.people = PeopleField(view, "meeting.people", view.make_now, self._after_title)
        view.keep_line(self.people.chips.line)
        self._after_title.add(self.people)
        self._expected = widgets.button(
            "meeting.expected", "", partial(self._try, partial(meetings.add_expected, view.desk)), "quiet"
        )
        self._attended = widgets.button("meeting.attended", tr("meeting", "All attended"), self._all_attended, "quiet")
        self._buttons = panel(flow(self._expected, self._attended), self._after_title)
        self._buttons.hide()
        self._after_title.add(self._buttons)
        self.entry = self._make_entry()
        view.keep_line(self.entry.line)
        self.carried = CarriedOver(view, self._after_title)
        self._after_title.add(self.carried)
        self._begin = [] if view.id else [self._make_begin(MINUTES, self.entry), self._make_begin(ACTION, self.carried)]
        form.insert("", self._after_title)
        form.insert("time", self._after_time)

    def _make_begin(self, name: str, before: QWidget) -> QPushButton:
        """Return a button that creates the meeting with the first line of a list, in the place of that list."""
        first = widgets.button(
            f"meeting.begin.{name}",
            f"+ {KINDS[name].label()}",
            partial(self._begin_list, name),
            "quiet",
            parent=self._after_title,
        )
        first.setVisible(not self.view.read_only)
        self._after_title.put(first, before)
        return first

    def _make_entry(self) -> QuickEntry:
        """Return the line in which minutes are typed while people talk; Enter adds, and begins the next."""
        hint = tr("meeting", "An entry · ! a decision · > an action @who 5 Dec · ? an open question")
        entry = QuickEntry(
            "meeting.minutes.entry", tr("meeting", "Add to the minutes"), hint, self._read_line, self._after_title
        )
        entry.line.take_rows = lambda text: "\n" in text.strip() and paste_minutes(self.view, text, whole=True)
        entry.added.connect(self._add_line)
        entry.left.connect(self.view.left)
        entry.setVisible(not self.view.read_only)
        self._after_title.add(entry)
        return entry

    def _read_line(self, typed: str, rejected: frozenset[tuple[str, str]]) -> Sequence[LinePiece]:
        return line_entry.read_minutes_line(
            self.view.desk, self.view.id or "", typed, rejected, self.entry.decided
        ).pieces

    def _add_line(self, typed: str) -> None:
        """Add a line to the minutes or the actions; the meeting is made with the first."""
        desk = self.view.desk

        def add() -> None:
            id_, entry = self.view.make_now(), self.entry
            said = line_entry.read_minutes_line(desk, id_, typed, entry.rejected, entry.decided)
            line_entry.add_minutes_line(desk, id_, said)

        if self.view.attempt(add):
            self.entry.clear()

    # -- the page ---------------------------------------------------------------------------------

    def put_parts(self, parts: RecordParts) -> None:
        super().put_parts(parts)
        for name, make in LISTS.items():
            made = self.lists[name] = make(
                self.view, self.view.id or "", KINDS[name], columns=ROW_FIELDS[name],
                parent=self._after_time if name == AGENDA else self._after_title,
            )  # fmt: skip
            if isinstance(made, AgendaList):
                self.agenda = made
        for name, before in ((MINUTES, self.entry), (ACTION, self.carried)):
            self._after_title.put(self.lists[name], before)
            self.lists[name].show()
        discard(*self._begin)
        kept = self.view.arrangement
        self.agenda.set_folded(on=bool(kept.of("meeting", "agenda_folded")))
        self.agenda.folded.connect(lambda on: kept.keep("meeting", "agenda_folded", on))
        for widget in (self.lists[AGENDA], self._make_foot()):
            self._after_time.add(widget)
            widget.show()  # now: Qt would do it later, and find out only then how wide its words are

    def _make_foot(self) -> QWidget:
        """Return the buttons at the end of the page: print the minutes, plan the next meeting, done."""
        ask = self.view.asked.emit
        print_ = card_button("meeting.print", tr("meeting", "Print minutes…"), partial(ask, "file.print", ()))
        plan, writes = partial(self._try, self._follow_up), not self.view.read_only
        next_ = card_button("meeting.next", tr("meeting", "Plan the next meeting"), plan, enabled=writes)
        done = card_button("meeting.done", tr("meeting", "Done"), partial(ask, "edit.done", ()))
        return panel(flow(print_, next_, done), self._after_time)

    def _follow_up(self, id_: str) -> None:
        known = bool(getattr(self.view.record, "next_meeting", None))
        self.view.opened.emit(meetings.follow_up(self.view.desk, id_))
        if not known:
            self.view.done.emit(tr("meeting", "The next meeting is planned; it has no date yet."))

    def fill(self, record: Record) -> None:
        if not self.view.id:
            self.people.show_people([])
            return
        owned = self.view.owned
        people = [each for each in owned[PEOPLE] if isinstance(each, Participation)]
        self.people.show_people(people)
        for name, list_ in self.lists.items():
            list_.show_parts(list_.mine(owned[name]))
        if self.lists:
            self.agenda.show_minutes(owned[MINUTES])
        expected = 0 if self.view.read_only else len(meetings.expected(self.view.desk, record.id))
        self._expected.setVisible(bool(expected))
        self._expected.setText(ntr("meeting", "Add {n} who is expected", "Add all {n} who are expected", expected))
        self._attended.setVisible(any(not each.attendance for each in people) and not self.view.read_only)
        self._buttons.setVisible(not (self._expected.isHidden() and self._attended.isHidden()))
        self.carried.show_for(record)

    # -- where the keys go ------------------------------------------------------------------------

    def focus_first(self) -> bool:
        """Focus the title while it is empty, else the people."""
        if self.view.read_only or not getattr(self.view.record, "title", None):
            return False
        self.people.chips.line.setFocus()
        return True

    def point_at(self, name: str) -> QWidget | None:
        if name == AGENDA and self.lists:
            self.agenda.set_folded(on=False)
        if name != PEOPLE:
            return super().point_at(name)
        self.people.chips.line.setFocus()
        highlight(self.people)
        return self.people

    def row_of(self, id_: str) -> QWidget | None:
        if any(each.id == id_ for each in self.people.people):
            return self.people
        return super().row_of(id_) or self.carried.lines.get(id_)

    def resume(self, id_: str, cell: str) -> bool:
        return self.row_of(id_) is not self.people and super().resume(id_, cell)

    # -- what a person does -----------------------------------------------------------------------

    def _begin_list(self, name: str) -> None:
        if self.view.attempt(self.view.make_now):
            self.lists[name].add_last()

    def paste_rows(self, text: str) -> bool:
        return paste_minutes(self.view, text, whole=False) or self.people.paste(text)

    def begin_action(self) -> bool:
        """Begin a new action and focus it; where a line of the minutes has the focus, that line becomes the action."""
        if self.view.read_only:
            return False
        focus = QApplication.focusWidget()
        written = [*self.lists[MINUTES].rows, *self.agenda.written] if self.lists else []
        entry = next((row for row in written if focus is not None and row.isAncestorOf(focus)), None)
        if entry is None or not self.view.save_now() or entry.id is None:
            self._begin_list(ACTION)
            return True
        row = self.lists[ACTION].row_of(meetings.to_action(self.view.desk, entry.id))
        owner = row.findChild(QWidget, "field.person") if row is not None else None
        if owner is not None:
            focus_first(owner)
        return True

    def _all_attended(self) -> None:
        silent = [each.id for each in self.people.people if not each.attendance]
        self._try(lambda _: meetings.set_attendance(self.view.desk, silent, meetings.ATTENDED))

    def _try(self, do: Any) -> None:
        self.view.attempt(lambda: do(self.view.make_now()))


class _Place(QWidget):
    """A place between two groups of the form."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._column = lay_column(on=self, gap=theme.GAP, margins=0)

    def add(self, widget: QWidget) -> None:
        self._column.addWidget(widget)

    def put(self, widget: QWidget, before: QWidget) -> None:
        """Insert a widget; a button stands at the left, where that of the list in its place will."""
        left = Qt.AlignmentFlag.AlignLeft if isinstance(widget, QPushButton) else Qt.AlignmentFlag(0)
        self._column.insertWidget(self._column.indexOf(before), widget, 0, left)
