"""The page of a meeting in the order of taking minutes: title, people, minutes, actions, then everything else.

It arranges the derived form and adds to it. A meeting that is not made yet is made when somebody is named, or a first
line is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from ucapdesk.base.clock import today
from ucapdesk.base.i18n import dotted, language, ntr, tr
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.visit_kinds import Participation
from ucapdesk.model.record import Record
from ucapdesk.model.rules.lateness import is_overdue
from ucapdesk.model.text.format.dates_in_words import say_date
from ucapdesk.model.text.parse.itinerary_pieces import LinePiece
from ucapdesk.services.meetings import actions, meetings, minutes_entry
from ucapdesk.services.records import records
from ucapdesk.ui.fields.people_editor import PeopleField
from ucapdesk.ui.home.home_parts import CardCheckBox, button
from ucapdesk.ui.meetings.agenda import AgendaList, MainMinutes
from ucapdesk.ui.meetings.meeting_lists import ROW_FIELDS, WrittenList
from ucapdesk.ui.people.people_paste import paste_minutes
from ucapdesk.ui.record.child_list import ChildList
from ucapdesk.ui.record.form import RecordForm, focus_first
from ucapdesk.ui.record.record_page import RecordPage
from ucapdesk.ui.record.record_parts import RecordParts
from ucapdesk.ui.record.record_screen import RecordScreen
from ucapdesk.ui.toolkit import buttons, theme
from ucapdesk.ui.toolkit.highlight import highlight
from ucapdesk.ui.toolkit.layout_builder import column as lay_column
from ucapdesk.ui.toolkit.layout_builder import discard, flow, panel, refill
from ucapdesk.ui.toolkit.text_label import label
from ucapdesk.ui.visits.quick_entry import QuickEntry

ACTION, MINUTES, AGENDA, PEOPLE = "action_item", "minute_entry", "agenda_item", "participation"
LISTS: dict[str, type[ChildList]] = {AGENDA: AgendaList, MINUTES: MainMinutes, ACTION: WrittenList}
ACTIONS_AT_ONCE = 5
"""Number of actions shown at once; a button shows the rest."""


class CarriedOver(QWidget):
    """A heading and one line for each open action of earlier meetings; hidden where there is none."""

    def __init__(self, view: RecordPage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view, self._desk, self._all = view, view.desk, False
        self._said: tuple[tuple[str, str, str, bool], ...] = ()
        self.lines: dict[str, QWidget] = {}
        """By action: its line."""
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
            more = ntr("form", "Show {n} more", "Show {n} more", len(said) - ACTIONS_AT_ONCE)
            shown.append(panel(flow(button("meeting.carried.more", more, self._show_all, "quiet"))))
        refill(self._lines, shown)

    def _show_all(self) -> None:
        self._all = True
        self._fill()

    def _tick(self, id_: str) -> None:
        self._view.attempt(lambda: actions.tick(self._desk, [id_], today(self._desk.workspace.clock)))


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
        add_expected = partial(self._try, partial(meetings.add_expected, view.desk))
        self._expected = buttons.button("meeting.expected", "", add_expected, "quiet")
        attended = tr("meeting", "All attended")
        self._attended = buttons.button("meeting.attended", attended, self._all_attended, "quiet")
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
        said, do = f"+ {KINDS[name].label()}", partial(self._begin_list, name)
        first = buttons.button(f"meeting.begin.{name}", said, do, "quiet", parent=self._after_title)
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
        return minutes_entry.read_line(self.view.desk, self.view.id or "", typed, rejected, self.entry.decided).pieces

    def _add_line(self, typed: str) -> None:
        """Add a line to the minutes or the actions; the meeting is made with the first."""
        desk = self.view.desk

        def add() -> None:
            id_, entry = self.view.make_now(), self.entry
            said = minutes_entry.read_line(desk, id_, typed, entry.rejected, entry.decided)
            minutes_entry.add_line(desk, id_, said)

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
        print_ = button("meeting.print", tr("meeting", "Print minutes…"), partial(ask, "file.print", ()))
        plan, writes = partial(self._try, self._follow_up), not self.view.read_only
        next_ = button("meeting.next", tr("meeting", "Plan the next meeting"), plan, enabled=writes)
        done = button("meeting.done", tr("meeting", "Done"), partial(ask, "edit.done", ()))
        return panel(flow(print_, next_, done), self._after_time)

    def _follow_up(self, id_: str) -> None:
        """Create the next meeting with the same people; open actions carry over to it."""
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

    def take_up(self, id_: str, cell: str) -> bool:
        return self.row_of(id_) is not self.people and super().take_up(id_, cell)

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
        entry = self._entry_of_focus()
        if entry is None:
            self._begin_list(ACTION)
            return True
        row = self.lists[ACTION].row_of(meetings.to_action(self.view.desk, entry))
        owner = row.findChild(QWidget, "field.person") if row is not None else None
        if owner is not None:
            focus_first(owner)
        return True

    def _entry_of_focus(self) -> str | None:
        """Return the entry of the minutes that has the focus, once it is written."""
        focus = QApplication.focusWidget()
        rows = [*self.lists[MINUTES].rows, *self.agenda.written] if self.lists else []
        row = next((row for row in rows if focus is not None and row.isAncestorOf(focus)), None)
        if row is None or not self.view.save_now():
            return None
        return row.id

    def _all_attended(self) -> None:
        """Mark everybody without an attendance as attended."""
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
        """Append a widget."""
        self._column.addWidget(widget)

    def put(self, widget: QWidget, before: QWidget) -> None:
        """Insert a widget; a button stands at the left, where that of the list in its place will."""
        left = Qt.AlignmentFlag.AlignLeft if isinstance(widget, QPushButton) else Qt.AlignmentFlag(0)
        self._column.insertWidget(self._column.indexOf(before), widget, 0, left)
