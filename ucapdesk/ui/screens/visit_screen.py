"""The page of a visit: status bar, the mark of outdated prints, and tabs for programme, delegation, checklist and everything else.

The delegation and the hosts are lists in order of protocol, with a line to add people. A line adds to the checklist too (``-14 gifts``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from ucapdesk.base.clock import local_time, today
from ucapdesk.base.i18n import Message, dotted, language, ntr, tr
from ucapdesk.model.codes import code_label, codes
from ucapdesk.model.dates.formatting import say_date, say_full
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.paper_kinds import Pack
from ucapdesk.model.kinds.visit_kinds import Participation, Visit
from ucapdesk.model.log_messages import sentence
from ucapdesk.model.record import Record
from ucapdesk.model.rules.itinerary import due_on
from ucapdesk.model.text.fields_in_words import title_of
from ucapdesk.model.text.typed_lines import LinePiece, read_checklist_line
from ucapdesk.model.values import PartialDate
from ucapdesk.services.records import records
from ucapdesk.services.visits import visit_itinerary, visits
from ucapdesk.services.visits.visits import ChecklistToDo
from ucapdesk.ui.fields.editor import Caption
from ucapdesk.ui.fields.links import link_chips, pick_more
from ucapdesk.ui.fields.people_editor import paste_people
from ucapdesk.ui.lists.list_views import ID_ROLE, NO_KEY, SECOND_LINE, TwoLines
from ucapdesk.ui.record.child_list import ChildList
from ucapdesk.ui.record.form import StateHint, focus_cell
from ucapdesk.ui.record.record_page import WIDEST, BarAnswer, RecordPage
from ucapdesk.ui.record.record_screen import RecordScreen, TabbedScreen
from ucapdesk.ui.screens.part_panel import KEYS, PartPanel, PartRows, QuickEntry
from ucapdesk.ui.screens.programme_panel import ProgrammePanel
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.cards import card_button
from ucapdesk.ui.toolkit.item_views import list_item
from ucapdesk.ui.toolkit.keyboard_focus import highlight
from ucapdesk.ui.toolkit.layouts import column, flow, grow, panel
from ucapdesk.ui.toolkit.row_delegate import Index, Row
from ucapdesk.ui.toolkit.signals import single_shot
from ucapdesk.ui.toolkit.widgets import (
    ElidedButton,
    add_choice,
    announce,
    button,
    filled_on_open,
    label,
    named,
    set_tool_tip,
    temporary_menu,
)
from ucapdesk.ui.window.background_jobs import BackgroundQuery

if TYPE_CHECKING:
    from ucapdesk.model.record import Record
    from ucapdesk.services.files.packs import PackInfo
    from ucapdesk.ui.record.form import RecordForm
    from ucapdesk.ui.record.record_page import RecordPage
    from ucapdesk.ui.record.record_screen import RecordParts


KIND = "participation"
# The side comes last: it is the same for nearly all of a group, and the first to go where there is little room.
PERSON_FIELDS = ("person", "role", "attendance", "side")
FREE = ("person", "free_name", "role", "side")  # where a person is not on record
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
        self.rows.show_parts(list(people))
        self.rank.setVisible(len(people) > 1 and not self._view.read_only)

    @property
    def people(self) -> list[str]:
        groups = (visits.people(self._view.desk, self._view.id or "", each) for each in NAMES)
        return [each.person for people in groups for each in people if each.person]

    def paste(self, text: str, day: str = "") -> bool:
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
        for group, shown in self.groups.items():
            shown.show_people(visits.people(self._view.desk, visit.id, group))

    def paste(self, text: str, day: str = "") -> bool:
        """Preview pasted people for the group with the focus, else for the delegation."""
        focus = QApplication.focusWidget()
        here = next((group for group in self.groups.values() if focus is not None and group.isAncestorOf(focus)), None)
        return (here or self.groups[visits.DELEGATION]).paste(text, day)

    def take_focus(self) -> None:
        self.groups[visits.DELEGATION].line.line.setFocus()

    def row_of(self, id_: str) -> QWidget | None:
        return next((row for group in self.groups.values() if (row := group.rows.row_of(id_)) is not None), None)


FORM_BESIDE_FROM, BOX = 760, 26


class _Ticked(TwoLines):
    """The two lines of a row behind a check box; those of a finished item are quieter."""

    def row_of(self, option: QStyleOptionViewItem, index: Index) -> Row:
        first, *others = super().row_of(option, index).lines
        done = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        return Row((first._replace(quiet=done), *others), indent=theme.px(BOX))


class CheckRows(PartRows):
    keys = {**KEYS, (Qt.Key.Key_Space, NO_KEY): "tick"}

    def __init__(self, parent: QWidget) -> None:
        super().__init__("visit.checklist.items", tr("visit", "Checklist"), parent)
        self.setItemDelegate(_Ticked(self))


class ChecklistPanel(PartPanel):
    def __init__(self, view: RecordPage, parent: QWidget) -> None:
        entry = QuickEntry(
            "visit.checklist.entry",
            tr("visit", "Add to the checklist"),
            tr("visit", "Gifts, 14 days before"),
            self._read,
            parent,
        )
        super().__init__(view, "visit.checklist.item", CheckRows(parent), entry, parent)
        self.todos: list[ChecklistToDo] = []
        self._dates: PartialDate | None = None
        self.setObjectName("visit.checklist")
        self.hint = label("", "second", parent=self)
        self.rows.itemClicked.connect(self._clicked)
        set_tool_tip(entry.line, tr("visit", "Days before the visit with −, after it with +; then what. Enter adds."))
        left = column(self.hint, grow(self.rows), self.entry, self._make_buttons(), gap=theme.GAP)
        self._row = column(grow(left), self.form, on=self, gap=theme.FIELDS, margins=0)

    def _make_buttons(self) -> QWidget:
        usual, done = tr("visit", "Add the usual checklist"), tr("visit", "Done or not done")
        self.usual = card_button(
            "visit.checklist.usual",
            usual,
            partial(self.attempt, lambda: visits.add_usual(self.desk, self.view.id or "")),
        )
        self.tick = card_button(
            "visit.checklist.tick", done, partial(self.do, "tick"), tip=tr("visit", "Space does it in the list")
        )
        foot = panel(flow(self.tick, self.usual), self)
        foot.setVisible(not self.view.read_only)
        return foot

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= theme.px(FORM_BESIDE_FROM)
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self.put_form(beside=beside, below=240)

    # -- reading ----------------------------------------------------------------------------------

    def refresh(self, visit: Visit) -> None:
        self._dates = visit.dates
        self.todos = visits.checklist(self.desk, visit.id, today(self.desk.workspace.clock))
        self.rows.fill(lambda: [self.rows.addItem(self._row_of(todo)) for todo in self.todos])
        left = sum(not todo.item.done for todo in self.todos)
        empty = tr(
            "visit", "Nothing to prepare yet. Type for example “Gifts, 14 days before”, or add the usual checklist."
        )
        self.hint.setText(ntr("visit", "{n} still to do", "{n} still to do", left) if self.todos else empty)
        self.show_chosen()

    def _row_of(self, todo: ChecklistToDo) -> QListWidgetItem:
        title = " ".join(title_of(todo.item, language()).split())
        responsible = todo.item.responsible or ""
        who = records.title(self.desk, responsible) if responsible else ""
        state = tr("visit", "done") if todo.item.done else tr("list", "overdue") if todo.overdue else ""
        second = dotted(self._due(todo), who, state)
        said, tip = (between.join(filter(None, (title, second))) for between in (tr("log", ", "), "\n"))
        item = list_item(title, {ID_ROLE: todo.item.id, SECOND_LINE: second}, said=said, tip=tip)
        item.setFlags(Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled)
        item.setCheckState(Qt.CheckState.Checked if todo.item.done else Qt.CheckState.Unchecked)
        return item

    @staticmethod
    def _due(todo: ChecklistToDo) -> str:
        offset = todo.item.offset_days or 0
        days = ntr("visit", "{n} day before", "{n} days before", -offset) if offset < 0 else ""
        days = ntr("visit", "{n} day after", "{n} days after", offset) if offset > 0 else days
        return dotted(say_full(todo.due) if todo.due else "", days)

    # -- what a person does -----------------------------------------------------------------------

    @property
    def parts(self) -> Sequence[Record]:
        return [todo.item for todo in self.todos]

    def enable(self) -> None:
        self.tick.setEnabled(bool(self.current))

    def actions_of(self, id_: str) -> dict[str, Callable[[], object]]:
        return {"tick": lambda: visits.tick(self.desk, id_)}

    def _clicked(self, item: QListWidgetItem) -> None:
        at = self.rows.viewport().mapFromGlobal(self.rows.cursor().pos())
        if not self.view.read_only and at.x() < self.rows.visualItemRect(item).left() + theme.px(BOX):
            self.do("tick")

    def _read(self, typed: str, rejected: frozenset[tuple[str, str]]) -> list[LinePiece]:
        offset, text = read_checklist_line(typed, rejected)
        pieces: list[LinePiece] = []
        if offset is not None:
            day = due_on(offset, self._dates)
            shown = say_full(PartialDate(day)) if day else tr("visit", "no date: the visit has no dates yet")
            sign = "+" if offset > 0 else ""
            pieces.append(LinePiece("offset", f"{sign}{offset}", f"{sign}{offset}  {shown}".replace("-", "−", 1)))
        if text:
            pieces.append(LinePiece("title", text, text))
        return pieces

    def add(self, typed: str) -> None:
        offset, text = read_checklist_line(typed, frozenset(self.entry.rejected))
        self.add_with(lambda: visits.add_to_do(self.desk, self.view.id or "", offset, text))


ITINERARY_TAB, DELEGATION_TAB, CHECKLIST_TAB, DETAILS_TAB = "itinerary", "delegation", "checklist", "details"
ITEM, DAY, PERSON, TODO = "itinerary_item", "itinerary_day", "participation", "checklist_item"
PACKS_QUERY = "visit.printed.behind"
PACKS_DELAY_MS = 1_000  # milliseconds of rest after a change
VISIT_STATUS = "visit_status"
MOVED = "moved"  # the topic of the offer to move the programme along


class StatusButton(QPushButton):
    """The present status; its menu has the steps that usually follow, then all others."""

    def __init__(self, view: RecordPage, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = view
        self.setObjectName("visit.status")
        self.setEnabled(not view.read_only)
        self.setMenu(filled_on_open(QMenu(self), self._fill_menu))

    def show_visit(self, visit: Visit) -> None:
        said = tr("visit", "Status: {status}", status=code_label(VISIT_STATUS, visit.status)) if visit.status else ""
        self.setText((said or tr("visit", "Set status")).replace("&", "&&"))

    def _fill_menu(self, menu: QMenu) -> None:
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
        if self._view.desk.read.children(visit.id, Pack):
            self._soon.start()
        else:
            self._tell(visit.id, [])

    def look(self) -> None:
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
        if len(self._changed) == 1:
            self._view.asked.emit("pack.print_again", (self._changed[0].id,))
            return
        self.make_menu().popup(self.mapToGlobal(QPoint(0, self.height())))

    def make_menu(self) -> QMenu:
        menu = temporary_menu(self)
        for each in self._changed:
            add_choice(menu, self._named(each), partial(self._view.asked.emit, "pack.print_again", (each.id,)))
        return menu

    def _named(self, pack: PackInfo) -> str:
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
        # By tab; empty until the visit exists.
        self._panels: dict[str, ProgrammePanel | PeoplePanel | ChecklistPanel] = {}
        self._stale: set[str] = set()  # tabs that still show the state before the last change

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
        was = None if self.view.read_only else visit_itinerary.left_behind(self.view.desk, visit, parts)
        if not self.is_new_offer(MOVED, was and (was, visit.dates)) or was is None:
            return
        days = say_date(PartialDate("/".join(dict.fromkeys(was[:2]))))
        move = BarAnswer("move", tr("visit", "Move it along with the visit"), self._move_along)
        self.view.bar.say(MOVED, tr("visit", "The programme is still on its old days: {days}.", days=days), move)

    def _move_along(self) -> None:
        view, visit = self.view, self.view.record
        moved = view.made(lambda: visit_itinerary.move_along(view.desk, visit)) if isinstance(visit, Visit) else None
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

    def resume(self, id_: str, cell: str) -> bool:
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
