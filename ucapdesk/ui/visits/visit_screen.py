"""The page of a visit: status bar, the mark of outdated prints, and tabs for programme, delegation, checklist and everything else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from ucapdesk.base.clock import local_time
from ucapdesk.base.i18n import Message, dotted, language, ntr, tr
from ucapdesk.model.codes import code_label, codes
from ucapdesk.model.kinds.paper_kinds import Pack
from ucapdesk.model.kinds.visit_kinds import Visit
from ucapdesk.model.log_messages import sentence
from ucapdesk.model.text.format.dates_in_words import say_date
from ucapdesk.model.values import PartialDate
from ucapdesk.services.records import records
from ucapdesk.services.visits import moved_dates, visits
from ucapdesk.ui.record.form import focus_cell
from ucapdesk.ui.record.message_bar import BarAnswer
from ucapdesk.ui.record.record_screen import RecordScreen, TabbedScreen
from ucapdesk.ui.record.state_hint import StateHint
from ucapdesk.ui.toolkit.announce import announce
from ucapdesk.ui.toolkit.eliding import ElidedButton
from ucapdesk.ui.toolkit.highlight import highlight
from ucapdesk.ui.toolkit.menu_choice import add_choice, filled, passing_menu
from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.toolkit.plain_text import set_tool_tip
from ucapdesk.ui.toolkit.timers import single_shot
from ucapdesk.ui.visits.checklist import ChecklistPanel
from ucapdesk.ui.visits.part_panel import PartPanel
from ucapdesk.ui.visits.people_panel import PeoplePanel
from ucapdesk.ui.visits.programme_panel import ProgrammePanel
from ucapdesk.ui.window.jobs.background_query import BackgroundQuery

if TYPE_CHECKING:
    from ucapdesk.model.record import Record
    from ucapdesk.services.files.packs import PackInfo
    from ucapdesk.ui.record.form import RecordForm
    from ucapdesk.ui.record.record_page import RecordPage
    from ucapdesk.ui.record.record_parts import RecordParts

ITINERARY_TAB, DELEGATION_TAB, CHECKLIST_TAB, DETAILS_TAB = "itinerary", "delegation", "checklist", "details"
ITEM, DAY, PERSON, TODO = "itinerary_item", "itinerary_day", "participation", "checklist_item"
PACKS_QUERY = "visit.printed.behind"
PACKS_DELAY_MS = 1_000
"""Milliseconds of rest after a change."""
VISIT_STATUS = "visit_status"
MOVED = "moved"
"""The topic of the offer to move the programme along."""


class StatusButton(QPushButton):
    """The present status; its menu has the steps that usually follow, then all others."""

    def __init__(self, view: RecordPage, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = view
        self.setObjectName("visit.status")
        self.setEnabled(not view.read_only)
        self.setMenu(filled(QMenu(self), self._fill_menu))

    def show_visit(self, visit: Visit) -> None:
        """Show the status."""
        said = tr("visit", "Status: {status}", status=code_label(VISIT_STATUS, visit.status)) if visit.status else ""
        self.setText((said or tr("visit", "Set status")).replace("&", "&&"))

    def _fill_menu(self, menu: QMenu) -> None:
        """Fill the menu: the usual next steps first, though any status may follow any other."""
        visit = self._view.record
        if not isinstance(visit, Visit):
            return
        ahead = visits.next_steps(visit)
        for status in ahead:
            self._offer(status, visit, f"→ {code_label(VISIT_STATUS, status)}")
        menu.addSeparator()
        for status in codes(VISIT_STATUS):
            if status not in ahead:
                self._offer(status, visit, code_label(VISIT_STATUS, status))

    def _offer(self, status: str, visit: Visit, said: str) -> None:
        name, is_now = f"visit.status.{status}", visit.status == status
        add_choice(self.menu(), said, lambda: self.go_to(status), checked=is_now, name=name)

    def go_to(self, status: str) -> None:
        """Set the status of the visit."""
        view = self._view
        moved = view.made(lambda: visits.set_status(view.desk, view.id or "", status))
        if moved is None:
            return
        said = tr("visit", "Status: {status}", status=code_label(VISIT_STATUS, status))
        if moved:
            said = dotted(said, ntr("visit", "{n} meeting moved online too", "{n} meetings moved online too", moved))
        announce(self, said)
        view.done.emit(said)


class PrintedMark(ElidedButton):
    """“Changed since printed”: visible while true. A press shows the paper with today's data."""

    def __init__(self, view: RecordPage, parent: QWidget) -> None:
        super().__init__(parent=parent)
        self._view = view
        self._changed: list[PackInfo] = []
        # it is there as long as the window, and stopped with it
        self._behind = view.findChild(BackgroundQuery, PACKS_QUERY) or BackgroundQuery(view)
        self._behind.setObjectName(PACKS_QUERY)
        self._soon = single_shot(self, PACKS_DELAY_MS, self.look)
        named(self, "visit.printed", role="gap")
        self.clicked.connect(self._show_it)
        self.hide()

    def show_visit(self, visit: Visit) -> None:
        """Check soon whether the papers of a visit are still up to date."""
        if self._view.desk.read.children(visit.id, Pack):
            self._soon.start()
        else:
            self._tell(visit.id, [])

    def look(self) -> None:
        """Check now, in the background."""
        desk, id_ = self._view.desk, self._view.id or ""

        def changed() -> list[PackInfo]:
            from ucapdesk.services.files import packs  # takes long to load

            return packs.changed_copies(desk, id_)

        self._behind.ask(changed, lambda found: self._tell(id_, found), patience=0)

    def _tell(self, id_: str, changed: list[PackInfo]) -> None:
        if not isValid(self) or id_ != self._view.id:
            return
        self._changed = changed
        self.setVisible(bool(changed))
        if changed:
            self.setText(
                ntr("visit", "{n} paper changed since printed", "{n} papers changed since printed", len(changed))
            )
            set_tool_tip(self, "\n".join([*map(self._named, changed), tr("visit", "Press to see it as it is now.")]))

    def _show_it(self) -> None:
        """Show the paper with today's data; of several, the chosen one."""
        if len(self._changed) == 1:
            self._view.asked.emit("pack.print_again", (self._changed[0].id,))
            return
        self.make_menu().popup(self.mapToGlobal(QPoint(0, self.height())))

    def make_menu(self) -> QMenu:
        """Return the menu of the papers that have changed."""
        menu = passing_menu(self)
        for each in self._changed:
            add_choice(menu, self._named(each), partial(self._view.asked.emit, "pack.print_again", (each.id,)))
        return menu

    def _named(self, pack: PackInfo) -> str:
        """Return which paper it was, and when it was printed."""
        day = say_date(PartialDate(f"{local_time(pack.printed):%Y-%m-%d}"), language())
        return tr("visit", "{paper}, printed {day}", paper=records.title(self._view.desk, pack.id), day=day)


class VisitScreen(TabbedScreen):
    """Tabs: itinerary, delegation, checklist, and the derived form with all other parts."""

    covers: ClassVar[frozenset[str]] = frozenset({ITEM, DAY, PERSON, TODO})
    takes_people = True
    whole = True
    tabs: ClassVar[Mapping[str, Message]] = {
        ITINERARY_TAB: Message("visit", "Itinerary"),
        DELEGATION_TAB: Message("visit", "Delegation"),
        CHECKLIST_TAB: Message("visit", "Checklist"),
        DETAILS_TAB: Message("visit", "Details"),
    }
    fills = frozenset({ITINERARY_TAB, CHECKLIST_TAB})

    def __init__(self, view: RecordPage, column: QVBoxLayout) -> None:
        super().__init__(view, column)
        self.status = StatusButton(view, self.row)
        self.beside(self.status)
        self.printed = PrintedMark(view, self.row)
        self.beside(self.printed)
        self.hint = StateHint("field.status.missing", self.page)
        self.hint.linkActivated.connect(view.focus_field)
        self._panels: dict[str, ProgrammePanel | PeoplePanel | ChecklistPanel] = {}
        """By tab; empty until the visit exists."""
        self._stale: set[str] = set()
        """Tabs that still show the state before the last change."""

    @classmethod
    def for_record(cls, record: Record) -> type[RecordScreen]:
        """Return the plain page for a visit in the Trash: it shows what went there with it, which the panels do not read."""
        return RecordScreen if record.is_deleted else cls

    def put_form(self, form: RecordForm) -> None:
        super().put_form(form)
        form.insert("", self.hint)

    def put_parts(self, parts: RecordParts) -> None:
        self.programme = ProgrammePanel(self.view, self.page)
        self.people = PeoplePanel(self.view, self.page)
        self.checklist = ChecklistPanel(self.view, self.page)
        self._panels = {ITINERARY_TAB: self.programme, DELEGATION_TAB: self.people, CHECKLIST_TAB: self.checklist}
        super().put_parts(parts)

    def panels_of(self, key: str) -> Sequence[QWidget]:
        return [self._panels[key]] if key in self._panels else []

    def fill(self, record: Record) -> None:
        """Show the status and the counts of the tabs; read the visible tab now and the others when they are shown."""
        if not self._panels or not isinstance(record, Visit) or self.view.id is None:
            return
        self.status.show_visit(record)
        self.printed.show_visit(record)
        if not self.view.read_only:
            self.hint.show_record(record, self.view.owned)
        self._offer_to_move(record)
        self._stale = {*self._panels}
        desk = self.view.desk
        come = len(visits.travellers(desk, record))
        for key, count in ((DELEGATION_TAB, come), (CHECKLIST_TAB, visits.still_to_do(desk, record.id))):
            label = self.tabs[key].say()
            self.say_in_tab(key, f"{label} {count}" if count else label)
        self.tab_shown(self.current)

    def _offer_to_move(self, visit: Visit) -> None:
        """Offer to move the programme along where it is still on the days of before; once while its dates stay."""
        parts = [part for each in self.view.owned.values() for part in each]
        was = None if self.view.read_only else moved_dates.left_behind(self.view.desk, visit, parts)
        if not self.is_new_offer(MOVED, was and (was, visit.dates)) or was is None:
            return
        days = say_date(PartialDate("/".join(dict.fromkeys(was[:2]))))
        move = BarAnswer("move", tr("visit", "Move it along with the visit"), self._move_along)
        self.view.bar.say(MOVED, tr("visit", "The programme is still on its old days: {days}.", days=days), move)

    def _move_along(self) -> None:
        view, visit = self.view, self.view.record
        moved = view.made(lambda: moved_dates.move_along(view.desk, visit)) if isinstance(visit, Visit) else None
        if moved is not None:
            view.done.emit(sentence(["records.edit", {"n": moved}]))
            self.point_at(ITEM)  # the button that had the focus is gone

    def tab_shown(self, key: str) -> None:
        if key in self._stale and isinstance(record := self.view.record, Visit):
            self._stale.discard(key)
            self._panels[key].refresh(record)

    @property
    def chosen_point(self) -> str:
        return self.programme.current if self._panels and self.current == ITINERARY_TAB else ""

    def paste_rows(self, text: str) -> bool:
        """Add pasted people to the group that has the focus, else to the delegation; a programme to the day that is shown, where it names none."""
        day = self.programme.date if self._panels and self.current == ITINERARY_TAB else ""
        return bool(self._panels) and self.people.paste(text, day)

    # -- where the keys go ------------------------------------------------------------------------

    def focus_first(self) -> bool:
        panel = self._panels.get(self.current)
        if panel is not None:
            panel.take_focus()
        return panel is not None

    def point_at(self, name: str) -> QWidget | None:
        if name == "status" and self.view.id is not None:
            self.status.setFocus()
            highlight(self.status)
            return self.status
        tab = {ITEM: ITINERARY_TAB, DAY: ITINERARY_TAB, PERSON: DELEGATION_TAB, TODO: CHECKLIST_TAB}.get(name)
        if tab is None or not self._panels:
            return None
        self.show_tab(tab)
        self.focus_first()
        return self.programme.rows if tab == ITINERARY_TAB else self._panels[tab]

    def row_of(self, id_: str) -> QWidget | None:
        for key in self._panels:
            self.tab_shown(key)
        return next((row for panel in self._panels.values() if (row := panel.row_of(id_)) is not None), None)

    def take_up(self, id_: str, cell: str) -> bool:
        row = self.row_of(id_)
        if row is None:
            return False
        self.bring(row)
        if isinstance(panel := self._panels[self.current], PartPanel):
            panel.form.expect(id_)
            panel.form.focus_field(cell)
        else:
            focus_cell(row, cell)
        return True
