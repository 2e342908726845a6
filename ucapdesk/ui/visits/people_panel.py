"""The delegation and the hosts of a visit: each a list in order of protocol, with a line to add people."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from ucapdesk.base.i18n import Message, tr
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.visit_kinds import Participation, Visit
from ucapdesk.model.record import Record
from ucapdesk.services.visits import visits
from ucapdesk.ui.fields.caption import Caption
from ucapdesk.ui.fields.links import link_chips
from ucapdesk.ui.people.people_paste import paste_people
from ucapdesk.ui.record.child_list import ChildList
from ucapdesk.ui.record.page_area import WIDEST
from ucapdesk.ui.record.picker import pick_more
from ucapdesk.ui.record.record_page import RecordPage
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.buttons import button
from ucapdesk.ui.toolkit.layout_builder import column, flow, panel

KIND = "participation"
PERSON_FIELDS = ("person", "role", "attendance", "side")
"""The side comes last: it is the same for nearly all of a group, and the first to go where there is little room."""
FREE = ("person", "free_name", "role", "side")
"""The item role of the name of a person who is not on record."""
NAMES = {visits.DELEGATION: Message("visit", "Delegation"), visits.HOSTS: Message("visit", "Hosts")}


class GroupList(ChildList):
    """The participations of one group of a visit, as rows."""

    def __init__(self, view: RecordPage, group: str, parent: QWidget) -> None:
        there = visits.people(view.desk, view.id or "", group)
        columns = FREE if any(each.free_name and not each.person for each in there) else PERSON_FIELDS
        super().__init__(view, view.id or "", KINDS[KIND], columns=columns, parent=parent)
        self._group = group
        self.setObjectName(f"visit.{group}")
        self.add.hide()

    def show_parts(self, parts: list[Record], *, again: bool = True) -> None:
        """Party by party, where several come or receive."""
        people = [each for each in parts if isinstance(each, Participation)]
        parted = visits.by_party(self._desk, self._owner, self._group, people)
        heads = {members[0].id: name for name, members in parted if members}
        super().show_parts([each for _, members in parted for each in members], again=again)
        for row in self.rows:
            row.head(heads.get(row.id or "", ""))

    def _say_state(self, left: int) -> None:
        super()._say_state(left)
        self._title.setText("  ".join(filter(None, (NAMES[self._group].say(), str(len(self._ids) or "")))))


class GroupPanel(QWidget):
    """One group: an input line, the rows, and a button that sorts them by rank."""

    def __init__(self, view: RecordPage, group: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._view, self._group = view, group
        self._field = KINDS[KIND].fields["person"]
        label = tr("visit", "Add to the delegation") if group == visits.DELEGATION else tr("visit", "Add to the hosts")
        self.line = link_chips(f"visit.{group}.add", label, view.desk, self._field, lambda: self.people, parent=self)
        self.line.chosen.connect(lambda key: self._add(key=key))
        self.line.made.connect(lambda name: self._add(name=name))
        self.line.browsed.connect(self._browse)
        self.line.line.take_rows = self.paste
        self.caption = Caption(label, self)
        self.rank = button(
            f"visit.{group}.rank", tr("visit", "In order of rank"), self._order, "quiet",
            tip=tr("visit", "Heads first, then by the rank of their main posts; afterwards move them by hand"),
        )  # fmt: skip
        foot = panel(flow(self.rank), self)
        self.rows = GroupList(view, group, self)
        for each in (self.line, self.caption):
            each.setVisible(not view.read_only)
        view.keep_line(self.line.line)
        column(self.rows, self.caption, self.line, foot, on=self, gap=4, margins=(0, 0, 0, theme.GAP))

    def show_people(self, people: Sequence[Participation]) -> None:
        """Show these participations."""
        self.rows.show_parts(list(people))
        self.rank.setVisible(len(people) > 1 and not self._view.read_only)

    @property
    def people(self) -> list[str]:
        """The ids of the people already in the visit, in either group."""
        groups = (visits.people(self._view.desk, self._view.id or "", each) for each in NAMES)
        return [each.person for people in groups for each in people if each.person]

    def paste(self, text: str, day: str = "") -> bool:
        """Preview people pasted as rows of a table, or a programme; return False where the text is none."""
        id_, visit = self._view.id or "", self._view.record
        values = visits.preset(self._view.desk, visit, self._group) if isinstance(visit, Visit) else {}
        return not self._view.read_only and paste_people(self._view, text, id_, lambda: id_, values, day=day)

    def _add(self, *, key: str = "", name: str = "") -> None:
        view = self._view
        view.attempt(lambda: visits.add_person(view.desk, view.id or "", self._group, key=key, name=name))
        self.line.line.setFocus()

    def _order(self) -> None:
        view = self._view
        view.attempt(lambda: visits.in_order_of_rank(view.desk, view.id or "", self._group))

    def _browse(self) -> None:
        for person in pick_more(self._view.desk, self._field, KINDS["person"].plural(), self.people, self):
            self._add(key=person)


class PeoplePanel(QWidget):
    """The panel of the delegation tab, with both groups."""

    def __init__(self, view: RecordPage, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = view
        self.setObjectName("visit.people")
        self.groups = {group: GroupPanel(view, group, self) for group in NAMES}
        self._column = column(*self.groups.values(), on=self, gap=theme.FIELDS, margins=0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the rows as wide as they are read well on a wide screen."""
        super().resizeEvent(event)
        self._column.setContentsMargins(0, 0, max(0, event.size().width() - theme.px(WIDEST)), 0)

    def refresh(self, visit: Visit) -> None:
        """Show who takes part."""
        for group, shown in self.groups.items():
            shown.show_people(visits.people(self._view.desk, visit.id, group))

    def paste(self, text: str, day: str = "") -> bool:
        """Preview pasted people for the group with the focus, else for the delegation."""
        focus = QApplication.focusWidget()
        here = next((group for group in self.groups.values() if focus is not None and group.isAncestorOf(focus)), None)
        return (here or self.groups[visits.DELEGATION]).paste(text, day)

    def take_focus(self) -> None:
        """Focus the line that adds to the delegation."""
        self.groups[visits.DELEGATION].line.line.setFocus()

    def row_of(self, id_: str) -> QWidget | None:
        """Return the row of a participation."""
        return next((row for group in self.groups.values() if (row := group.rows.row_of(id_)) is not None), None)
