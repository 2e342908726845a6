"""The people of a meeting, a visit or a programme item as chips, typed one by one or pasted as rows.

Each chip is a participation. Somebody who is not on record is made on the spot. A chip opens with what can be said of the person there: attended, absent, excused. What is pasted on a page (people, programmes, minutes) is previewed, and only the ticked lines are taken.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from ucapdesk.base.i18n import dotted, language, tr
from ucapdesk.model.codes import code_label, codes
from ucapdesk.model.field_change import FieldChange
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.visit_kinds import Participation
from ucapdesk.services import meetings
from ucapdesk.services.records import completion, records
from ucapdesk.services.records.completion import NamedRecord
from ucapdesk.ui.fields.editor import Caption
from ucapdesk.ui.fields.links import link_chips, pick_more
from ucapdesk.ui.record.record_page import RecordPage
from ucapdesk.ui.toolkit.layouts import column
from ucapdesk.ui.toolkit.widgets import add_choice, announce, temporary_menu

if TYPE_CHECKING:  # most pages are opened without anything pasted
    from ucapdesk.services.files.incoming_files import Plan


def paste_people(
    view: RecordPage, text: str, known: str, owner: Callable[[], str], values: Mapping[str, str], *, day: str = ""
) -> bool:
    """Show what pasted people or a programme would make, and make it as one step. Return False where the text is none.

    ``known`` is the record in which they take part, if it exists; ``owner`` gives it, and may make it; ``day`` is that
    of hours before any day.
    """
    from ucapdesk.services.people.pasted_people import plan_people

    return paste_plan(
        view,
        lambda: plan_people(view.desk, text, known, values, day),
        None if known else lambda: plan_people(view.desk, text, owner(), values, day),
    )


def paste_minutes(view: RecordPage, text: str, *, whole: bool) -> bool:
    """Show what pasted minutes would make in the meeting of the page, and make it as one step; ``whole``: each line is a part of them.

    Return False where the text is no minutes.
    """
    from ucapdesk.services.people.pasted_people import plan_minutes

    return paste_plan(view, lambda: plan_minutes(view.desk, text, view.make_now, whole=whole))


def paste_plan(
    view: RecordPage, read: Callable[[], Plan | None], again: Callable[[], Plan | None] | None = None
) -> bool:
    """Show the plan of what was pasted, and write its ticked lines. Return False where there is none.

    ``again`` reads it once more before it is written.
    """
    from ucapdesk.services.files import incoming_files

    found = view.made(lambda: [read()])
    if found is None:
        return True  # the page says why
    plan = found[0]
    if plan is None:
        return False
    from ucapdesk.ui.imports.import_page import ImportPage

    dialog = ImportPage(plan, view.window())
    chosen = dialog.chosen if dialog.ask() else []

    def take() -> int:
        wanted = again() if again else plan
        return incoming_files.take(view.desk, wanted, chosen) if wanted is not None else 0

    taken = view.made(take) if chosen else None
    if taken is not None:
        view.done.emit(incoming_files.say_taken(plan, taken))
    return True


KIND = "participation"
# Attendance at a meeting as the menu of a chip offers it; the participation's own form has the other fields.
ATTENDANCE_CHOICES = (meetings.ATTENDED, meetings.ABSENT, meetings.EXCUSED)


class PeopleField(QWidget):
    """The chips of the participations of one record. Adding or removing one is saved at once."""

    def __init__(self, view: RecordPage, name: str, owner: Callable[[], str], parent: QWidget | None = None) -> None:
        """``owner`` tells whose people they are, when one is added: the record may be made only then."""
        super().__init__(parent)
        self._view, self._desk, self._owner = view, view.desk, owner
        self._field = KINDS[KIND].fields["person"]
        self.people: list[Participation] = []
        self.setObjectName(name)
        label = KINDS[KIND].plural()
        self.chips = link_chips(f"{name}.people", label, self._desk, self._field, self._known, parent=self)
        self.chips.chosen.connect(self._add)
        self.chips.made.connect(self._make)
        self.chips.removed.connect(view.trash_part)
        self.chips.opened.connect(self._open_menu)
        self.chips.browsed.connect(self._browse)
        self.chips.line.take_rows = self.paste
        self.setFocusProxy(self.chips.line)
        if view.read_only:
            self.chips.set_read_only()
        column(Caption(label, self), self.chips, on=self, gap=4, margins=0)

    def show_people(self, people: Sequence[Participation]) -> None:
        self.people = list(people)
        ids = [each.person for each in people if each.person]
        named = {each.key: each for each in completion.named(self._desk, self._field, ids, language())}
        self.chips.show_tokens([self._said(each, named.get(each.person or "")) for each in people])

    def _said(self, each: Participation, person: NamedRecord | None) -> NamedRecord:
        """Return the label of a chip: the name in both scripts, and the attendance in a word."""
        name, other = (person.name, person.other) if person else (_free(each), "")
        said = code_label("attendance", each.attendance) if each.attendance else ""
        return NamedRecord(each.id, name, dotted(other, said))

    def _known(self) -> list[str]:
        return [each.person for each in self.people if each.person]

    # -- what a person does -----------------------------------------------------------------------

    def paste(self, text: str) -> bool:
        """Preview people pasted as rows of a table; return False where the text is none."""
        known = str(self.people[0].owner) if self.people else ""
        return not self._view.read_only and paste_people(self._view, text, known, self._owner, {})

    def _add(self, person: object) -> None:
        self._view.attempt(lambda: records.add(self._desk, KIND, {"owner": self._owner(), "person": person}))

    def _make(self, said: str) -> None:
        made = completion.make(self._desk, self._field, said)
        self._add(FieldChange(self._field, [lambda _: made[0].id], made))

    def _browse(self) -> None:
        for person in pick_more(self._desk, self._field, KINDS[KIND].plural(), self._known(), self):
            self._add(person)

    # -- what is said of somebody -----------------------------------------------------------------

    def _open_menu(self, id_: str) -> None:
        for each, token in zip(self.people, self.chips.tokens, strict=True):
            if each.id == id_:
                self.make_menu(each).popup(token.chip.mapToGlobal(QPoint(0, token.chip.height())))

    def make_menu(self, each: Participation) -> QMenu:
        menu = temporary_menu(self)
        for said in () if self._view.read_only else ATTENDANCE_CHOICES:
            label, do = codes("attendance")[said].label(language()), partial(self._say, each, said)
            add_choice(menu, label, do, checked=each.attendance == said, name=f"attendance.{said}")
        menu.addSeparator()
        if each.person:
            menu.addAction(tr("form", "Open the person")).triggered.connect(lambda: self._view.opened.emit(each.person))
        menu.addAction(tr("form", "Role, side and more…")).triggered.connect(lambda: self._view.opened.emit(each.id))
        return menu

    def _say(self, each: Participation, said: str) -> None:
        """Set the attendance of a person; choosing the same value again clears it."""
        attendance = None if each.attendance == said else said
        if self._view.attempt(lambda: meetings.set_attendance(self._desk, [each.id], attendance)):
            announce(self, code_label("attendance", said))


def _free(each: Any) -> str:
    return each.free_name.said(language()) if each.free_name else KINDS[KIND].label()
