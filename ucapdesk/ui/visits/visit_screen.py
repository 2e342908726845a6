"""The page of a visit: status bar, and tabs for programme, delegation, checklist and everything else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ucapdesk.base.i18n import Message
from ucapdesk.model.kinds.visit_kinds import Visit
from ucapdesk.services.visits import visits
from ucapdesk.ui.record.form import focus_cell
from ucapdesk.ui.record.record_screen import Tab, TabbedScreen
from ucapdesk.ui.visits.checklist import ChecklistPanel
from ucapdesk.ui.visits.people_panel import PeoplePanel
from ucapdesk.ui.visits.printed_packs import PrintedMark
from ucapdesk.ui.visits.programme_panel import ProgrammePanel
from ucapdesk.ui.visits.visit_status import StatusButton

if TYPE_CHECKING:
    from ucapdesk.model.record import Record
    from ucapdesk.ui.record.record_page import RecordPage

ITINERARY, DELEGATION, CHECKLIST, DETAILS = "itinerary", "delegation", "checklist", "details"
ITEM, DAY, PERSON, TODO = "itinerary_item", "itinerary_day", "participation", "checklist_item"


class VisitScreen(TabbedScreen):
    """Tabs: itinerary, delegation, checklist, and the derived form with all other parts."""

    covers: ClassVar[frozenset[str]] = frozenset({ITEM, DAY, PERSON, TODO})
    takes_people = True
    tabs = (
        Tab(ITINERARY, Message("visit", "Itinerary")),
        Tab(DELEGATION, Message("visit", "Delegation")),
        Tab(CHECKLIST, Message("visit", "Checklist")),
        Tab(DETAILS, Message("visit", "Details")),
    )
    fills = frozenset({ITINERARY, CHECKLIST})

    def __init__(self, view: RecordPage, column: QVBoxLayout, *, read_only: bool) -> None:
        self._page = column.parentWidget() or view
        super().__init__(view, column, read_only=read_only)
        self.status = StatusButton(view, read_only=read_only, parent=self.row)
        self.beside(self.status)
        self.printed = PrintedMark(view, self.row)
        self.beside(self.printed)
        self.programme: ProgrammePanel | None = None
        self.people: PeoplePanel | None = None
        self.checklist: ChecklistPanel | None = None
        self._stale: set[str] = set()
        """Tabs that still show the state before the last change."""

    def panels_of(self, key: str) -> Sequence[QWidget]:
        view, read_only, page = self.view, self.read_only, self._page
        if key == ITINERARY:
            self.programme = ProgrammePanel(view, read_only=read_only, parent=page)
            return (self.programme,)
        if key == DELEGATION:
            self.people = PeoplePanel(view, read_only=read_only, parent=page)
            return (self.people,)
        if key == CHECKLIST:
            self.checklist = ChecklistPanel(view, read_only=read_only, parent=page)
            return (self.checklist,)
        return ()

    def fill(self, record: Record) -> None:
        """Show the status and the counts of the tabs; read the visible tab now and the others when they are shown."""
        if self.programme is None or not isinstance(record, Visit) or self.view.id is None:
            return
        self.status.show_visit(record)
        self.printed.show_visit(record)
        self._stale = {ITINERARY, DELEGATION, CHECKLIST}
        desk = self.view.desk
        come = visits.delegation_size(desk, record)
        for key, count in ((DELEGATION, come), (CHECKLIST, visits.still_to_do(desk, record.id))):
            label = next(tab.label for tab in self.tabs if tab.key == key).say()
            self.say_in_tab(key, f"{label} {count}" if count else label)
        self.tab_shown(self.current)

    def tab_shown(self, key: str) -> None:
        record = self.view.record
        if key not in self._stale or not isinstance(record, Visit):
            return
        self._stale.discard(key)
        if key == ITINERARY and self.programme:
            self.programme.refresh()
        elif key == DELEGATION and self.people:
            self.people.show_people(record)
        elif key == CHECKLIST and self.checklist:
            self.checklist.refresh(record)

    def paste_rows(self, text: str, source: str = "") -> bool:
        """Add pasted people to the group that has the focus, else to the delegation."""
        return self.people is not None and self.people.paste(text, source)

    # -- where the keys go ------------------------------------------------------------------------

    def focus_first(self) -> bool:
        panel = {ITINERARY: self.programme, DELEGATION: self.people, CHECKLIST: self.checklist}.get(self.current)
        if panel is None:
            return False
        panel.take_focus()
        return True

    def point_at(self, name: str) -> QWidget | None:
        tab = {ITEM: ITINERARY, DAY: ITINERARY, PERSON: DELEGATION, TODO: CHECKLIST}.get(name)
        if tab is None or self.programme is None:
            return None
        self.show_tab(tab)
        self.focus_first()
        return {ITINERARY: self.programme.rows, DELEGATION: self.people, CHECKLIST: self.checklist}[tab]

    def row_of(self, id_: str) -> QWidget | None:
        if self.programme is None or self.people is None or self.checklist is None:
            return None
        for key in (ITINERARY, DELEGATION, CHECKLIST):
            self.tab_shown(key)
        if self.programme.point_at_item(id_):
            return self.programme.rows
        if self.checklist.rows.choose(id_):
            return self.checklist.rows
        return self.people.row_of(id_)

    def take_up(self, id_: str, cell: str) -> bool:
        row = self.row_of(id_)
        if row is None or self.programme is None or self.checklist is None:
            return False
        self.bring(row)
        forms = {id(self.programme.rows): self.programme.form, id(self.checklist.rows): self.checklist.form}
        if (form := forms.get(id(row))) is not None:
            form.expect(id_)
            form.focus_field(cell)
        else:
            focus_cell(row, cell)
        return True
